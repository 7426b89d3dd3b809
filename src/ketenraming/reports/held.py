"""What the library holds, in words: every parameter with its values, its sources, its spread and what it moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ketenraming.evidence.library import Library
from ketenraming.evidence.parameter import DatedValue, Parameter
from ketenraming.reports.numbers import Lang, day, money, number, percent
from ketenraming.reports.words import say, unit_in_words
from ketenraming.scenarios.sensitivity.tornado import Swing
from ketenraming.scenarios.uncertainty import FACTORS

ASSUMED = frozenset({"assumption", "calibrated"})


@dataclass(frozen=True, slots=True)
class ValueText:
    """One dated value: when it holds, what it is, of what standing, since when it is known, and who says so."""

    holds: str
    value: str
    status: str
    known_since: str
    source: str
    where: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class ParameterText:
    """One parameter: what it is, its values, how far it may be off, and what that moves."""

    id: str
    label: str
    description: str
    unit: str
    now: str
    is_assumed: bool
    spread: str
    effect: str
    values: tuple[ValueText, ...]


def parameters_in_words(library: Library, swings: Mapping[str, Swing], on: date, lang: Lang) -> list[ParameterText]:
    """All parameters; those that move the most euros first, the others by their name."""
    width = {_parameter_of(name): swing.width for name, swing in swings.items()}
    known = sorted(library.parameters.values(), key=lambda p: (-width.get(p.id, 0.0), p.id))
    moved = {_parameter_of(name): swing for name, swing in swings.items()}
    return [_in_words(parameter, moved.get(parameter.id), library, on, lang) for parameter in known]


def _parameter_of(path: str) -> str:
    """The parameter whose spread a path has."""
    return FACTORS.get(path, path)


def _in_words(p: Parameter, swing: Swing | None, library: Library, on: date, lang: Lang) -> ParameterText:
    spread = ""
    if p.spread:
        spread = say(
            library,
            "held_spread",
            lang,
            **{end: _value(getattr(p.spread, end), p.unit, lang) for end in ("low", "high")},
        )
    effect = ""
    if swing:
        effect = say(library, "held_effect", lang, low=money(swing.low, lang), high=money(swing.high, lang))
    return ParameterText(
        id=p.id,
        label=p.label_nl if lang == "nl" else p.label_en,
        description=p.description,
        unit=_unit(p.unit, library, lang),
        now=_now(p, on, lang),
        is_assumed=any(value.status in ASSUMED for value in p.values),
        spread=spread,
        effect=effect,
        values=tuple(_dated(value, p.unit, library, lang) for value in p.values),
    )


def _unit(unit: str, library: Library, lang: Lang) -> str:
    """The unit in words; empty for a share, which is told in percent, and for a day."""
    if unit == "1/month":
        return f"per {say(library, 'one_month', lang)}"
    return "" if unit in {"share", "date", "1"} else unit_in_words(unit, library, lang)


def _now(p: Parameter, on: date, lang: Lang) -> str:
    """The value on a day; the last one where none is in force."""
    held = [value for value in p.values if value.holds_on(on)] or list(p.values)
    return _value(max(held, key=lambda value: value.known_since).value, p.unit, lang)


def _value(value: float | date, unit: str, lang: Lang) -> str:
    if isinstance(value, date):
        return day(value, lang)
    if unit in {"share", "1/month"}:
        return percent(100 * value, lang)
    whole = float(value).is_integer() or abs(value) >= 1000
    return number(value, lang, 0 if whole else 2 if abs(value) >= 1 else 4)


def _dated(value: DatedValue, unit: str, library: Library, lang: Lang) -> ValueText:
    key = "held_from" if value.until == date.max else "held_between"
    source = library.sources.get(value.source.id)
    return ValueText(
        holds=say(library, key, lang, first=day(value.from_, lang), last=_end(value.until, lang)),
        value=_value(value.value, unit, lang),
        status=say(library, f"status_{value.status}", lang),
        known_since=day(value.known_since, lang),
        source=source.title if source else value.source.id,
        where=". ".join(part for part in (value.source.where, value.source.because) if part),
        url=(source.url or (f"https://wetten.overheid.nl/{source.bwb_id}" if source.bwb_id else "")) if source else "",
        note=value.note,
    )


def _end(until: date, lang: Lang) -> str:
    return "" if until == date.max else day(until, lang)
