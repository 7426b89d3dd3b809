"""
Where compiled code is kept between runs.

Numba keeps it beside the source, else in the home folder, and refuses to be imported where it can write in neither. So
a folder for temporary files is named before it looks.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numba
from numba import config


def folder_to_name(usual: Iterable[Path], spare: Path) -> str:
    """The spare folder, when none of the usual ones can be written in; empty when one can."""
    return "" if any(_is_writable(folder) for folder in usual) else str(spare)


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _home() -> Path:
    """The folder for caches in the home folder; a home that is not there is nowhere to write."""
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "numba"


if not config.CACHE_DIR:  # type: ignore[attr-defined]
    _user = os.getuid() if hasattr(os, "getuid") else 0
    config.CACHE_DIR = folder_to_name(  # type: ignore[attr-defined]
        (Path(__file__).parent / "__pycache__", _home()), Path(tempfile.gettempdir()) / f"ketenraming-{_user}"
    )

njit: Callable[..., Any] = partial(numba.njit, cache=True)
