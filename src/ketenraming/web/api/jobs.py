"""
Jobs: what takes longer than an answer may, each in a process of its own, with progress and a way to stop it.

A job is known only by its id, which nobody can guess. So many run at a time, so many wait, and none is kept for long.
"""

import json
import secrets
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import RLock, Semaphore, Thread
from typing import TYPE_CHECKING

from anyio import sleep

from ketenraming.base.errors import KetenramingError
from ketenraming.base.wording import Wording
from ketenraming.web.apart import Apart, Bounds, Broken, Json
from ketenraming.web.api.errors import Refused
from ketenraming.web.turns import Busy

if TYPE_CHECKING:
    from ketenraming.web.api.asked import Task

WORKER = "ketenraming.web.api.worker"
BOUNDS = Bounds(seconds=180, memory=4 * 2**30)
LOOK, BEAT = 0.1, 10.0  # seconds between looks at a job, and between signs of life to who listens


class State(StrEnum):
    """Where a job is in its life."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OVER = {State.DONE, State.FAILED, State.STOPPED}


@dataclass(frozen=True, slots=True)
class Room:
    """How many jobs there may be: at work at a time, waiting or at work in all, and of one client; how long each."""

    at_once: int = 2
    unfinished: int = 8
    of_one: int = 3
    kept: int = 40
    seconds_kept: int = 900
    wait: int = 30  # seconds, for who comes when all places are taken
    bounds: Bounds = BOUNDS


ROOM = Room()


@dataclass(eq=False)
class Job:
    """One job; `version` grows with every change, so that who listens sees each."""

    id: str
    task: str  # as JSON
    owner: str
    state: State = State.WAITING
    done: int = 0
    many: int = 0
    error: Refused | None = None
    result: bytes = b""
    ended: float = 0.0
    version: int = 0
    apart: Apart | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in OVER

    def shown(self) -> Json:
        """The job as a document."""
        here = f"/api/v1/jobs/{self.id}"
        return {
            "ok": True,
            "schema": "ketenraming/job/1",
            "id": self.id,
            "task": json.loads(self.task)["task"],
            "state": self.state.value,
            "done": self.done,
            "many": self.many,
            "error": str(self.error) if self.error else "",
            "code": self.error.code if self.error else "",
            "self": here,
            "events": f"{here}/events",
            "result": f"{here}/result",
        }


@dataclass
class Jobs:
    """All jobs of a server; results are kept by what was asked, so that who asks the same waits for nothing."""

    root: Path  # of the library
    room: Room = ROOM
    _jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    _results: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self._places = Semaphore(self.room.at_once)

    def start(self, task: "Task", owner: str) -> Job:
        """A job, or the one that this client has of the same task; raises Busy where there are too many."""
        job = Job(secrets.token_urlsafe(24), task.model_dump_json(by_alias=True), owner)
        with self._lock:
            self._sweep()
            unfinished = [one for one in self._jobs.values() if not one.is_over]
            if same := [one for one in unfinished if (one.owner, one.task) == (owner, job.task)]:
                return same[0]
            if len(unfinished) >= self.room.unfinished:
                raise Busy(Wording(f"{len(unfinished)} jobs are waiting or at work already."), self.room.wait)
            if sum(one.owner == owner for one in unfinished) >= self.room.of_one:
                raise Busy(Wording(f"{self.room.of_one} jobs of yours are not done yet."), self.room.wait)
            self._jobs[job.id] = job
            if job.task in self._results:
                self._end(job, State.DONE, self._results[job.task])
                return job
        Thread(target=self._work, args=(job,), daemon=True).start()
        return job

    def get(self, name: str) -> Job:
        """A job by its id; refuses one that is not there, or no longer."""
        with self._lock:
            self._sweep()
            if name not in self._jobs:
                raise Refused("There is no such job, or no longer. Start it with POST /api/v1/jobs.",
                              "not-found", "path.job", status=404)  # fmt: skip
            return self._jobs[name]

    def result(self, task: "Task") -> bytes | None:
        """What was answered to this task before, if that is kept."""
        with self._lock:
            return self._results.get(task.model_dump_json(by_alias=True))

    def forget(self, name: str) -> None:
        """Stop a job wherever it is, and keep nothing of it."""
        job = self.get(name)
        with self._lock:
            self._jobs.pop(name, None)
        self._stop(job)

    def stop(self) -> None:
        """Stop all jobs: the server ends."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            self._stop(job)

    def _stop(self, job: Job) -> None:
        with self._lock:
            if not job.is_over:
                self._end(job, State.STOPPED)
            apart = job.apart
        if apart:
            apart.stop()

    def _work(self, job: Job) -> None:
        """The life of a job, in a thread that waits for its process."""
        with self._places:
            try:
                for message in self._messages(job):
                    self._heard(job, message)
            except KetenramingError as error:
                self._end(job, State.FAILED, error=error)
            except OSError:
                self._end(job, State.FAILED, error=Broken("No process could be started for it. Try again later."))

    def _messages(self, job: Job) -> Iterator[Json]:
        """What the process of a job says; nothing for a job that was stopped while it waited."""
        task = json.dumps({"library": str(self.root)}).encode() + b"\n" + job.task.encode()
        with self._lock:
            if job.is_over:
                return
            job.apart = Apart(WORKER, task, self.room.bounds)
            self._now(job, State.RUNNING)
        yield from job.apart.messages()

    def _heard(self, job: Job, message: Json) -> None:
        if "many" in message:
            with self._lock:
                job.done, job.many = message["done"], message["many"]
                self._now(job, job.state)
        elif "error" in message:
            self._end(job, State.FAILED, error=Refused(message["error"], message["code"], message["where"]))
        else:
            result = json.dumps(message["result"], ensure_ascii=False).encode()
            self._end(job, State.DONE, result)

    def _end(self, job: Job, state: State, result: bytes = b"", error: KetenramingError | None = None) -> None:
        """The first end of a job is its end."""
        with self._lock:
            if job.is_over:
                return
            if error is not None:
                job.error = error if isinstance(error, Refused) else Refused(str(error), error.code)
            job.result, job.ended = result, time.monotonic()
            self._now(job, state)
            if result:
                self._results[job.task] = result
                while len(self._results) > self.room.kept:
                    self._results.popitem(last=False)

    def _now(self, job: Job, state: State) -> None:
        job.state = state
        job.version += 1

    def _sweep(self) -> None:
        """Drop jobs that were over long ago, and the oldest of those that are over where there are too many."""
        now = time.monotonic()
        over = [job for job in self._jobs.values() if job.is_over]
        old = [job for job in over if now - job.ended > self.room.seconds_kept]
        for job in {*old, *over[: max(0, len(self._jobs) - self.room.kept)]}:
            del self._jobs[job.id]


async def events(job: Job) -> AsyncIterator[str]:
    """What becomes of a job, as server-sent events: the job at every change, until it is over."""
    seen, silence = -1, 0.0
    while True:
        version, over = job.version, job.is_over
        if version != seen:
            seen, silence = version, 0.0
            yield f"event: {job.state}\ndata: {json.dumps(job.shown())}\n\n"
        elif silence >= BEAT:
            silence = 0.0
            yield ": still there\n\n"
        if over:
            return
        await sleep(LOOK)
        silence += LOOK
