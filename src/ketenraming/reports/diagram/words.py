"""The words of a chain for readers, its parts, and each stage as a row of a table and as a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ketenraming.chain.declare import exits
from ketenraming.chain.stage import Chain, Inflow, Queue, Route, Stage
from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang
from ketenraming.reports.words import say

# The stage with which each part of the Dutch chain begins, in the order of its declaration.
PARTS = {
    "asiel": "asylum",
    "nareis": "family",
    "toezicht": "return",
    "ontheemden": "ukraine",
    "toelating_aanvragen": "regular",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The names of a chain for readers, in one language, and what is said of its stages in a month."""

    library: Library
    lang: Lang
    told: Mapping[str, Sequence[str]] = field(default_factory=dict)  # lines, by stage or by stage and exit

    def of(self, kind: str, name: str) -> str:
        """The word for a stage, place, server, exit or part; its name where the catalogue has none."""
        both = self.library.messages.get(f"{kind}_{name}")
        return both[self.lang] if both else name.replace("_", " ")

    def lines(self, stage: str, exit: str = "") -> Sequence[str]:
        """What is said of a stage, or of a way out of it; nothing where there is nothing to say."""
        return self.told.get(f"{stage}/{exit}" if exit else stage, ())

    def say(self, key: str, **words: object) -> str:
        """A message of the catalogue."""
        return say(self.library, f"chain_{key}", self.lang, **words)

    def kind(self, stage: Stage) -> str:
        """What kind of stage it is."""
        return self.say(kind_of(stage))

    def term(self, queue: Queue) -> str:
        """The term of a queue, in each period of the run that has its own; empty where there is none."""
        if queue.term is None:
            return ""
        pairs = queue.term if isinstance(queue.term, tuple) else ((0, queue.term),)
        over = max(sum(first <= 0 for first, _ in pairs) - 1, 0)  # terms of those who came before the run
        told = [
            self.say("term_from" if first > 0 else "term", months=months, first=first + 1)
            for first, months in pairs[over:]
        ]
        return "; ".join(told)

    def delay(self, route: Route) -> str:
        """How many months later people arrive; empty where it is at once."""
        months = [month for month, chance in enumerate(route.delay) if chance > 0]
        if not months or months == [0]:
            return ""
        key = "delay" if months[0] == months[-1] else "delays"
        return self.say(key, first=months[0], last=months[-1])

    def marks(self, route: Route) -> tuple[str, ...]:
        """What is written on a route: that it brings about others, and that they come later."""
        return tuple(filter(None, [self.say("spawns") if route.spawning else "", self.delay(route)]))


def parts(chain: Chain) -> dict[str, list[Stage]]:
    """The stages by part: a part begins where `PARTS` says so and goes on until the next; else all are one."""
    found: dict[str, list[Stage]] = {}
    part = ""
    for stage in chain.stages:
        part = PARTS.get(stage.name, part)
        found.setdefault(part, []).append(stage)
    return found


def kind_of(stage: Stage) -> str:
    """The kind by which it is drawn: inflow, queue or dwell."""
    return type(stage).__name__.lower()


def lives(stage: Stage) -> str:
    """Where its people live; empty where that is not said."""
    return "" if isinstance(stage, Inflow) else stage.lives


def stage_rows(chain: Chain, library: Library, lang: Lang) -> list[tuple[str, ...]]:
    """Every stage as declared: name, label, kind, who serves it, its term, where people live, and its ways out."""
    words = Words(library, lang)
    return [
        (
            stage.name,
            words.of("stage", stage.name),
            words.kind(stage),
            words.of("server", stage.server) if isinstance(stage, Queue) else "",
            words.term(stage) if isinstance(stage, Queue) else "",
            words.of("place", lives(stage)) if lives(stage) else "",
            "; ".join(_ways(stage, chain, words)),
        )
        for stage in chain.stages
    ]


def _ways(stage: Stage, chain: Chain, words: Words) -> Iterator[str]:
    """The ways out of a stage: by exit, then what it brings about."""
    for exit in exits(stage):
        ways = [route for route in moving(chain, stage.name) if route.exit == exit]
        name = f"{words.of('exit', exit)} " if exit else ""
        yield f"{name}→ {', '.join(_told(route, words) for route in ways) or words.say('out')}"
    others = [route for route in chain.routes if route.source == stage.name and route.spawning]
    if others:
        yield f"{words.say('spawns')} → {', '.join(_told(route, words) for route in others)}"


def moving(chain: Chain, source: str) -> list[Route]:
    """The routes by which people themselves leave a stage."""
    return [route for route in chain.routes if route.source == source and not route.spawning]


def _told(route: Route, words: Words) -> str:
    later = words.delay(route)
    return words.of("stage", route.to) + (f" ({later})" if later else "")


def description(chain: Chain, stages: Sequence[Stage], words: Words) -> str:
    """These stages and their ways out as text, for who cannot see the picture."""
    told = [
        f"{words.of('stage', stage.name)} ({words.kind(stage)}): {'; '.join(_ways(stage, chain, words))}."
        for stage in stages
    ]
    return " ".join([*told, words.say("rest")])
