"""What counts as development assistance: the first twelve months, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.rules.oda import Stay, first_year_days, months_that_count

START, END = date(2025, 1, 1), date(2027, 12, 31)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("stay", "counted"),
    [
        (Stay(date(2025, 6, 1), date(2025, 6, 30)), 30),
        (Stay(date(2025, 6, 1), date(2027, 1, 1)), 365),
        (Stay(date(2025, 6, 1)), 365),
        (Stay(date(2024, 6, 1)), 151),  # of its year, the days since 1 January 2025
        (Stay(date(2023, 6, 1)), 0),
    ],
)
def test_the_first_twelve_months_of_a_stay_count(library, stay, counted):
    assert first_year_days(library.parameters, stay, START, END) == counted


@given(arrival=days, ends=st.tuples(days, days, days).map(sorted))
def test_days_add_up_over_periods(library, arrival, ends):
    first, middle, last = ends
    stay = Stay(arrival)

    whole = first_year_days(library.parameters, stay, first, last)
    one = first_year_days(library.parameters, stay, first, middle)
    rest = first_year_days(library.parameters, stay, middle + timedelta(days=1), last)

    assert whole == one + rest <= 366


def test_the_months_that_count_are_those_of_the_clarifications(library):
    assert months_that_count(library.parameters, START) == 12
