"""What doorstroomlocaties are paid: by the day, within the years of the site, no more than a year for one person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.rules.doorstroom import Placement, paid_days, places_left, running_costs, transition_overrun

YEAR = Placement(date(2026, 1, 1), date(2026, 12, 31), coupled_elsewhere=False, site_opened=date(2026, 1, 1))
DAY = date(2026, 1, 1)


# Regulation (BWBR0050928), article 6, paragraphs 1 and 2.
def test_a_year_of_a_permit_holder_costs_365_norms(library):
    assert running_costs(library.parameters, YEAR).value == 21_900
    assert running_costs(library.parameters, replace(YEAR, coupled_elsewhere=True)).value == 365 * 68


def test_all_places_for_a_year_cost_186_million(library):
    places = places_left(library.parameters, 0).value

    assert places == 8_500
    assert places * running_costs(library.parameters, YEAR).value == 186_150_000


@pytest.mark.parametrize(
    ("placement", "days"),
    [
        (replace(YEAR, last=date(2027, 12, 31)), 365),  # no more than that for one person
        (replace(YEAR, last=DAY), 1),
        (replace(YEAR, site_opened=date(2023, 7, 1)), 181),  # the three years of the site end on 30 June 2026
        (replace(YEAR, first=date(2028, 7, 1), last=date(2029, 6, 30), site_opened=date(2028, 1, 1)), 184),
        (replace(YEAR, first=date(2023, 12, 1), last=date(2024, 1, 10), site_opened=date(2023, 12, 1)), 10),
        (replace(YEAR, last=date(2025, 12, 31)), 0),
    ],
)
def test_days_count_within_the_site_the_regulation_and_the_year(library, placement, days):
    assert paid_days(library.parameters, placement)[0] == days


@given(first=st.integers(0, 1_500), stay=st.integers(0, 900), more=st.integers(0, 400))
def test_a_longer_stay_never_costs_less_and_never_more_than_a_year(library, first, stay, more):
    start = date(2024, 1, 1) + timedelta(days=first)
    placed = Placement(start, start + timedelta(days=stay), True, start)

    euros, longer = (
        running_costs(library.parameters, each).value
        for each in (placed, replace(placed, last=placed.last + timedelta(days=more)))
    )

    assert euros <= longer <= 365 * 68


# Article 6, paragraph 6: nothing for what is done after 31 December 2028, nor before 1 January 2024.
@pytest.mark.parametrize("year", [2022, 2023, 2029, 2030, 2035])
def test_a_stay_outside_the_years_of_the_regulation_is_paid_nothing_and_is_not_refused(library, year):
    placed = Placement(date(year, 1, 1), date(year, 12, 31), True, date(year, 1, 1))

    assert running_costs(library.parameters, placed).value == 0


@given(first=st.integers(0, 1_900), stay=st.integers(1, 364), cut=st.integers(0, 363))
def test_a_stay_costs_what_its_parts_cost_together(library, first, stay, cut):
    start = date(2024, 1, 1) + timedelta(days=first)
    whole = Placement(start, start + timedelta(days=stay), True, date(2024, 7, 1))
    middle = start + timedelta(days=min(cut, stay - 1))

    parts = (replace(whole, last=middle), replace(whole, first=middle + timedelta(days=1)))

    together = sum(running_costs(library.parameters, each).value for each in parts)
    assert running_costs(library.parameters, whole).value == together


def test_once_all_places_are_granted_none_is_left(library):
    assert places_left(library.parameters, 8_400).value == 100
    assert places_left(library.parameters, 9_000).value == 0


def test_an_overrun_of_ten_percent_is_tolerated(library):
    assert transition_overrun(library.parameters, 100_000, 110_000).value == 0
    assert transition_overrun(library.parameters, 100_000, 115_000).value == 5_000
