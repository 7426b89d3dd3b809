"""Periods are written in one way, and know their days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.period import MONTHS_IN, Length, add_months, parse_period, periods, write_period


@pytest.mark.parametrize(
    ("text", "first", "last", "length"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), Length.YEAR),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), Length.HALFYEAR),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), Length.QUARTER),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Length.MONTH),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), Length.POINT),
        ("2023-01..2023-10", date(2023, 1, 1), date(2023, 10, 31), Length.SPAN),
        ("2022-02-24..2022-02-27", date(2022, 2, 24), date(2022, 2, 27), Length.SPAN),
    ],
)
def test_a_period_is_read_from_what_is_written(text, first, last, length):
    period = parse_period(text)

    assert (period.first, period.last, period.length, str(period)) == (first, last, length, text)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-Q5", "2024-H3", "2024-2", "2023-02-29", "2024..2023", "x..2024"]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        parse_period(text)


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)), length=st.sampled_from(sorted(MONTHS_IN)))
def test_a_calendar_period_holds_the_day_it_was_written_for(day, length):
    period = parse_period(write_period(day, length))

    assert period.length is length
    assert period.first <= day <= period.last


@given(year=st.integers(1900, 2100), length=st.sampled_from(sorted(MONTHS_IN)))
def test_the_periods_of_a_year_follow_each_other_and_fill_it(year, length):
    whole = parse_period(str(year))

    parts = list(periods(whole, whole, length))

    assert len(parts) * MONTHS_IN[length] == 12
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(parts))
    assert {part.year for part in parts} == {year}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2023, 5, 31), 6, date(2023, 11, 30)),
        (date(2023, 5, 31), 15, date(2024, 8, 31)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2022, 10, 7), 15, date(2024, 1, 7)),
    ],
)
def test_months_are_added_by_the_number_of_the_day(day, months, then):
    assert add_months(day, months) == then


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)), months=st.integers(-600, 600))
def test_months_added_keep_the_day_or_end_a_month(day, months):
    then = add_months(day, months)

    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1
