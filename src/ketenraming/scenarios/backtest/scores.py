"""How far forecasts were from outcomes: ours beside the official figure and rules that need no model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.scenarios.forecast.scores import covered, crps
from ketenraming.scenarios.hindcast.observed import Floats

OFFICIAL, LAST_YEAR, LINE, LAST_COUNT = "official", "last_year", "line", "last_count"
RIVALS = (OFFICIAL, LAST_YEAR, LINE, LAST_COUNT)
GROUPS = ("people", "euros", "euros_proxy")  # what is scored; outcomes by proxy apart
LEVELS = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}
BANDS = (0.5, 0.8)
ALL = -1  # years ahead: those of every horizon together


@dataclass(frozen=True, slots=True)
class Trial:
    """
    One year of one draft budget: the outcome, our draws, and what the others said, in persons or euros.

    `derived` says that the official figure was not found as printed, and follows from the supplementary budget before.
    """

    group: str
    edition: int
    year: int
    outcome: float
    draws: Floats
    others: Mapping[str, float]
    derived: bool = False

    @property
    def ahead(self) -> int:
        """Years after the budget year."""
        return self.year - self.edition

    @property
    def median(self) -> float:
        """What ours says, as one number."""
        return float(np.median(self.draws))

    @property
    def exceeded(self) -> float:
        """The chance that our draws gave to more than the outcome."""
        return float((self.draws > self.outcome).mean())

    @property
    def crps(self) -> float:
        """How far our draws are from the outcome, less half of how far they are from each other."""
        return float(crps(self.draws[None], np.array([self.outcome]))[0])

    def held(self, band: float) -> bool:
        """Whether the outcome was within the middle part of our draws."""
        return bool(covered(self.draws[None], np.array([self.outcome]), band)[0])

    def quantiles(self) -> dict[str, float]:
        """What our draws say."""
        found = np.quantile(self.draws, tuple(LEVELS.values()))
        return {name: float(value) for name, value in zip(LEVELS, found, strict=True)}


@dataclass(frozen=True, slots=True)
class Errors:
    """
    Of one way: in how many trials it said something, its mean error (above nought is too high), its mean absolute
    error, that as a percentage of the outcome, and the mean absolute error of ours in the same trials.
    """

    trials: int
    bias: float
    mae: float
    mape: float
    ours: float

    @property
    def beats_ours(self) -> bool:
        """Whether it was nearer to the outcomes than our median."""
        return self.mae < self.ours


@dataclass(frozen=True, slots=True)
class Score:
    """All that is said of one group at one horizon (`ahead` is ALL for all of them together)."""

    group: str
    ahead: int
    ours: Errors
    crps: float
    coverage: Mapping[float, float]
    exceeded: float
    others: Mapping[str, Errors]


def scores(trials: Sequence[Trial]) -> tuple[Score, ...]:
    """Every group that has outcomes, by horizon and over all horizons."""
    return tuple(score for group in GROUPS for score in _scores([trial for trial in trials if trial.group == group]))


def _scores(of: Sequence[Trial]) -> Iterator[Score]:
    for ahead in sorted({trial.ahead for trial in of}):
        yield _score(ahead, [trial for trial in of if trial.ahead == ahead])
    if of:
        yield _score(ALL, of)


def _score(ahead: int, of: Sequence[Trial]) -> Score:
    others = {name: [trial for trial in of if name in trial.others] for name in RIVALS}
    return Score(
        of[0].group,
        ahead,
        _errors(of, [trial.median for trial in of]),
        float(np.mean([trial.crps for trial in of])),
        {band: float(np.mean([trial.held(band) for trial in of])) for band in BANDS},
        float(np.mean([trial.exceeded for trial in of])),
        {name: _errors(those, [t.others[name] for t in those]) for name, those in others.items() if those},
    )


def _errors(of: Sequence[Trial], said: Sequence[float]) -> Errors:
    outcome = np.array([trial.outcome for trial in of])
    away = np.array(said) - outcome
    ours = np.array([trial.median for trial in of]) - outcome
    return Errors(
        len(of),
        float(away.mean()),
        float(np.abs(away).mean()),
        float(100 * np.abs(away / outcome).mean()),
        float(np.abs(ours).mean()),
    )


def beaten(found: Sequence[Score]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Where ours was farther off: by group and rival, at which horizons."""
    lost: dict[tuple[str, str], tuple[int, ...]] = {}
    for score in found:
        for name, errors in score.others.items():
            if errors.beats_ours:
                lost[score.group, name] = (*lost.get((score.group, name), ()), score.ahead)
    return lost
