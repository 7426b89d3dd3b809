"""
The web application: routes to pages, assets, and what is answered when something cannot be.

Pages are made on the server and work without a script; `/api/v1` gives the same results to programs.
"""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Lock, Timer
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ketenraming.base.errors import KetenramingError
from ketenraming.base.wording import Wording
from ketenraming.evidence.library import Library, load
from ketenraming.reports.numbers import Lang
from ketenraming.reports.refused import in_words
from ketenraming.web import (
    about,
    beside,
    chain,
    check,
    deadline,
    explore,
    gemeente,
    history,
    overview,
    sources,
    trace,
)
from ketenraming.web.api import HERE
from ketenraming.web.api.errors import refusal
from ketenraming.web.api.jobs import ROOM, Jobs, Room
from ketenraming.web.api.limits import USUAL, Rate
from ketenraming.web.explore import wants_json
from ketenraming.web.guard import Guarded
from ketenraming.web.site import ASSETS, LANGS, Site, path_of, preferred
from ketenraming.web.studio import Studio

FIRST_THINGS_FIRST = 0.5  # seconds in which who comes first is answered, before pages are made for who comes next
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
CODES = {404: "not-found", 405: "method-not-allowed", 500: "broken"}  # of statuses; all others are an error
SAID = {404: "web_not_found", 405: "web_wrong_method"}  # of statuses, by key; all others are not understood
PAGES = (overview, explore, chain, check, history, gemeente, deadline, sources, about, trace)


def create_app(
    library: Library | None = None, rate: Rate = USUAL, room: Room = ROOM, is_helped: bool = False
) -> Guarded:
    """
    The application on this library, or on the shipped one; nothing is computed before it starts.

    `rate` is how much one address may ask of the API, `room` how many jobs there may be. `is_helped` lets
    processes beside this one make what moves with a lever; each takes some 200 MB more.
    """
    site = Site(Studio(library or load()))
    jobs = Jobs(site.library.root, room)
    api = _Api(site, jobs, rate)

    @asynccontextmanager
    async def started(_: Starlette) -> AsyncIterator[None]:
        soon = Timer(FIRST_THINGS_FIRST, _warm, (site, api, is_helped))
        soon.daemon = True
        soon.start()
        yield
        soon.cancel()
        jobs.stop()
        beside.end()

    routes = [
        Route("/", _to_a_language),
        Route("/static/{name}", _asset_of(site)),
        Route("/openapi.json", lambda _: RedirectResponse(f"{HERE}/openapi.json")),
        *(
            Route(path, answer, methods=["GET", "POST"] if page is check else ["GET"])
            for lang in LANGS
            for page in PAGES
            for path, answer in page.routes(site, lang)
        ),
        Mount(HERE, api),
    ]
    smaller = Middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)
    app = Starlette(routes=routes, middleware=[smaller], exception_handlers=_failures(site), lifespan=started)
    return Guarded(app, jobs.stop, lambda request, status, why: _refused(site, request, status, why))


class _Api:
    """The API, made when it is first asked for: what it is described with takes longer to start than all pages."""

    def __init__(self, site: Site, jobs: Jobs, rate: Rate) -> None:
        self._with, self._one = (site, jobs, rate), Lock()
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        app = await run_in_threadpool(self.get_ready) if self._app is None else self._app
        await app(scope, receive, send)

    def get_ready(self) -> ASGIApp:
        """Make it, where it is not there."""
        from ketenraming.web.api.app import create_api

        with self._one:
            if self._app is None:
                self._app = create_api(*self._with)
            return self._app


def _warm(site: Site, api: _Api, is_helped: bool) -> None:
    """
    Make what the first reader would have to wait for: the baseline, assets, and the pages that most begin with.

    All that is there then stays as long as the server does, so that the collector of garbage need not look through it.
    """
    for name in ASSETS:
        site.asset(name)
    for lang in LANGS:
        overview.make_ready(site, lang)
        explore.make_ready(site, lang)
    site.get_ready()
    api.get_ready()
    gc.collect()
    gc.freeze()
    if is_helped:
        site.studio.hands.get_help(site.library.root)


def _to_a_language(request: Request) -> Response:
    lang = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(path_of("overview", lang), headers={"vary": "accept-language"})


def _asset_of(site: Site) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ASSETS:
            raise HTTPException(404)
        headers = {"cache-control": FOR_EVER if "v" in request.query_params else "no-cache"}
        return Response(site.asset(name), media_type=TYPES[name.rpartition(".")[2]], headers=headers)

    return answer


def _lang_of(request: Request) -> Lang:
    """The language of an address; of one without, what the browser asks for."""
    first = request.url.path.split("/")[1]
    return next((lang for lang in LANGS if lang == first), preferred(request.headers.get("accept-language", "")))


def _told(site: Site, request: Request, status: int, why: str) -> Response:
    """One sentence about what cannot be, on a page of the site or as JSON."""
    if wants_json(request):
        return refusal(why, CODES.get(status, "error"), status)
    return site.page(request, _lang_of(request), "wrong", status, why=why)


def _refused(site: Site, request: Request, status: int, why: Wording) -> Response:
    return _told(site, request, status, in_words(why, site.library, _lang_of(request)))


def _failures(site: Site) -> dict[Any, Callable[[Request, Any], Response]]:
    """What is answered when something cannot be, in the language of the address."""

    def refused(request: Request, error: KetenramingError) -> Response:
        return _refused(site, request, 422, error.wording)

    def without_a_way(request: Request, error: HTTPException) -> Response:
        """What the framework itself refuses: an address, a method, a body."""
        key = SAID.get(error.status_code, "web_not_understood")
        answer = _told(site, request, error.status_code, site.words(_lang_of(request))(key))
        answer.headers.update(error.headers or {})
        return answer

    def failed(request: Request, _: Exception) -> Response:
        return _told(site, request, 500, site.words(_lang_of(request))("web_wrong_on_our_side"))

    return {KetenramingError: refused, HTTPException: without_a_way, Exception: failed}
