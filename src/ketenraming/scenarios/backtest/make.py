"""The back-test: a forecast from the eve of every document, and every outcome that is known by now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ketenraming.evidence.library import Library
from ketenraming.scenarios.backtest.ahead import Ahead, ahead
from ketenraming.scenarios.backtest.lines import ADDRESSES
from ketenraming.scenarios.backtest.official import as_last_year, official, on_a_line
from ketenraming.scenarios.backtest.scores import (
    LAST_COUNT,
    LAST_YEAR,
    LINE,
    OFFICIAL,
    PEOPLE,
    Lost,
    Score,
    Trial,
    beaten,
    group_of,
    scores,
)
from ketenraming.scenarios.backtest.vantage import TooLittleKnown, Vantage, counts, cut, levels, vantages, year_ends

Tell = Callable[[int, int], None]


def _silent(_done: int, _many: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """Every trial with its scores; `left_out` are the eves that nothing could be forecast on, and why."""

    library: Library
    draws: int
    seed: int
    made: tuple[Ahead, ...]
    trials: tuple[Trial, ...]
    scores: tuple[Score, ...]
    left_out: Mapping[Vantage, str]

    @property
    def beaten(self) -> tuple[Lost, ...]:
        """Where another was nearer."""
        return beaten(self.scores)


def backtest(
    library: Library,
    draws: int = 1000,
    seed: int = 7,
    tell: Tell = _silent,
    of: tuple[Vantage, ...] = (),
) -> Backtest:
    """Forecast from the eve of every document, or of some, and hold it against what came of it."""
    made, left_out = list[Ahead](), dict[Vantage, str]()
    eves = of or vantages(library)
    for i, vantage in enumerate(eves):
        tell(i, len(eves))
        try:
            made.append(ahead(library, vantage, draws, seed))
        except TooLittleKnown as error:
            left_out[vantage] = error.what
    tell(len(eves), len(eves))
    trials = tuple(trial for each in made for trial in (*_of_people(library, each), *_of_euros(library, each)))
    return Backtest(library, draws, seed, tuple(made), trials, scores(trials), left_out)


def _of_people(library: Library, made: Ahead) -> Iterator[Trial]:
    """The ends of years at which reception was counted."""
    known, outcomes = cut(library, made.vantage.day), year_ends(library)
    ends, last = year_ends(known), counts(known)[-1].value
    for year, draws in made.people.items():
        if year in outcomes:
            said = {LAST_YEAR: as_last_year(ends), LINE: on_a_line(ends, year), LAST_COUNT: last}
            yield Trial(made.vantage, PEOPLE, year, outcomes[year], draws, said)


def _of_euros(library: Library, made: Ahead) -> Iterator[Trial]:
    """Years with an outcome; a second supplementary budget stands in as a proxy, apart."""
    then = cut(library, made.vantage.day)
    for line, years in made.euros.items():
        address = ADDRESSES[line]
        known = {level.year: level.euros for level in levels(then, made.vantage.edition, address)}
        for year, draws in years.items():
            outcome = library.vintages.outcome(address, year)
            if outcome:
                told = official(library.vintages, made.vantage, address, year)
                said = {LAST_YEAR: as_last_year(known), LINE: on_a_line(known, year)}
                said |= {OFFICIAL: told[0]} if told else {}
                group, came = group_of(line, outcome.proxy), float(outcome.vintage.euros)
                yield Trial(made.vantage, group, year, came, draws, said, bool(told and told[1]))
