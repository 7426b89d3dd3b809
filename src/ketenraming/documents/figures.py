"""From tables of text to published figures: which table this is, which row, which column. Nothing is dropped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.base.finding import Finding, Place, Severity, Strength
from ketenraming.documents.article import BUDGET, Article
from ketenraming.documents.blocks import Document
from ketenraming.documents.claims import read_prose
from ketenraming.documents.grid import Entry, Grid, Line, label_only, slug_of, split, take_apart
from ketenraming.documents.numbers import trailing_zero_step
from ketenraming.documents.placing import Placed, place_rows
from ketenraming.evidence.address import slug
from ketenraming.evidence.figure import Figure, Figures, Kind, Maturity
from ketenraming.evidence.library import Library
from ketenraming.evidence.reading import Reading, RowMap, TableMap

MONEY = {"kEUR": 0, "mEUR": 3, "bnEUR": 6}  # powers of ten over a thousand euros
COUNTED_IN_STEPS = {"person", "application", "pupil", "arrival", "place"}


def recognise(grid: Grid, library: Library, reading: Reading) -> TableMap | None:
    """The map whose rows are most like the rows printed; None when fewer than half are."""
    labels = {slug(line.label) for line in grid.lines}
    if _is_budget(grid, labels, library):
        return reading.table(BUDGET)
    scores = [(_likeness(labels, table), table) for table in reading.tables if table.rows]
    best, table = max(scores, key=lambda pair: pair[0], default=(0.0, None))
    return table if best >= 0.5 else None


def _is_budget(grid: Grid, labels: set[str], library: Library) -> bool:
    """Whether a table is built as a main table: commitments and expenditure, or article parts with instruments."""
    codes = sum(1 for line in grid.lines if line.code)
    instruments = {slug(name) for names in library.instruments.values() for name in names}
    telling = labels & (instruments | {"verplichtingen", "uitgaven"})
    return {"verplichtingen", "uitgaven"} <= labels or codes >= 2 or (codes == 1 and bool(telling))


def _likeness(labels: set[str], table: TableMap) -> float:
    """Rows in common over the rows of the map, less what the map does not know; a cut table still counts."""
    known = [{slug(label) for label in row.labels} for row in table.rows]
    found = sum(1 for names in known if names & labels)
    strange = sum(1 for label in labels if label and not any(label in names for names in known))
    return (found - 0.1 * strange) / min(len(known), max(len(labels), 2)) - 0.01 * (len(known) - found)


def _row(line: Line, table: TableMap) -> RowMap | None:
    """The row of a map that a line prints: the same label, or one that differs by a letter or two."""
    names = {slug(label): row for row in table.rows for label in row.labels}
    near = get_close_matches(slug(line.label), names, n=1, cutoff=0.92)
    return names[near[0]] if near else None


def _column(name: str, table: TableMap) -> str | None:
    """The name of a column in a map, or None where the map has no such column."""
    if table.columns == "years":
        return name if name.isdigit() else None
    for column in table.columns:
        if slug(name) == slug(column) or name.strip() in table.column_labels.get(column, ()):
            return column
    return table.columns[0] if len(table.columns) == 1 else None


def _trouble(code: str, severity: Severity, place: Place, **words: object) -> Finding:
    return Finding(code, severity, place, strength=Strength.PRESENCE, words=words)


class _Reader:
    """Collects figures and findings while the tables of one document are placed."""

    def __init__(self, document: Document, reading: Reading, library: Library) -> None:
        self.document, self.reading, self.library = document, reading, library
        self.figures: list[Figure] = []
        self.findings: list[Finding] = []
        self.rows: list[str] = []
        self._strangers = 0

    def say(self, code: str, severity: Severity, place: Place, **words: object) -> None:
        self.findings.append(_trouble(code, severity, place, **words))

    def add_row(self, cells: Sequence[tuple[Entry, str, str]], place: Place, kind: Kind, label: str) -> None:
        """Figures of one row: entries with their column and unit."""
        by_unit: dict[str, list[int]] = {}
        for entry, _, unit in cells:
            by_unit.setdefault(unit, []).append(entry.number.digits)
        for entry, column, unit in cells:
            step = trailing_zero_step(by_unit[unit]) if unit in COUNTED_IN_STEPS else 1
            at = replace(place, column=column, at=entry.cell.at)
            maturity = Maturity.REALISATION if entry.column.realised else Maturity.FORECAST
            number = entry.number
            figure = Figure(at, number.digits, unit, kind, number.decimals, step, maturity, label)
            self.figures.append(_in_thousands(figure))

    def add_loose(self, line: Line, place: Place) -> None:
        """Numbers that have no column: kept, counted, and said."""
        if not line.trouble:
            return
        self.say("row-not-placed", Severity.ERROR, place, label=line.label or line.code, what=line.trouble)
        for i, (cell, number) in enumerate(line.loose, 1):
            at = replace(place, column=f"?{i}", at=cell.at)
            self.figures.append(Figure(at, number.digits, "1", Kind.KEY_FIGURE, number.decimals, label=line.label))

    def read(self, grid: Grid) -> None:
        """Place one table."""
        table = recognise(grid, self.library, self.reading)
        if table is None:
            self.read_stranger(grid)
        elif table.shape == "budget":
            self.read_budget(grid, table)
        else:
            self.read_list(grid, table)

    def read_stranger(self, grid: Grid) -> None:
        """A table that no map knows: kept under a name of its own, and said."""
        if not any(line.entries or line.loose for line in grid.lines):
            return
        self._strangers += 1
        name = f"tabel-{self._strangers}"
        self.say("table-unknown", Severity.NOTE, Place(self.document.name, name, at=grid.at), title=grid.title[:80])
        for line in _with_own_names(grid.lines):
            place = Place(self.document.name, name, slug_of(line), at=line.at)
            unit = grid.unit or "1"
            cells = [(e, e.column.name, "percent" if e.number.percent else unit) for e in line.entries]
            self.add_row(cells, place, Kind.KEY_FIGURE, line.label)
            self.add_loose(line, place)

    def read_list(self, grid: Grid, table: TableMap) -> None:
        """A table whose rows stand in a list."""
        seen: set[str] = set()
        for line in grid.lines:
            row = _row(line, table)
            if row is None and label_only(line):
                continue
            name = row.id if row else slug_of(line)
            place = Place(self.document.name, table.id, name, at=line.at)
            seen.add(name)
            self.add_loose(line, place)
            if row is None:
                self.say("row-unknown", Severity.WARNING, place, label=line.label)
            elif not line.entries and not line.trouble:
                self.say("row-empty", Severity.WARNING, place, label=line.label)
            cells = [(e, _column(e.column.name, table) or e.column.name) for e in line.entries]
            for entry, column in cells:
                if _column(entry.column.name, table) is None:
                    self.say("column-unknown", Severity.WARNING, replace(place, column=column), label=column)
            units = [(e, c, _money(table.unit_of(row, c), grid.unit)) for e, c in cells]
            self.add_row(units, place, (row.kind if row and row.kind else table.kind), line.label)
        for missing in (row for row in table.rows if row.id not in seen):
            place = Place(self.document.name, table.id, missing.id, at=grid.at)
            self.say("row-missing", Severity.WARNING, place, label=missing.labels[0])

    def say_new_addresses(self, placed: Sequence[Placed], table: TableMap, grid: Grid) -> None:
        """One finding for a line that is new; one for all of them where the article itself is."""
        new = [(line, address) for line, address, _, known in placed if not known]
        if len(new) > 0.5 * len(placed):
            place = Place(self.document.name, table.id, at=grid.at)
            self.say("article-new", Severity.NOTE, place, count=len(new), of=len(placed))
            return
        for line, address in new:
            place = Place(self.document.name, table.id, address, at=line.at)
            self.say("address-new", Severity.NOTE, place, label=line.label)

    def read_budget(self, grid: Grid, table: TableMap) -> None:
        """The main table: rows get an address from their code, their heading and their order."""
        unit = grid.unit or table.unit
        placed = list(place_rows(grid.lines, self.library))
        self.say_new_addresses(placed, table, grid)
        applies = _applying_columns(grid)
        for column in (c for c in grid.columns if not c.name.isdigit()):
            place = Place(self.document.name, table.id, column=column.name, at=grid.at)
            self.say("column-unknown", Severity.NOTE, place, label=column.name)
        for line, address, kind, _ in placed:
            place = Place(self.document.name, table.id, address, at=line.at)
            self.rows.append(address)
            self.add_loose(line, place)
            before = len(self.figures)
            self.add_row([(e, e.column.name, unit) for e in line.entries], place, kind, line.label)
            for i in range(before, len(self.figures)):
                if self.figures[i].place.column not in applies:
                    self.figures[i] = replace(self.figures[i], maturity=Maturity.NOT_APPLICABLE)


def _money(unit: str, printed: str) -> str:
    """The unit of a cell: where it is money, the one that is printed above the table goes first."""
    return printed if unit in MONEY and printed else unit


def _in_thousands(figure: Figure) -> Figure:
    """Millions as thousands, known to the same digit, so that money of different tables can be compared."""
    noughts = MONEY.get(figure.unit, 0) - figure.decimals
    if figure.unit in {"EUR", "kEUR"} or figure.unit not in MONEY or noughts < 0:
        return figure
    return replace(figure, digits=figure.digits * 10**noughts, step=figure.step * 10**noughts, decimals=0, unit="kEUR")


def _applying_columns(grid: Grid) -> set[str]:
    """Columns that say something: a column of nothing but zeros is a chapter that did not exist yet."""
    return {entry.column.name for line in grid.lines for entry in line.entries if entry.number.digits}


def _with_own_names(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines with labels made different where a table prints one label twice."""
    seen: dict[str, int] = {}
    for line in lines:
        name = slug_of(line)
        seen[name] = seen.get(name, 0) + 1
        yield line if seen[name] == 1 else replace(line, label=f"{line.label} ({seen[name]})")


def read_article(document: Document, library: Library, reading: str = "artikel-37") -> Article:
    """The figures of a document, with a finding for every row, column or cell that could not be placed."""
    map_ = library.readings[reading]
    reader = _Reader(document, map_, library)
    for block in document.tables:
        for table in split(block):
            reader.read(take_apart(table))
    prose, unplaced = read_prose(document, map_)
    figures = Figures([*reader.figures, *prose])
    if not figures:
        raise DocumentUnreadable(
            "{name} holds no numbers to check. Is it the article, with its tables?", name=document.name
        )
    repeated = [_trouble("cell-repeated", Severity.WARNING, f.place, label=f.label) for f in figures.repeated]
    findings = (*reader.findings, *repeated, *unplaced)
    return Article(document.name, figures, map_, library, findings, rows=tuple(dict.fromkeys(reader.rows)))
