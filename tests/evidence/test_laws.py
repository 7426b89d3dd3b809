"""Laws in tables: read as parameters, and every mistake with its file and line."""

import shutil
from datetime import date

import pytest

from ketenraming.base.errors import LibraryInvalid
from ketenraming.evidence.library import library_root, load

TERMS = "parameters/recht/termijn.csv"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A library without its series and vintages, which no law needs."""
    root = tmp_path_factory.mktemp("small") / "library"
    left_out = shutil.ignore_patterns("series", "vintages", "start", "hindcast", "scenarios")
    return shutil.copytree(library_root(), root, ignore=left_out)


def test_a_law_is_a_parameter_with_its_source(library):
    value = library.parameter("termijn_asiel_basis").on(date(2025, 1, 1))

    assert (value.value, value.status, value.source.id) == (6, "law", "BWBR0011823")
    assert "termijn_asiel_basis" in library.laws


def test_a_law_may_hold_days(library):
    assert library.parameter("asiel_pact_start").on(date(2025, 1, 1)).value == date(2026, 6, 12)


def test_a_value_that_was_not_confirmed_is_not_sure(library):
    sure, unsure = library.parameter("dwangsom_bestuur_asiel"), library.parameter("dwangsom_bestuur_first_day")

    assert sure.values[0].is_sure
    assert not unsure.values[0].is_sure


WRONG = (
    ("termijn_mvv,2013-06-01,,90", "termijn_mvv,2013-06-01,,ninety", "termijn.csv:{}: value"),
    ("termijn_mvv_studie,2013", "termijn_mvv_studies,2013", "termijn.csv:{}: 'termijn_mvv_studies' is not in"),
    ("termijn_regulier,2013-06-01,,90,2013-06-01,law,,BWBR0011823",
     "termijn_regulier,2013-06-01,,90,2013-06-01,law,,BWB1", "termijn.csv:{}: termijn_regulier: the source 'BWB1'"),
    ("termijn_terugkeervisum,2013-06-01,,", "termijn_terugkeervisum,2013-06-01,2012-01-01,",
     "termijn.csv:{}: termijn_terugkeervisum: holds until 2012-01-01"),
)  # fmt: skip


def test_all_mistakes_in_laws_are_told_each_with_its_line(small):
    path = small / TERMS
    right = wrong = path.read_text(encoding="utf-8")
    for old, new, _ in WRONG:
        wrong = wrong.replace(old, new)
    path.write_text(wrong, encoding="utf-8")

    with pytest.raises(LibraryInvalid) as refused:
        load(small)

    path.write_text(right, encoding="utf-8")
    lines = [right[: right.index(old)].count("\n") + 1 for old, _, _ in WRONG]
    said = [text.format(line) for line, (_, _, text) in zip(lines, WRONG, strict=True)]
    assert [text for text in said if text not in str(refused.value)] == []


def test_a_law_that_is_a_parameter_too_is_told(small):
    names = small / "parameters/recht/names.csv"
    text = names.read_text(encoding="utf-8")
    names.write_text(text + "coa_regular_price,EUR/person-year,x,x,x\n", encoding="utf-8")

    with pytest.raises(LibraryInvalid) as refused:
        load(small)

    names.write_text(text, encoding="utf-8")
    assert "names.csv" in str(refused.value)
