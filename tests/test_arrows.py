"""Apps see only another app's actions and queries; what the import contracts cannot say."""

import ast
from collections.abc import Iterator
from pathlib import Path

COMMONS = Path(__file__).resolve().parent.parent / "src" / "harmonia" / "commons"
OPEN = {
    "journal": {
        "actions",
        "queries",
        "states",
        "registry",
        "append_only",
        "models",
        "rooms",
        "rows",
        "sentences",
    },
    "people": {"actions", "queries", "roles", "models"},
    "*": {
        "actions",
        "queries",
        "models",
    },  # models for annotations and enumerations; nobody else's are written
}


def imports(path: Path) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("harmonia.commons."):
            app, _, rest = node.module.removeprefix("harmonia.commons.").partition(".")
            for name in [rest.partition(".")[0]] if rest else [alias.name for alias in node.names]:
                yield app, name, f"{path.relative_to(COMMONS)}:{node.lineno}"


def test_apps_import_only_the_open_modules_of_other_apps() -> None:
    breaches = [
        f"{where} imports {app}.{name}"
        for path in sorted(COMMONS.rglob("*.py"))
        for app, name, where in imports(path)
        if path.relative_to(COMMONS).parts[0] != app and name not in OPEN.get(app, OPEN["*"])
    ]

    assert breaches == []


WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "update_or_create",
    "get_or_create",
    "delete",
    "bulk_update",
}
READERS = {"views", "queries", "forms", "urls", "api", "admin"}  # a module, or a package of modules


def test_views_queries_forms_and_admin_write_nothing() -> None:
    breaches = [
        f"{path.relative_to(COMMONS)}:{node.lineno} .{node.func.attr}()"
        for path in sorted(COMMONS.rglob("*.py"))
        if READERS & {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        if "objects" in ast.dump(node.func.value) or node.func.attr == "save"
    ]

    assert breaches == []
