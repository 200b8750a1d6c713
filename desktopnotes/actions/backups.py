"""Backups: kept as the notebook was opened, looked into beside what is there now, restored in one step."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import file, notes
from desktopnotes.collecting import no_collecting
from desktopnotes.files import write_new
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.months import MONTHS
from desktopnotes.model.notebook import Notebook, new_id
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import codec, names, opening, paths, store
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.model.comparing import Comparison
    from desktopnotes.storage.backups import Backup

OPENED_AFTER_MS = 3000
"""Nothing of a start waits for the backup of what was opened; a first save before that makes it itself."""

_LARGE_BYTES = 2_000_000
"""From 10,000 notes on the search for garbage among what is read could be felt."""


_WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)

_KEPT = _("What was there before is kept in Backups.")


class Way(StrEnum):
    """How a backup is restored; the words are those of the step that undo takes back."""

    ALL = _("Restore Backup of {moment}")
    TALKS = _("Restore Talks of {moment}")
    WHAT_WENT = _("Bring Back What Went Since {moment}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is in a backup beside what is there now: nothing (None) where that is gone or cannot be read.

    `missing` are the pictures that restoring would want and that are not there.
    """

    backup: Backup
    then: Notebook
    now: Notebook | None
    comparison: Comparison
    missing: tuple[str, ...]


def show(session: Session) -> None:
    """Shows the backups of the open notebook."""
    session.screen.show("backups")


def begin(session: Session) -> None:
    """Keeps the notebook as it was opened, a little later and on a worker."""
    session.screen.later(OPENED_AFTER_MS, partial(_keep_opened, session, session.store))


def _keep_opened(session: Session, opened: store.Store) -> None:
    keeper = opened.keeper
    if keeper is not None and session.store is opened and not session.background.is_closed:
        session.background.run(lambda _: keeper.opened(), gives_way=True)


# --- looking -------------------------------------------------------------------------------------------


def look(session: Session, path: Path, backup: Backup) -> Callable[[], Seen]:
    """For a worker: what is in a backup of the notebook at `path`. It raises `ReadError`."""
    is_open = path == session.path
    of_session = session.notebook

    def work() -> Seen:
        from desktopnotes.model.comparing import compare, pictures_of  # wanted by this window alone
        from desktopnotes.storage import backups
        from desktopnotes.storage.missing_pictures import missing

        with no_collecting() if backup.size >= _LARGE_BYTES else nullcontext():
            then = backups.read(backup)
            now = of_session if is_open else _on_disk(path)
            comparison = compare(then, now or Notebook(then.id, then.title, then.created))
        pictures = (now.pictures if now else "") or then.pictures
        gone = missing(pictures_of(comparison.talks), path.parent, pictures)
        return Seen(backup, then, now, comparison, gone)

    return work


def _on_disk(path: Path) -> Notebook | None:
    try:
        return opening.open_notebook(path).notebook
    except ReadError:
        return None


def moment_in_words(moment: datetime, now: datetime) -> tuple[str, str]:
    """The day as people say it, and the time of day; both here, not in UTC."""
    here, today = moment.astimezone(), now.astimezone()
    days = (today.date() - here.date()).days
    if days in (0, 1):
        day = (_("Today"), _("Yesterday"))[days]
    elif here.year == today.year:
        day = _("{weekday}, {day} {month}").format(
            weekday=_WEEKDAYS[here.weekday()], day=here.day, month=MONTHS[here.month - 1]
        )
    else:
        day = _("{day} {month} {year}").format(day=here.day, month=MONTHS[here.month - 1], year=here.year)
    return day, f"{here:%H:%M}"


def _moment(backup: Backup) -> str:
    now = datetime.now().astimezone()
    day, time = moment_in_words(backup.moment, now)
    if backup.moment.astimezone().date() == now.date():
        return time
    return _("{day}, {time}").format(day=day, time=time)


# --- restoring -----------------------------------------------------------------------------------------


def restore(session: Session, path: Path, seen: Seen, way: Way, talk_ids: Collection[str] = ()) -> None:
    """Restores a backup of the notebook at `path`; what is there now is kept as a backup before.

    With `Way.TALKS` these talks, with `Way.WHAT_WENT` what went of them, or of all where there are none.
    In the open notebook it is one step of undo; another one is written, and opened.
    """
    change = partial(_restored, seen.then, way, frozenset(talk_ids))
    if path != session.path:
        _write(session, path, seen, change)
        return
    session.refuse_if_read_only()
    notes.end(session)
    now = session.notebook

    def keep(_: object) -> None:
        from desktopnotes.storage import backups
        from desktopnotes.storage.backups import Why

        backups.keep(path, Why.RESTORE, notebook=now, content=codec.encode(now))

    label = way.format(moment=_moment(seen.backup))
    session.background.run(
        keep, lambda _: _do(session, path, label, seen, change), failed=_not_restored, gives_way=True
    )


def _restored(then: Notebook, way: Way, talk_ids: Collection[str], now: Notebook | None) -> Notebook:
    from desktopnotes.model import comparing  # wanted by this window alone

    if now is None:
        return then
    if way is Way.TALKS:
        return comparing.restore_talks(now, then, talk_ids)
    if way is Way.WHAT_WENT:
        return comparing.bring_back(now, then, talk_ids or None)
    return comparing.restore_all(now, then)


def _not_restored(error: Exception) -> None:
    if not isinstance(error, UserError):
        raise error
    raise UserError(
        _("Nothing was restored, since what is there now could not be kept first. {message}").format(
            message=error.message
        ),
        _("Open the backup as a copy instead."),
    ) from error


def _do(session: Session, path: Path, label: str, seen: Seen, change: Callable[[Notebook], Notebook]) -> None:
    """The step itself, on what the notebook is by now."""
    if session.path != path:
        return
    before, talk_id = session.notebook, session.talk_id
    after = change(before)
    if after is before:
        session.screen.tell(_("Nothing of it differs from what is there now."))
        return
    if after.talk(talk_id) is None:
        session.leave()
    session.do(label, after)
    if after.talk(talk_id) is None:
        session.open_talk(after.talks[0].id if after.talks else "")
    else:
        session.play_as_it_is_now(before.talk(talk_id))
    session.save_now()
    session.screen.tell(
        " ".join((_("Done: {step}.").format(step=label), _KEPT, *_about_pictures(seen))),
        Offer(_("Undo"), partial(_undo, session, path, label)),
        lasting=True,
    )


def _undo(session: Session, path: Path, label: str) -> None:
    if session.path == path and session.history.undo_label == label:
        session.undo()
    else:
        session.screen.tell(_("You have gone on since: undo leads back step by step."))


def _about_pictures(seen: Seen) -> tuple[str, ...]:
    """What is to be said of pictures that are not there, mostly nothing."""
    count = len(seen.missing)
    told = ngettext("{n} picture of it cannot be found.", "{n} pictures of it cannot be found.", count)
    return (told.format(n=count),) if count else ()


def _write(session: Session, path: Path, seen: Seen, change: Callable[[Notebook | None], Notebook]) -> None:
    """Puts it in the place of a notebook that is not open here, and opens that."""

    def work(_: object) -> Path | None:
        from desktopnotes.storage import backups

        return backups.restore_notebook(path, change(_on_disk(path)))

    def then(kept: Path | None) -> None:
        file.open_path(session, path)
        told = _("“{name}” is restored from {moment}.").format(name=path.name, moment=_moment(seen.backup))
        was = (_KEPT,) if kept else ()
        session.screen.tell(" ".join((told, *was, *_about_pictures(seen))), lasting=True)

    session.background.run(work, then, gives_way=True)


def open_copy(session: Session, path: Path, seen: Seen) -> None:
    """Writes what is in the backup as a notebook of its own beside the first, and opens that."""
    here = seen.backup.moment.astimezone()
    folder = path.parent if os.access(path.parent, os.W_OK) else paths.notebooks_folder()
    title = seen.then.title or _("Notebook")
    title = f"{title} ({here:%Y-%m-%d %H.%M})"

    def work(_: object) -> Path:
        posts = tuple(replace(post, exported=()) for post in seen.then.posts)
        copy = replace(seen.then, id=new_id(), title=title, posts=posts)
        return write_new(folder / names.file_name(title), codec.encode(copy), make_folder=True)

    def then(copy: Path) -> None:
        file.open_path(session, copy)
        session.screen.tell(
            _("This is the copy, “{name}”. The notebook itself is as it was.").format(name=copy.name)
        )

    session.background.run(work, then, gives_way=True)
