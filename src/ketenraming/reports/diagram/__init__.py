"""
A declared chain as a picture: Mermaid text, SVG panels, and the same as rows of a table.

The declaration says all of it; the catalogue gives the words, and a name without a word is shown as it is.
"""

import os
from pathlib import Path

from ketenraming.reports.diagram.mermaid import mermaid
from ketenraming.reports.diagram.svg import svg
from ketenraming.reports.diagram.words import Words, parts, stage_rows

__all__ = ["Words", "mermaid", "parts", "stage_rows", "svg", "write"]


def write(text: str, path: Path) -> None:
    """Write a file whole or not at all, in place of an earlier one; raises OSError where it cannot."""
    if path.exists() and not path.is_file():  # a device or a pipe keeps its place, a folder refuses
        path.write_text(text, encoding="utf-8")
        return
    temporary = path.parent / f".{path.name}-{os.getpid()}"
    try:
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
