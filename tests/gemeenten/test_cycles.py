"""The cycles of the Spreidingswet: which need holds in which year."""

from datetime import date

import pytest

from ketenraming.gemeenten.cycles import cycle_of, cycles


def test_there_are_two_and_only_the_first_has_a_need_for_minors(library):
    first, second = cycles(library.parameters)

    assert (first.need.count, first.last, first.minors.count) == (96_000, date(2026, 2, 26), 8_140)
    assert (second.need.count, second.goes_on, second.minors) == (88_000, True, None)


@pytest.mark.parametrize(
    ("year", "need"), [(2023, 96_000), (2024, 96_000), (2025, 96_000), (2026, 88_000), (2030, 88_000)]
)
def test_the_need_of_a_year_is_the_last_one_announced_at_its_end(library, year, need):
    assert cycle_of(cycles(library.parameters), year).need.count == need
