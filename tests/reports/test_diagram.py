"""The chain as a picture: every stage and route is in it, in words too, and nothing stands on anything else."""

import os
import re
import subprocess
import sys
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ketenraming.base.errors import ChainInvalid
from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, Queue, Route, Server
from ketenraming.chain.toy import TOY
from ketenraming.evidence.library import load
from ketenraming.reports.diagram import Words, mermaid, parts, stage_rows, svg
from ketenraming.reports.diagram.layered import GAP, connected, layout
from ketenraming.reports.diagram.words import PARTS, lives
from ketenraming.scenarios.run import baseline_of

SVG = "{http://www.w3.org/2000/svg}"
LIBRARY = load()
DUTCH = baseline_of(LIBRARY).chain
LOOP = Chain(
    "loop",
    stages=(
        Inflow("come", 10.0),
        Queue("wait", "clerk", term=((0, 6), (12, 9)), lives="here"),
        Dwell("stay", (Exit("back", (0.1,)), Exit("out", (0.1,))), lives="there"),
    ),
    routes=(
        Route("come", "wait"),
        Route("wait", "stay"),
        Route("stay", "wait", exit="back", delay=(0.0, 0.0, 1.0)),
    ),
    servers=(Server("clerk", 5.0),),
)


def command(*arguments: str, **options) -> subprocess.CompletedProcess:
    program = [sys.executable, "-m", "ketenraming.cli", "chain", *arguments]
    return subprocess.run(program, capture_output=True, text=True, timeout=60, **options)


def drawn(chain: Chain, part: str | None = None):
    return etree.fromstring(svg(chain, LIBRARY, "nl", part).encode())


def said(root) -> str:
    return " ".join(" ".join(text.itertext()) for text in root.iter(f"{SVG}text"))


# ---- words


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_name_of_the_dutch_chain_has_a_word(lang):
    named = [("stage", stage.name) for stage in DUTCH.stages]
    named += [("server", server.name) for server in DUTCH.servers]
    named += [("place", lives(stage)) for stage in DUTCH.stages if lives(stage)]
    named += [("exit", exit.name) for stage in DUTCH.stages if isinstance(stage, Dwell) for exit in stage.exits]
    named += [("part", part) for part in parts(DUTCH)]

    assert [name for kind, name in named if f"{kind}_{name}" not in LIBRARY.messages] == []
    assert (
        Words(LIBRARY, lang).of("stage", "asielbesluit")
        == {
            "nl": "asielbesluit (IND)",
            "en": "asylum decision (IND)",
        }[lang]
    )


def test_a_name_without_a_word_is_shown_as_it_is():
    assert Words(LIBRARY, "nl").of("stage", "nieuwe_stap") == "nieuwe stap"


def test_the_dutch_chain_has_all_its_parts_and_no_stage_is_lost():
    found = parts(DUTCH)

    assert list(found) == list(PARTS.values())
    assert [stage for stages in found.values() for stage in stages] == list(DUTCH.stages)


def test_a_chain_without_parts_is_one():
    assert list(parts(TOY)) == [""]


def test_a_row_tells_kind_server_term_place_and_ways_out():
    rows = {row[0]: row[1:] for row in stage_rows(DUTCH, LIBRARY, "en")}

    assert rows["asielbesluit"][1:5] == ("queue", "IND, asylum", "6 mo.", "COA reception")
    assert "→ waiting for a home" in rows["asielbesluit"][5]
    assert "adds → family application (IND) (after 1–12 mo.)" in rows["asielbesluit"][5]
    assert "detention → detention (DJI)" in rows["terugkeer"][5]
    assert "forced → out of the chain" in rows["terugkeer"][5]


def test_a_term_that_changes_is_told_by_month():
    rows = {row[0]: row for row in stage_rows(LOOP, LIBRARY, "en")}

    assert rows["wait"][4] == "6 mo.; from month 13: 9 mo."
    assert "back → wait (after 2 mo.)" in rows["stay"][6]


# ---- Mermaid


def test_mermaid_holds_every_stage_once_and_every_route():
    text = mermaid(DUTCH, LIBRARY, "nl")

    for stage in DUTCH.stages:
        assert len(re.findall(rf"^ +s_{stage.name}[\[(]", text, re.MULTILINE)) == 1
    arrows = re.findall(r"^  s_(\w+) (-->|-\.->)(?:\|[^|]*\|)? s_(\w+)$", text, re.MULTILINE)
    assert arrows == [(r.source, "-.->" if r.spawning else "-->", r.to) for r in DUTCH.routes]


def test_mermaid_has_a_form_for_each_kind_and_says_what_a_route_is():
    text = mermaid(DUTCH, LIBRARY, "nl")

    assert text.startswith("flowchart LR\n")
    assert 's_asiel(["asielaanvragen"])' in text
    assert 's_asielbesluit["asielbesluit (IND)<br/>IND, asiel<br/>6 mnd"]' in text
    assert 's_beroep("beroep bij de rechter")' in text
    assert 's_asielbesluit -.->|"roept op<br/>na 1–12 mnd"| s_nareis' in text
    assert 's_beroep -->|"gegrond"| s_huisvesting' in text
    assert 's_terugkeer -->|"zelfstandig, gedwongen, zonder toezicht"| out_terugkeer' in text


def test_mermaid_groups_stages_by_where_people_live():
    inside = re.search(r'subgraph p_elders\["elders"\]\n(.*?)\n  end', mermaid(DUTCH, LIBRARY, "nl"), re.DOTALL)

    assert inside and re.findall(r"s_(\w+)", inside[1]) == ["asielbesluit_elders", "terugkeer_elders"]


def test_words_cannot_break_out_of_mermaid_or_svg():
    evil = 'a "]; click b <script>alert(1)</script> `#&'
    library = load()
    library.messages["stage_come"] = {"nl": evil, "en": evil}  # type: ignore[index]

    line = next(line for line in mermaid(LOOP, library, "nl").splitlines() if "s_come([" in line)
    root = etree.fromstring(svg(LOOP, library, "nl").encode())

    assert re.fullmatch(r'  s_come\(\["[^"<>`]*"\]\)', line)
    assert list(root.iter(f"{SVG}script")) == []
    assert evil in root.find(f"{SVG}desc").text


# ---- SVG


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("part", [None, *PARTS.values()])
def test_a_picture_says_everything_as_text_too(lang, part):
    root = etree.fromstring(svg(DUTCH, LIBRARY, lang, part).encode())
    words, shown = Words(LIBRARY, lang), DUTCH.stages if part is None else parts(DUTCH)[part]

    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert [stage.name for stage in shown if words.of("stage", stage.name) not in told.text] == []
    assert [
        s.name for s in shown if words.of("stage", s.name).replace(" ", "") not in said(root).replace(" ", "")
    ] == []


def test_a_picture_is_legible_at_1200_pixels():
    for lang in ("nl", "en"):
        root = etree.fromstring(svg(DUTCH, LIBRARY, lang).encode())

        assert float(root.get("width")) <= 1220
        assert min(float(text.get("font-size")) for text in root.iter(f"{SVG}text")) >= 11


def test_nothing_is_fetched_and_nothing_runs():
    text = svg(DUTCH, LIBRARY, "nl").replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"href|url\(|<script|<style|<foreignObject|http", text)


def test_a_route_is_drawn_for_each_that_touches_the_panel():
    own = {stage.name for stage in parts(DUTCH)["asylum"]}
    touching = [route for route in DUTCH.routes if {route.source, route.to} & own]

    paths = [path.get("d") for path in drawn(DUTCH, "asylum").iter(f"{SVG}path")]
    heads = [path for path in paths if path.endswith("z")]

    assert len(heads) == len(touching)


def test_what_is_spawned_is_dashed():
    dashed = [path for path in drawn(TOY).iter(f"{SVG}path") if path.get("stroke-dasharray")]

    assert len(dashed) == 2  # the route, and the legend


def test_a_loop_is_drawn_backwards_below_the_boxes():
    root = drawn(LOOP)

    boxes = [float(r.get("y")) + float(r.get("height")) for r in root.findall(f".//{SVG}g/{SVG}rect[@stroke]")]
    back = [path.get("d") for path in root.iter(f"{SVG}path") if "H" in path.get("d")]

    assert len(back) == 1
    assert float(re.search(r" [\d.]+,([\d.]+)H", back[0])[1]) > min(boxes)


def test_the_same_declaration_gives_the_same_bytes():
    code = (
        "from ketenraming.scenarios.run import baseline_of; from ketenraming.evidence.library import load\n"
        "from ketenraming.reports.diagram import svg, mermaid\n"
        "import sys; library = load(); chain = baseline_of(library).chain\n"
        "sys.stdout.write(svg(chain, library, 'nl') + mermaid(chain, library, 'nl'))"
    )

    outcomes = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outcomes) == 1


def test_a_chain_that_cannot_be_run_is_not_drawn():
    broken = Chain("broken", (Queue("wait", "nobody"),))

    for draw in (svg, mermaid):
        with pytest.raises(ChainInvalid, match="there is no server 'nobody'"):
            draw(broken, LIBRARY, "nl")


# ---- the layout

NAMES = [f"b{i}" for i in range(9)]
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=16)
HEIGHTS = st.fixed_dictionaries({name: st.floats(20, 120) for name in NAMES})


@given(heights=HEIGHTS, edges=EDGES)
def test_nothing_stands_on_anything_else(heights, edges):
    placed = layout(heights, edges, {})

    for one, other in combinations(NAMES, 2):
        if placed.column[one] == placed.column[other]:
            apart = abs(placed.middle[one] - placed.middle[other])
            assert apart >= (heights[one] + heights[other]) / 2 + GAP - 1e-6
    assert min(placed.middle[name] - heights[name] / 2 for name in NAMES) >= -1e-6
    assert max(placed.middle[name] + heights[name] / 2 for name in NAMES) <= placed.height + 1e-6


@given(heights=HEIGHTS, edges=EDGES)
def test_an_edge_runs_to_the_right_with_a_bend_in_every_column_or_is_set_apart(heights, edges):
    placed = layout(heights, edges, {})

    for (source, to), bends in zip(edges, placed.bends, strict=True):
        if bends is not None:
            columns = [placed.column[name] for name in (source, *bends, to)]
            assert all(after == before + 1 for before, after in pairwise(columns))


@given(heights=HEIGHTS, edges=EDGES)
def test_only_edges_that_close_a_loop_are_set_apart(heights, edges):
    without = [edge for edge in edges if NAMES.index(edge[0]) < NAMES.index(edge[1])]

    assert None not in layout(heights, without, {}).bends


@given(edges=EDGES)
def test_groups_hang_together_and_hold_everyone_once(edges):
    groups = connected(NAMES, edges)

    assert sorted(name for group in groups for name in group) == NAMES
    assert all(any(a in group and b in group for group in groups) for a, b in edges)


# ---- the command


def test_the_command_prints_mermaid_and_speaks_english():
    outcome = command("--lang", "en")

    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("flowchart LR\n  accTitle: The chain\n")


def test_the_command_writes_a_file_whole_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "keten.svg"
    path.write_text("old", encoding="utf-8")

    outcome = command("--format", "svg", "--out", str(path))

    assert (outcome.returncode, outcome.stdout) == (0, "")
    assert etree.parse(path).getroot().tag == f"{SVG}svg"
    assert [file.name for file in tmp_path.iterdir()] == ["keten.svg"]


@pytest.mark.parametrize("where", ["", "missing/keten.svg", "."])
def test_a_file_that_cannot_be_written_gives_one_sentence_and_status_two(tmp_path, where):
    outcome = command("--out", str(tmp_path / where) if where != "." else ".", cwd=tmp_path)

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert "Choose another file with --out" in outcome.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_device_keeps_its_place():
    outcome = command("--out", "/dev/stdout")

    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("flowchart LR\n")


def test_an_unknown_format_is_refused_with_status_two():
    outcome = command("--format", "png")

    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "is not one of" in outcome.stderr
