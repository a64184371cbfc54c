"""Which pages may open a room: our own."""

from urllib.parse import urlsplit

from harmonia.live.asgi import Scope, header


def is_own(scope: Scope, hosts: frozenset[str]) -> bool:
    """Return whether the page that asks was served under the host it asks, and that host is ours.

    A browser always sends Origin with a WebSocket; what sends none is no browser of a resident.
    """
    origin = urlsplit(header(scope, b"origin"))
    asked = header(scope, b"host").lower()
    name = (urlsplit(f"//{asked}").hostname or "") if asked else ""
    return origin.scheme in ("http", "https") and origin.netloc.lower() == asked and _is_ours(name, hosts)


def _is_ours(name: str, hosts: frozenset[str]) -> bool:
    return name in hosts or any(host.startswith(".") and name.endswith(host) for host in hosts)
