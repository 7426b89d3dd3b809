"""
When does one more decision officer pay for itself?

An officer decides so many asylum cases in each month of a year, and costs a salary in it. Against that stand reception
and penalties in that year and after, and what else moves. What the IND is paid per decision is told apart, not counted:
the salary takes its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from ketenraming.base.errors import KetenramingError
from ketenraming.finance.payees import COA
from ketenraming.finance.term import Term
from ketenraming.scenarios.estimate import Baseline
from ketenraming.scenarios.sensitivity.elasticity import DECISION, both_ways, half, years
from ketenraming.scenarios.sensitivity.question import Question, ask

PAID = ("ind_asiel_decisions", "ind_asiel_price")
PENALTIES = ("dwangsom_days", "dwangsom_price")


@dataclass(frozen=True, slots=True)
class Officer:
    """
    One officer for one year: what is asked, and euros by year of reception, penalties and the other lines.

    Under nought is less spent. `paid` is what the IND is paid for the decisions, at its price; it is not counted.
    """

    year: str
    salary: float
    decisions: float  # per month
    reception: Mapping[str, float]
    penalties: Mapping[str, float]
    other: Mapping[str, float]
    paid: Mapping[str, float]

    @property
    def saved(self) -> float:
        """Euros that are not spent, in all years together."""
        return -sum(sum(row.values()) for row in (self.reception, self.penalties, self.other))

    @property
    def net(self) -> float:
        """Euros that are left when the salary is paid; under nought it costs more than it saves."""
        return self.saved - self.salary

    @property
    def break_even(self) -> float | None:
        """Decisions a month at which the officer costs as much as is saved; none where decisions save nothing."""
        return self.salary * self.decisions / self.saved if self.saved > 0 else None


def officer(base: Baseline, salary: float, decisions: float, year: str = "") -> Officer:
    """One officer in each month of a year (the first that is not funded, unless given)."""
    for name, amount in (("salary", salary), ("decisions per officer", decisions)):
        if not (isfinite(amount) and amount > 0):
            raise KetenramingError(f"The {name} of an officer cannot be {amount:g}. Give a number above nought.")
    question = ask(base, "37", year)
    of_one = _of_one_decision(question)
    rows = {name: {year: decisions * euros for year, euros in row.items()} for name, row in of_one.items()}
    return Officer(question.year, salary, decisions, **rows)


def _of_one_decision(question: Question) -> dict[str, dict[str, float]]:
    """Euros by year of one decision more in each month of the year, by what they are spent on."""
    up, down = both_ways(question, DECISION)
    found: dict[str, dict[str, float]] = {name: {} for name in ("reception", "penalties", "other", "paid")}
    for year in years(question):
        lines = {line: half(line.needed(up[year]).central, line.needed(down[year]).central, DECISION)
                 for line in question.lines(year)}  # fmt: skip
        paid, penalties = (half(_euros(up[year], *of), _euros(down[year], *of), DECISION) for of in (PAID, PENALTIES))
        found["reception"][year], found["penalties"][year], found["paid"][year] = lines[COA], penalties, paid
        found["other"][year] = sum(lines.values()) - lines[COA] - penalties - paid
    return found


def _euros(terms: Mapping[str, Term], quantity: str, price: str) -> float:
    return terms[quantity].central * terms[price].central
