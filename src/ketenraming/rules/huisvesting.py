"""
The task to house permit holders (Huisvestingswet 2014, BWBR0035303, articles 28 to 30), by half-year.

The national number times the part of a municipality in the population, rounded up; so all together is above the
national number by about half the number of municipalities, which is as it should be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ketenraming.base.errors import CaseInvalid
from ketenraming.base.period import Length, parse_period
from ketenraming.rules.calendar import span_of
from ketenraming.rules.explain import Law, Outcome, Parameters, Step, norm_on
from ketenraming.rules.rounding import up

ACT = "BWBR0035303"
FORMULA, SWAP = Law(ACT, "artikel 29, lid 1"), Law(ACT, "artikel 29, lid 2")
UNREAD = "The picture of the formula could not be read; its variables and its rounding could."


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a municipality stands under supervision: half-years missed, and whether the province may step in."""

    missed: int
    may_intervene: bool


def task(national: int, inhabitants: int, of_all: int) -> Outcome[int]:
    """The task of a municipality for a half-year, before what it still owes."""
    if of_all <= 0 or not 0 <= inhabitants <= of_all or national < 0:
        raise CaseInvalid(
            "{inhabitants} of {of_all} inhabitants and {national} persons make no task. Correct them.",
            inhabitants=inhabitants,
            of_all=of_all,
            national=national,
        )
    persons = up(Fraction(national * inhabitants, of_all))
    words = {"amount": persons, "unit": "person", "national": national, "inhabitants": inhabitants, "of_all": of_all}
    return Outcome(persons, (Step("housing_task", words, FORMULA, note=UNREAD),))


def task_with_backlog(of_half_year: int, shortfall: int) -> Outcome[int]:
    """The task with what was not done before; who did more than asked (below nought) has less to do."""
    words = {"amount": of_half_year + shortfall, "unit": "person", "shortfall": shortfall}
    return Outcome(of_half_year + shortfall, (Step("housing_backlog", words),))


def swapped(tasks: Mapping[str, int], changes: Mapping[str, int]) -> Outcome[dict[str, int]]:
    """Tasks after municipalities took over from each other; a swap that changes their sum is refused."""
    if unknown := sorted(set(changes) - set(tasks)):
        raise CaseInvalid("{names} has no task to swap. Name municipalities that have one.", names=", ".join(unknown))
    if sum(changes.values()):
        raise CaseInvalid(
            "The swap adds up to {total}, not to nought. What one takes another gives.", total=sum(changes.values())
        )
    found = {name: persons + changes.get(name, 0) for name, persons in tasks.items()}
    if below := sorted(name for name, persons in found.items() if persons < 0):
        raise CaseInvalid("{names} would have a task below nought. Swap fewer.", names=", ".join(below))
    return Outcome(found, (Step("housing_swap", {"amount": sum(found.values()), "unit": "person"}, SWAP),))


def population_day(parameters: Parameters, half_year: str) -> Outcome[date]:
    """The day of the population that counts for a half-year such as 2026-H1: 1 January of the year before."""
    first = _half_year(half_year)
    norm = norm_on(parameters, "taakstelling_population_years", first)
    day = date(first.year - norm.count, 1, 1)
    return Outcome(day, (norm.step("housing_population", day=day),))


def published_by(parameters: Parameters, half_year: str) -> Outcome[date]:
    """The last day on which the national number of a half-year is published in time."""
    first = _half_year(half_year)
    norm = norm_on(parameters, "taakstelling_publication", first)
    day = first - timedelta(days=span_of(norm.number, norm.unit).days)
    return Outcome(day, (norm.step("housing_published", day=day),))


def ladder(parameters: Parameters, missed: int, day: date) -> Outcome[Ladder]:
    """Where a municipality stands that fell short for so many half-years in a row."""
    norm = norm_on(parameters, "taakstelling_intervention", day)
    may_intervene = missed >= norm.count
    key = "housing_intervention" if may_intervene else "housing_supervised"
    return Outcome(Ladder(missed, may_intervene), (norm.step(key, missed=missed),))


def _half_year(text: str) -> date:
    """The first day of a half-year; raises CaseInvalid where it is none."""
    try:
        period = parse_period(text)
    except ValueError as error:
        raise CaseInvalid("{text!r} is no half-year: write 2026-H1.", text=text) from error
    if period.length is not Length.HALFYEAR:
        raise CaseInvalid("{text!r} is no half-year: write 2026-H1.", text=text)
    return period.first
