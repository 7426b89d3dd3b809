"""Values that repeat where they should move, or move where the rest of the row repeats."""

from collections import Counter

from ketenraming.base.finding import Finding, Severity
from ketenraming.documents.article import BUDGET, NOT_NUMBERS, PROSE, Article
from ketenraming.documents.checks.compare import judged
from ketenraming.evidence.figure import Figure, Kind, Maturity


def _rows(article: Article) -> list[dict[str, Figure]]:
    """Rows by year of all tables but the main one and the prose."""
    tables = [t for t in article.figures.tables() if t not in {BUDGET, PROSE}]
    rows = [cells for table in tables for cells in article.figures.rows(table).values()]
    by_year = [{c: f for c, f in cells.items() if c.isdigit() and f.kind not in NOT_NUMBERS} for cells in rows]
    return [cells for cells in by_year if len(cells) > 1]


def check_odd_one_out(article: Article) -> list[Finding]:
    """In a row that prints one forecast for all years but one, that one is looked at."""
    findings = []
    for cells in _rows(article):
        forecasts = [f for f in cells.values() if f.maturity is Maturity.FORECAST]
        values = Counter(f.digits for f in forecasts)
        if len(forecasts) < 4 or values.most_common(1)[0][1] < len(forecasts) - 1:
            continue
        usual = values.most_common(1)[0][0]
        odd = next((f for f in forecasts if f.digits != usual), None)
        shown = odd or forecasts[0]
        usual_value = next(f.value for f in forecasts if f.digits == usual)
        findings.append(
            judged(
                "odd-one-out",
                shown.place,
                forecasts,
                odd is not None,
                severity=Severity.NOTE,
                unit=shown.unit,
                numbers={"printed": shown.value, "expected": usual_value},
                confidence=0.5,
                row=shown,
                year=shown.place.column,
            )
        )
    return findings


def check_frozen(article: Article) -> list[Finding]:
    """A key figure that is printed the same in every year, the known one included, is not a forecast."""
    findings = []
    for cells in _rows(article):
        first = next(iter(cells.values()))
        if first.kind is not Kind.KEY_FIGURE or len(cells) < 4:
            continue
        frozen = len({f.digits for f in cells.values()}) == 1
        findings.append(
            judged(
                "row-frozen",
                first.place,
                tuple(cells.values()),
                frozen,
                severity=Severity.NOTE,
                unit=first.unit,
                numbers={"printed": first.value},
                confidence=0.7,
                row=first,
                first=first.place.column,
                last=max(cells),
            )
        )
    return findings


def check_forecast_is_outcome(article: Article) -> list[Finding]:
    """A forecast that is the outcome of the year before, to the digit, was perhaps not made."""
    findings = []
    for cells in _rows(article):
        known = [f for f in cells.values() if f.maturity is Maturity.REALISATION and f.kind is Kind.KEY_FIGURE]
        if not known:
            continue
        after = cells.get(str(int(known[-1].place.column) + 1))
        if after is not None:
            same = after.digits == known[-1].digits
            findings.append(
                judged(
                    "forecast-is-outcome",
                    after.place,
                    (known[-1], after),
                    same,
                    severity=Severity.NOTE,
                    numbers={"printed": after.value},
                    unit=after.unit,
                    confidence=0.5,
                    row=after,
                    year=after.place.column,
                    before=known[-1].place.column,
                )
            )
    return findings


def check_spikes(article: Article) -> list[Finding]:
    """A key figure does not stand far above or far below both of its neighbours."""
    bound = article.library.bound("spike", "times")
    findings = []
    for cells in _rows(article):
        years = sorted(cells)
        for before, year, after in zip(years, years[1:], years[2:], strict=False):
            near = [cells[before].value, cells[after].value]
            value = cells[year].value
            wrong = value > bound * max(near) or value * bound < min(near)
            findings.append(
                judged(
                    "spike",
                    cells[year].place,
                    (cells[before], cells[year], cells[after]),
                    wrong,
                    numbers={"printed": value, "expected": sum(near) / 2},
                    unit=cells[year].unit,
                    confidence=0.6,
                    row=cells[year],
                    year=year,
                )
            )
    return findings
