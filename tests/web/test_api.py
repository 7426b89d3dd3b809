"""The API: the numbers of the command line, one sentence for what cannot be, and a description of all of it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ketenraming.documents.checks import run_checks
from ketenraming.documents.coverage import coverage
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import read_bytes
from ketenraming.reports.as_json import check_as_json, comparison_as_json, run_as_json, trace_as_json
from ketenraming.reports.forecast import forecast_as_json
from ketenraming.reports.vintages import vintages_as_json
from ketenraming.scenarios.compare import compare
from ketenraming.scenarios.forecast import Ask, forecast, subject
from ketenraming.scenarios.levers import LEVERS, scenario_of
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of, run, run_on
from ketenraming.scenarios.shelf import ids, load_scenarios
from ketenraming.web.api.asked import Levers
from ketenraming.web.api.limits import MOST_JSON
from ketenraming.web.api.routes import ROUTES

V1 = "/api/v1"
DOCS = Path(__file__).parents[2] / "docs"
SMALL = DOCS / "examples" / "klein-artikel.txt"
PATHS = [f"{route.path}{route.example}" for route in ROUTES if route.method == "GET" and "{" not in route.path]
MORE = {"name": "asiel_applications_inflow", "from": "2027-01-01", "scale": 1.1}


def test_a_run_gives_the_document_of_the_command_line(api, library):
    answer = api.get(f"{V1}/run?s=ind-plus-20&draws=200&seed=3").json()

    assert answer == run_as_json(run(library, draws=200, seed=3, scenarios=["ind-plus-20"]))


def test_levers_come_upon_scenarios(api, library):
    base = baseline_of(library)
    levers = scenario_of({"huisvesting": 10, "prijs-nood": -20}, base.horizon.first_day.replace(year=2026), library)
    expected = run_on(base, (*load_scenarios(["ind-plus-20"], library), levers), Draws(100, 7))

    answer = api.get(f"{V1}/run?s=ind-plus-20&huisvesting=10&prijs-nood=-20&draws=100").json()

    assert answer["lines"] == run_as_json(expected)["lines"]


def test_a_server_starts_without_what_only_the_api_needs():
    code = (
        "import sys; from ketenraming.web import create_app; create_app();"
        "print([name for name in ('fastapi', 'ketenraming.web.api.shapes') if name in sys.modules])"
    )

    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert outcome.stdout.strip() == "[]"


def test_a_lever_of_the_api_is_a_lever_of_the_model():
    named = {field.alias or name for name, field in Levers.model_fields.items()}

    assert named == {lever.name for lever in LEVERS}
    assert all(lever.low % lever.step == 0 for lever in LEVERS)  # so a multiple of the step is a place to stand


def test_a_shipped_scenario_sent_as_ones_own_gives_the_same_numbers(api):
    (shipped,) = [one for one in api.get(f"{V1}/scenarios").json()["scenarios"] if one["id"] == "ind-plus-20"]

    own = api.post(f"{V1}/run", json={"scenario": {**shipped, "id": "van-mij"}, "draws": 100}).json()

    assert own["lines"] == api.get(f"{V1}/run?s=ind-plus-20&draws=100").json()["lines"]
    assert [one["id"] for one in own["scenarios"]] == ["van-mij"]


@pytest.mark.parametrize(
    ("a", "b"), [("baseline", "ind-plus-20+noodopvang-gehalveerd"), ("begroting-2026-xx", "baseline")]
)
def test_a_comparison_gives_the_document_of_the_command_line(api, library, a, b):
    answer = api.get(f"{V1}/compare", params={"a": a, "b": b, "draws": 100}).json()

    expected = comparison_as_json(compare(library, a, b, 100))
    assert answer["lines"] == expected["lines"]
    assert answer.keys() == expected.keys()


def test_a_comparison_with_ones_own_scenario_is_what_both_runs_need(api):
    own = {"scenario": {"changes": [MORE]}, "levers": {"huisvesting": 10}}

    apart = api.post(f"{V1}/compare", json={"b": own, "draws": 50, "year": "2028", "line": "37.4/zbo/coa"}).json()

    needed = api.post(f"{V1}/run", json={**own, "draws": 50}).json()["lines"]["37.4/zbo/coa"]["years"]["2028"]["needed"]
    assert apart["lines"]["37.4/zbo/coa"]["years"]["2028"]["b"] == round(needed["central"])
    assert (apart["b"]["asked"], apart["a"]["asked"]) == ("huisvesting=10+eigen", "baseline")


def test_a_trace_gives_the_document_of_the_command_line(api, library):
    answer = api.get(f"{V1}/trace?line=37.4/zbo/coa&year=2027&draws=50").json()

    made = run(library, draws=50)
    assert answer == trace_as_json(made.row("37.4/zbo/coa", "2027"), made)


def test_a_document_is_checked_as_on_the_command_line(api, library):
    answer = api.post(f"{V1}/check", files={"document": (SMALL.name, SMALL.read_bytes())})

    article = read_article(read_bytes(SMALL.read_bytes(), SMALL.name), library)
    findings = run_checks(article)
    assert answer.json()["findings"] == check_as_json(article, findings, coverage(article, findings))["findings"]


def test_findings_are_those_of_the_article_and_can_be_chosen(api, edition):
    findings = run_checks(edition)

    every = api.get(f"{V1}/findings").json()
    errors = api.get(f"{V1}/findings?severity=error").json()
    of_line = api.get(f"{V1}/findings?line=37.4").json()["findings"]

    assert every == check_as_json(edition, findings, coverage(edition, findings))
    assert errors["findings"] == [one for one in every["findings"] if one["severity"] == "error"]
    assert errors["counts"] == every["counts"]
    assert of_line == [one for one in every["findings"] if re.match(r"37\.4(/|$)", one["about"])]


def test_figures_are_those_of_the_edition_by_table_row_and_column(api, library):
    every = api.get(f"{V1}/figures").json()["figures"]
    some = api.get(f"{V1}/figures?table=kengetallen&column=2026").json()["figures"]

    assert len(every) == len(library.edition("begroting-2026-xx"))
    assert some == [one for one in every if (one["place"]["table"], one["place"]["column"]) == ("kengetallen", "2026")]
    assert some


def test_parameters_have_every_value_its_days_and_its_source(api, library):
    answer = api.get(f"{V1}/parameters").json()

    told = {one["name"]: one for one in answer["parameters"]}
    assert told.keys() == library.parameters.keys()
    assert all(len(told[name]["values"]) == len(one.values) for name, one in library.parameters.items())
    cited = {value["source"]["id"] for one in told.values() for value in one["values"]}
    assert cited <= answer["sources"].keys()


def test_parameters_as_known_on_a_day_hold_nothing_later(api, library):
    answer = api.get(f"{V1}/parameters?known_on=2025-01-01").json()

    days = [value["known_since"] for one in answer["parameters"] for value in one["values"]]
    later = {name for name, one in library.parameters.items() if all(v.known_since.year > 2024 for v in one.values)}
    assert max(days) <= "2025-01-01"
    assert not later & {one["name"] for one in answer["parameters"]}


def test_vintages_and_a_forecast_give_the_documents_of_the_command_line(api, library):
    vintages = api.get(f"{V1}/vintages?line=37.4/zbo/coa&year=2023").json()
    ahead = api.get(f"{V1}/forecast?months=6&draws=200&seed=5").json()

    assert vintages == vintages_as_json(library, "37.4/zbo/coa", 2023)
    found = forecast(subject(library, "asylum_applications_inflow"), ask=Ask(6, 200, 5))
    assert ahead == forecast_as_json(found, library)


@pytest.mark.parametrize(
    ("path", "where", "limit"),
    [
        ("/run?draws=10001", "query.draws", 10_000),
        ("/run?draws=0", "query.draws", 1),
        ("/run?draws=1.5", "query.draws", None),
        ("/run?seed=4294967297", "query.seed", 2**32),
        ("/run?drows=10", "query.drows", None),
        ("/run?instroom=3", "query.instroom", 5),
        ("/run?instroom=155", "query.instroom", 150),
        ("/run?s=ind-plus-21", "query.s", None),
        ("/run?s=" + "&s=".join("abcdef"), "query.s", 5),
        ("/run?s=../../scenario.yaml", "query.s.0", None),
        ("/compare?a=baseline", "query.b", None),
        ("/compare?a=baseline&b=begroting-2026-xx%2Bind-plus-20", "query.b", None),
        ("/compare?a=baseline&b=a%2Bb%2Bc%2Bd%2Be%2Bf", "query.b", 5),
        ("/compare?a=baseline&b=baseline&line=37.99", "query.line", None),
        ("/trace?year=2050", "query.year", None),
        ("/trace?line=37.4/zbo/koa&year=2027", "query.line", None),
        ("/findings?code=none-such", "query.code", None),
        ("/figures?table=tabel", "query.table", None),
        ("/parameters?name=nidos", "query.name", None),
        ("/parameters?known_on=20250101", "query.known_on", None),
        ("/vintages?line=37.4/zbo/coa&year=1950", "query.year", None),
        ("/forecast?series=none", "query.series", None),
        ("/forecast?way=guess", "query.way", None),
        ("/forecast?months=121", "query.months", 120),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_path_and_limit(api, path, where, limit):
    answer = api.get(V1 + path)

    refused = answer.json()
    assert (answer.status_code, refused["where"]) == (422, where)
    assert limit is None or refused["limit"] == limit
    assert_one_sentence(refused)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"draws": "100"}, "body.draws"),
        ({"draws": True}, "body.draws"),
        ({"draws": 10**400}, "body.draws"),
        ({"levers": {"instroom": 3}}, "body.levers.instroom"),
        ({"scenarios": ["none-such"]}, "body.scenarios"),
        ({"scenario": {"changes": []}}, "body.scenario.changes"),
        ({"scenario": {"changes": [MORE] * 51}}, "body.scenario.changes"),
        ({"scenario": {"changes": [{**MORE, "from": 0}]}}, "body.scenario.changes.0.from"),
        ({"scenario": {"changes": [{**MORE, "from": "2027-01-02"}]}}, "body.scenario.changes.0.from"),
        ({"scenario": {"changes": [{**MORE, "name": "none"}]}}, "body"),
        ({"scenario": {"id": "ind-plus-20", "changes": [MORE]}}, "body.scenario"),
        ([], "body"),
    ],
)
def test_a_body_that_cannot_be_is_refused_with_its_path(api, body, where):
    answer = api.post(f"{V1}/run", json=body)

    assert (answer.status_code, answer.json()["where"]) == (422, where)
    assert_one_sentence(answer.json())


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 60_000, b'{"draws": NaN}', b'{"scenarios": ["\\ud800"]}', b""])
def test_what_is_no_json_is_refused(api, body):
    answer = api.post(f"{V1}/run", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 422
    assert_one_sentence(answer.json())


def assert_one_sentence(refused):
    assert refused.keys() == {"ok", "error", "code", "status", "where", "limit"}
    assert refused["ok"] is False
    assert refused["error"] and "\n" not in refused["error"] and len(refused["error"]) < 400


def test_a_side_is_never_looked_for_on_disk(api, tmp_path, library, monkeypatch):
    (tmp_path / "mine.yaml").write_bytes((library.root / "scenarios" / "ind-plus-20.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)

    answer = api.get(f"{V1}/compare?a=baseline&b=mine.yaml")

    assert (answer.status_code, answer.json()["code"]) == (422, "not-in-library")


def test_what_is_too_large_is_refused_before_it_is_read(api):
    told = api.post(f"{V1}/run", content=b" " * (MOST_JSON + 1), headers={"content-type": "application/json"})
    untold = api.post(
        f"{V1}/run", content=(b" " * 9000 for _ in range(9)), headers={"content-type": "application/json"}
    )
    document = api.post(f"{V1}/check", files={"document": ("a.txt", b"1" * 11_000_000)})
    address = api.get(f"{V1}/run?s={'a' * 5000}")

    assert [one.status_code for one in (told, untold, document, address)] == [413, 413, 413, 414]
    assert [one.json()["limit"] for one in (told, untold, document, address)] == [
        MOST_JSON,
        MOST_JSON,
        10 * 2**20,
        4096,
    ]


def test_an_address_or_a_method_that_is_not_there_says_what_is(api):
    nowhere, method = api.get(f"{V1}/nothing"), api.request("PUT", f"{V1}/run")

    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not-found")
    assert (method.status_code, method.headers["allow"]) == (405, "GET, POST")


def test_other_sites_may_not_read_what_is_answered(api):
    answer = api.get(f"{V1}/findings", headers={"origin": "https://example.org"})

    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.fixture(scope="module")
def described(api):
    return api.get("/openapi.json").json()


def test_every_operation_is_described_with_what_it_answers_and_refuses(described):
    operations = {
        (path, method.upper()): one for path, some in described["paths"].items() for method, one in some.items()
    }

    assert operations.keys() == {(route.path, route.method) for route in ROUTES}
    for one in operations.values():
        assert one["summary"].endswith(".")
        assert {"414", "422", "429"} < one["responses"].keys()
        assert all(part.get("description") or part["schema"].get("description") for part in one.get("parameters", ()))


def test_what_one_can_choose_from_stands_in_the_description(described, library):
    parts = {part["name"]: part["schema"] for part in described["paths"]["/trace"]["get"]["parameters"]}

    assert parts["s"]["items"]["enum"] == sorted(ids(library))
    assert {"37", "37.4/zbo/coa"} < set(parts["line"]["enum"])
    assert "2026" in parts["year"]["enum"]


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("/backtest")])
def test_every_example_can_be_asked(api, path):
    assert api.get(V1 + path).status_code == 200


@pytest.mark.parametrize("route", [one for one in ROUTES if isinstance(one.example, dict)], ids=lambda one: one.name)
def test_every_example_of_a_body_is_one_in_the_description(api, described, route):
    example = described["paths"][route.path]["post"]["requestBody"]["content"]["application/json"]["example"]

    answer = api.post(V1 + route.path, json=example)
    if route.status == 202:
        api.delete(answer.json()["self"])

    assert answer.status_code == route.status


def test_the_page_lists_every_operation_in_both_languages_and_runs_nothing(api):
    pages = [api.get(f"{V1}/?lang={lang}").text for lang in ("nl", "en")]

    for page in pages:
        assert all(f"{route.method} {V1}{route.path}" in page for route in ROUTES)
        assert "<script" not in page and "style=" not in page
    assert ["De API" in page for page in pages] == [True, False]


@pytest.mark.parametrize("page", ["nl/api.md", "en/api.md"])
def test_every_operation_is_shown_to_readers(page):
    text = (DOCS / page).read_text(encoding="utf-8")

    assert [route for route in ROUTES if f"`{route.method} {route.path}`" not in text] == []


def test_every_key_of_an_answer_is_described(api):
    text = (DOCS / "reference" / "json.md").read_text(encoding="utf-8")
    free = {"lines", "years", "sources", "months", "changed", "causes", "all", "without_shocks"}
    keys = set()

    def gather(part):
        if isinstance(part, list):
            for inside in part:
                gather(inside)
        elif isinstance(part, dict):
            for key, inside in part.items():
                keys.add(key)
                gather(list(inside.values()) if key in free and isinstance(inside, dict) else inside)

    for path in ("/figures", "/parameters", "/scenarios", "/run?draws=10", "/jobs/none"):
        gather(api.get(V1 + path).json())
    job = api.post(f"{V1}/jobs", json={"task": "run", "draws": 1, "seed": 99}).json()
    api.delete(job["self"])
    gather(job)

    assert keys - set(re.findall(r"`([a-z_0-9]+)`", text)) == set()
