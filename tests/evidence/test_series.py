"""Series answer for a day of knowledge, and what is missing stays missing."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import ObservationNotFound
from ketenraming.base.period import Length, parse_period
from ketenraming.evidence.agreement import check_sources_agree, check_years_agree, disagreements
from ketenraming.evidence.series import Observation, Series
from ketenraming.evidence.variable import HOW_A_YEAR_IS_MADE


def series(*observations: Observation, name="toy_inflow", measure="inflow", frequency=Length.MONTH, **rest) -> Series:
    return Series(
        id=name, label_nl="", label_en="", unit="person", measure=measure, yearly=HOW_A_YEAR_IS_MADE[measure],
        frequency=frequency, publisher="", **rest,
    ).with_observations(observations)  # fmt: skip


def seen(period: str, value: float, known: str = "", source: str = "one", step: float = 1.0) -> Observation:
    since = date.fromisoformat(known) if known else parse_period(period).last
    return Observation(parse_period(period), value, since, source, step=step)


months = st.builds("{}-{:02d}".format, st.integers(2014, 2017), st.integers(1, 12))
days = st.dates(date(2013, 1, 1), date(2019, 1, 1))
observations = st.lists(
    st.builds(
        lambda month, value, lag, source: Observation(
            parse_period(month), value, parse_period(month).last + timedelta(days=lag), source
        ),
        months, st.floats(0, 1e6), st.integers(0, 500), st.sampled_from(["one", "two", "three"]),
    ),
    max_size=40,
)  # fmt: skip


@given(told=observations, day=days)
def test_nothing_is_known_before_it_was_published(told, day):
    known = series(*told, preferred="two").as_known_on(day).observations

    assert all(each.known_since <= day for each in known)


@given(told=observations, day=days)
def test_a_reader_has_one_observation_of_every_period_that_was_published(told, day):
    known = series(*told, preferred="two").as_known_on(day).observations

    periods = [each.period for each in known]
    assert periods == sorted(set(periods))
    assert set(periods) == {each.period for each in told if each.known_since <= day}


@given(told=observations, day=days)
def test_to_ask_twice_says_the_same(told, day):
    once = series(*told, preferred="three one").as_known_on(day)

    assert once.as_known_on(day) == once


@given(told=observations, day=days)
def test_of_one_source_the_later_publication_wins(told, day):
    alone = [each for each in told if each.source == "one"]

    for each in series(*alone).as_known_on(day).observations:
        same = [o.known_since for o in alone if o.period == each.period and o.known_since <= day]
        assert each.known_since == max(same)


@given(told=observations, day=days)
def test_a_later_day_forgets_no_period(told, day):
    one, other = (series(*told).as_known_on(day + timedelta(days=more)) for more in (0, 100))

    assert {each.period for each in one.observations} <= {each.period for each in other.observations}


def test_the_preferred_source_comes_before_a_later_one():
    both = (seen("2024-01", 10, "2024-02-01", "good"), seen("2024-01", 12, "2024-03-01", "late"))

    assert series(*both, preferred="good").on("2024-01").value == 10
    assert series(*both).on("2024-01").value == 12
    assert series(*both).on("2024-01", known_on=date(2024, 2, 15)).value == 10


def test_a_missing_month_is_not_a_number():
    toy = series(seen("2024-01", 10), seen("2024-03", 30, "2024-06-01"))

    np.testing.assert_equal(toy.by_month("2023-12", "2024-03"), [np.nan, 10, np.nan, 30])
    np.testing.assert_equal(toy.by_month("2024-01", "2024-03", date(2024, 5, 31)), [10, np.nan, np.nan])


def test_a_year_of_a_flow_is_the_sum_of_all_its_months_or_nothing():
    whole = [seen(f"2023-{month:02d}", month) for month in range(1, 13)]

    np.testing.assert_equal(series(*whole, seen("2024-01", 1)).by_year(2022, 2024), [np.nan, 78, np.nan])


def test_a_year_of_a_stock_is_its_end():
    toy = series(
        seen("2023-Q3", 5), seen("2023-Q4", 7), name="toy_stock_end_quarter", measure="stock_end",
        frequency=Length.QUARTER,
    )  # fmt: skip

    np.testing.assert_equal(toy.by_year(2022, 2023), [np.nan, 7])


def test_a_year_of_a_mean_is_the_mean_of_its_parts():
    halves = (seen("2023-H1", 4), seen("2023-H2", 8))
    toy = series(*halves, name="toy_stock_avg_halfyear", measure="stock_avg", frequency=Length.HALFYEAR)

    assert toy.by_year(2023, 2023) == [6]


def test_a_count_in_the_first_week_of_january_ends_the_year_before():
    toy = series(
        seen("2022-12-05", 1), seen("2023-01-02", 2), seen("2022-12-31", 3, source="rounded"), seen("2023-12", 9),
        name="toy_stock_end", measure="stock_end", frequency=Length.POINT, preferred="one",
    )  # fmt: skip

    np.testing.assert_equal(toy.by_year(2021, 2023), [np.nan, 2, np.nan])


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda s: s.by_month("2023-01", "2023-02"), "counted by quarter, not by month"),
        (lambda s: s.on("2023-Q3"), "no observation of 2023-Q3"),
        (lambda s: s.on("2023-Q1", date(2020, 1, 1)), "published by 2020-01-01"),
        (lambda s: s.from_source("nobody"), "its sources are one"),
        (lambda s: s.by_year(2023, 2023), "makes no years"),
    ],
)
def test_what_is_not_there_is_refused_in_one_sentence(ask, said):
    toy = series(seen("2023-Q1", 4), name="toy_share_quarter", measure="share", frequency=Length.QUARTER)

    with pytest.raises(ObservationNotFound, match=said):
        ask(toy)


def test_sources_that_differ_are_a_finding_and_rounding_is_not():
    toy = series(
        seen("2024-01", 1000), seen("2024-01", 1020, source="two"), seen("2024-01", 1000, source="press", step=100),
        preferred="one",
    )  # fmt: skip

    findings = check_sources_agree(toy)

    assert [(f.words["one"], f.holds) for f in findings] == [("two", False), ("press", True)]
    assert disagreements({toy.id: toy}) == [findings[0]]
    assert findings[0].difference == 20


def test_a_year_that_is_not_the_sum_of_its_quarters_is_a_finding():
    quarters = series(
        *[seen(f"2023-Q{q}", 100, step=5) for q in range(1, 5)], name="toy_inflow_quarter", frequency=Length.QUARTER
    )
    years = [
        series(seen("2023", value), seen("2024", 9), name="toy_inflow_year", frequency=Length.YEAR)
        for value in (405, 420)
    ]

    found = [check_years_agree({quarters.id: quarters, year.id: year}) for year in years]

    assert [[f.holds for f in findings] for findings in found] == [[True], [False]]
