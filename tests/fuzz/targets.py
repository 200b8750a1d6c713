"""What is fuzzed: each takes any bytes, and raises `AssertionError` or what no user should see for a bug."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from desktopnotes import captions
from desktopnotes.export import sites
from desktopnotes.export.importing import reading, times
from desktopnotes.export.interchange import outputs
from desktopnotes.export.options import Options
from desktopnotes.export.post import exported, post_of_all
from desktopnotes.model import edits, timecode
from desktopnotes.model.cues import put_right
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.merge import merge
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Style, Talk, Times
from desktopnotes.model.pasted import add_pasted
from desktopnotes.storage import codec
from desktopnotes.storage.salvage import salvage
from tests.storage.notebooks import small_notebook


def loader(data: bytes) -> None:
    """What loads saves, and loads again as the same; what does not is refused in words.

    Bytes that begin with a small one are decisions about a file whose JSON is right.
    """
    data = _file(Chance(data[1:])) if data and data[0] < _DECIDES else data
    try:
        notebook = codec.decode(data)
    except ReadError:
        return
    again = codec.encode(notebook)
    assert codec.encode(codec.decode(again)) == again


def _texts(notebook: Notebook) -> list[str]:
    return sorted(note.text for talk in notebook.talks for note in talk.notes if note.text)


_DECIDES = 8
_KEYS = (
    *("id", "title", "created", "pictures", "talks", "posts", "notes", "at_ms", "end_ms", "kind", "text"),
    *("picture", "used", "chapters", "speakers", "rate", "offset_ms", "duration_ms", "published", "exported"),
    *("date", "path", "site", "url", "tags", "x", "version", "format"),
)
_VALUES = (
    *('""', '"x"', "null", "true", "0", "1", "-1", "1.5", "5.0", "1e400", "NaN", "9" * 5000, "3600000001"),
    *(
        '"\\ud800"',
        '"\\u0000"',
        '"' + "x" * 65 + '"',
        "[]",
        "{}",
        "[[]]",
        '{"a": 1, "a": 2}',
        '[{"id": "x"}]',
    ),
    *("[" * 70 + "]" * 70, "[" * 1100 + "]" * 1100, '"thought"', '"../x"', '["talk00000001"]'),
)


def _file(chance: Chance) -> bytes:
    return f'{{"format": "desktopnotes", "version": 1, {_entries(chance, 0)}}}'.encode()


def _entries(chance: Chance, depth: int) -> str:
    keys = [_KEYS[chance.below(len(_KEYS))] for _ in range(1 + chance.below(4))]
    return ", ".join(f'"{key}": {_value(chance, key, depth)}' for key in keys)


def _value(chance: Chance, key: str, depth: int) -> str:
    choice = chance.below(8)
    if depth < 4 and key in ("talks", "notes", "posts", "chapters", "exported") and choice < 6:
        return "[" + ", ".join(f"{{{_entries(chance, depth + 1)}}}" for _ in range(1 + choice // 2)) + "]"
    if depth < 4 and key in ("published", "x") and choice < 4:
        return f"{{{_entries(chance, depth + 1)}}}"
    return _VALUES[chance.below(len(_VALUES))]


def salvaging(data: bytes) -> None:
    """What comes back can be saved; what is whole comes back as it is."""
    salvaged = salvage(data)
    if salvaged is None:
        return
    again = codec.encode(salvaged.notebook)
    assert codec.decode(again) == salvaged.notebook
    assert all(lost.line >= 0 and "\n" not in str(lost) for lost in salvaged.lost)
    once_more = salvage(again)
    assert once_more is not None
    assert not once_more.lost, once_more.lost
    assert _texts(once_more.notebook) == _texts(salvaged.notebook)


class Chance:
    """Takes decisions by bytes; 0 for all that there are no more bytes for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def below(self, limit: int) -> int:
        byte = self._data[self._place] if self._place < len(self._data) else 0
        self._place += 1
        return byte % limit

    @property
    def is_over(self) -> bool:
        return self._place >= len(self._data)

    def words(self) -> str:
        count = self.below(24)
        taken = self._data[self._place : self._place + count]
        self._place += count
        return _BITS[self.below(len(_BITS))] + taken.decode(errors="replace")


_BITS = (
    "",
    "# ",
    "- ",
    "1. ",
    "> ",
    "```\n",
    "~~~ x\n",
    "    ",
    "<script>alert(1)</script>",
    "</title>",
    "---\n",
    "{{ x }}",
    "{% raw %}",
    "{% endraw %}",
    "[a](javascript:x)",
    "![x](",
    "](",
    '" onerror="',
    "\\",
    "`",
    "``",
    "$$",
    "*",
    "**",
    "_",
    "[[",
    "]]",
    "&#0;",
    "&lt;",
    "\x00",
    "\u202e",
    "\u2028",
    "\r\n",
    "\n\n",
    "\t",
    "|",
    "+++\n",
    "12:34 ",
    "#tag ",
    "http://a.b/?t=1s",
    "<https://a.b>",
    "<!--",
    "-->",
    "<![CDATA[",
    "{{< x >}}",
    "%}",
    ": ",
)


def merging(data: bytes) -> None:
    """No note of either side is lost, whatever both did; done again it changes nothing."""
    chance = Chance(data)
    base = small_notebook("one", "two", "three")
    base = replace(base, talks=(*base.talks, Talk("talk00000002", "Other")), posts=(Post("post", "Part 1"),))
    ours, theirs = _edited(base, chance), _edited(base, chance)
    known = (None, base)[chance.below(2)]
    merged = merge(known, ours, theirs).notebook
    assert codec.decode(codec.encode(merged)) == merged
    there = {note.text for talk in merged.talks for note in talk.notes}
    before = {note.text for talk in base.talks for note in talk.notes} if known else set()
    for side in (ours, theirs):
        for note in (note for talk in side.talks for note in talk.notes):
            assert note.text in before or any(note.text in text for text in there), note.text
    assert merge(known, merged, theirs).notebook == merged


def _edited(notebook: Notebook, chance: Chance) -> Notebook:
    for _ in range(chance.below(5)):
        if chance.is_over or not notebook.talks:
            break
        talk = notebook.talks[chance.below(len(notebook.talks))]
        notebook = _EDITS[chance.below(len(_EDITS))](notebook, talk, chance)
    return notebook


def _with_notes(notebook: Notebook, talk: Talk, notes: Sequence[Note]) -> Notebook:
    return edits.with_talk(notebook, talk.id, lambda now: replace(now, notes=tuple(notes)))


def _write(notebook: Notebook, talk: Talk, chance: Chance) -> Notebook:
    at = chance.below(len(talk.notes) or 1)
    words = chance.words()
    return _with_notes(
        notebook, talk, [replace(n, text=words) if i == at else n for i, n in enumerate(talk.notes)]
    )


def _add(notebook: Notebook, talk: Talk, chance: Chance) -> Notebook:
    used = {note.id for each in notebook.talks for note in each.notes}
    note = Note(f"added{chance.below(4)}", chance.below(256) * 10, text=chance.words())
    at = chance.below(len(talk.notes) + 1)
    return (
        notebook
        if note.id in used
        else _with_notes(notebook, talk, (*talk.notes[:at], note, *talk.notes[at:]))
    )


def _remove(notebook: Notebook, talk: Talk, chance: Chance) -> Notebook:
    at = chance.below(len(talk.notes) or 1)
    return _with_notes(notebook, talk, (*talk.notes[:at], *talk.notes[at + 1 :]))


def _turn(notebook: Notebook, talk: Talk, chance: Chance) -> Notebook:
    return _with_notes(notebook, talk, talk.notes[::-1])


def _write_up(notebook: Notebook, talk: Talk, chance: Chance) -> Notebook:
    words = chance.words()
    return edits.with_talk(notebook, talk.id, lambda now: replace(now, write_up=words, title=words[:3]))


def _remove_talk(notebook: Notebook, talk: Talk, chance: Chance) -> Notebook:
    return replace(notebook, talks=tuple(each for each in notebook.talks if each.id != talk.id))


def _move(notebook: Notebook, talk: Talk, chance: Chance) -> Notebook:
    target = notebook.talks[chance.below(len(notebook.talks))]
    if not talk.notes or target.id == talk.id:
        return notebook
    notebook = _with_notes(notebook, talk, talk.notes[1:])
    return _with_notes(notebook, target, (*target.notes, talk.notes[0]))


_EDITS: tuple[Callable[[Notebook, Talk, Chance], Notebook], ...] = (
    _write,
    _add,
    _remove,
    _turn,
    _write_up,
    _remove_talk,
    _move,
)


def stamps(data: bytes) -> None:
    """A time that is read is written and read as the same; all else is refused in words."""
    text = data.decode(errors="replace")
    for read in (timecode.parse, timecode.parse_change):
        try:
            at_ms = read(text)
        except UserError:
            continue
        assert abs(at_ms) < 1000 * 3600 * 1000
        assert timecode.parse(timecode.exact(abs(at_ms))) == abs(at_ms)
    for before in ((None, None), (5000, None), (5000, 9000)):
        try:
            times_read = timecode.read(text, before, 3_600_000)
        except UserError:
            continue
        start_ms, end_ms = times_read
        assert start_ms is not None or end_ms is None
        assert start_ms is None or start_ms >= 0
        assert timecode.read(timecode.shown(times_read), (None, None)) == times_read
    _stamped_lines(text)


def _stamped_lines(text: str) -> None:
    for line in text.split("\n"):
        times.timed(line)
        times.by_link(line)
        times.without_time(line)
        times.is_wrong_time(line)
        times.in_address(line)
        times.ms_of(line)
    pasted = [Note(f"p{i}", times.ms_of(line), text=line) for i, line in enumerate(text.split("\n"))]
    notebook = add_pasted(small_notebook("one", "two"), "talk00000001", pasted)
    assert len(notebook.talks[0].notes) == 2 + len(pasted)


@cache
def _folder() -> Path:
    """In memory where the system has that: it is written some thousand times a second."""
    if given := os.environ.get("NOTES_FUZZ_FOLDER"):  # which is removed by who gave it, however this ends
        return Path(given)
    folder = tempfile.mkdtemp(prefix="notes-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def importers(data: bytes) -> None:
    """Any file is read, or refused in words; what is read can be saved."""
    suffix = reading.SUFFIXES[data[0] % len(reading.SUFFIXES)] if data else ".md"
    path = _folder() / f"notes{suffix}"
    path.write_bytes(data[1:])
    try:
        found = reading.read(path, notebook=small_notebook("one", "two"))
    except ReadError:
        return
    for talk in found.talks:
        for note in talk.notes:
            assert note.at_ms is None or note.at_ms >= 0
            note.text.encode()


def subtitles(data: bytes) -> None:
    """Any file of captions is read, or refused in words."""
    path = _folder() / f"captions{('.vtt', '.srt', '.ass')[data[0] % 3] if data else '.vtt'}"
    path.write_bytes(data[1:])
    try:
        found = captions.read(path)
    except ReadError:
        return
    assert found.cues
    last_ms = -1
    for cue in put_right(found.cues):
        cue.text.encode()
        assert last_ms < cue.start_ms < cue.end_ms
        last_ms = cue.start_ms


def exporters(data: bytes) -> None:
    """Whatever stands in a notebook, every site and every other output takes it, and nothing in it runs."""
    chance = Chance(data)
    kinds = (*Kind, "another")
    notes = tuple(
        Note(
            f"n{i}",
            (None, i * 1000)[chance.below(2)],
            kind=kinds[chance.below(len(kinds))],
            text=chance.words(),
        )
        for i in range(1 + chance.below(4))
    )
    write_up = chance.words() if chance.below(2) else ""
    talk = Talk(
        "t1", chance.words(), speakers=(chance.words(),), url=chance.words(), notes=notes, write_up=write_up
    )
    post = Post(
        "p1",
        chance.words(),
        ("2026-01-02", "x")[chance.below(2)],
        tags=(chance.words(),),
        description=chance.words(),
        intro=chance.words(),
        closing=chance.words(),
        talks=("t1", "t2"),
        style=tuple(Style)[chance.below(3)],
        times=tuple(Times)[chance.below(3)],
    )
    notebook = Notebook("nb", chance.words(), talks=(talk, Talk("t2", chance.words())), posts=(post,))
    name = sites.site_names()[chance.below(len(sites.site_names()))]
    _export(notebook, post, name)
    _export(notebook, post_of_all(notebook), name)
    output = outputs.OUTPUTS[chance.below(len(outputs.OUTPUTS))]
    try:
        made = output.make(notebook, talk, Options())
    except UserError:
        return
    assert all(file.text.encode() for file in made.files)


def _export(notebook: Notebook, post: Post, site: str) -> None:
    try:
        made = exported(notebook, post, Options(site=site))
    except UserError:
        return
    for file in made.files:
        _has_a_head_that_parses(file.text)
        if site == "page":
            assert "<script" not in file.text.lower()


def _has_a_head_that_parses(text: str) -> None:
    text.encode()
    if text.startswith("---\n"):
        head = text[4:].partition("\n---\n")[0]
        assert isinstance(yaml.safe_load(head), dict)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "loader": loader,
    "salvage": salvaging,
    "merge": merging,
    "stamps": stamps,
    "importers": importers,
    "captions": subtitles,
    "exporters": exporters,
}
