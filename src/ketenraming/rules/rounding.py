"""Rounding as laws prescribe it, on exact fractions, so that a half is a half."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

Exact = Fraction | int | float | str | Decimal


def exact(number: Exact) -> Fraction:
    """A number as it is written: 0.1 is a tenth, not the nearest binary fraction."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def half_away(number: Exact) -> int:
    """The nearest whole number, a half away from nought; not the half to even of a bank."""
    value = exact(number)
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def up(number: Exact) -> int:
    """The next whole number, or itself."""
    return ceil(exact(number))
