"""Reading library files with their lines. The only module that opens them; every mistake is kept, none raised."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ketenraming.evidence.marked import Marked, NoSuchValue, NotYaml

Model = TypeVar("Model", bound=BaseModel)


@dataclass
class Files:
    """Reads files below a root and keeps every mistake it meets."""

    root: Path
    mistakes: list[str] = field(default_factory=list)
    _marked: dict[Path, Marked] = field(default_factory=dict)
    _named: dict[tuple[Path, str], int] = field(default_factory=dict)

    def say(self, path: Path, line: int, what: str) -> None:
        """Keep a mistake with its file and line."""
        self.mistakes.append(f"{path.relative_to(self.root)}:{line}: {what}")

    def all(self, folder: str, ending: str) -> Iterator[Path]:
        """All files below a folder with an ending, in a fixed order."""
        return iter(sorted((self.root / folder).rglob(f"*{ending}")))

    def yaml(self, path: Path) -> Any:
        """What a YAML file holds, with its lines remembered; None when it is not YAML."""
        text = self.text(path)
        try:
            self._marked[path] = marked = Marked(text)
        except NotYaml as error:
            mark, what = error.problem_mark, "" if isinstance(error, NoSuchValue) else "not YAML: "
            self.say(path, mark.line + 1 if mark else 1, f"{what}{error.problem}")
            return None
        except RecursionError as error:
            self.say(path, 1, f"cannot be read as YAML: {error}")
            return None
        return marked.data

    def text(self, path: Path) -> str:
        """The text of a file; empty, with a mistake kept, when it cannot be read."""
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.say(path, 1, f"cannot be read: {error}")
            return ""

    def line_of(self, path: Path, where: tuple[int | str, ...]) -> int:
        """The line of a key in a YAML file, as near as the file allows."""
        return self._marked[path].line_of(where) if path in self._marked else 1

    def parse(self, model: type[Model], data: Any, path: Path, where: tuple[int | str, ...] = ()) -> Model | None:
        """A model from data of a file; mistakes are kept, not raised."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for mistake in error.errors():
                at = (*where, *mistake["loc"])
                name = ".".join(str(step) for step in mistake["loc"]) or "file"
                self.say(path, self.line_of(path, at), f"{name}: {mistake['msg'].lower()}")
            return None

    def rows(self, name: str | Path) -> Iterator[tuple[Path, int, dict[str, str]]]:
        """Rows of a CSV file with their line numbers."""
        path = self.root / name
        reader = csv.DictReader(io.StringIO(self.text(path)))
        for row in reader:
            if None in row or None in row.values():
                self.say(path, reader.line_num, "the row has more or fewer cells than the header")
            else:
                yield path, reader.line_num, row

    def by_name(self, model: type[Model], name: str | Path, key: str) -> dict[str, Model]:
        """The rows of a CSV file as models by the name in one column; an empty cell is left to the model's default."""
        found: dict[str, Model] = {}
        may_be_empty = {column for column, of in model.model_fields.items() if not of.is_required()}
        for path, line, row in self.rows(name):
            before = len(self.mistakes)
            item = self.parse(model, {c: cell for c, cell in row.items() if cell or c not in may_be_empty}, path)
            if item is None:
                self.mistakes[before:] = [re.sub(r":1:", f":{line}:", m, count=1) for m in self.mistakes[before:]]
            elif found.setdefault(row[key], item) is not item:
                self.say(path, line, f"{row[key]} is there twice")
            self._named.setdefault((path, row.get(key, "")), line)
        return found

    def line_of_name(self, path: Path, name: str) -> int:
        """The line of a name in a CSV file that was read by name; 0 where it is not there."""
        return self._named.get((path, name), 0)

    def toml(self, name: str) -> dict[str, Any]:
        """A TOML file as a dictionary; empty when it is not TOML."""
        path = self.root / name
        try:
            return tomllib.loads(self.text(path))
        except ValueError as error:  # no TOML, or a number that is too long
            self.say(path, 1, f"not TOML: {error}")
            return {}
