"""Court penalties (dwangsommen) on late asylum decisions, from people who are overdue by months late."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from ketenraming.chain.results import Results
from ketenraming.evidence.library import Library
from ketenraming.rules.dwangsom import MONTHS_LATE, CourtRule, court_rule
from ketenraming.scenarios.hindcast.model import month_of_year

QUEUES = ("asielbesluit", "asielbesluit_elders")


def read_rule(library: Library) -> CourtRule:
    """The rule, from the parameters of the library."""
    return court_rule(library.parameters, date(2024, 1, 1))


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
