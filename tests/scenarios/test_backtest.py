"""The back-test: nothing later is known, scores are what they say, and where others are nearer comes first."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ketenraming.base.errors import KetenramingError, NotInLibrary, ObservationNotFound
from ketenraming.cli import app
from ketenraming.evidence.observed import AllSeries, Observed
from ketenraming.reports.backtest import backtest_as_csv, backtest_as_json, remarks, verdict
from ketenraming.reports.backtest_chart import chart, write_plot
from ketenraming.scenarios.backtest import backtest
from ketenraming.scenarios.backtest.ahead import ahead
from ketenraming.scenarios.backtest.drivers import read_known
from ketenraming.scenarios.backtest.scores import ALL, LINE, OFFICIAL, Trial, beaten, scores
from ketenraming.scenarios.backtest.vantage import (
    COA,
    TooLittleKnown,
    counts,
    cut,
    day_of_draft,
    eve_of_draft,
    levels,
)
from ketenraming.scenarios.forecast import APPLICATIONS, subject
from ketenraming.scenarios.forecast.history import month_end

FEW = 60


@pytest.fixture(scope="module")
def found(library):
    return backtest(library, FEW)


def tampered(library, day, change):
    """The library with every observation, vintage and forecast of others after a day changed (None removes it)."""
    series = AllSeries(
        (
            name,
            each.with_observations(filter(None, (o if o.known_since <= day else change(o) for o in each.observations))),
        )
        for name, each in library.series.items()
    )
    vintages = library.vintages
    lines = [v if v.known_since <= day else (change(v) and replace(v, keur=3 * v.keur + 7)) for v in vintages.lines]
    other = replace(library, editions={}, findings={})
    told = tuple(each for each in library.forecasts if each.made_on <= day)
    vars(other).update(
        observed=Observed(series, told),
        vintages=replace(vintages, lines=tuple(filter(None, lines)), scores=()),
        start={},
    )
    return other


def same_bytes(one, other):
    for of in ("people", "euros"):
        assert {y: d.tobytes() for y, d in getattr(one, of).items()} == {
            y: d.tobytes() for y, d in getattr(other, of).items()
        }
    assert (one.counted, one.price, one.price_year) == (other.counted, other.price, other.price_year)


# ---- nothing later ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [2016, 2019, 2021, 2023])
def test_a_forecast_is_the_same_to_the_byte_when_all_that_came_later_is_gone(library, edition):
    without = tampered(library, eve_of_draft(edition), lambda _: None)

    same_bytes(ahead(library, edition, FEW), ahead(without, edition, FEW))


@settings(max_examples=4, deadline=None)
@given(factor=st.floats(0.1, 10), edition=st.sampled_from([2017, 2020, 2022, 2024]))
def test_a_forecast_is_the_same_to_the_byte_when_all_that_came_later_is_another(library, factor, edition):
    def other(each):
        return replace(each, value=factor * each.value) if hasattr(each, "value") else each

    changed = tampered(library, eve_of_draft(edition), other)

    same_bytes(ahead(library, edition, FEW), ahead(changed, edition, FEW))


def test_what_was_known_does_move_a_forecast(library):
    earlier = tampered(library, date(2020, 1, 1), lambda _: None)

    assert not np.array_equal(ahead(library, 2022, FEW).people[2022], ahead(earlier, 2022, FEW).people[2022])


def test_who_tries_to_read_later_gets_nothing(library):
    known = cut(library, eve_of_draft(2020))

    with pytest.raises(ObservationNotFound):
        known.series["coa_stock_end"].on("2021-12-31")
    with pytest.raises(ObservationNotFound):
        known.vintages.of(COA, 2023)
    with pytest.raises(NotInLibrary):
        known.parameter("coa_regular_price")
    assert (known.start, known.editions, known.vintages.scores) == ({}, {}, ())


def test_nothing_in_a_cut_library_is_of_a_later_day(library):
    day = eve_of_draft(2019)

    known = cut(library, day)

    assert max(o.known_since for each in known.series.values() for o in each.observations) <= day
    assert max(each.known_since for each in known.vintages.lines) <= day
    assert all(each.made_on <= day for each in known.forecasts)


def test_a_forecast_of_inflow_cannot_be_asked_for_a_later_day(library):
    known = cut(library, eve_of_draft(2020))

    history = subject(known, APPLICATIONS).read(date.max)

    assert month_end(history.end - 1) < eve_of_draft(2020)


def test_a_draft_is_not_known_on_its_eve(library):
    eve, day = (
        {each.edition for each in cut(library, of(2023)).vintages.lines if each.address == COA}
        for of in (eve_of_draft, day_of_draft)
    )

    assert day - eve == {2023}


# ---- what is known ---------------------------------------------------------------------------------------------------


def test_a_draft_comes_on_the_third_tuesday_of_september(library):
    published = {
        document.year: document.published
        for document in library.vintages.documents.values()
        if document.stage == "owb" and document.published_is == "exact"
    }

    assert [day_of_draft(year) for year in published] == list(published.values())


def test_a_level_is_the_last_that_was_printed_before_the_eve(library):
    found = levels(cut(library, eve_of_draft(2023)), 2023)

    assert found[-1].year == 2022
    assert found[-1].euros == pytest.approx(1_200_104_000)


def test_a_forecast_starts_from_the_last_count(library):
    known = cut(library, eve_of_draft(2022))

    last = counts(known)[-1]

    assert last.when == "2021-04"
    assert ahead(library, 2022, FEW).counted in {last.month, last.month - 1}


def test_too_little_known_says_what_is_missing(library):
    with pytest.raises(TooLittleKnown, match="no nareis since 2014") as raised:
        read_known(cut(library, eve_of_draft(2015)), eve_of_draft(2015))

    assert raised.value.what == "no_nareis"


# ---- scores ----------------------------------------------------------------------------------------------------------


def trial(outcome, said, *, draws=(90.0, 100.0, 110.0), year=2020):
    return Trial("people", 2020, year, outcome, np.array(draws), said)


def test_errors_are_held_against_ours_in_the_same_trials():
    first, second = trial(100, {OFFICIAL: 90.0, LINE: 100.0}), trial(140, {LINE: 140.0}, year=2021)

    whole = next(score for score in scores([first, second]) if score.ahead == ALL)

    assert (whole.ours.mae, whole.ours.bias) == (20, -20)
    assert (whole.others[OFFICIAL].trials, whole.others[OFFICIAL].mae, whole.others[OFFICIAL].ours) == (1, 10, 0)
    assert beaten([whole]) == {("people", LINE): (ALL,)}


def test_the_chance_of_more_is_that_of_our_draws():
    assert trial(105, {}).exceeded == pytest.approx(1 / 3)
    assert (trial(105, {}).held(0.5), trial(106, {}).held(0.5)) == (True, False)


def test_a_crps_is_no_more_than_the_mean_distance_of_the_draws():
    one = trial(130, {})

    assert 0 < one.crps <= np.abs(one.draws - 130).mean()


def test_outcomes_by_proxy_are_kept_apart(library, found):
    for each in found.trials:
        if each.group != "people":
            outcome = library.vintages.outcome(COA, each.year)
            assert outcome.proxy == (each.group == "euros_proxy")
            assert outcome.vintage.euros == each.outcome


def test_the_official_figure_is_the_draft_of_its_own_edition(found):
    drafts = {t.edition: t.others[OFFICIAL] for t in found.trials if t.group != "people" and t.ahead == 0}

    assert drafts == {y: 1000 * keur for y, keur in
                      {2019: 496917, 2020: 606348, 2021: 775006, 2022: 537961, 2023: 1136270}.items()}  # fmt: skip


def test_every_edition_is_forecast_or_left_out_with_a_reason(found):
    assert sorted([*(each.edition for each in found.made), *found.left_out]) == list(range(2015, 2025))
    assert dict(found.left_out) == {2015: "no_nareis"}


def test_our_median_for_the_budget_year_is_nearer_than_last_year_and_a_line_for_people(found):
    first = next(score for score in found.scores if score.group == "people" and score.ahead == 0)

    assert first.ours.mae < 0.7 * min(errors.mae for errors in first.others.values())


def test_the_same_seed_gives_the_same_bytes(library, found):
    again = backtest(library, FEW)

    assert backtest_as_csv(again) == backtest_as_csv(found)


# ---- for readers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_says_first_where_another_was_nearer(found, lang):
    said = verdict(found, lang)

    assert (":" in said) == bool(found.beaten)
    assert all(line and "{" not in line for line in remarks(found, lang))


def test_without_a_loss_the_report_says_so(found):
    alone = replace(found, scores=tuple(replace(score, others={}) for score in found.scores))

    assert verdict(alone, "en").startswith("Neither the official figure")


def test_csv_holds_every_trial(found):
    rows = list(csv.DictReader(io.StringIO(backtest_as_csv(found))))

    assert len(rows) == len(found.trials)
    assert {row["known_on"] for row in rows if row["edition"] == "2023"} == {"2022-09-19"}


def test_json_and_chart_say_the_same_scores(found):
    document = json.loads(json.dumps(backtest_as_json(found)))
    score = document["scores"][0]

    told = chart(found, "en")["description"]

    assert f"Ketenraming t {score['ours']['mae']:,.0f}" in told
    assert "draft budget t" in told


def test_a_chart_is_written_as_svg_or_json_and_as_nothing_else(found, tmp_path):
    assert "<title" in write_plot(found, tmp_path / "b.svg", "nl").read_text(encoding="utf-8")
    with pytest.raises(KetenramingError, match=r"\.svg or \.json"):
        write_plot(found, tmp_path / "b.png", "nl")


def test_the_command_prints_the_verdict_first():
    outcome = CliRunner().invoke(app, ["backtest", "--draws", str(FEW), "--lang", "en"])

    assert outcome.exit_code == 0
    assert outcome.stdout.startswith(("Nearer to the outcome than ours", "Neither"))
