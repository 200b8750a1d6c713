"""Two real programs on one notebook: the second says so, and its button brings the first to the front."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktopnotes.actions.open_twice import ALONE, OPEN_TWICE
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from desktopnotes.ui import front
from tests.bench.running import end
from tests.calls import Program
from tests.ui.conftest import Desk, talk_with


@pytest.fixture
def program(screen: str, home: Path) -> Iterator[Program]:
    with closing(Program(home, screen)) as one:
        yield one


def test_the_second_window_says_so_and_leads_to_the_first(
    program: Program, tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    notebook = tmp_path / "event.talknotes.json"  # which `open_desk` opens as well
    notebook.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=(talk_with("one"),))))
    first = program.start(str(notebook))
    assert program.call() == (0, ""), "the first is there"
    (window,) = program.windows()
    desk = open_desk()
    assert desk.window.status.message == OPEN_TWICE
    button, *_ = desk.window.status._offers.winfo_children()
    assert button.cget("text") == "Go to That Window"
    desk.click(button, 10, 5)
    desk.until(lambda: program.in_front() == window, "the first window is in front")
    assert desk.window.status.message == OPEN_TWICE, "it lasts"

    end(first)
    desk.until(lambda: desk.window.status.message == ALONE, "this window has it alone")


def test_the_window_manager_is_asked_too_as_some_keep_programs_from_the_keyboard(
    program: Program, open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with("one"))
    (window,) = program.windows()
    other = subprocess.Popen(["xmessage", "in front"], stderr=subprocess.DEVNULL)
    try:
        program.xdotool("search", "--sync", "--onlyvisible", "--name", "xmessage", "windowactivate")
        desk.until(lambda: program.in_front() not in ("", window), "the other is in front")
        monkeypatch.setattr(desk.root, "lift", lambda: None)
        monkeypatch.setattr(front, "_take_keyboard", lambda *_: None)
        front.bring_to_front(desk.root, "launcher-1_TIME0")
        desk.until(lambda: program.in_front() == window, "the manager brings it to the front")
    finally:
        end(other)
