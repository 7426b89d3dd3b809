"""
Would it have been right? On the first day of many months, a forecast from what was known on that day alone.

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


def silent(done: int, of: int) -> None:
    """Say nothing of how far it is."""


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


def trials(known: Iterable[History], way: Way, draws: int = 1000, seed: int = 7) -> list[Trial]:
    """A forecast from each of these histories."""
    return [
        Trial(history, way(history)(AHEAD, draws, stream(f"{history.name}/{month_index(history.known_on)}", seed)))
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
        if (value := outcome(trial, truth, str(ahead))) is not None and month_end(trial.history.end + ahead - 1) < day
    ]


def with_logs(trial: Trial, logs: Floats) -> Trial:
    """The same trial with other draws."""
    return replace(trial, logs=logs)


def chosen_then(made: Mapping[str, Sequence[Trial]], truth: History, at_first: str) -> list[Trial]:
    """
    For each day the trial of the way whose first-year totals had scored best by then; so no hindsight is in it.

    Until a year of outcomes is known the first one is taken.
    """
    losses = {way: [_loss(trial, truth) for trial in found] for way, found in made.items()}
    chosen = []
    for i, trial in enumerate(made[at_first]):
        over = [j for j in range(i) if month_end(made[at_first][j].history.end + 11) < trial.day]
        known = {way: [loss for j in over if (loss := found[j]) is not None] for way, found in losses.items()}
        best = min(known, key=lambda way: sum(known[way])) if len(known[at_first]) >= 12 else at_first
        chosen.append(made[best][i])
    return chosen


def _loss(trial: Trial, truth: History) -> float | None:
    value = outcome(trial, truth, "year_1")
    return None if value is None else float(crps(drawn(trial, "year_1")[None], np.array([value]))[0])
