"""The API as an application of its own, to be mounted at `/api/v1`: with its own limits and its own refusals."""

from functools import cache

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse

from ketenraming.web.api.errors import answers, wrong_method
from ketenraming.web.api.jobs import Jobs
from ketenraming.web.api.limits import Buckets, Limited, Rate
from ketenraming.web.api.operations import Operations
from ketenraming.web.api.page import page
from ketenraming.web.api.published import openapi
from ketenraming.web.api.routes import methods_at, router
from ketenraming.web.site import Site


def create_api(site: Site, jobs: Jobs, rate: Rate) -> FastAPI:
    """The API on the library of a site."""
    app = FastAPI(title="Ketenraming", docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(router(Operations(site.studio, jobs)))
    described = cache(lambda: openapi(app, site.library))
    app.add_route("/openapi.json", lambda _: JSONResponse(described()), include_in_schema=False)
    app.add_route("/", lambda request: page(site, request, described()), include_in_schema=False)
    for what, answer in answers().items():
        app.add_exception_handler(what, answer)
    app.add_exception_handler(405, _wrong_method)
    app.add_middleware(Limited, buckets=Buckets(rate))
    return app


def _wrong_method(request: Request, _: Exception) -> JSONResponse:
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    return wrong_method(request, methods_at(path))
