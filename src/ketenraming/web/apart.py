"""
Tasks in processes of their own: what a stranger sends, and what takes long, never runs where pages are answered.

A task is bytes that go in; messages come out, one JSON document a line. The process bounds its own memory and processor
time, and is ended when its time is up or when it is stopped. It gets no environment beyond what Python needs.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread, Timer
from typing import Any

from ketenraming.base.errors import KetenramingError
from ketenraming.base.wording import as_json

Json = dict[str, Any]
Say = Callable[[Json], None]
MOST_SAID = 64 * 2**20  # bytes of one message
KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT", "LANG")  # of the environment
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each thread would claim memory
SECONDS_TO_END = 5
OUT_OF_MEMORY = 3  # an exit status


class OutOfBounds(KetenramingError):
    """A task that took more time or memory than it may have."""

    code = "out-of-bounds"


class Broken(KetenramingError):
    """A task that came to no end, by a mistake of ours."""

    code = "broken"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a task may take: seconds of the clock and of the processor, bytes of memory. It writes no file."""

    seconds: int
    memory: int


class Apart:
    """One task in a process of its own, from its start until it has said all."""

    def __init__(self, module: str, task: bytes, bounds: Bounds) -> None:
        self._bounds, self._late = bounds, False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(bounds.seconds), str(bounds.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in KEPT if name in os.environ} | ONE_THREAD,
        )
        self._timer = Timer(bounds.seconds, self._time_is_up)
        self._timer.daemon = True
        self._timer.start()
        Thread(target=self._hand_over, args=(task,), daemon=True).start()

    def messages(self) -> Iterator[Json]:
        """
        What the process says, in order.

        Raises OutOfBounds or Broken where it ended before it had said `end`.
        """
        try:
            yield from self._until_the_end()
        finally:
            self.stop()

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._timer.cancel()
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_END)

    def _until_the_end(self) -> Iterator[Json]:
        assert self._process.stdout
        with self._process.stdout as said:
            while (line := said.readline(MOST_SAID)).endswith(b"\n"):
                message: Json = json.loads(line)
                if "end" in message:
                    return
                yield message
        raise self._why()

    def _why(self) -> KetenramingError:
        """Why a process ended too early; one that says too much and does not end is broken as well."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_END)
        status = self._process.poll()
        if status == OUT_OF_MEMORY:
            return OutOfBounds(
                "This takes more than {memory} MB of memory, which is all it may have.",
                memory=self._bounds.memory // 2**20,
            )
        if self._late or status == -getattr(signal, "SIGXCPU", 0):
            return OutOfBounds(
                "This takes more than {seconds} seconds, which is all it may have.", seconds=self._bounds.seconds
            )
        return Broken("This came to no end, by a mistake on our side. Tell us what you asked.")

    def _hand_over(self, task: bytes) -> None:
        assert self._process.stdin
        with suppress(OSError), self._process.stdin as stream:  # where it ended already, `messages` says why
            stream.write(task)

    def _time_is_up(self) -> None:
        self._late = True
        self._process.kill()


def answer(do: Callable[[bytes, Say], None]) -> None:
    """
    The other side, in the process itself: bound it, and do the task, which says what comes of it.

    A refusal is a message with `error`, `wording`, `code` and `where`; what goes wrong otherwise ends the process
    without its `end`.
    """
    _bound(*(int(word) for word in sys.argv[1:3]))
    sys.stdout = sys.stderr  # what others print is no message
    try:
        do(sys.stdin.buffer.read(), _say)
    except KetenramingError as error:
        told = {"error": str(error), "wording": as_json(error.wording)}
        _say({**told, "code": error.code, "where": getattr(error, "where", "")})
    except MemoryError:
        raise SystemExit(OUT_OF_MEMORY) from None
    _say({"end": True})


def _say(message: Json) -> None:
    print(json.dumps(message), file=sys.__stdout__, flush=True)


def _bound(seconds: int, memory: int) -> None:
    """Bounds that the system holds; where it knows none, the clock alone ends a task."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    none = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
    for what, most in ({resource.RLIMIT_CPU: seconds, resource.RLIMIT_AS: memory} | none).items():
        with suppress(ValueError, OSError):  # lower already
            resource.setrlimit(what, (most, most + 1))  # at the first it is told, at the second it is ended
