"""Months of a run, and what every number that may change is in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Horizon:
    """Whole calendar years, from the first day of the first to the last of the last; months are counted from nought."""

    first_year: int
    last_year: int

    @property
    def months(self) -> int:
        """How many months there are."""
        return 12 * (self.last_year - self.first_year + 1)

    @property
    def years(self) -> tuple[str, ...]:
        """The years, as tables name them."""
        return tuple(str(year) for year in range(self.first_year, self.last_year + 1))

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.first_year, 1, 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return date(self.last_year, 12, 31)

    def day(self, month: int) -> date:
        """The first day of a month."""
        return date(self.first_year + month // 12, month % 12 + 1, 1)

    def month(self, day: date) -> int:
        """The month in which a day falls; below nought, or past the last, for days outside."""
        return 12 * (day.year - self.first_year) + day.month - 1


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """
    One number, month by month: an inflow, a capacity, a chance, a share, a price. No two are compared: a path that
    no scenario changes is the same object from run to run, so that what was made from it need not be made again.

    `values` has shape (months, 1), or (months, draws) where it is uncertain. `unit` is that of the parameter: what is
    counted by month says so (`application/month`). `most` is what it can be at most: 1 for shares and chances.
    """

    name: str
    unit: str
    values: Floats
    most: float = np.inf

    @property
    def central(self) -> Floats:
        """The first column: the central path, when there are draws."""
        return self.values[:, 0]

    @property
    def months_that_differ(self) -> Floats:
        """The values, or their one row where it is shown for every month."""
        return self.values if self.values.strides[0] else self.values[:1]

    def with_values(self, values: Floats) -> "Path":
        """The same number along another path."""
        return replace(self, values=values)


Paths = Mapping[str, Path]
