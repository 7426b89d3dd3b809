"""
Sites and groups as people give them: two CSV files with a header, read whole, every mistake told with its line.

Columns of sites: id, municipality, kind, places, and if wanted minimum, maximum, occupied, task, cost.
Columns of groups: kind, size, number, and if wanted at (the id of a site) and week (1 to 53).
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from pathlib import Path

from ketenraming.base.errors import PlacementInvalid, did_you_mean
from ketenraming.gemeenten.placement.given import ACCEPTS, Group, GroupKind, Site, SiteKind

MOST_BYTES = 2_000_000
MOST_SITES, MOST_TYPES = 2_000, 500
MOST_PERSONS, MOST_SIZE, MOST_EUROS, LAST_WEEK = 1_000_000, 1_000, 100_000.0, 53
MOST_TOLD = 20  # mistakes
SITE_COLUMNS = ("id", "municipality", "kind", "places"), ("minimum", "maximum", "occupied", "task", "cost")
GROUP_COLUMNS = ("kind", "size", "number"), ("at", "week")
Weekly = tuple[tuple[int, Group], ...]  # week (0 where none was given) and group


@dataclass(slots=True)
class _Reader:
    """One file: its rows, and the mistakes found so far."""

    name: str
    mistakes: list[str] = field(default_factory=list)

    def say(self, line: int, wrong: str) -> None:
        """Note a mistake of a line."""
        self.mistakes.append(f"{self.name}, line {line}: {wrong}")

    def number(self, row: Mapping[str, str], line: int, name: str, ends: tuple[float, float]) -> float:
        """A number of a row between two ends; the low end, and a mistake, where it is none."""
        text = (row.get(name) or "").strip()
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if isfinite(value) and ends[0] <= value <= ends[1]:
            return value
        self.say(line, f"{name} {text!r} is no number from {ends[0]:g} to {ends[1]:.0f}. Correct it.")
        return float(ends[0])

    def whole(self, row: Mapping[str, str], line: int, name: str, ends: tuple[int, int]) -> int:
        """A whole number of a row between two ends."""
        value = self.number(row, line, name, ends)
        if not value.is_integer():
            self.say(line, f"{name} {value:g} is not whole. Write a whole number.")
        return int(value)

    def one_of(self, row: Mapping[str, str], line: int, kinds: type[StrEnum]) -> str:
        """The kind of a row."""
        text, known = (row.get("kind") or "").strip(), [str(each) for each in kinds]
        if text in known:
            return text
        self.say(line, f"kind {text!r} is none of {', '.join(known)}.{did_you_mean(text, known)}")
        return known[0]


def read_tables(sites: Path, groups: Path) -> tuple[tuple[Site, ...], Weekly]:
    """Both files; raises PlacementInvalid with all mistakes of both."""
    of_sites, of_groups = _Reader(sites.name), _Reader(groups.name)
    places = _sites(of_sites, _text(sites))
    asked = _groups(of_groups, _text(groups), {site.id: site for site in places})
    if mistakes := [*of_sites.mistakes, *of_groups.mistakes]:
        more = len(mistakes) - MOST_TOLD
        raise PlacementInvalid([*mistakes[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])
    return places, asked


def _text(path: Path) -> str:
    """What a file holds; raises PlacementInvalid where it cannot be read as text of a bounded size."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PlacementInvalid([f"{path.name} is larger than {MOST_BYTES:,} bytes. Give a smaller table."])
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PlacementInvalid([f"{path.name} cannot be read ({error.strerror}). Give a CSV file."]) from error
    except UnicodeDecodeError as error:
        raise PlacementInvalid([f"{path.name} is not text in UTF-8. Save it as CSV in UTF-8."]) from error


def _rows(
    reader: _Reader, text: str, columns: tuple[Sequence[str], Sequence[str]], most: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their lines; nothing where the header is not what it must be."""
    table = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    try:
        header = [name.strip() for name in table.fieldnames or ()]
        table.fieldnames = header
        if wrong := _header(header, *columns):
            return reader.say(1, wrong)
        for count, row in enumerate(table, 1):
            if count > most:
                return reader.say(table.line_num, f"there are more than {most:,} rows. Give fewer.")
            if "" in row or None in row.values():
                reader.say(table.line_num, f"there are not {len(header)} cells. Write one for each column.")
            else:
                yield table.line_num, row
    except csv.Error as error:
        reader.say(table.line_num, f"this is no CSV ({error}). Save the table as CSV again.")
    return None


def _header(header: Sequence[str], needed: Sequence[str], more: Sequence[str]) -> str:
    known = [*needed, *more]
    if len(set(header)) < len(header):
        return "a column stands there twice. Leave one out."
    if missing := [name for name in needed if name not in header]:
        return f"the column {missing[0]!r} is missing. Columns: {', '.join(known)}."
    if strange := [name for name in header if name not in known]:
        return f"there is no column {strange[0]!r}.{did_you_mean(strange[0], known)} Columns: {', '.join(known)}."
    return ""


def _sites(reader: _Reader, text: str) -> tuple[Site, ...]:
    found: dict[str, Site] = {}
    tasks: dict[str, float] = {}
    for line, row in _rows(reader, text, SITE_COLUMNS, MOST_SITES):
        site = _site(reader, line, row)
        if site.id in found:
            reader.say(line, f"the site {site.id!r} stands there twice. Give each an id of its own.")
        if tasks.setdefault(site.municipality, site.task) != site.task:
            reader.say(line, f"{site.municipality!r} had another task before. Write the same task at all its sites.")
        found[site.id] = site
    if not found and not reader.mistakes:
        reader.say(1, "there is no site. Write at least one.")
    return tuple(found.values())


def _site(reader: _Reader, line: int, row: Mapping[str, str]) -> Site:
    def given(name: str) -> bool:
        return bool((row.get(name) or "").strip())

    def whole(name: str) -> int:
        return reader.whole(row, line, name, (0, MOST_PERSONS)) if given(name) else 0

    for name in ("id", "municipality"):
        if not given(name):
            reader.say(line, f"{name} is empty. Write a name.")
    site = Site(
        row["id"].strip(), row["municipality"].strip(), SiteKind(reader.one_of(row, line, SiteKind)),
        reader.whole(row, line, "places", (0, MOST_PERSONS)), whole("minimum"),
        whole("maximum") if given("maximum") else None, whole("occupied"),
        reader.number(row, line, "task", (0, MOST_PERSONS)) if given("task") else 0.0,
        reader.number(row, line, "cost", (0, MOST_EUROS)) if given("cost") else 0.0,
    )  # fmt: skip
    if site.maximum is not None and site.maximum > site.places:
        reader.say(line, f"maximum {site.maximum} is above the {site.places} places. Lower it.")
    if site.minimum > site.places:
        reader.say(line, f"minimum {site.minimum} is above the {site.places} places. Lower it.")
    return site


def _groups(reader: _Reader, text: str, sites: Mapping[str, Site]) -> Weekly:
    found: list[tuple[int, Group]] = []
    for line, row in _rows(reader, text, GROUP_COLUMNS, MOST_TYPES * LAST_WEEK):
        kind = GroupKind(reader.one_of(row, line, GroupKind))
        size = reader.whole(row, line, "size", (1, MOST_SIZE))
        number = reader.whole(row, line, "number", (1, MOST_PERSONS))
        group = Group(kind, size, number, (row.get("at") or "").strip())
        week = reader.whole(row, line, "week", (1, LAST_WEEK)) if (row.get("week") or "").strip() else 0
        _check_group(reader.say, line, group, sites)
        found.append((week, group))
    if not found and not reader.mistakes:
        reader.say(1, "there is no group. Write at least one.")
    if len({(group.kind, group.size) for _, group in found}) > MOST_TYPES:
        reader.say(1, f"there are more than {MOST_TYPES} kinds and sizes. Give fewer.")
    if sum(group.persons for _, group in found) > MOST_PERSONS:
        reader.say(1, f"there are more than {MOST_PERSONS:,} persons. Give fewer.")
    return tuple(found)


def _check_group(say: Callable[[int, str], None], line: int, group: Group, sites: Mapping[str, Site]) -> None:
    """That who lives somewhere lives on a site that is there, and that is meant for the kind."""
    if not group.at:
        return
    if group.at not in sites:
        say(line, f"there is no site {group.at!r}.{did_you_mean(group.at, sites)}")
    elif group.kind not in ACCEPTS[(site := sites[group.at]).kind]:
        say(line, f"a site of kind {site.kind} has no places for {group.kind}. Correct the kind, or the site.")
