"""Two estimates beside each other: the difference by cause, on known sums, on random games and on the real chain."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenraming.base.errors import KetenramingError, NotInLibrary, ScenarioInvalid
from ketenraming.reports.compared import compared, share_out
from ketenraming.scenarios.causes import CAUSE_OF, KNOWN_UNTIL, NAMES, Cause, shapley
from ketenraming.scenarios.compare import Comparison, compare
from ketenraming.scenarios.run import baseline_of, run

EVERYTHING = ("huisvesting-stagneert+instroom-plus-10000", "noodopvang-gehalveerd+ind-plus-20+doorstroom-vol")


@pytest.fixture(scope="module")
def inflow(library) -> Comparison:
    return compare(library, "mpp-2025-voorjaar-laag", "mpp-2025-voorjaar-hoog", draws=100)


@pytest.fixture(scope="module")
def several(library) -> Comparison:
    return compare(library, *EVERYTHING, draws=20)


@pytest.fixture(scope="module")
def with_print(library) -> Comparison:
    return compare(library, "baseline", "begroting-2026-xx", draws=20)


# Shapley


def pays(before, after):
    """Quantity times price, with those that have moved to their later value."""

    def value(moved):
        quantity, price = (after[name] if name in moved else before[name] for name in ("volume", "price"))
        return np.array([quantity * price])

    return value


# Begroting 2026 XX, art. 37.7: 91.790 places in 2024 and 96.000 after that; norm per place and day of 61 and 44 euro.
def test_ukraine_is_places_and_price_at_the_mean_of_the_other():
    before, after = {"volume": 91_790.0, "price": 61.0 * 365}, {"volume": 96_000.0, "price": 44.0 * 365}

    parts = shapley(pays(before, after), ["volume", "price"])

    assert parts["volume"][0] == pytest.approx((96_000 - 91_790) * 365 * (61 + 44) / 2)  # + 80,7 mln
    assert parts["price"][0] == pytest.approx((44 - 61) * 365 * (91_790 + 96_000) / 2)  # - 582,6 mln
    assert sum(parts.values())[0] == pytest.approx(96_000 * 44 * 365 - 91_790 * 61 * 365, abs=1e-6)


amounts = st.floats(-1e9, 1e9)


@given(q0=amounts, q1=amounts, p0=st.floats(-1e3, 1e3), p1=st.floats(-1e3, 1e3))
def test_two_factors_are_midpoints_for_any_quantity_and_price(q0, q1, p0, p1):
    parts = shapley(pays({"volume": q0, "price": p0}, {"volume": q1, "price": p1}), ["volume", "price"])

    scale = 1e-9 * (abs(q0) + abs(q1)) * (abs(p0) + abs(p1)) + 1e-9
    assert parts["volume"][0] == pytest.approx((q1 - q0) * (p0 + p1) / 2, abs=scale)
    assert parts["price"][0] == pytest.approx((p1 - p0) * (q0 + q1) / 2, abs=scale)


@st.composite
def games(draw):
    """Players, and a value of every group of them."""
    players = draw(st.lists(st.integers(0, 20), min_size=1, max_size=4, unique=True))
    bits = {player: 1 << i for i, player in enumerate(players)}
    values = draw(st.lists(st.floats(-1e6, 1e6), min_size=1 << len(players), max_size=1 << len(players)))
    return players, lambda group: np.array([values[sum(bits[player] for player in group)]])


@given(games())
def test_the_parts_make_up_the_value_of_all_less_that_of_none(game):
    players, value = game

    parts = shapley(value, players)

    assert sum(parts.values())[0] == pytest.approx((value(frozenset(players)) - value(frozenset()))[0], abs=1e-6)


@given(games())
def test_the_parts_are_the_mean_over_all_orders(game):
    players, value = game
    orders = list(permutations(players))

    parts = shapley(value, players)

    for player in players:
        ahead = [frozenset(order[: order.index(player)]) for order in orders]
        added = [(value(group | {player}) - value(group))[0] for group in ahead]
        assert parts[player][0] == pytest.approx(np.mean(added), abs=1e-6)


@given(games(), st.randoms(use_true_random=False))
def test_in_which_order_the_players_are_named_makes_no_difference(game, chance):
    players, value = game
    shuffled = chance.sample(players, len(players))

    parts, others = shapley(value, players), shapley(value, shuffled)

    assert all(parts[player] == pytest.approx(others[player], abs=1e-6) for player in players)


@given(games())
def test_who_adds_nothing_to_anybody_gets_nothing(game):
    players, value = game

    parts = shapley(lambda group: value(group - {"idle"}), [*players, "idle"])

    assert parts["idle"][0] == 0.0


@given(games())
def test_two_who_add_the_same_to_everybody_get_the_same(game):
    players, value = game

    def either(group):
        return value(group & frozenset(players)) * (1 + len(group & {"one", "other"}))

    parts = shapley(either, [*players, "one", "other"])

    assert parts["one"] == pytest.approx(parts["other"], abs=1e-6)


# Causes


def test_every_number_of_the_baseline_has_a_cause_and_only_one(library):
    paths = set(baseline_of(library).paths)

    assert set(CAUSE_OF) == paths | {KNOWN_UNTIL}
    assert len(CAUSE_OF) == sum(len(names) for names in NAMES.values())


@pytest.mark.parametrize("which", ["inflow", "several"])
def test_the_causes_make_up_every_difference(which, request):
    comparison = request.getfixturevalue(which)

    for row in comparison.rows.values():
        assert sum(row.causes.values()) == pytest.approx(row.b.central - row.a.central, abs=1e-6)


def test_headings_hold_the_causes_of_what_stands_below_them(several):
    tree = several.library.budget
    for node, year in product(tree, several.a.run.years):
        below = tree.children(node.address)
        for cause in several.changed if below else ():
            total = sum(several.row(n.address, year).causes[cause] for n in below)
            assert several.row(node.address, year).causes[cause] == pytest.approx(total, abs=1e-3)


def test_scenarios_that_change_only_inflow_differ_by_inflow_only(inflow):
    assert inflow.changed == {Cause.INFLOW: ("asiel_applications_inflow",)}
    assert inflow.row("37.4/zbo/coa", "2027").causes[Cause.INFLOW] > 1e9


def test_both_sides_are_what_a_run_gives(library, several):
    for side, asked in ((several.a, EVERYTHING[0]), (several.b, EVERYTHING[1])):
        alone = run(library, draws=20, scenarios=asked.split("+"))
        for key, row in alone.rows.items():
            assert np.array_equal(side.term(*key).quantity.amount, row.needed.quantity.amount)


def test_from_b_to_a_is_the_same_with_the_other_sign(library, several):
    back = compare(library, *EVERYTHING[::-1], draws=20)

    for key, row in several.rows.items():
        assert back.rows[key].more.central == pytest.approx(-row.more.central, abs=1e-6)
        for cause, part in row.causes.items():
            assert back.rows[key].causes[cause] == pytest.approx(-part, abs=1e-5)


def test_the_mix_of_places_moves_only_reception(library):
    halved = compare(library, "baseline", "noodopvang-gehalveerd", draws=2)

    moved = {address for (address, _), row in halved.rows.items() if row.more.central}
    assert moved == {"37.4/zbo/coa", "37.4/zbo", "37.4", "37", "37/verplichtingen"}
    assert set(halved.changed) == {Cause.MIX}


# Begroting 2026 XX prints no people for 37.7 after 2027; a scenario about the displaced says how many there are.
def test_that_the_displaced_are_known_after_protection_is_policy(library):
    leave = compare(library, "baseline", "bescherming-eindigt-2027-vertrek", draws=2)
    row = leave.row("37.7/medeoverheden/oekraine", "2030")

    assert leave.changed[Cause.POLICY] == ("ontheemde_einde_rate", KNOWN_UNTIL)
    assert sum(row.causes.values()) == pytest.approx(row.more.central, abs=1e-6)


def test_the_draws_are_shared_so_that_the_difference_is_surer_than_its_parts(inflow):
    row = inflow.row("37.4/zbo/coa", "2028")

    apart = np.sqrt(np.var(row.a.quantity.amount[1:]) + np.var(row.b.quantity.amount[1:]))
    assert np.std(row.more.quantity.amount[1:]) < 0.7 * apart
    assert (row.more.quantity.amount > 0).all()


@pytest.mark.parametrize(
    ("a", "b"),
    [("baseline", "baseline"), ("ind-plus-20", "baseline+ind-plus-20"), ("begroting-2026-xx", "begroting-2026-xx")],
)
def test_the_same_twice_differs_by_nought(library, a, b):
    twice = compare(library, a, b, draws=5)

    assert twice.same
    assert all((row.more.quantity.amount == 0).all() for row in twice.rows.values())


# With print


def test_with_print_the_difference_of_the_baseline_is_its_gap_and_nothing_else(with_print, outcome):
    for key, row in with_print.rows.items():
        assert row.more.central == pytest.approx(-outcome.row(*key).gap.central, abs=1e-3)
        assert set(row.causes) == {Cause.PRINT}
        assert row.causes[Cause.PRINT] == pytest.approx(row.more.central, abs=1e-3)
    assert with_print.with_print


def test_a_scenario_against_print_is_its_own_causes_and_what_is_not_budgeted(library):
    apart = compare(library, "begroting-2026-xx", "instroom-plus-10000", draws=5)

    row = apart.row("37.4/zbo/coa", "2027")
    assert set(row.causes) == {Cause.INFLOW, Cause.PRINT}
    assert sum(row.causes.values()) == pytest.approx(row.more.central, abs=1e-6)
    assert row.causes[Cause.PRINT] > row.causes[Cause.INFLOW] > 0
    assert apart.row("37.4/zbo/coa", "2026").causes[Cause.PRINT] == pytest.approx(0, abs=1)


def test_with_print_it_says_what_is_known(with_print):
    assert "not_funded" in with_print.row("37.4/zbo/coa", "2027").known
    assert "plug" in with_print.row("37.4/agentschap/ind", "2027").known
    assert "as_printed" in with_print.row("37.4/subsidies/vwn", "2027").known


# What is refused


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("basline", r"There is no scenario 'basline'\. Did you mean baseline"),
        ("ind-plus-20+instroom-plus-1000", "Did you mean instroom-plus-10000"),
        ("begroting-2025-xx", "Did you mean begroting-2026-xx"),
        ("ind-plus-20+", "There is no scenario ''"),
    ],
)
def test_an_unknown_name_is_met_with_the_nearest(library, asked, said):
    with pytest.raises(NotInLibrary, match=said):
        compare(library, "baseline", asked)


def test_nothing_stacks_upon_print(library):
    with pytest.raises(KetenramingError, match="Give it alone"):
        compare(library, "baseline", "begroting-2026-xx+ind-plus-20")


def test_a_file_that_is_not_there_is_refused(library):
    with pytest.raises(ScenarioInvalid, match=r"weg\.yaml"):
        compare(library, "baseline", "weg.yaml")


def test_a_year_or_line_that_is_not_there_is_met_with_the_nearest(inflow):
    with pytest.raises(NotInLibrary, match=r"Did you mean 37\.4/zbo/coa"):
        inflow.row("37.4/zbo/cao", "2027")
    with pytest.raises(NotInLibrary, match="There is no year '2037'"):
        inflow.row("37.4/zbo/coa", "2037")


# Sides that each can be run, of which the mixture cannot: 0.9 leave by the one way, 0.9 by the other.
LEAVING = """\
id: {id}
title: {{nl: Proef, en: Trial}}
reason: {{nl: Proef., en: Trial.}}
source: {{id: proef, where: hier}}
changes:
  - {{name: {name}, from: 2026-01-01, set: 0.9}}
  - {{name: {other}, from: 2026-01-01, set: 0}}
"""


def test_a_mixture_in_which_more_leave_than_there_are_is_refused_in_one_sentence(library, tmp_path):
    ways = ("ontheemde_vertrek_rate", "ontheemde_einde_rate")
    files = []
    for name, (way, other) in {"weg": ways, "einde": ways[::-1]}.items():
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_text(LEAVING.format(id=name, name=way, other=other), encoding="utf-8")

    with pytest.raises(KetenramingError, match="Compare each with 'baseline'"):
        compare(library, str(files[0]), str(files[1]), draws=2)


# In print


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.integers(-1, 1))
def test_whole_numbers_are_shared_out_to_the_total(parts, off):
    total = round(sum(parts)) + off

    whole = share_out(parts, total)

    assert sum(whole) == total
    assert all(abs(number - part) < 2 + 1e-6 for number, part in zip(whole, parts, strict=True))


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=5))
def test_who_is_nil_stays_nil(parts):
    assert share_out([*parts, 0.0], round(sum(parts)))[-1] == 0


@pytest.mark.parametrize("unit", [1, 1000])
@settings(deadline=None)
@given(st.data())
def test_what_is_printed_adds_up_in_every_row_and_every_column(several, unit, data):
    year = data.draw(st.sampled_from(several.a.run.years))
    rows = {row.address: row for row in compared(several, [year], unit=unit)}

    tree = several.library.budget
    for address, row in rows.items():
        assert row.a + sum(row.causes.values()) == row.b
        below = [rows[node.address] for node in tree.children(address) if node.address in rows]
        for cause in row.causes if below else ():
            assert row.causes[cause] == sum(part.causes[cause] for part in below)
