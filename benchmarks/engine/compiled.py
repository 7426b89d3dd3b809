"""The toy chain in C, compiled there and then, called through ctypes."""

import ctypes
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from inputs import Array, Inputs, Outputs

ALWAYS = ("-std=gnu11", "-Wall", "-Wextra", "-shared", "-fPIC")
FLAGS = ("-O3", "-march=native")
BLOCK = 8  # draws that C takes together: threads share whole blocks
PIECES = 4  # for each thread, as ours has them, so that a slow one does not hold up the other

Run = Callable[[Inputs], Outputs]


def build(source: str, folder: Path, *flags: str) -> Path:
    """Compile a source next to this file into a folder; the library."""
    path = Path(__file__).parent / source
    library = folder / f"{path.stem}{''.join(flags)}.so"
    subprocess.run(["gcc", *ALWAYS, *FLAGS, *flags, str(path), "-o", str(library), "-lm"], check=True)
    return library


def load(library: Path, threads: int = 1) -> Run:
    """What runs all draws with a library; ctypes lets threads run meanwhile."""
    toy = ctypes.CDLL(str(library)).toy
    toy.restype = None
    toy.argtypes = [*[ctypes.c_long] * 3, *[ctypes.c_void_p] * 5]

    def run(inputs: Inputs) -> Outputs:
        out = Outputs.empty(inputs.draws)
        arrays: tuple[Array, ...] = (inputs.inflow, inputs.parameters, out.occupancy, out.overdue, out.yearly)
        assert all(array.flags.c_contiguous and array.dtype == np.float64 for array in arrays)
        addresses = [array.ctypes.data for array in arrays]
        if threads == 1:
            toy(0, inputs.draws, inputs.draws, *addresses)
            return out
        edges = _edges(inputs.draws, threads * PIECES)
        with ThreadPoolExecutor(threads) as pool:
            pieces = zip(edges, edges[1:], strict=False)
            for done in [pool.submit(toy, first, end, inputs.draws, *addresses) for first, end in pieces]:
                done.result()
        return out

    return run


def _edges(draws: int, pieces: int) -> list[int]:
    """Where each of so many pieces of the draws begins, and where the last ends."""
    blocks = -(-draws // BLOCK)
    return [min(draws, BLOCK * (blocks * piece // pieces)) for piece in range(pieces + 1)]
