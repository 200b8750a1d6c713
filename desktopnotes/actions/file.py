"""The File menu: notebooks, and talks that come from files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktopnotes.actions import notes, talk
from desktopnotes.model import talk_edits
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.storage import paths, store

NOTEBOOK_SUFFIX = ".talknotes.json"


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
    if path.absolute() != session.store.path:
        _open(session, store.open_notebook(path))


def _open(session: Session, opened: store.Opened) -> None:
    notes.end(session)
    session.open_notebook(opened)
    session.open_talk(session.notebook.talks[0].id if session.notebook.talks else "")


def open_arguments(session: Session, arguments: Sequence[str]) -> None:
    """What the command line or the desktop gives: notebooks are opened, recordings join the open one."""
    media: list[Path] = []
    for argument in arguments:
        if argument.startswith(("http://", "https://")):
            raise UserError(
                f"{argument} is a web address, and these cannot be played yet.", "Add a file instead."
            )
        path = Path(argument)
        if argument.endswith(NOTEBOOK_SUFFIX) or path.suffix == ".json":
            open_path(session, path)
        elif path.is_dir():
            talk.add_from_folder(session, path)
        else:
            media.append(path)
    talk.add(session, media, "My Talks")


def rename(session: Session) -> None:
    title = session.screen.ask_text("Rename Notebook", "The event's name", session.notebook.title)
    if title is not None and title.strip():
        session.do("Rename Notebook", talk_edits.rename_notebook(session.notebook, title.strip()))


def save(session: Session) -> None:
    notes.end(session)
    session.save_now()


def show_folder(session: Session) -> None:
    session.screen.open_outside(str(session.folder))


def quit_program(session: Session) -> None:
    session.screen.show("quit")
