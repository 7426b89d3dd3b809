"""Reading the article from text gives the library's figures; what cannot be placed is said, never dropped."""

import pytest

from ketenraming.documents.article import BUDGET, NOT_NUMBERS
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import read_bytes
from ketenraming.evidence.figure import Kind


def read(text, library):
    return read_article(read_bytes(text.encode(), "stuk.txt"), library)


def codes(article):
    return {finding.code for finding in article.findings}


def test_the_text_gives_every_figure_of_the_library(edition, from_text):
    for figure in edition.figures:
        read_figure = from_text.figures.get(*figure.place.cell)
        assert read_figure is not None, figure.place
        assert (read_figure.digits, read_figure.decimals, read_figure.unit, read_figure.step, read_figure.kind) == (
            figure.digits, figure.decimals, figure.unit, figure.step, figure.kind,
        ), figure.place  # fmt: skip
        assert read_figure.maturity is figure.maturity


def test_the_text_gives_nothing_that_the_library_lacks(edition, from_text):
    strange = [f for f in from_text.figures if edition.figures.get(*f.place.cell) is None]

    assert strange == []
    assert from_text.findings == ()


def test_every_figure_knows_the_line_it_stands_on(from_text):
    numbers = [f for f in from_text.figures if f.kind not in NOT_NUMBERS]

    assert all(f.place.at.startswith("regel ") for f in numbers)


def test_an_unknown_row_of_a_known_table_is_said_and_kept(library):
    article = read("2026 |\nJuridisch verplicht | 90%\nbestuurlijk gebonden | 4%\nIets nieuws | 6%\n", library)

    assert {"row-unknown", "row-missing"} <= codes(article)
    assert article.figures.get("budgetflexibiliteit", "iets-nieuws", "2026").digits == 6


def test_an_unknown_line_of_the_main_table_is_placed_by_its_order(library, article_text):
    text = article_text.replace(" | IOM |", " | Rode Kruis | 0 | 1 | 1 | 1 | 1 | 1 | 1\n | IOM |")

    article = read(text, library)

    assert "address-new" in codes(article)
    assert article.figures.get(BUDGET, "37.4/subsidies/rode-kruis", "2026").digits == 1


def test_a_number_without_a_column_is_said_kept_and_counted(library, article_text):
    text = article_text.replace(" | COA | 0 | 4.009.829", " | COA | 0 | 12 | 4.009.829")

    article = read(text, library)

    assert [f.words["what"] for f in article.findings if f.code == "row-not-placed"] == ["8 ≠ 7"]
    assert len(article.figures.row(BUDGET, "37.4/zbo/coa")) == 8


def test_an_unknown_table_is_kept_under_a_name_of_its_own(library):
    article = read("Aantallen\nSoort | 2025 | 2026\nAppels | 3 | 4\nPeren | 5 | 6\nTotaal | 8 | 11\n", library)

    assert codes(article) == {"table-unknown"}
    assert article.figures.get("tabel-1", "totaal", "2026").digits == 11


def test_an_amount_whose_subject_is_unknown_is_said_and_kept(library):
    article = read("Voor paarden is € 3,5 mln beschikbaar.\n", library)

    assert codes(article) == {"amount-unknown"}
    assert article.figures.get("proza", "bedrag-1", "").value == 3.5


def test_another_article_gets_addresses_of_its_own(library):
    text = (
        " | | 2025 | 2026\n | Verplichtingen | 9 | 9\n | Uitgaven | 9 | 9\n36.1 | Iets | 9 | 9\n"
        " | Opdrachten | 9 | 9\n | Proef | 4 | 4\n | Tweede proef | 5 | 5\n"
    )

    article = read(text, library)

    assert article.number == "36"
    assert article.rows == ("36/verplichtingen", "36", "36.1", "36.1/opdrachten",
                            "36.1/opdrachten/proef", "36.1/opdrachten/tweede-proef")  # fmt: skip
    assert article.figures.get(BUDGET, "36/verplichtingen", "2026").kind is Kind.VERPLICHTINGEN


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_a_truncated_article_gives_findings_and_no_traceback(library, article_text, share):
    article = read(article_text[: int(share * len(article_text))], library)

    assert article.figures or article.findings


def test_a_table_in_millions_is_compared_with_one_in_thousands_to_the_digit_it_prints(library):
    text = (
        "Tabel (bedragen x € 1 mln.)\n | | 2025 | 2026\n | Verplichtingen | 10,0 | 12,5\n | Uitgaven | 10,0 | 12,5\n"
        "37.4 | Toegang, toelating en opvang vreemdelingen | 10,0 | 12,5\n"
    )

    figure = read(text, library).figures.get(BUDGET, "37.4", "2026")

    assert (figure.digits, figure.decimals, figure.step, figure.unit) == (12_500, 0, 100, "kEUR")
    assert figure.tolerance == 50


def test_a_list_in_millions_says_so_above_it(library):
    text = "Toerekening (x € 1 mln.)\n | bedrag\nBijdrage COA | 1.543,4\nBijdrage Nidos | 54,4\nTotaal | 1.597,8\n"

    figure = read(text, library).figures.get("oda", "coa", "bedrag")

    assert (figure.digits, figure.unit) == (1_543_400, "kEUR")


def test_the_year_of_the_budget_is_found_without_the_years_that_are_over(library, article_text):
    whole = read(article_text, library)
    lines = article_text.splitlines()
    shorter = "\n".join(lines).replace(" |  | 2024 | 2025", " |  | 2025").replace(" | 0 | ", " | ")

    assert whole.budget_year == "2026"
    assert read(shorter, library).budget_year == "2026"


def test_what_would_command_a_terminal_is_dropped_from_a_label(library):
    article = read("Soort | 2025 | 2026\nPeren\x1b[2J | 5 | 6\nAppels | 5 | 6\n", library)

    assert all(figure.label.isprintable() for figure in article.figures)
