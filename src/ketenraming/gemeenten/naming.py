"""Finding a municipality by what people call it: capitals, accents and the letters of the province do not matter."""

import re
import unicodedata
from collections.abc import Iterator

from ketenraming.base.errors import OR, CaseInvalid, did_you_mean
from ketenraming.base.wording import Joined, Wording
from ketenraming.evidence.gemeenten import Gemeente, Gemeenten

MOST_LETTERS = 80


def find(gemeenten: Gemeenten, asked: str) -> Gemeente:
    """The municipality of a name or a CBS code; raises CaseInvalid with the nearest names, or all that it may be."""
    if (code := asked.strip().upper()) in gemeenten.municipalities:
        return gemeenten.municipalities[code]
    wanted = _plain(asked)
    everyone = list(gemeenten.municipalities.values())
    exact = [each for each in everyone if wanted in {_plain(name) for name in (each.name, each.also) if name}]
    found = exact or [each for each in everyone if wanted == _plain(_bare(each.name))]
    if len(found) == 1:
        return found[0]
    if found:
        several = Joined(tuple(each.name for each in found), OR)
        raise CaseInvalid("{asked!r} is {several}. Write which.", asked=asked[:MOST_LETTERS], several=several)
    raise CaseInvalid(
        "There is no municipality {asked!r}.{near} Write the name of a municipality of 2025, or its CBS code.",
        asked=asked[:MOST_LETTERS],
        near=_nearest(asked, everyone),
    )


def _nearest(asked: str, everyone: list[Gemeente]) -> Wording:
    names = {_plain(name): name for each in everyone for name in _called(each)}
    return did_you_mean(_plain(asked[:MOST_LETTERS]), names, names.__getitem__)


def _called(each: Gemeente) -> Iterator[str]:
    yield each.name
    if each.also:
        yield each.also


def _bare(name: str) -> str:
    """A name without the letters of its province: `Hengelo (O.)` is Hengelo."""
    return re.sub(r" \(.*\)$", "", name)


def _plain(name: str) -> str:
    """Letters and digits only, in lower case and without accents."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if letter.isalnum())
