"""The article in every format gives the figures and the findings that the library gives."""

import pytest

from documents.convert import to_html, to_ods, to_op_xml, to_pdf, to_xlsx
from ketenraming.documents.article import NOT_NUMBERS
from ketenraming.documents.checks import run_checks
from ketenraming.documents.figures import read_article
from ketenraming.documents.read import format_of, read_bytes

FORMATS = {"html": to_html, "op_xml": to_op_xml, "xlsx": to_xlsx, "ods": to_ods, "pdf": to_pdf}


@pytest.fixture(scope="module", params=FORMATS)
def converted(request, article_text) -> tuple[str, bytes]:
    document = read_bytes(article_text.encode(), "artikel-37.txt")
    return request.param, FORMATS[request.param](document)


def test_the_format_is_told_from_the_bytes_and_not_from_the_name(converted):
    kind, data = converted

    assert format_of(data, "zonder-naam" if kind != "ods" else "x.ods") == kind


def test_every_format_gives_every_figure(converted, edition, library):
    kind, data = converted

    article = read_article(read_bytes(data, f"artikel.{kind}"), library)

    wrong = [
        (figure.place.cell, other.digits if other else None, figure.digits)
        for figure in edition.figures
        if (other := article.figures.get(*figure.place.cell)) is None
        or (other.digits, other.decimals, other.unit) != (figure.digits, figure.decimals, figure.unit)
    ]
    assert wrong == []
    assert sum(1 for f in article.figures if f.kind not in NOT_NUMBERS) == 519


def test_every_format_gives_the_same_findings(converted, edition, library):
    kind, data = converted
    article = read_article(read_bytes(data, f"artikel.{kind}"), library)

    def seen(findings):
        return sorted((f.code, f.place.cell) for f in findings if not f.holds)

    assert seen(run_checks(article)) == seen(run_checks(edition))
