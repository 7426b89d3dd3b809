"""
The back-test for readers: first where another was nearer; as JSON and CSV every score and every trial.

How it looks in a terminal and as a chart stands beside this.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import say
from ketenraming.scenarios.backtest import Backtest
from ketenraming.scenarios.backtest.lines import COA, IND, NIDOS
from ketenraming.scenarios.backtest.scores import ALL, PEOPLE, RIVALS, Errors, Lost, Score, Trial, is_proxy

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
    return next(name for line, name in NAMES.items() if group.startswith(line)), is_proxy(group)


def verdict(found: Backtest, lang: Lang) -> list[str]:
    """Where the official figure or a simple rule was nearer than ours: how often, then one line for each of them."""
    word = word_of(found, lang)
    if not found.beaten:
        return [word("unbeaten")]
    (lost, many), (lost_proxy, many_proxy) = (_lost_of(found, proxy, lang) for proxy in (False, True))
    first = word("beaten", lost=lost, many=many, lost_proxy=lost_proxy, many_proxy=many_proxy)
    by = {rival: [each for each in found.beaten if each.by == rival] for rival in RIVALS}
    return [first, *(_lost_to(rival, those, word) for rival, those in by.items() if those)]


def _lost_of(found: Backtest, proxy: bool, lang: Lang) -> tuple[str, str]:
    """In how many comparisons at one horizon ours was farther off, and how many there are."""
    scores = [score for score in found.scores if score.ahead != ALL and is_proxy(score.group) == proxy]
    each = [errors.beats_ours for score in scores for errors in score.others.values()]
    return number(sum(each), lang), number(len(each), lang)


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


def in_unit(value: float, group: str, lang: Lang) -> str:
    """Persons, or millions of euros."""
    return number(value if group == PEOPLE else value / MILLION, lang)


def backtest_as_json(found: Backtest) -> dict[str, Any]:
    """Where ours was beaten, every score and every trial, in persons and euros."""
    return {
        "ok": True,
        "schema": "ketenraming/backtest/2",
        "beaten": [
            {"stage": each.stage, "group": each.group, "by": each.by, "ahead": [_ahead(ahead) for ahead in each.aheads]}
            for each in found.beaten
        ],
        "scores": [_score(score) for score in found.scores],
        "trials": [_trial(trial) for trial in found.trials],
        "left_out": [
            {"stage": eve.stage, "edition": eve.edition, "known_on": eve.day.isoformat(), "why": why}
            for eve, why in found.left_out.items()
        ],
        "made": {"version": version("ketenraming"), "library": found.library.digest,
                 "seed": found.seed, "draws": found.draws},
    }  # fmt: skip


def _ahead(ahead: int) -> int | None:
    return None if ahead == ALL else ahead


def _score(score: Score) -> dict[str, Any]:
    return {
        "stage": score.stage,
        "group": score.group,
        "ahead": _ahead(score.ahead),
        "ours": _errors(score.ours),
        "crps": round(score.crps, 2),
        **{f"in_{round(100 * band)}": round(share, 4) for band, share in score.coverage.items()},
        "exceeded": round(score.exceeded, 4),
        "fifths": list(score.fifths),
        "others": [{"by": rival, **_errors(errors)} for rival, errors in score.others.items()],
    }


def _errors(errors: Errors) -> dict[str, Any]:
    found = {key: round(value, 2) for key, value in asdict(errors).items()}
    return {"ours_mae" if key == "ours" else key: value for key, value in found.items()}


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "stage": trial.vantage.stage,
        "group": trial.group,
        "edition": trial.vantage.edition,
        "known_on": trial.vantage.day.isoformat(),
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
    for trial in map(_trial, found.trials):
        others = {each["by"]: each["said"] for each in trial.pop("others")}
        rows.append(trial | {rival: others.get(rival, "") for rival in RIVALS})
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
