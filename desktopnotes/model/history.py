"""Undo and redo as a list of earlier notebooks; it knows no clock: whoever records says what moment it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktopnotes.model.notebook import Notebook

SAME_STEP_S = 1.0
"""Typing in the same note is one step as long as its keys are less than this apart (architecture.md)."""


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the user was: `place` is "notes", "write_up" or a field of a post; `offset` counts characters."""

    place: str = "notes"
    talk_id: str = ""
    note_id: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did: the notebook on the other side of it, and the caret to put back there."""

    label: str
    notebook: Notebook
    caret: Caret


class History:
    """The present notebook with the steps back and forward from it."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self._back: list[Step] = []
        self._forward: list[Step] = []
        self._typing: tuple[str, float] | None = None

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
        if not same:
            self._back.append(Step(label, self.notebook, caret))
        self._forward.clear()
        self._typing = (typing_in, moment_s) if typing_in else None
        self.notebook = after

    def end_step(self) -> None:
        """What is typed next is a step of its own."""
        self._typing = None

    def undo(self, caret: Caret) -> Step | None:
        """Steps back and says which step was taken back (its caret is where to go); None at the beginning."""
        return self._move(self._back, self._forward, caret)

    def redo(self, caret: Caret) -> Step | None:
        return self._move(self._forward, self._back, caret)

    def _move(self, source: list[Step], target: list[Step], caret: Caret) -> Step | None:
        if not source:
            return None
        step = source.pop()
        target.append(Step(step.label, self.notebook, caret))
        self.notebook = step.notebook
        self._typing = None
        return step

    @property
    def undo_label(self) -> str:
        return self._back[-1].label if self._back else ""

    @property
    def redo_label(self) -> str:
        return self._forward[-1].label if self._forward else ""

    def amend(self, change: Callable[[Notebook], Notebook]) -> None:
        """Applies what the program found out to the present and to every value in the history: it is no step.

        `change` must return the very notebook it was given where it has nothing to say; equal inputs share
        the result, so that steps which shared a value still do.
        """
        known: dict[int, Notebook] = {}

        def changed(notebook: Notebook) -> Notebook:
            key = id(notebook)
            if key not in known:
                known[key] = change(notebook)
            return known[key]

        before = self.notebook
        self.notebook = changed(before)
        self._back = [replace(step, notebook=changed(step.notebook)) for step in self._back]
        self._forward = [replace(step, notebook=changed(step.notebook)) for step in self._forward]
