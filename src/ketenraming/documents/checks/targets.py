"""Targets against what was reached."""

from ketenraming.base.finding import Finding, Severity
from ketenraming.documents.article import KEY_FIGURES, Article
from ketenraming.documents.checks.compare import judged
from ketenraming.evidence.figure import Kind, Maturity


def check_targets(article: Article) -> list[Finding]:
    """Targets against what was reached in the year that is known."""
    findings = []
    for cells in article.figures.rows(KEY_FIGURES).values():
        targets = [f for f in cells.values() if f.kind is Kind.TARGET and f.maturity is Maturity.FORECAST]
        reached = [f for f in cells.values() if f.kind is Kind.TARGET and f.maturity is Maturity.REALISATION]
        if not targets or not reached:
            continue
        bound = article.library.bound("target-from-outcome", "points")
        apart = targets[0].value - reached[-1].value
        findings.append(
            judged(
                "target-from-outcome",
                targets[0].place,
                (*reached, targets[0]),
                abs(apart) > bound,
                severity=Severity.NOTE,
                numbers={"printed": targets[0].value, "expected": reached[-1].value},
                unit="percent",
                confidence=0.9,
                row=reached[-1],
                year=reached[-1].place.column,
            )
        )
    return findings


def check_timeliness(article: Article) -> list[Finding]:
    """The target for decisions in time against the share that the IND reports for the same year."""
    parameter = article.library.parameters.get("asiel_on_time_share")
    row = article.figures.row("tijdigheid", "asiel_on_time_share")
    if parameter is None or not row:
        return []
    bound = article.library.bound("target-missed", "points")
    findings = []
    for known in parameter.values:
        target = row.get(str(known.from_.year))
        if target is None:
            continue
        reached = parameter.number_on(known.from_)
        findings.append(
            judged(
                "target-missed",
                target.place,
                (target,),
                target.value - reached > bound,
                numbers={"printed": target.value, "expected": reached},
                unit="percent",
                confidence=0.8,
                year=str(known.from_.year),
                source=known.source.id,
            )
        )
    return findings
