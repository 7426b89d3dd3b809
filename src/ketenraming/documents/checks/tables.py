"""Tables against each other: the same money printed twice, a part of a line, norms times numbers against a line."""

from datetime import date

from ketenraming.base.finding import Finding, Severity, Strength
from ketenraming.documents.article import BUDGET, PROSE, Article
from ketenraming.documents.checks.compare import KEUR, judged
from ketenraming.evidence.figure import Figure
from ketenraming.evidence.reading import PairMap


def check_pairs(article: Article) -> list[Finding]:
    """A cell of one table against the line of the main table that speaks of the same money."""
    return [finding for pair in article.reading.pairs for finding in _pair(article, pair)]


def _pair(article: Article, pair: PairMap) -> list[Finding]:
    left = article.figures.get(*pair.left)
    right = article.figures.get(BUDGET, pair.right, article.budget_year)
    if left is None or right is None:
        return []
    if pair.relation == "part_of":
        wrong = left.value > right.value
        numbers = {"printed": left.value, "expected": right.value}
        return [
            judged(
                "part-exceeds-line",
                left.place,
                (left, right),
                wrong,
                severity=Severity.ERROR,
                numbers=numbers,
                unit="kEUR",
                confidence=0.9,
                euros=(left.value - right.value) * KEUR,
                row=left,
                line=right,
                year=article.budget_year,
            )
        ]
    difference = left.value - right.value
    numbers = {"printed": left.value, "expected": right.value, "tolerance": left.tolerance + right.tolerance}
    return [
        judged(
            "table-against-line",
            left.place,
            (left, right),
            difference != 0,
            severity=Severity.ERROR,
            strength=Strength.IDENTITY,
            numbers=numbers,
            unit="kEUR",
            confidence=0.9,
            euros=abs(difference) * KEUR,
            about=pair.right,
            row=left,
            line=right,
            year=article.budget_year,
        )
    ]


def check_agency(article: Article) -> list[Finding]:
    """The IND line is the agency's revenue less its fees, by the agency's own section of the same budget."""
    line = article.figures.get(BUDGET, "37.4/agentschap/ind", article.budget_year)
    fees = article.figures.get("ind-bekostiging", "leges", "bedrag")
    if line is None or fees is None:
        return []
    known = article.law("ind_agency_revenue", date(int(article.budget_year), 1, 1))
    if known is None or isinstance(known.value, date):
        return []
    revenue = known.value
    expected = revenue + fees.value
    numbers = {"printed": line.value, "expected": expected, "tolerance": 1.0}
    return [
        judged(
            "agency-against-line",
            line.place,
            (line, fees),
            line.value != expected,
            severity=Severity.ERROR,
            strength=Strength.IDENTITY,
            numbers=numbers,
            unit="kEUR",
            confidence=0.9,
            euros=abs(line.value - expected) * KEUR,
            year=article.budget_year,
            revenue=revenue,
        )
    ]


def implied_care(article: Article, year: str) -> tuple[float, list[Figure]] | None:
    """Minors in care that make the Nidos line come out at the printed norms, with the cells used."""
    names = [
        (BUDGET, "37.4/zbo/nidos"),
        ("amv", "nidos_guidance_stock_avg"),
        ("amv", "amv_inflow"),
        ("nidos-normen", "nidos_guidance_price"),
        ("nidos-normen", "nidos_intake_price"),
        ("nidos-normen", "nidos_care_price"),
    ]
    cells = [article.figures.get(table, row, year) for table, row in names]
    if any(cell is None or not cell.applies for cell in cells):
        return None
    found = [cell for cell in cells if cell is not None]
    line, pupils, arrivals, guidance, intake, care = (cell.value for cell in found)
    if not care or not pupils:
        return None
    return (line * KEUR - pupils * guidance - arrivals * intake) / care, found


def check_norms(article: Article) -> list[Finding]:
    """Norms times numbers against the Nidos line: the minors in care that this implies must be possible, and steady."""
    bound = article.library.bound("care-implied", "change")
    findings, before = [], None
    for year in article.years:
        implied = implied_care(article, year)
        if implied is None:
            continue
        in_care, cells = implied
        pupils, care = cells[1].value, cells[5].value
        share = in_care / pupils
        wrong = not 0 <= share <= 1 or (before is not None and abs(share - before) > bound)
        moved = abs(share - before) * pupils * care if before is not None else 0.0
        findings.append(
            judged(
                "care-implied",
                cells[0].place,
                cells,
                wrong,
                numbers={"printed": cells[0].value},
                unit="kEUR",
                confidence=0.7,
                euros=moved,
                year=year,
                in_care=round(in_care),
                share_pct=100 * share,
                before_pct=100 * (before or 0.0),
            )
        )
        before = share
    return findings


def check_place_norm(article: Article) -> list[Finding]:
    """Places times the norm of the day against the line for municipal reception of displaced persons."""
    places = article.figures.get(PROSE, "oekraine-plaatsen", "")
    line = article.figures.get(BUDGET, "37.7/medeoverheden/oekraine", article.budget_year)
    if places is None or line is None or not line.value:
        return []
    bound = article.library.bound("norm-explains-part", "share")
    known = article.law("oekraine_norm_price", date(int(article.budget_year), 1, 1))
    if known is None or isinstance(known.value, date):
        return []
    norm = known.value
    expected = places.value * norm * 365 / KEUR
    numbers = {"printed": line.value, "expected": expected, "tolerance": bound * line.value}
    return [
        judged(
            "norm-explains-part",
            line.place,
            (line, places),
            abs(expected - line.value) > bound * line.value,
            severity=Severity.NOTE,
            numbers=numbers,
            unit="kEUR",
            confidence=0.8,
            euros=abs(line.value - expected) * KEUR,
            year=article.budget_year,
            norm=norm,
            places=places.value,
            share_pct=100 * expected / line.value,
        )
    ]
