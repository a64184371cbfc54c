"""Events are whole, in order, and never true alone."""

import pytest
from django.db import transaction

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.queries import events_since, last_sequence, last_sequences


@pytest.mark.django_db
@pytest.mark.database
def test_a_topic_counts_without_gaps() -> None:
    for number in range(5):
        record("here", "happened", number=number)
    record("there", "happened")

    assert [event.sequence for event in events_since("here", 2)] == [3, 4, 5]
    assert last_sequences(["here", "there", "nowhere"]) == {"here": 5, "there": 1, "nowhere": 0}


@pytest.mark.django_db
@pytest.mark.database
def test_what_is_rolled_back_leaves_no_gap() -> None:
    record("here", "happened")
    with transaction.atomic():
        record("here", "nearly happened")
        transaction.set_rollback(True)
    record("here", "happened")

    assert [event.kind for event in events_since("here", 0)] == ["happened", "happened"]
    assert last_sequence("here") == 2


def test_an_event_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Outside:
        in_atomic_block = False

    monkeypatch.setattr(transaction, "get_connection", Outside)

    with pytest.raises(RuntimeError, match="in the transaction"):
        record("here", "happened")
