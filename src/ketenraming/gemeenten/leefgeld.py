"""What a household of displaced persons receives and contributes a month, at the amounts at the end of a year."""

from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.explain import Outcome, Parameters
from ketenraming.rules.ontheemden import Household, allowance, own_contribution

MOST_TOGETHER = 50


@dataclass(frozen=True, slots=True)
class Living:
    """A household, its allowance a month, and what it contributes where some of its adults have enough income."""

    household: Household
    day: date
    allowance: Outcome[float]
    contribution: Outcome[float] | None


def living(parameters: Parameters, household: Household, earning: int, year: int) -> Living:
    """What is received and contributed at the end of a year; raises CaseInvalid for a household that cannot be."""
    if household.size > MOST_TOGETHER:
        raise CaseInvalid(
            "A household of {size} is larger than {most}. Give fewer persons.", size=household.size, most=MOST_TOGETHER
        )
    if not 0 <= earning <= max(household.adults, 0):
        told = {"earning": earning, "adults": household.adults}
        raise CaseInvalid("{earning} of {adults} adults cannot have an income. Correct one of them.", **told)
    day = date(year, 12, 31)
    received = allowance(parameters, household, day)
    contributed = own_contribution(parameters, earning, day, meals=household.meals) if earning else None
    return Living(household, day, received, contributed)
