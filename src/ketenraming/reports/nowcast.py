"""Realised months beside the estimate for readers: rows, sentences, a terminal and one JSON document."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.evidence.realised import Realised
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.words import named, say
from ketenraming.scenarios.nowcast import Update
from ketenraming.scenarios.nowcast.csvfile import Reason, Rejected
from ketenraming.scenarios.nowcast.held import Held, Month

Row = tuple[str, ...]
_DECIMALS = {"factor": 1, "share": 1}


def done(found: Update, lang: Lang) -> str:
    """How many rows were accepted and refused, or how many are kept where none was given."""
    if found.ask.file is None:
        return say(found.library, "update_looked", lang, kept=number(len(found.kept), lang), path=found.ask.store)
    judged = found.judged
    many = {"accepted": len(judged.accepted), "rejected": len(judged.rejected), "same": len(judged.same)}
    words = {name: number(count, lang) for name, count in many.items()}
    return say(found.library, "update_done", lang, **words)


def why(reason: Reason, library: Library, lang: Lang) -> str:
    """Why a row is refused, in one sentence."""
    words: Mapping[str, object] = {
        name: number(value, lang, _DECIMALS.get(name, 0)) if isinstance(value, int | float) else value
        for name, value in reason.words.items()
    }
    return say(library, reason.key, lang, **words)


def rejected_rows(rejected: Sequence[Rejected], library: Library, lang: Lang) -> list[Row]:
    """Line, series, month and reason of every row that was refused."""
    return [(str(each.line), each.series, each.month, why(each.reason, library, lang)) for each in rejected]


def noted(found: Update, lang: Lang) -> list[str]:
    """What was replaced, and which jumps were accepted."""
    return [
        say(found.library, f"update_{note}", lang, series=each.series, month=each.month.text,
            value=number(each.value, lang), published=each.published)
        for each in found.judged.accepted
        for note in each.note.split()
    ]  # fmt: skip


def outcome(found: Update, lang: Lang) -> str:
    """Which series was the first to leave its band, in one sentence."""
    held = found.first_left
    if held is None or held.first_left is None:
        return say(found.library, "update_none_left", lang)
    month = held.first_left
    band = {"low": number(month.at["p10"], lang), "high": number(month.at["p90"], lang)}
    words = {"series": name(held, found.library, lang), "month": month.figure.month.text}
    return say(found.library, "update_first_left", lang, value=number(month.figure.value, lang), **words, **band)


def name(held: Held, library: Library, lang: Lang) -> str:
    """A series by its label, or by its name where it is a result of the chain."""
    return named(library, held.series.name, lang)


def unit(held: Held, library: Library, lang: Lang) -> str:
    """The unit of a series in words."""
    of = library.units[held.series.unit]
    return of.label_nl if lang == "nl" else of.label_en


def where(month: Month, library: Library, lang: Lang) -> str:
    """In which band a month is, and on which side of the median."""
    if not month.judged:
        return say(library, "update_no_band", lang)
    side = say(library, "update_above" if month.above else "update_below", lang)
    return f"{side}, {say(library, f'update_inside_{month.inside}', lang)}"


SUMMARY = ("series", "months", "outside", "chance", "first", "last", "realised", "median", "band", "where")


def summary_rows(found: Update, lang: Lang) -> list[Row]:
    """Each series in one row: how many months are outside, since when, and the last month."""
    return [_summary(held, found.library, lang) for held in found.held if held.months]


def _summary(held: Held, library: Library, lang: Lang) -> Row:
    judged, last = sum(month.judged for month in held.months), held.months[-1]
    chance = percent(100 * held.chance, lang) if held.left else ""
    first = held.first_left.figure.month.text if held.first_left else ""
    outside = f"{len(held.left)}/{judged}" if judged else ""
    cells = (str(len(held.months)), outside, chance, first, last.figure.month.text)
    return name(held, library, lang), *cells, *_numbers(last, lang), where(last, library, lang)


def _numbers(month: Month, lang: Lang) -> Row:
    """The figure, the median and the band of 80 percent."""
    low, middle, high = (number(month.at[at], lang) for at in ("p10", "p50", "p90"))
    return number(month.figure.value, lang), middle, f"{low} – {high}"


MONTHS = ("month", "realised", "median", "band", "where", "source", "published")


def month_rows(held: Held, library: Library, lang: Lang) -> list[Row]:
    """Each month of a series with its figure, its band and its source."""
    return [
        (month.figure.month.text, *_numbers(month, lang), where(month, library, lang),
         month.figure.source, month.figure.published.isoformat())
        for month in held.months
    ]  # fmt: skip


def remarks(found: Update, lang: Lang) -> list[str]:
    """What is not compared, and how to read the rest."""
    library, told = found.library, []
    for held in found.held:
        words = {"series": name(held, library, lang)}
        without = sum(not month.judged for month in held.months)
        if held.before:
            told.append(say(library, "update_before", lang, count=len(held.before), **words))
        if without:
            told.append(say(library, "update_judged", lang, count=without, **words))
    if any(held.months for held in found.held):
        told.append(say(library, "update_legend", lang, draws=number(found.ask.drawn.count, lang)))
        told.append(say(library, "update_legend_months", lang))
    return told


def scatter(held: Held, library: Library, lang: Lang) -> str:
    """Whence the scatter of the months of a series is."""
    of = held.expected.scatter
    if not of.of:
        return say(library, "update_scatter_none", lang)
    label = library.series[of.of]
    name_of = label.label_nl if lang == "nl" else label.label_en
    return say(library, "update_scatter_own" if of.own else "update_scatter_borrowed", lang, of=name_of)


# On a terminal


def print_update(found: Update, console: Console, lang: Lang) -> None:
    """What came of the rows, which were refused, and every series beside the estimate."""
    library = found.library
    console.print(Text(done(found, lang), style="bold"))
    if found.judged.rejected:
        heads = [say(library, f"update_{key}", lang) for key in ("line", "series", "month", "reason")]
        _print(console, say(library, "update_rejected", lang), heads,
               rejected_rows(found.judged.rejected, library, lang), right=range(1))  # fmt: skip
    for text in noted(found, lang):
        console.print(Text(text))
    if rows := summary_rows(found, lang):
        heads = [say(library, f"update_{key}", lang) for key in SUMMARY]
        _print(console, say(library, "update_against", lang), heads, rows, right=range(1, len(heads) - 1))
        console.print(Text(outcome(found, lang), style="bold"))
    for text in remarks(found, lang):
        console.print(Text(text, style="dim"))


def _print(console: Console, title: str, heads: Sequence[str], rows: Sequence[Row], right: range) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
    for i, head in enumerate(heads):
        table.add_column(head, justify="right" if i in right else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print()
    console.print(table)
    console.print()


# As JSON


def update_as_json(found: Update, kept: bool) -> dict[str, Any]:
    """Every row that was judged, and every series with its months and the quantiles of the run."""
    library, first = found.library, found.first_left
    return {
        "ok": found.all_accepted,
        "schema": "ketenraming/update/1",
        "kept": {"file": str(found.ask.store), "rows": len(found.kept), "written": kept},
        "accepted": [_figure(each) for each in found.judged.accepted],
        "same": [_figure(each) for each in found.judged.same],
        "rejected": [_rejected(each, library) for each in found.judged.rejected],
        "first_left": first.series.name if first else None,
        "series": [_held(held, library) for held in found.held],
        "made": {"version": version("ketenraming"), "library": library.digest,
                 "seed": found.ask.drawn.seed, "draws": found.ask.drawn.count},
    }  # fmt: skip


def _figure(each: Realised) -> dict[str, Any]:
    of = {"series": each.series, "month": each.month.text, "value": each.value, "unit": each.unit}
    line = {"line": each.line} if each.line else {}
    return {**line, **of, "source": each.source, "published": each.published.isoformat(), "note": each.note}


def _rejected(each: Rejected, library: Library) -> dict[str, Any]:
    sentences = {f"reason_{lang}": why(each.reason, library, lang) for lang in ("nl", "en")}
    code = each.reason.key.removeprefix("update_bad_")
    return {"line": each.line, "series": each.series, "month": each.month, "code": code, **sentences}


def _held(held: Held, library: Library) -> dict[str, Any]:
    first = held.first_left
    return {
        "series": held.series.name,
        "label_nl": name(held, library, "nl"),
        "label_en": name(held, library, "en"),
        "unit": held.series.unit,
        "outside": len(held.left),
        "judged": sum(month.judged for month in held.months),
        "chance": round(held.chance, 4),
        "first_left": first.figure.month.text if first else None,
        "scatter": {"of": held.expected.scatter.of, "own": held.expected.scatter.own},
        "months": [_month(month) for month in held.months],
        "before": [_figure(each) for each in held.before],
    }


def _month(month: Month) -> dict[str, Any]:
    quantiles = {name.replace(".", "_"): round(value, 2) for name, value in month.at.items()}
    return {**_figure(month.figure), **quantiles, "inside": month.inside, "judged": month.judged, "left": month.left}
