"""The command `compare`: what it prints, what it writes, and what it refuses."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from typer.testing import CliRunner

from ketenraming.cli import app
from ketenraming.reports.charts import NARROW, WIDE

SIDES = ["mpp-2025-voorjaar-laag", "mpp-2025-voorjaar-hoog"]
SVG = "{http://www.w3.org/2000/svg}"


def command(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "ketenraming.cli", "compare", *arguments, "--draws", "10"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def printed(*arguments: str) -> str:
    outcome = CliRunner().invoke(app, ["compare", *arguments, "--draws", "10"], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.stdout
    return outcome.stdout


def test_without_options_it_shows_the_article_by_year_and_its_lines_in_the_first_open_year():
    shown = printed(*SIDES)

    assert "Uitgaven in 2027: B is € " in shown
    assert "meer dan A" in shown
    assert "instroom: asiel_applications_inflow" in shown
    assert all(f"\n{year} " in shown for year in range(2025, 2031))
    assert "\n      COA" in shown


def test_it_speaks_english_and_says_less_when_it_is_less():
    shown = printed("baseline", "noodopvang-gehalveerd", "--lang", "en")

    assert "less than A (80% band: €" in shown
    assert "mix: coa_emergency_share" in shown


def test_a_line_is_shown_by_year_and_a_year_by_line():
    by_year, by_line = printed(*SIDES, "--line", "37.4/zbo/coa"), printed(*SIDES, "--year", "2028")

    assert "COA in 2027: B is" in by_year
    assert "\n2030 " in by_year and "NIDOS" not in by_year
    assert "\n2028, x € 1.000" in by_line and "NIDOS" in by_line


def test_two_that_are_the_same_are_said_to_be():
    shown = printed("ind-plus-20", "ind-plus-20")

    assert shown.startswith("A en B zijn gelijk")


def test_with_what_is_printed_it_shows_no_causes_and_says_so():
    shown = printed("baseline", "begroting-2026-xx", "--year", "2027")

    assert "niet gefinancierd volgens de tekst" in shown
    assert "niet begroot" in shown
    assert "instroom" not in shown


def test_json_adds_up_to_the_euro():
    document = json.loads(printed("baseline", "doorstroom-vol+noodopvang-gehalveerd", "--format", "json"))

    assert (document["ok"], document["schema"], document["same"]) == (True, "ketenraming/compare/1", False)
    assert set(document["changed"]) == {"outflow", "mix", "policy"}
    for line in document["lines"].values():
        for cell in line["years"].values():
            assert cell["a"] + sum(cell["causes"].values()) == cell["b"]
            assert cell["difference"]["central"] == cell["b"] - cell["a"]
            assert cell["difference"]["p10"] <= cell["difference"]["p50"] <= cell["difference"]["p90"]


def test_csv_has_a_column_for_every_cause():
    rows = list(csv.DictReader(io.StringIO(printed(*SIDES, "--format", "csv", "--line", "37.4/zbo/coa"))))

    assert [row["year"] for row in rows] == ["2025", "2026", "2027", "2028", "2029", "2030"]
    for row in rows:
        causes = [int(row[cause]) for cause in ("inflow", "outflow", "stay", "mix", "price", "policy")]
        assert int(row["a"]) + sum(causes) == int(row["b"])


def test_csv_against_print_has_what_is_not_budgeted():
    (row,) = csv.DictReader(
        io.StringIO(
            printed("baseline", "begroting-2026-xx", "--format", "csv", "--line", "37.4/zbo/coa", "--year", "2027")
        )
    )

    assert (row["b"], row["inflow"]) == ("922330000", "0")
    assert int(row["a"]) + int(row["print"]) == int(row["b"])
    assert "not_funded" in row["known"]


EDITIONS = ["begroting-2026-xx", "suppletoire-2025-xx-2"]


def test_two_editions_are_explained_by_volume_and_price_and_the_rest_is_said_to_be_unexplained():
    shown = printed(*EDITIONS)

    assert "COA in 2025: suppletoire-2025-xx-2 zegt € 224,0 mln minder dan begroting-2026-xx." in shown
    assert "83.760 in A en 75.000 in B" in shown
    assert "niet verklaard door cijfers" in shown
    assert "4.009.829 (begroting-2026-xx) + ‒ 224.000 (suppletoire-2025-xx-2)" in shown


def test_two_editions_speak_english_and_mark_what_is_not_funded():
    shown = printed("begroting-2025-xx", "begroting-2026-xx", "--lang", "en")

    assert "begroting-2026-xx says € 903.6 m less than begroting-2025-xx" in shown
    assert "\n2027 †" in shown and "\n2026 †" not in shown
    assert "stood elsewhere" in shown


def test_editions_as_json_and_csv_add_up_to_the_euro():
    document = json.loads(printed("begroting-2025-xx", "begroting-2026-xx", "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(printed(*EDITIONS, "--format", "csv", "--line", "37.4/zbo/coa"))))

    assert (document["schema"], document["b"]["published"]) == ("ketenraming/editions/1", "2025-09-16")
    for row in document["rows"]:
        assert row["a"] + sum(row["reasons"].values()) == row["b"]
    (row,) = rows
    assert int(row["volume"]) + int(row["price_each"]) == int(row["difference"]) == -224_000_000
    assert (row["a_made"], row["b_made"]) == ("0", "1")


@pytest.mark.parametrize("name", ["edities.svg", "edities.html"])
def test_the_steps_between_editions_are_drawn_with_their_numbers(tmp_path, name):
    path = tmp_path / name

    printed(*EDITIONS, "--line", "37.4/zbo/coa", "--plot", str(path))
    text = path.read_text(encoding="utf-8")

    assert "A 4.009,8; volume − 430,8; prijs + 206,8; B 3.785,8" in text


def test_a_file_of_ones_own_may_be_a_side(tmp_path):
    own = Path(__file__).parents[2] / "docs" / "examples" / "meer-woningen.yaml"
    shutil.copy(own, tmp_path / "meer-woningen.yaml")

    document = json.loads(
        printed("instroom-plus-10000", str(tmp_path / "meer-woningen.yaml"), "--format", "json", "--year", "2029")
    )

    assert set(document["changed"]) == {"outflow", "mix"}  # it builds on the other side, so inflow is the same
    assert document["lines"]["37"]["years"]["2029"]["difference"]["central"] < 0


def test_the_chart_goes_from_a_to_b_with_its_numbers_as_text(tmp_path):
    path = tmp_path / "verschil.svg"

    shown = printed("baseline", "doorstroom-vol+noodopvang-gehalveerd", "--line", "37.4/zbo/coa", "--plot", str(path))
    root = etree.fromstring(path.read_bytes())
    told = root.find(f"{SVG}desc").text

    assert shown.rstrip().endswith(f"Grafiek geschreven: {path}")
    assert root.get("role") == "img"
    assert all(name in told for name in ("A 5.", "uitstroom −", "mix −", "beleid +", "B 4."))
    texts = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {"A", "uitstroom", "mix", "beleid", "B", "gevuld: B kost meer", "open: B kost minder"} <= texts


def test_the_chart_adds_up_as_it_is_written(tmp_path):
    path = tmp_path / "verschil.svg"
    printed("huisvesting-stagneert", "ind-plus-20+noodopvang-gehalveerd", "--lang", "en", "--plot", str(path))

    told = etree.fromstring(path.read_bytes()).find(f"{SVG}desc").text.rsplit(". ", 1)[1]
    sizes = [round(10 * float(part.split()[-1].replace(",", ""))) for part in told.rstrip(".").split("; ")]

    assert sum(sizes[:-1]) == sizes[-1]


def test_the_page_holds_the_chart_in_two_widths_and_its_numbers_as_a_table(tmp_path):
    path = tmp_path / "verschil.html"

    printed(*SIDES, "--plot", str(path), "--lang", "en")
    page = path.read_text(encoding="utf-8")

    boxes = [float(box.split()[2]) for box in re.findall(r'viewBox="([^"]+)"', page)]
    assert boxes[0] < 1.1 * WIDE and boxes[1] < 1.1 * NARROW and len(boxes) == 2
    assert '<th scope="row">inflow</th>' in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["baseline", "ind-plus-2"], "Did you mean ind-plus-20"),
        (["begroting-2026", "baseline"], "Did you mean begroting-2026-xx"),
        (["begroting-2025-x", "baseline"], "Did you mean begroting-2025-xx"),
        (["baseline", "ind-plus-20", "--line", "37.4/zbo/cao"], "Did you mean 37.4/zbo/coa"),
        (["baseline", "ind-plus-20", "--year", "2037"], "There is no year '2037'"),
        (["baseline", "ind-plus-20", "--plot", "verschil.png"], "written as .svg or .html"),
    ],
)
def test_what_is_not_there_is_refused_in_one_sentence(arguments, said):
    outcome = command(*arguments, "--lang", "en")

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert said in outcome.stderr
    assert len(outcome.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["verschil.svg", "verschil.html"])
def test_a_chart_that_cannot_be_written_leaves_nothing_behind(tmp_path, name):
    (tmp_path / name).mkdir()  # a folder of that name is in the way

    outcome = command(*SIDES, "--plot", str(tmp_path / name))

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Choose another name with --plot" in outcome.stderr
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]
