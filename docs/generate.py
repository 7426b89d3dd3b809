"""
The parts of the site that are not written by hand: pages from the library, tables from a run, output of the commands.

Everything here is derived, so it cannot fall behind the code; nothing here is kept in git.
"""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ketenraming.documents.blocks import Limits
from ketenraming.evidence.agreement import disagreements
from ketenraming.evidence.library import Library, load
from ketenraming.evidence.official_path import moved
from ketenraming.evidence.parameter import DatedValue, Parameter
from ketenraming.evidence.series import Series
from ketenraming.reports.charts import to_svg
from ketenraming.reports.diagram import Words, parts, stage_rows, svg
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.sensitive import span, what
from ketenraming.reports.tornado import tornado
from ketenraming.reports.vintages import below
from ketenraming.reports.words import label, named, say, sentence
from ketenraming.scenarios.baseline import TIMING, timing
from ketenraming.scenarios.causes import NAMES
from ketenraming.scenarios.estimate import Baseline, Terms, chain_of
from ketenraming.scenarios.nowcast.watched import watched
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of
from ketenraming.scenarios.scenario import Change
from ketenraming.scenarios.sensitivity.freeze import freeze
from ketenraming.scenarios.sensitivity.question import NO_DRAWS, Question, ask
from ketenraming.scenarios.sensitivity.tornado import Sensitivity, Swing, tornados
from ketenraming.scenarios.shelf import load_scenarios, names
from ketenraming.scenarios.uncertainty import FACTORS, WANDERING

ROOT = Path(__file__).parent.parent
EXAMPLE = "docs/examples/klein-artikel.txt"
COMMANDS = ("run", "check", "trace", "compare", "sensitivity", "chain", "hindcast", "backtest", "vintages",
            "termijn", "dwangsom", "naturalisatie", "plaatsing", "gemeente", "update", "library")  # fmt: skip
COMPARED = ["baseline", "doorstroom-vol+noodopvang-gehalveerd", "--line", "37.4/zbo/coa"]
EDITIONS = ["begroting-2026-xx", "suppletoire-2025-xx-2"]
REALISED = "docs/examples/gerealiseerd.csv"
OFFICER = ["--salary", "100000", "--decisions-per-officer", "5"]  # an example, not a figure of anyone
PLACED = ["--example", "--spread", "0.25", "--everyone"]
LATE = ["asiel", "--received", "2024-04-10", "--on", "2025-06-21"]
JUDGED = ["--notice", "2024-10-14", "--judgment", "2025-02-21", "--weeks", "8"]
NATURALISED = ["--received", "2026-03-02", "--met", "adult", "--paid", "2026-03-20", "--on", "2026-11-23"]
REGULAR = ["regulier", "--received", "2024-01-02", "--notice", "2024-05-01", "--on", "2024-06-01"]

# What the pages show: the name of a sample and the arguments that make it.
SAMPLES = {
    "run-nl": ["run", "--no-report"],
    "run-en": ["run", "--no-report", "--lang", "en"],
    "check-nl": ["check"],
    "check-en": ["check", "--lang", "en"],
    "own-nl": ["check", EXAMPLE],
    "own-en": ["check", EXAMPLE, "--lang", "en"],
    "own-csv": ["check", EXAMPLE, "--format", "csv"],
    "hindcast-nl": ["hindcast"],
    "hindcast-en": ["hindcast", "--lang", "en"],
    "hindcast-posterior-nl": ["hindcast", "--posterior"],
    "hindcast-posterior-en": ["hindcast", "--posterior", "--lang", "en"],
    "backtest-nl": ["backtest"],
    "backtest-en": ["backtest", "--lang", "en"],
    "forecast-nl": ["forecast", "--months", "14"],
    "forecast-en": ["forecast", "--months", "14", "--lang", "en"],
    "missing": ["check", "docs/examples/no-such-file.txt"],
    "missing-json": ["check", "docs/examples/no-such-file.txt", "--format", "json"],
    "trace-nl": ["trace", "37.4/zbo/coa", "2027"],
    "trace-en": ["trace", "37.4/zbo/coa", "2027", "--lang", "en"],
    "mistyped": ["trace", "37.4/zbo/caa", "2027"],
    "compare-nl": ["compare", *COMPARED],
    "compare-en": ["compare", *COMPARED, "--lang", "en"],
    "editions-nl": ["compare", *EDITIONS],
    "editions-en": ["compare", *EDITIONS, "--lang", "en"],
    "update-nl": ["update", REALISED, "--dry-run"],
    "update-en": ["update", REALISED, "--dry-run", "--lang", "en"],
    "sensitivity-nl": ["sensitivity", *OFFICER],
    "sensitivity-en": ["sensitivity", *OFFICER, "--lang", "en"],
    "vintages-nl": ["vintages", "37.4/zbo/coa", "--year", "2023"],
    "vintages-en": ["vintages", "37.4/zbo/coa", "--year", "2023", "--lang", "en"],
    "vintages-years-nl": ["vintages", "37.4/zbo/coa"],
    "vintages-years-en": ["vintages", "37.4/zbo/coa", "--lang", "en"],
    "termijn-nl": ["termijn", *LATE],
    "termijn-en": ["termijn", *LATE, "--lang", "en"],
    "dwangsom-nl": ["dwangsom", *LATE, *JUDGED],
    "dwangsom-en": ["dwangsom", *LATE, *JUDGED, "--lang", "en"],
    "dwangsom-regulier-nl": ["dwangsom", *REGULAR],
    "dwangsom-regulier-en": ["dwangsom", *REGULAR, "--lang", "en"],
    "naturalisatie-nl": ["naturalisatie", *NATURALISED],
    "naturalisatie-en": ["naturalisatie", *NATURALISED, "--lang", "en"],
    "gemeente-nl": ["gemeente", "Utrecht"],
    "gemeente-en": ["gemeente", "Utrecht", "--lang", "en"],
    "plaatsing-nl": ["plaatsing", *PLACED],
    "plaatsing-en": ["plaatsing", *PLACED, "--lang", "en"],
    "library": ["library"],
    "library-json": ["library", "--format", "json"],
    "help": ["--help"],
    **{f"help-{command}": [command, "--help"] for command in COMMANDS},
}


def write(folder: Path) -> None:
    """Write every generated part into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**pages(load()), **samples()}.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


# ---- the commands ----------------------------------------------------------------------------------------------------


def speak(arguments: Sequence[str]) -> tuple[str, int]:
    """What a command prints (on both streams) and its exit status."""
    program = "import sys; sys.argv[0] = 'ketenraming'; from ketenraming.cli import main; main()"
    width = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, **width},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if "Traceback" in done.stdout:
        raise RuntimeError(f"ketenraming {' '.join(arguments)} fails:\n{done.stdout}")
    return done.stdout, done.returncode


def samples() -> dict[str, str]:
    """The output of every command that the pages show, as text; where it is not 0, the exit status closes it."""
    with ThreadPoolExecutor() as pool:
        outcomes = list(pool.map(speak, SAMPLES.values()))
    shown = {}
    for (name, arguments), (said, status) in zip(SAMPLES.items(), outcomes, strict=True):
        text = "\n".join(line.rstrip() for line in said.strip("\n").splitlines())
        shown[f"{name}.txt"] = f"$ ketenraming {' '.join(arguments)}\n{text}\n"
        if status:
            shown[f"{name}.txt"] += f"$ echo $?\n{status}\n"
    return shown


def examples(lang: Lang) -> dict[str, str]:
    """What the examples of the Python page print, executed one after the other in a folder that is thrown away."""
    page = (ROOT.resolve() / "docs" / lang / "python.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    shown = {}
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        for i, block in enumerate(re.findall(r"```python\n(.*?)```", page, re.DOTALL), 1):
            with contextlib.redirect_stdout(io.StringIO()) as said:
                exec(compile(block, "python.md", "exec"), names)
            shown[f"python-{lang}-{i}.txt"] = said.getvalue()
    return shown


def asked(arguments: Sequence[str]) -> dict[str, Any]:
    """The JSON document that a command prints."""
    document: dict[str, Any] = json.loads(speak([*arguments, "--format", "json"])[0])
    return document


# ---- pages -----------------------------------------------------------------------------------------------------------


def pages(library: Library) -> dict[str, str]:
    """Every page or table that is made from the library or from a run, by file name."""
    run, check = asked(["run", "--no-report"]), asked(["check"])
    after = next(year for year in run["years"] if year > run["funded_until"])
    priced = [
        a for a, line in run["lines"].items() if a.count("/") > 1 and "solved_for" in line["years"][after]["flags"]
    ]
    with ThreadPoolExecutor() as pool:
        traces = list(pool.map(lambda address: asked(["trace", address, after]), priced))
    made = {
        "findings.md": findings_page(library, check),
        "sources.md": sources_page(library),
        "parameters.md": parameters_page(library),
        "assumed.md": assumed_table(library),
        "uncertain.md": others_table(library),
        "presumed.md": presumed_table(library),
        "variables.md": variables_page(library),
        "series.md": series_page(library),
        "lags.md": lags_table(library),
        "forecasts.md": forecasts_table(library),
        "disagreements.md": disagreements_list(library),
        "vintages.md": vintages_table(library),
        "vintage-documents.md": documents_table(library),
        "vintage-unmapped.md": unmapped_table(library),
        "vintages-moved.md": moved_list(library),
        "addresses.md": addresses_page(library),
        "tables.md": tables_page(library),
        "limits.md": limits_table(),
        "commands.md": commands_page(),
    }
    for lang in ("nl", "en"):
        made[f"gap-{lang}.md"] = gap_table(run, priced, library, lang)
        made[f"prices-{lang}.md"] = price_table(traces, library, lang)
        made[f"tornado-{lang}.md"] = tornado_drawn(library, lang)
        made[f"chain-{lang}.md"] = chain_drawn(library, lang)
        made[f"stages-{lang}.md"] = stages_table(library, lang)
        made[f"coverage-{lang}.md"] = coverage_table(check, lang)
        made[f"causes-{lang}.md"] = causes_table(library, lang)
        made[f"watched-{lang}.md"] = watched_table(library, lang)
        made[f"scenarios-{lang}.md"] = scenarios_page(library, lang)
        made |= examples(lang)
    return made


def table(head: Sequence[str], rows: Iterable[Sequence[object]], right: int = 99) -> str:
    """A Markdown table; columns from `right` on are set to the right."""
    rule = ["---:" if i >= right else "---" for i in range(len(head))]
    lines = [head, rule, *([str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def code(text: object) -> str:
    return f"`{text}`" if text not in {"", None} else ""


def words_shown(sentence: str) -> str:
    """A sentence with the words that are filled in as code."""
    return re.sub(r"\{(\w+)\}", r"`\1`", sentence)


def findings_page(library: Library, check: dict[str, Any]) -> str:
    """Every code: what it says in both languages, why it is looked for, its bounds, and what it found at home."""
    seen = Counter((finding["code"], finding["severity"]) for finding in check["findings"])
    parts = []
    for name, text in library.findings.items():
        bounds = ", ".join(f"`{bound}` = {value:g}" for bound, value in text.bounds.items()) or "none"
        found = ", ".join(f"{count} × {severity}" for (of, severity), count in seen.items() if of == name) or "nothing"
        parts.append(
            f"## {name}\n\n**{text.title_en}** — {words_shown(text.sentence_en)}\n\n"
            f"**{text.title_nl}** — {words_shown(text.sentence_nl)}\n\n"
            f"- *Why:* {text.why}\n- *Bounds:* {bounds}\n- *In `{check['document']}`:* {found}\n"
        )
    return "\n".join(parts)


def _link(url: str) -> str:
    return f"[link]({url})" if url else ""


def sources_page(library: Library) -> str:
    rows = []
    for s in library.sources.values():
        day = s.published if s.published_is == "exact" else f"{s.published} (assumed)"
        where = code(s.bwb_id) or _link(s.url)
        rows.append((code(s.id), f"{s.title}. {s.publisher}", s.kind, day, where, s.note))
    return table(["id", "title and publisher", "kind", "published", "where", "note"], rows)


def parameters_page(library: Library) -> str:
    parts = []
    for p in sorted(library.parameters.values(), key=lambda p: p.id):
        head = ["from", "until", "value", "status", "known since", "source", "because"]
        rows = [_value_row(value) for value in p.values]
        names = f"## {p.id}\n\n**{p.label_en}** · {p.label_nl}"
        parts.append(f"{names}\n\n{p.description.strip()}\nUnit: {code(p.unit)}.\n\n{table(head, rows)}")
    return "\n".join(parts)


def _value_row(v: DatedValue) -> tuple[object, ...]:
    value = f"{v.value:,.10g}" if isinstance(v.value, float) else v.value
    because = " ".join(filter(None, [v.source.because, v.note]))
    until = v.until if v.until < date.max else ""
    status = v.status if v.confirmed else f"{v.status}, unconfirmed"
    return v.from_, until, value, status, v.known_since, f"{code(v.source.id)}, {v.source.where}", because


WANDERS = ("asiel_inflow_half_life", "asiel_inflow_tail", "asiel_inflow_bound")  # of applications, beside their past

# Who could replace a value by a published one, by the beginning of its name; the first that fits.
WHO = {
    "coa_": "COA, with a price for later years",
    "asiel_inflow": "the ministry, with the ranges of its forecast (MPP)",
    "amv_": "Nidos, COA and IND, with minors by age on arrival, status and where they live",
    "asielbesluit_": "IND, with decisions by track and outcome",
    "beroep_": "Raad voor de rechtspraak, with appeals by stay and outcome",
    "bewaring_": "DJI, with stays and ways out",
    "disa_": "COA and IND, with registrations a month",
    "doorstroom_": "COA and municipalities, with people in doorstroomlocaties by month",
    "dublin_": "IND and DTenV, with stays and outcomes of the Dublin track",
    "elders_": "COA and IND, with where applicants live",
    "huisvesting_": "the ministry, with a forecast of homes for permit holders",
    "ind_": "IND, with its production agreement by track",
    "inreis_": "IND and Foreign Affairs, with arrivals by month of the grant",
    "intrekking_": "IND",
    "kort_": "IND, with decisions by track and outcome",
    "nareis_": "IND, with outcomes of family applications; COA, with arrivals",
    "ontheemde_": "municipalities and CBS, with registrations and departures by month",
    "overig_": "COA, with inflow and outflow by ground",
    "regulier_": "IND, with capacity for regular permits",
    "terugkeer_": "DTenV, with its stock of cases and ways out",
    "voogdij_": "Nidos, with pupils by age and by where they live",
    "dwangsom_": "IND, with penalties by case",
    "hindcast_": "the series that the fit is made on, when more of them are published",
}


def assumed_table(library: Library) -> str:
    """Values that nobody published: what each is, how far it may be off, what that moves, and who could replace it."""
    years, moved = _moved(library)
    paths = {factor: path for path, factor in FACTORS.items()} | dict.fromkeys(WANDERS, WANDERING)
    rows = [
        _assumed_row(p, [swings.get(paths.get(p.id, p.id)) for swings in moved])
        for p in library.parameters.values()
        if _assumed(p)
    ]
    rows.sort(key=lambda row: -row[-1])
    head = [
        "what",
        "value",
        "from low to high",
        *(f"moves needed in {year}, € m" for year in years),
        "why",
        "who could replace it",
    ]
    return table(head, [row[:-1] for row in rows])


def others_table(library: Library) -> str:
    """What else is uncertain: prices that are solved for and carried on, and published values with a spread."""
    years, moved = _moved(library)
    assumed = {
        p.id for p in library.parameters.values() if any(v.status in {"assumption", "calibrated"} for v in p.values)
    }
    swings = [s for s in moved[-1].values() if FACTORS.get(s.name, s.name) not in assumed and s.name != WANDERING]
    rows = [
        (f"{what(s.name, library, 'en')} ({code(s.name)}){' ~' if s.wanders else ''}", span(s, library, "en"),
         *(_range(found[s.name]) for found in moved))
        for s in swings
    ]  # fmt: skip
    return table(["what", f"from low to high in {years[-1]}", *(f"moves needed in {y}, € m" for y in years)], rows)


@cache
def _asked(library: Library) -> tuple[Question, Question]:
    """Article 37 in the last funded year, and in the first that is not."""
    base = baseline_of(library)
    return ask(base, "37", base.funded[-1]), ask(base)


@cache
def _moved(library: Library) -> tuple[tuple[str, ...], list[dict[str, Swing]]]:
    """Both years, and what moves needed in each, by name and the widest first."""
    questions = _asked(library)
    found = [{swing.name: swing for swing in swings} for swings in tornados(questions)]
    for part, name in TIMING.items():
        terms = [_rebuilt(questions[0].base, part, end) for end in (None, *_ends(library.parameter(name)))]
        for swings, question in zip(found, questions, strict=True):
            middle, low, high = (float(question.euros(of_year)[0]) for of_year in terms)
            swings[name] = Swing(name, "month", False, (0.0, 0.0, 0.0), low - middle, high - middle)
    return tuple(q.year for q in questions), found


def _ends(p: Parameter) -> tuple[float, float]:
    assert p.spread is not None, p.id
    return p.spread.low, p.spread.high


def _rebuilt(base: Baseline, part: str, months: float | None) -> Terms:
    """All terms with another number of months built into the chain, all else as in the baseline."""
    built = timing(base.library, base.horizon, base.known_on)
    if months is not None:
        built = replace(built, **{part: round(months)})
    chain = chain_of(base.library, base.library.start, base.horizon, base.known_on, built)
    return freeze(replace(base, chain=chain), NO_DRAWS).terms()


def _assumed(p: Parameter) -> list[DatedValue]:
    return [v for v in p.values if v.status in {"assumption", "calibrated"}]


def _assumed_row(p: Parameter, swings: Sequence[Swing | None]) -> tuple[Any, ...]:
    value = "<br>".join(f"{v.value:,.6g} from {v.from_} ({v.status})" for v in _assumed(p))
    spread = f"{p.spread.low:,.6g} – {p.spread.high:,.6g}" if p.spread else "none: it is held"
    if p.spread and p.spread.shape == "posterior":
        spread += ", four draws in five"
    if p.id in WANDERS:
        spread += ", with the others: how applications wander"
    reasons = [f"{code(v.source.id)}, {v.source.where}. {v.source.because}".strip() for v in _assumed(p)]
    why = "<br>".join(dict.fromkeys(reasons))
    who = next((whom for start, whom in WHO.items() if p.id.startswith(start)), "")
    apart = "the hindcast only" if p.id.startswith(("hindcast_", "dwangsom_")) else ""
    moves = [_range(swing) if swing else apart for swing in swings]
    width = max((swing.width for swing in swings if swing), default=-1.0 if apart else 0.0)
    return f"{p.label_en} ([`{p.id}`](parameters.md#{p.id})), in {code(p.unit)}", value, spread, *moves, why, who, width


def _range(swing: Swing) -> str:
    """Millions at the low end and at the high end, above or below the central estimate."""
    low, high = (number(euros / 1e6, "en") for euros in (swing.low, swing.high))
    return f"{low} to {high}" if swing.width >= 0.5e6 else "less than 1"


def tornado_drawn(library: Library, lang: Lang) -> str:
    """The tornado of the article in the first year that is not funded, as a picture with its text inside."""
    swings = tuple(_moved(library)[1][-1].values())
    found = Sensitivity(_asked(library)[-1], 0.0, (0.0, 0.0), (), swings, (), Draws(0, 0))
    box = '<div class="picture" role="region" tabindex="0" aria-label="tornado">'
    return f"```{{raw}} html\n{box}\n{to_svg(tornado(found, lang))}</div>\n```\n"


def presumed_table(library: Library) -> str:
    """What we read into printed figures and sources, as noted beside them."""
    figures = [(name, f) for name, edition in library.editions.items() for f in edition if f.note]
    notes = Counter((name, f.place.table, f.note) for name, f in figures)
    rows = [(code(f"{edition} · {where}"), note, count) for (edition, where, note), count in notes.items()]
    assumed = [s for s in library.sources.values() if s.published_is == "assumed"]
    dates = [(code(s.id), f"Published {s.published}, a day that is assumed. {s.note}", "") for s in assumed]
    units = [(code(v.name), v.note, "") for v in library.variables.values() if "our reading" in v.note]
    return table(["where", "what we read into it", "figures"], [*rows, *units, *dates], right=2)


def variables_page(library: Library) -> str:
    rows = [
        (code(v.name), v.label_en, v.label_nl, code(v.unit), code(v.unit_of_a_year), v.measure, v.yearly, v.note)
        for v in library.variables.values()
    ]
    units = [(code(u.unit), code(u.base), f"{u.factor:,.0f}", u.label_en, u.label_nl) for u in library.units.values()]
    head = ["name", "English label", "Dutch label", "unit", "unit of a year", "measure", "a year is made by", "note"]
    return f"{table(head, rows)}\n## Units\n\n{table(['unit', 'in base units', 'factor', 'English', 'Dutch'], units)}"


def series_page(library: Library) -> str:
    """Every series with its labels, its coverage, who published it and how many observations there are."""
    head = ["id", "English label", "Dutch label", "unit", "by", "a year is made by", "publisher", "from", "until"]
    rows = [(*_series_row(s), s.complete, len(s.observations), s.note) for s in library.series.values()]
    return table([*head, "complete over", "observations", "note"], rows)


def _series_row(s: Series) -> tuple[object, ...]:
    first, last = (s.observations[0].period, s.observations[-1].period) if s.observations else ("", "")
    return code(s.id), s.label_en, s.label_nl, code(s.unit), s.frequency, s.yearly, s.publisher, first, last


def lags_table(library: Library) -> str:
    """How long after a period a number is taken to be known, where no day was printed."""
    rules: dict[tuple[int, str], list[Series]] = {}
    for s in library.series.values():
        if s.lag_days is not None and any(o.assumed for o in s.observations):
            rules.setdefault((s.lag_days, s.lag_because), []).append(s)
    rows = [
        (days, because, len(named), ", ".join(code(s.id) for s in named[:3]) + (", …" if len(named) > 3 else ""))
        for (days, because), named in sorted(rules.items())
    ]
    return table(["days after the period", "because", "series", "such as"], rows)


def forecasts_table(library: Library) -> str:
    """What others forecast, by the day on which they did."""
    rows = [
        (f.made_on, code(f.series), f.period, *(_amount(x) for x in (f.low, f.central, f.high)), code(f.source), f.via)
        for f in library.forecasts
    ]
    return table(["made on", "series", "of", "low", "central", "high", "source", "read in"], rows)


def _amount(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def disagreements_list(library: Library) -> str:
    return "\n".join(f"- {sentence(finding, library, 'en')}" for finding in disagreements(library.series)) + "\n"


def vintages_table(library: Library) -> str:
    """Every address with vintages: how many levels, of which years, and how often its draft was below the outcome."""
    rows = []
    for address in library.vintages.addresses:
        levels = [v for v in library.vintages.lines if v.address == address and v.measure == "level"]
        years = sorted({v.year for v in levels}) or [""]
        real, proxy = (f"{low} of {count}" if count else "" for low, count in below(library.vintages, address))
        rows.append((code(address), label(library, address, "en"), years[0], years[-1], len(levels), real, proxy))
    head = ["address", "in English", "from", "until", "levels", "draft below outcome", "draft below proxy"]
    return table(head, rows, right=4)


def documents_table(library: Library) -> str:
    """Every document that printed or copied a vintage, with its publisher and its day."""
    told = Counter(v.document for v in (*library.vintages.lines, *library.vintages.unmapped))
    read = Counter(v.read_in or v.document for v in (*library.vintages.lines, *library.vintages.unmapped))
    rows = [
        (code(d.id), f"{d.title}. {d.publisher}", d.published, d.published_is, told[d.id], read[d.id], _link(d.url))
        for d in library.vintages.documents.values()
    ]
    return table(["id", "title and publisher", "published", "day", "amounts of it", "read in it", "where"], rows)


def unmapped_table(library: Library) -> str:
    """The printed lines that this edition has no address for."""
    lines = Counter((v.code, v.label, v.kind) for v in library.vintages.unmapped)
    return table(["code", "printed label", "kind", "amounts"], [(*line, count) for line, count in lines.items()])


def moved_list(library: Library) -> str:
    percent = library.bound("vintage-path-moved", "percent")
    return "\n".join(f"- {sentence(finding, library, 'en')}" for finding in moved(library.vintages, percent)) + "\n"


def addresses_page(library: Library) -> str:
    rows = [(code(node.address), node.label_nl, node.label_en, "; ".join(node.also)) for node in library.budget]
    named = [(code(key), "; ".join(labels)) for key, labels in library.instruments.items()]
    head = ["address", "printed label", "in English", "also printed as"]
    return f"{table(head, rows)}\n## Instruments\n\n{table(['part of an address', 'printed as'], named)}"


def tables_page(library: Library) -> str:
    parts = []
    for reading, map_ in library.readings.items():
        for t in map_.tables:
            columns = "years" if t.columns == "years" else ", ".join(t.columns)
            rows = [(code(row.id), "; ".join(row.labels), code(row.unit or t.unit)) for row in t.rows]
            known = table(["row", "printed as", "unit"], rows)
            placed = "Rows are placed by the [address tree](addresses.md).\n"
            names = f"## {t.id}\n\n**{t.title_en}** · {t.title_nl} (map `{reading}`)."
            parts.append(f"{names} Columns: {columns}. Unit: `{t.unit}`.\n\n{known if rows else placed}")
    return "\n".join(parts)


LIMITS = {
    "file_bytes": "bytes in the file",
    "unpacked_bytes": "bytes after unpacking (XLSX, ODS)",
    "cells": "cells and paragraphs",
    "pages": "pages of a PDF",
}


def limits_table() -> str:
    usual = Limits()
    rows = [(LIMITS.get(f.name, f.name), f"{getattr(usual, f.name):,}") for f in fields(Limits)]
    return table(["what", "at most"], rows, right=1)


def commands_page() -> str:
    shown = {"": "help", **{f"## {name}\n\n": f"help-{name}" for name in COMMANDS}}
    return "\n".join(
        f"{heading}```{{literalinclude}} _generated/{name}.txt\n:language: text\n```\n"
        for heading, name in shown.items()
    )


def scenarios_page(library: Library, lang: Lang) -> str:
    """Every shipped scenario: what is supposed, on whose word, what changes by how much and why."""
    parts = []
    for s in load_scenarios(list(names(library)), library):
        title, reason = (s.title.nl, s.reason.nl) if lang == "nl" else (s.title.en, s.reason.en)
        rows = [
            (code(c.name), f"{c.from_}", "" if c.until == date.max else c.until, _how(c), c.note) for c in s.changes
        ]
        head = (
            ["naam", "van", "tot en met", "hoe", "waarom"] if lang == "nl" else ["name", "from", "until", "how", "why"]
        )
        cited = f"{code(s.source.id)}, {s.source.where}. {s.source.because.strip()}"
        parts.append(f"### {s.id}\n\n**{title}.** {reason.strip()}\n\n{cited}\n\n{table(head, rows)}")
    return "\n".join(parts)


def _how(change: Change) -> str:
    size = getattr(change, change.how)
    return f"{change.how} {size:,.10g}{' per year' if change.per else ''}"


# ---- the chain -------------------------------------------------------------------------------------------------------

STAGES: dict[Lang, tuple[str, ...]] = {
    "nl": ("stap", "soort", "wie bedient", "termijn", "waar mensen wonen", "uitgangen"),
    "en": ("stage", "kind", "served by", "term", "where people live", "ways out"),
}


def chain_drawn(library: Library, lang: Lang) -> str:
    """The declared chain, a heading and a picture for each part; a picture scrolls by itself on a narrow screen."""
    chain, words, shown = baseline_of(library).chain, Words(library, lang), []
    for part in parts(chain):
        name = words.of("part", part)
        box = f'<div class="picture" role="region" tabindex="0" aria-label="{name}">'
        shown.append(f"### {name}\n\n```{{raw}} html\n{box}\n{svg(chain, library, lang, part)}</div>\n```\n")
    return "\n".join(shown)


def stages_table(library: Library, lang: Lang) -> str:
    """Every stage of the chain as it is declared."""
    rows = [
        (f"{label}<br>{code(name)}", *others)
        for name, label, *others in stage_rows(baseline_of(library).chain, library, lang)
    ]
    return table(STAGES[lang], rows)


# ---- numbers of a run ------------------------------------------------------------------------------------------------

WORDS = {
    "nl": {
        "line": "regel",
        "budgeted": "begroot",
        "needed": "nodig",
        "gap": "gat",
        "price": "prijs",
        "step": "stap per jaar",
        "what": "wat",
        "unit": "eenheid",
        "value": "waarde",
        "band": "gat, band 80%",
        "millions": "€ mln",
    },
    "en": {
        "line": "line",
        "budgeted": "budgeted",
        "needed": "needed",
        "gap": "gap",
        "price": "price",
        "step": "step a year",
        "what": "what",
        "unit": "unit",
        "value": "value",
        "band": "gap, 80% band",
        "millions": "€ m",
    },
}
COVERAGE = {
    "nl": {
        "printed": "gedrukte getallen",
        "by_identity": "door een identiteit bekeken, die elk cijfer ziet",
        "by_plausibility_only": "alleen door een toets op aannemelijkheid bekeken",
        "uncovered": "door geen toets bekeken",
    },
    "en": {
        "printed": "printed numbers",
        "by_identity": "looked at by an identity, which sees every digit",
        "by_plausibility_only": "looked at by a plausibility test only",
        "uncovered": "looked at by no check",
    },
}


def _label(address: str, library: Library, lang: Lang) -> str:
    node = library.budget[address]
    return node.label_nl if lang == "nl" else node.label_en


def gap_table(run: dict[str, Any], addresses: Sequence[str], library: Library, lang: Lang) -> str:
    """Budgeted, needed and gap in millions of euros, for the lines that follow people and the whole article."""
    word, years = WORDS[lang], [year for year in run["years"] if year >= run["funded_until"]]
    rows = []
    for address in [*addresses, "37"]:
        cells = [run["lines"][address]["years"][year] for year in years]
        name = f"{code(address)} {_label(address, library, lang)}"
        rows.append((name, word["budgeted"], *(_millions(cell["budgeted"], lang) for cell in cells)))
        rows.append(("", word["needed"], *(_millions(cell["needed"]["central"], lang) for cell in cells)))
        rows.append(("", word["gap"], *(_millions(cell["gap"]["central"], lang) for cell in cells)))
    gaps = [run["lines"]["37"]["years"][year]["gap"] for year in years]
    rows.append(("", word["band"], *(f"{_millions(g['p10'], lang)} – {_millions(g['p90'], lang)}" for g in gaps)))
    return table([word["line"], word["millions"], *years], rows, right=2)


def _millions(euros: float, lang: Lang) -> str:
    return number(euros / 1e6, lang, 1)


def walk(term: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A traced term and all it was made from."""
    yield term
    for part in term["inputs"]:
        yield from walk(part)


def price_table(traces: Sequence[dict[str, Any]], library: Library, lang: Lang) -> str:
    """The prices that are carried on after the last funded year, and the size of their step."""
    prices = {t["name"]: t for trace in traces for t in walk(trace["needed"]) if "random walk" in t["note_en"]}
    rows = []
    for name, term in prices.items():
        variable = library.variables.get(name)
        label = (variable.label_nl if lang == "nl" else variable.label_en) if variable else ""
        unit = term["unit"] if term["unit"] != "1" else ""
        value = number(term["value"], lang, 0 if term["value"] > 100 else 3)
        step = re.search(r"[\d.,]+%", term[f"note_{lang}"])
        rows.append((code(name), label, code(unit), value, step[0] if step else ""))
    word = WORDS[lang]
    return table([word[key] for key in ("price", "what", "unit", "value", "step")], rows, right=3)


def watched_table(library: Library, lang: Lang) -> str:
    """What a realised month may be given of, by the name of the dictionary."""
    known = watched(library, baseline_of(library).chain)
    rows = [
        (code(name), named(library, name, lang), unit_words(library, of.unit, lang))
        for name, of in known.items()
        if name in library.variables
    ]
    return table(["reeks", "is", "eenheid"] if lang == "nl" else ["series", "is", "unit"], rows)


def unit_words(library: Library, unit: str, lang: Lang) -> str:
    """A unit as it is written, and as readers call it."""
    of = library.units[unit]
    return f"{code(unit)} ({of.label_nl if lang == 'nl' else of.label_en})"


def causes_table(library: Library, lang: Lang) -> str:
    """Every number that a scenario may change, by the cause that it belongs to."""
    rows = [(say(library, f"cause_{cause}", lang), ", ".join(map(code, names))) for cause, names in NAMES.items()]
    return table({"nl": ["oorzaak", "getallen"], "en": ["cause", "numbers"]}[lang], rows)


def coverage_table(check: dict[str, Any], lang: Lang) -> str:
    """How many printed numbers a check looked at, and how well."""
    rows = [(said, number(check["coverage"][key], lang)) for key, said in COVERAGE[lang].items()]
    return table([code(check["document"]), "#"], rows, right=1)
