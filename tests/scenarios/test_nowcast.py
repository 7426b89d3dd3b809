"""Realised months: which rows are refused and why, what is kept, and how they are held against the run."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenraming.base.errors import DocumentUnreadable, KetenramingError
from ketenraming.base.period import parse_period
from ketenraming.evidence.realised import Realised, latest
from ketenraming.reports.nowcast import why
from ketenraming.scenarios.nowcast import Ask, Update, keep, update
from ketenraming.scenarios.nowcast.bands import Expected, expected, quantiles
from ketenraming.scenarios.nowcast.checks import OFF, Against, judge, largest_change
from ketenraming.scenarios.nowcast.csvfile import GIVEN, Bounds, Reading, read
from ketenraming.scenarios.nowcast.held import BANDS, LEVELS, hold
from ketenraming.scenarios.nowcast.scatter import NONE, scatter_of, scattered
from ketenraming.scenarios.nowcast.store import read_store, write_store
from ketenraming.scenarios.nowcast.watched import AllWatched, Balance, Watched, balances, watched
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of

TODAY = date(2026, 11, 24)
HEAD = "month;series;value;unit;source;published\n"
APPLICATIONS, STOCK, INTO, OUT = "asiel_applications_inflow", "opvang_stock_end", "opvang_inflow", "opvang_outflow"


@pytest.fixture(scope="module")
def known(library) -> AllWatched:
    return watched(library, baseline_of(library).chain)


@pytest.fixture(scope="module")
def by(library, known) -> Reading:
    return Reading(known, library.units, TODAY)


def figure(series: str, month: str, value: float, published: str = "", unit: str = "person") -> Realised:
    of = parse_period(month)
    day = (
        date.fromisoformat(published)
        if published
        else date(of.last.year + of.last.month // 12, of.last.month % 12 + 1, 20)
    )
    return Realised(series, of, value, unit, "proef", day)


def against(library, known, kept=(), central=None, balances=(), jumps_too=False) -> Against:
    return Against(tuple(kept), known, central or {}, tuple(balances), library, jumps_too)


def written(path: Path, *rows: str, head: str = HEAD) -> Path:
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


# Reading


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEAD, f"2025-02;{STOCK};72810,5;personen;COA;2025-03-10"),
        (HEAD, f"2025-02;{STOCK};72810.5;persons;COA;2025-03-10"),
        (HEAD.replace(";", ","), f'2025-02,{STOCK},"72810,5",person,COA,2025-03-10'),
        ("maand;reeks;waarde;eenheid;bron;gepubliceerd\n", f"2025-02;{STOCK};72810,5;Personen;COA;2025-03-10"),
        ("\ufeff" + HEAD, f" 2025-02 ; {STOCK} ; 72810,5 ; person ; COA ; 2025-03-10 "),
        ("source;published;month;series;value;unit;extra\n", f"COA;2025-03-10;2025-02;{STOCK};72810,5;person;"),
    ],
)
def test_a_row_is_read_with_either_separator_and_either_decimal_sign(tmp_path, by, head, row):
    (found,), rejected = read(written(tmp_path / "f.csv", row, head=head), by)

    assert rejected == []
    assert (found.series, found.month.text, found.value, found.unit) == (STOCK, "2025-02", 72810.5, "person")
    assert (found.source, found.published, found.line) == ("COA", date(2025, 3, 10), 2)


GOOD = f"2025-02;{STOCK};72810;person;COA;2025-03-10"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (STOCK, "opvang_stock_ends", "series_near"),
        (STOCK, "zzz", "series"),
        ("2025-02;", "2025-13;", "month"),
        ("2025-02;", "2025;", "month"),
        ("2025-02;", "2026-11;", "future"),
        ("72810", "72.810", "thousands"),
        ("72810", "1,234", "thousands"),
        ("72810", "veel", "value"),
        ("72810", "", "value"),
        ("72810", "nan", "value"),
        ("72810", "1e5", "value"),
        ("72810", "-5", "negative"),
        ("person", "application", "unit"),
        ("person", "", "unit"),
        ("COA", "", "source"),
        ("COA", "x" * 201, "source"),
        ("COA", "=1+1", "formula"),
        ("2025-03-10", "10-03-2025", "day"),
        ("2025-03-10", "2025-02-27", "published"),
        ("2025-03-10", "2026-12-01", "published"),
        (";COA", "", "cells"),
        ("72810", "72;810", "cells"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_line_and_the_others_are_not(
    tmp_path, by, library, old, new, key
):
    path = written(tmp_path / "f.csv", GOOD, GOOD.replace(old, new, 1), GOOD)

    figures, (refused,) = read(path, by)

    assert (len(figures), refused.line, refused.reason.key) == (2, 3, f"update_bad_{key}")
    for lang in ("nl", "en"):
        assert "{" not in why(refused.reason, library, lang)


def test_what_a_terminal_would_act_upon_is_not_passed_on(tmp_path, by):
    _, (refused,) = read(written(tmp_path / "f.csv", GOOD.replace(STOCK, "\x1b[2Jweg" + "g" * 300)), by)

    assert refused.series.startswith("?[2Jweg") and len(refused.series) == 40
    assert "\x1b" not in str(refused.reason.words)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_in_a_row_is_read_or_refused_and_never_breaks(tmp_path_factory, by, text):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes((HEAD + GOOD + "\n" + text).encode("utf-8", "surrogatepass").replace(b"\xed", b"?"))

    try:
        figures, rejected = read(path, by)
    except DocumentUnreadable as error:
        assert "any.csv" in str(error)
    else:
        assert figures[0].value == 72810
        assert all(each.line > 1 for each in rejected)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: there must be columns month, series"),
        (b"month,series,value\n1,2,3\n", "unit, source, published are not there"),
        (HEAD.encode(), "has no row below its columns"),
        (b"\xff\xfe\x00m", "not text in UTF-8"),
        ((HEAD + '"open;2;3').encode(), "cells"),
    ],
)
def test_a_file_that_is_not_one_of_rows_is_refused(tmp_path, by, content, said):
    path = tmp_path / "f.csv"
    path.write_bytes(content)

    if said == "cells":  # a quote that is never closed is one row with too few cells
        assert read(path, by)[1][0].reason.key == "update_bad_cells"
        return
    with pytest.raises(DocumentUnreadable, match=said):
        read(path, by)


@pytest.mark.parametrize(("bounds", "said"), [(Bounds(2, GIVEN.size), "3 rows; 2 are read"), (Bounds(9, 20), "larger")])
def test_a_file_is_bounded(tmp_path, by, bounds, said):
    path = written(tmp_path / "f.csv", GOOD, GOOD, GOOD)

    with pytest.raises(DocumentUnreadable, match=said):
        read(path, by, bounds)


# Twice, jumps, balances


def test_the_same_figure_again_is_said_to_be_there_and_kept_once(library, known):
    found = judge([figure(STOCK, "2025-02", 72810)], against(library, known, [figure(STOCK, "2025-02", 72810)]))

    assert (found.accepted, found.rejected) == ([], [])
    assert len(found.same) == 1


def test_another_figure_is_a_revision_when_it_was_published_later_and_a_contradiction_when_not(library, known):
    kept = [figure(STOCK, "2025-02", 72810, "2025-03-10")]
    later, same_day = (figure(STOCK, "2025-02", 72900, day) for day in ("2025-04-10", "2025-03-10"))

    assert judge([later], against(library, known, kept)).accepted[0].note == "revision"
    (refused,) = judge([same_day], against(library, known, kept)).rejected
    assert refused.reason.key == "update_bad_twice"
    assert "72.810" in why(refused.reason, library, "nl")


@given(st.lists(st.tuples(st.integers(1, 4), st.floats(1, 1e5), st.integers(1, 28)), max_size=12))
def test_the_latest_publication_wins_in_whatever_order_rows_stand(rows):
    figures = [figure(STOCK, f"2025-0{month}", value, f"2025-06-{day:02d}") for month, value, day in rows]

    best = latest(figures)

    for each in figures:
        assert best[each.key].published >= each.published
    assert set(latest(figures, date(2025, 5, 31))) == set()


# Eurostat, first and repeated applications 2008-2024: ninety-nine of a hundred months are within a factor of 2.1.
def test_a_jump_is_what_hardly_any_known_month_did(library, known):
    assert np.exp(largest_change(known[APPLICATIONS], library)) == pytest.approx(2.1, abs=0.05)
    assert largest_change(known["ind_asiel_decisions"], library) == largest_change(known[APPLICATIONS], library)
    assert largest_change(known[STOCK], library) == largest_change(known["asiel_pending_stock_end"], library)


@pytest.mark.parametrize(("value", "jump"), [(4000, False), (4300, True), (960, False), (940, True), (20_000, True)])
def test_a_jump_is_refused_and_can_be_accepted_with_a_note(library, known, value, jump):
    kept, now = [figure(APPLICATIONS, "2025-02", 2000)], figure(APPLICATIONS, "2025-03", value)

    strict = judge([now], against(library, known, kept))
    loose = judge([now], against(library, known, kept, jumps_too=True))

    assert [each.reason.key for each in strict.rejected] == (["update_bad_jump"] if jump else [])
    assert [each.note for each in loose.accepted] == ["jump" if jump else ""]


def test_after_a_refused_row_the_next_is_held_against_the_last_that_was_accepted(library, known):
    rows = [figure(APPLICATIONS, "2025-03", 20_000), figure(APPLICATIONS, "2025-04", 2100)]

    found = judge(rows, against(library, known, [figure(APPLICATIONS, "2025-02", 2000)]))

    assert [each.value for each in found.accepted] == [2100]


def test_a_first_figure_is_held_against_the_history_of_its_series_or_else_the_run(library, known):
    slipped = figure(APPLICATIONS, "2025-01", 1.95)
    (refused,) = judge([slipped], against(library, known)).rejected
    far = {"ind_asiel_decisions": {"2025-01": 2600.0}}
    rows = [figure("ind_asiel_decisions", "2025-01", value) for value in (2.4, 1500)]

    assert refused.reason.words["months"] == 3  # October 2024 is the last month that the library has
    assert judge(rows[:1], against(library, known, central=far)).rejected[0].reason.key == "update_bad_jump_from_run"
    assert judge(rows[1:], against(library, known, central=far)).rejected == []


# COA in the study of 2020: stocks, inflow and outflow of 2010-2019 miss each other by 0.04 to 4.4 percent.
def test_what_a_stock_may_be_off_is_about_what_coa_misses(library):
    names = {"Bezetting COA ultimo": {}, "Instroom in de opvang": {}, "Uitstroom uit de opvang": {}}
    for told in library.vintages.key_figures:
        if told.source == "bmh-14-2020" and told.indicator in names:
            names[told.indicator][told.period.year] = told.value
    stock, came, went = names.values()

    off = [abs(stock[year - 1] + came[year] - went[year] - stock[year]) / stock[year] for year in range(2011, 2020)]

    assert np.mean(off) == pytest.approx(OFF, abs=0.002)
    assert max(off) == pytest.approx(0.044, abs=0.001)


BALANCE = Balance(STOCK, INTO, OUT)


def month(stock: float, came: float, went: float, at: str = "2025-03") -> list[Realised]:
    return [figure(STOCK, at, stock), figure(INTO, at, came), figure(OUT, at, went)]


@pytest.mark.parametrize(("stock", "holds"), [(73_100, True), (74_000, True), (74_200, False), (72_000, False)])
def test_a_stock_is_the_one_before_it_and_its_flows_within_what_coa_misses(library, known, stock, holds):
    kept = [figure(STOCK, "2025-02", 73_000)]

    found = judge(month(stock, 4000, 3900), against(library, known, kept, balances=[BALANCE]))

    assert len(found.accepted) == (3 if holds else 0)
    assert {each.reason.key for each in found.rejected} == (set() if holds else {"update_bad_balance"})


def test_a_balance_is_not_asked_for_where_a_part_is_not_known(library, known):
    found = judge(month(80_000, 4000, 3900), against(library, known, balances=[BALANCE]))

    assert len(found.accepted) == 3


def test_a_revision_that_spoils_the_next_month_is_refused_and_the_earlier_figure_holds(library, known):
    kept = [figure(STOCK, "2025-02", 73_000), *month(73_100, 4000, 3900)]
    revision = figure(STOCK, "2025-02", 78_000, "2025-06-01")

    found = judge([revision], against(library, known, kept, balances=[BALANCE]))

    assert found.accepted == []
    assert found.rejected[0].reason.key == "update_bad_balance"


people = st.floats(1000, 5000)


@given(st.lists(st.tuples(people, people), min_size=1, max_size=10))
@settings(deadline=None, max_examples=30)
def test_months_that_balance_are_never_refused(library, known, flows):
    stock, rows = 70_000.0, [figure(STOCK, "2025-01", 70_000)]
    for i, (came, went) in enumerate(flows, 2):
        stock += came - went
        rows += month(stock, came, went, f"2025-{i:02d}")

    found = judge(rows, against(library, known, balances=[BALANCE], jumps_too=True))

    assert found.rejected == []


# What can be watched


def test_a_name_of_the_dictionary_means_what_the_dictionary_says(known):
    assert known["nareis_inflow"].made_of == ("inreis_aankomst_outflow",)  # the chain calls its applications so
    assert known["asiel_inflow"].made_of == ("asiel_inflow", "inreis_aankomst_outflow")
    assert known["huisvesting_outflow"].made_of == ("huisvesting_outflow",)
    assert {APPLICATIONS, STOCK, INTO, OUT, "ind_asiel_decisions", "asiel_pending_stock_end",
            "vergunninghouder_stock_end", "nareis_inflow"} <= set(known)  # fmt: skip
    assert not [name for name in known if "price" in name or "under_cap" in name or "penalty" in name]


def test_every_balance_that_is_asked_for_holds_in_the_chain_itself(library, known):
    base = baseline_of(library)
    asked = balances(base.chain)
    wanted = [known[name] for of in asked for name in (of.stock, of.inflow, of.outflow)]

    run = expected(base, (), wanted, Draws(0, 7))

    for of in asked:
        stock, came, went = (run[name].values[:, 0] for name in (of.stock, of.inflow, of.outflow))
        np.testing.assert_allclose(np.diff(stock), (came - went)[1:], atol=1e-6 * max(1.0, stock.max()))


# Bands


def test_the_scatter_of_applications_is_a_season_that_makes_a_year_and_factors_of_one_on_average(library, known):
    own, borrowed = scatter_of(known[APPLICATIONS], library), scatter_of(known["ind_asiel_decisions"], library)

    assert own.own and own.season.sum() == pytest.approx(12)
    assert own.season[9] > 1.1 > 0.95 > own.season[3]  # October, April
    assert np.exp(own.left).mean() == pytest.approx(1)
    assert not borrowed.own and (borrowed.season == 1).all()
    assert scatter_of(known[STOCK], library) is NONE


def test_scatter_leaves_the_middle_its_season_and_later_months_their_own_way(library, known):
    flat = np.ones((24, 501))

    found = scattered(flat, scatter_of(known[APPLICATIONS], library), 0, 12, "x", 7)

    assert found[:12, 0].sum() == pytest.approx(12)
    assert np.ptp(found[:12, 1:], axis=1).min() > 0.5
    assert np.ptp(found[12:, 1:], axis=1).max() == 0


@pytest.fixture(scope="module")
def run(library, known) -> dict[str, Expected]:
    names = (APPLICATIONS, STOCK, "ind_asiel_decisions")
    return dict(expected(baseline_of(library), (), [known[name] for name in names], Draws(300, 7)))


def test_bands_are_of_months_from_january_2025_and_widen(run):
    low, high = quantiles(run[STOCK], (0.1, 0.9))

    assert (run[STOCK].months[0], len(run[STOCK].months)) == ("2025-01", 72)
    assert (high - low)[23] > 5 * (high - low)[0] > 0


def test_the_same_seed_gives_the_same_bands_and_more_draws_begin_with_them(library, known, run):
    again = expected(baseline_of(library), (), [known[STOCK]], Draws(300, 7))[STOCK]
    more = expected(baseline_of(library), (), [known[STOCK]], Draws(400, 7))[STOCK]

    np.testing.assert_array_equal(again.values, run[STOCK].values)
    np.testing.assert_array_equal(more.values[:, :301], run[STOCK].values)


def test_a_draw_of_the_run_is_out_as_often_as_its_band_says(run):
    """Were the run right, one month in five is outside its band of 80 percent, and by chance then is likely."""
    of = run["ind_asiel_decisions"]
    outside, chances = [], []
    for draw in range(1, 101):
        figures = [figure(of.series.name, name, of.values[i, draw]) for i, name in enumerate(of.months[:12])]
        held = hold(figures, of)
        outside.append(len(held.left) / 12)
        chances.append(held.chance)

    assert np.mean(outside) == pytest.approx(0.2, abs=0.05)
    assert np.mean(np.array(chances) < 0.1) <= 0.1 + 0.06


def test_a_month_is_in_the_narrowest_band_that_holds_it_and_the_first_that_left_is_told(run):
    of = run[STOCK]
    at = dict(zip(LEVELS, quantiles(of, tuple(LEVELS.values())), strict=True))
    values = [at["p50"][0], at["p10"][1], at["p97.5"][2], at["p97.5"][3] + 1, at["p50"][4]]
    held = hold([figure(STOCK, name, value) for name, value in zip(of.months, values, strict=False)], of)

    assert [month.inside for month in held.months] == ["50", "80", "95", "", "50"]
    assert [month.figure.month.text for month in held.left] == ["2025-03", "2025-04"]
    assert held.first_left.figure.month.text == "2025-03"
    assert held.first_left.above
    assert set(BANDS) == {"50", "80", "95"}


def test_months_before_the_run_are_kept_apart_and_a_month_without_a_band_is_not_judged():
    flat = Expected(Watched("x", "person", "inflow", ("x",)), ("2025-01", "2025-02"), np.full((2, 11), 100.0), NONE)

    held = hold([figure("x", "2024-12", 1), figure("x", "2025-01", 500)], flat)

    assert [each.month.text for each in held.before] == ["2024-12"]
    assert (held.months[0].judged, held.left, held.chance) == (False, [], 1.0)


# Kept whole or not at all


def ask(file: Path | None, store: Path, **rest) -> Ask:
    return Ask(TODAY, file, store, drawn=Draws(50, 7), **rest)


def made(library, tmp_path, *rows: str, **rest) -> Update:
    return update(library, ask(written(tmp_path / "new.csv", *rows), tmp_path / "kept.csv", **rest))


def test_what_is_kept_is_read_again_as_it_was_and_only_grows(library, tmp_path, by):
    first = made(library, tmp_path, GOOD, f"2025-02;{APPLICATIONS};1888,125;application;IND;2025-03-10")
    keep(first)
    second = made(
        library, tmp_path, GOOD.replace("72810", "72900").replace("03-10", "04-10"), GOOD.replace("-02;", "-03;")
    )
    path = keep(second)

    kept = read_store(path, by)

    assert second.judged.rejected[0].reason.key == "update_bad_published"  # 2025-03 is over on the 31st
    assert [(each.month.text, each.series, each.value, each.note) for each in kept] == [
        ("2025-02", STOCK, 72810, ""), ("2025-02", STOCK, 72900, "revision"), ("2025-02", APPLICATIONS, 1888.125, ""),
    ]  # fmt: skip
    assert {held.series.name: len(held.months) for held in second.held} == {STOCK: 1, APPLICATIONS: 1}


@given(st.just(0.0) | st.floats(1e-9, 1e9))
def test_every_number_that_is_kept_is_read_again_as_itself(tmp_path_factory, by, value):
    path = tmp_path_factory.getbasetemp() / "number.csv"

    write_store([figure(STOCK, "2025-02", value)], path)

    assert read_store(path, by)[0].value == value


def test_nothing_is_written_when_no_row_is_accepted(library, tmp_path):
    found = made(library, tmp_path, GOOD.replace("72810", "-1"))

    assert keep(found) is None
    assert not (tmp_path / "kept.csv").exists()


def test_a_store_that_cannot_be_written_leaves_the_earlier_one_as_it_was(library, tmp_path):
    found = made(library, tmp_path, GOOD)
    (tmp_path / "kept.csv").mkdir()

    with pytest.raises(KetenramingError, match="Nothing is kept"):
        keep(found)

    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_store_that_was_changed_by_hand_is_refused_before_anything_is_done(library, tmp_path):
    written(tmp_path / "kept.csv", GOOD.replace("72810", "-1"))

    with pytest.raises(DocumentUnreadable, match=r"kept\.csv, line 2"):
        made(library, tmp_path, GOOD)


def test_without_a_file_what_was_kept_is_held_and_without_either_it_is_refused(library, tmp_path):
    with pytest.raises(KetenramingError, match="Give a file"):
        update(library, ask(None, tmp_path / "kept.csv"))
    keep(made(library, tmp_path, GOOD))

    found = update(library, ask(None, tmp_path / "kept.csv"))

    assert (len(found.kept), found.all_accepted, len(found.held)) == (1, True, 1)


def test_a_scenario_moves_the_bands_and_what_is_realised_stays(library, tmp_path):
    row = f"2026-06;{APPLICATIONS};2400;application;IND;2026-07-20"

    plain, more = (made(library, tmp_path, row, scenarios=of) for of in ((), ("instroom-plus-10000",)))

    assert more.held[0].months[0].at["p50"] > plain.held[0].months[0].at["p50"] + 500
    assert more.held[0].months[0].figure == plain.held[0].months[0].figure


def test_the_series_whose_month_was_first_to_leave_is_named(library, tmp_path):
    rows = [GOOD.replace("72810", "60000"), f"2025-01;{APPLICATIONS};1000;application;IND;2025-03-10"]

    found = made(library, tmp_path, *rows)

    assert found.first_left.series.name == APPLICATIONS
    assert found.first_left.first_left.figure.month.text == "2025-01"
