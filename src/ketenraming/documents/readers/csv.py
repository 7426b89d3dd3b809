"""
CSV: the open data of rijksfinancien.nl turned back into the main table of an article, and any other file as a grid.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from ketenraming.documents.blocks import Block, Limits, squash
from ketenraming.documents.readers.bounds import readable, too_large
from ketenraming.documents.readers.open_data import articles, columns_of, place_of
from ketenraming.documents.readers.sheets import Row, Used, blocks_of


def read(data: bytes, limits: Limits) -> Iterator[Block]:
    """One table per article for open data, and otherwise the tables and headings of a plain grid."""
    with readable("CSV"):
        records = list(_records(_decoded(data), limits))
        for position, (_, record) in enumerate(records[:20]):
            if (columns := columns_of(record)) is not None:
                yield from articles(records[position:], columns, limits)
                return
        yield from _grid(records, limits)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _records(text: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; the separator is the one that stands most in the first lines."""
    head = "".join(text.splitlines(keepends=True)[:5])
    separator = max(";\t,", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    begin = fields = 0
    for record in reader:
        fields += len(record)
        if fields > 10 * limits.cells:  # empty fields are many in these files, so more than will be kept
            raise too_large(limits)
        yield begin + 1, [squash(text) for text in record]
        begin = reader.line_num


def _grid(records: list[tuple[int, list[str]]], limits: Limits) -> Iterator[Block]:
    rows: Iterable[Row] = (
        (i, [Used(column, text) for column, text in enumerate(record) if text]) for i, (_, record) in enumerate(records)
    )
    return blocks_of("", rows, limits, lambda row, column: place_of(records[row][0], column))
