"""Pages without a browser: what stands in them, what goes with them, and how they refuse."""

import pytest
from lxml import html

from ketenraming.web.guard import HEADERS
from ketenraming.web.site import LANGS, SLUGS, path_of

CASE = {"product": "asiel", "received": "2023-10-01", "judgment": "2025-06-01", "on": "2025-11-01"}


@pytest.mark.parametrize(
    ("accepts", "to"), [("en-GB,en;q=0.9", "/en/"), ("nl", "/nl/"), ("fr,en", "/en/"), ("", "/nl/")]
)
def test_who_comes_first_gets_the_language_of_the_browser(api, accepts, to):
    answer = api.get("/", headers={"accept-language": accepts}, follow_redirects=False)

    assert answer.headers["location"] == to


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", [page for page in SLUGS if page != "history"])
def test_every_page_has_one_heading_its_own_language_and_a_strict_policy(api, page, lang):
    answer = api.get(path_of(page, lang))

    read = html.document_fromstring(answer.text)
    assert answer.status_code == 200
    assert read.get("lang") == lang
    assert len(read.xpath("//h1")) == 1
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "app;dur=" in answer.headers["server-timing"]
    assert not read.xpath("//*[@style] | //script[not(@src)] | //style | //@*[starts-with(name(), 'on')]")


def test_no_page_asks_anything_of_another_host(api):
    read = html.document_fromstring(api.get("/nl/doorrekenen").text)

    asked = [*read.xpath("//script/@src"), *read.xpath("//link/@href"), *read.xpath("//img/@src")]
    assert asked
    assert all(one.startswith(("/static/", "data:")) for one in asked)


def test_an_asset_is_kept_for_ever_only_under_the_address_of_its_content(api):
    named = html.document_fromstring(api.get("/nl/").text).xpath("//link[@rel='stylesheet']/@href")[0]

    assert "immutable" in api.get(named).headers["cache-control"]
    assert api.get(named.partition("?")[0]).headers["cache-control"] == "no-cache"
    assert api.get("/static/nothing.js").status_code == 404


def test_a_late_case_is_told_with_its_penalty_and_the_law_of_each_step(api):
    read = html.document_fromstring(api.get("/nl/te-laat", params=CASE).text)

    words = " ".join(read.text_content().split())
    assert "te laat sinds 2 januari 2025" in words
    assert "€ 4.100 over 41 dagen" in words
    assert "Vreemdelingenwet 2000, artikel 42, lid 1" in words


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("/nl/te-laat?received=gisteren", 422, "dat is geen dag"),
        ("/en/late?received=yesterday", 422, "is no day. Write it as"),
        ("/nl/doorrekenen?instroom=999", 422, "van -60 tot en met 150"),
        ("/nl/nergens", 404, "Deze pagina is er niet"),
        ("/en/nowhere", 404, "This page is not here"),
    ],
)
def test_what_cannot_be_is_said_on_a_page_of_the_site(api, path, status, why):
    answer = api.get(path)

    read = html.document_fromstring(answer.text)
    assert answer.status_code == status
    assert why in read.xpath("//*[@role='alert']")[0].text_content()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/nl/doorrekenen", "De schuif ‘Asielaanvragen’ kan niet op 999"),
        ("/en/explore", "instroom cannot stand at 999"),
    ],
)
def test_a_lever_that_asks_for_what_cannot_be_gets_one_sentence_as_json(api, path, why):
    answer = api.get(f"{path}/live?instroom=999")

    assert answer.status_code == 422
    assert answer.json()["error"].startswith(why)


@pytest.mark.parametrize(("method", "path"), [("post", "/nl/doorrekenen"), ("delete", "/nl/toets")])
def test_pages_take_no_more_than_they_must(api, method, path):
    answer = getattr(api, method)(path)

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
