"""The housing task of a municipality by half-year: its part of the national number, what it still owes, and swaps."""

from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import CaseInvalid
from ketenraming.evidence.gemeenten import Gemeente, Gemeenten
from ketenraming.evidence.series import Observation
from ketenraming.rules import huisvesting
from ketenraming.rules.explain import Outcome, Parameters
from ketenraming.rules.huisvesting import Ladder, population_day, published_by
from ketenraming.rules.rounding import Exact, exact, half_away


@dataclass(frozen=True, slots=True)
class HalfYear:
    """
    A half-year and its national number; `published` is the observation behind it.

    It is that of the half-year itself, or the last one before it where none was published.
    """

    name: str
    national: int
    published: Observation

    @property
    def carried(self) -> bool:
        """Whether the number is that of an earlier half-year."""
        return self.published.period.text != self.name


@dataclass(frozen=True, slots=True)
class HousingTask:
    """The task of a municipality in a half-year, the day by which it is known, and the population the law asks for."""

    half_year: HalfYear
    task: Outcome[int]
    with_backlog: Outcome[int]
    population_day: Outcome[date]
    published_by: Outcome[date]


def half_years(observations: tuple[Observation, ...], year: int, factor: Exact) -> tuple[HalfYear, ...]:
    """Both half-years of a year, the last published number carried on; `factor` is what a scenario makes of it."""
    found = list[HalfYear]()
    for name in (f"{year}-H1", f"{year}-H2"):
        before = [each for each in observations if each.period.text <= name]
        if not before:
            raise CaseInvalid("No national number of {name} or before was published. Choose a later year.", name=name)
        last = max(before, key=lambda each: each.period.text)
        found.append(HalfYear(name, half_away(exact(last.value) * exact(factor)), last))
    return tuple(found)


def housing_task(
    parameters: Parameters, half_year: HalfYear, of: tuple[Gemeente, Gemeenten], backlog: int
) -> HousingTask:
    """The task of a municipality among all, and what it is with what it still owes."""
    one, everyone = of
    told = huisvesting.task(half_year.national, one.inhabitants, everyone.inhabitants)
    owed = huisvesting.task_with_backlog(told.value, backlog)
    days = (of_half_year(parameters, half_year.name) for of_half_year in (population_day, published_by))
    return HousingTask(half_year, told, owed, *days)


def after_swap(
    half_year: HalfYear, of: tuple[Gemeente, Gemeenten], other: Gemeente, count: int
) -> Outcome[dict[str, int]]:
    """The tasks of two municipalities, by name, after the first took some over; below nought it gives them away."""
    one, everyone = of
    if one.code == other.code:
        raise CaseInvalid("{name} cannot swap with itself. Name another municipality.", name=one.name)
    tasks = {
        each.name: huisvesting.task(half_year.national, each.inhabitants, everyone.inhabitants).value
        for each in (one, other)
    }
    return huisvesting.swapped(tasks, {one.name: count, other.name: -count})


def supervision(parameters: Parameters, missed: int, day: date) -> Outcome[Ladder]:
    """Where a municipality stands that missed so many half-years in a row."""
    if missed < 0:
        raise CaseInvalid("{missed} half-years cannot be missed. Give nought or more.", missed=missed)
    return huisvesting.ladder(parameters, missed, day)
