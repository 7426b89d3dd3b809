"""Numbers as a reader expects them: 1.234.567, 39,0%, ‒ 3.275 in Dutch; 1,234,567, 39.0%, -3,275 in English."""

from datetime import date
from functools import cache
from typing import Any, Literal

Lang = Literal["nl", "en"]

LEVELS = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}  # the quantiles that documents give, by name

_LOCALE = {"nl": "nl_NL", "en": "en_GB"}
_MILLION: dict[Lang, str] = {"nl": "mln", "en": "m"}
_BILLION: dict[Lang, str] = {"nl": "mld", "en": "bn"}
_SEPARATORS: dict[Lang, dict[int, int]] = {"nl": str.maketrans(",.", ".,"), "en": {}}
_MINUS = {"nl": "‒ ", "en": "-"}  # the budget prints U+2012 and a space


@cache
def _locale(lang: Lang) -> Any:
    from babel import Locale

    return Locale.parse(_LOCALE[lang])


def number(value: float, lang: Lang, decimals: int = 0) -> str:
    """A number with separators of thousands; a value that rounds to nil has no sign."""
    rounded = round(value, decimals)
    text = in_signs(f"{abs(rounded):,.{decimals}f}", lang)  # a page has thousands: the locale is slow
    return f"{_MINUS[lang]}{text}" if rounded < 0 else text


def in_signs(text: str, lang: Lang) -> str:
    """A number as Python writes it, with the separators of a language."""
    return text.translate(_SEPARATORS[lang])


def percent(value: float, lang: Lang, decimals: int = 1) -> str:
    """A percentage, given in percent."""
    return f"{number(value, lang, decimals)}%"


def money(euros: float, lang: Lang) -> str:
    """An amount in the largest unit that says it in three or four digits: `€ 4,09 mld`, `€ 57,9 mln`."""
    size = abs(euros)
    if size >= 1e9:
        scaled, unit, decimals = euros / 1e9, _BILLION[lang], 2
    elif size >= 1e5:
        scaled, unit, decimals = euros / 1e6, _MILLION[lang], 1
    else:
        scaled, unit, decimals = euros, "", 0
    return f"€ {number(scaled, lang, decimals)} {unit}".strip()


def thousands(euros: float, lang: Lang) -> str:
    """Euros in thousands, as the budget prints them."""
    return number(euros / 1000, lang)


def day(value: date, lang: Lang) -> str:
    """A day in words."""
    from babel.dates import format_date

    text: str = format_date(value, format="d MMMM y", locale=_locale(lang))
    return text


def month_name(value: date, lang: Lang) -> str:
    """The month of a day in words: `maart 2027`."""
    from babel.dates import format_date

    text: str = format_date(value, format="MMMM y", locale=_locale(lang))
    return text


def in_unit(value: float, unit: str, lang: Lang) -> str:
    """A value with the unit it was printed in; money to the digit, in millions."""
    match unit:
        case "percent":
            return percent(value, lang, 0 if float(value).is_integer() else 1)
        case "kEUR":
            return f"€ {_trimmed(value / 1000, lang)} {_MILLION[lang]}"
        case "mEUR":
            return f"€ {_trimmed(value, lang)} {_MILLION[lang]}"
        case "bnEUR":
            return f"€ {_trimmed(value, lang)} {_BILLION[lang]}"
        case "date":
            return _day_of_digits(str(int(value)), lang)
        case "month":
            return f"{number(value, lang, 1)} {'maanden' if lang == 'nl' else 'months'}"
    decimals = 0 if abs(value) >= 1000 or float(value).is_integer() else 2
    return f"€ {number(value, lang, decimals)}" if unit.startswith("EUR") else number(value, lang, decimals)


def _trimmed(value: float, lang: Lang) -> str:
    """At most three decimals, and no noughts at the end of them."""
    decimals = next((d for d in range(3) if abs(round(value, d) - value) < 5e-4), 3)
    return number(value, lang, decimals)


def _day_of_digits(digits: str, lang: Lang) -> str:
    """A day written as 20260304 in words; the digits as they are when the calendar does not have it."""
    try:
        return day(date(int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])), lang)
    except ValueError:
        return digits
