"""The shipped scenarios: they load, their numbers are those of their sources, and they fit the chain."""

from datetime import date

import numpy as np
import pytest

from ketenraming.base.errors import ScenarioInvalid
from ketenraming.base.period import parse_period
from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.run import simulate
from ketenraming.scenarios.change import apply, stack
from ketenraming.scenarios.estimate import make_baseline
from ketenraming.scenarios.paths import Horizon, Path
from ketenraming.scenarios.people import inputs
from ketenraming.scenarios.run import run
from ketenraming.scenarios.shelf import load_scenarios, names

HORIZON = Horizon(2025, 2030)


@pytest.fixture(scope="module")
def shipped(library):
    return {scenario.id: scenario for scenario in load_scenarios(list(names(library)), library)}


@pytest.fixture
def paths(shipped):
    """Every number that a shipped scenario changes, rising a little, and small enough to be a share."""
    values = np.linspace(0.10, 0.20, HORIZON.months)[:, None] * [1.0, 1.5]
    names = {change.name for scenario in shipped.values() for change in scenario.changes}
    return {
        name: Path(name, "person/month", values, 1.0 if name.endswith(("_share", "_rate")) else np.inf)
        for name in names
    }


def test_sixteen_scenarios_are_shipped_each_with_words_in_both_languages(shipped, library):
    assert len(shipped) == 16
    assert list(names(library)) == sorted(shipped)
    for scenario in shipped.values():
        assert scenario.reason.nl.count("Stel dat") == scenario.reason.en.count("Suppose that") == 1, scenario.id


def test_every_change_says_where_its_size_comes_from(shipped):
    silent = [change.at for scenario in shipped.values() for change in scenario.changes if not change.note]

    assert silent == []


def test_every_change_starts_between_2025_and_2030(shipped):
    days = [change.from_ for scenario in shipped.values() for change in scenario.changes]

    assert date(2025, 1, 1) <= min(days) <= max(days) <= date(2030, 12, 31)


def test_every_scenario_changes_what_it_names(shipped, paths):
    for scenario in shipped.values():
        after = apply(stack([scenario]), paths, HORIZON)
        changed = {name for name in paths if after[name] is not paths[name]}
        assert changed == {change.name for change in scenario.changes}, scenario.id


def test_every_scenario_can_be_run_and_moves_euros_or_those_who_wait(shipped, library):
    def outcome(*scenarios):
        made = run(library, draws=1, scenarios=scenarios)
        waiting = [made.terms[year]["nareis_mvv_inflow"].central for year in made.years]
        return [made.row("37", year).needed.central for year in made.years] + waiting

    without = outcome()

    assert [name for name in shipped if outcome(name) == pytest.approx(without, rel=1e-9)] == []


def test_filling_the_transit_locations_fills_them_and_no_more(shipped, edition):
    base = make_baseline(edition, edition.library.start, "2026")
    given, chain = inputs(apply(stack([shipped["doorstroom-vol"]]), base.paths, base.horizon)), base.chain
    used = {name: given[name] for name in amounts_of(chain) if isinstance(name, str)}

    people = simulate(chain, base.horizon.months, used, by_month=(), by_year=("doorstroom_stock_avg",))

    # 2027 and 2028; moves are fitted to what the article prints, so this is near the ceiling and not on it.
    assert people.yearly("doorstroom_stock_avg")[2:4, 0] == pytest.approx([8_500, 8_500], rel=0.05)


@pytest.mark.parametrize("vintage", ["voorjaar", "najaar"])
@pytest.mark.parametrize(("end", "low"), [("laag", True), ("hoog", False)])
def test_the_forecasts_are_in_proportion_to_the_inflow_that_the_budget_prints(
    shipped, library, edition, vintage, end, low
):
    made_on = {"voorjaar": date(2025, 4, 30), "najaar": date(2025, 9, 26)}[vintage]
    told = {
        f.period: f.low if low else f.high
        for f in library.forecasts
        if f.made_on == made_on and f.series == "asylum_total_inflow_year"
    }
    printed = edition.figures.row("kengetallen", "asiel_inflow")

    scales = [change.scale for change in shipped[f"mpp-2025-{vintage}-{end}"].changes]

    # 59.000 and 60.200, Begroting 2026 XX, kengetallen.
    expected = [told[parse_period(year)] / printed[year].value for year in ("2025", "2026")]
    assert scales == pytest.approx(expected, abs=5e-5)


def test_the_housing_task_is_that_of_the_staatscourant_for_those_in_reception(shipped, library):
    targets = {str(o.period): o.value for o in library.series["huisvesting_target_outflow_halfyear"].observations}

    changes = shipped["huisvesting-taakstelling-gehaald"].changes

    assert [change.size * 6 for change in changes] == pytest.approx(
        [0.86 * targets[half] for half in ("2025-H1", "2025-H2", "2026-H1")]
    )


def test_the_return_targets_are_those_that_the_budget_prints(shipped, edition):
    rows = ("terugkeer_zelfstandig_share", "terugkeer_gedwongen_share", "terugkeer_zonder_toezicht_share")
    cells = [edition.figures.row("kengetallen", row) for row in rows]

    independent, forced, detained, unsupervised = (c.scale for c in shipped["terugkeerdoelen-gehaald"].changes)

    targets = [cell["2026"].value / cell["2024"].value for cell in cells]
    assert [independent, forced, unsupervised] == pytest.approx(targets, abs=5e-5)
    assert detained == forced


def test_two_kinds_of_status_follow_the_permits_of_2024(shipped, library):
    kinds = {kind: f"asylum_{kind}_decisions_year" for kind in ("refugee", "subsidiary", "humanitarian")}
    permits = {
        kind: next(o.value for o in library.series[series].observations if str(o.period) == "2024")
        for kind, series in kinds.items()
    }
    subsidiary = permits["subsidiary"] / sum(permits.values())

    scales = [change.scale for change in shipped["tweestatus-tragere-nareis"].changes]

    assert scales == pytest.approx([1 - subsidiary, 1 - subsidiary / 2], abs=5e-3)


def test_the_ceiling_of_transit_locations_is_that_of_the_scheme(shipped, library):
    ceiling = library.parameter("doorstroom_capacity").number_on(date(2027, 1, 1))

    filled = next(change.add for change in shipped["doorstroom-vol"].changes if change.how == "add")

    assert filled == ceiling - 1200


def test_variants_of_the_end_of_protection_start_with_the_first_whole_month_after_it(shipped, library):
    end = library.parameter("tijdelijke_bescherming_end").on(date(2026, 1, 1)).value
    variants = [shipped[f"bescherming-eindigt-2027-{which}"] for which in ("vertrek", "blijven", "asiel")]

    assert end == date(2027, 3, 4)
    assert {change.from_ for scenario in variants for change in scenario.changes} == {date(2027, 4, 1)}


def test_variants_of_one_thing_do_not_go_together(shipped):
    with pytest.raises(ScenarioInvalid, match=r"ontheemde_einde_rate: .* sets it too"):
        stack([shipped["bescherming-eindigt-2027-vertrek"], shipped["bescherming-eindigt-2027-blijven"]])


def test_unlike_scenarios_stack(shipped, paths):
    together = [
        shipped[name] for name in ("mpp-2025-najaar-hoog", "instroom-plus-10000", "ind-plus-20", "doorstroom-vol")
    ]

    after = apply(stack(together), paths, HORIZON)

    month = HORIZON.month(date(2028, 5, 1))
    before = paths["asiel_applications_inflow"].values[month]
    np.testing.assert_allclose(after["asiel_applications_inflow"].values[month], before * 1.1146 + 10_000 / 12)
