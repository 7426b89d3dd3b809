"""What norm amounts pay in a year, and the days that go with it."""

from datetime import date

import pytest

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten import bekostiging


def days(payment) -> dict[str, date]:
    return {norm.name: norm.day for norm in payment.days}


# 44 euros since 2025; 365 days.
def test_a_place_for_ukraine_is_paid_every_day_of_the_year(library):
    paid = bekostiging.ukraine(library.parameters, 100, 2026)

    assert paid.paid.value == 100 * 44 * 365
    assert days(paid) == {
        "ontheemde_application_day": date(2026, 10, 31),
        "ontheemde_account_day": date(2027, 7, 15),
        "ontheemde_settled_day": date(2027, 12, 31),
    }


# Bekostigingsregeling opvang ontheemden Oekraine, article 5, paragraph 2: before 1 October, later before 1 November.
@pytest.mark.parametrize(("year", "last"), [(2025, date(2025, 9, 30)), (2026, date(2026, 10, 31))])
def test_the_last_day_for_the_advance_is_the_one_before_the_day_that_the_law_names(library, year, last):
    assert days(bekostiging.ukraine(library.parameters, 1, year))["ontheemde_application_day"] == last


# 48 euros a month since 2025.
def test_private_reception_is_paid_by_person_and_month(library):
    paid = bekostiging.private(library.parameters, 30, 2025)

    assert (paid.paid.value, paid.paid.confirmed, len(paid.paid.steps)) == (30 * 48 * 12, True, 1)


@pytest.mark.parametrize("year", [2029, 2030])
def test_after_the_regulation_a_doorstroomlocatie_is_paid_nothing_and_has_no_days(library, year):
    paid = bekostiging.transit(library.parameters, 100, year)

    assert (paid.paid.value, paid.coupled.value, paid.days) == (0, 0, ())


def test_more_places_than_are_granted_in_the_whole_country_are_refused(library):
    assert bekostiging.transit(library.parameters, 8_500, 2026).paid.value == 186_150_000
    with pytest.raises(CaseInvalid, match="in the whole country"):
        bekostiging.transit(library.parameters, 8_501, 2026)


def test_of_transition_costs_more_is_applied_for_under_the_one_regulation_than_under_the_other(library):
    told = bekostiging.overrun(library.parameters, 100_000, 115_000, 2026)

    assert (told.ukraine.value, told.transit.value) == (15_000, 5_000)


@pytest.mark.parametrize(("granted", "spent"), [(-1, 0), (0, 10**10)])
def test_transition_costs_that_cannot_be_are_refused(library, granted, spent):
    with pytest.raises(CaseInvalid, match="Correct the amounts"):
        bekostiging.overrun(library.parameters, granted, spent, 2026)


# Bekostigingsregeling doorstroomlocaties, articles 3, 6, 9 and 11.
def test_a_doorstroomlocatie_is_paid_with_and_without_the_supplement(library):
    paid = bekostiging.transit(library.parameters, 10, 2027)

    assert (paid.paid.value, paid.coupled.value) == (10 * 60 * 365, 10 * 68 * 365)
    assert days(paid)["doorstroom_application_day"] == date(2027, 10, 1)
    assert days(paid)["doorstroom_account_day"] == date(2028, 7, 15)
    assert days(paid)["doorstroom_settled_day"] == date(2029, 12, 31)


def test_nobody_is_paid_for_more_than_365_days_of_a_leap_year(library):
    assert bekostiging.transit(library.parameters, 1, 2028).paid.value == 60 * 365


@pytest.mark.parametrize("places", [-1, 100_001])
def test_a_number_of_places_that_cannot_be_is_refused(library, places):
    with pytest.raises(CaseInvalid, match="Correct the number"):
        bekostiging.ukraine(library.parameters, places, 2026)
    with pytest.raises(CaseInvalid, match="Correct the number"):
        bekostiging.private(library.parameters, places, 2026)
