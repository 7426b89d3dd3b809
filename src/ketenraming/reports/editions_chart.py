"""The steps from one edition to the other as a chart, and as a page with its numbers."""

from functools import partial
from importlib.metadata import version
from pathlib import Path

from ketenraming.reports import plots
from ketenraming.reports.charts import NARROW, WIDE, Spec, to_svg
from ketenraming.reports.editions import about, heading, notes, outcome, reason, told
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.waterfall import Steps, drawn
from ketenraming.reports.words import label, say
from ketenraming.scenarios.editions import Editions, Reason


def chart(found: Editions, lang: Lang, line: str | None, year: int | None, width: int = WIDE) -> Spec:
    """From A to B of one line in one year, reason by reason, in millions of euros."""
    key = about(found, line, year)
    (row,) = told(found, [key])
    parts = [(_short(found, why, lang), float(part)) for why, part in row.reasons.items() if part]
    title = say(found.library, "compare_chart", lang, line=label(found.library, key[0], lang), year=key[1])
    return drawn(Steps(title, (found.a.asked, found.b.asked), row.a, row.b, parts), found.library, lang, width)


def _short(found: Editions, why: Reason, lang: Lang) -> str:
    """A name that leaves room for the bars."""
    if why is Reason.REST and not found.with_scenario:
        return say(found.library, "reason_unexplained_short", lang)
    return say(found.library, "cause_price", lang) if why is Reason.PRICE else reason(found, why, lang)


def page(found: Editions, lang: Lang, line: str | None, year: int | None) -> str:
    """The chart and its numbers as HTML."""
    from markupsafe import Markup

    from ketenraming.reports.html import environment

    key, library = about(found, line, year), found.library
    (row,) = told(found, [key])
    parts = [(reason(found, why, lang), part) for why, part in row.reasons.items() if part]
    rows = [("A", row.a), *parts, ("B", row.b), (say(library, "compare_difference", lang), row.more)]
    return environment("ketenraming.reports").get_template("compare.html.j2").render(
        lang=lang,
        say=partial(say, library, lang=lang),
        outcome=outcome(found, key, lang),
        sides=heading(found, lang),
        charts=[Markup(to_svg(chart(found, lang, line, year, width))) for width in (WIDE, NARROW)],
        rows=[(name, number(value, lang)) for name, value in rows],
        notes=notes(found, [row], key, lang),
        made_by=say(library, "report_checked_by", lang, version=version("ketenraming"), digest=library.digest),
    )  # fmt: skip


def write_plot(found: Editions, path: Path, lang: Lang, line: str | None = None, year: int | None = None) -> Path:
    """The chart as SVG, or as a page with its numbers, whole or not at all; raises KetenramingError where it cannot."""
    forms = {".svg": lambda: to_svg(chart(found, lang, line, year)), ".html": lambda: page(found, lang, line, year)}
    return plots.write_plot(path, forms)
