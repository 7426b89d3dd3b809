"""
A book of tables as XLSX: numbers are numbers, headings are sums, and every sheet prints on A4.

Number formats are those that a spreadsheet shows in the language of its reader. The same book gives the same bytes.
"""

import io
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from ketenraming.reports.export.extra import needs
from ketenraming.reports.export.layout import TOP, Layout, Look, lay_out, letter, opening, spans
from ketenraming.reports.export.sheets import Book, Cell, Less, Sum

A4 = 9  # the code of the paper
FORMATS = {
    "money": "#,##0",
    "whole": "#,##0",
    "fine": "#,##0.00",
    "exact": "General",
    "percent": "0.0%",
    "share": "0%",
    "year": "0",
    "day": "yyyy-mm-dd",
}
_SHADE = "#F1EEE6"


def write_xlsx(book: Book) -> bytes:
    """The book as the bytes of a workbook; raises KetenramingError where XlsxWriter is not installed."""
    xlsxwriter = needs("xlsxwriter", "XlsxWriter", "XLSX")
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = datetime.combine(book.day, time())
    workbook.set_properties({"title": book.title, "author": "Ketenraming", "comments": book.notice, "created": created})
    formats = _Formats(workbook)
    for sheet in book.sheets:
        _Writer(workbook.add_worksheet(sheet.title), lay_out(sheet), book, formats).write()
    workbook.close()
    return stream.getvalue()


class _Formats:
    """Formats of XlsxWriter, each made once for a workbook."""

    def __init__(self, workbook: Any) -> None:
        self._workbook, self._made = workbook, dict[Look, Any]()

    def of(self, look: Look) -> Any:
        """The format of a cell that looks so."""
        if look not in self._made:
            properties = {"bold": look.bold, "text_wrap": look.wraps, "indent": look.indent, "valign": "top"}
            if look.number:
                properties["num_format"] = FORMATS[look.number]
            if look.shaded:
                properties["bg_color"] = _SHADE
            self._made[look] = self._workbook.add_format(properties)
        return self._made[look]

    @cached_property
    def title(self) -> Any:
        """Of the title of a sheet."""
        return self._workbook.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"})

    @cached_property
    def line(self) -> Any:
        """Of the lines below it."""
        return self._workbook.add_format({"text_wrap": True, "valign": "top"})

    @cached_property
    def heads(self) -> dict[bool, Any]:
        """Of the heads of columns, by whether these hold text."""
        head = {"bold": True, "bottom": 1, "text_wrap": True}
        return {
            left: self._workbook.add_format(head | {"align": "left" if left else "right"}) for left in (True, False)
        }


class _Writer:
    """Writes one table under its title, and says how it prints."""

    def __init__(self, page: Any, layout: Layout, book: Book, formats: _Formats) -> None:
        self.page, self.layout, self.book, self.formats = page, layout, book, formats
        self.sheet = layout.sheet

    def write(self) -> None:
        """Write all of it."""
        self.opening()
        for j, column in enumerate(self.sheet.columns):
            self.page.write_string(TOP - 1, j, column.head, self.formats.heads[column.is_text])
            self.page.set_column(j, j, self.layout.widths[j])
        for i, row in enumerate(self.sheet.rows):
            for j, cell in enumerate(row):
                self.cell(i, j, cell)
        self.set_up()

    def opening(self) -> None:
        """What stands above the table, over its whole width."""
        across = sum(self.layout.widths)
        for i, text in enumerate(opening(self.book, self.sheet)):
            size, look = (1.5, self.formats.title) if i == 0 else (1.0, self.formats.line)
            self.page.merge_range(i, 0, i, len(self.sheet.columns) - 1, text, look)
            self.page.set_row(i, 15 * size * max(1, -(-len(text) * size // across)))

    def cell(self, i: int, j: int, cell: Cell) -> None:
        """Write one cell of the table; texts are texts, whatever they begin with."""
        column, at = self.sheet.columns[j], (TOP + i, j)
        look = self.formats.of(self.layout.look(i, j))
        match cell:
            case None | "":
                self.page.write_blank(*at, None, look)
            case Sum() | Less():
                self.page.write_formula(*at, self.formula(cell, i, j), look, cell.value)
            case date():
                self.page.write_datetime(*at, datetime.combine(cell, time()), look)
            case str():
                self.page.write_string(*at, str(column.in_words(cell)), look)
            case _:
                self.page.write_number(*at, cell, look)

    def formula(self, cell: Sum | Less, i: int, j: int) -> str:
        """What makes the value again from other cells."""
        if isinstance(cell, Sum):
            return f"=SUM({','.join(a if a == b else f'{a}:{b}' for a, b in spans(cell.rows, j))})"
        whole, part = (f"'{self.book.sheet(name).title}'!{letter(j)}{TOP + i + 1}" for name in (cell.whole, cell.part))
        return f"={whole}-{part}"

    def set_up(self) -> None:
        """What stays in sight, and the page."""
        page = self.page
        page.freeze_panes(TOP, self.layout.frozen)
        if self.layout.is_filtered:
            page.autofilter(TOP - 1, 0, *self.layout.last)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(TOP - 1)
        page.set_header(f"&L{_literal(self.book.title)}&R{_literal(self.book.notice)}")
        page.set_footer("&L&A&R&P / &N")


def _literal(text: str) -> str:
    """A text for the head of a page, where an ampersand begins a command."""
    return text.replace("&", "&&")
