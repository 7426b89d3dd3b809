"""
The spreading task of municipalities: their weights, their part of a national need, and what is there already.

The scores behind the published places are not in the library. The weight that the places imply is used instead: it
gives the published places back at the published need, and says of another need as much as whole places can. With a
table of CBS the rule itself weighs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ketenraming.base.errors import CaseInvalid
from ketenraming.evidence.gemeenten import Gemeente, Gemeenten
from ketenraming.rules import spreidingswet
from ketenraming.rules.explain import Outcome, Parameters
from ketenraming.rules.huisvesting import swapped
from ketenraming.rules.spreidingswet import Municipality, Places


@dataclass(frozen=True, slots=True)
class Key:
    """What the law weighs with; `implied` where the score was found from published places, not read from CBS."""

    municipalities: tuple[Municipality, ...]
    implied: bool

    def score(self, code: str) -> Fraction:
        """The score of a municipality."""
        return next(Fraction(each.score) for each in self.municipalities if each.code == code)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A task and the places there are, of a municipality or a province.

    `gap` is the task less all places, `lasting_gap` the task less those that count by the law: regular places are taken
    to last, emergency places are not, and regular places of a municipality that has too few of them (`small`) do not
    count. Below nought there is more than the task.
    """

    task: int
    regular: int
    emergency: int
    lasting: Outcome[int]

    @property
    def counted(self) -> int:
        """The places that count by the law."""
        return self.task - self.lasting.value

    @property
    def small(self) -> int:
        """Regular places that do not count, because their municipality has too few."""
        return self.regular - self.counted

    @property
    def there(self) -> int:
        """All places there are."""
        return self.regular + self.emergency

    @property
    def gap(self) -> int:
        """The task less all places."""
        return self.task - self.there

    @property
    def lasting_gap(self) -> int:
        """The task less the places that count."""
        return self.lasting.value


def implied_key(gemeenten: Gemeenten) -> Key:
    """The key whose weights are the published places; a score is what they imply beside the inhabitants."""
    need, national = gemeenten.about.places.need, gemeenten.inhabitants
    found = (
        _weighed(each, Fraction(each.places * national, need * each.inhabitants) - 1)
        for each in gemeenten.municipalities.values()
    )
    return Key(tuple(found), implied=True)


def scored_key(gemeenten: Gemeenten, scores: Mapping[str, Fraction]) -> Key:
    """The key of the law with these scores, by code."""
    found = (_weighed(each, scores[each.code]) for each in gemeenten.municipalities.values())
    return Key(tuple(found), implied=False)


def _weighed(each: Gemeente, score: Fraction) -> Municipality:
    return Municipality(each.code, each.province, each.inhabitants, score)


def tasks(key: Key, need: int) -> Outcome[dict[str, int]]:
    """The places of every municipality at a national need, by code."""
    if need < 0:
        raise CaseInvalid("A national need of {need} places cannot be spread. Give nought or more.", need=need)
    return spreidingswet.shares(need, key.municipalities)


def province_tasks(key: Key, of_municipalities: Mapping[str, int]) -> dict[str, int]:
    """The places of every province, by code: the sum of its municipalities."""
    return spreidingswet.province_tasks(of_municipalities, key.municipalities)


def standing(parameters: Parameters, task: int, municipalities: tuple[Gemeente, ...], day: date) -> Standing:
    """How a task and the places of these municipalities compare on a day."""
    regular = sum(each.regular for each in municipalities)
    emergency = sum(each.emergency for each in municipalities)
    lasting = [Places(each.code, each.regular, day) for each in municipalities]
    passing = [Places(each.code, each.emergency, day, available_until=day) for each in municipalities]
    places = (*lasting, *passing)
    return Standing(task, regular, emergency, spreidingswet.gap(parameters, task, places, day))


def swapped_places(
    gemeenten: Gemeenten, of: Mapping[str, int], taker: Gemeente, giver: Gemeente, count: int
) -> dict[str, int]:
    """
    The tasks of both, by name, after `taker` took places over from `giver`; with a count below nought it gives them.

    Municipalities of one province may divide its task as they agree; raises CaseInvalid across provinces.
    """
    if taker.province != giver.province:
        raise CaseInvalid(
            "{taker} is in {one} and {giver} in {other}: places are divided within one province. Name a neighbour.",
            taker=taker.name,
            one=gemeenten.provinces[taker.province].name,
            giver=giver.name,
            other=gemeenten.provinces[giver.province].name,
        )
    named = {taker.name: of[taker.code], giver.name: of[giver.code]}
    return swapped(named, _changes(taker, giver, count)).value


def _changes(taker: Gemeente, giver: Gemeente, count: int) -> dict[str, int]:
    if taker.code == giver.code:
        raise CaseInvalid("{name} cannot swap with itself. Name another municipality.", name=taker.name)
    return {taker.name: count, giver.name: -count}
