"""The page of the API for readers: its operations with what they take and a way to ask, from its own description."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ketenraming.web.api import HERE
from ketenraming.web.api.routes import ROUTES, Route
from ketenraming.web.site import LANGS, Site, preferred

Json = dict[str, Any]
BOUNDS = (("minimum", "≥ {}"), ("maximum", "≤ {}"), ("multipleOf", "× {}"), ("maxLength", "≤ {} #"),
          ("maxItems", "≤ {} ×"), ("default", "= {}"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What an operation takes: its name, where it stands, what it is, and its bounds."""

    name: str
    where: str
    about: str
    bounds: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as readers see it; `link` is where the example can be looked at in a browser."""

    method: str
    path: str
    about: str
    takes: tuple[Taken, ...]
    example: str
    link: str


def page(site: Site, request: Request, described: Json) -> HTMLResponse:
    """All operations, in the language that is asked for or that the browser prefers."""
    lang = next((one for one in LANGS if one == request.query_params.get("lang")),
                preferred(request.headers.get("accept-language", "")))  # fmt: skip
    other = LANGS[1 - LANGS.index(lang)]
    return site.page(
        request,
        lang,
        "api",
        operations=[_operation(route, described) for route in ROUTES],
        other_language=f"{HERE}/?lang={other}",
        host=f"{request.url.scheme}://{request.url.netloc}",
        described=f"{HERE}/openapi.json",
    )


def _operation(route: Route, described: Json) -> Operation:
    operation = described["paths"][route.path][route.method.lower()]
    takes = tuple(_taken(one["name"], one["in"], one["schema"], one.get("description", ""))
                  for one in operation.get("parameters", ()))  # fmt: skip
    return Operation(route.method, HERE + route.path, operation["summary"], takes + tuple(_body(operation, described)),
                     example_of(route), _link(route))  # fmt: skip


def _taken(name: str, where: str, schema: Json, about: str) -> Taken:
    inside = schema.get("items", schema)
    bounds = [said.format(_plain(schema[key])) for key, said in BOUNDS if _tells(schema.get(key))]
    choices = tuple(str(one) for one in inside.get("enum", ()))
    return Taken(name, where, about or schema.get("description", ""), ", ".join(bounds), choices)


def _tells(bound: object) -> bool:
    """Whether a bound says anything in few words."""
    return isinstance(bound, bool | int | float) or (isinstance(bound, str) and bound != "")


def _plain(bound: object) -> str:
    """A bound as it is read: whole numbers without a point."""
    return f"{bound:.0f}" if isinstance(bound, float) and bound.is_integer() else str(bound)


def _body(operation: Json, described: Json) -> Iterator[Taken]:
    """The parts of a body, one level deep."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = _found(content["schema"], described)
        for one in [_found(part, described) for part in schema.get("oneOf", ())] or [schema]:
            for name, part in one.get("properties", {}).items():
                whole = _found(part, described)
                yield _taken(name, f"body {one['title']}" if "oneOf" in schema else "body", whole | part, "")


def _found(schema: Json, described: Json) -> Json:
    """A schema itself, where another stands for it."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return described["components"]["schemas"][name] if name else schema


def example_of(route: Route) -> str:
    """A command that asks it; `$HOST` is where the server listens."""
    words = ["curl"]
    path, example = route.path, route.example
    if isinstance(example, Mapping):
        words += ["--json", shlex.quote(json.dumps(example))]
    elif example.startswith("-F"):
        words.append(example)
    else:
        path = path.replace("{job}", example) if "{job}" in path else path + example
        words += [] if route.method == "GET" else ["-X", route.method]
    return " ".join([*words, f'"$HOST{HERE}{path}"'])


def _link(route: Route) -> str:
    """The address of an example that a browser can show; empty for what has none."""
    if route.method != "GET" or "{job}" in route.path:
        return ""
    return f"{HERE}{route.path}{route.example}"
