"""The process of a job: it reads one task, says how far it is, and gives the document."""

import json
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from pydantic import TypeAdapter

from ketenraming.evidence.library import load
from ketenraming.web.apart import Json, answer
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
