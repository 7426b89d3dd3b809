"""What keeps a stranger's file within bounds: every failure one clear sentence, nothing unpacked unseen."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZipFile

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.base.wording import Wording
from ketenraming.documents.blocks import Limits

_PARTS = 2_000
_DECLARATIONS = [
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
]


@contextmanager
def readable(kind: str) -> Iterator[None]:
    """Turn whatever a format's library raises into one clear refusal."""
    try:
        yield
    except DocumentUnreadable:
        raise
    # A file from a stranger makes these libraries raise nearly anything: KeyError, struct.error, RecursionError.
    except Exception as error:
        reason = " ".join(f"{error}".split())[:120] or type(error).__name__
        raise DocumentUnreadable(
            "This was taken for {kind} but cannot be read ({reason}). Save it again, or hand it in as another format.",
            kind=Wording(kind),
            reason=reason,
        ) from error


def too_large(limits: Limits) -> DocumentUnreadable:
    """The refusal of a table that would not fit in memory."""
    return DocumentUnreadable("A table has more than {most} cells. Hand in the article alone.", most=limits.cells)


def weigh(data: bytes, limits: Limits) -> None:
    """Refuse a zip file that unpacks to too much or whose XML declares entities, before any library opens it."""
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
            raise DocumentUnreadable(
                "The file unpacks to more than {most} bytes or {parts} parts. Hand in the article alone.",
                most=limits.unpacked_bytes,
                parts=_PARTS,
            )
        for part in parts:
            content = archive.read(part) if part.filename.endswith((".xml", ".rels")) else b""
            if any(word in content for word in _DECLARATIONS):
                raise DocumentUnreadable(
                    "{part} declares a document type, which no office program writes.", part=part.filename
                )
