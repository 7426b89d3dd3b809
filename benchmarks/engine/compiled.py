"""The toy chain in C, compiled there and then, called through ctypes."""

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
from inputs import Array, Inputs, Outputs

ALWAYS = ("-std=gnu11", "-Wall", "-Wextra", "-shared", "-fPIC")
FLAGS = ("-O3", "-march=native")


def build(source: str, folder: Path, *flags: str) -> Callable[[Inputs], Outputs]:
    """Compile a source next to this file into a folder; what comes back runs all draws on one thread."""
    path = Path(__file__).parent / source
    library = folder / f"{path.stem}{''.join(flags)}.so"
    subprocess.run(["gcc", *ALWAYS, *FLAGS, *flags, str(path), "-o", str(library), "-lm"], check=True)
    return load(library)


def load(library: Path) -> Callable[[Inputs], Outputs]:
    """A library that was compiled before."""
    toy = ctypes.CDLL(str(library)).toy
    toy.restype = None
    toy.argtypes = [ctypes.c_long, *[ctypes.c_void_p] * 5]

    def run(inputs: Inputs) -> Outputs:
        out = Outputs.empty(inputs.draws)
        arrays: tuple[Array, ...] = (inputs.inflow, inputs.parameters, out.occupancy, out.overdue, out.yearly)
        assert all(array.flags.c_contiguous and array.dtype == np.float64 for array in arrays)
        toy(inputs.draws, *(array.ctypes.data for array in arrays))
        return out

    return run
