"""`ketenraming plaatsing`, as somebody who types it sees it."""

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ketenraming.cli import main

SITES = "id,municipality,kind,places,minimum,maximum,task\na,Aa,regulier,8,,4,1\nb,Bee,kleinschalig,20,16,,1\n"
GROUPS = "kind,size,number\nregulier,1,6\n"


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def speak(library, capsys, monkeypatch, tmp_path) -> Callable[..., Said]:
    """Run `plaatsing` in this process on two tables, on the library that is loaded."""
    monkeypatch.setattr("ketenraming.evidence.library.load", lambda: library)

    def run(sites: str, groups: str, *options: str) -> Said:
        files = [_written(tmp_path / "sites.csv", sites), _written(tmp_path / "groups.csv", groups)]
        monkeypatch.setattr(sys, "argv", ["ketenraming", "plaatsing", *files, *options])
        with pytest.raises(SystemExit) as left:
            main()
        return Said(*capsys.readouterr(), int(left.value.code or 0))

    return run


def _written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", ("Personen zonder plaats", "maximum per locatie", "bewezen het beste", "nooit om personen")),
     ("en", ("Persons without a place", "maximum per site", "proven best", "never persons"))],
)  # fmt: skip
def test_it_says_who_has_no_place_and_what_each_rule_costs(speak, lang, words):
    said = speak(SITES, GROUPS, "--lang", lang)

    assert said.returncode == 0, said.stderr
    assert [word for word in words if word not in said.stdout] == []


def test_as_json_the_price_of_a_rule_is_the_people_it_keeps_without_a_place(speak):
    told = json.loads(speak(SITES, GROUPS, "--format", "json").stdout)

    assert told["schema"] == "ketenraming/plaatsing/1"
    assert told["levels"][0] == {"name": "unplaced", "value": 2, "bound": 2, "gap": 0, "proven": True}
    assert {price["rule"]: price["most"] for price in told["prices"]} == {
        "together": 0, "minimum": 2, "maximum": 2, "moves": 0}  # fmt: skip


def test_what_cannot_be_names_the_rules_to_let_go_and_ends_with_one(speak):
    said = speak(SITES, GROUPS, "--everyone", "--lang", "en")

    assert said.returncode == 1
    assert "It is without: minimum per site or maximum per site." in said.stdout


def test_the_file_holds_every_group_once(speak, tmp_path):
    file = tmp_path / "assigned.csv"
    said = speak(SITES, GROUPS, "--to", str(file), "--format", "csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))

    assert said.stdout == file.read_text(encoding="utf-8")
    assert [(row["site"], row["groups_in"]) for row in rows] == [("a", "4"), ("", "2")]


def test_a_year_is_told_beside_hindsight(speak):
    groups = "kind,size,number,week\ngezin,4,1,1\nregulier,1,16,2\n"
    told = json.loads(speak(SITES, groups, "--by-week", "--format", "json").stdout)

    assert (told["arrivals"], told["placed"], told["placed_in_hindsight"]) == (20, 20, 20)
    assert [week["waiting"] for week in told["weeks"]] == [0, 0]


@pytest.mark.parametrize(
    ("sites", "groups", "options", "words"),
    [
        (SITES + "a,Aa,regulier,3,,,1\n", GROUPS, (), "sites.csv, line 4: the site 'a' stands there twice."),
        (SITES + "c,Aa,regulier,3,,,2\n", GROUPS, (), "sites.csv, line 4: 'Aa' had another task before."),
        (SITES + "c,Cee,villa,3,,,2\n", GROUPS, (), "kind 'villa' is none of regulier, amv, kleinschalig, gezin."),
        (SITES + "c,Cee,amv,3,4,,2\n", GROUPS, (), "minimum 4 is above the 3 places."),
        (SITES + "c,Cee,amv,3\n", GROUPS, (), "line 4: there are not 7 cells."),
        ("id,kind,places\n", GROUPS, (), "line 1: the column 'municipality' is missing."),
        (SITES, "kind,size,number,name\n", (), "there is no column 'name'."),
        (SITES, GROUPS + "gezin,nan,1\n", (), "groups.csv, line 3: size 'nan' is no number from 1 to 1000."),
        (SITES, GROUPS + "gezin,1.5,1\n", (), "size 1.5 is not whole."),
        (SITES, "kind,size,number,at\namv,1,1,a\n", (), "a site of kind regulier has no places for amv."),
        (SITES, "kind,size,number,at\namv,1,1,z\n", (), "there is no site 'z'."),
        (SITES, GROUPS, ("--by-week",), "--by-week"),
        (SITES, GROUPS, ("--example",), "or --example and no files"),
        (SITES, GROUPS, ("--to", "/nowhere/x.csv"), "cannot be written"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_its_line(speak, sites, groups, options, words):
    said = speak(sites, groups, *options)

    assert said.returncode == 2
    assert words in said.stderr
    assert said.stdout == ""


def test_all_mistakes_of_both_tables_are_told_at_once(speak):
    said = speak(SITES + "c,,amv,3,,,\n", GROUPS + "gezin,0,1\n")

    assert "The tables hold 2 mistakes:" in said.stderr
