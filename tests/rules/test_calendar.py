"""Days as the law counts them: holidays, working days, and terms that end on a day of rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.rules.calendar import Span, holidays, next_workday, span_of

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
spans = st.builds(Span, months=st.integers(0, 40), days=st.integers(0, 400), workdays=st.integers(0, 20))


# Algemene termijnenwet (BWBR0002448), article 3, paragraphs 1 and 2.
def test_the_holidays_of_a_year_are_those_of_the_act():
    assert sorted(holidays(2025)) == [
        date(2025, 1, 1), date(2025, 4, 18), date(2025, 4, 21), date(2025, 4, 26), date(2025, 5, 5),
        date(2025, 5, 29), date(2025, 6, 9), date(2025, 12, 25), date(2025, 12, 26),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "good_friday"),
    [(1999, date(1999, 4, 2)), (2000, date(2000, 4, 21)), (2008, date(2008, 3, 21)), (2024, date(2024, 3, 29)),
     (2038, date(2038, 4, 23))],
)  # fmt: skip
def test_good_friday_moves_with_easter(year, good_friday):
    assert good_friday in holidays(year)


def test_the_birthday_of_the_queen_was_on_another_day():
    assert date(2013, 4, 30) in holidays(2013)
    assert date(2014, 4, 26) in holidays(2014)  # the 27th was a Sunday


def test_a_term_is_moved_over_easter():
    assert next_workday(date(2024, 3, 29)) == date(2024, 4, 2)


@given(day=days)
def test_a_day_that_was_moved_is_a_working_day_and_no_more_than_five_days_later(day):
    moved = next_workday(day)

    assert next_workday(moved) == moved
    assert timedelta(0) <= moved - day <= timedelta(days=5)


# The Act does not hold for more than ninety days, twelve weeks or three months, nor for years (article 4 under a).
@pytest.mark.parametrize(
    ("amount", "unit", "short"),
    [(90, "day", True), (91, "day", False), (12, "week", True), (13, "week", False), (3, "month", True),
     (4, "month", False), (1, "year", False)],
)  # fmt: skip
def test_the_act_holds_for_short_terms_only(amount, unit, short):
    assert span_of(amount, unit).is_short is short


def test_an_extended_term_is_not_short():
    assert not (span_of(90, "day") + span_of(3, "month")).is_short


def test_months_of_one_term_are_added_before_they_are_counted():
    assert (Span(months=6) + Span(months=9)).after(date(2023, 5, 31)) == date(2024, 8, 31)


@given(day=days, one=spans, other=spans)
def test_a_longer_term_never_ends_sooner(day, one, other):
    assert (one + other).after(day) >= one.after(day)


@given(day=days, later=st.integers(0, 400), span=spans)
def test_a_later_start_never_ends_sooner(day, later, span):
    assert span.after(day + timedelta(days=later)) >= span.after(day)


@given(day=days, count=st.integers(1, 30))
def test_so_many_working_days_lie_in_a_term_of_working_days(day, count):
    end = span_of(count, "workday").after(day)

    between = [day + timedelta(days=i) for i in range(1, (end - day).days + 1)]
    assert sum(1 for each in between if next_workday(each) == each) == count
