"""Draws around paths: the central one stays, bounds hold, and nothing depends on what else is drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.parameter import Spread
from ketenraming.evidence.source import Citation
from ketenraming.scenarios.estimate import make_baseline
from ketenraming.scenarios.uncertainty import drawn, sample, wander


def spread(shape, low, high):
    return Spread(shape=shape, low=low, high=high, by="expert", source=Citation(id="x", where="y"))


@pytest.fixture(scope="module")
def base(library, edition):
    return make_baseline(edition, library.start, "2026")


def around(base, draws, seed=7):
    return drawn(base.paths, base.library, base.horizon, base.known_on, draws, seed)


def test_the_first_column_is_the_central_path(base):
    for name, path in around(base, 20).items():
        assert (path.values[:, 0] == base.paths[name].central).all(), name


def test_more_draws_leave_the_first_as_they_were(base):
    few, many = around(base, 10), around(base, 30)

    assert all((many[name].values[:, :11] == path.values).all() for name, path in few.items())


def test_no_draw_is_below_nought_or_more_than_a_path_can_be(base):
    for path in around(base, 300).values():
        assert (path.values >= 0).all() and (path.values <= path.most).all(), path.name


def test_inflow_is_what_it_is_until_the_month_in_which_it_is_no_longer_known(base):
    inflow = around(base, 50)["asiel_applications_inflow"].values
    known = base.horizon.month(base.known_on)

    assert (inflow[:known] == inflow[:known, :1]).all()
    assert (inflow[known] != inflow[known, 0]).any()


@given(
    low=st.floats(0, 1), mode=st.floats(1, 2), high=st.floats(2.1, 3), shape=st.sampled_from(["triangular", "uniform"])
)
def test_a_sample_rises_from_the_low_end_to_the_high_end(low, mode, high, shape):
    values = sample(spread(shape, low, high), mode, np.linspace(0, 1, 50))

    assert values[0] == pytest.approx(low)
    assert values[-1] == pytest.approx(high)
    assert (np.diff(values) >= -1e-12).all()


def test_a_triangular_sample_has_the_mean_of_its_corners():
    values = sample(spread("triangular", 1.0, 6.0), 2.0, (np.arange(100_000) + 0.5) / 100_000)

    assert values.mean() == pytest.approx((1 + 2 + 6) / 3, rel=1e-4)


def test_a_shape_that_cannot_be_drawn_is_refused():
    with pytest.raises(KetenramingError, match="lognormal spread cannot be drawn"):
        sample(spread("lognormal", 1.0, 2.0), 1.5, np.array([0.5]))


# Student's t of four degrees: a normal step is beyond four deviations once in sixteen thousand.
def test_steps_of_inflow_have_a_heavy_tail(base):
    inflow = around(base, 4000)["asiel_applications_inflow"].values[:, 1:]
    known = base.horizon.month(base.known_on)

    steps = np.log(inflow[known] / inflow[known - 1])

    assert (np.abs(steps / steps.std()) > 4).mean() > 20 * 6.3e-5


def test_how_inflow_wanders_is_what_its_months_did(library, base):
    months = library.series["asylum_applications_inflow"].by_month("2008-01", "2024-10", known_on=base.known_on)
    logs, of = np.log(months), np.arange(len(months)) % 12
    away = logs - np.array([logs[of == month].mean() for month in range(12)])[of]
    persistence = (away[1:] @ away[:-1]) / (away[:-1] @ away[:-1])

    shock = (away[1:] - persistence * away[:-1]).std() / np.sqrt(2)  # of Student's t of four degrees

    used = [
        library.parameter(f"asiel_inflow_{name}").number_on(base.horizon.first_day) for name in ("persistence", "shock")
    ]
    assert used == pytest.approx([persistence, shock], abs=0.001)


def test_what_wanders_is_drawn_back():
    steps = np.zeros((25, 1))
    steps[0] = 0.5

    away = np.log(wander(steps, 0.97))[:, 0]

    assert away[0] == pytest.approx(0.5)
    assert away[24] == pytest.approx(0.5 * 0.97**24)


def test_what_wanders_stays_within_bounds():
    assert np.log(wander(np.full((40, 1), 0.5), 1.0)).max() == pytest.approx(1.5)
