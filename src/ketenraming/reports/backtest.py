"""The back-test for readers: first where another was nearer, then errors by horizon, coverage, and the budget years."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.backtest import Backtest
from ketenraming.scenarios.backtest.lines import COA, IND, NIDOS
from ketenraming.scenarios.backtest.scores import (
    ALL,
    FIFTHS,
    GROUPS,
    PEOPLE,
    RIVALS,
    Errors,
    Lost,
    Score,
    Trial,
    group_of,
)

MILLION = 1e6
NAMES = {COA: "COA", IND: "IND", NIDOS: "Nidos"}
Word = Callable[..., str]


def word_of(found: Backtest, lang: Lang) -> Word:
    """The words of the back-test in a language."""

    def word(key: str, **words: object) -> str:
        return say(found.library, f"backtest_{key}", lang, **words)

    return word


def group_name(word: Word, group: str) -> str:
    """What a group holds, with its unit."""
    if group == PEOPLE:
        return word(PEOPLE)
    line, proxy = _line_of(group)
    return word("proxy_of" if proxy else "outcome_of", line=line)


def short_name(word: Word, group: str) -> str:
    """What a group holds, in a word."""
    if group == PEOPLE:
        return word("short_people")
    line, proxy = _line_of(group)
    return word("short_proxy", line=line) if proxy else line


def _line_of(group: str) -> tuple[str, bool]:
    return next(
        (name, proxy) for line, name in NAMES.items() for proxy in (False, True) if group == group_of(line, proxy)
    )


def verdict(found: Backtest, lang: Lang) -> list[str]:
    """Where the official figure or a simple rule was nearer than ours: how often, then one line for each of them."""
    word = word_of(found, lang)
    if not found.beaten:
        return [word("unbeaten")]
    lost = sum(ahead != ALL for each in found.beaten for ahead in each.aheads)
    many = sum(len(score.others) for score in found.scores if score.ahead != ALL)
    first = word("beaten", lost=number(lost, lang), many=number(many, lang))
    by = {rival: [each for each in found.beaten if each.by == rival] for rival in RIVALS}
    return [first, *(_lost_to(rival, those, word) for rival, those in by.items() if those)]


def _lost_to(rival: str, those: list[Lost], word: Word) -> str:
    where = "; ".join(
        word(
            "beaten_where",
            what=short_name(word, each.group),
            stage=word(each.stage),
            ahead=", ".join(horizon(word, ahead) for ahead in each.aheads),
        )
        for each in those
    )
    return word("beaten_by", by=word(f"way_{rival}"), where=where)


def horizon(word: Word, ahead: int) -> str:
    """A horizon as it is written: t is the budget year."""
    return word("all") if ahead == ALL else f"t+{ahead}" if ahead else "t"


def remarks(found: Backtest, lang: Lang) -> list[str]:
    """What a reader must know beside the numbers."""
    word = word_of(found, lang)
    left_out = [
        word("left_out", stage=word(eve.stage), edition=eve.edition, why=word(why))
        for eve, why in found.left_out.items()
    ]
    return [word(key) for key in ("legend", "apart", "derived", "stand_ins", "hindsight", "revised")] + left_out


def print_backtest(found: Backtest, console: Console, lang: Lang) -> None:
    """The verdict, the scores, where outcomes fell, the budget years one by one, and what to know beside them."""
    word = word_of(found, lang)
    for line in verdict(found, lang):
        console.print(Text(line, style="bold"))
    console.print(Text(word("title", draws=number(found.draws, lang)), style="dim"))
    for group in GROUPS:
        if of := [score for score in found.scores if score.group == group]:
            console.print(_scores(of, word, lang))
    console.print(_fifths(found, word, lang))
    console.print(_budget_years(found, word, lang))
    for line in remarks(found, lang):
        console.print(Text(line, style="dim"))


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


def in_unit(value: float, group: str, lang: Lang) -> str:
    """Persons, or millions of euros."""
    return number(value if group == PEOPLE else value / MILLION, lang)


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
