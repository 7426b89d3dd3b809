"""Reading the SES-WOA scores that somebody exported from StatLine."""

from fractions import Fraction

import pytest

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten.scores import read_scores, scores_of


def table(library, head="Regio;Totaalscore", row="{code};0,125", without=(), more=()) -> str:
    codes = [code for code in library.gemeenten.municipalities if code not in without]
    return "\n".join([head, *(row.format(code=code) for code in codes), *more])


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Regio;Totaalscore", "{code};0,125"),
        ("code,score", "{code},0.125"),
        ("code\tscore", "{code}\t0,125"),
        ('"SES-WOA/Totaalscore/Gemiddelde score (Getal)";"SES-WOA/Deelscore welvaart";"Regio"', '"0,125";"9";"{code}"'),
        ("Titel zonder meer\nRegio;Totaalscore", "{code}  ;0,125"),
        ("\ufeffRegio;Score;Perioden", "{code};0,125;2022"),
    ],
)
def test_an_export_is_read_whatever_its_separator(library, head, row):
    found = read_scores(table(library, head, row), library.gemeenten.municipalities)

    assert set(found) == set(library.gemeenten.municipalities)
    assert set(found.values()) == {Fraction(1, 8)}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"without": ("GM0344",)}, "lacks 1 municipalities, such as Utrecht"),
        ({"more": ("GM0344;0,1",)}, "GM0344 is there twice"),
        ({"row": "{code};."}, "is no number"),
        ({"row": "{code};12,5"}, "from -1 to 1"),
        ({"row": "{code}"}, "is no number"),
        ({"head": "Regio;Waarde"}, "no head with a score"),
        ({"head": "score a;score b", "row": "{code};0"}, "2 columns of scores"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(library, changed, why):
    with pytest.raises(CaseInvalid, match=why):
        read_scores(table(library, **changed), library.gemeenten.municipalities)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00" * 10])
def test_a_file_that_is_no_table_is_refused(library, tmp_path, content):
    path = tmp_path / "scores.csv"
    path.write_bytes(content)

    with pytest.raises(CaseInvalid):
        scores_of(path, library.gemeenten.municipalities)


def test_a_file_that_is_not_there_is_refused(library, tmp_path):
    with pytest.raises(CaseInvalid, match="cannot be read"):
        scores_of(tmp_path / "nergens.csv", library.gemeenten.municipalities)
