"""The report and the article as DOCX, PDF and HTML: opened again by other libraries, and read by our own check."""

import io
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from zipfile import ZipFile

import pdfplumber
import pypdfium2
import pytest
from lxml import etree

from ketenraming.base.errors import KetenramingError
from ketenraming.base.finding import Finding, Severity
from ketenraming.documents.article import BUDGET, Article
from ketenraming.documents.checks import run_checks
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import read_bytes
from ketenraming.evidence.library import Library
from ketenraming.finance.payees import IND
from ketenraming.reports.export import render_each
from ketenraming.reports.export.article import LINES, TABLES, make_article
from ketenraming.reports.export.article_money import Basis, ind_funding, priced
from ketenraming.reports.export.columns import Heads
from ketenraming.reports.export.docx_tables import WIDTH, widths_of
from ketenraming.reports.export.html import write_html
from ketenraming.reports.export.pdf import write_pdf
from ketenraming.reports.export.text import Heading, Picture, Table, Text
from ketenraming.reports.numbers import number
from ketenraming.reports.tables import Line, article_table
from ketenraming.scenarios.run import Run, run

TEXTS = ("docx", "pdf", "article-docx", "article-pdf", "article-html")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KNOWN = {
    "table-against-line",  # the funding table of the IND, whose plug the article names
    "agency-against-line",  # a scenario asks more for the IND than the agency's own paragraph prints
}


@pytest.fixture(scope="module")
def supposed(library: Library) -> Run:
    """A scenario, so that what is needed differs from what is printed in every year after the first."""
    return run(library, draws=100, scenarios=["instroom-plus-10000"])


@pytest.fixture(scope="module")
def made(supposed: Run) -> dict[str, bytes]:
    """The run in every form that is a text."""
    return {form: one.data for form, one in zip(TEXTS, render_each(supposed, TEXTS, "nl"), strict=True)}


@pytest.fixture(scope="module")
def lines(supposed: Run) -> list[Line]:
    return article_table(supposed)


@pytest.fixture(scope="module")
def text(supposed: Run) -> Text:
    return make_article(supposed, "nl")


@pytest.fixture(scope="module")
def basis(supposed: Run, lines: list[Line]) -> Basis:
    return Basis(Heads(supposed, "nl"), lines, "2026")


def _needed(lines: list[Line]) -> dict[str, list[int]]:
    return {line.address: [figures.needed for figures in line.years.values()] for line in lines}


def _printed(article: Article) -> dict[str, list[float]]:
    return {
        address: [figure.value for figure in cells.values()] for address, cells in article.figures.rows(BUDGET).items()
    }


def _errors(article: Article) -> list[Finding]:
    return [finding for finding in run_checks(article) if finding.severity is Severity.ERROR and not finding.holds]


def test_our_own_check_reads_the_numbers_of_the_run_in_the_page(made, library, lines):
    article = read_article(read_bytes(made["article-html"], "artikel.html"), library)

    assert _printed(article) == _needed(lines)


def test_our_own_check_finds_that_every_sum_in_the_page_closes(made, library):
    article = read_article(read_bytes(made["article-html"], "artikel.html"), library)

    found = run_checks(article)

    assert {finding.code for finding in _errors(article)} <= KNOWN
    assert sum(1 for finding in found if finding.code == "sum-differs" and finding.holds) > 100


def test_the_page_of_the_baseline_closes_too(outcome, library):
    page = write_html(make_article(outcome, "nl"))

    article = read_article(read_bytes(page, "artikel.html"), library)

    assert _printed(article) == _needed(article_table(outcome))
    assert {finding.code for finding in _errors(article)} <= KNOWN


def test_our_own_check_reads_the_same_numbers_in_the_pdf(made, library, lines):
    article = read_article(read_bytes(made["article-pdf"], "artikel.pdf"), library)

    assert _printed(article) == _needed(lines)
    assert "sum-differs" not in {finding.code for finding in _errors(article)}


def _docx_tables(data: bytes) -> list[list[list[str]]]:
    """The texts of every table, straight from the XML."""
    root = etree.fromstring(ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return [
        [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in root.iter(f"{W}tbl")
    ]


def test_the_article_in_docx_has_every_line_and_year(made, lines):
    (main,) = (table for table in _docx_tables(made["article-docx"]) if table[0][0] == "Art.")

    found = [[int(re.sub(r"\D", "", cell)) for cell in row[2:]] for row in main[1:]]

    assert found == list(_needed(lines).values())


def test_the_report_in_docx_has_budgeted_needed_and_gap(made, lines):
    (table,) = (table for table in _docx_tables(made["docx"]) if table[0][0] == "Regel")
    line = next(line for line in lines if line.address == "37.4/zbo/coa")
    at = next(i for i, row in enumerate(table) if row[0] == "COA")

    budgeted, needed, low, high, gap = (row[2:] for row in table[at : at + 5])

    for part, cells in (("budgeted", budgeted), ("needed", needed), ("low", low), ("high", high), ("gap", gap)):
        told = [number(getattr(figures, part), "nl") for figures in line.years.values()]
        assert [cell.removeprefix("† ") for cell in cells] == told, part


@pytest.mark.parametrize("form", ["docx", "article-docx"])
def test_a_docx_can_be_read_aloud_and_says_on_every_page_what_it_is(form, made, supposed):
    opened = ZipFile(io.BytesIO(made[form]))
    document, styles = (etree.fromstring(opened.read(f"word/{name}.xml")) for name in ("document", "styles"))
    core = opened.read("docProps/core.xml").decode()

    headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for t in document.iter(f"{W}tbl") for row in t[2:3]]
    pictures = [one.get("descr") for one in document.iter("{*}docPr")]
    levels = [
        int(style.get(f"{W}val")[-1]) for style in document.iter(f"{W}pStyle") if "Heading" in style.get(f"{W}val")
    ]

    assert all(headers)
    assert all(pictures) and pictures
    assert {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")} == {"nl-NL"}
    assert "raming van Ketenraming</dc:title>" in core
    assert "geen officieel stuk" in opened.read("word/header1.xml").decode()
    assert "NUMPAGES" in opened.read("word/footer1.xml").decode()
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {part.date_time[0] for part in opened.infolist()} == {1980}
    assert supposed.scenarios[0].title.nl in "".join(document.itertext())


def test_no_table_of_a_docx_is_wider_than_its_page(text):
    assert [table.title for table in text.tables if sum(widths_of(table)) > WIDTH + 0.01] == []


def test_no_number_of_a_docx_is_broken_over_two_lines(text):
    # The advance widths of Arial and of letters made to be as wide, in thousandths of the size; edges take 0.25 cm.
    marks = {" ": 278, ".": 278, ",": 278, "%": 889, "(": 333, ")": 333, "-": 333}
    cells = [
        (cell, width)
        for table in text.tables
        for row in table.rows
        for cell, width in list(zip(row.cells, widths_of(table), strict=True))[table.words :]
    ]

    too_wide = [
        cell
        for cell, width in cells
        if sum(marks.get(sign, 556) for sign in cell) / 1000 * 8.5 * 2.54 / 72 > width - 0.25
    ]

    assert len(cells) > 500
    assert too_wide == []


@pytest.fixture(scope="module")
def opened(made: dict[str, bytes]) -> Iterator[pdfplumber.PDF]:
    """The article in PDF, with every letter of it."""
    with pdfplumber.open(io.BytesIO(made["article-pdf"])) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def pages(made: dict[str, bytes]) -> dict[str, list[str]]:
    """The text of every page of both documents in PDF."""
    documents = {form: pypdfium2.PdfDocument(made[form]) for form in ("pdf", "article-pdf")}
    return {form: [page.get_textpage().get_text_range() for page in document] for form, document in documents.items()}


@pytest.mark.parametrize("form", ["pdf", "article-pdf"])
def test_a_pdf_says_on_every_page_what_it_is_and_which_page(form, pages):
    found = pages[form]

    assert [page for page in found if "geen officieel stuk" not in page] == []
    assert [i for i, page in enumerate(found, 1) if f"{i} / {len(found)}" not in page] == []


@pytest.mark.parametrize("form", ["pdf", "article-pdf"])
def test_a_pdf_is_tagged_and_has_a_language_so_that_it_can_be_read_aloud(form, made):
    with pdfplumber.open(io.BytesIO(made[form])) as pdf:
        catalog = pdf.doc.catalog

    assert "StructTreeRoot" in catalog
    assert catalog["MarkInfo"]["Marked"] is True
    assert catalog["Lang"].decode() == "nl"
    assert b"pdfuaid:part" in made[form]


def test_a_pdf_brings_its_own_letters_and_none_runs_off_the_page(opened):
    letters = [(char, page.width) for page in opened.pages for char in page.chars]

    fonts = {char["fontname"].partition("+")[2].partition("-")[0] for char, _ in letters}
    outside = [char for char, width in letters if not 0 < char["x0"] <= char["x1"] < width]

    assert fonts <= {"LibertinusSerif", "DejaVuSansMono", "NewCM10"}
    assert outside == []


def test_the_report_in_pdf_has_every_needed_amount(pages, lines):
    words = {word for page in pages["pdf"] for word in page.split()}

    missing = [(a, value) for a, row in _needed(lines).items() for value in row if number(value, "nl") not in words]

    assert missing == []


def test_the_article_has_the_order_of_the_budget(text):
    headings = [piece.text for piece in text.pieces if isinstance(piece, Heading)]

    parts = [heading[:2] for heading in headings if re.match(r"[A-E]\. ", heading)]
    numbers = [heading.split()[0] for heading in headings if re.match(r"37\.\d ", heading)]

    assert parts == ["A.", "B.", "C.", "D.", "E."]
    assert numbers == ["37.1", "37.4", "37.5", "37.6", "37.7"]


def test_a_scenario_is_told_with_its_reason_and_its_changes(text, outcome):
    told = "\n".join(str(piece) for piece in text.pieces)
    baseline = make_article(outcome, "nl")

    assert "Tienduizend asielaanvragen per jaar meer: Stel dat" in told
    assert any(table.title == "Wat dit scenario verandert" for table in text.tables)
    assert not any(table.title == "Wat dit scenario verandert" for table in baseline.tables)


@pytest.mark.parametrize("name", LINES)
def test_numbers_times_prices_and_fixed_amounts_make_the_line_to_the_thousand(name, basis):
    table = priced(basis, LINES[name])
    whole = basis.line(LINES[name].address).years
    made_of, products = [row.cells for row in table.rows[:-3]], 3 * len(LINES[name].products)
    amounts = [cells[1:] for cells in made_of[:products] if cells[0] == "= bedrag"]
    fixed = [cells[1:] for cells in made_of[products:]]

    columns = {year: [cells[i] for cells in (*amounts, *fixed)] for i, year in enumerate(whole)}
    told = {year: column for year, column in columns.items() if "–" not in column}

    assert {year: sum(map(_value, column)) for year, column in told.items()} == {y: whole[y].needed for y in told}
    assert {"2025", "2026"} <= told.keys()


def _value(cell: str) -> int:
    return int(re.sub(r"\D", "", cell)) * (-1 if cell.startswith("‒") else 1)


def test_the_funding_of_the_ind_adds_up_to_its_line(basis, supposed):
    rows = {row.cells[0]: _value(row.cells[1]) for row in ind_funding(basis).rows}
    plug, line = (basis.heads.say(f"export_article_{name}") for name in ("rest", "line"))

    assert rows[line] == basis.line(IND.address).years["2026"].needed
    assert rows["Bijdrage A en M"] + rows[plug] == rows[line]


def test_both_languages_say_the_same_in_the_same_order():
    templates = [
        (files("ketenraming.reports.export") / f"article.{lang}.j2").read_text("utf-8") for lang in ("nl", "en")
    ]

    named = [re.findall(r"\[\[[\w-]+\]\]|^#+ |\{%.*?%\}", template, re.MULTILINE) for template in templates]
    filled = [sorted(re.findall(r"\{\{(?!.*meer|.*more\b).*?\}\}", template)) for template in templates]

    assert named[0] == named[1]
    assert filled[0] == filled[1]
    assert {name[2:-2] for name in named[0] if name.startswith("[[")} == {*TABLES, "picture"}


def test_in_english_the_article_speaks_english_and_has_the_same_amounts(supposed, text):
    english = make_article(supposed, "en")

    def amounts(of: Text) -> list[list[str]]:
        return [[re.sub(r"\D", "", cell) for cell in row.cells[t.words :]] for t in of.tables for row in t.rows]

    assert amounts(english) == amounts(text)
    assert [table.title for table in english.tables if "raming" in table.title.lower()] == []
    assert english.title.endswith("estimate by Ketenraming")


def test_every_table_has_cells_for_its_heads(text):
    assert [t.title for t in text.tables for row in t.rows if len(row.cells) != len(t.head)] == []
    assert sum(isinstance(piece, Picture) for piece in text.pieces) == 1
    assert sum(isinstance(piece, Table) for piece in text.pieces) == len(TABLES)


def test_labels_of_the_budget_are_those_that_our_check_knows(library):
    tables = {table.id: table for table in library.readings["artikel-37"].tables}

    for name in ("ind-bekostiging", "oda", "budgetflexibiliteit"):
        for row in tables[name].rows:
            said = library.messages[f"export_row_{name}_{row.id}".replace("-", "_")]["nl"]
            assert said in row.labels, (name, row.id)


def test_the_same_text_gives_the_same_bytes(made, supposed):
    again = dict(zip(TEXTS[3:], render_each(supposed, TEXTS[3:], "nl"), strict=True))

    assert [form for form, one in again.items() if one.data != made[form]] == []


def test_what_is_not_installed_is_refused_with_how_to_install_it(text, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(KetenramingError, match=r"pip install 'ketenraming\[export\]'"):
        write_pdf(text)
