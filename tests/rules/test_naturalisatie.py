"""Naturalisation: years of residence, conditions to go through, fees and their indexation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid, ParameterNotFound
from ketenraming.rules.case import View
from ketenraming.rules.naturalisatie import (
    CONDITIONS,
    FEE_KINDS,
    Request,
    Residence,
    all_met,
    answered,
    checklist,
    fee,
    indexed_fee,
    last_fee,
    pay_by,
    residence_years,
)

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


# Besluit (BWBR0013782), article 6: within six weeks of receipt.
def test_the_fee_is_paid_within_six_weeks(library):
    assert pay_by(library.parameters, date(2026, 3, 2)).value == date(2026, 4, 13)


# RWN, article 8, paragraph 3: two years right before the request, of ten in all.
def test_years_are_told_with_the_day_since_when_and_the_years_in_all(library):
    step = residence_years(library.parameters, Residence.TEN_YEARS, date(2026, 3, 2)).steps[0]

    assert (step.words["day"], step.words["total"]) == (date(2024, 3, 2), 10)


def test_a_fee_that_was_not_found_is_the_last_one_before_and_not_confirmed(library):
    told = last_fee(library.parameters, "naturalisatie_enkel", date(2026, 3, 2))

    assert (told.value, told.confirmed, told.steps[0].words["year"]) == (1_023, False, "2024")


@pytest.mark.parametrize(
    ("name", "day", "why"),
    [("gratis", DAY, "Choose one of"), ("optie_kind", date(2016, 1, 1), "Give a later day")],
)
def test_a_fee_that_there_is_not_is_refused(library, name, day, why):
    with pytest.raises(CaseInvalid, match=why):
        last_fee(library.parameters, name, day)


def test_every_kind_of_fee_of_the_library_can_be_asked_for(library):
    assert {f"leges_{name}_price" for name in FEE_KINDS} == {
        name for name in library.parameters if name.startswith("leges_")
    }


# RWN, article 9, paragraph 4: a year from payment.
def test_the_term_for_a_decision_runs_from_the_payment(library):
    view = View(date(2026, 11, 23))
    request = Request(date(2026, 3, 2), paid=date(2026, 3, 20), index=(100, 105))

    told = answered(library.parameters, request, view)

    assert told.term.value.deadline == date(2027, 3, 20)
    assert told.indexed.value == 1_074
    assert answered(library.parameters, Request(date(2026, 3, 2)), view).term is None


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
