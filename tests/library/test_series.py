"""The shipped series: every number has a day and a source, and what they promise of themselves is true."""

import shutil
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenraming.base.errors import LibraryInvalid, NotInLibrary
from ketenraming.base.period import Length
from ketenraming.evidence.agreement import check_years_agree, disagreements
from ketenraming.evidence.library import load
from ketenraming.reports.words import sentence


def test_the_series_of_the_chain_are_there(library):
    wanted = {
        "asylum_applications_inflow", "asylum_pending_stock_end", "asylum_first_instance_decisions_quarter",
        "ontheemde_stock_end", "nareis_inflow", "nareis_inflow_quarter", "nareis_inflow_year", "coa_stock_end",
        "coa_vergunninghouder_stock_end", "ind_asylum_inflow", "ind_dwangsom_euros_year", "oekraine_capacity",
        "huisvesting_outflow_halfyear", "huisvesting_target_outflow_halfyear", "bewaring_inflow_year",
        "terugkeer_gedwongen_outflow_year", "amv_inflow_year", "coa_regular_price_year", "naturalisatie_inflow_year",
    }  # fmt: skip

    assert wanted <= set(library.series)


def test_every_observation_is_known_when_its_period_is_over(library):
    observed = [s for s in library.series.values() if s.nature == "observed"]

    assert all(o.known_since >= o.period.last for s in observed for o in s.observations)


def test_what_is_decided_beforehand_is_known_before_its_period(library):
    targets = library.series["huisvesting_target_outflow_halfyear"].as_known_on(date(2018, 12, 31))

    assert targets.observations[-1].period.text == "2019-H1"


def test_no_observation_was_known_before_its_source(library):
    told = [o for s in library.series.values() for o in s.observations]

    assert all(o.known_since >= library.sources[o.source].published for o in told)


def test_a_series_by_month_that_is_complete_has_no_gap(library):
    complete = [s for s in library.series.values() if s.complete and s.frequency is Length.MONTH]

    assert len(complete) >= 8
    for s in complete:
        first, last = s.complete.split("..")
        assert np.isfinite(s.by_month(first, last)).all(), s.id


@given(day=st.dates(date(2008, 1, 1), date(2026, 6, 1)))
@settings(max_examples=25)
def test_a_reader_of_a_day_has_nothing_that_was_published_later(library, day):
    for s in library.series.values():
        assert all(o.known_since <= day for o in s.as_known_on(day).observations)


# CBS and AIDA print the years; the months are rounded to 5.
@pytest.mark.parametrize(
    ("years", "parts"),
    [
        ("asylum_applications_inflow_year", "asylum_applications_inflow"),
        ("asylum_first_applications_inflow_year", "asylum_first_applications_inflow"),
        ("asylum_first_applications_inflow_year", "asylum_first_applications_inflow_quarter"),
        ("nareis_inflow_year", "nareis_inflow"),
    ],
)
def test_the_months_and_quarters_of_a_publisher_make_its_year(library, years, parts):
    findings = check_years_agree({name: library.series[name] for name in (years, parts)})

    apart = [f for f in findings if f.words["one"] != "rvk-2018"]
    assert apart
    assert all(abs(f.difference) <= 15 for f in apart)


def test_the_parts_never_exceed_the_whole(library):
    for part, whole in (
        ("nareis_part_inflow", "nareis_inflow_year"),
        ("asylum_first_applications_part_inflow", "asylum_first_applications_inflow_year"),
    ):
        ours, all_of_it = (library.series[name].by_year(2018, 2024) for name in (part, whole))
        assert library.series[part].covers == "part"
        assert (ours < all_of_it).all()


def test_the_known_disagreements_are_listed_and_no_others(library):
    listed = {(f.words["of"], f.words["period"]) for f in disagreements(library.series)}

    assert ("asylum_first_applications_inflow_year", "2018") in listed
    assert ("coa_stock_end", "2017-12-31") in listed
    assert ("nareis_inflow_year", "2022") in listed
    assert ("huisvesting_target_outflow_halfyear", "2018-H1") in listed  # expected in April, set in October 2017
    assert len(disagreements(library.series)) == 24


def test_a_disagreement_is_said_in_both_languages(library):
    for finding in disagreements(library.series):
        assert str(finding.words["of"]) in sentence(finding, library, "nl")
        assert "{" not in sentence(finding, library, "en")


def test_a_price_that_is_also_a_parameter_is_the_same_price(library):
    for name in ("coa_regular_price", "coa_emergency_price"):
        told = library.series[f"{name}_year"].observations
        values = {str(v.from_.year): (v.value, v.known_since) for v in library.parameter(name).values}
        assert {o.period.text: (o.value, o.known_since) for o in told} == values


def test_every_forecast_is_of_a_series_and_no_wider_than_it_says(library):
    for f in library.forecasts:
        assert f.unit == library.series[f.series].unit
        numbers = [x for x in (f.low, f.central, f.high) if x is not None]
        assert numbers == sorted(numbers)


def test_no_series_is_by_nationality(library):
    texts = [f"{s.id} {s.label_en} {s.label_nl}".lower() for s in library.series.values()]

    assert not [t for t in texts if "nationalit" in t.replace("nationality acquired", "") and "dutch" not in t]


def test_an_unknown_series_is_met_with_the_nearest_ones(library):
    with pytest.raises(NotInLibrary, match=r"Did you mean .*nareis_inflow"):
        library.series["nareis_inflo"]


def test_loading_reads_no_series_until_they_are_asked_for(library):
    loaded = load()

    assert "observed" not in vars(loaded)
    started = time.perf_counter()
    assert loaded.series is loaded.series
    assert time.perf_counter() - started < 5


SERIES, FORECASTS, COA = "series.csv", "forecasts.csv", "series/coa.csv"
APPLICATIONS = "series/applications.csv"
FIRST = "asylum_applications_inflow,2008-01,1060,,eurostat-migr-asyappctzm,metill-is/metill_testing,copy,,"

MISTAKES = {
    "an unknown series": (APPLICATIONS, FIRST, FIRST.replace("asylum_a", "a"),
                          "applications.csv:2: not an observation: the series 'applications_inflow' is not in"),
    "an unknown source": (APPLICATIONS, FIRST, FIRST.replace("eurostat", "eurostad"), "is not in library/sources"),
    "no period": (APPLICATIONS, FIRST, FIRST.replace("2008-01", "2008-13"), "'2008-13' is no period"),
    "a period of another length": (APPLICATIONS, FIRST, FIRST.replace("2008-01", "2008-Q1"), "2008-Q1 is no month"),
    "no number": (APPLICATIONS, FIRST, FIRST.replace("1060", "veel"), "applications.csv:2: not an observation"),
    "not a number": (APPLICATIONS, FIRST, FIRST.replace("1060", "nan"), "the value is no number"),
    "an unknown status": (APPLICATIONS, FIRST, FIRST.replace(",copy,", ",heard,"), "the status 'heard' is not one of"),
    "known too early": (APPLICATIONS, FIRST, FIRST.replace("1060,,", "1060,2008-01-30,"), "before 2008-01 was over"),
    "known before its source": (APPLICATIONS, FIRST, FIRST.replace("1060,,", "1060,2008-02-01,"),
                                "but eurostat-migr-asyappctzm is of 2008-03-31"),
    "there twice": (APPLICATIONS, FIRST, FIRST + "\n" + FIRST, "is there twice"),
    "a gap": (APPLICATIONS, FIRST + "\n", "", "called complete over 2008-01..2024-10, without 2008-01"),
    "a row with a cell too many": (APPLICATIONS, FIRST, FIRST + ",", "more or fewer cells than the header"),
    "no day and no rule": (COA, "coa_stock_avg_year,2024,69450,2025-09-16", "coa_stock_avg_year,2024,69450,",
                           "no known_since, and coa_stock_avg_year has no lag_days"),
    "an unknown unit": (SERIES, ",person,inflow,sum,month,Eurostat", ",human,inflow,sum,month,Eurostat",
                        "series.csv:2: asylum_applications_inflow: unknown unit 'human'"),
    "a year made wrongly": (SERIES, ",inflow,sum,month,Eurostat", ",inflow,mean,month,Eurostat",
                            "series.csv:2: asylum_applications_inflow: a year of inflow is not made by mean"),
    "a name without its measure": (SERIES, "\nnareis_inflow,", "\nnareis_arrivals,", "a name says its measure"),
    "an unknown frequency": (SERIES, ",sum,month,Eurostat", ",sum,week,Eurostat", "series.csv:2: frequency: input"),
    "an unknown preferred source": (SERIES, "coa-bezetting coa-jaarverslag", "coa-bezet coa-jaarverslag",
                                    "the source 'coa-bezet' is not in library/sources"),
    "a forecast in no order": (FORECASTS, "45000,93600,114000", "45000,193600,114000", "are not in that order"),
    "a forecast in another unit": (FORECASTS, ",person,mpp", ",place,mpp", "forecasts.csv:2: the unit is 'place'"),
    "a forecast of what was over": (FORECASTS, "\n2015-11-30", "\n2025-11-30", "after 2016 was over"),
}  # fmt: skip


def changed(library, folder: Path, *changes: tuple[str, str, str]) -> str:
    """What the refusal says after changing one text in each of some files."""
    copy = shutil.copytree(library.root, folder / "library")
    for name, old, new in changes:
        path = copy / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    loaded = load(copy)
    with pytest.raises(LibraryInvalid) as refusal:
        loaded.series  # noqa: B018  (it is read when asked for)
    return str(refusal.value)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_refuses_the_series_and_says_where(library, tmp_path, mistake):
    name, old, new, said = MISTAKES[mistake]

    refusal = changed(library, tmp_path, (name, old, new))

    assert Path(name).name in refusal or SERIES in refusal
    assert said in refusal


def test_a_broken_entry_of_the_dictionary_is_one_mistake_and_not_one_for_each_observation(library, tmp_path):
    refusal = changed(library, tmp_path, (SERIES, ",sum,month,Eurostat", ",sum,week,Eurostat"))

    assert refusal.startswith("The library has 1 mistake:")


def test_all_mistakes_in_series_are_reported_together(library, tmp_path):
    refusal = changed(
        library, tmp_path, (APPLICATIONS, "2008-02,1045", "2008-02,some"), (FORECASTS, ",person,mpp", ",place,mpp")
    )

    assert "applications.csv:3: not an observation" in refusal
    assert "forecasts.csv:2: the unit" in refusal
