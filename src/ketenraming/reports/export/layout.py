"""How a sheet is laid out, alike in every spreadsheet: what stands above the table, widths, looks, and its cells."""

from dataclasses import dataclass

from ketenraming.reports.export.sheets import Book, Column, Sheet, plain, runs

TOP = 5  # rows above the first row of a table: title, description, notice, scenario, and the heads
NARROW, WIDEST = 11, 80  # of columns, in characters
_MATTERS = 1  # rows down to this depth are bold


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `number` says how a number is written, and is empty for text."""

    number: str
    bold: bool
    shaded: bool
    wraps: bool
    indent: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with the widths of its columns, in characters."""

    sheet: Sheet
    widths: tuple[int, ...]

    @property
    def frozen(self) -> int:
        """How many columns stay in sight while the others move."""
        return 0 if self.sheet.is_list else 2

    @property
    def is_filtered(self) -> bool:
        """Whether the rows can be chosen and sorted by the heads."""
        return self.sheet.is_list and bool(self.sheet.rows) and self.sheet.name != "about"

    @property
    def last(self) -> tuple[int, int]:
        """The row and the column of the last cell."""
        return TOP + len(self.sheet.rows) - 1, len(self.sheet.columns) - 1

    @property
    def looks(self) -> set[Look]:
        """All looks there are."""
        return {self.look(i, j) for i, row in enumerate(self.sheet.rows) for j in range(len(row))}

    def look(self, i: int, j: int) -> Look:
        """How the cell of a row and a column looks."""
        sheet, column, depth = self.sheet, self.sheet.columns[j], self.sheet.depth(i)
        written = {"text": "", "code": "", "number": sheet.look(sheet.rows[i]) if column.kind == "number" else ""}
        return Look(
            number=written.get(column.kind, column.kind),
            bold=depth <= _MATTERS,
            shaded=depth == 0,
            wraps=self.widths[j] == WIDEST,
            indent=max(depth - 1, 0) if column.name == "label" and not sheet.is_list else 0,
        )


def lay_out(sheet: Sheet) -> Layout:
    """The layout of a sheet: columns as wide as their longest text, within bounds."""
    return Layout(sheet, tuple(_width(sheet, j, column) for j, column in enumerate(sheet.columns)))


def _width(sheet: Sheet, j: int, column: Column) -> int:
    if not column.is_text:
        return NARROW
    longest = max((len(str(column.in_words(plain(row[j])) or "")) for row in sheet.rows), default=0)
    return min(max(longest, len(column.head)) + 2, WIDEST)


def opening(book: Book, sheet: Sheet) -> tuple[str, str, str, str]:
    """What stands above a table, each on a row of its own."""
    return f"{book.title} – {sheet.title.lower()}", sheet.about, book.notice, book.supposed


def letter(j: int) -> str:
    """The name of a column; no sheet has more than 26."""
    return chr(ord("A") + j)


def spans(rows: tuple[int, ...], j: int) -> list[tuple[str, str]]:
    """Rows of a table as cells of a column: the first and the last of each run."""
    return [(f"{letter(j)}{TOP + first + 1}", f"{letter(j)}{TOP + last + 1}") for first, last in runs(rows)]
