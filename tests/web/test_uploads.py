"""What strangers send: checked apart, within bounds, and kept nowhere."""

from pathlib import Path

import pytest

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.checks import run_checks
from ketenraming.documents.coverage import coverage
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import read_bytes
from ketenraming.reports.as_json import check_as_json
from ketenraming.reports.checked import checked
from ketenraming.web.apart import Apart, Bounds, Broken, OutOfBounds
from ketenraming.web.uploads import checked_upload, plain

SMALL = (Path(__file__).parents[2] / "docs" / "examples" / "klein-artikel.txt").read_bytes()
LARGE = b"xx yy 12 34\n" * 200_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An empty folder, where whatever is written in passing would be written."""
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="module")
def made(library, folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("TMPDIR", str(folder))
        return checked_upload("klein.txt", SMALL, library)


def test_a_document_is_checked_as_by_hand_in_both_languages(library, made):
    article = read_article(read_bytes(SMALL, "klein.txt"), library)
    findings = run_checks(article)
    covered = coverage(article, findings)

    assert {**made.document, "made": {}} == {**check_as_json(article, findings, covered), "made": {}}
    assert made.words == {lang: checked(findings, covered, library, lang) for lang in ("nl", "en")}


def test_a_document_leaves_no_file_behind(made, folder):
    assert made.document["findings"]
    assert list(folder.iterdir()) == []


def test_what_cannot_be_read_is_refused_in_one_sentence(library):
    with pytest.raises(DocumentUnreadable, match="taken for PDF"):
        checked_upload("artikel.txt", b"%PDF-1.7 and then nothing of it", library)


def test_a_document_that_takes_too_much_memory_is_ended(library):
    with pytest.raises(OutOfBounds, match="more than 300 MB of memory"):
        checked_upload("groot.txt", LARGE, library, Bounds(seconds=30, memory=300 * 2**20))


def test_a_document_that_takes_too_long_is_ended(library):
    with pytest.raises(OutOfBounds, match=r"groot\.txt cannot be checked: This takes more than 1 seconds"):
        checked_upload("groot.txt", LARGE, library, Bounds(seconds=1, memory=2**30))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\stukken\artikel 37.xlsx", "artikel 37.xlsx"),
        ("a\x00b\x1b[31m.csv", "ab[31m.csv"),
        ("", "document"),
        ("é" * 300, "é" * 100),
    ],
)
def test_of_a_name_only_the_last_part_and_only_text_is_kept(name, said):
    assert plain(name) == said


def test_a_process_that_comes_to_no_end_is_told_as_our_mistake():
    with pytest.raises(Broken):
        list(Apart("ketenraming.none_such", b"", Bounds(seconds=20, memory=2**30)).messages())
