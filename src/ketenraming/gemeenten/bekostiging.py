"""
What norm amounts pay a municipality in a year for places, and the days to apply, account and settle.

Ukraine is paid by realised place, occupied or not; a doorstroomlocatie by who is there, so a year of a place that is
never empty is the most it can be. The amounts that the Spreidingswet pays for places were not found and are not here.
"""

from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.doorstroom import Placement, running_costs
from ketenraming.rules.explain import Norm, Outcome, Parameters, norm_if_any
from ketenraming.rules.ontheemden import municipal_norm

MOST_PLACES = 100_000
UKRAINE_DAYS = ("ontheemde_application_day", "ontheemde_account_day", "ontheemde_settled_day")
TRANSIT_DAYS = (
    "doorstroom_application_day",
    "doorstroom_last_application_day",
    "doorstroom_account_day",
    "doorstroom_settled_day",
)


@dataclass(frozen=True, slots=True)
class Payment:
    """Places in a year, what they are paid in euros, and the days that go with it; `coupled` is with the supplement."""

    places: int
    paid: Outcome[float]
    days: tuple[Norm, ...]
    coupled: Outcome[float] | None = None


def ukraine(parameters: Parameters, places: int, year: int) -> Payment:
    """Places for displaced persons that are there the whole year."""
    first, last = _year(places, year)
    paid = municipal_norm(parameters, places, first, last)
    return Payment(places, paid, _days(parameters, UKRAINE_DAYS, first))


def transit(parameters: Parameters, places: int, year: int) -> Payment:
    """Places in a doorstroomlocatie that opens on 1 January and is never empty, without and with the supplement."""
    first, last = _year(places, year)
    alone, coupled = (
        running_costs(parameters, Placement(first, last, elsewhere, first)) for elsewhere in (False, True)
    )
    days = _days(parameters, TRANSIT_DAYS, first)
    return Payment(places, _times(places, alone), days, _times(places, coupled))


def _times(places: int, of_one: Outcome[float]) -> Outcome[float]:
    return Outcome(places * of_one.value, of_one.steps)


def _year(places: int, year: int) -> tuple[date, date]:
    if not 0 <= places <= MOST_PLACES:
        raise CaseInvalid(f"{places} places are not from 0 to {MOST_PLACES}. Correct the number.")
    return date(year, 1, 1), date(year, 12, 31)


def _days(parameters: Parameters, names: tuple[str, ...], day: date) -> tuple[Norm, ...]:
    """The days in force; none where the regulation no longer pays."""
    found = (norm_if_any(parameters, (name,), day) for name in names)
    return tuple(norm for norm in found if norm is not None)
