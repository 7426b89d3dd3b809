"""The shipped vintages: every line has a document and a day, is mapped or listed, and adds up where it says it does."""

import shutil
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenraming.base.errors import LibraryInvalid
from ketenraming.evidence.library import load
from ketenraming.evidence.official_path import check_path, check_read_twice, moved, official_path
from ketenraming.reports.vintages import below
from ketenraming.reports.words import sentence

COA, IND, NIDOS, DJI = "37.4/zbo/coa", "37.4/agentschap/ind", "37.4/zbo/nidos", "37.4/agentschap/dji"


def weekday_of(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1))


DAYS = {
    "owb": lambda year: weekday_of(year - 1, 9, 1, 3),
    "vb": lambda year: date(year - 1, 12, 31),
    "1supp": lambda year: date(year, 6, 1),
    "sbs": lambda year: weekday_of(year, 9, 1, 3),
    "2supp": lambda year: date(year, 12, 1),
    "jv": lambda year: weekday_of(year + 1, 5, 2, 3),
}


def test_every_document_of_a_budget_has_the_day_of_its_rule(library):
    budgets = [each for each in library.vintages.documents.values() if each.stage]

    by_rule = [each for each in budgets if each.stage == "owb" or each.published_is == "assumed"]
    assert (len(budgets), len(by_rule)) == (62, 61)
    assert all(each.published == DAYS[each.stage](each.year) for each in by_rule)
    # the second supplementary budget of 2025: its day was in the news, and the rule is the last on which it may come
    assert all(each.published <= DAYS[each.stage](each.year) for each in budgets)


def test_every_document_names_its_publisher_and_no_path_of_a_machine(library):
    for each in library.vintages.documents.values():
        assert each.publisher
        assert not each.url or each.url.startswith("https://")
    texts = [path.read_text(encoding="utf-8") for path in (library.root / "vintages").glob("*.csv")]
    assert not [text for text in texts if "../" in text or "/home/" in text]


def test_every_line_is_mapped_to_an_address_of_this_edition_or_listed_with_its_reason(library):
    vintages = library.vintages

    assert {each.address for each in vintages.lines} <= set(library.budget.nodes)
    assert (len(vintages.lines), len(vintages.unmapped)) == (1861, 64)
    assert Counter((each.code, each.label) for each in vintages.unmapped) == {
        ("37.2", "Opdrachten / Biometrie"): 14,
        ("37.2", "Opdrachten / Vernieuwing Grensmanagement"): 14,
        ("37.2", "Overige Bijdrage aan medeoverheden"): 10,
        ("37", "Migratie totaal"): 6,
        ("32", "Rechtsbijstand"): 6,
        ("32", "Rechtspraak"): 6,
        ("", "Toerekening eerstejaarsopvang asielzoekers aan ODA (VJN 2019)"): 6,
        ("", "Verplichting Nidos"): 2,
    }


# Draft budget 2026, table of article 37: the edition that the library also holds figure by figure.
def test_the_edition_of_2026_is_the_one_in_the_figures(library):
    ours = [v for v in library.vintages.lines if v.document == "begroting-2026-xx" and v.year in (2025, 2026)]
    figures = library.edition("begroting-2026-xx")
    tables = [table for table in figures.tables() if figures.row(table, COA)]

    assert len(ours) > 80
    for each in ours:
        printed = [figures.get(table, each.address, str(each.year)) for table in tables]
        assert each.keur in {figure.digits for figure in printed if figure}, each


# Suppletoire 2023 VI (1), (2) and September; jaarverslag 2023.
def test_the_line_of_reception_in_2023_moved_from_1_1_to_2_5_milliard(library):
    told = {each.stage: each.keur for each in library.vintages.of(COA, 2023) if each.is_of_its_year}

    assert told == {"owb": 1_136_270, "vb": 1_136_270, "1supp": 2_521_058, "sbs": 2_520_914, "2supp": 2_565_442,
                    "jv": 2_546_953}  # fmt: skip


def test_ukraine_of_chapter_vi_is_an_address_of_its_own_now(library):
    old = [v for v in library.vintages.lines if v.code == "37.2" and "Oekra" in v.label]

    assert {v.address.partition("/")[0] for v in old} == {"37.7"}


def test_an_old_heading_that_held_ukraine_says_that_it_was_wider(library):
    scopes = {v.edition: v.scope for v in library.vintages.lines if v.address == "37.4"}

    assert scopes == {2023: "wider", 2024: "wider", 2025: "wider", 2026: "same"}


@given(day=st.dates(date(2012, 1, 1), date(2026, 6, 1)))
@settings(max_examples=25)
def test_a_reader_of_a_day_has_nothing_that_was_published_later(library, day):
    known = library.vintages.as_known_on(day)

    assert all(each.known_since <= day for each in (*known.lines, *known.unmapped, *known.key_figures))
    assert all(each.published <= day for each in known.documents.values())
    assert known.scores == ()


def test_on_the_day_of_a_draft_nobody_knows_its_outcome(library):
    known = library.vintages.as_known_on(date(2022, 9, 20))

    assert known.level(COA, 2023, "owb").keur == 1_136_270
    assert known.outcome(COA, 2023) is None
    assert known.outcome(COA, 2022) is None


def test_money_that_was_added_in_the_year_is_not_known_at_its_start(library):
    known = library.vintages.as_known_on(date(2024, 1, 15))

    assert library.vintages.level(COA, 2024, "vb").keur == 3_397_312
    assert known.level(COA, 2024, "vb") is None


def test_a_level_and_its_printed_change_make_the_next_level(library):
    vintages, seen = library.vintages, 0
    for each in (v for v in vintages.lines if v.measure == "change" and v.since in {"owb", "vb", "1supp", "sbs"}):
        read = each.read_in or each.document
        same = {v.stage: v.keur for v in vintages.lines if v.measure == "level" and v.address == each.address
                and v.year == each.year and (v.read_in or v.document) == read}  # fmt: skip
        if {each.since, each.stage} <= set(same) and each.stage != "jv":
            seen += 1
            assert same[each.since] + each.keur == same[each.stage], each
    assert seen > 150


PATH = 0.2  # percent


def test_the_path_of_reception_is_the_next_draft_within_two_tenths_of_a_percent(library):
    steps = [s for s in official_path(library.vintages) if s.draft.address == COA]

    assert [s.draft.year for s in steps] == [2021, 2022, 2023, 2024]
    assert all(abs(s.off) <= PATH for s in steps)


def test_where_the_path_is_not_the_next_draft_is_listed_and_nowhere_else(library):
    findings = check_path(library.vintages, library.bound("vintage-path-moved", "percent"))
    apart = Counter((f.code, f.about) for f in findings if not f.holds)

    assert (len(findings), sum(f.holds for f in findings)) == (22, 7)
    assert apart == {
        ("vintage-path-moved", DJI): 4, ("vintage-path-moved", IND): 4, ("vintage-path-moved", NIDOS): 2,
        ("vintage-level-moved", "37/verplichtingen"): 3, ("vintage-level-moved", "37/ontvangsten"): 2,
    }  # fmt: skip
    assert sum(abs(s.off) <= PATH for s in official_path(library.vintages)) == 5  # the other two by rounding


def test_the_levels_that_were_restated_are_those_of_the_spring_of_2022(library):
    findings = check_read_twice(library.vintages)

    assert len(findings) > 170
    assert {(f.about, f.words["year"]) for f in findings if not f.holds} == {
        ("37", "2022"), ("37/verplichtingen", "2022"), ("37.4/opdrachten/versterking", "2022"),
        ("37.7/opdrachten/oekraine", "2022"), ("37.7/subsidies/oekraine", "2022"), (IND, "2019"),
    }  # fmt: skip


def test_what_moved_is_said_in_both_languages(library):
    for finding in moved(library.vintages, PATH):
        assert str(finding.words["year"]) in sentence(finding, library, "nl")
        assert "{" not in sentence(finding, library, "en")


# The Court of Audit counted 21 of 23 years, 2000-2022, and named 2012 and 2017 as the two; few of them are here.
def test_the_draft_of_reception_was_below_every_outcome_and_three_of_four_proxies(library):
    assert below(library.vintages, COA) == ((2, 2), (3, 4))
    assert below(library.vintages, "37") == ((10, 11), (0, 0))


def test_the_claim_of_the_court_of_audit_is_a_key_figure(library):
    told = [k for k in library.vintages.key_figures if k.source == "rekenkamer-2023-01-18"]

    assert [(k.period.text, k.value) for k in told] == [("2000..2022", 21), ("2012", 1), ("2017", 1)]


def test_a_score_in_money_is_what_the_lines_say(library):
    vintages, seen = library.vintages, 0
    for score in (s for s in vintages.scores if s.of in library.budget and s.source and not s.derived):
        stage, edition = vintages.documents[score.source].stage, score.edition_year
        said = {v.keur for v in vintages.lines if (v.address, v.year, v.stage, v.edition, v.measure)
                == (score.of, score.target_year, stage, edition, "level")}  # fmt: skip
        seen += 1
        assert score.forecast in said, score
    assert seen > 100


def test_a_score_against_a_proxy_says_so(library):
    assert all(s.proxy == (s.basis in {"1supp", "2supp"}) for s in library.vintages.scores)
    assert Counter(s.proxy for s in library.vintages.scores if s.outcome) == {False: 97, True: 51}


def test_key_figures_of_people_are_there_by_edition(library):
    told = [k for k in library.vintages.key_figures if k.source == "begroting-2026-xx"]

    assert len(library.vintages.key_figures) == 283  # with one of the news on the autumn budget of 2025
    assert len(told) == 84
    assert sum(k.realised for k in told) > 10


def test_loading_reads_no_vintage_until_it_is_asked_for():
    loaded = load()

    assert "vintages" not in vars(loaded)
    started = time.perf_counter()
    assert loaded.vintages is loaded.vintages
    assert time.perf_counter() - started < 2


LINES, MAPPING, DOCUMENTS = "lines.csv", "mapping.csv", "documents.csv"
KEYS, SCORES, STAGES = "key-figures.csv", "scores.csv", "stages.csv"
FIRST = "begroting-2026-xx,,owb,37,Verplichtingen,verplichtingen,2025,level,,8504260,,,"
COA_2026 = "37.4,Bijdrage aan ZBO's/RWT's / COA,uitgaven,,37.4/zbo/coa,same,"
ODA = '"An attribution to development assistance, not a line of the article."'
PEOPLE = "begroting-2026-xx,OWB2026-XX,Asielinstroom,2024,46460,aantal,yes,2025-09-16,exact"

MISTAKES = {
    "an unknown document": (LINES, FIRST, FIRST.replace("begroting", "begrooting", 1),
                            "lines.csv:2: not a vintage: the document 'begrooting-2026-xx' is not in documents.csv"),
    "an unknown stage": (LINES, FIRST, FIRST.replace("owb", "owc"), "the stage 'owc' is not in stages.csv"),
    "a label without a place": (LINES, FIRST, FIRST.replace("Verplichtingen", "Verplichting"),
                                "37 · Verplichting · verplichtingen is not in mapping.csv"),
    "no amount": (LINES, FIRST, FIRST.replace("8504260", "veel"), "lines.csv:2: not a vintage"),
    "a change since nothing": (LINES, FIRST, FIRST.replace("level", "change"), "a change says since which stage"),
    "known too early": (LINES, FIRST, FIRST.replace(",,,", ",,2025-01-01,", 1).replace("level,,2025-01-01,8504260",
                        "level,,8504260,,2025-01-01"), "before begroting-2026-xx was published"),
    "there twice": (LINES, FIRST, FIRST + "\n" + FIRST, "Verplichtingen of 2025 in begroting-2026-xx is there twice"),
    "an unknown address": (MAPPING, COA_2026, COA_2026.replace("zbo/coa", "zbo/caa"), "'37.4/zbo/caa' is not in bud"),
    "an unknown scope": (MAPPING, COA_2026, COA_2026.replace("same", "some"), "the scope 'some' is not one of"),
    "left out without a reason": (MAPPING, ODA, "", "a line that is left out needs a reason"),
    "a document of another day": (DOCUMENTS, "budget,2025-09-16,exact", "budget,2025-09-15,exact",
                                  "begroting-2026-xx has another day in library/sources"),
    "no day": (DOCUMENTS, "budget,2025-09-16,exact", "budget,2025-09-31,exact", "documents.csv:"),
    "an unknown kind of stage": (STAGES, "sbs,5", "sbx,5", "stages.csv:6: id: input"),
    "a key figure of no source": (KEYS, PEOPLE, PEOPLE.replace("begroting-2026-xx", "begroting-2026-yy"),
                                  "key-figures.csv:2: the source 'begroting-2026-yy' is not in"),
    "a key figure of no period": (KEYS, PEOPLE, PEOPLE.replace("2024", "2024-13"), "'2024-13' is no period"),
    "a volume of no line": ("volumes.csv", "37.4/zbo/coa", "37.4/zbo/caa",
                            "volumes.csv:2: '37.4/zbo/caa' is not"),
    "a move of no document": ("moves.csv", ",rekenkamer-2025-09-23", ",rekenkamer",
                              "moves.csv:2: the document 'rek"),
    "what stands apart nowhere": (MAPPING, '2026.",37.1', '2026.",37.11', "what stands apart, '37.11', is not in bud"),
    "a score of no source": (SCORES, "kEUR,OWB2015,begroting-2015-vi", "kEUR,OWB2015,begroting-2015-vii",
                             "scores.csv:2: the source 'begroting-2015-vii' is not in"),
    "a score of no number": (SCORES, "2015,2015,399951", "2015,2015,veel", "scores.csv:2: forecast: input"),
}  # fmt: skip


def changed(library, folder: Path, *changes: tuple[str, str, str]) -> str:
    """What the refusal says after changing one text in each of some files."""
    copy = shutil.copytree(library.root, folder / "library")
    for name, old, new in changes:
        path = copy / "vintages" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    loaded = load(copy)
    with pytest.raises(LibraryInvalid) as refusal:
        loaded.vintages  # noqa: B018  (it is read when asked for)
    return str(refusal.value)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_refuses_the_vintages_and_says_where(library, tmp_path, mistake):
    name, old, new, said = MISTAKES[mistake]

    refusal = changed(library, tmp_path, (name, old, new))

    assert said in refusal


def test_all_mistakes_in_vintages_are_reported_together(library, tmp_path):
    refusal = changed(
        library,
        tmp_path,
        (LINES, FIRST, FIRST.replace("owb", "owc")),
        (MAPPING, COA_2026, COA_2026.replace("same", "some")),
    )

    assert "lines.csv:2: not a vintage" in refusal
    assert "the scope 'some' is not one of" in refusal
