"""
The open data of rijksfinancien.nl, turned back into the main table of an article.

The files have one line per detail. Columns are found by their header, never by their place. Nothing is added up:
commitments (V), expenditure (U) and receipts (O) stay apart, and a total stands in the table only if the file has it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from ketenraming.documents.blocks import Block, Cell, Limits, Table, squash
from ketenraming.documents.readers.bounds import too_large

# Headers as they have been seen, lower case, letters and digits only; the first name found wins.
_HEADERS = {
    "year": ("begrotingsjaar", "jaar", "boekjaar"),
    "vuo": ("vuo", "uvo", "vuocode", "uitgavenontvangstenverplichtingen", "verplichtingenuitgavenontvangsten"),
    "chapter": ("hoofdstuknummer", "begrotingsnummer", "begrotingsstaat", "begrotingshoofdstuk", "hoofdstuk"),
    "article": ("artikelnummer", "artikelnr", "artikel", "onderdeel"),
    "article_name": ("artikelnaam", "artikel", "naamartikel", "omschrijving"),
    "part": ("artikelonderdeelnummer", "artikelonderdeelnr", "nummerartikelonderdeel"),
    "part_name": ("artikelonderdeelnaam", "artikelonderdeel", "naamartikelonderdeel"),
    "instrument": (
        "instrumentofuitsplitsingapparaatnaam",
        "instrumentofuitsplitsingapparaat",
        "instrumentnaam",
        "financieelinstrument",
        "instrument",
    ),
    "detail": ("regelingdetailniveaunaam", "regelingdetailniveau", "detailnaam", "regelingnaam", "regeling", "detail"),
    "total": ("totaal", "totaalrij", "totaaljanee", "istotaal"),
    "phase": ("fase",),
    "unit": ("eenheid",),
}
_KINDS = {"V": "Verplichtingen", "U": "Uitgaven", "O": "Ontvangsten"}
_AMOUNT = re.compile(
    r"(bedrag|stand|raming|realisatie|mutatie|verschil|ontwerpbegroting|vastgesteldebegroting|begrotingsbedrag"
    r"|(1e|1ste|eerste|2e|2de|tweede)suppletoire).*"
)
_RELATIVE = re.compile(r"(?:jaar|bedrag|raming|begroting)?t(?:([+\-‒–—−]|plus|min)(\d{1,2}))?")
_UNIT = re.compile(
    r"\(?\s*(?:bedragen\s*)?x?\s*(?:€|eur(?:o)?)?\s*(?:x\s*)?(1[.,]?000|1?\s*(?:mln|miljoen))\b\.?\s*\)?", re.IGNORECASE
)
Key = TypeVar("Key")
_YES = {"j", "ja", "y", "yes", "1", "true", "waar"}


class Amount(NamedTuple):
    """A column of amounts: where it stands, its year (or how many years from that of the row), and what it is."""

    place: int
    year: int | None
    offset: int
    stand: str


class Columns(NamedTuple):
    """What the header says: the column of each role, and those of the amounts."""

    roles: dict[str, int]
    amounts: list[Amount]
    unit: str


@dataclass
class Line:
    """A row of the main table to be: what it is called at each level, and its amounts by year and stand."""

    kind: str
    part: tuple[str, str]
    instrument: str
    detail: str
    at: str
    amounts: dict[tuple[str, str], Cell] = field(default_factory=dict)

    @property
    def path(self) -> tuple[object, ...]:
        """Kind and place in the article: what makes two rows of the file the same row of the table."""
        return self.kind, self.part, self.instrument, self.detail


@dataclass
class Article:
    """The lines of one article, in the order of the file."""

    title: str
    lines: list[Line] = field(default_factory=list)
    open: dict[tuple[object, ...], Line] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Join a line to the same line for other years; the same year twice makes two rows, for the checks to see."""
        there = self.open.get(line.path)
        if there is not None and not there.amounts.keys() & line.amounts.keys():
            there.amounts |= line.amounts
        else:
            self.lines.append(line)
            self.open[line.path] = line


def place_of(line: int, column: int) -> str:
    """Where a person finds a cell: the line of the file and the column."""
    return f"regel {line}, kolom {column + 1}"


def _plain(text: str) -> str:
    """A header without case, accents, spaces and punctuation."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if letter.isalnum())


def columns_of(header: list[str]) -> Columns | None:
    """The columns of open data, or None where this row is not its header."""
    plain = [_plain(_UNIT.sub("", text)) for text in header]
    roles: dict[str, int] = {}
    for role, names in _HEADERS.items():
        found = next((plain.index(name) for name in names if name in plain), None)
        if found is not None:
            roles[role] = found
    taken = set(roles.values())
    amounts = [a for i, text in enumerate(header) if i not in taken and (a := _amount(i, text)) is not None]
    if not {"vuo", "article"} <= roles.keys() or not amounts:
        return None
    units = [match[1] for text in header if (match := _UNIT.search(text))]
    return Columns(roles, amounts, _unit(units[0]) if units else "")


def _amount(place: int, header: str) -> Amount | None:
    """The column of amounts a header names: a year, a year counted from that of the row, or a stand."""
    bare = _UNIT.sub("", header).strip()
    tight = re.sub(r"[\s_()]", "", bare.lower())
    relative = _RELATIVE.fullmatch(tight)
    if relative:
        offset = int(relative[2] or 0)
        return Amount(place, None, offset if relative[1] in {"+", "plus"} else -offset, "")
    year = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", bare)
    stand = squash(bare.replace(year[1], "")) if year else bare
    if year and _plain(stand) in {"", "jaar", "bedrag"}:
        return Amount(place, int(year[1]), 0, "")
    if _AMOUNT.fullmatch(_plain(stand)):
        return Amount(place, int(year[1]) if year else None, 0, stand)
    return None


def _unit(text: str) -> str:
    """How a title names the unit of the amounts; empty where nothing is told."""
    if re.search(r"mln|miljoen|million", text, re.IGNORECASE):
        return " (x € 1 mln.)"
    return " (x € 1.000)" if re.search(r"1[.,]?000|duizend", text) else ""


def articles(records: list[tuple[int, list[str]]], columns: Columns, limits: Limits) -> Iterator[Block]:
    """A main table for every article in the file, and a table of the rows that could not be placed in one."""
    articles: dict[tuple[str, str], Article] = {}
    strays: list[tuple[int, list[str]]] = []
    phases = len({_value(record, columns, "phase").upper() for _, record in records[1:] if any(record)})
    for number, record in records[1:]:
        if not any(record):
            continue
        key, line = _line(number, record, columns, several_phases=phases > 1)
        if line is None:
            strays.append((number, record))
            continue
        articles.setdefault(key, Article(_title(key[1], record, columns))).add(line)
    yield from (_table(number, article, limits) for (_, number), article in articles.items())
    if strays:
        rows = [
            tuple(Cell(text, place_of(number, i)) for i, text in enumerate(row))
            for number, row in [records[0], *strays]
        ]
        yield Table(tuple(rows), rows[1][0].at, aligned=True, title="Regels zonder artikel, jaar of V, U, O")


def _value(record: list[str], columns: Columns, role: str) -> str:
    index = columns.roles.get(role)
    return record[index] if index is not None and index < len(record) else ""


def _title(article: str, record: list[str], columns: Columns) -> str:
    name = (
        "" if columns.roles["article"] == columns.roles.get("article_name") else _value(record, columns, "article_name")
    )
    unit = columns.unit or _unit(_value(record, columns, "unit"))
    return f"{squash(f'Artikel {article} {name}')}{unit}"


def _line(
    number: int, record: list[str], columns: Columns, several_phases: bool
) -> tuple[tuple[str, str], Line | None]:
    """A row of the file as chapter and article, and a line with its amounts; no line where one of these is missing."""
    numbered = re.match(r"0*(\d+)(?:\.0*(\d+))?\b", _value(record, columns, "article"))
    article, part = (numbered[1], numbered[2] or "") if numbered else ("", "")
    key = _value(record, columns, "chapter"), article
    kind = _value(record, columns, "vuo")[:1].upper()
    year = _value(record, columns, "year")
    phase = _value(record, columns, "phase").upper() if several_phases else ""
    if not article or kind not in _KINDS or not re.fullmatch(r"(19|20)\d\d", year or f"{columns.amounts[0].year}"):
        return key, None
    names = [_value(record, columns, role) for role in ("part_name", "instrument", "detail")]
    if _value(record, columns, "total").lower() in _YES:
        names = ["" if name.lower().startswith("totaal") else name for name in names]
    part = _code(_value(record, columns, "part")) or part
    code = part if "." in part else f"{article}.{part}" if part else ""
    line = Line(kind, (code, names[0]), names[1], names[2], place_of(number, 0))
    for amount in columns.amounts:
        text = record[amount.place] if amount.place < len(record) else ""
        if text:
            of = str(amount.year or int(year) + amount.offset), squash(f"{phase} {amount.stand}")
            line.amounts[of] = Cell(_dutch_point(text), place_of(number, amount.place))
    return key, line


def _code(text: str) -> str:
    """A number of an article or part without leading zeros: `04` and `4,0` are 4, `37.4` stays, 0 is none."""
    return re.sub(r"[.,]0*$", "", text).lstrip("0")


def _dutch_point(text: str) -> str:
    """An amount as printed, with a comma where a computer wrote a point: `966.5`, not `966.319`."""
    text = re.sub(r"^(-?\d+)\.0{1,2}$", r"\1", text)
    return text.replace(".", ",") if re.fullmatch(r"-?\d+\.(\d{1,2}|\d{4,})", text) else text


Printed = tuple[str, str, Line]  # code, label, and the line; one without amounts is a heading that the file implies


def _table(number: str, article: Article, limits: Limits) -> Table:
    """The main table of an article: commitments, expenditure by part, instrument and line, receipts."""
    keys = sorted({key: None for line in article.lines for key in line.amounts}, key=lambda key: key[0])
    if (len(keys) + 2) * len(article.lines) > limits.cells:
        raise too_large(limits)
    at = article.lines[0].at
    # A year alone would be the same name for every stand, so each then says which it is.
    several = len({stand for _, stand in keys}) > 1
    names = [f"{year} {stand}".strip() if several else year for year, stand in keys]
    rows = [tuple(Cell(text, at) for text in ("Art.", "", *names))]
    by_kind = {kind: [line for line in article.lines if line.kind == kind] for kind in _KINDS}
    beside = list(_beside("V", by_kind["V"]))
    listed = any(label != _KINDS["V"] for _, label, _ in beside)
    for code, label, line in [*beside, *_spent(by_kind["U"], listed), *_beside("O", by_kind["O"])]:
        rows.append(
            (Cell(code, line.at), Cell(label, line.at), *(line.amounts.get(key, Cell("", line.at)) for key in keys))
        )
    return Table(tuple(rows), at, aligned=True, title=article.title)


def _is_total(line: Line) -> bool:
    return not (any(line.part) or line.instrument or line.detail)


def _grouped(lines: Iterable[Line], key: Callable[[Line], Key]) -> dict[Key, list[Line]]:
    """Lines by what they belong to, in the order of the file."""
    groups: dict[Key, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return groups


def _beside(kind: str, lines: list[Line]) -> Iterator[Printed]:
    """Commitments or receipts: one row where the file has one, else a heading with the rows below it."""
    totals = lines if len(lines) == 1 else [line for line in lines if _is_total(line)]
    rest = [] if len(lines) == 1 else [line for line in lines if not _is_total(line)]
    yield from _headed("", _KINDS[kind], totals, lines)
    # Without its code, or the row would be read as the expenditure of that part.
    yield from (("", line.detail or line.instrument or line.part[1] or line.part[0], line) for line in rest)


def _spent(lines: list[Line], after_a_list: bool) -> Iterator[Printed]:
    """Expenditure: the total if the file has it, then part by part; a heading where it has to end a list above it."""
    totals = [line for line in lines if _is_total(line)]
    yield from _headed("", _KINDS["U"], totals, lines if after_a_list else [])
    parts = _grouped((line for line in lines if not _is_total(line)), lambda line: line.part)
    for (code, name), inside in parts.items():
        label = name or (code and f"Artikelonderdeel {code}")
        by_instrument = _grouped(inside, lambda line: line.instrument)
        loose = by_instrument.pop("", [])
        yield from _headed(code, label, [line for line in loose if not line.detail], inside)
        yield from (("", line.detail, line) for line in loose if line.detail)
        for instrument, below in by_instrument.items():
            yield from _headed("", instrument, [line for line in below if not line.detail], below)
            yield from (("", line.detail, line) for line in below if line.detail)


def _headed(code: str, label: str, lines: list[Line], below: list[Line]) -> Iterator[Printed]:
    """The rows of a level as the file has them, or its name alone above what is below: a sum is never made here."""
    yield from ((code, label, line) for line in lines)
    if below and not lines and (code or label):
        yield code, label, replace(below[0], amounts={})
