"""PDF: opened within bounds, its lines handed on to become tables and paragraphs."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import Block, Limits
from ketenraming.documents.readers.bounds import readable
from ketenraming.documents.readers.pdf_blocks import blocks_of_lines
from ketenraming.documents.readers.pdf_lines import Line, lines_of, mark_running


def read(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of a PDF; columns are told from where the numbers stand, so rows are only likely."""
    try:
        import pdfplumber  # an extra, and slow to import
    except ImportError as error:
        raise DocumentUnreadable("This is a PDF; install the extra: pip install 'ketenraming[pdf]'.") from error
    _weigh(data, limits)
    with readable("PDF"), pdfplumber.open(BytesIO(data)) as document:
        lines: list[Line] = []
        for number, page in enumerate(document.pages, 1):
            if number > limits.pages:
                raise DocumentUnreadable(
                    "The PDF has more than {most} pages. Hand in the article alone.", most=limits.pages
                )
            lines.extend(lines_of(page, number, limits))
            page.close()
        mark_running(lines)
        yield from blocks_of_lines([line for line in lines if not line.running])


def _weigh(data: bytes, limits: Limits) -> None:
    """Refuse a file whose streams unpack to too much: pdfminer would unpack them whole."""
    room = limits.unpacked_bytes
    for stream in re.finditer(rb"stream\r?\n(.*?)(?:endstream|\Z)", data, re.DOTALL):
        content = stream[1]
        with suppress(zlib.error):  # not packed, or not any further
            for _ in range(3):
                content = zlib.decompressobj().decompress(content, room + 1)
        room -= len(content)
        if room < 0:
            raise DocumentUnreadable(
                "The PDF unpacks to more than {most} bytes. Hand in the article alone.", most=limits.unpacked_bytes
            )
