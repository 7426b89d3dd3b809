"""
What norm amounts pay a municipality in a year, and the days to apply, account and settle.

Ukraine is paid by realised place, occupied or not, and in private reception by person; a doorstroomlocatie by who is
there, so a year of a place that is never empty is the most it can be. The amounts that the Spreidingswet pays for
places were not found and are not here.
"""

from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules import doorstroom, ontheemden
from ketenraming.rules.doorstroom import Placement, places_left, running_costs
from ketenraming.rules.explain import Norm, Outcome, Parameters, norm_if_any
from ketenraming.rules.ontheemden import municipal_norm, private_norm

MOST_PLACES = 100_000
MOST_EUROS = 10**9
MONTHS = range(1, 13)
UKRAINE_DAYS = ("ontheemde_application_day", "ontheemde_account_day", "ontheemde_settled_day")
TRANSIT_DAYS = (
    "doorstroom_application_day",
    "doorstroom_last_application_day",
    "doorstroom_account_day",
    "doorstroom_settled_day",
)


@dataclass(frozen=True, slots=True)
class Payment:
    """
    Places or persons in a year, what they are paid in euros, and the days that go with it.

    `coupled` is with the supplement of a doorstroomlocatie.
    """

    count: int
    paid: Outcome[float]
    days: tuple[Norm, ...] = ()
    coupled: Outcome[float] | None = None


@dataclass(frozen=True, slots=True)
class Overrun:
    """Transition costs that were granted and spent, and what of them needs an application under each regulation."""

    granted: float
    spent: float
    ukraine: Outcome[float]
    transit: Outcome[float]


def ukraine(parameters: Parameters, places: int, year: int) -> Payment:
    """Places for displaced persons that are there the whole year."""
    first, last = _year(places, year)
    paid = municipal_norm(parameters, places, first, last)
    return Payment(places, paid, _days(parameters, UKRAINE_DAYS, first))


def private(parameters: Parameters, persons: int, year: int) -> Payment:
    """Displaced persons in private reception who have a provision in every month of the year."""
    if not 0 <= persons <= MOST_PLACES:
        raise CaseInvalid(
            "{persons} persons are not from 0 to {most}. Correct the number.", persons=persons, most=MOST_PLACES
        )
    months = [private_norm(parameters, persons, date(year, month, 1)) for month in MONTHS]
    steps = [step for each in months for step in each.steps]
    different = tuple(step for i, step in enumerate(steps) if step not in steps[:i])
    return Payment(persons, Outcome(sum(each.value for each in months), different))


def transit(parameters: Parameters, places: int, year: int) -> Payment:
    """Places in a doorstroomlocatie that opens on 1 January and is never empty, without and with the supplement."""
    first, last = _year(places, year)
    if places > (most := places_left(parameters, 0).value):
        raise CaseInvalid(
            "{places} places in a doorstroomlocatie are more than the {most} that are granted in the whole country. "
            "Give fewer.",
            places=places,
            most=most,
        )
    alone, coupled = (
        running_costs(parameters, Placement(first, last, elsewhere, first)) for elsewhere in (False, True)
    )
    days = _days(parameters, TRANSIT_DAYS, first)
    return Payment(places, _times(places, alone), days, _times(places, coupled))


def overrun(parameters: Parameters, granted: float, spent: float, year: int) -> Overrun:
    """What a municipality applies for again, of transition costs that were more than granted."""
    if not (0 <= granted <= MOST_EUROS and 0 <= spent <= MOST_EUROS):
        raise CaseInvalid("Transition costs are from 0 to {most} euros. Correct the amounts.", most=MOST_EUROS)
    return Overrun(
        granted,
        spent,
        ontheemden.transition_overrun(parameters, granted, spent, date(year, 1, 1)),
        doorstroom.transition_overrun(parameters, granted, spent),
    )


def _times(places: int, of_one: Outcome[float]) -> Outcome[float]:
    return Outcome(places * of_one.value, of_one.steps)


def _year(places: int, year: int) -> tuple[date, date]:
    if not 0 <= places <= MOST_PLACES:
        raise CaseInvalid(
            "{places} places are not from 0 to {most}. Correct the number.", places=places, most=MOST_PLACES
        )
    return date(year, 1, 1), date(year, 12, 31)


def _days(parameters: Parameters, names: tuple[str, ...], day: date) -> tuple[Norm, ...]:
    """The days in force; none where the regulation no longer pays."""
    found = (norm_if_any(parameters, (name,), day) for name in names)
    return tuple(norm for norm in found if norm is not None)
