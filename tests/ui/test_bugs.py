"""A bug, wherever it is, costs no letter: it is logged whole, told once and saved after; no note is shown."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktopnotes import log
from desktopnotes.media.background import Progress
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import opening, outcome
from desktopnotes.storage.store import Store
from desktopnotes.ui.app import Mail
from tests.ui.conftest import Desk, talk_with

CANARY = "kanarienvogel"
TEXT = f"my {CANARY}"


class StrangeError(Exception):
    """What no one expects, with what the user wrote in it."""


def fail(*_: Any) -> None:
    raise StrangeError(f"strange text: {TEXT}")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[log.Log]:
    """The log of the program, as `app.main` begins it."""
    root, ours = logging.getLogger(), logging.getLogger("desktopnotes")
    before = (list(root.handlers), list(ours.handlers), ours.level, logging.raiseExceptions)
    for module, name in ((threading, "excepthook"), (sys, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    yield log.begin(lambda: tmp_path / "log")
    root.handlers, ours.handlers = list(before[0]), list(before[1])
    ours.setLevel(before[2])
    logging.raiseExceptions = before[3]


@pytest.fixture
def desk(open_desk: Callable[..., Desk], kept: log.Log) -> Iterator[Desk]:
    """With a note that is typed but not yet saved."""
    desk = open_desk(talk_with())
    mail = Mail(desk.window.gate.crashes)
    mail.mailbox, mail.gate = desk.session.mailbox, desk.window.gate
    kept.parts += mail.crashes.log.parts
    mail.crashes.log = kept
    mail.crashes.watch(mail.tell_of)
    yield desk
    desk.window.gate.bugs.clear()


def in_a_binding(desk: Desk) -> None:
    desk.root.bind("<F12>", fail)
    desk.press("F12")


def in_a_command(desk: Desk) -> None:
    desk.window.gate.run(fail)


def later(desk: Desk) -> None:
    desk.root.after(1, fail)


def in_a_posted_job(desk: Desk) -> None:
    desk.session.mailbox.post(fail)


def in_background_work(desk: Desk) -> None:
    def work(_: Progress) -> None:
        fail()

    desk.session.background.run(work)


def in_a_thread(_: Desk) -> None:
    threading.Thread(target=fail).start()


class Finalized:
    def __del__(self) -> None:
        fail()


def in_a_finalizer(_: Desk) -> None:
    Finalized()


PLACES = [
    in_a_binding, in_a_command, later, in_a_posted_job, in_background_work, in_a_thread, in_a_finalizer
]  # fmt: skip


def message(desk: Desk) -> str:
    return desk.window.status.message


def texts(desk: Desk) -> list[str]:
    return [note.text for note in opening.open_notebook(desk.session.path).notebook.talks[0].notes]


def text_of(kept: log.Log) -> str:
    assert kept.path is not None
    return "".join(path.read_text() for path in kept.path.parent.glob("*.log"))


def test_a_bug_anywhere_is_logged_told_and_saved_after(
    desk: Desk, kept: log.Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver, hurried = desk.session.saver, []
    save_now = saver.save_now
    monkeypatch.setattr(saver, "save_now", lambda notebook: (hurried.append(notebook), save_now(notebook)))
    for number, place in enumerate(PLACES):
        desk.type(f" {number} {CANARY}")
        desk.window.status.tell("")
        desk.window.gate.crashes._last_s.clear()  # each is on its own
        place(desk)
        desk.until(lambda: message(desk).startswith("Something went wrong in the program"), place.__name__)
        assert "Your notes are safe and are saved at once." in message(desk)
        wanted = desk.notes[0].text
        assert hurried.pop().talks[0].notes[0].text == wanted, "at once, not when typing pauses"
        hurried.clear()
        desk.until(lambda wanted=wanted: texts(desk) == [wanted], "it is saved")
        assert f" {number} {CANARY}" in wanted
    text = text_of(kept)
    assert 'raise StrangeError(f"strange text: {TEXT}")' in text
    assert "Tk 8" in text
    assert CANARY not in text


def test_its_details_are_copied_by_a_button(desk: Desk, kept: log.Log) -> None:
    desk.type(CANARY)
    in_a_command(desk)
    offers = desk.window.status._offers.winfo_children()
    button = next(each for each in offers if each.cget("text") == "Copy Details")  # type: ignore[no-untyped-call]
    desk.until(button.winfo_viewable, "the button is there")
    desk.click(button, 5, 5)
    desk.until(lambda: message(desk).startswith("Copied:"), "they are copied")
    report = str(desk.root.clipboard_get())
    assert "Desktop Notes 0" in report
    assert "StrangeError: (its words are left out" in report
    assert "in fail\n" in report
    assert CANARY not in report


def test_a_redraw_that_fails_all_the_time_is_told_once(desk: Desk, kept: log.Log) -> None:
    rounds: list[int] = []

    def draw() -> None:
        rounds.append(1)
        fail()

    draw_well, desk.window.moment.draw = desk.window.moment.draw, draw  # type: ignore[method-assign]
    said = len(desk.window.status.said)
    desk.type("words")
    desk.until(lambda: len(rounds) > 12, "it failed again and again")
    desk.window.moment.draw = draw_well  # type: ignore[method-assign]
    assert len(desk.window.status.said) == said + 1
    assert text_of(kept).count("in fail\n") == 1
    desk.until(lambda: texts(desk) == ["words"], "and what is typed is saved")


def test_a_bug_in_saving_leads_no_circle(desk: Desk, kept: log.Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.session, "save_all", fail)
    monkeypatch.setattr(desk.session.saver, "save_now", fail)
    desk.type(CANARY)
    in_a_posted_job(desk)
    desk.until(lambda: "in saving too" in message(desk), "it is told")
    monkeypatch.undo()


def test_a_bug_in_the_thread_that_saves_is_told_and_saving_goes_on(
    desk: Desk, kept: log.Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Store.save
    failed: list[Notebook] = []

    def save_second(one: Store, notebook: Notebook, taken: int) -> outcome.Saved:
        if not failed:
            failed.append(notebook)
            fail()
        return save(one, notebook, taken)

    monkeypatch.setattr(Store, "save", save_second)
    desk.type(CANARY)
    desk.session.save_now()
    desk.until(lambda: failed and "by a fault of the program" in message(desk), "it is told")
    desk.until(lambda: texts(desk) == [CANARY], "it is tried again")
    assert "in fail\n" in text_of(kept)
    assert CANARY not in text_of(kept)


def test_a_bug_while_it_ends_does_not_keep_it_open(
    open_desk: Callable[..., Desk], kept: log.Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with())
    desk.type("last words")
    monkeypatch.setattr(desk.session.downloads, "close", fail)
    monkeypatch.setattr(desk.app, "_keep_state", fail)
    desk.app.close()
    assert texts(desk) == ["last words"]
    assert text_of(kept).count("in fail\n") == 1
    desk._closed = True
    desk.window.gate.bugs.clear()
    with pytest.raises(Exception, match="destroyed"):
        desk.root.winfo_exists()
