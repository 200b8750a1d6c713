"""Conflict copies that sync programs left beside the notebook: told, and merged in one step of undo.

What both come from is not known: a backup may be older or newer than the moment at which the two parted, and
with the wrong one a note could be taken for deleted. But what a copy has as a backup of this notebook has it
too was here before, and brings nothing; of all else, what either has is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from desktopnotes.actions import notes
from desktopnotes.media.background import Progress
from desktopnotes.model.errors import UserError
from desktopnotes.screen import Offer, Waits
from desktopnotes.session import Session
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.model.merge import Change
    from desktopnotes.model.notebook import Notebook
    from desktopnotes.storage.conflict_copies import ConflictCopy

LABEL = _("Merge Conflict Copy")
_LOOK_AGAIN_MS = 300

_told: WeakKeyDictionary[Session, frozenset[object]] = WeakKeyDictionary()
"""What each session has told already: the same copies are not told at every return to the window."""


def look(session: Session) -> None:
    """Looks on a worker for copies that were not told yet, and tells of them with what can be done."""
    _find(session, partial(_tell_new, session))


def merge_all(session: Session) -> None:
    """Merges whatever conflict copies lie beside the notebook now, or says that there are none."""
    session.refuse_if_read_only()
    _find(session, partial(_merge_or_tell, session))


def _find(session: Session, then: object) -> None:
    path, notebook_id = session.path, session.notebook.id

    def work(progress: Progress) -> tuple[ConflictCopy, ...]:
        from desktopnotes.storage import conflict_copies  # most runs never find one

        found = []
        for each in conflict_copies.beside(path):
            progress.check()
            found.append(conflict_copies.read(each))
        return tuple(one for one in found if one.notebook is None or one.notebook.id == notebook_id)

    def take(found: tuple[ConflictCopy, ...]) -> None:
        if session.path == path:
            then(found)  # type: ignore[operator]

    session.background.run(work, take, newest="conflict copies")


def _tell_new(session: Session, found: Sequence[ConflictCopy]) -> None:
    if session.read_only:
        return
    now = frozenset((copy.path, copy.state) for copy in found)
    before, _told[session] = _told.get(session, frozenset()), now
    if not now:
        session.screen.tell_no_more(Waits.CONFLICT_COPY)
    if now <= before:
        return
    whole, broken = _parted(found)
    folder = Offer(_("Show in Folder"), partial(session.screen.open_outside, str(session.folder)), stays=True)
    if whole:
        merging = Offer(ngettext("Merge It", "Merge Them", len(whole)), partial(_merge, session, whole))
        session.screen.tell(
            " ".join((_found(whole), *_broken(broken))), merging, folder, waits=Waits.CONFLICT_COPY
        )
    elif broken:
        session.screen.tell(" ".join(_broken(broken)), folder, waits=Waits.CONFLICT_COPY)


def _parted(found: Sequence[ConflictCopy]) -> tuple[list[ConflictCopy], list[ConflictCopy]]:
    return [one for one in found if one.notebook], [one for one in found if not one.notebook]


def _found(whole: Sequence[ConflictCopy]) -> str:
    return ngettext(
        "Another version of this notebook lies beside it: “{name}”.",
        "{n} other versions of this notebook lie beside it, as “{name}”.",
        len(whole),
    ).format(n=len(whole), name=whole[0].path.name)


def _broken(broken: Sequence[ConflictCopy]) -> list[str]:
    left = _("It was left alone.")
    return [one.why if one.says_it_is_left else f"{one.why} {left}" for one in broken]


def _merge_or_tell(session: Session, found: Sequence[ConflictCopy]) -> None:
    whole, broken = _parted(found)
    if whole:
        _merge(session, whole)
    elif broken:
        raise UserError(" ".join(_broken(broken)))
    else:
        session.screen.tell(_("No conflict copy of this notebook lies in its folder."))


def _merge(session: Session, copies: Sequence[ConflictCopy]) -> None:
    """Looks on a worker for what was here before, and merges."""
    path = session.path

    def work(progress: Progress) -> list[Notebook]:
        from desktopnotes.storage import conflict_copies  # most runs never find one

        return [conflict_copies.been_here(path, copy.notebook) for copy in copies if copy.notebook]

    def take(bases: list[Notebook]) -> None:
        if session.path == path:
            _merge_with(session, copies, bases)

    session.background.run(work, take, newest="merging conflict copies")


def _merge_with(session: Session, copies: Sequence[ConflictCopy], bases: Sequence[Notebook]) -> None:
    """One step, whatever their number; they stay where they are until it is saved."""
    from desktopnotes import their_changes  # most runs never merge
    from desktopnotes.model.merge import merge, sentence

    notes.end(session)
    before = after = session.notebook
    changes: list[Change] = []
    for copy, base in zip(copies, bases, strict=True):
        assert copy.notebook is not None
        merged = merge(base, after, copy.notebook)
        after = merged.notebook
        changes += merged.changes
    is_new = after is not before
    session.do(LABEL, after)
    session.save_now()
    count = len(copies)
    told = ngettext("Merged “{name}”.", "Merged {n} other versions.", count)
    nothing = ngettext(
        "This notebook has all that it has already.", "This notebook has all that they have already.", count
    )
    words = sentence(changes, after, has_base=False) if is_new else nothing
    words = words or _("Only how far talks were watched was new.")
    what = f"{told.format(n=count, name=copies[0].path.name)} {words}"
    offers = their_changes.offers(session, LABEL, before, after, changes) if is_new else ()
    session.screen.tell(what, *offers, waits=Waits.CAME_IN)
    session.screen.tell_no_more(Waits.CONFLICT_COPY)
    _put_away(session, session.path, copies, what, offers)


def _put_away(
    session: Session, path: Path, copies: Sequence[ConflictCopy], what: str, offers: Sequence[Offer]
) -> None:
    """Moves the copies to the backups once the merged notebook is on the disk; else they stay."""
    if session.path != path:
        return  # they are told again when this notebook is opened again
    if not session.saver.all_is_saved:
        again = partial(_put_away, session, path, copies, what, offers)
        session.screen.later(_LOOK_AGAIN_MS, again)
        return

    def work(progress: Progress) -> int:
        from desktopnotes.storage import backups, conflict_copies  # most runs never find one
        from desktopnotes.storage.backups import Why

        count = 0
        for copy in copies:
            backups.keep(path, Why.CONFLICT, notebook=copy.notebook, content=copy.content)
            count += conflict_copies.remove(copy)
        return count

    def take(count: int) -> None:
        moved = ngettext("The copy is in the backups now.", "The copies are in the backups now.", len(copies))
        told = f"{what} {moved}" if count == len(copies) else what
        session.screen.tell(told, *offers, waits=Waits.CAME_IN)

    session.background.run(work, take)
