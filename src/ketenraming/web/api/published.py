"""The description of the API: OpenAPI, in which what a library knows stands as the values that one can choose."""

from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ketenraming.documents.article import of_edition
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.scenarios.shelf import ids
from ketenraming.web.api import HERE

Json = dict[str, Any]
ABOUT = (
    "Ketenraming as JSON: the same documents as those of the command line. Nobody logs in, nothing that is sent is "
    "kept, and everything is bounded. An open, repeatable estimate, not an official document."
)
KNOWN: Mapping[str, Callable[[Library], list[str]]] = {
    "scenarios": lambda library: sorted(ids(library)),
    "lines": lambda library: list(of_edition(library).rows),
    "years": lambda library: of_edition(library).years,
    "codes": lambda library: sorted(library.findings),
    "editions": lambda library: sorted(library.editions),
    "tables": lambda library: library.edition(BASELINE).tables(),
    "parameters": lambda library: sorted(library.parameters),
    "printed": lambda library: sorted(library.vintages.addresses),
}


def openapi(app: FastAPI, library: Library) -> Json:
    """The whole description."""
    described = get_openapi(title="Ketenraming", version=version("ketenraming"), summary="From people to euros.",
                            description=ABOUT, routes=app.routes, servers=[{"url": HERE}],
                            license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"})  # fmt: skip
    for part in list(_objects(described)):
        if (kind := part.pop("x-known", None)) is not None:
            part["enum"] = KNOWN[kind](library)
    for parameter in _parameters(described):
        parameter["schema"] = _without_null(parameter["schema"])
    return described


def _objects(part: Any) -> Iterator[Json]:
    """All objects in a document."""
    if isinstance(part, dict):
        yield part
    for inside in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _objects(inside)


def _parameters(described: Json) -> Iterator[Json]:
    for path in described["paths"].values():
        for operation in path.values():
            yield from operation.get("parameters", ())


def _without_null(schema: Json) -> Json:
    """What can be left out of an address is left out; there is no null in one."""
    some = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    return {**some[0], **{key: schema[key] for key in schema if key != "anyOf"}} if len(some) == 1 else schema
