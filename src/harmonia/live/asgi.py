"""The few words of ASGI that feeds and rooms need."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str:
    """Return a header's first value; "" where there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def query(scope: Scope) -> Mapping[str, str]:
    """Return the query's last value of each name; unreadable queries are empty."""
    from urllib.parse import parse_qsl

    try:
        return dict(parse_qsl(scope.get("query_string", b"").decode("ascii"), max_num_fields=8))
    except ValueError:
        return {}


async def answer(send: Send, status: int, sentence: str) -> None:
    """Answer an HTTP request with a sentence."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})
