"""
How long a placement takes, and how far from proven it stays: 342 municipalities and 60 types of groups.

The sites are those of the example (published tasks and places, assumed free places); the types are three kinds in
twenty sizes, with numbers drawn so that all together are as many persons as asked.

    uv run python benchmarks/placement/speed.py             # the median and the most of five, by how full it gets
    uv run python benchmarks/placement/speed.py --seconds 5
"""

import argparse
from statistics import median
from time import perf_counter

from ketenraming.base.streams import stream
from ketenraming.evidence.library import load
from ketenraming.gemeenten.placement.given import Given, Group, GroupKind, Rules, Site
from ketenraming.gemeenten.placement.solve import Solved, solve
from ketenraming.scenarios.placement import example_sites

SIZES = range(1, 21)
SHARES = {GroupKind.REGULIER: 0.45, GroupKind.GEZIN: 0.53, GroupKind.AMV: 0.02}  # of the persons


def types(persons: int, seed: int) -> tuple[Group, ...]:
    drawn = stream("benchmark", seed)
    each = {kind: share * persons / len(SIZES) for kind, share in SHARES.items()}
    return tuple(Group(k, size, max(1, int(drawn.poisson(each[k] / size)))) for k in GroupKind for size in SIZES)


def timed(sites: tuple[Site, ...], persons: int, spread: float | None, seconds: float) -> list[tuple[float, Solved]]:
    told = []
    for seed in range(5):
        given = Given(sites, types(persons, seed), Rules(spread=spread))
        begin = perf_counter()
        solved = solve(given, seconds)
        assert solved is not None
        told.append((perf_counter() - begin, solved))
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.6)
    seconds = parser.parse_args().seconds
    sites = example_sites(load(), 2026)
    solve(Given(sites, types(100, 0)), seconds)  # the first one loads SciPy
    print(f"{len({site.municipality for site in sites})} municipalities, {len(sites)} sites, 60 types of groups")
    print("persons  spread  median s  most s  proven (unplaced, deviation, cost)  largest gap of each")
    for persons in (2_000, 10_000, 30_000):
        for spread in (None, 0.25):
            told = timed(sites, persons, spread, seconds)
            levels = [[solved.levels[i] for _, solved in told] for i in range(3)]
            proven = "  ".join(f"{sum(level.proven for level in each)}/5" for each in levels)
            gaps = "  ".join(f"{max(level.gap for level in each):.2%}" for each in levels)
            times = [each for each, _ in told]
            print(f"{persons:>7}  {spread!s:>6}  {median(times):8.2f}  {max(times):6.2f}  {proven}  {gaps}", flush=True)


if __name__ == "__main__":
    main()
