"""
Would it have been right? On the first day of many months, a forecast from what was known on that day alone.

A target is a month so many months ahead of the last one known, or the total of the first to the fifth twelve.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.base.errors import ObservationNotFound
from ketenraming.base.streams import stream
from ketenraming.scenarios.forecast.history import History, Reader, month_end, month_index
from ketenraming.scenarios.forecast.scores import BANDS, covered, crps, pinball
from ketenraming.scenarios.forecast.walks import Draw
from ketenraming.scenarios.paths import Floats

AHEAD = 60
TARGETS: Mapping[str, tuple[int, int]] = {  # first and last month ahead
    **{str(h): (h, h) for h in (1, 3, 6, 12, 24, 36, 48, 60)},
    **{f"year_{year}": (12 * year - 11, 12 * year) for year in (1, 2, 3, 4, 5)},
}
SHOCKS = frozenset({2015, 2020, 2021, 2022})  # years of crisis at sea, of closed borders, and of war
FIRST_LEARNT = 36  # months known at the first forecast
Way = Callable[[History], Draw]
Tell = Callable[[int, int], None]  # how many of how many are done


def silent(done: int, of: int) -> None:
    """Say nothing of how far it is."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A forecast as it would have been made: what was known, and draws of the 60 months after, in logarithms."""

    history: History
    logs: Floats

    @property
    def day(self) -> date:
        """The day it would have been made."""
        return self.history.known_on


@dataclass(frozen=True, slots=True)
class Mark:
    """How good one trial was for one target, and the calendar years that the target touches."""

    crps: float
    off: float
    upper: float
    covered: tuple[float, ...]
    years: frozenset[int]


Marks = Mapping[str, Mark]  # by target, as far as its outcome is known


@dataclass(frozen=True, slots=True)
class Score:
    """Means over trials, for one target."""

    trials: int
    crps: float
    mae: float
    bias: float
    upper: float
    coverage: Mapping[float, float]


def histories(read: Reader, last: History, learnt: int = FIRST_LEARNT) -> list[History]:
    """What was known on the first day of each month, as far as it was enough, up to the day of the last."""
    found = []
    for month in range(last.first + learnt, last.end):
        day = date(month // 12, month % 12 + 1, 1)
        if day <= last.known_on and (history := _known(read, day, learnt)) is not None:
            found.append(history)
    return found


def _known(read: Reader, day: date, learnt: int) -> History | None:
    try:
        history = read(day)
    except ObservationNotFound:
        return None
    return history if len(history.values) >= learnt else None


def trials(known: Iterable[History], way: Way, draws: int = 1000, seed: int = 7, months: int = AHEAD) -> list[Trial]:
    """A forecast from each of these histories."""
    return [
        Trial(history, way(history)(months, draws, stream(f"{history.name}/{month_index(history.known_on)}", seed)))
        for history in known
    ]


def outcome(trial: Trial, truth: History, target: str) -> float | None:
    """What came of a target; none when it is not known, or was filled in."""
    months = _months(trial, target)
    if months[-1] >= truth.end or months[0] < truth.first or {*months} & {*truth.filled}:
        return None
    return float(truth.values[months[0] - truth.first : months[-1] + 1 - truth.first].sum())


def _months(trial: Trial, target: str) -> range:
    first, last = TARGETS[target]
    return range(trial.history.end + first - 1, trial.history.end + last)


def drawn(trial: Trial, target: str) -> Floats:
    """Draws of a target."""
    first, last = TARGETS[target]
    return np.asarray(trial.history.numbers(trial.logs[:, first - 1 : last]).sum(axis=1))


def marks(trial: Trial, truth: History) -> Marks:
    """How good a trial was for each target whose outcome is known."""
    came = {target: value for target in TARGETS if (value := outcome(trial, truth, target)) is not None}
    if not came:
        return {}
    draws, values = np.array([drawn(trial, target) for target in came]), np.array(list(came.values()))
    near, off = crps(draws, values), np.median(draws, axis=1) - values
    upper, held = pinball(draws, values), np.array([covered(draws, values, band) for band in BANDS])
    return {
        target: Mark(
            float(near[i]),
            float(off[i]),
            float(upper[i]),
            tuple(held[:, i].tolist()),
            frozenset(month // 12 for month in _months(trial, target)),
        )
        for i, target in enumerate(came)
    }


def score(of: Iterable[Marks], target: str, without: frozenset[int] = frozenset()) -> Score | None:
    """Means over the trials whose outcome is known, and has no month in the years left out; none without any."""
    found = [each[target] for each in of if target in each and not without & each[target].years]
    if not found:
        return None
    off = np.array([mark.off for mark in found])
    return Score(
        len(found),
        float(np.mean([mark.crps for mark in found])),
        float(np.abs(off).mean()),
        float(off.mean()),
        float(np.mean([mark.upper for mark in found])),
        dict(zip(BANDS, np.mean([mark.covered for mark in found], axis=0).tolist(), strict=True)),
    )


def chosen_then(known: Sequence[History], made: Mapping[str, Sequence[Marks]], at_first: str) -> list[Marks]:
    """
    For each day the marks of the way whose first-year totals had scored best by then; so no hindsight is in it.

    Until a year of outcomes is known the first one is taken.
    """
    chosen = []
    for i, history in enumerate(known):
        over = [j for j in range(i) if month_end(known[j].end + 11) < history.known_on]
        losses = {way: [marks[j]["year_1"].crps for j in over if "year_1" in marks[j]] for way, marks in made.items()}
        best = min(losses, key=lambda way: sum(losses[way])) if len(losses[at_first]) >= 12 else at_first
        chosen.append(made[best][i])
    return chosen
