"""Levers in a real browser: what moves, what follows, and what a link keeps."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Reader

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import number
from ketenraming.scenarios.run import run
from ketenraming.web.site import path_of

PEOPLE = '[data-tile="opvang_stock_avg"] .value'
NEEDED = '[data-tile="needed"] .value'
PAINTED = "() => performance.getEntriesByName('painted').length > 0"


def opened(reader: Reader, address: str, query: str = "") -> Page:
    """The page of levers, its script at work."""
    reader.page.goto(f"{address}{path_of('explore', 'nl')}{query}")
    reader.page.wait_for_selector("[data-ready]")
    return reader.page


def move(page: Page, lever: str, steps: int) -> None:
    """Move a lever by the keyboard, so many steps to the right, and wait until the charts are painted."""
    page.focus(f"#{lever}")
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(PAINTED)
    page.wait_for_function(f"() => document.querySelector('#{lever}-said').textContent !== 'ongewijzigd'")


def test_a_lever_moves_people_and_euros_and_charts(reader: Reader, address: str) -> None:
    page = opened(reader, address)
    people, needed = (
        page.locator(f'[data-tile="{name}"] .value').inner_text() for name in ("opvang_stock_avg", "needed")
    )

    move(page, "instroom", 8)

    expect(page.locator("#instroom-said")).to_have_text("40% meer")
    expect(page.locator(PEOPLE)).not_to_have_text(people)
    expect(page.locator(NEEDED)).not_to_have_text(needed)
    expect(page.locator(".drawn svg")).to_have_count(3)
    expect(page.locator("#why ~ figure svg").first).to_be_visible()
    assert reader.complaints == []


def test_the_tables_beside_the_charts_say_what_the_charts_say(reader: Reader, address: str) -> None:
    page = opened(reader, address)
    move(page, "instroom", 8)
    page.wait_for_url(re.compile("instroom=40"))
    page.locator('[data-chart="people"] summary').click()
    link = page.locator('[data-chart="people"] tbody tr', has_text="2027").locator("a")

    said = link.inner_text()
    link.click()

    assert said in page.locator("#number").inner_text()
    assert "instroom=40" in page.url and "wat=opvang_stock_avg" in page.url


def test_a_chart_out_of_sight_follows_when_nothing_moves(reader: Reader, address: str) -> None:
    page = opened(reader, address)
    page.set_viewport_size({"width": 1280, "height": 900})
    backlog = page.locator('[data-chart="backlog"]')
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live?" in request.url else None)

    move(page, "instroom", 9)
    expect(page.locator("#instroom-said")).to_have_text("45% meer")
    expect(backlog.locator(".drawn")).to_have_count(1)

    said = backlog.locator("tbody tr", has_text="2027").locator("a").text_content()
    expect(backlog.locator(".drawn .unseen")).to_contain_text(f"2027 {said}")
    assert {url.partition("grafieken=")[2] for url in asked} == {"people", ""}


def test_a_lever_does_not_wait_for_charts_that_nobody_sees(reader: Reader, address: str) -> None:
    page = opened(reader, address)
    held: list[str] = []

    def hold(route: Route) -> None:
        if "grafieken" in route.request.url:
            route.continue_()
        else:
            held.append(route.request.url)  # for all charts; it gets no answer

    page.route("**/live?*", hold)
    move(page, "instroom", 1)
    page.wait_for_url(re.compile("instroom=5"))

    move(page, "instroom", 1)

    expect(page.locator("#instroom-said")).to_have_text("10% meer")
    assert held


def test_the_address_keeps_the_state_and_gives_the_same_numbers(reader: Reader, address: str) -> None:
    page = opened(reader, address)
    move(page, "huisvesting", 4)
    page.wait_for_url(re.compile("huisvesting=20"))
    people = page.locator(PEOPLE).inner_text()

    link = page.url
    page.goto("about:blank")
    page.goto(link)

    assert page.locator(PEOPLE).inner_text() == people
    assert page.locator("#huisvesting").input_value() == "20"
    assert parse_qs(urlsplit(link).query)["huisvesting"] == ["20"]


def test_a_page_shows_the_numbers_of_the_run(reader: Reader, address: str, library: Library) -> None:
    known = run(library, scenarios=["instroom-plus-10000"]).terms["2027"]["opvang_stock_avg"].central

    page = opened(reader, address, "?s=instroom-plus-10000&jaar=2027")

    assert page.locator(PEOPLE).inner_text() == number(known, "nl")


def test_what_contradicts_itself_is_said_and_nothing_is_lost(reader: Reader, address: str) -> None:
    page = opened(reader, address, "?s=bescherming-eindigt-2027-vertrek")
    people = page.locator(PEOPLE).inner_text()

    page.focus("#bescherming")
    page.keyboard.press("ArrowRight")

    expect(page.locator("#wrong")).to_contain_text("houd een van de twee")
    assert page.locator(PEOPLE).inner_text() == people


def test_a_server_that_does_not_answer_is_told(reader: Reader, address: str) -> None:
    page = opened(reader, address)
    page.route("**/live?*", lambda route: route.abort())

    page.focus("#nareis")
    page.keyboard.press("ArrowLeft")

    expect(page.locator("#wrong")).to_contain_text("server antwoordt niet")


@pytest.mark.parametrize("ending", ["svg", "png", "csv"])
def test_a_chart_can_be_taken_along(reader: Reader, address: str, ending: str) -> None:
    page = opened(reader, address, "?instroom=10")

    with page.expect_download() as waiting:
        page.locator(f'[data-chart="people"] a[data-ending="{ending}"]').click()

    starts = {"svg": b"<svg", "png": b"\x89PNG", "csv": b"title,year,central"}[ending]
    assert waiting.value.suggested_filename == f"ketenraming-people.{ending}"
    assert waiting.value.path().read_bytes().startswith(starts)
