"""What can be forecast: series of the library, two that are pieced together, and files of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ketenraming.evidence.library import Library
from ketenraming.scenarios.forecast.candidates import ways as ways_of
from ketenraming.scenarios.forecast.csvfile import reader_of_file
from ketenraming.scenarios.forecast.delayed import NAREIS, after_grants, nareis_reader
from ketenraming.scenarios.forecast.history import Reader, reader_of
from ketenraming.scenarios.forecast.minors import MINORS, minors_reader, share_of_applications
from ketenraming.scenarios.forecast.peers import peers
from ketenraming.scenarios.forecast.rolling import Way
from ketenraming.scenarios.forecast.walks import OF_DECISION, Fit, Walk, walk_of

APPLICATIONS = "asylum_applications_inflow"
SERIES_OF = {"asiel_applications_inflow": APPLICATIONS}  # the variable of the chain, and what was counted
AFTER_GRANTS, SHARE = "after_grants", "share_of_applications"  # decisions 0012 and 0016
RETURNING, OWN = "returning_walk", "pool_by_score"  # decision 0016: series of the library, and files of one's own


@dataclass(frozen=True, slots=True)
class Subject:
    """What is forecast: its name, how it is read as known on a day, the ways to carry it on, and the default one."""

    name: str
    read: Reader
    ways: Mapping[str, Way]
    default: str


def subject(library: Library, name: str, with_peers: bool = False) -> Subject:
    """A series of the library, or family arrivals or minors as pieced together from months, quarters and years."""
    fits = _fits(walk_of(library), with_peers)
    if name == NAREIS:
        ways = {**fits, AFTER_GRANTS: after_grants(library)}
        return Subject(name, nareis_reader(library), ways, AFTER_GRANTS)
    if name == MINORS:
        applications = subject(library, APPLICATIONS)
        way = share_of_applications(library, applications.read, applications.ways[applications.default])
        return Subject(name, minors_reader(library, applications.read), {**fits, SHARE: way}, SHARE)
    name = SERIES_OF.get(name, name)
    return Subject(name, reader_of(library, name), fits, RETURNING)


def subject_of_file(path: Path, library: Library | None = None, with_peers: bool = False) -> Subject:
    """A monthly series of one's own; walks are those of a library, where one is given."""
    fits = _fits(walk_of(library) if library else OF_DECISION, with_peers)
    return Subject(path.name, reader_of_file(path), fits, OWN)


def _fits(walk: Walk, with_peers: bool) -> dict[str, Way]:
    fits = {**ways_of(walk), **(peers() if with_peers else {})}
    return {name: _of_logs(fit) for name, fit in fits.items()}


def _of_logs(fit: Fit) -> Way:
    return lambda history: fit(history.logs)
