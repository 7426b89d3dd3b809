"""
YAML that knows its lines: the values of YAML 1.2 and days, without anchors and tags.

A parser in C finds the parts, some ten times as fast as one in Python. PyYAML makes them values of YAML 1.1, in which a
key `on` is true and 012 is ten; which text is a value of which kind is therefore said here.
"""

import re
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, ClassVar

import yaml
from yaml.constructor import ConstructorError
from yaml.reader import ReaderError

DEEPEST = 100  # parts in each other
NotYaml = yaml.MarkedYAMLError


class NoSuchValue(yaml.MarkedYAMLError):  # type: ignore[misc]  # the parser has no types
    """A part that looks like a value of a kind and is none."""


_REFUSED = {  # parts of what is parsed, and why not
    "anchor": "has an anchor (&) or an alias (*); write out what it stands for",
    "tag": "has a tag (!); write the value alone, in quotes where it is a text",
}
_CORE = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}


class Marked:
    """
    The values of a document, and the line of each.

    Raises NotYaml where it is none, NoSuchValue for a day that does not exist or a number that is too long, and
    RecursionError where parts stand too deep in each other.
    """

    def __init__(self, text: str) -> None:
        try:
            _check(text)
        except ReaderError as error:  # a sign that is no text; all others are marked
            raise NotYaml(problem=f"{error.reason} at sign {error.position}") from error
        loader = _Loader(text)
        try:
            self._root = loader.get_single_node()
            self.data: Any = None if self._root is None else loader.construct_document(self._root)
        finally:
            loader.dispose()

    def line_of(self, where: tuple[int | str, ...]) -> int:
        """The line of a key, or of an item of a list; of the nearest around it where it is not there."""
        here, line = self._root, 1
        for step in where:
            at, here = _inside(here, step)
            if at is None:
                break
            line = at.start_mark.line + 1
        return line


def _inside(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node | None, yaml.Node | None]:
    """What a step leads to: the part whose line is told, and the part to go on from."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None


def _check(text: str) -> None:
    """Refuse what stands for something else, and what is too deep for a parser that calls itself."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise RecursionError(f"more than {DEEPEST} parts stand in each other")
        for what, why in _REFUSED.items():
            if getattr(event, what, None):
                raise NotYaml(problem=why, problem_mark=event.start_mark)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the slow one where there is no C
    """A loader that knows the values of YAML 1.2."""

    yaml_implicit_resolvers: ClassVar[dict[str | None, list[tuple[str, re.Pattern[str]]]]] = {}  # none but ours

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping, in which no key stands twice."""
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise ConstructorError(problem=f"duplicate key {key.value!r}", problem_mark=key.start_mark)
            seen.add(key.value)
        made: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return made


def _whole(text: str) -> int:
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def _real(text: str) -> float:
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _made(kind: str, make: Callable[[str], Any]) -> Callable[[Any, yaml.ScalarNode], Any]:
    """What makes values of a kind of the texts that look like one."""

    def construct(loader: Any, node: yaml.ScalarNode) -> Any:
        try:
            return make(loader.construct_scalar(node))
        except ValueError as error:
            raise NoSuchValue(problem=f"not a {kind}: {error}", problem_mark=node.start_mark) from error

    return construct


for _tag, _pattern in _CORE.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})$"), None)
_Loader.add_constructor("tag:yaml.org,2002:int", _made("number", _whole))
_Loader.add_constructor("tag:yaml.org,2002:float", _made("number", _real))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _made("day", date.fromisoformat))
