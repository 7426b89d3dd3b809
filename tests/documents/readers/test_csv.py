import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.convert import grid
from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import USUAL, Limits, Paragraph, Table
from ketenraming.documents.readers.csv import read

BUDGET = """\
Begrotingsjaar;Hoofdstuknummer;Fase;Artikelnummer;Artikelnaam;VUO;Totaal;Artikelonderdeelnaam;Artikelonderdeelnummer;\
Instrumentnaam;Detailnaam;t-1;t;jaar t+1 (x € 1.000);Index
2026;XX;OWB;37;Asiel en Migratie;V;J;;;;;8504260;8858648;5132070;1
2026;XX;OWB;37;Asiel en Migratie;U;J;;;;;8500817;8.865.612;5137297;2
2026;XX;OWB;37;Asiel en Migratie;U;N;"Toegang; opvang";4;Bijdrage aan agentschappen;IND;966319;1019723;962721;3
2026;XX;OWB;37;Asiel en Migratie;U;N;"Toegang; opvang";4;Bijdrage aan agentschappen;Taakstelling;;-3275;0;4
2026;XX;OWB;37;Asiel en Migratie;U;J;"Toegang; opvang";4;Opdrachten;Totaal;105328;108953;97885;5
2026;XX;OWB;37;Asiel en Migratie;O;N;;;;;385972;13826;13826;6
"""


def test_detail_lines_become_the_main_table_of_their_article():
    (table,) = read(BUDGET.encode(), USUAL)

    assert table.title == "Artikel 37 Asiel en Migratie (x € 1.000)"
    assert grid(table) == [
        ["Art.", "", "2025", "2026", "2027"],
        ["", "Verplichtingen", "8504260", "8858648", "5132070"],
        ["", "Uitgaven", "8500817", "8.865.612", "5137297"],
        ["37.4", "Toegang; opvang", "", "", ""],
        ["", "Bijdrage aan agentschappen", "", "", ""],
        ["", "IND", "966319", "1019723", "962721"],
        ["", "Taakstelling", "", "-3275", "0"],
        ["", "Opdrachten", "105328", "108953", "97885"],
        ["", "Ontvangsten", "385972", "13826", "13826"],
    ]
    assert table.rows[5][3].at == "regel 4, kolom 13"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings_vary(separator, encoding):
    rows = [["Begrotingsjaar", "Artikel nummer", "Artikel", "Uitgaven Ontvangsten Verplichtingen", "Realisatie"]]
    rows.append(["2026", "37", "Oekraïense ontheemden", "U", '"2782443,5"'])

    (table,) = read("\r\n".join(separator.join(row) for row in rows).encode(encoding), USUAL)

    assert table.title == "Artikel 37 Oekraïense ontheemden"
    assert grid(table) == [["Art.", "", "2026"], ["", "Uitgaven", "2782443,5"]]


def test_the_rows_of_the_interface_are_joined_by_line_and_never_added():
    data = """hoofdstuk_nummer,artikel_nummer,artikelonderdeel_nummer,artikelonderdeel_naam,\
instrument_of_uitsplitsing_apparaat_naam,regeling_detailniveau_naam,jaar,vuo,bedrag
XX,37,4,Toegang,Agentschappen,IND,2025,U,966319.00
XX,37,4,Toegang,Agentschappen,IND,2026,U,1019723.5
XX,37,4,Toegang,Agentschappen,IND,2026,V,10
XX,37,4,Toegang,Agentschappen,DJI,2026,V,20
XX,37,4,Toegang,Agentschappen,IND,2026,O,30
XX,37,5,Terugkeer,Subsidies,REAN,2026,O,40
"""

    (table,) = read(data.encode(), USUAL)

    assert grid(table) == [
        ["Art.", "", "2025", "2026"],
        ["", "Verplichtingen", "", ""],
        ["", "IND", "", "10"],
        ["", "DJI", "", "20"],
        ["", "Uitgaven", "", ""],
        ["37.4", "Toegang", "", ""],
        ["", "Agentschappen", "", ""],
        ["", "IND", "966319", "1019723,5"],
        ["", "Ontvangsten", "", ""],
        ["", "IND", "", "30"],
        ["", "REAN", "", "40"],
    ]


def test_without_a_total_in_the_file_no_expenditure_row_is_made():
    data = "jaar;vuo;artikelnummer;artikelonderdeelnummer;artikelonderdeelnaam;bedrag\n2026;U;37;1;DTenV;95022\n"

    (table,) = read(data.encode(), USUAL)

    assert grid(table) == [["Art.", "", "2026"], ["37.1", "DTenV", "95022"]]


def test_a_line_that_is_there_twice_stays_two_rows():
    data = "jaar;vuo;artikelnummer;instrument;bedrag\n2026;U;37;Opdrachten;1\n2026;U;37;Opdrachten;1\n"

    (table,) = read(data.encode(), USUAL)

    assert grid(table)[1:] == [["", "Opdrachten", "1"], ["", "Opdrachten", "1"]]


def test_articles_and_chapters_stay_apart():
    data = "jaar;begrotingsnummer;vuo;artikelnummer;bedrag\n2026;VI;U;37;1\n2026;XX;U;37;2\n2026;XX;U;38;3\n"

    tables = list(read(data.encode(), USUAL))

    assert [grid(table)[1][2] for table in tables] == ["1", "2", "3"]


def test_the_older_file_names_every_stand_and_its_unit():
    data = """Begrotingsjaar;Valuta;eenheid;U/V/O;Begrotingsstaat;Onderdeel;Omschrijving;\
ontwerpbegroting;vastgestelde begroting;1ste suppletoire;2de suppletoire;Realisatie;Url
2014;Euro;miljoen;U;VI;37;Vreemdelingen;866,3;866,3;900,1;910,0;905,2;http://x
"""

    (table,) = read(data.encode(), USUAL)

    assert table.title == "Artikel 37 Vreemdelingen (x € 1 mln.)"
    assert grid(table)[0][2:] == [
        "2014 ontwerpbegroting",
        "2014 vastgestelde begroting",
        "2014 1ste suppletoire",
        "2014 2de suppletoire",
        "2014 Realisatie",
    ]
    assert grid(table)[1] == ["", "Uitgaven", "866,3", "866,3", "900,1", "910,0", "905,2"]


def test_phases_in_one_file_are_columns_of_their_own():
    data = "jaar;fase;vuo;artikelnummer;bedrag\n2026;OWB;U;37;1\n2026;O1;U;37;2\n"

    (table,) = read(data.encode(), USUAL)

    assert grid(table) == [["Art.", "", "2026 OWB bedrag", "2026 O1 bedrag"], ["", "Uitgaven", "1", "2"]]


def test_rows_that_cannot_be_placed_are_kept_apart():
    data = "jaar;vuo;artikelnummer;bedrag\n2026;U;37;1\n2026;X;37;2\nonbekend;U;37;3\n2026;U;;4\n"

    _, strays = read(data.encode(), USUAL)

    assert [row[3] for row in grid(strays)] == ["bedrag", "2", "3", "4"]


def test_any_other_file_is_a_grid():
    data = 'Productgroep;bedrag;%\nAsiel;399.853;39,0%\n"Taak-\nstellingen";‒ 3.275;\nproductie;785.141;\n'

    (table,) = read(data.encode(), USUAL)

    assert table.aligned
    assert grid(table) == [
        ["Productgroep", "bedrag", "%"],
        ["Asiel", "399.853", "39,0%"],
        ["Taak- stellingen", "‒ 3.275", ""],
        ["productie", "785.141", ""],
    ]
    assert [row[0].at for row in table.rows] == [f"regel {n}, kolom 1" for n in (1, 2, 3, 5)]


def test_headings_between_tables_of_a_grid_are_paragraphs():
    data = "Kengetallen\n;2025;2026\nInstroom;1;2\n\n37.4;Toegang\nNidos\n;2025\nPupillen;3\n"

    blocks = list(read(data.encode(), USUAL))

    assert blocks[0] == Paragraph("Kengetallen", "regel 1, kolom 1")
    assert blocks[1].title == "Kengetallen"


def test_more_fields_than_will_be_read_are_refused():
    with pytest.raises(DocumentUnreadable, match="more than 100 cells"):
        list(read(b";" * 2000, Limits(cells=100)))


def test_years_times_lines_that_do_not_fit_are_refused():
    rows = (f"{1900 + i};U;37;naam {i};1" for i in range(200))
    data = "jaar;vuo;artikelnummer;instrument;bedrag\n" + "\n".join(rows)

    with pytest.raises(DocumentUnreadable, match="more than 5000 cells"):
        list(read(data.encode(), Limits(cells=5000)))


def test_a_field_without_end_is_refused():
    with pytest.raises(DocumentUnreadable, match="CSV"):
        list(read(b'a;"' + b"x" * 200_000, USUAL))


@settings(max_examples=30, deadline=None)
@given(noise=st.binary(max_size=60), place=st.integers(0, 700))
def test_any_bytes_give_blocks_or_a_refusal(noise, place):
    data = BUDGET.encode()

    for damaged in (noise, data[:place] + noise + data[place:]):
        try:
            assert all(isinstance(block, Paragraph | Table) for block in read(damaged, USUAL))
        except DocumentUnreadable as error:
            assert str(error)
