"""The addresses of the API: method, path, what is answered, what can be refused, and one way to ask."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response, StreamingResponse

from ketenraming.web.api import shapes
from ketenraming.web.api.operations import Operations

Answers = dict[int | str, dict[str, Any]]
REFUSALS = {
    404: "There is no such job, or no longer.",
    409: "The job is not done yet, or was stopped.",
    413: "What was sent is too large.",
    414: "The address is too long.",
    422: "What was asked cannot be: where, and over which limit.",
    429: "Too many requests, or too many at work; Retry-After says when to try again.",
}
ALWAYS = (414, 422, 429)
OWN: Mapping[str, Any] = {
    "levers": {"huisvesting": 10},
    "scenario": {"changes": [{"name": "asiel_applications_inflow", "from": "2027-01-01", "scale": 1.1}]},
}
A_JOB = "id-of-a-job"


@dataclass(frozen=True, slots=True)
class Route:
    """One operation; `example` is what stands behind the path, or the JSON that is sent."""

    method: str
    path: str
    name: str
    answer: type[BaseModel] | str | None  # a shape, a media type, or nothing
    example: str | Mapping[str, Any] = ""
    refusals: tuple[int, ...] = ()
    status: int = 200
    tag: str = "estimate"

    @property
    def answers(self) -> Answers:
        """Everything it can answer, by status."""
        wrong: Answers = {
            code: {"model": shapes.Wrong, "description": REFUSALS[code]} for code in (*ALWAYS, *self.refusals)
        }
        wrong[429]["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
        if self.answer is None:
            return {**wrong}
        if isinstance(self.answer, str):
            said: dict[str, Any] = {"content": {self.answer: {"schema": {"type": "string"}}}, "description": "Events."}
        else:
            said = {"model": self.answer, "description": (self.answer.__doc__ or "").strip()}
        return {self.status: said, **wrong}


ROUTES = (
    Route("GET", "/run", "run", shapes.Run, "?s=instroom-plus-10000&huisvesting=10"),
    Route("POST", "/run", "run_own", shapes.Run, OWN, (413,)),
    Route("GET", "/compare", "compare", shapes.Compare, "?a=baseline&b=ind-plus-20&line=37.4/zbo/coa"),
    Route("POST", "/compare", "compare_own", shapes.Compare, {"b": OWN, "year": "2027"}, (413,)),
    Route("GET", "/trace", "trace", shapes.Trace, "?line=37.4/zbo/coa&year=2027"),
    Route("POST", "/check", "check", shapes.Check, "-F document=@artikel.xlsx", (413,), tag="document"),
    Route("GET", "/findings", "findings", shapes.Check, "?severity=error", tag="document"),
    Route("GET", "/figures", "figures", shapes.Figures, "?table=kengetallen&column=2026", tag="document"),
    Route("GET", "/parameters", "parameters", shapes.Parameters, "?status=assumption", tag="known"),
    Route("GET", "/scenarios", "scenarios", shapes.Scenarios, tag="known"),
    Route("GET", "/vintages", "vintages", shapes.Vintages, "?line=37.4/zbo/coa&year=2023", tag="past"),
    Route("GET", "/forecast", "forecast", shapes.Forecast, "?series=nareis&months=12", tag="past"),
    Route("GET", "/backtest", "backtest", shapes.Backtest, "?draws=1000", tag="past"),
    Route("POST", "/jobs", "start", shapes.Job, {"task": "run", **OWN, "draws": 50_000}, (413,), 202, "job"),
    Route("GET", "/jobs/{job}", "job", shapes.Job, A_JOB, (404,), tag="job"),
    Route("GET", "/jobs/{job}/events", "events", "text/event-stream", A_JOB, (404,), tag="job"),
    Route("GET", "/jobs/{job}/result", "result", shapes.Document, A_JOB, (404, 409), tag="job"),
    Route("DELETE", "/jobs/{job}", "stop", None, A_JOB, (404,), 204, "job"),
)


def methods_at(path: str) -> list[str]:
    """The methods of an address; where it is no operation, it is a page to look at."""
    found = {route.method for route in ROUTES if re.fullmatch(re.sub(r"{\w+}", "[^/]+", route.path), path)}
    return sorted(found or {"GET"})


def router(operations: Operations) -> APIRouter:
    """All operations at their addresses."""
    made = APIRouter()
    for route in ROUTES:
        answers = route.answers
        if route.name == "backtest":
            answers[202] = {"model": shapes.Job, "description": "The job that makes it."}
        made.add_api_route(
            route.path,
            getattr(operations, route.name),
            methods=[route.method],
            operation_id=route.name,
            summary=(getattr(Operations, route.name).__doc__ or "").strip(),
            tags=[route.tag],
            responses=answers,
            response_class=_class_of(route),
            response_model=None,
            status_code=route.status,
            openapi_extra=_example(route),
        )
    return made


def _class_of(route: Route) -> type[Response]:
    if route.answer is None:
        return Response
    return StreamingResponse if isinstance(route.answer, str) else JSONResponse


def _example(route: Route) -> dict[str, Any]:
    if isinstance(route.example, str):
        return {}
    return {"requestBody": {"content": {"application/json": {"example": dict(route.example)}}}}
