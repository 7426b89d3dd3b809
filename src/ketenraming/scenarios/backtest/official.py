"""What the documents themselves said, and what rules say that need no model."""

from collections.abc import Mapping

from ketenraming.evidence.vintage import DRAFT, FIRST, Vintages
from ketenraming.scenarios.backtest.vantage import Vantage

_CHAINED = {DRAFT: "= OWB{} ", FIRST: "1SUPP{} ("}  # how the scores of others name the levels that they chained


def official(vintages: Vintages, vantage: Vantage, address: str, year: int) -> tuple[float, bool] | None:
    """
    What the document said of a year, in euros, and whether that is derived; None where it cannot be known.

    A supplementary budget prints later years as changes; with the level of the draft of the same year, where that was
    found, they make its level. Of reception the levels that others chained stand in for what was not found: where both
    are known they are within 0.2 percent of the next draft. For the IND and Nidos they are not, so there is nothing.
    """
    printed = _level(vintages, vantage.stage, vantage.edition, address, year)
    if printed is not None:
        return printed, False
    draft = _level(vintages, DRAFT, vantage.edition, address, year)
    change = _change(vintages, vantage.edition, address, year)
    if vantage.stage == FIRST and draft is not None and change is not None:
        return draft + change, True
    name = _CHAINED[vantage.stage].format(vantage.edition)
    chained = [
        s for s in vintages.scores if (s.of, s.target_year) == (address, year) and s.derived and name in s.edition
    ]
    return (1000 * chained[0].forecast, True) if chained else None


def _level(vintages: Vintages, stage: str, edition: int, address: str, year: int) -> float | None:
    levels = vintages.of(address, year) if year in vintages.years(address) else ()
    return next((float(each.euros) for each in levels if (each.stage, each.edition) == (stage, edition)), None)


def _change(vintages: Vintages, edition: int, address: str, year: int) -> float | None:
    """By how much the first supplementary budget of an edition changed a year."""
    changes = vintages.changes(address, year)
    return next((float(each.euros) for each in changes if (each.stage, each.edition) == (FIRST, edition)), None)


def as_last_year(known: Mapping[int, float]) -> float:
    """As the last year that was known."""
    return known[max(known)]


def on_a_line(known: Mapping[int, float], year: int) -> float:
    """On a straight line through the last two years that were known, at least nought."""
    *_, before, last = sorted(known)
    step = (known[last] - known[before]) / (last - before)
    return max(known[last] + step * (year - last), 0.0)
