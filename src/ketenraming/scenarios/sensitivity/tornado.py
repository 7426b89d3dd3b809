"""
Sensitivity of what is needed, at one address in one year, to what goes in.

*Elasticities* say what one more of something does. The *tornado* moves each uncertain number to its lowest and to its
highest end, all else central. *Sobol indices* share out the variance of all draws over the numbers that cause it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.scenarios.estimate import Baseline, Drawn, Terms
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of, run_on
from ketenraming.scenarios.sensitivity.elasticity import Effect, elasticities
from ketenraming.scenarios.sensitivity.freeze import at_ends, freeze, independent, uncertain, wanders
from ketenraming.scenarios.sensitivity.question import NO_DRAWS, Floats, Question, ask
from ketenraming.scenarios.sensitivity.sobol import Index, indices

FEWEST, MOST = 100, 10_000
SMALL = 0.02  # of the widest swing: what is narrower is told together


@dataclass(frozen=True, slots=True)
class Swing:
    """
    One uncertain number: its mean in the year at its low end, centrally and at its high end, and the euros there.

    `low` and `high` are euros above the central estimate, or below it under nought. What wanders has no ends: nine
    draws in ten are between these.
    """

    name: str
    unit: str
    wanders: bool
    at: tuple[float, float, float]
    low: float
    high: float

    @property
    def width(self) -> float:
        """From the least to the most that is needed, in euros."""
        return max(0.0, self.low, self.high) - min(0.0, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The three tables of a question; needed in euros, and the band that holds 80 percent of its draws."""

    question: Question
    needed: float
    band: tuple[float, float]
    effects: tuple[Effect, ...]
    swings: tuple[Swing, ...]
    indices: tuple[Index, ...]
    draws: Draws

    @property
    def base(self) -> Baseline:
        """The baseline that is asked about."""
        return self.question.base

    @property
    def library(self) -> Library:
        """The library it is made from."""
        return self.question.base.library

    @property
    def wide(self) -> tuple[Swing, ...]:
        """The swings that are worth a line of their own; the others are `SMALL` together."""
        least = SMALL * self.swings[0].width if self.swings else 0.0
        return tuple(swing for swing in self.swings if swing.width > least)


def sensitivity(
    library: Library, address: str = "37", year: str = "", draws: int = 1000, seed: int = 7, edition: str = BASELINE
) -> Sensitivity:
    """
    How needed at an address in a year (the first that is not funded, unless given) depends on what goes in.

    `draws` are those of each of the two drawings behind the Sobol indices.
    """
    if not FEWEST <= draws <= MOST:
        raise KetenramingError(f"{draws} draws were asked for; choose between {FEWEST} and {MOST}.")
    question, drawn = ask(baseline_of(library, edition), address, year), Draws(draws, seed)
    needed = run_on(question.base, (), drawn).row(address, question.year).needed
    low, high = needed.quantiles((0.1, 0.9))
    found = elasticities(question), tornado(question), sobol(question, drawn)
    return Sensitivity(question, needed.central, (low, high), *found, drawn)


def tornado(question: Question) -> tuple[Swing, ...]:
    """Each uncertain number at its ends, all else central; the widest first."""
    return tornados([question])[0]


def tornados(questions: Sequence[Question]) -> list[tuple[Swing, ...]]:
    """The same for several questions about one baseline, in hardly more time."""
    central, ends = freeze(questions[0].base, NO_DRAWS), at_ends(questions[0].base)
    swapped = {name: central.swapped(name, ends) for name in uncertain(ends)}
    return [_swings(question, swapped, central.terms(), ends) for question in questions]


def _swings(question: Question, swapped: Mapping[str, Terms], central: Terms, ends: Drawn) -> tuple[Swing, ...]:
    middle = question.euros(central)
    found = []
    for name, terms in swapped.items():
        _, low, high = np.broadcast_to(question.euros(terms) - middle, 3)
        found.append(Swing(name, *_about(question, name, ends), float(low), float(high)))
    return tuple(sorted(found, key=lambda swing: (-swing.width, swing.name)))


def _about(question: Question, name: str, ends: Drawn) -> tuple[str, bool, tuple[float, float, float]]:
    """The unit of a number, whether it wanders, and what it is in the year: low, central and high."""
    base, year = question.base, question.year
    if name in base.prices:
        term = ends.prices[name][year]
        values, unit = np.broadcast_to(term.quantity.amount, 3), term.unit
    else:
        first = 12 * base.horizon.years.index(year)
        values, unit = ends.paths[name].values[first : first + 12].mean(axis=0), ends.paths[name].unit
    central, low, high = (float(value) for value in values)
    return unit, wanders(name, base.prices), (low, central, high)


def sobol(question: Question, draws: Draws) -> tuple[Index, ...]:
    """
    The part of the variance that each uncertain number explains, from two drawings with seeds beside each other.

    What is drawn together is one number here: parts of a variance are told apart only for what is independent.
    """
    a, b = (freeze(question.base, Draws(draws.count, draws.seed + i)) for i in (0, 1))

    def drawn(terms: Terms) -> Floats:
        return np.broadcast_to(question.euros(terms), draws.count + 1)[1:]

    swapped = {name: drawn(a.swapped(name, b.found)) for name in independent(a.found)}
    return indices(drawn(a.terms()), drawn(b.terms()), swapped, draws.seed)
