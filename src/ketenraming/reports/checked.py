"""What every report says of a check: the findings in words, how many there are, and what was looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ketenraming.base.finding import Finding, Severity
from ketenraming.documents.coverage import Coverage
from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, in_unit, money, number, percent
from ketenraming.reports.words import place, say, sentence, title

SHOWN = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value below a finding."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in words."""

    severity: str
    title: str
    sentence: str
    facts: tuple[Fact, ...]


def coverage_line(covered: Coverage, library: Library, lang: Lang) -> str:
    """How many numbers there are and how many are looked at, in one sentence."""
    counts = covered.counts
    share = percent(100 * counts["covered"] / max(counts["printed"], 1), lang)
    return say(library, "coverage", lang, share=share, **{name: number(n, lang) for name, n in counts.items()})


def uncovered_line(covered: Coverage, library: Library, lang: Lang) -> str:
    """The numbers that no check looks at, in one sentence."""
    if not covered.uncovered:
        return say(library, "uncovered_none", lang)
    places = "; ".join(place(spot, library, lang) for spot in covered.uncovered)
    return say(library, "uncovered", lang, places=places)


def checked(findings: Sequence[Finding], coverage: Coverage, library: Library, lang: Lang) -> dict[str, Any]:
    """Findings by severity, how many there are, and what was looked at."""
    counted = {severity.value: sum(1 for f in findings if f.severity is severity) for severity in Severity}
    groups = {severity.value: [f for f in findings if f.severity is severity] for severity in SHOWN}
    return {
        "counts": say(library, "counts", lang, **{name: number(count, lang) for name, count in counted.items()}),
        "groups": {name: [_text(f, library, lang) for f in group] for name, group in groups.items() if group},
        "coverage": coverage_line(coverage, library, lang),
        "uncovered": [place(spot, library, lang) for spot in coverage.uncovered],
    }


def _text(finding: Finding, library: Library, lang: Lang) -> FindingText:
    """A finding with its place, what was printed and expected, how sure it is and what is at stake."""
    facts = [("where", place(finding.place, library, lang)), *_compared(finding, lang)]
    if finding.euros:
        facts.append(("stake", money(finding.euros, lang)))
    facts.append(("confidence", percent(100 * finding.confidence, lang, 0)))
    if finding.suspects:
        facts.append(("report_suspects", "; ".join(place(spot, library, lang) for spot in finding.suspects)))
    return _in_words(finding, facts, library, lang)


def weighty(finding: Finding, library: Library, lang: Lang) -> FindingText:
    """A finding as a card: what is at stake and where."""
    facts = [("stake", money(finding.euros, lang)), ("where", place(finding.place, library, lang))]
    return _in_words(finding, facts, library, lang)


def _in_words(finding: Finding, facts: Iterable[tuple[str, str]], library: Library, lang: Lang) -> FindingText:
    told = tuple(Fact(capital(say(library, key, lang)), value) for key, value in facts)
    severity = capital(say(library, finding.severity.value, lang))
    return FindingText(severity, title(finding, library, lang), sentence(finding, library, lang), told)


def capital(word: str) -> str:
    """A word as it stands at the start of a line."""
    return word[:1].upper() + word[1:]


def _compared(finding: Finding, lang: Lang) -> list[tuple[str, str]]:
    """What was printed, what was expected, and the difference; days are not subtracted."""
    values = {"how_printed": finding.printed, "report_expected": finding.expected}
    if finding.unit != "date":
        values["report_difference"] = finding.difference
    return [(key, in_unit(value, finding.unit, lang)) for key, value in values.items() if value is not None]
