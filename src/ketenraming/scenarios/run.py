"""
The estimate: the people of the chain times their prices, line by line.

*Budgeted* is what is printed. *Needed* is what the people cost, of a chain that is filled with the flows that the
article prints. *Gap* is needed less budgeted: above zero, money is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.base.finding import Finding, most_weighty
from ketenraming.documents.article import BUDGET, PROSE, Article, of_edition
from ketenraming.documents.checks import run_checks
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.finance.attribution import oda, reserve
from ketenraming.finance.payees import LINES, OEKRAINE
from ketenraming.finance.term import Flag, Term, difference, total
from ketenraming.scenarios.change import apply, stack
from ketenraming.scenarios.estimate import Baseline, in_year, make_baseline, terms_of
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.scenario import Scenario
from ketenraming.scenarios.shelf import load_scenarios
from ketenraming.scenarios.volumes import lines, printed

MOST_DRAWS = 100_000
RECEPTION = "37.4"  # whose setbacks the asylum reserve is for
_CENT = 0.01  # euros: less than this is rounding


@dataclass(frozen=True, slots=True)
class Row:
    """One address in one year, in euros."""

    address: str
    year: str
    budgeted: Term
    needed: Term

    @property
    def gap(self) -> Term:
        """Needed less budgeted: above zero, money is missing."""
        return difference(f"gap {self.address}", self.needed, self.budgeted)

    @property
    def chance_over(self) -> float:
        """The share of draws in which more is needed than is budgeted."""
        over = self.gap.quantity.amount
        return float(((over[1:] if over.size > 1 else over) > _CENT).mean())

    @property
    def flags(self) -> list[Flag]:
        """What a reader must know of this number, in a fixed order."""
        flags = self.budgeted.flags | self.needed.flags
        return [flag for flag in Flag if flag in flags]


@dataclass(frozen=True, eq=False)
class Run:
    """The outcome: rows by address and year, and what it was made from. No two are compared."""

    base: Baseline
    scenarios: tuple[Scenario, ...]
    draws: Draws
    terms: Mapping[str, Mapping[str, Term]]
    rows: Mapping[tuple[str, str], Row]

    @property
    def edition(self) -> str:
        """The budget document that is estimated again."""
        return self.base.article.name

    @property
    def library(self) -> Library:
        """The library it was made from."""
        return self.base.library

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the article."""
        return self.base.horizon.years

    @property
    def funded_until(self) -> str:
        """The last year for which the text says that the forecast is in the money."""
        return self.base.funded[-1]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a check of the article finds."""
        return _findings(self.base)

    @cached_property
    def oda(self) -> dict[str, dict[str, Term]]:
        """What counts as development assistance, by year and part; made when it is first asked for."""
        return _oda(self.base, self.terms, self.rows)

    @cached_property
    def reserve(self) -> dict[str, dict[str, Term]]:
        """The asylum reserve by year and part; empty where the text says nothing of it."""
        return _reserve(self.base.article, self.rows)

    def row(self, address: str, year: str) -> Row:
        """One row; raises NotInLibrary with the nearest addresses, or the years there are."""
        if (address, year) in self.rows:
            return self.rows[address, year]
        if address not in self.addresses:
            raise NotInLibrary("address", address, self.addresses)
        raise NotInLibrary("year", year, self.years)

    @property
    def addresses(self) -> list[str]:
        """The addresses in the order of print."""
        return list(self.base.article.figures.rows(BUDGET))

    @property
    def weightiest(self) -> list[Finding]:
        """The three findings that matter most."""
        return most_weighty(self.findings, 3)


def _funded_until(article: Article) -> str:
    """The last year for which the text says the forecast is in the money; the budget year where it is silent."""
    said = article.figures.get(PROSE, "mpp-verwerkt-tot", "")
    return str(said.digits) if said else article.budget_year


def people_known_until(base: Baseline, scenarios: Sequence[Scenario]) -> str:
    """
    The year until which the people of 37.7 are known: that in which temporary protection ends, as known on a day.

    A scenario that says who stays or leaves makes them known for all years.
    """
    if any(change.name.startswith("ontheemde_") for scenario in scenarios for change in scenario.changes):
        return base.horizon.years[-1]
    end = base.library.parameter("tijdelijke_bescherming_end").on(base.known_on, base.known_on).value
    return str(end.year) if isinstance(end, date) else base.horizon.years[-1]


def needed_lines(terms: Mapping[str, Mapping[str, Term]], known_until: str) -> dict[tuple[str, str], Term]:
    """Needed for every line that follows people, by address and year; of 37.7 as long as its people are known."""
    return {
        (line.address, year): line.needed(of_year)
        for year, of_year in terms.items()
        for line in LINES
        if line not in OEKRAINE or year <= known_until
    }


def years_not_funded(article: Article, address: str) -> frozenset[str]:
    """The years of an address into which the text says that the forecast is not worked."""
    horizons = [day.of for day in article.reading.days if day.unit == "year"]
    concerned, until = any(is_inside(of, address) for of in horizons), _funded_until(article)
    return frozenset(year for year in article.years if concerned and year > until)


def is_inside(inner: str, outer: str) -> bool:
    """Whether a line is booked at or below an address."""
    return inner == outer or inner.startswith((f"{outer}/", f"{outer}."))


@lru_cache(maxsize=4)
def _printed(base: Baseline) -> dict[str, dict[str, Term]]:
    """Printed amounts by address and year, flagged where the text says that the forecast is not worked in."""
    return {address: _budgeted(base.article, address) for address in base.article.figures.rows(BUDGET)}


def _budgeted(article: Article, address: str) -> dict[str, Term]:
    """Printed amounts of an address, flagged where the text says the forecast is not worked in."""
    terms, after = lines(article.figures, article.library, address), years_not_funded(article, address)
    return {year: term.flagged(Flag.NOT_FUNDED) if year in after else term for year, term in terms.items()}


@lru_cache(maxsize=4)
def _upwards(base: Baseline) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every printed address with those right below it, the deepest first; commitments stand apart."""
    tree, own = base.library.budget, _commitments(base.article)
    addresses = [n.address for n in tree if n.address in _printed(base) and n.address != own]
    deepest_first = sorted(addresses, key=lambda address: -tree[address].depth)
    return tuple((address, tuple(node.address for node in tree.children(address))) for address in deepest_first)


def _commitments(article: Article) -> str:
    """The address of the commitments of an article."""
    return f"{article.number}/verplichtingen"


@lru_cache(maxsize=64)
def _as_printed(base: Baseline, year: str) -> dict[str, Term]:
    """What is taken as it is printed, where no people and no lines below make an amount."""
    found = {address: terms[year] for address, terms in _printed(base).items() if year in terms}
    ends = {address: [Flag.ENDS] if address.startswith("37.7/") else [] for address in found}
    return {address: term.flagged(Flag.AS_PRINTED, *ends[address]) for address, term in found.items()}


@lru_cache(maxsize=64)
def _ahead_of_money(base: Baseline, year: str) -> Term | None:
    """By how much more is committed than is spent, as it is printed; none where either is not."""
    number, printed = base.article.number, _printed(base)
    name = _commitments(base.article)
    if year not in printed.get(name, {}) or year not in printed.get(number, {}):
        return None
    return difference("verplichtingen - uitgaven", printed[name][year], printed[number][year])


def _roll_up(base: Baseline, needed: Mapping[tuple[str, str], Term], year: str) -> dict[str, Term]:
    """
    Needed at every address: lines that follow people as computed, others as printed, headings as sums.

    Commitments follow expenditure, with the difference that is printed.
    """
    made, as_printed = dict[str, Term](), _as_printed(base, year)
    for address, inside in _upwards(base):
        below = [made[one] for one in inside if one in made]
        if (address, year) in needed:
            made[address] = needed[address, year]
        elif below:
            made[address] = total(address, below)
        elif address in as_printed:
            made[address] = as_printed[address]
    if apart := _ahead_of_money(base, year):
        name = _commitments(base.article)
        made[name] = total(name, [made[base.article.number], apart])
    return made


class _Rows(Mapping[tuple[str, str], Row]):
    """Rows by address and year; those of a year are made when one of them is first asked for."""

    def __init__(self, base: Baseline, terms: Mapping[str, Mapping[str, Term]], known_until: str) -> None:
        self._base, self._terms, self._known_until = base, terms, known_until
        self._needed: dict[str, dict[str, Term]] = {}

    def __getitem__(self, key: tuple[str, str]) -> Row:
        address, year = key
        if year not in self._needed:
            lines = needed_lines({year: self._terms[year]}, self._known_until)
            self._needed[year] = _roll_up(self._base, lines, year)
        return Row(address, year, _printed(self._base)[address][year], self._needed[year][address])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((address, year) for address in _printed(self._base) for year in self._base.horizon.years)

    def __len__(self) -> int:
        return len(_printed(self._base)) * len(self._base.horizon.years)


def run(
    library: Library, edition: str = BASELINE, draws: int = 1000, seed: int = 7, scenarios: Sequence[str | Path] = ()
) -> Run:
    """
    Estimate an edition again, from the people of the chain.

    `draws` is how many times what is uncertain is drawn (at most 100,000); `scenarios` are stacked in their order.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise KetenramingError(f"{draws} draws were asked for; choose between 1 and {MOST_DRAWS}.")
    return run_on(baseline_of(library, edition), load_scenarios(scenarios, library), Draws(draws, seed))


@lru_cache(maxsize=4)
def baseline_of(library: Library, edition: str = BASELINE) -> Baseline:
    """The baseline of an edition, as known on the day it was published; kept, so that the next run need not fit it."""
    article = of_edition(library, edition)
    return make_baseline(article, library.start, _funded_until(article))


@lru_cache(maxsize=4)
def _findings(base: Baseline) -> tuple[Finding, ...]:
    """What a check of the article finds; no scenario changes it."""
    return tuple(run_checks(base.article))


def run_on(base: Baseline, scenarios: tuple[Scenario, ...], drawn: Draws, threads: int = 1) -> Run:
    """The estimate of these scenarios, stacked in their order, upon a baseline; alike for any `threads`."""
    terms = terms_of(base, apply(stack(scenarios), base.paths, base.horizon), drawn, threads)
    return Run(base, scenarios, drawn, terms, _Rows(base, terms, people_known_until(base, scenarios)))


def _oda(
    base: Baseline, terms: Mapping[str, Mapping[str, Term]], rows: Mapping[tuple[str, str], Row]
) -> dict[str, dict[str, Term]]:
    """What counts as development assistance, by year and part; its shares are solved for at the baseline."""
    made = {}
    for year, row in terms.items():
        known = in_year(base.oda, year)
        made[year] = oda({**row, **known}, {line.address: rows[line.address, year].needed for line in LINES})
    return made


def _reserve(article: Article, rows: Mapping[tuple[str, str], Row]) -> dict[str, dict[str, Term]]:
    """The asylum reserve by year and part; empty where the text says nothing of it."""
    said = article.figures.row(PROSE, "asielreserve")
    if not said:
        return {}
    drawn = {year: printed(figure, article.library, "reserve_drawn", "EUR") for year, figure in said.items()}
    first = min(drawn)  # one number is printed: what remains is what is used in that year, so it stood there before
    gaps = {year: rows[RECEPTION, year].gap for year in article.years if year >= first}
    return reserve(drawn[first], drawn, gaps)
