"""
Levers: the few numbers that a reader moves first, each as changes that a scenario could make.

A lever stands at nought where nothing is changed. What it does holds from the first day of the budget year on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.evidence.library import Library
from ketenraming.evidence.source import Citation
from ketenraming.scenarios.scenario import Change, InBoth, Scenario
from ketenraming.scenarios.shelf import load_scenarios

ID = "schuiven"
ENDS_LIKE = "bescherming-eindigt-2027-vertrek"  # the scenario that says who leaves when protection ends
QUARTER = 3  # months
Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Lever:
    """One lever: where it can stand, and the changes that a position makes from a day on."""

    name: str
    path: str  # the number it is about
    low: int
    high: int
    step: int
    changes: Callable[["Lever", int, date, Library], Changes]

    @property
    def by_percent(self) -> bool:
        """Whether a position is a percentage more or less; else it is a number of quarters."""
        return self.changes is _percent

    def check(self, position: int) -> int:
        """The position, if it can stand there; raises KetenramingError."""
        if not self.low <= position <= self.high or (position - self.low) % self.step:
            raise KetenramingError(
                "{name} cannot stand at {position}: choose from {low} to {high} by {step}.",
                name=self.name,
                position=position,
                low=self.low,
                high=self.high,
                step=self.step,
            )
        return position


def _percent(lever: Lever, position: int, since: date, _: Library) -> Changes:
    """So many percent more or less."""
    return (Change.model_validate({"name": lever.path, "from": since, "scale": 1 + position / 100}),)


def _ends(_: Lever, position: int, since: date, library: Library) -> Changes:
    """Temporary protection ends so many quarters later, and people leave as the shipped scenario supposes."""
    day = first_day(since, position)
    (shipped,) = load_scenarios([ENDS_LIKE], library)
    return tuple(change.model_copy(update={"from_": day}) for change in shipped.changes)


def first_day(since: date, quarters: int) -> date:
    """The first day of the month so many quarters later."""
    months = since.month - 1 + QUARTER * quarters
    return date(since.year + months // 12, months % 12 + 1, 1)


LEVERS = (
    Lever("instroom", "asiel_applications_inflow", -60, 150, 5, _percent),
    Lever("inwilliging", "asielbesluit_granted_share", -60, 100, 5, _percent),
    Lever("beslissingen", "ind_asiel_capacity", -50, 100, 5, _percent),
    Lever("huisvesting", "huisvesting_capacity", -60, 100, 5, _percent),
    Lever("nareis", "nareis_per_grant", -80, 50, 5, _percent),
    Lever("noodopvang", "coa_emergency_share", -100, 200, 5, _percent),
    Lever("prijs-regulier", "coa_regular_price", -30, 50, 5, _percent),
    Lever("prijs-nood", "coa_emergency_price", -50, 50, 5, _percent),
    Lever("bescherming", "ontheemde_einde_rate", 0, 18, 1, _ends),
)
BY_NAME: Mapping[str, Lever] = {lever.name: lever for lever in LEVERS}


def lever(name: str) -> Lever:
    """A lever by its name; raises NotInLibrary with the nearest names."""
    if name not in BY_NAME:
        raise NotInLibrary("lever", name, BY_NAME)
    return BY_NAME[name]


def scenario_of(positions: Mapping[str, int], since: date, library: Library) -> Scenario:
    """The scenario that levers in these positions make together; those at nought are left out."""
    changes = [
        change
        for one in LEVERS
        if (position := one.check(positions.get(one.name, 0)))
        for change in one.changes(one, position, since, library)
    ]
    for i, change in enumerate(changes):
        change.stands(ID, i + 1)
    words = {key: InBoth.model_validate(library.messages[f"levers_{key}"]) for key in ("title", "reason")}
    source = Citation(id="", where=ID, because="Chosen by a reader.")
    return Scenario(id=ID, source=source, changes=tuple(changes), **words)
