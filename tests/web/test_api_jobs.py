"""Jobs: what takes long has a life of its own, can be followed and stopped, and is bounded in number and in time."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from pydantic import TypeAdapter

from ketenraming.web.apart import Bounds
from ketenraming.web.api.asked import Task
from ketenraming.web.api.errors import Refused
from ketenraming.web.api.jobs import Jobs, Room, State, events
from ketenraming.web.turns import Busy

V1 = "/api/v1"
NONE_AT_WORK = Room(at_once=0, unfinished=3, of_one=2)
SHORT = {"task": "run", "draws": 100, "seed": 11}
LONG = {"task": "backtest", "draws": 5000}


def task(**asked) -> Task:
    return TypeAdapter(Task).validate_python(asked)


def heard(text):
    """The jobs that server-sent events tell of, by the name of the event."""
    told = [part for part in text.split("\n\n") if part.startswith("event:")]
    return [(part.split("\n")[0][7:], json.loads(part.split("\ndata: ")[1])) for part in told]


def waited(job, *states):
    while job.state not in states:
        time.sleep(0.01)
    return job


@pytest.mark.parametrize(
    ("asked", "most"),
    [
        ({"task": "run"}, 100_000),
        ({"task": "compare"}, 100_000),
        ({"task": "backtest"}, 5_000),
        ({"task": "scores"}, 10_000),
    ],
)
def test_a_job_may_draw_more_than_an_answer_but_not_without_end(api, asked, most):
    too_many = api.post(f"{V1}/jobs", json={**asked, "draws": most + 1}).json()

    assert task(**asked, draws=most).draws == most
    assert (too_many["where"], too_many["limit"]) == ("body.draws", most)


def test_a_job_is_followed_to_the_result_that_is_answered_at_once_too(api):
    begun = api.post(f"{V1}/jobs", json=SHORT)
    job = begun.json()

    told = heard(api.get(job["events"]).text)
    result = api.get(job["result"])

    assert (begun.status_code, begun.headers["location"]) == (202, job["self"])
    assert [event for event, _ in told if event != "waiting"] == ["running", "done"]
    assert all(event == one["state"] and one["id"] == job["id"] for event, one in told)
    assert result.json() == api.get(f"{V1}/run?draws=100&seed=11").json()


def test_a_result_before_its_time_is_refused_and_a_job_can_be_stopped(api):
    job = api.post(f"{V1}/jobs", json=LONG).json()

    early = api.get(job["result"])
    stopped = api.delete(job["self"])

    assert (early.status_code, early.json()["code"]) == (409, "not-done")
    assert stopped.status_code == 204
    assert api.get(job["self"]).status_code == 404


def test_a_back_test_is_a_job_with_progress_until_it_is_known(api):
    first = api.get(f"{V1}/backtest?draws=20")
    again = api.get(f"{V1}/backtest?draws=20")

    told = [job for _, job in heard(api.get(first.json()["events"]).text)]
    known = api.get(f"{V1}/backtest?draws=20")

    assert (first.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert (told[-1]["state"], told[-1]["done"]) == ("done", told[-1]["many"])
    assert len({job["done"] for job in told}) > 2
    assert known.status_code == 200
    assert known.json() == api.get(first.json()["result"]).json()


def test_a_job_that_cannot_be_done_says_why(api):
    change = {"name": "none-such", "from": "2027-01-01", "scale": 2}
    job = api.post(f"{V1}/jobs", json={"task": "run", "scenario": {"changes": [change]}}).json()

    *_, (event, told) = heard(api.get(job["events"]).text)
    refused = api.get(job["result"])

    assert (event, told["code"]) == ("failed", "scenario-invalid")
    assert (refused.status_code, refused.json()["error"]) == (422, told["error"])
    assert "none-such" in told["error"]


def test_who_listens_hears_that_a_job_is_stopped_and_its_process_is_gone(library):
    jobs = Jobs(library.root)
    job = waited(jobs.start(task(**LONG), "me"), State.RUNNING)

    async def listen():
        told = ""
        async for part in events(job):
            told += part
            jobs.stop()
        return told

    with ThreadPoolExecutor(1) as aside:  # a browser of another test may keep a loop in this thread
        told = heard(aside.submit(anyio.run, listen).result())

    assert [event for event, _ in told] == ["running", "stopped"]
    assert job.apart and not job.apart.is_alive


def test_a_job_that_takes_too_long_is_ended_and_not_kept(library):
    jobs = Jobs(library.root, Room(seconds_kept=0, bounds=Bounds(seconds=1, memory=2**32)))

    job = waited(jobs.start(task(**LONG), "me"), State.FAILED)

    assert job.error and job.error.code == "out-of-bounds"
    assert "1 seconds" in str(job.error)
    with pytest.raises(Refused, match="no longer"):
        jobs.get(job.id)


def test_so_many_jobs_wait_of_one_and_in_all(library):
    jobs = Jobs(library.root, NONE_AT_WORK)

    first = jobs.start(task(**SHORT), "me")

    assert jobs.start(task(**SHORT), "me") is first  # the same again is no other job
    jobs.start(task(**LONG), "me")
    with pytest.raises(Busy, match="2 jobs of yours"):
        jobs.start(task(task="scores"), "me")
    jobs.start(task(**SHORT), "you")
    with pytest.raises(Busy, match="3 jobs are waiting"):
        jobs.start(task(**LONG), "they")


def test_a_stopped_job_makes_room_and_cannot_be_found(library):
    jobs = Jobs(library.root, NONE_AT_WORK)
    job = jobs.start(task(**SHORT), "me")

    jobs.forget(job.id)

    with pytest.raises(Refused, match="no such job"):
        jobs.get(job.id)
    assert jobs.start(task(**SHORT), "me") is not job


def test_ids_cannot_be_guessed_and_do_not_follow_each_other(library):
    jobs = Jobs(library.root, Room(at_once=0, unfinished=5, of_one=5))

    ids = {jobs.start(task(task="run", draws=1, seed=seed), "me").id for seed in range(5)}

    assert len(ids) == 5
    assert all(len(one) >= 32 for one in ids)
