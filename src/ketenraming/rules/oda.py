"""
What counts as development assistance: the first months of asylum seekers from countries of the DAC list.

Clarifications of the DAC of 31 October 2017. How many months count is said here; what they cost is said by
`finance.attribution` alone, on the people whom the chain counts in their first year. The exact Dutch formula was not
found: that those who are rejected count until their right to reception ends, and how those with a permit are treated,
is our reading.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ketenraming.base.period import add_months
from ketenraming.rules.explain import Parameters, norm_on


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in reception, both days included; `last` is None while it goes on."""

    arrival: date
    last: date | None = None


def months_that_count(parameters: Parameters, arrival: date) -> int:
    """The months from an arrival that count."""
    return norm_on(parameters, "oda_window", arrival).count


def first_year_days(parameters: Parameters, stay: Stay, first: date, last: date) -> int:
    """Days of a stay that count, of those from one day to another, both included."""
    ends = add_months(stay.arrival, months_that_count(parameters, stay.arrival)) - timedelta(days=1)
    begins, until = max(stay.arrival, first), min(stay.last or last, ends, last)
    return max(0, (until - begins).days + 1)
