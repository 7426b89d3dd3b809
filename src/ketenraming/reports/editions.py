"""
Two editions beside each other for readers: whole thousands that add up in every row, and the words around them.

Amounts are printed in thousands of euros; reasons get whole numbers that make up the difference of those.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from ketenraming.evidence.library import BASELINE, Library
from ketenraming.evidence.printed import Amount, Key
from ketenraming.reports.compared import ARTICLE, share_out
from ketenraming.reports.numbers import LEVELS, Lang, day, money, number
from ketenraming.reports.words import label, named, say
from ketenraming.scenarios.editions import Edition, Editions, Moved, Reason, shown_year


@dataclass(frozen=True, slots=True)
class Told:
    """One address in one year, in whole thousands of euros or another unit; `spread` where one side has draws."""

    address: str
    year: int
    a: int
    b: int
    reasons: dict[Reason, int]
    spread: dict[str, int]
    made: tuple[bool, bool]  # whether A, and B, is made of a change and not printed as such
    not_funded: bool

    @property
    def more(self) -> int:
        """What B has more than A."""
        return self.b - self.a


def told(found: Editions, keys: Sequence[Key], unit: int = 1000) -> list[Told]:
    """These rows in whole thousands, or in another unit; refuses what is not there."""
    return [_told(found, found.row(*key), unit) for key in keys]


def _told(found: Editions, row: Moved, unit: int) -> Told:
    a, b = round(row.a / unit), round(row.b / unit)
    parts = dict(zip(row.reasons, share_out([part / unit for part in row.reasons.values()], b - a), strict=True))
    return Told(row.address, row.year, a, b, parts, _spread(row, unit), _made(found, row), row.not_funded)


def _spread(row: Moved, unit: int) -> dict[str, int]:
    if row.more.size == 1:
        return {}
    import numpy as np

    quantiles = np.quantile(row.more[1:], tuple(LEVELS.values()))
    return {name: round(float(q) / unit) for name, q in zip(LEVELS, quantiles, strict=True)}


def _made(found: Editions, row: Moved) -> tuple[bool, bool]:
    a, b = (one.amounts.get((row.address, row.year)) for one in (found.a, found.b))
    return bool(a and not a.is_printed), bool(b and not b.is_printed)


def about(found: Editions, line: str | None, year: int | None) -> Key:
    """The one row that a sentence or a chart is about: the article, or the first line there is, in the year shown."""
    when = year or shown_year(found)
    if line:
        years = [at for of, at in found.rows if of == line]
        return line, when if year or when in years or not years else years[0]
    there = [address for address, at in found.rows if at == when]
    return (ARTICLE if ARTICLE in there or not there else there[0]), when


def asked_for(found: Editions, line: str | None, year: int | None) -> list[Key]:
    """The rows that are asked for, or all; refuses a line or a year that is not there."""
    if line or year:
        found.row(*about(found, line, year))
    return [key for key in found.rows if line in {None, key[0]} and year in {None, key[1]}]


# In words


def reason(found: Editions, why: Reason, lang: Lang) -> str:
    """What a reason is called; against a scenario the rest is what is not budgeted."""
    rest = "not_budgeted" if found.with_scenario and why is Reason.REST else why.value
    return say(found.library, f"reason_{rest}", lang)


def outcome(found: Editions, key: Key, lang: Lang) -> str:
    """What it comes to, in one sentence."""
    row = found.row(*key)
    words = {"line": label(found.library, key[0], lang), "year": key[1], "a": found.a.asked, "b": found.b.asked}
    if not row.b - row.a:
        return say(found.library, "editions_equal", lang, **words)
    which = "editions_more" if row.b > row.a else "editions_less"
    return say(found.library, which, lang, **words, more=money(abs(row.b - row.a), lang))


def heading(found: Editions, lang: Lang) -> list[str]:
    """What is compared: the two sides, with the title and the day of a document."""
    return [_side(found.library, name, one, lang) for name, one in (("A", found.a), ("B", found.b))]


def _side(library: Library, name: str, one: Edition, lang: Lang) -> str:
    if one.document is None:
        return say(library, "editions_scenario", lang, name=name, asked=one.asked)
    words = {"title": one.document.title, "day": day(one.document.published, lang)}
    return say(library, "editions_document", lang, name=name, asked=one.asked, **words)


def notes(found: Editions, rows: Sequence[Told], key: Key, lang: Lang) -> list[str]:
    """For how many people amounts are, what they are made of, what is not shown, and how to read all of it."""
    library, moved = found.library, [found.rows[row.address, row.year] for row in rows]
    counted = [_people(library, row, lang) for row in moved if row.counted]
    made = [note for row in rows for note in _made_of(found, row, lang)]
    only = [say(library, "editions_only", lang, count=len(lines), side=name)
            for name, one in (("A", found.a), ("B", found.b)) if (lines := found.only(one))]  # fmt: skip
    legends = [] if counted else [say(library, "editions_none", lang)]
    legends.append(say(library, "editions_legend", lang))
    run = found.a.run or found.b.run
    if run:
        legends.append(say(library, "editions_legend_scenario", lang, draws=number(run.draws.count, lang)))
    if any(row.not_funded for row in rows) and run is None:
        title = library.sources[BASELINE].title
        legends.append(f"† {say(library, 'flag_not_funded', lang)} ({title})")
    return [*dict.fromkeys(counted), *dict.fromkeys(made), *only, *legends, _see(library, key, lang)]


def _see(library: Library, key: Key, lang: Lang) -> str:
    return say(library, "editions_vintages", lang, line=key[0], year=key[1])


def _people(library: Library, row: Moved, lang: Lang) -> str:
    assert row.counted
    a, b = row.counted
    words = {"what": named(library, a.variable, lang).lower(), "a": number(a.number, lang), "b": number(b.number, lang)}
    each = {"each_a": money(row.a / a.number, lang), "each_b": money(row.b / b.number, lang)}
    return say(
        library, "editions_counted", lang, line=label(library, row.address, lang), year=row.year, **words, **each
    )


def _made_of(found: Editions, row: Told, lang: Lang) -> list[str]:
    sides = zip(("A", "B"), (found.a, found.b), row.made, strict=True)
    words = {"line": label(found.library, row.address, lang), "year": row.year}
    return [
        say(
            found.library,
            "editions_made",
            lang,
            side=name,
            parts=_parts(one.amounts[row.address, row.year], lang),
            **words,
        )
        for name, one, made in sides
        if made
    ]


def _parts(amount: Amount, lang: Lang) -> str:
    """The levels and changes that an amount is made of, with the document of each."""
    parts = [f"{number(each.keur, lang)} ({each.document})" for each in amount.made_of]
    if amount.move:
        parts.append(f"{number(-amount.move.amount_keur, lang)} ({amount.move.source})")
    return " + ".join(parts)


# As files


def editions_as_csv(found: Editions, line: str | None = None, year: int | None = None) -> str:
    """One row an address and year, in whole euros; a column for every reason."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    head = ["address", "line_nl", "line_en", "year", "a", "b", "difference", *Reason, *LEVELS]
    writer.writerow([*head, "a_made", "b_made", "not_funded"])
    for row in told(found, asked_for(found, line, year), unit=1):
        names = [label(found.library, row.address, lang) for lang in ("nl", "en")]
        spread = [row.spread.get(name, "") for name in LEVELS]
        flags = [int(flag) for flag in (*row.made, row.not_funded)]
        writer.writerow([row.address, *names, row.year, row.a, row.b, row.more, *row.reasons.values(), *spread, *flags])
    return stream.getvalue()


def editions_as_json(found: Editions, line: str | None = None, year: int | None = None) -> dict[str, Any]:
    """What B says more than A by address and year, in whole euros that add up, with what amounts are made of."""
    rows = told(found, asked_for(found, line, year), unit=1)
    run = found.a.run or found.b.run
    drawn = {"seed": run.draws.seed, "draws": run.draws.count} if run else {}
    return {
        "ok": True,
        "schema": "ketenraming/editions/1",
        "unit": "EUR",
        "a": _side_as_json(found.a),
        "b": _side_as_json(found.b),
        "rows": [_row_as_json(found, row) for row in rows],
        "only_a": found.only(found.a),
        "only_b": found.only(found.b),
        "made": {"version": version("ketenraming"), "library": found.library.digest, **drawn},
    }


def _side_as_json(one: Edition) -> dict[str, Any]:
    if one.document is None:
        return {"asked": one.asked, "printed": False}
    of = one.document
    day_known = {"published": of.published.isoformat(), "day_assumed": of.published_is == "assumed"}
    return {"asked": one.asked, "printed": True, "title": of.title, "stage": of.stage, "year": of.year, **day_known}


def _row_as_json(found: Editions, row: Told) -> dict[str, Any]:
    moved = found.rows[row.address, row.year]
    return {
        "address": row.address,
        "label_nl": label(found.library, row.address, "nl"),
        "label_en": label(found.library, row.address, "en"),
        "year": row.year,
        "a": row.a,
        "b": row.b,
        "difference": {"central": row.more, **row.spread},
        "reasons": {why.value: part for why, part in row.reasons.items()},
        "not_funded": row.not_funded,
        "counted": _counted_as_json(moved),
        "made_of": {
            name: [_part_as_json(part) for part in one.amounts[row.address, row.year].made_of] + _move_as_json(one, row)
            for name, one in (("a", found.a), ("b", found.b))
            if (row.address, row.year) in one.amounts
        },
    }


def _counted_as_json(row: Moved) -> dict[str, Any] | None:
    if not row.counted:
        return None
    a, b = row.counted
    return {"variable": a.variable, "a": round(a.number, 1), "b": round(b.number, 1)}


def _part_as_json(part: Any) -> dict[str, Any]:
    return {"document": part.document, "stage": part.stage, "measure": part.measure, "euros": part.euros}


def _move_as_json(one: Edition, row: Told) -> list[dict[str, Any]]:
    move = one.amounts[row.address, row.year].move
    if move is None:
        return []
    return [{"document": move.source, "stage": None, "measure": "change", "euros": -1000 * move.amount_keur}]
