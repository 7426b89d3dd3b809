"""A chart as a file: drawn, as its numbers, or as its specification."""

import csv
import io
import json

from ketenraming.reports.charts import to_svg
from ketenraming.reports.fan import Chart, png

MIME = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8", "json": "application/json"}
_COLUMNS = ("year", "central", "low", "lower", "upper", "high", "budgeted", "baseline")


def drawn(chart: Chart, ending: str) -> bytes:
    """The chart in one of these forms; raises KeyError for another ending."""
    match ending:
        case "svg":
            return to_svg(chart.spec).encode()
        case "png":
            return png(chart.spec)
        case "csv":
            return _numbers(chart).encode()
        case "json":
            return (json.dumps(chart.spec, ensure_ascii=False, indent=2) + "\n").encode()
    raise KeyError(ending)


def _numbers(chart: Chart) -> str:
    """A row for every year, in the unit of the chart, with decimal points."""
    data = chart.spec["datasets"]
    beside = {name: {row["year"]: row["central"] for row in data.get(name, ())} for name in ("printed", "beside")}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["title", *_COLUMNS])
    for row in data["points"]:
        others = (beside["printed"].get(row["year"], ""), beside["beside"].get(row["year"], ""))
        writer.writerow([chart.title, *(row[name] for name in _COLUMNS[:6]), *others])
    return stream.getvalue()
