"""Zip files that are the same for the same content: XLSX, ODS and DOCX are such files, and so is a data package."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file can name
_FIRST = "mimetype"  # in OpenDocument files: before all else, and not compressed


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts in their order, without the time at which it was made."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in sorted(parts, key=lambda name: name != _FIRST):
            part = ZipInfo(name, _LONG_AGO)
            part.compress_type = ZIP_STORED if name == _FIRST else ZIP_DEFLATED
            part.create_system = 3  # alike on every system
            archive.writestr(part, parts[name])
    return stream.getvalue()


def parts_of(archive: bytes) -> dict[str, bytes]:
    """The parts of a zip file, in their order."""
    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
