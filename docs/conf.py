"""The documentation site. Before anything is read, the reference is written from the code and the library."""

import os
import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
os.environ["PYTHONUTF8"] = "1"
sys.path.insert(0, str(HERE))

import generate  # noqa: E402  (it stands beside this file)

generate.write(HERE / "reference" / "_generated")

project = "Ketenraming"
copyright = "Ketenraming, EUPL-1.2"
release = version = version_of("ketenraming")
language = "en"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
smartquotes = False  # `--lang` stays `--lang`
exclude_patterns = ["_build", "reference/_generated"]

html_theme = "furo"
html_title = "Ketenraming"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}
nitpicky = True


def speak_dutch(app: Any, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Tell browsers and screen readers that the Dutch pages are Dutch."""
    if page.startswith("nl/"):
        context["language"] = "nl"


def setup(app: Any) -> None:
    app.connect("html-page-context", speak_dutch)
