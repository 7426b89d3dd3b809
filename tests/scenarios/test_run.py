"""The first estimate on published volumes, against the article's own figures."""

import math

import pytest

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.finance.payees import LINES
from ketenraming.finance.term import Flag, How
from ketenraming.scenarios.prices import Draws, step_size
from ketenraming.scenarios.run import run


def test_coa_needs_five_billion_in_2027_and_has_nine_hundred_million(outcome):
    row = outcome.row("37.4/zbo/coa", "2027")

    assert row.budgeted.central == 922_330_000
    assert row.needed.central == pytest.approx(5.15e9, rel=0.02)
    assert row.gap.central == pytest.approx(row.needed.central - 922_330_000)


# Begroting 2026 XX, key figures, mean occupancy; in 2025 the run begins with COA's own count of 6 January (72.610).
@pytest.mark.parametrize(
    ("year", "printed", "within"), [("2025", 83_760, 0.02), ("2026", 103_540, 0.01), ("2027", 123_770, 0.01)]
)
def test_the_chain_carries_the_people_that_the_article_prints(outcome, year, printed, within):
    assert outcome.terms[year]["opvang_stock_avg"].central == pytest.approx(printed, rel=within)


def test_reception_is_its_regular_and_its_emergency_places(outcome):
    for terms in outcome.terms.values():
        both = terms["coa_regular_stock_avg"].quantity.amount + terms["coa_emergency_stock_avg"].quantity.amount
        assert both == pytest.approx(terms["opvang_stock_avg"].quantity.amount)
        assert 0 <= terms["coa_emergency_share"].central <= 1


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_funded_years_come_out_as_printed_because_their_prices_are_solved_for(outcome, year):
    for line in LINES:
        row = outcome.row(line.address, year)
        assert row.needed.central == pytest.approx(row.budgeted.central)
        assert Flag.SOLVED in row.flags


def test_lines_without_people_are_as_printed_in_every_year(outcome):
    row = [outcome.row("37.4/subsidies/vwn", year) for year in outcome.years]

    assert all(r.needed.central == r.budgeted.central for r in row)
    assert {flag for r in row for flag in r.flags} == {Flag.AS_PRINTED}


@pytest.mark.parametrize("address", ["37.4/zbo/coa", "37.4/zbo", "37.4", "37", "37/verplichtingen"])
def test_not_funded_follows_coa_up_to_the_total(outcome, address):
    flagged = [y for y in outcome.years if Flag.NOT_FUNDED in outcome.row(address, y).flags]

    assert flagged == ["2027", "2028", "2029", "2030"]


@pytest.mark.parametrize("address", ["37.1", "37.4/agentschap/dji", "37.7"])
def test_not_funded_does_not_reach_what_is_not_made_from_coa(outcome, address):
    assert all(Flag.NOT_FUNDED not in outcome.row(address, year).flags for year in outcome.years)


@pytest.mark.parametrize("which", ["budgeted", "needed", "gap"])
def test_headings_are_the_sums_of_what_stands_below_them(outcome, which):
    tree = outcome.library.budget
    for node in tree:
        below = tree.children(node.address)
        for year in outcome.years if below else ():
            total = sum(getattr(outcome.row(n.address, year), which).central for n in below)
            assert getattr(outcome.row(node.address, year), which).central == pytest.approx(total, abs=1e-3)


def test_gap_is_needed_less_budgeted_everywhere(outcome):
    for row in outcome.rows.values():
        assert row.gap.central == pytest.approx(row.needed.central - row.budgeted.central, abs=1e-3)


def test_there_is_a_row_for_every_printed_address_in_every_year_and_for_no_other(outcome):
    keys = {(address, year) for address in outcome.addresses for year in outcome.years}

    assert set(outcome.rows) == keys
    assert len(outcome.rows) == len(keys)
    assert ("37.99", "2027") not in outcome.rows
    assert ("37", "1999") not in outcome.rows


# Begroting 2026 XX, Bekostiging IND, row Bijdrage A en M, against the line IND: 1.019.723 - 961.801.
def test_the_plug_of_the_ind_is_named_and_shown(outcome):
    needed = outcome.row("37.4/agentschap/ind", "2028").needed

    plug = next(term for term in needed.walk() if term.name == "ind_unexplained")

    assert plug.central == 57_922_000
    assert Flag.PLUG in plug.flags


def test_the_trace_of_a_number_ends_in_printed_cells(outcome):
    needed = outcome.row("37.4/zbo/coa", "2027").needed

    leaves = [term for term in needed.walk() if not term.inputs]

    assert {term.place.cell for term in leaves} > {
        ("kengetallen", "opvang_inflow", "2027"),
        ("kengetallen", "opvang_outflow", "2027"),
        ("budgettaire-gevolgen", "37.4/zbo/coa", "2026"),
        ("parameters", "coa_regular_price", "2023-01-01"),
        ("parameters", "coa_emergency_price", "2023-01-01"),
    }


def test_every_number_traces_to_print(outcome):
    for row in outcome.rows.values():
        leaves = [term for term in row.needed.walk() if not term.inputs]
        assert all(term.how is How.PRINTED and term.place is not None for term in leaves), row.address


def test_after_the_end_of_protection_ukraine_is_as_printed_and_says_so(outcome):
    rows = [outcome.row("37.7/medeoverheden/oekraine", year) for year in ("2028", "2029", "2030")]

    assert all(Flag.ENDS in row.flags and row.gap.central == 0 for row in rows)


def test_the_band_widens_by_the_year(outcome):
    widths = []
    for year in ("2026", "2027", "2028", "2029"):
        low, _, high = outcome.row("37.4/zbo/coa", year).needed.quantiles()
        widths.append((high - low) / outcome.row("37.4/zbo/coa", year).needed.central)

    assert widths == sorted(widths)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_band(library):
    one, same, other = (run(library, draws=50, seed=seed) for seed in (7, 7, 8))

    def draws(outcome):
        return outcome.row("37", "2027").needed.quantity.amount.tobytes()

    assert draws(one) == draws(same)
    assert draws(one) != draws(other)
    assert one.row("37", "2027").needed.central == other.row("37", "2027").needed.central


def test_a_stream_is_named_so_that_another_price_does_not_move_it():
    draws = Draws(count=5, seed=7)

    assert (draws.walk("coa_price", 0.1, 3) == draws.walk("coa_price", 0.1, 3)).all()
    assert (draws.walk("coa_price", 0.1, 3) != draws.walk("nidos_care_price", 0.1, 3)).any()


def test_the_step_of_a_price_is_the_size_of_the_steps_it_took(outcome):
    rmo = {year: outcome.terms[year]["rmo_price"] for year in ("2025", "2026")}

    assert step_size(rmo) == pytest.approx(abs(math.log(rmo["2026"].central / rmo["2025"].central)))
    assert step_size({"2026": rmo["2026"]}) == 0.0


def test_a_scenario_moves_what_it_is_about_and_shares_its_draws_with_the_baseline(library, outcome):
    more = run(library, draws=200, scenarios=["instroom-plus-10000"])

    people = [
        more.terms["2027"]["opvang_stock_avg"].quantity.amount
        - outcome.terms["2027"]["opvang_stock_avg"].quantity.amount
    ]
    assert (people[0] > 0).all()
    assert more.row("37.4/zbo/coa", "2027").needed.central > outcome.row("37.4/zbo/coa", "2027").needed.central
    assert (
        more.row("37.4/subsidies/vwn", "2027").needed.central
        == outcome.row("37.4/subsidies/vwn", "2027").needed.central
    )


# Begroting 2026 XX, ODA table: COA 1.543.440 and in all 1.686.226 (x 1.000); the table prints no year.
def test_development_assistance_is_as_printed_in_the_budget_year_and_follows_people_after_it(outcome):
    assert outcome.oda["2026"]["oda"].central == pytest.approx(1_686_226_000)
    assert Flag.SOLVED in outcome.oda["2026"]["oda/coa"].flags
    assert outcome.oda["2028"]["oda/coa"].central > outcome.oda["2026"]["oda/coa"].central


# Begroting 2026 XX: € 9,13 mln is left, is used in 2025, and the reserve ends in 2026. One number, so this is the check
# that is possible: it closes, no line of the table adds to it, and a draw is a receipt that the printed ones can hold.
def test_the_asylum_reserve_is_used_up_in_the_year_that_the_article_says_and_covers_nothing_after_it(outcome):
    ends = {year: row["end"].central for year, row in outcome.reserve.items()}

    assert outcome.reserve["2025"]["drawn"].central == outcome.reserve["2025"]["start"].central == 9_130_000
    assert ends == dict.fromkeys(outcome.years, 0.0)
    assert outcome.row("37.4", "2027").gap.central > 0 == outcome.reserve["2027"]["drawn"].central
    assert not any("reserve" in address for address in outcome.addresses)
    assert outcome.reserve["2025"]["drawn"].central < outcome.row("37/ontvangsten", "2025").budgeted.central


def test_commitments_move_as_expenditure_does_and_stand_as_far_apart_as_in_print(outcome):
    for year in outcome.years:
        committed, spent = (outcome.row(address, year) for address in ("37/verplichtingen", "37"))
        apart = committed.budgeted.central - spent.budgeted.central
        assert committed.gap.quantity.amount == pytest.approx(spent.gap.quantity.amount, abs=1e-3)
        assert committed.needed.central - spent.needed.central == pytest.approx(apart, abs=1e-3)


def test_whoever_ends_protection_says_what_becomes_of_people_after_it(library, outcome):
    staying, leaving = (
        run(library, draws=10, scenarios=[f"bescherming-eindigt-2027-{how}"]) for how in ("blijven", "vertrek")
    )

    address = "37.7/medeoverheden/oekraine"
    assert outcome.row(address, "2029").needed.central == 0
    assert staying.row(address, "2029").needed.central > 1e9
    assert leaving.row(address, "2029").needed.central < 1e8


def test_the_chance_of_needing_more_than_is_budgeted_is_sure_where_the_budget_breaks(outcome):
    assert outcome.row("37", "2027").chance_over == 1
    assert 0 < outcome.row("37.4/zbo/coa", "2026").chance_over < 1
    assert outcome.row("37.4/subsidies/vwn", "2027").chance_over == 0


def test_a_price_that_a_scenario_changes_leaves_people_alone(library, outcome):
    halved = run(library, draws=200, scenarios=["noodopvang-gehalveerd"])

    for year in outcome.years:
        same = (
            halved.terms[year]["opvang_stock_avg"].quantity.amount
            == outcome.terms[year]["opvang_stock_avg"].quantity.amount
        )
        assert same.all()
    assert halved.row("37.4/zbo/coa", "2028").needed.central < outcome.row("37.4/zbo/coa", "2028").needed.central


def test_the_three_weightiest_findings_are_about_three_lines(outcome):
    assert [f.code for f in outcome.weightiest] == ["not-funded", "law-differs", "table-against-line"]


def test_what_is_not_there_is_met_with_the_nearest(outcome):
    with pytest.raises(NotInLibrary, match=r"Did you mean 37\.4/zbo/coa"):
        outcome.row("37.4/zbo/cao", "2027")
    with pytest.raises(NotInLibrary, match="There is no year '2037'"):
        outcome.row("37.4/zbo/coa", "2037")


@pytest.mark.parametrize("draws", [0, 100_001])
def test_draws_are_bounded(library, draws):
    with pytest.raises(KetenramingError, match="choose between 1 and 100000"):
        run(library, draws=draws)
