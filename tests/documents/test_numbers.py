import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.documents.numbers import (
    Number,
    is_nothing,
    read_number,
    read_year,
    trailing_zero_step,
    without_footnotes,
)

PRINTED = {
    "8.865.612": Number(8_865_612),
    "0": Number(0),
    "‒ 3.275": Number(-3275),
    "-3.275": Number(-3275),
    "− 731": Number(-731),
    "(731)": Number(-731),
    "39,0%": Number(390, 1, percent=True),
    "39,0 %": Number(390, 1, percent=True),
    "7,3": Number(73, 1),
    "€ 1.234": Number(1234),
    "1 234 567": Number(1_234_567),
    "2026": Number(2026),
    "46.4601": Number(46_460, footnote="1"),
    "46.460²": Number(46_460, footnote="²"),
}


@pytest.mark.parametrize("text", PRINTED)
def test_a_printed_number_is_read_to_the_digit(text):
    assert read_number(text) == PRINTED[text]


@pytest.mark.parametrize("text", ["", "COA", "37.4.1", "1.23.456", "12,", "(12", "12)", "1,2,3", "t/m 2026", "5-6"])
def test_what_is_not_a_number_is_not_read_as_one(text):
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["", " ", "–", "n.v.t.", "pm", "‒"])
def test_a_cell_may_say_that_there_is_no_number(text):
    assert is_nothing(text)


@given(value=st.integers(-(10**12), 10**12))
def test_a_number_survives_being_printed_the_way_the_budget_does(value):
    printed = f"{abs(value):,}".replace(",", ".")

    assert read_number(f"‒ {printed}" if value < 0 else printed) == Number(value)


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_not_but_never_breaks(text):
    read_number(text)
    read_year(text)
    without_footnotes(text)


def test_a_footnote_digit_glued_to_a_year_or_a_word_is_dropped():
    assert read_year("20241") == "2024"
    assert read_year("Realisatie 2024") == "2024"
    assert read_year("2.024") is None
    assert without_footnotes("Vreemdelingen1") == "Vreemdelingen"


def test_a_row_in_tens_is_known_to_ten():
    assert trailing_zero_step([46_460, 59_000, 60_200]) == 10
    assert trailing_zero_step([96_000]) == 1000
    assert trailing_zero_step([0, 0]) == 1
