"""Which address a row of the main table has: by its code, the heading above it, and the order of print."""

import re
from collections.abc import Iterator, Sequence

from ketenraming.documents.grid import Line
from ketenraming.evidence.address import slug
from ketenraming.evidence.figure import Kind
from ketenraming.evidence.library import Library

Placed = tuple[Line, str, Kind, bool]  # the line, its address, its kind, and whether the tree knows the address

_CODE_IN_LABEL = re.compile(r"^(?:artikelonderdeel |art\.? )?(\d{1,2}\.\d{1,2})\b[ .:]*(.*)$", re.IGNORECASE)
_BESIDE = {"verplichtingen": Kind.VERPLICHTINGEN, "ontvangsten": Kind.ONTVANGSTEN}
_TOTAL = {"uitgaven", "programma-uitgaven", "totale-uitgaven", "totaal-uitgaven"}


def _article_number(lines: Sequence[Line]) -> str:
    codes = (line.code or (m[1] if (m := _CODE_IN_LABEL.match(line.label)) else "") for line in lines)
    return next((code.partition(".")[0] for code in codes if code), "37")


class _Position:
    """Where in the article we are while reading down."""

    def __init__(self, article: str, library: Library) -> None:
        self.article, self.library = article, library
        self.part = self.instrument = ""
        self.beside = ""  # commitments or receipts, whose own lines may follow
        self.instruments = {slug(name): key for key, names in library.instruments.items() for name in names}

    def place(self, code: str, label: str) -> tuple[str, Kind]:
        """The address and kind of the next row."""
        name = slug(label)
        if code:
            self.part, self.instrument, self.beside = code, "", ""
            return code, Kind.UITGAVEN
        if name in _BESIDE and not (self.part and name == "verplichtingen"):
            self.beside, self.part, self.instrument = name, "", ""
            return f"{self.article}/{name}", _BESIDE[name]
        if name in _TOTAL and not self.part:
            self.beside = ""
            return self.article, Kind.UITGAVEN
        if self.beside:
            return f"{self.article}/{self.beside}/{name}", _BESIDE[self.beside]
        return self.place_below(label, name), Kind.UITGAVEN

    def place_below(self, label: str, name: str) -> str:
        """The address of an instrument or a line below the part we are in."""
        above = self.part or self.article
        if name in self.instruments:
            self.instrument = f"{above}/{self.instruments[name]}"
            return self.instrument
        above = self.instrument or above
        known = self.library.budget.find(above, label)
        return known.address if known else f"{above}/{name or 'zonder-naam'}"


def place_rows(lines: Sequence[Line], library: Library) -> Iterator[Placed]:
    """Addresses for the rows of a main table, in the order of print; a repeated address gets a number."""
    position = _Position(_article_number(lines), library)
    seen: dict[str, int] = {}
    for line in lines:
        inside = None if line.code else _CODE_IN_LABEL.match(line.label)
        code, label = (inside[1], inside[2]) if inside else (line.code, line.label)
        address, kind = position.place(code, label)
        seen[address] = seen.get(address, 0) + 1
        if seen[address] > 1:
            address = f"{address}-{seen[address]}"
        yield line, address, kind, address in library.budget
