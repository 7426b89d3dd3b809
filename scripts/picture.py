"""Draw the picture of the README again: needed against budgeted, from a run of the library as it is."""

import os
from pathlib import Path

from ketenraming.evidence.library import load
from ketenraming.reports.charts import needed_and_budgeted, to_svg
from ketenraming.scenarios.run import run

PICTURE = Path(__file__).parent.parent / "docs" / "_static" / "needed-and-budgeted.svg"


def main() -> None:
    """Draw it, and replace the old one."""
    svg = to_svg(needed_and_budgeted(run(load()), "en"))
    temporary = PICTURE.with_suffix(".tmp")
    temporary.write_text(svg, encoding="utf-8")
    os.replace(temporary, PICTURE)


if __name__ == "__main__":
    main()
