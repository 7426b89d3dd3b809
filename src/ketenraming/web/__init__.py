"""
The web app: pages that are made here and read in any browser, and the same results as an API.

The application is imported when it is first asked for: a process that only checks a document needs none.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketenraming.web.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name == "create_app":
        from ketenraming.web.app import create_app

        return create_app
    raise AttributeError(f"module 'ketenraming.web' has no attribute {name!r}")
