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
LEAST = {False: "spreiding_min_regular", True: "spreiding_min_special"}  # special or not


@dataclass(frozen=True, slots=True)
class Municipality:
    """What the key needs of a municipality."""

    code: str
    province: str
    inhabitants: int
    score: Exact  # SES-WOA, about nought; below minus one there is no weight


@dataclass(frozen=True, slots=True)
class Places:
    """
    Places of reception in a municipality: how many, from when, and until when (None for no end).

    `special` are those for people who need particular guidance, of which fewer together are enough.
    """

    municipality: str
    count: int
    available_from: date
    available_until: date | None = None
    special: bool = False


def weight(municipality: Municipality, national: int) -> Fraction:
    """The weight of a municipality: its part of the population, times its score plus one."""
    if national <= 0 or municipality.inhabitants < 0 or exact(municipality.score) < -1:
        raise CaseInvalid(
            "{code}: {inhabitants} of {national} inhabitants with score {score} have no weight. "
            "Inhabitants are nought or more, a score is minus one or more.",
            code=municipality.code,
            inhabitants=municipality.inhabitants,
            national=national,
            score=municipality.score,
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
    """
    What a province still has to find: its task less the places that count; below nought it has more than that.

    Places count that last, where a municipality has enough of them: they may be spread over sites within it.
    """
    years = norm_on(parameters, "spreiding_sustainable_years", day)
    within = norm_on(parameters, "spreiding_horizon", day)
    lasting = [each for each in places if _counts(each, day, within.count, years.count * YEAR)]
    least = {special: norm_on(parameters, name, day) for special, name in LEAST.items()}
    enough = [count for special, count in _together(lasting) if count >= least[special].count]
    counted, left_out = sum(enough), sum(each.count for each in lasting) - sum(enough)
    steps = (
        years.step("spread_lasting"),
        within.step("spread_soon", until=add_months(day, within.count)),
        least[False].step("spread_least", left_out=left_out),
        Step("spread_gap", {"amount": task - counted, "unit": "place", "task": task, "counted": counted}, within.law),
    )
    return Outcome(task - counted, steps)


def _together(places: Iterable[Places]) -> list[tuple[bool, int]]:
    """The places of each municipality together, special ones apart."""
    found: defaultdict[tuple[str, bool], int] = defaultdict(int)
    for each in places:
        found[each.municipality, each.special] += each.count
    return [(special, count) for (_, special), count in found.items()]


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
    unpriced = Step("spread_unpriced", law=Law("BWBR0049307", "artikel 9")).doubted("spread_unpriced")
    return Outcome(above, (part.step("spread_bonus", places=float(above)), unpriced))
