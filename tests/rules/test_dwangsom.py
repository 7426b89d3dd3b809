"""The penalty of the court: nothing at first, then so much a day, and never more than its maximum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.rules.dwangsom import DAYS, CourtRule

rules = st.builds(
    CourtRule,
    day_price=st.floats(10, 200),
    from_month=st.floats(0, 12),
    caps=st.tuples(st.floats(1_000, 10_000), st.floats(10_000, 20_000)),
)


# Awb (BWBR0005537) 8:55d: EUR 100 a day up to 7,500 or 15,000, as seen in judgments of 2020 to 2025.
def test_half_of_the_cases_stop_at_the_lower_maximum():
    rule = CourtRule(day_price=100, from_month=5, caps=(7_500, 15_000))

    assert rule.by_months_late[:5].tolist() == [0.0] * 5
    assert rule.by_months_late[5] == pytest.approx(100 * DAYS)
    assert rule.by_months_late.sum() == pytest.approx((7_500 + 15_000) / 2)


@given(rule=rules)
def test_a_penalty_runs_up_to_the_mean_of_its_maxima_and_never_down(rule):
    months = rule.by_months_late

    assert (months >= 0).all()
    assert months.sum() <= np.mean(rule.caps) + 1e-6


@given(rule=rules)
def test_euros_are_days_times_what_a_day_costs(rule):
    assert rule.by_months_late == pytest.approx(rule.day_price * rule.days_by_months_late)
