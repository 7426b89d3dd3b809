import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.convert import cuttings, grid, to_op_xml
from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import USUAL, Limits, Paragraph, Table
from ketenraming.documents.readers.op_xml import read

BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "lol">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">
]><kamerstuk><al>&g;</al></kamerstuk>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><kamerstuk><al>&x;</al></kamerstuk>"""


def test_tables_come_back_from_a_publication():
    publication = to_op_xml(cuttings())

    tables = [block for block in read(publication, USUAL) if isinstance(block, Table)]

    assert [table.title for table in tables] == [p.text for p in cuttings().paragraphs]
    assert grid(tables[0])[3] == ["37.1", "Apparaat Dienst Terugkeer en Vertrek", "0", "91.603", "95.022"]
    assert grid(tables[1])[3] == ["Instroom Visa", "1.950", "2.000", "2.500"]
    assert grid(tables[2])[3] == ["Taakstellingen HLA/RP", "‒ 3.275", ""]


def test_spans_named_by_their_columns_are_expanded():
    publication = b"""<staatscourant xmlns="urn:x"><table><title>Kengetallen</title><tgroup cols="4">
      <colspec colname="a" colnum="1"/><colspec colname="b"/><colspec colname="c"/><colspec colname="d"/>
      <thead><row><entry morerows="1"><al>Keten</al></entry><entry><al>Realisatie</al></entry>
      <entry namest="c" nameend="d"><al>Prognose</al></entry></row>
      <row><entry>2024</entry><entry>2025</entry><entry>2026</entry></row></thead>
      <tbody><row><entry><al>Asiel-</al><al>instroom</al></entry>
      <entry colname="d"><al>60.200</al></entry></row></tbody>
      </tgroup></table></staatscourant>"""

    (table,) = read(publication, USUAL)

    assert table.title == "Kengetallen"
    assert grid(table) == [
        ["Keten", "Realisatie", "Prognose", ""],
        ["", "2024", "2025", "2026"],
        ["Asiel- instroom", "", "", "60.200"],
    ]


def test_headings_paragraphs_and_list_items_come_in_order_without_footnotes():
    publication = b"""<officiele-publicatie><kop><label>Artikel</label><nr>37</nr><titel>Asiel</titel></kop>
      <tussenkop>IND</tussenkop><al>In 2011<noot id="n"><noot.nr>1</noot.nr><noot.al>Zie daar.</noot.al></noot> was
      er <nadruk type="cur">meer</nadruk>.</al><lijst><li><li.nr>1.</li.nr><al>Een</al></li></lijst>
      </officiele-publicatie>"""

    texts = [block.text for block in read(publication, USUAL) if isinstance(block, Paragraph)]

    assert texts == ["Artikel 37 Asiel", "IND", "In 2011 was er meer.", "Een"]


def test_a_footnote_in_a_cell_is_not_glued_to_its_number():
    publication = b"""<kamerstuk><table><tgroup cols="2"><tbody><row><entry><al>Asiel</al></entry>
      <entry><al>46.460<noot><noot.nr>1</noot.nr><noot.al>Noot</noot.al></noot></al></entry></row></tbody></tgroup>
      </table></kamerstuk>"""

    (table,) = read(publication, USUAL)

    assert grid(table) == [["Asiel", "46.460"]]
    assert table.rows[0][0].at == "regel 1"


@pytest.mark.parametrize("attack", [BILLION_LAUGHS, EXTERNAL])
def test_declared_entities_are_refused(attack):
    with pytest.raises(DocumentUnreadable):
        list(read(attack, USUAL))


def test_a_doctype_without_entities_is_read():
    publication = (
        b"""<!DOCTYPE kamerstuk SYSTEM "http://example.invalid/op.dtd"><kamerstuk><al>Tekst</al></kamerstuk>"""
    )

    assert [block.text for block in read(publication, USUAL)] == ["Tekst"]


def test_other_xml_gives_nothing():
    assert list(read(b"<?xml version='1.0'?><gpx><trk><name>x</name></trk></gpx>", USUAL)) == []


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><kamerstuk><al>half", b"<a>&lt", b"<?xml?>", b"\xff\xfe<a/>"])
def test_broken_xml_is_refused_in_one_sentence(data):
    with pytest.raises(DocumentUnreadable, match="cannot be read"):
        list(read(data, USUAL))


@pytest.mark.parametrize("entry", ['<entry namest="a" nameend="b">', '<entry colname="b">'])
def test_a_column_far_away_is_refused(entry):
    publication = f"""<kamerstuk><table><tgroup><colspec colname="a" colnum="1"/><colspec colname="b" colnum="999999"/>
      <tbody><row>{entry}<al>x</al></entry></row></tbody></tgroup></table></kamerstuk>""".encode()

    with pytest.raises(DocumentUnreadable, match="more than 5000 cells"):
        list(read(publication, Limits(cells=5000)))


def test_an_empty_table_gives_nothing():
    assert list(read(b"<kamerstuk><table><tgroup cols='2'><tbody/></tgroup></table></kamerstuk>", USUAL)) == []


@settings(max_examples=30, deadline=None)
@given(noise=st.binary(max_size=60), place=st.integers(0, 2000))
def test_any_bytes_give_blocks_or_a_refusal(noise, place):
    publication = to_op_xml(cuttings())

    for data in (noise, publication[:place] + noise + publication[place:]):
        try:
            assert all(isinstance(block, Paragraph | Table) for block in read(data, USUAL))
        except DocumentUnreadable as error:
            assert str(error)
