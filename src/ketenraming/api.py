"""
The Python interface: `run` an estimate, and ask its outcome for tables, charts, traces and arrays.

    import ketenraming as kr

    run = kr.run("instroom-plus-10000", draws=1000)
    run.table(2027, lang="en")
    run.plot("37.4/zbo/coa").save("coa.svg")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.library import BASELINE, Library, load
from ketenraming.reports import frames, shown
from ketenraming.reports.fan import Chart, fan
from ketenraming.reports.numbers import Lang
from ketenraming.reports.tables import headline, supposed
from ketenraming.scenarios import compare as comparing
from ketenraming.scenarios.run import MOST_DRAWS, Row, Run
from ketenraming.scenarios.run import run as estimate

if TYPE_CHECKING:
    import pandas
    import xarray

NO_SCENARIO = "baseline"
Asked = str | Path | Sequence[str | Path]
Year = str | int


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a run gives, with labels. Years may be numbers or texts; words are Dutch unless `lang="en"`."""

    run: Run

    @property
    def library(self) -> Library:
        """The library that the run was made with."""
        return self.run.library

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the article."""
        return tuple(int(year) for year in self.run.years)

    @property
    def addresses(self) -> list[str]:
        """The addresses of the article, in the order of print."""
        return self.run.addresses

    def row(self, address: str, year: Year) -> Row:
        """Budgeted, needed and gap of one address in one year, in euros; refused with the nearest addresses."""
        return self.run.row(address, str(year))

    def table(self, year: Year | None = None, lang: Lang = "nl") -> shown.Table:
        """The article in whole thousands: of one year with the band of 80 percent, or of all years."""
        return shown.article(self.run, None if year is None else str(year), lang)

    def trace(self, address: str, year: Year, lang: Lang = "nl") -> shown.Trace:
        """How a number came about, down to document, table, row and column."""
        return shown.Trace(self.row(address, year), self.run, lang)

    def quantity(self, name: str, lang: Lang = "nl") -> shown.Yearly:
        """A number of people or cases, a price, or what an address needs, by year and draw, with its unit."""
        return shown.by_year(self.run, name, lang)

    def plot(self, name: str, lang: Lang = "nl") -> Chart:
        """A chart of an address, a quantity or a price over the years, with bands of 50 and 80 percent of the draws."""
        return fan(self.run, name, lang)

    def to_pandas(self) -> "pandas.DataFrame":
        """One long table in euros: address, year, what, central, p10 to p90, chance_over. Needs pandas."""
        return frames.to_pandas(self.run)

    def to_xarray(self) -> "xarray.Dataset":
        """Needed and gap by address, year and draw; people by variable, year and draw. Needs xarray."""
        return frames.to_xarray(self.run)

    def __repr__(self) -> str:
        return "\n".join(filter(None, (supposed(self.run, "nl"), headline(self.run, "nl"))))

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def run(
    scenario: Asked = NO_SCENARIO,
    draws: int = 1000,
    seed: int = 7,
    library: Library | None = None,
    edition: str = BASELINE,
) -> Outcome:
    """
    Estimate the article again.

    `scenario` is an id, a path, or a list of them to be stacked; `draws` is how many times what is uncertain is drawn
    (at most 100,000). The same library, scenario, draws and seed give the same numbers. Without `library` the shipped
    one is taken, which is read once.
    """
    if isinstance(scenario, Library):
        raise KetenramingError("A library is given by its name: run(library=…). The first argument is the scenario.")
    asked = [scenario] if isinstance(scenario, str | Path) else list(scenario)
    named = [one for one in asked if one != NO_SCENARIO]
    return Outcome(estimate(library or shipped(), edition, draws, seed, named))


def compare(a: str, b: str, draws: int = 1000, seed: int = 7, library: Library | None = None) -> comparing.Comparison:
    """How much more B needs than A by line and year, and why; each is a scenario, several joined by +, or baseline."""
    if not 1 <= draws <= MOST_DRAWS:
        raise KetenramingError(f"{draws} draws were asked for; choose between 1 and {MOST_DRAWS}.")
    return comparing.compare(library or shipped(), a, b, draws, seed)


@lru_cache(maxsize=1)
def shipped() -> Library:
    """The library that is shipped with this package, read once."""
    return load()
