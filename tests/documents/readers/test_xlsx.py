import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from documents.convert import cuttings, grid, to_xlsx
from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import USUAL, Limits, Paragraph, Table
from ketenraming.documents.readers.xlsx import read, style_of


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def with_part(data, name, change):
    """The workbook with one part of its zip changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def test_tables_come_back_from_a_workbook():
    blocks = list(read(to_xlsx(cuttings()), USUAL))

    tables = [block for block in blocks if isinstance(block, Table)]
    assert [table.title for table in tables] == [p.text for p in cuttings().paragraphs]
    assert grid(tables[0])[:4] == [
        ["", "", "2024", "2025", "2026"],
        ["Art.", "Verplichtingen", "0", "8.504.260", "8.858.648"],
        ["", "Uitgaven", "0", "8.500.817", "8.865.612"],
        ["37.1", "Apparaat Dienst Terugkeer en Vertrek", "0", "91.603", "95.022"],
    ]
    assert grid(tables[1])[3:] == [["Instroom Visa", "1.950", "2.000", "2.500"], ["Zelfstandig", "27%", "30%", "30%"]]
    assert grid(tables[2])[1:] == [
        ["Asiel", "399.853", "39,0%"],
        ["productie (pxq)", "785.141", ""],
        ["Taakstellingen HLA/RP", "-3.275", ""],
    ]
    assert grid(tables[3]) == [["", "2024", "2025"], ["Gemiddelde opvangduur", "7,3", "11,9"]]
    assert tables[0].rows[1][2].at == "Sheet!C4"


def test_years_are_years_above_numbers_and_numbers_below():
    book, _ = sheet_of(["Kengetallen", 2024, 2025, 2026], ["Instroom Visa", 1950, 2000, 2100], ["Overig", 1, 2, 3])

    (table,) = read(saved(book), USUAL)

    assert grid(table) == [
        ["Kengetallen", "2024", "2025", "2026"],
        ["Instroom Visa", "1.950", "2.000", "2.100"],
        ["Overig", "1", "2", "3"],
    ]


def test_a_code_typed_as_a_number_stays_a_code():
    book, sheet = sheet_of([None, None, 2026], [37.4, "Toegang", 5945147], [37.1, "DTenV", 7.5])
    sheet["A3"].number_format = "0.00"

    (table,) = read(saved(book), USUAL)

    assert [row[0] for row in grid(table)] == ["", "37.4", "37.10"]
    assert grid(table)[2][2] == "7,5"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.39, "0.0%", "39,0%"),
        (-3275, "#,##0", "-3.275"),
        (1019723000, '#,##0,"k"', "1.019.723"),
        (0.1 + 0.2, "General", "0,3"),
        (399853.4, "[$€-413] #,##0", "399.853"),
        (0.345, "0%", "35%"),
        (1e300, "General", "1e+300"),
        (True, "General", "WAAR"),
        (datetime.date(2026, 9, 15), "d-m-yyyy", "15-09-2026"),
        ("#DIV/0!", "General", "#DIV/0!"),
        ("  7,3\n maanden ", "@", "7,3 maanden"),
    ],
)
def test_a_cell_reads_as_it_shows(value, number_format, text):
    book, sheet = sheet_of(["label", value])
    sheet["B1"].number_format = number_format

    (table,) = read(saved(book), USUAL)

    assert grid(table) == [["label", text]]


@pytest.mark.parametrize(
    ("number_format", "style"),
    [
        ("General", (None, False, False, 0)),
        ("#,##0;[Red]-#,##0", (0, False, True, 0)),
        ('0.00" mln"', (2, False, False, 0)),
        ("#,##0.0,,", (1, False, True, 2)),
        ("@", (None, False, False, 0)),
    ],
)
def test_number_formats_are_understood(number_format, style):
    assert style_of(number_format) == style


def test_a_formula_that_was_never_calculated_is_said():
    book, _ = sheet_of(["Totaal", "=1+1", None])

    (table,) = read(saved(book), USUAL)

    assert grid(table) == [["Totaal", "#formule"]]


def test_sheets_headings_and_tables_come_in_order_hidden_ones_too():
    book, _ = sheet_of(["Bekostiging"], [None, "bedrag"], ["Asiel", 1], [], ["Toelichting"], [], ["Duur", 2])
    hidden = book.create_sheet("Geheim")
    hidden.append(["a", 1])
    hidden.sheet_state = "hidden"

    blocks = list(read(saved(book), USUAL))

    assert [block.text if isinstance(block, Paragraph) else grid(block) for block in blocks] == [
        "Bekostiging",
        [["", "bedrag"], ["Asiel", "1"]],
        "Toelichting",
        [["Duur", "2"]],
        [["a", "1"]],
    ]
    assert blocks[-1].title == "Geheim"


def test_an_empty_row_inside_a_table_does_not_part_it_from_its_head():
    book, _ = sheet_of([None, 2025, 2026], ["Asiel", 1, 2], [], ["Regulier", 3, 4])

    (table,) = read(saved(book), USUAL)

    assert [row[0] for row in grid(table)] == ["", "Asiel", "Regulier"]


def test_merged_cells_show_their_text_once():
    book, sheet = sheet_of(["Keten", "Prognose", None], [None, 2025, 2026], ["Asiel", 1, 2])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")

    (table,) = read(saved(book), USUAL)

    assert grid(table) == [["Keten", "Prognose", ""], ["", "2025", "2026"], ["Asiel", "1", "2"]]


def test_a_cell_in_the_last_corner_costs_nothing():
    book, sheet = sheet_of(["Asiel", 1], ["Regulier", 2])
    sheet["XFD1048576"] = 3
    sheet["XFD2"] = 4

    blocks = list(read(saved(book), USUAL))

    assert [grid(block) for block in blocks] == [[["Asiel", "1", ""], ["Regulier", "2", "4"]], [["3"]]]
    assert blocks[1].at == "Sheet!XFD1048576"


def test_a_merge_over_the_whole_sheet_costs_nothing():
    book, _ = sheet_of(["Asiel", 1])
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
    data = with_part(saved(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<pageMargins", merge))

    (table,) = read(data, USUAL)

    assert grid(table) == [["Asiel", "1"]]


def test_more_cells_than_allowed_are_refused():
    book, _ = sheet_of(*[[1] * 20] * 20)

    with pytest.raises(DocumentUnreadable, match="more than 300 cells"):
        list(read(saved(book), Limits(cells=300)))


def test_a_row_number_beyond_any_sheet_is_refused():
    book, _ = sheet_of(["Asiel", 1])
    data = with_part(
        saved(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<row r="1"', b'<row r="99999999"')
    )

    with pytest.raises(DocumentUnreadable):
        list(read(data, USUAL))


def test_a_zip_that_unpacks_to_too_much_is_refused_unopened():
    book, _ = sheet_of(["Asiel", 1])
    data = with_part(saved(book), "docProps/app.xml", lambda xml: xml + b" " * 5_000_000)

    with pytest.raises(DocumentUnreadable, match="unpacks to more than 1000000 bytes"):
        list(read(data, Limits(unpacked_bytes=1_000_000)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_inside_the_workbook_are_refused(encoding):
    book, _ = sheet_of(["Asiel", 1])
    attack = '<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'.encode(encoding)
    data = with_part(saved(book), "xl/worksheets/sheet1.xml", lambda _: attack)

    with pytest.raises(DocumentUnreadable, match="declares a document type"):
        list(read(data, USUAL))


def test_a_zip_that_is_no_workbook_is_refused():
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "x")

    with pytest.raises(DocumentUnreadable, match="Excel"):
        list(read(out.getvalue(), USUAL))


def test_an_empty_workbook_gives_nothing():
    assert list(read(saved(Workbook()), USUAL)) == []


def test_the_converter_writes_what_openpyxl_reads():
    book = load_workbook(BytesIO(to_xlsx(cuttings())))

    assert book.active["C4"].value == 0


@settings(max_examples=30, deadline=None)
@given(noise=st.binary(min_size=1, max_size=60), place=st.integers(0, 6000), cut=st.booleans())
def test_any_bytes_give_blocks_or_a_refusal(noise, place, cut):
    data = to_xlsx(cuttings())

    for damaged in (
        noise,
        b"PK\x03\x04" + noise,
        data[:place] if cut else data[:place] + noise + data[place + len(noise) :],
    ):
        try:
            assert all(isinstance(block, Paragraph | Table) for block in read(damaged, USUAL))
        except DocumentUnreadable as error:
            assert str(error)
