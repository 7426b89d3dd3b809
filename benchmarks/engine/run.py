"""
The engine against the same chain in C and NumPy: do they agree, and how long do they take.

C is compiled there and then with gcc. All must agree with C-fast to nine digits, on ordinary inputs and on extremes.
Then times: medians of rounds in which everyone has a turn, after a warm-up, because the machine is noisy; each turn
allocates its outputs. Then whole processes from start to end, which for ours includes compiling, because nothing is
kept on disk: their peak memory, and what a first call is made of.

    uv run python benchmarks/engine/run.py    # with 1, 1000 and 10000 draws: some minutes
    uv run python benchmarks/engine/run.py --draws 1000 --no-peers --no-processes    # one table
    uv run --no-sync --with pysd --with simpy python benchmarks/engine/run.py    # with all peers
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import compiled
import inputs
import toy_numpy
from compiled import Run
from inputs import Inputs
from rich.console import Console
from rich.table import Table

Clock = Callable[[Inputs, int], float]  # the seconds of so many runs

C_FAST, C_LANES, OURS = "C-fast (draw by draw)", "C-lanes (8 draws at once)", "ours"
FAST_MATH, TWO_THREADS = ", -ffast-math", ", 2 threads"
TURN = 0.002  # seconds a turn should last at least
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
NOTEWORTHY = 0.1  # the share by which -ffast-math must differ to be shown

console = Console(width=120)


def contenders(folder: Path) -> dict[str, Run]:
    """Everyone who runs the toy chain, by name."""
    import ours

    everyone: dict[str, Run] = {}
    for name, source in ((C_FAST, "toy_fast.c"), (C_LANES, "toy_lanes.c")):
        library = compiled.build(source, folder)
        everyone[name] = compiled.load(library)
        everyone[name + FAST_MATH] = compiled.load(compiled.build(source, folder, "-ffast-math"))
        everyone[name + TWO_THREADS] = compiled.load(library, threads=2)
    everyone |= {"C-dense": compiled.load(compiled.build("toy_dense.c", folder)), "NumPy": toy_numpy.run}
    return everyone | {OURS: ours.run, OURS + TWO_THREADS: partial(ours.run, threads=2)}


def clocks(everyone: dict[str, Run], draws: int) -> dict[str, Clock]:
    """
    What is timed: everyone, and parts of ours, without what NumPy adds and without what surrounds the kernel.

    Two threads have no turn where there is nothing to share.
    """
    import ours

    parts: dict[str, Clock] = {
        f"{OURS}, `simulate` alone": clock(ours.simulate),
        f"{OURS}, kernel alone": ours.kernel_seconds,
    }
    sharing = draws > compiled.BLOCK
    return {name: clock(run) for name, run in everyone.items() if sharing or TWO_THREADS not in name} | parts


def clock(run: Callable[[Inputs], Any]) -> Clock:
    """Time runs from outside."""

    def seconds(given: Inputs, times: int) -> float:
        started = time.perf_counter()
        for _ in range(times):
            run(given)
        return time.perf_counter() - started

    return seconds


def agree(everyone: dict[str, Run]) -> bool:
    """Compare all with C-fast, on numbers of draws that fill no block too; say what differs."""
    right = True
    for case, given in {"1 draw": inputs.draw(1), "203 draws": inputs.draw(203), "extremes": inputs.extremes()}.items():
        reference = everyone[C_FAST](given)
        for name, run in everyone.items():
            found = run(given)
            worst = max(inputs.differences(found, reference).values())
            wrong = inputs.disagreements(found, reference)
            right = right and not wrong
            console.print(f"{case:>10}  {name:<40} {worst:.1e}  {'differs: ' + str(wrong) if wrong else 'agrees'}")
    return right


def measure(everyone: dict[str, Clock], given: Inputs, rounds: int) -> dict[str, float]:
    """Median seconds per run of each; in a round everyone has a turn, and each round another begins."""
    repeats = {}
    for name, seconds_of in everyone.items():
        seconds_of(given, 1)
        repeats[name] = max(1, round(TURN / seconds_of(given, 1)))
    seconds: dict[str, list[float]] = {name: [] for name in everyone}
    names = list(everyone)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            seconds[name].append(everyone[name](given, repeats[name]) / repeats[name])
    return {name: statistics.median(found) for name, found in seconds.items()}


def one_blas_thread() -> None:
    """
    Start again with one thread for NumPy's matrix products.

    Else NumPy takes all cores, gains nothing by it, and its threads are still busy when others have their turn.
    """
    if any(os.environ.get(name) != "1" for name in BLAS_THREADS):
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | dict.fromkeys(BLAS_THREADS, "1"))


def busy() -> float:
    """Core-seconds that this machine has worked for others than this process; nought where there is no /proc."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    user, nice, system, _, _, irq, softirq, *_ = map(int, stat.read_text().splitlines()[0].split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK") - time.process_time()


def _unremarkable(medians: dict[str, float]) -> set[str]:
    """Variants with -ffast-math that take much the same time as those without."""
    variants = [name for name in medians if name.endswith(FAST_MATH)]
    return {name for name in variants if abs(medians[name] / medians[name.removesuffix(FAST_MATH)] - 1) < NOTEWORTHY}


def table_of_times(medians: dict[str, float], draws: int) -> Table:
    """Microseconds per draw, and how many times those of C."""
    table = Table(title=f"S = {draws}")
    for column in ("", "µs per draw", "× C-fast", "× C-lanes"):
        table.add_column(column, justify="right" if column else "left")
    for name, seconds in medians.items():
        if name not in _unremarkable(medians):
            ratios = (f"{seconds / medians[base]:.2f}" for base in (C_FAST, C_LANES))
            table.add_row(name, f"{1e6 * seconds / draws:.3f}", *ratios)
    return table


def gains(medians: dict[str, float]) -> str:
    """How much faster two threads are than one, of ours and of C: what this machine gives is not ours to lose."""
    ratios = (f"{name} {medians[name] / medians[name + TWO_THREADS]:.2f}" for name in (C_FAST, C_LANES, OURS))
    return f"Times as fast with two threads as with one: {'; '.join(ratios)}."


def alone(who: str, draws: int, library: str) -> None:
    """What a process of its own does: run one engine once, and print what its first call took and its peak memory."""
    given, first = inputs.draw(draws), dict[str, float]()
    if who == OURS:
        started = time.perf_counter()
        import ours

        first["import"] = time.perf_counter() - started
        first |= ours.first_call(given)
    elif who == "NumPy":
        toy_numpy.run(given)
    elif who == "C":
        compiled.load(Path(library))(given)
    print(json.dumps({**first, "memory": peak_memory()}))


def peak_memory() -> float:
    """
    Peak memory of this process in MB.

    Linux lets a child inherit `ru_maxrss` of the parent it was forked from, so where there is /proc that is asked.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peak = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return (peak[0] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def process(who: str, draws: int, library: Path) -> dict[str, float]:
    """Wall seconds and peak memory of a process that runs one engine once, and the parts of a first call of ours."""
    command = [sys.executable, str(Path(__file__)), "--alone", who, "--draws", str(draws), "--library", str(library)]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {"wall": time.perf_counter() - started, **json.loads(done.stdout)}


def tables_of_processes(library: Path, draws: Iterable[int], rounds: int) -> tuple[Table, Table]:
    """Whole processes, from start to end: import, inputs, one run; and what the first call of ours is made of."""
    whole, parts = Table(title=f"Whole processes: medians of {rounds}"), Table(title="The first call of ours, in ms")
    for column in ("", "draws", "wall s", "peak MB"):
        whole.add_column(column, justify="right" if column else "left")
    for column in ("draws", "import", "write the code", "compile it", "run"):
        parts.add_column(column, justify="right")
    engines = {OURS: OURS, "NumPy": "NumPy", "C": "C-fast, compiled before", "nobody": "nothing but the inputs"}
    for count in draws:
        for who, label in engines.items():
            runs = [process(who, count, library) for _ in range(rounds)]
            found = {part: statistics.median(run[part] for run in runs) for part in runs[0]}
            whole.add_row(label, str(count), f"{found['wall']:.2f}", f"{found['memory']:.0f}")
            if who == OURS:
                parts.add_row(str(count), *(f"{1e3 * found[column.header]:.1f}" for column in parts.columns[1:]))
    return whole, parts


def main() -> None:
    """Compare, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, nargs="+", default=[1, 1000, 10_000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--no-peers", action="store_true", help="leave out PySD, BPTK-Py and SimPy")
    parser.add_argument("--no-processes", action="store_true", help="leave out whole processes")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    parser.add_argument("--library", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    one_blas_thread()
    if options.alone:
        alone(options.alone, options.draws[0], options.library)
        return
    with tempfile.TemporaryDirectory() as name:
        everyone = contenders(Path(name))
        if not agree(everyone):
            sys.exit("Not all agree with C-fast: no times.")
        for draws in options.draws:
            others, started = busy(), time.perf_counter()
            medians = measure(clocks(everyone, draws), inputs.draw(draws), options.rounds)
            others = (busy() - others) / (time.perf_counter() - started)
            console.print(table_of_times(medians, draws))
            if OURS + TWO_THREADS in medians:
                console.print(gains(medians))
            console.print(f"Meanwhile others kept {others:.1f} of {os.cpu_count()} cores busy.\n")
        if not options.no_processes:
            library, rounds = Path(name) / "toy_fast.so", min(options.rounds, 5)
            console.print(*tables_of_processes(library, options.draws, rounds), sep="\n")
    if not options.no_peers:
        import peers

        peers.main()


if __name__ == "__main__":
    main()
