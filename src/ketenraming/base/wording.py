"""
What is said with words to fill in: as a string it is English, and who has a catalogue can say it in another language.

The English stands in the code, where it is said; a catalogue gives another text for the same template.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Wording:
    """An English text with named places, and what stands in them; without words it is said as it is, braces and all."""

    template: str
    words: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.words) if self.words else self.template


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts with the same between each two: the names in a question, mistakes below each other."""

    parts: tuple[object, ...]
    between: str

    def __str__(self) -> str:
        return self.between.join(str(part) for part in self.parts)


def as_json(word: object) -> Any:
    """A wording as JSON, to be read by `of_json` in another process; what is no number becomes text."""
    if isinstance(word, Wording):
        return {"template": word.template, "words": {name: as_json(one) for name, one in word.words.items()}}
    return word if isinstance(word, int | float) else str(word)


def of_json(told: Any) -> Any:
    """What `as_json` made JSON of."""
    if not isinstance(told, dict):
        return told
    return Wording(told["template"], {name: of_json(one) for name, one in told["words"].items()})
