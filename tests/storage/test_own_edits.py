"""Two windows that cannot know of each other write one file: they come to rest, and hold the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktopnotes.model.merge import merge
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage.codec import decode, encode
from desktopnotes.storage.opening import open_notebook
from desktopnotes.storage.outcome import Outside
from desktopnotes.storage.own_edits import OwnEdits
from desktopnotes.storage.store import Store

LOOK_EVERY_S = 2.0
ROUNDS = 32
"""Looks of each window after which they must have come to rest: a minute."""

BEGUN = Notebook(
    "book",
    "An Event",
    talks=tuple(Talk(name, name, notes=(Note(f"{name}0"), Note(f"{name}1"))) for name in ("t", "u")),
)


class Window:
    """A window on a machine of its own, as far as a store sees it."""

    def __init__(self, path: Path, state: Path, now_s: list[float]) -> None:
        self._state = state
        with self._at_home():
            self.store = Store(open_notebook(path))
        self.store._own_edits = OwnEdits(lambda: now_s[0])
        self.notebook = self.store.notebook
        self._steps = [self.notebook]
        self._taken = 0
        self.writes = 0

    @contextmanager
    def _at_home(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(self._state))
            yield

    def edit(self, after: Notebook) -> None:
        self._steps.append(self.notebook)
        self.notebook = after
        self.save()

    def undo(self) -> None:
        self.notebook = self._steps.pop() if self._steps else self.notebook
        self.save()

    def save(self) -> None:
        with self._at_home():
            outside = self.store.save(self.notebook, self._taken).outside
        self.writes += 1
        if self._took(outside):
            self.save()

    def look(self) -> bool:
        """Whether there was something new."""
        with self._at_home():
            looked = self.store.look()
        if looked is None:
            return False
        if self._took(looked.outside) or looked.is_to_write:
            self.save()
        return True

    def _took(self, outside: Outside | None) -> bool:
        if outside is None:
            return False
        self._steps.append(self.notebook)
        self.notebook = merge(outside.base, self.notebook, outside.saved).notebook
        self._taken = outside.number
        return True


def edited(notebook: Notebook, new_id: str, kind: str, talk_at: int, note_at: int, text: str) -> Notebook:
    talk = notebook.talks[talk_at % len(notebook.talks)]
    notes = list(talk.notes)
    at = note_at % len(notes) if notes else 0
    if kind == "add" or not notes:
        notes.insert(at, Note(new_id, text=text))
    elif kind == "change":
        notes[at] = replace(notes[at], text=text)
    elif kind == "delete":
        del notes[at]
    else:
        talk = replace(talk, write_up=text)
    after = replace(talk, notes=tuple(notes))
    return replace(notebook, talks=tuple(after if each.id == talk.id else each for each in notebook.talks))


DEEDS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["add", "change", "delete", "head", "undo", "look", "wait"]),
        st.integers(0, 1),
        st.integers(0, 3),
        st.sampled_from(["x", "y", "z"]),
    ),
    max_size=12,
)


@given(DEEDS)
@example([(0, "add", 0, 2, "x"), (1, "look", 0, 0, "x"), (1, "delete", 0, 2, "x")])
@example([(0, "change", 0, 0, "x"), (1, "look", 0, 0, "x"), (1, "change", 0, 0, "")])
@settings(max_examples=8)
def test_two_windows_come_to_rest_and_hold_the_same(deeds: list[tuple[int, str, int, int, str]]) -> None:
    now_s = [0.0]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "event.talknotes.json"
        path.write_bytes(encode(BEGUN))
        windows = [Window(path, Path(name) / f"state{number}", now_s) for number in range(2)]
        for number, (who, kind, talk_at, note_at, text) in enumerate(deeds):
            window = windows[who]
            now_s[0] += 20.0 if kind == "wait" else 0.5
            if kind == "undo":
                window.undo()
            elif kind in ("look", "wait"):
                window.look()
            else:
                window.edit(edited(window.notebook, f"n{number}", kind, talk_at, note_at, text))
        for _ in range(ROUNDS):
            now_s[0] += LOOK_EVERY_S
            news = [window.look() for window in windows]
        assert news == [False, False]
        assert windows[0].notebook == windows[1].notebook == decode(path.read_bytes())


def test_who_writes_its_own_old_state_again_and_again_takes_nothing_away() -> None:
    """What it adds goes by what it has read, which is what it wrote itself before our save came."""
    now_s = [0.0]
    own = OwnEdits(lambda: now_s[0])
    after = edited(BEGUN, "ours", "add", 0, 0, "of this window")
    own.made(BEGUN, after)
    for number in range(4):
        now_s[0] += 2.0
        stale = edited(BEGUN, f"theirs{number}", "add", 1, 0, "beneath")
        assert own.base_of(after, stale) == BEGUN
