"""
A book of tables as ODS: numbers are numbers, headings are sums, and every sheet prints on A4.

An OpenDocument file is a few XML files in a zip; the templates beside this file are those. The same book gives the same
bytes.
"""

from dataclasses import astuple, dataclass
from datetime import date

from ketenraming.reports.export.layout import TOP, Layout, Look, lay_out, letter, opening, spans
from ketenraming.reports.export.sheets import Book, Cell, Less, Sum, plain
from ketenraming.reports.export.zipped import zipped
from ketenraming.reports.html import environment
from ketenraming.reports.numbers import Lang, number, percent

MIME = "application/vnd.oasis.opendocument.spreadsheet"
COUNTRY = {"nl": "NL", "en": "GB"}
_PARTS = ("content.xml", "styles.xml", "settings.xml", "meta.xml")
_DECIMALS = {"fine": 2, "percent": 1}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as the file holds it: the style, type and value, the formula that makes it, and its text."""

    style: str
    type: str = ""
    value: str = ""
    formula: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet as the file holds it; `filtered` is the range with filters, or empty."""

    title: str
    opening: tuple[str, ...]
    widths: tuple[int, ...]
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Shown, ...], ...]
    frozen: int
    filtered: str


def write_ods(book: Book) -> bytes:
    """The book as the bytes of an OpenDocument spreadsheet."""
    layouts = [lay_out(sheet) for sheet in book.sheets]
    pages = [_page(layout, book) for layout in layouts]
    words = {
        "pages": pages,
        "looks": sorted({style_of(look): look for layout in layouts for look in layout.looks}.items()),
        "widths": sorted({one for page in pages for one in page.widths}),
        "top": TOP,
        "title": book.title,
        "notice": book.notice,
        "lang": book.lang,
        "country": COUNTRY[book.lang],
        "day": book.day.isoformat(),
        "mime": MIME,
        "parts": _PARTS,
    }
    templates = environment("ketenraming.reports.export")
    parts = {name: f"ods-{name}.j2" for name in (*_PARTS, "META-INF/manifest.xml")}
    made = {name: templates.get_template(file.replace("META-INF/", "")).render(words) for name, file in parts.items()}
    return zipped({"mimetype": MIME.encode(), **{name: text.encode() for name, text in made.items()}})


def style_of(look: Look) -> str:
    """The name of a style, which says all of it."""
    written, *others = astuple(look)
    return f"c-{written or 'text'}-{''.join(str(int(other)) for other in others)}"


def _page(layout: Layout, book: Book) -> Page:
    sheet, (row, column) = layout.sheet, layout.last
    filtered = f"'{sheet.title}'.A{TOP}:'{sheet.title}'.{letter(column)}{row + 1}"
    return Page(
        title=sheet.title,
        opening=opening(book, sheet),
        widths=layout.widths,
        heads=tuple((column.head, "start" if column.is_text else "end") for column in sheet.columns),
        rows=tuple(tuple(_shown(layout, i, j, book) for j in range(len(row))) for i, row in enumerate(sheet.rows)),
        frozen=layout.frozen,
        filtered=filtered if layout.is_filtered else "",
    )


def _shown(layout: Layout, i: int, j: int, book: Book) -> Shown:
    """One cell; its text is what the spreadsheet shows before it calculates anything."""
    column, cell, look = layout.sheet.columns[j], layout.sheet.rows[i][j], layout.look(i, j)
    style, value = style_of(look), plain(cell)
    match value:
        case None | "":
            return Shown(style)
        case date():
            return Shown(style, "date", value.isoformat(), text=value.isoformat())
        case str():
            return Shown(style, "string", text=str(column.in_words(value)))
        case _:
            kind = "percentage" if look.number in ("percent", "share") else "float"
            return Shown(style, kind, repr(value), _formula(cell, i, j, book), _text(value, look.number, book.lang))


def _formula(cell: Cell, i: int, j: int, book: Book) -> str:
    """What makes a value again from other cells; empty where it is a number of its own."""
    match cell:
        case Sum():
            return f"of:=SUM({';'.join(f'[.{a}]' if a == b else f'[.{a}:.{b}]' for a, b in spans(cell.rows, j))})"
        case Less():
            whole, part = (
                f"[$'{book.sheet(name).title}'.{letter(j)}{TOP + i + 1}]" for name in (cell.whole, cell.part)
            )
            return f"of:={whole}-{part}"
    return ""


def _text(value: float, written: str, lang: Lang) -> str:
    if written == "year":
        return str(value)
    if written == "exact":
        return number(value, lang, len(f"{value:.6g}".partition(".")[2]))
    decimals = _DECIMALS.get(written, 0)
    return percent(100 * value, lang, decimals) if written in ("percent", "share") else number(value, lang, decimals)
