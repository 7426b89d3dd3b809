"""How months and numbers are written in tables of others: `2024-07`, `2024M07`, `juli 2024`; `2710`, `2.710,5`."""

import re
from collections.abc import Iterable

EARLIEST, LATEST = 1800, 2199  # years
_TIME = r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?:[-/. ]|M{{1,2}})(?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?{_TIME}"
)
_GLUED = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)?")
_YEAR_LAST = re.compile(rf"(?:(?P<day>\d{{1,2}})[-/. ])?(?P<month>\d{{1,2}})[-/. ](?P<year>\d{{4}}){_TIME}")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})[-/. ]*)?(?P<name>[a-z]{3,9})\.?[-/ ']*(?P<year>\d{4}|\d\d)")
_NAMED_AFTER = re.compile(r"(?P<year>\d{4})[-/ ]*(?P<name>[a-z]{3,9})\.?")
_DUTCH = "januari februari maart april mei juni juli augustus september oktober november december"
_ENGLISH = "january february march april may june july august september october november december"
_NAMES = {
    part: i % 12
    for i, name in enumerate(f"{_DUTCH} {_ENGLISH}".split())
    for part in (name, name[:3], name[:4])
} | {"mrt": 2, "maa": 2}  # fmt: skip
_CENTURY_TURNS = 70  # two digits from here on are of the twentieth century
_GROUPED = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_MINUS, _BLANK = str.maketrans("−‒–", "---"), re.compile(r"(?<=\d)[\s'\u00a0\u2009\u202f](?=\d{3}(?!\d))")


def month_of(text: str, month_first: bool = False) -> int | None:
    """
    A month, counted from the year nought, or None where none is written.

    Days before months, as in `31-07-2024`, unless `month_first` says that they come after: `7/31/2024`.
    """
    text = " ".join(text.strip().lower().split())
    for form in (_YEAR_FIRST, _GLUED, _YEAR_LAST, _NAMED, _NAMED_AFTER):
        if written := form.fullmatch(text.upper() if form in (_YEAR_FIRST, _YEAR_LAST) else text):
            return _counted(written.groupdict(), month_first and form is _YEAR_LAST)
    return None


def _counted(found: dict[str, str | None], month_first: bool) -> int | None:
    day, month, year = found.get("day"), found.get("month"), int(found["year"] or 0)
    if month_first and day:
        day, month = month, day
    number = _NAMES.get(str(found["name"])) if "name" in found else int(month or 0) - 1
    if year < 100:
        year += 1900 if year >= _CENTURY_TURNS else 2000
    if number is None or not 0 <= number < 12 or not EARLIEST <= year <= LATEST or not 1 <= int(day or 1) <= 31:
        return None
    return 12 * year + number


def mark_of_decimals(texts: Iterable[str]) -> str | None:
    """
    Which mark is before the decimals in these numbers, a point or a comma; None where they can be read both ways.

    A mark whose every number has groups of three digits after it is taken to be of thousands where other numbers
    without it are under a thousand; where a number of four digits is written without it, it is of decimals.
    """
    cleaned = [clean(text) for text in texts]
    marked = [text for text in cleaned if "." in text or "," in text]
    if both := [text for text in marked if "." in text and "," in text]:
        return "," if both[0].rindex(",") > both[0].rindex(".") else "."
    marks = {mark for mark in ".," if any(mark in text for text in marked)}
    if len(marks) != 1:
        return _of_two(marked) if marks else "."
    (mark,) = marks
    other = "," if mark == "." else "."
    if not all(_GROUPED[mark].fullmatch(text) for text in marked):
        return mark
    if any(text.count(mark) > 1 for text in marked):
        return other
    plain = [len(text.lstrip("+-")) for text in cleaned if text.lstrip("+-").isdigit()]
    if any(digits > 3 for digits in plain):
        return mark
    return other if plain else None


def _of_two(marked: list[str]) -> str | None:
    """Points in some numbers and commas in others: the one that is not always before three digits is of decimals."""
    loose = {mark for text in marked for mark in ".," if mark in text and not _GROUPED[mark].fullmatch(text)}
    return loose.pop() if len(loose) == 1 else None


def clean(text: str) -> str:
    """A number without blanks between its thousands, and with a minus that can be read."""
    return _BLANK.sub("", text.strip().translate(_MINUS))


def number_of(text: str, decimals: str) -> float | None:
    """A number whose decimals come after this mark; None where it is none."""
    thousands = "," if decimals == "." else "."
    text = clean(text)
    whole = text.partition(decimals)[0]
    if thousands in text and not _GROUPED[thousands].fullmatch(whole):
        return None
    text = text.replace(thousands, "").replace(decimals, ".")
    return float(text) if _PLAIN.fullmatch(text) else None
