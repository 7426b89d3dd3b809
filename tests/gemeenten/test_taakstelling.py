"""The housing task of a municipality by half-year: published numbers, what is owed, swaps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten import taakstelling
from ketenraming.gemeenten.naming import find

TARGETS = "huisvesting_target_outflow_halfyear"


@pytest.fixture(scope="module")
def observed(library):
    return library.series[TARGETS].as_known_on(date.max).observations


def test_a_half_year_without_a_number_takes_the_last_published_one(observed):
    first, second = taakstelling.half_years(observed, 2026, 1)

    assert (first.national, first.carried) == (15_000, False)
    assert (second.national, second.carried, second.published.period.text) == (15_000, True, "2026-H1")


# 15,000 x 374,238 / 17,942,942 = 312.86, rounded up.
def test_the_task_of_utrecht_is_its_part_rounded_up(library, observed):
    first, _ = taakstelling.half_years(observed, 2026, 1)

    told = taakstelling.housing_task(
        library.parameters, first, (find(library.gemeenten, "Utrecht"), library.gemeenten), 120
    )

    assert (told.task.value, told.with_backlog.value) == (313, 433)
    assert told.population_day.value == date(2025, 1, 1)
    assert told.published_by.value == date(2025, 10, 2)  # thirteen weeks before 1 January 2026


def test_all_tasks_together_are_above_the_national_number_by_about_half_the_municipalities(library, observed):
    gemeenten = library.gemeenten
    first, _ = taakstelling.half_years(observed, 2026, 1)

    tasks = [
        taakstelling.housing_task(library.parameters, first, (each, gemeenten), 0).task.value
        for each in gemeenten.municipalities.values()
    ]

    assert 15_000 + 120 < sum(tasks) < 15_000 + 220


@given(low=st.fractions(0, 2), more=st.fractions(0, 2))
def test_a_larger_national_number_asks_no_less(library, observed, low, more):
    of = find(library.gemeenten, "Urk"), library.gemeenten
    halves = [taakstelling.half_years(observed, 2026, factor)[0] for factor in (low, low + more)]

    before, after = (taakstelling.housing_task(library.parameters, each, of, 0).task.value for each in halves)

    assert after >= before


@given(count=st.integers(-313, 56))
def test_a_swap_keeps_the_sum(library, observed, count):
    first, _ = taakstelling.half_years(observed, 2026, 1)
    one, other = (find(library.gemeenten, name) for name in ("Utrecht", "Zeist"))

    after = taakstelling.after_swap(first, (one, library.gemeenten), other, count).value

    assert after == {"Utrecht": 313 + count, "Zeist": 56 - count}


@pytest.mark.parametrize(("missed", "may"), [(0, False), (3, False), (4, True)])
def test_after_four_half_years_the_province_may_step_in(library, missed, may):
    assert taakstelling.supervision(library.parameters, missed, date(2026, 1, 1)).value.may_intervene is may


def test_a_year_before_any_number_is_refused(observed):
    with pytest.raises(CaseInvalid, match="2010-H1"):
        taakstelling.half_years(observed, 2010, 1)


def test_a_negative_count_of_missed_half_years_is_refused(library):
    with pytest.raises(CaseInvalid, match="nought or more"):
        taakstelling.supervision(library.parameters, -1, date(2026, 1, 1))
