"""
Walks with the usual season, whose steps have heavy tails and a size that changes slowly.

They differ in what is left of a distance from the mean a month later: all of it, as much as the series itself says, or
as much as a half-life says that nobody knows and every draw has its own of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.evidence.library import Library
from ketenraming.scenarios.forecast.season import ahead, season_of
from ketenraming.scenarios.paths import Floats

Draw = Callable[[int, int, np.random.Generator], Floats]  # months, draws, stream -> logarithms of (draws, months)
Fit = Callable[[Floats], Draw]
TAIL, HALF_LIFE = "asiel_inflow_tail", "asiel_inflow_half_life"  # parameters of the library
_MEMORY, _RETURN = 0.94, 0.04  # of a variance: what is kept of it each month, and how fast it is as usual again
_LONGEST = 60.0  # months of a half-life that a series can say


@dataclass(frozen=True, slots=True)
class Walk:
    """
    What no series tells of a walk (decision 0016): the degrees of freedom of its steps, above two, and the months in
    which half of a distance from the mean is gone: least, most likely and most.
    """

    tail: float = 4.0
    half_life: tuple[float, float, float] = (6.0, 12.0, 48.0)

    @property
    def kept(self) -> float:
        """What is most likely left of a distance a month later."""
        return float(0.5 ** (1 / self.half_life[1]))


OF_DECISION = Walk()


def walk_of(library: Library) -> Walk:
    """
    The walk of a library; that of the decision where a library was cut to a day and has no parameters.

    It is the one in force at the end, whatever day a forecast is of: so the ways were scored.
    """
    tail, life = library.parameters.get(TAIL), library.parameters.get(HALF_LIFE)
    if tail is None or life is None or life.spread is None:
        return OF_DECISION
    return Walk(tail.number_on(date.max), (life.spread.low, life.number_on(date.max), life.spread.high))


def heavy_walk(walk: Walk) -> Fit:
    """A walk from the last month on."""
    return lambda logs: _walk(logs, walk.tail, 1.0)


def mean_reverting(walk: Walk) -> Fit:
    """The same, drawn back to its own mean as it has been."""
    return lambda logs: _walk(logs, walk.tail, None)


def returning_walk(walk: Walk) -> Fit:
    """The same, drawn back to its own mean with a half-life that every draw has its own of."""
    return lambda logs: _walk(logs, walk.tail, walk.kept, walk.half_life)


def _walk(logs: Floats, tail: float, pull: float | None, half_life: tuple[float, float, float] | None = None) -> Draw:
    season = season_of(logs)
    away = logs - season - (mean := float((logs - season).mean()))
    keep = _kept(away) if pull is None else pull
    steps = away[1:] - keep * away[:-1]
    now, usual = _size(steps), float(steps.var())

    def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
        lives, tails = stream.spawn(2)
        kept = 0.5 ** (1 / lives.triangular(*half_life, draws)) if half_life else np.full(draws, keep)
        shocks = np.sqrt((tail - 2) / tail) * tails.standard_t(tail, (draws, months))
        return mean + _wandered(shocks, float(away[-1]), kept, (now, usual)) + ahead(season, months)

    return draw


def _wandered(shocks: Floats, start: float, keep: Floats, variances: tuple[float, float]) -> Floats:
    """Where a walk comes from its start: its variance goes from what it is now, with its shocks, back to the usual."""
    now, usual = variances
    place, variance = np.full(len(shocks), start), np.full(len(shocks), now)
    found = np.empty_like(shocks)
    for month in range(shocks.shape[1]):
        step = np.sqrt(variance) * shocks[:, month]
        place = found[:, month] = keep * place + step
        variance = _RETURN * usual + (1 - _RETURN) * _after(variance, step)
    return found


def _size(steps: Floats) -> float:
    """The variance of steps as it is now: their mean square with a memory that fades, from that of all of them."""
    variance = float(steps.var())
    for step in steps.tolist():
        variance = _MEMORY * variance + (1 - _MEMORY) * min(step**2, 16 * variance)
    return variance


def _after(variance: Floats, step: Floats) -> Floats:
    """Variances after a step, of which at most four times its size counts."""
    return np.asarray(_MEMORY * variance + (1 - _MEMORY) * np.minimum(step**2, 16 * variance))


def _kept(away: Floats) -> float:
    """The share of a distance from the mean that is left a month later, as a series says."""
    square = float(away[:-1] @ away[:-1])
    keep = float(away[1:] @ away[:-1]) / square if square else 0.0
    return float(np.clip(keep, 0.5, 0.5 ** (1 / _LONGEST)))
