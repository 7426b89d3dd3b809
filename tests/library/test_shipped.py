"""The shipped library: every value has a source, every published sum closes, every word is there in both languages."""

from string import Formatter

import pytest

from ketenraming.documents.article import BUDGET
from ketenraming.documents.checks import run_checks
from ketenraming.documents.checks.sums import check_budget_sums, check_hundred, check_list_sums
from ketenraming.evidence.figure import Kind, Maturity


# Begroting 2026 XX, table budgettaire gevolgen van beleid: 47 rows, 2024-2030.
def test_the_main_table_is_complete(edition):
    rows = edition.figures.rows(BUDGET)

    assert len(rows) == 47
    assert all(list(cells) == [str(year) for year in range(2024, 2031)] for cells in rows.values())
    assert rows["37"]["2026"].digits == 8_865_612


def test_the_noughts_of_2024_are_not_applicable_and_not_nil(edition):
    noughts = [cells["2024"] for cells in edition.figures.rows(BUDGET).values()]

    assert {figure.maturity for figure in noughts} == {Maturity.NOT_APPLICABLE}
    assert edition.years == ["2025", "2026", "2027", "2028", "2029", "2030"]


@pytest.mark.parametrize("check", [check_budget_sums, check_list_sums, check_hundred])
def test_every_published_sum_closes_to_the_digit(edition, check):
    findings = check(edition)

    assert findings
    assert [f for f in findings if not f.holds] == []


def test_all_tables_of_the_article_are_there(edition):
    assert {table: len(edition.figures.rows(table)) for table in edition.figures.tables() if table != "proza"} == {
        "budgettaire-gevolgen": 47,
        "budgetflexibiliteit": 4,
        "kengetallen": 13,
        "oda": 6,
        "ind-bekostiging": 14,
        "tijdigheid": 3,
        "coa-kosten": 5,
        "verblijfsduur": 2,
        "amv": 2,
        "nidos-normen": 3,
    }


def test_every_claim_of_the_prose_says_what_it_speaks_of(edition):
    known = {claim.id for claim in edition.reading.claims}

    claims = [f for f in edition.figures if f.kind is Kind.CLAIM]

    assert len(claims) == 29
    assert {f.place.row for f in claims} <= known


def test_every_variable_of_a_table_is_in_the_dictionary(library, edition):
    tables = ("kengetallen", "verblijfsduur", "amv", "tijdigheid", "nidos-normen")

    rows = {row for table in tables for row in edition.figures.rows(table)}

    assert rows <= set(library.variables)


def test_every_claim_and_pair_of_the_reading_map_points_at_a_cell(library, edition):
    for reading in library.readings.values():
        targets = [c.of for c in reading.claims if c.of] + [p.left for p in reading.pairs]
        assert [t for t in targets if edition.figures.get(*t) is None] == []
        assert [p.right for p in reading.pairs if p.right not in library.budget] == []


def test_every_sentence_is_filled_from_its_finding(library, edition):
    """Both languages ask for the same words, so neither can be left half filled."""
    for code, text in library.findings.items():
        names = [
            {name for _, name, _, _ in Formatter().parse(sentence) if name and not name.startswith("what_")}
            for sentence in (text.sentence_nl, text.sentence_en)
        ]
        assert names[0] == names[1], code


def test_no_value_was_known_before_its_source(library):
    values = [v for p in library.parameters.values() for v in p.values]

    assert all(v.known_since >= library.sources[v.source.id].published for v in values)


def test_every_finding_of_the_article_has_a_text(library, edition):
    assert {f.code for f in run_checks(edition)} <= set(library.findings)
