"""`harmonia serve`: pages, feeds and a worker, supervised as one."""

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from harmonia.cli.errors import BadInput
from harmonia.cli.habitat import add_home, collect_static, migrate, open_habitat

EPILOG = "example: harmonia serve --home /srv/harmonia --port 8000"
log = logging.getLogger("harmonia.serve")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    add_home(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--tls-cert", type=Path, help="certificate, to speak https without a proxy")
    parser.add_argument("--tls-key", type=Path, help="its key")
    parser.add_argument("--no-worker", action="store_true", help="serve pages only")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    open_habitat(arguments.home)
    if bool(arguments.tls_cert) != bool(arguments.tls_key):
        raise BadInput("--tls-cert and --tls-key belong together")
    if os.environ.get("REDIS_URL") and find_spec("redis") is None:
        raise BadInput(
            "REDIS_URL is set, but its package is missing; add it with: pip install 'harmonia[redis]'"
        )
    migrate()
    collect_static()
    serve(
        arguments.home,
        arguments.host,
        arguments.port,
        worker=not arguments.no_worker,
        tls=(arguments.tls_cert, arguments.tls_key) if arguments.tls_cert else None,
    )
    return 0


def serve(
    home: Path, host: str, port: int, *, worker: bool = True, tls: tuple[Path, Path] | None = None
) -> None:
    """Run the web server in this process and the worker in a child; the child ends with us."""
    import uvicorn

    if not _is_free(host, port):
        raise BadInput(f"port {port} is taken; choose another one with --port")
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(home, stop), daemon=True)
    if worker:
        keeper.start()
    # uvicorn raises the signal again once it has closed its connections; the worker still has to be told.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    certificate = {"ssl_certfile": str(tls[0]), "ssl_keyfile": str(tls[1])} if tls else {}
    try:
        uvicorn.run(
            "harmonia.site.asgi:application",
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
            # A room's frames are sentences: small ones, not worth a compressor for each client.
            http="httptools",
            ws="websockets-sansio",
            ws_max_size=16 * 1024,
            ws_per_message_deflate=False,
            ws_ping_interval=None,  # the hub's own ping is one a phone can see
            **certificate,  # type: ignore[arg-type] # uvicorn's keywords, by name
        )
    finally:
        stop.set()
        if worker:
            keeper.join(timeout=10)


def _keep_worker(home: Path, stop: threading.Event) -> None:
    words = [sys.executable, "-m", "harmonia.cli", "work", "--home", str(home), "--follow", str(os.getpid())]
    pause = 1.0
    while not stop.is_set():
        began = time.monotonic()
        with subprocess.Popen(words, env={**os.environ}) as child:
            while child.poll() is None and not stop.wait(0.2):
                pass
            child.terminate()
        if not stop.is_set():
            pause = 1.0 if time.monotonic() - began > 60 else min(pause * 2, 60.0)
            log.warning("the worker ended with %s and starts again in %.0f s", child.returncode, pause)
            stop.wait(pause)


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next one that is free."""
    return next(port for port in range(wanted, wanted + 200) if _is_free(host, port))


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
