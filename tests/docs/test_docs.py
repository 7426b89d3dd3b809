"""What the site promises: nothing in it names what is gone, and nothing in the code goes unnamed."""

import ast
import importlib.util
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ketenraming.cli import app
from ketenraming.evidence.library import load

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "ketenraming"
MADE = {"_build", "_generated"}
PAGES = sorted(page for page in DOCS.rglob("*.md") if not MADE & set(page.relative_to(DOCS).parts))
WRITTEN = sorted(
    path
    for path in DOCS.rglob("*")
    if path.suffix in {".md", ".py", ".css", ".txt"} and not MADE & set(path.relative_to(DOCS).parts)
)
RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
GIVERS = {"judged", "identity", "Finding", "_finding", "_trouble", "say", "_against_law"}


def _codes(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _codes(node.body)
        yield from _codes(node.orelse)


def _codes_given(tree: ast.AST) -> Iterator[str]:
    """Codes that a module gives: first argument of what makes a finding, first of a yielded tuple, or named `code`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from _codes(node.args[0]) if name in GIVERS else ()
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield from _codes(node.value.elts[0])
        elif isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == ["code"]:
            yield from _codes(node.value)


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    made: dict[str, str] = _generator().pages(load())
    return made


def _text(pages: list[Path]) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def _name(page: Path) -> str:
    return str(page.relative_to(DOCS))


def test_every_finding_that_the_code_gives_has_words_and_every_word_is_given():
    worded = set(tomllib.loads((SOURCE / "library/checks/findings.toml").read_text(encoding="utf-8")))

    rooms = [path for room in ("documents", "evidence") for path in (SOURCE / room).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in rooms]
    given = {code for tree in trees for code in _codes_given(tree) if code}

    assert given == worded


def test_every_finding_is_described_in_both_languages(generated):
    for code, text in load().findings.items():
        assert f"## {code}\n" in generated["findings.md"]
        assert text.title_nl in generated["findings.md"]
        assert text.title_en in generated["findings.md"]


def test_every_parameter_and_source_is_listed(generated):
    library = load()

    assert all(f"## {name}\n" in generated["parameters.md"] for name in library.parameters)
    assert all(f"`{name}`" in generated["sources.md"] for name in library.sources)


def test_every_command_is_shown_to_dutch_and_to_english_readers():
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]

    for language in ("nl", "en"):
        text = _text(sorted((DOCS / language).glob("*.md")))
        assert [name for name in commands if f"ketenraming {name}" not in text] == []


def test_every_reader_page_has_its_twin_in_the_other_language():
    for page, other in (("nl", "en"), ("en", "nl")):
        for path in (DOCS / page).glob("*.md"):
            link = re.search(rf"\(\.\./{other}/([\w-]+\.md)\)", path.read_text(encoding="utf-8"))
            assert link and (DOCS / other / link[1]).exists(), _name(path)


@pytest.mark.parametrize("record", RECORDS, ids=_name)
def test_a_decision_says_context_decision_why_alternatives_and_consequences(record):
    text = record.read_text(encoding="utf-8")

    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert headings == ["Context", "Decision", "Why", "Alternatives", "Consequences"]
    assert text.startswith(f"# {record.name[:4]} ")


def test_decisions_are_numbered_without_a_gap():
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_a_decision_that_the_code_names_exists():
    named = set(re.findall(r"[Dd]ecision (?:record )?(\d{4})", _text(sorted(SOURCE.rglob("*.py")))))

    assert named <= {record.name[:4] for record in RECORDS}


def _words_and_synonyms() -> tuple[list[str], list[str]]:
    rows = [line.split("|")[1:-1] for line in _text([DOCS / "glossary.md"]).splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows if row[0].strip() not in {"word", "---"}]
    return [row[0] for row in cells], [name for row in cells for name in row[3].split(", ") if name]


def test_a_word_stands_once_in_the_glossary_and_is_lower_case():
    words, synonyms = _words_and_synonyms()

    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert [word for word in words if word != word.lower() or not word.isascii()] == []
    assert set(words) & set(synonyms) == set()


def test_the_code_uses_the_chosen_word_and_not_its_synonym():
    for path in SOURCE.rglob("*.py"):
        assert "statushouder" not in path.read_text(encoding="utf-8").lower(), path.name


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_and_inclusions_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")

    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link and not link.startswith("#")]
    included = [name for name in re.findall(r"\{(?:include|literalinclude)\} (\S+)", text) if "_generated" not in name]
    missing = [link for link in [*links, *included] if not (page.parent / link.partition("#")[0]).exists()]

    assert missing == []


def test_what_is_included_is_generated(generated):
    wanted = set(re.findall(r"\{(?:include|literalinclude)\} \S*_generated/(\S+)", _text(PAGES)))
    made = {*generated, *(f"{name}.txt" for name in _generator().SAMPLES)}

    assert wanted - made == set()


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_no_path_of_a_machine_is_mentioned(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"(?<![\w.:/])/(?:work|root|home|tmp|usr|Users|mnt)\b|shared/|[A-Z]:\\", text) == []


SPENT = ("reception", "penalties", "other", "paid")  # by year


def _keys(document: Any, free: frozenset[str] = frozenset({"lines", "years", *SPENT})) -> Iterator[str]:
    """The keys of a JSON document, but for those that are addresses or years."""
    if isinstance(document, list):
        for item in document:
            yield from _keys(item, free)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield key
            inside = list(value.values()) if key in free and isinstance(value, dict) else value
            yield from _keys(inside, free)


@pytest.mark.parametrize(
    "command",
    [["run", "--no-report"], ["check"], ["trace", "37.4/zbo/coa", "2027"], ["compare", "baseline", "ind-plus-20"],
     ["sensitivity", "--draws", "100", "--salary", "1", "--decisions-per-officer", "1"], ["library"],
     ["vintages", "37.4/zbo/coa"], ["backtest", "--draws", "50"],
     ["termijn", "asiel", "--received", "2023-04-10", "--on", "2025-06-21"],
     ["dwangsom", "mvv", "--received", "2024-01-02", "--notice", "2024-09-01", "--on", "2024-12-01"],
     ["dwangsom", "asiel", "--received", "2024-01-02", "--judgment", "2025-02-21", "--on", "2025-12-01"],
     ["gemeente", "Utrecht", "--missed", "3", "--swap", "Zeist:1", "--private", "1", "--household", "1:1", "--earning",
      "1", "--transition", "1:2"],
     ["naturalisatie", "--received", "2026-03-02", "--paid", "2026-03-20", "--index", "100:105"],
     ["plaatsing", "docs/examples/locaties.csv", "docs/examples/groepen.csv"],
     ["plaatsing", "docs/examples/locaties.csv", "docs/examples/groepen.csv", "--by-week"],
     ["compare", "begroting-2026-xx", "suppletoire-2025-xx-2"],
     ["update", "docs/examples/gerealiseerd.csv", "--dry-run", "--draws", "50"]],
)  # fmt: skip
def test_every_key_of_a_json_document_is_described(command):
    described = set(re.findall(r"`([a-z_0-9]+)`", (DOCS / "reference" / "json.md").read_text(encoding="utf-8")))

    document = json.loads(_generator().speak([*command, "--format", "json"])[0])

    assert set(_keys(document)) - described == set()


def test_the_example_document_holds_the_error_that_its_page_explains():
    said, status = _generator().speak(["check", "docs/examples/klein-artikel.txt", "--format", "json"])

    errors = [f["code"] for f in json.loads(said)["findings"] if f["severity"] == "error"]

    assert (errors, status) == (["sum-differs"], 1)


def test_the_example_of_the_engine_runs(capsys):
    page = (DOCS / "developers" / "engine.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    for block in code:
        exec(compile(block, "engine.md", "exec"), {})

    assert len(code) == 1
    assert "[" in capsys.readouterr().out
