"""Reading a document of any known format into blocks, within bounds."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import USUAL, Block, Document, Limits, bounded

# What a file begins with decides, not its name: names lie.
_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"

Reader = Callable[[bytes, Limits], Iterator[Block]]


def _reader(name: str) -> Reader:
    """A reader module's `read`, imported when it is needed."""
    reader: Reader = import_module(f"ketenraming.documents.readers.{name}").read
    return reader


def format_of(data: bytes, name: str) -> str:
    """The format of a document: one of text, html, op_xml, csv, xlsx, ods, pdf."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(_PDF):
        return "pdf"
    if head.startswith(_ZIP):
        return "ods" if b"opendocument.spreadsheet" in data[:200] or name.lower().endswith(".ods") else "xlsx"
    lower, ending = head.lower(), Path(name).suffix.lower()
    if lower.startswith(b"<!doctype html") or b"<html" in lower[:1000]:
        return "html"
    if lower.startswith((b"<?xml", b"<!doctype")) or (lower.startswith(b"<") and ending == ".xml"):
        return "op_xml"
    if lower.startswith(b"<"):
        return "html"
    first = head.partition(b"\n")[0]
    separated = b"|" not in first and max(first.count(b";"), first.count(b",")) >= 5
    return "csv" if ending in {".csv", ".tsv"} or (separated and ending != ".txt") else "text"


def read_bytes(data: bytes, name: str, limits: Limits = USUAL) -> Document:
    """
    A document from its bytes.

    Raises DocumentUnreadable when it is too large, is not what it seems, or holds nothing at all.
    """
    if len(data) > limits.file_bytes:
        raise DocumentUnreadable(
            "{name} is more than {most} bytes, which is all that is read. Hand in the article alone.",
            name=name,
            most=limits.file_bytes,
        )
    if not data.strip():
        raise DocumentUnreadable("{name} is empty.", name=name)
    kind = format_of(data, name)
    blocks = tuple(bounded(_reader(kind)(data, limits), limits, name))
    if not blocks:
        raise DocumentUnreadable("{name} was read as {kind} and holds no text and no tables.", name=name, kind=kind)
    return Document(name, blocks)


def read_file(path: Path, limits: Limits = USUAL) -> Document:
    """A document from a file; raises DocumentUnreadable also when the file cannot be opened."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except OSError as error:
        told = {"path": path, "reason": error.strerror or error}
        raise DocumentUnreadable("{path} cannot be read: {reason}.", **told) from error
    return read_bytes(data, path.name, limits)
