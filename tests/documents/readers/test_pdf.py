import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.convert import cuttings, grid, pdf_of, to_pdf
from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import USUAL, Limits, Paragraph, Table

pytest.importorskip("pdfplumber")

from ketenraming.documents.readers.pdf import read


def row(y, label, *numbers, code="", wide=42):
    """A line of a table in Courier 7: code, label, and numbers flush right in their columns."""
    cells = [(50, y, code)] if code else []
    cells += [(78, y, label)] if label else []
    return cells + [(290 + wide * i - 4.2 * len(text), y, text) for i, text in enumerate(numbers) if text]


def page(*lines):
    return [cell for line in lines for cell in line]


YEARS = ("2025", "2026", "2027")


@pytest.mark.parametrize("numbers_first", [False, True])
def test_tables_come_back_from_a_page(numbers_first):
    blocks = list(read(to_pdf(cuttings(), numbers_first=numbers_first), USUAL))

    tables = [block for block in blocks if isinstance(block, Table)]
    assert [table.title for table in tables] == [p.text for p in cuttings().paragraphs]
    assert grid(tables[0]) == [
        ["2024", "2025", "2026"],
        ["Art.", "Verplichtingen", "0", "8.504.260", "8.858.648"],
        ["Uitgaven", "0", "8.500.817", "8.865.612"],
        ["37.1", "Apparaat Dienst Terugkeer en Vertrek", "0", "91.603", "95.022"],
        ["Personele uitgaven", "0", "71.023", "79.313"],
        ["37.4", "Toegang, toelating en opvang vreemdelingen", "0", "5.696.962", "5.945.147"],
        ["Ontvangsten", "0", "385.972", "13.826"],
    ]
    assert grid(tables[1])[0] == ["Vreemdelingenketen", "Realisatie", "Prognose", ""]
    assert grid(tables[1])[2:] == [
        ["Opvang COA", "", "", ""],
        ["Instroom Visa", "1.950", "2.000", "2.500"],
        ["Zelfstandig", "27%", "30%", "30%"],
    ]
    assert not tables[0].aligned
    assert tables[0].rows[0][0].at == "p. 1"


def test_a_minus_and_its_digits_are_one_cell_and_a_missing_cell_is_empty():
    tables = [block for block in read(to_pdf(cuttings()), USUAL) if isinstance(block, Table)]

    assert grid(tables[2]) == [
        ["Productgroep", "bedrag", "%"],
        ["Asiel", "399.853", "39,0%"],
        ["productie (pxq)", "785.141", ""],
        ["Taakstellingen HLA/RP", "– 3.275", ""],
    ]


def test_numbers_in_narrow_columns_stay_apart():
    lines = [row(100, "", *YEARS, wide=40), row(112, "Uitgaven", "8.504.260", "8.858.648", "5.132.070", wide=40)]
    lines += [row(124, "Ontvangsten", "1", "2", "3", wide=40)]

    (table,) = read(pdf_of([page(*lines)]), USUAL)

    assert grid(table)[1] == ["Uitgaven", "8.504.260", "8.858.648", "5.132.070"]


def test_a_label_that_goes_on_in_small_letters_is_made_whole_where_lines_stand_evenly():
    above = [[(78, 112, "Gemiddelde opvangduur")], row(124, "na vergunningverlening", "7,3", "7,3", "7,3")]
    below = [row(136, "Instroomteam", "7", "8", "9"), [(78, 148, "(organiseren van opvang)")]]
    last = [row(160, "Leges", "1", "2", "3")]

    (table,) = read(pdf_of([page(row(100, "", *YEARS), *above, *below, *last)]), USUAL)

    assert [line[0] for line in grid(table)[1:]] == [
        "Gemiddelde opvangduur na vergunningverlening",
        "Instroomteam (organiseren van opvang)",
        "Leges",
    ]


def test_numbers_at_half_the_height_of_their_label_belong_to_it():
    lines = [row(100, "", *YEARS), row(114, "COA", "1", "2", "3"), row(128, "Nidos", "1", "2", "3")]
    lines += [[(78, 142, "Nationaal Programma")], row(146, "", "4", "5", "6", code="37.7"), [(78, 150, "Ontheemden")]]

    (table,) = read(pdf_of([page(*lines)]), USUAL)

    assert grid(table)[-1] == ["37.7", "Nationaal Programma Ontheemden", "4", "5", "6"]


def test_a_small_raised_digit_is_a_footnote_and_not_a_part_of_the_number():
    lines = [row(100, "", *YEARS), row(112, "Asiel", "46.460", "59.000", "60.200"), [(290.0, 109.5, "1")]]
    data = pdf_of([page(*lines)]).replace(b"/F1 7 Tf 1 0 0 1 290.0", b"/F1 4 Tf 1 0 0 1 290.0")

    (table,) = read(data, USUAL)

    assert grid(table)[1] == ["Asiel", "46.460", "59.000", "60.200"]


def test_a_table_goes_on_over_the_page_and_its_head_is_read_once():
    first = [row(100, "", *YEARS), row(112, "COA", "1", "2", "3"), row(124, "Nidos", "4", "5", "6")]
    second = [row(100, "", *YEARS), row(112, "VWN", "7", "8", "9"), row(124, "IOM", "1", "2", "3")]

    (table,) = read(pdf_of([page(*first), page(*second)]), USUAL)

    assert [line[0] for line in grid(table)] == ["2025", "COA", "Nidos", "VWN", "IOM"]
    assert [line[0].at for line in table.rows] == ["p. 1", "p. 1", "p. 1", "p. 2", "p. 2"]


def test_other_years_on_the_next_page_begin_another_table():
    first = [row(100, "", *YEARS), row(112, "COA", "1", "2", "3"), row(124, "Nidos", "4", "5", "6")]
    second = [row(100, "", "2024", "2025", "2026"), row(112, "VWN", "7", "8", "9"), row(124, "IOM", "1", "2", "3")]

    tables = list(read(pdf_of([page(*first), page(*second)]), USUAL))

    assert [len(table.rows) for table in tables] == [3, 3]


def test_prose_becomes_paragraphs_without_running_heads_and_page_numbers():
    def printed(number, *lines):
        return [
            (50, 40, "Begroting XX"),
            *((50, 100 + 9 * i, line) for i, line in enumerate(lines)),
            (500, 815, number),
        ]

    pages = [
        printed("1", "De uitvoe-", "ring en in-", "en uitstroom van AMV-", "beleid gaat"),
        printed("2", "verder in 2026."),
    ]

    blocks = list(read(pdf_of([*pages, printed("3", "Slot")]), USUAL))

    assert blocks == [
        Paragraph("De uitvoering en in- en uitstroom van AMV-beleid gaat verder in 2026.", "p. 1"),
        Paragraph("Slot", "p. 3"),
    ]


def test_a_line_of_prose_with_wide_spaces_is_no_table():
    words = ["In", "totaal", "is", "hier", "25,1", "mln.", "meerjarig", "voor"]
    lines = [[(50 + 55 * i, 100, word) for i, word in enumerate(words)], [(50, 109, "provincies beschikbaar.")]]

    (paragraph,) = read(pdf_of([page(*lines)]), USUAL)

    assert paragraph == Paragraph("In totaal is hier 25,1 mln. meerjarig voor provincies beschikbaar.", "p. 1")


def test_more_pages_than_allowed_are_refused():
    with pytest.raises(DocumentUnreadable, match="more than 2 pages"):
        list(read(pdf_of([[(50, 100, "x")]] * 3), Limits(pages=2)))


@pytest.mark.parametrize("times", [1, 2])
def test_a_stream_that_unpacks_to_too_much_is_refused_unopened(times):
    packed = b"0" * 2_000_000
    for _ in range(times):
        packed = zlib.compress(packed)
    data = b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"

    with pytest.raises(DocumentUnreadable, match="unpacks to more than 1000000 bytes"):
        list(read(data, Limits(unpacked_bytes=1_000_000)))


def test_without_the_extra_the_reader_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfplumber", None)

    with pytest.raises(DocumentUnreadable, match=r"ketenraming\[pdf\]"):
        list(read(b"%PDF-1.4", USUAL))


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.7\n%%EOF", to_pdf(cuttings())[:400]])
def test_a_truncated_file_is_refused_or_empty(data):
    try:
        assert list(read(data, USUAL)) == []
    except DocumentUnreadable as error:
        assert "PDF" in str(error)


def test_an_encrypted_file_is_refused():
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (a)] /Size" % (
        b"o" * 32,
        b"u" * 32,
    )

    with pytest.raises(DocumentUnreadable, match="PDF"):
        list(read(to_pdf(cuttings()).replace(b"/Size", lock), USUAL))


def test_an_empty_page_gives_nothing():
    assert list(read(pdf_of([[]]), USUAL)) == []


@settings(max_examples=30, deadline=None)
@given(noise=st.binary(min_size=1, max_size=60), place=st.integers(0, 4000), cut=st.booleans())
def test_any_bytes_give_blocks_or_a_refusal(noise, place, cut):
    data = to_pdf(cuttings())

    for damaged in (
        noise,
        b"%PDF-" + noise,
        data[:place] if cut else data[:place] + noise + data[place + len(noise) :],
    ):
        try:
            assert all(isinstance(block, Paragraph | Table) for block in read(damaged, USUAL))
        except DocumentUnreadable as error:
            assert str(error)
