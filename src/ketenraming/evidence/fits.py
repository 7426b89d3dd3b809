"""Numbers that were fitted on observed series, by fit."""

from collections.abc import Mapping
from pathlib import Path

from ketenraming.base.errors import LibraryInvalid
from ketenraming.evidence.files import Files

FITS = "hindcast/fits.csv"


def read_fits(root: Path) -> Mapping[str, Mapping[str, float]]:
    """
    The free numbers of the hindcast by fit, such as `all`, `until-2021` or `without-2018`.

    Raises LibraryInvalid with all mistakes.
    """
    read, found = Files(root), dict[str, dict[str, float]]()
    for path, line, row in read.rows(FITS):
        name = row.pop("fit")
        try:
            found[name] = {key: float(cell) for key, cell in row.items()}
        except ValueError as error:
            read.say(path, line, str(error))
    if read.mistakes:
        raise LibraryInvalid(read.mistakes)
    return found
