"""Undo and redo as a list of earlier notebooks; it knows no clock: whoever records says what moment it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.words import _

SAME_STEP_S = 1.0
"""Typing in the same note is one step as long as its keys are less than this apart (architecture.md)."""

TYPING = _("Typing")
"""What a step is called in which keys changed a text."""

_POST_PLACES = ("title", "date", "slug", "tags", "description", "lang", "intro", "closing", "talks")
"""The fields of a post that a caret can be in, as the view has them from top to bottom."""

_WITHDRAWN_AMONG = 20
"""A step that is withdrawn is looked for among so many: it was made seconds ago."""


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the user was: `place` is "notes", "write_up" or a field of a post; `offset` counts characters.

    In the post view `post_id` says of which post; it is "" elsewhere.

    In an empty row, `below` is the id of the note above it, "" at the top; else it is None. `scrolled` is how
    far the text was scrolled, as the window alone says and reads it; "" where that does not matter.
    """

    place: str = "notes"
    talk_id: str = ""
    note_id: str = ""
    offset: int = 0
    below: str | None = None
    scrolled: str = ""
    post_id: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did: the notebook on the other side of it, and the caret to put back there."""

    label: str
    notebook: Notebook
    caret: Caret


@dataclass(frozen=True, slots=True)
class _Kept:
    """A step as it lies in the history; its notebook lacks the findings from number `findings` on."""

    step: Step
    findings: int


def talk_to_show(before: Notebook, after: Notebook, talk_ids: Sequence[str]) -> str:
    """Where a step is seen: in the first of `talk_ids` that is there, unless it changed others alone."""
    ids = [talk.id for talk in after.talks]
    differing = [talk.id for talk in after.talks if talk != before.talk(talk.id)]
    wanted = differing if differing and talk_ids[0] not in differing else talk_ids
    return next((talk_id for talk_id in (*wanted, *ids) if talk_id in ids), "")


def place_to_show(before: Notebook, after: Notebook, caret: Caret, open_id: str) -> tuple[str, Caret]:
    """The talk to open for a step that led back to `caret`, and where to put the caret.

    What was done in the post view is shown there, whatever talk is open.
    """
    if caret.post_id and after.talk(open_id):
        return open_id, caret
    talk_id = talk_to_show(before, after, (caret.talk_id, open_id))
    is_there = caret.post_id or caret.talk_id == talk_id
    return talk_id, caret if is_there else Caret("notes", talk_id)


def caret_to_show(before: Notebook, after: Notebook, caret: Caret) -> Caret:
    """Where a step is seen: where the caret was, unless that is in no place or in one left as it is."""
    if caret.post_id:
        return _post_caret(before, after, caret)
    was, now = before.talk(caret.talk_id), after.talk(caret.talk_id)
    if was is None or now is None or was.notes is now.notes or caret.place == "write_up":
        return caret
    there = {note.id: note for note in was.notes}
    differing = [note for note in now.notes if (old := there.get(note.id)) is not note and old != note]
    if not differing or any(note.id == caret.note_id for note in differing):
        return caret
    return Caret("notes", now.id, differing[-1].id, len(differing[-1].text))


def _post_caret(before: Notebook, after: Notebook, caret: Caret) -> Caret:
    """As `caret_to_show`, of one in the post view: in its own post first, then others, then write-ups."""
    differing = [
        (post, [name for name in _POST_PLACES if getattr(post, name) != getattr(old, name)])
        for post in sorted(after.posts, key=lambda post: post.id != caret.post_id)
        if (old := before.post(post.id)) not in (None, post)
    ]
    talks = {talk.id: talk for talk in before.talks} if before.talks is not after.talks else {}
    written = [
        talk
        for talk in after.talks
        if (was := talks.get(talk.id)) not in (None, talk) and was.write_up != talk.write_up
    ]
    in_fields = any(post.id == caret.post_id and caret.place in names for post, names in differing)
    in_write_up = caret.place == "write_up" and any(talk.id == caret.talk_id for talk in written)
    if in_fields or in_write_up:
        return caret
    for post, names in differing:
        if names:
            return Caret(names[0], "", "", _length(post, names[0]), post_id=post.id)
    for talk in written:
        return Caret("write_up", talk.id, "", len(talk.write_up), post_id=caret.post_id)
    return caret


def _length(post: Post, name: str) -> int:
    """How many letters the field shows; where it is no line of text, none."""
    value = getattr(post, name)
    if name == "tags":
        return len(", ".join(value))
    return len(value) if isinstance(value, str) else 0


class History:
    """The present notebook with the steps back and forward from it."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self._back: list[_Kept] = []
        self._forward: list[_Kept] = []
        self._findings: list[Callable[[Notebook], Notebook]] = []
        self._typing: tuple[str, float] | None = None
        self._together: str | None = None
        self._has_begun = False

    @contextmanager
    def one_step(self, label: str, *, goes_on: bool = False) -> Iterator[None]:
        """All that is recorded meanwhile is one step of this name, apart from what comes before and after.

        Where it `goes_on`, what is typed next in the same place still belongs to it.
        """
        if self._together is not None:
            yield
            return
        self._together, self._has_begun, self._typing = label, False, None
        try:
            yield
        finally:
            self._together = None
            if not goes_on:
                self._typing = None

    def record(
        self, label: str, after: Notebook, caret: Caret, *, moment_s: float, typing_in: str = ""
    ) -> None:
        """Makes `after` the present. `caret` is where the user was before it.

        Consecutive records with the same `typing_in` (say, a note's id) within `SAME_STEP_S` are one step.
        """
        if after is self.notebook:
            return
        same = (
            typing_in != ""
            and self._typing is not None
            and self._typing[0] == typing_in
            and moment_s - self._typing[1] < SAME_STEP_S
        )
        if self._together is not None:
            same, label, self._has_begun = self._has_begun, self._together, True
        if not same:
            self._back.append(self._kept(label, caret))
        self._forward.clear()
        self._typing = (typing_in, moment_s) if typing_in else None
        self.notebook = after

    def adopt(self, after: Notebook, *, typing: str = "") -> None:
        """Makes `after` the present as a consequence of the last step: no step, and redo stays possible.

        Where that step is mere typing, `typing` is what it turned out to be.
        """
        if typing and self.undo_label == TYPING:
            self._back[-1] = replace(self._back[-1], step=replace(self._back[-1].step, label=typing))
        self.notebook = after

    def end_step(self) -> None:
        """What is typed next is a step of its own."""
        self._typing = None

    def undo(self, caret: Caret) -> Step | None:
        """Steps back and says which step was taken back (its caret is where to go); None at the beginning."""
        before = self.notebook
        step = self._move(self._back, self._forward, caret)
        if step is None or (step.caret.place == "notes" and not step.caret.note_id):
            return step  # an empty row that the user was in is seen
        return replace(step, caret=caret_to_show(before, self.notebook, step.caret))

    def redo(self, caret: Caret) -> Step | None:
        """Steps forward; the caret of the step answered is where what it changes is seen."""
        before = self.notebook
        step = self._move(self._forward, self._back, caret)
        return step and replace(step, caret=caret_to_show(before, self.notebook, step.caret))

    def _move(self, source: list[_Kept], target: list[_Kept], caret: Caret) -> Step | None:
        if not source:
            return None
        kept = source.pop()
        target.append(self._kept(kept.step.label, caret))
        self.notebook = self._now(kept)
        self._typing = None
        return replace(kept.step, notebook=self.notebook)

    def withdraw(self, change: Callable[[Notebook], Notebook]) -> Caret | None:
        """As `amend`; the late step that did nothing but what `change` takes away again is none any more.

        Answers where the user was before that step; None where there is no such one.
        """
        self.amend(change)
        after = self.notebook
        for index in range(len(self._back) - 1, max(-1, len(self._back) - 1 - _WITHDRAWN_AMONG), -1):
            before = self._now(self._back[index])
            if before == after:
                return self._back.pop(index).step.caret
            after = before
        return None

    def _now(self, kept: _Kept) -> Notebook:
        """An earlier value with all that was found out since."""
        notebook = kept.step.notebook
        for change in self._findings[kept.findings :]:
            notebook = change(notebook)
        return notebook

    def _kept(self, label: str, caret: Caret) -> _Kept:
        return _Kept(Step(label, self.notebook, caret), len(self._findings))

    def earlier(self) -> Iterator[Notebook]:
        """What the notebook was before each step, from the last one on; without what was found out since."""
        return (kept.step.notebook for kept in reversed(self._back))

    @property
    def last(self) -> Step | None:
        """The step that undo would take back, with the notebook before it."""
        kept = self._back[-1] if self._back else None
        return replace(kept.step, notebook=self._now(kept)) if kept else None

    @property
    def undo_label(self) -> str:
        return self._back[-1].step.label if self._back else ""

    @property
    def redo_label(self) -> str:
        return self._forward[-1].step.label if self._forward else ""

    def amend(self, change: Callable[[Notebook], Notebook]) -> None:
        """Applies what the program found out to the present and to every value in the history: it is no step.

        `change` is applied to an earlier value only when that is gone back to (of 10,000 notes each, hundreds
        of values would take too long while somebody types), so it must be a pure function of its notebook.
        """
        self._findings.append(change)
        self.notebook = change(self.notebook)
