"""
Our engine against BPTK-Py, an engine by others, which gets the toy in a writing of its own.

BPTK-Py can run a model in Python and in Rust. It is Rust that is asked here, because it takes milliseconds instead of
seconds a draw; `benchmarks/engine/peers.py` compares ours with both.
"""

import numpy as np
import pytest

from chain.bptk_toy import MONTHS, RESULTS, bptk_model
from ketenraming.chain.run import simulate
from ketenraming.chain.toy import TOY

ORDINARY, PLENTY, SCARCE = range(3)
DRAWS = 3


@pytest.fixture(scope="module")
def values():
    """What the toy is run with: an ordinary draw, one with plenty of capacity, and one with hardly any."""
    random = np.random.default_rng(37)
    granted = random.uniform(0.5, 0.7, (1, DRAWS))
    return {
        "X": 4_500 * random.lognormal(0, 0.2, (MONTHS, DRAWS)),
        "C": np.array([[4_000.0, 9_000.0, 1_000.0]]),
        "H": np.array([[3_200.0, 6_500.0, 300.0]]),
        "g": granted,
        "refused": 1 - granted,
        "family": 0.6 * granted,
        **{name: random.lognormal(0, 0.15, (1, DRAWS)) for name in ("m1", "m2", "m3")},
    }


@pytest.fixture(scope="module")
def ours(values):
    return simulate(TOY, MONTHS, values, DRAWS)


@pytest.fixture(scope="module")
def theirs(values):
    """The results of BPTK-Py by name: months by draws."""
    models = [
        bptk_model(values["X"][:, draw], {name: array[0, draw] for name, array in values.items()})
        for draw in range(DRAWS)
    ]
    frames = [model.simulate(list(RESULTS), backend="rust") for model in models]
    return {name: np.stack([frame[name].to_numpy() for frame in frames], axis=1) for name in RESULTS}


@pytest.mark.parametrize("name", RESULTS)
def test_our_engine_equals_an_engine_by_others(name, ours, theirs):
    scale = np.abs(theirs[name]).max()

    assert scale > 0
    np.testing.assert_allclose(ours[name], theirs[name], rtol=0, atol=1e-12 * scale)


def test_the_draws_that_are_compared_have_queues_that_run_empty_and_queues_that_do_not(theirs):
    overdue, on_time = theirs["decision_overdue"], theirs["decision_on_time"]
    housed = theirs["housing_outflow"]

    assert overdue[0, PLENTY] > 0
    assert overdue[-1, PLENTY] == 0
    assert on_time[-1, PLENTY] > 0
    assert housed[-1, PLENTY] < 6_500
    assert (overdue[-1, [ORDINARY, SCARCE]] > 0).all()
    assert (on_time[:, SCARCE] == 0).all()
    assert (housed[:, SCARCE] == 300).all()
