"""How likely each line is to need more than is budgeted, in one year: as rows of texts and as a chart."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ketenraming.evidence.library import Library
from ketenraming.reports.charts import INK, NEEDED, QUIET, WIDE, Spec, framed
from ketenraming.reports.numbers import Lang, percent
from ketenraming.reports.tables import article_table
from ketenraming.reports.words import label, say
from ketenraming.scenarios.run import Run

_STEP = 30  # pixels from line to line


@dataclass(frozen=True, slots=True)
class Chance:
    """A line, and the share of draws in which it needs more than is budgeted."""

    address: str
    label: str
    chance: float
    text: str


def chances(run: Run, year: str, lang: Lang) -> list[Chance]:
    """The article and every line that follows people, in the order of print."""
    shown = [line for line in article_table(run) if line.follows_people and line.depth in (0, 3)]
    found = [(line.address, line.years[year].chance_over) for line in shown]
    said = Counter(label(run.library, address, lang) for address, _ in found)
    return [
        Chance(address, _label(address, said, run.library, lang), chance, percent(100 * chance, lang, 0))
        for address, chance in found
    ]


def _label(address: str, said: Mapping[str, int], library: Library, lang: Lang) -> str:
    """The label of a line; where several have the same, that of its heading, with the number of the article."""
    own = label(library, address, lang)
    if said[own] == 1:
        return own
    heading = address.rpartition("/")[0]
    return f"{label(library, heading, lang)} ({address.partition('/')[0]})"


def chance_chart(run: Run, year: str, lang: Lang, width: int = WIDE) -> Spec:
    """The chances as bars on a line from nought to a hundred percent."""
    size = 14 if width >= 480 else 13
    rows = [
        {"i": i, "chance": one.chance, "name": _short(one.label, width), "label": one.text, "whole": 1}
        for i, one in enumerate(chances(run, year, lang))
    ]
    title = say(run.library, "chances_of", lang, year=year)
    told = "; ".join(f"{row['name']} {row['label']}" for row in rows)
    inner = int(0.5 * width)
    plain: Spec = {"type": "quantitative", "axis": None}
    x = {**plain, "scale": {"domain": [0, 1], "nice": False}}
    y = {**plain, "field": "i", "scale": {"domain": [len(rows) - 0.5, -0.5], "nice": False, "zero": False}}

    def layer(mark: Spec, across: Spec, **more: Spec) -> Spec:
        return {"data": {"name": "chances"}, "mark": mark, "encoding": {"x": across, "y": y, **more}}

    bar = {"type": "bar", "orient": "horizontal", "size": 12}
    layers = [
        layer({**bar, "color": "#eceae4"}, {**x, "field": "whole"}),
        layer({**bar, "color": NEEDED}, {**x, "field": "chance"}),
        layer({"type": "text", "align": "right", "dx": -8, "color": INK}, {"value": 0}, text={"field": "name"}),
        layer({"type": "text", "align": "left", "dx": 8, "color": QUIET}, {"value": inner}, text={"field": "label"}),
    ]
    panel = {"width": inner, "height": _STEP * len(rows), "layer": layers}
    return framed([title], size, f"{title}: {told}.", [panel]) | {"datasets": {"chances": rows}}


def _short(name: str, width: int) -> str:
    """A name that has room before its bar."""
    room = 34 if width >= 480 else 17
    return name if len(name) <= room else f"{name[: room - 1]}…"
