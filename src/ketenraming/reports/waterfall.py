"""
The chart of a comparison: from A to B, a bar for every cause. As a Vega-Lite specification, and written to a file.

A and B are marks, not bars, because the axis does not start at nought. More or less shows from the sign and from a bar
that is filled or open, not from its colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from textwrap import wrap
from typing import Any

from ketenraming.evidence.library import Library
from ketenraming.reports import plots
from ketenraming.reports.charts import INK, MONEY, NEEDED, PAPER, QUIET, WIDE, Spec, framed, to_svg
from ketenraming.reports.compared import ARTICLE, compared, open_year, share_out
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import label, say
from ketenraming.scenarios.compare import Comparison

_STEP, _BAR = 38, 22  # pixels from row to row, and of a bar
_TENTH = 100  # thousands of euros in a tenth of a million


@dataclass(frozen=True, slots=True)
class Steps:
    """What is drawn: from A to B by named parts, in thousands of euros, and what A and B are called."""

    title: str
    sides: tuple[str, str]
    a: int
    b: int
    parts: Sequence[tuple[str, float]]


def waterfall(comparison: Comparison, lang: Lang, address: str, year: str, width: int = WIDE) -> Spec:
    """From what A needs to what B needs at an address in a year, cause by cause, in millions of euros."""
    (row,), library = compared(comparison, [year], [address]), comparison.library
    title = say(library, "compare_chart", lang, line=label(library, address, lang), year=year)
    parts = [(say(library, f"cause_{cause}", lang), float(part)) for cause, part in row.causes.items()]
    steps = Steps(title, (comparison.a.asked, comparison.b.asked), row.a, row.b, parts)
    return drawn(steps, library, lang, width)


def drawn(steps: Steps, library: Library, lang: Lang, width: int = WIDE) -> Spec:
    """The chart of these steps, in millions of euros."""
    rows = _rows(steps, library, lang)
    size = 15 if width >= 480 else 13
    told = "; ".join(f"{row['name']} {row['label']}" for row in rows)
    sides = f"A: {steps.sides[0]}. B: {steps.sides[1]}."
    lines = [line for text in (steps.title, f"A: {steps.sides[0]}", f"B: {steps.sides[1]}")
             for line in wrap(text, int(width / (0.6 * size)))]  # fmt: skip
    inner = width - int(0.6 * size * max(len(row["name"]) for row in rows))  # names stand before the panel
    return framed(lines, size, f"{steps.title}. {sides} {told}.", [_panel(rows, inner), _legend(library, lang, inner)])


def _rows(steps: Steps, library: Library, lang: Lang) -> list[Spec]:
    """A, the causes, B: each from where the one before it ends, in tenths of millions that add up."""
    a, b = round(steps.a / _TENTH), round(steps.b / _TENTH)
    named = steps.parts or ([(say(library, "compare_difference", lang), float(steps.b - steps.a))] if a != b else [])
    sizes = share_out([part / _TENTH for _, part in named], b - a) if named else []
    starts = list(accumulate(sizes, initial=a))
    bars = [_bar(i + 1, name, starts[i], sizes[i], lang) for i, (name, _) in enumerate(named)]
    ends = [_end(0, "A", a, lang), _end(len(bars) + 1, "B", b, lang)]
    return [ends[0], *bars, ends[1]]


def _end(i: int, name: str, at: int, lang: Lang) -> Spec:
    return {"i": i, "name": name, "from": at / 10, "to": at / 10, "edge": at / 10, "kind": "end",
            "label": number(at / 10, lang, 1)}  # fmt: skip


def _bar(i: int, name: str, at: int, size: int, lang: Lang) -> Spec:
    sign = "+ " if size > 0 and lang == "nl" else "+" if size > 0 else ""
    told = number(size / 10, lang, 1).replace("\N{FIGURE DASH}", "\N{MINUS SIGN}")  # which the letters of charts have
    return {"i": i, "name": name, "from": at / 10, "to": (at + size) / 10, "edge": max(at, at + size) / 10,
            "kind": "less" if size < 0 else "more", "label": f"{sign}{told}"}  # fmt: skip


def _panel(rows: list[Spec], width: int) -> Spec:
    """Bars between A and B, each with its name before it and its size behind it."""
    lowest, highest = min(row["from"] for row in rows), max(row["edge"] for row in rows)
    room = max(highest - lowest, 1.0)
    plain: Spec = {"type": "quantitative", "axis": None}
    x = {**plain, "scale": {"domain": [lowest - 0.03 * room, highest + 0.25 * room], "nice": False, "zero": False}}
    y = {**plain, "field": "i", "scale": {"domain": [len(rows) - 0.5, -0.5], "nice": False, "zero": False}}
    steps = [{"at": row["to"], "i": row["i"], "next": row["i"] + 1} for row in rows[:-1]]
    layers = [
        _layer(steps, {"type": "rule", "color": QUIET, "strokeDash": [2, 3]}, {**x, "field": "at"}, y,
               y2={"field": "next"}),
        *(_layer([row for row in rows if row["kind"] == kind], {"type": "bar", "orient": "horizontal", "size": _BAR,
                 "stroke": NEEDED, "strokeWidth": 2, "color": NEEDED if kind == "more" else PAPER},
                 {**x, "field": "from"}, y, x2={"field": "to"}) for kind in ("more", "less")),
        _layer([row for row in rows if row["kind"] == "end"], {"type": "point", "shape": "diamond", "filled": True,
               "opacity": 1, "size": 170, "color": MONEY}, {**x, "field": "from"}, y),
        _layer(rows, {"type": "text", "align": "left", "dx": 12, "fontWeight": 600}, {**x, "field": "edge"}, y,
               text={"field": "label"}),
        _layer(rows, {"type": "text", "align": "right", "dx": -10, "color": INK}, {"value": 0}, y,
               text={"field": "name"}),
    ]  # fmt: skip
    return {"width": width, "height": _STEP * len(rows), "layer": layers}


def _layer(values: list[Spec], mark: Spec, x: Spec, y: Spec, **more: Any) -> Spec:
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y, **more}}


def _legend(library: Library, lang: Lang, width: int) -> Spec:
    """What filled and open mean, and that the axis is cut."""
    keys = ("compare_chart_more", "compare_chart_less", "compare_chart_axis")
    lines = [line for key in keys for line in wrap(say(library, key, lang), int(width / 8))]
    values = [{"i": i, "label": line} for i, line in enumerate(lines)]
    y = {"field": "i", "type": "quantitative", "axis": None,
         "scale": {"domain": [len(lines) - 0.5, -0.5], "nice": False, "zero": False}}  # fmt: skip
    mark = {"type": "text", "align": "left", "color": QUIET, "fontSize": 13}
    layer = _layer(values, mark, {"value": 0}, y, text={"field": "label"})
    return {"width": width, "height": 20 * len(lines), "layer": [layer]}


def write_plot(
    comparison: Comparison, path: Path, lang: Lang, line: str | None = None, year: str | None = None
) -> Path:
    """The chart as SVG, or as a page with its numbers, whole or not at all; raises KetenramingError where it cannot."""
    about, when = line or ARTICLE, year or open_year(comparison)

    def page() -> str:
        from ketenraming.reports.html import render_comparison

        return render_comparison(comparison, lang, about, when)

    return plots.write_plot(path, {".svg": lambda: to_svg(waterfall(comparison, lang, about, when)), ".html": page})
