"""
Make the pictures of the README again, from the library as it is: needed against budgeted, and the page of levers.

The second needs Debian's chromium; without it the picture that is there stays.
"""

import os
import threading
from pathlib import Path

import uvicorn

from ketenraming.evidence.library import load
from ketenraming.reports.charts import needed_and_budgeted, to_svg
from ketenraming.scenarios.run import run
from ketenraming.web import create_app

PICTURES = Path(__file__).parent.parent / "docs" / "_static"
CHROMIUM = Path("/usr/bin/chromium")
PAGE = "/en/explore?instroom=25&s=ind-plus-20"


def replace(path: Path, content: bytes) -> None:
    """Put a picture in place of the old one, whole."""
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def page() -> bytes:
    """The page of levers as one sees it first, from a server that stops by itself."""
    from playwright.sync_api import sync_playwright

    server = uvicorn.Server(uvicorn.Config(create_app(), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1280, "height": 1000})
        view.goto(f"http://127.0.0.1:{port}{PAGE}")
        seen = view.screenshot()
        browser.close()
    server.should_exit = True
    thread.join()
    return seen


def main() -> None:
    """Draw both, and replace the old ones."""
    replace(PICTURES / "needed-and-budgeted.svg", to_svg(needed_and_budgeted(run(load()), "en")).encode())
    if CHROMIUM.exists():
        replace(PICTURES / "explore.png", page())


if __name__ == "__main__":
    main()
