"""The hindcast for readers: the checks, the years, and its chart, on a terminal, as JSON and as a page."""

from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.reports import plots
from ketenraming.reports.charts import hindcast as hindcast_chart
from ketenraming.reports.charts import to_svg
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.words import say
from ketenraming.scenarios.hindcast.checks import Backtest, Check

WHAT = ("coa", "vergunninghouder", "pending")
STYLE = {"aim": "bold green", "good": "green", "missed": "bold red", "": "dim"}
Rows = list[tuple[str, ...]]


def print_hindcast(test: Backtest, console: Console, lang: Lang) -> None:
    """The checks, the years, and what was filled in."""

    def word(key: str, **words: object) -> str:
        return say(test.library, f"hindcast_{key}", lang, **words)

    console.print(Text(word("title"), style="bold"))
    console.print(Text(word("what"), style="dim"))
    console.print(_checks(test, lang, word))
    console.print(_years(test, lang, word))
    for line in remarks(test, lang):
        console.print(Text(line, style="dim"))


def check_rows(test: Backtest, lang: Lang) -> Rows:
    """Each check: what, value, good, aim, verdict."""
    return [
        (
            say(test.library, f"hindcast_{check.key}", lang) + ("*" if check.hindsight else ""),
            _value(check.value, check, lang),
            "" if check.good is None else _value(check.good, check, lang),
            "" if check.aim is None else _value(check.aim, check, lang),
            say(test.library, f"hindcast_{check.verdict}", lang) if check.verdict else "",
        )
        for check in test.checks
    ]


def year_rows(test: Backtest, lang: Lang) -> Rows:
    """Each year: for reception, permit holders and pending what was counted, the model, and the error in percent."""
    found = {what: test.by_year(what) for what in WHAT}
    years = sorted({year for ends in found.values() for year in ends})
    return [(str(year), *(cell for what in WHAT for cell in _cells(found[what].get(year), lang))) for year in years]


def remarks(test: Backtest, lang: Lang) -> list[str]:
    """What a reader must know beside the numbers."""
    return [say(test.library, f"hindcast_note_{key}", lang) for key in ("hindsight", "penalties", "filled")]


def _value(value: float, check: Check, lang: Lang) -> str:
    if check.unit == "percent":
        return percent(value, lang)
    return number(value, lang, 0 if check.unit == "person" else 2)


def _cells(pair: tuple[float, float] | None, lang: Lang) -> tuple[str, str, str]:
    if pair is None:
        return "", "", ""
    counted, model = pair
    return number(counted, lang), number(model, lang), percent(100 * (model / counted - 1), lang)


def _checks(test: Backtest, lang: Lang, word: Callable[..., str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(word("check"))
    for key in ("value", "good", "aim"):
        table.add_column(word(key), justify="right", no_wrap=True)
    table.add_column("")
    for row, check in zip(check_rows(test, lang), test.checks, strict=True):
        table.add_row(*row[:4], Text(row[4], style=STYLE[check.verdict]))
    return table


def _years(test: Backtest, lang: Lang, word: Callable[..., str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(word("year_end"))
    for what in WHAT:
        table.add_column(word("open" if what == "pending" else what), justify="right", no_wrap=True)
        table.add_column(word("model"), justify="right", no_wrap=True)
        table.add_column("%", justify="right", no_wrap=True)
    for row in year_rows(test, lang):
        table.add_row(*row)
    return table


def hindcast_as_json(test: Backtest) -> dict[str, Any]:
    """The checks and the years; the model by month for each stock."""
    return {
        "ok": True,
        "schema": "ketenraming/hindcast/1",
        "version": version("ketenraming"),
        "library": test.library.digest,
        "checks": [
            {
                "key": check.key,
                "value": round(check.value, 4),
                "unit": check.unit,
                "good": check.good,
                "aim": check.aim,
                "verdict": check.verdict,
                "hindsight": check.hindsight,
            }
            for check in test.checks
        ],
        "years": {
            what: {str(year): {"counted": counted, "model": round(model, 1)} for year, (counted, model) in ends.items()}
            for what, ends in ((what, dict(sorted(test.by_year(what).items()))) for what in WHAT)
        },
        "months": {what: [round(float(value), 1) for value in test.model[what]] for what in WHAT},
        "first_month": date(2014, 1, 1).isoformat()[:7],
        "filled": dict(test.filled),
    }


def write_plot(test: Backtest, path: Path, lang: Lang) -> Path:
    """The chart as SVG, or with its numbers as an HTML page; raises KetenramingError when it cannot be written."""
    return plots.write_plot(
        path, {".svg": lambda: to_svg(hindcast_chart(test, lang)), ".html": lambda: _page(test, lang)}
    )


def _page(test: Backtest, lang: Lang) -> str:
    from ketenraming.reports.html import render_hindcast

    return render_hindcast(test, lang)
