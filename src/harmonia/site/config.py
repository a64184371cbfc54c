"""What one site can set: `harmonia.toml` in its home, and two environment variables.

The home holds everything that is this site's own: database, media, keys. Nothing secret is in the code.
"""

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


class ConfigError(Exception):
    """`harmonia.toml` cannot be used; the message says which line to mend."""


@dataclass(frozen=True)
class Config:
    """The settings of one site; each field is one key of `harmonia.toml`."""

    name: str = "Harmonia"
    language: str = "en"
    time_zone: str = "UTC"
    address: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    https: bool = True
    trust_proxy: bool = False
    demo: bool = False
    design_years: int = 60
    debug: bool = False
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_password_file: str = ""
    mail_from: str = "harmonia@localhost"
    mail_starttls: bool = True
    home: Path = field(default=Path(".harmonia"), metadata={"variable": "HARMONIA_HOME"})
    database_url: str = field(default="", metadata={"variable": "DATABASE_URL"})
    redis_url: str = field(default="", metadata={"variable": "REDIS_URL"})

    @property
    def site_address(self) -> str:
        """Where links in mails lead: `address`, or the first host."""
        return self.address.rstrip("/") or f"{'https' if self.https else 'http'}://{self.hosts[0]}"

    @property
    def secret_key(self) -> str:
        """The key of this home; without a home, one that dies with the process."""
        path = self.home / "keys" / "secret_key"
        return path.read_text().strip() if path.is_file() else secrets.token_urlsafe(50)

    @property
    def mail_password(self) -> str:
        """The mail password from its own file, which only the service's user may read."""
        return Path(self.mail_password_file).read_text().strip() if self.mail_password_file else ""


def read_config(environ: dict[str, str] | None = None) -> Config:
    """Return the settings of the home that `HARMONIA_HOME` names.

    Raises ConfigError for unknown keys, wrong types and unreadable TOML.
    """
    environ = dict(os.environ) if environ is None else environ
    values: dict[str, Any] = {}
    for item in fields(Config):
        variable = item.metadata.get("variable", "")
        if variable and environ.get(variable):
            values[item.name] = Path(environ[variable]) if item.name == "home" else environ[variable]
    path = Path(values.get("home", ".harmonia")) / "harmonia.toml"
    return Config(**{**_read_toml(path), **values})


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} cannot be read: {error}.") from error
    known = {item.name: item for item in fields(Config) if not item.metadata}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path.name} has the unknown key '{key}'; known are {', '.join(known)}.")
        wanted = list if key == "hosts" else type(known[key].default)
        if type(value) is not wanted:
            raise ConfigError(f"{path.name}: '{key}' must be of type {wanted.__name__}.")
    if "hosts" in table:
        table["hosts"] = tuple(table["hosts"])
    return table
