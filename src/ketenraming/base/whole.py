"""Files that are written whole or not at all."""

import os
from pathlib import Path


def write_whole(text: str, path: Path) -> None:
    """Write a text file in place of an earlier one, so that nobody meets half of it; raises OSError where it cannot."""
    if path.exists() and not path.is_file():  # a device or a pipe keeps its place, a folder refuses
        path.write_text(text, encoding="utf-8")
        return
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
