"""An article as it is checked: its printed figures, what reading it already found, and what it is held against."""

from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import ParameterNotFound
from ketenraming.base.finding import Finding
from ketenraming.evidence.figure import Figures, Kind
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.evidence.parameter import DatedValue
from ketenraming.evidence.reading import Reading

BUDGET = "budgettaire-gevolgen"  # the main table
KEY_FIGURES = "kengetallen"
PROSE = "proza"  # amounts in the text
NOT_NUMBERS = {Kind.DAY, Kind.WORDING}  # kept as figures so that checks can read them, not counted as numbers


@dataclass(frozen=True, slots=True)
class Article:
    """Everything a check may look at."""

    name: str
    figures: Figures
    reading: Reading
    library: Library
    findings: tuple[Finding, ...] = ()
    rows: tuple[str, ...] = ()  # main-table addresses in the order of print, headings without numbers included

    @property
    def number(self) -> str:
        """The number of the article: `37`."""
        return next((row.partition(".")[0].partition("/")[0] for row in self.rows), "37")

    @property
    def years(self) -> list[str]:
        """The years of the main table that say something."""
        cells = [cell for row in self.figures.rows(BUDGET).values() for cell in row.items()]
        return sorted({year for year, figure in cells if year.isdigit() and figure.applies})

    @property
    def budget_year(self) -> str:
        """The year the budget is for: four before the last column (t-2 … t+4), or the third of a shorter table."""
        columns = sorted({c for cells in self.figures.rows(BUDGET).values() for c in cells if c.isdigit()})
        if not columns:
            return ""
        fourth_last = str(int(columns[-1]) - 4)
        return fourth_last if fourth_last in columns else columns[min(2, len(columns) - 1)]

    @property
    def published(self) -> date:
        """The day a draft budget is published: the third Tuesday of September before the budget year."""
        first = date(int(self.budget_year or 2026) - 1, 9, 1)
        return first.replace(day=15 + (1 - first.weekday()) % 7)

    def law(self, name: str, day: date) -> DatedValue | None:
        """What was law on a day as known when the article was published, or None where the library has nothing."""
        try:
            return self.library.parameter(name).on(day, self.published)
        except ParameterNotFound:
            return None


def of_edition(library: Library, edition: str = BASELINE, reading: str = "artikel-37") -> Article:
    """The article as the library holds it."""
    figures = library.edition(edition)
    return Article(edition, figures, library.readings[reading], library, rows=tuple(figures.rows(BUDGET)))
