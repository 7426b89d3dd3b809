"""
Displaced persons from Ukraine: what municipalities are paid, and what persons receive and contribute.

Municipalities are paid by realised place, occupied or not (BWBR0046732), at the prices that the estimate of the article
uses; the allowance and the own contribution are of BWBR0046503. Actual cost, which a municipality may claim where it
departs from the norm to a significant degree, is not computed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.explain import Norm, Outcome, Parameters, Step, norm_on
from ketenraming.rules.rounding import exact

ONE_DAY = timedelta(days=1)
SIZES = (4, 3, 1)  # households of four or more, of three, of one or two


@dataclass(frozen=True, slots=True)
class Household:
    """
    Those of a household who receive an allowance: adults (a lone minor is one), other minors, where they live.

    With `meals` they are given these, and no money for food.
    """

    adults: int
    minors: int = 0
    private: bool = False
    meals: bool = False

    @property
    def size(self) -> int:
        """How many they are."""
        return self.adults + self.minors


def municipal_norm(parameters: Parameters, places: int, first: date, last: date) -> Outcome[float]:
    """Euros for places that were realised from one day to another, both included, each day at its own norm."""
    if last < first:
        told = {"last": last, "first": first}
        raise CaseInvalid("The last day ({last}) is before the first ({first}). Correct one of them.", **told)
    euros, steps = 0.0, list[Step]()
    for norm, days in _by_norm(parameters, "oekraine_norm_price", first, last):
        euros += places * norm.number * days
        steps.append(norm.step("displaced_norm", days=days, places=places))
    return Outcome(euros, tuple(steps))


def _by_norm(parameters: Parameters, name: str, first: date, last: date) -> list[tuple[Norm, int]]:
    """The norms of a stretch of days, in order, and the days of each."""
    found, day = list[tuple[Norm, int]](), first
    while day <= last:
        until = min(last, parameters[name].on(day).until)
        found.append((norm_on(parameters, name, day), (until - day).days + 1))
        if until == last:
            break
        day = until + ONE_DAY
    return found


def private_norm(parameters: Parameters, persons: int, month: date) -> Outcome[float]:
    """Euros for a month, for persons who are registered in private reception and have a provision."""
    norm = norm_on(parameters, "oekraine_particulier_price", month)
    return Outcome(persons * norm.number, (norm.step("displaced_private", persons=persons),))


def allowance(parameters: Parameters, household: Household, day: date) -> Outcome[float]:
    """Euros a month: food by age and size, clothing and personal, and a part for housing in private reception."""
    if household.adults < 0 or household.minors < 0 or not household.size:
        raise CaseInvalid("A household has one person or more. Give adults and minors of nought or more.")
    size = next(size for size in SIZES if household.size >= size)
    fed, housed = (household.size * given for given in (not household.meals, household.private))
    parts = (
        (f"leefgeld_volwassene_{size}_price", fed and household.adults, "displaced_food"),
        (f"leefgeld_minderjarige_{size}_price", fed and household.minors, "displaced_food_minor"),
        ("leefgeld_kleding_price", household.size, "displaced_clothing"),
        ("leefgeld_wonen_price", housed, "displaced_housing"),
    )
    norms = [(norm_on(parameters, name, day), persons, key) for name, persons, key in parts if persons]
    euros = round(sum(norm.number * persons for norm, persons, _ in norms), 2)
    return Outcome(euros, tuple(norm.step(key, persons=persons) for norm, persons, key in norms))


def own_contribution(parameters: Parameters, adults_with_income: int, day: date, *, meals: bool) -> Outcome[float]:
    """Euros a month that a family contributes: for each adult with enough income, and no more of them than the most."""
    norm, most = (norm_on(parameters, f"eigen_bijdrage_{which}", day) for which in ("price", "persons"))
    persons, steps = min(max(adults_with_income, 0), most.count), [norm.step("displaced_contribution")]
    price = norm.number
    if meals:
        catered = norm_on(parameters, "eigen_bijdrage_maaltijd_price", day)
        price, steps = price + catered.number, [*steps, catered.step("displaced_meals")]
    return Outcome(round(persons * price, 2), (*steps, most.step("displaced_persons", persons=persons)))


def transition_overrun(parameters: Parameters, granted: float, spent: float, day: date) -> Outcome[float]:
    """
    Euros of transition costs that need a further application.

    What was granted may be exceeded by a part of it; above that, all that was not granted is applied for (article 3,
    paragraph 6), which is more than a doorstroomlocatie must.
    """
    norm = norm_on(parameters, "ontheemde_overrun_share", day)
    above = spent - granted if exact(spent) > exact(granted) * (1 + exact(norm.number)) else 0.0
    return Outcome(above, (norm.step("displaced_overrun", above=above),))


def absence(parameters: Parameters, day: date) -> Step:
    """That provisions may end for who does not appear for so many days and did not say so."""
    return norm_on(parameters, "ontheemde_absence_days", day).step("displaced_absent")
