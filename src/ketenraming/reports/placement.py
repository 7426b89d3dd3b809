"""A placement for readers: on a terminal, as JSON, and as a CSV of the assignment."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.gemeenten.placement.ask import Answer
from ketenraming.gemeenten.placement.prices import Price
from ketenraming.gemeenten.placement.solve import Level, Solved
from ketenraming.gemeenten.placement.year import Year
from ketenraming.reports.listing import inert
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.words import say

COLUMNS = ("municipality", "site", "site_kind", "kind", "size", "groups_in", "groups_out", "persons")
SHOWN = 12  # municipalities of the table


def print_answer(answer: Answer, library: Library, console: Console, lang: Lang) -> None:
    """How many have a place, what the rules cost, where most go; or which rules stand in the way."""
    counts = {"persons": answer.given.arrivals, "sites": len(answer.given.sites)}
    told = {name: number(value, lang) for name, value in counts.items()}
    console.print(Text(say(library, "placement_title", lang, **told), style="bold"))
    if not answer.possible:
        console.print(Text(_impossible(answer, library, lang), style="red"))
    if answer.solved:
        console.print(_levels(answer.solved.levels, library, lang))
        console.print(_prices(answer.prices, library, lang))
        console.print(_towns(answer.solved, library, lang))
    console.print(say(library, "placement_groups_only", lang), highlight=False)


def _impossible(answer: Answer, library: Library, lang: Lang) -> str:
    if not answer.relaxations:
        return say(library, "placement_too_few", lang)
    either = f" {say(library, 'placement_or', lang)} "
    sets = [" + ".join(_rule(name, library, lang) for name in names) for names in answer.relaxations]
    return say(library, "placement_relax", lang, rules=either.join(sets))


def _rule(name: str, library: Library, lang: Lang) -> str:
    return say(library, f"placement_rule_{name}", lang)


def _table(library: Library, lang: Lang, keys: Sequence[str]) -> Table:
    """A table of which the first column is words, and the others are numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for i, key in enumerate(keys):
        table.add_column(say(library, key, lang), justify="right" if i else "left")
    return table


def _levels(levels: Sequence[Level], library: Library, lang: Lang) -> Table:
    table = _table(library, lang, ("placement_goal", "placement_reached", "placement_bound", "placement_proof"))
    for level in levels:
        proof = say(library, "placement_proven", lang)
        if not level.proven:
            gap = percent(100 * level.gap, lang) if np.isfinite(level.gap) else "?"
            proof = say(library, "placement_not_proven", lang, gap=gap)
        bound = number(max(level.bound, 0), lang) if np.isfinite(level.bound) else "?"
        table.add_row(say(library, f"placement_{level.name}", lang), number(level.value, lang), bound, proof)
    return table


def _prices(prices: Sequence[Price], library: Library, lang: Lang) -> Table:
    table = _table(library, lang, ("placement_rule", "placement_price"))
    for price in prices:
        ends = [number(each, lang) for each in (price.least, price.most)]
        table.add_row(_rule(price.rule, library, lang), ends[0] if price.proven else "–".join(ends))
    return table


def _towns(solved: Solved, library: Library, lang: Lang) -> Table:
    """The municipalities where most come, in the order of how many."""
    keys = ("placement_town", "placement_placed", "placement_held", "placement_target")
    table, problem = _table(library, lang, keys), solved.problem
    load = np.bincount(problem.town, _load(solved), len(problem.towns))
    held = problem.held + np.bincount(problem.town, problem.living, len(problem.towns)) + load
    for i in np.argsort(-load, kind="stable")[:SHOWN]:
        target = "" if np.isnan(problem.target[i]) else number(problem.target[i], lang)
        if load[i]:
            table.add_row(Text(problem.towns[i]), number(load[i], lang), number(held[i], lang), target)
    return table


def _load(solved: Solved) -> Any:
    return solved.problem.size @ (solved.assignment.come - solved.assignment.leave)


def print_year(year: Year, library: Library, console: Console, lang: Lang) -> None:
    """The year week by week beside the year in hindsight."""
    counts = {
        "arrived": year.arrived, "weeks": len(year.weeks), "placed": year.placed, "most": year.most_in_hindsight,
        "hindsight": year.placed_in_hindsight, "waited": year.person_weeks_waiting,
        "moved": sum(week.moved for week in year.weeks),
    }  # fmt: skip
    told = {name: number(value, lang) for name, value in counts.items()}
    for key in ("placement_year", "placement_year_ratio", "placement_year_waiting"):
        ratio = percent(100 * year.ratio, lang, 2)
        console.print(Text(say(library, key, lang, ratio=ratio, **told)))
    if year.most_in_hindsight > year.placed_in_hindsight:
        console.print(Text(say(library, "placement_year_unproven", lang, **told)))
    console.print(say(library, "placement_groups_only", lang), highlight=False)


def answer_as_json(answer: Answer, example: bool) -> dict[str, Any]:
    """An answer as one document; `lines` of the assignment as in the CSV."""
    solved = answer.solved
    return {
        "ok": True,
        "schema": "ketenraming/plaatsing/1",
        "example": example,
        "possible": answer.possible,
        "arrivals": answer.given.arrivals,
        "rules": list(answer.given.rules.in_force),
        "levels": [_level_as_json(level) for level in solved.levels] if solved else [],
        "prices": [{"rule": p.rule, "least": p.least, "most": p.most, "proven": p.proven} for p in answer.prices],
        "relaxations": [list(names) for names in answer.relaxations],
        "assignment": [dict(zip(COLUMNS, row, strict=True)) for row in _rows(answer)],
    }


def _level_as_json(level: Level) -> dict[str, Any]:
    finite = bool(np.isfinite(level.bound))
    return {
        "name": level.name,
        "value": level.value,
        "bound": level.bound if finite else None,
        "gap": level.gap if finite else None,
        "proven": level.proven,
    }


def year_as_json(year: Year, example: bool) -> dict[str, Any]:
    """A year as one document."""
    return {
        "ok": True,
        "schema": "ketenraming/plaatsing-jaar/1",
        "example": example,
        "arrivals": year.arrived,
        "placed": year.placed,
        "placed_in_hindsight": year.placed_in_hindsight,
        "most_in_hindsight": year.most_in_hindsight,
        "ratio": year.ratio,
        "person_weeks_waiting": year.person_weeks_waiting,
        "weeks": [{"arrived": w.arrived, "waiting": w.waiting, "moved": w.moved} for w in year.weeks],
    }


def assignment_as_csv(answer: Answer) -> str:
    """One row for groups of one kind and size that come to, or leave, a site; who has no place has no site."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in _rows(answer))
    return stream.getvalue()


def year_as_csv(year: Year) -> str:
    """One row a week."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("week", "arrived", "waiting", "moved"))
    writer.writerows((i, week.arrived, week.waiting, week.moved) for i, week in enumerate(year.weeks, 1))
    return stream.getvalue()


def _rows(answer: Answer) -> Iterator[tuple[str | int, ...]]:
    if answer.solved is None:
        return
    problem, made = answer.solved.problem, answer.solved.assignment
    for column, site in enumerate(answer.given.sites):
        for row in np.flatnonzero(made.come[:, column] + made.leave[:, column]):
            kind, size = problem.types[row]
            come, leave = int(made.come[row, column]), int(made.leave[row, column])
            yield site.municipality, site.id, str(site.kind), str(kind), size, come, leave, size * (come - leave)
    left = problem.new - (made.come - made.leave).sum(axis=1)
    for row in np.flatnonzero(left):
        kind, size = problem.types[row]
        yield "", "", "", str(kind), size, int(left[row]), 0, size * int(left[row])
