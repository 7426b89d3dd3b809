"""A forecast of inflow for readers: years, months, and how its ways scored, on a terminal, as JSON and as CSV."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.forecast import Forecast, Scored
from ketenraming.scenarios.forecast.delayed import NAREIS
from ketenraming.scenarios.forecast.history import month_text
from ketenraming.scenarios.forecast.minors import MINORS
from ketenraming.scenarios.forecast.rolling import Score

LEVELS = {"p2.5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97.5": 0.975}
TARGETS = ("1", "3", "6", "12", "24", "year_1", "year_2", "year_3", "year_4", "year_5")
NAMED = 6  # months that are told one by one
Rows = list[tuple[str, ...]]
Word = Callable[..., str]


def title(found: Forecast, library: Library, lang: Lang) -> str:
    """What is forecast, and from when on."""
    return say(library, "forecast_title", lang, what=named(found, library, lang), last=month_text(found.first - 1))


def named(found: Forecast, library: Library, lang: Lang) -> str:
    """The label of a series, or the name of a file."""
    name = found.history.name
    series = library.series.get(name)
    if series is None:
        return say(library, f"forecast_{name}", lang) if name in (NAREIS, MINORS) else name
    return series.label_nl if lang == "nl" else series.label_en


def remarks(found: Forecast, library: Library, lang: Lang) -> list[str]:
    """How it was made, and what was filled in or left out."""
    history = found.history
    way = say(library, f"forecast_way_{found.way}", lang)
    first, last = month_text(history.first), month_text(history.end - 1)
    told = [say(library, "forecast_how", lang, way=way, first=first, last=last, draws=number(len(found.values), lang))]
    for key, months in (("filled", history.filled), ("zeros", history.zeros)):
        if months:
            told.append(say(library, f"forecast_{key}", lang, months=_few(months, library, lang)))
    if history.unused:
        told.append(say(library, "forecast_unused", lang, count=history.unused, first=first))
    return told


def _few(months: Sequence[int], library: Library, lang: Lang) -> str:
    """Months by name, and how many more there are."""
    named = ", ".join(month_text(month) for month in months[:NAMED])
    rest = len(months) - NAMED
    return named if rest <= 0 else say(library, "forecast_more", lang, months=named, count=number(rest, lang))


def print_forecast(found: Forecast, library: Library, console: Console, lang: Lang) -> None:
    """Calendar years, then months."""

    def word(key: str, **words: object) -> str:
        return say(library, f"forecast_{key}", lang, **words)

    console.print(Text(title(found, library, lang), style="bold"))
    for line in remarks(found, library, lang):
        console.print(Text(line, style="dim"))
    console.print(_quantiles(year_rows(found, lang), word("year")))
    console.print(_quantiles(month_rows(found, lang), word("month")))


def year_rows(found: Forecast, lang: Lang) -> Rows:
    """Quantiles of every whole calendar year."""
    years = found.years(tuple(LEVELS.values()))
    return [(str(year), *(number(value, lang) for value in values)) for year, values in years.items()]


def month_rows(found: Forecast, lang: Lang) -> Rows:
    """Quantiles of every month."""
    columns = found.quantiles(tuple(LEVELS.values())).T
    return [
        (month_text(found.first + i), *(number(value, lang) for value in values)) for i, values in enumerate(columns)
    ]


def _quantiles(rows: Rows, first: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first)
    for level in LEVELS:
        table.add_column(level, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def print_scores(found: Scored, library: Library, console: Console, lang: Lang) -> None:
    """CRPS beside that of the seasonal naive way, and how often the bands held; then the default in full."""

    def word(key: str, **words: object) -> str:
        return say(library, f"forecast_{key}", lang, **words)

    console.print(Text("\n" + word("scores", first=found.first, last=found.last), style="bold"))
    if found.is_few:
        console.print(Text(word("few", count=number(found.trials, lang)), style="bold"))
    for calm, heading in ((False, "every"), (True, "calm")):
        if not calm or found.calm != found.every:
            console.print(_ratios(found, calm, word(heading), word))
    console.print(_full(found.every[found.best], word, lang))
    for key in ("legend", "hindsight"):
        console.print(Text(word(key), style="dim"))


def _ratios(found: Scored, calm: bool, heading: str, word: Word) -> Table:
    table = Table(title=heading, title_justify="left", box=None, pad_edge=False, header_style="bold")
    table.add_column("CRPS")
    targets = [target for target in TARGETS if target in found.every[found.best]]
    for target in targets:
        table.add_column(word(f"target_{target}"), justify="right", no_wrap=True)
    for way in found.every:
        cells = [found.ratio(way, target, calm=calm) for target in targets]
        name = word(f"way_{way}") + (" *" if way == found.best else "")
        table.add_row(name, *("" if cell is None else f"{cell:.2f}" for cell in cells))
    return table


def _full(scores: Mapping[str, Score], word: Word, lang: Lang) -> Table:
    table = Table(title=word("default"), title_justify="left", box=None, pad_edge=False, header_style="bold")
    for key in ("ahead", "trials", "crps", "mae", "bias", "upper", "in_50", "in_80", "in_95"):
        table.add_column(word(key), justify="left" if key == "ahead" else "right", no_wrap=True)
    for target, each in scores.items():
        values = (each.trials, each.crps, each.mae, each.bias, each.upper)
        held = (f"{number(100 * share, lang)}%" for share in each.coverage.values())
        table.add_row(word(f"target_{target}"), *(number(value, lang) for value in values), *held)
    return table


def forecast_as_json(found: Forecast, library: Library, scores: Scored | None = None) -> dict[str, Any]:
    """The forecast in full, and the scores where they were asked for."""
    history = found.history
    levels = tuple(LEVELS.values())
    months = {month_text(found.first + i): _levels(row) for i, row in enumerate(found.quantiles(levels).T)}
    return {
        "ok": True,
        "schema": "ketenraming/forecast/1",
        "series": history.name,
        "way": found.way,
        "known": {"first": month_text(history.first), "last": month_text(history.end - 1),
                  "filled": [month_text(month) for month in history.filled],
                  "zeros": [month_text(month) for month in history.zeros], "unused": history.unused},
        "months": months,
        "years": {str(year): _levels(row) for year, row in found.years(levels).items()},
        **({"scores": scores_as_json(scores)} if scores else {}),
        "made": {"version": version("ketenraming"), "library": library.digest,
                 "seed": found.seed, "draws": len(found.values)},
    }  # fmt: skip


def _levels(row: Any) -> dict[str, float]:
    return {level: round(float(value), 2) for level, value in zip(LEVELS, row, strict=True)}


def scores_as_json(found: Scored) -> dict[str, Any]:
    """Every score of every way, over all days and without the years of shock."""
    return {
        "default": found.best,
        "trials": found.trials,
        "first_day": found.first.isoformat(),
        "last_day": found.last.isoformat(),
        **{name: {way: {target: _score(each) | {"crps_ratio": found.ratio(way, target, calm=name == "without_shocks")}
                        for target, each in scores.items()} for way, scores in table.items()}
           for name, table in (("all", found.every), ("without_shocks", found.calm))},
    }  # fmt: skip


def _score(each: Score) -> dict[str, Any]:
    numbers = {name: round(getattr(each, name), 2) for name in ("crps", "mae", "bias", "upper")}
    held = {f"in_{round(100 * band)}": round(share, 4) for band, share in each.coverage.items()}
    return {"trials": each.trials, **numbers, **held}


def forecast_as_csv(found: Forecast, scores: Scored | None = None) -> str:
    """One number a row: quantiles by month and year, and the scores where they were asked for."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["table", "name", "period", "measure", "value"])
    levels, name = tuple(LEVELS.values()), found.history.name
    months = {month_text(found.first + i): row for i, row in enumerate(found.quantiles(levels).T)}
    for period, row in {**months, **{str(y): r for y, r in found.years(levels).items()}}.items():
        writer.writerows(("forecast", name, period, level, value) for level, value in _levels(row).items())
    for table in ("all", "without_shocks") if scores else ():
        for way, targets in scores_as_json(scores)[table].items():  # type: ignore[arg-type]
            for target, each in targets.items():
                writer.writerows((f"scores_{table}", way, target, measure, value) for measure, value in each.items())
    return stream.getvalue()
