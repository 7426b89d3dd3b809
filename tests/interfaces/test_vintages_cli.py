"""`ketenraming vintages`, as somebody who types it sees it."""

import csv
import io
import json
import subprocess
import sys

import pytest

COA = "37.4/zbo/coa"


def speak(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.argv[0] = 'ketenraming'; from ketenraming.cli import main; main()"
    command = [sys.executable, "-c", program, "vintages", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", ("bekend op", "ontwerp 2023", "uitkomst 2023", "1.136.270", "‒ 1.410.683", "‒ 55,4%")),
     ("en", ("known on", "draft 2023", "outcome 2023", "1,136,270", "-1,410,683", "-55.4%"))],
)  # fmt: skip
def test_a_year_moves_from_edition_to_edition_to_its_outcome(lang, words):
    said = speak(COA, "--year", "2023", "--lang", lang)

    assert said.returncode == 0, said.stderr
    assert [word for word in words if word not in said.stdout] == []


@pytest.mark.parametrize(("lang", "words"), [("nl", "2 van 2 jaren"), ("en", "2 of 2 years")])
def test_without_a_year_the_years_stand_by_stage_and_proxies_apart(lang, words):
    said = speak(COA, "--lang", lang).stdout

    assert words in said
    assert "proxy" in said
    assert "2015" in said


def test_a_year_with_a_proxy_says_so():
    said = speak(COA, "--year", "2021", "--lang", "en").stdout

    assert "No outcome of 2021 was found." in said
    assert "less proxy" in said


def test_as_json_every_level_has_its_document_its_day_and_its_error():
    told = json.loads(speak(COA, "--year", "2023", "--format", "json").stdout)
    draft = next(each for each in told["levels"] if each["stage"] == "owb" and each["edition"] == 2023)

    assert (draft["euros"], draft["document"], draft["known_since"]) == (
        1_136_270_000, "begroting-2023-vi", "2022-09-20")  # fmt: skip
    assert (draft["error_euros"], draft["error_percent"], draft["outcome_is_proxy"]) == (-1_410_683_000, -55.39, False)
    assert told["changes"]
    assert told["draft_below_proxy"] == {"below": 3, "years": 4}


def test_as_csv_there_is_a_row_for_every_level():
    rows = list(csv.DictReader(io.StringIO(speak(COA, "--format", "csv").stdout)))

    assert len(rows) > 50
    assert {row["address"] for row in rows} == {COA}


@pytest.mark.parametrize("shape", ["table", "json"])
def test_an_unknown_line_is_refused_with_the_nearest_ones(shape):
    said = speak("37.4/zbo/caa", "--format", shape, "--lang", "en")

    assert said.returncode == 2
    assert "Did you mean 37.4/zbo/coa" in said.stdout + said.stderr


def test_a_year_that_nobody_printed_is_refused_with_the_years_there_are():
    said = speak(COA, "--year", "2001")

    assert said.returncode == 2
    assert "2013" in said.stderr


def test_the_chart_says_in_words_what_it_draws(tmp_path):
    said = speak(COA, "--year", "2023", "--plot", str(tmp_path / "coa.svg"), "--lang", "en")
    drawn = (tmp_path / "coa.svg").read_text(encoding="utf-8")

    assert said.returncode == 0, said.stderr
    assert "draft 2023 1.14" in drawn
    assert "outcome 2023 2.55" in drawn


def test_a_chart_of_all_years_is_also_its_specification(tmp_path):
    speak(COA, "--plot", str(tmp_path / "coa.json"))
    spec = json.loads((tmp_path / "coa.json").read_text(encoding="utf-8"))

    assert "2015: ontwerp 2015 0,40" in spec["description"]


def test_a_chart_with_another_ending_is_refused(tmp_path):
    said = speak(COA, "--plot", str(tmp_path / "coa.pdf"))

    assert said.returncode == 2
    assert ".svg" in said.stderr
