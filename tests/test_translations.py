"""Harmonia speaks Spanish: every text has its translation, nothing in it is broken, and pages show it."""

import gettext
import re
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Message as Entry
from django.test import Client
from django.utils import translation
from tools import messages
from tools.messages import DJANGOS, Message, entries, forms, messages_in, missing, translated

SAME_IN_SPANISH = {
    "%(laboratory)s, %(day)s",
    "%(name)s: %(given)s h",
    "%(what)s (%(name)s)",
    "Compost",
    "E. coli",
    "Factor",
    "Gas",
    "Gas, m³",
    "Material",
    "Material %(number)s",
    "Nexus",
    "Salmonella",
    "Veto",
    "metal",
    "pH",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|<[^>]+>|\n")
DJANGOS_SPANISH = "locale/es/LC_MESSAGES/django.mo"
OPENING_MARKS = {"?": "¿", "!": "¡"}
SPANISH = "es-MX,es;q=0.9,en;q=0.5"


def pairs() -> list[tuple[Entry, list[tuple[str, str]]]]:
    """Return each entry with its source and Spanish forms side by side."""
    return [
        (entry, list(zip(forms(entry.id), forms(entry.string or ""), strict=True)))
        for entry in entries(translated())
    ]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def compiled(file: Path) -> gettext.GNUTranslations:
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)


def in_spanish(spanish: gettext.GNUTranslations, words: str | tuple[str, str]) -> bool:
    if isinstance(words, str):
        return spanish.gettext(words) != words
    return spanish.ngettext(*words, 1) != words[0]


def page(client: Client, path: str, language: str) -> str:
    response = client.get(path, secure=True, headers={"accept-language": language})
    assert response.status_code == 200

    return str(response.content.decode())


def headings(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", html)]


def test_every_text_of_the_interface_has_spanish() -> None:
    assert missing() == []


def test_the_catalogue_holds_no_text_the_interface_no_longer_says() -> None:
    said = {(forms(entry.id), entry.context) for entry in entries(messages.catalogue())}

    kept = {(forms(entry.id), entry.context) for entry in entries(translated())}

    assert kept - said == set()


def test_a_translation_keeps_placeholders_tags_and_lines() -> None:
    # A singular may say its number as a word, so it may lack what only the plural counts with.
    allowed = [
        (spanish, {tuple(placeholders(source)), tuple(placeholders(forms(entry.id)[-1]))})
        for entry, both in pairs()
        for source, spanish in both
    ]
    plurals = [both[-1] for _, both in pairs() if len(both) > 1]

    broken = [spanish for spanish, sources in allowed if tuple(placeholders(spanish)) not in sources]
    broken += [spanish for source, spanish in plurals if placeholders(source) != placeholders(spanish)]

    assert broken == []


def test_no_translation_is_the_english_once_more() -> None:
    same = {spanish for _, both in pairs() for source, spanish in both if source == spanish}

    assert same == SAME_IN_SPANISH


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def repeated(text: str) -> int:
    """Count the sentences that a text says more than once."""
    said = sentences(text)
    return len(said) - len(set(said))


def test_a_sentence_that_is_said_twice_is_found() -> None:
    assert [repeated(text) for text in ("Nada. Nada.", "Guarda. Lee. Guarda.", "Guarda. Lee.")] == [1, 1, 0]


def test_no_translation_says_a_sentence_more_often_than_its_source() -> None:
    doubled = [
        spanish for _, both in pairs() for source, spanish in both if repeated(spanish) > repeated(source)
    ]

    assert doubled == []


def test_no_translation_is_a_guess_that_waits_for_somebody() -> None:
    assert [entry.id for entry in entries(translated()) if entry.fuzzy] == []


def test_a_translation_begins_and_ends_with_space_where_its_source_does() -> None:
    uneven = [
        spanish
        for _, both in pairs()
        for source, spanish in both
        if (source[:1].isspace(), source[-1:].isspace()) != (spanish[:1].isspace(), spanish[-1:].isspace())
    ]

    assert uneven == []


def test_a_sentence_stays_a_sentence_and_a_label_stays_a_label() -> None:
    uneven = [
        spanish
        for _, both in pairs()
        for source, spanish in both
        if source.endswith(".") != spanish.endswith(".") and source != "No."
    ]

    assert uneven == []


def test_spanish_questions_open_with_their_mark() -> None:
    closed_only = [
        spanish
        for _, both in pairs()
        for _, spanish in both
        for closing, opening in OPENING_MARKS.items()
        if spanish.count(closing) != spanish.count(opening)
    ]

    assert closed_only == []


def test_the_formats_of_the_catalogue_pass_babels_own_checks() -> None:
    found = [(entry.id, [str(error) for error in errors]) for entry, errors in translated().check()]

    assert found == []


def test_the_compiled_catalogue_speaks_singular_and_plural(spanish: Path) -> None:
    speaks = compiled(spanish)

    assert speaks.gettext("Bring") == "Traer"
    assert [speaks.ngettext("%(count)d day", "%(count)d days", count) for count in (0, 1, 2)] == [
        "%(count)d días",
        "%(count)d día",
        "%(count)d días",
    ]


def test_each_text_of_django_that_we_say_otherwise_is_one_django_says() -> None:
    own = [
        compiled(Path(django.__file__).parent / part / DJANGOS_SPANISH) for part in ("conf", "contrib/auth")
    ]

    unknown = [words for words in DJANGOS if not any(in_spanish(spanish, words) for spanish in own)]

    assert unknown == []


@pytest.mark.usefixtures("spanish")
def test_our_plurals_stand_beside_those_of_django_which_have_a_third_form() -> None:
    with translation.override("es"):
        said = [
            translation.ngettext("%(count)d day", "%(count)d days", count) for count in (0, 1, 2, 1_000_000)
        ]

    assert said == ["%(count)d días", "%(count)d día", "%(count)d días", "%(count)d días"]


def test_texts_are_collected_with_their_plurals_and_contexts() -> None:
    code = '_("one"); ngettext("%d a", "%d b", n); pgettext_lazy("menu", "Open"); _(name); npgettext("c", "x", "y", n)'

    found = list(messages_in(code, "here.py"))

    assert found == [
        Message("one", "here.py"),
        Message(("%d a", "%d b"), "here.py"),
        Message("Open", "here.py", "menu"),
        Message(("x", "y"), "here.py", "c"),
    ]


def test_texts_are_collected_under_whatever_name_a_file_gives_to_gettext() -> None:
    code = 'from django.utils.translation import gettext as now, pgettext as said\nnow("one"); said("menu", "Open")'

    found = list(messages_in(code, "here.py"))

    assert found == [Message("one", "here.py"), Message("Open", "here.py", "menu")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Lo que traes se convierte en lo que somos."),
        ("/sign-in/", "Qué gusto verte"),
        ("/bring/", "¿Qué traes?"),
        ("/nexus/", "Aquí todavía no hay planta"),
        ("/make/", "Aquí todavía no se ha creado nada"),
        ("/choose/", "Ahora no hay nada que decidir"),
        ("/tapestry/", "El telar está montado y espera"),
        ("/together/", "Lo que hacemos en común"),
    ],
)
@pytest.mark.usefixtures("spanish")
def test_a_page_speaks_spanish_to_whoever_asks_for_it(client: Client, path: str, heading: str) -> None:
    html = page(client, path, SPANISH)

    assert re.findall(r'<html lang="(\w+)"', html) == ["es"]
    assert heading in headings(html)


@pytest.mark.django_db
@pytest.mark.usefixtures("spanish")
def test_the_places_stand_in_spanish_in_their_order(client: Client) -> None:
    html = page(client, "/sign-in/", SPANISH)

    assert re.findall(r"<span>([\w ]+)</span></a></li>", html) == [
        "Traer",
        "Nexus",
        "Crear",
        "Decidir",
        "Tapiz",
        "En común",
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("spanish")
def test_a_language_we_do_not_have_gets_english(client: Client) -> None:
    html = page(client, "/sign-in/", "fi")

    assert re.findall(r'<html lang="(\w+)"', html) == ["en"]
    assert "Good to see you" in headings(html)


@pytest.mark.django_db
@pytest.mark.usefixtures("spanish")
def test_a_wrong_password_is_answered_in_our_own_spanish(client: Client) -> None:
    entries = {"username": "nobody@example.org", "password": "not this one"}

    response = client.post("/sign-in/", entries, secure=True, headers={"accept-language": SPANISH})

    assert "Esa dirección de correo y esa contraseña no van juntas." in response.content.decode()
