from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document as Ods
from odfdo import Element

from documents.convert import cuttings, grid, to_ods
from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import USUAL, Limits, Paragraph, Table
from ketenraming.documents.readers.ods import read


def sheet_of(rows):
    book = Ods("spreadsheet")
    book.body.clear()
    book.body.append(Element.from_tag(f'<table:table table:name="Blad1">{rows}</table:table>'))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def text(shown, attributes=""):
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{shown}</text:p></table:table-cell>'


def number(value, shown="", kind="float", attributes=""):
    paragraph = f"<text:p>{shown}</text:p>" if shown else ""
    told = f'office:value-type="{kind}" office:value="{value}"'
    return f"<table:table-cell {told} {attributes}>{paragraph}</table:table-cell>"


def test_tables_come_back_from_a_workbook():
    tables = [block for block in read(to_ods(cuttings()), USUAL) if isinstance(block, Table)]

    assert [table.title for table in tables] == [p.text for p in cuttings().paragraphs]
    assert grid(tables[0])[:3] == [
        ["", "", "2024", "2025", "2026"],
        ["Art.", "Verplichtingen", "0", "8.504.260", "8.858.648"],
        ["", "Uitgaven", "0", "8.500.817", "8.865.612"],
    ]
    assert grid(tables[1])[1:] == [
        ["", "2024", "2025", "2026"],
        ["Opvang COA", "", "", ""],
        ["Instroom Visa", "1.950", "2.000", "2.500"],
        ["Zelfstandig", "27%", "30%", "30%"],
    ]
    assert grid(tables[2])[3] == ["Taakstellingen HLA/RP", "‒ 3.275", ""]
    assert tables[0].rows[1][2].at == "Blad1!C4"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (number("0.39", "39,0%", "percentage"), "39,0%"),
        (number("0.39", "39.0%", "percentage"), "39,0%"),
        (number("0.39", "", "percentage"), "39%"),
        (number("399853", "399,853"), "399.853"),
        (number("399853.4", "399853"), "399853"),
        (number("7.3", "7.3"), "7,3"),
        (number("9.496", "9.496"), "9,496"),
        (number("9496", "9.496"), "9.496"),
        (number("-3275", "-3275"), "-3275"),
        (number("-3275"), "-3.275"),
        ("<table:table-cell table:formula='of:=1+1'/>", "#formule"),
    ],
)
def test_a_number_reads_as_it_shows_and_in_dutch(cell, shown):
    (table,) = read(sheet_of(row_of(text("label"), cell)), USUAL)

    assert grid(table) == [["label", shown]]


def test_repeated_cells_and_rows_are_written_out_where_they_hold_something():
    rows = row_of(text("Leges"), number("5", "5", attributes='table:number-columns-repeated="3"'))
    rows += row_of(text("Asiel"), number("1", "1"), attributes='table:number-rows-repeated="2"')

    (table,) = read(sheet_of(rows), USUAL)

    assert grid(table) == [["Leges", "5", "5", "5"], ["Asiel", "1", "", ""], ["Asiel", "1", "", ""]]


def test_a_million_empty_rows_and_cells_cost_nothing():
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = row_of(text("Asiel"), number("1", "1"), empty)
    rows += row_of(empty, attributes='table:number-rows-repeated="1048574"') + row_of(empty, text("ver"))

    blocks = list(read(sheet_of(rows), USUAL))

    assert grid(blocks[0]) == [["Asiel", "1"]]
    assert blocks[1] == Paragraph("ver", "Blad1!XFE1048576")


@pytest.mark.parametrize(
    "rows",
    [
        row_of(text("x", 'table:number-columns-repeated="99999999"')),
        row_of(text("x"), attributes='table:number-rows-repeated="99999999"'),
    ],
)
def test_a_text_repeated_without_end_is_refused(rows):
    with pytest.raises(DocumentUnreadable, match="more than 200000 cells"):
        list(read(sheet_of(rows), USUAL))


def test_a_covered_cell_is_empty():
    covered = "<table:covered-table-cell><text:p>oud</text:p></table:covered-table-cell>"
    rows = row_of(text("Keten"), text("Prognose", 'table:number-columns-spanned="2"'), covered)
    rows += row_of(text("Asiel"), number("1", "1"), number("2", "2"))

    (table,) = read(sheet_of(rows), USUAL)

    assert grid(table) == [["Keten", "Prognose", ""], ["Asiel", "1", "2"]]


def test_a_zip_that_unpacks_to_too_much_is_refused_unopened():
    with pytest.raises(DocumentUnreadable, match="unpacks to more than 1000 bytes"):
        list(read(to_ods(cuttings()), Limits(unpacked_bytes=1000)))


def test_entities_inside_the_workbook_are_refused():
    out = BytesIO()
    with ZipFile(BytesIO(to_ods(cuttings()))) as old, ZipFile(out, "w") as new:
        for part in old.namelist():
            attack = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
            new.writestr(part, attack if part == "content.xml" else old.read(part))

    with pytest.raises(DocumentUnreadable, match="declares a document type"):
        list(read(out.getvalue(), USUAL))


def test_an_empty_sheet_gives_nothing():
    assert list(read(sheet_of(row_of("<table:table-cell/>")), USUAL)) == []


@settings(max_examples=30, deadline=None)
@given(noise=st.binary(min_size=1, max_size=60), place=st.integers(0, 9000), cut=st.booleans())
def test_any_bytes_give_blocks_or_a_refusal(noise, place, cut):
    data = to_ods(cuttings())

    for damaged in (
        noise,
        b"PK\x03\x04" + noise,
        data[:place] if cut else data[:place] + noise + data[place + len(noise) :],
    ):
        try:
            assert all(isinstance(block, Paragraph | Table) for block in read(damaged, USUAL))
        except DocumentUnreadable as error:
            assert str(error)
