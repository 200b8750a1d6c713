"""One question to yt-dlp: its command line, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktopnotes.media import web_answers
from desktopnotes.media.child import Child, TooMuchError
from desktopnotes.media.web_answers import Answer, Captions
from desktopnotes.media.web_errors import WebError, Why, because, judged
from desktopnotes.media.web_page import Entry, Listing, PageCaptions
from desktopnotes.media.yt_dlp_program import Program, common_options, newest

ANSWER_WITHIN_S = 40.0
ENTRIES_MOST = 5_000
_CAPTIONS_MOST_BYTES = 20_000_000
_LINES_MOST_BYTES = 20_000_000
_READABLE = (".vtt", ".srt", ".ass")
_PLAYS = r"[protocol~='^(https?|m3u8|m3u8_native)$']"
"""Protocols that libVLC plays by the address itself; of others it gets the manifest."""

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what: the yt-dlp, the page, the folder for its files, the tallest picture in pixels."""

    program: Program
    address: str
    folder: Path
    height: int


def program_for(address: str) -> Program:
    program = newest()
    if program is None:
        raise because(Why.NO_YT_DLP, address)
    return program


def ask_page(asked: Asked, check: Check, answered: Callable[[Answer | Listing], None]) -> Path | None:
    """Asks for one recording and calls `answered` as soon as yt-dlp has printed it.

    Answers a file with all that yt-dlp knows of the page, by which its captions come without asking the page
    again; None for a list. Raises `WebError`, and what `check` raises.
    """
    options = ["--no-playlist", "--flat-playlist", "--playlist-items", "1"]
    options += ["--no-simulate", "--skip-download", "--write-info-json", "--no-write-playlist-metafiles"]
    options += ["--output", str(asked.folder / "page.%(ext)s"), *_choice(asked.height)]
    options += ["--print", f"video:{web_answers.PAGE}"]
    found: Answer | Listing | None = None
    for line in _lines(asked, [*options, "--", asked.address], check):
        if found is None and (found := web_answers.read_page(line, asked.address)):
            answered(found)
    if found is None:
        raise because(Why.NO_VIDEO, asked.address)
    file = asked.folder / "page.info.json"
    return file if isinstance(found, Answer) and file.is_file() else None


def fetch_captions(asked: Asked, info: Path, captions: Captions, check: Check) -> PageCaptions | None:
    """Writes the captions into the folder, from what `ask_page` left there; None where that fails."""
    options = ["--load-info-json", str(info), "--skip-download", "--no-simulate", "--ignore-no-formats-error"]
    options += ["--write-auto-subs" if captions.is_automatic else "--write-subs"]
    options += ["--sub-langs", re.escape(captions.key), "--sub-format", "vtt/srt/ass/best"]
    options += ["--output", str(asked.folder / "captions.%(ext)s")]
    try:
        for _ in _lines(asked, options, check):
            pass
    except WebError:
        return None
    finally:
        info.unlink(missing_ok=True)
    for path in sorted(asked.folder.glob("captions.*")):
        is_whole = path.is_file() and not path.is_symlink() and 0 < path.stat().st_size < _CAPTIONS_MOST_BYTES
        if path.suffix in _READABLE and is_whole:
            return PageCaptions(asked.address, path, captions.language, captions.is_automatic)
    return None


def ask_entries(asked: Asked, check: Check) -> Iterator[Entry]:
    """The recordings of a list as they come, each once; lists in it are read too, but not those in them."""
    seen: set[str] = set()
    inner: list[str] = []
    failure: WebError | None = None
    try:
        for entry, is_list in _entries(asked, check):
            if is_list:
                inner.append(entry.url)
            elif entry.url not in seen:
                seen.add(entry.url)
                yield entry
        for address in inner:
            part = Asked(asked.program, address, asked.folder, asked.height)
            for entry, _ in _entries(part, check):
                if entry.url not in seen and len(seen) < ENTRIES_MOST:
                    seen.add(entry.url)
                    yield entry
    except WebError as error:
        failure = error
    if not seen or (failure and failure.why is Why.NETWORK):
        raise failure or because(Why.NO_VIDEO, asked.address)


def _entries(asked: Asked, check: Check) -> Iterator[tuple[Entry, bool]]:
    options = ["--yes-playlist", "--flat-playlist", "--lazy-playlist", "--simulate", "--ignore-errors"]
    options += ["--playlist-items", f":{ENTRIES_MOST}", *_choice(0), "--print", f"video:{web_answers.ENTRY}"]
    for line in _lines(asked, [*options, "--", asked.address], check):
        if entry := web_answers.read_entry(line):
            yield entry, web_answers.is_list(line)


def _choice(height: int) -> Sequence[str]:
    """Which picture and sound: the tallest within `height`, of codecs that are quickly decoded."""
    if height == 0:
        return ("--format", f"(ba/ba*/b){_PLAYS}/ba/ba*/b", "--format-sort", "proto,abr:160")
    best = "bv*+ba/b/bv*/ba"
    order = f"res:{height},fps:60,hdr:sdr,proto,vcodec:h264"
    return ("--format", f"({best}){_PLAYS}/{best}", "--format-sort", order)


def _lines(asked: Asked, options: Sequence[str], check: Check) -> Iterator[str]:
    command = [*asked.program.command, *common_options(asked.program), *options]
    try:
        child = Child(command, folder=asked.folder)
    except OSError as error:
        raise because(Why.NO_YT_DLP, asked.address) from error
    with child:
        came = False
        try:
            for line in child.lines(ANSWER_WITHIN_S, check, limit_bytes=_LINES_MOST_BYTES):
                came = True
                yield line
        except TimeoutError as error:
            raise because(Why.NETWORK, asked.address) from error
        except TooMuchError as error:
            raise because(Why.NO_VIDEO, asked.address) from error
        if child.end() != 0 and (not came or "ERROR:" in child.last_words()):
            raise judged(child.last_words(), asked.address)
