"""
Ways to carry a monthly series on, each on the scale of logarithms.

A way is fitted to logarithms and gives draws of the months after, draws first: the first thousand are the same whether
a thousand or ten thousand are asked for. Whatever is added to the logarithms is added to the draws, so a series twice
as large has a forecast twice as large.
"""

from collections.abc import Callable, Mapping

import numpy as np

from ketenraming.scenarios.forecast.smoothing import fit_smoothing
from ketenraming.scenarios.paths import Floats

Draw = Callable[[int, int, np.random.Generator], Floats]  # months, draws, stream -> logarithms of (draws, months)
Fit = Callable[[Floats], Draw]
YEAR = 12
_TAIL = 4.0  # degrees of freedom of a heavy tail
_MEMORY, _RETURN = 0.94, 0.04  # of a variance: what is kept of it each month, and how fast it is as usual again
SEASONAL = 4 * YEAR  # months from which a season can be told from a wave


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
    usual = _by_month(steps)
    left = steps - usual
    left = left - left.mean()

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        drawn = left[stream.integers(len(left), size=(draws, months))]
        return np.asarray(logs[-1] + np.cumsum(_ahead(usual, months) + drawn, axis=1))

    return draw


def damped_smoothing(logs: Floats) -> Draw:
    """A level, a damped trend and a season, each smoothed; shocks are drawn from those of the past."""
    state = fit_smoothing(logs)

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        shocks = state.shocks[stream.integers(len(state.shocks), size=(draws, months))]
        return state.simulate(shocks)

    return draw


def heavy_walk(logs: Floats) -> Draw:
    """A walk with the usual season, whose steps have heavy tails and a size that changes slowly."""
    return _walk(logs, 1.0)


def mean_reverting(logs: Floats) -> Draw:
    """As the heavy walk, drawn back to its own mean."""
    return _walk(logs, None)


def _walk(logs: Floats, pull: float | None) -> Draw:
    season = _season(logs)
    away = logs - season - (mean := float((logs - season).mean()))
    keep = _kept(away) if pull is None else pull
    steps = away[1:] - keep * away[:-1]
    now, usual = _size(steps), float(steps.var())

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        shocks = np.sqrt((_TAIL - 2) / _TAIL) * stream.standard_t(_TAIL, (draws, months))
        return mean + _wandered(shocks, float(away[-1]), keep, now, usual) + _ahead(season, months)

    return draw


def _wandered(shocks: Floats, start: float, keep: float, now: float, usual: float) -> Floats:
    """Where a walk comes from its start: its variance goes from what it is now, with its shocks, back to the usual."""
    place, variance = np.full(len(shocks), start), np.full(len(shocks), now)
    found = np.empty_like(shocks)
    for month in range(shocks.shape[1]):
        step = np.sqrt(variance) * shocks[:, month]
        place = found[:, month] = keep * place + step
        after = _after(variance, step)
        variance = _RETURN * usual + (1 - _RETURN) * after
    return found


def _size(steps: Floats) -> float:
    """The variance of steps as it is now: their mean square with a memory that fades, from that of all of them."""
    variance = np.array(steps.var())
    for step in steps:
        variance = _after(variance, step)
    return float(variance)


def _after(variance: Floats, step: Floats) -> Floats:
    """A variance after a step, of which at most four times its size counts."""
    return np.asarray(_MEMORY * variance + (1 - _MEMORY) * np.minimum(step**2, 16 * variance))


def _kept(away: Floats) -> float:
    """The share of a distance from the mean that is left a month later, at most a half-life of five years."""
    square = float(away[:-1] @ away[:-1])
    keep = float(away[1:] @ away[:-1]) / square if square else 0.0
    return float(np.clip(keep, 0.5, 0.5 ** (1 / 60)))


def _by_month(values: Floats) -> Floats:
    """The mean of each calendar month, for every value; nought when added up over a year."""
    if len(values) < SEASONAL - 1:
        return np.zeros(len(values))
    means = np.array([values[month::YEAR].mean() for month in range(YEAR)])
    return np.asarray((means - means.mean())[np.arange(len(values)) % YEAR])


def _season(logs: Floats) -> Floats:
    """How a month usually differs from the year around it, for every month; nought when there are too few years."""
    if len(logs) < SEASONAL:
        return np.zeros(len(logs))
    around = np.convolve(logs, np.array([0.5, *[1.0] * 11, 0.5]) / YEAR, mode="valid")
    ratios = logs[6 : 6 + len(around)] - around
    means = np.array([ratios[(month - 6) % YEAR :: YEAR].mean() for month in range(YEAR)])
    return np.asarray((means - means.mean())[np.arange(len(logs)) % YEAR])


def _ahead(season: Floats, months: int) -> Floats:
    """A pattern of months, carried on."""
    return np.asarray(season[-YEAR:][np.arange(months) % YEAR])


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


CANDIDATES: Mapping[str, Fit] = {
    "random_walk": random_walk,
    "seasonal_naive": seasonal_naive,
    "seasonal_walk": seasonal_walk,
    "damped_smoothing": damped_smoothing,
    "heavy_walk": heavy_walk,
    "mean_reverting": mean_reverting,
    "pool_of_three": pool(seasonal_walk, seasonal_naive, damped_smoothing),
    "pool_of_four": pool(seasonal_walk, seasonal_naive, damped_smoothing, mean_reverting),
    "pool_reverting": pool(heavy_walk, mean_reverting, seasonal_naive),
}
