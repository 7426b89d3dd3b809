"""The chain in one month: the people of each stage at its end, and how many came and went in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ketenraming.chain.declare import exits
from ketenraming.chain.results import Results
from ketenraming.chain.stage import Dwell, Inflow, Stage
from ketenraming.evidence.library import Library
from ketenraming.reports.diagram import Words
from ketenraming.reports.numbers import Lang, number


@dataclass(frozen=True, slots=True)
class StageMonth:
    """One stage in one month, as texts; an inflow has no stock, and what is not counted is empty."""

    name: str
    label: str
    stock: str
    coming: str
    going: str
    overdue: str


def told_in_month(results: Results, month: int, library: Library, lang: Lang) -> dict[str, tuple[str, ...]]:
    """What to write in the box of each stage, and behind each way out of it."""
    words, told = Words(library, lang), dict[str, tuple[str, ...]]()
    for stage in results.chain.stages:
        told[stage.name] = tuple(_lines(stage, results, month, words))
        for exit in filter(None, exits(stage)):
            told[f"{stage.name}/{exit}"] = (number(_at(results, f"{stage.name}_{exit}_outflow", month), lang),)
    return told


def _lines(stage: Stage, results: Results, month: int, words: Words) -> Iterator[str]:
    coming = number(_at(results, f"{stage.name}_inflow", month), words.lang)
    if isinstance(stage, Inflow):
        yield words.say("coming", count=coming)
        return
    yield words.say("there", count=number(_at(results, f"{stage.name}_stock_end", month), words.lang))
    if isinstance(stage, Dwell):
        yield words.say("coming", count=coming)
        return
    yield words.say("passing", coming=coming, going=number(_at(results, f"{stage.name}_outflow", month), words.lang))
    if stage.term is not None:
        yield words.say("late", count=number(_at(results, f"{stage.name}_overdue", month), words.lang))


def rows_in_month(results: Results, month: int, library: Library, lang: Lang) -> list[StageMonth]:
    """The same as rows of a table."""
    words = Words(library, lang)

    def told(name: str) -> str:
        return number(_at(results, name, month), lang) if name in results.months else ""

    return [
        StageMonth(
            stage.name,
            words.of("stage", stage.name),
            told(f"{stage.name}_stock_end"),
            told(f"{stage.name}_inflow"),
            number(_going(stage, results, month), lang) if not isinstance(stage, Inflow) else "",
            told(f"{stage.name}_overdue"),
        )
        for stage in results.chain.stages
    ]


def _going(stage: Stage, results: Results, month: int) -> float:
    if isinstance(stage, Dwell):
        return sum(_at(results, f"{stage.name}_{exit.name}_outflow", month) for exit in stage.exits)
    return _at(results, f"{stage.name}_outflow", month)


def _at(results: Results, name: str, month: int) -> float:
    return float(results[name][month, 0])
