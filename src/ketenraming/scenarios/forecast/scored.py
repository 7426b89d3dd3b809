"""The ways to forecast a series held against each other on its past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import ObservationNotFound
from ketenraming.scenarios.forecast.history import SHORTEST, History
from ketenraming.scenarios.forecast.intervals import widened
from ketenraming.scenarios.forecast.rolling import (
    SHOCKS,
    TARGETS,
    Marks,
    Score,
    Tell,
    chosen_then,
    histories,
    marks,
    score,
    silent,
    trials,
)
from ketenraming.scenarios.forecast.scores import ROUNDING
from ketenraming.scenarios.forecast.subjects import Subject

WIDENED, CHOSEN, NAIVE = "widened", "chosen_then", "seasonal_naive"
AT_FIRST = "pool_of_three"  # the best of a trial on other countries, before these scores were seen
SCORED_FROM = date(2013, 1, 1)  # for series that have days after it
ENOUGH = 24  # days to start from, for scores to be trusted
MOST = 240  # days that are tried, evenly spread where there are more


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores by way and target, over all trials and over those without a month in the years of shock."""

    history: History
    best: str
    first: date
    last: date
    every: Mapping[str, Mapping[str, Score]]
    calm: Mapping[str, Mapping[str, Score]]

    @property
    def trials(self) -> int:
        """How many days there were to start from."""
        return next(iter(self.every[self.best].values())).trials

    @property
    def is_few(self) -> bool:
        """Whether these are too few to trust a score."""
        return self.trials < ENOUGH

    def ratio(self, way: str, target: str, to: str = NAIVE, calm: bool = False) -> float | None:
        """The CRPS of a way over that of another; none where one is not known, or where that other made no error."""
        found = self.calm if calm else self.every
        if target not in found.get(way, {}) or target not in found.get(to, {}):
            return None
        below = found[to][target].crps
        return found[way][target].crps / below if below > ROUNDING * self.history.values.mean() else None


def scored(of: Subject, known_on: date = date.max, tell: Tell = silent, draws: int = 1000) -> Scored:
    """
    Every way on the first day of every month from 2013 on that can be tried, from what was known on that day alone.

    Raises ObservationNotFound when there is no such day with an outcome.
    """
    truth = of.read(known_on)
    known = _days(of, truth)
    made: dict[str, list[Marks]] = {}
    wide: list[Marks] = []
    for i, (name, way) in enumerate(of.ways.items()):
        tell(i, len(of.ways))
        found = trials(known, way, draws)
        made[name] = [marks(trial, truth) for trial in found]
        if name == of.default:
            wide = [marks(trial, truth) for trial in widened(found, truth)]
    made |= {WIDENED: wide, CHOSEN: chosen_then(known, made, AT_FIRST)}
    late = [i for i, history in enumerate(known) if history.known_on >= SCORED_FROM] or range(len(known))
    kept = {name: [found[i] for i in late] for name, found in made.items()}
    days = [known[i].known_on for i in late if made[of.default][i]]
    if not days:
        raise ObservationNotFound(_too_few(truth))
    return Scored(truth, of.default, days[0], days[-1], _table(kept), _table(kept, SHOCKS))


def _days(of: Subject, truth: History) -> Sequence[History]:
    """Days with three years behind them; where these are too few, with two."""
    known = histories(of.read, truth)
    if len(known) < ENOUGH:
        known = histories(of.read, truth, SHORTEST)
    step = -(-len(known) // MOST)
    return known[::-1][:: max(step, 1)][::-1]


def _too_few(truth: History) -> str:
    return (
        f"{truth.name} has {len(truth.values)} months. Its ways to forecast cannot be scored: there is no day on which "
        f"{SHORTEST} months were known, and after which another month was counted."
    )


def _table(made: Mapping[str, Iterable[Marks]], without: frozenset[int] = frozenset()) -> dict[str, dict[str, Score]]:
    table = {}
    for way, found in made.items():
        scores = {target: score(found, target, without) for target in TARGETS}
        table[way] = {target: each for target, each in scores.items() if each is not None}
    return table
