"""Any file that notes may come from: what kind it is, and all that it says."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from desktopnotes import captions
from desktopnotes.export.importing import decoding, lines, tables, times
from desktopnotes.model.cues import Cue
from desktopnotes.model.errors import ReadError
from desktopnotes.model.importing import Imported, ReadNote, ReadTalk, Unread
from desktopnotes.model.notebook import Kind, Notebook
from desktopnotes.words import _, ngettext, number

SUFFIXES = (
    ".md",
    ".markdown",
    ".txt",
    ".text",
    ".srt",
    ".vtt",
    ".ass",
    ".csv",
    ".json",
    ".otr",
    ".xspf",
    ".m3u",
)

_LONGEST_POST = 30_000_000
"""In letters: three times a post of 100,000 notes. What is longer is read for its times alone."""

_MOST = 100_000
_LONGEST_TOLD = 500
_NO_NOTEBOOK = Notebook("")
_CUE_LINE = re.compile(r"^[^\n]*-->[^\n]*$", re.MULTILINE)
_QUOTED = re.compile(r"[“„«]([^“”„«»]+)[”“»]")
_LINE_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def _go_on() -> None:
    """Nobody ends the work."""


def read(path: Path, check: Callable[[], None] = _go_on, notebook: Notebook = _NO_NOTEBOOK) -> Imported:
    """All that a file says of talks and notes, and what in it could not be read.

    What stands in `notebook` tells titles of talks from other headings. `check` is called now and then; what
    it raises ends the work. Raises `ReadError` where nothing is found.
    """
    suffix = path.suffix.lower()
    text, remarks = decoding.text_of(path)
    check()
    if suffix in captions.SUFFIXES or text.lstrip()[:6] == "WEBVTT" or _is_subrip(text):
        found = _captions(path, text, check)
    else:
        found = _of_text(text, path, check, notebook)
    found = replace(found, remarks=(*remarks, *found.remarks))
    if found.is_empty:
        raise ReadError(
            _(
                "In “{name}” no talk was found, and no line that starts with a time. Nothing was imported."
            ).format(name=path.name),
            _("A line of notes is written as “12:41 words” or “[12:41] words”."),
        )
    return _bounded(found)


def _bounded(found: Imported) -> Imported:
    rest = len(found.notes) - _MOST
    if rest <= 0:
        return found
    told = Unread(
        0,
        ngettext("{count} more notes", "{count} more notes", rest).format(count=number(rest)),
        _("only the first {count} of a file are read").format(count=number(_MOST)),
    )
    return replace(found, notes=found.notes[:_MOST], unread=(*found.unread, told))


def _of_text(text: str, path: Path, check: Callable[[], None], notebook: Notebook) -> Imported:
    start = text.lstrip()[:1]
    if path.suffix.lower() in (".json", ".otr") or start == "{":
        found = _of_json(text, check)
        if found is not None:
            return found
    if path.suffix.lower() == ".csv" or text[:6].lstrip("\ufeff").startswith("Talk,"):
        found = tables.of_csv(text, check)
        if found is not None:
            return found
    if bookmarks := lines.vlc_bookmarks(text):
        return Imported(notes=bookmarks)
    if len(text) <= _LONGEST_POST:
        from desktopnotes.export.importing import known, posts  # take a while, and only posts need them

        found = posts.read(text, check, path, known.known(notebook))
        if found is not None and not found.is_empty:
            return found
    return tables.of_talks(text, check) or lines.read(lines.turned(text), check)


# --- captions ------------------------------------------------------------------------------------------


def _is_subrip(text: str) -> bool:
    return re.match(r"\s*\d+[ \t]*\n[ \t]*\d[\d:]*[.,]\d+[ \t]*-->", text) is not None


def _captions(path: Path, text: str, check: Callable[[], None]) -> Imported:
    """A note for each cue."""
    read = captions.read(path, check)
    notes = tuple(_of_cue(cue) for cue in read.cues if cue.text.strip() and cue.end_ms >= 0)
    unread = [] if len(read.cues) == _MOST else _wrong_cues(text)
    return Imported(notes=notes, unread=tuple(unread), remarks=(read.remark,) if read.remark else ())


def _of_cue(cue: Cue) -> ReadNote:
    """What stands in quotation marks is a quote: so our own subtitles show one."""
    start_ms, end_ms = max(0, cue.start_ms), cue.end_ms
    quoted = _QUOTED.fullmatch(cue.text)
    kind, text = (Kind.QUOTE, quoted[1].strip()) if quoted else (Kind.THOUGHT, cue.text)
    return ReadNote(text, start_ms, end_ms if end_ms > start_ms else None, kind)


def _wrong_cues(text: str) -> list[Unread]:
    """The lines that were meant for the times of a cue and are none, with the words below them."""
    unread = lines.Unreadable()
    row, done = 1, 0
    for found in _CUE_LINE.finditer(text):
        if captions.is_cue(found[0]):
            continue
        row += text.count("\n", done, found.start())
        done = found.start()
        below = text[found.end() : found.end() + _LONGEST_TOLD].split("\n")[1:]
        words = takewhile(lambda line: line.strip() and "-->" not in line, below)
        unread.add(row, "\n".join((found[0], *words)), _("no times of a caption"))
    return list(unread.all)


# --- JSON ----------------------------------------------------------------------------------------------


def _of_json(text: str, check: Callable[[], None]) -> Imported | None:
    """Chapters as podcasts and yt-dlp write them, and transcripts of oTranscribe; None for anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    if value.get("format") == "desktopnotes":
        raise ReadError(
            _("That is a notebook of Desktop Notes, so there is nothing to import."),
            _("Open it by File → Open Notebook…"),
        )
    if isinstance(value.get("chapters"), list):
        return _chapters(value)
    if isinstance(value.get("text"), str):
        words = html.unescape(_TAG.sub("", _LINE_BREAK.sub("\n", value["text"]))).replace("\xa0", " ")
        return lines.read(words, check)
    return None


def _chapters(value: dict[str, Any]) -> Imported:
    notes: list[ReadNote] = []
    unread = lines.Unreadable()
    for row, chapter in enumerate(value["chapters"][:_MOST], 1):
        at_ms = _ms(chapter)
        title = chapter.get("title") if isinstance(chapter, dict) else None
        if at_ms is None or not isinstance(title, str):
            unread.add(
                0,
                json.dumps(chapter, ensure_ascii=False),
                _("chapter {number} has no time or no title").format(number=row),
            )
        else:
            notes.append(ReadNote(" ".join(title.split()), at_ms, kind=Kind.CHAPTER))
    url, title = value.get("webpage_url"), value.get("title")
    if isinstance(url, str) and isinstance(title, str):  # of yt-dlp: it says which recording it is of
        return Imported((ReadTalk(title, url, notes=tuple(notes)),), unread=unread.all)
    return Imported(notes=tuple(notes), unread=unread.all)


def _ms(chapter: Any) -> int | None:
    start = chapter.get("startTime", chapter.get("start_time")) if isinstance(chapter, dict) else None
    if isinstance(start, str):
        return times.ms_of(start)
    is_time = isinstance(start, (int, float)) and not isinstance(start, bool) and 0 <= start < 3_600_000
    return int(start * 1000) if is_time and start is not None else None
