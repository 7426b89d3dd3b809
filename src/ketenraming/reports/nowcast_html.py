"""The report of realised months as one HTML file: every series with its chart and its numbers."""

from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ketenraming.base.errors import KetenramingError
from ketenraming.base.whole import write_whole
from ketenraming.reports import nowcast
from ketenraming.reports.charts import NARROW, WIDE, to_svg
from ketenraming.reports.html import environment
from ketenraming.reports.nowcast_chart import chart
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.nowcast import Update
from ketenraming.scenarios.nowcast.held import Held


def render_update(found: Update, lang: Lang) -> str:
    """The report as HTML."""
    library, drawn = found.library, found.ask.drawn

    def heads(*keys: str) -> list[str]:
        return [say(library, f"update_{key}", lang) for key in keys]

    return environment("ketenraming.reports").get_template("nowcast.html.j2").render(
        lang=lang,
        say=partial(say, library, lang=lang),
        outcome=nowcast.outcome(found, lang),
        done=nowcast.done(found, lang),
        summary_heads=heads(*nowcast.SUMMARY),
        summary=nowcast.summary_rows(found, lang),
        rejected_heads=heads("line", "series", "month", "reason"),
        rejected=nowcast.rejected_rows(found.judged.rejected, library, lang),
        noted=nowcast.noted(found, lang),
        held=[_section(held, found, lang) for held in found.held if held.months],
        month_heads=heads(*nowcast.MONTHS),
        notes=nowcast.remarks(found, lang),
        made_by=say(library, "made_by", lang, version=version("ketenraming"), digest=library.digest,
                    seed=drawn.seed, draws=number(drawn.count, lang)),
    )  # fmt: skip


def _section(held: Held, found: Update, lang: Lang) -> dict[str, Any]:
    from markupsafe import Markup

    return {
        "name": nowcast.name(held, found.library, lang),
        "charts": [Markup(to_svg(chart(held, found.library, lang, width))) for width in (WIDE, NARROW)],
        "months": nowcast.month_rows(held, found.library, lang),
    }


def write_page(text: str, path: Path) -> None:
    """Write a page whole or not at all; raises KetenramingError where it cannot be written."""
    try:
        write_whole(text, path)
    except OSError as error:
        raise KetenramingError(
            f"The report cannot be written to {path}: {error.strerror or error}. Choose another file with --report."
        ) from error
