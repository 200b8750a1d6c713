"""The program is to end and the notebook could not be saved: elsewhere, with the copy, or not yet."""

from __future__ import annotations

from pathlib import Path

from desktopnotes.actions.file import NOTEBOOK_SUFFIX, as_from
from desktopnotes.files import write_new
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.storage import codec
from desktopnotes.storage.unsaved import shown
from desktopnotes.words import _

ELSEWHERE = _("Save Elsewhere…")
_AGAIN = _("If you stay, saving is tried again by itself.")


def may_end(session: Session, why: str, *, has_copy: bool) -> bool:
    """Asks what is to be done; whether the program may end. `why` says what went wrong, and where a copy is.

    `has_copy`: all of the notebook lies in an emergency copy, which is offered when it opens again.
    """
    while True:
        if has_copy:
            quits, told = (
                _("Quit, Keep the Copy"),
                _("If you quit, the copy is offered when the notebook opens again."),
            )
        else:
            quits, told = (
                _("Quit Without Saving"),
                _("If you quit now, what was written since the last save is lost."),
            )
        answer = session.screen.ask_choice(
            _("The notebook could not be saved."),
            f"{why}\n\n{told} {_AGAIN}",
            (ELSEWHERE, quits, _("Stay")),
        )
        if answer != 0:
            return answer == 1
        try:
            written = _save_elsewhere(session)
        except UserError as error:
            why = str(error)
        else:
            if written is not None:
                return _says_where(session, written)


def _save_elsewhere(session: Session) -> Path | None:
    """Puts the whole notebook where the user says, durably, under a name that was free; None: given up."""
    target = session.screen.ask_target(
        ELSEWHERE.removesuffix("…"), Path.home(), session.path.name, label=_("Save")
    )
    if target is None:
        return None
    name = target.name.removesuffix(NOTEBOOK_SUFFIX).removesuffix(".json") or _("Notebook")
    target = target.with_name(name + NOTEBOOK_SUFFIX)
    return write_new(target, codec.encode(as_from(session, target.parent)))


def _says_where(session: Session, written: Path) -> bool:
    told = _("Open it from there next time.")
    if any(note.picture for talk in session.notebook.talks for note in talk.notes):
        pictures = _("Its pictures stay in “{folder}”, beside the first one.")
        told = f"{told} {pictures.format(folder=session.pictures_folder.name)}"
    answer = session.screen.ask_choice(
        _("All your notes are saved in “{place}”.").format(place=shown(written)), told, (_("Stay"), _("Quit"))
    )
    return answer == 1
