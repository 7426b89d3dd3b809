"""Spreadsheets, CSV and the data package: opened again by other libraries, their numbers are those of the run."""

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import odfdo
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils.cell import range_boundaries

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.evidence.library import Library
from ketenraming.finance.payees import COA, IND, NIDOS
from ketenraming.reports.export import FORMATS, forms_of, name_of, render, render_each
from ketenraming.reports.export.book import LONG, make_book
from ketenraming.reports.export.csv import sheet_as_csv, write_csv, write_excel_csv
from ketenraming.reports.export.layout import TOP
from ketenraming.reports.export.package import write_package
from ketenraming.reports.export.sheets import Book, Column, Sheet, runs
from ketenraming.reports.export.xlsx import write_xlsx
from ketenraming.reports.tables import Line, article_table
from ketenraming.scenarios.run import Run, run

TABLES = ("xlsx", "ods", "csv", "csv-excel", "datapackage")
PARTS = {"Begroot": "budgeted", "Nodig": "needed", "Gat": "gap"}
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
REPEATED = f"{TABLE}number-columns-repeated"


@pytest.fixture(scope="module")
def supposed(library: Library) -> Run:
    """A scenario, so that what is needed differs from what is printed in every year after the first."""
    return run(library, draws=100, scenarios=["instroom-plus-10000"])


@pytest.fixture(scope="module")
def made(supposed: Run) -> dict[str, bytes]:
    """The run in every form that is a table."""
    return {form: one.data for form, one in zip(TABLES, render_each(supposed, TABLES, "nl"), strict=True)}


@pytest.fixture(scope="module")
def article(supposed: Run) -> list[Line]:
    return article_table(supposed)


@pytest.fixture(scope="module")
def book(supposed: Run) -> Book:
    return make_book(supposed, "nl")


@pytest.fixture(scope="module")
def shown(made: dict[str, bytes]) -> openpyxl.Workbook:
    """The workbook with the values that are kept beside its formulas."""
    return openpyxl.load_workbook(io.BytesIO(made["xlsx"]), data_only=True)


@pytest.fixture(scope="module")
def workbook(made: dict[str, bytes]) -> openpyxl.Workbook:
    """The workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(made["xlsx"]))


def _rows(page: openpyxl.worksheet.worksheet.Worksheet) -> Iterator[tuple]:
    return page.iter_rows(min_row=TOP + 1, values_only=True)


@pytest.mark.parametrize(("title", "part"), PARTS.items())
def test_a_workbook_has_every_line_and_year_of_the_article(title, part, shown, article):
    found = {row[0]: list(row[2:]) for row in _rows(shown[title])}

    assert found == {line.address: [getattr(f, part) for f in line.years.values()] for line in article}


def _calculated(formula: str, page: openpyxl.worksheet.worksheet.Worksheet, book: openpyxl.Workbook) -> float:
    """The two kinds of formula that we write, worked out from the values of the cells they name."""
    if summed := re.fullmatch(r"=SUM\((.*)\)", formula):
        cells = [range_boundaries(span) for span in summed[1].split(",")]
        return sum(
            page.cell(row, column).value
            for left, top, right, bottom in cells
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )
    whole, part = re.fullmatch(r"='(\w+)'!(\w+)-'\w+'!\w+", formula), re.fullmatch(r".*-'(\w+)'!(\w+)", formula)
    return book[whole[1]][whole[2]].value - book[part[1]][part[2]].value


def test_every_formula_of_a_workbook_gives_the_value_that_is_shown(workbook, shown):
    formulas = [
        (page.title, cell.coordinate, cell.value)
        for page in workbook
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]

    wrong = [at for at in formulas if _calculated(at[2], shown[at[0]], shown) != shown[at[0]][at[1]].value]

    assert wrong == []
    assert {title for title, _, _ in formulas} == {"Begroot", "Nodig", "Gat", "ODA"}


def test_a_heading_is_a_sum_and_a_line_a_number(workbook, article):
    page = {row[0]: row[2] for row in _rows(workbook["Nodig"])}

    assert str(page["37"]).startswith("=SUM(")
    assert [line.address for line in article if line.depth == 3 and str(page[line.address]).startswith("=")] == []


def test_people_in_a_workbook_are_those_of_the_run(shown, supposed):
    found = {(row[0], str(row[3])): row[4:9] for row in _rows(shown["Mensen"])}

    for (name, year), numbers in found.items():
        term = supposed.terms[year][name]
        expected = [term.central, *term.quantiles((0.1, 0.25, 0.5, 0.75))]
        assert list(numbers) == pytest.approx(expected, abs=1e-6)
    assert ("opvang_stock_avg", "2027") in found


def test_who_multiplies_numbers_and_prices_of_a_workbook_comes_to_the_line(shown, supposed):
    numbers = {(r[0], str(r[3])): r[4] for title in ("Mensen", "Prijzen") for r in _rows(shown[title])}
    needed = {row[0]: dict(zip(supposed.years, row[2:], strict=True)) for row in _rows(shown["Nodig"])}

    for line in (COA, IND, NIDOS):
        for year in supposed.years:
            made_of = sum(numbers[q, year] * numbers[p, year] for q, p in line.products)
            euros = made_of + sum(numbers[name, year] for name in line.fixed)
            assert euros / 1000 == pytest.approx(needed[line.address][year], abs=0.51), (line.address, year)


def test_a_workbook_says_that_it_is_an_estimate_and_of_what(workbook, supposed):
    told = {row[0]: row[1] for row in _rows(workbook["Over"])}

    assert workbook.properties.title.endswith("raming van Ketenraming")
    assert "geen officieel stuk" in workbook.properties.description
    assert (told["Bibliotheek"], told["Zaad"]) == (supposed.library.digest, str(supposed.draws.seed))
    assert [page["A3"].value for page in workbook if "geen officieel stuk" not in page["A3"].value] == []
    assert [page["A4"].value for page in workbook if supposed.scenarios[0].title.nl not in page["A4"].value] == []


def test_every_sheet_of_a_workbook_prints_on_pages_as_wide_as_it_is(workbook):
    for page in workbook:
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == f"${TOP}:${TOP}"
        assert page.freeze_panes in (f"A{TOP + 1}", f"C{TOP + 1}")


def test_what_begins_as_a_formula_is_text_in_a_workbook(book):
    evil = '=HYPERLINK("http://example.org")'
    about = book.sheet("about")
    strange = replace(about, rows=((evil, evil), *about.rows))

    opened = openpyxl.load_workbook(io.BytesIO(write_xlsx(replace(book, title=evil, sheets=(strange,)))))

    cells = [cell for row in opened.active.iter_rows() for cell in row if evil in str(cell.value)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(cells) >= 3


def _ods_rows(data: bytes, name: str) -> list[list[tuple[str | None, str | None]]]:
    """The value and the text of every cell of a sheet, straight from the XML."""
    root = etree.fromstring(ZipFile(io.BytesIO(data)).read("content.xml"))
    (page,) = (table for table in root.iter(f"{TABLE}table") if table.get(f"{TABLE}name") == name)
    return [
        [(cell.get(f"{OFFICE}value"), "".join(cell.itertext())) for cell in row.iter(f"{TABLE}table-cell")]
        for row in page.iter(f"{TABLE}table-row")
    ]


@pytest.mark.parametrize(("title", "part"), PARTS.items())
def test_an_ods_has_every_line_and_year_of_the_article(title, part, made, article):
    rows = _ods_rows(made["ods"], title)[TOP:]

    found = {row[0][1]: [int(value) for value, _ in row[2:]] for row in rows}

    assert found == {line.address: [getattr(f, part) for f in line.years.values()] for line in article}


def test_an_ods_is_opened_by_odfdo_with_the_sheets_of_the_workbook(made, workbook, supposed):
    opened = odfdo.Document(io.BytesIO(made["ods"]))
    needed = opened.body.get_table(name="Nodig")

    assert [table.name for table in opened.body.tables] == workbook.sheetnames
    assert needed.get_cell(f"C{TOP + 2}").formula.startswith("of:=SUM([.")
    assert str(opened.meta.language) == "nl-NL"
    assert opened.meta.title.endswith("raming van Ketenraming")


def test_an_ods_shows_its_numbers_in_dutch(made, supposed):
    rows = _ods_rows(made["ods"], "Nodig")

    value, text = next(row for row in rows if row[0][1] == "37")[3]

    assert text == f"{int(value):,}".replace(",", ".")


def _records(data: bytes, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_the_plain_csv_has_every_line_and_year_with_its_band(made, supposed, article):
    rows = {(r["name"], r["year"]): r for r in _records(made["csv"], ",") if r["table"] == "lines"}

    assert len(rows) == len(article) * len(supposed.years)
    for line in article:
        for year, figures in line.years.items():
            row = rows[line.address, year]
            assert [int(row[name]) for name in ("budgeted", "estimate", "gap", "p10", "p90")] == [
                figures.budgeted, figures.needed, figures.gap, figures.low, figures.high]  # fmt: skip
            assert float(row["chance_over"]) == pytest.approx(figures.chance_over, abs=1e-4)


def test_the_csv_for_excel_says_the_same_in_the_dutch_way(made):
    plain, dutch = _records(made["csv"], ","), _records(made["csv-excel"], ";")

    assert made["csv-excel"].startswith(b"\xef\xbb\xbf")
    assert made["csv-excel"].count(b"\r\n") == len(dutch) + 1
    assert [row["estimate"].replace(".", ",") for row in plain] == [row["Raming"] for row in dutch]
    assert [row["p90"].replace(".", ",") for row in plain] == [row["p90"] for row in dutch]
    assert {row["Tabel"] for row in dutch} == {"Regels", "Mensen", "Prijzen", "ODA"}


def test_development_assistance_adds_up_in_every_year(made):
    rows = [row for row in _records(made["csv"], ",") if row["table"] == "oda"]
    years = {row["year"] for row in rows}

    for year in years:
        of_year = {row["name"]: int(row["estimate"]) for row in rows if row["year"] == year}
        assert of_year.pop("oda") == sum(of_year.values())
    assert len(years) > 1


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"])), value=st.floats(-1e12, 1e12))
def test_csv_gives_numbers_back_to_the_last_digit_and_texts_without_their_sting(text, value):
    sheet = Sheet("one", "One", "", (Column("text", "Text"), Column("value", "Value", "number")), ((text, value),))

    (row,) = _records(sheet_as_csv(sheet), ",")

    assert float(row["value"]) == value
    assert row["text"] in (text, f"'{text}")
    assert row["text"][:1] not in set("=+-@")


@given(st.sets(st.integers(0, 60)))
def test_runs_of_rows_hold_each_row_once(rows):
    found = runs(sorted(rows))

    assert [row for first, last in found for row in range(first, last + 1)] == sorted(rows)


def _parses(value: str, kind: str) -> bool:
    readers = {"string": str, "integer": int, "number": float, "year": int, "date": date.fromisoformat,
               "boolean": lambda text: {"true": True, "false": False}[text]}  # fmt: skip
    try:
        readers[kind](value)
    except (ValueError, KeyError):
        return False
    return True


def test_a_data_package_describes_every_table_in_it(made):
    opened = ZipFile(io.BytesIO(made["datapackage"]))
    package = json.loads(opened.read("datapackage.json"))

    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert sorted(opened.namelist()) == sorted(["datapackage.json", *(one["path"] for one in package["resources"])])
    for resource in package["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        rows = _records(opened.read(resource["path"]), ",")
        key = resource["schema"].get("primaryKey", [])
        assert list(rows[0]) == list(fields), resource["name"]
        assert [c for row in rows for c, v in row.items() if v and not _parses(v, fields[c]["type"])] == []
        assert len({tuple(row[c] for c in key) for row in rows}) == len(rows) or not key
        assert resource["type"] == "table"


def test_a_data_package_names_its_sources_its_licence_and_what_made_it(made, supposed):
    package = json.loads(ZipFile(io.BytesIO(made["datapackage"])).read("datapackage.json"))

    assert supposed.library.digest in package["made"].values()
    assert [licence["name"] for licence in package["licenses"]] == ["EUPL-1.2"]
    assert supposed.library.sources[supposed.edition].title in {source["title"] for source in package["sources"]}


def test_the_budget_of_a_data_package_has_fiscal_types_and_adds_up_without_its_sums(made, supposed, article):
    opened = ZipFile(io.BytesIO(made["datapackage"]))
    resources = {one["name"]: one for one in json.loads(opened.read("datapackage.json"))["resources"]}
    types = {field["name"]: field.get("columnType") for field in resources["budget"]["schema"]["fields"]}

    rows = _records(opened.read(resources["budget"]["path"]), ",")
    spent = [row for row in rows if row["direction"] == "expenditure" and row["is_sum"] == "false"]
    (whole,) = (line for line in article if line.address == "37")

    assert (types["name"], types["year"], types["phase"], types["amount"]) == (
        "budget-line-id", "date:fiscal-year", "phase:id", "value")  # fmt: skip
    for year, figures in whole.years.items():
        needed = [int(row["amount"]) for row in spent if (row["year"], row["phase"]) == (year, "estimate")]
        assert sum(needed) == 1000 * figures.needed


def test_the_same_run_gives_the_same_bytes_without_the_time_of_making(made, supposed):
    again = dict(zip(TABLES, render_each(supposed, TABLES, "nl"), strict=True))

    assert [form for form in TABLES if again[form].data != made[form]] == []
    for form in ("xlsx", "ods", "datapackage"):
        assert {part.date_time[0] for part in ZipFile(io.BytesIO(made[form])).infolist()} == {1980}


def test_in_english_the_words_differ_and_the_numbers_do_not(supposed, made):
    book = make_book(supposed, "en")
    plain, english = _records(made["csv"], ","), _records(write_csv(book), ",")

    assert [row["estimate"] for row in plain] == [row["estimate"] for row in english]
    assert [sheet.title for sheet in book.sheets][:3] == ["About", "Overview", "Budgeted"]
    assert {row["Table"] for row in _records(write_excel_csv(book), ";")} == {"Lines", "People", "Prices", "ODA"}


def test_the_one_list_has_what_the_sheets_have(book):
    assert len(book.figures.rows) == sum(len(book.sheet(name).rows) for name in LONG)


def test_without_a_scenario_there_is_no_sheet_of_changes(outcome, book):
    baseline = [sheet.name for sheet in make_book(outcome, "nl").sheets]

    assert "changes" not in baseline
    assert [sheet.name for sheet in book.sheets if sheet.name not in baseline] == ["changes"]


def test_a_package_without_a_scenario_is_a_package_too(outcome):
    package = json.loads(ZipFile(io.BytesIO(write_package(make_book(outcome, "nl")))).read("datapackage.json"))

    assert "changes" not in {resource["name"] for resource in package["resources"]}


def test_a_form_that_is_not_there_is_refused_with_the_nearest(outcome):
    with pytest.raises(NotInLibrary, match="Did you mean xlsx"):
        render(outcome, "xls", "nl")


def test_forms_are_asked_for_with_commas_or_all_together():
    assert forms_of("csv, xlsx,csv") == ["csv", "xlsx"]
    assert forms_of("all") == list(FORMATS)


def test_the_name_of_a_file_says_of_which_scenarios_it_is(supposed, outcome):
    many = replace(supposed, scenarios=supposed.scenarios * 9)

    assert name_of(outcome, "xlsx", "nl") == "ketenraming-cijfers.xlsx"
    assert name_of(supposed, "pdf", "en") == "ketenraming-report-instroom-plus-10000.pdf"
    assert name_of(many, "csv-excel", "nl") == "ketenraming-cijfers-9-scenarios-excel.csv"


def test_what_is_not_installed_is_refused_with_how_to_install_it(book, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(KetenramingError, match=r"pip install 'ketenraming\[export\]'"):
        write_xlsx(book)
