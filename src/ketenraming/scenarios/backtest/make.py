"""The back-test: a forecast from the eve of every draft budget, and every outcome that is known by now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ketenraming.evidence.library import Library
from ketenraming.evidence.vintage import DRAFT
from ketenraming.scenarios.backtest.ahead import Ahead, ahead
from ketenraming.scenarios.backtest.scores import (
    LAST_COUNT,
    LAST_YEAR,
    LINE,
    OFFICIAL,
    Score,
    Trial,
    beaten,
    scores,
)
from ketenraming.scenarios.backtest.vantage import (
    COA,
    EDITIONS,
    TooLittleKnown,
    counts,
    cut,
    day_of_draft,
    eve_of_draft,
    levels,
    year_ends,
)

Tell = Callable[[int, int], None]


def _silent(_done: int, _many: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """Every trial with its scores; `left_out` are draft budgets that nothing could be forecast for, and why."""

    library: Library
    draws: int
    seed: int
    made: tuple[Ahead, ...]
    trials: tuple[Trial, ...]
    scores: tuple[Score, ...]
    left_out: Mapping[int, str]

    @property
    def beaten(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """Where another was nearer: by group and rival, at which horizons."""
        return beaten(self.scores)


def backtest(library: Library, draws: int = 1000, seed: int = 7, tell: Tell = _silent) -> Backtest:
    """Forecast from the eve of every draft budget, and hold it against what came of it."""
    made, left_out = list[Ahead](), dict[int, str]()
    for i, edition in enumerate(EDITIONS):
        tell(i, len(EDITIONS))
        try:
            made.append(ahead(library, edition, draws, seed))
        except TooLittleKnown as error:
            left_out[edition] = error.what
    tell(len(EDITIONS), len(EDITIONS))
    trials = tuple(trial for each in made for trial in (*_of_people(library, each), *_of_euros(library, each)))
    return Backtest(library, draws, seed, tuple(made), trials, scores(trials), left_out)


def _of_people(library: Library, made: Ahead) -> Iterator[Trial]:
    """The ends of years at which reception was counted."""
    known, outcomes = cut(library, eve_of_draft(made.edition)), year_ends(library)
    ends, last = year_ends(known), counts(known)[-1].value
    for year, draws in made.people.items():
        if year in outcomes:
            yield Trial("people", made.edition, year, outcomes[year], draws, _rules(ends, year) | {LAST_COUNT: last})


def _of_euros(library: Library, made: Ahead) -> Iterator[Trial]:
    """Years with an outcome; a second supplementary budget stands in as a proxy, apart."""
    known = {level.year: level.euros for level in levels(cut(library, eve_of_draft(made.edition)), made.edition)}
    for year, draws in made.euros.items():
        outcome = library.vintages.outcome(COA, year)
        if outcome:
            group = "euros_proxy" if outcome.proxy else "euros"
            official, derived = _official(library, made.edition, year)
            others = _rules(known, year) | official
            yield Trial(group, made.edition, year, float(outcome.vintage.euros), draws, others, derived)


def _rules(known: Mapping[int, float], year: int) -> dict[str, float]:
    """As the last year that was known, and on a straight line through the last two, at least nought."""
    *_, before, last = sorted(known)
    step = (known[last] - known[before]) / (last - before)
    return {LAST_YEAR: known[last], LINE: max(known[last] + step * (year - last), 0.0)}


def _official(library: Library, edition: int, year: int) -> tuple[dict[str, float], bool]:
    """
    What the draft budget printed for a year; where that was not found, the level of the supplementary budget before,
    from which the draft follows (within 0.2 percent where both are known).
    """
    then = library.vintages.as_known_on(day_of_draft(edition))
    for each in then.of(COA, year) if year in then.years(COA) else ():
        if each.stage == DRAFT and each.edition == edition:
            return {OFFICIAL: float(each.euros)}, False
    for score in library.vintages.scores:
        if (score.of, score.target_year) == (COA, year) and f"= OWB{edition} " in score.edition:
            return {OFFICIAL: 1000 * score.forecast}, True
    return {}, False
