#!/usr/bin/env python3
"""Everything a developer or a curious neighbour runs: `python3 dev.py demo`, `test`, `lint`, `bench`, `lock`, `setup`.

Standard library only: it has to work on a machine with nothing but git and CPython >= 3.11.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {
    "run": ["build", "plan"],
    "test": ["build", "plan", "test"],
    "peers": ["build", "plan", "test", "peers"],
}
BUILT_FROM = ("pyproject.toml", "hatch_build.py", "web", "src/harmonia/site/locale")


def say(text: str) -> None:
    """Show progress at once, also through a pipe."""
    print(text, flush=True)


def run(*words: str | Path, **extra: str) -> None:
    """Run a command of the environment; stop with its exit code if it fails."""
    code = subprocess.run(
        [str(word) for word in words], cwd=ROOT, env={**os.environ, **extra}, check=False
    ).returncode
    if code:
        sys.exit(code)


def digest(paths: list[Path]) -> str:
    """Hash names and contents, so that an unchanged tree installs nothing."""
    found = sorted(f for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file())
    sources = [f for f in found if "node_modules" not in f.parts and f.suffix != ".mo"]
    total = hashlib.sha256(sys.version.encode())
    for file in sources:
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def once(name: str, stamp: str, step: Callable[[], None], news: str) -> None:
    """Do a step unless its stamp says that it was done on the same input."""
    mark = VENV / f"harmonia-{name}.stamp"
    if mark.exists() and mark.read_text() == stamp:
        return
    say(f"  {news} …")
    began = time.monotonic()
    step()
    mark.write_text(stamp)
    say(f"    done in {time.monotonic() - began:.0f} s")


def make_venv() -> None:
    """Create `.venv`; say what to install where the system's Python comes without ensurepip."""
    if PYTHON.exists():
        return
    try:
        import ensurepip  # noqa: F401 - Debian ships Python without it
    except ImportError:
        sys.exit("Python has no ensurepip here. On Debian or Ubuntu: sudo apt install python3-venv")
    say("  making .venv …")
    venv.EnvBuilder(with_pip=True).create(VENV)


def install(lock: str) -> None:
    """Bring the environment to the state of one lock, then install this tree (which builds the front end)."""
    make_venv()
    # Compiling every module of every package takes half the time; Python compiles what it imports by itself.
    quiet = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile")
    wanted = ROOT / "requirements" / f"{lock}.txt"
    others = [name for name in LOCKS if list(LOCKS).index(name) >= list(LOCKS).index(lock)]
    stamps = {name: digest([ROOT / "requirements" / f"{name}.txt"]) for name in others}
    marks = {name: VENV / f"harmonia-{name}.stamp" for name in others}
    if not any(marks[n].exists() and marks[n].read_text() == stamps[n] for n in others):
        once(
            lock,
            stamps[lock],
            # A lock is whole: what it names is all there is. Without --no-deps pip looks again, and where a package
            # asks for an extra (`pydantic[email]`) it takes the newest release, which has no hash here, and stops.
            lambda: run(PYTHON, *quiet, "--no-deps", "--require-hashes", "-r", wanted),
            f"installing what Harmonia stands on ({lock})",
        )
    once(
        "tree",
        digest([ROOT / part for part in BUILT_FROM]),
        lambda: run(PYTHON, *quiet, "--no-deps", "--no-build-isolation", "--editable", ROOT),
        "building the front end and the translations",
    )


def setup(_: list[str]) -> None:
    """Make the environment; nothing to do when it is current."""
    install("test")
    say("Ready.")


def demo(rest: list[str]) -> None:
    """Set up, load the demo habitat and open it on this machine."""
    say("Harmonia demo")
    install("run")
    run(PYTHON, "-m", "harmonia.cli", "demo", "--home", ROOT / ".harmonia-demo", *rest)


def test(rest: list[str]) -> None:
    """Run the suite; `--scale` adds full sizes."""
    install("test")
    scale = "--scale" in rest
    words = [word for word in rest if word != "--scale"]
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        say("!! Browser tests need Chromium and will be SKIPPED. On Debian: sudo apt install chromium")
    workers = [] if any(word.startswith("-n") for word in words) else ["-n", str(min(os.cpu_count() or 1, 4))]
    chosen = [] if scale else ["-m", "not scale"]
    run(PYTHON, "-m", "pytest", *workers, "--dist", "loadgroup", *chosen, *words)


def lint(_: list[str]) -> None:
    """Check style, types, arrows and the front end's types."""
    install("test")
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(VENV / "bin" / "lint-imports", "--no-cache")
    run(PYTHON, "-m", "mypy")
    run(PYTHON, "hatch_build.py", "check")


def bench(rest: list[str]) -> None:
    """Measure side by side with peers: `bench metabolism`, `bench ledger`, …; all of them without a name."""
    install("peers")
    options = [word for word in rest if word.startswith("-")]
    everything = sorted(file.stem for file in (ROOT / "benchmarks").glob("[a-z]*.py"))
    for name in [word for word in rest if word not in options] or everything:
        run(PYTHON, "-m", f"benchmarks.{name}", *options)


def messages(_: list[str]) -> None:
    """Collect the texts of the interface for translation."""
    install("test")
    run(PYTHON, "-m", "tools.messages")


def lock(_: list[str]) -> None:
    """Write the three hash locks, without addresses, for every platform."""
    install("test")
    for name, extras in LOCKS.items():
        words = [word for extra in extras for word in ("--extra", extra)]
        target = ROOT / "requirements" / f"{name}.txt"
        run(
            PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header",
            "--no-emit-index-url", "--python-version", "3.11", *words, "pyproject.toml", "--output-file", target,
        )  # fmt: skip


COMMANDS = {f.__name__: f for f in (demo, test, setup, lint, bench, messages, lock)}


def main() -> None:
    """Read the command and run it."""
    if sys.version_info < (3, 11):
        sys.exit("Harmonia needs Python 3.11 or newer.")
    listing = "\n".join(f"  {name:8} {(step.__doc__ or '').strip()}" for name, step in COMMANDS.items())
    parser = argparse.ArgumentParser(epilog=listing, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=COMMANDS)
    chosen, rest = parser.parse_known_args()
    try:
        COMMANDS[chosen.command](rest)
    except KeyboardInterrupt:
        say("\nStopped.")


if __name__ == "__main__":
    main()
