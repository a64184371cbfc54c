import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.composting import compost
from harmonia.science.metabolism.plant_parts import Composting

bays = st.builds(
    Composting,
    feed_share=st.none(),
    bulking_kg_per_kg=st.floats(0, 2),
    mass_loss=st.floats(0, 0.7),
    net_kg_per_kg=st.floats(0, 0.3),
    days=st.floats(7, 60),
)


@given(bays, st.lists(st.floats(0, 500), min_size=1, max_size=90))
def test_composting_makes_and_loses_no_mass(plan: Composting, taken: list[float]) -> None:
    done = compost(plan, np.array(taken))
    held = np.cumsum(done.taken + done.cuttings - done.compost - done.lost)

    assert held == pytest.approx(np.cumsum(done.change), abs=1e-6)
    assert held.min() >= -1e-6
    assert min(done.cuttings.min(), done.compost.min(), done.lost.min()) >= -1e-9


def test_after_its_weeks_one_batch_has_become_what_the_island_found() -> None:
    # Lytras et al. (2024), doi:10.1007/s12649-024-02697-9: 65 % lost, 0.23 kg compost per kg of biowaste.
    taken = np.zeros(150)
    taken[0] = 331.0
    done = compost(Composting(), taken)

    assert done.compost.sum() / 331 == pytest.approx(0.23)
    assert done.lost.sum() / (331 * 1.5) == pytest.approx(0.65)
    assert done.compost[:99].sum() == 0


def test_overs_take_the_place_of_fresh_cuttings() -> None:
    done = compost(Composting(days=30), np.full(120, 10.0))

    assert done.cuttings[0] == pytest.approx(5.0)
    assert done.cuttings[-1] == pytest.approx(5.0 - (0.35 * 1.5 - 0.23) * 10)


@pytest.mark.reference
def test_the_defaults_are_the_means_of_the_88_batches(reference: Path) -> None:
    with (reference / "compost_batches_island" / "compost_clean.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    fed = np.array([[float(row["Biowaste Feed"]), float(row["tot"])] for row in rows])
    crude = np.array([float(row["Compost Crude"]) for row in rows])
    net = np.array([float(row["Compost Net"]) for row in rows])
    usual = Composting()

    assert len(rows) == 88
    assert np.mean(1 - crude / fed[:, 1]) == pytest.approx(usual.mass_loss, abs=0.01)
    assert np.std(1 - crude / fed[:, 1]) == pytest.approx(0.07, abs=0.01)
    assert np.mean(net / fed[:, 0]) == pytest.approx(usual.net_kg_per_kg, abs=0.01)
    assert np.mean(fed[:, 1]) / np.mean(fed[:, 0]) - 1 == pytest.approx(usual.bulking_kg_per_kg, abs=0.01)
    assert np.mean([float(row["Duration"]) for row in rows]) == pytest.approx(usual.days, abs=1)
