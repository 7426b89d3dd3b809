"""The check: what contradicts what in the article, and in a document that a reader sends."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from ketenraming.base.errors import KetenramingError
from ketenraming.documents.article import of_edition
from ketenraming.documents.coverage import coverage
from ketenraming.reports.checked import checked
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.refused import refused
from ketenraming.web.api.errors import STATUS, wait_of
from ketenraming.web.site import Site, path_of
from ketenraming.web.uploads import checked_upload

FILE = "stuk"
KINDS = ".txt,.html,.htm,.xml,.csv,.xlsx,.ods,.pdf"
Answer = Callable[[Request], Response | Awaitable[Response]]


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Answer]]:
    """The addresses of this page, and what answers at each."""

    async def answer(request: Request) -> Response:
        if request.method == "POST":
            return await _sent(site, request, lang)
        return await run_in_threadpool(_article, site, request, lang)

    yield path_of("check", lang), answer


def _article(site: Site, request: Request, lang: Lang) -> Response:
    """The findings of the article in the library."""

    def make() -> dict[str, Any]:
        run = site.studio.baseline
        covered = coverage(of_edition(site.library, run.edition), run.findings)
        return checked(run.findings, covered, site.library, lang)

    words = site.studio.keep(("check", lang), make)
    return site.page(request, lang, "check", document="", wrong="", **_around(site, lang), **words)


async def _sent(site: Site, request: Request, lang: Lang) -> Response:
    """The findings of a document that was sent; it is read in a process of its own, and not kept."""
    async with request.form(max_files=1, max_fields=2) as form:
        sent = form.get(FILE)
        name, content = (sent.filename or "", await sent.read()) if isinstance(sent, UploadFile) else ("", b"")
    try:
        if not name or not content:
            raise KetenramingError("No document was sent. Choose a file and try again.")
        found = (await run_in_threadpool(checked_upload, name, content, site.library)).words[lang]
    except KetenramingError as error:
        empty = {"counts": "", "groups": {}, "coverage": "", "uncovered": []}
        words = {"document": name, "wrong": refused(error, site.library, lang), **empty, **_around(site, lang)}
        answer = site.page(request, lang, "check", STATUS.get(error.code, 422), **words)
        if wait := wait_of(error):
            answer.headers["retry-after"] = str(wait)
        return answer
    return site.page(request, lang, "check", document=name, wrong="", **_around(site, lang), **found)


def _around(site: Site, lang: Lang) -> dict[str, Any]:
    """What stands around the findings."""
    return {"kinds": KINDS, "field": FILE, "made_by": made_by(site.library, lang)}
