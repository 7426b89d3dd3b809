"""
What doorstroomlocaties are paid (Bekostigingsregeling, BWBR0050928): by the day, for who is there.

Prices and the national number of places are the parameters that the estimate of the article uses too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ketenraming.base.period import add_months
from ketenraming.rules.calendar import YEAR
from ketenraming.rules.explain import Outcome, Parameters, Step, norm_on
from ketenraming.rules.rounding import exact

REGULATION = date(2025, 4, 9)  # in force; what was done in 2024 is paid by its norms too
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placement:
    """One permit holder in one site: first and last day, whether coupled to another municipality, first use of it."""

    first: date
    last: date
    coupled_elsewhere: bool
    site_opened: date


def running_costs(parameters: Parameters, placement: Placement) -> Outcome[float]:
    """
    Euros for one permit holder: the norm, and the supplement where coupled elsewhere, for the days that count.

    What is outside the days of the regulation is nought, at the norms of the nearest day on which there are any.
    """
    day = min(max(placement.first, REGULATION), last_day(parameters))
    norm, most = norm_on(parameters, "doorstroom_price", day), norm_on(parameters, "doorstroom_max_days", day)
    days, steps = paid_days(parameters, placement)
    price, told = norm.number, [norm.step("transit_norm"), most.step("transit_most_days")]
    if placement.coupled_elsewhere:
        supplement = norm_on(parameters, "doorstroom_toeslag_price", day)
        price, told = price + supplement.number, [*told, supplement.step("transit_supplement")]
    paid = Step("transit_paid", {"amount": days * price, "unit": "EUR", "days": days, "price": price}, norm.law)
    return Outcome(days * price, (*told, *steps, paid))


def last_day(parameters: Parameters) -> date:
    """The last day of which anything is paid."""
    return norm_on(parameters, "doorstroom_last_day", REGULATION).day


def paid_days(parameters: Parameters, placement: Placement) -> tuple[int, tuple[Step, ...]]:
    """Days within the years of the site and of the regulation, no more of one person than the regulation pays."""
    years = norm_on(parameters, "doorstroom_site_years", REGULATION)
    opens, ends = (norm_on(parameters, f"doorstroom_{which}_day", REGULATION) for which in ("first", "last"))
    most = norm_on(parameters, "doorstroom_max_days", REGULATION)
    closes = add_months(placement.site_opened, years.count * YEAR) - ONE_DAY
    last_paid = placement.first + timedelta(days=most.count - 1)  # days run from the day of placement
    first = max(placement.first, placement.site_opened, opens.day)
    last = min(placement.last, closes, ends.day, last_paid)
    steps = (years.step("transit_site", until=closes), ends.step("transit_window", first=opens.day, until=ends.day))
    return max(0, (last - first).days + 1), steps


def places_left(parameters: Parameters, granted: int) -> Outcome[int]:
    """Places for which a grant can still be made, once so many were granted nationally."""
    norm = norm_on(parameters, "doorstroom_capacity", REGULATION)
    left = max(0, norm.count - granted)
    return Outcome(left, (norm.step("transit_left", left=left, granted=granted),))


def transition_overrun(parameters: Parameters, granted: float, spent: float) -> Outcome[float]:
    """Euros of transition costs above what was granted and tolerated: they need a new application."""
    norm = norm_on(parameters, "doorstroom_overrun_share", REGULATION)
    above = float(max(Fraction(0), exact(spent) - exact(granted) * (1 + exact(norm.number))))
    return Outcome(above, (norm.step("transit_overrun", above=above),))
