"""The File menu: notebooks, and talks that come from files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktopnotes.actions import importing, notes, talk, web
from desktopnotes.actions.choice import Choice
from desktopnotes.media.background import Progress
from desktopnotes.media.source import check_source
from desktopnotes.model import post_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook
from desktopnotes.session import Session
from desktopnotes.storage import duplicate as copies
from desktopnotes.storage import opening, paths
from desktopnotes.storage.names import relative
from desktopnotes.storage.state_file import Place
from desktopnotes.words import _

NOTEBOOK_SUFFIX = paths.NOTEBOOK_SUFFIX


def new(session: Session) -> None:
    """Makes an empty notebook in the user's folder of notebooks; it is renamed in place."""
    title = session.screen.ask_text(_("New Notebook"), _("Its name, for instance the event's"), _("My Talks"))
    if title is not None:
        make(session, title.strip() or _("My Talks"))


def make(session: Session, event: str) -> None:
    """Makes an empty notebook for that event, and opens it. Raises `WriteError`."""
    posts = post_edits.first_parts(session.settings, event)
    _open(session, opening.create(paths.notebooks_folder(), event, posts))


def open_one(session: Session) -> None:
    files = session.screen.ask_files(_("Open Notebook"), "notebook")
    if files:
        open_path(session, files[0])


def open_path(session: Session, path: Path) -> None:
    """Opens a notebook; what was open stays open where it cannot be read (raises `UserError`)."""
    if Path(os.path.realpath(path)) != session.path:
        _open(session, opening.open_notebook(path))


def _open(session: Session, opened: opening.Opened) -> None:
    notes.end(session)
    session.screen.keep_place()
    session.open_notebook(opened)
    place = _place_in(session)
    talks = session.notebook.talks
    known = session.notebook.talk(place.talk_id)
    session.open_talk(known.id if known else talks[0].id if talks else "", asks=False)
    session.screen.put_place(place if known else Place(place.notebook, session.talk_id))
    offer_unsaved(session)


def offer_unsaved(session: Session) -> None:
    """Where an emergency copy of the open notebook was left, it is offered."""
    if session.store.copies:
        from desktopnotes.actions import unsaved  # hardly any start has one

        unsaved.offer(session)


def _place_in(session: Session) -> Place:
    """Where the user was in the notebook that is open now, as far as that is known."""
    path = str(session.path)
    known = (place for place in session.screen.recent_notebooks() if place.notebook == path)
    return next(known, Place(path))


def recent_choices(session: Session) -> tuple[Choice, ...]:
    """The notebooks that were open last, the last one first; the open one is marked."""
    return tuple(
        Choice(recent_name(place), partial(open_path, session, path), path == session.path)
        for place in session.screen.recent_notebooks()
        for path in (Path(place.notebook),)
    )


def recent_name(place: Place) -> str:
    """The notebook's title, else the name of its file."""
    return place.title or Path(place.notebook).name.removesuffix(NOTEBOOK_SUFFIX)


def switch(session: Session) -> None:
    """Shows the notebooks to change between."""
    session.screen.show("notebooks")


def open_last(session: Session) -> None:
    """Goes to the notebook that was open before this one."""
    others = [choice for choice in recent_choices(session) if not choice.chosen]
    if others:
        others[0].run()


def has_recent(session: Session) -> bool:
    return any(not choice.chosen for choice in recent_choices(session))


def duplicate(session: Session) -> None:
    """Copies the notebook with its pictures and captions, and opens the copy; the recordings are shared."""
    if session.read_only and os.access(session.path, os.W_OK):
        raise UserError(
            _("A newer version of Desktop Notes wrote this notebook, so this one does not copy it."),
            _("Update the program, or copy the file and its folders yourself."),
        )
    title = session.screen.ask_text(
        _("Duplicate Notebook"),
        _("The name of the copy"),
        _("{title} copy").format(title=session.notebook.title or _("Notebook")),
    )
    if title is None:
        return
    notes.end(session)
    session.save_all()
    folders = {".pictures": session.pictures_folder, ".captions": session.captions_folder}
    name = title.strip() or _("Notebook")
    folder = paths.notebooks_folder() if session.is_sample else session.folder
    notebook = as_from(session, folder)
    session.screen.tell(_("The notebook is being copied…"), lasting=True)

    def work(progress: Progress) -> opening.Opened:
        folder.mkdir(parents=True, exist_ok=True)
        return opening.open_notebook(copies.duplicate(notebook, folder, name, folders, progress.report))

    session.background.run(work, partial(_open_copy, session), failed=partial(_not_copied, session))


def _not_copied(session: Session, error: Exception) -> None:
    """An error of the disk that was not foreseen is told as one as well."""
    if isinstance(error, OSError):
        reason = error.strerror or _("something went wrong")
        told = _("The notebook was not copied: {reason}. It is as it was.")
        raise UserError(told.format(reason=reason)) from error
    session.screen.tell(_("The notebook was not copied."))
    raise error


def as_from(session: Session, folder: Path) -> Notebook:
    """The notebook with its files named as they are from `folder`."""
    if folder == session.folder:
        return session.notebook

    def named(file: str) -> str:
        here = session.store.absolute(file)
        own = here.parent == session.captions_folder
        return file if not file or own else relative(here, folder / "a notebook")

    talks = tuple(
        replace(talk, file=named(talk.file), captions=named(talk.captions)) for talk in session.notebook.talks
    )
    return replace(session.notebook, talks=talks)


def _open_copy(session: Session, opened: opening.Opened) -> None:
    talk_id = session.talk_id
    _open(session, opened)
    if session.notebook.talk(talk_id) and talk_id != session.talk_id:
        session.open_talk(talk_id, asks=False)
    session.screen.tell(
        _("This is the copy, “{name}”. The recordings are shared with the first.").format(
            name=session.path.name
        )
    )


def open_arguments(session: Session, arguments: Sequence[str]) -> None:
    """What the command line or the desktop gives: notebooks are opened, recordings join the open one.

    Recordings are files, folders of them, and addresses of the web. Raises `UserError` where one of them
    cannot be had; nothing is added then.
    """
    pages = _addresses(arguments)
    given = [Path(argument) for argument in arguments if not _is_address(argument)]
    notebooks = [path for path in given if path.suffix == ".json"]
    folders = [path for path in given if os.path.isdir(path) and path not in notebooks]
    files = [path for path in given if path not in notebooks and path not in folders]
    for file in files:
        check_source(file)
    for path in notebooks:
        open_path(session, path)
    pages_first = bool(arguments) and _is_address(arguments[0])
    if not pages_first:  # what is added last is what is open then
        web.add(session, pages)
    for folder in folders:
        talk.add_from_folder(session, folder)
    talk.add(session, files, _("My Talks"))
    if pages_first:
        web.add(session, pages)


def as_paths(names: Sequence[str], folder: str = "") -> tuple[str, ...]:
    """What was typed in `folder`, or comes from the desktop: paths that hold anywhere, and addresses.

    Desktops name a file by a URI (file:///…).
    """
    return tuple(
        name if _is_address(name) else os.path.join(folder, _path_of(name) or name) for name in names
    )


def _is_address(argument: str) -> bool:
    return argument.lower().startswith(("http://", "https://"))


def _addresses(arguments: Sequence[str]) -> tuple[str, ...]:
    from desktopnotes.actions import addresses  # a start does without it

    checked = (addresses.checked(argument) for argument in arguments if _is_address(argument))
    return tuple(dict.fromkeys(checked))


def dropped_items(words: Sequence[str]) -> list[str]:
    """Paths as they are, and what stands in lines of a text; comments of a list of URIs are none."""
    items: list[str] = []
    for word in words:
        if os.path.isabs(word) and os.path.exists(word):
            items.append(word)
            continue
        lines = (line.strip() for line in word.splitlines())
        items += as_paths([line for line in lines if line and not line.startswith("#")])
    return items


def take_dropped(session: Session, words: Sequence[str]) -> None:
    """What was dropped on the window: files and folders by their paths or URIs, addresses, or a text.

    Raises `UserError` as `open_arguments`, and for a text without an address.
    """
    items = dropped_items(words)
    if items and all(os.path.isabs(item) and importing.is_text(item) for item in items):
        importing.begin(session, [Path(item) for item in items])
    elif any(os.path.isabs(item) for item in items):
        open_arguments(session, items)
    else:
        web.add_text(session, "\n".join(words))


def _path_of(uri: str) -> str:
    """The path that a URI of a file means; empty where it is none, or one on another machine."""
    if not uri.lower().startswith("file:"):
        return ""
    from urllib.parse import unquote, urlsplit  # a start does without it

    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    is_here = parts.scheme.lower() == "file" and parts.netloc in ("", "localhost")
    return unquote(parts.path, errors="surrogateescape") if is_here else ""


def rename(session: Session) -> None:
    title = session.screen.ask_text(_("Rename Notebook"), _("The event's name"), session.notebook.title)
    if title is not None and title.strip():
        pattern = session.settings.title_pattern
        session.do(_("Rename Notebook"), post_edits.rename_event(session.notebook, title.strip(), pattern))


def save(session: Session) -> None:
    notes.end(session)
    session.save_all()


def show_folder(session: Session) -> None:
    session.screen.open_outside(str(session.folder))


def quit_program(session: Session) -> None:
    session.screen.show("quit")
