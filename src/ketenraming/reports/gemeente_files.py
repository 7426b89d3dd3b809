"""One municipality on a terminal, as CSV and as JSON."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from ketenraming.evidence.gemeenten import Gemeente
from ketenraming.evidence.library import Library
from ketenraming.gemeenten.bekostiging import Payment
from ketenraming.gemeenten.spreiding import Standing
from ketenraming.gemeenten.taakstelling import HousingTask
from ketenraming.reports.as_json import finding_as_json
from ketenraming.reports.gemeente import PARTS, about, sections, title
from ketenraming.reports.numbers import Lang
from ketenraming.reports.rules import not_advice, notice_as_json, steps_as_json
from ketenraming.reports.shown import Table
from ketenraming.reports.words import say
from ketenraming.rules.explain import Norm, Outcome
from ketenraming.scenarios.local import Local, Spread, Swapped

Json = dict[str, Any]
HEAD = ("part", "code", "name", "item", "value", "unit")


def print_local(found: Local, console: Console, lang: Lang) -> None:
    """All sections, with what to know of each below it."""
    console.print(Text(title(found, lang), style="bold"))
    for text in about(found, lang):
        console.print(Text(text))
    for section in sections(found, lang):
        console.print()
        console.print(Text(section.heading, style="bold"))
        for table in section.tables:
            console.print(_grid(table))
        for note in section.notes:
            console.print(Text(note))
    if found.key.implied:
        console.print(Text(say(found.library, "gemeente_implied_option", lang)))
    console.print()
    console.print(Text(not_advice(found.library, lang)))


def _grid(table: Table) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for i, head in enumerate(table.head):
        grid.add_column(Text(head), justify="left" if i < table.words else "right")
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    return grid


def local_as_csv(found: Local) -> str:
    """A row for each number: the part it belongs to, whose it is, what it is, and its unit."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(_rows(found))
    return written.getvalue()


def _rows(found: Local) -> Iterator[tuple[str, str, str, str, float, str]]:
    one = found.municipality
    for code, name, standing in _standings(found):
        part = "province" if code.startswith("PV") else "municipality" if code == one.code else "neighbour"
        yield from ((part, code, name, item, getattr(standing, item), "place") for item in PARTS)
    for each in found.housing:
        values = {"national": each.half_year.national, "task": each.task.value, "owed": each.with_backlog.value}
        for item, value in values.items():
            yield "housing", one.code, each.half_year.name, item, value, "person"
    for name, paid in _paid(found):
        yield "payment", one.code, name, str(found.year), paid.value, "EUR"


def _standings(found: Local) -> Iterator[tuple[str, str, Standing]]:
    for each in found.neighbours:
        yield each.municipality.code, each.municipality.name, each.standing
    for code, standing in found.provinces.items():
        yield code, found.library.gemeenten.provinces[code].name, standing


def _paid(found: Local) -> Iterator[tuple[str, Outcome[float]]]:
    yield "ukraine", found.ukraine.paid
    yield "transit", found.transit.paid
    if found.transit.coupled:
        yield "transit_coupled", found.transit.coupled
    if found.private:
        yield "private", found.private.paid


def local_as_json(found: Local) -> Json:
    """All of it as one document."""
    library = found.library
    return {
        "ok": True,
        "schema": "ketenraming/gemeente/1",
        "year": found.year,
        "municipality": {**_named(found.municipality), "inhabitants": found.municipality.inhabitants},
        "province": {"code": found.province.code, "name": found.province.name},
        "supposed": {
            "scenarios": list(found.supposed.scenarios),
            "places_factor": float(found.supposed.places),
            "housing_factor": float(found.supposed.housing),
        },
        "spreading": _spreading(found),
        "housing": [_housing(each, library) for each in found.housing],
        "supervision": _supervision(found),
        "payments": _payments(found),
        "living": _living(found),
        "transition": _transition(found),
        "swaps": {"housing": _swap(found.housing_swap), "places": _swap(found.places_swap)},
        "neighbours": [{**_named(each.municipality), **_standing(each.standing)} for each in found.neighbours],
        "provinces": [
            {"code": code, "name": library.gemeenten.provinces[code].name, **_standing(standing)}
            for code, standing in found.provinces.items()
        ],
        "findings": [finding_as_json(each, library) for each in found.findings],
        **notice_as_json(library),
    }


def _named(one: Gemeente) -> Json:
    return {"code": one.code, "name": one.name}


def _standing(of: Standing) -> Json:
    return {part: getattr(of, part) for part in PARTS}


def _spreading(found: Local) -> Json:
    return {
        "national_need": found.national,
        "cycle": found.cycle.number,
        "cycles": [_cycle(each) for each in found.spread],
        "sum_of_tasks": sum(found.need.value.values()),
        "score": float(found.key.score(found.municipality.code)),
        "score_implied": found.key.implied,
        **_standing(found.standing),
        "bonus_places_province": float(found.bonus.value),
        "bonus_places": float(found.bonus_part),
        "steps": steps_as_json(found.need, found.library) + steps_as_json(found.standing.lasting, found.library),
    }


def _cycle(each: Spread) -> Json:
    """A cycle as it was announced, with the tasks of the municipality and of its province."""
    cycle, minors = each.cycle, each.minors
    return {
        "number": cycle.number,
        "first": cycle.first.isoformat(),
        "last": None if cycle.goes_on else cycle.last.isoformat(),
        "need": cycle.need.count,
        "task": each.task,
        "task_province": each.of_province,
        "minors_need": cycle.minors.count if cycle.minors else None,
        "minors_task": minors[0] if minors else None,
        "minors_task_province": minors[1] if minors else None,
    }


def _housing(each: HousingTask, library: Library) -> Json:
    return {
        "half_year": each.half_year.name,
        "national": each.half_year.national,
        "published_for": each.half_year.published.period.text,
        "carried": each.half_year.carried,
        "task": each.task.value,
        "with_backlog": each.with_backlog.value,
        "population_day": each.population_day.value.isoformat(),
        "published_by": each.published_by.value.isoformat(),
        "steps": steps_as_json(each.task, library) + steps_as_json(each.with_backlog, library),
    }


def _supervision(found: Local) -> Json | None:
    if found.ladder is None:
        return None
    told = found.ladder
    steps = steps_as_json(told, found.library)
    return {"missed": told.value.missed, "may_intervene": told.value.may_intervene, "steps": steps}


def _payments(found: Local) -> Json:
    library, private = found.library, found.private
    paid = {"ukraine": _payment(found.ukraine, library), "transit": _payment(found.transit, library)}
    return {**paid, "private": _private(private, library) if private else None}


def _private(of: Payment, library: Library) -> Json:
    return {"persons": of.count, "euros": of.paid.value, **_told(of.paid, library)}


def _told(of: Outcome[float], library: Library) -> Json:
    return {"confirmed": of.confirmed, "steps": steps_as_json(of, library)}


def _living(found: Local) -> Json | None:
    if found.living is None:
        return None
    of = found.living
    paid = {"allowance": of.allowance, "contribution": of.contribution}
    return {
        "day": of.day.isoformat(),
        "adults": of.household.adults,
        "minors": of.household.minors,
        "private": of.household.private,
        "meals": of.household.meals,
        **{
            name: {"euros_a_month": each.value, **_told(each, found.library)} if each else None
            for name, each in paid.items()
        },
    }


def _transition(found: Local) -> Json | None:
    if found.transition is None:
        return None
    of = found.transition
    told = {"ukraine": of.ukraine, "transit": of.transit}
    above = {name: {"to_apply_for": each.value, **_told(each, found.library)} for name, each in told.items()}
    return {"granted": of.granted, "spent": of.spent, **above}


def _payment(of: Payment, library: Library) -> Json:
    return {
        "places": of.count,
        "euros": of.paid.value,
        "euros_coupled": of.coupled.value if of.coupled else None,
        "confirmed": of.paid.confirmed and all(norm.confirmed for norm in of.days),
        "days": [_day(norm) for norm in of.days],
        "steps": steps_as_json(of.coupled or of.paid, library),
    }


def _day(norm: Norm) -> Json:
    return {"name": norm.name, "day": norm.day.isoformat(), "confirmed": norm.confirmed, "note": norm.note}


def _swap(swap: Swapped | None) -> Json | None:
    if swap is None:
        return None
    tasks = [{"name": name, "before": swap.before[name], "after": swap.after[name]} for name in swap.before]
    return {"other": swap.other, "count": swap.count, "tasks": tasks}
