"""Charts as files, in the form that the ending of the file asks for."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from ketenraming.base.errors import KetenramingError
from ketenraming.base.whole import write_whole
from ketenraming.reports.charts import Spec, to_svg

Forms = Mapping[str, Callable[[], str]]


def forms_of(spec: Callable[[], Spec]) -> dict[str, Callable[[], str]]:
    """A Vega-Lite chart as SVG, or as its own specification."""
    return {
        ".svg": lambda: to_svg(spec()),
        ".json": lambda: json.dumps(spec(), ensure_ascii=False, indent=1) + "\n",
    }


def write_plot(path: Path, forms: Forms) -> Path:
    """Write a chart whole or not at all; raises KetenramingError for another ending, or where it cannot be written."""
    if path.suffix not in forms:
        raise KetenramingError(
            f"A chart is written as {' or '.join(forms)}, not as {path.name!r}. Choose another name with --plot."
        )
    try:
        write_whole(forms[path.suffix](), path)
    except OSError as error:
        raise KetenramingError(
            f"The chart cannot be written to {path}: {error.strerror or error}. Choose another name with --plot."
        ) from error
    return path
