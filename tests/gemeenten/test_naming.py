"""Finding a municipality by what people call it."""

import pytest

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten.naming import find


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("utrecht", "Utrecht"),
        ("  UTRECHT ", "Utrecht"),
        ("gm0344", "Utrecht"),
        ("sudwest fryslan", "Súdwest-Fryslân"),
        ("den haag", "'s-Gravenhage"),
        ("s-gravenhage", "'s-Gravenhage"),
        ("Den Bosch", "'s-Hertogenbosch"),
        ("Hengelo", "Hengelo (O.)"),
        ("bergen nh", "Bergen (NH.)"),
    ],
)
def test_capitals_accents_and_the_letters_of_a_province_do_not_matter(library, asked, name):
    assert find(library.gemeenten, asked).name == name


def test_every_municipality_is_found_by_its_name_and_by_its_code(library):
    for each in library.gemeenten.municipalities.values():
        assert find(library.gemeenten, each.name) is each
        assert find(library.gemeenten, each.code) is each


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("Utrech", "Did you mean Utrecht"),
        ("Bergen", r"Bergen \(L\.\)"),
        ("", "no municipality"),
        ("x" * 10_000, "no municipality"),
        ("Brussel!?", "no municipality"),
    ],
)
def test_what_is_no_municipality_is_refused_in_one_short_sentence(library, asked, why):
    with pytest.raises(CaseInvalid, match=why) as refused:
        find(library.gemeenten, asked)

    assert len(str(refused.value)) < 400
