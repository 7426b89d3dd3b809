"""One line or quantity by year with its bands: half of the draws in the dark one, four in five in the light one."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.finance.term import Term
from ketenraming.reports.charts import BAND, INK, MONEY, NEEDED, QUIET, WIDE, Spec, framed, to_svg
from ketenraming.reports.checked import capital
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.tables import supposed
from ketenraming.reports.words import named, say
from ketenraming.scenarios.run import Run

DARK, SIZE, HEIGHT = "#d3a669", 14, 300
_ROOM = 2.0  # times the other run: so far the axis stays as it is, and one sees the chart move
_LEVELS = {"low": 0.1, "lower": 0.25, "upper": 0.75, "high": 0.9}


@dataclass(frozen=True)
class Chart:
    """A chart: shows itself in a notebook, and saves itself as SVG, PNG or as its Vega-Lite specification."""

    spec: Spec

    def __repr__(self) -> str:
        return f"{self.title}\n{self.spec['description']}"

    @property
    def title(self) -> str:
        """The title in one line."""
        return " ".join(self.spec["title"]["text"])

    def _repr_svg_(self) -> str:
        return to_svg(self.spec)

    def _repr_html_(self) -> str:
        return f'<figure style="margin:0;max-width:50em">{self._repr_svg_()}</figure>'

    def save(self, path: str | Path) -> Path:
        """Write the chart; the ending says how: .svg, .png, .csv or .json."""
        from ketenraming.reports.drawn import MIME, drawn

        path = Path(path)
        if path.suffix[1:] not in MIME:
            raise KetenramingError(f"{path} cannot be drawn: end its name in .svg, .png, .csv or .json.")
        path.write_bytes(drawn(self, path.suffix[1:]))
        return path


def png(spec: Spec) -> bytes:
    """The chart as a picture of points, two for every pixel."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(spec, vl_version="5.20", scale=2, allowed_base_urls=[])
    return drawn


def fan(run: Run, name: str, lang: Lang, beside: Run | None = None, width: int = WIDE) -> Chart:
    """
    What is needed for an address beside what is budgeted, or a quantity or price, over the years.

    `beside` is another run, such as the baseline, whose central line is drawn too. What changes from run to run stands
    in the datasets of the specification by name, so that a page can change them and leave the chart.
    """
    terms, look = quantity(run, name), _Look(run, lang, width)
    lines = [run.row(name, year) for year in run.years] if name in run.addresses else []
    others = quantity(beside, name) if beside else {}
    budgeted = {row.year: row.budgeted.central for row in lines}
    return _drawn(look, named(run.library, name, lang), terms, budgeted, {y: t.central for y, t in others.items()})


@dataclass(frozen=True, slots=True)
class _Look:
    """Whose chart it is, in which language and how wide."""

    run: Run
    lang: Lang
    width: int

    @property
    def size(self) -> int:
        """The size of letters."""
        return SIZE if self.width >= 480 else SIZE - 1

    def lines(self, text: str) -> list[str]:
        """A text broken to the width of the chart."""
        return wrap(text, int(self.width / (0.52 * self.size)))


def quantity(run: Run, name: str) -> dict[str, Term]:
    """A quantity or price by year, or what an address needs; raises NotInLibrary with the nearest names."""
    if name in run.addresses:
        return {year: run.row(name, year).needed for year in run.years}
    if all(name in row for row in run.terms.values()):
        return {year: run.terms[year][name] for year in run.years}
    always = set.intersection(*(set(row) for row in run.terms.values()))
    raise NotInLibrary("quantity or address", name, [*always, *run.addresses])


def unit_name(run: Run, unit: str, lang: Lang) -> str:
    """A unit in words (a person-year is a person, on average), or as it is written where the library has none."""
    known = run.library.units.get(unit.removesuffix("-year"))
    return unit if known is None else (known.label_nl if lang == "nl" else known.label_en)


def _drawn(
    look: _Look, name: str, terms: Mapping[str, Term], budgeted: Mapping[str, float], beside: Mapping[str, float]
) -> Chart:
    """The chart of these terms, in the unit that says them in few digits."""
    run, lang = look.run, look.lang
    scale, unit, decimals = _scale(run, terms, lang)
    data = {
        "points": [_point(int(year), term, scale, decimals, lang) for year, term in terms.items()],
        "printed": [_plain(year, value / scale, decimals, lang) for year, value in budgeted.items()],
        "beside": [_plain(year, value / scale, decimals, lang) for year, value in beside.items()],
    }
    key = "fan_needed" if budgeted else "fan_quantity"
    title = say(run.library, key, lang, name=name, unit=unit).removesuffix(" ()")
    bands = say(run.library, "fan_bands", lang, draws=number(run.draws.count, lang))
    bands += f" {say(run.library, 'fan_beside', lang)}" if beside else ""
    most = max(row[field] for rows in data.values() for row in rows for field in ("central", "high") if field in row)
    ticks = _ticks(max(most, _ROOM * max((row["central"] for row in data["beside"]), default=0.0)))
    layers = _layers(data, _axes(look))
    panel = {"width": look.width, "height": HEIGHT, "layer": layers}
    spec = framed(look.lines(title), look.size, _told(run, bands, data["points"], data["printed"], lang), [panel])
    under = [line for text in (supposed(run, lang), bands) for line in look.lines(text)]
    spec["title"] |= {"subtitle": under, "subtitleColor": QUIET, "subtitleFontSize": look.size - 1}
    spec["params"] = _reach(ticks, lang)
    spec["datasets"] = {name: rows for name, rows in data.items() if rows}
    return Chart(spec)


def _plain(year: str, value: float, decimals: int, lang: Lang) -> Spec:
    """A value with its label."""
    return {"year": int(year), "central": value, "label": number(value, lang, decimals)}


def _told(run: Run, bands: str, points: Sequence[Spec], printed: Sequence[Spec], lang: Lang) -> str:
    """The numbers of the chart as text, for who cannot see it."""
    around = "; ".join(f"{point['year']} {point['label']} ({point['range']})" for point in points)
    beside = "; ".join(f"{point['year']} {point['label']}" for point in printed)
    told = [*([f"{supposed(run, lang)}."] if run.scenarios else []), bands, f"{around}."]
    if beside:
        told.append(f"{capital(say(run.library, 'budgeted', lang))}: {beside}.")
    return " ".join(told)


def _scale(run: Run, terms: Mapping[str, Term], lang: Lang) -> tuple[float, str, int]:
    """By what to divide, what to call it, and how many decimals to write."""
    most, unit = max(term.central for term in terms.values()), next(iter(terms.values())).unit
    if unit == "EUR":
        return (1e9, unit_name(run, "bnEUR", lang), 2) if most >= 1e9 else (1e6, unit_name(run, "mEUR", lang), 1)
    if unit == "1":
        return 0.01, "%", 1
    return 1.0, unit_name(run, unit, lang), 0 if most >= 100 else 2


def _point(year: int, term: Term, scale: float, decimals: int, lang: Lang) -> Spec:
    values = dict(zip(_LEVELS, (q / scale for q in term.quantiles(tuple(_LEVELS.values()))), strict=True))
    said = {name: number(values[name], lang, decimals) for name in ("low", "high")}
    central = term.central / scale
    return {"year": year, "central": central, **values, "label": number(central, lang, decimals),
            "range": f"{said['low']} – {said['high']}",
            "tip": f"{year}: {number(central, lang, decimals)} ({said['low']} – {said['high']})"}  # fmt: skip


def _ticks(most: float) -> list[float]:
    """From nought to above the most, in four to eight steps of one, two or five."""
    rough = most / 5 or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough)
    return [round(i * step, 10) for i in range(math.ceil(most * 1.05 / step) + 1)]


def _axes(look: _Look) -> Spec:
    """The axes of years and of values; how far the values go stands in `params`, as the page that changes it needs."""
    years = [int(year) for year in look.run.years]
    x = {"scale": {"domain": [years[0] - 0.4, years[-1] + 0.4], "nice": False, "zero": False},
         "axis": {"values": years, "format": "d", "title": None, "grid": False, "ticks": False}}  # fmt: skip
    y = {"scale": {"domainMin": 0, "domainMax": {"expr": "top"}, "nice": False},
         "axis": {"values": {"expr": "ticks"}, "labelExpr": "labels[datum.value]", "title": None,
                  "domain": False, "ticks": False, "gridColor": "#e4e7ea"}}  # fmt: skip
    return {"x": {"field": "year", "type": "quantitative", **x}, "y": {"type": "quantitative", **y}}


def _reach(ticks: Sequence[float], lang: Lang) -> list[Spec]:
    """How far the axis of values goes; the labels are written out, so that no chart needs a locale."""
    decimals = next(d for d in range(11) if all(round(tick, d) == tick for tick in ticks))
    labels = {repr(tick).removesuffix(".0"): number(tick, lang, decimals) for tick in ticks}
    named = {"top": ticks[-1], "ticks": list(ticks), "labels": labels}
    return [{"name": name, "value": value} for name, value in named.items()]


def _layers(data: Mapping[str, list[Spec]], axes: Spec) -> list[Spec]:
    """The light band, the dark one, the other run, the central line with its numbers, and diamonds for budgeted."""

    def layer(mark: Spec, field: str, name: str = "points", **more: Any) -> Spec:
        encoding = {"x": axes["x"], "y": {**axes["y"], "field": field}, **more}
        return {"data": {"name": name}, "mark": mark, "encoding": encoding}

    tip: Spec = {"field": "tip"}
    dashed = {"type": "line", "color": INK, "strokeWidth": 1.5, "strokeDash": [5, 4]}
    return [
        layer({"type": "area", "color": BAND}, "low", y2={"field": "high"}),
        layer({"type": "area", "color": DARK}, "lower", y2={"field": "upper"}),
        *(layer({"type": "line", "color": NEEDED, "strokeWidth": 0.75}, edge) for edge in ("low", "high")),
        *([layer(dashed, "central", "beside")] if data["beside"] else []),
        layer({"type": "line", "color": NEEDED, "strokeWidth": 2.5}, "central"),
        layer({"type": "point", "filled": True, "opacity": 1, "size": 60, "color": NEEDED}, "central", tooltip=tip),
        layer({"type": "text", "dy": -13, "color": INK}, "central", text={"field": "label"}),
        *([layer({"type": "point", "shape": "diamond", "filled": True, "opacity": 1, "size": 120, "color": MONEY},
                 "central", "printed")] if data["printed"] else []),
    ]  # fmt: skip
