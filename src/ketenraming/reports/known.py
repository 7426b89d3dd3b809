"""What the library knows, as JSON: printed figures, parameters with their sources, scenarios and levers."""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import Any

from ketenraming.evidence.figure import Figure
from ketenraming.evidence.library import Library
from ketenraming.evidence.parameter import DatedValue, Parameter
from ketenraming.evidence.source import Citation, Source
from ketenraming.reports.as_json import Json, place_as_json
from ketenraming.scenarios.levers import LEVERS, Lever
from ketenraming.scenarios.scenario import Scenario
from ketenraming.scenarios.shelf import ids, load_scenarios


def figures_as_json(figures: Iterable[Figure], edition: str, library: Library) -> Json:
    """Printed figures of an edition."""
    return {
        "ok": True,
        "schema": "ketenraming/figures/1",
        "edition": edition,
        "figures": [_figure(figure) for figure in figures],
        "made": _made(library),
    }


def _figure(figure: Figure) -> Json:
    return {
        "place": place_as_json(figure.place),
        "value": figure.value,
        "unit": figure.unit,
        "tolerance": figure.tolerance,
        "kind": figure.kind.value,
        "maturity": figure.maturity.value,
        "label": figure.label,
        "note": figure.note,
    }


def parameters_as_json(parameters: Iterable[Parameter], library: Library, known_on: date | None = None) -> Json:
    """Parameters with every value that was published by a day, and the sources that these cite."""
    told = {one: [v for v in one.values if v.known_since <= (known_on or date.max)] for one in _in_order(parameters)}
    cited = {value.source.id for values in told.values() for value in values}
    cited |= {one.spread.source.id for one, values in told.items() if values and one.spread}
    return {
        "ok": True,
        "schema": "ketenraming/parameters/1",
        "known_on": known_on.isoformat() if known_on else None,
        "parameters": [_parameter(one, values) for one, values in told.items() if values],
        "sources": {name: source_as_json(source) for name, source in library.sources.items() if name in cited},
        "made": _made(library),
    }


def _in_order(parameters: Iterable[Parameter]) -> list[Parameter]:
    return sorted(parameters, key=lambda one: one.id)


def _parameter(one: Parameter, values: Iterable[DatedValue]) -> Json:
    return {
        "name": one.id,
        "label_nl": one.label_nl,
        "label_en": one.label_en,
        "description": one.description,
        "unit": one.unit,
        "prices": one.prices,
        "values": [_value(value) for value in values],
        "spread": _spread(one),
        "review_by": one.review_by.isoformat() if one.review_by else None,
    }


def _value(value: DatedValue) -> Json:
    return {
        "from": value.from_.isoformat(),
        "until": value.until.isoformat() if value.until < date.max else None,
        "value": value.value.isoformat() if isinstance(value.value, date) else value.value,
        "known_since": value.known_since.isoformat(),
        "status": value.status,
        "source": _citation(value.source),
        "note": value.note,
    }


def _spread(one: Parameter) -> Json | None:
    if one.spread is None:
        return None
    return {
        "shape": one.spread.shape,
        "low": one.spread.low,
        "high": one.spread.high,
        "by": one.spread.by,
        "source": _citation(one.spread.source),
    }


def _citation(source: Citation) -> Json:
    return {"id": source.id, "where": source.where, "because": source.because}


def source_as_json(source: Source) -> Json:
    """A source by its parts."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind,
        "published": source.published.isoformat(),
        "published_is": source.published_is,
        "url": source.url,
        "bwb_id": source.bwb_id,
        "licence": source.licence,
    }


def scenarios_as_json(library: Library) -> Json:
    """The shipped scenarios in full, and the levers with where they can stand."""
    shipped = sorted(load_scenarios(ids(library), library), key=lambda one: one.id)
    return {
        "ok": True,
        "schema": "ketenraming/scenarios/1",
        "scenarios": [_scenario(one) for one in shipped],
        "levers": [_lever(one, library) for one in LEVERS],
        "made": _made(library),
    }


def _scenario(one: Scenario) -> Json:
    """A scenario as its file has it, so that it can be sent again."""
    return {
        "id": one.id,
        "title": {"nl": one.title.nl, "en": one.title.en},
        "reason": {"nl": one.reason.nl, "en": one.reason.en},
        "source": _citation(one.source),
        "after": list(one.after),
        "changes": [change.model_dump(mode="json", by_alias=True, exclude_none=True) for change in one.changes],
    }


def _lever(one: Lever, library: Library) -> Json:
    words = library.messages[f"lever_{one.name}"]
    return {
        "name": one.name,
        "label_nl": words["nl"],
        "label_en": words["en"],
        "changes": one.path,
        "low": one.low,
        "high": one.high,
        "step": one.step,
        "unit": "percent" if one.by_percent else "quarter",
    }


def _made(library: Library) -> dict[str, Any]:
    return {"version": version("ketenraming"), "library": library.digest}
