"""Commitments against expenditure: they may differ by the years over which contracts run, but not by much."""

from ketenraming.base.finding import Finding
from ketenraming.documents.article import BUDGET, Article
from ketenraming.documents.checks.compare import KEUR, judged


def check_commitments(article: Article) -> list[Finding]:
    """Commitments stay within a bound of the expenditure of the same year."""
    bound = article.library.bound("commitments-apart", "share")
    spent = article.figures.row(BUDGET, article.number)
    findings = []
    for year, committed in article.figures.row(BUDGET, f"{article.number}/verplichtingen").items():
        if year not in spent:
            continue
        money = spent[year].value
        apart = abs(committed.value - money)
        numbers = {"printed": committed.value, "expected": money, "tolerance": bound * money}
        findings.append(
            judged("commitments-apart", committed.place, (committed, spent[year]), apart > bound * money + 1e-9,
                   numbers=numbers, unit="kEUR", confidence=0.7, euros=apart * KEUR, column=year)
        )  # fmt: skip
    return findings
