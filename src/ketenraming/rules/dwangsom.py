"""The penalty that a court lets run on a late asylum decision (Awb, BWBR0005537, articles 8:55b to 8:55d)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ketenraming.evidence.parameter import Parameter

DAYS = 365.25 / 12  # in a month
MONTHS_LATE = 60


@dataclass(frozen=True, slots=True)
class CourtRule:
    """
    Euros a day from so many months late, up to one of two maxima, each as often.

    The months until then are notice and two weeks, a judgment in eight weeks, and a term of eight to sixteen weeks.
    """

    day_price: float
    from_month: float
    caps: tuple[float, float]

    @property
    def days_by_months_late(self) -> NDArray[np.float64]:
        """Days for which one overdue case that went to court runs up a penalty in its first, second, … month late."""
        late = np.arange(MONTHS_LATE + 1, dtype=np.float64)
        days = np.clip(late - self.from_month, 0, None) * DAYS
        return np.diff(np.mean([np.minimum(days, cap / self.day_price) for cap in self.caps], axis=0))

    @property
    def by_months_late(self) -> NDArray[np.float64]:
        """Euros that one overdue case that went to court runs up in its first, second, … month late."""
        return self.day_price * self.days_by_months_late


def court_rule(parameters: Mapping[str, Parameter], day: date, known_on: date = date.max) -> CourtRule:
    """The rule on a day, from its parameters; raises ParameterNotFound where one is not in force."""
    price, first, low, high = (
        parameters[f"dwangsom_{name}"].number_on(day, known_on)
        for name in ("day_price", "from_month", "low_cap", "high_cap")
    )
    return CourtRule(price, first, (low, high))
