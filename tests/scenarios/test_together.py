"""What the hindcast tells together: one row a draw, around the value of the baseline, and never out of bounds."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ketenraming.base.errors import KetenramingError, ParameterNotFound
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of
from ketenraming.scenarios.sensitivity.freeze import freeze, independent, uncertain
from ketenraming.scenarios.together import RANKED, SAID, TOGETHER, WAYS, Together, every_row, said_by, together
from ketenraming.scenarios.uncertainty import drawn

LATE = date(2026, 1, 1)


@pytest.fixture(scope="module")
def base(library):
    return baseline_of(library)


@pytest.fixture(scope="module")
def around(base):
    return drawn(base.paths, base.library, base.horizon, base.known_on, 1000, 7)


@pytest.fixture(scope="module")
def rows(library):
    """The rows that the thousand draws take."""
    places = together(library, LATE, 1000, 7).places
    return {name: column[places] for name, column in library.posterior.rows.items()}


def ratio(around, path):
    """By draw, the last month of a path over its central value."""
    values = around[path].values[-1]
    return values[1:] / values[0]


def test_a_draw_takes_all_its_numbers_from_one_row(around, rows):
    stay = 1 / (ratio(around, "overig_vergunning_rate") * np.median(SAID["overig_vergunning_rate"](rows)))

    granted = ratio(around, "overig_vertrek_rate") / ratio(around, "overig_vergunning_rate")

    told = (1 - rows["overig_granted_share"]) / rows["overig_granted_share"]
    assert np.corrcoef(granted, told)[0, 1] == pytest.approx(1)
    assert np.corrcoef(stay, rows["overig_stay"] / rows["overig_granted_share"])[0, 1] == pytest.approx(1)


def test_half_of_the_draws_are_above_the_value_of_the_baseline(library, base):
    every = every_row(library, LATE)

    for path in SAID:
        central = library.parameter(path).number_on(LATE)
        found = every.ratios(path, central)
        assert np.median(found) == pytest.approx(1, abs=0.002), path
        assert (found > 0).all() and (found * central < 1).all(), path


def test_a_share_near_one_stays_below_one_as_far_as_its_odds_go(library):
    rows = dict.fromkeys(library.posterior.rows, np.full(3, 0.5)) | {"nareis_coa_share": np.array([0.5, 0.9, 1.0])}

    found = Together(said_by(rows), np.arange(3)).ratios("nareis_coa_share", 0.98) * 0.98

    assert (found < 1).all() and (np.diff(found) > 0).all()
    assert found[1] == pytest.approx(0.98)
    assert found[0] / (1 - found[0]) == pytest.approx(49 / 9)


def test_what_has_a_spread_of_its_own_keeps_it_and_takes_the_order_of_the_rows(library, around, rows):
    for path, parameter in (("dublin_share", "dublin_share"), ("overig_inflow", "overig_factor")):
        spread, central = library.parameter(parameter).spread, library.parameter(parameter).number_on(LATE)
        found = ratio(around, path)
        assert spread.low / central <= found.min() and found.max() <= spread.high / central
        assert (np.diff(RANKED[path](rows)[np.argsort(found)]) >= 0).all()


def test_more_other_inflow_goes_with_a_shorter_stay(around):
    together_now = np.corrcoef(ratio(around, "overig_inflow"), ratio(around, "overig_vertrek_rate"))[0, 1]

    assert together_now > 0.3


def test_the_ways_out_of_return_add_up_to_the_stay_of_the_row(library, around, rows):
    centrals = {way: around[way].central[-1] for way in WAYS}

    whole = sum(centrals[way] * ratio(around, way) for way in WAYS) / sum(centrals.values())

    told = 1 / rows["terugkeer_stay"] / np.median(1 / library.posterior.rows["terugkeer_stay"])
    assert whole == pytest.approx(told)
    assert ratio(around, WAYS[0]) != pytest.approx(ratio(around, WAYS[2]), rel=0.1)  # a mix of their own


def test_scenarios_share_their_rows(base, around):
    path = base.paths["elders_share"]
    other = {**base.paths, path.name: path.with_values(path.values / 2)}

    moved = drawn(other, base.library, base.horizon, base.known_on, 1000, 7)

    assert ratio(moved, path.name) == pytest.approx(ratio(around, path.name))
    assert (moved["beroep_share"].values == around["beroep_share"].values).all()


def test_another_seed_takes_other_rows_and_more_draws_the_same_first(library):
    few, many, other = (together(library, LATE, draws, seed).places for draws, seed in ((50, 7), (90, 7), (50, 8)))

    assert (few == many[:50]).all()
    assert (few != other).any()


def test_the_ends_of_the_library_hold_four_draws_in_five(library):
    every = every_row(library, LATE)

    for path in SAID:
        parameter = library.parameter(path)
        assert (parameter.spread.shape, parameter.values[0].status) == ("posterior", "calibrated"), path
        central = parameter.number_on(LATE)
        ends = central * np.quantile(every.ratios(path, central), (0.1, 0.9))
        assert [parameter.spread.low, parameter.spread.high] == pytest.approx(ends, rel=1e-3), path


def test_every_parameter_that_says_so_is_told_by_the_hindcast(library):
    saying = {p.id for p in library.parameters.values() if p.spread and p.spread.shape == "posterior"}

    assert saying == set(SAID)


def test_a_path_of_which_the_hindcast_says_nothing_is_refused(library):
    with pytest.raises(KetenramingError, match=r"says nothing of kort_share\. Give it another spread"):
        every_row(library, LATE).ratios("kort_share", 0.02)


def test_draws_that_were_not_known_yet_are_refused(library):
    with pytest.raises(ParameterNotFound, match="was not known on 2025-01-01"):
        together(library, date(2025, 1, 1), 10, 7)


def test_what_hangs_together_is_one_number_where_parts_of_a_variance_are_told(base):
    found = freeze(base, Draws(20, 7))

    names = independent(found.found)

    assert set(TOGETHER) <= set(uncertain(found.found))
    assert set(names) == set(uncertain(found.found)) - set(TOGETHER) | {"hindcast"}


def test_to_swap_all_that_is_drawn_together_swaps_whole_rows(base):
    a, b = (freeze(base, Draws(20, seed)) for seed in (7, 8))
    paths = {**a.found.paths, **{name: b.found.paths[name] for name in TOGETHER}}

    swapped = a.swapped("hindcast", b.found)

    again = replace(a, found=replace(a.found, paths=paths)).swapped("hindcast", b.found)
    assert (
        swapped["2027"]["opvang_stock_avg"].quantity.amount != a.terms()["2027"]["opvang_stock_avg"].quantity.amount
    )[1:].all()
    assert (
        swapped["2027"]["opvang_stock_avg"].quantity.amount == again["2027"]["opvang_stock_avg"].quantity.amount
    ).all()
