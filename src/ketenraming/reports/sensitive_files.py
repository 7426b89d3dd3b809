"""Sensitivity as one CSV table and as one JSON document; docs/reference/json.md describes the shape."""

import csv
import io
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from ketenraming.evidence.library import Library
from ketenraming.reports.sensitive import SPENT, what
from ketenraming.scenarios.sensitivity.officer import Officer
from ketenraming.scenarios.sensitivity.tornado import Sensitivity, Swing


def sensitivity_as_csv(found: Sensitivity) -> str:
    """All tables below each other, one number a row; euros of a tornado are above or below the central estimate."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["table", "name", "of", "year", "measure", "unit", "value"])
    writer.writerows(_numbers(found))
    return stream.getvalue()


def _numbers(found: Sensitivity) -> Iterator[tuple[object, ...]]:
    address, year = found.question.address, found.question.year
    for e in found.effects:
        yield from (("elasticity", e.lever, e.of, when, "effect", e.unit, value) for when, value in e.years.items())
    for s in found.swings:
        for end, value in zip(("low", "central", "high"), s.at, strict=True):
            yield "tornado", s.name, s.name, year, end, s.unit, value
        for end, value in (("low", s.low), ("high", s.high)):
            yield "tornado", s.name, address, year, f"needed_{end}", "EUR", value
    for i in found.indices:
        for measure in ("first", "first_error", "total", "total_error"):
            yield "sobol", i.name, address, year, measure, "1", getattr(i, measure)


def sensitivity_as_json(found: Sensitivity, one: Officer | None = None) -> dict[str, Any]:
    """The tables in full, euros unrounded but for the cent."""
    low, high = found.band
    return {
        "ok": True,
        "schema": "ketenraming/sensitivity/1",
        "unit": "EUR",
        "address": found.question.address,
        "year": found.question.year,
        "needed": {"central": round(found.needed, 2), "p10": round(low, 2), "p90": round(high, 2)},
        "elasticities": [
            {"lever": e.lever, "of": e.of, "unit": e.unit, "years": {y: round(v, 4) for y, v in e.years.items()}}
            for e in found.effects
        ],
        "tornado": [_swing_as_json(swing, found.library) for swing in found.swings],
        "sobol": [
            {"name": i.name, "first": round(i.first, 5), "first_error": round(i.first_error, 5),
             "total": round(i.total, 5), "total_error": round(i.total_error, 5)}
            for i in found.indices
        ],
        **({"officer": _officer_as_json(one)} if one else {}),
        "made": {"version": version("ketenraming"), "library": found.library.digest,
                 "seed": found.draws.seed, "draws": found.draws.count},
    }  # fmt: skip


def _swing_as_json(swing: Swing, library: Library) -> dict[str, Any]:
    return {
        "name": swing.name,
        "label_nl": what(swing.name, library, "nl"),
        "label_en": what(swing.name, library, "en"),
        "unit": swing.unit,
        "wanders": swing.wanders,
        "at": dict(zip(("low", "central", "high"), swing.at, strict=True)),
        "needed_low": round(swing.low, 2),
        "needed_high": round(swing.high, 2),
    }


def _officer_as_json(one: Officer) -> dict[str, Any]:
    rows = {name: {year: round(euros, 2) for year, euros in getattr(one, name).items()} for name in (*SPENT, "paid")}
    net = {"saved": round(one.saved, 2), "net": round(one.net, 2), "break_even": one.break_even}
    return {"salary": one.salary, "decisions": one.decisions, **rows, **net}
