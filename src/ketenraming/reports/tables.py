"""
The article as a table of whole thousands.

This is the only place where euros are rounded: lines to the thousand, headings as sums of rounded lines, so that what
is printed adds up to what is printed.
"""

from dataclasses import dataclass
from functools import lru_cache

from ketenraming.finance.term import Flag
from ketenraming.reports.numbers import Lang, money
from ketenraming.reports.words import say
from ketenraming.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class Figures:
    """
    One address in one year, in whole thousands of euros; the band is of *needed*, 80 percent of the draws.

    `chance_over` is the share of draws in which more is needed than is budgeted.
    """

    budgeted: int
    needed: int
    low: int
    high: int
    flags: tuple[Flag, ...]
    chance_over: float = 0.0

    @property
    def gap(self) -> int:
        """Needed less budgeted: above zero, money is missing."""
        return self.needed - self.budgeted


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the article table."""

    address: str
    depth: int
    years: dict[str, Figures]

    @property
    def follows_people(self) -> bool:
        """Whether needed was computed from people in any year, here or below."""
        return any(Flag.SOLVED in figures.flags for figures in self.years.values())


@lru_cache(maxsize=2)  # the parts of a page or a document ask for it, one after the other
def article_table(run: Run) -> tuple[Line, ...]:
    """All rows of the article in the order of print."""
    rounded = {year: _rounded(run, year) for year in run.years}
    return tuple(_line(run, address, rounded) for address in run.addresses)


def _rounded(run: Run, year: str) -> dict[str, int]:
    """Needed in whole thousands: lines rounded, headings summed from them."""
    tree, whole = run.library.budget, dict[str, int]()
    deepest_first = sorted(run.addresses, key=lambda address: -tree[address].depth)
    for address in deepest_first:
        below = [whole[node.address] for node in tree.children(address) if node.address in whole]
        whole[address] = sum(below) if below else round(run.row(address, year).needed.central / 1000)
    beside = "37/verplichtingen"
    if beside in whole:
        printed = [round(run.row(address, year).budgeted.central / 1000) for address in (beside, "37")]
        whole[beside] = whole["37"] + printed[0] - printed[1]
    return whole


def _line(run: Run, address: str, rounded: dict[str, dict[str, int]]) -> Line:
    years = {}
    for year in run.years:
        row = run.row(address, year)
        low, _, high = row.needed.quantiles()
        budgeted = round(row.budgeted.central / 1000)
        band = round(low / 1000), round(high / 1000)
        years[year] = Figures(budgeted, rounded[year][address], *band, tuple(row.flags), row.chance_over)
    return Line(address, run.library.budget[address].depth, years)


def headline(run: Run, lang: Lang) -> str:
    """The hole in the first year that is not funded, in one sentence with its band."""
    year = next((year for year in run.years if year > run.funded_until), run.years[-1])
    row = run.row("37", year)
    low, _, high = row.gap.quantiles()
    amounts = {"budgeted": row.budgeted.central, "needed": row.needed.central, "gap": row.gap.central}
    words = {name: money(value, lang) for name, value in {**amounts, "low": low, "high": high}.items()}
    return say(run.library, "headline_scenario" if run.scenarios else "headline", lang, year=year, **words)


def supposed(run: Run, lang: Lang) -> str:
    """The titles of the scenarios, in the order in which they were made; empty for the baseline."""
    titles = [one.title.nl if lang == "nl" else one.title.en for one in run.scenarios]
    return say(run.library, "supposed", lang, titles=" + ".join(titles)) if titles else ""


def explained_share(run: Run, year: str) -> float:
    """The share of expenditure, in percent, on lines whose need follows from people."""
    lines = [line for line in article_table(run) if line.depth == 3 and line.follows_people]
    whole = run.row("37", year).budgeted.central / 1000
    return 100 * sum(line.years[year].budgeted for line in lines) / whole
