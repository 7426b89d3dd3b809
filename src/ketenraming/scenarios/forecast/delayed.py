"""Family arrivals (nareis) follow grants: those of the last two years say more than what arrived before."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.period import MONTHS_IN
from ketenraming.evidence.library import Library
from ketenraming.evidence.series import Observation, Series
from ketenraming.scenarios.forecast.history import History, Reader, make_history, month_index
from ketenraming.scenarios.forecast.rolling import Way
from ketenraming.scenarios.forecast.walks import OF_DECISION, Draw, Walk, heavy_walk, walk_of
from ketenraming.scenarios.paths import Floats

Months = NDArray[np.int64]
NAREIS = "nareis"
GRANTS = "asylum_first_instance_positive_decisions_quarter"
_COUNTS = ("nareis_inflow", "nareis_inflow_quarter", "nareis_inflow_year")  # the finest first
_PART = "nareis_part_inflow"
LAGS = ((1, 6), (7, 12), (13, 24))  # months back, both included
_RIDGE = 3.0


def nareis_reader(library: Library) -> Reader:
    """Arrivals by month: as printed; else quarters, else years, spread as the part that is known by month."""

    def read(day: date) -> History:
        part = {month_index(each.period.first): each.value for each in _known(library.series[_PART], day)}
        found: dict[int, float] = {}
        for name in _COUNTS:
            for each in _known(library.series[name], day):
                first = month_index(each.period.first)
                spread(found, range(first, first + MONTHS_IN[each.period.length]), each.value, part)
        return make_history(NAREIS, day, found)

    return read


def _known(series: Series, day: date) -> tuple[Observation, ...]:
    return series.as_known_on(day).observations


def spread(found: dict[int, float], months: range, value: float, pattern: Mapping[int, float]) -> None:
    """Give the months that have no number yet what is left of their period, by a pattern; none where it is unknown."""
    empty = [month for month in months if month not in found]
    if not empty or any(month not in pattern for month in empty):
        return
    left = value - sum(found.get(month, 0.0) for month in months)
    whole = sum(pattern[month] for month in empty)
    found.update({month: max(left, 1.0) * pattern[month] / whole for month in empty})


def grants_reader(library: Library) -> Reader:
    """Positive decisions by month, a third of their quarter each."""

    def read(day: date) -> History:
        known = _known(library.series[GRANTS], day)
        return make_history(
            GRANTS, day, {month_index(each.period.first) + i: each.value / 3 for each in known for i in range(3)}
        )

    return read


def after_grants(library: Library) -> Way:
    """Arrivals by grants of up to two years before, and by how far the last month was from that."""
    read, walk = grants_reader(library), walk_of(library)

    def fit(history: History) -> Draw:
        return follow(history, read(history.known_on), walk)

    return fit


def follow(history: History, grants: History, walk: Walk = OF_DECISION) -> Draw:
    """
    A regression of logarithms on those of mean grants at some lags, whose weights are held near one third each and add
    up to one, so that twice the grants are twice the arrivals. What is left fades as it has faded; grants go on as a
    heavy walk.
    """
    months = np.arange(history.first, history.end)
    usable = (months - LAGS[-1][1] >= grants.first) & (months - 1 < grants.end)
    features = _features(grants.logs, months[usable] - grants.first)
    target = history.logs[usable]
    base, weights = _weights(features, target)
    left = target - base - features @ weights
    keep = float(np.clip(left[1:] @ left[:-1] / max(float(left[:-1] @ left[:-1]), 1e-12), 0.0, 0.97))
    shocks = left[1:] - keep * left[:-1]
    carry_on = heavy_walk(walk)(grants.logs)

    def draw(ahead: int, draws: int, stream: np.random.Generator) -> Floats:
        which, walk = stream.spawn(2)
        reach = max(0, history.end + ahead - grants.end)
        future = carry_on(max(reach, 1), draws, walk)
        every = np.concatenate([np.broadcast_to(grants.logs, (draws, len(grants.logs))), future], axis=1)
        drawn = shocks[which.integers(len(shocks), size=(draws, ahead))]
        away = _faded(float(left[-1]), keep, drawn)
        return base + _features(every, np.arange(history.end, history.end + ahead) - grants.first) @ weights + away

    return draw


def _features(logs: Floats, months: Months) -> Floats:
    """The mean of logarithms at each of the lags, for every month; the last axis counts the lags."""
    means = [np.mean([logs[..., months - back] for back in range(first, last + 1)], axis=0) for first, last in LAGS]
    return np.stack(means, axis=-1)


def _weights(features: Floats, target: Floats) -> tuple[float, Floats]:
    """Weights that add up to one, from ridge towards equal ones, and the level."""
    equal = np.full(features.shape[1], 1 / features.shape[1])
    plain = features - features[:, -1:]
    rest = target - features @ equal
    middle = plain.mean(axis=0)
    x, y = plain[:, :-1] - middle[:-1], rest - rest.mean()
    tilt = np.linalg.solve(x.T @ x + _RIDGE * np.eye(x.shape[1]), x.T @ y)
    weights = equal + np.append(tilt, -tilt.sum())
    return float((target - features @ weights).mean()), weights


def _faded(start: float, keep: float, shocks: Floats) -> Floats:
    found, now = np.empty_like(shocks), np.full(len(shocks), start)
    for month in range(shocks.shape[1]):
        now = found[:, month] = keep * now + shocks[:, month]
    return found
