"""The command `update`: what it prints, keeps, draws and refuses, and its exit status."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ketenraming.base.errors import KetenramingError
from ketenraming.cli import app
from ketenraming.reports.charts import NARROW, WIDE

HEAD = "maand;reeks;waarde;eenheid;bron;gepubliceerd\n"
ROWS = [
    "2025-01;opvang_stock_end;72.820;personen;COA;2025-02-10",
    "2025-01;opvang_stock_end;72820;personen;COA;2025-02-10",
    "2025-02;opvang_stock_end;72800;personen;COA;2025-03-10",
    "2025-02;asiel_applications_inflow;1850;aanvragen;IND;2025-03-20",
]


@pytest.fixture
def given(tmp_path) -> Path:
    path = tmp_path / "nieuw.csv"
    path.write_text(HEAD + "\n".join(ROWS), encoding="utf-8")
    return path


def said(path: Path | None, *arguments: str, store: Path, status: int) -> str:
    files = [str(path)] if path else []
    outcome = CliRunner().invoke(
        app, ["update", *files, "--to", str(store), "--draws", "50", *arguments], catch_exceptions=False
    )
    assert outcome.exit_code == status, outcome.stdout
    return outcome.stdout


def test_it_keeps_what_is_accepted_lists_what_is_not_and_names_the_first_month_out(given, tmp_path):
    store = tmp_path / "bewaard.csv"

    shown = said(given, store=store, status=1)

    assert shown.startswith("3 rijen aanvaard, 1 geweigerd, 0 stonden er al.")
    assert "2  opvang_stock_end  2025-01  '72.820' kan duizenden of decimalen zijn" in shown
    assert "de band van 80%, in 2025-01" in shown
    assert len(store.read_text(encoding="utf-8").splitlines()) == 4


def test_when_all_rows_are_accepted_the_status_is_nought_and_again_they_are_there_already(given, tmp_path):
    given.write_text(HEAD + "\n".join(ROWS[1:]), encoding="utf-8")

    first = said(given, store=tmp_path / "s.csv", status=0)
    again = said(given, "--lang", "en", store=tmp_path / "s.csv", status=0)

    assert "3 rijen aanvaard" in first
    assert again.startswith("0 rows accepted, 0 refused, 3 were there already.")
    assert "Nothing was kept." in again


def test_a_dry_run_keeps_nothing(given, tmp_path):
    shown = said(given, "--dry-run", store=tmp_path / "s.csv", status=1)

    assert "Er is niets bewaard." in shown
    assert not (tmp_path / "s.csv").exists()


def test_json_holds_every_row_and_the_quantiles_of_every_month(given, tmp_path):
    document = json.loads(said(given, "--format", "json", store=tmp_path / "s.csv", status=1))

    assert (document["ok"], document["schema"]) == (False, "ketenraming/update/1")
    assert [len(document[name]) for name in ("accepted", "same", "rejected")] == [3, 0, 1]
    assert document["rejected"][0]["code"] == "thousands" and document["rejected"][0]["line"] == 2
    assert document["kept"]["written"] and document["kept"]["rows"] == 3
    stock = document["series"][0]
    assert (stock["series"], stock["first_left"]) == ("opvang_stock_end", "2025-01")
    month = stock["months"][0]
    assert month["p2_5"] <= month["p10"] <= month["p50"] <= month["p90"] <= month["p97_5"]


def test_the_report_has_a_chart_of_every_series_in_two_widths_and_its_numbers_as_text(given, tmp_path):
    page = tmp_path / "rapport.html"

    said(given, "--report", str(page), store=tmp_path / "s.csv", status=1)
    text = page.read_text(encoding="utf-8")

    boxes = [float(box.split()[2]) for box in re.findall(r'viewBox="([^"]+)"', text)]
    assert len(boxes) == 2 * 2
    assert all(
        wide < 1.1 * WIDE and narrow < 1.1 * NARROW for wide, narrow in zip(boxes[::2], boxes[1::2], strict=True)
    )
    assert "2025-01 72.820" in text
    assert "kan duizenden of decimalen zijn" in text
    assert "<script" not in text


def test_a_text_in_the_file_is_text_in_the_report(given, tmp_path):
    page = tmp_path / "rapport.html"
    given.write_text(HEAD + ROWS[1].replace("COA", "<b>COA</b>"), encoding="utf-8")

    said(given, "--report", str(page), store=tmp_path / "s.csv", status=0)

    assert "&lt;b&gt;COA&lt;/b&gt;" in page.read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_refused_in_one_sentence(tmp_path):
    outcome = subprocess.run(
        [sys.executable, "-m", "ketenraming.cli", "update", str(tmp_path / "weg.csv")],
        capture_output=True, text=True, timeout=120, cwd=tmp_path,
    )  # fmt: skip

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "weg.csv cannot be read" in outcome.stderr
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_where_a_folder_is_in_the_way_of_the_report_nothing_is_kept(given, tmp_path):
    (tmp_path / "rapport.html").mkdir()

    with pytest.raises(KetenramingError, match="Choose another file with --report"):
        said(given, "--report", str(tmp_path / "rapport.html"), store=tmp_path / "s.csv", status=2)

    assert not (tmp_path / "s.csv").exists()
