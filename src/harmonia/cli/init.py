"""`harmonia init DIR`: a habitat without demonstration data."""

import argparse
import json
import os
import secrets
from pathlib import Path

from harmonia.cli.errors import BadInput
from harmonia.cli.habitat import migrate, open_habitat

EPILOG = "example: harmonia init /srv/harmonia --name 'Linden commons' --host linden.example --language es"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("home", type=Path, metavar="DIR")
    parser.add_argument("--name", default="Harmonia", help="what the habitat is called")
    parser.add_argument(
        "--host", action="append", default=[], help="the name people type; may be given again"
    )
    parser.add_argument("--language", choices=["en", "es"], default="en")
    parser.add_argument("--time-zone", default="UTC", help="like Europe/Madrid")
    parser.add_argument("--no-https", action="store_true", help="only for trying things on this machine")


def run(arguments: argparse.Namespace) -> int:
    """Make the home, its secrets and its database, and print the first architect's invitation."""
    make_home(
        arguments.home,
        name=arguments.name,
        hosts=arguments.host,
        language=arguments.language,
        time_zone=arguments.time_zone,
        https=not arguments.no_https,
        address="http://localhost:8000" if arguments.no_https and not arguments.host else "",
    )
    open_habitat(arguments.home)
    migrate()
    from django.conf import settings

    from harmonia.cli.invite import link

    print(f"The habitat is in {arguments.home}. Open it with: harmonia serve --home {arguments.home}")
    print("The first architect joins here, within two weeks:")
    print(f"  {link('architect', settings.CONFIG.site_address)}")
    return 0


def make_home(
    home: Path,
    *,
    name: str,
    hosts: list[str],
    language: str = "en",
    time_zone: str = "UTC",
    https: bool = True,
    address: str = "",
    demo: bool = False,
) -> None:
    """Write settings and secrets; the key is readable by its owner only.

    Raises BadInput when the folder holds something already.
    """
    if home.exists() and any(home.iterdir()):
        raise BadInput(f"{home} is not empty; nothing was changed")
    (home / "keys").mkdir(parents=True)
    (home / "keys").chmod(0o700)
    (home / "media").mkdir()
    _write_secret(home / "keys" / "secret_key", secrets.token_urlsafe(50))
    local = ["localhost", "127.0.0.1", "[::1]"]
    lines = [
        f"name = {json.dumps(name, ensure_ascii=False)}",
        f'language = "{language}"',
        f"time_zone = {json.dumps(time_zone)}",
        *([f"address = {json.dumps(address)}"] if address else []),
        f"hosts = {json.dumps([*hosts, *local])}",
        f"https = {json.dumps(https)}",
        *(["demo = true", "design_years = 12"] if demo else []),
    ]
    (home / "harmonia.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_secret(path: Path, secret: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret)
