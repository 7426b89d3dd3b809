"""What one more does, what each number does at its ends, and what explains the variance of the shipped baseline."""

import subprocess
import sys

import numpy as np
import pytest

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.scenarios.estimate import terms_of
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of
from ketenraming.scenarios.sensitivity.elasticity import LEVERS, elasticities
from ketenraming.scenarios.sensitivity.freeze import at_ends, freeze, uncertain
from ketenraming.scenarios.sensitivity.officer import officer
from ketenraming.scenarios.sensitivity.question import NO_DRAWS, ask
from ketenraming.scenarios.sensitivity.sobol import indices
from ketenraming.scenarios.sensitivity.tornado import sensitivity, sobol, tornado, tornados


@pytest.fixture(scope="module")
def base(library):
    return baseline_of(library)


@pytest.fixture(scope="module")
def question(base):
    return ask(base)


@pytest.fixture(scope="module")
def effects(question):
    return {(e.lever, e.of): e.years for e in elasticities(question)}


@pytest.fixture(scope="module")
def swings(question):
    return {swing.name: swing for swing in tornado(question)}


def test_without_a_year_it_is_about_the_first_that_is_not_funded(question):
    assert question.year == "2027"


def test_the_euros_of_a_question_are_what_its_lines_need(question, outcome):
    euros = question.euros(terms_of(question.base, question.base.paths, NO_DRAWS))

    needed = sum(outcome.row(line.address, "2027").needed.central for line in question.lines())
    assert euros == pytest.approx([needed])


def test_the_lines_of_a_lever_add_up_to_its_address(effects, question):
    for lever in LEVERS:
        parts = [row for (key, of), row in effects.items() if key == lever.key and of.startswith("37.")]
        for year, whole in effects[lever.key, "37"].items():
            assert whole == pytest.approx(sum(row[year] for row in parts), abs=1e-6)


def test_one_applicant_more_costs_no_more_than_reception_at_its_dearest(effects, base):
    dearest = base.paths["coa_emergency_price"].central[24]

    coa = effects["applicant", "37.4/zbo/coa"]
    assert 0 < coa["2027"] < coa["2028"] < dearest


def test_who_is_housed_leaves_reception_and_nothing_else_changes(effects):
    people = effects["home", "opvang_stock_avg"]

    assert people["2028"] == pytest.approx(-12, abs=0.01)
    assert [of for key, of in effects if key == "home" and of.startswith("37.")] == ["37.4/zbo/coa"]


def test_a_small_step_and_a_large_one_tell_the_same_as_long_as_the_queue_is_full(base, question, effects):
    path = base.paths["ind_asiel_capacity"]
    values = path.values.copy()
    values[24:36] += 25

    more = terms_of(base, {**base.paths, path.name: path.with_values(values)}, NO_DRAWS)
    usual = terms_of(base, base.paths, NO_DRAWS)

    assert (question.euros(more) - question.euros(usual)) / 25 == pytest.approx(
        [effects["decision", "37"]["2027"]], rel=0.02
    )


def test_prices_one_percent_higher_are_one_percent_of_the_products(effects, question):
    terms = terms_of(question.base, question.base.paths, NO_DRAWS)["2027"]

    assert effects["price", "37"]["2027"] == pytest.approx(
        sum(x.variable(terms).central for x in question.lines()) / 100
    )
    assert effects["price", "37"]["2028"] == 0


def test_every_number_that_draws_move_has_ends_and_every_end_is_drawn(base):
    assert set(uncertain(at_ends(base))) == set(uncertain(freeze(base, Draws(50, 7)).found))


def test_draws_are_between_the_ends_where_there_are_ends(base, swings):
    found = freeze(base, Draws(200, 7)).found
    for swing in swings.values():
        if swing.wanders or swing.name not in found.paths or swing.name in base.prices:
            continue
        drawn = found.paths[swing.name].values[24:36].mean(axis=0)
        assert swing.at[0] * (1 - 1e-9) <= drawn.min() and drawn.max() <= swing.at[2] * (1 + 1e-9), swing.name


def test_a_swing_is_what_a_run_with_that_number_alone_says(base, question, swings):
    path, swing = base.paths["beroep_share"], swings["beroep_share"]

    moved = terms_of(
        base, {**base.paths, path.name: path.with_values(np.full_like(path.values, swing.at[2]))}, NO_DRAWS
    )
    usual = terms_of(base, base.paths, NO_DRAWS)

    assert question.euros(moved) - question.euros(usual) == pytest.approx([swing.high])


def test_the_widest_swing_comes_first_and_narrow_ones_are_told_together(library):
    found = sensitivity(library, draws=100)

    widths = [swing.width for swing in found.swings]
    assert widths == sorted(widths, reverse=True)
    assert all(swing.width > 0.02 * widths[0] for swing in found.wide)
    assert 0 < len(found.wide) < len(found.swings)


def test_several_questions_at_once_give_what_each_gives_alone(base, question, swings):
    other = ask(base, "37.4/zbo/coa", "2026")

    both = tornados([question, other])

    assert {swing.name: swing for swing in both[0]} == swings
    assert both[1] == tornado(other)


def test_an_unfunded_price_moves_nothing_in_a_funded_year(base):
    found = {swing.name: swing for swing in tornado(ask(base, "37.4/zbo/coa", "2026"))}

    assert found["coa_emergency_share"].width == 0
    assert found["coa_price_growth"].width > 0


def test_to_swap_one_number_and_freeze_the_rest_leaves_others_as_they_were(base):
    a, b = (freeze(base, Draws(20, seed)) for seed in (7, 8))

    inflow, price = a.swapped("asiel_applications_inflow", b.found)["2027"], a.swapped("rean_price", b.found)["2027"]

    usual = a.terms()["2027"]
    assert (inflow["rean_price"].quantity.amount == usual["rean_price"].quantity.amount).all()
    assert (inflow["opvang_stock_avg"].quantity.amount[1:] != usual["opvang_stock_avg"].quantity.amount[1:]).all()
    assert (price["rean_price"].quantity.amount == b.terms()["2027"]["rean_price"].quantity.amount).all()
    assert (price["opvang_stock_avg"].quantity.amount == usual["opvang_stock_avg"].quantity.amount).all()


def test_the_variance_is_that_of_applications_for_the_most_part(question):
    found = {index.name: index for index in sobol(question, Draws(400, 7))}

    first = next(iter(found.values()))
    assert first.name == "asiel_applications_inflow"
    assert 0.6 < first.total < 1
    assert sum(index.first for index in found.values()) == pytest.approx(1, abs=0.25)


def test_an_index_of_one_line_leaves_out_what_does_not_move_it(base):
    found = {index.name: index.total for index in sobol(ask(base, "37.4/zbo/nidos"), Draws(100, 7))}

    assert found["coa_price_growth"] == 0
    assert found["voogdij_gezin_rate"] > found["nidos_care_share"]
    assert found["asiel_applications_inflow"] > 0.5


def test_the_same_seed_gives_the_same_indices(question):
    assert sobol(question, Draws(100, 3)) == sobol(question, Draws(100, 3))


def test_an_officer_is_worth_the_decisions_and_breaks_even_where_the_net_is_nil(base):
    one = officer(base, salary=50_000, decisions=4)

    even = officer(base, salary=50_000, decisions=one.break_even)

    assert even.net == pytest.approx(0, abs=1e-6)
    assert officer(base, salary=50_000, decisions=8).saved == pytest.approx(2 * one.saved)
    assert one.reception["2028"] < 0 and one.penalties["2028"] < 0 < one.paid["2027"]


@pytest.mark.parametrize(("salary", "decisions"), [(0, 5), (-1, 5), (float("nan"), 5), (1e5, 0), (1e5, float("inf"))])
def test_an_officer_without_a_salary_or_decisions_is_refused(base, salary, decisions):
    with pytest.raises(KetenramingError, match="Give a number above nought"):
        officer(base, salary, decisions)


def test_what_is_not_there_or_moved_by_nobody_is_refused(library, base):
    with pytest.raises(NotInLibrary, match=r"Did you mean 37\.4/zbo/coa"):
        ask(base, "37.4/zbo/cao")
    with pytest.raises(NotInLibrary, match="year '2037'"):
        ask(base, year="2037")
    with pytest.raises(KetenramingError, match=r"Nothing at 37\.4/subsidies/vwn follows people"):
        ask(base, "37.4/subsidies/vwn")
    with pytest.raises(KetenramingError, match=r"Nothing at 37\.7 follows people in 2029"):
        ask(base, "37.7", "2029")
    with pytest.raises(KetenramingError, match="choose between 100 and 10000"):
        sensitivity(library, draws=99)


def test_scipy_is_not_needed():
    code = "import sys; sys.modules['scipy'] = None; import ketenraming.scenarios.sensitivity.tornado"

    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_indices_are_named_by_what_was_swapped():
    draws = np.random.default_rng(1).random((3, 50))

    assert {index.name for index in indices(draws[0], draws[1], {"a": draws[2]})} == {"a"}
