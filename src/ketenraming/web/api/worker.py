"""The process of a job: it reads one task, says how far it is, and gives the document."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from ketenraming.evidence.library import load
from ketenraming.web.apart import Json, Say, answer
from ketenraming.web.api import answers
from ketenraming.web.api.asked import BacktestTask, CompareTask, RunTask, ScoresTask, Task
from ketenraming.web.studio import Studio


def document(task: Task, studio: Studio, tell: answers.Tell) -> Json:
    """What a task asks for."""
    match task:
        case RunTask():
            return answers.run_document(studio, task)
        case CompareTask():
            return answers.compare_document(studio, task)
        case BacktestTask():
            return answers.backtest_document(studio.library, task, tell)
        case ScoresTask():
            return answers.forecast_document(studio.library, task, tell)


def _work(task: bytes, say: Say) -> None:
    head, _, asked = task.partition(b"\n")
    studio = Studio(load(Path(json.loads(head)["library"])))
    wanted: Task = TypeAdapter(Task).validate_json(asked)
    say({"result": document(wanted, studio, lambda done, many: say({"done": done, "many": many}))})


if __name__ == "__main__":
    answer(_work)
