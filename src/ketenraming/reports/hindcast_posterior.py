"""What the hindcast proposes, for readers: values with their bands, errors, and counts inside what was predicted."""

from collections.abc import Callable, Iterator

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.parameter import Parameter
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.words import say
from ketenraming.scenarios.hindcast.checks import LAST_LEARNT
from ketenraming.scenarios.hindcast.errors import SERIES
from ketenraming.scenarios.hindcast.observed import LAST_YEAR
from ketenraming.scenarios.hindcast.posterior import DRAWN, NUMBERS
from ketenraming.scenarios.hindcast.predictive import LEVELS, Predicted, Proposal

STRONG = 0.5  # a correlation that is worth a line
BANDS = (0.1, 0.25, 0.5, 0.75, 0.9)
Rows = list[tuple[str, ...]]


def number_rows(found: Proposal, lang: Lang) -> Rows:
    """Each number: what it is, in the library, held likely before, proposed, bands of 50 and 80 percent, and a mark."""
    return [_number_row(found, name, lang) for name in NUMBERS]


def _number_row(found: Proposal, name: str, lang: Lang) -> tuple[str, ...]:
    parameter, now = parameter_of(found, name), in_library(found, name)
    lowest, lower, middle, higher, highest = found.posterior.quantiles(name, BANDS)
    before, said = prior_of(found, name), _in_words(parameter)
    cells = [said(now, lang), "" if before is None else said(before, lang), said(middle, lang)]
    bands = [f"{said(low, lang)} – {said(high, lang)}" for low, high in ((lower, higher), (lowest, highest))]
    label = parameter.label_nl if lang == "nl" else parameter.label_en
    mark = "" if lowest <= now <= highest else "*"
    return label.partition(": ")[2], *cells, *bands, _unit(found, parameter, lang), mark


def in_library(found: Proposal, name: str) -> float:
    """The value of a number in the library."""
    return float(parameter_of(found, name).values[0].value)  # type: ignore[arg-type]


def prior_of(found: Proposal, name: str) -> float | None:
    """The middle of what was held likely of a number; none where only its bounds were."""
    place = DRAWN.index(name)
    return float(found.held.middle[place]) if np.isfinite(found.held.spread[place]) else None


def parameter_of(found: Proposal, name: str) -> Parameter:
    """The parameter of the library that holds a number."""
    return found.library.parameter(f"hindcast_{name}")


def _in_words(parameter: Parameter) -> Callable[[float, Lang], str]:
    """How a value of a parameter is written."""
    if parameter.unit == "share":
        return lambda value, lang: percent(100 * value, lang)
    return lambda value, lang: number(value, lang, 1 if parameter.unit == "month" else 2)


def _unit(found: Proposal, parameter: Parameter, lang: Lang) -> str:
    unit = found.library.units.get(parameter.unit.partition("/")[0])
    if unit is None or parameter.unit == "share":
        return ""
    return unit.label_nl if lang == "nl" else unit.label_en


def error_rows(found: Proposal, lang: Lang) -> Rows:
    """Each series: how far counts lie from the chain, and for how many months, with bands of 80 percent."""
    rows = []
    for what in SERIES:
        size = [percent(100 * value, lang) for value in found.posterior.quantiles(f"{what}_error", (0.1, 0.5, 0.9))]
        months = [
            number(value, lang, 0) for value in found.posterior.quantiles(f"{what}_error_months", (0.1, 0.5, 0.9))
        ]
        rows.append(
            (series_name(found, what, lang), *(f"{middle} ({low} – {high})" for low, middle, high in (size, months)))
        )
    return rows


def inside_rows(found: Proposal, predicted: Predicted, lang: Lang) -> Rows:
    """Each series: how many counts there are, and how many lie in each band."""
    rows = []
    for what in SERIES:
        count = len(predicted.points[what])
        parts = [predicted.inside(what, level) for level in LEVELS]
        cells = [f"{part} ({percent(100 * part / count, lang, 0)})" for part in parts]
        rows.append((series_name(found, what, lang), str(count), *cells))
    return rows


def series_name(found: Proposal, what: str, lang: Lang) -> str:
    """A series in a few words."""
    return say(found.library, f"hindcast_{'open' if what == 'pending' else what}", lang)


def strong_pairs(found: Proposal) -> Iterator[tuple[str, str, float]]:
    """Numbers that hang together strongly, and how; the strongest first."""
    together, size = found.posterior.correlations(), len(DRAWN)
    pairs = [(DRAWN[i], DRAWN[j], float(together[i, j])) for i in range(size) for j in range(i + 1, size)]
    yield from sorted((p for p in pairs if abs(p[2]) >= STRONG), key=lambda p: -abs(p[2]))


def pair_rows(found: Proposal, lang: Lang) -> Rows:
    """Each strong pair in words."""
    return [
        (number(together, lang, 2), name_of(found, one, lang), name_of(found, other, lang))
        for one, other, together in strong_pairs(found)
    ]


def name_of(found: Proposal, name: str, lang: Lang) -> str:
    """Anything that is drawn, in words."""
    if name in NUMBERS:
        parameter = parameter_of(found, name)
        return (parameter.label_nl if lang == "nl" else parameter.label_en).partition(": ")[2]
    what, _, measure = name.partition("_error")
    key = "posterior_error_months" if measure else "posterior_error"
    return f"{say(found.library, key, lang)}, {series_name(found, what, lang)}"


def headings(lang: Lang, found: Proposal) -> dict[str, str]:
    """Titles of the tables."""
    words = {"first": LAST_LEARNT + 1, "last": LAST_YEAR, "learnt": LAST_LEARNT}
    keys = ("numbers", "errors", "inside", "beyond", "pairs")
    return {key: say(found.library, f"posterior_{key}", lang, **words) for key in keys}


def remarks(found: Proposal, lang: Lang) -> list[str]:
    """What a reader must know beside the numbers."""
    counts = {
        "effective": number(found.posterior.found.effective, lang),
        "draws": number(len(found.posterior.found.weights), lang),
    }
    sampled = say(found.library, "posterior_sampled", lang, seed=found.seed, **counts)
    return [sampled, *(say(found.library, f"posterior_{key}", lang) for key in ("marked", "seen", "unwritten"))]


HEADS = {
    "numbers": ("number", "library", "prior", "proposed", "half", "four_fifths", "unit", ""),
    "errors": ("series", "error", "error_months"),
    "inside": ("series", "counts", "in_50", "in_80", "in_95"),
    "pairs": ("correlation", "one", "other"),
}


def tables(found: Proposal, lang: Lang) -> list[tuple[str, tuple[str, ...], Rows]]:
    """Every table: its title, its head, its rows."""
    titles = headings(lang, found)
    rows = {
        "numbers": number_rows(found, lang),
        "errors": error_rows(found, lang),
        "inside": inside_rows(found, found.predicted, lang),
        "beyond": inside_rows(found, found.beyond, lang),
        "pairs": pair_rows(found, lang),
    }
    return [(titles[key], head(found, "inside" if key == "beyond" else key, lang), rows[key]) for key in rows]


def head(found: Proposal, key: str, lang: Lang) -> tuple[str, ...]:
    """The head of a table."""
    return tuple(say(found.library, f"posterior_head_{name}", lang) if name else "" for name in HEADS[key])


def print_proposal(found: Proposal, console: Console, lang: Lang) -> None:
    """The tables on a terminal."""
    console.print(Text(say(found.library, "posterior_title", lang), style="bold"))
    console.print(Text(say(found.library, "posterior_what", lang), style="dim"))
    for title, top, rows in tables(found, lang):
        table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
        for i, name in enumerate(top):
            is_word = i in (0, len(top) - 1) or top == head(found, "pairs", lang)
            table.add_column(name, justify="left" if is_word else "right", no_wrap=True)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    for line in remarks(found, lang):
        console.print(Text(line, style="dim"))
