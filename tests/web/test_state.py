"""What an address says: the state of a page, and refusals of what cannot be."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import KetenramingError
from ketenraming.scenarios.levers import LEVERS
from ketenraming.web.state import State, read

YEARS, LINES = ("2026", "2027"), ("37", "37.4/zbo/coa")
positions = st.fixed_dictionaries(
    {},
    optional={
        one.name: st.integers(0, (one.high - one.low) // one.step).map(lambda i, one=one: one.low + i * one.step)
        for one in LEVERS
    },
)


@given(moved=positions, year=st.sampled_from(("", *YEARS)), line=st.sampled_from(LINES))
def test_an_address_gives_back_the_state_it_was_made_from(library, moved, year, line):
    state = State(("ind-plus-20",), {name: p for name, p in moved.items() if p}, year, line)

    again = read(parse_qsl(state.query), library, YEARS, LINES)

    assert again == state


def test_names_that_are_not_ours_are_left_alone(library):
    assert read([("utm_source", "mail")], library, YEARS, LINES) == State()


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        (("jaar", "1999"), "There is no year '1999'"),
        (("regel", "38"), "There is no line '38'. Did you mean 37"),
        (("s", "ind-plus-21"), "Did you mean ind-plus-20"),
        (("s", "../../etc/passwd"), "There is no scenario"),
        (("instroom", "veel"), "choose a whole number from -60 to 150"),
        (("instroom", "1e3"), "choose a whole number"),
        (("instroom", "7"), "choose from -60 to 150 by 5"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(library, pair, why):
    with pytest.raises(KetenramingError, match=why):
        read([pair], library, YEARS, LINES)


def test_more_scenarios_than_a_page_takes_are_refused(library):
    with pytest.raises(KetenramingError, match="choose at most 5"):
        read([("s", str(i)) for i in range(6)], library, YEARS, LINES)
