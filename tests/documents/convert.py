"""The same document in every format that is read, so that a test can ask whether it comes back the same."""

from collections.abc import Iterator
from html import escape
from io import BytesIO
from textwrap import wrap

from ketenraming.documents.blocks import USUAL, Block, Document, Paragraph, Table
from ketenraming.documents.numbers import read_number, read_year
from ketenraming.documents.readers.text import read as read_text

# Cuttings of the tables of the budget 2026, chapter XX, article 37: figures only.
TABLES = """
Budgettaire gevolgen
 | | 2024 | 2025 | 2026
Art. | Verplichtingen | 0 | 8.504.260 | 8.858.648
 | Uitgaven | 0 | 8.500.817 | 8.865.612
37.1 | Apparaat Dienst Terugkeer en Vertrek | 0 | 91.603 | 95.022
 | Personele uitgaven | 0 | 71.023 | 79.313
37.4 | Toegang, toelating en opvang vreemdelingen | 0 | 5.696.962 | 5.945.147
 | Ontvangsten | 0 | 385.972 | 13.826
Kengetallen vreemdelingenketen
Vreemdelingenketen | Realisatie | Prognose |
 | 2024 | 2025 | 2026
Opvang COA | | |
Instroom Visa | 1.950 | 2.000 | 2.500
Zelfstandig | 27% | 30% | 30%
Bekostiging IND
Productgroep | bedrag | %
Asiel | 399.853 | 39,0%
productie (pxq) | 785.141 |
Taakstellingen HLA/RP | ‒ 3.275 |
Verblijfsduur
 | 2024 | 2025
Gemiddelde opvangduur | 7,3 | 11,9
"""


def cuttings() -> Document:
    """The cuttings as the text reader gives them."""
    return Document("tabellen.txt", tuple(read_text(TABLES.encode(), USUAL)))


def grid(block: Block) -> list[list[str]]:
    """The texts of a table."""
    assert isinstance(block, Table)
    return [[cell.text for cell in row] for row in block.rows]


def _parts(table: Table) -> Iterator[list[list[str]]]:
    """The texts of a table, divided where a row of years begins another, each cell in its column."""
    rows: list[list[str]] = []
    for row in grid(table):
        years = any(row) and all(read_year(text) for text in row if text)
        if years and any(read_number(text) and not read_year(text) for row in rows for text in row):
            yield _spread(rows)
            rows = []
        rows.append(row[: max((i + 1 for i, text in enumerate(row) if text), default=0)])
    yield _spread(rows)


def _spread(rows: list[list[str]]) -> list[list[str]]:
    """Rows of one length: the labels to the left, the numbers (and the names above them) to the right."""
    columns = max(map(_numbers, rows))
    labels = max(len(row) - _numbers(row) for row in rows if _numbers(row) or len(rows) == 1)
    return [_row(row, labels or 1, columns, first=row is rows[0]) for row in rows]


def _numbers(row: list[str]) -> int:
    """How many cells at the end of a row are numbers or years."""
    return next((i for i, text in enumerate(reversed(row)) if not read_number(text)), len(row))


def _row(row: list[str], labels: int, columns: int, first: bool) -> list[str]:
    begin = len(row) - _numbers(row)
    if first and begin == len(row):
        begin = int(len(row) > 1)  # names above columns; alone it names the only column
    left = row[:begin]
    coded = bool(left) and (left[0] == "Art." or left[0].replace(".", "").isdigit())
    left = ["", *left] if labels == 2 and not coded and len(left) < 2 else left
    return (left + [""] * labels)[:labels] + (row[begin:] + [""] * columns)[:columns]


def to_html(document: Document) -> bytes:
    """A page in the manner of rijksfinancien.nl."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><nav><p>Menu</p></nav>"]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        for part in _parts(block):
            rows = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in part)
            parts.append("<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def to_op_xml(document: Document) -> bytes:
    """A publication in the manner of officielebekendmakingen.nl, tables in CALS."""
    parts = ["<?xml version='1.0' encoding='UTF-8'?><officiele-publicatie><kamerstuk><tekst>"]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<al>{escape(block.text)}</al>")
            continue
        parts.extend(map(_cals, _parts(block)))
    return "\n".join([*parts, "</tekst></kamerstuk></officiele-publicatie>"]).encode()


def _cals(rows: list[list[str]]) -> str:
    names = [f"col{i}" for i in range(1, len(rows[0]) + 1)]
    specs = "".join(f"<colspec colname='{name}'/>" for name in names)
    lines = [
        "".join(
            f"<entry colname='{name}'><al>{escape(text)}</al></entry>" for name, text in zip(names, row, strict=True)
        )
        for row in rows
    ]
    body = "".join(f"<row>{line}</row>" for line in lines)
    return f"<table><tgroup cols='{len(names)}'>{specs}<tbody>{body}</tbody></tgroup></table>"


def _typed(text: str) -> tuple[float | str, str]:
    """A printed cell as a spreadsheet holds it: a value and its number format."""
    number = None if read_year(text) and "." not in text else read_number(text)
    if read_year(text) and "." not in text:
        return int(text), "General"
    if number is None:
        return text, "General"
    decimals = f".{'0' * number.decimals}" if number.decimals else ""
    if number.percent:
        return number.digits / 10 ** (number.decimals + 2), f"0{decimals}%"
    value = number.digits / 10**number.decimals if number.decimals else number.digits
    return value, f"#,##0{decimals}"


def _sheet_rows(document: Document) -> list[list[str]]:
    """All blocks below each other on one sheet, an empty row around each table."""
    rows: list[list[str]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            rows.append([block.text])
        else:
            rows.extend(row for part in _parts(block) for row in ([], *part, []))
    return rows


def to_xlsx(document: Document) -> bytes:
    """A workbook with numbers as numbers, formatted."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for i, row in enumerate(_sheet_rows(document), 1):
        for j, text in enumerate(row, 1):
            value, number_format = _typed(text)
            if value != "":
                sheet.cell(i, j, value).number_format = number_format
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def to_ods(document: Document) -> bytes:
    """An OpenDocument workbook with numbers as numbers, showing as printed."""
    from odfdo import Document as Ods
    from odfdo import Element

    rows = []
    for row in _sheet_rows(document):
        cells = []
        for text in row:
            value, _ = _typed(text)
            kind = "string" if isinstance(value, str) else "percentage" if text.endswith("%") else "float"
            told = "" if isinstance(value, str) else f' office:value="{value}"'
            shown = f"<text:p>{escape(text)}</text:p>" if text else ""
            cells.append(f'<table:table-cell office:value-type="{kind}"{told}>{shown}</table:table-cell>')
        rows.append(f"<table:table-row>{''.join(cells) or '<table:table-cell/>'}</table:table-row>")
    ods = Ods("spreadsheet")
    ods.body.clear()
    ods.body.append(Element.from_tag(f'<table:table table:name="Blad1">{"".join(rows)}</table:table>'))
    out = BytesIO()
    ods.save(out)
    return out.getvalue()


def pdf_of(pages: list[list[tuple[float, float, str]]], size: float = 7) -> bytes:
    """A PDF of texts at places (from the left, from the top), in Courier: every letter is 0.6 of its size wide."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for page in pages:
        shown = b"".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x:.1f} {842 - y:.1f} Tm (".encode() + _escaped(text) + b") Tj ET\n"
            for x, y, text in page
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    kids = b" ".join(b"%d 0 R" % number for number in range(5, len(objects) + 1, 2))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    return _assembled(objects)


def _escaped(text: str) -> bytes:
    shown = text.replace("‒", "–").encode("cp1252", "replace")  # the fonts every reader has know no figure dash
    return shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )


def to_pdf(document: Document, size: float = 7, numbers_first: bool = False) -> bytes:
    """Pages with running heads, labels over several lines, and numbers flush right in their columns."""
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.extend((1.2, [(50.0, line)]) for line in wrap(block.text, 115))
            lines.append((0.8, []))
            continue
        for part in _parts(block):
            lines.extend(line for row in part for line in _printed(row, max(map(_numbers, part)), size, numbers_first))
            lines.append((2.0, []))
    return pdf_of(list(_paged(lines, size)), size)


def _printed(
    row: list[str], columns: int, size: float, numbers_first: bool
) -> Iterator[tuple[float, list[tuple[float, str]]]]:
    """The lines of one row: those of a label stand closer than rows do."""
    code, label = (["", *row[: len(row) - columns]])[-2:]
    wrapped = wrap(label, 32) or [""]
    numbers = [(290 + 42 * i - 0.6 * size * len(text), text) for i, text in enumerate(row[len(row) - columns :])]
    for i, text in enumerate(wrapped):
        here = numbers if i == (0 if numbers_first else len(wrapped) - 1) else []
        placed = [(50.0, code if i == 0 else ""), (78.0, text), *here]
        yield 1.6 if i == len(wrapped) - 1 else 1.15, [(x, text) for x, text in placed if text]


def _paged(lines: list[tuple[float, list[tuple[float, str]]]], size: float) -> Iterator[list[tuple[float, float, str]]]:
    """Lines at their height on pages that have a running head and a number."""
    y, number = 0.0, 0
    page: list[tuple[float, float, str]] = []
    for step, line in lines:
        if not page or y > 770:
            if page:
                yield page
            y, number = 100.0, number + 1
            page = [(50, 40, "Tweede Kamer, vergaderjaar 2025-2026"), (500, 815, str(number))]
        page.extend((x, y, text) for x, text in line)
        y += step * size
    yield page
