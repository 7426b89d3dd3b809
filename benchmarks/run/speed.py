"""
How long a run takes: the command by itself, and runs within one process. Prints medians, in seconds.

    uv run python benchmarks/run/speed.py

The command is measured warm: once before, so that Python has its bytecode (in a folder that is thrown away).
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from ketenraming.evidence.library import load
from ketenraming.scenarios.run import baseline_of, run

COMMAND = [sys.executable, "-c", "from ketenraming.cli import main; main()", "run", "--draws", "1000"]


def seconds(what: Callable[[], object], times: int) -> float:
    """The median of so many times."""
    taken = []
    for _ in range(times):
        before = perf_counter()
        what()
        taken.append(perf_counter() - before)
    return median(taken)


def say(what: str, taken: float) -> None:
    print(f"{taken:8.3f}  {what}")


def commands(folder: Path, times: int = 5) -> None:
    """`ketenraming run` in a process of its own, with and without the report."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    for options in (["--no-report"], ["--out", str(folder / "report")]):

        def once(options: list[str] = options) -> None:
            subprocess.run([*COMMAND, *options], env=environment, check=True, stdout=subprocess.DEVNULL)

        once()
        say(f"ketenraming run --draws 1000 {options[0]}", seconds(once, times))


def within_a_process(times: int = 15) -> None:
    """The parts of a run, and whole runs once the baseline is there."""
    say("load the library", seconds(load, 3))
    library = load()
    before = perf_counter()
    run(library, draws=1000)
    say("first run of 1,000 draws (compiles the chain, fits the baseline)", perf_counter() - before)

    def anew() -> None:
        baseline_of.cache_clear()
        baseline_of(library)

    say("fit the baseline", seconds(anew, 5))
    run(library, draws=1000)
    for draws in (1_000, 10_000):
        say(f"another run of {draws:,} draws, one thread", seconds(lambda n=draws: run(library, draws=n), times))
    more = ["instroom-plus-10000"]
    say("a scenario, 1,000 draws", seconds(lambda: run(library, draws=1000, scenarios=more), times))


if __name__ == "__main__":
    within_a_process()
    with TemporaryDirectory() as folder:
        commands(Path(folder))
