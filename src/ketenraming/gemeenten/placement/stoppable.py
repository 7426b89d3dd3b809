"""
The solver in a process that can be ended.

HiGHS looks at its clock between its steps, and one step of a large programme (a round of cuts) can take many seconds.
So a large programme is solved in a process of its own, which is ended when its time is up. The process stays for the
next programme, so that SciPy is loaded once, and goes when this process goes, however it goes: it ends when its input
ends. Arrays go through its pipes, never objects.
"""

import atexit
import io
import os
import signal
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread, Timer
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
LENGTH = struct.Struct("<Q")
STOPPED = 1  # the status of the solver for a limit that was reached


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the solver says: its status as SciPy numbers them, the solution and the bound where there are any."""

    status: int
    x: NDArray[np.float64] | None
    bound: float


def outcome(programme: Arrays) -> Outcome:
    """Solve a programme here: `c`, `whole`, `lower`, `upper`, `least`, `most`, the rows of a matrix, and `seconds`."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    rows = csr_array(
        (programme["data"], programme["indices"], programme["indptr"]),
        shape=(len(programme["least"]), len(programme["c"])),
    )
    found = milp(
        programme["c"],
        integrality=programme["whole"] if len(programme["whole"]) else None,
        bounds=Bounds(programme["lower"], programme["upper"]),
        constraints=LinearConstraint(rows, programme["least"], programme["most"]),
        options={"time_limit": float(programme["seconds"]), "mip_rel_gap": 0.0},
    )
    # Where no variable had to be whole the solver gives no bound: then the optimum is one.
    bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun if found.status == 0 else None
    return Outcome(int(found.status), found.x, -np.inf if bound is None or not np.isfinite(bound) else float(bound))


class Stoppable:
    """One process that solves, started when it is first wanted, and again after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner, self._one = 0, Lock()

    def start(self) -> None:
        """See that the process is there; it loads SciPy while this process goes on."""
        if self._process and self._owner == os.getpid() and self._process.poll() is None:
            return
        self._owner = os.getpid()  # the process of a parent that was forked is not ours to talk to
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def outcome(self, programme: Arrays, seconds: float) -> Outcome:
        """What the solver says within so many seconds; nothing found, and no bound, where it had to be ended."""
        with self._one:
            self.start()
            assert self._process and self._process.stdin and self._process.stdout
            timer = Timer(max(seconds, 0.0), self._process.kill)
            timer.start()
            try:
                with suppress(OSError):  # ended while it was told
                    _write(self._process.stdin, programme)
                told = _read(self._process.stdout)
            except BaseException:
                self.end()  # what was asked has no use any more
                raise
            finally:
                timer.cancel()
            if told is None:
                self.end()
                return Outcome(STOPPED, None, -np.inf)
        return Outcome(int(told["status"]), told["x"] if len(told["x"]) else None, float(told["bound"]))

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self._process and self._owner == os.getpid():
            self._process.kill()
            self._process.communicate()  # reaps it, and closes the pipes
        self._process = None


def _write(stream: BinaryIO | Any, arrays: Arrays) -> None:
    """Arrays with their length before them."""
    packed = io.BytesIO()
    np.savez(packed, **arrays)  # type: ignore[arg-type]  # its other argument is a switch
    stream.write(LENGTH.pack(packed.tell()) + packed.getvalue())
    stream.flush()


def _read(stream: BinaryIO | Any) -> Arrays | None:
    """The next arrays of a stream; None where it ended."""
    head = stream.read(LENGTH.size)
    packed = stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
    if not packed:
        return None
    with suppress(ValueError, OSError, EOFError), np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return dict(arrays)
    return None


def _serve() -> None:
    """The other side: solve what comes, and end with the input, even while the solver is at work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked decides what an interrupt ends
    asked: SimpleQueue[Arrays] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    import scipy.optimize  # noqa: F401  # before anything is asked

    while True:
        found = outcome(asked.get())
        x = np.zeros(0) if found.x is None else found.x
        _write(sys.stdout.buffer, {"status": np.array(found.status), "x": x, "bound": np.array(found.bound)})


def _listen(asked: "SimpleQueue[Arrays]") -> None:
    while (programme := _read(sys.stdin.buffer)) is not None:
        asked.put(programme)
    os._exit(0)


solver = Stoppable()
atexit.register(solver.end)

if __name__ == "__main__":
    _serve()
