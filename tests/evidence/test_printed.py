"""What a document says of a line and year: printed, or made of a change and the level it is a change of."""

from datetime import date

import pytest

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.base.period import parse_period
from ketenraming.evidence.printed import amounts, document_of, volumes
from ketenraming.evidence.vintage import Document, KeyFigure, Move, Stage, Vintage, Vintages, Volume

COA = "37.4/zbo/coa"
RANKS = ("owb", "vb", "1supp", "mn", "sbs", "2supp", "jv")
STAGES = {
    name: Stage(id=name, rank=rank, label_nl="", label_en="", short_nl="", short_en="")
    for rank, name in enumerate(RANKS, 1)
}


def document(stage: str | None, year: int | None, name: str = "") -> Document:
    of = name or f"{stage}-{year}"
    return Document(id=of, title=of, publisher="", kind="budget", published=date(2020, 1, 1), stage=stage, year=year)


def line(stage: str, edition: int, year: int, keur: int, since: str = "", **rest) -> Vintage:
    told = {"document": f"{stage}-{edition}", "edition": edition, **rest}
    measure = "change" if since else "level"
    return Vintage(COA, year, stage, known_since=date(2020, 6, 1), keur=keur, measure=measure, since=since, **told)


def vintages(*lines: Vintage, moves: tuple[Move, ...] = (), figures: tuple[KeyFigure, ...] = ()) -> Vintages:
    documents = {each.document: document(each.stage, each.edition) for each in lines} | {
        "copy": document(None, None, "copy")
    }
    of = (Volume(indicator="Bezetting", address=COA, variable="opvang_stock_avg"),)
    return Vintages(STAGES, documents, lines, (), figures, (), of, moves)


def test_a_level_that_is_printed_is_what_the_document_says():
    told = amounts(vintages(line("owb", 2020, 2020, 100), line("1supp", 2020, 2020, 120)), "owb-2020")

    assert told[COA, 2020].keur == 100
    assert told[COA, 2020].is_printed


@pytest.mark.parametrize("base", ["vb", "owb"])
def test_a_change_makes_a_level_on_the_one_it_is_a_change_of(base):
    told = amounts(vintages(line(base, 2020, 2020, 100), line("1supp", 2020, 2020, 20, since="vb")), "1supp-2020")

    assert told[COA, 2020].keur == 120
    assert [each.document for each in told[COA, 2020].made_of] == [f"{base}-2020", "1supp-2020"]


def test_a_change_since_september_is_on_what_the_next_draft_prints_of_the_running_year():
    told = amounts(vintages(line("owb", 2026, 2025, 400), line("2supp", 2025, 2025, -22, since="sbs")), "2supp-2025")

    assert told[COA, 2025].keur == 378


def test_a_change_of_a_later_year_is_on_the_draft_and_the_springs_before():
    told = vintages(
        line("owb", 2020, 2022, 100), line("1supp", 2020, 2022, 10, since="vb"),
        line("1supp", 2021, 2022, 5, since="vb")
    )  # fmt: skip

    assert amounts(told, "1supp-2021")[COA, 2022].keur == 115
    assert amounts(told, "1supp-2020")[COA, 2022].keur == 110


def test_a_change_on_nothing_that_is_known_makes_nothing():
    assert amounts(vintages(line("2supp", 2020, 2020, 20, since="sbs")), "2supp-2020") == {}


def test_a_published_move_makes_the_amount_of_the_earlier_one_and_never_replaces_what_is_printed():
    move = Move(a="owb-2020", b="owb-2021", address=COA, year=2021, amount_keur=-30, step=1, source="copy")
    later = line("owb", 2021, 2021, 70)
    printed = line("owb", 2020, 2021, 105)

    made = amounts(vintages(line("owb", 2020, 2020, 1), later, moves=(move,)), "owb-2020")[COA, 2021]
    kept = amounts(vintages(printed, later, moves=(move,)), "owb-2020")[COA, 2021]

    assert (made.keur, made.is_printed) == (100, False)
    assert (kept.keur, kept.is_printed) == (105, True)


def figure(source: str, value: float, realised: bool) -> KeyFigure:
    return KeyFigure(source, "", "Bezetting", parse_period("2020"), value, "aantal", realised, date(2021, 1, 1), False)


def test_an_outcome_is_of_the_people_who_were_there_and_a_budget_of_those_it_expected():
    told = vintages(line("owb", 2020, 2020, 1), line("jv", 2020, 2020, 2), figures=(
        figure("owb-2020", 500, False), figure("copy", 610, True)))  # fmt: skip

    assert volumes(told, "owb-2020")[COA, 2020][1].value == 500
    assert volumes(told, "jv-2020")[COA, 2020][1].value == 610


def test_a_document_that_is_not_there_is_met_with_the_nearest_and_a_copy_is_refused():
    told = vintages(line("owb", 2020, 2020, 1))

    with pytest.raises(NotInLibrary, match="Did you mean owb-2020"):
        document_of(told, "owb-202")
    with pytest.raises(KetenramingError, match="no budget of its own"):
        document_of(told, "copy")
