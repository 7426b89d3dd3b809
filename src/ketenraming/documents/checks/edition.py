"""A document against the library's own copy of the same edition, and against the rows an article should have."""

from ketenraming.base.finding import Finding, Place, Severity, Strength
from ketenraming.documents.article import BUDGET, NOT_NUMBERS, Article
from ketenraming.documents.checks.compare import KEUR, judged
from ketenraming.evidence.figure import Figures


def known_edition(article: Article) -> str | None:
    """The edition in the library of which this is a copy: most cells the same, and most of those equal."""
    if article.name in article.library.editions:
        return None
    for name, figures in article.library.editions.items():
        shared = [(f, other) for f in article.figures if (other := figures.get(*f.place.cell))]
        same = sum(1 for f, other in shared if f.digits == other.digits)
        if len(shared) > 0.5 * len(article.figures) and same > 0.8 * len(shared):
            return name
    return None


def check_edition(article: Article) -> list[Finding]:
    """Cells that differ from the library's copy of the edition. Not counted as power: it needs the answer."""
    name = known_edition(article)
    if name is None:
        return []
    known: Figures = article.library.edition(name)
    findings = []
    for figure in article.figures:
        other = known.get(*figure.place.cell)
        if other is None or figure.kind in NOT_NUMBERS or other.value == figure.value:
            continue
        numbers = {"printed": figure.value, "expected": other.value, "tolerance": 0.0}
        euros = abs(figure.value - other.value) * KEUR if figure.unit == "kEUR" else 0.0
        findings.append(
            judged(
                "edition-differs",
                figure.place,
                (),
                True,
                severity=Severity.ERROR,
                strength=Strength.PRESENCE,
                numbers=numbers,
                unit=figure.unit,
                confidence=0.95,
                euros=euros,
                edition=name,
                row=figure,
                column=figure.place.column,
            )
        )
    return findings


def check_columns(article: Article) -> list[Finding]:
    """Columns of the main table that hold nothing but zeros: not applicable, not nil."""
    empty: dict[str, Finding] = {}
    for figure in article.figures:
        column = figure.place.column
        if not figure.applies and column not in empty:
            place = Place(article.name, figure.place.table, column=column)
            words = {"year": column}
            empty[column] = Finding(
                "column-not-applicable", Severity.NOTE, place, strength=Strength.PRESENCE, words=words
            )
    return list(empty.values())


def check_addresses(article: Article) -> list[Finding]:
    """Rows that this article has had in its last known edition, and that a document of it lacks."""
    printed = set(article.rows)
    expected = [node.address for node in article.library.budget]
    found = [address for address in expected if address in printed]
    if len(found) < 0.5 * len(expected):
        return []
    missing = [address for address in expected if address not in printed]
    return [
        Finding(
            "address-missing",
            Severity.WARNING,
            Place(article.name, BUDGET, address),
            strength=Strength.PRESENCE,
            words={"label": article.library.budget[address].label_nl},
        )
        for address in missing
    ]
