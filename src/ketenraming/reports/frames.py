"""Results for analysts: one long table for pandas, arrays with named axes for xarray. Both are extras."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import KetenramingError
from ketenraming.finance.term import Term
from ketenraming.reports.as_json import LEVELS
from ketenraming.scenarios.people import QUANTITIES
from ketenraming.scenarios.run import Run

if TYPE_CHECKING:
    import pandas
    import xarray

Floats = NDArray[np.float64]
WHAT = ("budgeted", "needed", "gap")


def to_pandas(run: Run) -> "pandas.DataFrame":
    """Every address, year and kind of amount in a row, in euros: central, quantiles, and the chance of a gap."""
    rows = [
        {"address": address, "year": int(year), "what": what, **_numbers(getattr(row, what)), "chance_over": over}
        for (address, year), row in run.rows.items()
        for over in (row.chance_over,)
        for what in WHAT
    ]
    frame: pandas.DataFrame = _extra("pandas", "to_pandas").DataFrame(rows)
    return frame


def to_xarray(run: Run) -> "xarray.Dataset":
    """Needed and gap by address, year and draw, people by variable, year and draw; central values beside them."""
    years = [int(year) for year in run.years]
    amounts = {what: _lines(run, what) for what in WHAT}
    people = np.stack([yearly([run.terms[y][q.name] for y in run.years], run.draws.count) for q in QUANTITIES])
    of_lines, of_people = ("address", "year", "draw"), ("variable", "year", "draw")
    found = {what: (of_lines, array[..., 1:]) for what, array in amounts.items() if what != "budgeted"}
    central = {
        f"{what}_central": (of_lines[:2], array[..., 0]) for what, array in amounts.items() if what != "budgeted"
    }
    beside = {"budgeted": (of_lines[:2], amounts["budgeted"][..., 0]), "people": (of_people, people[..., 1:]),
              "people_central": (of_people[:2], people[..., 0])}  # fmt: skip
    coords = {"address": run.addresses, "year": years, "draw": range(1, run.draws.count + 1),
              "variable": [q.name for q in QUANTITIES], "unit": ("variable", [q.unit for q in QUANTITIES])}  # fmt: skip
    said = {"edition": run.edition, "library": run.library.digest, "seed": run.draws.seed, "euros": "nominal"}
    dataset: xarray.Dataset = _extra("xarray", "to_xarray").Dataset({**found, **central, **beside}, coords, said)
    return dataset


def yearly(terms: Iterable[Term], draws: int) -> Floats:
    """Terms by year: first the central value, then the draws; what is certain is the same in each."""
    return np.stack([np.broadcast_to(term.quantity.amount, (1 + draws,)) for term in terms])


def _lines(run: Run, what: str) -> Floats:
    rows = [[getattr(run.row(address, year), what) for year in run.years] for address in run.addresses]
    return np.stack([yearly(terms, run.draws.count) for terms in rows])


def _numbers(term: Term) -> dict[str, float]:
    return {"central": term.central, **dict(zip(LEVELS, term.quantiles(tuple(LEVELS.values())), strict=True))}


def _extra(name: str, asked: str) -> Any:
    """A library that comes with an extra; refused with what to install where it is not there."""
    try:
        return import_module(name)
    except ImportError as error:
        raise KetenramingError(
            f"{asked}() needs {name}, which is not installed. Install it with: pip install 'ketenraming[analysis]'."
        ) from error
