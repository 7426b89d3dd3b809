"""Pages without a browser: what stands in them, what goes with them, and how they refuse."""

import re
from collections.abc import Callable
from functools import cache
from string import Formatter

import pytest
from lxml import html

from ketenraming.reports.refused import refused
from ketenraming.web import uploads
from ketenraming.web.guard import HEADERS, LONGEST, MOST_BYTES
from ketenraming.web.site import LANGS, SLUGS, path_of
from ketenraming.web.turns import Busy, Turns

CASE = {"product": "asiel", "received": "2023-10-01", "judgment": "2025-06-01", "on": "2025-11-01"}
TWICE_SET = "?s=bescherming-eindigt-2027-vertrek&bescherming=18"
UNDONE = "?s=huisvesting-stagneert&s=huisvesting-taakstelling-gehaald"
WRONG = (  # page, what is asked of it, and a part of what is said in Dutch and in English
    ("explore", "?jaar=1999", "Er is geen jaar '1999'.", "There is no year '1999'."),
    ("explore", "?regel=38", "Er is geen regel '38'. Bedoelt u 37?", "There is no line '38'. Did you mean 37?"),
    ("explore", "?s=ind-plus-21", "Bedoelt u ind-plus-20 of instroom", "Did you mean ind-plus-20 or instroom"),
    ("explore", "?s=a&s=b&s=c&s=d&s=e&s=f", "Er zijn 6 scenario's gevraagd.", "6 scenarios were asked for"),
    ("explore", "?instroom=veel", "‘Asielaanvragen’ staat op 'veel'.", "‘Asylum applications’ stands at 'veel'."),
    ("explore", "?instroom=999", "van -60 tot en met 150, in stappen van 5", "from -60 to 150, in steps of 5"),
    ("explore", TWICE_SET, "legt dit ook vast, vanaf 1 juli 2030; houd", "sets it too, from 2030-07-01 on; keep"),
    ("explore", UNDONE, "doet het vermenigvuldigen in", "setting it undoes the scale of"),
    ("explore", "/outcome?instroom=999", "kan niet op 999 staan", "cannot stand at 999"),
    ("explore", "/chart/persons.svg", "Er is geen grafiek 'persons'.", "There is no chart 'persons'."),
    ("explore", "/chart/people.gif", "Er is geen grafiek in de vorm 'gif'.", "There is no form of a chart 'gif'."),
    ("explore", "/document/xlsx,docx", "in de vorm 'xlsx,docx'.", "There is no format 'xlsx,docx'."),
    ("explore", "/document/rtf", "Er is geen document in de vorm 'rtf'.", "There is no format 'rtf'."),
    ("chain", "?maand=2031-01", "van 2025-01 tot en met 2030-12", "choose from 2025-01 to 2030-12"),
    (
        "chain",
        "?nareis=1e3",
        "‘Nareisaanvragen per vergunning’ staat op",
        "‘Family applications per permit’ stands at '1e3'",
    ),
    ("history", "?regel=99", "Er is geen regel met edities '99'.", "There is no line with editions '99'."),
    ("history", "?jaar=1900", "van regel 37.4/zbo/coa voor het jaar '1900'.", "no year of 37.4/zbo/coa '1900'."),
    ("trace", "?wat=opvang", "Bedoelt u", "Did you mean"),
    ("gemeente", "?gemeente=Utrect", "Er is geen gemeente 'Utrect'.", "There is no municipality 'Utrect'."),
    ("gemeente", "?gemeente=Bergen", "'Bergen' kan Bergen (NH.) of", "'Bergen' is Bergen (NH.) or"),
    ("gemeente", "?jaar=straks", "Bij ‘Jaar’ staat 'straks'", "‘Year’ says 'straks', which is no year."),
    ("gemeente", "?jaar=2050", "Het jaar 2050 valt niet in", "The year 2050 is not one of"),
    ("gemeente", "?oekraine=veel", "Bij ‘Plaatsen Oekraïne’ staat 'veel'.", "‘Places Ukraine’ says 'veel'."),
    ("gemeente", "?oekraine=-1", "Kies een getal van 0 tot en met 9999.", "Choose a number from 0 to 9999."),
    ("gemeente", "?s=none", "Er is geen scenario 'none'.", "There is no scenario 'none'."),
    ("gemeente", "?ruil=Utrecht&plaatsen=5", "kan niet met zichzelf ruilen", "cannot swap with itself"),
    ("gemeente", "?ruil=Groningen&plaatsen=5", "binnen één provincie verdeeld", "divided within one province"),
    ("gemeente", "?ruil=Ede&personen=9999", "Ede zou een opgave onder nul krijgen", "Ede would have a task below"),
    ("deadline", "?received=gisteren", "‘Aanvraag ontvangen op’ staat 'gisteren'; dat is geen dag.", "is no day."),
    ("deadline", "?received=1900-01-01", "Kies een jaar van 1950 tot en met 2100.", "Choose a year from 1950 to 2100."),
    (
        "deadline",
        "?received=2024-01-02&decided=2024-01-01",
        "dat is vóór 2 januari 2024",
        "which is before 2 January 2024",
    ),
    ("deadline", "?received=2024-01-01&product=asyl", "Er is geen soort aanvraag 'asyl'.", "There is no product"),
    (
        "deadline",
        "?received=2010-01-01&product=mvv",
        "De wet geldt vanaf 1 juni 2013.",
        "The law holds from 1 June 2013.",
    ),
    ("deadline", "?received=2024-01-01&product=mvv&second=1", "Kruis ook de eerste", "only after a first"),
    (
        "deadline",
        "?received=2024-01-01&product=mvv-studie&first=1",
        "Laat de verlenging weg.",
        "Leave the extension out.",
    ),
    ("deadline", "?received=2026-01-01&product=nareis&first=1", "stelt geen grens aan", "has no limit to"),
    (
        "deadline",
        "?received=2024-01-01&product=mvv&first=1&until=2030-01-01",
        "uiterlijk op 30 juni 2024",
        "on 30 June 2024 at",
    ),
    (
        "deadline",
        "?received=2024-01-01&product=mvv&until=2024-05-01",
        "Geef ook de eerste",
        "Tick the first extension too",
    ),
    ("deadline", "?received=2024-01-01&cap=7500", "hoort bij een uitspraak", "is of a judgment"),
    ("deadline", "?received=2024-01-01&judgment=2025-01-01&cap=veel", "‘Maximum van de rechter, in", "is no number"),
    ("deadline", "?received=2024-01-01&applicants=1.5", "Vul een geheel getal in", "Give a whole number."),
    (
        "deadline",
        "?received=2024-01-02&notice=2024-01-01",
        "‘Ingebrekestelling ontvangen op’ staat",
        "‘Notice of default received on’ says",
    ),
    ("deadline", "?received=2024-01-01&protected_from=2024-02-01", "ook een laatste dag", "has a last day too"),
    ("deadline", "?received=1980-01-01", "1 januari 1980", "1980-01-01"),
    ("trace", "?regel=37.4/zbo/co", "Er is geen regel '37.4/zbo/co'.", "There is no line '37.4/zbo/co'."),
    ("trace", "?jaar=31", "Er is geen jaar '31'.", "There is no year '31'."),
)
SENT = (  # the content of a document, and a part of what is said in Dutch and in English
    (b"", "Er is geen stuk meegestuurd.", "No document was sent."),
    (b"Woorden.", "stuk.xyz bevat geen getallen om te toetsen.", "stuk.xyz holds no numbers to check."),
    (b"%PDF-1.7 and no more", "Het stuk is opgevat als pdf,", "This was taken for PDF but cannot be read"),
)


@pytest.fixture(scope="module")
def alert(api) -> Callable[..., str]:
    """What the alert of a page says, of a request that cannot be; each is asked once."""

    @cache
    def said(page: str, lang: str, rest: str = "", status: int = 422, sent: bytes | None = None) -> str:
        files = None if sent is None else {"stuk": ("stuk.xyz", sent)}
        answer = api.request("POST" if files else "GET", path_of(page, lang) + rest, files=files)
        read = html.document_fromstring(answer.text)
        assert (answer.status_code, read.get("lang"), len(read.xpath("//h1"))) == (status, lang, 1)
        (found,) = read.xpath("//*[@role='alert']")
        return found.text_content()

    return said


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


MORE = {
    "product": "asiel", "received": "2024-09-05", "moratorium": "2024-12-14", "notice": "2025-09-08",
    "judgment": "2025-10-01", "weeks": "8", "day_price": "100,50", "cap": "7500", "applicants": "2", "on": "2026-02-05",
}  # fmt: skip


def test_more_details_are_asked_for_in_a_form_that_needs_no_script(api):
    read = html.document_fromstring(api.get("/nl/te-laat").text)

    (more,) = read.xpath("//main//form//details")
    fields = more.xpath(".//input/@id")
    assert fields == ["moratorium", "protected_from", "protected_until", "weeks", "day_price", "cap", "applicants"]
    assert [label.get("for") for label in more.xpath(".//label")] == fields
    assert more.xpath("./summary")
    assert more.get("open") is None
    assert read.xpath("//main//*[@style]") == []


def test_more_details_change_what_is_told_and_stay_in_the_form(api):
    read = html.document_fromstring(api.get("/nl/te-laat", params=MORE).text)

    words = " ".join(read.text_content().split())
    assert "Niet te laat op 5 februari 2026. De laatste dag is 5 maart 2026." in words
    assert "besluitmoratorium als pauze: laatste dag 5 september 2025; samen € 7.135,50" in words
    assert "Rechters verschillen" in words
    assert "Wetsvoorstel 35 749" in words
    assert read.xpath("//main//form//details/@open")
    assert read.xpath("//input[@id='day_price']/@value") == ["100.50"]


def test_before_a_judgment_the_page_tells_the_way_to_a_court_and_each_applicant_a_part(api):
    case = {"product": "regulier", "received": "2024-01-02", "notice": "2024-05-01", "applicants": "4",
            "on": "2024-05-20"}  # fmt: skip

    words = " ".join(html.document_fromstring(api.get("/nl/te-laat", params=case).text).text_content().split())

    assert "De weg naar de rechter Beroep kan vanaf 16 mei 2024" in words
    assert "Ieder van de 4 aanvragers krijgt € 34,50." in words


@pytest.mark.parametrize(("page", "rest", "dutch", "english"), WRONG)
def test_what_cannot_be_is_said_on_a_page_of_the_site_in_its_language(alert, page, rest, dutch, english):
    assert dutch in alert(page, "nl", rest)
    assert english in alert(page, "en", rest)


@pytest.mark.parametrize(("content", "dutch", "english"), SENT)
def test_a_document_that_cannot_be_checked_is_told_so_in_the_language_of_the_page(alert, content, dutch, english):
    assert dutch in alert("check", "nl", sent=content)
    assert english in alert("check", "en", sent=content)


def test_no_dutch_page_begins_to_say_a_refusal_in_english(alert, library):
    beginnings = [text for text in map(beginning, library.refusals["nl"]) if text]

    told = [(english, alert(page, "nl", rest)) for page, rest, _, english in WRONG]
    told += [(english, alert("check", "nl", sent=content)) for content, _, english in SENT]

    assert len(beginnings) > 80
    assert [(text, why) for english, why in told for text in (english, *beginnings) if text in why] == []


def beginning(template: str) -> str:
    """The first piece of a template of three words or more between what is filled in; nothing where it has none."""
    pieces = (piece.strip() for piece, *_ in Formatter().parse(template))
    return next((piece for piece in pieces if piece.count(" ") >= 2), "")


@pytest.mark.parametrize(("lang", "why"), [("nl", "Deze pagina is er niet"), ("en", "This page is not here")])
def test_what_is_not_here_is_said_on_a_page_of_the_site(alert, lang, why):
    assert why in alert("overview", lang, "nergens", status=404)


@pytest.mark.parametrize(
    ("lang", "long", "large"),
    [
        ("nl", "Het adres is langer dan 4.096 tekens.", "Wat is meegestuurd, is groter dan 10 MB."),
        ("en", "The address is longer than 4096 signs.", "What was sent is larger than 10 MB."),
    ],
)
def test_what_is_larger_than_it_may_be_is_said_on_a_page_of_the_site(alert, lang, long, large):
    assert long in alert("overview", lang, f"?{LONGEST * 'x'}", status=414)
    assert large in alert("check", lang, status=413, sent=bytes(MOST_BYTES))


def test_who_comes_when_all_places_are_taken_is_told_when_to_come_back(library):
    turns = Turns("checks of documents", at_once=1, wait=0)

    with turns.turn(), pytest.raises(Busy) as refusal, turns.turn():
        pass

    assert refused(refusal.value, library, "nl") == (
        "Er lopen al 1 toetsen van stukken. Probeer het over 0 seconden opnieuw."
    )


def test_a_page_that_is_too_busy_for_a_document_says_when_to_come_back(api, monkeypatch):
    turns = Turns("checks of documents", at_once=1, wait=1)
    monkeypatch.setattr(uploads, "_turns", turns)

    with turns.turn():
        answer = api.post("/nl/toets", files={"stuk": ("stuk.txt", b"1")})

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert "Probeer het over 1 seconden opnieuw" in answer.text


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/nl/doorrekenen", "De schuif ‘Asielaanvragen’ kan niet op 999"),
        ("/en/explore", "The lever ‘Asylum applications’ cannot stand at 999"),
    ],
)
def test_a_lever_that_asks_for_what_cannot_be_gets_one_sentence_as_json(api, path, why):
    answer = api.get(f"{path}/live?instroom=999")

    assert answer.status_code == 422
    assert answer.json()["error"].startswith(why)


@pytest.mark.parametrize(
    ("asked", "charts"),
    [("", ["people", "money", "backlog"]), ("&grafieken=backlog,people", ["people", "backlog"]), ("&grafieken=", [])],
)
def test_a_page_that_moves_gets_the_charts_that_it_asks_for(api, asked, charts):
    answer = api.get(f"/nl/doorrekenen/live?instroom=10{asked}").json()

    assert list(answer["charts"]) == charts
    assert answer["query"].startswith("instroom=10")


def test_a_chart_that_is_none_is_refused(api):
    answer = api.get("/nl/doorrekenen/live?grafieken=people,pie")

    assert answer.status_code == 422
    assert "pie" in answer.json()["error"]


@pytest.mark.parametrize(("method", "path"), [("post", "/nl/doorrekenen"), ("delete", "/nl/toets")])
def test_pages_take_no_more_than_they_must(api, method, path):
    answer = getattr(api, method)(path)

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_large_number_leads_to_where_it_comes_from(api, lang):
    shown = html.fromstring(api.get(f"{path_of('explore', lang)}?instroom=25&jaar=2028&regel=37.4%2Fzbo%2Fcoa").text)

    for link in shown.xpath("//*[@class='tiles']//a[@class='value']"):
        place, _, part = link.get("href").partition("#")
        traced = html.fromstring(api.get(place).text)
        (heading,) = traced.xpath(f"//h2[@id='{part or 'number'}']")
        assert _amount(heading.text_content(), lang) == pytest.approx(_amount(link.text, lang), rel=1e-3)


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_beside_a_chart_lead_to_where_they_come_from(api, lang):
    shown = html.fromstring(api.get(f"{path_of('explore', lang)}?instroom=25").text)
    (link,) = shown.xpath("//figure[@data-chart='people']//tr[th='2027']//a")

    traced = html.fromstring(api.get(link.get("href")).text)

    assert link.text in traced.xpath("string(//h2[@id='number'])")
    assert "wat=opvang_stock_avg" in link.get("href")


def _amount(text, lang):
    """The first number of a text, in ones."""
    separator, mark = (".", ",") if lang == "nl" else (",", ".")
    found = re.search(rf"[0-9{separator}]+([{mark}][0-9]+)?", text.split(": ")[-1])
    size = next((10**power for word, power in (("mld", 9), ("bn", 9), ("mln", 6), ("m", 6)) if text.endswith(word)), 1)
    return float(found[0].replace(separator, "").replace(mark, ".")) * size
