"""What the thread says of a place."""

import pytest

from harmonia.commons.ledger.models import Holder
from harmonia.commons.thread import becoming


@pytest.mark.django_db
def test_every_kind_of_place_has_words() -> None:
    inside = {kind for kind in Holder.Kind.values if kind != Holder.Kind.OUTSIDE}
    outside = set(Holder.objects.filter(kind=Holder.Kind.OUTSIDE).values_list("code", flat=True))

    assert inside - {Holder.Kind.GARDEN} | outside | {becoming.BREATHED} == set(becoming.in_words())
