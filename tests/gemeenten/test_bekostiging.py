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
        "ontheemde_application_day": date(2026, 11, 1),
        "ontheemde_account_day": date(2027, 7, 15),
        "ontheemde_settled_day": date(2027, 12, 31),
    }


# Bekostigingsregeling opvang ontheemden Oekraine, article 5, paragraph 2, as it was until the end of 2025.
def test_for_2025_the_advance_was_applied_for_before_october(library):
    assert days(bekostiging.ukraine(library.parameters, 1, 2025))["ontheemde_application_day"] == date(2025, 10, 1)


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
