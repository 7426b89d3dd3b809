"""
Would it have been right? At the first day of many quarters, a forecast from what was known on that day alone.

A target is a month so many months ahead of the last one known, or the total of the first or second twelve.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ketenraming.base.errors import ObservationNotFound
from ketenraming.base.streams import stream
from ketenraming.scenarios.forecast.candidates import Draw
from ketenraming.scenarios.forecast.history import History, Reader, month_end, month_index
from ketenraming.scenarios.forecast.scores import BANDS, covered, crps, pinball
from ketenraming.scenarios.paths import Floats

AHEAD = 24
TARGETS: Mapping[str, tuple[int, int]] = {  # first and last month ahead
    **{str(h): (h, h) for h in (1, 3, 6, 12, 24)},
    "year_1": (1, 12),
    "year_2": (13, 24),
}
SHOCKS = frozenset({2015, 2020, 2021, 2022})  # years of crisis at sea, of closed borders, and of war
FIRST_LEARNT = 36  # months known at the first forecast
Way = Callable[[History], Draw]
Tell = Callable[[int, int], None]  # how many of how many are done


@dataclass(frozen=True, slots=True)
class Trial:
    """A forecast as it would have been made: what was known, and draws of the 24 months after, in logarithms."""

    history: History
    logs: Floats

    @property
    def day(self) -> date:
        """The day it would have been made."""
        return self.history.known_on


@dataclass(frozen=True, slots=True)
class Score:
    """Means over trials, for one target."""

    trials: int
    crps: float
    mae: float
    bias: float
    upper: float
    coverage: Mapping[float, float]


def days(read: Reader, last: History, every: int = 3, learnt: int = FIRST_LEARNT) -> list[date]:
    """The first days of quarters (or of every so many months) on which enough was known, up to the last month known."""
    found = []
    for month in range(last.first + learnt, last.end):
        if (month % 12) % every == 0:
            day = date(month // 12, month % 12 + 1, 1)
            if _knows(read, day, learnt):
                found.append(day)
    return found


def _knows(read: Reader, day: date, learnt: int) -> bool:
    try:
        return len(read(day).values) >= learnt
    except ObservationNotFound:
        return False


def trials(read: Reader, on: Iterable[date], way: Way, draws: int = 1000, seed: int = 7) -> list[Trial]:
    """A forecast on each of these days, from what was known on it."""
    found = []
    for day in on:
        history = read(day)
        numbers = stream(f"{history.name}/{month_index(day)}", seed)
        found.append(Trial(history, way(history)(AHEAD, draws, numbers)))
    return found


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
    return np.asarray(np.exp(trial.logs[:, first - 1 : last]).sum(axis=1))


def score(of: Sequence[Trial], truth: History, target: str, without: frozenset[int] = frozenset()) -> Score | None:
    """Scores of a target over the trials whose outcome is known, and has no month in the years left out."""
    pairs = [
        (drawn(trial, target), value)
        for trial in of
        if (value := outcome(trial, truth, target)) is not None
        and not without & {month // 12 for month in _months(trial, target)}
    ]
    if not pairs:
        return None
    draws, outcomes = np.array([each for each, _ in pairs]), np.array([value for _, value in pairs])
    middle = np.median(draws, axis=1)
    return Score(
        len(pairs),
        float(crps(draws, outcomes).mean()),
        float(np.abs(middle - outcomes).mean()),
        float((middle - outcomes).mean()),
        float(pinball(draws, outcomes).mean()),
        {band: float(covered(draws, outcomes, band).mean()) for band in BANDS},
    )


def known_by(of: Sequence[Trial], truth: History, day: date, ahead: int) -> list[tuple[Trial, float]]:
    """Earlier trials with the outcome of a month ahead, where that month was over by a day."""
    return [
        (trial, value)
        for trial in of
        if (value := outcome(trial, truth, str(ahead))) is not None
        and month_end(trial.history.end + ahead - 1) < day
    ]


def with_logs(trial: Trial, logs: Floats) -> Trial:
    """The same trial with other draws."""
    return replace(trial, logs=logs)
