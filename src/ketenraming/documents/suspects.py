"""
Which cell is wrong, when a sum does not close.

A cell that takes part in a sum that closes is very likely right; one whose single change mends every broken sum it
takes part in may be wrong. Among those, the cell that stands in most broken identities comes first, then one that is a
single digit away from what is needed, then one whose needed value lies nearer to its neighbours in time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from ketenraming.base.finding import Finding, Place, Strength
from ketenraming.documents.article import Article
from ketenraming.evidence.figure import Figure

SUMS = {"sum-differs", "not-hundred"}

Cell = tuple[str, str, str]


def with_suspects(findings: Iterable[Finding], article: Article) -> list[Finding]:
    """The same findings, broken sums with their suspects."""
    listed = list(findings)
    wrong = [f for f in listed if f.strength is Strength.IDENTITY and not f.holds]
    broken = [f for f in wrong if f.code in SUMS]
    if not broken:
        return listed
    trusted = {place.cell for f in listed if f.code in SUMS and f.holds for place in f.cells}
    doubts = Counter(cell for f in wrong for cell in {place.cell for place in f.cells})
    return [
        f.with_suspects(
            sorted(_doubted(f, broken, trusted), key=lambda place: _unlikeliness(place, f, doubts, article))
        )
        if f in broken
        else f
        for f in listed
    ]


def _doubted(finding: Finding, broken: Sequence[Finding], trusted: set[Cell]) -> list[Place]:
    """Cells of a broken sum that one change would mend, and with it the most other sums; all where none stands out."""
    able = [place for place in finding.cells if _mends_all(place, broken)]
    doubted = [place for place in able if place.cell not in trusted] or able or list(finding.cells)
    mended = {place: sum(1 for f in broken if place.cell in {p.cell for p in f.cells}) for place in doubted}
    return [place for place in doubted if mended[place] == max(mended.values())]


def _needed(place: Place, finding: Finding) -> float:
    """What must be added to a cell to make a sum close: the total down by the difference, or a part of it up."""
    difference = finding.difference or 0.0
    is_part = finding.code == "sum-differs" and place.cell != finding.cells[0].cell
    return difference if is_part else -difference


def _mends_all(place: Place, broken: Sequence[Finding]) -> bool:
    """Whether one and the same change of a cell closes every broken sum it takes part in."""
    wanted = {round(_needed(place, f), 6) for f in broken if place.cell in {p.cell for p in f.cells}}
    return len(wanted) == 1


def _unlikeliness(place: Place, finding: Finding, doubts: Counter[Cell], article: Article) -> tuple[float, ...]:
    """Sort key: in many broken identities first, then one digit from fitting, then strange beside its neighbours."""
    figure = article.figures.get(*place.cell)
    if figure is None:
        return (9.0, 9.0, 9.0)
    mended = round((figure.value + _needed(place, finding)) * 10**figure.decimals)
    return -doubts[place.cell], float(_digits_apart(figure.digits, mended)), _strangeness(figure, mended, article)


def _digits_apart(one: int, other: int) -> int:
    """In how many digits two numbers differ; many when they differ in length or sign."""
    left, right = str(one), str(other)
    return 9 if len(left) != len(right) else sum(1 for a, b in zip(left, right, strict=True) if a != b)


def _strangeness(figure: Figure, mended: int, article: Article) -> float:
    """How much nearer the printed value is to its neighbours in time than the mended one: below zero is suspect."""
    table, row, column = figure.place.cell
    cells = article.figures.row(table, row)
    near = [cells[y].digits for y in _neighbours(column) if y in cells and cells[y].applies]
    if not near:
        return 0.0
    scale = max(abs(figure.digits), abs(mended), 1)
    return min(abs(mended - n) for n in near) / scale - min(abs(figure.digits - n) for n in near) / scale


def _neighbours(column: str) -> list[str]:
    return [str(int(column) - 1), str(int(column) + 1)] if column.isdigit() else []
