"""Percentages against the amounts they are made of."""

from ketenraming.base.finding import Finding, Severity, Strength
from ketenraming.documents.article import Article
from ketenraming.documents.checks.compare import judged


def check_percentages(article: Article) -> list[Finding]:
    """A printed share is the amount over the total, to the printed decimal."""
    findings = []
    for table in article.reading.tables:
        rows = article.figures.rows(table.id)
        promise = table.percent_of
        if promise is None or promise.amounts not in rows.get(promise.total, {}):
            continue
        total = rows[promise.total][promise.amounts]
        for cells in rows.values():
            amount, share = cells.get(promise.amounts), cells.get(promise.shares)
            if amount is None or share is None or not total.value:
                continue
            expected = 100 * amount.value / total.value
            numbers = {"printed": share.value, "expected": round(expected, 3), "tolerance": share.tolerance}
            wrong = abs(share.value - expected) > share.tolerance + 1e-9
            findings.append(
                judged(
                    "share-differs",
                    share.place,
                    (share, amount, total),
                    wrong,
                    severity=Severity.ERROR,
                    strength=Strength.IDENTITY,
                    numbers=numbers,
                    unit="percent",
                    confidence=1.0,
                    row=share,
                )
            )
    return findings
