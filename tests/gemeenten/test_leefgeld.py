"""What a household of displaced persons receives and contributes a month."""

from datetime import date

import pytest

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten.leefgeld import living
from ketenraming.rules.ontheemden import Household


def test_amounts_are_those_of_the_end_of_the_year(library):
    told = living(library.parameters, Household(2, 1), 1, 2025)

    assert (told.day, told.contribution.value) == (date(2025, 12, 31), 244.22)


# Two adults, housed and catered for: at most 992.80 a month since 1 October 2025.
def test_who_is_given_meals_pays_for_them_and_has_no_money_for_food(library):
    told = living(library.parameters, Household(2, 0, meals=True), 2, 2026)

    assert told.contribution.value == 992.80
    assert told.allowance.value == pytest.approx(2 * 56.12)


def test_without_an_income_nothing_is_contributed(library):
    assert living(library.parameters, Household(1), 0, 2026).contribution is None


@pytest.mark.parametrize(
    ("household", "earning", "why"),
    [
        (Household(2, 1), 3, "cannot have an income"),
        (Household(1), -1, "cannot have an income"),
        (Household(40, 11), 0, "Give fewer persons"),
        (Household(0), 0, "one person or more"),
    ],
)
def test_a_household_that_cannot_be_is_refused(library, household, earning, why):
    with pytest.raises(CaseInvalid, match=why):
        living(library.parameters, household, earning, 2026)
