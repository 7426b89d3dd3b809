"""
The charts, each one Vega-Lite specification with its data inside: the same for the report, a page and a notebook.

Labels are written out in the data, so that no chart needs a locale. `width` is in pixels at full size: draw one for
wide screens and one for phones rather than shrink letters.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from textwrap import wrap
from typing import Any

from ketenraming.evidence.figure import Figure
from ketenraming.reports.numbers import Lang, money, number
from ketenraming.reports.tables import Figures, article_table
from ketenraming.reports.words import say
from ketenraming.scenarios.hindcast.checks import Backtest
from ketenraming.scenarios.hindcast.observed import YEARS, Point
from ketenraming.scenarios.run import Run

Spec = dict[str, Any]

WIDE, NARROW = 680, 300
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
FONT = "Arial, Helvetica, 'Liberation Sans', Roboto, sans-serif"  # of one width, so that what was measured fits
INK, QUIET, PAPER, SHADE = "#1b2430", "#566170", "#ffffff", "#f3eee3"
PEOPLE, MONEY, NEEDED, GAP = "#0f6b6b", "#3f5a7d", "#8a4b08", "#a3262e"
BAND = "#eed9bd"
BILLION = 1e9


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes that follow from the width."""

    width: int
    years: tuple[int, ...]

    @property
    def wide(self) -> bool:
        return self.width >= 480

    @property
    def size(self) -> int:
        return 15 if self.wide else 13

    @property
    def step(self) -> float:
        return self.width / len(self.years)

    @property
    def x(self) -> Spec:
        """The axis of years, as numbers, so that shading can start between two of them."""
        scale = {"domain": [self.years[0] - 0.5, self.years[-1] + 0.5], "nice": False, "zero": False, "padding": 0}
        axis = {"values": list(self.years), "format": "d", "title": None, "grid": False, "ticks": False}
        return {"field": "year", "type": "quantitative", "scale": scale, "axis": axis}

    def lines(self, text: str) -> list[str]:
        """A title in as many lines as the width asks for."""
        return wrap(text, int(self.width / (0.6 * self.size)))


def occupancy(run: Run) -> dict[str, Figure]:
    """Printed mean occupancy of reception, by year."""
    row = run.library.edition(run.edition).row("kengetallen", "opvang_stock_avg")
    return {year: figure for year, figure in row.items() if figure.applies}


def occupancy_and_coa(run: Run, lang: Lang, width: int = WIDE) -> Spec:
    """Mean occupancy above the COA line, on one axis of years: people go up, money goes down."""
    people = {int(year): figure.value for year, figure in occupancy(run).items()}
    coa = {int(year): run.row("37.4/zbo/coa", year).budgeted.central / BILLION for year in run.years}
    look = _Look(width, tuple(sorted({*people, *coa})))
    until = int(run.funded_until)
    above = _points(people, lang, 0, until)
    below = _points(coa, lang, 2, until)
    words = {key: say(run.library, key, lang) for key in ("chart_people", "chart_money", "chart_people_money")}
    marked = say(run.library, "mark_not_funded", lang, until=run.funded_until)
    panels = [
        _panel(look, words["chart_people"], [_shade(look, until), *_line_of_people(look, above)], 150, years=False),
        _panel(
            look,
            words["chart_money"],
            [_shade(look, until), _shade_label(look, until, marked), *_bars(look, below)],
            150,
        ),
    ]
    told = [(words["chart_people"], above), (words["chart_money"], below)]
    description = ". ".join([*(_tell(what, points) for what, points in told), marked]) + "."
    return _chart(look, words["chart_people_money"], description, panels)


def needed_and_budgeted(run: Run, lang: Lang, width: int = WIDE) -> Spec:
    """The article by year: budgeted as bars, needed as points with its band, and the gap between them in money."""
    figures = next(line.years for line in article_table(run) if line.address == "37")
    look = _Look(width, tuple(int(year) for year in figures))
    until = int(run.funded_until)
    bars = _points({int(y): f.budgeted / 1e6 for y, f in figures.items()}, lang, 2, until)
    needed = _points({int(y): f.needed / 1e6 for y, f in figures.items()}, lang, 2, until)
    title = say(run.library, "chart_needed_budgeted", lang)
    layers = [
        *_bars(look, bars, inside=True),
        *_band(figures, until),
        *_gaps(look, figures, lang),
        *_line_of_needed(look, needed),
    ]
    top = max(f.high for f in figures.values()) / 1e6
    panels = [_legend(run, look, lang), _panel(look, "", layers, 320, top=1.06 * top)]
    told = [(say(run.library, "budgeted", lang), bars), (say(run.library, "needed", lang), needed)]
    gaps = "; ".join(f"{y} {money(f.gap * 1000, lang)}" for y, f in figures.items() if f.gap)
    gap = f"{say(run.library, 'gap', lang)}: {gaps}"
    marked = say(run.library, "mark_not_funded", lang, until=run.funded_until)
    description = ". ".join([*(_tell(what, points) for what, points in told), gap, marked]) + "."
    return _chart(look, title, description, panels)


def hindcast(test: Backtest, lang: Lang, width: int = WIDE) -> Spec:
    """Reception, permit holders in it and pending applications: the model as a line, what was counted as points."""
    look = _Look(width, (2013, *YEARS))
    panels, told = [], []
    for what in ("coa", "vergunninghouder", "pending"):
        name = say(test.library, f"hindcast_chart_{what}", lang)
        line = [{"year": 2013 + (i + 1) / 12, "value": float(value)} for i, value in enumerate(test.model[what])]
        points = [_counted(point, lang) for point in test.points if point.what == what]
        panels.append(_panel(look, name, _line_and_points(look, line, points), 150))
        told.append(_tell(name, [point for point in points if point["label"]]))
    title = say(test.library, "hindcast_chart", lang)
    return _chart(look, title, ". ".join(told) + ".", panels)


def _counted(point: Point, lang: Lang) -> Spec:
    """A count, at its place in time; written out at the end of a year, which is where the year stands on the axis."""
    when = 2013 + (point.month + point.weight) / 12
    label = number(point.value, lang) if point.year_end else ""
    return {"year": point.year_end or when, "value": point.value, "label": label}


def _line_and_points(look: _Look, line: list[Spec], points: list[Spec]) -> list[Spec]:
    ends = {"values": [point for point in points if point["label"]]}
    size = 90 if look.wide else 50
    marks = [
        {"data": {"values": line}, "mark": {"type": "line", "color": NEEDED, "strokeWidth": 2}},
        {"data": {"values": points}, "mark": {"type": "point", "filled": True, "opacity": 0.55, "size": size / 3,
                                              "color": PEOPLE}},
        {"data": ends, "mark": {"type": "point", "filled": True, "opacity": 1, "size": size, "color": PEOPLE}},
    ]  # fmt: skip
    text = {"type": "text", "align": "center", "dy": -14, "fontSize": look.size - 3}
    return [*marks, {"data": ends, "mark": text, "encoding": {"text": {"field": "label"}}}] if look.wide else marks


def to_svg(spec: Spec) -> str:
    """The chart as SVG that takes the width it is given, with title and numbers as text for who cannot see it."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version="5.20", allowed_base_urls=[])
    svg = re.sub(
        r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"', "", drawn
    )  # the title and description say it all
    name = "chart-" + sha256(svg.encode()).hexdigest()[:8]
    title = " ".join(spec["title"]["text"])
    view_box = re.search(r'viewBox="([^"]+)"', svg)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box.group(1) if view_box else ""}" width="100%" '
        f'role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(spec["description"])}</desc>'
    )
    return re.sub(r"^.*?<svg[^>]*>", lambda _: head, svg, count=1, flags=re.DOTALL)


def _points(values: Mapping[int, float], lang: Lang, decimals: int, until: int) -> list[Spec]:
    return [
        {"year": year, "value": value, "label": number(value, lang, decimals), "funded": year <= until}
        for year, value in sorted(values.items())
    ]


def _tell(what: str, points: Iterable[Spec]) -> str:
    """A row of points as words."""
    return f"{what}: " + "; ".join(f"{point['year']} {point['label']}" for point in points)


def _chart(look: _Look, title: str, description: str, panels: Sequence[Spec]) -> Spec:
    """Panels above each other under one title."""
    return framed(look.lines(title), look.size, description, panels)


def framed(title: Sequence[str], size: int, description: str, panels: Sequence[Spec]) -> Spec:
    """Panels above each other under a title of these lines, in the letters and colours of all charts."""
    return {
        "$schema": SCHEMA,
        "title": {"text": list(title), "anchor": "start", "fontSize": size + 1, "offset": 12},
        "description": description,
        "vconcat": list(panels),
        "spacing": 14,
        "padding": 6,
        "background": PAPER,
        "config": {
            "aria": False,
            "font": FONT,
            "view": {"stroke": None},
            "title": {"color": INK, "fontSize": size, "fontWeight": 600, "anchor": "start", "frame": "group"},
            "axis": {"labelColor": INK, "labelFontSize": size, "labelPadding": 6, "domainColor": QUIET},
            "text": {"color": INK, "fontSize": size, "lineBreak": "\n"},
        },
    }


def _panel(
    look: _Look, title: str, layers: Sequence[Spec], height: int, years: bool = True, top: float | None = None
) -> Spec:
    """Layers on the axis of years; `top` is the end of the value axis, else there is room above for labels."""
    x = look.x if years else {**look.x, "axis": {**look.x["axis"], "labels": False}}
    values = [point["value"] for layer in layers for point in layer["data"]["values"] if "value" in point]
    y = {"type": "quantitative", "scale": {"domain": [0, top or 1.2 * max(values)], "nice": False}, "axis": None}
    placed = [{**layer, "encoding": _encoding(layer.get("encoding", {}), x, y)} for layer in layers]
    heading = {"title": {"text": look.lines(title), "offset": 8, "fontWeight": 400}} if title else {}
    return {**heading, "width": look.width, "height": height, "layer": placed}


def _encoding(own: Spec, x: Spec, y: Spec) -> Spec:
    """A layer's own channels on the shared axes; `"y": None` fills the height, no `y` means the value."""
    up = own.get("y", {"field": "value"})
    drawn = {name: channel for name, channel in own.items() if name not in {"x", "y"}}
    drawn["x"] = {**x, **own.get("x", {})}
    if up is not None:
        drawn["y"] = up if "value" in up else {**y, **up}
    return drawn


def _shade(look: _Look, until: int) -> Spec:
    """The years after the last funded one, over the whole height."""
    values = [{"from": until + 0.5, "to": look.years[-1] + 0.5}]
    encoding = {"x": {"field": "from"}, "x2": {"field": "to"}, "y": None}
    return {"data": {"values": values}, "mark": {"type": "rect", "color": SHADE}, "encoding": encoding}


def _shade_label(look: _Look, until: int, text: str) -> Spec:
    lines = wrap(text, 60 if look.wide else 18)
    mark = {"type": "text", "align": "left", "baseline": "top", "dx": 8, "fontStyle": "italic", "color": INK}
    values = [{"from": until + 0.5, "label": "\n".join(lines)}]
    encoding = {"x": {"field": "from"}, "y": {"value": 8}, "text": {"field": "label"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _line_of_people(look: _Look, points: list[Spec]) -> list[Spec]:
    data = {"values": points}
    beside = {"align": "center", "dy": -15} if look.wide else {"align": "right", "dx": 7, "dy": -12}
    return [
        {"data": data, "mark": {"type": "line", "color": PEOPLE, "strokeWidth": 2.5}},
        {"data": data, "mark": {"type": "point", "filled": True, "opacity": 1, "size": 70, "color": PEOPLE}},
        {"data": data, "mark": {"type": "text", **beside}, "encoding": {"text": {"field": "label"}}},
    ]


def _line_of_needed(look: _Look, points: list[Spec]) -> list[Spec]:
    data = {"values": points}
    return [
        {"data": data, "mark": {"type": "line", "color": NEEDED, "strokeWidth": 2.5}},
        {"data": data, "mark": {"type": "point", "shape": "diamond", "filled": True, "opacity": 1, "size": 130,
                                "color": NEEDED}},
        {"data": data, "mark": {"type": "text", "dy": -16, "fontWeight": 600},
         "encoding": {"text": {"field": "label"}}},
    ]  # fmt: skip


def _bars(look: _Look, points: list[Spec], inside: bool = False) -> list[Spec]:
    """Bars with their numbers: filled where funded, dashed outlines where the text does not fund the year."""
    size = round(look.step * (0.62 if look.wide else 0.74))
    bar = {"type": "bar", "orient": "vertical", "size": size}
    looks: dict[bool, Spec] = {
        True: {"color": MONEY},
        False: {"color": PAPER, "stroke": MONEY, "strokeWidth": 1.5, "strokeDash": [4, 3]},
    }
    layers: list[Spec] = []
    for funded, colours in looks.items():
        some = {"values": [point for point in points if point["funded"] is funded]}
        text = {"type": "text", "dy": 17 if inside else -10, "color": PAPER if inside and funded else INK}
        layers.append({"data": some, "mark": {**bar, **colours}})
        layers.append({"data": some, "mark": text, "encoding": {"text": {"field": "label"}}})
    return layers


def _band(figures: Mapping[str, Figures], until: int) -> list[Spec]:
    """The band of needed, from the last funded year on, with an edge that can be seen."""
    values = [{"year": int(y), "low": f.low / 1e6, "high": f.high / 1e6} for y, f in figures.items() if int(y) >= until]
    data, edge = {"values": values}, {"type": "line", "color": NEEDED, "strokeWidth": 1}
    area = {"type": "area", "color": BAND, "opacity": 0.75}
    return [
        {"data": data, "mark": area, "encoding": {"y": {"field": "low"}, "y2": {"field": "high"}}},
        *({"data": data, "mark": edge, "encoding": {"y": {"field": field}}} for field in ("low", "high")),
    ]


def _gaps(look: _Look, figures: Mapping[str, Figures], lang: Lang) -> list[Spec]:
    """A line from budgeted to needed, with the gap written on it, a little under the middle to be clear of the band."""
    values = [
        {"year": int(y), "from": f.budgeted / 1e6, "to": f.needed / 1e6, "middle": f.budgeted / 1e6 + f.gap / 2.6e6,
         "label": money(f.gap * 1000, lang) if look.wide else number(f.gap / 1e6, lang, 2)}
        for y, f in figures.items() if f.gap
    ]  # fmt: skip
    data = {"values": values}
    text = {"field": "label"}
    words: Spec = {"type": "text", "fontWeight": 600}
    return [
        {"data": data, "mark": {"type": "rule", "color": GAP, "strokeWidth": 1.5, "strokeDash": [2, 2]},
         "encoding": {"y": {"field": "from"}, "y2": {"field": "to"}}},
        {"data": data, "mark": {**words, "color": PAPER, "stroke": PAPER, "strokeWidth": 6},
         "encoding": {"y": {"field": "middle"}, "text": text}},
        {"data": data, "mark": {**words, "color": GAP}, "encoding": {"y": {"field": "middle"}, "text": text}},
    ]  # fmt: skip


def _legend(run: Run, look: _Look, lang: Lang) -> Spec:
    """What each mark is, in words beside the mark."""
    keys = ("budgeted", "needed", "chart_open", "band", "gap")
    shapes = (
        {"shape": "square", "fill": MONEY, "stroke": MONEY, "dash": [1, 0]},
        {"shape": "diamond", "fill": NEEDED, "stroke": NEEDED, "dash": [1, 0]},
        {"shape": "square", "fill": PAPER, "stroke": MONEY, "dash": [4, 3]},
        {"shape": "square", "fill": BAND, "stroke": NEEDED, "dash": [1, 0]},
        {"shape": "M0,-1L0,1", "fill": GAP, "stroke": GAP, "dash": [2, 2]},
    )
    starts = (0, 0.22, 0.44) if look.wide else (0, 0.68)
    columns = len(starts)
    values = [
        {**shape, "label": say(run.library, key, lang), "x": 8 + starts[i % columns] * look.width,
         "y": 10 + 22 * (i // columns)}
        for i, (key, shape) in enumerate(zip(keys, shapes, strict=True))
    ]  # fmt: skip
    height = 22 * -(-len(keys) // columns)
    plain = {"type": "quantitative", "axis": None}
    across = {"field": "x", **plain, "scale": {"domain": [0, look.width], "nice": False}}
    down = {"field": "y", **plain, "scale": {"domain": [height, 0], "nice": False}}
    drawn = {name: {"field": name, "type": "nominal", "scale": None} for name in ("shape", "fill", "stroke")}
    dashed = {"strokeDash": {"field": "dash", "type": "nominal", "scale": None}}
    point = {"type": "point", "size": 150, "opacity": 1, "strokeWidth": 1.5}
    text = {"type": "text", "align": "left", "dx": 14}
    return {
        "width": look.width,
        "height": height,
        "data": {"values": values},
        "layer": [
            {"mark": point, "encoding": {"x": across, "y": down, **drawn, **dashed}},
            {"mark": text, "encoding": {"x": across, "y": down, "text": {"field": "label"}}},
        ],
    }
