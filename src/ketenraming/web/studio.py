"""
Runs for pages: each made once for what is supposed, and kept for who asks the same.

Two who ask the same at the same time wait for one run. What is kept is bounded.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, Semaphore, Thread
from typing import Any, TypeVar

from ketenraming.evidence.library import Library
from ketenraming.scenarios.estimate import Baseline
from ketenraming.scenarios.levers import scenario_of
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import Run, baseline_of, run_on
from ketenraming.scenarios.scenario import Scenario
from ketenraming.scenarios.shelf import load_scenarios
from ketenraming.web.hands import Hands
from ketenraming.web.state import State

DRAWS, SEED = 1000, 7
AT_ONCE = 2  # runs: more of them at a time make all of them slower
Made = TypeVar("Made")


class Kept:
    """Results by key, the longest unused of them dropped first; each is made by one thread at a time."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The result of this key, made if it is not there; what `make` raises is not kept."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]  # type: ignore[no-any-return]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._results:
                    return self._results[key]  # type: ignore[no-any-return]
            try:
                made = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            self._keep(key, made)
            return made

    def peek(self, key: Hashable) -> Any:
        """The result of this key if it is there, else None."""
        with self._lock:
            return self._results.get(key)

    def _keep(self, key: Hashable, made: Any) -> None:
        with self._lock:
            self._results[key] = made
            while len(self._results) > self._most:
                self._results.popitem(last=False)


@dataclass
class Studio:
    """A library, its baseline, and the runs that were asked for."""

    library: Library
    draws: Draws = field(default_factory=lambda: Draws(DRAWS, SEED))
    _runs: Kept = field(default_factory=lambda: Kept(12))  # a run of a thousand draws holds some ten megabytes
    _made: Kept = field(default_factory=lambda: Kept(256))
    hands: Hands = field(default_factory=Hands)
    threads: int = 1  # of one run
    _awaited: set[Hashable] = field(default_factory=set)
    _at_work: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE))

    @property
    def base(self) -> Baseline:
        """The baseline; made at the first question."""
        return baseline_of(self.library)

    @property
    def since(self) -> date:
        """The first day on which a lever does something."""
        return date(int(self.base.article.budget_year), 1, 1)

    @property
    def baseline(self) -> Run:
        """The run in which nothing is supposed."""
        return self.run(State())

    def scenarios(self, state: State) -> tuple[Scenario, ...]:
        """The scenarios of a state, and the one that its levers make."""
        chosen = load_scenarios(state.scenarios, self.library)
        return chosen + ((scenario_of(state.positions, self.since, self.library),) if state.positions else ())

    def run(self, state: State) -> Run:
        """The estimate of what is supposed; raises ScenarioInvalid where that contradicts itself."""
        return self._runs.get(state.key, lambda: self.estimate(self.scenarios(state), self.draws))

    def estimate(self, scenarios: tuple[Scenario, ...], drawn: Draws) -> Run:
        """The estimate of these scenarios with these draws, which is not kept."""
        with self._at_work:
            return run_on(self.base, scenarios, drawn, self.threads)

    def later(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The same for what takes long: None as long as it is being made, by a thread that this may have started."""
        made = self._made.peek(key)
        if made is None and key not in self._awaited:
            self._awaited.add(key)
            Thread(target=self._await, args=(key, make), daemon=True).start()
        return made

    def _await(self, key: Hashable, make: Callable[[], Any]) -> None:
        try:
            self.keep(key, make)
        finally:
            self._awaited.discard(key)  # what failed is tried again by who asks next

    def keep(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Something made from a run, such as the text of a page, kept under a key of its own."""
        return self._made.get(key, make)
