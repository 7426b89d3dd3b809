"""
A map of tiles: a province each, at about its place, with the number of places still to be found written in it.

Shapes of municipalities are not shipped. A colour says how large the part of the task is that is missing; the number
and the words in the tile say it too.
"""

from typing import Any

from ketenraming.gemeenten.spreiding import Standing
from ketenraming.reports.charts import INK, PAPER, WIDE, framed
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.local import Local

Spec = dict[str, Any]
# Column and row of each province, from the north-west.
TILES = {
    "PV21": (2, 0),
    "PV20": (3, 0),
    "PV27": (1, 1),
    "PV24": (2, 1),
    "PV22": (3, 1),
    "PV28": (0, 2),
    "PV26": (1, 2),
    "PV25": (2, 2),
    "PV23": (3, 2),
    "PV29": (0, 3),
    "PV30": (1, 3),
    "PV31": (2, 3),
}
COLUMNS, ROWS = 4, 4
ENOUGH = "#cfe5e3"
SHADES = ((0.25, "#f9ecd6"), (0.5, "#f2d5a8"), (float("inf"), "#e8b878"))  # up to which part of the task


def tile_map(found: Local, lang: Lang, width: int = WIDE) -> Spec:
    """Provinces as tiles; the one of the municipality has a heavier edge."""
    library = found.library
    tiles = [_tile(code, found, lang, width) for code in TILES]
    title = say(library, "gemeente_provinces", lang)
    told = "; ".join(f"{tile['name']} {tile['said']}" for tile in tiles)
    size = 15 if width >= WIDE else 11
    lines = [title] if width >= WIDE else title.replace(": ", ":\n").split("\n")
    return framed(lines, max(size, 13), f"{told}.", [_panel(tiles, width, size)])


def _tile(code: str, found: Local, lang: Lang, width: int) -> Spec:
    standing, province = found.provinces[code], found.library.gemeenten.provinces[code]
    column, row = TILES[code]
    missing = standing.lasting_gap
    said = say(
        found.library, "gemeente_short" if missing > 0 else "gemeente_over", lang, count=number(abs(missing), lang)
    )
    return {
        "name": province.name,
        "label": province.name if width >= WIDE else province.name.replace("-", "-\n"),
        "said": said,
        "lines": said if width >= WIDE else said.replace(" ", "\n", 1),
        "left": column + 0.03,
        "right": column + 0.97,
        "top": ROWS - row - 0.03,
        "bottom": ROWS - row - 0.97,
        "middle": column + 0.5,
        "upper": ROWS - row - (0.34 if width >= WIDE else 0.3),
        "lower": ROWS - row - (0.66 if width >= WIDE else 0.72),
        "fill": shade(standing),
        "edge": 2.5 if code == found.province.code else 0,
    }


def shade(standing: Standing) -> str:
    """The colour of a tile: by the part of the task that is missing."""
    if standing.lasting_gap <= 0:
        return ENOUGH
    part = standing.lasting_gap / standing.task
    return next(colour for bound, colour in SHADES if part <= bound)


def _panel(tiles: list[Spec], width: int, size: int) -> Spec:
    x = {"type": "quantitative", "scale": {"domain": [0, COLUMNS], "nice": False}, "axis": None}
    y = {"type": "quantitative", "scale": {"domain": [0, ROWS], "nice": False}, "axis": None}
    box = {
        "mark": {"type": "rect", "cornerRadius": 4, "stroke": INK},
        "encoding": {
            "x": {"field": "left", **x},
            "x2": {"field": "right"},
            "y": {"field": "bottom", **y},
            "y2": {"field": "top"},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "strokeWidth": {"field": "edge", "type": "quantitative", "scale": None},
        },
    }
    texts = [
        {
            "mark": {"type": "text", "fontSize": size, "fontWeight": weight, "color": INK, "lineHeight": size + 2},
            "encoding": {"x": {"field": "middle", **x}, "y": {"field": at, **y}, "text": {"field": field}},
        }
        for field, at, weight in (("label", "upper", 400), ("lines", "lower", 600))
    ]
    height = round(width * (0.52 if width >= WIDE else 1.1))
    view = {"fill": PAPER, "stroke": None}
    return {"width": width, "height": height, "view": view, "data": {"values": tiles}, "layer": [box, *texts]}
