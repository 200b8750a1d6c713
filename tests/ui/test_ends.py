"""After a hard end the next start says so once, and the caret is where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec, paths, runs
from desktopnotes.storage.state_file import Place
from tests.ui.conftest import TALK, Desk, talk_with


def leave_mark(mark: runs.Mark, fault: str = "") -> None:
    """As a run that was killed leaves it: there, and held by nobody."""
    run = runs.Run()
    run.write(replace(mark, began=run.mark.began))
    assert run._path is not None
    assert run._claim is not None
    if fault:
        run._path.with_suffix(".fault").write_text(fault)
    run._claim.release()


def message(desk: Desk) -> str:
    return desk.window.status.message


def offers(desk: Desk) -> list[str]:
    return [str(each.cget("text")) for each in desk.window.status._offers.winfo_children()]  # type: ignore[no-untyped-call]


def test_a_hard_end_is_told_at_the_next_start_once(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("ten", "twenty", "thirty"))
    here = str(desk.session.path)
    desk.close()
    assert list((paths.state_folder() / "runs").iterdir()) == [], "a run that ended well leaves no mark"
    place = Place(here, TALK, Caret("notes", TALK, "note2", 3))
    saved = runs.now()
    leave_mark(runs.Mark(saved=saved, notebook=here, title="An Event", place=place), "Segmentation fault")
    desk = open_desk()
    time_of_day = saved[11:19]
    assert message(desk) == (
        "Desktop Notes ended unexpectedly last time. "
        f"What was saved up to {time_of_day} is here; "
        "what you typed in the seconds after that may be missing."
    )
    assert offers(desk)[0] == "Copy Details"
    assert (desk.window.caret().note_id, desk.window.caret().offset) == ("note2", 3)
    assert "Segmentation fault" in desk.window.gate.crashes.report()
    desk.type("x")
    assert desk.texts == ["ten", "twexnty", "thirty"]
    desk.close()
    assert "unexpectedly" not in message_of_next(open_desk())


def message_of_next(desk: Desk) -> str:
    return "".join(words for _, words in desk.window.status.said)


def test_the_mark_knows_the_last_save_and_the_place(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.window.put_caret(Caret("notes", TALK, "note1", 3))
    desk.type("abc")
    run = desk.app._ends._run
    assert run is not None
    assert run.mark.saved == ""
    desk.session.save_now()
    desk.until(lambda: run.mark.saved, "the save is noted")
    assert run.mark.notebook == str(desk.session.path)
    assert run.mark.place.caret.note_id == "note1"
    assert run.mark.place.caret.offset == 6
    assert run.mark.failing == ""


def test_a_hard_end_in_another_notebook_offers_that(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    other = tmp_path / "other.talknotes.json"
    other.write_bytes(codec.encode(Notebook("book2", title="Other")))
    leave_mark(runs.Mark(saved=runs.now(), notebook=str(other), title="Other"))
    desk = open_desk(talk_with("ten"))
    assert "in “Other” is there;" in message(desk)
    button = desk.window.status._offers.winfo_children()[0]
    assert offers(desk)[0] == "Open It"
    button.invoke()  # type: ignore[attr-defined]
    desk.until(lambda: desk.session.path == other, "it is open")
    assert "unexpectedly" not in message(desk)
