"""Export again: a post that was edited by hand takes in what the program changed since it wrote it.

A three-way merge, from large to small: paragraphs, the lines in them (in front matter its keys), sentences,
words. Talks that changed places are in one order first (`moving`). What only one side changed is taken; what
both changed is looked at one size smaller. A sentence that both changed is merged if an unchanged word stands
between the changes; else it is a conflict, to be picked from. White space is never a conflict: what was done
by hand stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktopnotes.export import front_matter, moving
from desktopnotes.export.aligning import Hunk, hunks, likeness, same_runs
from desktopnotes.export.pieces import How, Merge, Piece, Sides, Tails, settled


@dataclass(frozen=True, slots=True)
class _Units:
    """Texts of one size with the white space behind each; None behind the last of a text."""

    texts: Sequence[str]
    tails: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, part: slice) -> _Units:
        return _Units(self.texts[part], self.tails[part])

    @property
    def joined(self) -> str:
        """Without the white space behind the last."""
        if len(self.texts) < 2:
            return "".join(self.texts)
        pairs = zip(self.texts[:-1], self.tails[:-1], strict=True)
        return "".join(text + (tail or "") for text, tail in pairs) + self.texts[-1]

    @property
    def tail(self) -> str | None:
        return self.tails[-1] if self.tails else None


@dataclass(frozen=True, slots=True)
class _Level:
    """A size of units. Between changes of the two sides `apart` unchanged ones must stand.

    What is longer than `longest` letters is not cut into them: it takes long, and nobody picks from it.
    """

    gaps: re.Pattern[str]
    joiner: str
    apart: int = 0
    like: float = 0.0
    longest: int = 2_000_000


_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts that set no spaces: each sign counts as a word."""

_LEVELS = (
    _Level(re.compile(r"(\n(?:[ \t]*\n)+)"), "\n\n"),
    _Level(re.compile(r"(\n(?:[ \t]*\n)*)"), "\n"),
    _Level(
        re.compile(r"(\s(?:(?<=[.!?…]\s)|(?<=[.!?…][”’»\"')\]*_]\s))\s*|(?<=[。！？])\s*(?=\S))"),
        " ",
        like=0.3,
    ),
    _Level(
        re.compile(rf"(\s+|(?<=[{_WIDE}])(?=\S)|(?<=\S)(?=[{_WIDE}]))"),
        " ",
        apart=1,
        like=0.5,
        longest=20_000,
    ),
)
_LINES, _SENTENCES = 1, 2

_KEY = re.compile(r"""["']?([\w.-]+)["']?\s*[:=]""")


def merge(before: str, program: str, mine: str) -> Merge:
    """`before` is what the program exported last, `program` what it makes now, `mine` what is on the disk.

    Where nobody edited it, nothing is laid side by side.
    """
    if mine == before:
        how = How.SAME if program == before else How.PROGRAM
        return Merge("", (Piece(how, Sides(before, program, mine), Tails(None, None, None), ""),), "")
    ends = Tails(*(text[len(text.rstrip()) :] for text in (before, program, mine)))
    bodies = Sides(*(text.rstrip() for text in (before, program, mine)))
    heads = Tails(*(text[: len(text) - len(_without_blank_lines(text))] for text in bodies))
    bodies = Sides(*map(_without_blank_lines, bodies))
    has_front = all(front_matter.ABOVE.match(text) for text in bodies)
    pieces = _with_front(bodies) if has_front else _blocks(bodies)
    return Merge(settled(heads) or "", pieces, settled(ends) or "")


def _without_blank_lines(text: str) -> str:
    return re.sub(r"\A(?:[ \t]*\n)+", "", text)


# --- three ways --------------------------------------------------------------------------------------


def _blocks(texts: Sides) -> tuple[Piece, ...]:
    """All of the text but front matter; talks that changed places are at the same ones on all sides first."""
    units = (_units(_LEVELS[0].gaps, text) for text in texts)
    sides = moving.settled(*(moving.Blocks(side.texts, side.tails) for side in units))
    return tuple(_merged_units(0, *(_Units(side.texts, side.tails) for side in sides)))


def _three_way(level: int, texts: Sides) -> tuple[Piece, ...]:
    units = [_units(_LEVELS[level].gaps, text) for text in texts]
    return tuple(_merged_units(level, *units))


def _units(gaps: re.Pattern[str], text: str) -> _Units:
    """The text cut at its gaps; none of the units is empty, and all of the text is in them."""
    if not text:
        return _Units((), ())
    end = len(text.rstrip())
    cut = gaps.split(text[:end])
    texts, tails = cut[::2], cut[1::2]
    if not texts[0]:  # white space at the start
        texts[:2], tails[:1] = ["".join(cut[:3])], []
    texts[-1] += text[end:]
    return _Units(texts, [*tails, None])


@dataclass(frozen=True, slots=True)
class _Change:
    hunk: Hunk
    is_mine: bool


def _merged_units(level: int, before: _Units, program: _Units, mine: _Units) -> Iterator[Piece]:
    size = _LEVELS[level]
    pairs = not size.apart
    by_program = hunks(before.texts, program.texts, pairs=pairs)
    by_hand = hunks(before.texts, mine.texts, pairs=pairs)
    changes = [_Change(hunk, False) for hunk in by_program] + [_Change(hunk, True) for hunk in by_hand]
    changes.sort(key=lambda change: (change.hunk.start, change.hunk.end))
    at = program_at = mine_at = 0
    for group in _groups(changes, size.apart):
        start, end = group[0].hunk.start, max(change.hunk.end for change in group)
        steady = start - at
        yield from _unchanged(
            size,
            before[at:start],
            program[program_at : program_at + steady],
            mine[mine_at : mine_at + steady],
        )
        stop = program_at + steady + _grown(group, end - start, is_mine=False)
        mine_stop = mine_at + steady + _grown(group, end - start, is_mine=True)
        region = before[start:end], program[program_at + steady : stop], mine[mine_at + steady : mine_stop]
        yield from _changed(level, group, *region)
        at, program_at, mine_at = end, stop, mine_stop
    yield from _unchanged(size, before[at:], program[program_at:], mine[mine_at:])


def _grown(group: Sequence[_Change], count: int, *, is_mine: bool) -> int:
    """How many units the `count` old ones of a group are on one side."""
    own = (change.hunk for change in group if change.is_mine == is_mine)
    return count + sum((hunk.new_end - hunk.new_start) - (hunk.end - hunk.start) for hunk in own)


def _groups(changes: Sequence[_Change], apart: int) -> Iterator[list[_Change]]:
    """The changes that are about the same units, one group after the other."""
    group: list[_Change] = []
    end = 0
    for change in changes:
        hunk = change.hunk
        is_same_place = hunk.is_insertion and any(
            other.hunk.is_insertion and other.hunk.start == hunk.start for other in group
        )
        if group and (hunk.start < end + apart or is_same_place):
            group.append(change)
        else:
            if group:
                yield group
            group = [change]
        end = max(end, hunk.end)
    if group:
        yield group


def _unchanged(size: _Level, before: _Units, program: _Units, mine: _Units) -> Iterator[Piece]:
    """Units with one text on all sides; a piece ends where the white space behind is not one."""
    last = len(before) - 1
    other = (
        index
        for index, tails in enumerate(zip(before.tails, program.tails, mine.tails, strict=True))
        if len(set(tails)) > 1
    )
    ends = [last] if before.tails == program.tails == mine.tails else [*other, last]
    begun = 0
    for end in ends:
        if begun <= end:
            text = before[begun : end + 1].joined
            tails = Tails(before.tails[end], program.tails[end], mine.tails[end])
            yield Piece(How.SAME, Sides(text, text, text), tails, size.joiner)
            begun = end + 1


def _changed(
    level: int,
    group: Sequence[_Change],
    before: _Units,
    program: _Units,
    mine: _Units,
) -> Iterator[Piece]:
    """A stretch of units that one side changed, or both."""
    texts = Sides(before.joined, program.joined, mine.joined)
    tails = Tails(before.tail, program.tail, mine.tail)
    piece = Piece(How.CONFLICT, texts, tails, _LEVELS[level].joiner)
    if texts.program == texts.mine:
        yield replace(piece, how=How.BOTH)
    elif not any(change.is_mine for change in group) or texts.mine == texts.before:
        yield replace(piece, how=How.PROGRAM)
    elif all(change.is_mine for change in group) or texts.program == texts.before:
        yield replace(piece, how=How.MINE)
    elif not before:
        yield from _both_added(level, program, mine) or [piece]
    else:
        yield _looked_into(level, piece)


def _both_added(level: int, program: _Units, mine: _Units) -> list[Piece]:
    """What both sides put in one place: what is in both is agreed on; nothing where that is nothing."""
    runs = same_runs(program.texts, mine.texts)
    agreed = [start + index for start, _, count in runs for index in range(count)]
    if not agreed:
        return []
    common = _Units([program.texts[index] for index in agreed], [program.tails[index] for index in agreed])
    return [_as_added(piece) for piece in _merged_units(level, common, program, mine)]


def _as_added(piece: Piece) -> Piece:
    """Nothing of it was there before, whatever it was merged as."""
    return replace(
        piece,
        how=How.BOTH if piece.how == How.SAME else piece.how,
        texts=piece.texts._replace(before=""),
        parts=tuple(map(_as_added, piece.parts)),
    )


def _looked_into(level: int, piece: Piece) -> Piece:
    """What both sides changed, one size smaller; as it is where that would only tear it to bits."""
    before, program, mine = piece.texts
    if level + 1 == len(_LEVELS) or not program or not mine:
        return piece
    size = _LEVELS[level + 1]
    if max(map(len, piece.texts)) > size.longest:
        return piece
    if min(likeness(before, program), likeness(before, mine)) < size.like:
        return piece
    parts = _three_way(level + 1, piece.texts)
    if size.apart and any(part.how == How.CONFLICT for part in parts):
        return piece
    return replace(piece, how=How.PARTS, parts=parts)


# --- front matter ------------------------------------------------------------------------------------


def _cut_front(text: str) -> tuple[_Units, str | None, str]:
    """The keys of the front matter with the fences as units, the white space behind it, and what follows."""
    found = front_matter.ABOVE.match(text)
    assert found
    rest = _without_blank_lines(text[found.end() :])
    tail = text[found.end() : len(text) - len(rest)] if rest else None
    texts: list[str] = []
    lines = found[0].split("\n")
    for number, line in enumerate(lines):
        if number in (0, len(lines) - 1) or _KEY.match(line) or len(texts) == 1:
            texts.append(line)
        else:
            texts[-1] += f"\n{line}"
    return _Units(texts, [*("\n" for _ in texts[1:]), None]), tail, rest


def _with_front(bodies: Sides) -> tuple[Piece, ...]:
    cut = [_cut_front(text) for text in bodies]
    before, program, mine = units = [each[0] for each in cut]
    texts = Sides(before.joined, program.joined, mine.joined)
    by_key = [_by_key(side) for side in units]
    if len(set(texts)) < 3 or not all(by_key):
        parts = list(_merged_units(_LINES, before, program, mine))
    else:
        parts = [
            *_unchanged(_LEVELS[_LINES], before[:1], program[:1], mine[:1]),
            *_merged_keys(*by_key),
            *_unchanged(_LEVELS[_LINES], before[-1:], program[-1:], mine[-1:]),
        ]
    tails = Tails(*(each[1] for each in cut))
    front = Piece(How.PARTS, texts, tails, "\n\n", tuple(map(_taking_one, parts)))
    return (front, *_blocks(Sides(*(each[2] for each in cut))))


def _taking_one(piece: Piece) -> Piece:
    """A key that is there twice breaks the site."""
    return replace(piece, takes_both=False, parts=tuple(map(_taking_one, piece.parts)))


def _by_key(units: _Units) -> dict[str, str]:
    """The lines of each key by its name; nothing where that cannot be told."""
    found: dict[str, str] = {}
    for text in units.texts[1:-1]:
        key = _KEY.match(text)
        if key is None or key[1] in found:
            return {}
        found[key[1]] = text
    return found


def _merged_keys(before: dict[str, str], program: dict[str, str], mine: dict[str, str]) -> Iterator[Piece]:
    """The keys in the order in which they were found; new ones of the program behind those before them."""
    order = list(mine)
    previous = ""
    for key in program:
        if key not in mine:
            order.insert(order.index(previous) + 1 if previous else 0, key)
        previous = key
    for key in order:
        texts = Sides(before.get(key, ""), program.get(key, ""), mine.get(key, ""))
        piece = Piece(How.CONFLICT, texts, Tails("\n", "\n", "\n"), "\n")
        if texts.program == texts.mine:
            yield replace(piece, how=How.SAME if texts.before == texts.mine else How.BOTH)
        elif texts.mine == texts.before:
            yield replace(piece, how=How.PROGRAM)
        elif texts.program == texts.before:
            yield replace(piece, how=How.MINE)
        else:
            yield _looked_into(_SENTENCES, piece)
