"""
The key of the Spreidingswet: places by municipality and province, and what a province still has to find.

Besluit (BWBR0049310), article 2.1: a municipality weighs its inhabitants times its SES-WOA score plus one; its share of
the national need is rounded arithmetically, and that of a province is the sum, so that all together may differ from
the need. The score and the population are those of the newest tables of CBS; which they are is for the caller to keep.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ketenraming.base.errors import CaseInvalid
from ketenraming.base.period import add_months
from ketenraming.rules.calendar import YEAR
from ketenraming.rules.explain import Law, Outcome, Parameters, Step, norm_on
from ketenraming.rules.rounding import Exact, exact, half_away

KEY = Law("BWBR0049310", "artikel 2.1, lid 3")
SUM = Law("BWBR0049310", "artikel 2.1, lid 2")


@dataclass(frozen=True, slots=True)
class Municipality:
    """What the key needs of a municipality."""

    code: str
    province: str
    inhabitants: int
    score: Exact  # SES-WOA, about nought; below minus one there is no weight


@dataclass(frozen=True, slots=True)
class Places:
    """Places of reception in a province: how many, from when, and until when (None for no end)."""

    province: str
    count: int
    available_from: date
    available_until: date | None = None


def weight(municipality: Municipality, national: int) -> Fraction:
    """The weight of a municipality: its part of the population, times its score plus one."""
    if national <= 0 or municipality.inhabitants < 0 or exact(municipality.score) < -1:
        raise CaseInvalid(
            f"{municipality.code}: {municipality.inhabitants} of {national} inhabitants with score "
            f"{municipality.score} have no weight. Inhabitants are nought or more, a score is minus one or more."
        )
    return (exact(municipality.score) + 1) * Fraction(municipality.inhabitants, national)


def shares(need: int, municipalities: Iterable[Municipality]) -> Outcome[dict[str, int]]:
    """The places of each municipality, by code."""
    listed = list(municipalities)
    national = sum(each.inhabitants for each in listed)
    weights = {each.code: weight(each, national) for each in listed}
    total = sum(weights.values(), Fraction(0))
    if not total:
        raise CaseInvalid("No municipality has a weight, so nothing can be distributed. Give inhabitants and scores.")
    found = {code: half_away(need * each / total) for code, each in weights.items()}
    steps = (
        Step("spread_weight", {"amount": national, "unit": "person"}, KEY),
        Step("spread_share", {"amount": need, "unit": "place"}, KEY),
        Step("spread_rounded", {"amount": sum(found.values()) - need, "unit": "place"}, SUM),
    )
    return Outcome(found, steps)


def province_tasks(of_municipalities: Mapping[str, int], municipalities: Iterable[Municipality]) -> dict[str, int]:
    """The task of each province: the sum of those of its municipalities."""
    tasks: defaultdict[str, int] = defaultdict(int)
    for each in municipalities:
        tasks[each.province] += of_municipalities[each.code]
    return dict(tasks)


def gap(parameters: Parameters, task: int, places: Iterable[Places], day: date) -> Outcome[int]:
    """What a province still has to find: its task less the places that count; below nought it has more than that."""
    years = norm_on(parameters, "spreiding_sustainable_years", day)
    within = norm_on(parameters, "spreiding_horizon", day)
    counted = sum(each.count for each in places if _counts(each, day, within.count, years.count * YEAR))
    steps = (
        years.step("spread_lasting"),
        within.step("spread_soon", until=add_months(day, within.count)),
        Step("spread_gap", {"amount": task - counted, "unit": "place", "task": task, "counted": counted}, within.law),
    )
    return Outcome(task - counted, steps)


def _counts(places: Places, day: date, within: int, months: int) -> bool:
    """Whether places are there now or soon enough, and for long enough from then."""
    start = max(places.available_from, day)
    if start > add_months(day, within):
        return False
    return places.available_until is None or places.available_until >= add_months(start, months)


def bonus_places(parameters: Parameters, task: int, places: int, day: date) -> Outcome[Fraction]:
    """The places above the part of the task from which there is a payment; the amounts in force were not found."""
    part = norm_on(parameters, "spreiding_bonus_share", day)
    above = max(Fraction(0), places - exact(part.number) * task)
    note = "The amounts of the regulation (Staatscourant 2024, 3349) were not seen."
    unpriced = Step("spread_unpriced", law=Law("BWBR0049307", "artikel 9"), confirmed=False, note=note)
    return Outcome(above, (part.step("spread_bonus", places=float(above)), unpriced))
