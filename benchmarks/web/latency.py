"""
How long a reader waits: from a lever that moves to a chart that is painted, alone and with ten at a time.

    uv run python benchmarks/web/latency.py

One browser moves a lever to positions it has not been at before, so that nothing is answered from what is kept; the
moves are made by a script in the page, because asking a browser from outside costs it as much as a move. Then
ten readers ask at once, each for a new state as soon as the one before is answered. Both on one server on this machine.
"""

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import httpx
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
MOVES, READERS, EACH = 60, 10, 12
MOVE = """async moves => { for (const [name, value] of moves) {
  const lever = document.getElementById(name);
  lever.value = value;
  lever.dispatchEvent(new Event("input", { bubbles: true }));
  const { detail } = performance.getEntriesByName("moved").at(-1);
  await new Promise(resolve => new PerformanceObserver((seen, self) => {
    if (seen.getEntriesByName("painted").some(mark => mark.detail === detail)) { self.disconnect(); resolve(); }
  }).observe({ type: "mark" })); } }"""
TOOK = """() => {
  const of = name => detail => performance.getEntriesByName(name).find(mark => mark.detail === detail)?.startTime;
  const asked = performance.getEntriesByType("resource").filter(one => one.name.includes("/live?"));
  const server = detail => asked.find(one => one.name.includes(`?${detail}&`))?.serverTiming[0]?.duration;
  return performance.getEntriesByName("moved").map(({ detail, startTime }) =>
    [startTime, of("answered")(detail), of("painted")(detail), server(detail)]); }"""
CLEAR = """() => { performance.clearMarks();
  performance.setResourceTimingBufferSize(1000); performance.clearResourceTimings(); }"""


@contextmanager
def server() -> Iterator[tuple[str, float]]:
    """A server on a free port, and how long it took until it answered a page."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "ketenraming.cli", "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        httpx.get(f"{address}static/ketenraming.css").raise_for_status()
        yield address, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


def told(name: str, milliseconds: list[float]) -> None:
    """Median, 95th percentile and the most, in one line."""
    high = statistics.quantiles(milliseconds, n=20)[-1]
    print(f"{name}: median {statistics.median(milliseconds):.0f}, p95 {high:.0f}, most {max(milliseconds):.0f} ms")


def alone(address: str) -> float:
    """One reader and one lever; how many seconds it takes to paint an answer, in the middle of all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        began = time.perf_counter()
        page.goto(f"{address}nl/doorrekenen")
        print(f"first page, loaded: {1000 * (time.perf_counter() - began):.0f} ms")
        page.focus("#instroom")
        page.evaluate(MOVE, [["beslissingen", 5]])
        page.wait_for_url("**beslissingen=5&*")  # what follows once nothing moves has been made
        page.wait_for_timeout(1000)
        page.evaluate(CLEAR)
        moves = to_new_states()[:MOVES]
        page.evaluate(MOVE, moves)
        seen = [move for move in page.evaluate(TOOK) if all(move)]
        told(f"lever to paint, {len(seen)} moves", [painted - moved for moved, _, painted, _ in seen])
        told("of which the server", [server for *_, server in seen])
        painting = [painted - heard for _, heard, painted, _ in seen]
        told("of which after the answer", painting)
        browser.close()
        return statistics.median(painting) / 1000


def to_new_states() -> list[tuple[str, int]]:
    """Moves of two levers to and fro, each to a state that was not there before."""
    homes, moves = list(range(5, 50, 5)), list[tuple[str, int]]()
    for turn, inflow in enumerate(range(5, 55, 5)):
        there = homes if turn % 2 == 0 else homes[::-1]
        moves += [("instroom", inflow), *(("huisvesting", one) for one in (there if turn == 0 else there[1:]))]
    return moves


def together(address: str, paint: float) -> None:
    """
    Ten readers at a time, each with one question in flight.

    Between an answer and the next question a browser paints, which takes as long as it took one reader alone; here
    that is only waited for, because the readers of a server have processors of their own.
    """
    took: list[float] = []

    def read(reader: int) -> None:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
        for i in range(EACH):
            began = time.perf_counter()
            query = urlencode(
                {"instroom": 5 * (i - 6) or 70, "nareis": 5 * (reader - 8), "inwilliging": 5, "grafieken": "people"}
            )
            connection.request("GET", f"/nl/doorrekenen/live?{query}", headers={"accept-encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200
            took.append(1000 * (time.perf_counter() - began))
            time.sleep(paint)
        connection.close()

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told(f"{READERS} readers at once, {len(took)} answers", took)


if __name__ == "__main__":
    with server() as (address, started):
        print(f"server answers after {started:.1f} s")
        time.sleep(30)  # in which it makes what the first readers would wait for, and gets help
        together(address, paint=alone(address))
