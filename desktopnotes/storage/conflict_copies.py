"""Other versions of a notebook that programs which sync folders left beside it, found by their names.

Syncthing and Dropbox put their words before the last dot, so within `.talknotes.json` too; Nextcloud does as
Dropbox. The words are looked for in English and in the languages that write them alike (Konflikt, conflit,
conflicto).
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from desktopnotes.files import Identity, identity, read_identified
from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage import backups
from desktopnotes.storage.codec import LIMIT_BYTES, decode_any
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX
from desktopnotes.words import _

_LOOKED_AT = 20
"""So many backups, the newest: reading one of 10,000 notes takes some 0.1 s."""

_WORDS = (
    r"(?:\.sync-conflict-\d{8}-\d{6}(?:-[A-Z2-7]{7})?"  # Syncthing; its older versions did not say whose
    r"|_conflict-\d{8}-\d{6}"  # ownCloud
    r"|\s\((?=[^)]*(?:conflict|konflikt|conflit))[^/]*\))"  # Dropbox, Nextcloud
)


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """Another version of a notebook. `notebook` is None where it cannot be read, and `why` says why."""

    path: Path
    content: bytes
    state: Identity | None
    notebook: Notebook | None = None
    why: str = ""
    says_it_is_left: bool = False
    """Whether `why` says too that the file was left as it is."""


def beside(path: Path) -> tuple[Path, ...]:
    """The conflict copies of the notebook at `path`, by name; none where its folder cannot be read."""
    wanted = _pattern(path.name)
    try:
        names = os.listdir(path.parent)
    except OSError:
        return ()
    return tuple(path.with_name(name) for name in sorted(names) if wanted.fullmatch(_normal(name)))


def _pattern(name: str) -> re.Pattern[str]:
    """Their words stand before the last suffix, or before the whole one of a notebook."""
    ends = [suffix for suffix in (Path(name).suffix, NOTEBOOK_SUFFIX) if name.endswith(suffix)]
    forms = (f"{re.escape(_normal(name.removesuffix(end)))}{_WORDS}{re.escape(end)}" for end in ends)
    return re.compile("|".join(forms), re.IGNORECASE | re.DOTALL)


def _normal(name: str) -> str:
    """As some systems take names apart: é as a letter and an accent."""
    return unicodedata.normalize("NFC", name)


def read(path: Path) -> ConflictCopy:
    """What is in one; never raises: one that cannot be read says why."""
    try:
        content, state = read_identified(path, LIMIT_BYTES)
    except ReadError as error:
        return ConflictCopy(path, b"", None, why=error.message)
    try:
        decoded = decode_any(content, path.name)
    except ReadError as error:
        return ConflictCopy(path, content, state, why=error.message, says_it_is_left=True)
    if decoded.is_newer:
        why = _("“{name}” was written by a newer version of Desktop Notes.").format(name=path.name)
        return ConflictCopy(path, content, state, why=why)
    return ConflictCopy(path, content, state, decoded.notebook)


def remove(copy: ConflictCopy) -> bool:
    """Takes away one whose content is kept elsewhere, unless it is another one by now."""
    try:
        if copy.state is None or identity(copy.path) != copy.state:
            return False
        os.unlink(copy.path)
    except (ReadError, OSError):
        return False
    return True


def been_here(path: Path, theirs: Notebook) -> Notebook:
    """What of `theirs` the notebook at `path` had before, as its backups say: of that, theirs brings nothing.

    What was changed or taken out here since is so by the user's will, and its words are in the backups. It
    serves as what both come from; where nothing is known, it is all but empty.
    """
    notes = {note.id: note for talk in theirs.talks for note in talk.notes}
    heads = {talk.id: replace(talk, notes=()) for talk in theirs.talks}
    seen_notes: set[str] = set()
    seen: set[str] = set()
    for backup in backups.of(path)[:_LOOKED_AT]:
        try:
            old = backups.read(backup)
        except ReadError:
            continue
        if old.id == theirs.id:
            kept = (note for talk in old.talks for note in talk.notes)
            seen_notes |= {note.id for note in kept if notes.get(note.id) == note}
            seen |= {talk.id for talk in old.talks if heads.get(talk.id) == replace(talk, notes=())}
    talks = (
        replace(
            talk if talk.id in seen else Talk(talk.id),
            notes=tuple(note for note in talk.notes if note.id in seen_notes),
        )
        for talk in theirs.talks
    )
    return Notebook(theirs.id, talks=tuple(talk for talk in talks if talk.notes or talk.id in seen))
