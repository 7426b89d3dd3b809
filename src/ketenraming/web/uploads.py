"""
Documents of strangers, checked in a process of their own and kept nowhere.

The document goes through a pipe, not through a file. What comes back is JSON and words, never an object.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.base.wording import of_json
from ketenraming.evidence.library import Library
from ketenraming.reports.checked import Fact, FindingText
from ketenraming.reports.numbers import Lang
from ketenraming.web.apart import Apart, Bounds, Json, OutOfBounds, Say, answer
from ketenraming.web.turns import Turns

USUAL = Bounds(seconds=30, memory=1 * 2**30)
_turns = Turns("checks of documents", at_once=2, wait=10)


@dataclass(frozen=True, slots=True)
class Checked:
    """
    A document that was checked: the JSON document of `ketenraming check`, and by language what reports say of it.

    The words of a language are those of `reports.checked.checked`: counts, groups of FindingText, coverage, uncovered.
    """

    document: Json
    words: Mapping[Lang, Mapping[str, Any]]


def checked_upload(name: str, content: bytes, library: Library, bounds: Bounds = USUAL) -> Checked:
    """
    Check a document that somebody sent, in a process with bounds on its time and its memory.

    Raises DocumentUnreadable where it cannot be read, OutOfBounds where it takes too much, Busy where too many come at
    a time.
    """
    task = json.dumps({"name": plain(name), "library": str(library.root)}).encode() + b"\n" + content
    try:
        with _turns.turn():
            (message,) = Apart(__name__, task, bounds).messages()
    except OutOfBounds as error:
        told = {"name": plain(name), "why": error.wording}
        raise OutOfBounds("{name} cannot be checked: {why} Hand in the article alone.", **told) from error
    if "error" in message:
        wording = of_json(message["wording"])
        raise DocumentUnreadable(wording.template, **wording.words)
    return Checked(message["document"], {lang: _words(said) for lang, said in message["words"].items()})


def plain(name: str) -> str:
    """The name of a file without its folders and without what is no text."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:100].strip() or "document"


def _words(said: Json) -> dict[str, Any]:
    groups = {
        severity: [FindingText(**{**text, "facts": tuple(Fact(**fact) for fact in text["facts"])}) for text in group]
        for severity, group in said["groups"].items()
    }
    return {**said, "groups": groups}


def _check(task: bytes, tell: Say) -> None:
    """The task itself: the only message is what was found."""
    from ketenraming.documents.checks import run_checks
    from ketenraming.documents.coverage import coverage
    from ketenraming.documents.figures import read_article
    from ketenraming.documents.read import read_bytes
    from ketenraming.evidence.library import load
    from ketenraming.reports.as_json import check_as_json
    from ketenraming.reports.checked import checked

    head, _, content = task.partition(b"\n")
    asked = json.loads(head)
    library = load(Path(asked["library"]))
    article = read_article(read_bytes(content, asked["name"]), library)
    findings = run_checks(article)
    covered = coverage(article, findings)
    words = {}
    for lang in get_args(Lang):
        said = checked(findings, covered, library, lang)
        words[lang] = {**said, "groups": {name: [asdict(f) for f in group] for name, group in said["groups"].items()}}
    tell({"document": check_as_json(article, findings, covered), "words": words})


if __name__ == "__main__":
    answer(_check)
