"""
Reports as one HTML file each: no script, nothing fetched, readable on a phone, in print and by a screen reader.

Here results become strings; the templates beside this file only place them.
"""

import re
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketenraming.base.finding import Finding
from ketenraming.base.whole import write_whole
from ketenraming.documents.article import Article
from ketenraming.documents.coverage import Coverage
from ketenraming.evidence.library import Library
from ketenraming.reports.charts import (
    NARROW,
    WIDE,
    hindcast,
    to_svg,
)
from ketenraming.reports.checked import checked, weighty
from ketenraming.reports.compared import compared, heading, how_to_read, outcome
from ketenraming.reports.hindcast import check_rows, remarks, year_rows
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.opening import needed_chart, people_and_money_chart, summary
from ketenraming.reports.rows import article_blocks, legend, marks_in_words
from ketenraming.reports.sourced import sources_in_words
from ketenraming.reports.tables import article_table, supposed
from ketenraming.reports.words import say
from ketenraming.scenarios.compare import Comparison
from ketenraming.scenarios.hindcast.checks import Backtest
from ketenraming.scenarios.hindcast.predictive import Proposal
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import Run

if TYPE_CHECKING:
    from jinja2 import Environment

_LOOSE = re.compile(r"(?<=\bx) (?=€)|(?<=[€‒]) (?=[‒\d])|(?<=\d) (?=(?:mln|mld|bn|m|million|billion)\b)")


def write_report(run: Run, coverage: Coverage, out: Path, lang: Lang) -> Path:
    """Write `<out>/index.html` whole or not at all, in place of an earlier one; raises OSError where it cannot."""
    text = render(run, coverage, lang)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "index.html"
    write_whole(text, path)
    return path


def render(run: Run, coverage: Coverage, lang: Lang) -> str:
    """The report of a run as HTML."""
    library = run.library
    table = article_table(run)
    return _fill(
        "report.html.j2",
        library,
        lang,
        supposed=supposed(run, lang),
        summary=summary(run, table, lang),
        weightiest=[weighty(finding, library, lang) for finding in run.weightiest],
        charts=[people_and_money_chart(run, lang), needed_chart(run, table, lang)],
        years=run.years,
        blocks=article_blocks(run, table, lang),
        marks=marks_in_words(library, lang),
        legend=legend(run, lang),
        sources=sources_in_words(run, lang),
        **checked(run.findings, coverage, library, lang),
        made_by=made_by(library, lang, run.draws),
    )


def render_check(
    article: Article, findings: Sequence[Finding], coverage: Coverage, library: Library, lang: Lang
) -> str:
    """The check of a document as HTML."""
    return _fill(
        "check.html.j2",
        library,
        lang,
        document=article.name,
        **checked(findings, coverage, library, lang),
        made_by=made_by(library, lang),
    )


def render_hindcast(test: Backtest, lang: Lang) -> str:
    """The hindcast as HTML: the chart, the checks and the years."""
    from markupsafe import Markup

    return _fill(
        "hindcast.html.j2",
        test.library,
        lang,
        chart=Markup(to_svg(hindcast(test, lang))),
        checks=check_rows(test, lang),
        years=year_rows(test, lang),
        notes=remarks(test, lang),
        made_by=made_by(test.library, lang),
    )


def render_proposal(found: Proposal, lang: Lang) -> str:
    """What the hindcast proposes as HTML: the chart, the tables and what to know beside them."""
    from markupsafe import Markup

    from ketenraming.reports import hindcast_posterior as posterior
    from ketenraming.reports.hindcast_bands import chart

    return _fill(
        "hindcast_posterior.html.j2",
        found.library,
        lang,
        chart=Markup(to_svg(chart(found, lang))),
        tables=posterior.tables(found, lang),
        notes=posterior.remarks(found, lang),
        made_by=made_by(found.library, lang),
    )


def render_comparison(comparison: Comparison, lang: Lang, address: str, year: str) -> str:
    """Two estimates beside each other at an address in a year: the chart and its numbers."""
    from markupsafe import Markup

    from ketenraming.reports.waterfall import waterfall

    (row,) = compared(comparison, [year], [address])
    words = [("A", row.a), *((say(comparison.library, f"cause_{c}", lang), part) for c, part in row.causes.items()),
             ("B", row.b), (say(comparison.library, "compare_difference", lang), row.more)]  # fmt: skip
    draws = comparison.a.run.draws
    return _fill(
        "compare.html.j2",
        comparison.library,
        lang,
        outcome=outcome(comparison, address, year, lang),
        sides=heading(comparison, lang),
        charts=[Markup(to_svg(waterfall(comparison, lang, address, year, width))) for width in (WIDE, NARROW)],
        rows=[(name, number(value, lang)) for name, value in words],
        notes=how_to_read(comparison, lang),
        made_by=made_by(comparison.library, lang, draws),
    )


def _fill(template: str, library: Library, lang: Lang, **words: Any) -> str:
    """A template with its words; a word that is not there is a mistake of ours and raises UndefinedError."""
    page = environment("ketenraming.reports").get_template(template)
    return page.render(lang=lang, say=partial(_say, library, lang), **words)


@cache
def environment(*packages: str) -> "Environment":
    """Templates of these packages, the first that has it; words are escaped, and one that is missing is refused."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        finalize=tied,
        loader=ChoiceLoader([PackageLoader(*package.rsplit(".", 1)) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def tied(value: Any) -> Any:
    """Text whose amounts do not break over two lines; markup and numbers as they are."""
    return _LOOSE.sub("\N{NO-BREAK SPACE}", value) if type(value) is str else value


def _say(library: Library, lang: Lang, key: str, **words: object) -> str:
    return say(library, key, lang, **words)


def made_by(library: Library, lang: Lang, draws: Draws | None = None) -> str:
    """What made this; a check has no draws."""
    from importlib.metadata import version

    words: dict[str, object] = {"version": version("ketenraming"), "digest": library.digest}
    if draws:
        words |= {"seed": draws.seed, "draws": number(draws.count, lang)}
    return say(library, "made_by" if draws else "report_checked_by", lang, **words)
