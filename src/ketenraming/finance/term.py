"""
Numbers that know how they came about.

A term is a quantity with a name, a year and its history: the terms it was made from and how. Adding, multiplying and
dividing terms checks units, carries flags along, and leaves a trace that can be followed down to printed cells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, reduce

import numpy as np

from ketenraming.base.finding import Place
from ketenraming.base.quantity import Amount, Quantity, join_unit, multiply_units, split_unit


class Flag(StrEnum):
    """What a reader must know about a number. All but `AS_PRINTED` follow every number that is made from it."""

    AS_PRINTED = "as_printed"  # no people behind it here: the article's own amount
    SOLVED = "solved_for"  # found from the line it explains, so that line is no test of it
    CARRIED = "carried_forward"  # the last printed value, for lack of a later one
    NOT_FUNDED = "not_funded"  # the text says the forecast is not worked into this year
    PLUG = "plug"  # an amount that makes a total fit and that nothing explains
    ENDS = "protection_ends"  # after temporary protection the article prints no people


class How(StrEnum):
    """How a term was made."""

    PRINTED = "printed"
    PRODUCT = "product"
    SUM = "sum"
    DIFFERENCE = "difference"
    QUOTIENT = "quotient"
    CARRIED = "carried"
    UNCERTAIN = "uncertain"
    SIMULATED = "simulated"
    GROWN = "grown"
    CHANGED = "changed"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Note:
    """What no formula can say: a key of the message catalogue, and the words that fill it."""

    key: str
    words: Mapping[str, str | float]


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """
    One number of one year. `quantity.amount` has shape (1 + draws,) or (1,): first the central value, then draws.

    `place` is the printed cell for terms that were read.
    """

    name: str
    year: str
    quantity: Quantity
    how: How
    inputs: tuple["Term", ...] = ()
    place: Place | None = None
    flags: frozenset[Flag] = frozenset()
    note: Note | None = None

    @property
    def central(self) -> float:
        """The central value."""
        return float(self.quantity.amount[0])

    @property
    def unit(self) -> str:
        """The unit of the quantity."""
        return self.quantity.unit

    def quantiles(self, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> list[float]:
        """Quantiles over the draws; the central value where there are none."""
        draws = self.quantity.amount[1:] if self.quantity.amount.size > 1 else self.quantity.amount
        ordered = np.sort(draws)  # and linear between them, as NumPy's quantile, which takes four times as long
        found: list[float] = np.interp(
            np.asarray(levels) * (ordered.size - 1), np.arange(ordered.size), ordered
        ).tolist()
        return found

    def flagged(self, *flags: Flag, note: Note | None = None) -> "Term":
        """The same term with more flags, and perhaps a note."""
        return replace(self, flags=self.flags | set(flags), note=note or self.note)

    def walk(self) -> Iterator["Term"]:
        """This term and all it was made from."""
        yield self
        for term in self.inputs:
            yield from term.walk()


def known(name: str, year: str, value: float, unit: str, place: Place | None = None, how: How = How.PRINTED) -> Term:
    """A number that was read, not made."""
    return Term(name, year, Quantity(np.array([value], dtype=np.float64), unit), how, place=place)


def simulated(name: str, year: str, amount: Amount, unit: str, inputs: Sequence[Term], note: Note) -> Term:
    """What a chain makes of its inputs; the note says which stages."""
    return Term(name, year, Quantity(amount, unit), How.SIMULATED, tuple(inputs), note=note)


def grown(price: Term, growth: Term, year: str, years: int) -> Term:
    """A price so many years later, at a yearly growth that is a part of one."""
    amount = price.quantity.amount * (1 + growth.quantity.amount) ** years
    return Term(price.name, year, Quantity(amount, price.unit), How.GROWN, (price, growth), flags=price.flags)


def changed(term: Term, factor: float, note: Note) -> Term:
    """A term as a scenario changes it, in all draws alike."""
    return replace(
        term, quantity=Quantity(term.quantity.amount * factor, term.unit), how=How.CHANGED, inputs=(term,), note=note
    )


def _made(name: str, quantity: Quantity, how: How, inputs: Sequence[Term]) -> Term:
    return Term(name, inputs[0].year, quantity, how, tuple(inputs), flags=_followed(*[term.flags for term in inputs]))


@lru_cache(maxsize=4096)  # a run asks this thousands of times, of a few sets
def _followed(*flags: frozenset[Flag]) -> frozenset[Flag]:
    """The flags of what is made from terms with these."""
    return frozenset().union(*flags) - {Flag.AS_PRINTED}


def product(name: str, *factors: Term) -> Term:
    """Factors multiplied; their units too."""
    return _made(name, reduce(Quantity.__mul__, (f.quantity for f in factors)), How.PRODUCT, factors)


def total(name: str, parts: Iterable[Term]) -> Term:
    """Parts added; refused where their units differ. One part is itself, under the new name."""
    listed = list(parts)
    if len(listed) == 1:
        return replace(listed[0], name=name, flags=_followed(listed[0].flags))
    return _made(name, reduce(Quantity.__add__, (p.quantity for p in listed)), How.SUM, listed)


def difference(name: str, whole: Term, *parts: Term) -> Term:
    """What is left of a whole without its parts."""
    rest = reduce(Quantity.__sub__, (p.quantity for p in parts), whole.quantity)
    return _made(name, rest, How.DIFFERENCE, (whole, *parts))


def covered(name: str, gap: Term, stand: Term) -> Term:
    """As much of a gap as there is money for: not more than either, and nothing where nothing is missing."""
    amount = np.clip(gap.quantity.amount, 0.0, stand.quantity.amount)
    return _made(name, Quantity(amount, (stand.quantity + gap.quantity).unit), How.COVERED, (gap, stand))


def quotient(name: str, above: Term, below: Term) -> Term:
    """One term over another; its unit is a price when euros stand above."""
    powers = split_unit(below.unit)
    unit = multiply_units(above.unit, join_unit(type(powers)({name: -power for name, power in powers.items()})))
    return _made(name, Quantity(above.quantity.amount / below.quantity.amount, unit), How.QUOTIENT, (above, below))


def carried(term: Term, year: str) -> Term:
    """A term of an earlier year, used for a later one because none is known."""
    return replace(term, year=year, how=How.CARRIED, inputs=(term,), flags=term.flags | {Flag.CARRIED}, place=None)


def uncertain(term: Term, factors: Amount, note: Note, at_most: float = np.inf) -> Term:
    """A term with draws: its central value as it is, and each draw multiplied by a factor, up to a bound."""
    drawn = np.minimum(term.quantity.amount * np.concatenate([np.ones(1), factors]), at_most)
    return replace(term, quantity=Quantity(drawn, term.unit), how=How.UNCERTAIN, inputs=(term,), note=note)
