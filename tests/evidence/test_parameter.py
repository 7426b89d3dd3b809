from datetime import date

import pytest

from ketenraming.base.errors import ParameterNotFound


def test_the_value_in_force_on_a_day_is_found(library):
    norm = library.parameter("oekraine_norm_price")

    # BWBR0046732, artikel 3: the day on which the norm went down, and the day before.
    assert norm.number_on(date(2022, 10, 14)) == 100
    assert norm.number_on(date(2022, 10, 15)) == 83


def test_what_was_published_later_is_not_known(library):
    norm = library.parameter("oekraine_norm_price")

    assert norm.number_on(date(2025, 6, 1)) == 44
    with pytest.raises(ParameterNotFound, match="oekraine_norm_price has no value in force on 2025-06-01"):
        norm.number_on(date(2025, 6, 1), known_on=date(2024, 1, 1))


def test_the_last_publication_wins(library):
    end = library.parameter("tijdelijke_bescherming_end")

    assert end.on(date(2025, 8, 1), known_on=date(2025, 7, 1)).value == date(2026, 3, 4)
    assert end.on(date(2025, 8, 1), known_on=date(2025, 9, 16)).value == date(2027, 3, 4)


def test_a_day_is_not_a_number(library):
    with pytest.raises(ParameterNotFound, match="holds days, not numbers"):
        library.parameter("tijdelijke_bescherming_end").number_on(date(2025, 8, 1))
