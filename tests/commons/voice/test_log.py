"""Receipts, the log, witnesses, bundles and sworn recounters."""

import base64
import hashlib
import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, box, bundles, content, logbook, queries
from harmonia.commons.voice.models import Ballot, Checkpoint, Upgrade
from harmonia.science.choice import read_bundle, recount
from harmonia.science.choice.transparency import (
    WITNESS,
    Signer,
    cosign,
    miscounted,
    read_checkpoint,
    receipt_from_dict,
    standing,
    verifier_from_text,
    verify_consistency,
    witness_refusal,
)
from tests.commons.conftest import Enrol
from tests.commons.voice.conftest import Vote

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
CROWD = tuple(f"Neighbour{n}" for n in range(12))


@pytest.fixture
def crowd(enrol: Enrol, shown: Upgrade) -> list[Person]:
    """Twelve residents."""
    return [enrol(name) for name in CROWD]


@pytest.fixture
def busy(crowd: list[Person], settled: Upgrade, theo: Person, vote: Vote) -> Upgrade:
    """A vote with twelve ballots: nine for the bag, six of them for water too, three for the tank."""
    voting = actions.open_vote(settled, by=theo)
    for n, person in enumerate(crowd):
        vote(person, voting, *(["tank"] if n < 3 else ["bag", "water"] if n < 9 else ["bag"]))
    return voting


def test_a_receipt_proves_inclusion_against_the_key_that_was_frozen(busy: Upgrade, theo: Person) -> None:
    actions.close_vote(busy, by=theo)
    key = verifier_from_text(json.loads(busy.frozen)["log"]["key"])
    for ballot in Ballot.objects.filter(upgrade=busy):
        found = queries.find_seal(busy, ballot.seal)

        assert found is not None
        assert found.receipt is not None
        assert receipt_from_dict(found.receipt).refusal(key) is None


def test_a_receipt_tells_nothing_of_what_the_ballot_says(busy: Upgrade) -> None:
    ballot = Ballot.objects.filter(upgrade=busy).first()
    assert ballot is not None
    found = queries.find_seal(busy, ballot.seal)
    guesses = ("approve []", 'approve ["bag"]', 'approve ["tank"]', ballot.content)

    assert ballot.content not in json.dumps(found.receipt if found else {})
    assert ballot.seal not in {hashlib.sha256(text.encode()).hexdigest() for text in guesses}


def test_a_replaced_ballots_receipt_says_that_it_was_replaced(
    busy: Upgrade, theo: Person, lyra: Person, enrol: Enrol
) -> None:
    first = Ballot.objects.filter(upgrade=busy).order_by("seal").first()
    assert first is not None
    box.put_in(busy, first.paper, content.read('approve ["tank"]'))
    box.shake(busy, last=True)
    found = queries.find_seal(busy, first.seal)

    assert found is not None
    assert not found.stands
    assert queries.find_seal(busy, "0" * 64) is None


def test_what_is_counted_is_what_stands_in_the_log(busy: Upgrade, theo: Person) -> None:
    closed = actions.close_vote(busy, by=theo)
    ballots = box.ballots(closed)
    salts = [bytes.fromhex(b.salt) for b in ballots]

    assert miscounted(logbook.entries(closed), [b.content for b in ballots], salts) is None
    assert miscounted(logbook.entries(closed), ['approve ["tank"]'] * len(ballots), salts) is not None


def test_every_checkpoint_grew_out_of_the_one_before(busy: Upgrade, theo: Person) -> None:
    closed = actions.close_vote(busy, by=theo)
    notes = [read_checkpoint(c.note) for c in Checkpoint.objects.filter(upgrade=closed).order_by("size")]
    key = logbook.verifier(closed)

    assert len(notes) >= 4  # the opening, two handfuls, the rest and the close
    for old, new in pairwise(notes):
        a, b = old.checkpoint, new.checkpoint
        assert new.signed_by([key])
        assert verify_consistency(a.size, b.size, a.root, b.root, logbook.grew(closed, a.size, b.size))


def test_a_members_device_watches_and_signs(busy: Upgrade, lyra: Person, signed_in: SignIn) -> None:
    device = Signer("phone-7", bytes(range(32)), WITNESS)
    browser = signed_in(lyra)
    told = browser.get(reverse("upgrade_witness", args=[busy.pk])).json()
    signed = read_checkpoint(told["note"])
    assert witness_refusal(signed, verifier_from_text(told["key"]), None, ()) is None
    body = {
        "name": "phone-7",
        "key": base64.b64encode(device.verifier.public).decode(),
        "size": told["size"],
        "note": cosign(signed, device, 1_800_000_000).as_text(),
    }
    address = reverse("upgrade_cosign", args=[busy.pk])
    answer = browser.post(address, json.dumps(body), content_type="application/json")
    again = browser.post(address, json.dumps(body), content_type="application/json")
    note = browser.get(reverse("upgrade_checkpoint", args=[busy.pk])).content.decode()

    assert (answer.status_code, again.json()) == (200, {"witnesses": 1})
    assert read_checkpoint(note).signed_by([logbook.verifier(busy), device.verifier]) == (
        logbook.verifier(busy),
        device.verifier,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"note": "nonsense"},
        {"key": "AAAA"},
        {"name": "has space"},
        {"size": 1},
        {"note": None},
        {"key": base64.b64encode(bytes(32)).decode()},
    ],
)
def test_a_forged_cosignature_is_refused(
    busy: Upgrade, lyra: Person, signed_in: SignIn, change: dict[str, Any]
) -> None:
    device = Signer("phone-7", bytes(range(32)), WITNESS)
    newest = logbook.newest(busy)
    assert newest is not None
    body = {
        "name": "phone-7",
        "key": base64.b64encode(device.verifier.public).decode(),
        "size": newest.size,
        "note": cosign(read_checkpoint(newest.note), device, 1).as_text(),
    } | change
    address = reverse("upgrade_cosign", args=[busy.pk])
    answer = signed_in(lyra).post(address, json.dumps(body), content_type="application/json")

    assert answer.status_code == 422
    assert newest.cosignatures.count() == 0


def test_the_public_bundle_holds_the_log_and_no_ballot(busy: Upgrade, theo: Person, client: Client) -> None:
    closed = actions.close_vote(busy, by=theo)
    data = client.get(reverse("upgrade_public", args=[busy.pk])).content
    bundle = read_bundle(data)

    assert recount(bundle) is None
    assert bundle.election is None
    assert bundle.sealed is not None
    assert (bundle.sealed.ballots, bundle.sealed.salts, bundle.sealed.orders) == (12, None, None)
    assert hashlib.sha256(bundle.sealed.frozen).hexdigest() == closed.frozen_sha256
    assert not {"reasons", "rounds"} & set(bundle.decision)
    assert closed.result is not None
    assert closed.result["support"] == {"bag": None, "tank": None, "water": 6}


def test_the_full_bundle_is_counted_again_with_its_log_and_witnesses(busy: Upgrade, theo: Person) -> None:
    closed = actions.close_vote(busy, by=theo)
    device = Signer("phone-7", bytes(range(32)), WITNESS)
    key = base64.b64encode(device.verifier.public).decode()
    newest = logbook.newest(closed)
    assert newest is not None
    witness = actions.register_witness(closed, by=theo, name="phone-7", public_key=key)
    actions.cosign(newest, witness, cosign(read_checkpoint(newest.note), device, 1).as_text())
    bundle = read_bundle(bundles.full(closed))

    assert recount(bundle) is None
    assert bundle.sealed is not None
    assert bundle.sealed.witnesses() == ("phone-7",)
    assert recount(read_bundle(bytes(closed.bundle or b""))) is None


def test_under_a_hundred_ballots_only_sworn_recounters_get_every_ballot(
    busy: Upgrade, theo: Person, lyra: Person, client: Client
) -> None:
    actions.close_vote(busy, by=theo)
    address = reverse("upgrade_bundle", args=[busy.pk])
    statuses = [client.get(address).status_code]
    client.force_login(lyra, backend="django.contrib.auth.backends.ModelBackend")
    statuses.append(client.get(address).status_code)
    with pytest.raises(actions.Refused, match="not asked"):
        actions.swear(busy, by=lyra)
    actions.ask_recounter(busy, "lyra", by=theo)
    statuses.append(client.get(address).status_code)
    with pytest.raises(actions.Refused, match="oath"):
        actions.tell_recount(busy, by=lyra, agrees=True)
    client.post(reverse("recounter_swear", args=[busy.pk]))
    statuses.append(client.get(address).status_code)

    assert statuses == [403, 403, 403, 200]


def test_of_a_large_vote_anybody_counts_every_ballot_again_and_no_receipt_opens(
    busy: Upgrade, theo: Person, lyra: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "SMALL_VOTE", 12)
    paper = box.ballots(busy)[0].paper
    box.put_in(busy, paper, content.approving(["tank"], ["sour_risk", "cooking_min_d"]))
    actions.close_vote(busy, by=theo)
    bundle = read_bundle(client.get(reverse("upgrade_public", args=[busy.pk])).content)

    assert recount(bundle) is None
    assert bundle.election is not None
    assert len(bundle.election.ballots) == 12
    assert bundle.sealed is not None
    assert sorted(bundle.sealed.orders or ()) == ['["sour_risk","cooking_min_d"]', *["[]"] * 11]
    for ballot in box.ballots(busy):
        assert not any(ballot.salt.encode() in text for text in bundle.files.values())
        assert not any(ballot.order_salt.encode() in text for text in bundle.files.values())
    assert client.get(reverse("upgrade_bundle", args=[busy.pk])).status_code == 403


def test_every_ballot_seals_an_order_so_that_the_log_does_not_count_who_gave_one(
    busy: Upgrade, theo: Person
) -> None:
    first = box.ballots(busy)[0]
    box.put_in(busy, first.paper, content.read(first.content, '["sour_risk"]'))
    closed = actions.close_vote(busy, by=theo)
    log = logbook.entries(closed)
    found = queries.find_seal(closed, first.order_seal)
    texts, salts = zip(*box.orders(closed), strict=True)

    assert len(standing(log)) == len(standing(log, "rank")) == 12
    assert miscounted(log, texts, [bytes.fromhex(salt) for salt in salts], "rank") is None
    assert found is not None
    assert (found.is_order, found.stands) == (True, False)
    assert not {entry.digest for entry in log if entry.what == "tally"}  # twelve could be guessed from a hash


def test_a_handful_is_five_ballots_whatever_else_waits(
    crowd: list[Person], settled: Upgrade, theo: Person, vote: Vote
) -> None:
    voting = actions.open_vote(settled, by=theo)
    key = vote(crowd[0], voting, "bag")
    vote(crowd[0], voting, "tank", key=key)
    for person in crowd[1:3]:
        vote(person, voting, "bag")
    before = len(logbook.entries(voting))
    vote(crowd[3], voting, "bag")
    after = [entry.what for entry in logbook.entries(voting)]

    assert before == 1
    assert after == ["open", *["cast"] * 5, *["rank"] * 5, "void", "unrank"]


def test_a_recounters_finding_stands_on_the_page(
    busy: Upgrade, theo: Person, lyra: Person, client: Client
) -> None:
    actions.close_vote(busy, by=theo)
    actions.ask_recounter(busy, "Lyra", by=theo)
    actions.swear(busy, by=lyra)
    with pytest.raises(actions.Refused, match="what differs"):
        actions.tell_recount(busy, by=lyra, agrees=False)
    actions.tell_recount(busy, by=lyra, agrees=True, words="Twelve ballots, same winners.")
    page = client.get(reverse("upgrade_check", args=[busy.pk])).content.decode()

    assert "Twelve ballots, same winners." in page
    assert "agrees" in page


def test_no_figure_of_the_result_is_about_one_to_four_people(
    busy: Upgrade, theo: Person, client: Client
) -> None:
    closed = actions.close_vote(busy, by=theo)
    result: Any = closed.result
    page = client.get(reverse("upgrade", args=[busy.pk])).content.decode()

    assert result["support"] == {"bag": None, "tank": None, "water": 6}
    assert all(camp["people"] >= 5 for camp in result["camps"])
    assert {step["project"]: step["price"] is None for step in result["rounds"]}["bag"]
    assert "12 of 13 voted" in page
    assert "hidden, because few would be told" in page


def test_of_fewer_than_five_ballots_only_the_winners_are_told(
    voting: Upgrade, lyra: Person, theo: Person, vote: Vote, client: Client
) -> None:
    vote(lyra, voting, "bag")
    closed = actions.close_vote(voting, by=theo)
    page = client.get(reverse("upgrade", args=[voting.pk])).content.decode()

    assert [option.code for option in queries.winners(closed)] == ["bag"]
    assert "Fewer than five people voted" in page
    assert "the one who supports it" not in page


def test_the_receipt_checker_needs_no_account_and_keeps_the_receipt_out_of_addresses(
    busy: Upgrade, client: Client
) -> None:
    [seal, *_others] = [entry.digest for entry in logbook.entries(busy) if entry.what == "cast"]
    address = reverse("upgrade_check", args=[busy.pk])
    found = client.post(address, {"seal": f" {seal[:32]} {seal[32:]}\n"}).content.decode()
    lost = client.post(address, {"seal": "f" * 64}).content.decode()

    assert "Your ballot is in the log, and counts" in found
    assert "This vote has no such receipt" in lost
    assert "Your ballot is in the log" not in client.get(f"{address}?seal={seal}").content.decode()


def test_the_hash_on_the_page_is_that_of_the_text_to_download(voting: Upgrade, client: Client) -> None:
    text = client.get(reverse("upgrade_frozen", args=[voting.pk])).content
    page = client.get(reverse("upgrade_check", args=[voting.pk])).content.decode()

    assert hashlib.sha256(text).hexdigest() in page
    assert "unchanged" in page


@pytest.mark.parametrize(
    "name",
    [
        "upgrade_frozen",
        "upgrade_log",
        "upgrade_checkpoint",
        "upgrade_check",
        "upgrade_bundle",
        "upgrade_public",
    ],
)
def test_before_there_is_anything_to_check_there_is_nothing_to_fetch(
    shown: Upgrade, client: Client, name: str
) -> None:
    assert client.get(reverse(name, args=[shown.pk])).status_code == 404
