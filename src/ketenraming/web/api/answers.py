"""
What is answered: the documents of `reports`, of what was asked.

The same functions answer at once and in a job. Few are at work at a time, because every draw takes memory.
"""

from collections.abc import Callable
from datetime import date

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.reports.as_json import Json, check_as_json, comparison_as_json, run_as_json, trace_as_json
from ketenraming.reports.known import figures_as_json, parameters_as_json
from ketenraming.reports.vintages import vintages_as_json
from ketenraming.scenarios.compare import NO_SCENARIO, Side, between, side_of
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import Run, is_inside
from ketenraming.scenarios.shelf import ids
from ketenraming.web.api.asked import (
    BacktestAsked,
    CompareBody,
    CompareQuery,
    FiguresQuery,
    FindingsQuery,
    ForecastAsked,
    ParametersQuery,
    RunBody,
    RunTask,
    SideBody,
    Supposed,
    TraceQuery,
    VintagesQuery,
)
from ketenraming.web.api.errors import Refused, concerning
from ketenraming.web.state import MOST_SCENARIOS, State
from ketenraming.web.studio import Studio
from ketenraming.web.turns import Turns

Tell = Callable[[int, int], None]
AT = "body"
_turns = Turns("estimates", at_once=2, wait=20)


def silent(_done: int, _many: int) -> None:
    """Say nothing of progress."""


def run_document(studio: Studio, asked: RunBody | RunTask, at: str = AT) -> Json:
    """The estimate of what is supposed."""
    with _turns.turn():
        return run_as_json(_estimate(studio, asked, asked.drawn, at))


def trace_document(studio: Studio, asked: TraceQuery) -> Json:
    """How a number of the article came about."""
    with _turns.turn():
        run = _estimate(studio, asked.supposed, asked.drawn, "query")
        _there(run, asked.line, asked.year, "query")
        return trace_as_json(run.row(asked.line, asked.year), run)


def _estimate(studio: Studio, supposed: Supposed, drawn: Draws, at: str) -> Run:
    """The run of what is supposed; one that pages show as well is made once."""
    scenarios = supposed.stacked(studio, at)
    with concerning(at):
        if drawn == studio.draws and not supposed.scenario:
            return studio.run(State(tuple(dict.fromkeys(supposed.scenarios)), supposed.levers.positions))
        return studio.estimate(scenarios, drawn)


def _there(run: Run, line: str | None, year: str | None, at: str) -> None:
    """Refuse a line or a year that is not there."""
    with concerning(f"{at}.line"):
        run.row(line or run.addresses[0], run.years[0])
    with concerning(f"{at}.year"):
        run.row(run.addresses[0], year or run.years[0])


def sides(asked: CompareQuery, library: Library) -> CompareBody:
    """Two sides in words, in full."""
    a, b = (_side_in_full(words, f"query.{name}", library) for name, words in (("a", asked.a), ("b", asked.b)))
    return CompareBody(a=a, b=b, draws=asked.draws, seed=asked.seed, year=asked.year, line=asked.line)


def _side_in_full(words: str, where: str, library: Library) -> SideBody:
    names = [name for name in words.split("+") if name != NO_SCENARIO]
    if names == [BASELINE]:
        return SideBody(printed=True)
    if len(names) > MOST_SCENARIOS:
        why = f"{where} joins {len(names)} scenarios: choose at most {MOST_SCENARIOS}."
        raise Refused(why, "not-understood", where, MOST_SCENARIOS)
    known = (NO_SCENARIO, BASELINE, *ids(library))
    with concerning(where):
        if BASELINE in names:
            raise KetenramingError(f"{BASELINE} is what is printed, and nothing stacks upon it. Give it alone.")
        for name in names:
            if name not in known:
                raise NotInLibrary("scenario", name[:80], known)
    return SideBody(scenarios=tuple(names))


def compare_document(studio: Studio, asked: CompareBody, at: str = AT) -> Json:
    """What B needs more than A, and why."""
    with _turns.turn():
        a, b = (_side(studio, side, asked.drawn, f"{at}.{name}") for name, side in (("a", asked.a), ("b", asked.b)))
        _there(a.run, asked.line, asked.year, at)
        with concerning(at):
            found = between(studio.base, a, b, asked.drawn)
        return comparison_as_json(found, asked.year, asked.line)


def _side(studio: Studio, asked: SideBody, drawn: Draws, at: str) -> Side:
    if asked.printed and (asked.scenarios or asked.levers.positions or asked.scenario):
        raise Refused(f"{at} is what is printed: nothing can be supposed in it.", "not-understood", at)
    run = _estimate(studio, asked, drawn, at)
    return side_of(BASELINE if asked.printed else _in_words(asked), run, studio.base, asked.printed)


def _in_words(asked: Supposed) -> str:
    """A side as it was asked for."""
    levers = [f"{name}={place}" for name, place in asked.levers.positions.items()]
    own = [asked.scenario.id] if asked.scenario else []
    return "+".join([*asked.scenarios, *levers, *own]) or NO_SCENARIO


def findings_document(studio: Studio, asked: FindingsQuery) -> Json:
    """What a check of the article finds; counts and coverage are of all."""
    library = studio.library
    if asked.line is not None:
        with concerning("query.line"):
            library.budget[asked.line]
    if asked.code is not None and asked.code not in library.findings:
        with concerning("query.code"):
            raise NotInLibrary("kind of finding", asked.code, library.findings)
    document = studio.keep(("api", "findings"), lambda: _checked(library))
    wanted = [
        one
        for one in document["findings"]
        if asked.severity in {None, one["severity"]}
        and asked.code in {None, one["code"]}
        and (asked.line is None or is_inside(one["about"], asked.line))
    ]
    return document | {"findings": wanted}


def _checked(library: Library) -> Json:
    from ketenraming.documents.article import of_edition
    from ketenraming.documents.checks import run_checks
    from ketenraming.documents.coverage import coverage

    article = of_edition(library)
    findings = run_checks(article)
    return check_as_json(article, findings, coverage(article, findings))


def figures_document(library: Library, asked: FiguresQuery) -> Json:
    """Printed figures."""
    with concerning("query.edition"):
        figures = list(library.edition(asked.edition))
    for part in ("table", "row", "column"):
        wanted, there = getattr(asked, part), {getattr(figure.place, part) for figure in figures}
        if wanted is not None:
            with concerning(f"query.{part}"):
                if wanted not in there:
                    raise NotInLibrary(part, wanted, there)
            figures = [figure for figure in figures if getattr(figure.place, part) == wanted]
    return figures_as_json([one for one in figures if asked.kind in {None, one.kind}], asked.edition, library)


def parameters_document(library: Library, asked: ParametersQuery) -> Json:
    """Parameters with all their values and sources."""
    with concerning("query.name"):
        found = [library.parameter(asked.name)] if asked.name is not None else list(library.parameters.values())
    if asked.status is not None:
        found = [one for one in found if any(value.status == asked.status for value in one.values)]
    return parameters_as_json(found, library, asked.known_on)


def forecast_document(library: Library, asked: ForecastAsked, tell: Tell | None = None) -> Json:
    """A series carried on; with its scores where progress is told."""
    from ketenraming.reports.forecast import forecast_as_json
    from ketenraming.scenarios.forecast import Ask, forecast, scored, subject

    at = "query" if tell is None else AT
    with _turns.turn():
        with concerning(f"{at}.series"):
            of, day = subject(library, asked.series), asked.known_on or date.max
        with concerning(f"{at}.way" if asked.way and asked.way not in of.ways else at):
            found = forecast(of, day, Ask(asked.months, asked.draws, asked.seed, asked.way))
            return forecast_as_json(found, library, scored(of, day, tell) if tell else None)


def vintages_document(library: Library, asked: VintagesQuery) -> Json:
    """What each budget printed for a line."""
    with concerning("query.line"):
        library.vintages.years(asked.line)
    with concerning("query.year"):
        return vintages_as_json(library, asked.line, asked.year)


def backtest_document(library: Library, asked: BacktestAsked, tell: Tell = silent) -> Json:
    """A forecast of every past budget, held against what came of it."""
    from ketenraming.reports.backtest import backtest_as_json
    from ketenraming.scenarios.backtest import backtest

    return backtest_as_json(backtest(library, asked.draws, asked.seed, tell))
