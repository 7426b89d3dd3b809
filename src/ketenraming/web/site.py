"""
The site: its pages and their addresses in both languages, and how a template becomes an answer.

Everything a page needs of the browser comes from here: no other host, no inline script, no inline style.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ketenraming.evidence.library import Library
from ketenraming.reports.html import environment
from ketenraming.reports.numbers import Lang
from ketenraming.reports.words import say
from ketenraming.web.state import State, read
from ketenraming.web.studio import Studio

LANGS: tuple[Lang, ...] = get_args(Lang)
SLUGS: Mapping[str, Mapping[Lang, str]] = {
    "overview": {"nl": "", "en": ""},
    "explore": {"nl": "doorrekenen", "en": "explore"},
    "chain": {"nl": "keten", "en": "chain"},
    "check": {"nl": "toets", "en": "check"},
    "history": {"nl": "terugblik", "en": "track-record"},
    "gemeente": {"nl": "gemeente", "en": "municipality"},
    "deadline": {"nl": "te-laat", "en": "late"},
    "sources": {"nl": "bronnen", "en": "sources"},
    "trace": {"nl": "herkomst", "en": "trace"},
    "about": {"nl": "over", "en": "about"},
}
TEMPLATES = ("ketenraming.web.templates", "ketenraming.reports")  # the packages that have them
WHAT = "wat"  # names a quantity or price in the address of a trace
IN_MENU = tuple(name for name in SLUGS if name != "trace")  # one comes to a trace from a number


def _style() -> bytes:
    """The stylesheet: that of the reports, and what pages have beside it."""
    parts = (("ketenraming.reports", "report.css"), ("ketenraming.web", "static/web.css"))
    return b"\n".join(files(package).joinpath(name).read_bytes() for package, name in parts)


def _script() -> bytes:
    return files("ketenraming.web").joinpath("static/explore.js").read_bytes()


def _vega() -> bytes:
    """The library that draws charts in a browser, as it comes with the one that draws them here."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle(vl_version="5.20")  # type: ignore[call-arg]
    return bundle.encode()


ASSETS: Mapping[str, Callable[[], bytes]] = {"ketenraming.css": _style, "explore.js": _script, "vega.js": _vega}


@cache
def _digest(name: str) -> str:
    """A short name of the content of an asset; of the library of charts its version, because it takes long to make."""
    if name == "vega.js":
        return version("vl-convert-python")
    return sha256(ASSETS[name]()).hexdigest()[:12]


def path_of(page: str, lang: Lang) -> str:
    """The address of a page, without its state."""
    return f"/{lang}/{SLUGS[page][lang]}"


def trace_of(lang: Lang, state: State, year: str, name: str) -> str:
    """The address of where a number comes from: that of a line of the article, or that of a quantity or price."""
    is_line = name[:1].isdigit()
    looking = state.at(year, name if is_line else state.line)
    return f"{path_of('trace', lang)}?{looking.query}" + ("" if is_line else f"&{WHAT}={name}")


@dataclass
class Site:
    """Where pages get their numbers and their words from."""

    studio: Studio

    @property
    def library(self) -> Library:
        """The library of all numbers and words."""
        return self.studio.library

    def asset(self, name: str) -> bytes:
        """What browsers fetch beside the page: the stylesheet, a script, or the library that draws charts."""
        return self.studio.keep(("asset", name), ASSETS[name])

    def address(self, name: str) -> str:
        """The address of an asset; it changes with its content, so that a browser may keep it for ever."""
        return f"/static/{name}?v={_digest(name)}"

    def state(self, request: Request) -> State:
        """What the address of a request says; raises KetenramingError where it cannot be."""
        base = self.studio.base
        return read(request.query_params.multi_items(), self.library, base.horizon.years, base.article.rows)

    def words(self, lang: Lang) -> partial[str]:
        """The function that gives words by key."""
        return partial(_say, self.library, lang)

    def page(self, request: Request, lang: Lang, name: str, status: int = 200, **words: Any) -> HTMLResponse:
        """A page of the site, filled; `name` is that of the page and of its template."""
        other = LANGS[1 - LANGS.index(lang)]
        behind = f"?{request.url.query}" if request.url.query else ""
        words = {
            "menu": [(page, path_of(page, lang), say(self.library, f"web_{page}", lang)) for page in IN_MENU],
            "here": name,
            "other_language": path_of(name if name in SLUGS else "overview", other) + behind,
            "other": other,
            "asset": self.address,
            "path_of": path_of,
            "trace_of": partial(trace_of, lang),
            **words,
        }
        return HTMLResponse(self.fill(f"{name}.html.j2", lang, **words), status)

    def fill(self, template: str, lang: Lang, **words: Any) -> str:
        """A template with its words."""
        return environment(*TEMPLATES).get_template(template).render(lang=lang, say=self.words(lang), **words)

    def get_ready(self) -> None:
        """Compile all templates of pages, which takes longer than to fill them."""
        pages = environment(*TEMPLATES)
        for name in pages.list_templates(filter_func=lambda name: "/" not in name and name.endswith(".html.j2")):
            pages.get_template(name)


def _say(library: Library, lang: Lang, key: str, **words: object) -> str:
    return say(library, key, lang, **words)


def preferred(accepts: str) -> Lang:
    """The language that a browser asks for first, of those there are; Dutch where it asks for neither."""
    wanted = [part.split(";")[0].strip()[:2].lower() for part in accepts.split(",")]
    return next((lang for name in wanted for lang in LANGS if lang == name), LANGS[0])
