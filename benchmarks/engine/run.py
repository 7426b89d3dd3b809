"""
The engine against the same chain in C and NumPy: do they agree, and how long do they take.

C is compiled there and then with gcc. All must agree with C-fast to nine digits, on ordinary inputs and on extremes.
Then times: medians of rounds in which everyone has a turn, after a warm-up, because the machine is noisy; each turn
allocates its outputs. Then whole processes: with an empty Numba cache, with a warm one, and their peak memory.

    uv run python benchmarks/engine/run.py    # with 1, 1000 and 10000 draws: some minutes
    uv run python benchmarks/engine/run.py --draws 1000 --no-peers --no-processes    # one table
    uv run --no-sync --with pysd --with bptk-py --with simpy python benchmarks/engine/run.py    # with all peers
"""

import argparse
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

import compiled
import inputs
import toy_numpy
from inputs import Inputs, Outputs
from rich.console import Console
from rich.table import Table

Run = Callable[[Inputs], Outputs]

C_FAST, C_LANES = "C-fast (draw by draw)", "C-lanes (8 draws at once)"
TURN = 0.002  # seconds a turn should last at least
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
NOTEWORTHY = 0.1  # the share by which -ffast-math must differ to be shown

console = Console(width=120)


def contenders(folder: Path) -> dict[str, Run]:
    """Everyone who runs the toy chain, by name."""
    import ours

    return {
        C_FAST: compiled.build("toy_fast.c", folder),
        f"{C_FAST}, -ffast-math": compiled.build("toy_fast.c", folder, "-ffast-math"),
        C_LANES: compiled.build("toy_lanes.c", folder),
        f"{C_LANES}, -ffast-math": compiled.build("toy_lanes.c", folder, "-ffast-math"),
        "C-dense": compiled.build("toy_dense.c", folder),
        "NumPy": toy_numpy.run,
        "ours, 1 thread": partial(ours.run, threads=1),
        "ours, 2 threads": partial(ours.run, threads=2),
    }


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


def measure(everyone: dict[str, Run], given: Inputs, rounds: int) -> dict[str, float]:
    """Median seconds per run of each; in a round everyone has a turn, and each round another begins."""
    repeats = {}
    for name, run in everyone.items():
        run(given)
        started = time.perf_counter()
        run(given)
        repeats[name] = max(1, round(TURN / (time.perf_counter() - started)))
    seconds: dict[str, list[float]] = {name: [] for name in everyone}
    names = list(everyone)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            run, times = everyone[name], repeats[name]
            started = time.perf_counter()
            for _ in range(times):
                run(given)
            seconds[name].append((time.perf_counter() - started) / times)
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
    variants = [name for name in medians if name.endswith(", -ffast-math")]
    return {
        name for name in variants if abs(medians[name] / medians[name.removesuffix(", -ffast-math")] - 1) < NOTEWORTHY
    }


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


def alone(who: str, draws: int, library: str) -> None:
    """What a process of its own does: run one engine once and print its peak memory in MB."""
    given = inputs.draw(draws)
    if who == "ours":
        import ours

        ours.run(given)
    elif who == "NumPy":
        toy_numpy.run(given)
    elif who == "C":
        compiled.load(Path(library))(given)
    print(peak_memory())


def peak_memory() -> float:
    """
    Peak memory of this process in MB.

    Linux lets a child inherit `ru_maxrss` of the parent it was forked from, so where there is /proc that is asked.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peak = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return (peak[0] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def process(who: str, draws: int, library: Path, cache: str) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of a process that runs one engine once."""
    command = [sys.executable, str(Path(__file__)), "--alone", who, "--draws", str(draws), "--library", str(library)]
    started = time.perf_counter()
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "NUMBA_CACHE_DIR": cache}
    )
    return time.perf_counter() - started, float(done.stdout.split()[-1])


def table_of_processes(folder: Path, draws: Iterable[int], rounds: int) -> Table:
    """Whole processes, from start to end: import, inputs, one run."""
    table = Table(title=f"Whole processes: medians of {rounds}, empty cache of 3")
    for column in ("", "draws", "wall s", "peak MB"):
        table.add_column(column, justify="right" if column else "left")
    library = folder / "toy_fast.so"

    def row(label: str, who: str, count: int, caches: list[str]) -> None:
        found = [process(who, count, library, cache) for cache in caches]
        wall, memory = (statistics.median(part) for part in zip(*found, strict=True))
        table.add_row(label, str(count), f"{wall:.2f}", f"{memory:.0f}")

    caches = [tempfile.mkdtemp(dir=folder) for _ in range(3)]
    row("ours, empty Numba cache", "ours", 1, caches)
    for count in draws:
        process("ours", count, library, caches[0])  # types may differ: fill the cache for this count too
        row("ours, warm Numba cache", "ours", count, caches[:1] * rounds)
        row("NumPy", "NumPy", count, caches[:1] * rounds)
        row("C-fast, compiled before", "C", count, caches[:1] * rounds)
        row("nothing but the inputs", "nobody", count, caches[:1] * rounds)
    return table


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
            console.print(table_of_times(measure(everyone, inputs.draw(draws), options.rounds), draws))
            others = (busy() - others) / (time.perf_counter() - started)
            console.print(f"Meanwhile others kept {others:.1f} of {os.cpu_count()} cores busy.\n")
        if not options.no_processes:
            console.print(table_of_processes(Path(name), options.draws, min(options.rounds, 5)))
    if not options.no_peers:
        import peers

        peers.main()


if __name__ == "__main__":
    main()
