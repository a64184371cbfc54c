"""The count, its bundle, and its reasons in words."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, bundles, count, queries
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.reasons import reason_in_words
from harmonia.science.choice import Election, Project, decide, read_bundle, recount, rule_from_dict
from tests.commons.voice.conftest import Vote


@pytest.fixture
def closed(voting: Upgrade, theo: Person, lyra: Person, kiran: Person, vote: Vote) -> Upgrade:
    """The question after the count."""
    vote(kiran, voting, "water")
    vote(lyra, voting, "bag", "water")
    vote(theo, voting, "bag")
    return actions.close_vote(voting, by=theo)


@pytest.mark.django_db
def test_anybody_recounts_the_bundle_to_the_same_decision(closed: Upgrade) -> None:
    assert closed.bundle is not None
    bundle = read_bundle(bytes(closed.bundle))

    assert recount(bundle) is None
    assert bundle.election is not None
    assert bundle.decision == {
        name: value for name, value in (closed.decision or {}).items() if name not in ("reasons", "rounds")
    }
    assert bundle.election.meta["frozen_sha256"] == closed.frozen_sha256


@pytest.mark.django_db
def test_the_bundle_holds_sorted_ballots_and_no_identity(closed: Upgrade, lyra: Person) -> None:
    assert closed.bundle is not None
    archive = zipfile.ZipFile(io.BytesIO(bytes(closed.bundle)))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    votes = everything.split("VOTES\n")[1].splitlines()[:4]

    assert votes == ["voter_id;vote", "1;bag,water", "2;bag", "3;water"]
    assert not [secret for secret in (str(token_of(lyra)), "Lyra", "lyra@") if secret in everything]


@pytest.mark.django_db
def test_the_same_vote_gives_the_same_bundle(closed: Upgrade) -> None:
    assert closed.bundle is not None
    assert bundles.full(closed, count.count(closed)) == bytes(closed.bundle)


@pytest.mark.django_db
def test_a_changed_ballot_is_found_by_the_recount(closed: Upgrade) -> None:
    from dataclasses import replace

    assert closed.bundle is not None
    bundle = read_bundle(bytes(closed.bundle))
    assert bundle.election is not None
    forged = replace(bundle, election=replace(bundle.election, ballots=(frozenset({"tank"}),) * 3))

    assert recount(forged) is not None


@pytest.mark.django_db
def test_winners_cost_no_more_than_the_budget(closed: Upgrade) -> None:
    assert sum(option.cost for option in queries.winners(closed)) <= closed.budget


costs = st.integers(0, 400)
names = st.lists(st.sampled_from("abcd"), unique=True)


@given(st.lists(costs, min_size=4, max_size=4), st.lists(names, max_size=9), st.integers(1, 900))
def test_every_reason_the_count_gives_is_said_in_words(
    prices: list[int], ballots: list[list[str]], budget: int
) -> None:
    projects = tuple(Project(c, c.upper(), price) for c, price in zip("abcd", prices, strict=True))
    election = Election(projects, tuple(frozenset(b) for b in ballots), budget)
    decision = decide(election, rule_from_dict(count.the_rule(Upgrade())))
    said = {code: reason_in_words(reason, "€", len(ballots)) for code, reason in decision.reasons.items()}

    for code, sentence in said.items():
        assert sentence.startswith("Chosen: " if code in decision.winners else "Not chosen: ")
        assert sentence.endswith(".")


FEW_COULD = "those who support it could pay for it. They, or the others, are fewer than five."


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("chosen: its 1 supporter paid 20 each", f"Chosen: {FEW_COULD}"),
        ("chosen: its 13 supporters paid 66.67 each", "Chosen: the 13 who support it paid € 66.67 each."),
        (
            "chosen: of its 5 supporters, 3 paid 20 each and 2 gave the rest they had",
            "Chosen: of the 5 who support it, 3 paid € 20 each and 2 gave all they had left.",
        ),
        (
            "not chosen: its 22 supporters held 1\u202f114.50 of the 3\u202f340 it costs",
            "Not chosen: the 22 who support it had € 1,114.50 of the € 3,340 it costs left.",
        ),
        ("not chosen: nobody supported 'A\n\"b\"'", "Not chosen: nobody supports it."),
        ("something new", "something new"),
    ],
)
def test_a_reason_is_said_in_plain_words(reason: str, sentence: str) -> None:
    assert reason_in_words(reason, "€", 40).replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(("kind", "utility"), [("approval", "cost"), ("score", "points")])
def test_the_rule_is_the_one_the_design_names(kind: str, utility: str) -> None:
    rule = rule_from_dict(count.the_rule(Upgrade(ballot_kind=kind)))

    assert (rule.method, rule.utility, rule.completion, rule.stop, rule.ties) == (
        "equal-shares",
        utility,
        "add1",
        "exhaustive",
        "name",
    )
