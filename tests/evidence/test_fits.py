"""Draws of the hindcast on disk: what is wrong with them is said with its line, all of it at once."""

import pytest

from ketenraming.base.errors import LibraryInvalid
from ketenraming.evidence.fits import read_posterior

MADE = """\
status: calibrated
known_since: 2025-09-16
source: {id: hindcast, where: "draws"}
draws: 100
effective: 90
seed: 7
"""


@pytest.fixture
def written(tmp_path):
    """A folder with draws, with one text of each file changed."""

    def write(rows=("", ""), made=("", "")):
        (tmp_path / "hindcast").mkdir()
        text = "lead,dublin_share\n" + "".join(f"{i / 100},0.1\n" for i in range(100))
        (tmp_path / "hindcast" / "posterior.csv").write_text(text.replace(*rows, 1), encoding="utf-8")
        (tmp_path / "hindcast" / "posterior.yaml").write_text(MADE.replace(*made, 1), encoding="utf-8")
        return tmp_path

    return write


def test_draws_are_read_by_name_and_row(written, library):
    found = read_posterior(written(), library.sources)

    assert found.made.effective == 90
    assert found.rows["lead"][2] == 0.02
    assert len(found.rows["dublin_share"]) == 100


@pytest.mark.parametrize(
    ("rows", "made", "said"),
    [
        (("0.02,0.1", "0.02,veel"), ("", ""), r"posterior\.csv:4: could not convert"),
        (("0.02,0.1", "0.02,nan"), ("", ""), r"posterior\.csv:4: a cell is no finite number"),
        (("0.02,0.1", "0.02"), ("", ""), r"posterior\.csv:4: the row has more or fewer cells"),
        (("0.02,0.1\n", ""), ("", ""), r"posterior\.yaml:4: 100 draws are said, 99 stand"),
        (("", ""), ("hindcast,", "nergens,"), r"posterior\.yaml:3: the source 'nergens' is not there"),
        (("", ""), ("calibrated", "decided"), r"posterior\.yaml:1: status"),
        (("", ""), ("draws: 100", "draws: 2"), r"posterior\.yaml:4: draws"),
    ],
)
def test_a_mistake_is_met_with_its_line(written, library, rows, made, said):
    with pytest.raises(LibraryInvalid, match=said):
        read_posterior(written(rows, made), library.sources)


def test_draws_that_are_not_there_are_said_to_be_missing(tmp_path, library):
    with pytest.raises(LibraryInvalid, match=r"posterior\.csv:1: cannot be read"):
        read_posterior(tmp_path, library.sources)
