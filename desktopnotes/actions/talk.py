"""The Talk menu: talks come, go and follow each other; and their write-up."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktopnotes.actions import notes, public_link, talks_list
from desktopnotes.media.source import check_source
from desktopnotes.model import edits, naming, post_edits, talk_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import TYPING
from desktopnotes.model.notebook import Notebook, Talk, new_id
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.sources import file_of
from desktopnotes.storage import opening, paths, recordings
from desktopnotes.words import _, ngettext

SUGGESTED_NOTES = 30
"""More than the pane shows; to compose and lay out thousands while the user types would delay the keys."""


def one_is_open(session: Session) -> bool:
    return session.talk is not None


def there_is_a_next(session: Session) -> bool:
    return _neighbour(session, 1) is not None


def there_is_a_previous(session: Session) -> bool:
    return _neighbour(session, -1) is not None


# --- adding ------------------------------------------------------------------------------------------


_CHOOSE_NOTES = _("Put the caret into a note, or choose some, to add them to the write-up.")
_CHOOSE_IN_ITS_NOTES = _(
    "Put the caret into a note in its notes, or choose some, to add them to the write-up."
)


def add_files(session: Session) -> None:
    files = session.screen.ask_files(_("Add Recordings"), "media")
    for file in files:
        check_source(file)
    add(session, files, _("My Talks"))


def add_folder(session: Session) -> None:
    folder = session.screen.ask_folder(_("Add All Recordings of a Folder"))
    if folder is not None:
        add_from_folder(session, folder)


def add_from_folder(session: Session, folder: Path) -> None:
    """Adds what plays in `folder`, in natural order; a new notebook is named after it."""
    files = recordings.media_files(folder)
    if not files:
        raise UserError(
            _("There is no recording in {folder}.").format(folder=folder),
            _("Choose another folder, or add files."),
        )
    add(session, files, Path(os.path.abspath(folder)).name or _("My Talks"))


def add(session: Session, files: Sequence[Path], new_title: str) -> None:
    """Adds recordings that are not there yet and goes to the first of them.

    The sample never receives the user's talks: then a new notebook titled `new_title` takes them.
    """
    if not files:
        return
    make_room(session, new_title)
    there = {file_of(talk, session.store): talk.id for talk in session.notebook.talks}
    places = [session.store.absolute(session.store.relative(file.absolute())) for file in files]
    added = [talk_of(session, place) for place in dict.fromkeys(places) if place not in there]
    join(session, added, added[0].id if added else there[places[0]])


def make_room(session: Session, new_title: str) -> None:
    """Before talks are added: where the open notebook takes none, a new one titled `new_title` is opened."""
    notes.end(session)
    if session.is_sample or session.read_only:
        posts = post_edits.first_parts(session.settings, new_title)
        session.open_notebook(opening.create(paths.notebooks_folder(), new_title, posts))


def join(
    session: Session, added: Sequence[Talk], first_id: str, title: str = "", *, play: bool = False
) -> None:
    """Adds talks as one step and goes to the one with the id `first_id`; of none it says that it is there.

    `title` becomes the notebook's in the same step, where it is not empty. A new one that is gone to plays
    at once where `play` is wished.
    """
    label = ngettext("Add Talk", "Add {n} Talks", len(added)).format(n=len(added))
    after = talk_edits.add_talks(session.notebook, added)
    if title and added:
        after = post_edits.rename_event(after, title, session.settings.title_pattern)
    session.do(label, after)
    session.save_now()
    go_to(session, first_id, play=play and bool(added))
    if not added:
        session.screen.tell(_("It is in this notebook already."))
    public_link.show_found(session, added)


def talk_of(session: Session, file: Path) -> Talk:
    """What the file itself, its name and what lies beside it say of a recording."""
    found = recordings.beside(file, session.settings.language)
    title = found.title or naming.cleaned_file_name(file.name)
    parts = naming.title_and_speakers(title)
    return Talk(
        new_id(),
        title=parts.title,
        original_title=title if title != parts.title else "",
        speakers=found.speakers or parts.speakers,
        url=found.url,
        file=session.store.relative(file),
        captions=session.store.relative(found.captions) if found.captions else "",
        chapters=found.chapters,
        duration_ms=found.duration_ms,
    )


# --- going and removing ------------------------------------------------------------------------------


def go_to(session: Session, talk_id: str, *, play: bool = False) -> None:
    if talk_id != session.talk_id:
        notes.end(session)
        session.open_talk(talk_id, play=play)
        session.screen.put_blank(_last_note(session))


def go_to_notes(session: Session, talk_id: str) -> None:
    """As `go_to`; in the talk that is open already the caret goes behind its notes as well."""
    if talk_id == session.talk_id:
        session.screen.put_blank(_last_note(session))
    else:
        go_to(session, talk_id)


def next_one(session: Session) -> None:
    _go(session, 1)


def previous(session: Session) -> None:
    _go(session, -1)


def _go(session: Session, step: int) -> None:
    talk = _neighbour(session, step)
    if talk is not None:
        go_to(session, talk.id)


def _neighbour(session: Session, step: int) -> Talk | None:
    return talks_list.neighbour(session, session.talk_id, step)


def _last_note(session: Session) -> str:
    talk = session.talk
    return talk.notes[-1].id if talk and talk.notes else ""


def remove(session: Session) -> None:
    """Takes the open talk out of the notebook, undoably; its recording stays where it is."""
    remove_one(session, session.talk_id)


def remove_one(session: Session, talk_id: str) -> None:
    """As `remove`, of any talk: where another one is open, that goes on undisturbed."""
    talk = session.notebook.talk(talk_id)
    if talk is None:
        return
    is_open = talk_id == session.talk_id
    near = talks_list.neighbour(session, talk_id, 1) or talks_list.neighbour(session, talk_id, -1)
    if is_open:
        notes.end(session)
        session.leave()  # what comes back stands where it was left
    before = session.notebook
    session.do(_("Remove Talk"), talk_edits.remove_talk(before, talk_id))
    if is_open:
        session.open_talk(near.id if near else "", asks=False)
    session.save_now()
    back = Offer(_("Undo"), partial(_put_back, session, session.path, before, talk_id))
    session.screen.tell(
        _("“{title}” was removed from the notebook.").format(title=talk.title), back, lasting=True
    )


def _put_back(session: Session, path: Path, before: Notebook, talk_id: str) -> None:
    """Brings that talk back, whatever the user did since: that stays."""
    if session.path != path or session.notebook.talk(talk_id) is not None:
        session.screen.tell(_("There is nothing to take back here."))
        return
    last = session.history.last
    if last is not None and last.notebook.talk(talk_id) is not None:  # nothing was done since
        session.undo()
        return
    notes.end(session)
    session.do(_("Put Talk Back"), talk_edits.put_back(session.notebook, before, talk_id))
    go_to(session, talk_id)
    session.save_now()
    session.screen.tell(_("The talk is in the notebook again."))


def has_link(session: Session) -> bool:
    return bool(session.talk and session.talk.url)


def open_link(session: Session) -> None:
    from desktopnotes.export import links  # a start does without it

    if session.talk and links.is_public(session.talk.url):
        session.screen.open_outside(session.talk.url)


# --- the write-up ------------------------------------------------------------------------------------


def type_write_up(session: Session, text: str, talk_id: str = "") -> None:
    """The write-up as it is now where it is written; of the open talk where no other is named."""
    talk_id = talk_id or session.talk_id
    after = talk_edits.set_write_up(session.notebook, talk_id, text)
    session.do(TYPING, after, typing_in=f"write_up {talk_id}")


def add_to_write_up(session: Session) -> None:
    """Adds the chosen notes, else the one under the caret, as prose, and marks them used.

    With none of both, an empty write-up takes over what would be composed of all notes.
    """
    notes.end(session)
    caret = session.screen.caret()
    talk = session.notebook.talk(caret.talk_id) if caret.post_id else session.talk
    if talk is None:
        if caret.post_id:
            session.screen.tell(
                _("Choose a talk of the post first: an empty write-up takes its suggestion over.")
            )
        return
    ids = () if caret.post_id else session.screen.chosen_notes(from_elsewhere=True) or notes.chosen(session)
    if not ids:
        if talk.write_up.strip():
            session.screen.tell(_CHOOSE_IN_ITS_NOTES if caret.post_id else _CHOOSE_NOTES)
            return
        ids = tuple(note.id for note in talk.notes)
    from desktopnotes.export import compose  # a start does without it

    picked_ids = frozenset(ids)
    picked = tuple(note for note in talk.notes if note.id in picked_ids)
    prose = compose.prose(talk, picked)
    if not prose:
        session.screen.tell(_("There is nothing to add: private and empty notes stay out of the post."))
        return
    text = _continued(talk.write_up, prose)
    after = talk_edits.set_write_up(session.notebook, talk.id, text)
    published = tuple(note.id for note in picked if compose.appears(note))
    session.do(_("Add to Write-up"), edits.mark_used(after, talk.id, published))
    if caret.place == "write_up":
        session.screen.put_caret(replace(caret, place="write_up", talk_id=talk.id, offset=len(text)))


def _continued(write_up: str, prose: str) -> str:
    """Prose goes on where the text ends: in its last paragraph, unless code or the user ended that."""
    from desktopnotes.export import markdown  # a start does without it

    if not write_up.strip():
        return prose
    if markdown.ends_in_code(write_up) or prose.startswith(("```", "~~~")):
        return f"{write_up.rstrip()}\n\n{prose}"
    return f"{write_up}{prose}" if write_up[-1].isspace() else f"{write_up} {prose}"


def suggestion(talk: Talk) -> str:
    """What an empty write-up would say: the talk composed from its notes, of many the first ones."""
    from desktopnotes.export import compose  # a start does without it

    if talk.write_up:
        return ""
    more = " …" if len(talk.notes) > SUGGESTED_NOTES else ""
    return compose.prose(talk, talk.notes[:SUGGESTED_NOTES]) + more
