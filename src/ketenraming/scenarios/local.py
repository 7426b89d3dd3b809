"""The local translation: one municipality, in one year, under what is supposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ketenraming.base.errors import CaseInvalid
from ketenraming.base.finding import Finding
from ketenraming.evidence.gemeenten import Gemeente, Province, disagreements
from ketenraming.evidence.library import Library
from ketenraming.gemeenten import bekostiging, spreiding, taakstelling
from ketenraming.gemeenten.bekostiging import Overrun, Payment
from ketenraming.gemeenten.cycles import Cycle, cycle_of, cycles
from ketenraming.gemeenten.leefgeld import Living, living
from ketenraming.gemeenten.naming import find
from ketenraming.gemeenten.spreiding import Key, Standing
from ketenraming.gemeenten.taakstelling import HalfYear, HousingTask
from ketenraming.rules.explain import Outcome
from ketenraming.rules.huisvesting import Ladder
from ketenraming.rules.rounding import half_away
from ketenraming.rules.spreidingswet import bonus_places
from ketenraming.scenarios.local_asked import TARGETS, Question, Supposed, Swap, asked_year

MOST_PERSONS = 1_000_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A municipality of the same province, with its task and places."""

    municipality: Gemeente
    standing: Standing


@dataclass(frozen=True, slots=True)
class Spread:
    """The task of one municipality and of its province in a cycle; `minors` of both where theirs was found."""

    cycle: Cycle
    task: int
    of_province: int
    minors: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Swapped:
    """The tasks of two municipalities before and after a swap, by name."""

    other: str
    count: int
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Local:
    """All of it, for one municipality in one year."""

    library: Library
    municipality: Gemeente
    province: Province
    year: int
    supposed: Supposed
    key: Key
    cycle: Cycle
    spread: tuple[Spread, ...]
    need: Outcome[dict[str, int]]
    national: int
    standing: Standing
    of_province: Standing
    bonus: Outcome[Fraction]
    housing: tuple[HousingTask, ...]
    backlog: int
    ladder: Outcome[Ladder] | None
    ukraine: Payment
    private: Payment | None
    transit: Payment
    living: Living | None
    transition: Overrun | None
    neighbours: tuple[Neighbour, ...]
    provinces: Mapping[str, Standing]
    places_swap: Swapped | None
    housing_swap: Swapped | None
    findings: tuple[Finding, ...]

    @property
    def bonus_part(self) -> Fraction:
        """The part of the municipality in the places above the bound, by the places that count."""
        whole = self.of_province.counted
        return self.bonus.value * Fraction(self.standing.counted, whole) if whole else Fraction(0)


def local(library: Library, question: Question, given: Supposed | None = None) -> Local:
    """The answer to a question; raises CaseInvalid where something of it cannot be."""
    _refuse_size(question)
    given = given or Supposed()
    gemeenten, parameters, year = library.gemeenten, library.parameters, asked_year(library, question)
    one = find(gemeenten, question.name)
    key = spreiding.scored_key(gemeenten, question.scores) if question.scores else spreiding.implied_key(gemeenten)
    every = cycles(parameters)
    cycle = cycle_of(every, year)
    national = half_away(cycle.need.count * given.places)
    need = spreiding.tasks(key, national)
    day = date(year, 1, 1)
    provinces = _provinces(library, key, need.value, day)
    together = provinces[one.province]
    housing = _housing(library, one, question.backlog, taakstelling_of(library, year, given))
    return Local(
        library=library,
        municipality=one,
        province=gemeenten.provinces[one.province],
        year=year,
        supposed=given,
        key=key,
        cycle=cycle,
        spread=tuple(_spread(key, one, each) for each in every),
        need=need,
        national=national,
        standing=_standing(library, one, need.value, day),
        of_province=together,
        bonus=bonus_places(parameters, together.task, together.counted, _in_force(library, day)),
        housing=housing,
        backlog=question.backlog,
        ladder=None if question.missed is None else taakstelling.supervision(parameters, question.missed, day),
        ukraine=bekostiging.ukraine(parameters, question.places_ukraine, year),
        private=_private(library, question, year),
        transit=bekostiging.transit(parameters, question.places_transit, year),
        living=_living(library, question, year),
        transition=_transition(library, question, year),
        neighbours=_neighbours(library, one, need.value, day),
        provinces=provinces,
        places_swap=_swap_places(library, one, need.value, question.places_swap),
        housing_swap=_swap_housing(library, one, housing[0].half_year, question.housing_swap),
        findings=tuple(disagreements(gemeenten)),
    )


def _refuse_size(question: Question) -> None:
    if abs(question.backlog) > MOST_PERSONS:
        told = {"backlog": question.backlog, "most": MOST_PERSONS}
        raise CaseInvalid("A backlog of {backlog} persons is not within {most}. Correct it.", **told)


def _private(library: Library, question: Question, year: int) -> Payment | None:
    asked = question.displaced
    return bekostiging.private(library.parameters, asked.private, year) if asked.private else None


def _living(library: Library, question: Question, year: int) -> Living | None:
    asked = question.displaced
    if asked.household is None:
        return None
    return living(library.parameters, asked.household, asked.earning, year)


def _transition(library: Library, question: Question, year: int) -> Overrun | None:
    costs = question.transition
    return bekostiging.overrun(library.parameters, costs.granted, costs.spent, year) if costs else None


def _spread(key: Key, one: Gemeente, cycle: Cycle) -> Spread:
    """The tasks of a cycle as it was announced: no scenario changes them."""
    task, whole = _both(key, one, cycle.need.count)
    return Spread(cycle, task, whole, _both(key, one, cycle.minors.count) if cycle.minors else None)


def _both(key: Key, one: Gemeente, need: int) -> tuple[int, int]:
    """The task of a municipality and of its province at a need."""
    of = spreiding.tasks(key, need).value
    return of[one.code], spreiding.province_tasks(key, of)[one.province]


def taakstelling_of(library: Library, year: int, given: Supposed) -> tuple[HalfYear, ...]:
    """Both half-years of a year with their national number."""
    targets = library.series[TARGETS].as_known_on(date.max).observations
    return taakstelling.half_years(targets, year, given.housing)


def _in_force(library: Library, day: date) -> date:
    """The day itself, or the first on which the Spreidingswet was in force."""
    return max(day, min(value.from_ for value in library.parameters["spreiding_bonus_share"].values))


def _standing(library: Library, one: Gemeente, tasks: Mapping[str, int], day: date) -> Standing:
    return spreiding.standing(library.parameters, tasks[one.code], (one,), _in_force(library, day))


def _provinces(library: Library, key: Key, tasks: Mapping[str, int], day: date) -> dict[str, Standing]:
    gemeenten, whole = library.gemeenten, spreiding.province_tasks(key, tasks)
    return {
        code: spreiding.standing(library.parameters, whole[code], gemeenten.of_province(code), _in_force(library, day))
        for code in gemeenten.provinces
    }


def _neighbours(library: Library, one: Gemeente, tasks: Mapping[str, int], day: date) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(each, _standing(library, each, tasks, day)) for each in library.gemeenten.of_province(one.province)
    )


def _housing(library: Library, one: Gemeente, backlog: int, half_years: Sequence[HalfYear]) -> tuple[HousingTask, ...]:
    """The tasks of the half-years; what is owed is on top of the first."""
    owed = (backlog, *(0 for _ in half_years[1:]))
    return tuple(
        taakstelling.housing_task(library.parameters, half_year, (one, library.gemeenten), of_it)
        for half_year, of_it in zip(half_years, owed, strict=True)
    )


def _swap_places(library: Library, one: Gemeente, tasks: Mapping[str, int], swap: Swap | None) -> Swapped | None:
    if swap is None:
        return None
    other = find(library.gemeenten, swap.other)
    after = spreiding.swapped_places(library.gemeenten, tasks, one, other, swap.count)
    before = {one.name: tasks[one.code], other.name: tasks[other.code]}
    return Swapped(other.name, swap.count, before, after)


def _swap_housing(library: Library, one: Gemeente, half_year: HalfYear, swap: Swap | None) -> Swapped | None:
    if swap is None:
        return None
    other = find(library.gemeenten, swap.other)
    before, after = (
        taakstelling.after_swap(half_year, (one, library.gemeenten), other, count).value for count in (0, swap.count)
    )
    return Swapped(other.name, swap.count, before, after)
