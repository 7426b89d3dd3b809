"""
What was known on a day: a library that holds nothing later, so that what reads it cannot know better.

Every forecast of the back-test is made from such a library alone; outcomes and official figures are read elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from ketenraming.base.errors import ObservationNotFound
from ketenraming.evidence.library import Library
from ketenraming.evidence.observed import AllSeries, Observed
from ketenraming.evidence.vintage import DRAFT, FIRST
from ketenraming.scenarios.hindcast.model import FIXED
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, LAST_YEAR, Point, read_points

EDITIONS = tuple(range(2015, LAST_YEAR + 1))  # budget years
STAGES = (DRAFT, FIRST)  # the documents on whose eves we stand
NOWHERE = Path("nothing-is-read-from-disk")
_TUESDAY = 1


@dataclass(frozen=True, slots=True)
class Vantage:
    """The last day on which a document of a budget year was not yet known."""

    stage: str
    edition: int
    day: date


def day_of_draft(edition: int) -> date:
    """The third Tuesday of September of the year before: the day on which a draft budget is published."""
    first = date(edition - 1, 9, 1)
    return first + timedelta(days=(_TUESDAY - first.weekday()) % 7 + 14)


def vantages(library: Library) -> tuple[Vantage, ...]:
    """The eves of all draft budgets, then those of all first supplementary budgets."""
    printed = library.vintages.documents.values()
    spring = {each.year: each.published for each in printed if each.stage == FIRST and each.year in EDITIONS}
    days = [(DRAFT, year, day_of_draft(year)) for year in EDITIONS]
    days += [(FIRST, year, spring[year]) for year in EDITIONS if year in spring]
    return tuple(Vantage(stage, year, day - timedelta(days=1)) for stage, year, day in days)


def cut(library: Library, day: date) -> Library:
    """
    The library as a reader had it on a day.

    Series, forecasts of others and vintages that were published later are not in it, and neither are the editions, the
    start of 2025, the texts and the parameters; only the assumptions of the hindcast stay, which are of no day. Its
    folder is not there, so that nothing can be read from disk again.
    """
    kept = {f"hindcast_{name}": library.parameter(f"hindcast_{name}") for name in FIXED}
    known = replace(library, root=NOWHERE, digest="", parameters=kept, editions={}, sources={}, readings={})
    known = replace(known, findings={}, messages={}, refusals={})
    series = AllSeries(
        (name, each.with_observations(seen for seen in each.observations if seen.known_since <= day))
        for name, each in library.series.items()
    )
    forecasts = tuple(each for each in library.forecasts if each.made_on <= day)
    vintages = library.vintages.as_known_on(day)
    # A frozen library reads these from disk when first asked for; here they are what was known, so it never does.
    vars(known).update(observed=Observed(series, forecasts), vintages=vintages, start={})
    return known


class TooLittleKnown(ObservationNotFound):
    """Nothing can be forecast from what was known; `what` is missing: no_decisions, no_nareis or no_euros."""

    def __init__(self, what: str, day: date) -> None:
        super().__init__(f"{what.replace('_', ' ')} since {FIRST_YEAR} in what was published by {day}.")
        self.what = what


@dataclass(frozen=True, slots=True)
class Level:
    """Euros of a year as last printed before a day: in or after that year, so no longer a draft."""

    year: int
    euros: float


def levels(known: Library, edition: int, address: str) -> tuple[Level, ...]:
    """What was last printed of a line, for the years before a budget year; the oldest first."""
    return tuple(_levels(known, edition, address))


def _levels(known: Library, edition: int, address: str) -> Iterator[Level]:
    vintages = known.vintages
    if address not in vintages.addresses:
        return
    for year in vintages.years(address):
        printed = [each for each in vintages.of(address, year) if each.known_since >= date(year, 1, 1)]
        if printed and year < edition:
            yield Level(year, float(printed[-1].euros))


def counts(known: Library) -> tuple[Point, ...]:
    """Counts of reception, in the order of their days."""
    found = [point for point in read_points(known) if point.what == "coa"]
    return tuple(sorted(found, key=lambda point: (point.month + point.weight, point.step)))


def year_ends(known: Library) -> dict[int, float]:
    """Persons in reception at the ends of the years that were counted."""
    before = known.series["coa_stock_end"].by_year(2010, FIRST_YEAR - 1)
    found = {year: float(value) for year, value in zip(range(2010, FIRST_YEAR), before, strict=True) if value == value}
    return found | {point.year_end: point.value for point in counts(known) if point.year_end}
