"""
The tornado as a picture: for each uncertain number a bar from what is needed at its low end to that at its high end.

Which end is which shows from a filled or an open bar and from the legend, not from colour alone.
"""

from pathlib import Path
from textwrap import wrap
from typing import Any

from ketenraming.reports import plots
from ketenraming.reports.charts import INK, MONEY, NEEDED, PAPER, QUIET, WIDE, Spec, framed
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.sensitive import span, title, what
from ketenraming.reports.words import say
from ketenraming.scenarios.sensitivity.tornado import Sensitivity, Swing

_STEP, _BAR, _MOST = 46, 20, 12  # pixels from row to row, and of a bar; how many rows
_MILLION, _WIDE = 1e6, 480
BUDGET_MINUS = "‒"  # as the budget prints it; the letters of the charts do not have it


def tornado(found: Sensitivity, lang: Lang, width: int = WIDE) -> Spec:
    """The widest swings, in millions of euros above or below the central estimate."""
    size = 15 if width >= _WIDE else 13
    shown = found.wide[:_MOST]
    heading = title(found, "sensitive_tornado_chart", lang)
    rows = [row for i, swing in enumerate(shown) for row in _bars(i, swing, lang)]
    names = [_name(i, swing, found, lang) for i, swing in enumerate(shown)]
    ends = {end: say(found.library, f"sensitive_{end}", lang) for end in ("low", "high")}
    told = "; ".join(
        f"{name['label']} ({name['range']}): "
        + ", ".join(f"{ends[row['end']]} {row['label']}" for row in rows if row["i"] == i)
        for i, name in enumerate(names)
    )
    lines = wrap(heading, int(width / (0.6 * size)))
    panels = [_legend(found, lang, width), _panel(rows, names, width)]
    return framed(lines, size, f"{heading}. {told}.", panels)


def _bars(i: int, swing: Swing, lang: Lang) -> list[Spec]:
    """The two ends of a swing; an end that changes nothing has no bar."""
    found: list[Spec] = []
    for end, euros in (("low", swing.low), ("high", swing.high)):
        size = euros / _MILLION
        sign = "+ " if size > 0 and lang == "nl" else "+" if size > 0 else ""
        if round(size):
            found.append(
                {"i": i, "end": end, "to": size, "label": f"{sign}{number(size, lang)}".replace(BUDGET_MINUS, "−")}
            )
    if len(found) == 2 and (found[0]["to"] > 0) == (found[1]["to"] > 0):  # both ends on one side: the longer goes below
        found.sort(key=lambda row: -abs(row["to"]))
        found[1]["label"] = ""
    return found


def _name(i: int, swing: Swing, found: Sensitivity, lang: Lang) -> Spec:
    name = f"{what(swing.name, found.library, lang)}{' ~' if swing.wanders else ''}"
    return {"i": i, "label": name, "range": span(swing, found.library, lang), "from": i - 0.05, "to": i + 0.48}


def _panel(rows: list[Spec], names: list[Spec], width: int) -> Spec:
    """Bars to both sides of the central estimate, each with its amount; the name and the range of a bar above it."""
    furthest = max((abs(row["to"]) for row in rows), default=1.0)
    least = min((row["to"] for row in rows), default=0.0)
    domain = [min(least, 0.0) - 0.17 * furthest, max(row["to"] for row in rows) + 0.17 * furthest] if rows else [-1, 1]
    x: Spec = {"type": "quantitative", "axis": None, "scale": {"domain": domain, "nice": False}}
    y: Spec = {"field": "i", "type": "quantitative", "axis": None,
               "scale": {"domain": [len(names) - 0.5, -0.65], "nice": False, "zero": False}}  # fmt: skip
    to, zero = {**x, "field": "to"}, {"datum": 0}
    edge: Spec = {"stroke": NEEDED, "strokeWidth": 1.5}
    bar: Spec = {"type": "bar", "orient": "horizontal", "size": _BAR, "yOffset": 10, **edge}
    text: Spec = {"type": "text", "yOffset": 10, "fontWeight": 600, "fontSize": 13}
    layers = [
        *(_layer([row for row in rows if row["end"] == end], {**bar, "color": colour}, to, y, x2=zero)
          for end, colour in (("high", NEEDED), ("low", PAPER))),
        *(_layer([row for row in rows if (row["to"] > 0) is up], {**text, "align": side, "dx": dx}, to, y,
                 text={"field": "label"})
          for up, side, dx in ((True, "left", 7), (False, "right", -7))),
        _layer(names, {"type": "rule", "color": MONEY, "strokeWidth": 1.5}, {**x, "datum": 0}, {**y, "field": "from"},
               y2={"field": "to"}),
        _layer(names, {"type": "text", "align": "left", "dy": -11, "color": INK, "fontSize": 13}, {"value": 0}, y,
               text={"field": "label"}),
        _layer(names if width >= _WIDE else [], {"type": "text", "align": "right", "dy": -11, "color": QUIET,
               "fontSize": 12}, {"value": width}, y, text={"field": "range"}),
    ]  # fmt: skip
    return {"width": width, "height": _STEP * len(names), "layer": [layer for layer in layers if layer]}


def _layer(values: list[Spec], mark: Spec, x: Spec, y: Spec, **more: Any) -> Spec:
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y, **more}} if values else {}


def _legend(found: Sensitivity, lang: Lang, width: int) -> Spec:
    """What filled and open mean, and what the amounts are."""
    values = [
        {"i": i, "x": 8, "fill": colour, "label": say(found.library, f"sensitive_chart_{end}", lang)}
        for i, (end, colour) in enumerate((("high", NEEDED), ("low", PAPER)))
    ]
    lines = wrap(say(found.library, "sensitive_chart_legend", lang), int(width / 7))
    notes = [{"i": len(values) + i, "label": line} for i, line in enumerate(lines)]
    count = len(values) + len(notes)
    y = {"field": "i", "type": "quantitative", "axis": None,
         "scale": {"domain": [count - 0.5, -0.5], "nice": False, "zero": False}}  # fmt: skip
    square = {"type": "point", "shape": "square", "size": 150, "opacity": 1, "stroke": NEEDED, "strokeWidth": 1.5}
    words: Spec = {"type": "text", "align": "left", "fontSize": 13}
    text = {"text": {"field": "label"}}
    fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    layers = [
        _layer(values, square, {"value": 8}, y, **fill),
        _layer(values, {**words, "color": INK}, {"value": 24}, y, **text),
        _layer(notes, {**words, "color": QUIET}, {"value": 0}, y, **text),
    ]
    return {"width": width, "height": 21 * count, "layer": layers}


def write_plot(found: Sensitivity, path: Path, lang: Lang) -> Path:
    """The tornado as SVG, or as its Vega-Lite specification; raises KetenramingError where it cannot be written."""
    return plots.write_plot(path, plots.forms_of(lambda: tornado(found, lang)))
