"""
Refusals for readers: by the catalogue of their language, and else in English as the code says them. The catalogue of
English speaks to who reads a page, so commands say English as the code does.

Beside what Python knows, a template of a catalogue says how a word is said: `{day}` is a day in words, `{day:month}`
its month, `{count:,}` has the separators of the language, and `{name:lever_}` is the message `lever_…` of that name,
else its label.
"""

from collections.abc import Mapping
from datetime import date
from string import Formatter

from ketenraming.base.errors import KetenramingError
from ketenraming.base.wording import Joined, Wording
from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, day, in_signs, month_name
from ketenraming.reports.sensitive import what


def refused(error: KetenramingError, library: Library, lang: Lang) -> str:
    """What a refusal says in a language; as the code says it where the catalogue does not have it."""
    return in_words(error.wording, library, lang)


def in_words(wording: Wording, library: Library, lang: Lang) -> str:
    """A wording in a language; as the code says it where the catalogue does not have it."""
    return _Filled(library, lang).say(wording)


class _Filled(Formatter):
    """Fills the templates of a language."""

    def __init__(self, library: Library, lang: Lang) -> None:
        self._library, self._lang, self._catalogue = library, lang, library.refusals.get(lang, {})

    def say(self, wording: Wording) -> str:
        """A wording in the language, or as it is."""
        template = self._catalogue.get(wording.template)
        return str(wording) if template is None else self.vformat(template, (), wording.words)

    def format_field(self, value: object, spec: str) -> str:
        """One word of a sentence."""
        match value:
            case Wording():
                return self.say(value)
            case Joined():
                between = self._catalogue.get(value.between, value.between)
                return between.join(self.format_field(part, "") for part in value.parts)
            case date():
                return month_name(value, self._lang) if spec == "month" else day(value, self._lang)
            case str() if spec.endswith("_"):
                return self._called(value, spec)
            case int() | float():
                return in_signs(format(value, spec), self._lang)
        return format(value, spec)

    def _called(self, name: str, kind: str) -> str:
        """What a name is called: by the message of its kind, or by its label."""
        said = self._library.messages
        both: Mapping[str, str] | None = said.get(f"{kind}{name}") or said.get(f"{kind}{_of_option(name)}")
        return both[self._lang] if both else what(name, self._library, self._lang)


def _of_option(name: str) -> str:
    """An option of the command line by the name that a page gives it: `protected_from` for `--protected-from`."""
    return name.removeprefix("--").replace("-", "_")
