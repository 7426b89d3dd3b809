import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.convert import cuttings, grid, to_html
from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import USUAL, Limits, Paragraph, Table
from ketenraming.documents.readers.html import read


def test_tables_come_back_from_a_page():
    page = to_html(cuttings())

    tables = [block for block in read(page, USUAL) if isinstance(block, Table)]

    assert [table.title for table in tables] == [p.text for p in cuttings().paragraphs]
    assert grid(tables[0])[:3] == [
        ["", "", "2024", "2025", "2026"],
        ["Art.", "Verplichtingen", "0", "8.504.260", "8.858.648"],
        ["", "Uitgaven", "0", "8.500.817", "8.865.612"],
    ]
    assert grid(tables[2])[1:] == [
        ["Asiel", "399.853", "39,0%"],
        ["productie (pxq)", "785.141", ""],
        ["Taakstellingen HLA/RP", "‒ 3.275", ""],
    ]


def test_a_merged_cell_stands_in_its_first_column_and_row():
    page = b"""<table>
      <thead><tr><th rowspan=2>Keten</th><th>Realisatie</th><th colspan="2">Prognose</th></tr>
      <tr><th>2024</th><th>2025</th><th>2026</th></tr></thead>
      <tbody><tr><td>Asielinstroom</td><td>46.460</td><td>59.000</td><td>60.200</td></tr></tbody></table>"""

    (table,) = read(page, USUAL)

    assert grid(table) == [
        ["Keten", "Realisatie", "Prognose", ""],
        ["", "2024", "2025", "2026"],
        ["Asielinstroom", "46.460", "59.000", "60.200"],
    ]
    assert table.aligned
    assert table.rows[2][1].at == "regel 4"


def test_footnote_marks_are_not_glued_to_numbers():
    page = """<p>Reserve 2011<sup>1</sup> en ODA<a href="#noot3">3</a>.</p>
      <table><tr><td>Asiel<sup><a href="#n1">1</a></sup></td><td>46.460 <a href="https://x.nl/p#n2">[2]</a></td>
      <td><b>5</b>9.000</td><td><a href="#detail">12</a></td></tr></table>"""

    paragraph, table = read(page.encode(), USUAL)

    assert paragraph == Paragraph("Reserve 2011 en ODA.", "regel 1")
    assert grid(table) == [["Asiel", "46.460", "59.000", "12"]]


def test_what_is_around_the_article_is_left_out():
    page = b"""<html><head><title>T</title><style>p{}</style></head><body><nav><p>Menu</p></nav>
      <header><h1>Site</h1></header><form><p>Zoek</p></form><script>var a = "<p>x</p>";</script>
      <main>Los <h2>Kop</h2><ul><li>Een<ul><li>Twee</li></ul></li></ul><!-- weg --></main>
      <footer>Voet</footer></body></html>"""

    texts = [block.text for block in read(page, USUAL) if isinstance(block, Paragraph)]

    assert texts == ["Los", "Kop", "Een", "Twee"]


def test_a_table_inside_a_table_is_read_once():
    page = b"""<table><tr><td><p>Inleiding</p><table><tr><td>Asiel</td><td>10</td></tr></table></td></tr></table>"""

    blocks = list(read(page, USUAL))

    assert blocks[0] == Paragraph("Inleiding", "regel 1")
    assert [grid(block) for block in blocks[1:]] == [[["Asiel", "10"]]]


def test_a_caption_is_the_title_before_a_heading_is():
    page = b"""<h3>Kop</h3><table><caption>Tabel 7 (x 1.000)</caption><tr><td>a</td><td>1</td></tr></table>
      <table><tr><td>b</td><td>2</td></tr></table>"""

    titles = [block.title for block in read(page, USUAL) if isinstance(block, Table)]

    assert titles == ["Tabel 7 (x 1.000)", "Kop"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_an_undeclared_encoding_is_recognised(encoding):
    page = "<p>Oekraïense ontheemden: € 5</p>".encode(encoding)

    (paragraph,) = read(page, USUAL)

    assert paragraph.text == "Oekraïense ontheemden: € 5"


@pytest.mark.parametrize("span", ['colspan="99999999"', 'colspan="150000" rowspan="9999"'])
def test_a_cell_wider_than_any_table_is_refused(span):
    page = f"<table><tr><td {span}>x</td></tr><tr><td>y</td></tr><tr><td>z</td></tr></table>".encode()

    with pytest.raises(DocumentUnreadable, match="more than 200000 cells"):
        list(read(page, USUAL))


def test_wide_cells_that_together_are_too_many_are_refused():
    page = b"<table>" + b"<tr><td colspan=90>x</td></tr>" * 20 + b"</table>"

    with pytest.raises(DocumentUnreadable):
        list(read(page, Limits(cells=1000)))


@pytest.mark.parametrize(
    "page", [b"<html></html>", b"<!-- -->", b"<table></table>", b"<table><tr><td></td></tr></table>"]
)
def test_a_page_without_text_gives_nothing(page):
    assert list(read(page, USUAL)) == []


def test_deep_nesting_is_read_as_far_as_it_goes():
    page = b"<div>" * 50_000 + b"<p>diep</p>"

    assert all(isinstance(block, Paragraph) for block in read(page, USUAL))


@settings(max_examples=30, deadline=None)
@given(noise=st.binary(max_size=300), place=st.integers(0, 2000))
def test_any_bytes_give_blocks_or_a_refusal(noise, place):
    page = to_html(cuttings())

    for data in (noise, page[:place] + noise + page[place:]):
        try:
            assert all(isinstance(block, Paragraph | Table) for block in read(data, USUAL))
        except DocumentUnreadable as error:
            assert str(error)
