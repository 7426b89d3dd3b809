"""`ketenraming sensitivity` from the outside: tables in two languages, JSON, CSV, the picture, and refusals."""

import csv
import io
import json
import time

import pytest
from lxml import etree
from typer.testing import CliRunner

from ketenraming.cli import app
from ketenraming.evidence.library import load
from ketenraming.reports.charts import NARROW, WIDE
from ketenraming.reports.tornado import tornado
from ketenraming.scenarios.sensitivity.tornado import sensitivity
from ketenraming.scenarios.together import TOGETHER

FAST = ("--draws", "100")


def said(*arguments):
    return CliRunner().invoke(app, ["sensitivity", *arguments])


@pytest.fixture(scope="module")
def document():
    return json.loads(said(*FAST, "--format", "json").stdout)


@pytest.fixture(scope="module")
def found():
    return sensitivity(load(), draws=100)


def refusal(*arguments):
    outcome = said(*arguments)
    return outcome.exit_code, str(outcome.exception or outcome.output)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", ("Eén asielaanvraag meer in 2027", "nodig bij laag", "met wisselwerking")),
     ("en", ("One asylum application more in 2027", "needed at low", "with interactions"))],
)  # fmt: skip
def test_three_tables_are_printed_in_both_languages(lang, words):
    outcome = said(*FAST, "--lang", lang)

    assert outcome.exit_code == 0
    assert all(word in outcome.stdout for word in words)


def test_json_holds_the_three_tables_and_how_they_were_made(document):
    assert document["schema"] == "ketenraming/sensitivity/1"
    assert {effect["lever"] for effect in document["elasticities"]} >= {
        "applicant",
        "decision",
        "home",
        "grant",
        "price",
    }
    swings, indices = ({one["name"] for one in document[table]} for table in ("tornado", "sobol"))
    assert indices == swings - set(TOGETHER) | {"hindcast"}  # what is drawn together explains a variance together
    assert document["made"]["draws"] == 100


def test_csv_holds_the_numbers_of_the_json(document):
    rows = list(csv.DictReader(io.StringIO(said(*FAST, "--format", "csv").stdout)))

    totals = {row["name"]: float(row["value"]) for row in rows if row["measure"] == "total"}
    assert totals == pytest.approx({index["name"]: index["total"] for index in document["sobol"]}, abs=1e-5)
    assert {row["table"] for row in rows} == {"elasticity", "tornado", "sobol"}


def test_a_line_and_a_year_can_be_asked_for():
    document = json.loads(said(*FAST, "--line", "37.4/zbo/coa", "--year", "2028", "--format", "json").stdout)

    assert (document["address"], document["year"]) == ("37.4/zbo/coa", "2028")
    assert {e["of"] for e in document["elasticities"] if e["unit"] == "EUR"} == {"37.4/zbo/coa"}


def test_the_officer_is_shown_where_salary_and_decisions_are_given():
    outcome = said(*FAST, "--lang", "en", "--salary", "90000", "--decisions-per-officer", "5")

    assert "against a salary of € 90,000" in outcome.stdout


def test_the_tornado_is_written_as_a_picture_that_can_be_read_aloud(tmp_path):
    path = tmp_path / "tornado.svg"

    outcome = said(*FAST, "--plot", str(path))

    root = etree.fromstring(path.read_bytes())
    assert str(path) in outcome.stdout.replace("\n", "")
    assert "Aandeel bewoners in noodopvang" in root.findtext("{http://www.w3.org/2000/svg}desc")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_tornado_is_plain_data_with_each_amount_in_its_text(found, width):
    spec = tornado(found, "en", width)

    rows = [row for layer in spec["vconcat"][1]["layer"] for row in layer["data"]["values"] if "end" in row]
    assert json.loads(json.dumps(spec)) == spec
    assert "url" not in json.dumps(spec)
    assert rows and all(row["label"] in spec["description"] for row in rows)


def test_the_tornado_can_be_written_as_vega_lite(tmp_path):
    path = tmp_path / "tornado.json"

    said(*FAST, "--plot", str(path))

    assert json.loads(path.read_text(encoding="utf-8"))["$schema"].endswith("v5.json")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--line", "37.4/zbo/caa"), "Did you mean 37.4/zbo/coa"),
        (("--year", "2050"), "no year '2050'"),
        (("--line", "37.1"), "Nothing at 37.1 follows people"),
        (("--draws", "10"), "choose between 100 and 10000"),
        (("--salary", "90000"), "give both --salary and --decisions-per-officer"),
        (("--salary", "-1", "--decisions-per-officer", "5"), "Give a number above nought"),
        (("--plot", "tornado.docx"), "Choose another name"),
    ],
)
def test_bad_input_is_met_with_one_sentence(arguments, words):
    _, sentence = refusal(*FAST[: 0 if "--draws" in arguments else 2], *arguments)

    assert words in sentence
    assert "\n" not in sentence.strip()


def test_a_thousand_draws_take_less_than_three_seconds_beside_loading(found):
    began = time.process_time()

    sensitivity(found.library, draws=1000)

    assert time.process_time() - began < 6  # twice the promise, for a busy machine
