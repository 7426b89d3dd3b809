"""
Two editions beside each other: what a budget document prints more than another by line and year, and why.

The causes go as far as the figures allow. Where both say for how many people a line is printed, its difference is that
volume and what each of them costs, by the mean over both orders (`causes.shapley`). Where a heading held more or less
than it does now, that part is known. The rest is *not explained by figures*. A heading has the causes of its lines.
One of the two may be a scenario; then what no volume explains is *not budgeted*, and draws say how sure it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.documents.article import of_edition
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.evidence.printed import Amount, Key, amounts, budgets, volumes
from ketenraming.evidence.vintage import Document
from ketenraming.finance.payees import LINES
from ketenraming.scenarios.causes import shapley
from ketenraming.scenarios.compare import NO_SCENARIO, names_asked
from ketenraming.scenarios.paths import Floats
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import Run, baseline_of, run_on, years_not_funded
from ketenraming.scenarios.shelf import ENDINGS, ids, load_scenarios


class Reason(StrEnum):
    """Why two editions print different amounts, in the order in which reasons are shown."""

    VOLUME = "volume"  # for how many people
    PRICE = "price_each"  # what each of them costs
    SCOPE = "scope"  # what stood elsewhere in one of the two
    REST = "unexplained"  # what no figure explains; against a scenario, what is not budgeted


class Counted(NamedTuple):
    """For how many people an amount is printed, or needed, by the name of the variable."""

    variable: str
    number: float


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the two: a budget document with what it says, or a scenario with its run."""

    asked: str
    document: Document | None
    run: Run | None
    amounts: Mapping[Key, Amount]
    euros: Mapping[Key, Floats]  # one value, or the central one and draws
    counted: Mapping[Key, Counted]

    @property
    def year(self) -> int:
        """The year whose budget it is; of a scenario, that of the edition it begins with."""
        return (self.document.year if self.document else None) or 0


@dataclass(frozen=True, slots=True)
class Moved:
    """One address in one year, in euros: A, B, how much more B is with its draws, and the reasons of that."""

    address: str
    year: int
    a: float
    b: float
    more: Floats
    reasons: Mapping[Reason, float]
    counted: tuple[Counted, Counted] | None = None
    not_funded: bool = False  # whether the text of one of the two says that its forecast is not worked in


@dataclass(frozen=True, slots=True)
class Editions:
    """Two editions, the rows that both have, in the order of the article and its years, and what only one has."""

    library: Library
    a: Edition
    b: Edition
    rows: Mapping[Key, Moved] = field(default_factory=dict)

    @property
    def with_scenario(self) -> bool:
        """Whether one of the two is a scenario."""
        return self.a.run is not None or self.b.run is not None

    @property
    def years(self) -> list[int]:
        """The years of which both say something."""
        return sorted({year for _, year in self.rows})

    @property
    def addresses(self) -> list[str]:
        """The addresses of which both say something, in the order of the article."""
        return list(dict.fromkeys(address for address, _ in self.rows))

    def only(self, one: Edition) -> list[str]:
        """The addresses in these years of which only one of them says something."""
        there = {address for address, year in one.euros if year in self.years}
        return [node.address for node in self.library.budget if node.address in there - set(self.addresses)]

    def row(self, address: str, year: int) -> Moved:
        """One row; raises NotInLibrary with the nearest addresses, or the years there are."""
        if address not in self.addresses:
            raise NotInLibrary("line that both print", address, self.addresses)
        if (address, year) not in self.rows:
            known = ", ".join(str(when) for of, when in self.rows if of == address)
            raise NotInLibrary(f"year that both print of {address} ({known}):", str(year), ())
        return self.rows[address, year]


def asks_for_editions(library: Library, a: str, b: str) -> bool:
    """
    Whether a comparison is of editions; that of a scenario with the edition of the baseline is one of two estimates.

    Raises NotInLibrary with the nearest scenarios and documents for a name that is neither.
    """
    printed = [name for asked in (a, b) if (name := _printed(library, asked))]
    return (len(printed) == 2 and a != b) or any(name != BASELINE for name in printed)


def _printed(library: Library, asked: str) -> str:
    """A budget document that is asked for, or nothing where it is a scenario."""
    documents = budgets(library.vintages)
    if asked in documents or asked.endswith(ENDINGS):
        return asked if asked in documents else ""
    known = (NO_SCENARIO, *ids(library), *documents)
    for name in asked.split("+"):
        if name in documents:
            raise KetenramingError(f"{name} is what is printed, and nothing stacks upon it. Give it alone.")
        if name not in known and not name.endswith(ENDINGS):
            raise NotInLibrary("scenario or budget document", name, known)
    return ""


def compare_editions(library: Library, a: str, b: str, draws: int = 1000, seed: int = 7) -> Editions:
    """What B says more than A, by address and year; raises KetenramingError where they say nothing of the same."""
    first, second = (_edition(library, asked, Draws(draws, seed)) for asked in (a, b))
    found = Editions(library, first, second)
    both = [(node.address, year) for node in library.budget for year in _years(first, second, node.address)]
    if not both:
        raise KetenramingError(
            f"{a} and {b} say nothing of the same line and year. "
            f"{a} is about {_span(first)}, {b} about {_span(second)}."
        )
    lines = {key: _line(found, key) for key in both}
    rows = {key: with_lines(found, row, lines) for key, row in lines.items()}
    return Editions(library, first, second, rows)


def _years(a: Edition, b: Edition, address: str) -> list[int]:
    return sorted({year for of, year in a.euros if of == address} & {year for of, year in b.euros if of == address})


def _span(one: Edition) -> str:
    years = sorted({year for _, year in one.euros})
    return f"{years[0]} to {years[-1]}" if years else "no year"


def _edition(library: Library, asked: str, drawn: Draws) -> Edition:
    vintages = library.vintages
    if asked in budgets(vintages):
        told = amounts(vintages, asked)
        counted = {key: Counted(of.variable, each.value) for key, (of, each) in volumes(vintages, asked).items()}
        euros = {key: np.array([float(amount.euros)]) for key, amount in told.items()}
        return Edition(asked, vintages.documents[asked], None, told, euros, counted)
    run = run_on(baseline_of(library), load_scenarios(names_asked(asked, library), library), drawn)
    needed = {(address, int(year)): row.needed.quantity.amount for (address, year), row in run.rows.items()}
    people = {(of.address, int(year)): Counted(of.variable, terms[of.variable].central)
              for of in vintages.volumes for year, terms in run.terms.items()}  # fmt: skip
    return Edition(asked, None, run, {}, needed, people)


def _line(of: Editions, key: Key) -> Moved:
    """A row with the reasons of its own: volume and price, and what stood elsewhere."""
    a, b = of.a.euros[key], of.b.euros[key]
    counted = _counted(of, key)
    reasons: dict[Reason, float] = dict.fromkeys(Reason, 0.0)
    if counted:
        reasons |= _volume_and_price(counted, float(a[0]), float(b[0]))
    reasons[Reason.SCOPE] = _scope(of, key)
    more = b - a
    closed = _closed(reasons, float(more[0]))
    return Moved(*key, float(a[0]), float(b[0]), more, closed, counted, _not_funded(of, key))


def _not_funded(of: Editions, key: Key) -> bool:
    """Whether one of the two is the edition of the baseline, and its text says so."""
    if BASELINE not in (of.a.asked, of.b.asked):
        return False
    return str(key[1]) in years_not_funded(of_edition(of.library), key[0])


def _closed(reasons: Mapping[Reason, float], more: float) -> dict[Reason, float]:
    """The reasons with what is left of the difference as the rest, less than a cent being none."""
    closed = dict(reasons)
    closed[Reason.REST] = 0.0
    left = more - sum(closed.values())
    closed[Reason.REST] = left if abs(left) >= 0.01 else 0.0
    return closed


def _counted(of: Editions, key: Key) -> tuple[Counted, Counted] | None:
    """For how many people both say the amount is, where both do and say it of the same."""
    a, b = of.a.counted.get(key), of.b.counted.get(key)
    return (a, b) if a and b and a.variable == b.variable and a.number > 0 and b.number > 0 else None


def _volume_and_price(counted: tuple[Counted, Counted], a: float, b: float) -> dict[Reason, float]:
    people, each = [one.number for one in counted], (a / counted[0].number, b / counted[1].number)

    def costs(moved: frozenset[Reason]) -> Floats:
        return np.array([people[Reason.VOLUME in moved] * each[Reason.PRICE in moved]])

    return {reason: float(part[0]) for reason, part in shapley(costs, [Reason.VOLUME, Reason.PRICE]).items()}


def _scope(of: Editions, key: Key) -> float:
    """
    What a heading holds in B and not in A, or the other way round, as the one that holds it prints that part.

    Where that one does not print it apart, the other's amount stands for it, so that the rest is on one definition.
    """
    held = [_held(one, key) for one in (of.a, of.b)]
    total = 0.0
    for apart in sorted({name for side in held for name in side}):
        more = held[1].get(apart, 0) - held[0].get(apart, 0)
        if more:
            holder, other = (of.b, of.a) if more > 0 else (of.a, of.b)
            part = _part(of.library, holder, (apart, key[1]))
            part = part if part is not None else _part(of.library, other, (apart, key[1]))
            total += more * (part or 0.0)
    return total


def _held(one: Edition, key: Key) -> dict[str, int]:
    """What an amount holds more (+1) or less (-1) than its address does now."""
    amount = one.amounts.get(key)
    if amount is None or not amount.apart:
        return {}
    return {amount.apart: 1 if amount.scope == "wider" else -1}


def _part(library: Library, one: Edition, key: Key) -> float | None:
    """What an edition says of an address, or of all that is below it; None where a part of that is not there."""
    if key in one.euros:
        return float(one.euros[key][0])
    below = [_part(library, one, (node.address, key[1])) for node in library.budget.children(key[0])]
    return sum(part for part in below if part is not None) if below and None not in below else None


def with_lines(of: Editions, row: Moved, lines: Mapping[Key, Moved]) -> Moved:
    """A heading with the volumes and prices of the lines that both print below it."""
    below = [lines[address, row.year] for address in _below(row.address, lines, row.year)]
    if row.counted or not below:
        return row
    reasons = dict(row.reasons)
    for reason in (Reason.VOLUME, Reason.PRICE):
        reasons[reason] = sum(line.reasons[reason] for line in below)
    return replace(row, reasons=_closed(reasons, float(row.more[0])))


def _below(address: str, lines: Mapping[Key, Moved], year: int) -> Iterator[str]:
    """The lines with a volume that stand below a heading; commitments follow expenditure."""
    of = address.removesuffix("/verplichtingen")
    inside = [line.address for line in LINES if line.address.startswith((f"{of}/", f"{of}."))]
    yield from (line for line in inside if (line, year) in lines and lines[line, year].counted)


def shown_year(found: Editions) -> int:
    """The year to show the lines of: that of the later budget where both speak of it, else the first they share."""
    wanted = max(found.a.year, found.b.year)
    return wanted if wanted in found.years else found.years[0]
