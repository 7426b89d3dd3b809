"""`ketenraming gemeente`, as somebody who types it sees it."""

import csv
import io
import json
import sys
from typing import NamedTuple

import pytest

from ketenraming.cli import main


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def speak(library, capsys, monkeypatch):
    """Run the command line in this process, on the library that is loaded."""
    monkeypatch.setattr("ketenraming.evidence.library.load", lambda: library)

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["ketenraming", "gemeente", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        return Said(*capsys.readouterr(), int(left.value.code or 0))

    return run


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ("Gemeente Utrecht, 2026", "1.843", "Taakstelling", "313", "1.606.000", "1 november 2026",
                "geen rangorde", "inhouden", "‒ 1.968")),
        ("en", ("Municipality of Utrecht, 2026", "1,843", "Task to house", "313", "1,606,000", "1 November 2026",
                "no ranking", "imply", "-1,968")),
    ],
)  # fmt: skip
def test_a_municipality_is_told_in_two_languages(speak, lang, words):
    said = speak("utrecht", "--lang", lang)

    assert said.returncode == 0, said.stderr
    assert [word for word in words if word not in said.stdout] == []


def test_backlog_missed_half_years_and_swaps_are_told(speak):
    said = speak("Utrecht", "--backlog", "120", "--missed", "4", "--swap", "Zeist:20", "--swap-places", "Zeist:-30")

    assert "433" in said.stdout
    assert "de provincie kan ingrijpen" in said.stdout
    assert "333" in said.stdout
    assert "1.813" in said.stdout


def test_a_scenario_scales_the_need_and_says_how(speak):
    said = json.loads(speak("Utrecht", "-s", "instroom-plus-10000", "--year", "2027", "--format", "json").stdout)

    factor = said["supposed"]["places_factor"]
    assert factor > 1.05
    assert said["spreading"]["national_need"] == round(88_000 * factor)
    assert said["spreading"]["task"] > 1843
    assert said["spreading"]["score_implied"] is True


def test_neighbours_stand_in_the_order_of_the_alphabet(speak):
    said = json.loads(speak("Goes", "--format", "json").stdout)

    names = [each["name"] for each in said["neighbours"]]
    assert names == sorted(names)
    assert len(names) == 13
    assert sum(each["task"] for each in said["neighbours"]) == 1910


def test_csv_has_a_row_for_each_number(speak):
    rows = list(csv.DictReader(io.StringIO(speak("Goes", "--format", "csv").stdout)))

    assert {row["part"] for row in rows} == {"municipality", "neighbour", "province", "housing", "payment"}
    assert {row["unit"] for row in rows} == {"place", "person", "EUR"}


def test_a_table_of_scores_replaces_the_implied_weight(speak, library, tmp_path):
    path = tmp_path / "ses.csv"
    lines = [f"{code};0" for code in library.gemeenten.municipalities]
    path.write_text("\n".join(["Regio;Totaalscore", *lines]), encoding="utf-8")

    said = json.loads(speak("Bloemendaal", "--ses-woa", str(path), "--format", "json").stdout)

    assert said["spreading"]["score_implied"] is False
    assert said["spreading"]["task"] == 117  # 88,000 x 23,786 / 17,942,942


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("Utrech",), "Did you mean Utrecht"),
        (("Bergen",), "Write which"),
        (("Utrecht", "--year", "2050"), "2025 to 2030"),
        (("Utrecht", "--swap", "Zeist"), "Zeist:20"),
        (("Utrecht", "--swap", "Zeist:999"), "below nought"),
        (("Utrecht", "--swap-places", "Ede:5"), "one province"),
        (("Utrecht", "--places-oekraine", "-5"), "Correct the number"),
        (("Utrecht", "--backlog", "99999999"), "backlog"),
        (("Utrecht", "--missed", "-1"), "nought or more"),
        (("Utrecht", "--ses-woa", "nergens.csv"), "cannot be read"),
        (("Utrecht", "-s", "nergens"), "nergens"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(speak, arguments, why):
    said = speak(*arguments)

    assert said.returncode == 2
    assert why in said.stderr
    assert said.stdout == ""


def test_a_refusal_as_json_says_what_it_is(speak):
    said = json.loads(speak("Utrech", "--format", "json").stdout)

    assert (said["ok"], said["code"], said["status"]) == (False, "case-invalid", 2)
