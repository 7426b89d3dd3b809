"""The chart of the back-test: the mean error of each way by years ahead, and where outcomes fell in our draws."""

import json
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from ketenraming.reports import plots
from ketenraming.reports.backtest import Word, group_name, horizon, in_unit, short_name, verdict, word_of
from ketenraming.reports.charts import GAP, INK, MONEY, NEEDED, PAPER, PEOPLE, QUIET, SHADE, WIDE, Spec, framed
from ketenraming.reports.numbers import Lang
from ketenraming.scenarios.backtest import Backtest
from ketenraming.scenarios.backtest.scores import ALL, GROUPS, RIVALS, Score, Trial
from ketenraming.scenarios.backtest.scores import PEOPLE as RECEPTION
from ketenraming.scenarios.backtest.vantage import STAGES

SIZE, HEIGHT = 14, 96
_OF_ERRORS: Spec = {"minExtent": 46, "maxExtent": 46, "gridColor": "#e3e6ea", "domain": False, "ticks": False}
_ROOMY = 480  # pixels, from which two panels stand beside each other
_HELD, _RIGHT = 1.04, 1.35  # where counts stand beside dots from nought to one, and where the panel ends
OURS = "ours"
WAYS = (OURS, *RIVALS)
_COLORS = {OURS: NEEDED, "official": GAP, "last_year": MONEY, "line": QUIET, "last_count": PEOPLE}
_DASHES = {OURS: [1, 0], "official": [1, 0], "last_year": [6, 3], "line": [2, 3], "last_count": [8, 2, 2, 2]}
_FILLS = dict(zip(STAGES, (NEEDED, PAPER), strict=True))  # dots: filled from the eve of a draft, else open


class _Place(NamedTuple):
    """Where the name of a row of dots stands: how far left of nought, how much above its row; and the row's height."""

    left: float
    up: float
    row: int


_BESIDE, _ABOVE = _Place(-0.44, 0, 21), _Place(-0.02, 0.45, 36)


def chart(found: Backtest, lang: Lang, width: int = WIDE) -> Spec:
    """A row for each group of outcomes and a column for each kind of eve, then the dots; with its data inside."""
    word = word_of(found, lang)
    groups = [group for group in GROUPS if any(score.group == group for score in found.scores)]
    heading, first = word("chart"), verdict(found, lang)
    rows = [_row(group, found, lang, width) for group in groups]
    told = [_told(score, word, lang) for score in found.scores if score.ahead != ALL]
    panels = [_legend(word, width), *rows, _dots(found, groups, word, width)]
    described = " ".join([f"{heading}.", *first, word("chart_note"), *told])
    spec = framed(_title(heading, width)["text"], SIZE, described, panels)
    under = [line for text in (_sentence(first[0]), word("chart_note")) for line in wrap(text, int(width / 6.8))]
    spec["title"] |= {"subtitle": under, "subtitleColor": QUIET, "subtitleFontSize": SIZE - 1}
    return spec


def _sentence(text: str) -> str:
    """What announces a list, without the list."""
    return text.removesuffix(":").removesuffix(".") + "."


def _title(text: str, width: int) -> Spec:
    """A title in as many lines as the width asks for."""
    return {"text": wrap(text, int(width / (0.58 * SIZE)))}


def _said(score: Score) -> dict[str, float]:
    """The mean absolute error of each way."""
    return {OURS: score.ours.mae, **{rival: errors.mae for rival, errors in score.others.items()}}


def _told(score: Score, word: Word, lang: Lang) -> str:
    """The numbers of one horizon, for who cannot see them."""
    said = "; ".join(f"{word('way_' + way)} {in_unit(value, score.group, lang)}" for way, value in _said(score).items())
    place = f"{group_name(word, score.group)}, {word(score.stage)} {horizon(word, score.ahead)}"
    return f"{place}: {said}; {word('in_80')} {round(100 * score.coverage[0.8])}%."


def _row(group: str, found: Backtest, lang: Lang, width: int) -> Spec:
    """One group: a panel for each kind of eve, on the same axis of errors; beside each other where there is room."""
    word = word_of(found, lang)
    of = {stage: _points(found, group, stage) for stage in STAGES}
    ours = [row["value"] for rows in of.values() for row in rows if row["way"] == OURS]
    every = [row["value"] for rows in of.values() for row in rows]
    top = 1.08 * min(max(every), 2.5 * max(ours))  # of a line that runs away only the beginning is drawn
    beside = width >= _ROOMY
    each = (width - 140) / 2 if beside else width - 70
    panels = [_panel(rows, word(f"from_{stage}"), top, each, lang) for stage, rows in of.items() if rows]
    title = word("chart_people") if group == RECEPTION else group_name(word, group)
    return {"title": _title(title, width), "hconcat" if beside else "vconcat": panels, "spacing": 24}


def _points(found: Backtest, group: str, stage: str) -> list[Spec]:
    """The mean absolute error of each way at each horizon, in persons or millions of euros."""
    unit = 1 if group == RECEPTION else 1e6
    scores = [s for s in found.scores if (s.group, s.stage) == (group, stage) and s.ahead != ALL]
    return [
        {"ahead": score.ahead, "way": way, "value": round(value / unit, 3)}
        for score in scores
        for way, value in _said(score).items()
    ]


def _panel(rows: list[Spec], title: str, top: float, width: float, lang: Lang) -> Spec:
    """A line for each way; what is above the panel is cut off."""
    ticks = {str(ahead): f"t+{ahead}" if ahead else "t" for ahead in range(5)}
    x: Spec = {"field": "ahead", "type": "quantitative", "scale": {"domain": [-0.15, 4.15], "nice": False},
               "axis": {"values": list(map(int, ticks)), "labelExpr": f"({json.dumps(ticks)})[datum.value]",
                        "title": None, "grid": False, "labelFontSize": SIZE - 2}}  # fmt: skip
    separators = "replace(datum.label, /,/g, '.')" if lang == "nl" else "datum.label"
    y: Spec = {"field": "value", "type": "quantitative", "scale": {"domain": [0, top], "nice": False},
               "axis": {"title": None, "tickCount": 3, "format": ",.0f", "labelExpr": separators, "labelFontSize": 12,
                        **_OF_ERRORS}}  # fmt: skip
    layers = [layer for way in reversed(WAYS) for layer in _line(way, rows, x, y)]
    heading = {"text": title, "fontWeight": 400, "fontSize": SIZE - 2, "color": QUIET, "offset": 4}
    return {"title": heading, "width": width, "height": HEIGHT, "layer": layers}


def _line(way: str, rows: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    own = [row for row in rows if row["way"] == way]
    if not own:
        return []
    look = {"color": _COLORS[way], "strokeDash": _DASHES[way], "strokeWidth": 3 if way == OURS else 2}
    dots = {"type": "point", "filled": True, "size": 36, "opacity": 1, "color": _COLORS[way], "clip": True}
    return [
        {"data": {"values": own}, "mark": {"type": "line", "clip": True, **look}, "encoding": {"x": x, "y": y}},
        {"data": {"values": own}, "mark": dots, "encoding": {"x": x, "y": y}},
    ]


def _legend(word: Word, width: int) -> Spec:
    """The name of each way beside a piece of its line, in as many rows as are needed."""
    across, down, values = 0.0, 0, list[Spec]()
    for way in WAYS:
        label = word(f"way_{way}")
        wide = 44 + 0.56 * SIZE * len(label)
        across, down = (across, down) if across + wide <= width else (0.0, down + 1)
        values.append({"x": across, "y": down, "label": label, "way": way})
        across += wide + 8
    height = 20 * (down + 1)
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [0, width], "nice": False}}
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [down + 0.5, -0.5], "nice": False, "zero": False}}
    layers: list[Spec] = [
        {"data": {"values": [value | {"to": value["x"] + 28}]},
         "mark": {"type": "rule", "color": _COLORS[value["way"]], "strokeDash": _DASHES[value["way"]],
                  "strokeWidth": 3 if value["way"] == OURS else 2},
         "encoding": {"x": {"field": "x", **x}, "x2": {"field": "to"}, "y": {"field": "y", **y}}}
        for value in values
    ]  # fmt: skip
    text = {"type": "text", "align": "left", "dx": 34, "fontSize": SIZE - 1}
    named = {"x": {"field": "x", **x}, "y": {"field": "y", **y}, "text": {"field": "label"}}
    return {
        "width": width,
        "height": height,
        "layer": [*layers, {"data": {"values": values}, "mark": text, "encoding": named}],
    }


def _dots(found: Backtest, groups: list[str], word: Word, width: int) -> Spec:
    """Every outcome at the part of our draws that lay below it, in a row for each group and kind of eve."""
    kinds = [(group, stage) for group in groups for stage in STAGES]
    by = {kind: [t for t in found.trials if (t.group, t.vantage.stage) == kind] for kind in kinds}
    rows = [(f"{short_name(word, group)} · {word(stage)}", stage, of) for (group, stage), of in by.items() if of]
    dots = [
        {"row": row, "at": round(1 - trial.exceeded, 3), "fill": _FILLS[stage]}
        for row, (_, stage, of) in enumerate(rows)
        for trial in of
    ]
    place = _BESIDE if width >= _ROOMY else _ABOVE
    names = [{"row": row - place.up, "at": place.left, "label": name} for row, (name, _, _) in enumerate(rows)]
    held = [{"row": row, "at": _HELD, "label": _held(of, word)} for row, (_, _, of) in enumerate(rows)]
    return {
        "title": _title(word("chart_below"), width),
        "width": width - 70,
        "height": place.row * len(rows),
        "layer": _marks(dots, names + held, len(rows), place.left),
    }


def _held(of: list[Trial], word: Word) -> str:
    """How many outcomes the band of 80 percent held."""
    return word("chart_held", held=sum(trial.held(0.8) for trial in of), many=len(of))


def _marks(dots: list[Spec], labels: list[Spec], rows: int, left: float) -> list[Spec]:
    """The band of 80 percent, the dots upon it, and the words beside them."""
    axis = {"values": [0, 0.2, 0.4, 0.6, 0.8, 1], "format": ".0%", "title": None, "grid": False, "domain": False}
    x: Spec = {"field": "at", "type": "quantitative", "scale": {"domain": [left, _RIGHT], "nice": False},
               "axis": {**axis, "labelFontSize": 12}}  # fmt: skip
    y: Spec = {"field": "row", "type": "quantitative", "axis": None,
               "scale": {"domain": [rows - 0.5, -0.5], "nice": False, "zero": False}}  # fmt: skip
    band = {"from": 0.1, "to": 0.9, "top": -0.5, "bottom": rows - 0.5}
    area = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "field": "top"}, "y2": {"field": "bottom"}}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    point = {"type": "point", "size": 60, "stroke": NEEDED, "strokeWidth": 1.5, "opacity": 0.85}
    text = {"type": "text", "align": "left", "fontSize": 12, "color": INK}
    return [
        {"data": {"values": [band]}, "mark": {"type": "rect", "color": SHADE}, "encoding": area},
        {"data": {"values": dots}, "mark": point, "encoding": {"x": x, "y": y, "fill": fill}},
        {"data": {"values": labels}, "mark": text, "encoding": {"x": x, "y": y, "text": {"field": "label"}}},
    ]


def write_plot(found: Backtest, path: Path, lang: Lang) -> Path:
    """The chart as .svg, or as its Vega-Lite .json; raises KetenramingError when it cannot be written."""
    return plots.write_plot(path, plots.forms_of(lambda: chart(found, lang)))
