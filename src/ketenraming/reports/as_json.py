"""Results as one JSON document each; the shapes are described in docs/reference/json.md."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from ketenraming.base.finding import Finding, Place, Severity
from ketenraming.documents.article import Article
from ketenraming.documents.coverage import Coverage
from ketenraming.evidence.library import Library
from ketenraming.finance.term import Term
from ketenraming.reports.compared import Compared, asked_for, compared
from ketenraming.reports.numbers import LEVELS as LEVELS
from ketenraming.reports.words import note, sentence, title
from ketenraming.scenarios.compare import Comparison, Side
from ketenraming.scenarios.run import Row, Run

Json = dict[str, Any]


def place_as_json(place: Place) -> Json:
    """A place by its parts."""
    return {"document": place.document, "table": place.table, "row": place.row, "column": place.column, "at": place.at}


def finding_as_json(finding: Finding, library: Library) -> Json:
    """A finding with its sentence in both languages."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "strength": finding.strength.value,
        "place": place_as_json(finding.place),
        "about": finding.about,
        "printed": finding.printed,
        "expected": finding.expected,
        "difference": finding.difference,
        "tolerance": finding.tolerance,
        "unit": finding.unit,
        "confidence": finding.confidence,
        "euros_at_stake": round(finding.euros, 2),
        "title_nl": title(finding, library, "nl"),
        "title_en": title(finding, library, "en"),
        "sentence_nl": sentence(finding, library, "nl"),
        "sentence_en": sentence(finding, library, "en"),
        "suspects": [place_as_json(place) for place in finding.suspects],
    }


def check_as_json(article: Article, findings: Sequence[Finding], covered: Coverage) -> Json:
    """The outcome of a check; comparisons that hold are counted, not listed."""
    return {
        "ok": True,
        "schema": "ketenraming/check/1",
        "document": article.name,
        "counts": {s.value: sum(1 for f in findings if f.severity is s) for s in Severity},
        "coverage": covered.counts,
        "uncovered": [place_as_json(place) for place in covered.uncovered],
        "findings": [finding_as_json(f, article.library) for f in findings if not f.holds],
        "made": _made(article.library),
    }


def run_as_json(run: Run) -> Json:
    """The outcome of a run, in euros."""
    return {
        "ok": True,
        "schema": "ketenraming/run/1",
        "edition": run.edition,
        "unit": "EUR",
        "years": list(run.years),
        "funded_until": run.funded_until,
        "scenarios": [{"id": s.id, "title_nl": s.title.nl, "title_en": s.title.en} for s in run.scenarios],
        "lines": {address: _line(run, address) for address in run.addresses},
        "oda": _parts(run.oda),
        "reserve": _parts(run.reserve),
        "weightiest": [finding_as_json(f, run.library) for f in run.weightiest],
        "made": {**_made(run.library), "seed": run.draws.seed, "draws": run.draws.count},
    }


def _line(run: Run, address: str) -> Json:
    node = run.library.budget[address]
    years = {year: _year(run.row(address, year)) for year in run.years}
    return {"label_nl": node.label_nl, "label_en": node.label_en, "years": years}


def _year(row: Row) -> Json:
    return {
        "budgeted": round(row.budgeted.central, 2),
        "needed": _banded(row.needed),
        "gap": _banded(row.gap),
        "chance_over": round(row.chance_over, 4),
        "flags": [flag.value for flag in row.flags],
    }


def _parts(by_year: Mapping[str, Mapping[str, Term]]) -> Json:
    names = next(iter(by_year.values()), {})
    return {"lines": {p: {"years": {year: _banded(row[p]) for year, row in by_year.items()}} for p in names}}


def _banded(term: Term) -> dict[str, float]:
    return {"central": round(term.central, 2), **_quantiles(term)}


def _quantiles(term: Term) -> dict[str, float]:
    return {name: round(q, 2) for name, q in zip(LEVELS, term.quantiles(tuple(LEVELS.values())), strict=True)}


def term_as_json(term: Term, library: Library) -> Json:
    """A term with all it was made from."""
    return {
        "name": term.name,
        "year": term.year,
        "value": term.central,
        "unit": term.unit,
        "how": term.how.value,
        "note_nl": note(term, library, "nl"),
        "note_en": note(term, library, "en"),
        "flags": sorted(flag.value for flag in term.flags),
        "place": place_as_json(term.place) if term.place else None,
        "inputs": [term_as_json(part, library) for part in term.inputs],
    }


def trace_as_json(row: Row, run: Run) -> Json:
    """How a number of the article table came about."""
    return {
        "ok": True,
        "schema": "ketenraming/trace/1",
        "address": row.address,
        "year": row.year,
        "budgeted": term_as_json(row.budgeted, run.library),
        "needed": term_as_json(row.needed, run.library),
        "gap": term_as_json(row.gap, run.library),
        "made": {**_made(run.library), "seed": run.draws.seed, "draws": run.draws.count},
    }


def comparison_as_json(comparison: Comparison, year: str | None = None, line: str | None = None) -> Json:
    """What B has more than A by address, year and cause, in whole euros that add up."""
    years, addresses = asked_for(comparison, year, line)
    rows = {(row.address, row.year): row for row in compared(comparison, years, addresses, unit=1)}
    tree, drawn = comparison.library.budget, comparison.a.run.draws
    return {
        "ok": True,
        "schema": "ketenraming/compare/1",
        "unit": "EUR",
        "a": _side(comparison.a),
        "b": _side(comparison.b),
        "same": comparison.same,
        "with_print": comparison.with_print,
        "changed": {cause.value: list(names) for cause, names in comparison.changed.items()},
        "years": list(years),
        "lines": {
            address: {
                "label_nl": tree[address].label_nl,
                "label_en": tree[address].label_en,
                "years": {when: _compared(rows[address, when]) for when in years},
            }
            for address in addresses
        },
        "made": {**_made(comparison.library), "seed": drawn.seed, "draws": drawn.count},
    }


def _side(side: Side) -> Json:
    titles = [{"id": s.id, "title_nl": s.title.nl, "title_en": s.title.en} for s in side.run.scenarios]
    return {"asked": side.asked, "printed": side.printed, "scenarios": titles}


def _compared(row: Compared) -> Json:
    causes = {cause.value: part for cause, part in row.causes.items()}
    return {
        "a": row.a,
        "b": row.b,
        "difference": {"central": row.more, **row.spread},
        "causes": causes,
        "known": [flag.value for flag in row.known],
    }


def _made(library: Library) -> Json:
    return {"version": version("ketenraming"), "library": library.digest}
