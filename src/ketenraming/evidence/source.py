"""Sources: the documents, laws and statistics that numbers come from."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

SourceKind = Literal["budget", "law", "statistics", "agency", "audit", "press", "letter", "decision"]


class Strict(BaseModel):
    """A shape on disk: unknown keys are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """One publication. `published` is the day from which its numbers were known."""

    id: str
    title: str
    publisher: str
    kind: SourceKind
    published: date
    published_is: Literal["exact", "assumed"] = "exact"
    url: str = ""
    bwb_id: str = ""
    licence: str = ""
    note: str = ""


class Citation(Strict):
    """Where in which source: an article of a law, a table and row of a budget."""

    id: str
    where: str
    because: str = ""
