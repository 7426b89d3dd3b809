"""What the checks say of article 37 of the budget 2026, and of changed copies of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenraming.base.finding import Severity
from ketenraming.documents.article import BUDGET, Article, of_edition
from ketenraming.documents.checks import CHECKS, run_checks
from ketenraming.documents.coverage import coverage
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import read_bytes, read_file
from ketenraming.evidence.library import load

LIBRARY = load()
EDITION = of_edition(LIBRARY)
CLEAN = {(f.code, f.place.cell, f.difference) for f in run_checks(EDITION, CHECKS) if not f.holds}
COVERED = coverage(EDITION, run_checks(EDITION, CHECKS))


def changed(article: Article, cell: tuple[str, str, str], digits: int) -> Article:
    figure = article.figures.get(*cell)
    return replace(article, figures=article.figures.replacing(figure.with_digits(digits)))


def new_findings(article: Article):
    return [f for f in run_checks(article, CHECKS) if not f.holds and (f.code, f.place.cell, f.difference) not in CLEAN]


def the(findings, code, row=""):
    found = [f for f in findings if f.code == code and not f.holds and (not row or f.place.row == row)]
    assert len(found) == 1, [f.place for f in found]
    return found[0]


# Begroting 2026 XX, table Bekostiging IND, row Bijdrage A en M, against the line IND of the main table.
def test_the_funding_table_and_the_line_of_the_ind_differ_by_57922():
    finding = the(run_checks(EDITION), "table-against-line")

    assert finding.severity is Severity.ERROR
    assert (finding.printed, finding.expected, finding.difference) == (961_801, 1_019_723, -57_922)


# Begroting 2026 XX, 37.7 Subsidies: 13.721 in the table, and 13,6 mln in the prose.
def test_the_prose_rounds_the_subsidies_for_ukraine_wrongly():
    finding = the(run_checks(EDITION), "prose-differs")

    assert finding.place.row == "oekraine-subsidies"
    assert (finding.printed, finding.expected) == (13.6, 13.721)


def test_the_occupancy_contradicts_its_flows_in_2025_and_2028():
    found = {f.place.column: round(f.difference) for f in run_checks(EDITION) if f.code == "stock-flow" and not f.holds}

    assert found == {"2025": 445, "2028": -885}


# 4.190.539 / 103.540 and 922.330 / 123.770, x 1.000 euro.
def test_the_money_per_resident_breaks_in_2027():
    finding = next(f for f in run_checks(EDITION) if f.code == "price-break" and f.place.column == "2027")

    assert finding.words["old"] == pytest.approx(40_472.7, abs=0.1)
    assert finding.words["new"] == pytest.approx(7_452.0, abs=0.1)


def test_the_text_says_that_coa_is_funded_until_2026():
    finding = the(run_checks(EDITION), "not-funded")

    assert (finding.words["last"], finding.words["first"], finding.words["until"]) == ("2026", "2027", "2030")


def test_minors_in_care_follow_from_the_nidos_line():
    shares = {f.words["year"]: f.words["in_care"] for f in run_checks(EDITION) if f.code == "care-implied"}

    assert shares == {"2025": 6925, "2026": 7947}


def test_the_known_errors_are_the_only_errors():
    errors = [f.code for f in run_checks(EDITION) if f.severity is Severity.ERROR]

    assert sorted(errors) == ["prose-differs", "table-against-line"]


def test_nearly_every_number_is_looked_at():
    assert COVERED.counts["printed"] == 519
    assert {place.cell for place in COVERED.uncovered} == {
        (BUDGET, "37/ontvangsten", "2024"),
        ("proza", "asielmaatregelen", ""),
        ("proza", "asielreserve", "2025"),
        ("proza", "doorstroom-jaren", ""),
        ("proza", "nidos-leeftijd-verlengd", ""),
        ("proza", "oekraine-personen", ""),
    }


# 13,6 is misprinted: changing it to 13,7 mends the article, and rightly gives no finding.
SEEN_BY_IDENTITY = sorted(COVERED.by_identity - {("proza", "oekraine-subsidies", "2026")})


@settings(max_examples=150, deadline=None)
@given(cell=st.sampled_from(SEEN_BY_IDENTITY), data=st.data())
def test_a_changed_digit_under_an_identity_is_found_and_located(cell, data):
    digits = EDITION.figures.get(*cell).digits
    text = str(abs(digits))
    position = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[position]]))
    mutated = int(text[:position] + other + text[position + 1 :]) * (-1 if digits < 0 else 1)

    found = new_findings(changed(EDITION, cell, mutated))

    assert found
    assert any(cell in {place.cell for place in f.cells} for f in found)


def test_a_wrong_heading_is_told_from_a_wrong_line():
    heading, line = (BUDGET, "37.4/zbo", "2027"), (BUDGET, "37.4/zbo/coa", "2027")

    of_heading = the(new_findings(changed(EDITION, heading, 1_038_950)), "sum-differs", "37.4/zbo")
    of_line = the(new_findings(changed(EDITION, line, 922_930)), "sum-differs", "37.4/zbo")

    assert [s.cell for s in of_heading.suspects] == [heading]
    assert of_line.suspects[0].cell == line


def test_shares_within_rounding_of_a_hundred_are_a_note_and_beyond_it_an_error():
    within = the(new_findings(changed(EDITION, ("coa-kosten", "rente", "aandeel"), 4)), "sum-differs")
    beyond = the(new_findings(changed(EDITION, ("coa-kosten", "rente", "aandeel"), 9)), "sum-differs")

    assert (within.severity, beyond.severity) == (Severity.NOTE, Severity.ERROR)


def test_where_all_other_sums_close_to_the_digit_one_thousand_is_an_error():
    finding = the(new_findings(changed(EDITION, (BUDGET, "37.6/subsidies", "2026"), 7_881)), "sum-differs", "37.6")

    assert finding.severity is Severity.ERROR
    assert finding.tolerance == 0.0


def test_a_table_that_rounds_its_sums_gets_the_tolerance_of_its_print():
    parts = [
        f"36.{i} | Deel {i} | {10 * i + i % 2} | {20 * i}\n | Opdrachten | {10 * i + i % 2} | {20 * i}\n"
        f" | Een | {6 * i} | {12 * i}\n | Twee | {4 * i} | {8 * i}"
        for i in range(1, 5)
    ]
    text = " | | 2025 | 2026\n | Uitgaven | 101 | 199\n" + "\n".join(parts)

    findings = run_checks(read_article(read_bytes(text.encode(), "x.txt"), LIBRARY))

    off = [f for f in findings if f.code == "sum-differs" and not f.holds]
    assert {f.place.row for f in off} == {"36", "36.1/opdrachten", "36.3/opdrachten"}
    assert {f.severity for f in off} == {Severity.NOTE}


def test_a_heading_over_a_single_line_has_no_rounding_to_hide_behind():
    text = " | | 2025 | 2026\n36.1 | Deel | 5 | 5\n | Opdrachten | 5 | 6\n | Een | 5 | 6"

    findings = run_checks(read_article(read_bytes(text.encode(), "x.txt"), LIBRARY))

    assert the(findings, "sum-differs").severity is Severity.ERROR


def test_a_copy_of_the_edition_that_differs_is_reported_apart(article_text):
    text = article_text.replace("162.020", "163.020")

    findings = run_checks(read_article(read_bytes(text.encode(), "kopie.txt"), LIBRARY))

    finding = the(findings, "edition-differs")
    assert finding.place.cell == ("kengetallen", "opvang_stock_avg", "2029")
    assert (finding.printed, finding.expected) == (163_020, 162_020)


def test_a_faithful_copy_does_not_differ_from_the_edition(from_text):
    findings = run_checks(from_text)

    assert [f for f in findings if f.code == "edition-differs"] == []
    assert {(f.code, f.place.cell) for f in findings if not f.holds} == {
        (f.code, f.place.cell) for f in run_checks(EDITION) if not f.holds
    }


def test_a_line_that_is_cut_off_is_missed(article_text):
    lines = [line for line in article_text.splitlines() if "REAN-regeling" not in line]

    findings = run_checks(read_article(read_bytes("\n".join(lines).encode(), "x.txt"), LIBRARY))

    assert the(findings, "address-missing").place.row == "37.5/subsidies/rean"
    assert {f.place.column for f in findings if f.code == "sum-differs" and not f.holds} >= {"2025", "2026"}


# OWB 2015, 2016 and 2017, chapter VI, article 37: budget lines as in the open data of the national budget.
@pytest.mark.parametrize("year", ["2015", "2016", "2017"])
def test_clean_tables_of_earlier_years_give_no_error(year, request):
    path = request.path.parents[1] / "extracts" / f"owb-{year}-vi.txt"

    findings = run_checks(read_article(read_file(path), LIBRARY))

    assert [f for f in findings if f.severity is Severity.ERROR] == []
    assert any(f.code == "sum-differs" and f.holds for f in findings)


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(st.sampled_from([f.place.cell for f in EDITION.figures]), max_size=4),
    digits=st.integers(-(10**9), 10**9),
)
def test_no_set_of_numbers_breaks_a_check(cells, digits):
    article = EDITION
    for cell in cells:
        article = changed(article, cell, digits)

    run_checks(article)


@settings(max_examples=40, deadline=None)
@given(kept=st.sets(st.sampled_from(EDITION.figures.tables()), max_size=6))
def test_a_document_with_some_of_the_tables_is_checked_as_far_as_it_goes(kept):
    figures = type(EDITION.figures)(f for f in EDITION.figures if f.place.table in kept)
    article = replace(EDITION, name="deel.txt", figures=figures, rows=tuple(figures.rows(BUDGET)))

    findings = run_checks(article)

    assert {f.place.table for f in findings if f.holds} <= kept | {BUDGET}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_article_is_checked_or_refused_and_never_breaks(data, article_text):
    lines = article_text.splitlines()
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["drop", "cut", "shift", "repeat", "noise"]))
        cut = data.draw(st.integers(0, len(lines[at])))
        noise = data.draw(st.text(alphabet="0123456789|.,%€‒- x", max_size=3))
        damaged = {
            "drop": "",
            "cut": lines[at][:cut],
            "shift": lines[at].replace("|", "", 1),
            "repeat": lines[at - 1],
            "noise": lines[at][:cut] + noise + lines[at][cut:],
        }
        lines[at] = damaged[how]

    article = read_article(read_bytes("\n".join(lines).encode(), "x.txt"), LIBRARY)

    assert run_checks(article)
