"""A chain as Mermaid text, which other programs draw."""

from collections.abc import Iterator

from ketenraming.chain.declare import exits, validate
from ketenraming.chain.stage import Chain, Dwell, Inflow, Queue, Route, Stage
from ketenraming.evidence.library import Library
from ketenraming.reports.diagram.words import Words, lives, moving
from ketenraming.reports.numbers import Lang


def mermaid(chain: Chain, library: Library, lang: Lang) -> str:
    """The chain as a Mermaid flowchart, its stages grouped by where people live."""
    validate(chain)
    words = Words(library, lang)
    lines = ["flowchart LR", f"  accTitle: {_plain(words.say('title'))}", f"  accDescr: {_plain(words.say('rest'))}"]
    places = dict.fromkeys(lives(stage) for stage in chain.stages)
    for place in places:
        inside = [_node(stage, words) for stage in chain.stages if lives(stage) == place]
        if place:
            lines.append(f"  subgraph p_{place}[{_quoted(words.of('place', place))}]")
        lines += [f"  {'  ' if place else ''}{node}" for node in inside]
        lines += ["  end"] if place else []
    arrows = [_arrow(route, words) for route in chain.routes]
    leaving = [*_leaving(chain, words), "classDef out fill:none,stroke:none"]
    return "\n".join([*lines, *(f"  {arrow}" for arrow in [*arrows, *leaving])]) + "\n"


def _plain(text: str) -> str:
    """Text that no line of Mermaid takes for its own."""
    for mark, name in (("#", "35"), ("&", "amp"), (";", "59"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("`", "96")):
        text = text.replace(mark, f"\0{name}\1")
    return " ".join(text.split()).replace("\0", "#").replace("\1", ";")


def _quoted(*lines: str) -> str:
    return f'"{"<br/>".join(_plain(line) for line in lines if line)}"'


def _node(stage: Stage, words: Words) -> str:
    name = words.of("stage", stage.name)
    match stage:
        case Inflow():
            return f"s_{stage.name}([{_quoted(name)}])"
        case Queue():
            return f"s_{stage.name}[{_quoted(name, words.of('server', stage.server), words.term(stage))}]"
        case Dwell():
            return f"s_{stage.name}({_quoted(name)})"


def _arrow(route: Route, words: Words) -> str:
    told = [words.of("exit", route.exit) if route.exit else "", *words.marks(route)]
    label = f"|{_quoted(*told)}|" if any(told) else ""
    return f"s_{route.source} {'-.->' if route.spawning else '-->'}{label} s_{route.to}"


def _leaving(chain: Chain, words: Words) -> Iterator[str]:
    """One arrow out of the chain for each stage that has exits without a route, with their names."""
    for stage in chain.stages:
        taken = {route.exit for route in moving(chain, stage.name)}
        open_ = [exit for exit in exits(stage) if exit not in taken]
        names = ", ".join(words.of("exit", exit) for exit in open_ if exit)
        if open_:
            label = f"|{_quoted(names)}|" if names else ""
            yield f"s_{stage.name} -->{label} out_{stage.name}[{_quoted(words.say('out'))}]:::out"
