"""Waiting for a page until an expression holds, on pages whose policy forbids `eval`."""

import time

from playwright.sync_api import Page


def until(page: Page, expression: str, arg: object = None, seconds: float = 30.0) -> None:
    """Ask the page until the expression (or function of `arg`) is true.

    `page.wait_for_function` looks once from outside and then lets the page ask itself by `eval`, which our
    Content-Security-Policy refuses: it passes only where the first look already succeeds.

    Raises:
        AssertionError: it did not become true in time.
    """
    ends = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < ends, f"never became true within {seconds:g} s: {expression}"
        page.wait_for_timeout(50)
