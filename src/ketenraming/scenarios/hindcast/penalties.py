"""Court penalties (dwangsommen) on late asylum decisions, from people who are overdue by months late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.chain.results import Results
from ketenraming.evidence.library import Library
from ketenraming.scenarios.hindcast.model import month_of_year
from ketenraming.scenarios.hindcast.observed import Floats

QUEUES = ("asielbesluit", "asielbesluit_elders")
DAYS = 365.25 / 12  # in a month
MONTHS_LATE = 60


@dataclass(frozen=True, slots=True)
class CourtRule:
    """
    What a court lets run (Awb 8:55d): euros a day from so many months late, up to one of two maxima, each as often.

    The months until then are notice and two weeks, a judgment in eight weeks, and a term of eight to sixteen weeks.
    """

    day_price: float
    from_month: float
    caps: tuple[float, float]

    @property
    def by_months_late(self) -> Floats:
        """Euros that one overdue case that went to court runs up in its first, second, … month late."""
        late = np.arange(MONTHS_LATE + 1, dtype=np.float64)
        days = np.clip(late - self.from_month, 0, None) * DAYS
        return np.diff(np.mean([np.minimum(self.day_price * days, cap) for cap in self.caps], axis=0))


def read_rule(library: Library) -> CourtRule:
    """The rule, from the parameters of the library."""
    names = ("day_price", "from_month", "low_cap", "high_cap")
    day, first, low, high = (library.parameter(f"dwangsom_{name}").number_on(date(2024, 1, 1)) for name in names)
    return CourtRule(day, first, (low, high))


def paid_in(library: Library, year: int) -> float:
    """Euros of penalties that the IND paid in a year."""
    return float(library.series["ind_dwangsom_euros_year"].by_year(year, year)[0]) * 1e6


def court_share(library: Library, results: Results) -> float:
    """Euros paid in 2024 for each euro that the overdue of the year before would run up: the one number fitted."""
    return paid_in(library, 2024) / if_all_went_to_court(results, read_rule(library), (2023,))[2023]


def if_all_went_to_court(results: Results, rule: CourtRule, years: tuple[int, ...]) -> Mapping[int, float]:
    """Euros a year if every overdue case were taken to court, first draw; from the profiles of the two queues."""
    late = np.zeros((0, 0))
    for queue in QUEUES:
        found = results.overdue_by_months_late(queue)[:, :MONTHS_LATE, 0]
        late = found if late.size == 0 else late + found
    euros = late @ rule.by_months_late[: late.shape[1]]
    return {year: float(euros[month_of_year(year) :][:12].sum()) for year in years}
