"""`harmonia demo`: the demonstration habitat, made on first use and opened on this machine only."""

import argparse
import shutil
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from harmonia.cli.errors import BadInput
from harmonia.cli.habitat import collect_static, migrate, open_habitat
from harmonia.cli.init import make_home
from harmonia.cli.serve import free_port, serve

EPILOG = "example: harmonia demo --home .harmonia-demo --port 8000"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("--home", type=Path, default=Path(".harmonia-demo"))
    parser.add_argument("--port", type=int, default=8000, help="or the next free one (default: %(default)s)")
    parser.add_argument(
        "--fresh", action="store_true", help="forget what happened in the demonstration before"
    )
    parser.add_argument("--no-serve", action="store_true", help="make it, don't open it")


def run(arguments: argparse.Namespace) -> int:
    """Make the habitat unless it is there, and open it."""
    home: Path = arguments.home
    if arguments.fresh and home.exists():
        _forget(home)
    if not home.exists():
        make_home(
            home,
            name="Linden commons",
            hosts=[],
            https=False,
            address=f"http://127.0.0.1:{arguments.port}",
            demo=True,
        )
    open_habitat(home)
    if not _is_loaded(home):
        _load()
    collect_static()
    if arguments.no_serve:
        return 0
    port = free_port("127.0.0.1", arguments.port)
    _tell(port)
    serve(home, "127.0.0.1", port)
    return 0


def _forget(home: Path) -> None:
    settings = home / "harmonia.toml"
    if not settings.is_file() or not tomllib.loads(settings.read_text()).get("demo"):
        raise BadInput(f"{home} is no demonstration; nothing was removed")
    shutil.rmtree(home)


def _is_loaded(home: Path) -> bool:
    from harmonia.commons.people.queries import members

    if not (home / "harmonia.sqlite3").exists():
        return False
    migrate()
    return members() > 0


def _load() -> None:
    from harmonia.site.demo.load import begin_compiling, load

    print("  loading twelve weeks of a fictional habitat …", flush=True)
    began = time.monotonic()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        compiled = begin_compiling(pool)  # on the other core, while the database is made
        migrate()
        load(lambda text: print(text, flush=True), compiled)
    print(f"    done in {time.monotonic() - began:.0f} s", flush=True)


def _tell(port: int) -> None:
    from harmonia.site.demo.residents import sign_ins

    print(f"\n  Harmonia is open: http://127.0.0.1:{port}/\n", flush=True)
    print("  Everybody can look. To take part, sign in as:")
    for person in sign_ins():
        print(f"    {person.role:12} {person.address:22} {person.password}")
    print("\n  Fictional people, figures drawn from published means. Stop with Ctrl-C.", flush=True)
