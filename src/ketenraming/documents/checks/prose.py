"""The prose against the tables and the law, to the precision the prose is printed in."""

from dataclasses import replace
from datetime import date

from ketenraming.base.finding import Finding, Severity, Strength
from ketenraming.documents.article import BUDGET, PROSE, Article
from ketenraming.documents.checks.compare import KEUR, judged
from ketenraming.evidence.figure import Figure
from ketenraming.evidence.reading import ClaimMap


def claims(article: Article) -> list[tuple[ClaimMap, Figure]]:
    """The amounts of the prose whose subject is known."""
    rows = article.figures.rows(PROSE)
    known = {claim.id: claim for claim in article.reading.claims}
    return [(known[row], figure) for row, cells in rows.items() if row in known for figure in cells.values()]


def check_claims(article: Article) -> list[Finding]:
    """An amount in the prose is the amount in the table, or a part of it."""
    findings = []
    for claim, said in claims(article):
        if claim.of is None or (cell := article.figures.get(*claim.of)) is None:
            continue
        scale = article.library.in_base_units(said)[0] / said.value if said.value else 1.0
        stated, (held, _) = said.value * scale, article.library.in_base_units(cell)
        slack = said.tolerance * scale
        apart = abs(stated - held) > slack if claim.relation == "equals" else stated > held + slack
        code = "prose-differs" if claim.relation == "equals" else "prose-exceeds"
        strength = Strength.IDENTITY if claim.relation == "equals" else Strength.PLAUSIBILITY
        numbers = {"printed": said.value, "expected": held / scale, "tolerance": said.tolerance}
        about = cell.place.row if cell.place.table == BUDGET else ""
        findings.append(
            judged(
                code,
                said.place,
                (said, cell),
                apart,
                about=about,
                severity=Severity.ERROR,
                strength=strength,
                numbers=numbers,
                unit=said.unit,
                confidence=0.9,
                euros=abs(stated - held) if said.unit.endswith("EUR") else 0.0,
                amount=said.label,
                row=cell,
                column=cell.place.column,
            )
        )
    return findings


def check_claims_together(article: Article) -> list[Finding]:
    """Amounts that the prose calls parts of one line are together not more than the line."""
    groups: dict[str, list[tuple[ClaimMap, Figure]]] = {}
    for claim, said in claims(article):
        if claim.together:
            groups.setdefault(claim.together, []).append((claim, said))
    findings = []
    for members in groups.values():
        of = members[0][0].of
        if of is None or (cell := article.figures.get(*of)) is None:
            continue
        parts = [figure for _, figure in members]
        total = sum(article.library.in_base_units(figure)[0] for figure in parts)
        held = article.library.in_base_units(cell)[0]
        numbers = {"printed": total / KEUR, "expected": held / KEUR}
        findings.append(
            judged(
                "prose-exceeds",
                cell.place,
                (*parts, cell),
                total > held,
                severity=Severity.ERROR,
                numbers=numbers,
                unit="kEUR",
                confidence=0.9,
                euros=abs(total - held),
                amount=" + ".join(f.label for f in parts),
                row=cell,
                column=cell.place.column,
            )
        )
    return findings


def check_permanent(article: Article) -> list[Finding]:
    """What the prose calls structural does not end within the years of the table."""
    bound = article.library.bound("not-permanent", "fall")
    findings = []
    for claim, said in claims(article):
        if not claim.permanent or claim.of is None:
            continue
        row = article.figures.row(claim.of[0], claim.of[1])
        years = [year for year in article.years if year >= article.budget_year and year in row]
        if len(years) < 2:
            continue
        first, last = row[years[0]], row[years[-1]]
        lost = first.value - last.value
        findings.append(
            judged(
                "not-permanent",
                said.place,
                (said, *(row[year] for year in years)),
                lost > bound * first.value,
                numbers={"printed": first.value, "expected": last.value},
                unit="kEUR",
                confidence=0.6,
                euros=lost * KEUR,
                amount=said.label,
                row=first,
                first=years[0],
                last=years[-1],
                lost=lost,
            )
        )
    return findings


def check_law(article: Article) -> list[Finding]:
    """A norm or a cap in the prose is what the law says in the middle of the budget year."""
    findings = []
    middle = date(int(article.budget_year or 2026), 7, 1)
    for claim in (c for c in article.reading.claims if c.law):
        said, law = article.figures.get(PROSE, claim.id, claim.year), article.law(claim.law, middle)
        if said is not None and law is not None and not isinstance(law.value, date):
            findings.append(_against_law(article, said, law.value, claim.law, law.source.id))
    return findings


def check_days(article: Article) -> list[Finding]:
    """A day in the prose is the day the law said when the document was published."""
    findings = []
    for day in (d for d in article.reading.days if d.law):
        said, law = article.figures.get(PROSE, day.id, ""), article.law(day.law, article.published)
        if said is None or law is None or not isinstance(law.value, date):
            continue
        money = article.figures.get(BUDGET, day.of, str(law.value.year))
        finding = _against_law(article, said, int(law.value.strftime("%Y%m%d")), day.law, law.source.id)
        findings.append(replace(finding, about=day.of, euros=money.value * KEUR if money else 0.0))
    return findings


def _against_law(article: Article, said: Figure, law: float, name: str, source: str) -> Finding:
    parameter = article.library.parameter(name)
    return judged(
        "law-differs",
        said.place,
        (said,),
        said.value != law,
        strength=Strength.IDENTITY,
        numbers={"printed": said.value, "expected": law, "tolerance": 0.0},
        unit=said.unit,
        confidence=0.9,
        what_nl=parameter.label_nl,
        what_en=parameter.label_en,
        source=source,
    )


def check_wording(article: Article) -> list[Finding]:
    """Words that promise a size fit the figures they are about."""
    findings = []
    for wanted in article.reading.wording:
        said = article.figures.get(PROSE, wanted.id, "")
        row = {column: f for column, f in article.figures.row(*wanted.of).items() if f.applies}
        if said is None or not row:
            continue
        findings.append(_WORDS[wanted.expects](article, said, row))
    return findings


def _small_increase(article: Article, said: Figure, row: dict[str, Figure]) -> Finding:
    years = sorted(row)
    at = years.index(article.budget_year) if article.budget_year in row else len(years) - 1
    before, now, last = row[years[max(at - 1, 0)]], row[years[at]], row[years[-1]]
    grown, bound = now.value / (before.value or 1.0) - 1, article.library.bound("wording-increase", "growth")
    return judged(
        "wording-increase",
        said.place,
        tuple(row.values()),
        grown > bound,
        confidence=0.8,
        label=now,
        year=now.place.column,
        growth_pct=100 * grown,
        last=years[-1],
        total_pct=100 * (last.value / (before.value or 1.0) - 1),
    )


def _small_part(article: Article, said: Figure, row: dict[str, Figure]) -> Finding:
    largest = max(row.values(), key=lambda figure: figure.value)
    usual = sorted(figure.value for figure in row.values())[len(row) // 2]
    wrong = largest.value > article.library.bound("wording-small", "times") * max(usual, 1.0)
    return judged(
        "wording-small",
        said.place,
        tuple(row.values()),
        wrong,
        numbers={"printed": largest.value, "expected": usual},
        unit="kEUR",
        confidence=0.8,
        about=largest.place.row,
        euros=(largest.value - usual) * KEUR,
        label=largest,
        year=largest.place.column,
        usual=usual,
    )


def _not_all(article: Article, said: Figure, row: dict[str, Figure]) -> Finding:
    share = next(iter(row.values()))
    return judged(
        "wording-all",
        said.place,
        (share,),
        share.value >= 100,
        severity=Severity.NOTE,
        unit="percent",
        numbers={"printed": share.value},
        confidence=0.5,
        label=share,
    )


_WORDS = {"small_increase": _small_increase, "small_part": _small_part, "not_all": _not_all}
