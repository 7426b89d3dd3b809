"""
What counts as development assistance: the first months of asylum seekers from countries of the DAC list.

Clarifications of the DAC of 31 October 2017. The exact Dutch formula was not found: that those who are rejected count
until their right to reception ends, and how those with a permit are treated, is our reading.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ketenraming.base.period import add_months
from ketenraming.rules.explain import Law, Outcome, Parameters, Step, norm_on

ELIGIBLE = frozenset({"food", "shelter", "training"})
NOT_ELIGIBLE = frozenset({"integration"})
NOTE = "The exact Dutch formula was not found."


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in reception, both days included; `last` is None while it goes on."""

    arrival: date
    last: date | None = None


def first_year_days(parameters: Parameters, stay: Stay, first: date, last: date) -> int:
    """Days of a stay that count, of those from one day to another, both included."""
    window = norm_on(parameters, "oda_window", stay.arrival)
    ends = add_months(stay.arrival, window.count) - timedelta(days=1)
    begins, until = max(stay.arrival, first), min(stay.last or last, ends, last)
    return max(0, (until - begins).days + 1)


def assistance(parameters: Parameters, stays: Iterable[Stay], price: float, first: date, last: date) -> Outcome[float]:
    """Euros of assistance from one day to another: days that count of all stays, at what a day costs."""
    days = sum(first_year_days(parameters, stay, first, last) for stay in stays)
    window = norm_on(parameters, "oda_window", first)
    formula = Law("oeso-dac-2017", "clarifications 3 and 5")
    paid = Step("oda_paid", {"amount": days * price, "unit": "EUR", "days": days}, formula, confirmed=False, note=NOTE)
    return Outcome(days * price, (window.step("oda_window"), paid))


def is_eligible(item: str) -> bool:
    """Whether a kind of cost counts; raises KeyError for a kind of which the clarifications, as read, say nothing."""
    if item not in ELIGIBLE | NOT_ELIGIBLE:
        raise KeyError(item)
    return item in ELIGIBLE
