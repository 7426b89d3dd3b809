"""Every page in a real browser, in both languages: whole, accessible, narrow, and without what its policy forbids."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import NARROW, Reader

from ketenraming.web.site import IN_MENU, LANGS, path_of

COA = "regel=37.4%2Fzbo%2Fcoa&jaar=2027"
ADDRESSES = [
    *((lang, path_of(page, lang)) for page, lang in product(IN_MENU, LANGS)),
    *((lang, f"{path_of('trace', lang)}?{COA}") for lang in LANGS),
    *((lang, f"{path_of('trace', lang)}?wat=opvang_stock_avg") for lang in LANGS),
    ("nl", f"{path_of('explore', 'nl')}?instroom=25&s=ind-plus-20&{COA}"),
    ("nl", "/nl/nergens"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(("lang", "path"), ADDRESSES)
def test_a_page_is_accessible_and_breaks_no_policy(reader: Reader, address: str, lang: str, path: str) -> None:
    page = reader.page

    answer = page.goto(address + path)

    assert answer and answer.status == (404 if "nergens" in path else 200)
    assert page.get_attribute("html", "lang") == lang
    assert page.locator("h1").count() == 1
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert [one for one in reader.complaints if "404" not in one] == []


@pytest.mark.parametrize(("lang", "path"), ADDRESSES)
def test_a_page_fits_a_narrow_screen(reader: Reader, address: str, lang: str, path: str) -> None:
    reader.page.set_viewport_size(NARROW)  # type: ignore[arg-type]

    reader.page.goto(address + path)

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_a_script_a_form_and_a_button_do_the_same(without_script: Page, address: str) -> None:
    page = without_script
    page.goto(address + path_of("explore", "nl"))
    before = page.locator('[data-tile="needed"] .value').inner_text()

    page.locator("summary", has_text="Scenario's").click()
    page.get_by_label("Tienduizend asielaanvragen per jaar meer").check()
    page.get_by_role("button", name="Reken door").click()

    assert "s=instroom-plus-10000" in page.url
    assert page.locator('[data-tile="needed"] .value').inner_text() != before
    assert page.locator("figure.live svg").first.is_visible()


def test_the_first_stop_of_the_keyboard_skips_the_menu(reader: Reader, address: str) -> None:
    page = reader.page
    page.goto(address + path_of("overview", "en"))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_the_other_language_is_the_same_page_in_the_same_state(reader: Reader, address: str) -> None:
    page = reader.page
    page.goto(f"{address}{path_of('explore', 'nl')}?instroom=25")
    number = page.locator('[data-tile="opvang_stock_avg"] .value').inner_text()

    page.get_by_role("link", name="English").click()

    assert page.url.endswith("/en/explore?instroom=25")
    assert page.locator('[data-tile="opvang_stock_avg"] .value').inner_text() == number.replace(".", ",")


def test_a_number_leads_to_the_printed_cell_it_comes_from(reader: Reader, address: str) -> None:
    page = reader.page
    page.goto(address + path_of("overview", "nl"))

    page.locator('tr[data-address="37.4/zbo/coa"][data-part="budgeted"] td a').nth(2).click()

    assert "/nl/herkomst" in page.url
    assert page.locator(".step-place").first.inner_text().startswith("gedrukt in")
