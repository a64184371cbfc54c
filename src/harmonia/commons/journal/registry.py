"""How a low floor calls a high one without importing it; filled in `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

Exporter = Callable[[Any], Any]
Leaver = Callable[[Any], None]
Listener = Callable[[Any], object]

Lister = Callable[[Any], Iterable[tuple[date, Any, str]]]

_exporters: dict[str, Exporter] = {}
_leavers: dict[str, Leaver] = {}
_listeners: dict[str, dict[str, Listener]] = {}
_listers: dict[str, Lister] = {}


def on_export(name: str, exporter: Exporter) -> None:
    """Add a section to the file a person takes home: `exporter(person)` returns plain JSON values."""
    _exporters[name] = exporter


def on_leave(name: str, leaver: Leaver) -> None:
    """Call `leaver(person)`, in the transaction in which a person leaves."""
    _leavers[name] = leaver


def on_event(topic: str, name: str, listener: Listener) -> None:
    """Call `listener(event)` for each event of a topic ("*": of all), in the transaction in which it is recorded."""
    _listeners.setdefault(topic, {})[name] = listener


def on_coming(name: str, lister: Lister) -> None:
    """Add to what is coming: `lister(person or None)` returns day, title and page of each thing with a date."""
    _listers[name] = lister


def coming(person: Any) -> list[tuple[date, Any, str]]:
    """Return day, title and page of everything that has a date and that this visitor may see."""
    return [item for _, lister in sorted(_listers.items()) for item in lister(person)]


def export(person: Any) -> dict[str, Any]:
    """Return everything that is known about a person, section by section."""
    return {name: exporter(person) for name, exporter in sorted(_exporters.items())}


def leave(person: Any) -> None:
    """Let every app let go of a person."""
    for _, leaver in sorted(_leavers.items()):
        leaver(person)


def tell(event: Any) -> None:
    """Let every app that listens to its topic hear of an event; what one raises undoes the action."""
    for _, listener in sorted((_listeners.get("*", {}) | _listeners.get(event.topic_id, {})).items()):
        listener(event)
