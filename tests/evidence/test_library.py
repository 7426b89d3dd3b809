"""One bad file for each kind of mistake; the library says which, where, and all of them at once."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ketenraming.base.errors import LibraryInvalid, NotInLibrary
from ketenraming.evidence.library import load

PRICE = "parameters/coa/coa_regular_price.yaml"
NORM = "parameters/oekraine/oekraine_norm_price.yaml"
FIGURES = "figures/begroting-2026-xx.csv"

Change = Callable[[str, str, str], str]


@pytest.fixture
def mistakes_after(library, tmp_path) -> Change:
    """Change one text in one library file and load; gives what the refusal says."""

    def change(name: str, old: str, new: str) -> str:
        copy = tmp_path / "library"
        if not copy.exists():
            shutil.copytree(library.root, copy)
        path = copy / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(LibraryInvalid) as refusal:
            load(copy)
        return str(refusal.value)

    return change


MISTAKES = {
    "no source": (PRICE, '    source: {id: coa-kosten-2022, where: "news item, cost of regular reception"}\n', "",
                  "coa_regular_price.yaml:8: values.0.source: field required"),
    "a source that is not there": (PRICE, "coa-kosten-2022", "coa-kosten-2021",
                                   "the source 'coa-kosten-2021' is not in library/sources"),
    "an unknown unit": (PRICE, "EUR/person-year", "EUR/resident-year", "resident is not in units.csv"),
    "a unit that is no unit": (PRICE, "unit: EUR/person-year", "unit: EUR/person/year", "is not a unit"),
    "an unknown key": (PRICE, "prices: nominal", "pricess: nominal", "pricess: extra inputs are not permitted"),
    "an unknown status": (PRICE, "status: realisation", "status: guess", "values.0.status: input should be"),
    "a value that is no number": (PRICE, "value: 27100", "value: veel", "values.0.value"),
    "a day that does not exist": (PRICE, "from: 2022-01-01", "from: 2022-02-30", "coa_regular_price.yaml:8: not a day"),
    "known before it was published": (PRICE, "known_since: 2023-06-01", "known_since: 2021-01-01",
                                      "known since 2021-01-01, but coa-kosten-2022 is of 2023-06-01"),
    "ended before it began": (PRICE, "until: 2022-12-31", "until: 2021-12-31", "before it starts on 2022-01-01"),
    "not YAML": (PRICE, "values:\n", "values: [\n", "not YAML"),
    "an id that is not the file's": (PRICE, "id: coa_regular_price", "id: coa_price", "the file is called"),
    "a figure that is no number": (FIGURES, ",8504260,", ",veel,", "begroting-2026-xx.csv:3: not a figure"),
    "a figure in an unknown unit": (FIGURES, ",kEUR,verplichtingen,forecast", ",gulden,verplichtingen,forecast",
                                    "begroting-2026-xx.csv:3: unknown unit 'gulden'"),
    "a figure that is there twice": (FIGURES, "37/verplichtingen,2026,", "37/verplichtingen,2025,",
                                     "is there twice"),
    "a row with a cell too many": (FIGURES, ",8504260,", ",8504260,1,", "more or fewer cells than the header"),
    "half a message": ("locale/messages.toml", 'en = "gap"', 'fr = "trou"', "gap must have nl and en"),
    "not TOML": ("checks/findings.toml", "[sum-differs]", "[sum-differs", "not TOML"),
    "a cue that is no pattern": ("readings/artikel-37.yaml", 'cue: "Frontex', 'cue: "(Frontex', "is no pattern"),
    "a measure that is summed wrongly": ("variables.csv", "inflow,sum,Asielinstroom", "inflow,mean,Asielinstroom",
                                         "a year of inflow is not made by mean"),
    "an address that is there twice": ("budget.yaml", "address: 37.4/zbo/nidos", "address: 37.4/zbo/coa",
                                       "37.4/zbo/coa is there 2 times"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_refuses_to_load_and_says_where(mistakes_after, mistake):
    name, old, new, said = MISTAKES[mistake]

    refusal = mistakes_after(name, old, new)

    assert Path(name).name in refusal
    assert said in refusal


def test_overlapping_validity_names_both_days(mistakes_after):
    refusal = mistakes_after(NORM, "    until: 2024-12-31\n    value: 61\n    known_since: 2024-01-01",
                             "    value: 61\n    known_since: 2024-11-13")  # fmt: skip

    assert "the values from 2024-01-01 and from 2025-01-01 overlap, and both were published on 2024-11-13" in refusal


def test_values_published_apart_may_overlap_because_the_later_one_wins(library, tmp_path):
    copy = shutil.copytree(library.root, tmp_path / "library")
    path = copy / NORM
    path.write_text(path.read_text(encoding="utf-8").replace("    until: 2024-12-31\n", ""), encoding="utf-8")

    norm = load(copy).parameter("oekraine_norm_price")

    assert norm.number_on(date(2025, 6, 1)) == 44


def test_a_folder_that_is_no_library_is_refused(tmp_path):
    with pytest.raises(LibraryInvalid, match=r"holds no budget\.yaml"):
        load(tmp_path)


def test_all_mistakes_are_reported_together(library, tmp_path):
    copy = shutil.copytree(library.root, tmp_path / "library")
    for name in (PRICE, NORM):
        path = copy / name
        path.write_text(path.read_text(encoding="utf-8").replace("unit: EUR", "unit: gulden"), encoding="utf-8")

    with pytest.raises(LibraryInvalid) as refusal:
        load(copy)

    assert len(refusal.value.mistakes) == 2
    assert str(refusal.value).startswith("The library has 2 mistakes:")


def test_an_unknown_name_is_met_with_the_nearest_ones(library):
    with pytest.raises(NotInLibrary, match="Did you mean coa_regular_price"):
        library.parameter("coa_regular_prize")


def test_the_digest_changes_with_any_file(library, tmp_path):
    copy = shutil.copytree(library.root, tmp_path / "library")
    before = load(copy).digest

    path = copy / PRICE
    path.write_text(path.read_text(encoding="utf-8") + "# looked at\n", encoding="utf-8")

    assert before == library.digest
    assert load(copy).digest != before
