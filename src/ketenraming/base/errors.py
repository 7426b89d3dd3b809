"""
What can be wrong with a *request*. What is wrong with the *data* is a finding.

    KetenramingError
    ├── LibraryInvalid        the library's files hold mistakes; carries all of them
    ├── NotInLibrary          a name that is not there; says what was meant, perhaps
    ├── ParameterNotFound     no value in force on that day, as known on that day
    ├── ObservationNotFound   a series does not hold what was asked, as known on that day
    ├── ChainInvalid          a chain that cannot be run; carries all mistakes
    ├── CaseInvalid           dates and options of a case that do not go together
    ├── ScenarioInvalid       scenarios that cannot be read, stacked or applied; carries all mistakes
    ├── RecordUnreadable      this is no record of a run, or it cannot be run again
    ├── PlacementInvalid      sites and groups that cannot be read; carries all mistakes
    ├── UnitMismatch          a quantity and a price that do not make euros
    └── DocumentUnreadable    this is not a document that can be read
"""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from ketenraming.base.wording import Joined, Wording

OR = " or "


def did_you_mean(name: str, known: Iterable[str], called: Callable[[str], str] = str) -> Wording:
    """
    The known names that are nearest to one that is not there, as a question with a space before it, or nothing.

    `called` gives what is said of a known name, where that is not the name itself.
    """
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return Wording(" Did you mean {names}?", {"names": Joined(tuple(map(called, near)), OR)}) if near else Wording("")


class KetenramingError(Exception):
    """
    Root of all refusals: one sentence that says what, where, and what to do.

    As a string it is English. `wording` keeps the template apart from the words that fill it, so that a page can say it
    in the language of its reader; without words the template is the sentence itself.
    """

    code = "error"

    def __init__(self, template: str, /, **words: object) -> None:
        self.wording = Wording(template, words)
        super().__init__(str(self.wording))


class _Listed(KetenramingError):
    """A refusal that lists all mistakes, each on a line below its first; that is `one`, or `many` with their count."""

    one, many = "", ""

    def __init__(self, mistakes: Sequence[str | Wording], **words: object) -> None:
        self.mistakes = tuple(map(str, mistakes))
        template = self.one if len(mistakes) == 1 else self.many
        super().__init__(template, count=len(mistakes), mistakes=Joined(tuple(mistakes), "\n"), **words)


class LibraryInvalid(_Listed):
    """The library did not load; `mistakes` lists every mistake with its file and line."""

    code = "library-invalid"
    one, many = "The library has 1 mistake:\n{mistakes}", "The library has {count} mistakes:\n{mistakes}"


class NotInLibrary(KetenramingError):
    """A name was asked for that is not there."""

    code = "not-in-library"

    def __init__(self, kind: str | Wording, name: str, known: Iterable[str]) -> None:
        of = kind if isinstance(kind, Wording) else Wording(kind)
        super().__init__("There is no {kind} {name!r}.{near}", kind=of, name=name, near=did_you_mean(name, known))


class ParameterNotFound(KetenramingError):
    """A parameter has no value in force on a day, in what was published by another day."""

    code = "parameter-not-found"


class ObservationNotFound(KetenramingError):
    """A series has no observation of a period in what was published by a day, or no such periods at all."""

    code = "observation-not-found"


class UnitMismatch(KetenramingError):
    """Two units that do not multiply or add to what was asked."""

    code = "unit-mismatch"


class RecordUnreadable(KetenramingError):
    """A file that is no record of a run, or a record that cannot be run again."""

    code = "record-unreadable"


class DocumentUnreadable(KetenramingError):
    """A document that cannot be opened, is too large, or holds nothing to check."""

    code = "document-unreadable"


class ChainInvalid(_Listed):
    """A chain, or what it is run with, holds mistakes; `mistakes` lists them all."""

    code = "chain-invalid"
    one, many = "The chain {name!r} has 1 mistake:\n{mistakes}", "The chain {name!r} has {count} mistakes:\n{mistakes}"

    def __init__(self, name: str, mistakes: Sequence[str | Wording]) -> None:
        super().__init__(mistakes, name=name)


class CaseInvalid(KetenramingError):
    """What is asked of a rule is not what it takes: a date that is none, or dates and options that do not fit."""

    code = "case-invalid"


class ScenarioInvalid(_Listed):
    """Scenarios hold mistakes, or do not go together; `mistakes` lists them all with file and line."""

    code = "scenario-invalid"
    one, many = "The scenarios hold 1 mistake:\n{mistakes}", "The scenarios hold {count} mistakes:\n{mistakes}"


class PlacementInvalid(_Listed):
    """Tables of sites and groups hold mistakes; `mistakes` lists them all with file and line."""

    code = "placement-invalid"
    one, many = "The tables hold 1 mistake:\n{mistakes}", "The tables hold {count} mistakes:\n{mistakes}"
