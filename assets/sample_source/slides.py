"""The figures on the sample's slides as SVG: functions of how many of the slide's sentences have begun."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

EVENT = "Back Row Conference 2025"

WIDTH, HEIGHT = 1280, 720
LEFT, RIGHT = 92, 1188
GROUND, PANEL, BAR, RULE = "#16202c", "#223142", "#4a9ff5", "#35485c"
WHITE, TEXT, MUTED = "#ffffff", "#dbe5f0", "#8295a9"
BLUE, GREEN, AMBER = "#5aabff", "#84d993", "#f2bd5c"

FONT = "Inter, DejaVu Sans, sans-serif"


def text(
    x: float,
    y: float,
    words: str,
    size: float = 36,
    fill: str = TEXT,
    weight: int = 400,
    anchor: str = "start",
    style: str = "normal",
) -> str:
    """One line of text with its baseline at `y`."""
    return (
        f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{size}" font-weight="{weight}" '
        f'font-style="{style}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
    )


def box(x: float, y: float, width: float, height: float, stroke: str, fill: str = "none") -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="12" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="4"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, width: float = 4) -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" '
        f'stroke-width="{width}" stroke-linecap="round"/>'
    )


def arrow(x1: float, x2: float, y: float, stroke: str = MUTED) -> str:
    """An arrow to the right."""
    head = f'<path d="M{x2 - 14} {y - 12} L{x2} {y} L{x2 - 14} {y + 12}" fill="none" stroke="{stroke}" '
    return (
        line(x1, y, x2, y, stroke)
        + head
        + 'stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def mark(x: float, y: float, size: float = 13) -> str:
    """A note's mark on a time line: a small triangle whose tip is at `x`, `y`."""
    return f'<path d="M{x - size} {y - 1.5 * size} H{x + size} L{x} {y} Z" fill="{AMBER}"/>'


def title(words: str) -> str:
    return text(LEFT, 142, words, 58, WHITE, 700)


def bullets(items: tuple[str, ...], shown: int, y: float = 246) -> str:
    rows = [
        f'<circle cx="104" cy="{y + 80 * row - 12}" r="9" fill="{BLUE}"/>' + text(136, y + 80 * row, item)
        for row, item in enumerate(items[:shown])
    ]
    return "".join(rows)


def opening(words: tuple[str, ...], speakers: str) -> Callable[[int], str]:
    """A title slide: the talk's name large, who speaks beneath."""

    def draw(shown: int) -> str:
        rows = [text(LEFT, 280 + 92 * row, part, 78, WHITE, 700) for row, part in enumerate(words)]
        below = 280 + 92 * len(words)
        rows += [text(94, below - 4, speakers, 34, BLUE, 500), text(94, below + 44, EVENT, 28, MUTED)]
        rows += [line(94, 586, RIGHT, 586, RULE, 6), line(94, 586, 420, 586, BLUE, 6)]
        rows += [mark(x, 576) for x in (196, 310, 420)]
        return "".join(rows)

    return draw


def forgetting(shown: int) -> str:
    """Ebbinghaus's savings when he learned a list again, in per cent (Über das Gedächtnis, 1885)."""
    savings = (
        ("20 min", 58),
        ("1 hour", 44),
        ("9 hours", 36),
        ("1 day", 34),
        ("6 days", 25),
        ("31 days", 21),
    )
    visible = (1, 2, 6)[shown - 1]
    base, step = 566, 178
    parts = [title("A third is left after a day"), line(LEFT, base, RIGHT, base)]
    for place, (after, percent) in enumerate(savings):
        x, height = 145 + place * step, percent * 5.4
        parts.append(text(x + 50, base + 40, after, 26, MUTED, 400, "middle"))
        if place < visible:
            colour = AMBER if after == "1 day" else BLUE
            parts.append(
                f'<rect x="{x}" y="{base - height}" width="100" height="{height}" rx="6" fill="{colour}"/>'
            )
            parts.append(text(x + 50, base - height - 16, f"{percent} %", 30, WHITE, 600, "middle"))
    parts.append(text(RIGHT, 226, "what is left of a learned list", 26, MUTED, 400, "end"))
    parts.append(text(RIGHT, 262, "Ebbinghaus, 1885", 26, MUTED, 400, "end"))
    return "".join(parts)


def said_and_thought(shown: int) -> str:
    parts = [title("Write down what you think")]
    parts += [box(LEFT, 226, 500, 172, RULE), text(124, 290, "The recording", 34, MUTED, 600)]
    parts.append(text(124, 348, "keeps every word", 36))
    if shown >= 2:
        parts += [box(LEFT, 438, 500, 112, RULE), text(124, 506, "The captions have it in text", 32)]
        parts.append(line(342, 400, 342, 436, RULE))
    if shown >= 3:
        parts += [box(688, 226, 500, 324, GREEN, PANEL), text(720, 290, "You", 34, GREEN, 600)]
        parts += [
            text(720, 352 + 62 * row, words, 36)
            for row, words in enumerate(("I agree, because …", "I doubt it, because …", "It reminds me of …"))
        ]
    return "".join(parts)


def letter(shown: int) -> str:
    parts = [text(84, 330, "“", 190, BLUE, 700)]
    if shown >= 2:
        parts += [text(190, 300, "A note is a letter", 64, WHITE, 600)]
        parts += [text(190, 384, "to someone who was not there.", 64, WHITE, 600)]
    if shown >= 3:
        parts += [
            line(194, 446, 254, 446, BLUE),
            text(190, 512, "Next year, that someone is you.", 36, MUTED),
        ]
    return "".join(parts)


def stamped(shown: int) -> str:
    y = 300
    marks = ((262, "02:10", "agree"), (640, "09:31", "measure it here"), (1018, "24:05", "ask the team"))
    parts = [title("Give every note its moment"), line(LEFT + 6, y, RIGHT - 6, y, RULE, 10)]
    parts.append(line(LEFT + 6, y, 760, y, BLUE, 10) + f'<circle cx="760" cy="{y}" r="15" fill="{BLUE}"/>')
    for x, stamp, words in marks[: 1 if shown < 2 else 3]:
        parts += [mark(x, y - 14, 15), box(x - 170, 376, 340, 122, RULE, PANEL)]
        parts += [
            line(x, 322, x, 372, RULE),
            text(x - 138, 426, stamp, 28, BLUE, 600),
            text(x - 138, 472, words, 32),
        ]
    if shown >= 2:
        parts.append(text(LEFT, 580, "Six words will do: the whole talk stands behind them.", 32, MUTED))
    return "".join(parts)


def two_seconds(shown: int) -> str:
    parts = [title("Mind the gap")]
    for place, word in enumerate(("you hear", "you think", "you type")):
        x = LEFT + place * 404
        parts += [box(x, 216, 288, 122, BLUE if place < 2 else GREEN, PANEL)]
        parts.append(text(x + 144, 290, word, 38, WHITE, 500, "middle"))
        if place:
            parts.append(arrow(x - 92, x - 24, 277))
    if shown >= 2:
        parts += [
            line(94, 424, 1186, 424, AMBER),
            line(94, 408, 94, 440, AMBER),
            line(1186, 408, 1186, 440, AMBER),
        ]
        parts.append(text(640, 482, "about 2 seconds", 40, AMBER, 600, "middle"))
    if shown >= 3:
        parts.append(text(640, 566, "Step the stamp back, and it is true.", 36, TEXT, 400, "middle"))
    return "".join(parts)


def kinds(shown: int) -> str:
    rows = (
        ("•", "thought", "a sentence of mine", BLUE),
        ("“", "quote", "a sentence of theirs", AMBER),
        ("?", "question", "for whoever knows", AMBER),
        ("→", "link", "where to read on", BLUE),
        ("=", "chapter", "a sign on the road", GREEN),
        ("×", "private", "stays at home", MUTED),
    )
    parts = [title("Six kinds will do")]
    for place, (sign, name, purpose, colour) in enumerate(rows):
        column, row = divmod(place, 3)
        x, y = LEFT + column * 560, 208 + row * 126
        parts += [box(x, y, 536, 104, RULE, PANEL), text(x + 46, y + 66, sign, 40, colour, 700, "middle")]
        parts.append(text(x + 92, y + 65, name, 34, WHITE, 600))
        if shown >= 2:
            parts.append(text(x + 510, y + 64, purpose, 26, MUTED, 400, "end"))
    return "".join(parts)


def one_note(shown: int) -> str:
    parts = [text(LEFT, 446, "?", 280, AMBER, 700)]
    parts += [text(300, 318, "One note from today.", 64, WHITE, 700)]
    if shown >= 2:
        parts += [text(300, 390, "Which one would you keep, and why?", 40)]
    return "".join(parts)


def paragraph(shown: int) -> str:
    parts = [title("Within a day: one paragraph")]
    for row in range(4):
        parts.append(box(LEFT, 214 + row * 92, 190, 72, BLUE, PANEL))
        parts += [
            line(116, 240 + row * 92, 256, 240 + row * 92, MUTED),
            line(116, 262 + row * 92, 212, 262 + row * 92, MUTED),
        ]
    parts += [text(187, 622, "notes", 28, MUTED, 400, "middle"), arrow(316, 408, 388)]
    parts.append(box(442, 214, 746, 348, GREEN, PANEL))
    answers = ("What was claimed?", "What do I think?", "Where can I look?")
    if shown >= 2:
        parts += [text(490, 298 + 94 * row, str(row + 1), 38, GREEN, 700) for row in range(3)]
        parts += [text(544, 298 + 94 * row, words, 38) for row, words in enumerate(answers)]
    if shown >= 3:
        parts.append(text(815, 622, "Three sentences beat three pages.", 30, GREEN, 500, "middle"))
    return "".join(parts)


def farewell(shown: int) -> str:
    parts = [title("Read on, then write")]
    parts += [text(LEFT, 236, "The curve, measured again 130 years later:", 34, MUTED)]
    parts += [
        text(LEFT, 292, "Murre and Dros, 2015", 38),
        text(LEFT, 346, "doi.org/10.1371/journal.pone.0120644", 36, BLUE),
    ]
    if shown >= 2:
        parts += [line(LEFT, 412, RIGHT, 412), text(LEFT, 492, "Now write your first note.", 52, WHITE, 700)]
        parts.append(text(LEFT, 552, "Thank you.", 36, GREEN, 500))
    return "".join(parts)


def date_first(shown: int) -> str:
    parts = [title("Give it a date, not a standard")]
    items = ("Finished has no date", "Friday at six has one", "Part 1 says that there is more")
    parts.append(box(828, 226, 360, 296, RULE, PANEL) + line(830, 296, 1186, 296, RULE))
    parts.append(text(1008, 274, "this week", 28, MUTED, 500, "middle"))
    if shown >= 2:
        parts.append(text(1008, 398, "Friday", 60, WHITE, 700, "middle"))
        parts.append(text(1008, 466, "18:00", 48, GREEN, 600, "middle"))
    return "".join([*parts, bullets(items, shown, 262)])


def small_parts(shown: int) -> str:
    parts = [title("One talk is enough")]
    for place, (name, count) in enumerate((("Part 1", 4), ("Part 2", 3), ("Part 3", 5))):
        x = LEFT + place * 380
        parts += [
            box(x, 226, 336, 264, GREEN if place < shown else RULE, PANEL),
            text(x + 32, 290, name, 38, WHITE, 600),
        ]
        parts += [
            line(x + 34, 336 + 30 * row, x + (300 if row % 2 else 250), 336 + 30 * row, MUTED)
            for row in range(count)
        ]
    return "".join([*parts, text(LEFT, 566, "A reader forgives a gap. Nobody reads a draft.", 36)])


def unseen(shown: int) -> str:
    """Nothing: the talk is only heard."""
    return ""


def whole(figure: str) -> str:
    """A figure on the slides' ground, with the event's name at the foot."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f'<rect width="{WIDTH}" height="12" fill="{BAR}"/>'
        f"{figure}{text(LEFT, 680, EVENT, 22, MUTED)}</svg>"
    )
