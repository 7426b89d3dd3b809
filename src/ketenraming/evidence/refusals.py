"""What pages say where something is refused, by language and by the English template that stands in the code."""

from collections.abc import Mapping
from string import Formatter

from ketenraming.evidence.files import Files

NAMES = {"nl": "locale/refusals.nl.toml", "en": "locale/refusals.en.toml"}


def read_refusals(read: Files) -> Mapping[str, Mapping[str, str]]:
    """What is said for each template; a word that the template does not have is a mistake."""
    return {lang: _catalogue(read, name) for lang, name in NAMES.items()}


def _catalogue(read: Files, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for template, said in read.toml(name).items():
        if wrong := _wrong(template, said):
            read.say(read.root / name, 1, f"{template!r}: {wrong}")
        else:
            found[template] = said
    return found


def words_in(template: str) -> set[str]:
    """The names of the words that a template takes; raises ValueError where its braces do not close."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _wrong(template: str, said: object) -> str:
    """What is wrong with an entry, or nothing."""
    if not isinstance(said, str):
        return "what is said is no text"
    try:
        more = words_in(said) - words_in(template)
    except ValueError as error:
        return f"no template: {error}"
    return f"it says {', '.join(sorted(more))}, and the template does not" if more else ""
