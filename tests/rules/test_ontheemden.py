"""Displaced persons: norms by day, allowances by household, contributions of two at most."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.ontheemden import (
    Household,
    absence,
    allowance,
    municipal_norm,
    own_contribution,
    private_norm,
    transition_overrun,
)


# 96,000 places for a year at 44 euros.
def test_the_norm_of_a_year_is_places_times_days_times_the_norm(library):
    euros = municipal_norm(library.parameters, 96_000, date(2026, 1, 1), date(2026, 12, 31)).value

    assert euros == 1_541_760_000


# Regulation (BWBR0046732), article 3.
@pytest.mark.parametrize(
    ("day", "euros"),
    [(date(2022, 3, 1), 100), (date(2022, 10, 14), 100), (date(2022, 10, 15), 83), (date(2023, 12, 31), 83),
     (date(2024, 1, 1), 61), (date(2024, 12, 31), 61), (date(2025, 1, 1), 44)],
)  # fmt: skip
def test_a_place_has_the_norm_of_its_day(library, day, euros):
    assert municipal_norm(library.parameters, 1, day, day).value == euros


# State of 1 December 2025, article 3, paragraph 1, point d: 44 euros from 1 January 2025; no later amount was found.
@pytest.mark.parametrize(("year", "confirmed"), [(2024, True), (2025, True), (2026, False), (2030, False)])
def test_the_norm_of_2025_is_law_and_those_of_later_years_are_carried_on(library, year, confirmed):
    told = municipal_norm(library.parameters, 1, date(year, 1, 1), date(year, 12, 31))

    assert told.confirmed is confirmed
    assert all(step.note and step.note_nl for step in told.unconfirmed)


def test_a_stretch_over_a_change_has_both_norms(library):
    told = municipal_norm(library.parameters, 10, date(2022, 10, 14), date(2022, 10, 15))

    assert told.value == 1_830
    assert [step.words["days"] for step in told.steps] == [1, 1]


days = st.dates(date(2022, 3, 1), date(2026, 12, 31))


@given(ends=st.tuples(days, days, days).map(sorted))
def test_norms_add_up_over_periods(library, ends):
    first, middle, last = ends

    whole = municipal_norm(library.parameters, 3, first, last).value
    one = municipal_norm(library.parameters, 3, first, middle).value
    rest = municipal_norm(library.parameters, 3, middle + timedelta(days=1), last).value if middle < last else 0

    assert whole == one + rest


def test_a_stretch_that_ends_before_it_begins_is_refused(library):
    with pytest.raises(CaseInvalid):
        municipal_norm(library.parameters, 1, date(2024, 1, 2), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("month", "euros", "confirmed"),
    [(date(2023, 6, 1), 210, True), (date(2024, 6, 1), 92, True), (date(2025, 6, 1), 48, True),
     (date(2026, 6, 1), 48, False)],
)  # fmt: skip
def test_private_reception_has_a_norm_a_month_and_that_of_2026_is_carried_on(library, month, euros, confirmed):
    told = private_norm(library.parameters, 1, month)

    assert (told.value, told.confirmed) == (euros, confirmed)


# Regulation (BWBR0046503), articles 10 and 12, state of 1 February 2023.
@pytest.mark.parametrize(
    ("household", "euros"),
    [
        (Household(1), 215.06 + 56.12),
        (Household(1, 1), 215.06 + 178.36 + 2 * 56.12),
        (Household(2, 1), 2 * 171.99 + 142.57 + 3 * 56.12),
        (Household(2, 2), 2 * 150.45 + 2 * 124.97 + 4 * 56.12),
        (Household(1, private=True), 215.06 + 56.12 + 93.00),
        (Household(2, 1, meals=True), 3 * 56.12),
    ],
)
def test_an_allowance_goes_by_age_and_size_of_the_household(library, household, euros):
    assert allowance(library.parameters, household, date(2024, 1, 1)).value == pytest.approx(euros)


def test_an_allowance_of_later_than_the_state_that_was_read_says_so(library):
    told = allowance(library.parameters, Household(1), date(2025, 7, 1))

    assert not told.confirmed
    assert all(step.note for step in told.unconfirmed)


@pytest.mark.parametrize("household", [Household(0), Household(-1, 2)])
def test_a_household_without_people_is_refused(library, household):
    with pytest.raises(CaseInvalid):
        allowance(library.parameters, household, date(2024, 1, 1))


# Two adults, housed and catered for: at most 992.80 a month since 1 October 2025.
@pytest.mark.parametrize(
    ("day", "adults", "meals", "euros"),
    [(date(2025, 9, 30), 1, False, 105), (date(2025, 10, 1), 1, False, 244.22), (date(2025, 10, 1), 2, True, 992.80),
     (date(2025, 10, 1), 5, True, 992.80), (date(2025, 10, 1), 0, True, 0)],
)  # fmt: skip
def test_two_adults_of_a_family_contribute_at_most(library, day, adults, meals, euros):
    assert own_contribution(library.parameters, adults, day, meals=meals).value == pytest.approx(euros)


households = st.builds(
    Household, adults=st.integers(1, 8), minors=st.integers(0, 8), private=st.booleans(), meals=st.booleans()
)


@given(household=households, day=st.dates(date(2023, 2, 1), date(2030, 12, 31)))
def test_more_persons_are_never_given_less(library, household, day):
    larger = (replace(household, adults=household.adults + 1), replace(household, minors=household.minors + 1))

    before = allowance(library.parameters, household, day).value

    assert all(allowance(library.parameters, each, day).value >= before for each in larger)


@given(adults=st.integers(0, 20), more=st.integers(0, 20), meals=st.booleans())
def test_a_contribution_rises_with_earners_up_to_that_of_two(library, adults, more, meals):
    day = date(2026, 1, 1)

    few, many, most = (
        own_contribution(library.parameters, count, day, meals=meals).value for count in (adults, adults + more, 2)
    )

    assert few <= many <= most


# Regulation (BWBR0046503), article 7, paragraph 1, point b.
def test_after_28_days_of_absence_provisions_may_end(library):
    step = absence(library.parameters, date(2026, 1, 1))

    assert (step.words["amount"], step.law.paragraph) == (28, "1")


# Regulation (BWBR0046732), article 3, paragraph 6: beyond ten percent, all that was not granted is applied for.
@pytest.mark.parametrize(("spent", "above"), [(900, 0), (1_100, 0), (1_101, 101), (1_200, 200)])
def test_an_overrun_of_ten_percent_is_tolerated_and_beyond_it_all_is_applied_for(library, spent, above):
    assert transition_overrun(library.parameters, 1_000, spent, date(2024, 1, 1)).value == above
