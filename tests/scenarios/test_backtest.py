"""The back-test: nothing later is known, scores are what they say, and where others are nearer comes first."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from rich.console import Console
from typer.testing import CliRunner

from ketenraming.base.errors import KetenramingError, LibraryInvalid, NotInLibrary, ObservationNotFound
from ketenraming.cli import app
from ketenraming.evidence.fits import read_fits
from ketenraming.evidence.library import load
from ketenraming.evidence.observed import AllSeries, Observed
from ketenraming.evidence.vintage import DRAFT, FIRST
from ketenraming.reports.backtest import backtest_as_csv, backtest_as_json, remarks, verdict
from ketenraming.reports.backtest_chart import chart, write_plot
from ketenraming.reports.backtest_terminal import print_backtest
from ketenraming.scenarios.backtest import Vantage, backtest
from ketenraming.scenarios.backtest.ahead import ahead
from ketenraming.scenarios.backtest.drivers import Queue, drawn
from ketenraming.scenarios.backtest.known import carried, last, read_known, unknown_from
from ketenraming.scenarios.backtest.lines import ADDRESSES, COA, IND, NIDOS, Price, euros, price_of, quantities
from ketenraming.scenarios.backtest.official import official, on_a_line
from ketenraming.scenarios.backtest.scores import ALL, LINE, OFFICIAL, RIVALS, Lost, Trial, beaten, scores
from ketenraming.scenarios.backtest.steps import Following, Steps, following, steps_of
from ketenraming.scenarios.backtest.vantage import (
    EDITIONS,
    TooLittleKnown,
    counts,
    cut,
    day_of_draft,
    levels,
    vantages,
)
from ketenraming.scenarios.forecast import APPLICATIONS, subject
from ketenraming.scenarios.forecast.history import month_end
from ketenraming.scenarios.hindcast.observed import MONTHS

FEW = 60
SEEDS = st.integers(0, 1000)


def eve(stage, edition, library):
    return next(each for each in vantages(library) if (each.stage, each.edition) == (stage, edition))


@pytest.fixture(scope="module")
def found(library):
    return backtest(library, FEW)


def tampered(library, day, change):
    """The library with all that came after a day changed (None removes it), and all that is of no day gone."""
    series = AllSeries(
        (
            name,
            each.with_observations(filter(None, (o if o.known_since <= day else change(o) for o in each.observations))),
        )
        for name, each in library.series.items()
    )
    vintages = library.vintages
    lines = [v if v.known_since <= day else (change(v) and replace(v, keur=3 * v.keur + 7)) for v in vintages.lines]
    kept = {name: each for name, each in library.parameters.items() if name.startswith("hindcast_")}
    other = replace(library, root=Path("not-there"), parameters=kept, editions={}, findings={}, messages={})
    told = tuple(each for each in library.forecasts if each.made_on <= day)
    figures = tuple(each for each in vintages.key_figures if each.known_since <= day)
    vars(other).update(
        observed=Observed(series, told),
        vintages=replace(vintages, lines=tuple(filter(None, lines)), key_figures=figures, scores=()),
        start={},
    )
    return other


def same_bytes(one, other):
    every = [({"people": each.people} | dict(each.euros)) for each in (one, other)]
    first, second = ({of: {y: d.tobytes() for y, d in years.items()} for of, years in each.items()} for each in every)
    assert first == second
    assert (one.counted, one.prices) == (other.counted, other.prices)


# ---- nothing later ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stage", "edition"), [(DRAFT, 2016), (DRAFT, 2021), (FIRST, 2018), (FIRST, 2023)])
def test_a_forecast_is_the_same_to_the_byte_when_all_that_came_later_is_gone(library, stage, edition):
    vantage = eve(stage, edition, library)
    without = tampered(library, vantage.day, lambda _: None)

    same_bytes(ahead(library, vantage, FEW), ahead(without, vantage, FEW))


@settings(max_examples=4, deadline=None)
@given(
    factor=st.floats(0.1, 10), edition=st.sampled_from([2017, 2020, 2022, 2024]), stage=st.sampled_from([DRAFT, FIRST])
)
def test_a_forecast_is_the_same_to_the_byte_when_all_that_came_later_is_another(library, factor, edition, stage):
    def other(each):
        return replace(each, value=factor * each.value) if hasattr(each, "value") else each

    vantage = eve(stage, edition, library)
    changed = tampered(library, vantage.day, other)

    same_bytes(ahead(library, vantage, FEW), ahead(changed, vantage, FEW))


def test_what_was_known_does_move_a_forecast(library):
    vantage = eve(DRAFT, 2022, library)
    earlier = tampered(library, date(2020, 1, 1), lambda _: None)

    one, other = ahead(library, vantage, FEW), ahead(earlier, vantage, FEW)

    assert not np.array_equal(one.people[2022], other.people[2022])
    assert not np.array_equal(one.euros[IND][2022], other.euros[IND][2022])


LATER = {
    "a count of reception": lambda known: known.series["coa_stock_end"].on("2021-12-31"),
    "a count, as known at the end of time": lambda known: known.series["coa_stock_end"].on("2021-12-31", date.max),
    "a month": lambda known: known.series[APPLICATIONS].on("2021-03"),
    "a source of later": lambda known: known.series["coa_stock_end"].from_source("kamerstuk-2021D45328"),
    "a line of later": lambda known: known.vintages.of(ADDRESSES[COA], 2023),
    "a line at the end of time": lambda known: known.vintages.as_known_on(date.max).of(ADDRESSES[COA], 2023),
    "a price of now": lambda known: known.parameter("coa_regular_price"),
    "the edition of 2026": lambda known: known.edition("begroting-2026-xx"),
    "the library on disk": lambda known: load(known.root),
    "series on disk": lambda known: replace(known).series,
    "vintages on disk": lambda known: replace(known).vintages,
    "fits on disk": lambda known: read_fits(known.root),
}


@pytest.mark.parametrize("way", LATER)
def test_who_tries_to_read_later_gets_nothing(library, way):
    known = cut(library, eve(DRAFT, 2020, library).day)

    with pytest.raises((ObservationNotFound, NotInLibrary, LibraryInvalid)):
        LATER[way](known)


EMPTY = {
    "outcomes": lambda known: [known.vintages.outcome(address, 2019) for address in ADDRESSES.values()],
    "levels of later": lambda known: [known.vintages.level(ADDRESSES[IND], 2020, stage) for stage in (DRAFT, FIRST)],
    "scores": lambda known: known.vintages.scores,
    "scores at the end of time": lambda known: known.vintages.as_known_on(date.max).scores,
    "who was there in 2025": lambda known: known.start,
    "who was there in 2025, on disk": lambda known: replace(known).start,
    "years": lambda known: [v for v in known.series["coa_stock_end"].by_year(2019, 2024, date.max) if v == v],
    "months": lambda known: [v for v in known.series[APPLICATIONS].by_month("2019-09", "2024-12") if v == v],
    "texts": lambda known: (*known.findings, *known.messages, *known.readings, *known.sources),
}  # fmt: skip


@pytest.mark.parametrize("way", EMPTY)
def test_what_came_later_is_not_there(library, way):
    known = cut(library, eve(DRAFT, 2020, library).day)

    assert not any(EMPTY[way](known))


def parts_of(thing):
    """Everything that hangs on a thing: fields, entries and what was computed before."""
    if is_dataclass(thing):
        names = {field.name for field in fields(thing)} | set(getattr(thing, "__dict__", {}))
        return [(name, getattr(thing, name)) for name in names]
    if isinstance(thing, BaseModel):
        return list(thing)
    if isinstance(thing, Mapping):
        return list(thing.items())
    return [("", each) for each in thing] if isinstance(thing, list | tuple | set | frozenset) else []


def days_in(thing):
    """Every day of publication that can be reached, wherever it hangs."""
    reached, seen = [thing], set()
    while reached:
        for name, each in parts_of(reached.pop()):
            if isinstance(each, date) and name in {"known_since", "published", "made_on"}:
                yield each
            elif id(each) not in seen and not isinstance(each, str | date):
                seen.add(id(each))
                reached.append(each)


@pytest.mark.parametrize(("stage", "edition"), [(DRAFT, 2019), (FIRST, 2022)])
def test_no_day_of_publication_that_can_be_reached_is_later(library, stage, edition):
    day = eve(stage, edition, library).day

    known = cut(library, day)

    assert set(known.parameters) == {name for name in known.parameters if name.startswith("hindcast_")}
    found = list(days_in(replace_parameters(known)))
    assert len(found) > 1000
    assert max(found) <= day
    assert max(days_in(library)) > day


def replace_parameters(known):
    """The same without the four assumptions that are of no day, keeping what was computed."""
    other = replace(known, parameters={})
    vars(other).update(observed=known.observed, vintages=known.vintages, start=known.start)
    return other


def test_a_forecast_of_inflow_cannot_be_asked_for_a_later_day(library):
    day = eve(DRAFT, 2020, library).day

    history = subject(cut(library, day), APPLICATIONS).read(date.max)

    assert month_end(history.end - 1) < day


@pytest.mark.parametrize("stage", [DRAFT, FIRST])
def test_a_document_is_not_known_on_its_eve(library, stage):
    before = eve(stage, 2023, library).day

    eve_of, day_of = (
        {(each.stage, each.edition) for each in cut(library, day).vintages.lines if each.address == ADDRESSES[COA]}
        for day in (before, before + timedelta(days=1))
    )

    assert day_of - eve_of == {(stage, 2023)}


# ---- what is known ---------------------------------------------------------------------------------------------------


def test_a_draft_comes_on_the_third_tuesday_of_september(library):
    published = {
        document.year: document.published
        for document in library.vintages.documents.values()
        if document.stage == DRAFT and document.published_is == "exact"
    }

    assert [day_of_draft(year) for year in published] == list(published.values())


def test_there_is_an_eve_of_every_draft_and_every_first_supplementary_budget_since_2015(library):
    found = vantages(library)

    assert [(each.stage, each.edition) for each in found] == [(s, y) for s in (DRAFT, FIRST) for y in EDITIONS]
    assert (EDITIONS[0], found[-1].day) == (2015, date(2024, 5, 31))


def test_a_level_is_the_last_that_was_printed_before_the_eve(library):
    vantage = eve(DRAFT, 2023, library)

    found = levels(cut(library, vantage.day), 2023, ADDRESSES[COA])

    assert found[-1].year == 2022
    assert found[-1].euros == pytest.approx(1_200_104_000)


def test_in_spring_the_running_year_is_not_known_yet(library):
    vantage = eve(FIRST, 2023, library)

    found = levels(cut(library, vantage.day), 2023, ADDRESSES[IND])

    assert (found[-1].year, found[-1].euros) == (2022, 527_678_000)


def test_a_forecast_starts_from_the_last_count(library):
    vantage = eve(DRAFT, 2022, library)

    last = counts(cut(library, vantage.day))[-1]

    assert last.when == "2021-04"
    assert ahead(library, vantage, FEW).counted in {last.month, last.month - 1}


def test_too_little_known_says_what_is_missing(library):
    day = eve(DRAFT, 2015, library).day

    with pytest.raises(TooLittleKnown, match="no nareis since 2014") as raised:
        read_known(cut(library, day), day)

    assert raised.value.what == "no_nareis"


# ---- how far steps go ------------------------------------------------------------------------------------------------


def test_few_known_steps_reach_farther_than_many_of_the_same_size():
    few, many = (steps_of(np.full(known, 0.2)).walk("a", 7, 4000, 1)[:, 0] for known in (3, 300))

    assert np.abs(np.quantile(few, 0.95)) > 1.2 * np.quantile(many, 0.95)
    assert many.std() == pytest.approx(0.2, rel=0.05)


def test_before_any_step_is_known_only_what_was_held_beforehand_counts():
    assert steps_of(np.array([]), 0.15, 2) == Steps(2 * 0.15**2, 2)


@given(part=st.floats(0, 1), moved=st.lists(st.floats(-1, 1), min_size=4, max_size=20))
def test_a_flow_that_follows_by_a_part_is_found_between_that_and_a_half(part, moved):
    workload = np.array(moved)

    found = following(part * workload, workload)

    assert min(part, 0.5) - 1e-9 <= found.part <= max(part, 0.5) + 1e-9
    assert found.steps.squares >= -1e-9


def test_many_years_that_follow_by_a_part_say_that_part():
    workload = np.tile([1.0, -1.0], 500)

    assert following(0.2 * workload, workload).part == pytest.approx(0.2, abs=0.01)


@pytest.fixture(scope="module")
def driven(library):
    """What is known in September 2021, and its drivers without draws."""
    day = eve(DRAFT, 2022, library).day
    known = read_known(cut(library, day), day)
    return known, carried(known, np.full(MONTHS, 2000.0))


def queue(asked, before=12_000.0, first=90):
    return Queue(first, np.full(MONTHS, before), asked, np.full(len(asked), 0.5))


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, asked=st.floats(0, 5000), before=st.floats(1, 50_000))
def test_nobody_is_decided_on_who_does_not_wait(driven, seed, asked, before):
    known, central = driven
    joining = np.full((5, MONTHS), asked)

    made = drawn(known, central, joining, queue(joining, before), seed)

    after = made.decisions[:, 90:] + 0.5 * (made.decisions - made.positive)[:, 90:]
    assert (after.sum(axis=1) <= before + asked * (MONTHS - 90) + 1e-6).all()
    assert (made.positive >= 0).all()
    assert (made.positive <= made.decisions + 1e-9).all()


@pytest.mark.parametrize(("part", "times"), [(0, 1), (0.5, 2), (1, 4)])
def test_decisions_follow_what_is_pending_by_their_part(driven, part, times):
    known, central = driven
    known = replace(known, follows=Following(part, 1.0, Steps(0.0, 5)), granted=Steps(0.0, 5))
    since = unknown_from(known.decisions)
    asked = np.zeros((1, MONTHS))
    waiting = np.where(np.arange(MONTHS) < since - 1, 25_000.0, 100_000.0)  # four times as many at the end of the year

    made = drawn(known, central, asked, Queue(since, waiting, asked, np.zeros(1)), 7)

    assert made.decisions[0, since] == pytest.approx(times * last(known.decisions))


def test_decisions_that_are_known_are_not_drawn(driven):
    known, central = driven
    joining = np.full((5, MONTHS), 2000.0)

    made = drawn(known, central, joining, queue(joining, 1e6), 7)

    since = unknown_from(known.decisions)
    assert np.array_equal(made.decisions[:, :since], np.repeat(central.decisions[None, :since], 5, axis=0))


# ---- from people to euros --------------------------------------------------------------------------------------------


def test_euros_are_what_is_paid_for_times_the_last_price_when_that_stands_still():
    paid_for = {2020: np.array([10.0, 10.0]), 2021: np.array([20.0, 30.0])}

    found = euros(COA, paid_for, Price(2020, 5.0, Steps(0.0, 2)), [2021], 7)

    assert {year: each.tolist() for year, each in found.items()} == {2021: [100, 150]}


def test_reception_is_paid_by_its_mean_decisions_by_their_sum_and_guardianship_over_two_years():
    path, asked, decided = (np.tile(np.repeat(np.arange(11.0), 12), (2, 1)) * k for k in (1, 2, 3))

    found = quantities(path, asked, decided, before=48)

    assert (found[COA][2016][0], found[IND][2016][0]) == (2, 3 * 2 * 12)
    assert (found[NIDOS][2014][0], found[NIDOS][2016][0]) == (24, (24 + 48) / 2)


def test_a_price_is_the_last_level_over_what_it_paid_for(library):
    vantage = eve(FIRST, 2023, library)
    paid_for = {year: np.array([20_000.0]) for year in range(2014, 2025)}

    price = price_of(cut(library, vantage.day), vantage, IND, paid_for)

    assert (price.year, price.euros) == (2022, 527_678_000 / 20_000)
    assert (
        price.steps.known == len(levels(cut(library, vantage.day), 2023, ADDRESSES[IND])) - 2 + 2
    )  # 2013 has no price


def test_a_line_without_levels_is_too_little_known(library):
    vantage = Vantage(DRAFT, 2013, date(2012, 9, 17))

    with pytest.raises(TooLittleKnown, match="no euros"):
        price_of(cut(library, vantage.day), vantage, COA, {})


# ---- what the others said --------------------------------------------------------------------------------------------


def test_the_official_figure_is_the_document_of_its_own_edition(found):
    said = {
        (t.vantage.stage, t.vantage.edition): t.others[OFFICIAL]
        for t in found.trials
        if t.group in {"coa", "coa_proxy"} and t.ahead == 0 and OFFICIAL in t.others
    }

    drafts = {2019: 496917, 2020: 606348, 2021: 775006, 2022: 537961, 2023: 1136270}
    springs = {2019: 606636, 2020: 808528, 2021: 639665, 2022: 1200104, 2023: 2521058}
    assert said == {(DRAFT, y): 1000 * keur for y, keur in drafts.items()} | {
        (FIRST, y): 1000 * keur for y, keur in springs.items()
    }


# Begroting 2020 in whole millions (BMH 14, 2020) and the changes that the first supplementary budget 2020 prints.
@pytest.mark.parametrize(
    ("line", "year", "keur", "derived"),
    [(COA, 2020, 808528, False), (COA, 2022, 498000 + 120500, True), (IND, 2021, 387000 + 78438, True)],
)
def test_later_years_of_a_supplementary_budget_are_the_draft_and_its_changes(library, line, year, keur, derived):
    assert official(library.vintages, eve(FIRST, 2020, library), ADDRESSES[line], year) == (1000 * keur, derived)


def test_what_was_not_found_is_chained_for_reception_and_nothing_for_others(library):
    draft, spring = (eve(stage, 2022, library) for stage in (DRAFT, FIRST))

    assert official(library.vintages, draft, ADDRESSES[COA], 2023) == (482_972_000, True)
    assert official(library.vintages, spring, ADDRESSES[COA], 2023) == (1_134_729_000, True)
    assert official(library.vintages, draft, ADDRESSES[IND], 2023) is None
    assert official(library.vintages, spring, ADDRESSES[NIDOS], 2023) is None


def test_a_line_falls_to_nought_and_no_farther():
    assert on_a_line({2018: 30.0, 2020: 10.0}, 2021) == 0
    assert on_a_line({2018: 10.0, 2020: 30.0}, 2021) == 40


# ---- scores ----------------------------------------------------------------------------------------------------------

HERE = Vantage(DRAFT, 2020, date(2019, 9, 16))


def trial(outcome, said, *, draws=(90.0, 100.0, 110.0), year=2020):
    return Trial(HERE, "people", year, outcome, np.array(draws), said)


def test_errors_are_held_against_ours_in_the_same_trials():
    first, second = trial(100, {OFFICIAL: 90.0, LINE: 100.0}), trial(140, {LINE: 140.0}, year=2021)

    whole = next(score for score in scores([first, second]) if score.ahead == ALL)

    assert (whole.ours.mae, whole.ours.bias) == (20, -20)
    assert (whole.others[OFFICIAL].trials, whole.others[OFFICIAL].mae, whole.others[OFFICIAL].ours) == (1, 10, 0)
    assert beaten([whole]) == (Lost(DRAFT, "people", LINE, (ALL,)),)


def test_the_chance_of_more_is_that_of_our_draws():
    assert trial(105, {}).exceeded == pytest.approx(1 / 3)
    assert (trial(105, {}).held(0.5), trial(106, {}).held(0.5)) == (True, False)


@given(outcome=st.floats(1, 200), draws=st.lists(st.floats(-100, 100), min_size=2, max_size=30))
def test_an_outcome_is_in_one_fifth_of_our_draws(outcome, draws):
    one = trial(outcome, {}, draws=draws)

    score = scores([one])[0]

    assert sum(score.fifths) == 1
    assert score.fifths[one.fifth] == 1
    assert one.fifth / 5 <= (np.array(draws) < outcome).mean() + 1e-9


def test_a_crps_is_no_more_than_the_mean_distance_of_the_draws():
    one = trial(130, {})

    assert 0 < one.crps <= np.abs(one.draws - 130).mean()


def test_outcomes_by_proxy_are_kept_apart(library, found):
    for each in found.trials:
        if each.group != "people":
            outcome = library.vintages.outcome(ADDRESSES[each.group.removesuffix("_proxy")], each.year)
            assert outcome.proxy == each.group.endswith("_proxy")
            assert outcome.vintage.euros == each.outcome


def test_every_eve_is_forecast_from_or_left_out_with_a_reason(library, found):
    assert {*(each.vantage for each in found.made), *found.left_out} == set(vantages(library))
    assert {(eve.stage, eve.edition): why for eve, why in found.left_out.items()} == {(DRAFT, 2015): "no_nareis"}


def test_every_draw_of_every_forecast_is_a_number(found):
    assert all(np.isfinite(draws).all() for each in found.made for draws in each.people.values())
    assert all(np.isfinite(d).all() for each in found.made for years in each.euros.values() for d in years.values())


@pytest.mark.parametrize("stage", [DRAFT, FIRST])
def test_our_median_for_the_budget_year_is_nearer_than_simple_rules_for_people(found, stage):
    first = next(score for score in found.scores if (score.group, score.stage, score.ahead) == ("people", stage, 0))

    assert first.ours.mae < 0.9 * min(errors.mae for errors in first.others.values())


def test_the_same_seed_gives_the_same_bytes(library, found):
    some = (eve(DRAFT, 2021, library), eve(FIRST, 2021, library))

    again = backtest(library, FEW, of=some)

    every = {(t.vantage, t.group, t.year): t.draws.tobytes() for t in found.trials}
    assert all(every[t.vantage, t.group, t.year] == t.draws.tobytes() for t in again.trials)


def test_progress_is_told_from_the_first_eve_to_the_last(library):
    told = []

    backtest(library, 10, tell=lambda done, many: told.append((done, many)), of=(eve(DRAFT, 2015, library),))

    assert told == [(0, 1), (1, 1)]


# ---- for readers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_says_first_how_often_another_was_nearer_and_then_who(found, lang):
    first, *rivals = verdict(found, lang)

    lost = [each.group.endswith("_proxy") for each in found.beaten for ahead in each.aheads if ahead != ALL]
    assert [int(each) for each in re.findall(r"\d+", first)][::2] == [lost.count(False), lost.count(True)]
    assert len(rivals) == len({each.by for each in found.beaten})
    assert all(line and "{" not in line for line in [*rivals, *remarks(found, lang)])


def test_without_a_loss_the_report_says_so(found):
    alone = replace(found, scores=tuple(replace(score, others={}) for score in found.scores))

    assert verdict(alone, "en")[0].startswith("Neither the official figure")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_prints_its_verdict_first_and_every_group(found, lang):
    console = Console(file=io.StringIO(), width=200)

    print_backtest(found, console, lang)

    said = console.file.getvalue()
    assert said.startswith(verdict(found, lang)[0])
    assert all(name in said for name in ("COA", "IND", "Nidos", "t+4", "80–100%"))


def test_csv_holds_every_trial(found):
    rows = list(csv.DictReader(io.StringIO(backtest_as_csv(found))))

    assert len(rows) == len(found.trials)
    assert {row["known_on"] for row in rows if row["edition"] == "2023"} == {"2022-09-19", "2023-05-31"}
    assert set(RIVALS) <= set(rows[0])


def test_json_and_chart_say_the_same_scores(found):
    document = json.loads(json.dumps(backtest_as_json(found)))
    score = document["scores"][0]

    told = chart(found, "en")["description"]

    assert f"draft t: Ketenraming {score['ours']['mae']:,.0f}" in told
    assert sum(score["fifths"]) == score["ours"]["trials"]


def test_a_chart_has_a_dot_for_every_outcome(found):
    dots = chart(found, "nl")["vconcat"][-1]["layer"][1]["data"]["values"]

    assert len(dots) == len(found.trials)
    assert all(0 <= dot["at"] <= 1 for dot in dots)


def test_a_chart_is_written_as_svg_or_json_and_as_nothing_else(found, tmp_path):
    assert "<title" in write_plot(found, tmp_path / "b.svg", "nl").read_text(encoding="utf-8")
    with pytest.raises(KetenramingError, match=r"\.svg or \.json"):
        write_plot(found, tmp_path / "b.png", "nl")


def test_the_command_prints_the_verdict_first():
    outcome = CliRunner().invoke(app, ["backtest", "--draws", "10", "--lang", "en"])

    assert outcome.exit_code == 0
    assert outcome.stdout.startswith(("In ", "Neither"))
