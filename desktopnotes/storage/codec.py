"""The notebook file: bytes to a `Notebook` and back, one note per line; no files, no clock.

What is written can always be read, and what could not be written again is not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktopnotes.model.errors import DamagedError, ReadError
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage.format import FORMAT, NOTE, NOTEBOOK, POST, TALK, VERSION
from desktopnotes.storage.loading import load
from desktopnotes.storage.mending import mended
from desktopnotes.storage.problems import Problem, Problems
from desktopnotes.storage.shared_ends import shared_ends
from desktopnotes.words import _, ngettext

LIMIT_BYTES = 256_000_000
"""More than a million notes."""

_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A notebook as it was read, and the version of the format that it was written in."""

    notebook: Notebook
    version: int = VERSION

    @property
    def is_newer(self) -> bool:
        """Whether a newer program wrote it: writing it again could lose what only that one understands."""
        return self.version > VERSION


def encode(notebook: Notebook) -> bytes:
    """The whole file; who saves one notebook again and again does it faster with an `Encoder`."""
    return b"".join(Encoder().encode(notebook))


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A talk with the line of each of its notes, and all of it in a few pieces; one of them has all notes."""

    talk: Talk
    lines: list[bytes]
    pieces: tuple[bytes, ...]


class Encoder:
    """Encodes one notebook again and again: only notes that are new since the last time cost anything.

    A note is a value that never changes, so its line is known by the note's identity.
    """

    def __init__(self) -> None:
        self._before: dict[str, _Encoded] = {}

    def encode(self, notebook: Notebook) -> list[bytes]:
        """The file in pieces, a few for each talk: joining all would hold up the other threads, and what is
        joined twice costs several times as much, for so large a piece is new memory each time."""
        talks = [self._encoded(talk) for talk in notebook.talks]
        self._before = {each.talk.id: each for each in talks}
        head = {"format": FORMAT, "version": VERSION, **NOTEBOOK.known(notebook, without=("talks", "posts"))}
        pieces = [_opened(head), b',\n"talks": [']
        for i, each in enumerate(talks):
            pieces += [b",\n" if i else b"\n", *each.pieces]
        pieces += [b'\n],\n"posts": ', *_list([_line(POST.written(post)) for post in notebook.posts])]
        return [*pieces, _closed(notebook.unknown), b"\n"]

    def _encoded(self, talk: Talk) -> _Encoded:
        before = self._before.get(talk.id)
        if before is not None and before.talk is talk:
            return before
        lines = self._lines(talk, before)
        return _Encoded(talk, lines, _talk(talk, lines))

    @staticmethod
    def _lines(talk: Talk, before: _Encoded | None) -> list[bytes]:
        if before is None:
            return [_line(NOTE.written(note)) for note in talk.notes]
        if before.talk.notes is talk.notes:
            return before.lines
        was, now, lines = before.talk.notes, talk.notes, before.lines
        head, tail = shared_ends(was, now)
        until, now_until = len(was) - tail, len(now) - tail
        known = dict(zip(map(id, was[head:until]), lines[head:until], strict=True))
        between = [known.get(id(note)) or _line(NOTE.written(note)) for note in now[head:now_until]]
        return [*lines[:head], *between, *lines[until:]]


def _talk(talk: Talk, lines: Iterable[bytes]) -> tuple[bytes, ...]:
    head = _opened(TALK.known(talk, without=("notes",)))
    return head, b', "notes": ', *_list(lines), _closed(talk.unknown)


def _list(lines: Iterable[bytes]) -> tuple[bytes, ...]:
    body = b",\n".join(lines)
    return b"[\n", body, b"\n]" if body else b"]"


def _opened(entries: Mapping[str, Any]) -> bytes:
    """An object without its end, for more to be put into it."""
    return _line(entries)[:-1]


def _closed(unknown: Mapping[str, Any]) -> bytes:
    """The end of an object, with the keys that this version does not know."""
    return b", " + _line(dict(unknown))[1:] if unknown else b"}"


def _line(entries: Mapping[str, Any]) -> bytes:
    text = _json.encode(entries)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Half a character got into a note (Tk can do that). Saving must not fail for it: two halves that
        # belong together are joined, one alone becomes the sign for an unknown character.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def decode(content: bytes, name: str = _("The notebook")) -> Notebook:
    """The notebook in `content`; `name` is the file's, for the message.

    Raises `ReadError` in plain words: a `DamagedError`, unless a newer version wrote what cannot be read.
    """
    return decode_any(content, name).notebook


def decode_any(content: bytes, name: str = _("The notebook")) -> Decoded:
    """As `decode`, and tells whether a newer version wrote it."""
    found = Problems()
    decoded = _decoded(content, found)
    if decoded is None or found.fatal:
        raise _refusal(name, found.fatal, newer=decoded is not None and decoded.is_newer)
    return decoded


def problems(content: bytes) -> tuple[Problem, ...]:
    """All that is wrong with the file; what is not `fatal` does not keep it shut."""
    found = Problems()
    _decoded(content, found)
    return tuple(found.all)


def _refusal(name: str, fatal: list[Problem], *, newer: bool) -> ReadError:
    if newer:
        return ReadError(
            _(
                "“{name}” was written by a newer version of Desktop Notes that this one cannot read. It "
                "was left as it is."
            ).format(name=name),
            _("Open it with the newer version."),
        )
    first = fatal[0]
    what = str(first) if first.path else _("it {problem}").format(problem=first.message)
    others = len(fatal) - 1
    if others:
        sentence = ngettext(
            "“{name}” cannot be opened: {what} (and {count} more problem). It was left as it is.",
            "“{name}” cannot be opened: {what} (and {count} more problems). It was left as it is.",
            others,
        )
    else:
        sentence = _("“{name}” cannot be opened: {what}. It was left as it is.")
    return DamagedError(
        sentence.format(name=name, what=what, count=others),
        _(
            "A backup or an earlier version of the file may be whole; “desktopnotes check” lists every "
            "problem."
        ),
    )


def _decoded(content: bytes, found: Problems) -> Decoded | None:
    if len(content) > LIMIT_BYTES:
        found.add(None, _("is larger than {size} MB").format(size=LIMIT_BYTES // 1_000_000))
        return None
    value = load(content, found)
    if found.all:
        return None
    if not isinstance(value, dict) or value.pop("format", None) != FORMAT:
        found.add(
            None, _("is not a notebook of Desktop Notes (“format” is not “{format}”)").format(format=FORMAT)
        )
        return None
    version = value.pop("version", None)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        found.add((None, "version"), _("must be a whole number from 1"))
        version = VERSION
    if version > VERSION:
        found.add(
            (None, "version"),
            _("is {version}, newer than this program: opens read-only").format(version=version),
            fatal=False,
        )
    notebook = NOTEBOOK.read(value, None, found)
    return Decoded(notebook if found.fatal else mended(notebook, found), version)
