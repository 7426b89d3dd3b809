"""Reading the observed series and the forecasts; every mistake is collected, with its file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from pathlib import Path
from typing import get_args

from ketenraming.base.errors import LibraryInvalid, NotInLibrary
from ketenraming.base.period import Length, Period, parse_period
from ketenraming.evidence.files import Files
from ketenraming.evidence.series import Forecast, Observation, Series, Status, gaps
from ketenraming.evidence.source import Source
from ketenraming.evidence.variable import HOW_A_YEAR_IS_MADE, Unit, wrong_unit

DICTIONARY, FORECASTS = "series.csv", "forecasts.csv"
POINTS = {Length.POINT, Length.MONTH, Length.YEAR}  # a day, or the month or year in which an unknown day fell


class AllSeries(dict[str, Series]):
    """Series by id; one that is not there is met with the nearest ids."""

    def __missing__(self, name: str) -> Series:
        raise NotInLibrary("series", name, self)


@dataclass(frozen=True)
class Observed:
    """All series by id, and what others forecast of them."""

    series: AllSeries
    forecasts: tuple[Forecast, ...]


def read_observed(root: Path, units: Mapping[str, Unit], sources: Mapping[str, Source]) -> Observed:
    """Read series.csv, series/*.csv and forecasts.csv; raises LibraryInvalid with all mistakes."""
    read = Files(root)
    dictionary = read.by_name(Series, DICTIONARY, "id")
    for series in dictionary.values():
        for wrong in _wrong_in(series, units, sources):
            _say_of(series, wrong, read)
    found = _observations(read, dictionary, sources)
    forecasts = _forecasts(read, dictionary, sources)
    filled = AllSeries((name, series.with_observations(found[name])) for name, series in dictionary.items())
    expected = {forecast.series for forecast in forecasts}
    for series in filled.values():
        if missing := [period.text for period in gaps(series)]:
            _say_of(series, f"is called complete over {series.complete}, without {', '.join(missing)}", read)
        if not series.observations and series.id not in expected:
            _say_of(series, "has no observation and no forecast", read)
    if read.mistakes:
        raise LibraryInvalid(read.mistakes)
    return Observed(filled, forecasts)


def _say_of(series: Series, wrong: str, read: Files) -> None:
    path = read.root / DICTIONARY
    read.say(path, read.line_of_name(path, series.id), f"{series.id}: {wrong}")


def _wrong_in(series: Series, units: Mapping[str, Unit], sources: Mapping[str, Source]) -> Iterator[str]:
    """What is wrong with an entry of the dictionary, beyond its shape."""
    ending = "" if series.frequency in {Length.MONTH, Length.POINT} else f"_{series.frequency}"
    if not series.id.endswith(f"_{series.measure}{ending}"):
        yield f"a name says its measure and, unless it is month or point, its frequency: …_{series.measure}{ending}"
    if HOW_A_YEAR_IS_MADE[series.measure] != series.yearly:
        yield f"a year of {series.measure} is not made by {series.yearly}"
    if wrong := wrong_unit(series.unit, units):
        yield wrong
    if series.lag_days is not None and not series.lag_because:
        yield "a lag needs a reason in lag_because"
    yield from (
        f"the source {name!r} is not in library/sources" for name in series.preferred.split() if name not in sources
    )
    try:
        parse_period(series.complete or "2000")
    except ValueError as error:
        yield str(error)


def _observations(
    read: Files, dictionary: Mapping[str, Series], sources: Mapping[str, Source]
) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = {name: [] for name in dictionary}
    seen: set[tuple[str, Period, str, date]] = set()
    for file in read.all("series", ".csv"):
        for path, line, row in read.rows(file):
            if row.get("series") not in dictionary and read.line_of_name(read.root / DICTIONARY, row.get("series", "")):
                continue  # its entry in the dictionary is the mistake, and is told already
            try:
                series = _of(row, dictionary, sources)
                each = _observation(row, series, sources, f"{path.name}:{line}")
            except (ValueError, KeyError) as error:
                read.say(path, line, f"not an observation: {error.args[0]}")
                continue
            for wrong in _wrong_with(each, series, sources):
                read.say(path, line, wrong)
            key = (series.id, each.period, each.source, each.known_since)
            if key in seen:
                read.say(path, line, f"{series.id} of {each.period} from {each.source} is there twice")
            seen.add(key)
            found[series.id].append(each)
    return found


def _of(row: Mapping[str, str], dictionary: Mapping[str, Series], sources: Mapping[str, Source]) -> Series:
    """The series of a row; raises ValueError when its series or source is not known."""
    if row["series"] not in dictionary:
        raise ValueError(f"the series {row['series']!r} is not in {DICTIONARY}")
    if row["source"] not in sources:
        raise ValueError(f"the source {row['source']!r} is not in library/sources")
    return dictionary[row["series"]]


def _observation(row: Mapping[str, str], series: Series, sources: Mapping[str, Source], at: str) -> Observation:
    period, status = parse_period(row["period"]), row["status"]
    if status not in get_args(Status):
        raise ValueError(f"the status {status!r} is not one of {', '.join(get_args(Status))}")
    if not row["known_since"] and series.lag_days is None:
        raise ValueError(f"no known_since, and {series.id} has no lag_days")
    by_rule = period.last + timedelta(days=series.lag_days or 0)
    return Observation(
        period=period,
        value=float(row["value"]),
        known_since=date.fromisoformat(row["known_since"]) if row["known_since"] else by_rule,
        source=row["source"],
        via=row["via"],
        status=status,  # type: ignore[arg-type]
        step=float(row["step"] or series.step),
        assumed=not row["known_since"] or sources[row["source"]].published_is == "assumed",
        note=row["note"],
        at=at,
    )


def _wrong_with(each: Observation, series: Series, sources: Mapping[str, Source]) -> Iterator[str]:
    """What is wrong with one observation, beyond its shape."""
    fits = POINTS if series.frequency is Length.POINT else {series.frequency}
    if each.period.length not in fits:
        yield f"{each.period} is no {series.frequency}, and {series.id} is counted by {series.frequency}"
    if not isfinite(each.value) or not 0 < each.step < float("inf"):
        yield "the value is no number, or the step is not above nought"
    if each.known_since < sources[each.source].published:
        yield f"known since {each.known_since}, but {each.source} is of {sources[each.source].published}"
    if series.nature == "observed" and each.known_since < each.period.last:
        yield f"known since {each.known_since}, before {each.period} was over"


def _forecasts(read: Files, dictionary: Mapping[str, Series], sources: Mapping[str, Source]) -> tuple[Forecast, ...]:
    found: list[Forecast] = []
    for path, line, row in read.rows(FORECASTS):
        try:
            series, each = _of(row, dictionary, sources), _forecast(row)
        except (ValueError, KeyError) as error:
            read.say(path, line, f"not a forecast: {error.args[0]}")
            continue
        for wrong in _wrong_with_forecast(each, series):
            read.say(path, line, wrong)
        if any(each == other for other in found):
            read.say(path, line, f"{each.series} of {each.period}, made on {each.made_on}, is there twice")
        found.append(each)
    return tuple(found)


def _forecast(row: Mapping[str, str]) -> Forecast:
    low, central, high = (float(row[name]) if row[name] else None for name in ("low", "central", "high"))
    return Forecast(
        made_on=date.fromisoformat(row["made_on"]),
        series=row["series"],
        period=parse_period(row["period"]),
        unit=row["unit"],
        source=row["source"],
        low=low,
        central=central,
        high=high,
        via=row["via"],
        assumed=row["made_on_is"] == "assumed",
        note=row["note"],
    )


def _wrong_with_forecast(each: Forecast, series: Series) -> Iterator[str]:
    numbers = [number for number in (each.low, each.central, each.high) if number is not None]
    if not numbers:
        yield "a forecast says at least one of low, central and high"
    if numbers != sorted(numbers):
        yield "low, central and high are not in that order"
    if each.unit != series.unit:
        yield f"the unit is {each.unit!r}, and {series.id} is in {series.unit!r}"
    if each.period.last < each.made_on:
        yield f"made on {each.made_on}, after {each.period} was over"
