"""
What is asked of a municipality, and what scenarios suppose of the need for places and of the housing task.

What a scenario changes of the need for places is taken to be what it changes of the mean occupancy of reception in the
year; what it changes of the housing task, what it changes of the residents who begin to wait for a home. Without a
scenario both are as published, in every year.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ketenraming.base.errors import CaseInvalid
from ketenraming.documents.article import of_edition
from ketenraming.evidence.library import Library
from ketenraming.rules.ontheemden import Household
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import Run, baseline_of, run_on
from ketenraming.scenarios.scenario import Scenario

TARGETS = "huisvesting_target_outflow_halfyear"
OCCUPANCY, WAITING = "opvang_stock_avg", "huisvesting_inflow"
CENTRAL_ONLY = Draws(1, 7)
USUAL_PLACES = 100


@dataclass(frozen=True, slots=True)
class Swap:
    """So many places or persons taken over from another municipality; below nought they are given to it."""

    other: str
    count: int


@dataclass(frozen=True, slots=True)
class Displaced:
    """Persons in private reception, and a household of which some adults have enough income."""

    private: int = 0
    household: Household | None = None
    earning: int = 0


@dataclass(frozen=True, slots=True)
class Costs:
    """Transition costs in euros, as granted and as spent."""

    granted: float
    spent: float


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a municipality; a year of nought is the last one with a published housing task."""

    name: str
    year: int = 0
    backlog: int = 0
    missed: int | None = None
    places_ukraine: int = USUAL_PLACES
    places_transit: int = USUAL_PLACES
    housing_swap: Swap | None = None
    places_swap: Swap | None = None
    scores: Mapping[str, Fraction] = field(default_factory=dict)
    displaced: Displaced = Displaced()
    transition: Costs | None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """What scenarios change in a year: places and housing, each as a factor of the baseline."""

    scenarios: tuple[str, ...] = ()
    places: Fraction = Fraction(1)
    housing: Fraction = Fraction(1)


def years(library: Library) -> tuple[int, ...]:
    """The years of which it can be asked: those of the article."""
    return tuple(int(year) for year in of_edition(library).years)


def usual_year(library: Library) -> int:
    """The last year with a published housing task."""
    return max(each.period.last.year for each in library.series[TARGETS].observations)


def supposed(library: Library, scenarios: tuple[Scenario, ...], year: int) -> Supposed:
    """What these scenarios change in a year; nothing is run where there are none."""
    if not scenarios:
        return Supposed()
    base = baseline_of(library)
    return compared(run_on(base, (), CENTRAL_ONLY), run_on(base, scenarios, CENTRAL_ONLY), year)


def compared(base: Run, run: Run, year: int) -> Supposed:
    """What one run has in a year, as a factor of another."""
    places, housing = (_factor(base, run, name, str(year)) for name in (OCCUPANCY, WAITING))
    return Supposed(tuple(each.id for each in run.scenarios), places, housing)


def _factor(base: Run, run: Run, name: str, year: str) -> Fraction:
    """The central value of one run over that of the other, to six decimals: more would be noise."""
    before, after = base.terms[year][name].central, run.terms[year][name].central
    return Fraction(round(after / before * 10**6), 10**6) if before else Fraction(1)


def asked_year(library: Library, question: Question) -> int:
    """The year of a question; raises CaseInvalid where nothing is known of it."""
    year, known = question.year or usual_year(library), years(library)
    if year not in known:
        raise CaseInvalid(
            "The year {year} is not one of {first} to {last}. Choose one of these.",
            year=year,
            first=known[0],
            last=known[-1],
        )
    return year
