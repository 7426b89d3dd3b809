"""Vintages answer for a day of knowledge, for a year and for its outcome; and the path of the spring is made again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import NotInLibrary, ObservationNotFound
from ketenraming.evidence.official_path import check_path, check_read_twice, official_path
from ketenraming.evidence.vintage import Stage, Vintage, Vintages

COA = "37.4/zbo/coa"
RANKS = ("owb", "vb", "1supp", "mn", "sbs", "2supp", "jv")
STAGES = {
    name: Stage(id=name, rank=rank, label_nl="", label_en="", short_nl="", short_en="")
    for rank, name in enumerate(RANKS, 1)
}


def level(stage: str, year: int, keur: int, known: str = "2020-06-01", **rest) -> Vintage:
    told = {"document": f"{stage}-{year}", "edition": year, **rest}
    return Vintage(COA, year, stage, known_since=date.fromisoformat(known), keur=keur, **told)


def spring(edition: int, year: int, keur: int) -> Vintage:
    return level("1supp", year, keur, edition=edition, measure="change", since="vb")


def vintages(*lines: Vintage) -> Vintages:
    return Vintages(STAGES, {}, lines, (), (), ())


days = st.dates(date(2013, 1, 1), date(2026, 1, 1))
printed = st.lists(
    st.builds(
        lambda stage, year, keur, day: level(stage, year, keur, day.isoformat()),
        st.sampled_from(["owb", "vb", "1supp", "2supp", "jv"]), st.integers(2014, 2018), st.integers(0, 10**7), days,
    ),
    max_size=30,
)  # fmt: skip


@given(told=printed, day=days)
def test_nothing_that_was_published_later_is_returned(told, day):
    known = vintages(*told).as_known_on(day)

    assert all(each.known_since <= day for each in known.lines)
    for year in known.years(COA) if known.lines else ():
        outcome = known.outcome(COA, year)
        assert all(each.known_since <= day for each in known.of(COA, year))
        assert outcome is None or outcome.vintage.known_since <= day


@given(told=printed, day=days)
def test_a_reader_has_every_line_that_was_published(told, day):
    known = vintages(*told).as_known_on(day)

    assert list(known.lines) == [each for each in told if each.known_since <= day]


@given(told=printed.filter(bool))
def test_a_year_is_told_in_the_order_of_publication_and_a_stage_once(told):
    all_of_it = vintages(*told)

    for year in all_of_it.years(COA):
        levels = all_of_it.of(COA, year)
        assert [each.known_since for each in levels] == sorted(each.known_since for each in levels)
        assert len({(each.stage, each.edition) for each in levels}) == len(levels)


def test_the_annual_report_is_the_outcome_and_the_second_supplementary_budget_a_proxy():
    told = vintages(level("2supp", 2020, 90), level("2supp", 2021, 80), level("jv", 2021, 100))

    assert told.outcome(COA, 2020).proxy
    assert not told.outcome(COA, 2021).proxy
    assert told.outcome(COA, 2021).vintage.keur == 100


def test_a_spring_level_is_no_outcome():
    assert vintages(level("1supp", 2024, 90)).outcome(COA, 2024) is None


def test_an_error_is_the_figure_less_the_outcome():
    told = vintages(level("owb", 2021, 60), level("jv", 2021, 80))

    assert told.outcome(COA, 2021).error(told.level(COA, 2021, "owb")) == (-20, -25.0)


def test_the_finer_reading_comes_first_and_then_the_own_document():
    rounded = level("1supp", 2019, 607_000, step=1000, read_in="other")
    elsewhere, own = level("1supp", 2019, 606_700, read_in="later"), level("1supp", 2019, 606_636)

    assert vintages(rounded, elsewhere, own).of(COA, 2019) == (own,)


def test_an_amount_in_euros_is_a_thousand_times_what_is_printed():
    assert level("owb", 2023, 1_136_270).euros == 1_136_270_000


def test_an_unknown_line_is_met_with_the_nearest_ones():
    with pytest.raises(NotInLibrary, match=r"Did you mean 37\.4/zbo/coa\?"):
        vintages(level("owb", 2023, 1)).of("37.4/zbo/caa", 2023)


def test_a_year_without_a_level_is_met_with_the_years_that_have_one():
    with pytest.raises(ObservationNotFound, match="Years with one: 2023"):
        vintages(level("owb", 2023, 1)).of(COA, 2001)


def test_the_next_draft_is_the_earlier_draft_and_the_changes_of_every_spring_since():
    old, new = level("owb", 2022, 498, edition=2020), level("owb", 2022, 538)
    (step,) = official_path(vintages(old, new, spring(2020, 2022, 120), spring(2021, 2022, -80)))

    assert step.draft is new
    assert (step.keur, step.direct) == (538, False)


def test_a_path_with_a_spring_missing_is_not_made():
    old, new = level("owb", 2022, 498, edition=2020), level("owb", 2022, 538)

    assert official_path(vintages(old, new, spring(2020, 2022, 120))) == []


def test_a_level_of_spring_is_held_against_the_column_of_the_draft_after_it():
    (step,) = official_path(vintages(level("1supp", 2015, 100), level("owb", 2015, 110, edition=2016)))

    assert step.direct
    assert step.off == pytest.approx(10)


@pytest.mark.parametrize(("draft", "holds"), [(100_200, True), (100_201, False)])
def test_two_tenths_of_a_percent_are_allowed_and_no_more(draft, holds):
    old = level("owb", 2021, 90_000, edition=2020)
    (finding,) = check_path(vintages(old, level("owb", 2021, draft), spring(2020, 2021, 10_000)), percent=0.2)

    assert finding.holds is holds


def test_a_level_that_was_restated_is_found_and_one_that_was_rounded_is_not():
    rounded = level("1supp", 2019, 607_000, step=1000, read_in="other")
    restated = level("1supp", 2019, 650_000, read_in="later")
    findings = check_read_twice(vintages(level("1supp", 2019, 606_636), rounded, restated))

    assert [(f.printed, f.holds) for f in findings] == [(607_000, True), (650_000, False)]
