"""The variable dictionary: what is counted, in which unit, and how a year of it is made."""

from collections.abc import Mapping
from typing import Literal

from ketenraming.base.errors import UnitMismatch
from ketenraming.base.quantity import split_unit
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


class Unit(Strict):
    """A unit of counting or money and what it is in base units."""

    unit: str
    base: str
    factor: float
    label_nl: str
    label_en: str


def wrong_unit(unit: str, units: Mapping[str, Unit]) -> str:
    """What is wrong with a unit; empty when all its names are known."""
    try:
        unknown = [name for name in split_unit(unit) if name not in units]
    except UnitMismatch as error:
        return str(error)
    return f"unknown unit {unit!r} ({', '.join(unknown)} is not in units.csv)" if unknown else ""


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
