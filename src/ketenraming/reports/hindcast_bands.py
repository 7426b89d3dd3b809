"""What the hindcast predicts beside what was counted: bands of 50, 80 and 95 percent by month, and every count."""

import json
from textwrap import wrap

from ketenraming.reports.charts import BAND, NEEDED, PAPER, PEOPLE, QUIET, WIDE, Spec, framed
from ketenraming.reports.fan import DARK, _ticks
from ketenraming.reports.forecast_chart import LIGHT
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.hindcast.errors import SERIES, moment
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, MONTHS, YEARS
from ketenraming.scenarios.hindcast.predictive import LEVELS, PROBABILITIES, Proposal

SIZE, HEIGHT = 14, 165
GRID = "#e4e7ea"
_NAMES = tuple(f"p{i}" for i in range(len(PROBABILITIES)))
_AREAS = (("p0", "p6", LIGHT), ("p1", "p5", BAND), ("p2", "p4", DARK))


def chart(found: Proposal, lang: Lang, width: int = WIDE) -> Spec:
    """A panel for each series as a Vega-Lite specification with its data inside."""
    title, bands = (say(found.library, f"posterior_{key}", lang) for key in ("chart", "chart_bands"))
    panels = [_panel(found, what, lang, width) for what in SERIES]
    told = ". ".join(_told(found, what, lang) for what in SERIES)
    spec = framed(wrap(title, int(width / (0.6 * SIZE))), SIZE, f"{title}. {bands} {told}.", panels)
    spec["title"] |= {"subtitle": wrap(bands, int(width / 6.6)), "subtitleColor": QUIET, "subtitleFontSize": SIZE - 1}
    return spec


def _heading(found: Proposal, what: str, lang: Lang) -> tuple[str, str]:
    """What a panel shows, and how many of its counts lie in the bands."""
    count = len(found.predicted.points[what])
    parts = {f"in_{100 * level:g}": found.predicted.inside(what, level) for level in LEVELS}
    name = say(found.library, "posterior_chart_coa" if what == "coa" else f"hindcast_chart_{what}", lang)
    return name, say(found.library, "posterior_chart_inside", lang, counts=count, **parts)


def _told(found: Proposal, what: str, lang: Lang) -> str:
    """The counts at the ends of years with their band of 80 percent, for who cannot see them."""
    quantiles = found.predicted.at_points[what]
    said = [
        f"{point.year_end} {number(point.value, lang)} ({number(low, lang)} – {number(high, lang)})"
        for point, low, high in zip(found.predicted.points[what], quantiles[1], quantiles[5], strict=True)
        if point.year_end
    ]
    return f"{'. '.join(_heading(found, what, lang))}: {'; '.join(said)}"


def _panel(found: Proposal, what: str, lang: Lang, width: int) -> Spec:
    months = found.predicted.months[what]
    points = found.predicted.points[what]
    bands = [
        {"when": FIRST_YEAR + (i + 1) / 12, **{name: float(value) for name, value in zip(_NAMES, row, strict=True)}}
        for i, row in enumerate(months.T)
    ]
    counts = [{"when": FIRST_YEAR + (moment(point) + 1) / 12, "value": point.value} for point in points]
    most = max(float(months[-1].max()), *(point.value for point in points))
    axes = _axes(_ticks(most), lang, width)
    name, inside = _heading(found, what, lang)
    heading = {"text": wrap(name, int(width / 7)), "subtitle": wrap(inside, int(width / 6.6)), "offset": 8}
    heading |= {"fontWeight": 600, "subtitleColor": QUIET, "subtitleFontSize": SIZE - 1}
    return {"title": heading, "width": width, "height": HEIGHT, "layer": _layers(bands, counts, axes)}


def _axes(ticks: list[float], lang: Lang, width: int) -> Spec:
    """A year is written in its middle, with a line where it begins; numbers are written out."""
    every = 1 if width >= 480 else 2
    words = {repr(tick).removesuffix(".0"): number(tick, lang) for tick in ticks}
    years = {str(year + 0.5): str(year) for year in YEARS[::every]}
    x = {
        "scale": {"domain": [FIRST_YEAR, FIRST_YEAR + MONTHS / 12], "nice": False, "zero": False},
        "axis": {"values": [year + 0.5 for year in YEARS[::every]], "labelExpr": f"({json.dumps(years)})[datum.value]",
                 "title": None, "grid": False, "ticks": False, "labelOverlap": False},
    }  # fmt: skip
    y = {
        "scale": {"domain": [0, ticks[-1]], "nice": False},
        "axis": {"values": ticks, "labelExpr": f"({json.dumps(words)})[datum.value]", "title": None,
                 "domain": False, "ticks": False, "gridColor": GRID},
    }  # fmt: skip
    return {"x": {"field": "when", "type": "quantitative", **x}, "y": {"type": "quantitative", **y}}


def _layers(bands: list[Spec], counts: list[Spec], axes: Spec) -> list[Spec]:
    """Where years begin, three bands, the middle, and the counts with a pale edge that keeps them apart."""

    def layer(mark: Spec, field: str, values: list[Spec], to: str = "") -> Spec:
        encoding = {"x": axes["x"], "y": {**axes["y"], "field": field}} | ({"y2": {"field": to}} if to else {})
        return {"data": {"values": values}, "mark": mark, "encoding": encoding}

    point = {"type": "point", "filled": True, "opacity": 1, "size": 34, "color": PEOPLE, "stroke": PAPER}
    starts = {"data": {"values": [{"when": year} for year in YEARS[1:]]},
              "mark": {"type": "rule", "color": GRID}, "encoding": {"x": axes["x"]}}  # fmt: skip
    return [
        starts,
        *(layer({"type": "area", "color": color}, low, bands, high) for low, high, color in _AREAS),
        layer({"type": "line", "color": NEEDED, "strokeWidth": 2}, "p3", bands),
        layer({**point, "strokeWidth": 0.8}, "value", counts),
    ]
