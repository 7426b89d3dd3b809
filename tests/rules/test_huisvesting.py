"""The task to house permit holders: rounded up, by the population of the year before, with what was not done."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.huisvesting import ladder, population_day, published_by, swapped, task, task_with_backlog


# Huisvestingswet 2014 (BWBR0035303), article 29: rounded up.
@pytest.mark.parametrize(
    ("national", "inhabitants", "persons"), [(21_200, 23_922, 29), (21_200, 0, 0), (10, 1, 1), (0, 23_922, 0)]
)
def test_a_task_is_the_part_in_the_population_rounded_up(national, inhabitants, persons):
    assert task(national, inhabitants, 17_942_942).value == persons


def test_a_task_that_is_whole_is_not_rounded():
    assert task(100, 1, 4).value == 25


@given(national=st.integers(0, 50_000), people=st.lists(st.integers(0, 900_000), min_size=1, max_size=40))
def test_together_the_tasks_exceed_the_national_number_by_less_than_one_each(national, people):
    everyone = sum(people)
    if everyone == 0:
        return

    tasks = [task(national, inhabitants, everyone).value for inhabitants in people]

    assert national <= sum(tasks) < national + len(people) or national == sum(tasks)


def test_what_was_not_done_comes_on_top():
    assert task_with_backlog(29, 7).value == 36
    assert task_with_backlog(29, -7).value == 22


def test_a_swap_keeps_the_sum():
    assert swapped({"a": 10, "b": 20}, {"a": 5, "b": -5}).value == {"a": 15, "b": 15}


@pytest.mark.parametrize("changes", [{"a": 1}, {"a": 21, "b": -21}, {"c": 0}])
def test_a_swap_that_the_act_does_not_allow_is_refused(changes):
    with pytest.raises(CaseInvalid):
        swapped({"a": 10, "b": 20}, changes)


def test_a_half_year_counts_the_population_of_the_year_before_and_is_known_thirteen_weeks_ahead(library):
    assert population_day(library.parameters, "2023-H2").value == date(2022, 1, 1)
    assert published_by(library.parameters, "2023-H1").value == date(2022, 10, 2)


@pytest.mark.parametrize("text", ["2023", "2023-H3", "soon"])
def test_what_is_no_half_year_is_refused(library, text):
    with pytest.raises(CaseInvalid, match="half-year"):
        population_day(library.parameters, text)


@pytest.mark.parametrize(("missed", "may_intervene"), [(0, False), (3, False), (4, True), (9, True)])
def test_after_four_missed_half_years_the_province_may_step_in(library, missed, may_intervene):
    assert ladder(library.parameters, missed, date(2024, 1, 1)).value.may_intervene is may_intervene


@pytest.mark.parametrize("numbers", [(-1, 1, 2), (1, 3, 2), (1, 1, 0)])
def test_numbers_that_make_no_task_are_refused(numbers):
    with pytest.raises(CaseInvalid):
        task(*numbers)
