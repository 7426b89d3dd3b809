"""What many tests need: the shipped library, and the article as a document."""

from pathlib import Path

import pytest

from ketenraming.documents.article import Article, of_edition
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import read_bytes
from ketenraming.evidence.library import Library, load
from ketenraming.scenarios.run import Run, run

EXTRACTS = Path(__file__).parent / "extracts"
TABLES, PROSE = EXTRACTS / "begroting-2026-xx-tabellen.txt", EXTRACTS / "begroting-2026-xx-proza.txt"


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def edition(library: Library) -> Article:
    """The article as the library holds it."""
    return of_edition(library)


@pytest.fixture(scope="session")
def article_text() -> str:
    """Our cutting of the published tables, and our own sentences with the amounts of its prose."""
    return TABLES.read_text(encoding="utf-8") + "\n" + PROSE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def from_text(library: Library, article_text: str) -> Article:
    """The article as read from plain text."""
    return read_article(read_bytes(article_text.encode(), "artikel-37.txt"), library)


@pytest.fixture(scope="session")
def outcome(library: Library) -> Run:
    """One run, shared by tests that only look at it."""
    return run(library, draws=200)
