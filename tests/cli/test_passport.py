"""`harmonia passport verify`: offline, without Django, and never fooled."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harmonia.cli.main import main
from harmonia.credentials import did_key, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SAID = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential", "ArtifactPassport"],
    "issuer": {"id": did_key(KEY), "name": "Linden"},
    "credentialSubject": {"id": "urn:uuid:1", "name": "A stool", "identifier": "K7QX-3M"},
}


def kept(folder: Path, document: object) -> str:
    path = folder / "passport.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return str(path)


def test_a_passport_is_verified_and_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["passport", "verify", kept(tmp_path, sign(SAID, KEY))]) == 0

    said = capsys.readouterr().out
    assert "Unchanged since it was signed: A stool (K7QX-3M)" in said
    assert "claims no conformity" in said


def test_it_runs_without_django_or_network(tmp_path: Path) -> None:
    path = kept(tmp_path, sign(SAID, KEY))
    code = (
        "import socket, sys\nsocket.socket.connect = None\nfrom harmonia.cli.main import main\n"
        f"code = main(['passport', 'verify', {path!r}])\nassert 'django' not in sys.modules\nsys.exit(code)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({**sign(SAID, KEY), "issuer": {"id": "did:key:zother", "name": "Linden"}}, "something was changed"),
        (sign({**SAID, "issuer": {"id": "did:key:zother"}}, KEY), "another than who signed"),
        (SAID, "no proof"),
        ({"type": "Other"}, "no passport"),
        ([], "no passport"),
        ('{"type": "ArtifactPassport", "type": "x"}', "stands in it twice"),
        ('{"a": NaN}', "no number of JSON"),
        ("[" * 100_000, "no passport"),
        ("not json", "no passport"),
    ],
)
def test_a_false_passport_gets_one_sentence_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: object, sentence: str
) -> None:
    assert main(["passport", "verify", kept(tmp_path, document)]) == 1

    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""


def test_another_key_than_the_named_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kept(tmp_path, sign(SAID, KEY))

    assert main(["passport", "verify", path, "--key", did_key(KEY)]) == 0
    assert main(["passport", "verify", path, "--key", did_key(Ed25519PrivateKey.generate())]) == 1


def test_a_strangers_words_do_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subject = {**SAID["credentialSubject"], "name": "\x1b[2JGone"}  # type: ignore[dict-item]
    main(["passport", "verify", kept(tmp_path, sign({**SAID, "credentialSubject": subject}, KEY))])

    assert "\x1b" not in capsys.readouterr().out
