"""
Realised months beside the estimate: figures are read, checked and kept, and held against the bands of a run.

    found = update(library, Ask(file=Path("realised.csv"), store=Path("kept.csv"), today=date.today()))

What is accepted is kept whole or not at all, in a file of one's own, never in the library. Decision 0017 says by which
rules a row is refused, and what a band is.
"""

from ketenraming.scenarios.nowcast.make import Ask, Update, keep, update

__all__ = ["Ask", "Update", "keep", "update"]
