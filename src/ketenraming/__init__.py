"""
Ketenraming: from people to euros.

    import ketenraming as kr

    run = kr.run("instroom-plus-10000")
    run.row("37.4/zbo/coa", 2027).gap.central

Names are imported when they are first used, so that `import ketenraming` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketenraming.api import Outcome, compare, run
    from ketenraming.base.errors import KetenramingError
    from ketenraming.documents.article import of_edition
    from ketenraming.documents.checks import run_checks
    from ketenraming.documents.figures import read_article
    from ketenraming.documents.read import read_file
    from ketenraming.evidence.library import load

_HOMES = {
    "KetenramingError": "ketenraming.base.errors",
    "Outcome": "ketenraming.api",
    "compare": "ketenraming.api",
    "load": "ketenraming.evidence.library",
    "of_edition": "ketenraming.documents.article",
    "read_article": "ketenraming.documents.figures",
    "read_file": "ketenraming.documents.read",
    "run": "ketenraming.api",
    "run_checks": "ketenraming.documents.checks",
}

__all__ = [
    "KetenramingError",
    "Outcome",
    "compare",
    "load",
    "of_edition",
    "read_article",
    "read_file",
    "run",
    "run_checks",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'ketenraming' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
