"""The HTML reports: whole, self-contained, adding up, and safe with text from strangers."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from ketenraming.base.finding import Finding, Place, Severity
from ketenraming.documents.article import of_edition
from ketenraming.documents.coverage import Coverage, coverage
from ketenraming.evidence.library import load
from ketenraming.reports.html import render, render_check, write_report
from ketenraming.reports.numbers import Lang
from ketenraming.scenarios.run import Run, run

HOSTILE = "<script>alert('1')</script><img src=x onerror=alert(2)>"
Amounts = dict[tuple[str, str], list[int]]  # by address and part, one amount for each year


@pytest.fixture(scope="module")
def baseline() -> Run:
    return run(load(), draws=200)


@pytest.fixture(scope="module")
def covered(baseline: Run) -> Coverage:
    return coverage(of_edition(baseline.library), baseline.findings)


@pytest.fixture(scope="module", params=["nl", "en"])
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


@pytest.fixture(scope="module")
def text(baseline: Run, covered: Coverage, lang: Lang) -> str:
    return render(baseline, covered, lang)


@pytest.fixture(scope="module")
def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def words(page: html.HtmlElement) -> str:
    """All words of a page, with plain spaces."""
    return re.sub(r"\s+", " ", page.text_content())


def amounts(page: html.HtmlElement, lang: Lang) -> Amounts:
    """The article table as it is printed."""
    separator, minus = {"nl": (".", "‒ "), "en": (",", "-")}[lang]
    found: Amounts = {}
    for row in page.xpath("//tr[@data-part]"):
        cells = [cell.text_content() for cell in row.xpath(".//td/span[@class='n']")]
        numbers = [
            int(cell.replace("\N{NO-BREAK SPACE}", " ").replace(minus, "-").replace(separator, "")) for cell in cells
        ]
        found[row.get("data-address"), row.get("data-part")] = numbers
    return found


def part_of(table: Amounts, address: str, part: str) -> list[int]:
    """One part of an address: what is as printed is needed as budgeted, without a gap."""
    if (address, "as_printed") in table:
        printed = table[address, "as_printed"]
        return [0] * len(printed) if part == "gap" else printed
    return table[address, part]


def test_the_report_fetches_nothing_and_runs_nothing(text: str, page: html.HtmlElement) -> None:
    linked = [a.get("href") for a in page.xpath("//a[starts-with(@href, 'http')]")]

    assert "<script" not in text
    assert not page.xpath("//link | //img | //iframe | //object | //@src | //@*[starts-with(name(), 'on')]")
    assert not re.search(r"url\(|@import", text)
    assert len(re.findall(r"https?://", html.tostring(page, encoding="unicode"))) == len(linked) > 0


def test_every_heading_of_a_table_says_what_it_heads(page: html.HtmlElement) -> None:
    assert page.xpath("//th")
    assert {th.get("scope") for th in page.xpath("//th")} == {"col", "row"}
    assert len(page.xpath("//table")) == len(page.xpath("//table/caption")) == 3


def test_headings_go_down_one_level_at_a_time(page: html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]

    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_ids_are_unique_and_all_that_refer_to_one_find_it(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    referred = [name for names in page.xpath("//@aria-labelledby") for name in names.split()]

    assert len(ids) == len(set(ids))
    assert {*referred, *(href[1:] for href in page.xpath("//a/@href") if href.startswith("#"))} <= set(ids)


def test_a_table_that_scrolls_can_be_reached_by_keyboard(page: html.HtmlElement) -> None:
    for table in page.xpath("//table"):
        (region,) = table.xpath("ancestor::div[@role='region']")
        assert region.get("tabindex") == "0"
        assert region.get("aria-label")


def test_charts_stand_in_the_page_with_titles(page: html.HtmlElement) -> None:
    charts = page.xpath("//*[local-name()='svg']")

    assert len(charts) == 4
    for chart in charts:
        assert chart.get("role") == "img"
        assert chart.xpath("./*[local-name()='title']")[0].text
        assert "2027" in chart.xpath("./*[local-name()='desc']")[0].text


def test_numbers_are_written_as_the_reader_expects(page: html.HtmlElement, lang: Lang) -> None:
    dutch, english = ("4.190.539", "‒ 8", "103.540"), ("4,190,539", "-8", "103,540")

    expected, foreign = (dutch, english) if lang == "nl" else (english, dutch)

    assert page.get("lang") == lang
    assert all(number in words(page) for number in expected)
    assert foreign[0] not in words(page) and foreign[2] not in words(page)


def test_the_summary_says_the_hole(page: html.HtmlElement, baseline: Run, lang: Lang) -> None:
    row = baseline.row("37", "2027")
    said = page.xpath("string(//p[@class='summary'])").replace("\N{NO-BREAK SPACE}", " ")

    for term in (row.budgeted, row.needed, row.gap):
        number = f"{term.central / 1e9:.2f}"
        assert f"€ {number.replace('.', ',')} mld" in said if lang == "nl" else f"€ {number} bn" in said


def test_the_three_weightiest_findings_come_first(page: html.HtmlElement, baseline: Run, lang: Lang) -> None:
    texts = [baseline.library.findings[finding.code] for finding in baseline.weightiest]

    cards = [card.text for card in page.xpath("//ol[@class='cards']/li/h3")]

    assert cards == [text.title_nl if lang == "nl" else text.title_en for text in texts]


def test_every_finding_that_does_not_hold_is_listed(page: html.HtmlElement, baseline: Run) -> None:
    listed = page.xpath("//ol[starts-with(@class, 'findings')]/li")

    assert len(listed) == sum(1 for finding in baseline.findings if not finding.holds)


def test_a_year_the_text_does_not_fund_is_marked_in_words(page: html.HtmlElement) -> None:
    cells = page.xpath("//tr[@data-address='37.4/zbo/coa' and @data-part='budgeted']/td")

    assert ["†" in cell.text_content() for cell in cells] == [False, False, True, True, True, True]


@pytest.mark.parametrize("part", ["budgeted", "needed", "gap"])
def test_lines_add_up_to_their_headings_as_printed(
    page: html.HtmlElement, baseline: Run, lang: Lang, part: str
) -> None:
    table = amounts(page, lang)
    tree, addresses = baseline.library.budget, {address for address, _ in table}
    headings = [address for address in addresses if tree.children(address)]

    assert addresses == set(baseline.addresses) and len(headings) > 10
    for heading in headings:
        below = [part_of(table, node.address, part) for node in tree.children(heading) if node.address in addresses]
        assert [sum(year) for year in zip(*below, strict=True)] == part_of(table, heading, part), heading


def test_needed_less_budgeted_is_the_gap_as_printed(page: html.HtmlElement, lang: Lang) -> None:
    table = amounts(page, lang)

    for address in {address for address, part in table if part == "gap"}:
        triples = zip(*(table[address, part] for part in ("budgeted", "needed", "gap")), strict=True)
        assert all(needed - budgeted == gap for budgeted, needed, gap in triples), address


def test_text_from_a_document_cannot_become_markup(baseline: Run, covered: Coverage) -> None:
    article = replace(of_edition(baseline.library), name=HOSTILE)
    spot = Place(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    told = {"row": HOSTILE, "column": HOSTILE, "parts": 2}
    finding = Finding(
        "sum-differs", Severity.ERROR, spot, printed=1, expected=2, unit="kEUR", words=told, suspects=(spot,)
    )
    strange = replace(covered, printed=(*covered.printed, spot))

    text = render_check(article, [finding], strange, baseline.library, "nl")

    page = html.document_fromstring(text)
    assert "<script" not in text and not page.xpath("//img")
    assert HOSTILE in page.xpath("string(//h1)")
    assert page.xpath("string(//ol[contains(@class, 'error')])").count(HOSTILE) >= 3


def test_a_check_shows_what_was_found_and_what_was_not_looked_at(baseline: Run, covered: Coverage, lang: Lang) -> None:
    article = of_edition(baseline.library)

    page = html.document_fromstring(render_check(article, baseline.findings, covered, baseline.library, lang))

    assert article.name in page.xpath("string(//h1)")
    assert len(page.xpath("//ul[@class='places']/li")) == covered.counts["uncovered"]
    assert len(page.xpath("//h4")) == sum(1 for finding in baseline.findings if not finding.holds)


def test_a_check_without_findings_says_so(baseline: Run, covered: Coverage) -> None:
    text = render_check(of_edition(baseline.library), [], covered, baseline.library, "nl")

    assert baseline.library.messages["nothing_found"]["nl"] in text


def test_a_report_replaces_an_older_one_and_leaves_nothing_else(
    baseline: Run, covered: Coverage, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "folder"
    out.mkdir(parents=True)
    (out / "index.html").write_text("older")

    path = write_report(baseline, covered, out, "nl")

    assert path == out / "index.html"
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [file.name for file in out.iterdir()] == ["index.html"]


def test_where_no_report_can_be_written_the_older_one_stays(baseline: Run, covered: Coverage, tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()  # a folder cannot be replaced by a file

    with pytest.raises(OSError):
        write_report(baseline, covered, tmp_path, "nl")

    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]


def test_the_same_run_gives_the_same_bytes(baseline: Run, covered: Coverage, text: str, lang: Lang) -> None:
    assert render(baseline, covered, lang) == text
