"""The same pooled estimate by a general sampler, to judge the exact one by (optional extra `bayes`).

NumPyro's no-U-turn sampler: Phan, Pradhan & Jankowiak (2019), arXiv:1912.11554; Hoffman & Gelman (2014), Journal of
Machine Learning Research 15, 1593-1623.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.jar_pooling import (
    HOUSEHOLD_SPREAD,
    KITCHEN_SHIFT,
    KITCHEN_SPREAD,
    STANDARD_SPREAD,
    JarYield,
    Prior,
)

Floats = NDArray[np.float64]


class NoSampler(ImportError):
    """NumPyro is not installed; the message says how to get it."""


def sample_jars(
    jars: Sequence[JarYield], priors: Mapping[str, Prior], draws: int = 1000, seed: int = 1
) -> dict[str, Floats]:
    """Return draws (draws,) of every feedstock's methane [mL/g VS] after the jars.

    Raises:
        NoSampler: the optional extra is missing.
    """
    try:
        import jax
        from numpyro.infer import MCMC, NUTS
    except ImportError:
        raise NoSampler("Sampling needs NumPyro; install the extra: pip install 'harmonia[bayes]'.") from None
    sampler = MCMC(NUTS(_model), num_warmup=draws, num_samples=draws, progress_bar=False)
    sampler.run(jax.random.PRNGKey(seed), _columns(jars, priors))
    found = np.asarray(sampler.get_samples()["feedstock"], dtype=float)
    return {code: np.exp(found[:, place]) for place, code in enumerate(sorted(priors))}


def _columns(jars: Sequence[JarYield], priors: Mapping[str, Prior]) -> dict[str, Any]:
    codes, homes = sorted(priors), sorted({jar.household for jar in jars})
    return {
        "centre": np.array([priors[code].centre for code in codes]),
        "spread": np.array([priors[code].spread for code in codes]),
        "homes": len(homes),
        "code": np.array([codes.index(jar.feedstock) for jar in jars]),
        "home": np.array([homes.index(jar.household) for jar in jars]),
        "kitchen": np.array([jar.tier == "kitchen" for jar in jars]),
        "read": np.array([math.log(jar.methane_ml_g) for jar in jars]),
        "own": np.array([jar.relative_error for jar in jars]),
    }


def _model(of: Mapping[str, Any]) -> None:
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions as dist

    def spread(name: str, prior: tuple[float, float]) -> Any:
        return numpyro.sample(name, dist.LogNormal(math.log(prior[0]), prior[1]))

    between_homes = spread("household_spread", HOUSEHOLD_SPREAD)
    at_home, in_laboratory = (
        spread("kitchen_spread", KITCHEN_SPREAD),
        spread("standard_spread", STANDARD_SPREAD),
    )
    level = numpyro.sample("feedstock", dist.Normal(of["centre"], of["spread"]).to_event(1))
    home = between_homes * numpyro.sample("home", dist.Normal(jnp.zeros(of["homes"]), 1.0).to_event(1))
    shift = numpyro.sample("kitchen_shift", dist.Normal(0.0, KITCHEN_SHIFT))
    mean = level[of["code"]] + home[of["home"]] + shift * of["kitchen"]
    error = jnp.sqrt(of["own"] ** 2 + jnp.where(of["kitchen"], at_home, in_laboratory) ** 2)
    numpyro.sample("read", dist.Normal(mean, error).to_event(1), obs=of["read"])
