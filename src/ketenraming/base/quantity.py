"""
Amounts that know their unit.

A unit is written as a fraction of names joined by hyphens: `EUR/pupil-year` is euros per
pupil per year. Multiplying cancels what stands above and below, so people times price is
either euros or refused.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import UnitMismatch

Amount = NDArray[np.float64]


def split_unit(unit: str) -> Counter[str]:
    """Names in a unit with their powers: `EUR/pupil-year` is EUR 1, pupil -1, year -1."""
    above, _, below = unit.partition("/")
    if not above or "/" in below:
        raise UnitMismatch(f"{unit!r} is not a unit: write names joined by '-', with at most one '/'.")
    powers = Counter(name for name in above.split("-") if name != "1")
    powers.subtract(below.split("-") if below else [])
    return powers


def join_unit(powers: Counter[str]) -> str:
    """Write powers as a unit, names above and below the stroke in alphabetical order."""
    above = "-".join(sorted(name for name, power in powers.items() for _ in range(power)))
    below = "-".join(sorted(name for name, power in powers.items() for _ in range(-power)))
    return (above or "1") + (f"/{below}" if below else "")


@lru_cache(maxsize=4096)
def multiply_units(left: str, right: str) -> str:
    """The unit of a product."""
    powers = split_unit(left)
    powers.update(split_unit(right))
    return join_unit(powers)


@lru_cache(maxsize=4096)
def is_same_unit(left: str, right: str) -> bool:
    """Whether two units have the same names above and below, in whatever order."""
    return split_unit(left) == split_unit(right)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of what. `amount` has one value per year, or whatever axes its maker says."""

    amount: Amount
    unit: str

    def __mul__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount * other.amount, multiply_units(self.unit, other.unit))

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount + other.to(self.unit).amount, self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount - other.to(self.unit).amount, self.unit)

    def to(self, unit: str) -> "Quantity":
        """The same quantity, refused if it is not in this unit (order of names is free)."""
        if not is_same_unit(unit, self.unit):
            raise UnitMismatch(f"{self.unit} is not {unit}.")
        return Quantity(self.amount, unit)


def euros(how_many: Quantity, each: Quantity) -> Quantity:
    """How many times what each; refused unless that makes euros."""
    product = how_many * each
    if product.unit != "EUR":
        raise UnitMismatch(f"{how_many.unit} x {each.unit} is {product.unit}, not EUR.")
    return product
