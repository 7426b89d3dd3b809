"""The hindcast: its drivers close, its people are kept, its fits can be made again, and it says where it misses."""

import csv
import json
from datetime import date

import numpy as np
import pytest
from typer.testing import CliRunner

from ketenraming.base.errors import KetenramingError, LibraryInvalid
from ketenraming.chain.dutch import dutch
from ketenraming.chain.run import simulate
from ketenraming.cli import app
from ketenraming.evidence.fits import read_fits
from ketenraming.reports.charts import NARROW, hindcast, to_svg
from ketenraming.reports.hindcast import check_rows, hindcast_as_json, write_plot, year_rows
from ketenraming.rules.dwangsom import CourtRule
from ketenraming.rules.months import terms_by_month
from ketenraming.scenarios.hindcast.calibrate import covariance, fit, misfits, read_targets
from ketenraming.scenarios.hindcast.checks import FITS, backtest, stored
from ketenraming.scenarios.hindcast.free import CONSTANT, FOLLOWS, FREE, NAMES
from ketenraming.scenarios.hindcast.model import OPEN, STAGES, chain_of, flows, read_world, run, stocks, values_of
from ketenraming.scenarios.hindcast.observed import MONTHS, YEARS, read_points
from ketenraming.scenarios.hindcast.penalties import court_share
from ketenraming.scenarios.hindcast.restart import PROFILES, Counted, moved_to, people_at, restarts, state_2025

FITTED_AGAIN = 2e-3  # of the prior's spread: the library keeps six digits, and processors round in their own way


@pytest.fixture(scope="module")
def world(library):
    return read_world(library)


@pytest.fixture(scope="module")
def fits(library):
    return stored(library)


@pytest.fixture(scope="module")
def tested(library):
    return backtest(library)


@pytest.fixture(scope="module")
def simulated(world, fits):
    return run(world, fits["all"][:, None], PROFILES)


# --- Drivers ----------------------------------------------------------------------------------------------------------


def test_every_month_of_every_driver_is_filled_but_housing_before_july_2016(world):
    drivers = world.drivers

    for name in ("applications", "decisions", "positive", "nareis"):
        assert np.isfinite(getattr(drivers, name)).all(), name
    assert np.flatnonzero(np.isnan(drivers.housed)).tolist() == list(range(30))
    assert (drivers.refused >= 0).all()


def test_drivers_add_up_to_the_years_that_are_printed(library, world):
    series = library.series

    nareis = world.drivers.nareis.reshape(-1, 12).sum(axis=1)
    applications = world.drivers.applications.reshape(-1, 12).sum(axis=1)

    printed = series["nareis_inflow_year"].by_year(2015, 2024)
    assert nareis[1:] == pytest.approx(printed, rel=0.02)  # quarters of 2022 are an earlier count than its year
    assert applications[9] == pytest.approx(series["asylum_applications_inflow_year"].on("2023").value, rel=0.001)


def test_half_years_without_a_count_follow_from_target_and_balance(world):
    housed = world.drivers.housed.reshape(-1, 6).sum(axis=1)

    assert housed[5] == pytest.approx(23000 + 5283 - 6082)
    assert housed[19] == pytest.approx(17600 + 5122 - 6400)
    assert housed[21] == housed[20]


def test_what_was_filled_in_is_said_of_every_driver(world):
    assert set(world.drivers.filled) == {"applications", "decisions", "positive", "nareis", "housed"}


def test_a_year_end_is_counted_once_and_by_the_sharpest_source(library):
    ends = [(p.what, p.year_end) for p in read_points(library) if p.year_end]
    of_2024 = [p for p in read_points(library) if p.what == "vergunninghouder" and p.year_end == 2024]

    assert len(ends) == len(set(ends))
    assert [p.value for p in of_2024] == [18651]


# --- The run ----------------------------------------------------------------------------------------------------------


def test_people_in_the_hindcast_are_kept(world, fits):
    vectors = fits["all"][:, None]
    chain = chain_of(world.start)
    results = simulate(chain, MONTHS, values_of(world, vectors))
    free = dict(zip(NAMES, fits["all"], strict=True))

    at_start = sum(sum(ages) for ages in world.start.values())
    came = sum(results[f"{name}_inflow"].sum() for name in ("asiel", "overige_instroom"))
    came += results["nareis_bekend_inflow"].sum() * free["nareis_coa_share"]
    left = results["huisvesting_outflow"].sum() + results["dublin_vertrek_outflow"].sum()
    left += results["overig_vertrek_outflow"].sum()
    left += sum(results[f"{stage}_zelfstandig_outflow"].sum() for stage in ("terugkeer", "terugkeer_elders"))
    withdrawn = 1 - sum(values_of(world, vectors)[f"asielbesluit_{how}_share"] for how in ("granted", "refused"))
    left += sum((results[f"{queue}_outflow"] * withdrawn).sum() for queue in OPEN[1:])
    there = sum(results[f"{stage}_stock_end"][-1].sum() for stage in (*STAGES, "terugkeer_elders"))

    assert there == pytest.approx(at_start + came - left, rel=1e-9)


def test_it_runs_on_the_declared_dutch_chain():
    whole, part = dutch(), chain_of({})

    assert {stage.name for stage in part.stages} <= {stage.name for stage in whole.stages}
    assert set(part.routes) <= set(whole.routes)


def test_the_terms_of_the_hindcast_are_those_of_the_law_as_seen_in_its_last_year(library):
    known = {stage.name: getattr(stage, "term", None) for stage in chain_of({}).stages}

    law = terms_by_month(library.parameters, date(2014, 1, 1), range(120), seen_on=date(2024, 12, 31))

    assert known["asielbesluit"] == law["asielbesluit"]


def test_all_decisions_that_were_counted_are_made(world, fits):
    vectors = fits["all"][:, None]
    results = simulate(chain_of(world.start), MONTHS, values_of(world, vectors))

    decided = results["asielbesluit_outflow"] + results["asielbesluit_elders_outflow"]

    assert decided == pytest.approx(values_of(world, vectors)["ind_asiel_capacity"])


def test_more_housing_never_fills_reception(world, fits):
    place, vectors = NAMES.index("housed_coa_share"), np.repeat(fits["all"][:, None], 2, axis=1)
    vectors[place] = [0.8, 0.9]

    coa = stocks(run(world, vectors))["coa"]

    assert (coa[:, 1] <= coa[:, 0] + 1e-9).all()


def test_draws_are_fits_and_do_not_touch_each_other(world, fits):
    together = stocks(run(world, np.column_stack([fits["all"], fits["until-2021"]])))["coa"]
    alone = stocks(run(world, fits["until-2021"][:, None]))["coa"]

    assert (together[:, 1] == alone[:, 0]).all()


def test_what_enters_less_what_leaves_is_the_change_of_reception(world, fits, simulated):
    found = flows(world, simulated, fits["all"][:, None], 2024)
    change = simulated["coa_stock_end"][-1] - simulated["coa_stock_end"][-13]

    assert found["in"] - found["out"] == pytest.approx(change)


# --- Fits -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["all", "until-2021", "without-2018"])
def test_a_fit_of_the_library_can_be_made_again(library, world, fits, name):
    targets = read_targets(library)
    targets = {"all": targets, "until-2021": targets.until(2021), "without-2018": targets.without(2018)}[name]

    again = fit(world, targets)

    assert np.abs(again - fits[name]) / FOLLOWS.spread == pytest.approx(0, abs=FITTED_AGAIN)


def test_no_step_of_the_fit_makes_it_worse_and_no_bound_is_passed(library, world, fits):
    targets = read_targets(library)
    vectors = np.column_stack([FOLLOWS.middle, fits["all"]])

    costs = (misfits(world, targets, FOLLOWS, vectors) ** 2).sum(axis=0)

    assert costs[1] < costs[0]
    assert ((FOLLOWS.low <= fits["all"]) & (fits["all"] <= FOLLOWS.high)).all()


def test_a_fit_to_2021_sees_nothing_of_later_years(library):
    targets = read_targets(library).until(2021)

    assert max(point.year for point in targets.points) == 2021
    assert targets.flows == ()


def test_a_number_that_is_held_stays_nought(fits):
    assert fits["all"][NAMES.index("overig_constant")] == 0
    assert fits["constant-until-2021"][NAMES.index("overig_per_permit")] == 0
    assert CONSTANT.held.sum() == FOLLOWS.held.sum() == 1


def test_the_parameters_of_the_library_are_the_fit_on_all_years(library, fits):
    for place, free in enumerate(FREE):
        if FOLLOWS.held[place]:
            continue
        parameter = library.parameter(f"hindcast_{free.name}")
        value = parameter.on(date(2020, 1, 1))
        assert value.value == pytest.approx(fits["all"][place], rel=1e-5)
        assert value.status == "calibrated"
        assert parameter.spread.low <= value.value <= parameter.spread.high


def test_free_numbers_hang_together(library, world, fits):
    together = covariance(world, read_targets(library), fits["all"])

    assert np.allclose(together, together.T)
    assert (np.diag(together) >= 0).all()


def test_a_fit_that_is_no_number_is_met_with_its_line(tmp_path):
    (tmp_path / "hindcast").mkdir()
    (tmp_path / "hindcast" / "fits.csv").write_text("fit,lead\nall,half\n", encoding="utf-8")

    with pytest.raises(LibraryInvalid, match=r"fits\.csv:2"):
        read_fits(tmp_path)


# --- Checks -----------------------------------------------------------------------------------------------------------


def test_the_checks_that_are_good_stay_good_and_those_that_miss_are_named(tested):
    verdicts = {check.key: check.verdict for check in tested.checks if check.verdict}

    missed = {key for key, verdict in verdicts.items() if verdict == "missed"}
    assert missed == {"occupancy_after_constant", "restart_1", "restart_known_1"}


def test_the_chain_beats_rules_of_thumb(tested):
    off = {check.key: check.value for check in tested.checks}

    assert off["occupancy_without"] < min(off["as_last_year"], off["straight_line"]) / 4
    assert off["occupancy_after"] < min(off["as_last_year_after"], off["straight_line_after"]) / 4
    assert off["occupancy_after_constant"] < min(off["as_last_year_after"], off["straight_line_after"]) / 2


def test_what_was_chosen_with_the_test_years_in_sight_is_marked(tested):
    marked = {check.key for check in tested.checks if check.hindsight}

    assert {"occupancy_without", "occupancy_after", "restart_known_1"} <= marked
    assert "occupancy_after_constant" not in marked


def test_every_fit_that_a_check_needs_is_in_the_library(fits):
    assert set(fits) == set(FITS)


# --- Restarts and the start of 2025 -----------------------------------------------------------------------------------


def test_a_restart_begins_from_what_was_counted(simulated):
    people = people_at(simulated, MONTHS - 13)

    moved = moved_to(people, Counted(64405, 53100, 15368), with_appeals=True)

    in_coa = sum(moved[stage].sum() for stage in STAGES if stage != "asielbesluit_elders")
    assert in_coa == pytest.approx(64405)
    assert moved["huisvesting"].sum() == pytest.approx(15368)
    assert sum(moved[stage].sum() for stage in (*OPEN, "beroep")) == pytest.approx(53100)


def test_without_other_counts_all_of_reception_moves_alike(simulated):
    people = people_at(simulated, MONTHS - 13)

    moved = moved_to(people, Counted(64405), with_appeals=True)

    factors = [moved[stage].sum() / people[stage].sum() for stage in STAGES if stage != "asielbesluit_elders"]
    assert factors == pytest.approx([factors[0]] * len(factors))


def test_a_run_is_restarted_only_where_reception_was_counted(library, world, fits):
    found = restarts(world, fits["all"][:, None], read_points(library), (2021, 2022))

    assert set(found) == {(2022, 1), (2022, 2)}


def test_the_file_of_the_start_is_what_the_code_makes(library, world):
    path = library.root / "start" / "2025-01.csv"
    vector = np.array([_kept(library, name) for name in NAMES])[:, None]

    made = state_2025(library, world, vector)

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = {(row["stage"], int(row["age"])): float(row["people"]) for row in rows}
    assert kept == pytest.approx(
        {(s, a): people for s, ages in made.items() for a, people in enumerate(ages)}, abs=0.01
    )
    assert {row["status"] for row in rows} == {"calibrated"}


def _kept(library, name):
    known = f"hindcast_{name}" in library.parameters
    return library.parameter(f"hindcast_{name}").number_on(date(2020, 1, 1)) if known else 0.0


def test_the_start_holds_what_was_counted_at_the_end_of_2024(library):
    people = {stage: sum(ages) for stage, ages in library.start.items()}

    in_coa = ("aanmelding", "dublin", "kort", "asielbesluit", "beroep", "overig", "huisvesting", "terugkeer")
    assert sum(people[stage] for stage in in_coa) == pytest.approx(72610, abs=1)
    assert people["huisvesting"] == pytest.approx(18651, abs=1)
    assert people["asielbesluit"] + people["asielbesluit_elders"] == pytest.approx(50910, abs=1)
    assert people["nareis"] == pytest.approx(66040, abs=1)


# --- Penalties --------------------------------------------------------------------------------------------------------


def test_a_case_runs_up_the_mean_of_both_maxima_and_nothing_before_the_term_of_the_court():
    rule = CourtRule(day_price=100, from_month=5, caps=(7500, 15000))

    assert rule.by_months_late.sum() == pytest.approx(11250)
    assert (rule.by_months_late[:5] == 0).all()
    assert rule.by_months_late[5] == pytest.approx(100 * 365.25 / 12)


def test_the_share_of_penalties_is_fitted_on_one_number(library, simulated):
    kept = library.parameter("dwangsom_court_share").number_on(date(2024, 1, 1))

    assert court_share(library, simulated) == pytest.approx(kept, rel=1e-3)


# --- For readers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_check_and_year_has_words(tested, lang):
    assert len(check_rows(tested, lang)) == len(tested.checks)
    assert [row[0] for row in year_rows(tested, lang)] == [str(year) for year in YEARS]


def test_the_chart_is_told_in_words_and_holds_the_counts(tested):
    svg = to_svg(hindcast(tested, "nl"))

    assert "72.610" in svg
    assert "<desc" in svg
    assert to_svg(hindcast(tested, "en", NARROW))


@pytest.mark.parametrize("name", ["hindcast.svg", "hindcast.html"])
def test_the_chart_is_written_as_its_name_says(tested, tmp_path, name):
    path = write_plot(tested, tmp_path / name, "nl")

    assert path.read_text(encoding="utf-8").lstrip().startswith("<svg" if name.endswith("svg") else "<!doctype html>")


def test_a_chart_of_another_kind_is_refused(tested, tmp_path):
    with pytest.raises(KetenramingError, match=r"\.svg or \.html"):
        write_plot(tested, tmp_path / "hindcast.bmp", "nl")


def test_json_has_the_checks_the_years_and_the_rules_that_filled_in(tested):
    document = hindcast_as_json(tested)

    assert json.loads(json.dumps(document)) == document
    assert document["years"]["coa"]["2024"]["counted"] == 72610
    assert len(document["months"]["coa"]) == MONTHS
    assert document["filled"]["housed"]


def test_the_command_prints_the_checks_and_the_years():
    printed = CliRunner().invoke(app, ["hindcast", "--lang", "en"])

    assert printed.exit_code == 0
    assert "run on freely 2022-2024" in printed.stdout
    assert "72,610" in printed.stdout
