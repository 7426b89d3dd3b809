"""
A text as PDF/UA: tagged, with a title, a language and pictures in words, so that it can be read aloud.

Typst sets it in letters that it brings along: the same text gives the same bytes on a machine without fonts.
"""

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from ketenraming.reports.charts import to_svg
from ketenraming.reports.export.extra import needs
from ketenraming.reports.export.text import Picture, Piece, Text


def write_pdf(text: Text) -> bytes:
    """The text as the bytes of a PDF; raises KetenramingError where Typst is not installed."""
    typst = needs("typst", "Typst", "PDF")
    template = (files("ketenraming.reports.export") / "document.typ").read_bytes()
    told = {
        "title": text.title,
        "notice": text.notice,
        "made_by": text.made_by,
        "lang": text.lang,
        "pieces": [_told(piece) for piece in text.pieces],
    }
    made: bytes = typst.compile(
        template,
        sys_inputs={"text": json.dumps(told, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made


def _told(piece: Piece) -> dict[str, Any]:
    """A piece as the template knows it."""
    if isinstance(piece, Picture):
        return {"what": "picture", "svg": to_svg(piece.spec), "alt": piece.alt}
    return {"what": type(piece).__name__.lower(), **asdict(piece)}
