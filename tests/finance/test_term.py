import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import UnitMismatch
from ketenraming.base.finding import Place
from ketenraming.base.quantity import Quantity
from ketenraming.finance.line import Line
from ketenraming.finance.term import Flag, How, Note, carried, difference, known, product, quotient, total, uncertain

CELL = Place("begroting-2026-xx", "kengetallen", "opvang_stock_avg", "2026")
amounts = st.floats(1, 1e9)


def people(value=100.0, year="2026"):
    return known("opvang_stock_avg", year, value, "person-year", CELL)


def price(value=40.0):
    return known("coa_price", "2026", value, "EUR/person-year")


@given(q=amounts, p=amounts)
def test_a_price_solved_from_a_line_gives_that_line_back(q, p):
    line = known("37.4/zbo/coa", "2026", q * p, "EUR")

    solved = quotient("coa_price", line, people(q))

    assert solved.unit == "EUR/person-year"
    assert product("line", people(q), solved).central == pytest.approx(line.central)


@given(parts=st.lists(amounts, min_size=2, max_size=6))
def test_a_sum_less_its_parts_is_nothing(parts):
    terms = [known(str(i), "2026", part, "EUR") for i, part in enumerate(parts)]

    rest = difference("rest", total("sum", terms), *terms)

    assert rest.central == pytest.approx(0, abs=1e-6 * sum(parts))


def test_terms_of_different_units_are_not_added():
    with pytest.raises(UnitMismatch):
        total("wrong", [people(), price()])


def test_a_flag_follows_every_number_made_from_it():
    unfunded = known("37.4/zbo/coa", "2027", 1.0, "EUR").flagged(Flag.NOT_FUNDED)

    heading = total("37.4/zbo", [unfunded, known("37.4/zbo/nidos", "2027", 1.0, "EUR")])

    assert Flag.NOT_FUNDED in difference("gap", heading, unfunded).flags


def test_as_printed_does_not_follow_because_a_sum_was_not_printed():
    printed = known("line", "2027", 1.0, "EUR").flagged(Flag.AS_PRINTED)

    assert Flag.AS_PRINTED not in total("heading", [printed, printed]).flags


def test_a_value_carried_forward_says_where_it_came_from():
    later = carried(people(), "2030")

    assert (later.year, later.how, later.inputs[0].year) == ("2030", How.CARRIED, "2026")
    assert Flag.CARRIED in later.flags


def test_draws_leave_the_central_value_alone():
    spread = uncertain(price(), np.array([0.5, 1.0, 2.0]), Note("note_random_walk", {}))

    assert spread.central == 40.0
    assert spread.quantiles((0.0, 0.5, 1.0)) == [20.0, 40.0, 80.0]


def test_the_trace_of_a_number_reaches_the_printed_cell():
    made = product("line", people(), price())

    assert CELL in [term.place for term in made.walk()]


def test_a_line_whose_price_is_per_day_is_refused():
    line = Line("37.4/zbo/coa", (("opvang_stock_avg", "coa_price"),))
    per_day = known("coa_price", "2026", 110.0, "EUR/person-day")

    with pytest.raises(UnitMismatch, match=r"37\.4/zbo/coa: opvang_stock_avg x coa_price is EUR-year/day, not EUR"):
        line.needed({"opvang_stock_avg": people(), "coa_price": per_day})


def test_a_line_is_its_products_and_its_fixed_amounts():
    line = Line("x", (("opvang_stock_avg", "coa_price"),), fixed=("lumpsum",))
    lumpsum = known("lumpsum", "2026", 7.0, "EUR")

    needed = line.needed({"opvang_stock_avg": people(100), "coa_price": price(40), "lumpsum": lumpsum})

    assert needed.central == 4007.0
    assert needed.quantity == Quantity(needed.quantity.amount, "EUR")
