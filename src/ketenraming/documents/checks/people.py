"""Stocks against flows, and money against people."""

from ketenraming.base.finding import Finding, Severity
from ketenraming.documents.article import BUDGET, PROSE, Article
from ketenraming.documents.checks.compare import KEUR, judged, named
from ketenraming.evidence.figure import Figure
from ketenraming.evidence.reading import HeadMap

KEY = "kengetallen"


def check_stock_and_flow(article: Article) -> list[Finding]:
    """Mean occupancy grows by the mean of this and last year's net inflow, if flows are even over the year."""
    stock, inflow, outflow = (article.figures.row(KEY, row) for row in ("opvang_stock_avg", "opvang_inflow", "opvang_outflow"))
    bound = article.library.bound("stock-flow", "share")
    years = sorted(set(stock) & set(inflow) & set(outflow))
    findings = []
    for before, year in zip(years, years[1:], strict=False):
        cells = [stock[year], stock[before], *(flow[y] for y in (before, year) for flow in (inflow, outflow))]
        net = sum(inflow[y].value - outflow[y].value for y in (before, year)) / 2
        expected = stock[before].value + net
        tolerance = bound * stock[year].value
        numbers = {"printed": stock[year].value, "expected": expected, "tolerance": tolerance}
        findings.append(
            judged("stock-flow", stock[year].place, cells, abs(stock[year].value - expected) > tolerance,
                   numbers=numbers, unit="person", confidence=0.6, year=year, before=before)
        )  # fmt: skip
    return findings


def check_stay(article: Article) -> list[Finding]:
    """Little's law: mean occupancy over yearly outflow is the stay of those who leave, when stocks are steady."""
    stay = article.figures.row("verblijfsduur", "opvang_stay")
    stock, outflow = (article.figures.row(KEY, row) for row in ("opvang_stock_avg", "opvang_outflow"))
    years = [y for y in sorted(stay) if y in stock and y in outflow and outflow[y].value]
    if not years:
        return []
    implied = {year: 12 * stock[year].value / outflow[year].value for year in years}
    bound = article.library.bound("stay-implied", "times")
    worst = max(years, key=lambda year: implied[year] / stay[year].value if stay[year].value else 0)
    wrong = any(not stay[y].value or implied[y] > bound * stay[y].value or implied[y] < stay[y].value / bound for y in years)
    cells = [figure for year in years for figure in (stay[year], stock[year], outflow[year])]
    numbers = {"printed": stay[worst].value, "expected": implied[worst]}
    return [
        judged("stay-implied", stay[worst].place, cells, wrong, numbers=numbers, unit="month", confidence=0.7,
               first=years[0], first_months=implied[years[0]], last=years[-1], last_months=implied[years[-1]],
               stay=stay[worst].value)
    ]  # fmt: skip


def check_sources_of_inflow(article: Article) -> list[Finding]:
    """People who enter reception come from the inflow that the same table prints."""
    inflow, asylum, other = (article.figures.row(KEY, row) for row in ("opvang_inflow", "asiel_inflow", "overig_inflow"))
    years = sorted(set(inflow) & set(asylum) & set(other))
    more = {y: inflow[y].value - asylum[y].value - other[y].value for y in years}
    above = [y for y in years if more[y] > inflow[y].tolerance + asylum[y].tolerance + other[y].tolerance]
    cells = [figure for y in years for figure in (inflow[y], asylum[y], other[y])]
    if not years:
        return []
    place = inflow[above[0] if above else years[0]].place
    most = max(more[y] for y in above) if above else 0
    least = min(more[y] for y in above) if above else 0
    return [
        judged("inflow-without-source", place, cells, bool(above), unit="person", confidence=0.7, first=place.column,
               last=above[-1] if above else "", most=most, least=least, before=more[years[0]], before_year=years[0])
    ]  # fmt: skip


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
        numbers = {"printed": line[year].value, "expected": old * people[year][0] / KEUR, "tolerance": bound * line[year].value}
        findings.append(
            judged("price-break", line[year].place, cells, abs(change) > bound, numbers=numbers, unit="kEUR",
                   confidence=0.95, euros=missing, line=line[year].label, year=year, before=before, old=old, new=new,
                   change_pct=100 * change, people_pct=100 * (people[year][0] / people[before][0] - 1))
        )  # fmt: skip
    return findings


def check_line_breaks(article: Article) -> list[Finding]:
    """A line without people beside it does not fall or rise by half from one year to the next without a word."""
    least = article.library.bound("line-break", "thousand_euros")
    bound = article.library.bound("line-break", "change")
    above = {row.rpartition("/")[0] for row in article.rows}
    findings = []
    for row, cells in article.figures.rows(BUDGET).items():
        years = [year for year in article.years if year in cells]
        if row in above or "." not in row and not row.endswith("ontvangsten"):
            continue
        for before, year in zip(years, years[1:], strict=False):
            if _has_people(article, row, before, year):
                continue
            old, new = cells[before].value, cells[year].value
            wrong = abs(new - old) >= least and abs(new - old) > bound * max(abs(old), 1.0)
            change = 100 * (new / old - 1) if old else 100.0
            findings.append(
                judged("line-break", cells[year].place, (cells[before], cells[year]), wrong, unit="kEUR",
                       numbers={"printed": new, "expected": old}, confidence=0.6, euros=abs(new - old) * KEUR,
                       line=named(cells[year]), year=year, before=before, change_pct=change)
            )  # fmt: skip
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
        if last not in people or last not in line or not after:
            continue
        price = line[last].value * KEUR / people[last][0]
        counted = [y for y in after if y in people]
        missing = {y: price * people[y][0] - line[y].value * KEUR for y in counted}
        first = counted[0] if counted else after[0]
        cells = [said, line[last], *people[last][1], *(line[y] for y in after), *(f for y in counted for f in people[y][1])]
        numbers = {"printed": line[first].value, "expected": line[first].value + missing.get(first, 0.0) / KEUR}
        findings.append(
            judged("not-funded", line[first].place, cells, True, numbers=numbers, unit="kEUR", confidence=0.97,
                   euros=missing.get(first, 0.0), line=line[last].label, last=last, first=first, until=after[-1],
                   missing_eur=missing.get(first, 0.0), total_eur=sum(missing.values()), counted=counted[-1] if counted else "")
        )  # fmt: skip
    return findings


def check_targets(article: Article) -> list[Finding]:
    """Targets against what was reached in the year that is known."""
    findings = []
    for row, cells in article.figures.rows(KEY).items():
        targets = [f for f in cells.values() if f.kind == "target" and f.maturity == "forecast"]
        reached = [f for f in cells.values() if f.kind == "target" and f.maturity == "realisation"]
        if not targets or not reached:
            continue
        bound = article.library.bound("target-from-outcome", "points")
        apart = targets[0].value - reached[-1].value
        findings.append(
            judged("target-from-outcome", targets[0].place, (*reached, targets[0]), abs(apart) > bound,
                   severity=Severity.NOTE, numbers={"printed": targets[0].value, "expected": reached[-1].value},
                   unit="percent", confidence=0.9, row=cells[reached[-1].place.column].label or row, year=reached[-1].place.column)
        )  # fmt: skip
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
        if target is None or isinstance(known.value, (str,)):
            continue
        reached = float(str(known.value))
        findings.append(
            judged("target-missed", target.place, (target,), target.value - reached > bound,
                   numbers={"printed": target.value, "expected": reached}, unit="percent", confidence=0.8,
                   year=str(known.from_.year), source=known.source.id)
        )  # fmt: skip
    return findings
