"""A stage for the islands: one page, the built files, and a feed that the test moves by hand."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import hatch_build

BUILT = hatch_build.ROOT / hatch_build.BUILT
TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'"
FRAME = """<!doctype html><html lang="en"{attributes}><head><meta charset="utf-8"><title>Stage</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/built/style.css"><script type="module" src="/built/app.js"></script></head>
<body data-live-notice="Brought up to date."><main id="main" class="page">{main}</main>
<p id="live-notice" class="visually-hidden" role="status"></p>
<script type="module" src="/built/chart.js"></script></body></html>"""


class Stage:
    """What the server shows; `show` changes the page, `advance` tells the feed."""

    def __init__(self) -> None:
        self.page = ""
        self.files: dict[str, bytes] = {}  # by path, beside the page and the built files
        self.events: queue.Queue[bytes] = queue.Queue()
        self.listening = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def show(self, main: str, attributes: str = "") -> None:
        """Set what the next request for the page gets."""
        self.page = FRAME.format(main=main, attributes=attributes)

    def advance(self) -> None:
        """Send one event, once somebody listens."""
        assert self.listening.wait(20), "no page opened the feed"
        self.events.put(b"id: 7\ndata: {}\n\n")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stage = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/live/"):
                    self._feed()
                elif self.path in stage.files:
                    self._answer(stage.files[self.path], "application/octet-stream")
                else:
                    file = BUILT / Path(self.path).name
                    built = self.path.startswith("/built/") and file.is_file()
                    kind = TYPES.get(file.suffix, "text/plain") if built else "text/html"
                    self._answer(file.read_bytes() if built else stage.page.encode(), kind)

            def _answer(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", POLICY)
                self.end_headers()
                self.wfile.write(body)

            def _feed(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                self.wfile.write(b"retry: 2000\n\n")
                self.wfile.flush()
                stage.listening.set()
                while event := stage.events.get():
                    self.wfile.write(event)
                    self.wfile.flush()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Keep the test's output clean."""

        return Handler


@contextmanager
def raised() -> Iterator[Stage]:
    """Serve a stage until the test is over."""
    assert (BUILT / "app.js").is_file(), "the front end is not built: python hatch_build.py build"
    stage = Stage()
    stage.server.daemon_threads = True
    stage.server.block_on_close = False
    thread = threading.Thread(target=stage.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield stage
    finally:
        stage.events.put(b"")
        stage.server.shutdown()
        stage.server.server_close()
        thread.join()
