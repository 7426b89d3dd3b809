"""The Python interface: what it names, what it gives, and that its page and its notebook run."""

import importlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import ketenraming as kr
from ketenraming.api import shipped
from ketenraming.reports import frames

ROOT = Path(__file__).parents[2]
COA = "37.4/zbo/coa"


@pytest.fixture(scope="module")
def baseline() -> kr.Outcome:
    return kr.run(draws=100)


@pytest.fixture(scope="module")
def more() -> kr.Outcome:
    return kr.run("instroom-plus-10000", draws=100)


# ---- what it names


def test_names_are_sorted_and_each_can_be_imported_and_says_what_it_is():
    assert list(kr.__all__) == sorted(kr.__all__)
    for name in kr.__all__:
        assert getattr(kr, name).__doc__, name
    assert set(kr.__all__) <= set(dir(kr))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_name_is_on_the_page(language):
    page = (ROOT / "docs" / language / "python.md").read_text(encoding="utf-8")

    assert [name for name in kr.__all__ if f"`kr.{name}`" not in page] == []


def test_what_an_outcome_gives_is_on_the_page_and_says_what_it_is():
    given = [name for name, of in vars(kr.Outcome).items() if not name.startswith("_") and callable(of)]

    page = (ROOT / "docs" / "en" / "python.md").read_text(encoding="utf-8")

    assert [name for name in given if f"`{name}`" not in page] == []
    assert all(getattr(kr.Outcome, name).__doc__ for name in given)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kr.nothing  # noqa: B018


def test_importing_costs_nothing():
    code = "import sys, ketenraming; print([n for n in ('numpy', 'pydantic', 'rich', 'pandas') if n in sys.modules])"

    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert outcome.stdout.strip() == "[]"


# ---- runs


def test_a_run_needs_no_library_and_the_shipped_one_is_read_once(baseline):
    assert baseline.library is shipped()
    assert baseline.row(COA, 2027).needed.central > baseline.row(COA, "2027").budgeted.central


def test_a_scenario_is_an_id_a_file_or_a_list_of_both(more):
    file = ROOT / "docs" / "examples" / "meer-woningen.yaml"

    by_id, by_path, by_list = (
        [one.id for one in kr.run(asked, draws=2).run.scenarios]
        for asked in ("ind-plus-20", file, ["baseline", "ind-plus-20", file])
    )

    assert by_id == ["ind-plus-20"]
    assert by_path[-1] == "meer-woningen"
    assert set(by_list) == {*by_id, *by_path}
    assert [one.id for one in more.run.scenarios] == ["instroom-plus-10000"]


def test_a_library_in_the_place_of_a_scenario_is_refused_with_what_to_write(library):
    with pytest.raises(kr.KetenramingError, match="run\\(library=…\\)"):
        kr.run(library)


def test_a_library_of_ones_own_is_taken(library):
    assert kr.run(draws=2, library=library).library is library


def test_the_same_seed_gives_the_same_and_a_second_run_fits_nothing_again(baseline):
    again = kr.run(draws=100)

    assert again.run.terms["2027"]["bewaring_price"].central == baseline.run.terms["2027"]["bewaring_price"].central
    assert (again.quantity("opvang_stock_avg").draws == baseline.quantity("opvang_stock_avg").draws).all()


# ---- what they give


def test_a_table_shows_itself_as_text_and_as_html(baseline):
    table = baseline.table(2027, lang="en")

    assert "922,330" in repr(table)
    assert "Line, 2027" in repr(table)
    html = table._repr_html_()
    assert '<th scope="col"' in html and '<th scope="row"' in html and "<caption" in html
    assert "922,330" in html


def test_a_table_of_all_years_stands_in_columns(baseline):
    lines = repr(baseline.table()).splitlines()

    head = next(line for line in lines if line.startswith("Regel"))
    coa = next(line for line in lines if "COA" in line)
    assert head.split()[1:] == [str(year) for year in baseline.years]
    assert len(head) == len(coa)


def test_a_year_that_is_not_there_is_refused(baseline):
    with pytest.raises(kr.KetenramingError, match="There is no year '2050'"):
        baseline.table(2050)


def test_scenarios_are_named_above_a_table_and_under_a_chart(more):
    title = more.run.scenarios[0].title.en

    assert title in repr(more.table(lang="en"))
    assert title in repr(more.plot(COA, lang="en"))
    assert title in more.quantity("opvang_stock_avg", lang="en")._repr_html_()


def test_what_is_hostile_in_a_title_is_inert_in_html(more):
    evil = more.run.scenarios[0].model_copy(deep=True)
    evil = evil.model_copy(update={"title": evil.title.model_copy(update={"nl": "<script>x</script>"})})
    outcome = kr.Outcome(replace(more.run, scenarios=(evil,)))

    for shown in (outcome.table(2027), outcome.plot(COA), outcome.quantity("opvang_stock_avg")):
        assert "<script>" not in shown._repr_html_()


def test_a_quantity_knows_its_unit_years_and_draws(baseline):
    people = baseline.quantity("opvang_stock_avg")

    assert (people.unit, people.years[0], people.draws.shape) == ("person-year", 2025, (6, 100))
    assert people.central[2] == baseline.run.terms["2027"]["opvang_stock_avg"].central
    assert "82." in repr(people)


def test_what_an_address_needs_is_a_quantity_too(baseline):
    needed = baseline.quantity(COA)

    assert needed.unit == "EUR"
    assert needed.central[2] == baseline.row(COA, 2027).needed.central


def test_a_quantity_that_is_not_there_is_met_with_the_nearest(baseline):
    with pytest.raises(kr.KetenramingError, match="Did you mean opvang_stock_avg"):
        baseline.quantity("opvang_stok_avg")


def test_a_trace_goes_down_to_print_as_text_and_as_html(baseline):
    trace = baseline.trace(COA, 2027)

    cell = "begroting-2026-xx · kengetallen · opvang_inflow · 2027"
    assert cell in repr(trace)
    assert cell in trace._repr_html_()
    assert trace.gap.central == trace.needed.central - trace.budgeted.central


@pytest.mark.parametrize("name", [COA, "37.1", "opvang_stock_avg", "coa_emergency_share", "nidos_care_price"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_chart_tells_its_numbers_to_who_cannot_see_it(baseline, name, lang):
    svg = baseline.plot(name, lang)._repr_svg_()

    title, description = (re.search(f"<{tag} [^>]*>(.*?)</{tag}>", svg, re.DOTALL) for tag in ("title", "desc"))
    assert title and title[1]
    assert description and all(str(year) in description[1] for year in baseline.years)
    assert 'role="img"' in svg
    assert "NaN" not in svg


@pytest.mark.parametrize(
    ("ending", "starts"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".csv", b"title,year"), (".json", b"{")]
)
def test_a_chart_saves_itself(baseline, tmp_path, ending, starts):
    path = baseline.plot(COA).save(tmp_path / f"coa{ending}")

    assert path.read_bytes().startswith(starts)


def test_a_chart_refuses_an_ending_it_does_not_know(baseline, tmp_path):
    with pytest.raises(kr.KetenramingError, match=r"end its name in \.svg, \.png, \.csv or \.json"):
        baseline.plot(COA).save(tmp_path / "coa.gif")


def test_the_bands_of_a_chart_are_the_quantiles_of_the_draws(baseline):
    light = baseline.plot("opvang_stock_avg").spec["datasets"]["points"]

    draws = baseline.quantity("opvang_stock_avg").draws
    for point, of_year in zip(light, draws, strict=True):
        found = [point[name] for name in ("low", "lower", "upper", "high")]
        assert found == pytest.approx(np.quantile(of_year, [0.1, 0.25, 0.75, 0.9]))


def test_pandas_gets_a_row_for_each_address_year_and_kind(baseline):
    frame = baseline.to_pandas()

    assert list(frame.columns) == [
        "address", "year", "what", "central", "p10", "p25", "p50", "p75", "p90", "chance_over",
    ]  # fmt: skip
    assert len(frame) == 3 * len(baseline.addresses) * len(baseline.years)
    coa = frame[(frame.address == COA) & (frame.year == 2027)].set_index("what")
    assert coa.central["gap"] == coa.central["needed"] - coa.central["budgeted"]
    assert (frame.p10 <= frame.p90).all()


def test_xarray_gets_named_axes_and_the_same_numbers(baseline):
    dataset = baseline.to_xarray()

    assert dataset.needed.dims == ("address", "year", "draw")
    assert dataset.people.dims == ("variable", "year", "draw")
    coa = dataset.sel(address=COA, year=2027)
    assert float(coa.needed_central - coa.budgeted) == pytest.approx(float(coa.gap_central))
    people = dataset.people.sel(variable="opvang_stock_avg")
    assert (people.values == baseline.quantity("opvang_stock_avg").draws).all()
    assert str(people.unit.values) == "person-year"


@pytest.mark.parametrize(("method", "package"), [("to_pandas", "pandas"), ("to_xarray", "xarray")])
def test_a_missing_extra_is_named_with_how_to_install_it(baseline, monkeypatch, method, package):
    def gone(name):
        raise ImportError(name)

    monkeypatch.setattr(frames, "import_module", gone)

    with pytest.raises(kr.KetenramingError, match=rf"{package}.*pip install 'ketenraming\[analysis\]'"):
        getattr(baseline, method)()


# ---- the page and the notebook


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_examples_of_the_page_run_and_each_says_something(language):
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)

    said = generate.examples(language)

    page = (ROOT / "docs" / language / "python.md").read_text(encoding="utf-8")
    shown = re.findall(r"_generated/(python-\S+\.txt)", page)
    assert shown == list(said)
    assert all(text.strip() for text in said.values())
    assert list((ROOT / "docs").rglob("coa.svg")) == []


def test_the_notebook_runs_from_top_to_bottom(monkeypatch, tmp_path):
    notebook = json.loads((ROOT / "docs" / "examples" / "ketenraming.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    monkeypatch.chdir(tmp_path)

    shown = []
    for cell in cells:
        *body, last = cell.splitlines()
        exec(compile("\n".join(body), "ketenraming.ipynb", "exec"), names)
        shown.append(eval(compile(last, "ketenraming.ipynb", "eval"), names))

    assert len(shown) == len(cells) > 4
    assert all(hasattr(one, "_repr_html_") or isinstance(one, dict) for one in shown)
    assert all(gain > 0 for year, gain in names["differences"].items() if year >= 2026)


def test_the_notebook_is_one():
    notebook = json.loads((ROOT / "docs" / "examples" / "ketenraming.ipynb").read_text(encoding="utf-8"))

    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    for cell in notebook["cells"]:
        extra = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | extra
        assert cell.get("outputs", []) == []
