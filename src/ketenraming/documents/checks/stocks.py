"""Stocks against flows: occupancy, stays, and where people who enter come from."""

from ketenraming.base.finding import Finding
from ketenraming.documents.article import KEY_FIGURES, Article
from ketenraming.documents.checks.compare import judged


def check_stock_and_flow(article: Article) -> list[Finding]:
    """Mean occupancy grows by the mean of this and last year's net inflow, if flows are even over the year."""
    stock, inflow, outflow = (
        article.figures.row(KEY_FIGURES, row) for row in ("opvang_stock_avg", "opvang_inflow", "opvang_outflow")
    )
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
            judged(
                "stock-flow",
                stock[year].place,
                cells,
                abs(stock[year].value - expected) > tolerance,
                numbers=numbers,
                unit="person",
                confidence=0.6,
                year=year,
                before=before,
            )
        )
    return findings


def check_stay(article: Article) -> list[Finding]:
    """Little's law: mean occupancy over yearly outflow is the stay of those who leave, when stocks are steady."""
    stay = article.figures.row("verblijfsduur", "opvang_stay")
    stock, outflow = (article.figures.row(KEY_FIGURES, row) for row in ("opvang_stock_avg", "opvang_outflow"))
    years = [y for y in sorted(stay) if y in stock and y in outflow and outflow[y].value]
    if not years:
        return []
    implied = {year: 12 * stock[year].value / outflow[year].value for year in years}
    bound = article.library.bound("stay-implied", "times")
    worst = max(years, key=lambda year: implied[year] / stay[year].value if stay[year].value else 0)
    wrong = any(
        not stay[y].value or implied[y] > bound * stay[y].value or implied[y] < stay[y].value / bound for y in years
    )
    cells = [figure for year in years for figure in (stay[year], stock[year], outflow[year])]
    numbers = {"printed": stay[worst].value, "expected": implied[worst]}
    return [
        judged(
            "stay-implied",
            stay[worst].place,
            cells,
            wrong,
            numbers=numbers,
            unit="month",
            confidence=0.7,
            first=years[0],
            first_months=implied[years[0]],
            last=years[-1],
            last_months=implied[years[-1]],
            stay=stay[worst].value,
        )
    ]


def check_sources_of_inflow(article: Article) -> list[Finding]:
    """People who enter reception come from the inflow that the same table prints."""
    inflow, asylum, other = (
        article.figures.row(KEY_FIGURES, row) for row in ("opvang_inflow", "asiel_inflow", "overig_inflow")
    )
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
        judged(
            "inflow-without-source",
            place,
            cells,
            bool(above),
            unit="person",
            confidence=0.7,
            first=place.column,
            last=above[-1] if above else "",
            most=most,
            least=least,
            before=more[years[0]],
            before_year=years[0],
        )
    ]
