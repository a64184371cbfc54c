"""The build hook: our own node, the machine's certificates, nothing done twice."""

from gettext import GNUTranslations
from pathlib import Path

import hatch_build
import pytest

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: es\\n"

msgid "Bring"
msgstr "{word}"
"""


@pytest.fixture
def no_ca(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in hatch_build.CA_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    file = tmp_path / "site" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO.format(word="Traer"))
    return file


def fake_steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record what would be run instead of running it."""
    steps: list[str] = []

    def install(web: Path, *, everything: bool) -> None:
        (web / "node_modules").mkdir(exist_ok=True)
        steps.append("install everything" if everything else "install")

    def run_node(web: Path, *words: str, doing: str) -> None:
        assert web.is_dir()
        assert words
        steps.append(doing)

    monkeypatch.setattr(hatch_build, "install", install)
    monkeypatch.setattr(hatch_build, "run_node", run_node)
    return steps


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "style.css").write_text("a{}")
    (tmp_path / hatch_build.BUILT.parent).mkdir(parents=True)
    return tmp_path


def test_an_unchanged_front_end_is_built_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = fake_steps(monkeypatch)

    hatch_build.build(tree)
    hatch_build.build(tree)

    assert steps == ["install", "build the stylesheet and the islands"]


def test_a_changed_source_is_built_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = fake_steps(monkeypatch)
    hatch_build.build(tree)

    (tree / "web" / "style.css").write_text("a{color:red}")
    hatch_build.build(tree)

    assert steps.count("install") == 2


def test_installed_packages_do_not_count_as_sources(tree: Path) -> None:
    before = hatch_build.digest(tree / "web")

    (tree / "web" / "node_modules").mkdir()
    (tree / "web" / "node_modules" / "x.js").write_text("1")

    assert before == hatch_build.digest(tree / "web")


def test_node_trusts_the_machine_and_keeps_what_the_caller_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE_OPTIONS", "--max-old-space-size=256")

    options = hatch_build.environment(Path("node"))["NODE_OPTIONS"]

    assert options == "--max-old-space-size=256 --use-system-ca"


@pytest.mark.usefixtures("no_ca")
def test_a_certificate_variable_that_is_set_reaches_node_and_npm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("certificates")
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))

    variables = hatch_build.environment(Path("node"))

    assert [str(bundle)] * 2 == [variables["NODE_EXTRA_CA_CERTS"], variables["npm_config_cafile"]]


@pytest.mark.usefixtures("no_ca")
def test_a_certificate_file_that_is_missing_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "nowhere.pem")

    assert "npm_config_cafile" not in hatch_build.environment(Path("node"))


def test_a_translation_is_compiled_and_follows_its_source(catalogue: Path, tmp_path: Path) -> None:
    words = []
    for word in ("Traer", "Llevar"):
        catalogue.write_text(PO.format(word=word))
        hatch_build.compile_catalogues(tmp_path)
        with catalogue.with_suffix(".mo").open("rb") as compiled:
            words.append(GNUTranslations(compiled).gettext("Bring"))

    assert words == ["Traer", "Llevar"]


def test_a_broken_translation_stops_the_build_with_its_name(catalogue: Path, tmp_path: Path) -> None:
    catalogue.write_text('msgid "Bring"\nmsgstr "Traer\nnonsense')

    with pytest.raises(hatch_build.BuildFailedError, match=r"django\.po cannot be read"):
        hatch_build.compile_catalogues(tmp_path)
