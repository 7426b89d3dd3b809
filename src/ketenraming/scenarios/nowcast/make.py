"""Updating: read, check, hold against the run; what is to be kept is decided here and written by `keep`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.library import Library
from ketenraming.evidence.realised import Realised, latest
from ketenraming.scenarios.nowcast.bands import Expected, expected
from ketenraming.scenarios.nowcast.checks import Against, Judged, judge
from ketenraming.scenarios.nowcast.csvfile import Reading, read
from ketenraming.scenarios.nowcast.held import Held, hold
from ketenraming.scenarios.nowcast.store import read_store, write_store
from ketenraming.scenarios.nowcast.watched import AllWatched, balances, watched
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of
from ketenraming.scenarios.scenario import Scenario
from ketenraming.scenarios.shelf import load_scenarios

MOST_DRAWS = 10_000  # months by draws are kept of every series that is held
STORE = Path("ketenraming-realised.csv")


@dataclass(frozen=True, slots=True)
class Ask:
    """
    What is asked: a file of new rows, or none to look at what was kept; where that is; and by which run it is held.

    Months after `today` are not over. `jumps_too` accepts rows that are too far from the month before them.
    """

    today: date
    file: Path | None = None
    store: Path = STORE
    jumps_too: bool = False
    scenarios: Sequence[str | Path] = ()
    drawn: Draws = field(default_factory=lambda: Draws(1000, 7))


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """What came of it: rows that were judged, all that is to be kept, and every series beside the run."""

    ask: Ask
    library: Library
    judged: Judged
    kept: tuple[Realised, ...]
    held: tuple[Held, ...]
    scenarios: tuple[Scenario, ...] = ()

    @property
    def all_accepted(self) -> bool:
        """Whether no row was refused."""
        return not self.judged.rejected

    @property
    def first_left(self) -> Held | None:
        """The series whose month was the first to leave its band."""
        left = [(held.first_left.figure.month, i) for i, held in enumerate(self.held) if held.first_left]
        return self.held[min(left)[1]] if left else None


def update(library: Library, ask: Ask) -> Update:
    """
    Read and check the rows, and hold all that is known against the run; nothing is written.

    Raises DocumentUnreadable for a file that is not one of rows, and KetenramingError where there is nothing at all.
    """
    if not 1 <= ask.drawn.count <= MOST_DRAWS:
        raise KetenramingError(f"{ask.drawn.count} draws were asked for; choose between 1 and {MOST_DRAWS}.")
    base, scenarios = baseline_of(library), load_scenarios(ask.scenarios, library)
    known = watched(library, base.chain)
    by = Reading(known, library.units, ask.today)
    figures, rejected = read(ask.file, by) if ask.file else ([], [])
    store = read_store(ask.store, by)
    if not ask.file and not store:
        raise KetenramingError(f"There is nothing in {ask.store} yet. Give a file with realised months.")
    names = {each.series for each in (*figures, *store)}
    run = expected(base, scenarios, [each for each in known.values() if each.name in names], ask.drawn) if names else {}
    central = {name: of.central for name, of in run.items()}
    against = Against(store, known, central, balances(base.chain), library, ask.jumps_too)
    judged = judge(figures, against)
    judged.rejected = sorted([*rejected, *judged.rejected], key=lambda each: each.line)
    kept = _in_order([*store, *judged.accepted], known)
    return Update(ask, library, judged, kept, _held(kept, run), scenarios)


def _in_order(figures: Iterable[Realised], known: AllWatched) -> tuple[Realised, ...]:
    """Figures by series in the order of the dictionary, then by month and the day they were published."""
    order = {name: i for i, name in enumerate(known)}
    return tuple(sorted(figures, key=lambda each: (order[each.series], each.month, each.published)))


def _held(kept: Sequence[Realised], run: Mapping[str, Expected]) -> tuple[Held, ...]:
    by_series: dict[str, list[Realised]] = {}
    for each in latest(kept).values():
        by_series.setdefault(each.series, []).append(each)
    return tuple(hold(figures, run[name]) for name, figures in by_series.items())


def keep(found: Update) -> Path | None:
    """Write all that is kept, whole or not at all, where a row was accepted; else nothing is written."""
    if not found.judged.accepted:
        return None
    write_store(found.kept, found.ask.store)
    return found.ask.store
