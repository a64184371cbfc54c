"""Every command, setting and page is documented."""

import argparse
import importlib
from dataclasses import fields
from pathlib import Path

import dev
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from harmonia.cli.main import COMMANDS
from harmonia.site.config import Config

DOCS = Path(__file__).resolve().parent.parent / "docs"


def text(name: str) -> str:
    return (DOCS / "reference" / name).read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in text("commands.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_describes_itself_and_imports_lazily(command: str) -> None:
    parser = argparse.ArgumentParser(prog=command)
    importlib.import_module(COMMANDS[command][0]).configure(parser)

    assert "usage" in parser.format_help()


@pytest.mark.parametrize("command", dev.COMMANDS)
def test_every_developer_command_is_documented(command: str) -> None:
    assert f"`{command}`" in text("commands.md")


@pytest.mark.parametrize("field", fields(Config), ids=lambda field: field.name)
def test_every_setting_is_documented(field: object) -> None:
    name = getattr(field, "metadata", {}).get("variable") or getattr(field, "name", "")

    assert f"`{name}`" in text("settings.md")


def pages(resolver: URLResolver) -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            found.append(entry.name)
        elif isinstance(entry, URLResolver) and entry.namespace != "admin":
            found += pages(entry)
    return found


def test_every_page_is_documented() -> None:
    listed = text("pages.md")

    assert [name for name in pages(get_resolver()) if f"`{name}`" not in listed] == []


def test_the_map_of_the_documentation_leads_somewhere() -> None:
    readme = (DOCS / "README.md").read_text("utf-8")
    links = [part.partition(")")[0] for part in readme.split("](")[1:]]

    assert [link for link in links if not (DOCS / link).exists()] == []
