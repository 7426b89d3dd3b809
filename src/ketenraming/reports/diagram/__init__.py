"""
A declared chain as a picture: Mermaid text, SVG panels, and the same as rows of a table.

The declaration says all of it; the catalogue gives the words, and a name without a word is shown as it is.
"""

from ketenraming.reports.diagram.mermaid import mermaid
from ketenraming.reports.diagram.svg import svg
from ketenraming.reports.diagram.words import Words, parts, stage_rows

__all__ = ["Words", "mermaid", "parts", "stage_rows", "svg"]
