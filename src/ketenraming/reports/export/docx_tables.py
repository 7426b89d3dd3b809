"""Tables of a DOCX: heads that come again on every page, rows that do not break, numbers to the right, and words."""

from collections.abc import Sequence
from typing import Any

from ketenraming.reports.export.text import Row, Table

SHORT = 16  # rows of a table that stays on one page
WIDTH = 17.0  # of the text, in centimetres
LETTERS = "Arial"  # every office program has it, or letters that are as wide: a column as measured here is so there
_WIDE, _BROAD, _SLIM, _EDGES = (
    0.29,
    0.185,
    0.095,
    0.25,
)  # the widest signs, digits, marks, edges of a cell; in centimetres
_WIDE_SIGNS, _SLIM_SIGNS = frozenset("%MWm"), frozenset(" .,:;'()-–")
_LINE, _QUIET = "C9C6BC", "535E6C"


def add_table(document: Any, table: Table) -> None:
    """The title, the table, and the note below it."""
    document.add_paragraph(table.title, style="Caption")
    made = document.add_table(rows=0, cols=len(table.head))
    made.autofit = False
    widths, style = widths_of(table), document.styles["Table Text"].style_id
    for row in (Row(table.head, "heavy"), *table.rows):
        added = _add_row(made, row, widths, table)
        for cell in added.cells:
            cell._tc.p_lst[0].style = style  # by its id: asked for by name, a style is looked up for every cell
    _repeat(made.rows[0])
    if len(table.rows) <= SHORT:
        _keep_together(made)
    _describe(made, table, widths)
    document.add_paragraph(table.note, style="Quiet")


def widths_of(table: Table) -> list[float]:
    """Columns as wide as their longest text or word of their head, in centimetres; the broad one takes what is left."""
    columns = zip(*(row.cells for row in table.rows), strict=True)
    texts = [(*head.split(), *column) for head, column in zip(table.head, columns, strict=True)]
    widths = [max(map(_length, column)) + _EDGES for column in texts]
    if table.broad is not None:
        widths[table.broad] = max(WIDTH - sum(widths) + widths[table.broad], 2.5)
    return widths


def _length(text: str) -> float:
    """About how long a text is in the letters of a table, in centimetres."""
    return sum(_SLIM if sign in _SLIM_SIGNS else _WIDE if sign in _WIDE_SIGNS else _BROAD for sign in text)


def _add_row(made: Any, row: Row, widths: Sequence[float], table: Table) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm, RGBColor

    added = made.add_row()
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for i, (cell, text, width) in enumerate(zip(added.cells, row.cells, widths, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        if i >= table.words:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif i == table.broad and row.depth:
            paragraph.paragraph_format.left_indent = Cm(0.2 * row.depth)
        run = paragraph.add_run(text)
        run.bold = row.weight == "heavy" or None
        if row.weight == "quiet":
            run.font.color.rgb = RGBColor.from_string(_QUIET)
    return added


def _repeat(row: Any) -> None:
    """The first row is the head: it comes again on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        cell._tc.get_or_add_tcPr().append(_borders("w:tcBorders", ("bottom",), 8, "000000"))


def _keep_together(made: Any) -> None:
    """Every row stays with the next one."""
    for row in made.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _describe(made: Any, table: Table, widths: Sequence[float]) -> None:
    """Thin lines between rows, the widths of the columns, and what a screen reader says of the table."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    properties = made._tbl.tblPr
    borders = _borders("w:tblBorders", ("bottom", "insideH"), 2, _LINE)
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Cm(_EDGES / 2).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.insert_element_before(margins, "w:tblLook")
    for name, said in (("w:tblCaption", table.title), ("w:tblDescription", table.note or table.title)):
        element = OxmlElement(name)
        element.set(qn("w:val"), said)
        properties.append(element)


def _borders(name: str, sides: Sequence[str], size: int, colour: str) -> Any:
    """Lines at these sides, in eighths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement(name)
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    return borders
