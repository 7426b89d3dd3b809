"""
What one budget document says of a line and a year, in thousands of euros: printed, or made of what is printed.

A supplementary budget prints a level of its own year, and only changes of the years after; for some documents all that
was found is a change. Such a change on the level that it is a change of makes a level too, and says what it is made of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.base.period import Length
from ketenraming.evidence.official_path import path_of_spring
from ketenraming.evidence.vintage import ADOPTED, DRAFT, FIRST, Document, KeyFigure, Move, Vintage, Vintages, Volume

SEPTEMBER = "sbs"
Key = tuple[str, int]  # address, year


@dataclass(frozen=True, slots=True)
class Amount:
    """What a document says of a line and a year; `made_of` are the levels and changes it adds up, one if printed."""

    made_of: tuple[Vintage, ...]
    move: Move | None = None

    @property
    def keur(self) -> int:
        """The amount, in thousands of euros."""
        return sum(each.keur for each in self.made_of) - (self.move.amount_keur if self.move else 0)

    @property
    def euros(self) -> int:
        """The amount in euros."""
        return 1000 * self.keur

    @property
    def is_printed(self) -> bool:
        """Whether the document prints it, and it is not made of a change."""
        return len(self.made_of) == 1 and self.move is None

    @property
    def scope(self) -> str:
        """Whether it holds the same, more or less than the address does now."""
        return self.made_of[-1].scope

    @property
    def apart(self) -> str:
        """The address of what it holds more or less; nothing where no address is that."""
        return self.made_of[-1].apart


def document_of(vintages: Vintages, name: str) -> Document:
    """A budget document by its id; raises NotInLibrary with the nearest, or KetenramingError where it is none."""
    if name not in vintages.documents:
        raise NotInLibrary("budget document", name, budgets(vintages))
    if name not in budgets(vintages):
        raise KetenramingError(f"{name} is a source, and no budget of its own. Choose one of a year, as in `library`.")
    return vintages.documents[name]


def budgets(vintages: Vintages) -> list[str]:
    """The ids of the documents that are a budget, or an annual report, of a year."""
    return [document.id for document in vintages.documents.values() if document.stage]


def amounts(vintages: Vintages, name: str) -> dict[Key, Amount]:
    """Everything that a budget document says, by address and year."""
    document = document_of(vintages, name)
    found = _own(vintages, document)
    for move in vintages.moves:
        if name == move.a and (move.address, move.year) not in found:
            there = _own(vintages, vintages.documents[move.b]).get((move.address, move.year))
            if there:
                found[move.address, move.year] = Amount(there.made_of, move)
    return found


def _own(vintages: Vintages, document: Document) -> dict[Key, Amount]:
    """Levels that it prints, and levels that its changes make."""
    told = [each for each in vintages.lines if each.document == document.id and each.stage == document.stage]
    levels = sorted(
        (each for each in told if each.measure == "level"), key=lambda each: (each.step, bool(each.read_in))
    )
    found: dict[Key, Amount] = {}
    for each in levels:
        found.setdefault((each.address, each.year), Amount((each,)))
    for change in (each for each in told if each.measure == "change"):
        key = (change.address, change.year)
        if key not in found and (made_of := _under(vintages, change)):
            found[key] = Amount(made_of)
    return found


def _under(vintages: Vintages, change: Vintage) -> tuple[Vintage, ...]:
    """The level that a change is a change of, and the change; nothing where that level is not known."""
    if change.stage == FIRST and change.year > change.edition:
        return path_of_spring(vintages, change.address, change.year, change.edition)
    levels = vintages.of(change.address, change.year) if change.year in vintages.years(change.address) else ()
    at = next((each for each in _candidates(levels, change)), None)
    return (at, change) if at else ()


def _candidates(levels: tuple[Vintage, ...], change: Vintage) -> Iterator[Vintage]:
    """Levels that a change may be a change of, the surest first: that of its stage, or what was then the same."""
    own = [each for each in levels if each.edition == change.edition]
    yield from (each for each in own if each.stage == change.since)
    if change.since == ADOPTED:
        yield from (each for each in own if each.stage == DRAFT)
    if (
        change.since == SEPTEMBER
    ):  # the draft of the next year came on the same day, and prints the running year as it was
        yield from (each for each in levels if each.stage == DRAFT and each.edition == change.edition + 1)


def volumes(vintages: Vintages, name: str) -> Mapping[Key, tuple[Volume, KeyFigure]]:
    """For how many people the lines of a budget document are printed, by address and year; of an outcome, realised."""
    document, indicators = document_of(vintages, name), {each.indicator: each for each in vintages.volumes}
    told = [each for each in vintages.key_figures if each.indicator in indicators and each.period.length is Length.YEAR]
    if document.stage == "jv":
        told = [each for each in told if each.realised and each.period.year == document.year]
    else:
        told = [each for each in told if each.source == name and not each.realised]
    found = {}
    for each in sorted(told, key=lambda each: each.known_since):
        volume, year = indicators[each.indicator], each.period.year
        if year is not None:
            found[volume.address, year] = volume, each
    return found
