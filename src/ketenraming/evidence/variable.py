"""The variable dictionary: what is counted, in which unit, and how a year of it is made."""

from typing import Literal

from ketenraming.evidence.source import Strict

Measure = Literal[
    "inflow", "outflow", "decisions", "stock_end", "stock_avg", "capacity", "rate", "share", "price", "euros", "stay"
]
YearlySum = Literal["sum", "last", "mean", "none"]

HOW_A_YEAR_IS_MADE: dict[Measure, YearlySum] = {
    "inflow": "sum",
    "outflow": "sum",
    "decisions": "sum",
    "stock_end": "last",
    "stock_avg": "mean",
    "capacity": "mean",
    "rate": "none",
    "share": "none",
    "price": "none",
    "euros": "sum",
    "stay": "none",
}


class Variable(Strict):
    """One thing that is counted. `year` is the unit of a year of it, as finance multiplies it."""

    name: str
    unit: str
    unit_of_a_year: str
    measure: Measure
    yearly: YearlySum
    label_nl: str
    label_en: str
    note: str = ""
