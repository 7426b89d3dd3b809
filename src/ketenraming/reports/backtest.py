"""The back-test for readers: first where another was nearer, then errors by horizon; as a table, JSON and CSV."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.backtest import Backtest
from ketenraming.scenarios.backtest.scores import ALL, GROUPS, RIVALS, Errors, Score, Trial

MILLION = 1e6
Word = Callable[..., str]


def word_of(found: Backtest, lang: Lang) -> Word:
    """The words of the back-test in a language."""

    def word(key: str, **words: object) -> str:
        return say(found.library, f"backtest_{key}", lang, **words)

    return word


def verdict(found: Backtest, lang: Lang) -> str:
    """Where the official figure or a simple rule was nearer than ours, in one sentence."""
    word = word_of(found, lang)
    lost = [
        f"{word(rival)} ({word(f'short_{group}')}: {', '.join(horizon(word, ahead) for ahead in aheads)})"
        for (group, rival), aheads in found.beaten.items()
    ]
    return word("beaten", lost="; ".join(lost)) if lost else word("unbeaten")


def horizon(word: Word, ahead: int) -> str:
    """A horizon as it is written: t is the budget year."""
    return word("all") if ahead == ALL else f"t+{ahead}" if ahead else "t"


def remarks(found: Backtest, lang: Lang) -> list[str]:
    """What a reader must know beside the numbers."""
    word = word_of(found, lang)
    left_out = [word("left_out", edition=edition, why=word(why)) for edition, why in found.left_out.items()]
    return [word(key) for key in ("legend", "apart", "derived", "hindsight", "revised")] + left_out


def print_backtest(found: Backtest, console: Console, lang: Lang) -> None:
    """The verdict, the scores, the budget years one by one, and what to know beside them."""
    word = word_of(found, lang)
    console.print(Text(verdict(found, lang), style="bold"))
    console.print(Text(word("title", draws=number(found.draws, lang)), style="dim"))
    for group in GROUPS:
        if of := [score for score in found.scores if score.group == group]:
            console.print(_scores(of, word, lang))
    console.print(_budget_years(found, word, lang))
    for line in remarks(found, lang):
        console.print(Text(line, style="dim"))


def _scores(of: list[Score], word: Word, lang: Lang) -> Table:
    group = of[0].group
    table = Table(title=word(group), title_justify="left", box=None, pad_edge=False, header_style="bold")
    for key in ("ahead", "trials", "ours", "bias", "percent", "crps", "in_50", "in_80", "exceeded"):
        table.add_column(word(key), justify="left" if key == "ahead" else "right", no_wrap=True)
    rivals = [rival for rival in RIVALS if any(rival in score.others for score in of)]
    for rival in rivals:
        table.add_column(word(rival), justify="right", no_wrap=True)
    for score in of:
        others = (_rival(score.others.get(rival), score, word, lang) for rival in rivals)
        table.add_row(horizon(word, score.ahead), *_ours(score, lang), *others)
    return table


def _ours(score: Score, lang: Lang) -> Iterator[str]:
    yield number(score.ours.trials, lang)
    yield _in_unit(score.ours.mae, score.group, lang)
    yield _in_unit(score.ours.bias, score.group, lang)
    yield f"{number(score.ours.mape, lang)}%"
    yield _in_unit(score.crps, score.group, lang)
    for share in (*score.coverage.values(), score.exceeded):
        yield f"{number(100 * share, lang)}%"


def _rival(errors: Errors | None, score: Score, word: Word, lang: Lang) -> str:
    """Its mean error, with a star where it is below ours; and ours beside it where it spoke of fewer years."""
    if errors is None:
        return ""
    said = _in_unit(errors.mae, score.group, lang) + (" *" if errors.beats_ours else "")
    if errors.trials == score.ours.trials:
        return said
    return f"{said} ({errors.trials}; {word('ours_there', ours=_in_unit(errors.ours, score.group, lang))})"


def _in_unit(value: float, group: str, lang: Lang) -> str:
    """Persons, or millions of euros."""
    return number(value if group == "people" else value / MILLION, lang)


def _budget_years(found: Backtest, word: Word, lang: Lang) -> Table:
    table = Table(title=word("years"), title_justify="left", box=None, pad_edge=False, header_style="bold")
    for key in ("year", "what", "outcome", "median", "band", "exceeded", *RIVALS):
        table.add_column(word(key), justify="left" if key in {"year", "what"} else "right", no_wrap=True)
    for trial in found.trials:
        if trial.ahead == 0:
            table.add_row(*_year(trial, word, lang))
    return table


def _year(trial: Trial, word: Word, lang: Lang) -> Iterator[str]:
    said = {name: _in_unit(value, trial.group, lang) for name, value in trial.quantiles().items()}
    yield str(trial.year)
    yield word(f"short_{trial.group}")
    yield _in_unit(trial.outcome, trial.group, lang)
    yield said["p50"]
    yield f"{said['p10']} – {said['p90']}"
    yield f"{number(100 * trial.exceeded, lang)}%"
    for rival in RIVALS:
        yield _in_unit(trial.others[rival], trial.group, lang) if rival in trial.others else ""


def backtest_as_json(found: Backtest) -> dict[str, Any]:
    """Where ours was beaten, every score and every trial, in persons and euros."""
    return {
        "ok": True,
        "schema": "ketenraming/backtest/1",
        "beaten": [
            {"group": group, "by": rival, "ahead": [_ahead(each) for each in aheads]}
            for (group, rival), aheads in found.beaten.items()
        ],
        "scores": [_score(score) for score in found.scores],
        "trials": [_trial(found, trial) for trial in found.trials],
        "left_out": [{"edition": edition, "why": why} for edition, why in found.left_out.items()],
        "made": {"version": version("ketenraming"), "library": found.library.digest,
                 "seed": found.seed, "draws": found.draws},
    }  # fmt: skip


def _ahead(ahead: int) -> int | None:
    return None if ahead == ALL else ahead


def _score(score: Score) -> dict[str, Any]:
    return {
        "group": score.group,
        "ahead": _ahead(score.ahead),
        "ours": _errors(score.ours),
        "crps": round(score.crps, 2),
        **{f"in_{round(100 * band)}": round(share, 4) for band, share in score.coverage.items()},
        "exceeded": round(score.exceeded, 4),
        "others": [{"by": rival, **_errors(errors)} for rival, errors in score.others.items()],
    }


def _errors(errors: Errors) -> dict[str, Any]:
    found = {key: round(value, 2) for key, value in asdict(errors).items()}
    return {"ours_mae" if key == "ours" else key: value for key, value in found.items()}


def _trial(found: Backtest, trial: Trial) -> dict[str, Any]:
    eve = next(each.eve for each in found.made if each.edition == trial.edition)
    return {
        "group": trial.group,
        "edition": trial.edition,
        "known_on": eve.isoformat(),
        "year": trial.year,
        "outcome": trial.outcome,
        **{name: round(value, 2) for name, value in trial.quantiles().items()},
        "crps": round(trial.crps, 2),
        "exceeded": round(trial.exceeded, 4),
        "others": [{"by": rival, "said": round(value, 2)} for rival, value in trial.others.items()],
        "derived": trial.derived,
    }


def backtest_as_csv(found: Backtest) -> str:
    """Every trial, one a row, in persons and euros."""
    stream = io.StringIO()
    rows = []
    for trial in (_trial(found, each) for each in found.trials):
        others = {each["by"]: each["said"] for each in trial.pop("others")}
        rows.append(trial | {rival: others.get(rival, "") for rival in RIVALS})
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
