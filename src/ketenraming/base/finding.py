"""Findings: what a check saw, as data. A check that holds is a finding too, so that coverage can be counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad. `HOLDS` is a comparison that came out right; it is counted, not shown."""

    HOLDS = "holds"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Strength(StrEnum):
    """How much a comparison can see: an identity sees every digit, a plausibility test only large changes."""

    IDENTITY = "identity"
    PLAUSIBILITY = "plausibility"
    PRESENCE = "presence"  # looks at what is there or missing, not at a value


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """
    Where something is printed.

    `row` and `column` are addresses and column names, or empty; `at` is what a person needs
    to find it in the file: a line, a cell of a sheet, a page.
    """

    document: str
    table: str = ""
    row: str = ""
    column: str = ""
    at: str = ""

    @property
    def cell(self) -> tuple[str, str, str]:
        """The place without the file it was read from: the same in every copy of an edition."""
        return self.table, self.row, self.column

    def __str__(self) -> str:
        return " · ".join(part for part in (self.document, self.table, self.row, self.column, self.at) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One comparison: what was printed, what was expected, and how far apart they may be.

    `cells` are all printed numbers the comparison looked at; `place` is the one it speaks
    about. `words` fill the sentence of the code in `library/checks/findings.toml`. `euros`
    is what is at stake, for ranking. `suspects` are the cells of which one, changed alone,
    would mend every broken identity it takes part in, most likely first. `about` is the
    address of the line it concerns, wherever it is printed.
    """

    code: str
    severity: Severity
    place: Place
    cells: tuple[Place, ...] = ()
    printed: float | None = None
    expected: float | None = None
    tolerance: float | None = None
    unit: str = ""
    confidence: float = 1.0
    strength: Strength = Strength.IDENTITY
    euros: float = 0.0
    words: Mapping[str, object] = field(default_factory=dict)
    suspects: tuple[Place, ...] = ()
    about: str = ""

    @property
    def holds(self) -> bool:
        """Whether there is nothing to report."""
        return self.severity is Severity.HOLDS

    @property
    def difference(self) -> float | None:
        """Printed less expected."""
        if self.printed is None or self.expected is None:
            return None
        return round(self.printed - self.expected, 6)

    def with_suspects(self, suspects: Iterable[Place]) -> "Finding":
        """The same finding, with the cells that may be the wrong one."""
        return replace(self, suspects=tuple(suspects))


def most_weighty(findings: Iterable[Finding], count: int) -> list[Finding]:
    """
    The findings that matter most: by euros and how sure, one for each line of the article.

    What is proven to contradict weighs ten times what is only hard to believe.
    """
    chosen: list[Finding] = []
    shown = [f for f in findings if f.severity in {Severity.ERROR, Severity.WARNING}]
    for finding in sorted(shown, key=_stake, reverse=True):
        if not any(_same_line(finding.about, other.about) for other in chosen):
            chosen.append(finding)
    return chosen[:count]


def _stake(finding: Finding) -> float:
    return abs(finding.euros) * finding.confidence * (10 if finding.severity is Severity.ERROR else 1)


def _same_line(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2, Severity.HOLDS: 3}


def by_weight(finding: Finding) -> tuple[float, ...]:
    """Sort key: the worst first, then the most euros, then the surest."""
    return _RANK[finding.severity], -abs(finding.euros), -finding.confidence
