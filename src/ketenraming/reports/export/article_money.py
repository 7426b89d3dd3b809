"""The money tables of the article, in the order and under the labels in which the budget prints them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ketenraming.evidence.address import parent
from ketenraming.finance.line import Line as Priced
from ketenraming.finance.payees import IND
from ketenraming.reports.checked import capital
from ketenraming.reports.compared import share_out
from ketenraming.reports.export.columns import Heads
from ketenraming.reports.export.money import ODA_PARTS, oda
from ketenraming.reports.export.sheets import plain
from ketenraming.reports.export.text import Row, Table
from ketenraming.reports.numbers import number, percent
from ketenraming.reports.tables import Line
from ketenraming.reports.terminal import code_of
from ketenraming.reports.words import label, named
from ketenraming.scenarios.prices import IND_PARTS

FUNDING = "ind-bekostiging"
NOTHING = "–"
INSTRUMENT = 2  # the depth of headings such as `Opdrachten`
_BESIDE = {"budgeted": "budgeted", "needed": "export_article_estimate", "gap": "export_article_difference"}


@dataclass(frozen=True, slots=True)
class Basis:
    """What the tables are made from: the run and its words, the rows of the article, and the year of the budget."""

    heads: Heads
    lines: Sequence[Line]
    year: str

    def line(self, address: str) -> Line:
        """The row of an address; raises StopIteration where there is none."""
        return next(line for line in self.lines if line.address == address)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in words of the language."""
        return number(value, self.heads.lang, decimals)


def main(basis: Basis) -> Table:
    """What is needed for every line and year, as the budget prints what it budgets."""
    heads = basis.heads
    rows = [
        Row(
            (code_of(line.address).strip(), label(heads.library, line.address, heads.lang),
             *(basis.number(figures.needed) for figures in line.years.values())),
            "heavy" if line.depth <= 1 else "plain",
            max(line.depth - 1, 0),
        )
        for line in basis.lines
    ]  # fmt: skip
    head = (heads.say("export_article_code"), "", *heads.run.years)
    return Table(heads.say("export_article_main"), head, tuple(rows), words=2, broad=1)


def beside(basis: Basis) -> Table:
    """Budgeted, estimate and difference of what follows people and of the parts it stands in."""
    heads = basis.heads
    rows = [
        Row(
            (f"{code_of(line.address)}{label(heads.library, line.address, heads.lang)}" if part == "budgeted" else "",
             heads.say(key), *(basis.number(getattr(figures, part)) for figures in line.years.values())),
            "heavy" if line.depth <= 1 else "plain",
            max(line.depth - 1, 0),
        )
        for line in basis.lines if line.follows_people and line.depth != INSTRUMENT
        for part, key in _BESIDE.items()
    ]  # fmt: skip
    return Table(heads.say("export_article_beside"), (heads.say("line"), "", *heads.run.years), tuple(rows), words=2)


def priced(basis: Basis, line: Priced) -> Table:
    """A line by year as numbers times prices and fixed amounts, which make it up to the thousand."""
    heads, address = basis.heads, line.address
    parts = {year: _parts(basis, line, year) for year in heads.run.years}
    rows = [
        row for i, (q, p) in enumerate(line.products) for row in _product(basis, q, p, [v[i] for v in parts.values()])
    ]
    for i, name in enumerate(line.fixed, len(line.products)):
        rows.append(Row((_fixed_name(name, heads), *(values[i] for values in parts.values()))))
    for part, key in _BESIDE.items():
        cells = (basis.number(getattr(figures, part)) for figures in basis.line(address).years.values())
        rows.append(Row((capital(heads.say(key)), *cells), "heavy" if part == "needed" else "plain"))
    title = heads.say("export_article_pq", line=_full_name(address, heads))
    return Table(title, ("", *heads.run.years), tuple(rows))


def _full_name(address: str, heads: Heads) -> str:
    """The label of a line, with the heading above it where other lines are printed under the same label."""
    name = label(heads.library, address, heads.lang)
    same = [node for node in heads.library.budget if label(heads.library, node.address, heads.lang) == name]
    above = parent(address) if len(same) > 1 else None
    return f"{name} ({label(heads.library, above, heads.lang)})" if above else name


def _parts(basis: Basis, line: Priced, year: str) -> list[str]:
    """The products and fixed amounts of a year in thousands; nothing where the line is not made of them."""
    euros, needed = _euros(basis, line, year), basis.heads.run.row(line.address, year).needed.central
    if abs(sum(euros) - needed) > 1:
        return [NOTHING] * len(euros)
    shared = share_out([part / 1000 for part in euros], basis.line(line.address).years[year].needed)
    return [basis.number(part) for part in shared]


def _euros(basis: Basis, line: Priced, year: str) -> list[float]:
    terms = basis.heads.run.terms[year]
    products = [terms[q].central * terms[p].central for q, p in line.products]
    return [*products, *(terms[name].central for name in line.fixed)]


def _product(basis: Basis, quantity: str, price: str, euros: Sequence[str]) -> Iterator[Row]:
    heads, years = basis.heads, basis.heads.run.terms.values()
    yield Row((named(heads.library, quantity, heads.lang), *(basis.number(terms[quantity].central) for terms in years)))
    prices = [terms[price].central for terms in years]
    decimals = 0 if max(map(abs, prices)) >= 1000 else 2
    name = heads.say("export_article_price", price=named(heads.library, price, heads.lang))
    yield Row((name, *(basis.number(value, decimals) for value in prices)), "quiet", depth=1)
    yield Row((heads.say("export_article_euros"), *euros), depth=1)


def _fixed_name(name: str, heads: Heads) -> str:
    table, _, row = name.partition("/")
    return heads.row_name(table, row) if row else named(heads.library, name, heads.lang)


def ind_funding(basis: Basis) -> Table:
    """The funding of the IND in the budget year: what is printed of it, with what this run makes of each row."""
    heads, year = basis.heads, basis.year
    amounts = _funding(basis)
    whole = amounts["totaal"]
    rows = [
        Row((heads.row_name(FUNDING, row), basis.number(amount), _share(row, amount, whole, basis)),
            "heavy" if row in ("totaal", "bijdrage") else "plain")
        for row, amount in amounts.items()
    ]  # fmt: skip
    needed = basis.line(IND.address).years[year].needed
    rows.append(Row((heads.say("export_article_rest"), basis.number(needed - amounts["bijdrage"]), ""), "quiet"))
    rows.append(Row((heads.say("export_article_line"), basis.number(needed), ""), "heavy"))
    head = ("", heads.say("export_article_amount"), "%")
    return Table(heads.say("export_article_ind", year=year), head, tuple(rows))


def _funding(basis: Basis) -> dict[str, int]:
    """Rows of the funding table in thousands, in the order of print; totals are the sums that the table promises."""
    reading = next(iter(basis.heads.library.readings.values())).table(FUNDING)
    assert reading is not None  # the shipped map has it
    names = [IND_PARTS[price][0] for _, price in IND.products] + [name.rpartition("/")[2] for name in IND.fixed]
    needed = basis.line(IND.address).years[basis.year].needed
    euros = _euros(basis, IND, basis.year)
    found: Mapping[str, int] = dict(zip(names, share_out([part / 1000 for part in euros], needed), strict=True))
    sums = {promise.total: promise.parts for promise in reading.sums}

    def amount(row: str) -> int:
        return sum(map(amount, sums[row])) if row in sums else found[row]

    return {row.id: amount(row.id) for row in reading.rows}


def _share(row: str, amount: int, whole: int, basis: Basis) -> str:
    """The share of the whole funding, for what is a part of it."""
    reading = next(iter(basis.heads.library.readings.values())).table(FUNDING)
    shown = {name for group in (reading.hundred if reading else ()) for name in group} | {"totaal"}
    return percent(100 * amount / whole, basis.heads.lang) if row in shown else ""


def oda_of_year(basis: Basis) -> Table:
    """What is charged to aid in the budget year, as the budget prints it."""
    heads, cells = basis.heads, _oda(basis)
    names = [*ODA_PARTS, "oda"]
    rows = [
        Row((_oda_name(name, heads), cells[basis.year][name]), "heavy" if name == "oda" else "plain") for name in names
    ]
    title = heads.say("export_article_oda", year=basis.year)
    return Table(title, ("", heads.say("export_article_amount")), tuple(rows))


def oda_by_year(basis: Basis) -> Table:
    """What is charged to aid, a year in a row."""
    heads, cells = basis.heads, _oda(basis)
    names = [*ODA_PARTS, "oda"]
    estimate = capital(heads.say("export_article_estimate"))
    rows = [Row((f"{estimate} {year}", *(of[name] for name in names))) for year, of in cells.items()]
    head = ("", *(_oda_name(name, heads) for name in names))
    return Table(heads.say("export_article_oda_years"), head, tuple(rows))


def _oda_name(name: str, heads: Heads) -> str:
    return heads.row_name("oda", name.partition("/")[2] or "totaal")


def _oda(basis: Basis) -> dict[str, dict[str, str]]:
    """Amounts in thousands by year and part, as the sheet has them."""
    made: dict[str, dict[str, str]] = {}
    for row in oda(basis.heads).rows:
        value = plain(row[4])
        assert isinstance(value, int)  # amounts stand in this column
        made.setdefault(str(row[3]), {})[str(row[0])] = basis.number(value)
    return made
