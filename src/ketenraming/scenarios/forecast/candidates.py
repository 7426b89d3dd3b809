"""
Ways to carry a monthly series on, each on the scale of logarithms.

A way is fitted to logarithms and gives draws of the months after, draws first: the first thousand are the same whether
a thousand or ten thousand are asked for. Whatever is added to the logarithms is added to the draws, so a series twice
as large has a forecast twice as large.
"""

from collections.abc import Mapping

import numpy as np

from ketenraming.scenarios.forecast.by_score import by_score
from ketenraming.scenarios.forecast.season import YEAR, ahead, by_month
from ketenraming.scenarios.forecast.smoothing import fit_smoothing
from ketenraming.scenarios.forecast.walks import (
    OF_DECISION,
    Draw,
    Fit,
    Walk,
    heavy_walk,
    mean_reverting,
    returning_walk,
)
from ketenraming.scenarios.paths import Floats

SCORED_TOGETHER = ("heavy_walk", "returning_walk", "mean_reverting", "seasonal_naive", "damped_smoothing")
_TENFOLD = float(np.log(10.0))


def random_walk(logs: Floats) -> Draw:
    """As the last month, with normal steps as large as they have been."""
    size = np.diff(logs).std()

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        return np.asarray(logs[-1] + np.cumsum(size * stream.standard_normal((draws, months)), axis=1))

    return draw


def seasonal_naive(logs: Floats) -> Draw:
    """As the same month a year before, more or less by what twelve months in a row differed from those before them."""
    changes = logs[YEAR:] - logs[:-YEAR]
    blocks = np.lib.stride_tricks.sliding_window_view(changes, YEAR)

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        which, side = stream.spawn(2)
        years = -(-months // YEAR)
        chosen = blocks[which.integers(len(blocks), size=(draws, years))]
        signs = np.where(side.random((draws, years, 1)) < 0.5, -1.0, 1.0)
        return np.asarray((logs[-YEAR:] + np.cumsum(signs * chosen, axis=1)).reshape(draws, -1)[:, :months])

    return draw


def seasonal_walk(logs: Floats) -> Draw:
    """As the last month with the usual change from month to month, and steps drawn from those of the past, by month."""
    steps = np.diff(logs)
    usual = by_month(steps)
    left = steps - usual
    left = left - left.mean()

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        drawn = left[stream.integers(len(left), size=(draws, months))]
        return np.asarray(logs[-1] + np.cumsum(ahead(usual, months) + drawn, axis=1))

    return draw


def damped_smoothing(logs: Floats) -> Draw:
    """A level, a damped trend and a season, each smoothed; shocks are drawn from those of the past."""
    state = fit_smoothing(logs)

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        shocks = state.shocks[stream.integers(len(state.shocks), size=(draws, months))]
        return state.simulate(shocks)

    return draw


def pool(*parts: Fit) -> Fit:
    """The draws of several ways in turn: as likely from the one as from the other."""

    def fit(logs: Floats) -> Draw:
        fitted = [part(logs) for part in parts]

        def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
            each = -(-draws // len(fitted))
            streams = stream.spawn(len(fitted))
            found = [part(months, each, own) for part, own in zip(fitted, streams, strict=True)]
            return np.stack(found, axis=1).reshape(-1, months)[:draws]

        return draw

    return fit


def within_reach(way: Fit) -> Fit:
    """The draws of a way, no further outside what was seen than that is wide, or ten times as much or as little."""

    def fit(logs: Floats) -> Draw:
        draw, reach = way(logs), max(float(np.ptp(logs)), _TENFOLD)
        low, high = float(logs.min()) - reach, float(logs.max()) + reach
        return lambda months, draws, stream: np.clip(draw(months, draws, stream), low, high)

    return fit


def ways(walk: Walk = OF_DECISION) -> Mapping[str, Fit]:
    """Every way by name; decisions 0012 and 0016 hold their scores."""
    heavy, reverting, returning = heavy_walk(walk), mean_reverting(walk), returning_walk(walk)
    found: dict[str, Fit] = {
        "random_walk": random_walk,
        "seasonal_naive": seasonal_naive,
        "seasonal_walk": seasonal_walk,
        "damped_smoothing": damped_smoothing,
        "heavy_walk": heavy,
        "mean_reverting": reverting,
        "returning_walk": returning,
        "pool_of_three": pool(seasonal_walk, seasonal_naive, damped_smoothing),
        "pool_of_four": pool(seasonal_walk, seasonal_naive, damped_smoothing, reverting),
        "pool_reverting": pool(heavy, reverting, seasonal_naive),
    }
    bounded = {name: within_reach(way) for name, way in found.items()}
    return bounded | {"pool_by_score": by_score(*(bounded[name] for name in SCORED_TOGETHER))}
