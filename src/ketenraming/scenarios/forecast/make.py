"""A forecast of a monthly series, and the ways to make one held against each other on the past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from ketenraming.base.errors import NotInLibrary, ObservationNotFound
from ketenraming.base.streams import stream
from ketenraming.evidence.library import Library
from ketenraming.scenarios.forecast.candidates import CANDIDATES, SEASONAL, Fit
from ketenraming.scenarios.forecast.csvfile import reader_of_file
from ketenraming.scenarios.forecast.delayed import NAREIS, after_grants, nareis_reader
from ketenraming.scenarios.forecast.history import SHORTEST, History, Reader, reader_of
from ketenraming.scenarios.forecast.intervals import factors, widen, widened
from ketenraming.scenarios.forecast.peers import peers
from ketenraming.scenarios.forecast.rolling import (
    SHOCKS,
    TARGETS,
    Score,
    Tell,
    Trial,
    Way,
    chosen_then,
    histories,
    outcome,
    score,
    silent,
    trials,
)
from ketenraming.scenarios.paths import Floats, Horizon

AFTER_GRANTS = "after_grants"
DEFAULT, SHORT = "pool_reverting", "heavy_walk"  # decision 0012; the second where a season cannot be told
APPLICATIONS = "asylum_applications_inflow"
SERIES_OF = {"asiel_applications_inflow": APPLICATIONS}  # the variable of the chain, and what was counted
WIDENED_WAYS = frozenset({AFTER_GRANTS})  # of which the bands did not hold
WIDENED, CHOSEN, NAIVE = "widened", "chosen_then", "seasonal_naive"
AT_FIRST = "pool_of_three"  # the best of a trial on other countries, before these scores were seen
SCORED_FROM = date(2013, 1, 1)
LEAST_TRIALS = 24
_MANY = 4000  # draws of a median path, whatever else is drawn
_FARTHEST = 1.5  # in logarithms, from the median


@dataclass(frozen=True, slots=True)
class Subject:
    """What is forecast: its name, how it is read as known on a day, and the ways to carry it on."""

    name: str
    read: Reader
    ways: Mapping[str, Way]


@dataclass(frozen=True, slots=True)
class Ask:
    """How many months ahead, how many draws, with which seed, and by which way: the default one where it is empty."""

    months: int = 24
    draws: int = 4000
    seed: int = 7
    way: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Draws of the months after the last one known, of shape (draws, months)."""

    history: History
    way: str
    seed: int
    values: Floats

    @property
    def first(self) -> int:
        """The first month that is forecast."""
        return self.history.end

    def quantiles(self, chances: Sequence[float]) -> Floats:
        """These quantiles of every month, of shape (chances, months)."""
        return np.asarray(np.quantile(self.values, chances, axis=0))

    def years(self, chances: Sequence[float]) -> dict[int, Floats]:
        """These quantiles of every calendar year of which all months are known or forecast."""
        known = np.broadcast_to(self.history.values, (len(self.values), len(self.history.values)))
        every = np.concatenate([known, self.values], axis=1)
        months = np.arange(self.history.first, self.history.first + every.shape[1]) // 12
        whole = [year for year in np.unique(months[len(self.history.values) :]) if (months == year).sum() == 12]
        return {int(year): np.quantile(every[:, months == year].sum(axis=1), chances) for year in whole}


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores by way and target, over all trials and over those without a month in the years of shock."""

    history: History
    best: str
    first: date
    last: date
    every: Mapping[str, Mapping[str, Score]]
    calm: Mapping[str, Mapping[str, Score]]

    def ratio(self, way: str, target: str, to: str = NAIVE, calm: bool = False) -> float | None:
        """The CRPS of a way over that of another."""
        found = self.calm if calm else self.every
        if target not in found.get(way, {}) or target not in found.get(to, {}):
            return None
        below = found[to][target].crps
        return found[way][target].crps / below if below else None


def subject(library: Library, name: str, with_peers: bool = False) -> Subject:
    """A series of the library, or family arrivals as pieced together from months, quarters and years."""
    if name == NAREIS:
        found = _subject(name, nareis_reader(library), with_peers)
        return replace(found, ways={**found.ways, AFTER_GRANTS: after_grants(library)})
    name = SERIES_OF.get(name, name)
    return _subject(name, reader_of(library, name), with_peers)


def subject_of_file(path: Path, with_peers: bool = False) -> Subject:
    """A monthly series of one's own."""
    return _subject(path.name, reader_of_file(path), with_peers)


def _subject(name: str, read: Reader, with_peers: bool) -> Subject:
    fits = {**CANDIDATES, **(peers() if with_peers else {})}
    return Subject(name, read, {way: _of_logs(fit) for way, fit in fits.items()})


def _of_logs(fit: Fit) -> Way:
    return lambda history: fit(history.logs)


def default_way(of: Subject, history: History) -> str:
    """How a history is forecast when nobody says otherwise."""
    if AFTER_GRANTS in of.ways:
        return AFTER_GRANTS
    return DEFAULT if len(history.values) >= SEASONAL else SHORT


def forecast(of: Subject, known_on: date = date.max, ask: Ask = Ask()) -> Forecast:
    """Carry on what was known on a day; raises NotInLibrary for a way that is not there."""
    history = of.read(known_on)
    way = ask.way or default_way(of, history)
    if way not in of.ways:
        raise NotInLibrary("way to forecast", way, of.ways)
    logs = of.ways[way](history)(ask.months, ask.draws, stream(f"{history.name}/forecast", ask.seed))
    if way in WIDENED_WAYS:
        logs = widen(logs, _asked(of, history, way))
    return Forecast(history, way, ask.seed, np.exp(logs))


def _asked(of: Subject, history: History, way: str) -> Floats:
    """By what factors the bands of a way are to be widened, from what was known on the day of a history."""
    return factors(trials(histories(of.read, history), of.ways[way], 400), history.known_on, history)


def scored(of: Subject, known_on: date = date.max, tell: Tell = silent, draws: int = 1000) -> Scored:
    """
    Every way on the first day of every month from 2013 on that can be tried, from what was known on that day alone.

    Raises ObservationNotFound when there are too few such days.
    """
    truth = of.read(known_on)
    known = histories(of.read, truth)
    if len(_late(known)) < LEAST_TRIALS:
        known = histories(of.read, truth, SHORTEST)
    if len(_late(known)) < LEAST_TRIALS:
        raise ObservationNotFound(
            f"{truth.name} has {len(truth.values)} months; its ways to forecast can be scored from "
            f"{SHORTEST + LEAST_TRIALS + 1} months on."
        )
    made: dict[str, list[Trial]] = {}
    for i, (way, each) in enumerate(of.ways.items()):
        tell(i, len(of.ways))
        made[way] = trials(known, each, draws)
    best = default_way(of, truth)
    made |= {WIDENED: widened(made[best], truth), CHOSEN: chosen_then(made, truth, AT_FIRST)}
    late = {way: [trial for trial in found if trial.history in _late(known)] for way, found in made.items()}
    days = [trial.day for trial in late[best] if outcome(trial, truth, "1") is not None]
    return Scored(truth, best, days[0], days[-1], _table(late, truth), _table(late, truth, SHOCKS))


def _late(known: Iterable[History]) -> list[History]:
    return [history for history in known if history.known_on >= SCORED_FROM]


def _table(
    made: Mapping[str, Iterable[Trial]], truth: History, without: frozenset[int] = frozenset()
) -> dict[str, dict[str, Score]]:
    table = {}
    for way, found in made.items():
        scores = {target: score(list(found), truth, target, without) for target in TARGETS}
        table[way] = {target: each for target, each in scores.items() if each is not None}
    return table


def inflow_ratios(library: Library, name: str, horizon: Horizon, known_on: date, draws: int, seed: int) -> Floats:
    """
    Factors around the median path, months by draws: one in the months that are known on a day.

    The central path is taken to hold what was known on that day, also where the counts of the library end before it;
    so the first month ahead is the month of that day. The first draws are the same however many are asked for.
    """
    known = min(max(0, horizon.month(known_on)), horizon.months)
    found = np.ones((horizon.months, draws))
    if known < horizon.months:
        of = subject(library, name)
        history = of.read(known_on)
        draw = of.ways[default_way(of, history)](history)
        middle = np.median(draw(horizon.months - known, _MANY, stream(f"{name}/median", 0)), axis=0)
        away = draw(horizon.months - known, draws, stream(name, seed)) - middle
        found[known:] = np.exp(np.clip(away, -_FARTHEST, _FARTHEST)).T
    return found
