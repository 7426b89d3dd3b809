"""
The first estimate: the article's own people times the prices of its funded years, line by line.

*Budgeted* is what is printed. *Needed* is what the printed people cost at known prices. *Gap* is needed less budgeted:
above zero, money is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.base.finding import Finding, most_weighty
from ketenraming.documents.article import BUDGET, PROSE, Article, of_edition
from ketenraming.documents.checks import run_checks
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.finance.payees import LINES, OEKRAINE
from ketenraming.finance.term import Flag, Term, carried, difference, product, total
from ketenraming.scenarios.prices import Draws, Prices, carry_on, fixed_amounts, solve_prices
from ketenraming.scenarios.volumes import lines, read_volumes


@dataclass(frozen=True, slots=True)
class Row:
    """One address in one year, in euros."""

    address: str
    year: str
    budgeted: Term
    needed: Term
    gap: Term

    @property
    def flags(self) -> list[Flag]:
        """What a reader must know of this number, in a fixed order."""
        flags = self.budgeted.flags | self.needed.flags
        return [flag for flag in Flag if flag in flags]


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome: rows by address and year, and what it was made from."""

    edition: str
    library: Library
    years: tuple[str, ...]
    rows: Mapping[tuple[str, str], Row]
    volumes: Mapping[str, Mapping[str, Term]]
    findings: tuple[Finding, ...]
    draws: Draws
    funded_until: str

    def row(self, address: str, year: str) -> Row:
        """One row; raises NotInLibrary with the nearest addresses, or the years there are."""
        if (address, year) in self.rows:
            return self.rows[address, year]
        addresses = {a for a, _ in self.rows}
        if address not in addresses:
            raise NotInLibrary("address", address, addresses)
        raise NotInLibrary("year", year, self.years)

    @property
    def addresses(self) -> list[str]:
        """The addresses in the order of print."""
        return list(dict.fromkeys(address for address, _ in self.rows))

    @property
    def weightiest(self) -> list[Finding]:
        """The three findings that matter most."""
        return most_weighty(self.findings, 3)


def _funded_until(article: Article) -> str:
    """The last year for which the text says the forecast is in the money; the budget year where it is silent."""
    said = article.figures.get(PROSE, "mpp-verwerkt-tot", "")
    return str(said.digits) if said else article.budget_year


def _protected_until(library: Library, published: date) -> str:
    """The year in which temporary protection ends, as known on a day."""
    end = library.parameter("tijdelijke_bescherming_end").on(published, published).value
    return str(end.year) if isinstance(end, date) else "9999"


def _needed_lines(
    article: Article, volumes: Mapping[str, Mapping[str, Term]], prices: Prices, funded_until: str
) -> dict[tuple[str, str], Term]:
    """Needed for every line that follows people, by address and year."""
    library = article.library
    fixed = fixed_amounts(article.figures, library, funded_until)
    protected = _protected_until(library, library.sources[article.name].published)
    needed: dict[tuple[str, str], Term] = {}
    for year in article.years:
        amounts = {name: term if year == term.year else carried(term, year) for name, term in fixed.items()}
        terms = {**volumes[year], **amounts, **{name: row[year] for name, row in prices.items()}}
        pupils = terms["nidos_guidance_stock_avg"]
        terms["nidos_care_stock_avg"] = product("nidos_care_stock_avg", pupils, terms["nidos_care_share"])
        for line in LINES:
            if line in OEKRAINE and year > protected:
                continue
            needed[line.address, year] = line.needed(terms)
    return needed


def _budgeted(article: Article, address: str, funded_until: str) -> dict[str, Term]:
    """Printed amounts of an address, flagged where the text says the forecast is not worked in."""
    horizons = [day.of for day in article.reading.days if day.unit == "year"]
    terms = lines(article.figures, article.library, address)
    after = {year for year in terms if year > funded_until}
    concerned = any(_is_inside(of, address) for of in horizons)
    return {y: t.flagged(Flag.NOT_FUNDED) if concerned and y in after else t for y, t in terms.items()}


def _is_inside(inner: str, outer: str) -> bool:
    """Whether a line is booked at or below an address."""
    return inner == outer or inner.startswith((f"{outer}/", f"{outer}."))


def _roll_up(
    article: Article, year: str, budgeted: Mapping[str, Term], needed: Mapping[tuple[str, str], Term]
) -> dict[str, Term]:
    """Needed at every address: lines that follow people as computed, others as printed, headings as sums."""
    tree, made = article.library.budget, dict[str, Term]()
    addresses = [node.address for node in tree if node.address in budgeted]
    for address in sorted(addresses, key=lambda a: (-tree[a].depth, addresses.index(a))):
        below = [made[node.address] for node in tree.children(address) if node.address in made]
        if (address, year) in needed:
            made[address] = needed[address, year]
        elif below:
            made[address] = total(address, below)
        else:
            ends = address.startswith("37.7/")
            made[address] = budgeted[address].flagged(Flag.AS_PRINTED, *([Flag.ENDS] if ends else []))
    return made


def _with_commitments(made: dict[str, Term], budgeted: Mapping[str, Term], number: str) -> None:
    """Commitments follow expenditure, with the difference that is printed."""
    name = f"{number}/verplichtingen"
    if name in budgeted and number in budgeted:
        apart = difference("verplichtingen - uitgaven", budgeted[name], budgeted[number])
        made[name] = total(name, [made[number], apart])


def run(library: Library, edition: str = BASELINE, draws: int = 1000, seed: int = 7) -> Run:
    """
    Estimate an edition again from its own people.

    `draws` is how many times the prices after the last funded year are drawn (at most 100,000).
    """
    if not 1 <= draws <= 100_000:
        raise KetenramingError(f"{draws} draws were asked for; choose between 1 and 100000.")
    article = of_edition(library, edition)
    years, until = article.years, _funded_until(article)
    funded, after = [y for y in years if y <= until], [y for y in years if y > until]
    volumes = read_volumes(article.figures, library, years)
    drawn = Draws(draws, seed)
    prices = carry_on(solve_prices(article.figures, library, volumes, funded, until), after, drawn)
    needed = _needed_lines(article, volumes, prices, until)
    rows = _rows(article, years, needed, until)
    return Run(edition, library, tuple(years), rows, volumes, tuple(run_checks(article)), drawn, until)


def _rows(
    article: Article, years: Sequence[str], needed: Mapping[tuple[str, str], Term], until: str
) -> dict[tuple[str, str], Row]:
    printed = {address: _budgeted(article, address, until) for address in article.rows}
    rows: dict[tuple[str, str], Row] = {}
    made = {}
    for year in years:
        budgeted = {address: terms[year] for address, terms in printed.items() if year in terms}
        made[year] = _roll_up(article, year, budgeted, needed)
        _with_commitments(made[year], budgeted, article.number)
    for address in article.figures.rows(BUDGET):
        for year in years:
            whole, part = made[year][address], printed[address][year]
            rows[address, year] = Row(address, year, part, whole, difference(f"gap {address}", whole, part))
    return rows
