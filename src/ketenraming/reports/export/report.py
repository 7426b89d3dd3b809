"""The report of a run as a text: the hole, what weighs most, charts, all lines, people, prices, aid and sources."""

from collections.abc import Iterator, Sequence

from ketenraming.base.finding import Severity
from ketenraming.documents.article import of_edition
from ketenraming.documents.coverage import coverage
from ketenraming.reports.charts import WIDE, needed_and_budgeted, occupancy_and_coa
from ketenraming.reports.checked import SHOWN, FindingText, capital, checked, weighty
from ketenraming.reports.export.book import known_on
from ketenraming.reports.export.columns import Heads
from ketenraming.reports.export.tables import aid, all_lines, of_terms, twin
from ketenraming.reports.export.text import Bullets, Heading, Paragraph, Picture, Piece, Text, tied_together
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.opening import needed_chart, people_and_money_chart, summary
from ketenraming.reports.rows import legend, marks_in_words
from ketenraming.reports.sourced import sources_in_words
from ketenraming.reports.tables import Line, article_table, supposed
from ketenraming.scenarios.run import Run

PEOPLE = (
    "asiel_applications_inflow",
    "nareis_inflow",
    "ind_asiel_decisions",
    "asiel_pending_stock_end",
    "ind_overdue_stock_end",
    "opvang_stock_avg",
    "vergunninghouder_stock_end",
    "nidos_guidance_stock_avg",
    "bewaring_stock_avg",
    "aantoonbaar_outflow",
    "oekraine_stock_avg",
)


def make_report(run: Run, lang: Lang) -> Text:
    """The report of a run in a language."""
    heads, table = Heads(run, lang), article_table(run)
    pieces = [
        *_opening(heads, table),
        *_charts(heads, table),
        *_lines(heads, table),
        *_numbers(heads),
        *_findings(heads),
        *_closing(heads),
    ]
    return Text(
        title=heads.say("export_title", article=heads.say("article")),
        notice=heads.say("not_official"),
        supposed=supposed(run, lang),
        made_by=made_by(run.library, lang, run.draws),
        lang=lang,
        day=known_on(run),
        say=heads.say,
        pieces=tied_together(pieces),
    )


def _opening(heads: Heads, table: Sequence[Line]) -> Iterator[Piece]:
    """The notice, the scenario, the hole in one sentence, and the three findings that weigh most."""
    run, lang = heads.run, heads.lang
    yield Paragraph(heads.say("not_official"), "notice")
    if run.scenarios:
        yield Paragraph(supposed(run, lang), "notice")
    yield Paragraph(summary(run, table, lang), "lead")
    yield Heading(1, heads.say("weightiest"))
    for finding in run.weightiest:
        yield from _finding(weighty(finding, run.library, lang), level=2)


def _finding(told: FindingText, level: int) -> Iterator[Piece]:
    yield Heading(level, told.title)
    yield Paragraph(told.sentence)
    yield Paragraph(" · ".join([told.severity, *(f"{fact.name}: {fact.value}" for fact in told.facts)]), "quiet")


def _charts(heads: Heads, table: Sequence[Line]) -> Iterator[Piece]:
    """Two charts, each with its numbers again as a table."""
    run, lang = heads.run, heads.lang
    for chart, spec in (
        (people_and_money_chart(run, lang), occupancy_and_coa(run, lang, WIDE)),
        (needed_chart(run, table, lang), needed_and_budgeted(run, lang, WIDE)),
    ):
        yield Heading(1, chart.headline)
        yield Picture(spec)
        yield Paragraph(chart.note, "quiet")
        yield twin(chart)


def _lines(heads: Heads, table: Sequence[Line]) -> Iterator[Piece]:
    """All lines, and what the marks say."""
    yield Heading(1, heads.say("report_table"))
    yield Bullets(tuple(f"{mark}: {said}" for mark, said in marks_in_words(heads.library, heads.lang)))
    yield all_lines(heads, table)


def _numbers(heads: Heads) -> Iterator[Piece]:
    """People with their bands, prices, and what counts as development assistance."""
    yield Heading(1, heads.say("export_sheet_people"))
    yield of_terms(heads, "people", [name for name in PEOPLE if all(name in row for row in heads.run.terms.values())])
    yield Heading(1, heads.say("export_sheet_prices"))
    yield of_terms(heads, "prices")
    yield Heading(1, heads.say("export_sheet_oda"))
    yield aid(heads)


def _findings(heads: Heads) -> Iterator[Piece]:
    """Every finding of the check, by severity, and how much was looked at."""
    run = heads.run
    covered = coverage(of_edition(run.library, run.edition), run.findings)
    told = checked(run.findings, covered, run.library, heads.lang)
    yield Heading(1, heads.say("findings"))
    yield Paragraph(told["counts"])
    yield Paragraph(told["coverage"])
    for severity in SHOWN:
        if group := told["groups"].get(severity.value):
            yield Heading(2, _many(heads, severity))
            yield Bullets(tuple(f"{found.title}. {found.sentence}" for found in group))


def _many(heads: Heads, severity: Severity) -> str:
    return heads.say(f"report_many_{severity.value}")


def _closing(heads: Heads) -> Iterator[Piece]:
    """How to read the numbers, and the sources."""
    yield Heading(1, heads.say("report_how_to_read"))
    yield Bullets(tuple(legend(heads.run, heads.lang)))
    yield Heading(1, capital(heads.say("sources")))
    cited = sources_in_words(heads.run, heads.lang)
    yield Bullets(
        tuple(". ".join(filter(None, (s["title"], f"{s['publisher']}, {s['published']}", s["url"]))) for s in cited)
    )
