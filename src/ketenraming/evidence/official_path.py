"""
Whether the vintages agree: a level with its other readings, and the path from a draft through the spring to the next.

A supplementary budget prints its level of the current year, and only changes of the years after it. The path of those
years is made again: the level of an earlier draft, and the changes of every spring since. The next draft should be it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ketenraming.base.finding import Finding, Place, Severity, Strength
from ketenraming.evidence.vintage import DRAFT, FIRST, Vintage, Vintages


@dataclass(frozen=True, slots=True)
class Step:
    """A draft, and the vintages that were to lead to it; `direct` where one level was printed again."""

    draft: Vintage
    made_of: tuple[Vintage, ...]

    @property
    def direct(self) -> bool:
        """Whether it is a level of a first supplementary budget, and not one that is made of changes."""
        return len(self.made_of) == 1

    @property
    def keur(self) -> int:
        """What the draft should print, in thousands of euros."""
        return sum(each.keur for each in self.made_of)

    @property
    def rounding(self) -> float:
        """What rounding may explain."""
        return sum(each.tolerance for each in (self.draft, *self.made_of))

    @property
    def off(self) -> float:
        """The draft less what it should print, as a percentage of that."""
        return 100 * (self.draft.keur / self.keur - 1) if self.keur else float("inf")


def official_path(vintages: Vintages) -> list[Step]:
    """Every draft that can be held against the spring before it, by address, budget year and year."""
    return [step for address in vintages.addresses for step in _steps(vintages, address)]


def path_of_spring(vintages: Vintages, address: str, year: int, edition: int) -> tuple[Vintage, ...]:
    """What makes the level of a later year in the spring of an edition: an earlier draft and the springs since."""
    drafts, springs = _drafts_and_springs(vintages, address, year)
    return _made_of(drafts, springs, edition + 1)


def check_path(vintages: Vintages, percent: float) -> list[Finding]:
    """Each draft against the spring before it; this percentage is allowed, or what rounding explains."""
    return [_of_step(step, max(percent * abs(step.keur) / 100, step.rounding)) for step in official_path(vintages)]


def check_read_twice(vintages: Vintages) -> list[Finding]:
    """Each level against its first reading; what each says of its own rounding is allowed."""
    found = []
    for address in vintages.addresses:
        first = {
            (v.year, v.stage, v.edition): v for year in vintages.years(address) for v in vintages.of(address, year)
        }
        for each in (v for v in vintages.lines if v.address == address and v.measure == "level"):
            other = first[each.year, each.stage, each.edition]
            numbers = (each.keur, other.keur, each.tolerance + other.tolerance)
            if each is not other:
                names = each.read_in or each.document, other.read_in or other.document
                found.append(_finding("vintage-restated", (each, other), numbers, names))
    return found


def moved(vintages: Vintages, percent: float) -> list[Finding]:
    """What does not agree: levels that were restated, and drafts that are not the spring before them."""
    return [each for each in [*check_path(vintages, percent), *check_read_twice(vintages)] if not each.holds]


def _steps(vintages: Vintages, address: str) -> Iterator[Step]:
    for year in vintages.years(address):
        drafts, springs = _drafts_and_springs(vintages, address, year)
        for edition, draft in drafts.items():
            if edition == year + 1:
                levels = vintages.of(address, year)
                yield from (Step(draft, (v,)) for v in levels if v.stage == FIRST and v.is_of_its_year)
            elif made_of := _made_of(drafts, springs, edition):
                yield Step(draft, made_of)


def _drafts_and_springs(vintages: Vintages, address: str, year: int) -> tuple[dict[int, Vintage], dict[int, Vintage]]:
    """The levels of drafts of a year, and the changes of springs, by edition."""
    levels = vintages.of(address, year) if year in vintages.years(address) else ()
    springs = {v.edition: v for v in vintages.changes(address, year) if v.stage == FIRST}
    return {v.edition: v for v in levels if v.stage == DRAFT}, springs


def _made_of(drafts: dict[int, Vintage], springs: dict[int, Vintage], edition: int) -> tuple[Vintage, ...]:
    """The latest draft before an edition from which every spring until it is known, and those springs; else nothing."""
    for base in sorted((each for each in drafts if each < edition), reverse=True):
        between = range(base, edition)
        if all(each in springs for each in between):
            return drafts[base], *(springs[each] for each in between)
    return ()


def _of_step(step: Step, tolerance: float) -> Finding:
    cells, numbers = (step.draft, *step.made_of), (step.draft.keur, step.keur, tolerance)
    names = step.draft.document, step.made_of[0].document
    if step.direct:
        return _finding("vintage-level-moved", cells, numbers, names)
    return _finding("vintage-path-moved", cells, numbers, names)


def _finding(
    code: str, cells: tuple[Vintage, ...], numbers: tuple[float, float, float], names: tuple[str, str]
) -> Finding:
    printed, expected, tolerance = numbers
    about = cells[0]
    words = {
        "of": about.address,
        "year": str(about.year),
        "one": names[0],
        "other": names[1],
        "off_pct": 100 * (printed / expected - 1) if expected else 100.0,
    }
    return Finding(
        code,
        Severity.HOLDS if abs(printed - expected) <= tolerance else Severity.NOTE,
        _place(about),
        tuple(_place(each) for each in cells),
        printed,
        expected,
        tolerance,
        "kEUR",
        strength=Strength.PLAUSIBILITY,
        words=words,
        about=about.address,
    )


def _place(each: Vintage) -> Place:
    return Place(each.read_in or each.document, each.stage, each.address, str(each.year), each.at)
