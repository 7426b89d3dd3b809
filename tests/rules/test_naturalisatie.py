"""Naturalisation: years of residence, conditions to go through, fees and their indexation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid, ParameterNotFound
from ketenraming.rules.naturalisatie import CONDITIONS, Residence, all_met, checklist, fee, indexed_fee, residence_years

DAY = date(2026, 1, 1)


# RWN (BWBR0003738), article 8, paragraphs 1 to 4.
@pytest.mark.parametrize(
    ("which", "years"),
    [(Residence.GENERAL, 5), (Residence.PARTNER_OR_STATELESS, 3), (Residence.TEN_YEARS, 2), (Residence.MARRIED, 3),
     (Residence.FORMER, 0)],
)  # fmt: skip
def test_a_request_asks_for_its_years_and_says_that_later_changes_were_not_seen(library, which, years):
    told = residence_years(library.parameters, which, DAY)

    assert told.value == years
    assert not told.confirmed


def test_the_conditions_are_met_when_all_are():
    conditions = checklist(dict.fromkeys(CONDITIONS, True)).value

    assert all_met(conditions) is True
    assert all(each.law.bwb_id for each in conditions)


def test_one_condition_that_is_missed_is_enough_and_one_that_is_open_leaves_it_open():
    assert all_met(checklist({**dict.fromkeys(CONDITIONS, True), "adult": False}).value) is False
    assert all_met(checklist({"adult": True}).value) is None
    assert all_met(checklist({"adult": False}).value) is False


def test_an_exception_waives_the_condition_it_is_of():
    answers = {**dict.fromkeys(CONDITIONS, True), "gives_up_nationality": False}

    assert all_met(checklist(answers).value) is False
    assert all_met(checklist(answers, frozenset({"gives_up_nationality"})).value) is True


@pytest.mark.parametrize("wrong", [{"rich": True}, {"Adult": True}])
def test_a_condition_that_the_act_does_not_have_is_refused(wrong):
    with pytest.raises(CaseInvalid):
        checklist(wrong)


def test_what_the_act_does_not_waive_is_refused():
    with pytest.raises(CaseInvalid):
        checklist({}, frozenset({"adult"}))


@pytest.mark.parametrize(
    ("name", "day", "euros"),
    [("naturalisatie_enkel", date(2017, 6, 1), 855), ("naturalisatie_samen", date(2020, 6, 1), 1150),
     ("naturalisatie_kind", date(2024, 6, 1), 151), ("optie_kind", date(2017, 6, 1), 21)],
)  # fmt: skip
def test_a_fee_is_that_of_its_year(library, name, day, euros):
    assert fee(library.parameters, name, day).value == euros


def test_a_fee_that_was_not_found_is_not_made_up(library):
    with pytest.raises(ParameterNotFound):
        fee(library.parameters, "naturalisatie_enkel", date(2025, 1, 1))


def test_a_fee_of_a_page_without_a_year_is_not_confirmed(library):
    assert not fee(library.parameters, "naturalisatie_enkel", date(2024, 6, 1)).confirmed


# Besluit (BWBR0013782), article 9: a percentage to a tenth, whole euros, a half up.
@pytest.mark.parametrize(
    ("amount", "before", "now", "euros"),
    [
        (100, 100, 102.5, 103),
        (855, 100, 102.04, 872),
        (855, 100, 102.05, 873),
        (855, 100, 100, 855),
        (21, 100, 102.3, 21),
    ],
)
def test_a_fee_is_indexed_to_whole_euros(amount, before, now, euros):
    assert indexed_fee(amount, before, now).value == euros


@given(amount=st.integers(0, 5_000), now=st.integers(100, 200), more=st.integers(0, 50))
def test_a_higher_index_never_makes_a_lower_fee(amount, now, more):
    assert amount <= indexed_fee(amount, 100, now).value <= indexed_fee(amount, 100, now + more).value


def test_an_index_of_nought_is_refused():
    with pytest.raises(CaseInvalid):
        indexed_fee(855, 0, 100)
