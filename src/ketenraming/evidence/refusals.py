"""What is said in Dutch where something is refused, by the English template that stands in the code."""

from string import Formatter

from ketenraming.evidence.files import Files

NAME = "locale/refusals.toml"


def read_refusals(read: Files) -> dict[str, str]:
    """The Dutch of each English template; a word that the English does not have is a mistake."""
    found: dict[str, str] = {}
    for english, dutch in read.toml(NAME).items():
        if wrong := _wrong(english, dutch):
            read.say(read.root / NAME, 1, f"{english!r}: {wrong}")
        else:
            found[english] = dutch
    return found


def words_in(template: str) -> set[str]:
    """The names of the words that a template takes; raises ValueError where its braces do not close."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _wrong(english: str, dutch: object) -> str:
    """What is wrong with an entry, or nothing."""
    if not isinstance(dutch, str):
        return "its Dutch is no text"
    try:
        more = words_in(dutch) - words_in(english)
    except ValueError as error:
        return f"no template: {error}"
    return f"the Dutch says {', '.join(sorted(more))}, and the English does not" if more else ""
