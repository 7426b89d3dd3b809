"""The fan of a forecast: months known, the median, the bands of 50, 80 and 95 percent, and its numbers in words."""

import json
from pathlib import Path
from textwrap import wrap

from ketenraming.evidence.library import Library
from ketenraming.reports import plots
from ketenraming.reports.charts import BAND, INK, MONEY, NEEDED, QUIET, WIDE, Spec, framed
from ketenraming.reports.fan import DARK, _ticks
from ketenraming.reports.forecast import LEVELS, remarks, title
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.forecast import Forecast
from ketenraming.scenarios.forecast.history import month_text

SIZE, HEIGHT, BACK = 14, 300, 60  # BACK: months known that are shown
LIGHT = "#f6ecdd"
_BANDS = (("p2.5", "p97.5", LIGHT), ("p10", "p90", BAND), ("p25", "p75", DARK))


def chart(found: Forecast, library: Library, lang: Lang, width: int = WIDE) -> Spec:
    """The fan as a Vega-Lite specification with its data inside."""
    points = [
        {"month": found.first + i, **{key.replace(".", "_"): float(v) for key, v in zip(LEVELS, row, strict=True)}}
        for i, row in enumerate(found.quantiles(tuple(LEVELS.values())).T)
    ]
    known = found.history.values[-BACK:]
    counted = [{"month": found.first - len(known) + i, "value": float(value)} for i, value in enumerate(known)]
    axes = _axes(counted[0]["month"], points, max(known), lang)
    panel = {"width": width, "height": HEIGHT, "layer": _layers(points, counted, axes)}
    bands = say(library, "forecast_bands", lang)
    heading = title(found, library, lang)
    spec = framed(wrap(heading, int(width / (0.6 * SIZE))), SIZE, f"{heading}. {bands} {_told(found, lang)}", [panel])
    under = [line for text in (*remarks(found, library, lang), bands) for line in wrap(text, int(width / 7.2))]
    spec["title"] |= {"subtitle": under, "subtitleColor": QUIET, "subtitleFontSize": SIZE - 1}
    return spec


def _told(found: Forecast, lang: Lang) -> str:
    """The numbers by quarter of a year, for who cannot see them."""
    rows = found.quantiles((0.5, 0.1, 0.9)).T
    said = [
        f"{month_text(found.first + i)} {number(middle, lang)} ({number(low, lang)} – {number(high, lang)})"
        for i, (middle, low, high) in enumerate(rows)
        if i % 3 == 2 or i == 0
    ]
    return "; ".join(said) + "."


def _axes(first: float, points: list[Spec], most_known: float, lang: Lang) -> Spec:
    most = max(most_known, *(point["p97_5"] for point in points))
    ticks = _ticks(most)
    last = points[-1]["month"]
    starts = [month for month in range(int(first), int(last) + 1) if month % 12 == 0]
    decimals = 0 if most > 20 else 2
    words = {repr(tick).removesuffix(".0"): number(tick, lang, decimals) for tick in ticks}
    years = {str(month): str(month // 12) for month in starts}
    x = {
        "scale": {"domain": [first - 0.5, last + 0.5], "nice": False, "zero": False},
        "axis": {"values": starts, "labelExpr": f"({json.dumps(years)})[datum.value]", "title": None, "grid": False},
    }
    y = {"scale": {"domain": [0, ticks[-1]], "nice": False},
         "axis": {"values": ticks, "labelExpr": f"({json.dumps(words)})[datum.value]", "title": None,
                  "domain": False, "ticks": False, "gridColor": "#e4e7ea"}}  # fmt: skip
    return {"x": {"field": "month", "type": "quantitative", **x}, "y": {"type": "quantitative", **y}}


def _layers(points: list[Spec], counted: list[Spec], axes: Spec) -> list[Spec]:
    def layer(mark: Spec, field: str, values: list[Spec], to: str = "") -> Spec:
        encoding = {"x": axes["x"], "y": {**axes["y"], "field": field}}
        return {
            "data": {"values": values},
            "mark": mark,
            "encoding": encoding | ({"y2": {"field": to}} if to else {}),
        }

    areas = [
        layer({"type": "area", "color": color}, low.replace(".", "_"), points, high.replace(".", "_"))
        for low, high, color in _BANDS
    ]
    edges = [layer({"type": "line", "color": NEEDED, "strokeWidth": 0.75}, edge, points) for edge in ("p10", "p90")]
    join = {"month": points[0]["month"], "value": points[0]["p50"]}
    return [
        *areas,
        *edges,
        layer({"type": "line", "color": MONEY, "strokeWidth": 2}, "value", [*counted, join]),
        layer({"type": "line", "color": NEEDED, "strokeWidth": 2.5}, "p50", points),
        layer({"type": "point", "color": INK, "filled": True, "size": 25, "opacity": 1}, "value", counted[-1:]),
    ]


def write_plot(found: Forecast, library: Library, path: Path, lang: Lang) -> Path:
    """The fan as .svg, or as its Vega-Lite .json; raises KetenramingError when it cannot be written."""
    return plots.write_plot(path, plots.forms_of(lambda: chart(found, library, lang)))
