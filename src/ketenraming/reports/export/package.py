"""
All figures of a run as a data package: CSV tables, and a JSON file that says what stands in each column.

It follows the Data Package standard 2.0. The table `budget` has one amount in a row, with the column types of the
Fiscal Data Package; all other tables have the columns of the spreadsheet.
"""

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from ketenraming.reports.export.csv import sheet_as_csv
from ketenraming.reports.export.sheets import Book, Column, Sheet
from ketenraming.reports.export.zipped import zipped

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"text": "string", "code": "string", "year": "year", "day": "date", "money": "integer", "number": "number",
         "share": "number"}  # fmt: skip
FISCAL = {"name": "budget-line-id", "year": "date:fiscal-year", "direction": "direction", "phase": "phase:id",
          "amount": "value", "currency": "value-currency:code"}  # fmt: skip
KEYS = {"budget": ["name", "year", "phase"], "lines": ["name", "year"], "people": ["name", "year"],
        "prices": ["name", "year"], "oda": ["name", "year"], "sources": ["id"]}  # fmt: skip
BOOLEAN = {"true", "false"}
NOT_IN = ("about", "overview", "budgeted", "needed", "gap")  # what the others say again, for readers
LICENCE = {"name": "EUPL-1.2", "title": "European Union Public Licence 1.2",
           "path": "https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12"}  # fmt: skip


def write_package(book: Book) -> bytes:
    """The package as a zip of `datapackage.json` and its tables."""
    sheets = [book.budget, *(sheet for sheet in book.sheets if sheet.name not in NOT_IN)]
    described = json.dumps(describe(book, sheets), ensure_ascii=False, indent=2) + "\n"
    tables = {_path(sheet): sheet_as_csv(sheet) for sheet in sheets}
    return zipped({"datapackage.json": described.encode(), **tables})


def describe(book: Book, sheets: list[Sheet]) -> dict[str, Any]:
    """The descriptor of the package."""
    about = {str(name): str(value) for name, value, *_ in book.sheet("about").rows}
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "ketenraming",
        "title": book.title,
        "description": " ".join(filter(None, (book.notice, book.supposed))),
        "version": version("ketenraming"),
        "created": f"{book.day.isoformat()}T00:00:00Z",
        "licenses": [LICENCE],
        "contributors": [{"title": "Ketenraming", "roles": ["creator"]}],
        "sources": [_source(record) for record in book.sheet("sources").records()],
        "made": about,
        "resources": [_resource(sheet) for sheet in sheets],
    }


def _source(record: Mapping[str, Any]) -> dict[str, str]:
    path = {"path": str(record["url"])} if record["url"] else {}
    return {"title": str(record["title"]), **path, "version": str(record["published"])}


def _path(sheet: Sheet) -> str:
    return f"data/{sheet.name}.csv"


def _resource(sheet: Sheet) -> dict[str, Any]:
    """A table: where it is, how it is written, and its columns."""
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, sheet) for column in sheet.columns],
        "missingValues": [""],
    }
    if sheet.name in KEYS:
        schema["primaryKey"] = KEYS[sheet.name]
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": sheet.name,
        "title": sheet.title,
        "description": sheet.about,
        "type": "table",
        "path": _path(sheet),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column, sheet: Sheet) -> dict[str, Any]:
    """A column: its type, its unit, and in the budget its fiscal type."""
    kind = "boolean" if column.words.keys() == BOOLEAN else TYPES[column.kind]
    field: dict[str, Any] = {"name": column.name, "title": column.head, "type": kind}
    if column.kind == "money":
        field["unit"] = "EUR" if sheet.name == "budget" else "kEUR"
    if column.words and kind != "boolean":
        field["words"] = dict(column.words)
    if sheet.name == "budget" and column.name in FISCAL:
        field["columnType"] = FISCAL[column.name]
    return field
