"""A real server and a real browser. Without Debian's chromium these tests are skipped, unless they are required."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page

from ketenraming.evidence.library import Library
from ketenraming.web import create_app

CHROMIUM = Path("/usr/bin/chromium")
REQUIRED = "KETENRAMING_BROWSER"  # set it to `required`, and a missing browser is a failure
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The browser of the system, so that none is fetched."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is not there; install chromium to run the browser tests."
        pytest.fail(message) if os.environ.get(REQUIRED) == "required" else pytest.skip(message)
    return {"executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def address(library: Library) -> Iterator[str]:
    """The address of a server on this machine, which stops by itself."""
    server = uvicorn.Server(uvicorn.Config(create_app(library), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


class Reader:
    """One reader: a page in a browser, and everything that the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints = page, list[str]()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """A reader with a wide screen."""
    context = browser.new_context(viewport=WIDE)
    yield Reader(context.new_page())
    context.close()


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    yield context.new_page()
    context.close()
