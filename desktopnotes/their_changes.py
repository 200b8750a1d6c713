"""What another program did to the notebook's file comes into the window: one step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from desktopnotes.model.history import History
from desktopnotes.model.merge import Change, ChangeKind, merge, sentence
from desktopnotes.model.merge_changes import versions_of
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.screen import Offer, Screen, Waits
from desktopnotes.storage.outcome import Outside
from desktopnotes.trace import Trace
from desktopnotes.words import _

LABEL = _("Changes from Another Program")
TAKEN_BACK = _("Without Another Program’s Changes")


class Surroundings(Protocol):
    """What of a session it needs."""

    history: History
    read_only: bool
    talk_id: str
    trace: Trace

    @property
    def screen(self) -> Screen: ...

    @property
    def notebook(self) -> Notebook: ...

    @property
    def talk(self) -> Talk | None: ...

    @property
    def writing_id(self) -> str: ...

    def merged(self, label: str, after: Notebook, number: int) -> None: ...

    def open_talk(self, talk_id: str) -> None: ...

    def play_as_it_is_now(self, before: Talk | None) -> None: ...

    def do(self, label: str, after: Notebook) -> None: ...

    def undo(self) -> None: ...


def take(session: Surroundings, outside: Outside) -> None:
    """Merges it with what the window has by now; the caret and the note that is being written stay."""
    before = session.notebook
    if session.read_only:
        _follow(session, outside.saved)
        return
    merged = merge(_but_for_what_is_written(session, outside), before, outside.saved)
    session.trace("merged", changes=len(merged.changes), number=outside.number)
    session.merged(LABEL, merged.notebook, outside.number)
    if merged.notebook is not before:
        _show_open_talk(session, before)
        changes = _changes(outside, before) or merged.changes
        words = sentence(changes, merged.notebook)
        session.screen.tell(
            " ".join(filter(None, (_("Another program changed this notebook."), words, outside.notice))),
            *offers(session, LABEL, before, merged.notebook, changes),
            *(
                [Offer(_("Backups"), lambda: session.screen.show("backups"), stays=True)]
                if outside.in_backups
                else []
            ),
            waits=Waits.CAME_IN,
        )


def _changes(outside: Outside, before: Notebook) -> Sequence[Change]:
    """What they did to what the window had; in what was saved, what both changed is settled already."""
    return merge(outside.parted, before, outside.theirs).changes if outside.parted else ()


def _but_for_what_is_written(session: Surroundings, outside: Outside) -> Notebook:
    """What both go back to. A note that is being written is not taken away under the caret."""
    base, note_id, talk = outside.base, session.writing_id, session.talk
    was, now = base.talk(session.talk_id), outside.saved.talk(session.talk_id)
    if not note_id or talk is None or was is None or now is None or now.note(note_id):
        return base
    without = replace(was, notes=tuple(note for note in was.notes if note.id != note_id))
    return replace(base, talks=tuple(without if each is was else each for each in base.talks))


def _follow(session: Surroundings, notebook: Notebook) -> None:
    """What can only be read is shown as it is now."""
    before = session.notebook
    session.history = History(notebook)
    session.trace("merged", changes=0, number=0)
    session.screen.notebook_changed(before)
    _show_open_talk(session, before)
    session.screen.tell(_("Another program changed this notebook; it is shown as it is now."))


def _show_open_talk(session: Surroundings, before: Notebook) -> None:
    """The open talk may be gone, or play from elsewhere now."""
    was = before.talk(session.talk_id)
    if session.talk is None and was is not None:
        session.open_talk(next((talk.id for talk in session.notebook.talks), ""))
    elif session.talk is not was:
        session.play_as_it_is_now(was)


def offers(
    session: Surroundings, label: str, before: Notebook, after: Notebook, changes: Sequence[Change]
) -> tuple[Offer, ...]:
    """Show and Undo for a step that brought `changes` in; what is kept twice is shown first, all versions."""
    undo = Offer(_("Undo"), partial(_take_back, session, label, before, after))
    seen = [change for change in changes if after.talk(change.talk_id)]
    twice = [change for change in seen if change.kind is ChangeKind.KEPT_TWICE]
    first = next((change for change in (*twice, *seen) if change.note_id), seen[0] if seen else None)
    if first is None:
        return (undo,)
    versions = next((ids for ids in versions_of(changes) if first.note_id in ids), [first.note_id])
    return (Offer(_("Show"), partial(_show, session, first.talk_id, versions), stays=True), undo)


def _show(session: Surroundings, talk_id: str, note_ids: Sequence[str]) -> None:
    """Goes to what came first."""
    talk = session.notebook.talk(talk_id)
    if talk is None:
        session.screen.tell(_("What came in is gone again by now."))
        return
    if talk.id != session.talk_id:
        session.open_talk(talk.id)
    if there := [note_id for note_id in note_ids if talk.note(note_id)]:
        session.screen.choose_notes(there)


def _take_back(session: Surroundings, label: str, before: Notebook, after: Notebook) -> None:
    """Undoes it, also where the user went on since: what they did stays."""
    if session.history.undo_label == label:
        session.undo()
        return
    session.do(
        TAKEN_BACK if label == LABEL else _("Without: {step}").format(step=label),
        merge(after, session.notebook, before).notebook,
    )
    session.screen.tell(_("Undone: {step}").format(step=label))
