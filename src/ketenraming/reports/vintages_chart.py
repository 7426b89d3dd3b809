"""The chart of vintages: a line for each target year over the days of publication, ending in what it came to."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import Any

from ketenraming.evidence.library import Library
from ketenraming.evidence.vintage import OUTCOME, PROXY, Vintage
from ketenraming.reports import plots
from ketenraming.reports.charts import INK, MONEY, NEEDED, PAPER, QUIET, WIDE, Spec, framed
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.vintages import edition_name, own_years
from ketenraming.reports.words import label, say

_MILLION = 1e6  # thousands of euros in a milliard
_HEIGHT = 340


def vintages_chart(library: Library, address: str, lang: Lang, year: int | None = None, width: int = WIDE) -> Spec:
    """What was printed for each year that has a budget of its own, or for one year, in milliards of euros."""
    years = [year] if year else own_years(library.vintages, address) or library.vintages.years(address)
    points = [point for at in years for point in _points(library, address, at, lang)]
    title = say(library, "vintages_chart", lang, line=f"{label(library, address, lang)} ({address})")
    size = 15 if width >= 480 else 13
    legend = say(library, "vintages_chart_outcome", lang)
    described = ". ".join([title, *(_told(points, at) for at in years), legend])
    lines = wrap(title, int(width / (0.6 * size)))
    return framed(lines, size, described, [_panel(points, width, lang), _note(legend, width)])


def _points(library: Library, address: str, year: int, lang: Lang) -> list[Spec]:
    levels, outcome = library.vintages.of(address, year), library.vintages.outcome(address, year)
    return [
        {
            "year": str(year),
            "day": _as_year(each.known_since),
            "value": each.keur / _MILLION,
            "kind": _kind(each, outcome.proxy if outcome else False),
            "label": number(each.keur / _MILLION, lang, 2),
            "edition": edition_name(library, each, lang),
            "last": i == len(levels),
        }
        for i, each in enumerate(levels, 1)
    ]


def _kind(each: Vintage, by_proxy: bool) -> str:
    if each.is_outcome and each.is_of_its_year:
        return OUTCOME
    return PROXY if by_proxy and each.stage == PROXY and each.is_of_its_year else "level"


def _as_year(day: date) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 3)


def _told(points: Sequence[Spec], year: int) -> str:
    """One year in words: each edition with its amount."""
    return f"{year}: " + "; ".join(f"{p['edition']} {p['label']}" for p in points if p["year"] == str(year))


def _panel(points: list[Spec], width: int, lang: Lang) -> Spec:
    """Lines that keep a level until the next was printed, the marks of outcomes, and the year at the end of each."""
    first, last = int(min(p["day"] for p in points)), int(max(p["day"] for p in points)) + 1
    every = range(first, last + 1, 1 if last - first <= 12 and width >= 480 else 2)
    scale = {"domain": [first, last + 0.06 * (last - first)], "nice": False, "zero": False}
    axis = {"values": list(every), "format": "d", "title": None, "grid": False, "labelFlush": False}
    x: Spec = {"field": "day", "type": "quantitative", "scale": scale, "axis": axis}
    lowest, highest = min(0.0, *(p["value"] for p in points)), max(p["value"] for p in points)
    top = 1.12 * highest or 1.0
    y: Spec = {"field": "value", "type": "quantitative", "scale": {"domain": [lowest, top], "nice": False},
               "axis": {"title": None, "tickCount": 5, "gridColor": "#e3e6ea", "domain": False, "ticks": False,
                        "labelExpr": "datum.label" if lang == "en" else "replace(datum.label, '.', ',')"}}  # fmt: skip
    by_year = {"detail": {"field": "year", "type": "nominal"}}
    line: Spec = {"type": "line", "interpolate": "step-after", "color": MONEY, "strokeWidth": 1.5, "opacity": 0.6}
    marks = [
        _layer(points, line, x, y, **by_year),
        _layer(_of(points, "level"), {"type": "point", "filled": True, "size": 26, "opacity": 1, "color": MONEY}, x, y),
        *(_layer(_of(points, kind), {"type": "point", "shape": "diamond", "size": 130, "opacity": 1,
                 "stroke": NEEDED, "strokeWidth": 2, "fill": fill}, x, y)
          for kind, fill in ((OUTCOME, NEEDED), (PROXY, PAPER))),
        _layer(_apart([p for p in points if p["last"]], 0.05 * (top - lowest)),
               {"type": "text", "align": "left", "dx": 9, "fontSize": 12, "color": INK}, x, y,
               text={"field": "year"}),
    ]  # fmt: skip
    return {"width": width - 40, "height": _HEIGHT, "layer": [mark for mark in marks if mark["data"]["values"]]}


def _apart(ends: list[Spec], gap: float) -> list[Spec]:
    """The names of the years, moved up where one would stand on another."""
    placed: list[Spec] = []
    for end in sorted(ends, key=lambda p: (p["value"], p["year"])):
        near = [p["value"] for p in placed if abs(p["day"] - end["day"]) < 1]
        placed.append(
            {**end, "value": max([end["value"], *(value + gap for value in near if value > end["value"] - gap)])}
        )
    return placed


def _of(points: list[Spec], kind: str) -> list[Spec]:
    return [point for point in points if point["kind"] == kind]


def _layer(values: list[Spec], mark: Spec, x: Spec, y: Spec, **more: Any) -> Spec:
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y, **more}}


def _note(text: str, width: int) -> Spec:
    lines = wrap(text, int(width / 8))
    values = [{"i": i, "label": line} for i, line in enumerate(lines)]
    y: Spec = {"field": "i", "type": "quantitative", "axis": None,
               "scale": {"domain": [len(lines) - 0.5, -0.5], "nice": False, "zero": False}}  # fmt: skip
    mark: Spec = {"type": "text", "align": "left", "color": QUIET, "fontSize": 13}
    layer = _layer(values, mark, {"value": 0}, y, text={"field": "label"})
    return {"width": width - 40, "height": 20 * len(lines), "layer": [layer]}


def write_plot(library: Library, address: str, path: Path, lang: Lang, year: int | None = None) -> Path:
    """The chart as SVG, or as its Vega-Lite specification; raises KetenramingError where it cannot be written."""
    return plots.write_plot(path, plots.forms_of(lambda: vintages_chart(library, address, lang, year)))
