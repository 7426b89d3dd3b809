"""
Two estimates beside each other: what B needs more than A, by line and year, and why.

Both are made on one baseline with the same draws, so that their difference has its own band. The central difference is
attributed to causes: groups of numbers are switched from those of A to those of B, in every combination, and each
group gets what it adds on average (`causes.shapley`). So the parts close on the difference, whatever the order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from ketenraming.base.errors import ChainInvalid, KetenramingError, NotInLibrary
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.finance.payees import LINES
from ketenraming.finance.term import Flag, Term, difference
from ketenraming.scenarios.causes import CAUSE_OF, KNOWN_UNTIL, Cause, shapley
from ketenraming.scenarios.change import apply, stack
from ketenraming.scenarios.estimate import Baseline, terms_of
from ketenraming.scenarios.paths import Floats, Paths
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import Run, baseline_of, needed_lines, people_known_until, run_on
from ketenraming.scenarios.shelf import ENDINGS, ids, load_scenarios

NO_SCENARIO = "baseline"
Key = tuple[str, str]  # address, year
Parts = Mapping[Cause, Mapping[Key, float]]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: as it was asked for, its estimate and the paths that this is made along."""

    asked: str
    run: Run
    paths: Paths
    known_until: str
    printed: bool  # whether it is not what is needed, but what the article prints

    def term(self, address: str, year: str) -> Term:
        """What it comes to, at an address in a year."""
        row = self.run.row(address, year)
        return row.budgeted if self.printed else row.needed


@dataclass(frozen=True, slots=True)
class Difference:
    """One address in one year, in euros: A, B, what B has more than A with its draws, and the causes of that."""

    a: Term
    b: Term
    more: Term
    causes: Mapping[Cause, float]

    @property
    def known(self) -> list[Flag]:
        """What is known of a difference with print, in a fixed order."""
        flags = (self.a.flags | self.b.flags) - {Flag.SOLVED, Flag.CARRIED}
        return [flag for flag in Flag if flag in flags]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, the numbers in which they differ by cause, and the differences by address and year."""

    a: Side
    b: Side
    changed: Mapping[Cause, tuple[str, ...]]
    rows: Mapping[Key, Difference]

    @property
    def library(self) -> Library:
        """The library that both are made from."""
        return self.a.run.library

    @property
    def with_print(self) -> bool:
        """Whether one of the two is what the article prints."""
        return self.a.printed != self.b.printed

    @property
    def same(self) -> bool:
        """Whether there is nothing in which they differ."""
        return not self.changed and self.a.printed == self.b.printed

    def row(self, address: str, year: str) -> Difference:
        """One row; raises NotInLibrary with the nearest addresses, or the years there are."""
        self.a.run.row(address, year)
        return self.rows[address, year]


def compare(library: Library, a: str, b: str, draws: int = 1000, seed: int = 7) -> Comparison:
    """
    What B needs more than A, by address and year.

    Each is `baseline`, a scenario by its id or file, several joined by `+`, or the edition: then it is what is printed.
    """
    base, drawn = baseline_of(library), Draws(draws, seed)
    first, second = (_side(asked, base, drawn) for asked in (a, b))
    return between(base, first, second, drawn)


def between(base: Baseline, first: Side, second: Side, drawn: Draws) -> Comparison:
    """What the second needs more than the first, both made on this baseline with these draws."""
    if first.printed != second.printed:
        changed, parts = _with_print(base, first, second, drawn)
    else:
        changed = _changed(first, second)
        parts = _parts(base, first, second, tuple(changed))
    rows = {key: _difference(first.term(*key), second.term(*key), parts, key) for key in first.run.rows}
    return Comparison(first, second, changed, rows)


def _side(asked: str, base: Baseline, drawn: Draws) -> Side:
    printed = asked == BASELINE
    scenarios = load_scenarios([] if printed else names_asked(asked, base.library), base.library)
    return side_of(asked, run_on(base, scenarios, drawn), base, printed)


def side_of(asked: str, run: Run, base: Baseline, printed: bool = False) -> Side:
    """A run that was made on this baseline, as a side of a comparison."""
    paths = apply(stack(run.scenarios), base.paths, base.horizon)
    return Side(asked, run, paths, people_known_until(base, run.scenarios), printed)


def names_asked(asked: str, library: Library) -> list[str]:
    """The scenarios that are asked for; raises NotInLibrary with the nearest for what is none."""
    names = [asked] if asked.endswith(ENDINGS) and Path(asked).is_file() else asked.split("+")
    if BASELINE in names:
        raise KetenramingError(f"{BASELINE} is what is printed, and nothing stacks upon it. Give it alone.")
    known = (NO_SCENARIO, BASELINE, *ids(library))
    for name in names:
        if name not in known and not name.endswith(ENDINGS):
            raise NotInLibrary("scenario", name, known)
    return [name for name in names if name != NO_SCENARIO]


def _changed(a: Side, b: Side) -> dict[Cause, tuple[str, ...]]:
    """The numbers in which two sides differ, by cause."""
    names = [name for name, path in a.paths.items() if not np.array_equal(path.values, b.paths[name].values)]
    names += [KNOWN_UNTIL] if a.known_until != b.known_until else []
    by_cause = {cause: tuple(name for name in names if CAUSE_OF[name] is cause) for cause in Cause}
    return {cause: names for cause, names in by_cause.items() if names}


def _with_print(base: Baseline, a: Side, b: Side, drawn: Draws) -> tuple[dict[Cause, tuple[str, ...]], Parts]:
    """
    Against print: the estimate against the baseline by cause, and the baseline against print as a cause of its own.

    In funded years the baseline needs what is printed, because its prices are solved for; after them it needs more.
    """
    plain, sign = _side(NO_SCENARIO, base, drawn), 1 if a.printed else -1
    other = b if a.printed else a
    changed = _changed(plain, other)
    parts = {
        cause: {key: sign * part for key, part in row.items()}
        for cause, row in _parts(base, plain, other, tuple(changed)).items()
    }
    keys = product([line.address for line in LINES], a.run.years)
    apart = {key: sign * plain.run.row(*key).gap.central for key in keys}
    return changed | {Cause.PRINT: (BASELINE,)}, parts | {Cause.PRINT: _with_headings(apart, a.run)}


def _parts(base: Baseline, a: Side, b: Side, causes: Sequence[Cause]) -> Parts:
    """What each cause adds at every line, and so at every heading."""
    keys = list(product([line.address for line in LINES], a.run.years))

    def needed(switched: frozenset[Cause]) -> Floats:
        return _needed(base, a, b, switched, keys)

    found = shapley(needed, causes) if causes else {}
    return {
        cause: _with_headings(dict(zip(keys, (float(part) for part in parts), strict=True)), a.run)
        for cause, parts in found.items()
    }


def _needed(base: Baseline, a: Side, b: Side, switched: frozenset[Cause], keys: Sequence[Key]) -> Floats:
    """The central need when the numbers of these causes are those of B, and all others those of A."""
    paths = {name: (b if CAUSE_OF[name] in switched else a).paths[name] for name in base.paths}
    until = (b if CAUSE_OF[KNOWN_UNTIL] in switched else a).known_until
    try:
        found = needed_lines(terms_of(base, paths, Draws(0, 0)), until)
    except ChainInvalid as error:
        raise KetenramingError(
            "{a} and {b} cannot be told apart by cause: where some numbers are of the one and some of the other, more "
            "people leave than there are. Compare each with {baseline!r}.",
            a=a.asked,
            b=b.asked,
            baseline=NO_SCENARIO,
        ) from error
    return np.array([(found.get(key) or a.run.row(*key).budgeted).central for key in keys])


def _with_headings(parts: Mapping[Key, float], run: Run) -> dict[Key, float]:
    """Parts of lines, and their sums at every address; commitments follow expenditure."""
    made = {}
    for address, year in run.rows:
        of = address.removesuffix("/verplichtingen")
        made[address, year] = sum(
            part for (line, when), part in parts.items() if when == year and f"{line}/".startswith((f"{of}/", f"{of}."))
        )
    return made


def _difference(a: Term, b: Term, parts: Parts, key: Key) -> Difference:
    """A row; what calculating with so many digits leaves open, millionths of a euro, goes to the largest cause."""
    more = difference(f"{b.name} B - A", b, a)
    causes = {cause: part[key] for cause, part in parts.items()}
    if causes:
        largest = max(causes, key=lambda cause: abs(causes[cause]))
        causes[largest] += more.central - sum(causes.values())
    return Difference(a, b, more, causes)
