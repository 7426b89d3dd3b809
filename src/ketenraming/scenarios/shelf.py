"""
Where scenarios are taken from: shipped ones by their id, files of one's own by their path.

Each comes behind the scenarios it builds on (`after`), and only once. Anybody may have made a file, so it is bounded,
UTF-8, and without anchors, by which a small file can stand for an endless one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path

from ketenraming.base.errors import ScenarioInvalid, did_you_mean
from ketenraming.evidence.files import Files
from ketenraming.evidence.library import Library
from ketenraming.scenarios.scenario import InBoth, Scenario

MOST_BYTES, DEEPEST = 65_536, 10
ENDINGS = (".yaml", ".yml", ".toml")
_NO_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def load_scenarios(asked: Sequence[str | Path], library: Library) -> tuple[Scenario, ...]:
    """
    The scenarios of these ids or paths in this order, each behind those it builds on.

    Raises ScenarioInvalid with all mistakes in all files.
    """
    shelf = _Shelf(library)
    for one in asked:
        shelf.mistakes += [mistake for mistake in (shelf.take(one),) if mistake]
    if shelf.mistakes:
        raise ScenarioInvalid(shelf.mistakes)
    return tuple(shelf.taken.values())


def ids(library: Library) -> tuple[str, ...]:
    """The ids of the shipped scenarios; no file is read."""
    return tuple(_Shelf(library).shipped)


@lru_cache(maxsize=4)
def names(library: Library) -> Mapping[str, InBoth]:
    """The titles of the shipped scenarios, by id."""
    shipped = load_scenarios(sorted(_Shelf(library).shipped), library)
    return {one.id: one.title for one in sorted(shipped, key=lambda one: one.id)}


@dataclass
class _Shelf:
    """Scenarios taken so far, and every mistake met on the way."""

    library: Library
    taken: dict[str, Scenario] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    _paths: dict[str, Path] = field(default_factory=dict)

    @cached_property
    def shipped(self) -> dict[str, Path]:
        """The files of the library, by id."""
        return {path.stem: path for path in sorted((self.library.root / "scenarios").glob("*.yaml"))}

    def take(self, asked: str | Path, behind: tuple[str, ...] = ()) -> str:
        """Take one, after those it builds on; in words what is wrong with the name, or nothing."""
        path = self._path(asked)
        name = path.stem if path else str(asked)
        if name in behind:
            return f"{' after '.join([*behind, name])}: nothing builds on itself; take one out of its 'after'"
        if path is None:
            return f"There is no scenario {name!r}.{did_you_mean(name, [*self.shipped, *self.taken])}"
        if name not in self._paths:
            self._paths[name] = path
            self._read(path, behind)
        if self._paths[name] != path:
            return f"{path}: there is another scenario {name!r}; choose another id and name of file"
        return ""

    def _path(self, asked: str | Path) -> Path | None:
        """The file of an id or a path; None for what is neither."""
        known = {**self._paths, **self.shipped}
        if asked in known:
            return known[str(asked)]
        path = Path(asked) if isinstance(asked, Path) or asked.endswith(ENDINGS) else None
        return next((one for one in self.shipped.values() if path and one.resolve() == path.resolve()), path)

    def _read(self, path: Path, behind: tuple[str, ...]) -> None:
        shipped = path in self.shipped.values()
        read = _ScenarioFiles(self.library.root if shipped else path.parent)
        if scenario := read.scenario(path):
            self.taken[path.stem] = scenario
            if not shipped and path.stem in self.shipped:
                read.say(path, 1, f"a shipped scenario is called {path.stem!r}; choose another id and name of file")
            if shipped and scenario.source.id not in self.library.sources:
                read.say(path, read.line_of(path, ("source",)), f"{scenario.source.id!r} is not in library/sources")
            for i, name in enumerate(scenario.after):
                if wrong := self.take(name, (*behind, path.stem)):
                    read.say(path, read.line_of(path, ("after", i)), wrong)
            self.taken[path.stem] = self.taken.pop(path.stem)  # behind those it builds on
        self.mistakes += read.mistakes


class _ScenarioFiles(Files):
    """Reads scenario files, of the library or of anybody."""

    def scenario(self, path: Path) -> Scenario | None:
        """The scenario in a file, its changes knowing where they stand; None, with mistakes kept, where it is none."""
        data = self.toml(path.name) if path.suffix == ".toml" else self.yaml(path)
        scenario = None if self.mistakes else self.parse(Scenario, data, path)
        if scenario is None:
            return None
        if scenario.id != path.stem:
            self.say(path, self.line_of(path, ("id",)), f"the id is {scenario.id!r}, the file is called {path.stem!r}")
        for i, change in enumerate(scenario.changes):
            change.stands(str(path.relative_to(self.root)), self.line_of(path, ("changes", i)))
        return scenario

    def text(self, path: Path) -> str:
        """The text of a file; empty, with a mistake kept, where it is none or too much."""
        try:
            if not path.is_file():
                raise FileNotFoundError("it is not there, or not a file")
            with path.open("rb") as file:
                text = file.read(MOST_BYTES + 1).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.say(path, 1, f"is not UTF-8 at byte {error.start}; save it as UTF-8")
        except OSError as error:
            self.say(path, 1, f"cannot be read: {error.strerror or error}")
        else:
            if len(text.encode()) > MOST_BYTES:
                self.say(path, 1, f"is larger than {MOST_BYTES:,} bytes; a scenario is small")
            elif odd := _NO_TEXT.search(text):
                self.say(path, text.count("\n", 0, odd.start()) + 1, f"holds {odd[0]!r}, which is no text")
            elif max(accumulate((sign in "[{") - (sign in "]}") for sign in text), default=0) > DEEPEST:
                self.say(path, 1, f"holds more than {DEEPEST} lists in each other; a scenario needs two")
            else:
                return text
        return ""

    def line_of(self, path: Path, where: tuple[int | str, ...]) -> int:
        """The line of a key, as near as the file allows."""
        if path.suffix != ".toml" or not where:
            return super().line_of(path, where)
        return _line_in_toml(self.text(path).splitlines(), where)


def _line_in_toml(lines: Sequence[str], where: tuple[int | str, ...]) -> int:
    """The line of a key: the first that sets it, in the change that is meant."""
    start = 0
    heads = [number for number, line in enumerate(lines) if re.match(r"\s*\[\[\s*changes\s*\]\]", line)]
    if where[0] == "changes" and len(where) > 1 and isinstance(where[1], int) and where[1] < len(heads):
        start = heads[where[1]]
    key = re.compile(rf"\s*\[*\s*{re.escape(str(where[-1]))}\s*(=|\])")
    found = (number for number, line in enumerate(lines) if number >= start and key.match(line))
    return next(found, start) + 1
