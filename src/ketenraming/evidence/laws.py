"""
Laws and norms as parameters: many and short, so in tables and not in a file each.

`parameters/recht/names.csv` has a row for each of them; the other tables beside it have a row for each dated value,
with the law (its BWB id), the article and paragraph, and whether the text was read.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ketenraming.evidence.files import Files
from ketenraming.evidence.parameter import DatedValue, Parameter
from ketenraming.evidence.source import Strict

FOLDER = "parameters/recht"
NAMES = f"{FOLDER}/names.csv"
PASSED = ("from", "until", "known_since", "status", "note", "note_nl")  # as they stand; some tables lack the last
Line = tuple[Path, int]


class Named(Strict):
    """What a value of a law is called, and in which unit it stands."""

    id: str
    unit: str
    label_nl: str
    label_en: str
    description: str


def read_laws(read: Files) -> dict[str, tuple[Parameter, list[Line]]]:
    """The parameters by id, each with the line of each of its values; mistakes are kept, not raised."""
    names = read.by_name(Named, NAMES, "id") if (read.root / FOLDER).is_dir() else {}
    values: dict[str, list[tuple[DatedValue, Line]]] = {name: [] for name in names}
    for path in read.all(FOLDER, ".csv"):
        for _, line, row in () if path == read.root / NAMES else read.rows(path):
            if row["id"] not in values:
                read.say(path, line, f"{row['id']!r} is not in {NAMES}")
            elif value := _value(read, path, line, row):
                values[row["id"]].append((value, (path, line)))
    found = {}
    for name, named in names.items():
        data = {**named.model_dump(), "values": tuple(value for value, _ in values[name])}
        if parameter := read.parse(Parameter, data, read.root / NAMES):
            found[name] = parameter, [line for _, line in values[name]]
    return found


def _value(read: Files, path: Path, line: int, row: Mapping[str, str]) -> DatedValue | None:
    """One dated value of a row; what is wrong with it is kept at its line."""
    before = len(read.mistakes)
    data: dict[str, Any] = {key: row[key] for key in PASSED if row.get(key)}
    data["value"] = _number_or_day(row["value"])
    data["confirmed"] = row["confirmed"] != "no"
    data["source"] = {"id": row["source"], "where": row["where"], "because": row["because"]}
    value = read.parse(DatedValue, data, path)
    read.mistakes[before:] = [mistake.replace(":1:", f":{line}:", 1) for mistake in read.mistakes[before:]]
    return value


def _number_or_day(text: str) -> float | date | str:
    """A cell as a number or a day; as it is where it is neither, so that its shape can be refused."""
    for kind in (float, date.fromisoformat):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
