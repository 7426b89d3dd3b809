"""How far forecasts were from outcomes: ours beside the official figure and rules that need no model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.scenarios.backtest.lines import ADDRESSES
from ketenraming.scenarios.backtest.vantage import STAGES, Vantage
from ketenraming.scenarios.forecast.scores import covered, crps
from ketenraming.scenarios.hindcast.observed import Floats

OFFICIAL, LAST_YEAR, LINE, LAST_COUNT = "official", "last_year", "line", "last_count"
RIVALS = (OFFICIAL, LAST_YEAR, LINE, LAST_COUNT)
PEOPLE, _PROXY = "people", "_proxy"
LEVELS = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}
BANDS = (0.5, 0.8)
FIFTHS = 5  # equal parts of our draws; an honest forecast has as many outcomes in each
ALL = -1  # years ahead: those of every horizon together


def group_of(line: str, proxy: bool) -> str:
    """What is scored together: the outcomes of a line, those by proxy apart."""
    return line + _PROXY * proxy


def is_proxy(group: str) -> bool:
    """Whether its outcomes are stand-ins."""
    return group.endswith(_PROXY)


GROUPS = (PEOPLE, *(group_of(line, proxy) for line in ADDRESSES for proxy in (False, True)))


@dataclass(frozen=True, slots=True)
class Trial:
    """
    One year seen from one eve: the outcome, our draws, and what the others said, in persons or euros.

    `derived` says that the official figure was not found as printed, and follows from others.
    """

    vantage: Vantage
    group: str
    year: int
    outcome: float
    draws: Floats
    others: Mapping[str, float]
    derived: bool = False

    @property
    def ahead(self) -> int:
        """Years after the budget year."""
        return self.year - self.vantage.edition

    @property
    def median(self) -> float:
        """What ours says, as one number."""
        return float(np.median(self.draws))

    @property
    def exceeded(self) -> float:
        """The chance that our draws gave to more than the outcome."""
        return float((self.draws > self.outcome).mean())

    @property
    def fifth(self) -> int:
        """In which fifth of our draws the outcome was, from nought up."""
        return min(int((self.draws < self.outcome).mean() * FIFTHS), FIFTHS - 1)

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
    """
    All that is said of one group from the eves of one kind of document, at one horizon (ALL for all of them together).

    `fifths` counts the outcomes in each fifth of our draws, from the lowest up.
    """

    stage: str
    group: str
    ahead: int
    ours: Errors
    crps: float
    coverage: Mapping[float, float]
    exceeded: float
    fifths: tuple[int, ...]
    others: Mapping[str, Errors]


@dataclass(frozen=True, slots=True)
class Lost:
    """Where another was nearer to the outcomes than ours: at these horizons."""

    stage: str
    group: str
    by: str
    aheads: tuple[int, ...]


def scores(trials: Sequence[Trial]) -> tuple[Score, ...]:
    """Every group that has outcomes, by horizon and over all horizons."""
    kinds = [(group, stage) for group in GROUPS for stage in STAGES]
    return tuple(
        score
        for group, stage in kinds
        for score in _scores([each for each in trials if (each.group, each.vantage.stage) == (group, stage)])
    )


def _scores(of: Sequence[Trial]) -> Iterator[Score]:
    for ahead in sorted({trial.ahead for trial in of}):
        yield _score(ahead, [trial for trial in of if trial.ahead == ahead])
    if of:
        yield _score(ALL, of)


def _score(ahead: int, of: Sequence[Trial]) -> Score:
    others = {name: [trial for trial in of if name in trial.others] for name in RIVALS}
    return Score(
        of[0].vantage.stage,
        of[0].group,
        ahead,
        _errors(of, [trial.median for trial in of]),
        float(np.mean([trial.crps for trial in of])),
        {band: float(np.mean([trial.held(band) for trial in of])) for band in BANDS},
        float(np.mean([trial.exceeded for trial in of])),
        tuple(sum(trial.fifth == fifth for trial in of) for fifth in range(FIFTHS)),
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


def beaten(found: Sequence[Score]) -> tuple[Lost, ...]:
    """Where ours was farther off: by group, document and rival, at which horizons."""
    lost: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for score in found:
        for name, errors in score.others.items():
            if errors.beats_ours:
                place = score.stage, score.group, name
                lost[place] = (*lost.get(place, ()), score.ahead)
    return tuple(Lost(*place, aheads) for place, aheads in lost.items())
