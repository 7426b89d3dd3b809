"""Files that are written whole or not at all."""

import os
from pathlib import Path


def write_whole(content: str | bytes, path: Path) -> None:
    """Write a file in place of an earlier one, so that nobody meets half of it; raises OSError where it cannot."""
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():  # a device or a pipe keeps its place, a folder refuses
        path.write_bytes(data)
        return
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
