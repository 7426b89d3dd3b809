"""Totals and subtotals: of the main table at every level and year, of other tables as their maps say."""

from collections.abc import Iterator, Sequence

from ketenraming.base.finding import Finding
from ketenraming.documents.article import BUDGET, Article
from ketenraming.documents.checks.compare import closes_exactly, identity
from ketenraming.evidence.address import parent
from ketenraming.evidence.figure import Figure

Comparison = tuple[str, Figure, Sequence[Figure], float]


def check_budget_sums(article: Article) -> list[Finding]:
    """Every heading of the main table is the sum of what stands below it, in every year."""
    return _judged(list(_budget_sums(article)))


def check_list_sums(article: Article) -> list[Finding]:
    """Every total of another table is the sum of its parts."""
    return [finding for table in article.figures.tables() for finding in _judged(list(_list_sums(article, table)))]


def check_hundred(article: Article) -> list[Finding]:
    """Shares of one whole make a hundred, in every column."""
    return [finding for table in article.reading.tables for finding in _judged(list(_hundreds(article, table.id)))]


def _judged(comparisons: Sequence[Comparison]) -> list[Finding]:
    """Findings for comparisons of one table: exact where nearly all of them are."""
    loose = [identity(code, total, parts, value, exact=False) for code, total, parts, value in comparisons]
    if not closes_exactly(loose):
        return loose
    return [identity(code, total, parts, value, exact=True) for code, total, parts, value in comparisons]


def _below(address: str, rows: Sequence[str]) -> list[str]:
    """Rows one level below an address. Commitments and receipts stand beside the expenditure, `waarvan` inside it."""
    found = [row for row in rows if parent(row) == address]
    if "/" not in address and "." not in address:
        return [row for row in found if "." in row]
    return [row for row in found if not row.rpartition("/")[2].startswith("waarvan")]


def printed_below(article: Article, address: str, column: str) -> list[Figure]:
    """The nearest printed numbers below an address; a heading without a number is looked through."""
    found: list[Figure] = []
    for row in _below(address, article.rows):
        figure = article.figures.get(BUDGET, row, column)
        found.extend([figure] if figure else printed_below(article, row, column))
    return found


def _budget_sums(article: Article) -> Iterator[Comparison]:
    for address, cells in article.figures.rows(BUDGET).items():
        for column, total in cells.items():
            parts = printed_below(article, address, column)
            if parts:
                yield "sum-differs", total, parts, sum(part.value for part in parts)


def _list_sums(article: Article, table: str) -> Iterator[Comparison]:
    map_, rows = article.reading.table(table), article.figures.rows(table)
    if map_ is None:
        yield from _last_row_sums(rows)
        return
    for promise in map_.sums:
        for column, total in rows.get(promise.total, {}).items():
            parts = [cells[column] for row in promise.parts if (cells := rows.get(row)) and column in cells]
            if len(parts) == len(promise.parts):
                yield "sum-differs", total, parts, sum(part.value for part in parts)


def _last_row_sums(rows: dict[str, dict[str, Figure]]) -> Iterator[Comparison]:
    """In a table that no map knows, a last row called total is the sum of the rows above it."""
    names = list(rows)
    if len(names) < 3 or not names[-1].startswith("totaal"):
        return
    for column, total in rows[names[-1]].items():
        parts = [rows[name][column] for name in names[:-1] if column in rows[name]]
        if len(parts) == len(names) - 1:
            yield "sum-differs", total, parts, sum(part.value for part in parts)


def _hundreds(article: Article, table: str) -> Iterator[Comparison]:
    map_, rows = article.reading.table(table), article.figures.rows(table)
    for group in map_.hundred if map_ else ():
        cells = [rows[row] for row in group if row in rows]
        columns = [c for c, figure in (cells[0].items() if cells else ()) if figure.unit == "percent"]
        for column in columns:
            shares = [row[column] for row in cells if column in row]
            if len(shares) == len(group):
                last = shares[-1]
                yield "not-hundred", last, shares[:-1], 100 - sum(share.value for share in shares[:-1])
