"""The asylum reserve: it covers what is missing as far as it goes, and money neither comes nor goes unseen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import UnitMismatch
from ketenraming.base.quantity import Quantity
from ketenraming.finance.attribution import reserve
from ketenraming.finance.term import How, Term, known

euros = st.floats(-1e9, 1e9)


def gap(year, *amounts):
    return Term("gap", year, Quantity(np.array(amounts), "EUR"), How.DIFFERENCE)


@given(stand=st.floats(0, 1e9), missing=st.lists(euros, min_size=1, max_size=6))
def test_what_is_drawn_is_never_more_than_is_missing_or_than_there_is(stand, missing):
    gaps = {str(2026 + i): gap(str(2026 + i), amount) for i, amount in enumerate(missing)}

    made = reserve(known("reserve", "2026", stand, "EUR"), {}, gaps)

    for year, row in made.items():
        assert 0 <= row["drawn"].central <= max(gaps[year].central, 0)
        assert row["end"].central == row["start"].central - row["drawn"].central >= 0
    ends = [row["end"].central for row in made.values()]
    assert [row["start"].central for row in made.values()] == [stand, *ends[:-1]]


def test_a_printed_draw_is_taken_as_it_is_for_it_is_in_the_budget():
    drawn = known("reserve_drawn", "2025", 4.0, "EUR")

    made = reserve(
        known("reserve", "2025", 10.0, "EUR"), {"2025": drawn}, {"2025": gap("2025", 0.0), "2026": gap("2026", 9.0)}
    )

    assert made["2025"]["drawn"] is drawn
    assert (made["2026"]["drawn"].central, made["2026"]["end"].central) == (6.0, 0.0)


def test_each_draw_of_a_gap_has_its_own_draw_of_the_reserve():
    made = reserve(known("reserve", "2026", 10.0, "EUR"), {}, {"2026": gap("2026", 3.0, -1.0, 40.0)})

    assert made["2026"]["drawn"].quantity.amount.tolist() == [3.0, 0.0, 10.0]
    assert made["2026"]["end"].quantity.amount.tolist() == [7.0, 10.0, 0.0]


def test_a_gap_that_is_no_money_is_refused():
    people = Term("gap", "2026", Quantity(np.array([3.0]), "person-year"), How.DIFFERENCE)

    with pytest.raises(UnitMismatch):
        reserve(known("reserve", "2026", 10.0, "EUR"), {}, {"2026": people})
