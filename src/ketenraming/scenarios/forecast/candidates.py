"""
Ways to carry a monthly series on, each on the scale of logarithms.

A way is fitted to logarithms and gives draws of the months after, draws first: the first thousand are the same whether
a thousand or ten thousand are asked for. Whatever is added to the logarithms is added to the draws, so a series twice
as large has a forecast twice as large.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ketenraming.scenarios.forecast.smoothing import fit_smoothing
from ketenraming.scenarios.paths import Floats

Draw = Callable[[int, int, np.random.Generator], Floats]  # months, draws, stream -> logarithms of (draws, months)
Fit = Callable[[Floats], Draw]
YEAR = 12
_TAIL = 4.0  # degrees of freedom of a heavy tail
_MEMORY = 0.94  # of a volatility that changes slowly, a month


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to forecast: its name, how it is fitted, and how many months it needs at least."""

    name: str
    fit: Fit
    needs: int = 2 * YEAR


def random_walk(logs: Floats) -> Draw:
    """As the last month, with normal steps as large as they have been."""
    size = np.diff(logs).std()

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        return logs[-1] + np.cumsum(size * stream.standard_normal((draws, months)), axis=1)

    return draw


def seasonal_naive(logs: Floats) -> Draw:
    """As the same month a year before, times what whole years differed from the year before them, drawn from the past."""
    return _years(logs, centred=False)


def seasonal_walk(logs: Floats) -> Draw:
    """As the last month with the usual change from month to month, and steps drawn from those of the past, by month."""
    steps = np.diff(logs)
    usual = _by_month(steps)
    left = steps - usual
    left = left - left.mean()

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        drawn = left[stream.integers(len(left), size=(draws, months))]
        return logs[-1] + np.cumsum(_ahead(usual, months) + drawn, axis=1)

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
    plain = logs - season
    mean = plain.mean()
    away = plain - mean
    keep = _kept(away) if pull is None else pull
    left = away[1:] - keep * away[:-1]
    sizes = volatility(left)
    scale = 1 / np.sqrt(_TAIL / (_TAIL - 2))

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        found = np.empty((draws, months))
        now, size = np.full(draws, away[-1]), np.full(draws, sizes[-1] ** 2)
        shocks = scale * stream.standard_t(_TAIL, (draws, months))
        usual = left.var()
        for month in range(months):
            shock = np.sqrt(size) * shocks[:, month]
            now = keep * now + shock
            size = 0.9 * size + 0.04 * usual + 0.06 * np.minimum(shock**2, 16 * size)
            found[:, month] = now
        return mean + found + _ahead(season, months)

    return draw


def volatility(steps: Floats) -> Floats:
    """How large steps are after each month: their mean square with a memory that fades, from that of all of them."""
    squares = np.empty(len(steps) + 1)
    squares[0] = steps.var()
    for month, step in enumerate(steps):
        squares[month + 1] = _MEMORY * squares[month] + (1 - _MEMORY) * min(step**2, 16 * squares[month])
    return np.sqrt(squares)


def _kept(away: Floats) -> float:
    """The share of a distance from the mean that is left a month later, at most a half-life of five years."""
    keep = float(away[1:] @ away[:-1] / (away[:-1] @ away[:-1]))
    return min(max(keep, 0.5), 0.5 ** (1 / 60))


def _years(logs: Floats, centred: bool) -> Draw:
    changes = logs[YEAR:] - logs[:-YEAR]
    blocks = np.lib.stride_tricks.sliding_window_view(changes, min(YEAR, len(changes)))
    if centred:
        blocks = blocks - changes.mean()

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        years = -(-months // YEAR)
        which, side = stream.spawn(2)
        chosen = blocks[which.integers(len(blocks), size=(draws, years))]
        chosen = np.concatenate([chosen, np.repeat(chosen[:, :, -1:], YEAR - chosen.shape[2], axis=2)], axis=2)
        signs = np.where(side.random((draws, years, 1)) < 0.5, -1.0, 1.0)
        return (logs[-YEAR:] + np.cumsum(signs * chosen, axis=1)).reshape(draws, -1)[:, :months]

    return draw


def _by_month(values: Floats) -> Floats:
    """The mean of each calendar month, for every value; nought when added up over a year."""
    means = np.array([values[month::YEAR].mean() for month in range(YEAR)])
    means = means - means.mean()
    return np.asarray(means[np.arange(len(values)) % YEAR])


def _season(logs: Floats) -> Floats:
    """How a month usually differs from the year around it, for every month."""
    around = np.convolve(logs, np.array([0.5, *[1.0] * 11, 0.5]) / YEAR, mode="valid")
    ratios = logs[6 : 6 + len(around)] - around
    means = np.array([ratios[(month - 6) % YEAR :: YEAR].mean() for month in range(YEAR)])
    return np.asarray((means - means.mean())[np.arange(len(logs)) % YEAR])


def _ahead(season: Floats, months: int) -> Floats:
    """A pattern of months, carried on."""
    return np.asarray(season[-YEAR:][np.arange(months) % YEAR])


def pool(*names: str) -> Fit:
    """The draws of several ways in turn: as likely from the one as from the other."""

    def fit(logs: Floats) -> Draw:
        parts = [CANDIDATES[name].fit(logs) for name in names]

        def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
            each = -(-draws // len(parts))
            found = np.stack([part(months, each, part_stream) for part, part_stream in zip(parts, stream.spawn(len(parts)), strict=True)], axis=1)
            return found.reshape(-1, months)[:draws]

        return draw

    return fit


_ALL = (
    Candidate("random_walk", random_walk),
    Candidate("seasonal_naive", seasonal_naive),
    Candidate("seasonal_walk", seasonal_walk),
    Candidate("damped_smoothing", damped_smoothing),
    Candidate("heavy_walk", heavy_walk),
    Candidate("mean_reverting", mean_reverting),
    Candidate("pool_of_three", pool("seasonal_walk", "seasonal_naive", "damped_smoothing")),
    Candidate("pool_of_four", pool("seasonal_walk", "seasonal_naive", "damped_smoothing", "mean_reverting")),
)
CANDIDATES: Mapping[str, Candidate] = {each.name: each for each in _ALL}
