"""One comparison of what is printed with what is expected, as a finding that holds or does not."""

from collections.abc import Mapping, Sequence

from ketenraming.base.finding import Finding, Place, Severity, Strength
from ketenraming.documents.article import BUDGET
from ketenraming.evidence.figure import Figure

_EPSILON = 1e-6
KEUR = 1000.0


def identity(
    code: str, printed: Figure, parts: Sequence[Figure], expected: float, *, exact: bool, **words: object
) -> Finding:
    """
    A comparison that must be right to the last digit, but for rounding.

    Each printed number is known to half a step; so is their sum, times their count. A difference within that is a note,
    unless the table is known to close exactly (`exact`), or there is one part, which is the total printed again.
    """
    exact = exact or len(parts) == 1
    difference = abs(printed.value - expected)
    rounding = printed.tolerance + sum(part.tolerance for part in parts)
    severity = Severity.HOLDS
    if difference > _EPSILON:
        within = difference <= rounding + _EPSILON
        severity = Severity.NOTE if within and not exact else Severity.ERROR
    return Finding(
        code,
        severity,
        printed.place,
        cells=(printed.place, *(part.place for part in parts)),
        printed=printed.value,
        expected=round(expected, 6),
        tolerance=0.0 if exact else rounding,
        unit=printed.unit,
        euros=difference * KEUR if printed.unit == "kEUR" else 0.0,
        words={"row": printed, "column": printed.place.column, "parts": len(parts), **words},
        about=_line_of(printed.place),
    )


def judged(
    code: str,
    place: Place,
    cells: Sequence[Figure],
    wrong: bool,
    *,
    severity: Severity = Severity.WARNING,
    strength: Strength = Strength.PLAUSIBILITY,
    numbers: Mapping[str, float] | None = None,
    unit: str = "",
    confidence: float = 0.8,
    euros: float = 0.0,
    about: str = "",
    **words: object,
) -> Finding:
    """A comparison against a bound; `numbers` may hold printed, expected and tolerance."""
    told = numbers or {}
    return Finding(
        code,
        severity if wrong else Severity.HOLDS,
        place,
        cells=tuple(figure.place for figure in cells),
        printed=told.get("printed"),
        expected=told.get("expected"),
        tolerance=told.get("tolerance"),
        unit=unit,
        confidence=confidence,
        strength=strength,
        euros=euros,
        words=words,
        about=about or _line_of(place),
    )


def _line_of(place: Place) -> str:
    return place.row if place.table == BUDGET else ""


def closes_exactly(findings: Sequence[Finding]) -> bool:
    """Whether nearly all comparisons of a table come out to the digit: then rounding is no excuse for the others."""
    right = sum(1 for finding in findings if finding.holds)
    return len(findings) > 1 and right >= 0.8 * len(findings)
