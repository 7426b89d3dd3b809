"""The penalty of the court: nothing at first, then so much a day, and never more than its maximum."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.dwangsom import DAYS, CourtRule, Judgment, Said, court_penalty, days_that_cost, judgments_of

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


TODAY = date(2025, 6, 1)
JUDGMENT = Judgment(date(2025, 2, 21), weeks=8)


def after(library, days, judgment=JUDGMENT, product="asiel"):
    term_end = court_penalty(library.parameters, product, judgment, judgment.day).value.term_end
    return court_penalty(library.parameters, product, judgment, term_end + timedelta(days=days)).value


# ECLI:NL:RBDHA:2025:2500: eight weeks, EUR 100 a day, at most EUR 7,500.
@pytest.mark.parametrize(("days", "euros"), [(0, 0), (1, 100), (74, 7_400), (75, 7_500), (300, 7_500)])
def test_a_judgment_lets_a_penalty_run_from_the_day_after_its_term_to_its_maximum(library, days, euros):
    penalty = after(library, days, Judgment(date(2025, 2, 21), weeks=8, day_price=100, cap=7_500))

    assert (penalty.term_end, penalty.first_day) == (date(2025, 4, 18), date(2025, 4, 19))
    assert penalty.euros == (euros, euros)


def test_without_an_amount_both_maxima_that_are_seen_are_told(library):
    told = court_penalty(library.parameters, "asiel", JUDGMENT, date(2026, 6, 1))

    assert told.value.euros == (7_500, 15_000)
    assert {step.key for step in told.unconfirmed} == {"court_price", "court_cap"}
    assert {step.why for step in told.unconfirmed} == {"seen_elsewhere"}
    assert {step.law.source for step in told.unconfirmed} == {"rbdha-2024-20290", "rvs-2023-11-08"}


def test_for_what_is_no_asylum_it_is_told_that_the_amounts_are_of_asylum(library):
    told = court_penalty(library.parameters, "regulier", JUDGMENT, date(2026, 6, 1))

    assert {step.why for step in told.unconfirmed} == {"seen_in_asylum"}


@pytest.mark.parametrize(
    ("said", "judgments"),
    [
        (Said(), [Judgment(TODAY), Judgment(TODAY)]),
        (Said([8], [True], [100], [7_500]), [Judgment(TODAY, 8, True, 100, 7_500)] * 2),
        (
            Said([8, 2], [False, True], [100, 250], [7_500, 37_500]),  # ECLI:NL:RBDHA:2026:1136 has the second
            [Judgment(TODAY, 8, False, 100, 7_500), Judgment(TODAY, 2, True, 250, 37_500)],
        ),
    ],
)
def test_what_judgments_say_is_given_once_for_all_or_once_for_each(said, judgments):
    assert judgments_of([TODAY, TODAY], said) == judgments


@pytest.mark.parametrize(
    ("days", "said", "words"),
    [
        ([TODAY], Said(weeks=[8, 2]), "--weeks is given 2 times, and --judgment 1"),
        ([TODAY] * 3, Said(caps=[7_500, 15_000]), "once for each --judgment"),
        ([], Said(day_prices=[100]), "--day-price is of a judgment"),
    ],
)
def test_what_does_not_fit_the_number_of_judgments_is_refused(days, said, words):
    with pytest.raises(CaseInvalid, match=words):
        judgments_of(days, said)


# Awb 8:55d, paragraph 1: two weeks; for asylum eight and eight weeks since 8 July 2020.
@pytest.mark.parametrize(
    ("product", "judgment", "weeks"),
    [("asiel", Judgment(date(2025, 1, 1)), 16), ("asiel", Judgment(date(2025, 1, 1), heard=True), 8),
     ("regulier", Judgment(date(2025, 1, 1)), 2), ("asiel", Judgment(date(2020, 7, 7)), 2)],
)  # fmt: skip
def test_the_term_of_a_judgment_that_names_none_is_that_of_the_rule(library, product, judgment, weeks):
    assert after(library, 0, judgment, product).term_end == judgment.day + timedelta(weeks=weeks)


# ECLI:NL:RBDHA:2025:17013: eight weeks after 17 September 2025 is 12 November 2025.
def test_weeks_end_on_the_same_day_of_the_week(library):
    assert after(library, 0, Judgment(date(2025, 9, 17), weeks=8)).term_end == date(2025, 11, 12)


@pytest.mark.parametrize(
    ("day", "excluded"), [(date(2020, 7, 9), False), (date(2021, 1, 1), True), (date(2022, 11, 30), False)]
)
def test_while_the_temporary_act_excluded_it_a_court_let_no_penalty_run(library, day, excluded):
    penalty = after(library, 30, Judgment(day, weeks=2))

    assert penalty.excluded is excluded
    assert (penalty.euros == (0, 0)) is excluded


@pytest.mark.parametrize(
    "judgment",
    [Judgment(TODAY, weeks=-1), Judgment(TODAY, weeks=9_999), Judgment(TODAY, day_price=0), Judgment(TODAY, cap=-1),
     Judgment(TODAY, cap=float("nan")), Judgment(TODAY, day_price=float("inf"))],
    ids=str,
)  # fmt: skip
def test_a_judgment_that_none_can_give_is_refused(library, judgment):
    with pytest.raises(CaseInvalid):
        court_penalty(library.parameters, "asiel", judgment, TODAY)


@given(days=st.integers(0, 400), more=st.integers(0, 400))
def test_a_court_penalty_never_falls_and_days_add_up_below_the_maximum(library, days, more):
    one, other, both = (after(library, n).euros for n in (days, more, days + more))

    assert max(one[0], other[0]) <= both[0] <= 7_500
    assert both[0] == min(7_500, one[0] + other[0])


@given(rule=rules, months=st.integers(0, 40))
def test_the_penalty_by_months_late_is_that_of_its_days(rule, months):
    days = max(0.0, months - rule.from_month) * DAYS

    euros = [rule.day_price * days_that_cost(days, rule.day_price, cap) for cap in rule.caps]

    assert rule.by_months_late[:months].sum() == pytest.approx(np.mean(euros), abs=1e-6)
