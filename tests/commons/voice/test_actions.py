"""A question from its draft to the plant it leads to."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus.models import Activation, PlantVersion
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.notices.models import Notice
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, queries
from harmonia.commons.voice.models import Foresight, Option, Upgrade
from tests.commons.voice.conftest import FORESEEN, Twin, Vote
from tests.commons.voice.switching import confirmed, prepared

pytestmark = pytest.mark.django_db
DEMO = files("harmonia.commons.nexus").joinpath("plants/demo.toml").read_text("utf-8")


def test_a_draft_is_for_facilitators_and_scientists(lyra: Person, kiran: Person, theo: Person) -> None:
    for person in (kiran, theo):
        assert actions.draft(person, title="More gas", budget=100).state == "drafting"
    with pytest.raises(actions.Refused, match="role"):
        actions.draft(lyra, title="More gas", budget=100)


def test_an_option_asks_the_twin_after_the_commit(
    drafted: Upgrade, theo: Person, twin: Twin, django_capture_on_commit_callbacks: Any
) -> None:
    twin.asked.clear()
    with django_capture_on_commit_callbacks(execute=True):
        option = actions.add_option(
            drafted,
            by=theo,
            title="Warmth",
            description="",
            cost=1,
            edits=[{"field": "temperature_c", "operation": "set", "value": 37}],
        )
    option.refresh_from_db()

    assert (option.foresight, option.foreseen) == (Foresight.READY, FORESEEN)
    assert [(e.field, e.operation, e.value) for e in twin.asked[0]] == [("temperature_c", "set", 37.0)]


def test_what_the_twin_cannot_say_is_kept_as_a_sentence_and_can_be_asked_again(
    drafted: Upgrade, theo: Person, twin: Twin, django_capture_on_commit_callbacks: Any
) -> None:
    option = drafted.options.get(code="tank")
    twin.refusal = "There is no plant yet."
    actions.foresee_option(option.pk)
    option.refresh_from_db()
    assert (option.foresight, option.foreseen_note) == (Foresight.FAILED, "There is no plant yet.")

    twin.refusal = ""
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_twin(option, by=theo)
    option.refresh_from_db()

    assert (option.foresight, option.foreseen_note) == (Foresight.READY, "")


@pytest.mark.parametrize(
    "edit",
    [
        {"field": "password", "operation": "set", "value": 1},
        {"field": "liquid_m3", "operation": "eval", "value": 1},
        {"field": "liquid_m3", "operation": "set", "value": float("nan")},
    ],
)
def test_an_edit_of_what_no_plant_has_is_refused(
    drafted: Upgrade, theo: Person, edit: dict[str, Any]
) -> None:
    with pytest.raises(actions.Refused, match="no such number"):
        actions.add_option(drafted, by=theo, title="X", description="", cost=1, edits=[edit])

    assert drafted.options.count() == 3


def test_an_edit_that_makes_an_impossible_plant_is_refused(
    drafted: Upgrade, theo: Person, kiran: Person
) -> None:
    nexus.commission(DEMO, by=kiran)
    edit = {"field": "temperature_c", "operation": "set", "value": 400}

    with pytest.raises(actions.Refused, match="between"):
        actions.add_option(drafted, by=theo, title="Boil", description="", cost=1, edits=[edit])


@pytest.mark.parametrize("values", [{"cost": 0}, {"cost": -5}, {"cost": 5, "labour_h": -1}])
def test_costs_and_hours_that_cannot_be_are_refused(
    drafted: Upgrade, theo: Person, values: dict[str, Any]
) -> None:
    with pytest.raises(actions.Refused, match="Nothing was kept"):
        actions.add_option(drafted, by=theo, title="X", description="", **values)


def test_options_with_the_same_title_get_codes_of_their_own(drafted: Upgrade, theo: Person) -> None:
    twin = actions.add_option(drafted, by=theo, title="Bag", description="", cost=1)
    wordless = actions.add_option(drafted, by=theo, title="???", description="", cost=1)

    assert (twin.code, wordless.code) == ("bag-2", "option")


def test_options_are_settled_only_when_the_twin_has_said_what_everything_would_do(
    shown: Upgrade, theo: Person
) -> None:
    Option.objects.filter(code="tank").update(foresight=Foresight.WAITING)

    with pytest.raises(actions.Refused, match="Tank"):
        actions.settle_options(shown, by=theo, uncompared_why="No plant.")


def test_options_are_settled_only_when_every_set_was_compared_or_all_can_read_why_not(
    shown: Upgrade, theo: Person
) -> None:
    with pytest.raises(actions.Refused, match="Not every set"):
        actions.settle_options(shown, by=theo)

    assert actions.settle_options(shown, by=theo, uncompared_why="No plant yet.").state == "foreseen"


def test_a_settled_question_goes_back_to_its_options(settled: Upgrade, theo: Person) -> None:
    opened = settled.opened_at
    with pytest.raises(actions.Refused, match="settled"):
        actions.add_option(settled, by=theo, title="Late", description="", cost=1)
    back = actions.open_options(settled, by=theo)

    assert (back.state, back.uncompared_why, back.opened_at) == ("open", "", opened)
    assert actions.add_option(settled, by=theo, title="Late", description="", cost=1).code == "late"


def test_a_vote_needs_two_options_and_one_that_fits(theo: Person) -> None:
    upgrade = actions.draft(theo, title="Dear things", budget=10)
    actions.add_option(upgrade, by=theo, title="Gold", description="", cost=1000)
    actions.open_options(upgrade, by=theo)
    actions.settle_options(upgrade, by=theo)
    with pytest.raises(actions.Refused, match="two options"):
        actions.open_vote(upgrade, by=theo)

    actions.open_options(upgrade, by=theo)
    actions.add_option(upgrade, by=theo, title="Silver", description="", cost=100)
    actions.settle_options(upgrade, by=theo)

    with pytest.raises(actions.Refused, match="more than the budget"):
        actions.open_vote(upgrade, by=theo)


def test_opening_freezes_rule_options_and_electorate_under_one_hash(voting: Upgrade) -> None:
    assert voting.electorate == 3
    assert len(voting.frozen_sha256) == 64
    assert queries.is_intact(voting)
    assert "equal-shares" in voting.frozen
    assert queries.rule_name(voting) == (
        "Method of Equal Shares, cost utility, completion add1, stop exhaustive, ties by name"
    )


def test_opening_tells_everybody_that_the_ballot_is_secret(
    settled: Upgrade, theo: Person, lyra: Person, django_capture_on_commit_callbacks: Any
) -> None:
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        actions.open_vote(settled, by=theo)

    assert {n.person for n in Notice.objects.all()} == {theo, lyra}
    assert "your ballot is secret" in mail.outbox[-1].body


def test_closing_gives_a_reason_for_winners_and_losers(
    voting: Upgrade, theo: Person, lyra: Person, kiran: Person, vote: Vote
) -> None:
    vote(lyra, voting, "bag", "water")
    vote(theo, voting, "bag")
    vote(kiran, voting, "tank")
    closed = actions.close_vote(voting, by=theo)
    verdicts = queries.verdicts(closed)

    assert closed.state == "decided"
    assert [(v.option.code, v.chosen) for v in verdicts] == [("bag", True), ("water", True), ("tank", False)]
    assert verdicts[0].reason.startswith("Chosen: those who support it could pay for it.")
    assert verdicts[2].reason.startswith("Not chosen: those who support it could not pay")
    assert closed.decision is not None
    assert closed.decision["cost"] == 320 <= closed.budget


def test_a_vote_without_ballots_chooses_nothing_and_says_why(voting: Upgrade, theo: Person) -> None:
    closed = actions.close_vote(voting, by=theo)

    assert queries.winners(closed) == []
    assert {v.reason for v in queries.verdicts(closed)} == {"Not chosen: nobody supports it."}
    with pytest.raises(actions.Refused, match="Nothing was chosen"):
        actions.schedule(closed, by=theo, day=timezone.localdate())


def test_a_promised_last_day_is_kept(settled: Upgrade, theo: Person, lyra: Person, vote: Vote) -> None:
    start = datetime(2026, 6, 1, 12, tzinfo=UTC)
    upgrade = actions.open_vote(settled, by=theo, closes_on=start.date() + timedelta(days=7), at=start)

    with pytest.raises(actions.Refused, match="until 8 June 2026"):
        actions.close_vote(upgrade, by=theo, at=start + timedelta(days=7))
    key = vote(lyra, upgrade, "bag", at=start + timedelta(days=7))
    with pytest.raises(actions.Refused, match="over"):
        vote(lyra, upgrade, key=key, at=start + timedelta(days=8))

    assert actions.close_vote(upgrade, by=theo, at=start + timedelta(days=8)).state == "decided"


def test_a_last_day_in_the_past_is_refused(settled: Upgrade, theo: Person) -> None:
    with pytest.raises(actions.Refused, match="past"):
        actions.open_vote(settled, by=theo, closes_on=timezone.localdate() - timedelta(days=2))


@pytest.fixture
def plant(kiran: Person) -> PlantVersion:
    """A plant without required readings, which nobody follows."""
    return nexus.commission(
        DEMO, by=kiran, at=timezone.now() - timedelta(days=2), require_safety_readings=False
    )


def water_wins(voting: Upgrade, theo: Person, lyra: Person, kiran: Person, vote: Vote) -> None:
    """Count a vote that chooses what changes no number of the plant, and set its day."""
    for person in (lyra, theo, kiran):
        vote(person, voting, "water")
    actions.close_vote(voting, by=theo)
    actions.schedule(voting, by=theo, day=timezone.localdate())


@pytest.fixture
def decided(voting: Upgrade, theo: Person, lyra: Person, kiran: Person, vote: Vote) -> Upgrade:
    """The question after the count: the bag and the water won."""
    for person in (lyra, theo, kiran):
        vote(person, voting, "bag")
    return actions.close_vote(voting, by=theo)


@pytest.fixture
def scheduled(decided: Upgrade, theo: Person) -> Upgrade:
    """The question with a day for its activation."""
    return actions.schedule(decided, by=theo, day=timezone.localdate())


def test_what_changes_the_plant_comes_into_force_by_its_switch_over_alone(
    scheduled: Upgrade, theo: Person, kiran: Person, plant: PlantVersion
) -> None:
    with pytest.raises(actions.Refused, match="by its switch-over"):
        actions.carry_out(scheduled, by=kiran)
    switch = prepared(scheduled, theo)
    activated = confirmed(switch, theo, kiran, scheduled)

    assert activated.state == "activated"
    assert activated.plant_version is not None
    assert (activated.plant_version.number, activated.plant_version.gas_store_m3) == (2, 3.0)
    assert activated.plant_version.why == "Room for the next street"
    assert Activation.objects.get().state == "ramping"


@pytest.mark.parametrize("item", ATTESTED_H)
def test_no_decided_plant_passes_a_red_or_stale_safety_item(
    scheduled: Upgrade, theo: Person, kiran: Person, plant: PlantVersion, item: str
) -> None:
    switch = prepared(scheduled, theo)
    nexus.press(switch, theo)
    long_ago = timezone.now() - timedelta(hours=ATTESTED_H[item], minutes=1)
    for passed, why, at in ((False, "it is broken", None), (True, "", long_ago)):
        nexus.check_item(switch, item, passed=passed, reason=why, by=theo, at=at)
        with pytest.raises(nexus.Refused, match="Not yet"):
            nexus.confirm_activation(switch, kiran)

    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.plant_version) == ("scheduled", None)
    assert PlantVersion.objects.count() == 1


def test_the_day_of_a_switch_over_is_the_day_on_which_it_was_confirmed(
    decided: Upgrade, theo: Person, kiran: Person, plant: PlantVersion
) -> None:
    switch = prepared(decided, theo)
    then = timezone.now() - timedelta(minutes=10)
    for item in ATTESTED_H:
        nexus.check_item(switch, item, passed=True, by=theo, at=then)
    nexus.press(switch, theo, at=then)
    nexus.confirm_activation(switch, kiran, at=then)
    decided.refresh_from_db()

    assert (decided.state, decided.activated_at) == ("activated", then)
    assert decided.scheduled_for == queries.local_day(then)
    assert Notice.objects.filter(subject="What you chose runs now").latest("pk").at == then


def test_a_switch_over_of_what_is_done_already_changes_no_upgrade(
    voting: Upgrade, theo: Person, lyra: Person, kiran: Person, vote: Vote, plant: PlantVersion
) -> None:
    water_wins(voting, theo, lyra, kiran, vote)
    switch = prepared(voting, theo)
    done = actions.carry_out(voting, by=kiran)
    nexus.override_item(switch, "design", reason="the mill stands", by=kiran)
    nexus.press(switch, theo)
    nexus.confirm_activation(switch, kiran)
    voting.refresh_from_db()

    assert (voting.state, voting.activated_at, voting.plant_version) == ("activated", done.activated_at, None)


def test_a_day_is_set_taken_back_and_set_anew(decided: Upgrade, theo: Person) -> None:
    with pytest.raises(actions.Refused, match="past"):
        actions.schedule(decided, by=theo, day=timezone.localdate() - timedelta(days=2))
    actions.schedule(decided, by=theo, day=timezone.localdate())
    back = actions.unschedule(decided, by=theo)
    day = timezone.localdate() + timedelta(days=3)

    assert (back.state, back.scheduled_for) == ("decided", None)
    assert actions.schedule(decided, by=theo, day=day).scheduled_for == day
    assert queries.activations_that_come() == [(day, decided.title, f"/choose/{decided.pk}/")]


def test_an_account_needs_words_and_a_model_that_followed(
    scheduled: Upgrade, theo: Person, kiran: Person, plant: PlantVersion
) -> None:
    confirmed(prepared(scheduled, theo), theo, kiran, scheduled)
    with pytest.raises(actions.Refused, match="a sentence"):
        actions.account(scheduled, by=kiran, words=" ")

    with pytest.raises(actions.Refused, match="not followed"):
        actions.account(scheduled, by=kiran, words="It went well.")


def test_what_changes_no_number_of_the_plant_is_accounted_for_in_words(
    voting: Upgrade, theo: Person, lyra: Person, kiran: Person, vote: Vote
) -> None:
    water_wins(voting, theo, lyra, kiran, vote)
    with pytest.raises(actions.Refused, match="role"):
        actions.carry_out(voting, by=theo)
    actions.carry_out(voting, by=kiran)
    done = actions.account(voting, by=kiran, words="Eleven hours instead of eight.")

    assert (done.state, done.account_words) == ("accounted", "Eleven hours instead of eight.")
    assert done.account == {
        "options": ["water"],
        "cost": 140,
        "labour_h": 8,
        "comparison": None,
        "measures": [],
    }


def test_a_question_is_withdrawn_before_it_is_decided_and_never_after(
    voting: Upgrade, theo: Person, lyra: Person, vote: Vote
) -> None:
    other = actions.draft(theo, title="Another", budget=5)
    assert actions.withdraw(other, by=theo, why="Too early.").withdrawn_why == "Too early."

    vote(lyra, voting, "bag")
    actions.close_vote(voting, by=theo)

    with pytest.raises(actions.Refused, match="not at that step"):
        actions.withdraw(voting, by=theo)


def test_a_step_taken_twice_is_refused_the_second_time(settled: Upgrade, theo: Person) -> None:
    actions.open_vote(settled, by=theo)

    with pytest.raises(actions.Refused, match="somebody was faster"):
        actions.open_vote(settled, by=theo)


def test_history_can_be_played_with_the_times_it_had(
    theo: Person, lyra: Person, kiran: Person, vote: Vote
) -> None:
    nexus.commission(DEMO, by=kiran, at=datetime(2026, 5, 1, tzinfo=UTC), require_safety_readings=False)
    start = datetime(2026, 6, 1, tzinfo=UTC)
    upgrade = actions.draft(theo, title="Then", budget=500, at=start)
    edits = [{"field": "gas_store_m3", "operation": "add", "value": 1}]
    one = actions.add_option(upgrade, by=theo, title="One", description="", cost=10, edits=edits)
    actions.add_option(upgrade, by=theo, title="Two", description="", cost=10)
    actions.foresee_option(one.pk)
    actions.open_options(upgrade, by=theo, at=start + timedelta(days=1))
    actions.settle_options(upgrade, by=theo, uncompared_why="Nobody asked.", at=start + timedelta(days=2))
    actions.open_vote(upgrade, by=theo, at=start + timedelta(days=2))
    vote(lyra, upgrade, "one", at=start + timedelta(days=3))
    actions.close_vote(upgrade, by=theo, at=start + timedelta(days=4))
    day = (start + timedelta(days=5)).date()
    actions.schedule(upgrade, by=theo, day=day, at=start + timedelta(days=4))
    then = start + timedelta(days=5)
    switch = prepared(upgrade, theo, at=then)
    nexus.press(switch, theo, at=then)
    nexus.confirm_activation(switch, kiran, at=then)
    done = Upgrade.objects.get(pk=upgrade.pk)

    moments = [done.drafted_at, done.opened_at, done.voting_at, done.decided_at, done.activated_at]
    assert moments == [start + timedelta(days=n) for n in (0, 1, 2, 4, 5)]
    assert done.plant_version is not None
    assert done.plant_version.since == then


def test_the_turnout_is_that_of_the_vote_that_is_on(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    vote(lyra, voting, "bag")

    assert queries.turnout() == queries.Turnout(voices=1, members=3)


def test_before_the_first_vote_there_is_no_turnout(db: None) -> None:
    assert queries.turnout() is None
