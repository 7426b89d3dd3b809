"""The file in which accepted figures are kept: a CSV of one's own, added to and never shortened, written whole."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ketenraming.base.errors import DocumentUnreadable, KetenramingError
from ketenraming.base.whole import write_whole
from ketenraming.evidence.realised import Realised
from ketenraming.scenarios.nowcast.csvfile import COLUMNS, KEPT, Reading, Rejected, read, written

_ROWS_OF_STORE = (*COLUMNS, "note")


def read_store(path: Path, by: Reading) -> list[Realised]:
    """What was kept; nothing where there is no file. Raises DocumentUnreadable where somebody changed it by hand."""
    if not path.exists():
        return []
    figures, rejected = read(path, by, KEPT)
    if rejected:
        raise DocumentUnreadable(_spoilt(path, rejected))
    return [replace(figure, line=0) for figure in figures]


def _spoilt(path: Path, rejected: list[Rejected]) -> str:
    first = rejected[0]
    what = first.reason.key.removeprefix("update_bad_")
    return (
        f"{path.name}, line {first.line}: this row cannot have been kept as it is now ({what}). "
        "Take it out, or keep figures in another file with --to."
    )


def write_store(figures: Sequence[Realised], path: Path) -> None:
    """Write all that is kept, whole or not at all; raises KetenramingError where it cannot be written."""
    if len(figures) > KEPT.rows:
        raise KetenramingError(f"Nothing is kept: {path.name} would hold {len(figures)} rows, and {KEPT.rows} is most.")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_ROWS_OF_STORE)
    for each in figures:
        day = each.published.isoformat()
        writer.writerow([each.month.text, each.series, written(each.value), each.unit, each.source, day, each.note])
    try:
        write_whole(text.getvalue(), path)
    except OSError as error:
        raise KetenramingError(
            f"Nothing is kept: {path} cannot be written ({error.strerror or error}). Choose another file with --to."
        ) from error
