"""What the hindcast proposes as files: one JSON document, the chart of its bands, and a page."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from ketenraming.reports import plots
from ketenraming.reports.charts import to_svg
from ketenraming.reports.hindcast_bands import chart
from ketenraming.reports.hindcast_posterior import BANDS, in_library, parameter_of, prior_of, strong_pairs
from ketenraming.reports.numbers import Lang
from ketenraming.scenarios.hindcast.checks import LAST_LEARNT
from ketenraming.scenarios.hindcast.errors import SERIES
from ketenraming.scenarios.hindcast.posterior import NUMBERS
from ketenraming.scenarios.hindcast.predictive import LEVELS, PROBABILITIES, Predicted, Proposal


def proposal_as_json(found: Proposal) -> dict[str, Any]:
    """All of it as a document; bands by month for each series."""
    return {
        "ok": True,
        "schema": "ketenraming/hindcast-posterior/1",
        "version": version("ketenraming"),
        "library": found.library.digest,
        "seed": found.seed,
        "draws": len(found.posterior.found.weights),
        "effective": round(found.posterior.found.effective, 1),
        "numbers": [_number_as_json(found, name) for name in NUMBERS],
        "errors": [
            {
                "series": what,
                "size": _quantiles(found, f"{what}_error"),
                "months": _quantiles(found, f"{what}_error_months"),
            }
            for what in SERIES
        ],
        "correlations": [
            {"one": one, "other": other, "correlation": round(value, 3)} for one, other, value in strong_pairs(found)
        ],
        "inside": _inside_as_json(found.predicted),
        "beyond": _inside_as_json(found.beyond) | {"learnt_until": LAST_LEARNT},
        "bands": {what: _bands_as_json(found.predicted.months[what]) for what in SERIES},
        "first_month": "2014-01",
    }


def _number_as_json(found: Proposal, name: str) -> dict[str, Any]:
    parameter = parameter_of(found, name)
    return {
        "name": name,
        "label_nl": parameter.label_nl,
        "label_en": parameter.label_en,
        "unit": parameter.unit,
        "in_library": in_library(found, name),
        "prior": prior_of(found, name),
        **_quantiles(found, name),
    }


def _quantiles(found: Proposal, name: str) -> dict[str, float]:
    values = found.posterior.quantiles(name, BANDS)
    return {f"p{100 * p:g}": round(float(value), 5) for p, value in zip(BANDS, values, strict=True)}


def _inside_as_json(predicted: Predicted) -> dict[str, Any]:
    return {
        what: {"counts": len(points), **{f"in_{100 * level:g}": predicted.inside(what, level) for level in LEVELS}}
        for what, points in predicted.points.items()
    }


def _bands_as_json(bands: Any) -> dict[str, list[float]]:
    return {f"p{100 * p:g}": [round(float(v), 1) for v in row] for p, row in zip(PROBABILITIES, bands, strict=True)}


def write_plot(found: Proposal, path: Path, lang: Lang) -> Path:
    """The chart as SVG, or with the tables as an HTML page; raises KetenramingError when it cannot be written."""
    return plots.write_plot(path, {".svg": lambda: to_svg(chart(found, lang)), ".html": lambda: _page(found, lang)})


def _page(found: Proposal, lang: Lang) -> str:
    from ketenraming.reports.html import render_proposal

    return render_proposal(found, lang)
