"""The back-test as JSON and CSV: where ours was beaten, every score and every trial, in persons and euros."""

import csv
import io
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from ketenraming.scenarios.backtest import Backtest
from ketenraming.scenarios.backtest.scores import ALL, RIVALS, Errors, Score, Trial


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
