"""Who hears what, where, and in which language."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from harmonia.commons.journal import queries as journal
from harmonia.commons.notices import actions, queries
from harmonia.commons.notices.models import Channel, Kind, Notice, Preference
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db


def tell(person: Person, kind: str = Kind.NEWS, **values: Any) -> Notice | None:
    return actions.notify(person, kind=kind, subject="Hello", text="There is news.", **values)


def test_a_notice_waits_on_the_page_of_the_person_it_concerns(lyra: Person, enrol: Enrol) -> None:
    theo = enrol("Theo")
    tell(lyra, link="/choose/")

    assert [n.link for n in queries.notices_of(lyra)] == ["/choose/"]
    assert (queries.unread(lyra), queries.unread(theo)) == (1, 0)
    assert queries.notices_of(theo) == []


@pytest.mark.parametrize(("channel", "kept", "mailed"), [("page", 1, 0), ("mail", 1, 1), ("off", 0, 0)])
def test_the_chosen_channel_decides_where_a_notice_goes(
    lyra: Person, django_capture_on_commit_callbacks: Any, channel: str, kept: int, mailed: int
) -> None:
    actions.prefer(lyra, {Kind.NEWS: channel})

    with django_capture_on_commit_callbacks(execute=True):
        tell(lyra)

    assert Notice.objects.count() == kept
    assert len(mail.outbox) == mailed


def test_mail_waits_for_the_commit(lyra: Person, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        tell(lyra, Kind.UPGRADE)

    assert mail.outbox == []
    assert len(callbacks) == 1


def test_an_action_that_is_rolled_back_tells_nobody(
    lyra: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tell(lyra, Kind.UPGRADE)
        transaction.set_rollback(True)

    assert Notice.objects.count() == 0
    assert mail.outbox == []


def test_who_looks_after_the_plant_cannot_turn_alarms_off(enrol: Enrol) -> None:
    kiran = enrol("Kiran", "scientist")

    with pytest.raises(actions.Refused, match="alarms stay on your page"):
        actions.prefer(kiran, {Kind.ALARM: Channel.OFF})

    assert not Preference.objects.filter(person=kiran).exists()


def test_alarms_turned_off_before_somebody_became_a_scientist_come_to_the_page(
    lyra: Person, enrol: Enrol
) -> None:
    actions.prefer(lyra, {Kind.ALARM: Channel.OFF})
    assert tell(lyra, Kind.ALARM) is None

    lyra.groups.set(enrol("Kiran", "scientist").groups.all())

    assert tell(lyra, Kind.ALARM) is not None


def test_several_people_hear_the_same_each_by_their_own_channel(
    lyra: Person, enrol: Enrol, django_capture_on_commit_callbacks: Any
) -> None:
    theo, kiran = enrol("Theo"), enrol("Kiran")
    actions.prefer(lyra, {Kind.STORY: Channel.OFF})
    actions.prefer(theo, {Kind.STORY: Channel.MAIL})

    with django_capture_on_commit_callbacks(execute=True):
        told = actions.notify_many([lyra, theo, kiran], kind=Kind.STORY, subject="A lamp", text="Made here.")

    assert [n.person for n in told] == [theo, kiran]
    assert [m.to for m in mail.outbox] == [["theo@example.org"]]


def test_each_person_reads_lazy_text_in_their_own_language(lyra: Person, enrol: Enrol) -> None:
    theo = enrol("Theo")
    people.rename(theo, name="Theo", language="es")
    # a word Django itself translates, so that this does not wait for the site's own Spanish
    told = actions.notify_many(
        [lyra, theo], kind=Kind.NEWS, subject=gettext_lazy("Monday"), text=gettext_lazy("January")
    )

    assert [(n.subject, n.text) for n in told] == [("Monday", "January"), ("lunes", "enero")]


def test_a_subject_cannot_smuggle_lines_into_the_head_of_a_mail(
    lyra: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.notify(lyra, kind=Kind.UPGRADE, subject="Hi\r\nBcc: all@example.org", text="…")

    assert mail.outbox[0].subject == "Hi Bcc: all@example.org"
    assert mail.outbox[0].recipients() == ["lyra@example.org"]


@pytest.mark.parametrize("link", ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)"])
def test_a_notice_links_to_this_site_only(lyra: Person, link: str) -> None:
    with pytest.raises(ValueError, match="path of this site"):
        tell(lyra, link=link)


@pytest.mark.database
@pytest.mark.parametrize("link", ["https://elsewhere.example", "//elsewhere.example"])
def test_the_database_refuses_a_link_that_leads_elsewhere(lyra: Person, link: str) -> None:
    notice = Notice(person=lyra, kind="news", subject="Hi", text="", link=link, at=timezone.now())

    with pytest.raises(IntegrityError, match="link_stays_here"):
        notice.save()


def test_an_unknown_kind_is_a_bug_and_says_so(lyra: Person) -> None:
    with pytest.raises(ValueError, match="kinds are alarm"):
        tell(lyra, "gossip")


def test_old_news_is_kept_but_not_mailed(lyra: Person, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told = tell(lyra, Kind.UPGRADE, at=timezone.now() - timedelta(days=30))

    assert told is not None
    assert told.mail_state == "none"
    assert mail.outbox == []


def test_leaving_takes_notices_and_preferences_along_and_later_ones_find_nobody(lyra: Person) -> None:
    actions.prefer(lyra, {Kind.NEWS: Channel.MAIL})
    tell(lyra)
    people.leave(lyra)

    assert Notice.objects.count() == Preference.objects.count() == 0
    assert tell(lyra) is None


def test_the_export_holds_what_was_told_and_chosen(lyra: Person) -> None:
    actions.prefer(lyra, {Kind.NEWS: Channel.MAIL})
    tell(lyra)
    section = queries.export(lyra)

    assert section["preferences"]["news"] == "mail"
    assert [n["subject"] for n in section["notices"]] == ["Hello"]


def test_the_journal_knows_that_something_was_told_but_not_what_or_to_whom(lyra: Person) -> None:
    told = tell(lyra)

    assert told is not None
    assert journal.latest("notices", 1)[0].payload == {"notices": [told.pk], "about": "news"}
