"""Vintages: what each budget document printed of a line and a year, from first draft to outcome, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ketenraming.base.errors import NotInLibrary, ObservationNotFound
from ketenraming.base.period import Period
from ketenraming.evidence.source import Source, Strict

StageId = Literal["owb", "vb", "1supp", "mn", "sbs", "2supp", "jv"]
Scope = Literal["same", "wider", "narrower"]
DRAFT, ADOPTED, FIRST, OUTCOME, PROXY = "owb", "vb", "1supp", "jv", "2supp"


class Stage(Strict):
    """One step on the way of a budget through its year, and the rule by which its day is found."""

    id: StageId
    rank: int
    label_nl: str
    label_en: str
    short_nl: str
    short_en: str
    day_rule: str = ""
    because: str = ""


class Document(Source):
    """A source of vintages; `stage`, `year` and `chapter` are empty where it only copies what others published."""

    stage: StageId | None = None
    year: int | None = None
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Vintage:
    """
    One printed amount, in thousands of euros as printed: a level, or a change since another stage.

    `document` published it first; `read_in` is the one it was read in, where that is another. `step` is the smallest
    difference that was distinguished. `scope` says whether the printed line held more, or less, than its address does
    now, and `apart` is the address of what it held more or less, where that is one; an address that is empty is a line
    that this edition does not have.
    """

    address: str
    year: int
    stage: str
    document: str
    known_since: date
    keur: int
    measure: Literal["level", "change"] = "level"
    since: str = ""
    kind: str = "uitgaven"
    code: str = ""
    label: str = ""
    read_in: str = ""
    step: int = 1
    scope: Scope = "same"
    apart: str = ""
    edition: int = 0  # the budget year of the document
    assumed: bool = False
    note: str = ""
    at: str = ""

    @property
    def euros(self) -> int:
        """The amount in euros."""
        return 1000 * self.keur

    @property
    def tolerance(self) -> float:
        """Half of the smallest difference that was distinguished, in thousands of euros."""
        return self.step / 2

    @property
    def is_outcome(self) -> bool:
        """Whether it is what was spent, as the annual report says."""
        return self.stage == OUTCOME and self.measure == "level"

    @property
    def is_of_its_year(self) -> bool:
        """Whether it stands in the budget of its own year, and not in one of an earlier or a later year."""
        return self.edition == self.year


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a year came to; a proxy is the level of the second supplementary budget, where no outcome was found."""

    vintage: Vintage
    proxy: bool

    def error(self, of: Vintage) -> tuple[int, float]:
        """A level less the outcome: in thousands of euros, and as a percentage of the outcome."""
        more = of.keur - self.vintage.keur
        return more, 100 * more / self.vintage.keur if self.vintage.keur else float("nan")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number of people or cases that a document printed, as it named and counted it."""

    source: str
    edition: str
    indicator: str
    period: Period
    value: float
    unit: str
    realised: bool
    known_since: date
    assumed: bool
    via: str = ""
    note: str = ""


class Volume(Strict):
    """The indicator that says for how many people or cases a line is printed; `variable` is what we call them."""

    indicator: str
    address: str
    variable: str
    note: str = ""


class Move(Strict):
    """How much more `b` prints of an address and year than `a`, as somebody published it, in thousands of euros."""

    a: str
    b: str
    address: str
    year: int
    amount_keur: int
    step: int
    source: str
    note: str = ""


class Score(Strict):
    """A forecast beside what came of it, as put together by others; `basis` is the stage or source of the outcome."""

    of: str
    unit: str
    edition: str
    source: str = ""
    edition_year: int
    target_year: int
    forecast: float
    outcome: float | None = None
    basis: str = ""
    proxy: bool = False
    derived: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Vintages:
    """All vintages with their documents. `unmapped` are the printed lines that this edition has no address for."""

    stages: Mapping[str, Stage]
    documents: Mapping[str, Document]
    lines: tuple[Vintage, ...]
    unmapped: tuple[Vintage, ...]
    key_figures: tuple[KeyFigure, ...]
    scores: tuple[Score, ...]
    volumes: tuple[Volume, ...] = ()
    moves: tuple[Move, ...] = ()

    def as_known_on(self, day: date) -> "Vintages":
        """
        What a reader had on a day: no level, change or key figure that was published later.

        Scores hold outcomes, so they are there only for a reader of everything.
        """
        lines, unmapped = (tuple(each for each in of if each.known_since <= day) for of in (self.lines, self.unmapped))
        told = tuple(each for each in self.key_figures if each.known_since <= day)
        documents = {name: each for name, each in self.documents.items() if each.published <= day}
        scores = self.scores if day == date.max else ()
        moves = tuple(each for each in self.moves if self.documents[each.source].published <= day)
        known = replace(self, documents=documents, lines=lines, unmapped=unmapped, key_figures=told)
        return replace(known, scores=scores, moves=moves)

    @property
    def addresses(self) -> list[str]:
        """The addresses that any document printed."""
        return sorted({each.address for each in self.lines})

    def years(self, address: str) -> list[int]:
        """The years of which an address has a level; raises NotInLibrary with the nearest addresses."""
        return sorted({each.year for each in self._of(address) if each.measure == "level"})

    def of(self, address: str, year: int) -> tuple[Vintage, ...]:
        """
        The levels of an address in a year, in the order of publication, one for each stage of each edition.

        Of two readings the one in its own document comes first, then the finer one. Raises NotInLibrary with the
        nearest addresses, and ObservationNotFound where the year was not printed.
        """
        found = [each for each in self._of(address) if each.year == year and each.measure == "level"]
        if not found:
            known = ", ".join(str(each) for each in self.years(address)) or "none"
            raise ObservationNotFound(f"No level of {address} in {year} was found. Years with one: {known}.")
        best: dict[tuple[str, int], Vintage] = {}
        for each in sorted(found, key=_first_reading):
            best.setdefault((each.stage, each.edition), each)
        return tuple(sorted(best.values(), key=self._when))

    def changes(self, address: str, year: int | None = None) -> tuple[Vintage, ...]:
        """The printed changes of an address, of one year or of all, in the order of publication."""
        found = [each for each in self._of(address) if each.measure == "change" and year in {None, each.year}]
        return tuple(sorted(found, key=self._when))

    def level(self, address: str, year: int, stage: str) -> Vintage | None:
        """The level of a stage in the budget of the year itself, or None where it was not found."""
        levels = self.of(address, year) if year in self.years(address) else ()
        return next((each for each in levels if each.stage == stage and each.is_of_its_year), None)

    def outcome(self, address: str, year: int) -> Outcome | None:
        """What a year came to; where no annual report was found the proxy; None where there is neither."""
        for stage in (OUTCOME, PROXY):
            if found := self.level(address, year, stage):
                return Outcome(found, proxy=stage == PROXY)
        return None

    def _of(self, address: str) -> Iterable[Vintage]:
        found = [each for each in self.lines if each.address == address]
        if not found:
            raise NotInLibrary("line with vintages", address, self.addresses)
        return found

    def _when(self, each: Vintage) -> tuple[date, int, int]:
        return each.known_since, each.edition, self.stages[each.stage].rank


def _first_reading(each: Vintage) -> tuple[int, bool, date]:
    return each.step, bool(each.read_in), each.known_since
