"""
Days as the law counts them: months by the number of the day, and terms that do not end on a day of rest.

The Algemene termijnenwet (BWBR0002448) moves the end of a term of a law from a Saturday, a Sunday or a holiday to the
next day that is none (article 1, paragraph 1). It does not hold for terms in more than ninety days, twelve weeks or
three months, nor in years (article 4), nor for terms that a court sets. Regulation 1182/71 does the same for all
terms of regulations (article 3, paragraph 4). Days that are made equal to a holiday by decree (article 3, paragraph 3
of the Act), such as some Fridays after Ascension Day, are not known here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ketenraming.base.period import add_months

WEEK = 7
YEAR = 12  # months
LONGEST_DAYS, LONGEST_MONTHS = 90, 3  # Algemene termijnenwet, article 4 under a; twelve weeks are fewer days
_DAYS_IN = {"day": 1, "week": WEEK}
_MONTHS_IN = {"month": 1, "year": YEAR}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a law gives it: months, days and working days, which are counted in that order of length."""

    months: int = 0
    days: int = 0
    workdays: int = 0

    def __add__(self, other: "Span") -> "Span":
        return Span(self.months + other.months, self.days + other.days, self.workdays + other.workdays)

    def after(self, day: date) -> date:
        """
        The last day of a term of this length that begins on the day after another.

        A term in months ends on the day with the same number, or the last of its month. Days of an extended term are
        counted before its months, as they come first in the law.
        """
        end = add_months(day + timedelta(days=self.days), self.months)
        for _ in range(self.workdays):
            end = next_workday(end + timedelta(days=1))
        return end

    @property
    def is_short(self) -> bool:
        """Whether the Algemene termijnenwet holds for a term of this length."""
        if self.months:
            return not self.days and self.months <= LONGEST_MONTHS
        return self.days <= LONGEST_DAYS


def span_of(amount: float, unit: str) -> Span:
    """An amount of days, working days, weeks, months or years."""
    if unit == "workday":
        return Span(workdays=int(amount))
    if unit in _DAYS_IN:
        return Span(days=int(amount) * _DAYS_IN[unit])
    return Span(months=int(amount) * _MONTHS_IN[unit])


def next_workday(day: date) -> date:
    """This day, or the first after it that is no Saturday, Sunday or holiday."""
    while day.weekday() >= 5 or day in holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def holidays(year: int) -> frozenset[date]:
    """The holidays of a year, Good Friday among them (Algemene termijnenwet, article 3, paragraphs 1 and 2)."""
    easter = _easter(year)
    moving = (easter + timedelta(days=days) for days in (-2, 1, 39, 50))  # Good Friday, Easter, Ascension, Whit Monday
    fixed = (date(year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26)))
    return frozenset([*moving, *fixed, _kings_day(year)])


def _kings_day(year: int) -> date:
    """The day on which the birthday of the King, before 2014 of the Queen, is kept: the day before when on a Sunday."""
    day = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    return day - timedelta(days=1) if day.weekday() == 6 else day


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the computation of Meeus."""
    century, of_century = divmod(year, 100)
    golden, leap, rest = year % 19, century // 4, century % 4
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
