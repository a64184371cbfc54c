"""A server for one browser on this machine: gives it a story, takes a picture back."""

import secrets
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

PAGE = b"""<!doctype html><html><head><meta charset="utf-8"><title>Quilt</title>
<link rel="stylesheet" href="built/style.css"></head>
<body><script type="module" src="built/project.js"></script></body></html>"""
KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".woff2": "font/woff2"}
POLICY = "default-src 'self'; img-src 'self' blob: data:; connect-src 'self' blob:"
MOST_BYTES = 200_000_000
PNG = b"\x89PNG\r\n\x1a\n"


class Darkroom:
    """Serves under a path nobody can guess, on loopback alone, until the block ends."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.picture: bytes | None = None
        self.failure = ""
        self._came = threading.Event()
        self._path = f"/{secrets.token_urlsafe(16)}/"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1})

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self._server.server_port}{self._path}"

    def __enter__(self) -> "Darkroom":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self, patience_s: float, alive: Callable[[], bool]) -> bytes | None:
        """Return the picture once it came, None after `patience_s` [s] or when nobody is alive to send it."""
        waited = 0.0
        while waited < patience_s and not self._came.wait(0.5) and alive():
            waited += 0.5
        return self.picture

    def _take(self, name: str, body: bytes) -> None:
        if name == "picture" and body.startswith(PNG):
            self.picture = body
        else:
            self.failure = body[:200].decode("utf-8", "replace") or "it sent no picture"
        self._came.set()

    def _found(self, name: str) -> bytes | None:
        if name == "":
            return PAGE
        folder, _, file = name.partition("/")
        if folder == "built" and file and "/" not in file and not file.startswith("."):
            path = _built() / file
            return path.read_bytes() if path.is_file() else None
        return self.files.get(name)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        room = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """Hand out the page, its parts, the story."""
                name = self.path.removeprefix(room._path) if self.path.startswith(room._path) else None
                body = None if name is None else room._found(name)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", KINDS.get(Path(name or "").suffix, "text/html"))
                self.send_header("Content-Length", str(len(body or b"")))
                self.send_header("Content-Security-Policy", POLICY)
                self.end_headers()
                self.wfile.write(body or b"")

            def do_POST(self) -> None:
                """Take the picture, or the reason why there is none."""
                length = int(self.headers.get("Content-Length", 0))
                known = self.path.startswith(room._path) and length <= MOST_BYTES
                if known:
                    room._take(self.path.removeprefix(room._path), self.rfile.read(length))
                self.send_response(204 if known else 404)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Say nothing: the command says what matters."""

        return Handler


def _built() -> Path:
    import harmonia.site

    return Path(harmonia.site.__file__).parent / "static" / "built"
