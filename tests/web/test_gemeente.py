"""The page of a municipality: the address says what is asked, and what cannot be is one sentence."""

import pytest


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nl/gemeente", ("Gemeente Utrecht, 2026", "1.843", "Gemeenten van Utrecht", "geen rangorde")),
        ("/en/municipality?gemeente=GM1680&jaar=2027", ("Municipality of Aa en Hunze, 2027", "Drenthe", "no ranking")),
        ("/nl/gemeente?s=instroom-plus-10000&jaar=2027", ("Verondersteld: instroom-plus-10000",)),
        ("/nl/gemeente?jaar=2029", ("in dit jaar dus niets", "Gemeente Utrecht, 2029")),
        ("/en/municipality?jaar=2030", ("so nothing in this year",)),
        ("/nl/gemeente?jaar=2025", ("96.000: cyclus 1", "30 september 2025")),
        (
            "/nl/gemeente?particulier=30&volwassenen=2&minderjarigen=2&inkomen=1&thuis=1&verleend=100000&besteed=115000",
            ("17.280", "1.147,32", "244,22", "15.000", 'name="thuis" value="1" checked'),
        ),
        ("/nl/gemeente?ruil=GM0355&personen=20&plaatsen=-30&achterstand=120", ("Ruil van plaatsen", "433", "333")),
    ],
)
def test_the_address_says_what_is_shown(api, path, words):
    answer = api.get(path)

    assert answer.status_code == 200
    assert [word for word in words if word not in answer.text] == []


@pytest.mark.parametrize(
    "query",
    ["gemeente=Nergens", "jaar=2050", "jaar=straks", "oekraine=veel", "oekraine=-1", "s=../../etc/passwd",
     "ruil=Ede&plaatsen=5", "doorstroom=9000", "volwassenen=1&inkomen=2", "minderjarigen=21"],
)  # fmt: skip
def test_what_cannot_be_is_told_on_a_page(api, query):
    answer = api.get(f"/nl/gemeente?{query}")

    assert answer.status_code == 422
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_the_map_names_every_province_and_its_number(api, library):
    text = api.get("/nl/gemeente").text

    assert [each.name for each in library.gemeenten.provinces.values() if f"{each.name} " not in text] == []
    assert "Zuid-Holland 14.021 te vinden" in text
    assert "Flevoland 1.888 over" in text
