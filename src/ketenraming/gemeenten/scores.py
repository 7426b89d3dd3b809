"""
The SES-WOA scores of CBS, from a table that somebody exported from StatLine.

The table has a row for each municipality with its code (GM0344) and a column of total scores. A comma or a point may be
the decimal sign, a semicolon, a comma or a tab the separator.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from ketenraming.base.errors import CaseInvalid
from ketenraming.evidence.gemeenten import Gemeente

MOST_CHARACTERS = 5_000_000
MEANT = "Give a CSV with a column of codes such as GM0344 and a column named score or totaalscore."
_CODE = re.compile(r"GM\d{4}")


def read_scores(text: str, municipalities: Mapping[str, Gemeente]) -> dict[str, Fraction]:
    """The score of every municipality by code; raises CaseInvalid where one lacks, is there twice or is no number."""
    if len(text) > MOST_CHARACTERS:
        raise CaseInvalid(f"The table of scores has more than {MOST_CHARACTERS} characters. {MEANT}")
    head, rows = _rows(text)
    column = _column(head)
    found: dict[str, Fraction] = {}
    for line, row in rows:
        code = next((match[0] for cell in row if (match := _CODE.fullmatch(cell.strip()))), "")
        if code not in municipalities:
            continue  # a province, the country, or a municipality of another year
        if code in found:
            raise CaseInvalid(f"Line {line} of the scores: {code} is there twice. Leave one period in the table.")
        found[code] = _score(row, column, line)
    _whole(found, municipalities.values())
    return found


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The head, and the rows with a code, each with its line."""
    lines = text.lstrip("\ufeff").splitlines()
    separator = max(";,\t", key=lambda sign: sum(line.count(sign) for line in lines[:50]))
    read = list(enumerate(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator), 1))
    first = next((i for i, (_, row) in enumerate(read) if any(_CODE.fullmatch(cell.strip()) for cell in row)), 0)
    heads = [row for _, row in read[:first] if any("score" in cell.casefold() for cell in row)]
    if not heads:
        raise CaseInvalid(f"The table of scores has no head with a score above its rows. {MEANT}")
    return heads[-1], read[first:]


def _column(head: Sequence[str]) -> int:
    """The column of the score: the only one that is called so, or the total of several."""
    named = [i for i, cell in enumerate(head) if "score" in cell.casefold()]
    total = [i for i in named if "totaal" in head[i].casefold()]
    mean = [i for i in total if "gemiddeld" in head[i].casefold()]
    for chosen in (named, total, mean):
        if len(chosen) == 1:
            return chosen[0]
    raise CaseInvalid(f"The table of scores has {len(named)} columns of scores. Leave the total score in it.")


def _score(row: Sequence[str], column: int, line: int) -> Fraction:
    cell = row[column].strip() if column < len(row) else ""
    try:
        score = Fraction(cell.replace(",", "."))
    except (ValueError, ZeroDivisionError) as error:
        raise CaseInvalid(f"Line {line} of the scores: {cell[:20]!r} is no number. Fill the score in.") from error
    if not -1 <= score <= 1:
        raise CaseInvalid(f"Line {line} of the scores: {cell[:20]} is not from -1 to 1, so it is no SES-WOA score.")
    return score


def _whole(found: Mapping[str, Fraction], municipalities: Iterable[Gemeente]) -> None:
    if missing := [each.name for each in municipalities if each.code not in found]:
        some = ", ".join(missing[:3])
        raise CaseInvalid(f"The table of scores lacks {len(missing)} municipalities, such as {some}. Add them.")


def scores_of(path: Path, municipalities: Mapping[str, Gemeente]) -> dict[str, Fraction]:
    """The scores in a file; raises CaseInvalid where it cannot be read."""
    try:
        if path.stat().st_size > MOST_CHARACTERS:
            raise CaseInvalid(f"{path} is larger than {MOST_CHARACTERS} bytes. {MEANT}")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseInvalid(f"{path} cannot be read as text. {MEANT}") from error
    return read_scores(text, municipalities)
