"""
Refusals of the API: one sentence, a code, and for bad input the path and the limit that it went over.

They all look alike, whether the address is wrong, the input, the size or the number of requests.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from ketenraming.base.errors import KetenramingError
from ketenraming.web.turns import Busy

if TYPE_CHECKING:
    from fastapi.exceptions import RequestValidationError  # the pages need none of it, and a server starts with them

LONGEST = 40  # signs of what was sent, in a sentence
STATUS = {"busy": 429, "broken": 500}  # of codes; all other refusals are of what was asked
SAID = {
    "less_than_equal": "choose at most {le}",
    "greater_than_equal": "choose at least {ge}",
    "multiple_of": "choose a multiple of {multiple_of}",
    "literal_error": "choose {expected}",
    "enum": "choose {expected}",
    "union_tag_invalid": "its {discriminator} is one of {expected_tags}",
    "union_tag_not_found": "give its {discriminator}",
    "string_pattern_mismatch": "it must look like {pattern}",
    "string_too_long": "give at most {max_length} signs",
    "string_too_short": "give at least {min_length} signs",
    "too_long": "give at most {max_length}",
    "too_short": "give at least {min_length}",
    "extra_forbidden": "that is not known here; leave it out",
    "model_attributes_type": "send a JSON object, with content-type application/json",
}
KINDS = {"int": "choose a whole number", "float": "choose a number", "finite": "choose a number",
         "date": "write a day as 2026-01-01", "list": "give a list", "tuple": "give a list", "string": "give a text",
         "dict": "give an object", "model": "give an object", "value": "send a file"}  # fmt: skip
LIMITS = ("le", "ge", "multiple_of", "max_length", "min_length", "expected", "expected_tags", "pattern")
KINDS_OF_TASK = {"run", "compare", "backtest", "scores"}  # which of the shapes was meant is no part of the path
Answer = Callable[[Request, Any], JSONResponse]


class Refused(KetenramingError):
    """What was asked cannot be: with the path of what is wrong in it, the limit it went over, and a status."""

    def __init__(self, why: str, code: str, where: str = "", limit: float | str | None = None, status: int = 422):
        super().__init__(why)
        self.code, self.where, self.limit, self.status = code, where, limit, status


class TooLarge(HTTPException):
    """A body that goes on after it should have ended; what reads bodies lets it pass."""

    def __init__(self, most: int) -> None:
        super().__init__(413, too_large(most))
        self.limit = most


def too_large(most: int) -> str:
    """What is said of a body that is too large."""
    size = f"{most // 2**20} MB" if most >= 2**20 else f"{most // 1024} kB"
    return f"What was sent is larger than {size}. Send less."


@contextmanager
def concerning(where: str) -> Iterator[None]:
    """Inside it a refusal is about this part of what was asked."""
    try:
        yield
    except Refused:
        raise
    except KetenramingError as error:
        raise Refused(_one_line(error), error.code, where) from error


def _one_line(error: KetenramingError) -> str:
    return " ".join(str(error).split("\n"))


def refusal(
    why: str, code: str, status: int, where: str = "", limit: float | str | None = None, wait: int = 0
) -> JSONResponse:
    """The answer to what cannot be; `wait` are seconds after which it can be asked again."""
    document = {"ok": False, "error": why, "code": code, "status": status, "where": where, "limit": limit}
    return JSONResponse(document, status, {"retry-after": str(wait)} if wait else None)


def answers() -> Mapping[Any, Answer]:
    """What is answered to what went wrong, by its kind."""
    from fastapi.exceptions import RequestValidationError

    return {
        RequestValidationError: _misunderstood,
        KetenramingError: _refused,
        HTTPException: _without_a_way,
        Exception: lambda *_: refusal("Something went wrong on our side. Tell us what you asked.", "broken", 500),
    }


def _refused(_: Request, error: KetenramingError) -> JSONResponse:
    if isinstance(error, Refused):
        return refusal(str(error), error.code, error.status, error.where, error.limit)
    return refusal(_one_line(error), error.code, STATUS.get(error.code, 422), wait=wait_of(error))


def wait_of(error: KetenramingError) -> int:
    """Seconds after which it can be asked again; nought where that does not help."""
    return error.seconds if isinstance(error, Busy) else 0


def wrong_method(request: Request, allowed: Sequence[str]) -> JSONResponse:
    """The answer to a method that an address does not have."""
    why = f"{request.method} is not for this address; use {' or '.join(allowed)}."
    said = refusal(why, "method-not-allowed", 405)
    said.headers["allow"] = ", ".join(allowed)
    return said


def _without_a_way(request: Request, error: HTTPException) -> JSONResponse:
    """What the framework itself refuses: an address, a method, a body."""
    if isinstance(error, TooLarge):
        return refusal(str(error.detail), "too-large", 413, "body", error.limit)
    if error.status_code == 404:
        return refusal(f"There is nothing at {request.url.path[:200]}. GET /api/v1/ lists all.", "not-found", 404)
    return refusal("The body cannot be read. Send what the operation describes.", "not-understood", 422, "body")


def _misunderstood(_: Request, error: "RequestValidationError") -> JSONResponse:
    """The first thing that is wrong in what was sent."""
    wrong = error.errors()[0]
    loc = wrong["loc"][:1] if wrong["type"] == "json_invalid" else wrong["loc"]
    where = ".".join(str(part) for i, part in enumerate(loc) if i != 1 or part not in KINDS_OF_TASK)
    context = wrong.get("ctx", {})
    limit = next((context[name] for name in LIMITS if name in context), None)
    limit = limit if isinstance(limit, int | float | str) or limit is None else str(limit)
    return refusal(_sentence(where, wrong, context), "not-understood", 422, where, limit)


def _sentence(where: str, wrong: Mapping[str, Any], context: Mapping[str, Any]) -> str:
    kind: str = wrong["type"]
    if kind == "missing":
        return f"{where} is missing. Give it."
    if kind in {"change", "json_invalid"}:
        return f"{where}: {context.get('error') or wrong['msg']}."
    said = SAID.get(kind) or KINDS.get(kind.partition("_")[0]) or str(wrong["msg"])
    return f"{where} is {_shown(wrong.get('input'))}: {said.format(**context) if kind in SAID else said}."


def _shown(given: object) -> str:
    """What was sent, shortened; of a body only what it is."""
    if isinstance(given, str | int | float | bool):
        text = ascii(given[: 2 * LONGEST]) if isinstance(given, str) else _number(given)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    names = {bytes: "no JSON", dict: "an object", list: "a list", type(None): "nothing"}
    return names.get(type(given), "something else")


def _number(given: float) -> str:
    try:
        return repr(given)
    except ValueError:  # more digits than Python writes
        return "a very large number"
