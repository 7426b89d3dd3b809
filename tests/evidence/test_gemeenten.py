"""Municipalities on disk: whole or not at all, and their sums against what was published."""

import shutil

import pytest

from ketenraming.base.errors import LibraryInvalid
from ketenraming.evidence.gemeenten import check_sums, disagreements, read_gemeenten
from ketenraming.evidence.library import load
from ketenraming.scenarios.run import run


@pytest.fixture
def written(tmp_path, library):
    """A copy of the folder, with one text of one file changed."""

    def write(name="gemeenten.csv", old="", new=""):
        shutil.copytree(library.root / "gemeenten", tmp_path / "gemeenten")
        path = tmp_path / "gemeenten" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return write


def test_there_are_342_municipalities_in_twelve_provinces(library):
    gemeenten = library.gemeenten

    assert (len(gemeenten.municipalities), len(gemeenten.provinces)) == (342, 12)
    assert sum(len(gemeenten.of_province(code)) for code in gemeenten.provinces) == 342


# NOS Nieuwsuur: 88,000 places indicated, 74,236 there. CBS: 17,942,942 inhabitants, of Overijssel 1,189,033 and of the
# south of the country 3,777,994 (men and women together, in the same state of the table).
def test_published_sums_close(library):
    gemeenten = library.gemeenten

    def of(*codes):
        return sum(each.inhabitants for code in codes for each in gemeenten.of_province(code))

    assert sum(each.places for each in gemeenten.municipalities.values()) == 88_000
    assert sum(each.there for each in gemeenten.municipalities.values()) == 74_236
    assert (gemeenten.inhabitants, of("PV23"), of("PV30", "PV31")) == (17_942_942, 1_189_033, 3_777_994)


def test_a_sum_that_does_not_close_says_by_how_much(library):
    found = {(each.code, each.place.row): each.difference for each in disagreements(library.gemeenten)}

    assert ("gemeenten-need-differs", "NL01") not in found
    assert found["gemeenten-inhabitants-differ", "PV26"] == -130
    assert found["gemeenten-gap-differs", "PV28"] == 2_545
    assert len(check_sums(library.gemeenten)) == 2 + 12 + 4


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("gemeenten.csv", "GM0034,Almere", "GM0014,Almere", r"gemeenten\.csv:3: GM0014 is there twice"),
        ("gemeenten.csv", "GM0034,Almere,,PV24", "GM0034,Almere,,PV99", "'PV99', which is not a province"),
        ("gemeenten.csv", "GM0034,Almere,,PV24", "GM0034,Almere,,PV25", "Flevoland has 5 municipalities, of 6"),
        ("gemeenten.csv", "GM0034,Almere", "GM0034,Urk", "another municipality called 'Urk'"),
        ("gemeenten.csv", "226500", "-1", r"gemeenten\.csv:3: inhabitants"),
        ("gemeenten.csv", "226500", "veel", r"gemeenten\.csv:3: inhabitants"),
        ("about.yaml", "cbs-70072ned", "nergens", "the source 'nergens' is not in library/sources"),
        ("about.yaml", "need: 88000", "behoefte: 88000", r"about\.yaml"),
    ],
)
def test_a_mistake_is_told_with_its_file(written, library, name, old, new, said):
    with pytest.raises(LibraryInvalid, match=said):
        read_gemeenten(written(name, old, new), library.sources)


def test_a_run_does_not_read_the_municipalities():
    fresh = load()

    run(fresh, draws=1)

    assert "gemeenten" not in vars(fresh)
