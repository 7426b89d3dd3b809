"""The command `export`: what it writes, what it says, and what it refuses."""

import csv
import json
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from ketenraming.base.errors import KetenramingError
from ketenraming.cli import app
from ketenraming.reports.export import FORMATS


def command(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["export", *arguments, "--draws", "10"])


def test_it_writes_what_is_asked_for_and_says_where(tmp_path):
    folder = tmp_path / "new" / "folder"

    outcome = command("--to", str(folder), "--format", "csv,datapackage", "-s", "ind-plus-20")

    names = ["ketenraming-cijfers-ind-plus-20-datapackage.zip", "ketenraming-cijfers-ind-plus-20.csv"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert all(f"Geschreven: {folder / name}" in outcome.stdout for name in names)
    assert json.loads(ZipFile(folder / names[0]).read("datapackage.json"))["name"] == "ketenraming"


def test_in_english_names_and_words_are_english(tmp_path):
    outcome = command("--to", str(tmp_path), "--format", "csv-excel", "--lang", "en")

    with (tmp_path / "ketenraming-figures-excel.csv").open(encoding="utf-8-sig", newline="") as file:
        head = next(csv.reader(file, delimiter=";"))
    assert "Written: " in outcome.stdout
    assert head[:3] == ["Table", "Name", "Label"]


def test_it_writes_in_place_of_an_earlier_one(tmp_path):
    path = tmp_path / "ketenraming-cijfers.csv"
    path.write_text("earlier")

    command("--to", str(tmp_path), "--format", "csv")

    assert path.read_text(encoding="utf-8").startswith("table,name,")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--format", "xslx"), "Did you mean xlsx"), (("--format", ""), "There is no format ''"),
     (("-s", "ind-plus-2"), "Did you mean ind-plus-20")],
)  # fmt: skip
def test_it_refuses_what_is_not_there_and_writes_nothing(arguments, said, tmp_path):
    outcome = command("--to", str(tmp_path), *arguments)

    assert isinstance(outcome.exception, KetenramingError)
    assert said in str(outcome.exception)
    assert list(tmp_path.iterdir()) == []


def test_it_refuses_a_file_where_it_needs_a_folder(tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")

    outcome = command("--to", str(file), "--format", "csv")

    assert f"{file} is a file, not a folder" in str(outcome.exception)
    assert file.read_text() == "mine"


def test_it_refuses_a_folder_that_cannot_be_made(tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")

    outcome = command("--to", str(file / "below"), "--format", "csv")

    assert isinstance(outcome.exception, KetenramingError)
    assert "Choose another folder with --to" in str(outcome.exception)


def test_help_names_every_format():
    said = CliRunner().invoke(app, ["export", "--help"], env={"COLUMNS": "200"}).stdout

    assert [form for form in FORMATS if form not in said] == []
