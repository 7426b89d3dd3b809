"""
A text as DOCX: real headings and tables, pictures in words, the language of the text, and the notice on every page.

The same text gives the same bytes.
"""

import io
from datetime import datetime, time
from typing import Any

from ketenraming.reports.export.docx_tables import LETTERS, add_table
from ketenraming.reports.export.extra import needs
from ketenraming.reports.export.text import Bullets, Heading, Paragraph, Picture, Piece, Table, Text
from ketenraming.reports.export.zipped import parts_of, zipped
from ketenraming.reports.fan import png

LANGUAGE = {"nl": "nl-NL", "en": "en-GB"}
_QUIET, _INK, _WARN = "535E6C", "1B2430", "8A4B08"
_STYLES = {  # points, space above and below, colour
    "Title": (20, 0, 6, _INK),
    "Heading 1": (15, 18, 6, _INK),
    "Heading 2": (12, 14, 4, _INK),
    "Heading 3": (10.5, 10, 3, _INK),
    "Heading 4": (10, 8, 2, _INK),
    "Normal": (10, 0, 5, None),
    "Caption": (9, 10, 3, _INK),
    "Lead": (12, 0, 8, None),
    "Notice": (10, 0, 6, _WARN),
    "Quiet": (9, 3, 6, _QUIET),
    "Table Text": (8.5, 1, 1, None),
    "Header": (8, 0, 0, _QUIET),
    "Footer": (8, 0, 0, _QUIET),
}


def write_docx(text: Text) -> bytes:
    """The text as the bytes of a document; raises KetenramingError where python-docx is not installed."""
    document = needs("docx", "python-docx", "DOCX").Document()
    _describe(document, text)
    _set_styles(document, LANGUAGE[text.lang])
    _set_page(document, text)
    document.add_heading(text.title, 0)
    for piece in text.pieces:
        _add(document, piece)
    document.add_paragraph(text.made_by, style="Quiet")
    stream = io.BytesIO()
    document.save(stream)
    return zipped(parts_of(stream.getvalue()))


def _describe(document: Any, text: Text) -> None:
    """What the file says of itself."""
    about, day = document.core_properties, datetime.combine(text.day, time())
    about.title, about.author, about.comments = text.title, "Ketenraming", text.notice
    about.language, about.last_modified_by = LANGUAGE[text.lang], "Ketenraming"
    about.created = about.modified = day


def _set_styles(document: Any, language: str) -> None:
    """Letters, sizes, spaces, and the language in which a screen reader reads."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles = document.styles
    for name, (size, above, below, colour) in _STYLES.items():
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        style = styles[name]
        style.font.name, style.font.size = LETTERS, Pt(size)
        for letters in list(style.element.rPr.rFonts.attrib):
            if letters.endswith("Theme"):
                del style.element.rPr.rFonts.attrib[letters]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.line_spacing = 1.0 if name == "Table Text" else 1.1
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)
    styles["Notice"].font.bold = styles["Caption"].font.bold = True
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
    for borders in styles["Title"].element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)
        break
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _set_page(document: Any, text: Text) -> None:
    """A4, with the notice above and the number of the page below."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2)
    for part, left in ((section.header, text.notice), (section.footer, text.title)):
        paragraph = part.paragraphs[0]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(left)
    footer = section.footer.paragraphs[0]
    footer.add_run("\t")
    _add_field(footer, "PAGE")
    footer.add_run(" / ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Any, name: str) -> None:
    """A number that Word fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    field.append(run._r)


def _add(document: Any, piece: Piece) -> None:
    """One piece, at the end of the document."""
    match piece:
        case Heading():
            document.add_heading(piece.text, piece.level)
        case Paragraph():
            document.add_paragraph(piece.text, style="Normal" if piece.kind == "plain" else piece.kind.capitalize())
        case Bullets():
            for item in piece.items:
                document.add_paragraph(item, style="List Bullet")
        case Table():
            add_table(document, piece)
        case Picture():
            _add_picture(document, piece)


def _add_picture(document: Any, picture: Picture) -> None:
    """A chart as wide as the text, with its numbers in words."""
    from docx.shared import Cm

    added = document.add_picture(io.BytesIO(png(picture.spec)), width=Cm(17))
    said = added._inline.docPr
    said.set("descr", picture.alt)
    said.set("title", picture.title)
