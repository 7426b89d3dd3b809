"""Money against people: euros per head, lines that break, and years that are not funded."""

from ketenraming.base.finding import Finding
from ketenraming.documents.article import BUDGET, PROSE, Article
from ketenraming.documents.checks.compare import KEUR, judged
from ketenraming.evidence.figure import Figure
from ketenraming.evidence.reading import HeadMap


def _people(article: Article, head: HeadMap) -> dict[str, tuple[float, list[Figure]]]:
    """People by year, where every row of them is printed."""
    rows = [article.figures.row(table, row) for table, row in head.people]
    years = set.intersection(*(set(row) for row in rows)) if rows else set()
    return {year: (sum(row[year].value for row in rows), [row[year] for row in rows]) for year in sorted(years)}


def check_money_per_head(article: Article) -> list[Finding]:
    """Euros per person do not break between one year and the next."""
    return [finding for head in article.reading.heads for finding in _per_head(article, head)]


def _per_head(article: Article, head: HeadMap) -> list[Finding]:
    bound = article.library.bound("price-break", "change")
    people, line = _people(article, head), article.figures.row(BUDGET, head.line)
    years = [y for y in article.years if y in people and y in line and people[y][0]]
    findings = []
    for before, year in zip(years, years[1:], strict=False):
        old, new = (line[y].value * KEUR / people[y][0] for y in (before, year))
        change = new / old - 1 if old else 1.0
        missing = old * people[year][0] - line[year].value * KEUR
        cells = [line[before], line[year], *people[before][1], *people[year][1]]
        numbers = {
            "printed": line[year].value,
            "expected": old * people[year][0] / KEUR,
            "tolerance": bound * line[year].value,
        }
        findings.append(
            judged(
                "price-break",
                line[year].place,
                cells,
                abs(change) > bound,
                numbers=numbers,
                unit="kEUR",
                confidence=0.95,
                euros=missing,
                line=line[year],
                year=year,
                before=before,
                old=old,
                new=new,
                change_pct=100 * change,
                people_pct=100 * (people[year][0] / people[before][0] - 1),
            )
        )
    return findings


def check_line_breaks(article: Article) -> list[Finding]:
    """A line without people beside it does not fall or rise by half from one year to the next without a word."""
    least = article.library.bound("line-break", "thousand_euros")
    bound = article.library.bound("line-break", "change")
    above = {row.rpartition("/")[0] for row in article.rows}
    findings = []
    for row, cells in article.figures.rows(BUDGET).items():
        years = [year for year in article.years if year in cells]
        if row in above or ("." not in row and not row.endswith("ontvangsten")):
            continue
        for before, year in zip(years, years[1:], strict=False):
            if _has_people(article, row, before, year):
                continue
            old, new = cells[before].value, cells[year].value
            wrong = abs(new - old) >= least and abs(new - old) > bound * max(abs(old), 1.0)
            change = 100 * (new / old - 1) if old else 100.0
            findings.append(
                judged(
                    "line-break",
                    cells[year].place,
                    (cells[before], cells[year]),
                    wrong,
                    unit="kEUR",
                    numbers={"printed": new, "expected": old},
                    confidence=0.6,
                    euros=abs(new - old) * KEUR,
                    line=cells[year],
                    year=year,
                    before=before,
                    change_pct=change,
                )
            )
    return findings


def _has_people(article: Article, row: str, *years: str) -> bool:
    """Whether people are printed for a line in these years, so that money per head is checked instead."""
    heads = [head for head in article.reading.heads if head.line == row]
    return any(all(year in _people(article, head) for year in years) for head in heads)


def check_funding_horizon(article: Article) -> list[Finding]:
    """Years for which the text itself says that the forecast of people is not in the budget."""
    findings = []
    for day in (d for d in article.reading.days if d.unit == "year"):
        said = article.figures.get(PROSE, day.id, "")
        head = next((h for h in article.reading.heads if h.line == day.of), None)
        line = article.figures.row(BUDGET, day.of)
        if said is None or head is None:
            continue
        people, last = _people(article, head), str(said.digits)
        after = [y for y in article.years if y > last and y in line]
        if last not in people or last not in line or not after or not people[last][0]:
            continue
        price = line[last].value * KEUR / people[last][0]
        counted = [y for y in after if y in people]
        missing = {y: price * people[y][0] - line[y].value * KEUR for y in counted}
        first = counted[0] if counted else after[0]
        cells = [
            said,
            line[last],
            *people[last][1],
            *(line[y] for y in after),
            *(f for y in counted for f in people[y][1]),
        ]
        numbers = {"printed": line[first].value, "expected": line[first].value + missing.get(first, 0.0) / KEUR}
        findings.append(
            judged(
                "not-funded",
                line[first].place,
                cells,
                True,
                numbers=numbers,
                unit="kEUR",
                confidence=0.97,
                euros=missing.get(first, 0.0),
                line=line[last],
                last=last,
                first=first,
                until=after[-1],
                missing_eur=missing.get(first, 0.0),
                total_eur=sum(missing.values()),
                counted=counted[-1] if counted else "",
            )
        )
    return findings
