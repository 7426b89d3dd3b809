"""A text as one HTML page, in the look of the reports: no script, nothing fetched."""

from typing import TYPE_CHECKING, Any

from ketenraming.reports.charts import to_svg
from ketenraming.reports.export.text import Picture, Piece, Text
from ketenraming.reports.html import environment

if TYPE_CHECKING:
    from markupsafe import Markup


def write_html(text: Text) -> bytes:
    """The text as the bytes of a page."""
    template = environment("ketenraming.reports.export", "ketenraming.reports").get_template("document.html.j2")
    pieces = [_shown(piece) for piece in text.pieces]
    return template.render(text=text, pieces=pieces, lang=text.lang, say=text.say, made_by=text.made_by).encode()


def _shown(piece: Piece) -> tuple[str, Any]:
    """A piece as the template knows it; inside HTML an SVG needs no namespace."""
    name = type(piece).__name__
    if not isinstance(piece, Picture):
        return name, piece
    return name, {"wide": _markup(to_svg(piece.spec)), "alt": piece.alt}


def _markup(svg: str) -> "Markup":
    from markupsafe import Markup

    return Markup(svg.replace(' xmlns="http://www.w3.org/2000/svg"', ""))
