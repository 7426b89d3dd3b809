"""A document of one's own, checked in a real browser: a good one, and one that cannot be read."""

from playwright.sync_api import expect
from tests.browser.conftest import Reader

from ketenraming.web.site import path_of


def test_a_document_is_checked_and_its_findings_are_shown(reader: Reader, address: str, article_text: str) -> None:
    page = reader.page
    page.goto(address + path_of("check", "nl"))

    page.set_input_files(
        "#stuk", {"name": "mijn-artikel.txt", "mimeType": "text/plain", "buffer": article_text.encode()}
    )
    page.get_by_role("button", name="Toets").click()

    expect(page.locator("h1")).to_have_text("Toets van mijn-artikel.txt")
    expect(page.locator(".findings.error li").first).to_be_visible()
    assert reader.complaints == []


def test_a_document_that_cannot_be_read_is_refused_in_one_sentence(reader: Reader, address: str) -> None:
    page = reader.page
    page.goto(address + path_of("check", "en"))

    page.set_input_files("#stuk", {"name": "picture.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-nothing"})
    page.get_by_role("button", name="Check").click()

    expect(page.get_by_role("alert")).to_contain_text("cannot be read")
    expect(page.locator(".findings")).to_have_count(0)
