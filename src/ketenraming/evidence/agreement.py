"""Whether what is known agrees: sources with each other, and months, quarters and half-years with their years."""

from collections.abc import Iterator, Mapping
from datetime import date

from ketenraming.base.finding import Finding, Place, Severity, Strength
from ketenraming.base.period import MONTHS_IN, Length
from ketenraming.evidence.series import Observation, Series


def disagreements(all_series: Mapping[str, Series]) -> list[Finding]:
    """Where sources, publications of one source, or a year and its parts say different things."""
    apart = [finding for series in all_series.values() for finding in check_sources_agree(series)]
    return [finding for finding in [*apart, *check_years_agree(all_series)] if not finding.holds]


def check_sources_agree(series: Series) -> list[Finding]:
    """Each observation against the one a reader gets; what each says of its own rounding is allowed."""
    told = {each.period: each for each in series.as_known_on(date.max).observations}
    pairs = [(each, told[each.period]) for each in series.observations]
    return [
        _finding(
            "series-disagree",
            (_place(series, each), _place(series, other)),
            (each.value, other.value, each.tolerance + other.tolerance),
            {"one": each.source, "other": other.source},
            series,
        )
        for each, other in pairs
        if each is not other
    ]


def check_years_agree(all_series: Mapping[str, Series]) -> list[Finding]:
    """Each year against its months, quarters or half-years, where all of them are there."""
    return [
        _finding(
            "series-year-differs",
            (_place(years, year), *(_place(parts, part) for part in made_of)),
            (year.value, sum(part.value for part in made_of), sum(each.tolerance for each in (year, *made_of))),
            {"one": year.source, "parts": parts.id},
            years,
        )
        for years, parts in _years_and_parts(all_series)
        for year in years.observations
        if len(made_of := _within(year, parts)) * MONTHS_IN[parts.frequency] == 12
    ]


def _years_and_parts(all_series: Mapping[str, Series]) -> Iterator[tuple[Series, Series]]:
    """Series by year that are sums, each with the series of the same name by a shorter period."""
    for years in all_series.values():
        if years.frequency is Length.YEAR and years.yearly == "sum":
            name = years.id.removesuffix("_year")
            shorter = (all_series.get(f"{name}{ending}") for ending in ("", "_quarter", "_halfyear"))
            yield from ((years, parts) for parts in shorter if parts)


def _within(year: Observation, parts: Series) -> list[Observation]:
    known = parts.as_known_on(date.max).observations
    return [part for part in known if part.period.year == year.period.year]


def _finding(
    code: str,
    cells: tuple[Place, ...],
    numbers: tuple[float, float, float],
    words: Mapping[str, object],
    series: Series,
) -> Finding:
    printed, expected, tolerance = numbers
    return Finding(
        code,
        Severity.HOLDS if abs(printed - expected) <= tolerance else Severity.NOTE,
        cells[0],
        cells,
        printed,
        expected,
        tolerance,
        series.unit,
        strength=Strength.PLAUSIBILITY,
        words={"of": series.id, "period": cells[0].column, **words},
    )


def _place(series: Series, each: Observation) -> Place:
    return Place(each.source, series.id, series.id, each.period.text, each.at)
