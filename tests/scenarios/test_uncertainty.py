"""Draws around paths: the central one stays, bounds hold, and nothing depends on what else is drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.parameter import Spread
from ketenraming.evidence.source import Citation
from ketenraming.scenarios.estimate import make_baseline
from ketenraming.scenarios.forecast import Ask, forecast, inflow_ratios, subject
from ketenraming.scenarios.uncertainty import drawn, sample


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


def test_inflow_wanders_as_the_draws_of_its_forecast_do_around_their_median(base):
    inflow = around(base, 2000)["asiel_applications_inflow"].values
    known = base.horizon.month(base.known_on)
    ahead = forecast(
        subject(base.library, "asiel_applications_inflow"),
        base.known_on,
        Ask(base.horizon.months - known, 2000, seed=9),
    ).values.T

    drawn_, tested = (np.quantile(values, (0.1, 0.9), axis=1) / np.median(values, axis=1)
                      for values in (inflow[known:, 1:], ahead))  # fmt: skip

    np.testing.assert_allclose(np.log(drawn_), np.log(tested), atol=0.2)


def test_what_wanders_is_drawn_back(base):
    away = np.log(around(base, 2000)["asiel_applications_inflow"].values)
    last = away[-1, 1:] - away[-1, 0]
    before = away[-25, 1:] - away[-25, 0]

    left = (last @ before) / (before @ before)

    assert 0.1 < left < 0.7


def test_what_wanders_stays_within_bounds(base):
    inflow = around(base, 4000)["asiel_applications_inflow"].values
    bound = base.library.parameter("asiel_inflow_bound").number_on(base.horizon.first_day)

    ratio = inflow[:, 1:] / inflow[:, :1]

    assert ratio.max() <= bound * (1 + 1e-9) and ratio.min() >= (1 - 1e-9) / bound
    assert (ratio >= 0.999 * bound).mean() < 0.02


def test_who_asks_again_for_the_same_draws_cannot_change_them(base):
    ratios = inflow_ratios(base.library, "asiel_applications_inflow", base.horizon, base.known_on, 10, 7)

    with pytest.raises(ValueError, match="read-only"):
        ratios[0, 0] = 2
