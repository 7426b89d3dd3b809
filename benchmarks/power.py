"""
The power of the checker: how many changed digits it finds, and where it says they are.

One digit of one printed number is changed at a time, every digit of every number, in several ways; the checks run
again; the change is found when a finding appears that was not there. The comparison with the library's own copy of the
edition is left out: it would find everything, and says nothing about power. Clean tables of earlier years must give no
error at all.

    uv run python benchmarks/power.py            # every digit, three ways: about two minutes
    uv run python benchmarks/power.py --ways 9   # every other digit
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.progress import track

from ketenraming.base.finding import Finding, Severity, Strength
from ketenraming.documents.article import NOT_NUMBERS, Article, of_edition
from ketenraming.documents.checks import CHECKS, run_checks
from ketenraming.documents.coverage import coverage
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import read_file
from ketenraming.evidence.figure import Figure
from ketenraming.evidence.library import load

EXTRACTS = Path(__file__).parent.parent / "tests" / "extracts"
STEPS = (1, 5, 8, 2, 3, 4, 6, 7, 9)  # what is added to a digit, modulo ten


@dataclass
class Score:
    """
    Changes of one kind of number.

    Found: a finding appeared. Located: the changed cell is among the cells that the finding compares. First: a broken
    sum names it as the first suspect.
    """

    tried: int = 0
    found: int = 0
    located: int = 0
    first: int = 0

    def line(self, name: str) -> str:
        """One row of the table."""
        shares = (100 * part / max(self.tried, 1) for part in (self.found, self.located, self.first))
        return f"{name:34s} {self.tried:6d} " + " ".join(f"{share:8.1f}%" for share in shares)


def changed(figure: Figure, ways: int) -> Iterator[int]:
    """The number with one digit changed: every digit, in several ways; a first digit does not become nought."""
    sign, text = (-1 if figure.digits < 0 else 1), str(abs(figure.digits))
    for position, digit in enumerate(text):
        for step in STEPS[:ways]:
            other = (int(digit) + step) % 10
            if not (position == 0 and other == 0 and len(text) > 1):
                yield sign * int(text[:position] + str(other) + text[position + 1 :])


def key(finding: Finding) -> tuple[object, ...]:
    """What makes a finding the same; a broken identity is another one when it breaks by another amount."""
    amount = finding.difference if finding.strength is Strength.IDENTITY else None
    return finding.code, finding.place.cell, amount


def score(article: Article, figure: Figure, digits: int, clean: set[tuple[object, ...]], into: list[Score]) -> None:
    """Change one number, check again, and count."""
    mutated = replace(article, figures=article.figures.replacing(figure.with_digits(digits)))
    new = [f for f in run_checks(mutated, CHECKS) if not f.holds and key(f) not in clean]
    cell = figure.place.cell
    for each in into:
        each.tried += 1
        each.found += bool(new)
        each.located += any(cell in {place.cell for place in f.cells} for f in new)
        each.first += any(f.suspects[0].cell == cell for f in new if f.suspects)


def power(ways: int) -> None:
    """Print found and located shares, by how a number is covered and by table."""
    article = of_edition(load())
    findings = run_checks(article, CHECKS)
    covered = coverage(article, findings)
    clean = {key(f) for f in findings if not f.holds}
    scores: dict[str, Score] = defaultdict(Score)
    numbers = [f for f in article.figures if f.kind not in NOT_NUMBERS]
    for figure in track(numbers, "changing digits"):
        cell = figure.place.cell
        kind = (
            "identity" if cell in covered.by_identity else "plausibility" if cell in covered.by_plausibility else "none"
        )
        into = [scores["all numbers"], scores[f"covered by: {kind}"], scores[f"  {figure.place.table} ({kind})"]]
        if cell in covered.by_identity | covered.by_plausibility:
            into.append(scores["covered"])
        for digits in changed(figure, ways):
            score(article, figure, digits, clean, into)
    print(f"{covered.counts}")
    print(f"{'':34s} {'tried':>6s} {'found':>9s} {'located':>9s} {'first':>9s}")
    for name in sorted(scores, key=lambda name: (name.startswith("  "), name)):
        print(scores[name].line(name))


def false_findings() -> None:
    """Print what the checks say of clean tables of earlier years."""
    library = load()
    print("\nclean tables of earlier years")
    for path in sorted(EXTRACTS.glob("owb-*.txt")):
        article = read_article(read_file(path), library)
        findings = run_checks(article)
        counts = Counter(f.severity for f in findings)
        sums = sum(1 for f in findings if f.strength is Strength.IDENTITY and f.holds)
        words = ", ".join(f"{counts[s]} {s.value}" for s in Severity)
        print(
            f"{path.stem:14s} {words} ({sums} identities hold; {coverage(article, findings).counts['printed']} numbers)"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--ways", type=int, default=3, choices=range(1, 10), metavar="1-9")
    power(parser.parse_args().ways)
    false_findings()
