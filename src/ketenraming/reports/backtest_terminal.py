"""The back-test in a terminal: the verdict, errors by horizon, where outcomes fell, and the budget years."""

from collections import defaultdict
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.reports.backtest import Word, group_name, horizon, in_unit, remarks, short_name, verdict, word_of
from ketenraming.reports.numbers import Lang, number
from ketenraming.scenarios.backtest import Backtest
from ketenraming.scenarios.backtest.scores import ALL, FIFTHS, GROUPS, RIVALS, Errors, Score, Trial


def print_backtest(found: Backtest, console: Console, lang: Lang) -> None:
    """The verdict, the scores, where outcomes fell, the budget years one by one, and what to know beside them."""
    word = word_of(found, lang)
    for line in verdict(found, lang):
        console.print(Text(line, style="bold"))
    console.print(Text(word("title", draws=number(found.draws, lang)), style="dim"))
    for table in tables(found, lang):
        console.print(table)
    for line in remarks(found, lang):
        console.print(Text(line, style="dim"))


def tables(found: Backtest, lang: Lang) -> list[Table]:
    """Errors by horizon for every group, where outcomes fell among our draws, and the budget years one by one."""
    word = word_of(found, lang)
    groups = [[score for score in found.scores if score.group == group] for group in GROUPS]
    return [
        *(_scores(of, word, lang) for of in groups if of),
        _fifths(found, word, lang),
        _budget_years(found, word, lang),
    ]


def _table(title: str, columns: dict[str, str]) -> Table:
    """A table with its columns, of which each says on which side it stands."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, side in columns.items():
        table.add_column(name, justify="left" if side == "left" else "right", no_wrap=True)
    return table


def _scores(of: list[Score], word: Word, lang: Lang) -> Table:
    rivals = [rival for rival in RIVALS if any(rival in score.others for score in of)]
    names = ("stage", "ahead", "trials", "ours", "bias", "percent", "crps", "in_50", "in_80", *rivals)
    sides = defaultdict(lambda: "right", stage="left", ahead="left")
    table = _table(group_name(word, of[0].group), {word(name): sides[name] for name in names})
    for score in of:
        others = (_rival(score.others.get(rival), score, word, lang) for rival in rivals)
        table.add_row(word(score.stage), horizon(word, score.ahead), *_ours(score, lang), *others)
    return table


def _ours(score: Score, lang: Lang) -> Iterator[str]:
    yield number(score.ours.trials, lang)
    yield in_unit(score.ours.mae, score.group, lang)
    yield in_unit(score.ours.bias, score.group, lang)
    yield f"{number(score.ours.mape, lang)}%"
    yield in_unit(score.crps, score.group, lang)
    for share in score.coverage.values():
        yield f"{number(100 * share, lang)}%"


def _rival(errors: Errors | None, score: Score, word: Word, lang: Lang) -> str:
    """Its mean error, with a star where it is below ours; and ours beside it where it spoke of fewer years."""
    if errors is None:
        return ""
    said = in_unit(errors.mae, score.group, lang) + (" *" if errors.beats_ours else "")
    if errors.trials == score.ours.trials:
        return said
    return f"{said} ({errors.trials}; {word('ours_there', ours=in_unit(errors.ours, score.group, lang))})"


def _fifths(found: Backtest, word: Word, lang: Lang) -> Table:
    """How many outcomes fell in each fifth of our draws, and how many the bands held."""
    columns = [word(f"fifth_{i}") for i in range(FIFTHS)]
    numbers = dict.fromkeys((word("trials"), *columns, word("in_50"), word("in_80")), "right")
    table = _table(word("fifths"), {word("what"): "left", word("stage"): "left", **numbers})
    for score in found.scores:
        if score.ahead == ALL:
            shares = (f"{number(100 * share, lang)}%" for share in score.coverage.values())
            counts = (number(count, lang) for count in (score.ours.trials, *score.fifths))
            table.add_row(short_name(word, score.group), word(score.stage), *counts, *shares)
    return table


def _budget_years(found: Backtest, word: Word, lang: Lang) -> Table:
    names = ("what", "year", "stage", "outcome", "median", "band", "exceeded", *RIVALS)
    sides = defaultdict(lambda: "right", what="left", year="left", stage="left")
    table = _table(word("years"), {word(name): sides[name] for name in names})
    trials = [trial for trial in found.trials if trial.ahead == 0]
    for trial in sorted(trials, key=lambda each: (GROUPS.index(each.group), each.year)):
        table.add_row(*_year(trial, word, lang))
    return table


def _year(trial: Trial, word: Word, lang: Lang) -> Iterator[str]:
    said = {name: in_unit(value, trial.group, lang) for name, value in trial.quantiles().items()}
    yield short_name(word, trial.group)
    yield str(trial.year)
    yield word(trial.vantage.stage)
    yield in_unit(trial.outcome, trial.group, lang)
    yield said["p50"]
    yield f"{said['p10']} – {said['p90']}"
    yield f"{number(100 * trial.exceeded, lang)}%"
    for rival in RIVALS:
        yield in_unit(trial.others[rival], trial.group, lang) if rival in trial.others else ""
