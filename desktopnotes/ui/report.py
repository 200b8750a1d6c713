"""The text of a report: what helps to find a fault, and nothing the user wrote, nor how files are named.

It is English whatever the window speaks, since it is for who mends the program. What of the log and of a
fault comes in has been told without the user's words before (`log`, `tracebacks`); here names and paths go,
too: those that the session knows wherever they stand, and whatever else looks like a path.
"""

from __future__ import annotations

import os
import platform
import re
import socket
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

from desktopnotes import words
from desktopnotes.model.settings import Settings
from desktopnotes.session import Session
from desktopnotes.ui import part_versions

LEFT_OUT = "…"

_SHOWN_SETTINGS = frozenset(
    (
        *("stamp_back_ms", "pause_while_writing", "step_back_on_resume_ms", "skip_ms", "rate_step", "follow"),
        *("theme", "font_size", "volume", "muted", "quality", "hints", "talks_by", "site", "times"),
        *("picture_format", "pictures_in_list", "raw_html", "part_links", "per_talk"),
    )
)
"""Numbers, switches and choices. Of all others (folders, texts, what was learned of a site) it is told that
they are set, and no more; a new setting is one of those until it is named here."""

_OURS = re.compile(r'File "[^"\n]*?((?:desktopnotes|site-packages|dist-packages|python3?[.\d]*)/[^"\n]*)"')
_PATH = re.compile(
    r"""(?<![\w.…$~])(?:~[\w.-]*|\.{1,2}|\$\w+|[A-Za-z]:)?[/\\][^\s/\\:"][^\n:"”’]*"""
    r"""|"[^"\n]*[/\\][^"\n]*"|'[^'\n]*[/\\][^'\n]*'"""
)
_NAMED = re.compile(r"“(?:[^“”\n]|“[^“”\n]*”)*”")
"""What our sentences name: always something of the user's, since Python's words have straight marks."""

_HALF_NAMED = re.compile(r"“[^\n]*|^[^\n]*”", re.MULTILINE)
"""As what is named has a mark or the end of a line in it."""

_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_KEPT, _KEPT_NAME = "\ufdd0", "\ufdd1"
"""No letters at all: the first keeps the slashes of the program's own files from being taken for others."""

_SHORTEST = 3
"""Letters of a name that is looked for; shorter ones stand in half of all words."""


def text(session: Session, *, tk: str, screen: str, fault: str) -> str:
    """The whole report. `tk` is its version, `screen` says what it draws on, `fault` what is known of one."""
    own = dict(part_versions.versions(tk, session.player.about))
    sections = (
        (part_versions.program(), [f"{name} {version}" for name, version in own.items()]),
        ("System", _system(screen)),
        ("Settings that are not as at first", list(_settings(session.settings)) or ["none"]),
        ("The open notebook", [_sizes(session)]),
        ("What is known of a fault, and the last lines of the log", [without_names(fault, _names(session))]),
    )
    return "\n\n".join("\n".join((title, *lines)) for title, lines in sections).rstrip() + "\n"


def _system(screen: str) -> Iterator[str]:
    yield part_versions.computer()
    yield f"Desktop: {part_versions.session_type()}"
    yield f"Screen: {screen}"
    named = [f"{name}={os.environ[name]}" for name in ("LANGUAGE", "LC_ALL", "LANG") if os.environ.get(name)]
    yield f"Words: {words.LANGUAGE} ({', '.join(named) or 'no language is named'})"


def _settings(settings: Settings) -> Iterator[str]:
    usual = Settings()
    for one in fields(Settings):
        value = getattr(settings, one.name)
        if value == getattr(usual, one.name):
            continue
        if one.name == "keys":
            changed = (f"{name} is {' '.join(its) or 'none'}" for name, its in value.items())
            yield f"keys: {', '.join(changed)}"
        elif one.name in _SHOWN_SETTINGS:
            yield f"{one.name}: {value}"
        else:
            yield f"{one.name}: set"


def _sizes(session: Session) -> str:
    notebook = session.notebook
    notes = sum(len(talk.notes) for talk in notebook.talks)
    return f"{len(notebook.talks)} talks, {notes} notes, {len(notebook.posts)} posts"


# --- what must not come in ----------------------------------------------------------------------------


def _names(session: Session) -> set[str]:
    """What things of the user are called: titles, files, folders, the user and the machine."""
    notebook = session.notebook
    files = [session.path, *(Path(place.notebook) for place in session.screen.recent_notebooks())]
    found = {notebook.title, *(post.title for post in notebook.posts), socket.gethostname(), platform.node()}
    for talk in notebook.talks:
        found |= {talk.title, talk.file, talk.url, talk.captions, *talk.speakers, *talk.tags}
        found |= {Path(file).stem for file in (talk.file, talk.captions)}
        found |= {Path(file).name for file in (talk.file, talk.captions)}
        found |= {note.picture for note in talk.notes if note.picture}
    for path in files:
        found |= {str(path), path.name, path.name.removesuffix(".talknotes.json"), *path.parts[1:-1]}
    found |= {Path(os.path.expanduser("~")).name, *Path(session.settings.site_folder).parts}
    return found - _EVERYWHERE


_EVERYWHERE = {
    "home",
    "root",
    "tmp",
    "var",
    "usr",
    "Users",
    "Documents",
    "desktopnotes",
    "localhost",
    "sample",
}
"""Parts of paths that say nothing of anybody, and that a report needs to be read."""


def without_names(told: str, names: Iterable[str]) -> str:
    """A text in which names, paths and addresses are left out; of the program's own files the end stays."""
    told = _OURS.sub(lambda found: f'File "{found[1].replace("/", _KEPT)}"', told)
    longest_first = sorted((name for name in names if len(name) >= _SHORTEST), key=len, reverse=True)
    if longest_first:
        alternatives = "|".join(map(re.escape, longest_first))
        told = re.sub(rf"(?<!\w)(?:{alternatives})(?!\w)", LEFT_OUT, told, flags=re.IGNORECASE)
    told = _NAMED.sub(_KEPT_NAME, told)
    told = _HALF_NAMED.sub(LEFT_OUT, told).replace(_KEPT_NAME, f"“{LEFT_OUT}”")
    told = _ADDRESS.sub(LEFT_OUT, told)
    return _PATH.sub(LEFT_OUT, told).replace(_KEPT, "/")
