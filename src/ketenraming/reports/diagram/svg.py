"""
A chain as SVG: a panel for each part, drawn without a browser.

Kinds differ in form and lines in dash, never in colour alone. The ways out of a dwell are rows of its box, and each
route leaves from its row. A stage of another panel is dotted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from textwrap import wrap

from ketenraming.chain.declare import at_once, exits, validate
from ketenraming.chain.stage import Chain, Queue, Route, Stage
from ketenraming.evidence.library import Library
from ketenraming.reports.charts import FONT, INK, PAPER, QUIET, SHADE
from ketenraming.reports.diagram.layered import Layout, connected, layout
from ketenraming.reports.diagram.words import Words, description, kind_of, lives, moving, parts
from ketenraming.reports.numbers import Lang

WIDTH, MARGIN = 1200, 20  # of a picture with all panels
BOX, PAD = 118.0, 7.0  # width of a box, room inside
AISLE, MORE = 24.0, 3.0  # width between columns, and more of it for each line through it
BIG, SMALL = 12.0, 11.0  # letters
STEP, ROW = 16.0, 14.5  # height of a line of a title, and of a small one
STUB = 9.0  # an arrow out of the chain

Point = tuple[float, float]


# SVG: boxes and edges of a panel.


@dataclass(frozen=True, slots=True)
class _Box:
    """A stage to be drawn; `rows` are its exits with their words, `leaves` those on which no route goes on."""

    kind: str
    title: tuple[str, ...]
    small: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    leaves: frozenset[str]
    elsewhere: bool

    @property
    def head(self) -> float:
        """Height of all above the rows."""
        return 2 * PAD + STEP * len(self.title) + ROW * len(self.small)

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.head + (ROW + 3) * len(self.rows) + (3 if self.rows else 0)

    def row(self, exit: str) -> float | None:
        """How far below the top the line of an exit leaves; None where it has no row."""
        names = [name for name, _ in self.rows]
        return self.head + (ROW + 3) * (names.index(exit) + 0.5) if exit in names else None


def _measure(text: str, size: float) -> float:
    """About how wide text is, in a sans-serif."""
    narrow, wide = sum(c in "iljtfrI.,:;'|() " for c in text), sum(c in "mwMW—" or c.isupper() for c in text)
    return size * (0.56 * len(text) - 0.24 * narrow + 0.2 * wide)


def _lines(text: str, size: float, width: float) -> tuple[str, ...]:
    """Text in lines that fit a width; a word that is wider than that stands alone."""
    letters = len(text)
    while letters > 1:
        lines = wrap(text, letters, break_long_words=False, break_on_hyphens=False)
        if all(_measure(line, size) <= width or " " not in line for line in lines):
            return tuple(lines)
        letters -= 1
    return (text,)


def _box(stage: Stage, chain: Chain, words: Words, routes: Sequence[Route] | None) -> _Box:
    """A stage as a box; with `routes`, as one of another panel, of which only the exits of these routes are shown."""
    taken = frozenset(route.exit for route in moving(chain, stage.name))
    shown = [exit for exit in exits(stage) if exit]
    if routes is not None:
        shown = [exit for exit in shown if exit in {route.exit for route in routes if route.source == stage.name}]
    here = () if routes is not None else tuple(_small(stage, words))
    if routes is not None:
        here = (words.say("elsewhere", part=words.of("part", _part_of(chain, stage))),)
    room = BOX - 2 * PAD
    return _Box(
        kind_of(stage),
        _lines(words.of("stage", stage.name), BIG, room),
        tuple(line for text in here for line in _lines(text, SMALL, room)),
        tuple((exit, " ".join([words.of("exit", exit), *words.lines(stage.name, exit)])) for exit in shown),
        frozenset(exits(stage)) - taken if routes is None else frozenset(),
        routes is not None,
    )


def _part_of(chain: Chain, stage: Stage) -> str:
    return next(part for part, stages in parts(chain).items() if stage in stages)


def _small(stage: Stage, words: Words) -> Iterator[str]:
    if isinstance(stage, Queue):
        yield words.of("server", stage.server)
        if stage.term is not None:
            yield words.say("in_term", term=words.term(stage))
    if lives(stage):
        yield words.say("living", place=words.of("place", lives(stage)))
    yield from words.lines(stage.name)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A piece of SVG with its size."""

    width: float
    height: float
    svg: str


def _group(chain: Chain, stages: Sequence[Stage], own: set[str], words: Words) -> _Drawing:
    """A connected group of stages, of which those that are not the panel's own stand elsewhere."""
    names = {stage.name for stage in stages}
    routes = [r for r in chain.routes if {r.source, r.to} <= names and {r.source, r.to} & own]
    routes.sort(key=lambda route: not at_once(route))  # what comes later may run backwards
    boxes = {s.name: _box(s, chain, words, None if s.name in own else routes) for s in stages}
    marked = {i: 2.2 * ROW for i, route in enumerate(routes) if words.marks(route)}
    placed = layout({name: box.height for name, box in boxes.items()}, [(r.source, r.to) for r in routes], marked)
    lefts = _lefts(placed, routes, words)
    tops = {name: placed.middle[name] - box.height / 2 for name, box in boxes.items()}
    drawn = [_boxed(box, lefts[placed.column[name]], tops[name]) for name, box in boxes.items()]
    lines, below = _edges(routes, boxes, placed, lefts, words)
    stub = STUB if any(box.leaves for n, box in boxes.items() if placed.column[n] == len(lefts) - 1) else 0
    return _Drawing(lefts[-1] + BOX + stub + 2, placed.height + below + 2, "\n".join([*lines, *drawn]))


def _lefts(placed: Layout, routes: Sequence[Route], words: Words) -> list[float]:
    """Where each column begins; an aisle is wider for many lines, and where a short route through it has words."""
    aisles = [AISLE] * max(placed.column.values())
    for route, bends in zip(routes, placed.bends, strict=True):
        for at in range(placed.column[route.source], placed.column[route.to]):
            aisles[at] += MORE
        if bends == ():
            wide = max((_measure(mark, SMALL) for mark in words.marks(route)), default=0)
            at = placed.column[route.source]
            aisles[at] = max(aisles[at], wide + 18)
    return [1 + sum(aisles[:i]) + BOX * i for i in range(len(aisles) + 1)]


def _boxed(box: _Box, x: float, y: float) -> str:
    """A box with its words."""
    ink, dash = (QUIET, ' stroke-dasharray="2 3"') if box.elsewhere else (INK, "")
    round_ = {"inflow": min(box.height / 2, 22), "queue": 0, "dwell": 9}[box.kind]
    fill = {"inflow": PAPER, "queue": SHADE, "dwell": PAPER}[box.kind] if not box.elsewhere else PAPER
    parts = [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{BOX:.0f}" height="{box.height:.1f}" rx="{round_:.0f}" fill="{fill}" '
        f'stroke="{ink}" stroke-width="1.3"{dash}/>'
    ]
    at = y + PAD
    for line in box.title:
        parts.append(_text(line, x + BOX / 2, at + 0.75 * STEP, BIG, ink, bold=not box.elsewhere))
        at += STEP
    for line in box.small:
        parts.append(_text(line, x + BOX / 2, at + 0.75 * ROW, SMALL, QUIET))
        at += ROW
    for exit, name in box.rows:
        middle = y + (box.row(exit) or 0)
        parts.append(f'<path d="M{x:.1f},{middle - (ROW + 3) / 2:.1f}h{BOX:.0f}" stroke="{QUIET}" stroke-width="0.5"/>')
        parts.append(_text(name, x + BOX - PAD, middle + 0.35 * SMALL, SMALL, ink, anchor="end"))
    for exit in sorted(box.leaves):
        middle = y + (box.row(exit) or box.height - 10)
        parts.append(f'<path d="M{x + BOX:.1f},{middle:.1f}h{STUB:.0f}m0,-4.5v9" stroke="{INK}" fill="none"/>')
    return "\n".join(parts)


def _text(text: str, x: float, y: float, size: float, ink: str, anchor: str = "middle", bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{ink}"{weight}>'
        f"{escape(text)}</text>"
    )


def _edges(
    routes: Sequence[Route], boxes: dict[str, _Box], placed: Layout, lefts: Sequence[float], words: Words
) -> tuple[list[str], float]:
    """The lines of all routes, and how far those that run backwards hang below the boxes."""
    ends, hanging = _ends(routes, boxes, placed), 0.0
    drawn = []
    for route, bends, (begin, end) in zip(routes, placed.bends, ends, strict=True):
        right, left = lefts[placed.column[route.source]] + BOX, lefts[placed.column[route.to]]
        dash = ' stroke-dasharray="5 4"' if route.spawning else ""
        marks = words.marks(route)
        if bends is None:
            hanging += 2.4 * ROW
            path, label = _loop(right, begin, left, end, placed.height + hanging - ROW)
        else:
            at = [(lefts[placed.column[bend]], placed.middle[bend]) for bend in bends]
            lead = STUB + 3 if boxes[route.source].leaves else 0
            path, label = _forward((right, begin), (left, end), at, lead)
        drawn.append(
            f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.2"{dash}/>'
            f'<path d="M{left - 8:.1f},{end - 4:.1f}l8,4l-8,4z" fill="{INK}"/>'
        )
        drawn += [_halo(mark, label[0], label[1] + (i - 0.5) * 1.1 * ROW) for i, mark in enumerate(marks)]
    return drawn, hanging


def _ends(routes: Sequence[Route], boxes: dict[str, _Box], placed: Layout) -> list[Point]:
    """The heights at which each route leaves and arrives, spread over the sides so that they do not meet."""
    first, last = [], []
    for route, bends in zip(routes, placed.bends, strict=True):
        first.append(placed.middle[[*(bends or ()), route.to][0]] if bends is not None else placed.height)
        last.append(placed.middle[[route.source, *(bends or ())][-1]] if bends is not None else placed.height)
    found = []
    for i, route in enumerate(routes):
        box, top = boxes[route.source], placed.middle[route.source] - boxes[route.source].height / 2
        row = box.row(route.exit)
        beside = [k for k, other in enumerate(routes) if other.source == route.source and not other.exit]
        begin = top + (_spread(i, beside, first, box.height) if row is None else row)
        arriving = [k for k, other in enumerate(routes) if other.to == route.to]
        into = boxes[route.to].height
        found.append((begin, placed.middle[route.to] - into / 2 + _spread(i, arriving, last, into)))
    return found


def _spread(i: int, all_: Sequence[int], far: Sequence[float], height: float) -> float:
    """The place of one of several lines on a side of this height, in the order of where they come from or go."""
    order = sorted(all_, key=lambda k: far[k])
    step = min(15.0, (height - 14) / max(len(order) - 1, 1))
    return height / 2 + step * (order.index(i) - (len(order) - 1) / 2)


def _forward(begin: Point, end: Point, bends: Sequence[Point], lead: float) -> tuple[str, Point]:
    """A line to the right through its bends, and where its words stand: in its first bend, else halfway."""
    path, label = f"M{begin[0]:.1f},{begin[1]:.1f}h{lead:.0f}", ((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2)
    x, y = begin[0] + lead, begin[1]
    for begins, height in bends:
        path += _curve(x, y, begins, height) + f"h{BOX:.0f}"
        x, y = begins + BOX, height
    if bends:
        label = (bends[0][0] + BOX / 2, bends[0][1])
    return path + _curve(x, y, end[0] - 6, end[1]), label


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (x + to_x) / 2
    return f"C{half:.1f},{y:.1f} {half:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"


def _loop(x: float, y: float, left: float, end: float, lane: float) -> tuple[str, Point]:
    """A line back: down on the right, along below, and up on the left."""
    turn = 24
    path = (
        f"M{x:.1f},{y:.1f}C{x + turn:.1f},{y:.1f} {x + turn:.1f},{lane:.1f} {x:.1f},{lane:.1f}H{left:.1f}"
        f"C{left - turn:.1f},{lane:.1f} {left - turn:.1f},{end:.1f} {left - 6:.1f},{end:.1f}"
    )
    return path, ((x + left) / 2, lane)


def _halo(text: str, x: float, y: float) -> str:
    """Small words on a line, which gives way around them."""
    return _text(text, x, y + 0.35 * SMALL, SMALL, INK).replace(
        "<text ", f'<text stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke" ', 1
    )


# SVG: panels and the whole.


def svg(
    chain: Chain, library: Library, lang: Lang, part: str | None = None, told: Mapping[str, Sequence[str]] | None = None
) -> str:
    """
    The chain as one SVG with a panel for each part and a legend, or one of its parts alone, without.

    `told` are lines to be written in the box of a stage, or behind a way out of it (`stage/exit`).
    """
    validate(chain)
    words = Words(library, lang, told or {})
    panels = {name: _panel(chain, stages, words) for name, stages in parts(chain).items() if part in {None, name}}
    title, drawing = words.say("title"), _shelved(list(panels.values()), 60)
    if part is None:
        titled = [_titled(panel, words.of("part", name or chain.name)) for name, panel in panels.items()]
        drawing = _shelved([*titled, _legend(words)], 60)
    elif part:
        title += f": {words.of('part', part)}"
    stages = [stage for name, stages in parts(chain).items() if name in panels for stage in stages]
    return _document(drawing, title, description(chain, stages, words))


def _document(drawing: _Drawing, title: str, description: str) -> str:
    name = "chain-" + sha256((title + drawing.svg).encode()).hexdigest()[:8]
    width, height = round(drawing.width) + 2 * MARGIN, round(drawing.height) + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-MARGIN} {-MARGIN} {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{name}-title {name}-desc" font-family="{FONT}">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n<desc id="{name}-desc">{escape(description)}</desc>\n'
        f'<rect x="{-MARGIN}" y="{-MARGIN}" width="{width}" height="{height}" fill="{PAPER}"/>\n{drawing.svg}\n</svg>\n'
    )


def _panel(chain: Chain, stages: Sequence[Stage], words: Words) -> _Drawing:
    """The connected groups of a part."""
    own = {stage.name for stage in stages}
    pairs = [(route.source, route.to) for route in chain.routes if {route.source, route.to} & own]
    near = [stage.name for stage in chain.stages if stage.name in own.union(*pairs)]
    groups = [[stage for stage in chain.stages if stage.name in group] for group in connected(near, pairs)]
    return _shelved([_group(chain, group, own, words) for group in groups], 34)


def _titled(panel: _Drawing, title: str) -> _Drawing:
    return _Drawing(
        max(panel.width, _measure(title, 18)),
        panel.height + 34,
        f'{_text(title, 0, 16, 17, INK, "start", bold=True)}\n<g transform="translate(0,34)">\n{panel.svg}\n</g>',
    )


def _shelved(pieces: Sequence[_Drawing], gap: float) -> _Drawing:
    """Pieces beside each other, and below where they do not fit."""
    drawn, x, y, high, width = [], 0.0, 0.0, 0.0, 0.0
    for piece in pieces:
        if x and x + piece.width > WIDTH - 2 * MARGIN:
            x, y, high = 0.0, y + high + 0.7 * gap, 0.0
        drawn.append(f'<g transform="translate({x:.1f},{y:.1f})">\n{piece.svg}\n</g>')
        high, width = max(high, piece.height), max(width, x + piece.width)
        x += piece.width + gap
    return _Drawing(width, y + high, "\n".join(drawn))


def _legend(words: Words) -> _Drawing:
    """What each form and line means."""
    bar = f'stroke="{INK}" stroke-width="1.2" fill="none"'
    box = f'<rect x="1" y="3" width="38" height="16" stroke-width="1.2" stroke="{INK}"'
    samples = {
        "inflow": f'{box} rx="8" fill="{PAPER}"/>',
        "queue": f'{box} fill="{SHADE}"/>',
        "dwell": f'{box} rx="5" fill="{PAPER}"/>',
        "other_panel": f'{box} rx="5" fill="{PAPER}" stroke-dasharray="2 3"/>',
        "route": f'<path d="M1,11h38m-8,-4l8,4l-8,4" {bar}/>',
        "spawning": f'<path d="M1,11h38" {bar} stroke-dasharray="5 4"/><path d="M31,7l8,4l-8,4" {bar}/>',
        "leaves": f'<path d="M1,11h{STUB:.0f}m0,-4.5v9" {bar}/>',
    }
    lines = [
        f'<g transform="translate(0,{22 * i})">{sample}'
        f"{_text(words.say(f'legend_{key}'), 50, 15, 12, INK, 'start')}</g>"
        for i, (key, sample) in enumerate(samples.items())
    ]
    return _Drawing(700, 22.0 * len(lines), "\n".join(lines))
