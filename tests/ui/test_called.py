"""What a later call of the program leaves the keyboard on: no letter that follows is lost, or does a deed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.handing_over.message import NEW, Message
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


class Answer:
    """The way back to the caller, who waits for nothing here."""

    def take(self) -> bool:
        return True

    def done(self) -> None: ...

    def later(self) -> None: ...

    def refuse(self, sentence: str) -> None:
        pytest.fail(sentence)


def call(desk: Desk, *names: str) -> None:
    desk.app._called.come(Message(names, "/"), Answer())


def a_notebook(path: Path) -> Path:
    path.write_bytes(codec.encode(Notebook("book2", title="Other", talks=(talk_with("ten", "twenty"),))))
    return path


def test_a_call_in_the_midst_of_a_note_leaves_the_keyboard_there(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.type("in the midst")
    call(desk)
    desk.type(" of it")
    assert desk.texts == ["in the midst of it"]
    desk.window.video.black.focus_set()
    call(desk)
    desk.press("t")
    assert len(desk.notes) == 2, "the video has it still"


def test_a_new_notebook_has_the_keyboard_in_its_page_and_so_has_the_next(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(talk_with("ten"))
    desk.window.video.black.focus_set()
    call(desk, NEW)
    desk.type("My thoughts")
    assert desk.window.status.message == "Add a talk first: Talk, Add Files…"
    assert not desk.player.muted
    desk.window.video.buttons[0].focus_set()
    call(desk, str(a_notebook(tmp_path / "other.talknotes.json")))
    desk.type("My thoughts, typed more")
    assert not desk.player.muted
    assert desk.texts == ["ten", "twenty", "My thoughts, typed more"]
    call(desk, NEW)
    call(desk, str(tmp_path / "event.talknotes.json"))
    desk.type("Muted")
    assert desk.texts == ["ten", "Muted"]
