"""
How months scatter around their year: season and chance, from the history of a series.

The baseline spreads what a year brings evenly over its months, so its bands know how uncertain a year is and not how a
month differs from its neighbours. A flow gets that from the series of the library that counts the same: each month over
the mean of the twelve around it, as a factor of its calendar month and what is left. A flow without such a series gets
what is left of asylum applications, without their season: an assumption, listed with the others. A stock gets nothing,
because it adds its months up.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.base.streams import stream
from ketenraming.evidence.library import Library
from ketenraming.evidence.series import Series
from ketenraming.scenarios.forecast.history import month_index
from ketenraming.scenarios.nowcast.watched import Watched
from ketenraming.scenarios.paths import Floats

BORROWED = "asylum_applications_inflow"
SHORTEST = 60  # months with twelve around them, for a season of one's own


@dataclass(frozen=True, slots=True, eq=False)
class Scatter:
    """Factors by calendar month, of which twelve make twelve, and logarithms of what is left."""

    season: Floats
    left: Floats
    of: str  # the series of the library that it is from; nothing for a stock
    own: bool  # whether that series counts the same


NONE = Scatter(np.ones(12), np.zeros(1), "", own=True)


def scatter_of(series: Watched, library: Library) -> Scatter:
    """The scatter of a watched series, its own or borrowed."""
    if series.is_stock:
        return NONE
    if series.history:
        found = _scatter(library.series[series.history], own=True)
        if found.left.size >= SHORTEST:
            return found
    borrowed = _scatter(library.series[BORROWED], own=False)
    return Scatter(np.ones(12), borrowed.left, borrowed.of, own=False)


def _scatter(series: Series, own: bool) -> Scatter:
    known = {month_index(of.period.first): of.value for of in series.as_known_on(date.max).observations}
    around = {month: _mean_around(month, known) for month in known}
    away = {month: np.log(known[month] / mean) for month, mean in around.items() if mean and known[month]}
    by_month = [[value for month, value in away.items() if month % 12 == at] for at in range(12)]
    if any(not values for values in by_month):
        return Scatter(np.ones(12), np.zeros(0), series.id, own)
    season = np.array([np.exp(np.median(values)) for values in by_month])
    season *= 12 / season.sum()
    left = np.array([value - np.log(season[month % 12]) for month, value in away.items()])
    return Scatter(season, left - np.log(np.exp(left).mean()), series.id, own)  # factors that are one on average


def _mean_around(month: int, known: dict[int, float]) -> float:
    """The mean of the twelve months around one, half of each end; nought where one of them is missing."""
    around = range(month - 6, month + 7)
    if any(at not in known for at in around):
        return 0.0
    return float(np.average([known[at] for at in around], weights=[0.5, *[1.0] * 11, 0.5]))


def scattered(values: Floats, of: Scatter, first_month: int, until: int, name: str, seed: int) -> Floats:
    """
    Months by draws, times the season, and before month `until` times what is left, drawn anew for every month.

    From there on the path wanders by itself, month by month. The first column, the middle, has the season only.
    """
    months, draws = values.shape
    season = of.season[(first_month + np.arange(months)) % 12][:, None]
    picks = stream(f"month {name}", seed).integers(0, of.left.size, (draws - 1, months)).T
    chance = np.exp(of.left[picks])
    chance[max(0, until) :] = 1.0
    found: Floats = values * season * np.hstack([np.ones((months, 1)), chance])
    return found
