"""The chart of one series: the bands of the estimate by month, its middle, and what was realised."""

import json
from textwrap import wrap
from typing import Any

from ketenraming.evidence.library import Library
from ketenraming.reports.charts import BAND, INK, MONEY, NEEDED, PAPER, QUIET, WIDE, Spec, framed
from ketenraming.reports.nowcast import name, scatter, unit, where
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.nowcast.bands import quantiles
from ketenraming.scenarios.nowcast.held import LEVELS, Held

HEIGHT, AFTER = 240, 3  # pixels; months of the band after the last realised one
_AREAS = (("p2_5", "p97_5", "#f6ecdf"), ("p10", "p90", BAND), ("p25", "p75", "#d3a669"))


def chart(held: Held, library: Library, lang: Lang, width: int = WIDE) -> Spec:
    """One series as a Vega-Lite specification with its data inside."""
    size = 14 if width >= 480 else 13
    points, figures = _points(held), _figures(held)
    key = "update_chart_stock" if held.series.is_stock else "update_chart"
    title = say(library, key, lang, series=name(held, library, lang), unit=unit(held, library, lang))
    legend = [say(library, "update_chart_legend", lang), scatter(held, library, lang)]
    told = "; ".join(_told(month, library, lang) for month in held.months)
    panel = {
        "width": width - 50,
        "height": HEIGHT,
        "layer": _layers(points, figures, _axes(points, figures, lang, width)),
    }
    by_month = say(library, "update_chart_by_month", lang)
    spec = framed(wrap(title, int(width / (0.6 * size))), size, f"{title}. {by_month}: {told}.", [panel])
    under = [line for text in legend for line in wrap(text, int(width / 7.2))]
    spec["title"] |= {"subtitle": under, "subtitleColor": QUIET, "subtitleFontSize": size - 1}
    return spec


def _told(month: Any, library: Library, lang: Lang) -> str:
    value, middle, low, high = (
        number(at, lang) for at in (month.figure.value, month.at["p50"], month.at["p10"], month.at["p90"])
    )
    return f"{month.figure.month.text} {value}, {middle}, {low} – {high} ({where(month, library, lang)})"


def _points(held: Held) -> list[Spec]:
    """The bands from the first month of the run to some months after the last that is realised."""
    last = held.expected.months.index(held.months[-1].figure.month.text)
    edges = quantiles(held.expected, tuple(LEVELS.values()))
    shown = min(len(held.expected.months), max(last + 1 + AFTER, 6))
    return [
        {"month": i, "at": held.expected.months[i], "middle": float(held.expected.values[i, 0]),
         **{level.replace(".", "_"): float(edge) for level, edge in zip(LEVELS, edges[:, i], strict=True)}}
        for i in range(shown)
    ]  # fmt: skip


def _figures(held: Held) -> list[Spec]:
    at = {month: i for i, month in enumerate(held.expected.months)}
    return [
        {"month": at[of.figure.month.text], "value": of.figure.value, "kind": "left" if of.left else "inside"}
        for of in held.months
    ]


def _axes(points: list[Spec], figures: list[Spec], lang: Lang, width: int) -> Spec:
    every = -(-len(points) // (7 if width >= 480 else 3))  # names of months that do not touch
    months = {str(p["month"]): p["at"] for p in points if p["month"] % every == 0}
    lowest = min(*(p["p2_5"] for p in points), *(f["value"] for f in figures))
    highest = max(*(p["p97_5"] for p in points), *(f["value"] for f in figures))
    lowest = lowest if lowest > 0.5 * highest else 0.0  # a stock that hardly moves is not drawn from nought
    room = 0.05 * (highest - lowest) or 1.0
    domain = [max(0.0, lowest - room) if lowest else 0.0, highest + room]
    x = {"field": "month", "type": "quantitative",
         "scale": {"domain": [-0.5, len(points) - 0.5], "nice": False, "zero": False},
         "axis": {"values": [int(month) for month in months], "labelExpr": f"({json.dumps(months)})[datum.value]",
                  "title": None, "grid": False}}  # fmt: skip
    expression = "format(datum.value, ',.0f')"
    y = {"type": "quantitative", "scale": {"domain": domain, "nice": False, "zero": False},
         "axis": {"tickCount": 5, "title": None, "domain": False, "ticks": False, "gridColor": "#e4e7ea",
                  "labelExpr": f"replace({expression}, /,/g, '.')" if lang == "nl" else expression}}  # fmt: skip
    return {"x": x, "y": y}


def _layers(points: list[Spec], figures: list[Spec], axes: Spec) -> list[Spec]:
    def layer(values: list[Spec], mark: Spec, field: str, to: str = "") -> Spec:
        encoding = {"x": axes["x"], "y": {**axes["y"], "field": field}, **({"y2": {"field": to}} if to else {})}
        return {"data": {"values": values}, "mark": mark, "encoding": encoding}

    areas = [layer(points, {"type": "area", "color": color}, low, high) for low, high, color in _AREAS]
    inside, left = ([f for f in figures if f["kind"] == kind] for kind in ("inside", "left"))
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 70, "color": MONEY, "stroke": PAPER}
    diamond = {"type": "point", "shape": "diamond", "opacity": 1, "size": 130, "stroke": INK, "strokeWidth": 2,
               "fill": PAPER}  # fmt: skip
    return [
        *areas,
        layer(points, {"type": "line", "color": NEEDED, "strokeWidth": 2}, "middle"),
        *([layer(figures, {"type": "line", "color": MONEY, "strokeWidth": 1.5}, "value")] if len(figures) > 1 else []),
        *([layer(inside, dot, "value")] if inside else []),
        *([layer(left, diamond, "value")] if left else []),
    ]
