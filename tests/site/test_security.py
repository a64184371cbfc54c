"""What a site shows to strangers, and what it keeps from them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from harmonia.site.config import Config, ConfigError, read_config
from tests.serving import clean_environment, harmonia

ROOT = Path(__file__).resolve().parents[2]


def test_debug_is_off_and_https_is_on_unless_somebody_says_otherwise() -> None:
    assert (Config().debug, Config().https, Config().demo) == (False, True, False)


def test_djangos_deployment_check_is_clean_on_a_new_site(tmp_path: Path) -> None:
    made = harmonia("init", tmp_path / "home", "--host", "linden.example")
    words = [sys.executable, str(ROOT / "manage.py"), "check", "--deploy", "--fail-level", "WARNING"]
    environment = {**clean_environment(), "HARMONIA_HOME": str(tmp_path / "home")}
    checked = subprocess.run(
        words, env=environment, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )

    assert made.returncode == 0
    assert "no issues" in checked.stdout, checked.stderr


def test_secrets_are_made_at_set_up_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    harmonia("init", tmp_path / "one")
    harmonia("init", tmp_path / "two")
    keys = [tmp_path / name / "keys" / "secret_key" for name in ("one", "two")]

    assert keys[0].read_text() != keys[1].read_text()
    assert [oct(key.stat().st_mode & 0o777) for key in keys] == ["0o600", "0o600"]


def test_a_folder_that_holds_something_is_never_overwritten(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "diary.txt").write_text("mine")
    done = harmonia("init", home)

    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert [path.name for path in home.iterdir()] == ["diary.txt"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("colour = 'red'", "unknown key 'colour'"),
        ("name = 3", "'name' must be"),
        ("name =", "cannot be read"),
    ],
)
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, line: str, sentence: str) -> None:
    (tmp_path / "harmonia.toml").write_text(line)

    with pytest.raises(ConfigError, match=sentence):
        read_config({"HARMONIA_HOME": str(tmp_path)})


def test_cookies_are_secure_and_the_policy_allows_nothing_inline() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert (settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE) == (True, True)
    assert "unsafe" not in str(policy)


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client: Client) -> None:
    answer = client.get("/sign-in/", secure=True, headers={"host": "localhost"})

    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "max-age=31536000" in answer["Strict-Transport-Security"]


@pytest.mark.django_db
def test_a_page_asked_for_in_the_clear_is_redirected_to_tls(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"host": "localhost"})

    assert (answer.status_code, answer["Location"]) == (301, "https://localhost/sign-in/")


def test_no_tracked_file_is_a_key_or_a_database() -> None:
    done = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT)
    suspicious = (".sqlite3", ".pem", ".key", "secret_key", ".env")

    assert [name for name in done.stdout.split() if name.endswith(suspicious)] == []
    assert "HARMONIA_SECRET" not in os.environ
