import pytest

from ketenraming.base.errors import NotInLibrary
from ketenraming.evidence.address import parent, slug


def test_a_parent_is_one_level_up():
    assert [parent(a) for a in ("37.4/zbo/coa", "37.4/zbo", "37.4", "37")] == ["37.4/zbo", "37.4", "37", None]


def test_a_slug_forgets_case_accents_and_punctuation():
    assert slug("Bijdrage aan ZBO's/RWT’s") == "bijdrage-aan-zbos-rwts"
    assert slug("Materiële uitgaven") == "materiele-uitgaven"


def test_a_label_that_repeats_is_found_below_its_own_heading(library):
    found = [library.budget.find(above, "Overige Subsidies") for above in ("37.4/subsidies", "37.5/subsidies")]

    assert [node.address for node in found] == ["37.4/subsidies/overig", "37.5/subsidies/overig"]


def test_commitments_and_receipts_stand_beside_the_expenditure(library):
    assert [node.address for node in library.budget.children("37")] == ["37.1", "37.4", "37.5", "37.6", "37.7"]


def test_an_address_that_is_not_there_is_met_with_the_nearest(library):
    with pytest.raises(NotInLibrary, match=r"Did you mean 37\.4/zbo/coa"):
        library.budget["37.4/zbo/cao"]
