"""
What is uncertain, one number at a time: the rest frozen, one path or one row of prices as another drawing has it.

A number is swapped whole: a path with all its months, a price with all its years. So what wanders is one group, and
one drawing can hold its ends (lowest and highest) where another holds random draws. What the hindcast tells together
can be swapped as one too, under the name of its stream.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ketenraming.base.quantity import Quantity
from ketenraming.finance.term import Term, carried
from ketenraming.scenarios.estimate import (
    SHARE,
    Baseline,
    Drawn,
    Terms,
    before_prices,
    draw,
    share_spread,
    with_prices,
)
from ketenraming.scenarios.prices import Draws, step_size
from ketenraming.scenarios.together import STREAM, TOGETHER, WITHOUT_ENDS
from ketenraming.scenarios.uncertainty import WANDERING, ends

_NORMAL_ENDS = np.array([-1.6449, 1.6449])  # nine normal draws in ten are between these, as for `WALK_ENDS`


@dataclass(frozen=True, slots=True)
class Frozen:
    """A drawing, and the people that follow from it: they are counted again only when a path is swapped."""

    base: Baseline
    found: Drawn
    before: Terms

    def terms(self) -> Terms:
        """All terms of every year, as drawn."""
        return with_prices(self.base, self.base.paths, self.before, self.found.prices)

    def swapped(self, name: str, other: Drawn) -> Terms:
        """All terms, with this number as the other drawing has it."""
        if name in self.base.prices:
            prices = {**self.found.prices, name: other.prices[name]}
            return with_prices(self.base, self.base.paths, self.before, prices)
        parts = TOGETHER if name == STREAM else (name,)
        before = before_prices(self.base, {**self.found.paths, **{part: other.paths[part] for part in parts}})
        return with_prices(self.base, self.base.paths, before, self.found.prices)


def freeze(base: Baseline, draws: Draws) -> Frozen:
    """So many draws of all that is uncertain around the baseline; none at all for a count of nought."""
    found = draw(base, base.paths, draws)
    return Frozen(base, found, before_prices(base, found.paths))


def at_ends(base: Baseline) -> Drawn:
    """Every uncertain number with its lowest and its highest values beside the central ones; the others as they are."""
    found = {
        name: path
        for name, central in base.paths.items()
        if (path := ends(central, base.library, base.horizon, base.known_on)) is not None
    }
    return Drawn({**base.paths, **found}, {name: _row_at_ends(base, name) for name in base.prices})


def _row_at_ends(base: Baseline, name: str) -> dict[str, Term]:
    """A price in the funded years as solved, and after them with its ends beside it."""
    row = base.prices[name]
    last, step = row[base.funded[-1]], step_size(row)
    after = {}
    for i, year in enumerate(base.after, 1):
        values = last.central * np.exp(_NORMAL_ENDS * step * np.sqrt(i))
        if name == SHARE:
            values = np.array([share_spread(base).low, share_spread(base).high])
        whole = np.minimum([last.central, *values], 1.0 if last.unit == "1" else np.inf)
        after[year] = replace(carried(last, year), quantity=Quantity(whole, last.unit))
    return {**row, **after}


def uncertain(drawn: Drawn) -> tuple[str, ...]:
    """The names of all numbers that differ between draws: paths first, then prices."""
    paths = [name for name, path in drawn.paths.items() if _differ(path.values)]
    prices = [name for name, row in drawn.prices.items() if any(_differ(term.quantity.amount) for term in row.values())]
    return (*paths, *prices)


def independent(drawn: Drawn) -> tuple[str, ...]:
    """The same, with one name for all that is drawn together: what is left hangs together with nothing."""
    return tuple(dict.fromkeys(STREAM if name in TOGETHER else name for name in uncertain(drawn)))


def _differ(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> bool:
    return bool((values != values[..., :1]).any())


def wanders(name: str, prices: Mapping[str, object]) -> bool:
    """Whether a number has no lowest and no highest, so that its ends hold nine draws in ten."""
    return name == WANDERING or name in WITHOUT_ENDS or (name in prices and name != SHARE)
