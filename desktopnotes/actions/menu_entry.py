"""What the desktop's menu asks for besides files: a new notebook, and the one that was open last."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path

from desktopnotes.actions import file
from desktopnotes.handing_over.message import LAST, NEW
from desktopnotes.model import post_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook
from desktopnotes.model.settings import Settings
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import opening, paths
from desktopnotes.storage.names import file_name
from desktopnotes.storage.state_file import Place
from desktopnotes.words import _


def is_asked(names: Sequence[str]) -> bool:
    """Whether a call asks for one of these instead of naming files."""
    return tuple(names) in ((NEW,), (LAST,))


def label(names: Sequence[str]) -> str:
    """What the menu calls it."""
    return _("New Notebook") if tuple(names) == (NEW,) else _("Open Last")


def run(session: Session, names: Sequence[str]) -> None:
    """In a window that is open already. Raises `UserError` where the notebook cannot be opened or made."""
    if tuple(names) == (NEW,):
        _open_new(session)
    else:
        _open_last(session)


def first(name: str, settings: Settings, recent: Sequence[Place]) -> opening.Opened:
    """The notebook that a window begins with. Raises `UserError`, also where none was open before."""
    last = _own_last(recent)
    if name == NEW:
        return _new(settings, last)
    if last is None:
        raise UserError(_("No notebook of yours was open before."), _("This is the sample."))
    return opening.open_notebook(Path(last.notebook))


def _new(settings: Settings, last: Place | None) -> opening.Opened:
    """The last one again where it was made so and never used: else each call would leave one more behind."""
    if last is not None and _is_ours(last.title):
        with contextlib.suppress(UserError):
            opened = opening.open_notebook(Path(last.notebook))
            if _is_unused(opened.notebook) and not opened.read_only:
                return opened
    title = _free_title()
    return opening.create(paths.notebooks_folder(), title, post_edits.first_parts(settings, title))


def _open_new(session: Session) -> None:
    if not _is_unused(session.notebook) or session.read_only:
        file.make(session, _free_title())
    rename = Offer(_("Rename…"), partial(file.rename, session))
    session.screen.tell(_("“{name}” is a new, empty notebook.").format(name=session.notebook.title), rename)


def _open_last(session: Session) -> None:
    last = _own_last(session.screen.recent_notebooks()) if session.is_sample else None
    if last is not None:
        file.open_path(session, Path(last.notebook))
    elif session.is_sample:
        session.screen.tell(_("No notebook of yours was open before. This is the sample."))


def _own_last(recent: Sequence[Place]) -> Place | None:
    return next((place for place in recent if not paths.is_sample(Path(place.notebook))), None)


def _is_unused(notebook: Notebook) -> bool:
    written = any(post.intro or post.closing for post in notebook.posts)
    return _is_ours(notebook.title) and not notebook.talks and not written


def _is_ours(title: str) -> bool:
    """Whether a notebook that was made here was never given another name."""
    number = title.removeprefix(_title()).removeprefix(" ")
    return title.startswith(_title()) and (not number or number.isdecimal())


def _free_title() -> str:
    """The title numbered as its file will be: two of one title could not be told apart in the window."""
    folder = paths.notebooks_folder()
    titles = (_title() if number == 1 else f"{_title()} {number}" for number in count(1))
    return next(title for title in titles if not os.path.lexists(folder / file_name(title)))


def _title() -> str:
    return _("My Talks")
