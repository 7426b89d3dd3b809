"""The same document in every format that is read, so that a test can ask whether it comes back the same."""

from html import escape
from io import BytesIO
from textwrap import wrap

from ketenraming.documents.blocks import Document, Paragraph, Table
from ketenraming.documents.numbers import read_number, read_year


def _texts(table: Table) -> list[list[str]]:
    """The texts of a table with its numbers in the last columns, as they are printed."""
    rows = [_trimmed([cell.text for cell in row]) for row in table.rows]
    columns = max(_numbers(row) for row in rows)
    labels = max(len(row) - min(_numbers(row), columns) for row in rows)
    return [_spread(row, labels, columns) for row in rows]


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def _numbers(row: list[str]) -> int:
    """How many cells at the end of a row are numbers or years, or how many names stand behind an empty cell."""
    count = 0
    while count < len(row) and (read_number(row[-1 - count]) or read_year(row[-1 - count])):
        count += 1
    return count


def _spread(row: list[str], labels: int, columns: int) -> list[str]:
    """A row with its label cells left and its numbers in the column they belong to."""
    code = bool(row) and row[0].replace(".", "").isdigit() and not read_number(row[0])
    first = next((i for i, text in enumerate(row) if read_number(text)), 1 if len(row) == 1 else len(row))
    if first == len(row) and len(row) > 1 and not code:  # names above columns: they go with the numbers
        first = 1
    left, right = row[:first], row[first:]
    padded = ["", *left] if labels == 2 and not code and row[:1] != ["Art."] and len(left) < 2 else left
    return (padded + [""] * labels)[:labels] + (right + [""] * columns)[:columns]


def to_html(document: Document) -> bytes:
    """A page in the manner of rijksfinancien.nl."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><nav><p>Menu</p></nav>"]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        rows = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in _texts(block))
        parts.append("<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def to_op_xml(document: Document) -> bytes:
    """A publication in the manner of officielebekendmakingen.nl, tables in CALS."""
    parts = ["<?xml version='1.0' encoding='UTF-8'?><officiele-publicatie><kamerstuk><tekst>"]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<al>{escape(block.text)}</al>")
            continue
        rows = _texts(block)
        specs = "".join(f"<colspec colname='col{i + 1}' colnum='{i + 1}'/>" for i in range(len(rows[0])))
        body = "".join(
            "<row>" + "".join(f"<entry colname='col{i}'><al>{escape(t)}</al></entry>" for i, t in enumerate(row, 1)) + "</row>"
            for row in rows
        )
        parts.append(f"<table><tgroup cols='{len(rows[0])}'>{specs}<tbody>{body}</tbody></tgroup></table>")
    return "\n".join([*parts, "</tekst></kamerstuk></officiele-publicatie>"]).encode()


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
        rows.extend([[block.text]] if isinstance(block, Paragraph) else [[], *_texts(block), []])
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
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"]
    for page in pages:
        shown = b"".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x:.1f} {842 - y:.1f} Tm (".encode() + _escaped(text) + b") Tj ET\n" for x, y, text in page
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
        len(objects) + 1, table, len(objects) + 1, len(out)
    )


def to_pdf(document: Document, size: float = 7) -> bytes:
    """Pages with running heads, wrapped labels, and numbers flush right in their columns."""
    lines: list[list[tuple[float, str]]] = []
    letter = 0.6 * size
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.extend([*([(50.0, line)] for line in wrap(block.text, 115)), []])
            continue
        rows = _texts(block)
        columns = max(map(_numbers, rows))
        for row in rows:
            code, label = ([""] + row[: len(row) - columns])[-2:]
            wrapped = wrap(label, 32) or [""]
            lines.extend([(78.0, text)] for text in wrapped[:-1])
            numbers = [(290 + 42 * i - letter * len(t), t) for i, t in enumerate(row[len(row) - columns :]) if t]
            lines.append([(x, t) for x, t in [(50.0, code), (78.0, wrapped[-1]), *numbers] if t])
        lines.append([])
    pages = [lines[i : i + 65] for i in range(0, len(lines), 65)]
    return pdf_of([_page(page, number, size) for number, page in enumerate(pages, 1)], size)


def _page(lines: list[list[tuple[float, str]]], number: int, size: float) -> list[tuple[float, float, str]]:
    placed = [(x, 90 + i * 1.5 * size, text) for i, line in enumerate(lines) for x, text in line]
    return [(50, 40, "Tweede Kamer, vergaderjaar 2025-2026"), *placed, (500, 815, str(number))]
