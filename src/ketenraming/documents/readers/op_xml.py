"""XML of Officiële Bekendmakingen: paragraphs (`al`), headings (`kop`, `tussenkop`) and CALS tables."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import Block, Limits, Paragraph, Table, title_after
from ketenraming.documents.readers.bounds import readable
from ketenraming.documents.readers.markup import Span, expand, local, text_of

_TEXTS = {"al", "kop", "tussenkop", "titel"}
_DROPPED = {"noot", "noot.nr", "noot.al", "noot.lijst", "sup", "metadata", "meta-data", "plaatje"}


def read(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of a publication, without its footnotes; other XML holds neither and gives nothing."""
    with readable("XML of Officiële Bekendmakingen"):
        yield from _blocks(_parse(data), limits)


def _parse(data: bytes) -> etree._Element:
    """The root. A document that declares entities is refused: no publication needs them, an attack does."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data.lstrip(), parser)
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise DocumentUnreadable("The XML declares entities, which are never expanded here. Save it without a DOCTYPE.")
    return root


def _blocks(root: etree._Element, limits: Limits) -> Iterator[Block]:
    title = ""
    walk = etree.iterwalk(root, events=("start",))
    for _, node in walk:
        name = local(node)
        if name in _DROPPED:
            walk.skip_subtree()
        elif name == "table":
            walk.skip_subtree()
            yield from _tables(node, title, limits)
        elif name in _TEXTS and (text := text_of(node, _is_apart)):
            title = title_after(title, text)
            yield Paragraph(text, _at(node))
        if name == "kop":  # its label, number and title are one heading
            walk.skip_subtree()


def _tables(table: etree._Element, title: str, limits: Limits) -> Iterator[Block]:
    own = next((text_of(child, _is_dropped) for child in table if local(child) == "title"), "")
    for group in (node for node in table.iter() if local(node) == "tgroup"):
        columns = _columns(group)
        rows = expand([[_span(entry, columns) for entry in row] for row in _rows(group)], _at(group), limits)
        rows = tuple(row for row in rows if any(cell.text for cell in row))
        if rows:
            yield Table(rows, _at(table), aligned=True, title=own or title)


def _columns(group: etree._Element) -> dict[str, int]:
    """The position of each named column; a `colspec` without a number follows the one before it."""
    columns: dict[str, int] = {}
    position = -1
    for spec in (child for child in group if local(child) == "colspec"):
        told = _count(spec, "colnum")
        position = told - 1 if told else position + 1
        columns[spec.get("colname") or f"col{position + 1}"] = position
    return columns


def _rows(group: etree._Element) -> Iterator[list[etree._Element]]:
    """The entries of each row, head to foot."""
    for part in (child for child in group if local(child) in {"thead", "tbody", "tfoot"}):
        for row in (child for child in part if local(child) == "row"):
            yield [entry for entry in row if local(entry) == "entry"]


def _span(entry: etree._Element, columns: dict[str, int]) -> Span:
    first = columns.get(entry.get("namest") or entry.get("colname") or "")
    last = columns.get(entry.get("nameend") or "", first)
    width = last - first + 1 if first is not None and last is not None else 1
    return Span(text_of(entry, _is_dropped), _at(entry), max(width, 1), _count(entry, "morerows") + 1, first)


def _count(node: etree._Element, name: str) -> int:
    digits = re.match(r"\d{1,9}", (node.get(name) or "").strip())
    return int(digits[0]) if digits else 0


def _is_apart(node: etree._Element) -> bool:
    """Whether an element inside a paragraph is a paragraph or table of its own."""
    return local(node) in {"al", "table", "lijst", "li"} or _is_dropped(node)


def _is_dropped(node: etree._Element) -> bool:
    return local(node) in _DROPPED


def _at(node: etree._Element) -> str:
    return f"regel {node.sourceline or 1}"
