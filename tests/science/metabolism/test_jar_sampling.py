import math

import numpy as np
import pytest

from harmonia.science.metabolism.jar_pooling import pool_jars
from tests.science.metabolism.test_jar_pooling import PRIORS, community

pytest.importorskip("numpyro", reason="the optional extra `bayes` is the judge")


def test_a_general_sampler_finds_the_same() -> None:
    from harmonia.science.metabolism.jar_sampling import sample_jars

    _, jars = community(3)
    exact, sampled = pool_jars(jars, PRIORS).estimates, sample_jars(jars, PRIORS, draws=800)

    assert len(jars) > 10
    for code, found in exact.items():
        low, middle, high = np.quantile(sampled[code], [0.1, 0.5, 0.9])
        width = math.log(found.high / found.low)
        assert math.log(found.middle) == pytest.approx(math.log(middle), abs=0.08 * width)
        assert width == pytest.approx(math.log(high / low), rel=0.12)
