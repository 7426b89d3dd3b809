"""The key of the Spreidingswet: weights, shares that are rounded arithmetically, provinces, and what is to be found."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.rounding import half_away, up
from ketenraming.rules.spreidingswet import Municipality, Places, bonus_places, gap, province_tasks, shares, weight

DAY = date(2026, 3, 1)
municipalities = st.lists(
    st.builds(
        Municipality,
        code=st.uuids().map(str),
        province=st.sampled_from(["Groningen", "Utrecht", "Zeeland"]),
        inhabitants=st.integers(1_000, 900_000),
        score=st.decimals(-1, 1, places=3),
    ),
    min_size=1,
    max_size=30,
).filter(lambda listed: any(each.score > -1 for each in listed))


# Published for the first cycle: 128 places in Bloemendaal without the score, 172 with it.
def test_without_a_score_places_go_by_inhabitants():
    listed = [Municipality("Bloemendaal", "Noord-Holland", 23_922, 0),
              Municipality("others", "", 17_942_942 - 23_922, 0)]  # fmt: skip

    assert shares(96_000, listed).value["Bloemendaal"] == 128


def test_a_higher_score_takes_places_from_a_lower_one():
    listed = [Municipality("rich", "Utrecht", 50_000, 0.5), Municipality("poor", "Utrecht", 50_000, -0.5)]

    assert shares(1_000, listed).value == {"rich": 750, "poor": 250}


# Besluit (BWBR0049310), article 2.1, paragraph 3: arithmetic rounding, a half away from nought.
@pytest.mark.parametrize(
    ("number", "whole"), [(0.5, 1), (1.5, 2), (2.5, 3), (-2.5, -3), (2.4, 2), (-0.4, 0), (1e6, 1_000_000)]
)
def test_a_half_is_rounded_away_from_nought(number, whole):
    assert half_away(number) == whole


def test_two_halves_give_one_place_more_than_the_need():
    listed = [Municipality(code, "Zeeland", 1_000, 0) for code in ("a", "b")]

    told = shares(5, listed)

    assert told.value == {"a": 3, "b": 3}
    assert told.steps[-1].words["amount"] == 1


@given(listed=municipalities, need=st.integers(0, 200_000))
def test_shares_differ_from_the_need_by_at_most_half_a_place_each(listed, need):
    found = shares(need, listed).value

    assert all(share >= 0 for share in found.values())
    assert abs(sum(found.values()) - need) <= Fraction(len(listed), 2)


@given(listed=municipalities, need=st.integers(0, 200_000))
def test_the_tasks_of_provinces_are_the_sums_of_their_municipalities(listed, need):
    found = shares(need, listed).value

    assert sum(province_tasks(found, listed).values()) == sum(found.values())


@given(listed=municipalities, need=st.integers(0, 100_000), more=st.integers(0, 100_000))
def test_a_higher_need_lowers_no_share(listed, need, more):
    few, many = shares(need, listed).value, shares(need + more, listed).value

    assert all(many[code] >= few[code] for code in few)


# Wet (BWBR0049307), article 2, paragraph 3: there for five years, now or within twelve months.
@pytest.mark.parametrize(
    ("places", "counts"),
    [
        (Places("Utrecht", 100, date(2020, 1, 1)), True),
        (Places("Utrecht", 100, date(2027, 3, 1)), True),
        (Places("Utrecht", 100, date(2027, 3, 2)), False),
        (Places("Utrecht", 100, date(2020, 1, 1), date(2031, 3, 1)), True),
        (Places("Utrecht", 100, date(2020, 1, 1), date(2031, 2, 28)), False),
        (Places("Utrecht", 100, date(2026, 9, 1), date(2031, 3, 1)), False),
    ],
)
def test_only_places_that_are_there_soon_and_long_enough_fill_the_gap(library, places, counts):
    told = gap(library.parameters, 250, [places], DAY)

    assert told.value == (150 if counts else 250)


# Besluit (BWBR0049310), article 3.1: a hundred regular or sixteen special places, over sites within the municipality.
@pytest.mark.parametrize(
    ("places", "counted"),
    [
        ([("a", 99, False)], 0),
        ([("a", 60, False), ("a", 40, False)], 100),
        ([("a", 60, False), ("b", 40, False)], 0),
        ([("a", 16, True), ("b", 15, True)], 16),
        ([("a", 90, False), ("a", 10, True)], 0),
    ],
)
def test_places_of_a_municipality_that_has_too_few_do_not_count(library, places, counted):
    listed = [Places(code, count, DAY, special=special) for code, count, special in places]

    assert gap(library.parameters, 250, listed, DAY).value == 250 - counted


@given(task=st.integers(0, 20_000), places=st.integers(0, 20_000), more=st.integers(0, 20_000))
def test_more_places_never_lower_the_places_above_the_bound_and_a_higher_task_never_raises_them(
    library, task, places, more
):
    above = bonus_places(library.parameters, task, places, DAY).value

    assert bonus_places(library.parameters, task, places + more, DAY).value >= above
    assert bonus_places(library.parameters, task + more, places, DAY).value <= above


def test_places_above_three_quarters_of_the_task_are_paid_for_at_an_amount_that_was_not_found(library):
    told = bonus_places(library.parameters, 1_000, 800, DAY)

    assert told.value == 50
    assert bonus_places(library.parameters, 1_000, 700, DAY).value == 0
    assert not told.confirmed


@pytest.mark.parametrize(
    "wrong", [Municipality("a", "", -1, 0), Municipality("a", "", 1_000, -1.1), Municipality("a", "", 0, 0)]
)
def test_what_has_no_weight_is_refused(wrong):
    with pytest.raises(CaseInvalid):
        shares(100, [wrong])


def test_a_weight_is_exact():
    assert weight(Municipality("a", "", 1, 0.1), 10) == Fraction(11, 100)


@given(number=st.fractions(-1_000, 1_000))
def test_up_is_the_least_whole_number_that_is_not_below(number):
    assert number <= up(number) < number + 1
