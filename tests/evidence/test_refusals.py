"""The catalogue of refusals: all of it is said somewhere, and what a page can say stands in it."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import ketenraming
from ketenraming.base.errors import ChainInvalid, KetenramingError, LibraryInvalid, ScenarioInvalid
from ketenraming.base.wording import Wording
from ketenraming.evidence.files import Files
from ketenraming.evidence.refusals import NAMES, read_refusals, words_in

SOURCE = Path(ketenraming.__file__).parent
ROOMS = ("rules", "gemeenten", "documents", "web")  # of which pages say the refusals
NOT_OF_PAGES = {"gemeenten/placement", "web/api"}
PASSED_ON = {"readable", "Turns"}  # they make a wording of their first argument
IN_ENGLISH = {
    "gemeenten/scores.py": "a table of scores is given to the command and to Python alone; no page takes one",
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def texts_in(path: Path) -> set[str]:
    """Every text that a module writes out; pieces below each other are one."""
    return {node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant) and _is_text(node)}


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def of_pages() -> Iterator[tuple[str, Path]]:
    """The modules whose refusals pages say, by what they are called below the source."""
    for path in sorted(path for room in ROOMS for path in (SOURCE / room).rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not any(name.startswith(f"{one}/") for one in NOT_OF_PAGES):
            yield name, path


def said_in(name: str, path: Path) -> Iterator[ast.expr]:
    """What refusals and wordings are made of in a module: the first argument of each."""
    module = import_module(".".join(("ketenraming", *Path(name).with_suffix("").parts)).removesuffix(".__init__"))
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and node.args and _says(node.func, module):
            yield node.args[0]


def _says(called: ast.expr, module: ModuleType) -> bool:
    if not isinstance(called, ast.Name):
        return ast.unparse(called) == "super().__init__"
    kind = getattr(module, called.id, None)
    return called.id in PASSED_ON or (isinstance(kind, type) and issubclass(kind, (KetenramingError, Wording)))


def untold(name: str, path: Path, known: dict[str, str]) -> list[str]:
    """What a Dutch page would say in English: templates without an entry, and texts that are filled already."""
    found = []
    for said in said_in(name, path):
        if isinstance(said, ast.JoinedStr | ast.BinOp):
            found.append(f"{name}:{said.lineno}: give a template and its words, not a text that is filled already")
        elif _is_text(said) and said.value and said.value not in known:
            found.append(f"{name}:{said.lineno}: {said.value!r} is not in {NAMES['nl']}")
    return found


@pytest.fixture
def read(tmp_path):
    """Reads a catalogue of this text; gives its entries and its mistakes."""

    def entries(text: str) -> tuple[dict[str, str], list[str]]:
        for lang, name in NAMES.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text if lang == "nl" else "", encoding="utf-8")
        files = Files(tmp_path)
        return read_refusals(files)["nl"], files.mistakes

    return entries


def test_every_entry_is_said_somewhere_in_the_code(library):
    written = set[str]().union(*(texts_in(path) for path in SOURCE.rglob("*.py")))

    assert [one for catalogue in library.refusals.values() for one in catalogue if one not in written] == []


def test_every_refusal_that_a_page_can_say_has_its_dutch(library):
    found = [
        one for name, path in of_pages() if name not in IN_ENGLISH for one in untold(name, path, library.refusals["nl"])
    ]

    assert found == []


def test_what_lists_mistakes_has_the_dutch_of_its_first_line(library):
    firsts = {first for kind in (ChainInvalid, LibraryInvalid, ScenarioInvalid) for first in (kind.one, kind.many)}

    assert firsts <= set(library.refusals["nl"])


@pytest.mark.parametrize("name", IN_ENGLISH)
def test_what_is_let_off_still_has_something_to_let_off(library, name):
    assert untold(name, SOURCE / name, library.refusals["nl"])


@pytest.mark.parametrize("lang", NAMES)
def test_a_page_tells_its_reader_what_to_do_and_not_one_of_the_command_line(library, lang):
    said = [library.refusals[lang].get(template, template) for template in library.refusals["nl"]]

    assert [text for text in said if any(sign in text for sign in ("--", "known_on", "`"))] == []


def test_a_name_that_dutch_pages_say_by_its_label_is_said_so_in_english(library):
    dutch, english = library.refusals["nl"], library.refusals["en"]

    assert [one for one, said in dutch.items() if "_}" in said and "_}" not in english.get(one, "")] == []


def test_entries_are_read_as_they_stand(read):
    assert read('"{a} is no {b}." = "{a} is geen {b!r}."') == ({"{a} is no {b}.": "{a} is geen {b!r}."}, [])


def test_a_word_may_be_left_out(read):
    assert read('"{a} is no {b}." = "Dat kan niet."')[1] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"{a} is wrong." = "{b} en {c} zijn fout."', "it says b, c, and the template does not"),
        ('"Write it." = "Schrijf {text}."', "it says text, and the template does not"),
        ('"{a} is wrong." = 3', "what is said is no text"),
        ('["{a} is wrong."]\nnl = "{a} is fout."', "what is said is no text"),
        ('"{a} is wrong." = "{a is fout."', "no template"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_its_entry(read, text, said):
    entries, (mistake,) = read(text)

    assert entries == {}
    assert mistake.startswith(f"{NAMES['nl']}:1: ")
    assert said in mistake


def test_the_names_of_words_are_those_between_braces():
    assert words_in("{a} of {b!r}, {c:,}, {d:lever_} and {{e}}") == {"a", "b", "c", "d"}
