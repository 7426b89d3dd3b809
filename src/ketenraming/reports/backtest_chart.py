"""The chart of the back-test: the mean error of each way by years ahead, for people and for euros."""

import json
from pathlib import Path
from textwrap import wrap

from ketenraming.reports import plots
from ketenraming.reports.backtest import MILLION, Word, horizon, verdict, word_of
from ketenraming.reports.charts import GAP, MONEY, NEEDED, PEOPLE, QUIET, WIDE, Spec, framed
from ketenraming.reports.numbers import Lang, number
from ketenraming.scenarios.backtest import Backtest
from ketenraming.scenarios.backtest.scores import ALL, GROUPS, RIVALS, Score

SIZE, HEIGHT = 14, 190
OURS = "ours"
_COLORS = {OURS: NEEDED, "official": GAP, "last_year": MONEY, "line": QUIET, "last_count": PEOPLE}
_DASHES = {OURS: [1, 0], "official": [1, 0], "last_year": [6, 3], "line": [2, 3], "last_count": [8, 2, 2, 2]}


def chart(found: Backtest, lang: Lang, width: int = WIDE) -> Spec:
    """A panel for each group of outcomes, as a Vega-Lite specification with its data inside."""
    word = word_of(found, lang)
    groups = {g: [s for s in found.scores if s.group == g and s.ahead != ALL] for g in GROUPS}
    points = {group: _points(scores, lang) for group, scores in groups.items() if scores}
    panels = [_panel(f"{word(group)} · {word('ours')}", rows, width, found, lang) for group, rows in points.items()]
    heading = word("chart")
    told = " ".join(_told(f"{word(group)}.", rows, found, lang) for group, rows in points.items())
    spec = framed(
        wrap(heading, int(width / (0.6 * SIZE))),
        SIZE,
        f"{heading}. {verdict(found, lang)} {word('chart_note')} {told}",
        panels,
    )
    under = [line for text in (verdict(found, lang), word("chart_note")) for line in wrap(text, int(width / 7.2))]
    spec["title"] |= {"subtitle": under, "subtitleColor": QUIET, "subtitleFontSize": SIZE - 1}
    return spec


def _points(scores: list[Score], lang: Lang) -> list[Spec]:
    """The mean absolute error of each way at each horizon, in persons or millions of euros."""
    rows = []
    for score in scores:
        unit = 1 if score.group == "people" else MILLION
        said = {OURS: score.ours.mae, **{rival: errors.mae for rival, errors in score.others.items()}}
        for way in (OURS, *RIVALS):
            if way in said:
                value = said[way] / unit
                rows.append({"ahead": score.ahead, "way": way, "value": value, "label": number(value, lang)})
    return rows


def _told(title: str, rows: list[Spec], found: Backtest, lang: Lang) -> str:
    """The numbers of a panel, for who cannot see them."""
    word = word_of(found, lang)
    said = (f"{word('way_' + row['way'])} {horizon(word, row['ahead'])} {row['label']}" for row in rows)
    return f"{title} {'; '.join(said)}."


def _panel(title: str, rows: list[Spec], width: int, found: Backtest, lang: Lang) -> Spec:
    """A line for each way, named at its right-hand side."""
    word = word_of(found, lang)
    ticks = {str(ahead): horizon(word, ahead) for ahead in sorted({row["ahead"] for row in rows})}
    top = 1.08 * max(row["value"] for row in rows)
    x: Spec = {"field": "ahead", "type": "quantitative", "scale": {"domain": [-0.15, 4.15], "nice": False},
               "axis": {"values": list(map(int, ticks)), "labelExpr": f"({json.dumps(ticks)})[datum.value]",
                        "title": None, "grid": False}}  # fmt: skip
    separators = "replace(datum.label, /,/g, '.')" if lang == "nl" else "datum.label"
    y: Spec = {"field": "value", "type": "quantitative", "scale": {"domain": [0, top], "nice": False},
               "axis": {"title": None, "tickCount": 4, "format": ",.0f", "labelExpr": separators,
                        "gridColor": "#e3e6ea", "domain": False, "ticks": False}}  # fmt: skip
    layers = [layer for way, place in _places(rows, top).items() for layer in _line(way, place, rows, (x, y), word)]
    return {"title": title, "width": width - 190, "height": HEIGHT, "layer": layers}


def _places(rows: list[Spec], top: float) -> dict[str, float]:
    """Where the name of each way stands: at the height of its last point, moved up where another name is."""
    ends = {row["way"]: row["value"] for row in rows}  # the last of each
    placed: dict[str, float] = {}
    for way, value in sorted(ends.items(), key=lambda pair: pair[1]):
        placed[way] = max([value, *(below + top / 11 for below in placed.values())])
    return placed


def _line(way: str, place: float, rows: list[Spec], axes: tuple[Spec, Spec], word: Word) -> list[Spec]:
    x, y = axes
    look = {"color": _COLORS[way], "strokeDash": _DASHES[way], "strokeWidth": 3 if way == OURS else 2}
    own = [row for row in rows if row["way"] == way]
    name = {"ahead": 4.15, "value": place, "label": word(f"way_{way}")}
    text = {"type": "text", "align": "left", "dx": 6, "fontSize": SIZE - 1, "color": _COLORS[way]}
    dots = {"type": "point", "filled": True, "size": 40, "opacity": 1, "color": _COLORS[way]}
    return [
        {"data": {"values": own}, "mark": {"type": "line", **look}, "encoding": {"x": x, "y": y}},
        {"data": {"values": own}, "mark": dots, "encoding": {"x": x, "y": y}},
        {"data": {"values": [name]}, "mark": text, "encoding": {"x": x, "y": y, "text": {"field": "label"}}},
    ]


def write_plot(found: Backtest, path: Path, lang: Lang) -> Path:
    """The chart as .svg, or as its Vega-Lite .json; raises KetenramingError when it cannot be written."""
    return plots.write_plot(path, plots.forms_of(lambda: chart(found, lang)))
