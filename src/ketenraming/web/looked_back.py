"""The back-test for a page. It takes some twenty seconds of a processor, so it is made in a process of its own."""

import json
from pathlib import Path
from typing import Any, get_args

from ketenraming.reports.numbers import Lang
from ketenraming.web.apart import Apart, Bounds, Json, Say, answer

BOUNDS = Bounds(seconds=300, memory=4 * 2**30)
DRAWS, SEED = 1000, 7


def looked_back(library: Path) -> dict[Lang, Json]:
    """By language: what to know (`told`), the chart in two widths (`charts`), `tables` with caption, head, rows."""
    (message,) = Apart(__name__, json.dumps({"library": str(library)}).encode(), BOUNDS).messages()
    found: dict[Lang, Json] = message["words"]
    return found


def _look_back(task: bytes, tell: Say) -> None:
    from ketenraming.evidence.library import load
    from ketenraming.scenarios.backtest import backtest

    found = backtest(load(Path(json.loads(task)["library"])), DRAWS, SEED)
    tell({"words": {lang: _words(found, lang) for lang in get_args(Lang)}})


def _words(found: Any, lang: Lang) -> Json:
    from ketenraming.reports.backtest import remarks, verdict
    from ketenraming.reports.backtest_chart import chart
    from ketenraming.reports.backtest_terminal import tables
    from ketenraming.reports.charts import NARROW, WIDE

    shown = [
        {
            "caption": str(table.title),
            "head": [str(column.header) for column in table.columns],
            "rows": list(zip(*([str(cell) for cell in column.cells] for column in table.columns), strict=True)),
        }
        for table in tables(found, lang)
    ]
    charts = [chart(found, lang, width) for width in (WIDE, NARROW)]  # the engine that draws them wants more memory
    return {"told": [*verdict(found, lang), *remarks(found, lang)], "charts": charts, "tables": shown}


if __name__ == "__main__":
    answer(_look_back)
