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
        ("nl", ("Gemeente Utrecht, 2026", "1.843", "Taakstelling", "313", "1.606.000", "31 oktober 2026",
                "geen rangorde", "inhouden", "‒ 1.968", "2 oktober 2025", "Cyclus 1, waarvan voor amv", "niet gevonden",
                "na de twee jaar", "gemeente van koppeling", "na 4 halfjaren")),
        ("en", ("Municipality of Utrecht, 2026", "1,843", "Task to house", "313", "1,606,000", "31 October 2026",
                "no ranking", "imply", "-1,968", "2 October 2025", "Cycle 1, of which for unaccompanied minors",
                "not found", "after the two years", "municipality of coupling", "after 4 half-years")),
    ],
)  # fmt: skip
def test_a_municipality_is_told_in_two_languages(speak, lang, words):
    said = speak("utrecht", "--lang", lang)

    assert said.returncode == 0, said.stderr
    assert [word for word in words if word not in said.stdout] == []


def test_backlog_missed_half_years_and_swaps_are_told(speak):
    said = speak("Utrecht", "--backlog", "120", "--missed", "4", "--swap", "Zeist:20", "--swap-places", "Zeist:-30")

    assert "433" in said.stdout
    assert "Gemiste halfjaren op rij: 4. De provincie kan ingrijpen" in said.stdout
    assert "333" in said.stdout
    assert "1.813" in said.stdout


def test_one_half_year_that_was_missed_is_told_as_one(speak):
    assert "Half-years missed in a row: 1." in speak("Utrecht", "--missed", "1", "--lang", "en").stdout


# All years of the article, among them those after the regulation on doorstroomlocaties.
@pytest.mark.parametrize("year", ["2025", "2026", "2027", "2028", "2029", "2030"])
def test_every_year_that_can_be_chosen_is_answered(speak, year):
    said = speak("Bloemendaal", "--year", year, "--lang", "en")

    assert (said.returncode, said.stderr) == (0, "")
    assert ("pays until 31 December 2028; so nothing in this year" in said.stdout) is (int(year) > 2028)


def test_the_need_is_that_of_the_year_and_the_cycle_is_named(speak):
    said = [json.loads(speak("Utrecht", "--year", year, "--format", "json").stdout) for year in ("2025", "2026")]

    told = [(each["spreading"]["cycle"], each["spreading"]["national_need"]) for each in said]
    assert told == [(1, 96_000), (2, 88_000)]
    first, second = said[0]["spreading"]["cycles"]
    assert (first["need"], first["minors_need"], first["minors_task"]) == (96_000, 8_140, 170)
    assert (second["need"], second["minors_need"], second["minors_task"]) == (88_000, None, None)


def test_private_reception_a_household_and_transition_costs_are_told_when_they_are_asked_for(speak):
    asked = ("--private", "30", "--household", "2:2", "--at-home", "--earning", "1", "--transition", "100000:115000")

    said = speak("Zeist", *asked, "--lang", "en").stdout

    assert [word for word in ("17,280", "1,147.32", "244.22", "15,000", "5,000", "28 days") if word not in said] == []
    assert "own contribution of" not in speak("Zeist", "--lang", "en").stdout


def test_what_is_asked_beside_places_is_in_the_document(speak):
    asked = ("--private", "30", "--household", "2:1", "--meals", "--transition", "100:120")

    said = json.loads(speak("Zeist", *asked, "--year", "2025", "--format", "json").stdout)

    assert said["payments"]["private"]["euros"] == 30 * 48 * 12
    assert said["payments"]["private"]["confirmed"] is True
    assert said["living"]["allowance"]["euros_a_month"] == pytest.approx(3 * 56.12)
    assert said["living"]["contribution"] is None
    assert said["transition"]["ukraine"]["to_apply_for"] == 20


def test_an_amount_that_is_carried_on_is_told_to_be_unconfirmed(speak):
    before, after = (speak("Zeist", "--year", year, "--lang", "en").stdout for year in ("2025", "2026"))

    assert "€ 44 per place per day." in before
    assert "unconfirmed" not in before
    assert "unconfirmed" in after


def test_the_year_has_no_default_that_is_no_year(speak):
    assert "[default: 0]" not in speak("--help").stdout.split("--backlog")[0]


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
        (("Utrecht", "--places-doorstroom", "20000"), "8500 that are granted in the whole country"),
        (("Utrecht", "--private", "-1"), "Correct the number"),
        (("Utrecht", "--household", "two"), "2:1"),
        (("Utrecht", "--household", "1:0", "--earning", "2"), "cannot have an income"),
        (("Utrecht", "--transition", "100"), "granted, spent"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(speak, arguments, why):
    said = speak(*arguments, "--lang", "en")

    assert said.returncode == 2
    assert why in said.stderr
    assert said.stdout == ""


def test_a_refusal_as_json_says_what_it_is(speak):
    said = json.loads(speak("Utrech", "--format", "json").stdout)

    assert (said["ok"], said["code"], said["status"]) == (False, "case-invalid", 2)
