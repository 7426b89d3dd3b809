"""HTML pages as rijksfinancien.nl and officielebekendmakingen.nl publish them."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from ketenraming.documents.blocks import Block, Limits, Paragraph, Table, title_after
from ketenraming.documents.readers.bounds import readable
from ketenraming.documents.readers.markup import Span, expand, local, text_of

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    *("p", "li", "dt", "dd", "div", "section", "article", "main", "body", "blockquote", "pre", "address"),
    *("figure", "figcaption", "ul", "ol", "dl", "details", "summary", "center"),
}
_DROPPED = {
    *("head", "script", "style", "template", "noscript", "iframe", "svg", "object"),
    *("nav", "header", "footer", "form", "button", "select", "textarea"),
}
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|\*+)[\])]?")


def read(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of a page, without its navigation and its footnote marks."""
    with readable("HTML"):
        root = _parse(data)
        if root is not None:
            yield from _blocks(root, limits)


def _parse(data: bytes) -> etree._Element | None:
    """The page; UTF-8 where it is, else what it declares, else Windows-1252. Never the network, never a huge tree."""
    encoding: str | None = "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        declared = b"charset" in data[:2048].lower() or data.startswith((b"\xff\xfe", b"\xfe\xff"))
        encoding = None if declared else "cp1252"
    parser = lxml.html.HTMLParser(
        encoding=encoding, huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return lxml.html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing in it but white space or marks
        return None


def _blocks(root: etree._Element, limits: Limits) -> Iterator[Block]:
    title = ""
    walk = etree.iterwalk(root, events=("start",))
    for _, node in walk:
        if local(node) in _DROPPED:
            walk.skip_subtree()
        elif local(node) == "table":
            walk.skip_subtree()
            yield from _tables(node, title, limits)
        elif local(node) in _BLOCKS and (text := text_of(node, _is_apart)):
            title = title_after(title, text)
            yield Paragraph(text, _at(node))


def _tables(outer: etree._Element, title: str, limits: Limits) -> Iterator[Block]:
    """A table and the tables inside it, each with its own rows; one of a single column only lays out text."""
    for table in outer.iter("table"):
        rows = expand([[_span(cell) for cell in row] for row in _rows(table)], _at(table), limits)
        rows = tuple(row for row in rows if any(cell.text for cell in row))
        caption = next((text_of(child, _is_dropped) for child in table if local(child) == "caption"), "")
        if rows and len(rows[0]) > 1:
            yield Table(rows, _at(table), aligned=True, title=caption or title)
        for row in rows if rows and len(rows[0]) == 1 else ():
            title = title_after(title, row[0].text)
            yield Paragraph(row[0].text, row[0].at)


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of each row that is the table's own, not that of a table inside it."""
    for child in table:
        rows = [child] if local(child) == "tr" else child if local(child) in {"thead", "tbody", "tfoot"} else []
        for row in rows:
            if local(row) == "tr":
                yield [cell for cell in row if local(cell) in {"td", "th"}]


def _span(cell: etree._Element) -> Span:
    columns, rows = _count(cell, "colspan"), _count(cell, "rowspan")
    return Span(text_of(cell, _is_dropped), _at(cell), max(columns, 1), 10**6 if rows == 0 else rows)


def _count(cell: etree._Element, name: str) -> int:
    """How many columns or rows a cell covers; what is no number covers one."""
    digits = re.match(r"\d{1,9}", (cell.get(name) or "").strip())
    return int(digits[0]) if digits else 1


def _is_apart(node: etree._Element) -> bool:
    """Whether an element inside a paragraph is no part of its text: a block or a table of its own, or dropped."""
    return local(node) in _BLOCKS or _is_dropped(node)


def _is_dropped(node: etree._Element) -> bool:
    return local(node) in _DROPPED | {"table", "sup", "caption"} or _is_note_link(node)


def _is_note_link(node: etree._Element) -> bool:
    """Whether a link only marks a footnote: a digit behind text, pointing into a page."""
    if local(node) != "a" or "#" not in (node.get("href") or ""):
        return False
    parent = node.getparent()
    follows = node.getprevious() is not None or (parent is not None and bool((parent.text or "").strip()))
    return follows and bool(_NOTE_MARK.fullmatch(text_of(node, lambda _: False)))


def _at(node: etree._Element) -> str:
    return f"regel {node.sourceline or 1}"
