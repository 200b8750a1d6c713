"""The File menu: notebooks, and talks that come from files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from desktopnotes.actions import notes, talk
from desktopnotes.media.source import check_source
from desktopnotes.model import talk_edits
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.storage import paths, store

NOTEBOOK_SUFFIX = paths.NOTEBOOK_SUFFIX


def new(session: Session) -> None:
    """Makes an empty notebook in the user's folder of notebooks; it is renamed in place."""
    title = session.screen.ask_text("New Notebook", "Its name, for instance the event's", "My Talks")
    if title is not None:
        _open(session, store.create(paths.notebooks_folder(), title.strip() or "My Talks"))


def open_one(session: Session) -> None:
    files = session.screen.ask_files("Open Notebook", "notebook")
    if files:
        open_path(session, files[0])


def open_path(session: Session, path: Path) -> None:
    """Opens a notebook; what was open stays open where it cannot be read (raises `UserError`)."""
    if Path(os.path.realpath(path)) != session.path:
        _open(session, store.open_notebook(path))


def _open(session: Session, opened: store.Opened) -> None:
    notes.end(session)
    session.open_notebook(opened)
    session.open_talk(session.notebook.talks[0].id if session.notebook.talks else "")


def open_arguments(session: Session, arguments: Sequence[str]) -> None:
    """What the command line or the desktop gives: notebooks are opened, recordings join the open one.

    Raises `UserError` where one of them cannot be had; nothing is added then.
    """
    for argument in arguments:
        if argument.lower().startswith(("http://", "https://")):
            raise UserError(
                f"{argument} is a web address, and these cannot be played yet.", "Add a file instead."
            )
    given = [Path(argument) for argument in arguments]
    notebooks = [path for path in given if path.suffix == ".json"]
    folders = [path for path in given if path.is_dir() and path not in notebooks]
    files = [path for path in given if path not in notebooks and path not in folders]
    for file in files:
        check_source(file)
    for path in notebooks:
        open_path(session, path)
    for folder in folders:
        talk.add_from_folder(session, folder)
    talk.add(session, files, "My Talks")


def rename(session: Session) -> None:
    title = session.screen.ask_text("Rename Notebook", "The event's name", session.notebook.title)
    if title is not None and title.strip():
        session.do("Rename Notebook", talk_edits.rename_notebook(session.notebook, title.strip()))


def save(session: Session) -> None:
    notes.end(session)
    session.save_all()


def show_folder(session: Session) -> None:
    session.screen.open_outside(str(session.folder))


def quit_program(session: Session) -> None:
    session.screen.show("quit")
