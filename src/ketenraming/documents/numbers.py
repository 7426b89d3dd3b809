"""
Printed numbers: Dutch thousands dots and decimal commas, U+2012 minus, percent signs, glued footnotes.

`read_number` gives the digits as a whole number with the count of decimals, so that nothing is rounded on the way in.
"""

import re
from dataclasses import dataclass

_MINUS = "‒–—−-"
_SPACE = r"[\s\u00a0\u2009\u202f]"
_NUMBER = re.compile(
    rf"^(?P<euro>€?){_SPACE}*(?P<open>\()?(?P<minus>[{_MINUS}]?){_SPACE}*€?{_SPACE}*"
    rf"(?P<whole>\d{{1,3}}(?:[.\u00a0\u202f ]\d{{3}})+|\d+)(?:,(?P<decimals>\d+))?"
    rf"(?P<footnote>[¹²³⁴-⁹]+|\*+)?{_SPACE}*(?P<percent>%?)(?P<close>\))?$"
)
_GLUED_FOOTNOTE = re.compile(r"^(\d{1,3}(?:\.\d{3})+)(\d)$")
_NOTHING = {"", "n.v.t.", "nvt", "n.v.t", "n.n.b.", "nnb", "p.m.", "pm", "x", "..", "n/a", "na", *_MINUS}
_YEAR = re.compile(r"^(?:begroting |realisatie |raming |stand )?((?:19|20)\d{2})(?:\d|[¹²³⁴-⁹*]+)?$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])\d{1,2}\b|[¹²³⁴-⁹]+|\*+$")


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: `digits / 10**decimals`, in percent or not; `footnote` is a digit that was glued to it."""

    digits: int
    decimals: int = 0
    percent: bool = False
    footnote: str = ""

    @property
    def value(self) -> float:
        """The number itself."""
        return self.digits / float(10**self.decimals)


def read_number(text: str) -> Number | None:
    """
    The number a cell prints, or None where it prints none.

    `‒ 3.275` → -3275; `39,0%` → 390 with one decimal, percent; `(12)` → -12; `46.4601` → 46460 with footnote 1, because
    thousands come in threes.
    """
    text = text.strip()
    glued = _GLUED_FOOTNOTE.match(text)
    if glued:
        text = glued[1]
    match = _NUMBER.match(text)
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    decimals = match["decimals"] or ""
    digits = int(re.sub(r"\D", "", match["whole"]) + decimals)
    negative = match["minus"] or match["open"]
    footnote = glued[2] if glued else (match["footnote"] or "")
    return Number(-digits if negative else digits, len(decimals), bool(match["percent"]), footnote)


def is_nothing(text: str) -> bool:
    """Whether a cell prints that there is no number: empty, a dash, `n.v.t.`."""
    return text.strip().lower() in _NOTHING


def read_year(text: str) -> str | None:
    """The year a column header prints, or None; a footnote digit glued to it is dropped (`20241` → 2024)."""
    match = _YEAR.match(text.strip())
    return match[1] if match else None


def without_footnotes(label: str) -> str:
    """A label without the footnote digits that were glued to its words (`Vreemdelingen1` → `Vreemdelingen`)."""
    return _FOOTNOTE.sub("", label).strip()


def trailing_zero_step(digits: list[int], at_most: int = 1000) -> int:
    """The largest power of ten, up to a bound, that divides all of the numbers: the step a row is printed in."""
    step, told = 1, [d for d in digits if d]
    while told and step < at_most and all(d % (step * 10) == 0 for d in told):
        step *= 10
    return step
