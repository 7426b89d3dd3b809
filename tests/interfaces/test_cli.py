"""The real command line, in a process of its own where that matters."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ketenraming.cli import app

HEAVY = ("llvmlite", "pandas", "scipy", "altair", "numpy", "pydantic", "vl_convert", "lxml", "openpyxl", "babel")


def command(*arguments: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "ketenraming.cli", *arguments],
        capture_output=True, text=True, timeout=120, **options,
    )  # fmt: skip


def as_json(*arguments: str) -> dict:
    outcome = CliRunner().invoke(app, [*arguments, "--format", "json"])
    return json.loads(outcome.stdout)


@pytest.fixture
def document(tmp_path, article_text) -> Path:
    path = tmp_path / "artikel.txt"
    path.write_text(article_text, encoding="utf-8")
    return path


def test_help_imports_nothing_that_takes_time():
    code = (
        "import sys; sys.argv = ['ketenraming', '--help']\n"
        "from ketenraming.cli import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )

    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert "check" in outcome.stdout
    assert outcome.stderr.strip() == "[]"


@pytest.mark.parametrize("name", ["run", "check", "trace", "library"])
def test_every_command_has_help(name):
    outcome = CliRunner().invoke(app, [name, "--help"])

    assert outcome.exit_code == 0
    assert "Options" in outcome.stdout


def test_run_prints_the_article_and_writes_a_report(tmp_path):
    outcome = command("run", "--out", str(tmp_path / "rapport"), "--draws", "50")

    assert outcome.returncode == 0, outcome.stderr
    assert "922.330" in outcome.stdout  # COA in 2027, as printed
    assert (tmp_path / "rapport" / "index.html").stat().st_size > 10_000
    assert json.loads((tmp_path / "rapport" / "record.json").read_text(encoding="utf-8"))["draws"] == 50


def test_run_speaks_english_when_asked():
    outcome = CliRunner().invoke(app, ["run", "--no-report", "--draws", "10", "--lang", "en"])

    assert "922,330" in outcome.stdout
    assert "needed" in outcome.stdout


def test_run_takes_scenarios_and_says_so():
    options = ["run", "--no-report", "--draws", "10", "--format", "json"]

    more = json.loads(CliRunner().invoke(app, [*options, "-s", "instroom-plus-10000"]).stdout)
    usual = json.loads(CliRunner().invoke(app, options).stdout)

    assert [scenario["id"] for scenario in more["scenarios"]] == ["instroom-plus-10000"]
    coa = [run["lines"]["37.4/zbo/coa"]["years"]["2027"]["needed"]["central"] for run in (usual, more)]
    assert coa[1] > coa[0]


def test_an_unknown_scenario_is_refused_with_the_nearest():
    outcome = command("run", "--no-report", "-s", "instroom-plus-1000")

    assert outcome.returncode == 2
    assert "instroom-plus-10000" in outcome.stderr
    assert outcome.stdout == ""


def test_run_names_its_scenarios_under_the_heading_and_says_what_the_headline_is_of():
    options = ["run", "--no-report", "--draws", "10", "--lang", "en"]

    usual, less = (CliRunner().invoke(app, [*options, *more]).stdout for more in ((), ("-s", "ind-plus-20")))

    assert less.splitlines()[1] == "Scenario: A fifth more decisions on asylum applications"
    assert "in this scenario" in less
    assert "Scenario" not in usual
    assert "the people the article itself prints" in usual


def test_the_report_names_its_scenarios(tmp_path):
    CliRunner().invoke(app, ["run", "--out", str(tmp_path), "--draws", "10", "-s", "ind-plus-20"])

    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<strong>Scenario: Een vijfde meer beslissingen op asielaanvragen</strong>" in text
    assert "in dit scenario is" in text


@pytest.fixture
def record(tmp_path) -> Path:
    path = tmp_path / "run.json"
    CliRunner().invoke(app, ["run", "--no-report", "--draws", "10", "-s", "ind-plus-20", "--record", str(path)])
    return path


def test_a_recorded_run_is_verified_in_another_process(record):
    outcome = command("verify", str(record))

    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("Gelijk: alle 10 trekkingen")


def test_verify_says_what_differs_the_library_before_the_numbers(record):
    document = json.loads(record.read_text(encoding="utf-8"))
    document["library"] = "0" * 16
    document["needed"]["37.4/zbo/coa"]["2027"] += 1_000_000
    record.write_text(json.dumps(document), encoding="utf-8")

    outcome = CliRunner().invoke(app, ["verify", str(record), "--lang", "en"])

    assert outcome.exit_code == 1
    said = outcome.stdout
    assert (
        said.index("The library is another one") < said.index("1 central amounts differ") < said.index("-1,000,000.00")
    )
    assert as_json("verify", str(record))["same"] is False


def test_what_is_no_record_is_refused_with_status_two(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}", encoding="utf-8")

    outcome = command("verify", str(path))

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert "is no record of a run" in outcome.stderr


def test_a_record_that_cannot_be_written_prints_nothing_that_looks_like_success(tmp_path):
    outcome = command("run", "--no-report", "--draws", "10", "--record", str(tmp_path / "nowhere" / "run.json"))

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Choose another file with --record" in outcome.stderr


# Begroting 2026 XX, main table, row COA, 2027; key figures, mean occupancy, 2026 and 2027.
def test_run_as_json_gives_each_address_and_year():
    document = as_json("run", "--no-report", "--draws", "10")

    coa = document["lines"]["37.4/zbo/coa"]["years"]["2027"]
    assert coa["budgeted"] == 922_330_000
    assert coa["needed"]["central"] == pytest.approx(5.15e9, rel=0.02)
    assert coa["needed"]["p10"] < coa["needed"]["p50"] < coa["needed"]["p90"]
    assert "not_funded" in coa["flags"]
    assert len(document["weightiest"]) == 3


def test_trace_goes_down_to_the_printed_cell():
    outcome = CliRunner().invoke(app, ["trace", "37.4/zbo/coa", "2027", "--draws", "10"])

    assert "begroting-2026-xx · kengetallen · opvang_inflow · 2027" in outcome.stdout
    assert "begroting-2026-xx · budgettaire-gevolgen · 37.4/zbo/coa · 2026" in outcome.stdout


def test_check_without_a_document_checks_the_library_and_finds_its_errors():
    document = as_json("check")

    assert document["document"] == "begroting-2026-xx"
    assert document["counts"]["error"] == 2
    assert document["coverage"]["printed"] == 519


def test_check_of_a_document_gives_what_the_library_gives(document):
    of_text, of_library = as_json("check", str(document)), as_json("check")

    def seen(outcome):
        return sorted((f["code"], f["place"]["row"], f["place"]["column"]) for f in outcome["findings"])

    assert seen(of_text) == seen(of_library)
    assert of_text["coverage"] == of_library["coverage"]


def test_exit_status_is_one_with_errors(document):
    assert CliRunner().invoke(app, ["check", str(document)]).exit_code == 1


def test_exit_status_is_zero_with_notes_only(tmp_path):
    path = tmp_path / "kort.txt"
    path.write_text("Soort | 2025 | 2026\nAppels | 3 | 4\nPeren | 5 | 6\nTotaal | 8 | 10\n", encoding="utf-8")

    outcome = CliRunner().invoke(app, ["check", str(path), "--format", "json"])

    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout)["counts"]["error"] == 0


BAD = {
    "missing": (None, "cannot be read: No such file or directory"),
    "empty": (b"", "is empty"),
    "foreign": (b"De kat krabt de krullen van de trap.", "holds no numbers to check"),
    "noise": (bytes(range(256)) * 40, ""),
    "broken pdf": (b"%PDF-1.7\nnonsense", ""),
    "broken zip": (b"PK\x03\x04nonsense", ""),
    "bomb": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ""),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_gives_one_sentence_and_exit_status_two(tmp_path, kind):
    data, said = BAD[kind]
    path = tmp_path / "stuk"
    if data is not None:
        path.write_bytes(data)

    outcome = command("check", str(path), "--lang", "en")  # without it a refusal is in Dutch, as the report is

    assert outcome.returncode == 2
    assert outcome.stdout == ""
    assert outcome.stderr.startswith("ketenraming: ")
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert said in outcome.stderr


def test_a_refusal_as_json_is_one_document(tmp_path):
    outcome = command("check", str(tmp_path / "weg.txt"), "--format", "json")

    refusal = json.loads(outcome.stdout)
    assert (outcome.returncode, refusal["ok"], refusal["status"]) == (2, False, 2)
    assert refusal["code"] == "document-unreadable"


def test_an_unknown_address_is_met_with_the_nearest():
    dutch, english = (command("trace", "37.4/zbo/cao", "2027", *lang) for lang in ((), ("--lang", "en")))

    assert (dutch.returncode, english.returncode) == (2, 2)
    assert "Bedoelt u 37.4/zbo/coa" in dutch.stderr
    assert "Did you mean 37.4/zbo/coa" in english.stderr


def test_a_report_that_cannot_be_written_prints_nothing_that_looks_like_success(tmp_path):
    (tmp_path / "vol").write_text("dit is een bestand")

    outcome = command("run", "--out", str(tmp_path / "vol"), "--draws", "10")

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Choose another folder with --out" in outcome.stderr


@pytest.mark.parametrize("shape", ["csv", "md", "html"])
def test_check_has_other_shapes(shape):
    outcome = CliRunner().invoke(app, ["check", "--format", shape, "--lang", "en"])

    assert outcome.exit_code == 1
    assert {"csv": "table-against-line,error", "md": "| error | **Two tables", "html": "<!doctype html>"}[
        shape
    ].lower() in outcome.stdout.lower()


def test_a_formula_in_a_label_is_inert_in_the_csv(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text('=HYPERLINK("x") | 2025 | 2026\n=1+1 | 3 | 4\nPeren | 5 | 6\nTotaal | 9 | 9\n', encoding="utf-8")

    outcome = CliRunner().invoke(app, ["check", str(path), "--format", "csv"])

    cells = [cell for line in outcome.stdout.splitlines() for cell in line.split(",")]
    assert not any(cell.lstrip('"').startswith(("=", "+", "@")) for cell in cells)


def test_a_reader_that_goes_away_is_no_failure():
    shell = f"'{sys.executable}' -m ketenraming.cli check --format json | head -c 1"

    outcome = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60)

    assert (outcome.stdout, outcome.stderr) == ("{", "")


def test_the_library_command_counts_and_reports_mistakes(tmp_path):
    good, bad = as_json("library"), command("library", str(tmp_path))

    assert good["figures"] > 500
    assert bad.returncode == 2
    assert "holds no budget.yaml" in bad.stderr


def test_nothing_is_downloaded_and_nothing_is_written_beside_the_report(tmp_path):
    environment = {**os.environ, "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}

    outcome = command("run", "--draws", "10", cwd=tmp_path, env=environment)

    assert outcome.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["ketenraming-report"]
