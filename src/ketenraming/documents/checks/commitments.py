"""Commitments against expenditure: they may differ by the years over which contracts run, but not by much."""

from ketenraming.base.finding import Finding
from ketenraming.documents.article import BUDGET, Article
from ketenraming.documents.checks.compare import KEUR, judged
from ketenraming.documents.checks.sums import printed_below


def check_commitments(article: Article) -> list[Finding]:
    """Commitments stay within a bound of the expenditure of the same year: its total, or its lines where none is."""
    bound = article.library.bound("commitments-apart", "share")
    findings = []
    for year, committed in article.figures.row(BUDGET, f"{article.number}/verplichtingen").items():
        total = article.figures.get(BUDGET, article.number, year)
        spent = [total] if total else printed_below(article, article.number, year)
        if not spent:
            continue
        money = sum(figure.value for figure in spent)
        apart = abs(committed.value - money)
        findings.append(
            judged(
                "commitments-apart",
                committed.place,
                (committed, *spent),
                apart > bound * money + 1e-9,
                numbers={"printed": committed.value, "expected": money, "tolerance": bound * money},
                unit="kEUR",
                confidence=0.7,
                euros=apart * KEUR,
                column=year,
            )
        )
    return findings
