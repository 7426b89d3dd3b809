"""
What can be watched month by month: quantities of the dictionary that the chain gives, and its own monthly results.

Names are those of variables.csv; a result of the chain keeps its own name, unless the dictionary means another thing
by it. A sum over results is a flow or a stock of the month; what enters reception follows from its stock and its exits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.base.errors import NotInLibrary
from ketenraming.chain.results import Results, names
from ketenraming.chain.stage import Chain, Queue
from ketenraming.evidence.library import Library
from ketenraming.evidence.variable import Measure
from ketenraming.scenarios.baseline import in_reception
from ketenraming.scenarios.paths import Floats
from ketenraming.scenarios.people import OUT_OF_RECEPTION, QUANTITIES

STOCK, INFLOW, OUTFLOW = "opvang_stock_end", "opvang_inflow", "opvang_outflow"
BESIDE: Mapping[str, tuple[str, ...]] = {  # quantities that no year is made of in `people`
    STOCK: ("coa_stock_end",),
    OUTFLOW: OUT_OF_RECEPTION,
    "asiel_inflow": ("asiel_inflow", "inreis_aankomst_outflow"),
    "ontheemde_stock_end": ("gemeente_stock_end", "particulier_stock_end"),
    "regulier_inflow": ("regulier_inflow",),
    "toelating_verblijf_inflow": ("toelating_inflow",),
    "visum_inflow": ("visum_inflow",),
    "naturalisatie_inflow": ("naturalisatie_inflow",),
}
_COUNTED = ("inflow", "outflow", "stock_end", "stock_avg", "overdue")  # endings of results that somebody counts
MEASURES: tuple[Measure, ...] = ("inflow", "outflow", "decisions", "stock_end", "stock_avg")
HISTORIES = {  # series of the library that count the same by month
    "asiel_applications_inflow": "asylum_applications_inflow",
    "asiel_pending_stock_end": "asylum_pending_stock_end",
    "nareis_inflow": "nareis_inflow",
    "ontheemde_stock_end": "ontheemde_stock_end",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """One series that a month may be given of; `made_of` are the results of the chain that it is the sum of."""

    name: str
    unit: str
    measure: Measure
    made_of: tuple[str, ...]

    @property
    def is_stock(self) -> bool:
        """Whether it is a number of people who are there, and not of those who pass."""
        return self.measure in ("stock_end", "stock_avg")

    @property
    def history(self) -> str:
        """The series of the library that counts the same, or nothing."""
        return HISTORIES.get(self.name, "")

    def of(self, results: Results) -> Floats:
        """Its value in every month of a run, months by draws."""
        if self.name != INFLOW:
            return _sum(results, self.made_of)
        stock = results["coa_stock_end"]
        before: Floats = np.vstack([np.full((1, stock.shape[1]), in_reception(results.chain)), stock[:-1]])
        return stock - before + _sum(results, OUT_OF_RECEPTION)


def _sum(results: Results, of: Sequence[str]) -> Floats:
    total: Floats = np.sum([results[name] for name in of], axis=0)
    return total


class AllWatched(dict[str, Watched]):
    """What can be watched by name; one that is not there is met with the nearest names."""

    def __missing__(self, name: str) -> Watched:
        raise NotInLibrary("series", name, self)


def watched(library: Library, chain: Chain) -> AllWatched:
    """Everything that can be watched, the dictionary first."""
    found = AllWatched()
    for name, made_of in _of_dictionary(chain):
        variable = library.variables[name]
        if variable.measure in MEASURES:
            found[name] = Watched(name, variable.unit, variable.measure, made_of)
    for name, unit, measure in _of_chain(chain):
        if name not in library.variables:
            found.setdefault(name, Watched(name, unit, measure, (name,)))
    return found


def _of_dictionary(chain: Chain) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Quantities by name with the results that they are the sum of, where the chain gives these."""
    known = {name for name in names(chain) if name.endswith(_COUNTED)}
    yield STOCK, BESIDE[STOCK]
    yield INFLOW, ("coa_stock_end", *OUT_OF_RECEPTION)
    made = {quantity.name: quantity.made_of for quantity in QUANTITIES} | dict(BESIDE)
    yield from ((name, made_of) for name, made_of in made.items() if name != STOCK and set(made_of) <= known)


def _of_chain(chain: Chain) -> Iterator[tuple[str, str, Measure]]:
    """The flows and stocks of a chain with their unit."""
    units = {stage.name: stage.unit for stage in chain.stages}
    for name in names(chain):
        for measure in MEASURES:
            if name.endswith(f"_{measure}"):
                stage = next((of for of in sorted(units, key=len, reverse=True) if name.startswith(f"{of}_")), "")
                yield name, units.get(stage, "person"), measure


@dataclass(frozen=True, slots=True)
class Balance:
    """A stock at the end of a month is the one before it, and what came in, less what went out."""

    stock: str
    inflow: str
    outflow: str


def balances(chain: Chain) -> tuple[Balance, ...]:
    """The balances that a month must keep: of reception, of permit holders in it, and of every queue of the chain."""
    named = {quantity.name for quantity in QUANTITIES}  # which may mean something else, as `nareis_inflow` does
    queues = [of.name for of in chain.stages if isinstance(of, Queue) and f"{of.name}_inflow" not in named]
    homes = Balance("vergunninghouder_stock_end", "huisvesting_inflow", "huisvesting_outflow")
    own = (Balance(f"{name}_stock_end", f"{name}_inflow", f"{name}_outflow") for name in queues)
    return Balance(STOCK, INFLOW, OUTFLOW), homes, *own
