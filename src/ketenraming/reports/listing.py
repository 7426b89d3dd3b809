"""Findings as CSV and Markdown."""

import csv
import io
from collections.abc import Sequence

from ketenraming.base.finding import Finding
from ketenraming.documents.article import Article
from ketenraming.documents.coverage import Coverage
from ketenraming.evidence.library import Library
from ketenraming.reports.checked import coverage_line, uncovered_line
from ketenraming.reports.numbers import Lang
from ketenraming.reports.words import place, say, sentence, title

COLUMNS = (
    "code",
    "severity",
    "document",
    "table",
    "row",
    "column",
    "at",
    "about",
    "printed",
    "expected",
    "difference",
    "tolerance",
    "unit",
    "confidence",
    "euros_at_stake",
    "sentence_nl",
    "sentence_en",
)


def findings_as_csv(findings: Sequence[Finding], library: Library) -> str:
    """One row a finding, decimal points, UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for f in (f for f in findings if not f.holds):
        where = f.place
        writer.writerow(
            [
                f.code,
                f.severity.value,
                where.document,
                where.table,
                where.row,
                where.column,
                where.at,
                f.about,
                f.printed,
                f.expected,
                f.difference,
                f.tolerance,
                f.unit,
                f.confidence,
                round(f.euros, 2),
                inert(sentence(f, library, "nl")),
                inert(sentence(f, library, "en")),
            ]
        )
    return stream.getvalue()


def inert(text: str) -> str:
    """A text that a spreadsheet does not take for a formula: labels come from documents of strangers."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def check_as_markdown(article: Article, findings: Sequence[Finding], covered: Coverage, lang: Lang) -> str:
    """The findings and the coverage as a page of Markdown."""
    library = article.library
    shown = [f for f in findings if not f.holds]
    head = [f"# {say(library, 'findings', lang)}: {article.name}", "", coverage_line(covered, library, lang), ""]
    names = [say(library, key, lang) for key in ("severity", "what", "where")]
    rows = [
        f"| {say(library, f.severity.value, lang)} | **{title(f, library, lang)}.** "
        f"{_cell(sentence(f, library, lang))} | {_cell(place(f.place, library, lang))} |"
        for f in shown
    ]
    head_of_table = [f"| {' | '.join(names)} |", "| --- | --- | --- |"]
    table = [*head_of_table, *rows] if rows else [say(library, "nothing_found", lang)]
    return "\n".join([*head, *table, "", uncovered_line(covered, library, lang), ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
