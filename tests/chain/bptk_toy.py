"""
The toy in BPTK-Py, an engine for system dynamics that others wrote.

Made from the toy's description in words, which `test_toy_reference` tells, and from nothing of `ketenraming.chain`.
BPTK-Py knows no people of some age and no queues. So there is an element for each age, and what a queue serves is
written out: from the oldest to the youngest, each age takes what is left of the capacity, and no more than there are.
Results are named as our engine names them.
"""

import math
import operator
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

AGES, MONTHS, TERM = 48, 72, 6
STARTS = {"decision": (2_000.0, 15), "housing": (1_500.0, 12), "return": (500.0, 10)}  # people at each age, ages
FAMILY = 0.6  # family members for each grant
CONSTANTS = ("C", "H", "g", "m1", "m2", "m3")
EXITS = ("independent", "forced", "unsupervised")
RESULTS = (
    "reception_stock_end",
    "decision_overdue",
    "decision_outflow",
    "decision_on_time",
    "decision_penalty",
    "housing_outflow",
    *(f"return_{way_out}_outflow" for way_out in EXITS),
)


def at_start(pool: str) -> list[float]:
    """The people of a pool at the start, by age."""
    people, ages = STARTS[pool]
    return [people] * ages + [0.0] * (AGES - ages)


def penalty(age: int) -> float:
    """Euros for a case that is decided at some age: a hundred a day, once it is late."""
    return min(15_000.0, 100 * 30.4375 * max(0, age - TERM))


def hazards(age: int) -> tuple[float, ...]:
    """The part of those of some age who leave in a month by each exit."""
    if age < 1:
        return (0.0, 0.0, 0.0)
    return (0.01 + 0.06 * math.exp(-age / 12), 0.02 if age >= 2 else 0.0, 0.01 + 0.08 * math.exp(-age / 8))


def arrivals() -> list[float]:
    """The part of the family members who arrive so many months later: none before the third, the last in the 24th."""
    weights = [min((k - 2) / 7, (25 - k) / 16) if k >= 3 else 0.0 for k in range(25)]
    return [weight / sum(weights) for weight in weights]


class Elements:
    """A BPTK-Py model in the making."""

    def __init__(self) -> None:
        from BPTK_Py import Model, sd_functions  # takes seconds

        self.model = Model(starttime=0.0, stoptime=MONTHS - 1.0, dt=1.0, name="toy")
        self.functions = sd_functions

    def constant(self, name: str, number: float) -> Any:
        """A number that does not change."""
        made = self.model.constant(name)
        made.equation = number
        return made

    def series(self, name: str, numbers: Sequence[float]) -> Any:
        """A number for each month."""
        self.model.points[name] = [[float(month), float(number)] for month, number in enumerate(numbers)]
        return self.converter(name, self.functions.lookup(self.functions.time(), name))

    def converter(self, name: str, equation: Any) -> Any:
        """What is computed in each month."""
        made = self.model.converter(name)
        made.equation = equation
        return made

    def total(self, name: str, terms: Sequence[Any]) -> Any:
        """The sum of elements."""
        return self.converter(name, reduce(operator.add, terms))

    def stocks(self, name: str, start: Sequence[float]) -> list[Any]:
        """What is kept from month to month."""
        made = [self.model.stock(f"{name}{i}") for i in range(len(start))]
        for stock, people in zip(made, start, strict=True):
            stock.initial_value = people
        return made

    def keep(self, stocks: Sequence[Any], next_month: Sequence[Any]) -> None:
        """Let stocks be something else from the next month on."""
        for stock, people in zip(stocks, next_month, strict=True):
            stock.equation = people - stock

    def a_month_older(self, name: str, pool: list[Any], new: Any) -> list[Any]:
        """The people of a pool with those who are new; the last age is open."""
        moved = [new, *pool[: AGES - 2], pool[AGES - 2] + pool[AGES - 1]]
        return [self.converter(f"{name}_here{age}", people) for age, people in enumerate(moved)]

    def queue(self, name: str, new: Any, capacity: Any, youngest: int) -> tuple[list[Any], list[Any]]:
        """Who is served and who stays, by age."""
        pool = self.stocks(name, at_start(name))
        here = self.a_month_older(name, pool, new)
        out, left = [self.converter(f"{name}_nobody", 0.0)] * AGES, capacity
        for age in reversed(range(youngest, AGES)):
            out[age] = self.converter(f"{name}_out{age}", self.functions.min(here[age], left))
            left = self.converter(f"{name}_left{age}", left - out[age])
        stay = [self.converter(f"{name}_stay{age}", here[age] - out[age]) for age in range(AGES)]
        self.keep(pool, stay)
        return out, stay

    def dwell(self, name: str, new: Any, times: Sequence[Any]) -> list[Any]:
        """Who stays, by age, after all exits."""
        pool = self.stocks(name, at_start(name))
        here = self.a_month_older(name, pool, new)
        stay = here
        for i, way_out in enumerate(EXITS):
            gone = [self.converter(f"{way_out}{age}", here[age] * times[i] * hazards(age)[i]) for age in range(AGES)]
            stay = [self.converter(f"after_{way_out}{age}", stay[age] - gone[age]) for age in range(AGES)]
            self.total(f"{name}_{way_out}_outflow", gone)
        self.keep(pool, stay)
        return stay

    def delayed(self, name: str, amount: Any) -> Any:
        """What arrives in this month of an amount that arrives months later."""
        shares = arrivals()[1:]
        pending = self.stocks(name, [0.0] * len(shares))
        self.keep(pending, [later + amount * share for later, share in zip([*pending[1:], 0.0], shares, strict=True)])
        return self.converter(f"{name}_now", 1.0 * pending[0])


def bptk_model(inflow: Sequence[float], constants: Mapping[str, float]) -> Any:
    """The toy of one draw: arrivals by month, and a number for each of `CONSTANTS`."""
    made = Elements()
    value = {name: made.constant(name, float(constants[name])) for name in CONSTANTS}

    out, waiting = made.queue("decision", made.series("X", inflow), value["C"], youngest=1)
    decided = made.total("decision_outflow", out[1:])
    made.total("decision_on_time", out[1 : TERM + 1])
    made.total("decision_overdue", waiting[TERM + 1 :])
    made.total("decision_penalty", [out[age] * penalty(age) for age in range(TERM + 1, AGES)])

    grants = made.converter("grants", value["g"] * decided)
    family = made.delayed("family", made.converter("coming", grants * FAMILY))
    housed, homeless = made.queue("housing", grants + family, value["H"], youngest=0)
    made.total("housing_outflow", housed)

    refused = made.converter("refused", decided - grants)
    returning = made.dwell("return", refused, [value["m1"], value["m2"], value["m3"]])
    pools = {"decision": waiting, "housing": homeless, "return": returning}
    stocks = [made.total(f"{name}_stock_end", pool) for name, pool in pools.items()]  # one sum of all is too deep
    made.total("reception_stock_end", stocks)
    return made.model
