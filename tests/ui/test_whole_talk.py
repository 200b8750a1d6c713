"""A whole talk's notes by real keys alone, on real libVLC, with all that the page can do; then the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec
from tests.site import SAMPLE
from tests.ui.conftest import Desk
from tests.ui.test_looks import shot

RECORDING = "notes-that-outlive-the-talk"
LENGTH_MS = 98_183
_FRAME_MS = 40
PAGE = "https://example.org/a_page_(old)"


def notebook_in(folder: Path) -> Path:
    """The sample's recording with its captions, as a talk that was left at 5 s, without a note."""
    talk = Talk(
        "talk1",
        title="Notes That Outlive the Talk",
        file=str(SAMPLE / f"{RECORDING}.mp4"),
        captions=str(SAMPLE / f"{RECORDING}.en.vtt"),
        duration_ms=LENGTH_MS,
        state="watching",
        position_ms=5_000,
    )
    path = folder / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=(talk,))))
    return path


class Writer:
    """Somebody who writes: keys, and what should be seen after them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def at(self, at_ms: int) -> None:
        """Goes on to a whole 5 s of the recording, by the keys that skip."""
        step = "ctrl+l" if at_ms > self.desk.at_ms else "ctrl+j"
        for _ in range(round(abs(at_ms - self.desk.at_ms) / 5_000)):
            self.desk.press(step)
        self.desk.until(lambda: abs(self.desk.at_ms - at_ms) <= _FRAME_MS, f"it stands at {at_ms}")

    def note(self, text: str) -> None:
        self.desk.type(text)
        self.desk.press("Return")

    def copy(self, text: str) -> None:
        self.desk.root.clipboard_clear()
        self.desk.root.clipboard_append(text)

    def command(self, name: str) -> None:
        self.desk.in_dialogs("ctrl+shift+p", ("Find a Command", name, "Return"))

    def sees(self, *texts: str) -> None:
        self.desk.until(lambda: self.desk.texts == list(texts), f"the notes {texts}")

    def last(self) -> Note:
        return self.desk.notes[-1]


def near(at_ms: int | None, wanted_ms: int) -> bool:
    return at_ms is not None and abs(at_ms - wanted_ms) <= _FRAME_MS


def write_kinds(w: Writer) -> None:
    """Kinds by the sign typed first and by key, a tag that is completed, an address."""
    desk = w.desk
    w.note("> Notes survive #craft")
    w.at(10_000)
    w.note("= The second part")
    w.at(15_000)
    desk.type("? Does it scale #cr")
    desk.press("Tab")
    desk.until(lambda: desk.texts[-1].rstrip() == "Does it scale #craft", "the tag is completed")
    desk.press("Return")
    w.at(20_000)
    w.note("! ask around")
    w.note("https://example.org/")
    w.note("by key")
    desk.press("ctrl+Up", "ctrl+alt+3", "ctrl+alt+1", "ctrl+End")
    assert [note.kind for note in desk.notes] == [
        *("quote", "chapter", "question", "private", "link", "thought")
    ]


def write_markdown(w: Writer) -> None:
    """Bold, italic, code, a link over words, a list inside a note."""
    desk = w.desk
    w.at(25_000)
    desk.type("bold")
    desk.press("ctrl+b")
    desk.press("End")
    desk.type(" slanted")
    desk.press("ctrl+i")
    desk.press("End")
    desk.type(" code")
    desk.press("ctrl+shift+m", "End")
    desk.type(" see here")
    desk.press("ctrl+shift+Left")
    w.copy(PAGE)
    desk.press("ctrl+v", "End", "shift+Return")
    desk.type("- one")
    desk.press("shift+Return")
    desk.type("- two")
    desk.press("Return")
    assert w.last().text.startswith("**bold** *slanted* `code` see [here](https://example.org/a_page")
    assert w.last().text.endswith(")\n- one\n- two")


def paste_stamped(w: Writer) -> None:
    """Lines that begin with a time become notes of that time."""
    w.copy("0:30 pasted one\n0:35 pasted two\nand its second line")
    w.desk.press("ctrl+v")
    w.desk.until(lambda: len(w.desk.notes) == 9, "two more notes")
    w.desk.press("ctrl+End")


def change_stamps(w: Writer) -> None:
    """Entered, nudged, given an end, taken off, shifted; an unstamped note is moved."""
    desk = w.desk
    w.at(40_000)
    desk.type("entered")
    desk.press("F2")
    desk.until(lambda: desk.root.focus_get() is not desk.window.page.text, "the entry")
    desk.press("ctrl+a")
    desk.type("0:46.1")
    desk.press("Return")
    desk.until(lambda: w.last().at_ms == 46_100, "the stamp")
    desk.press("alt+Left", "alt+Prior")
    desk.until(lambda: w.last().at_ms == 45_000, "nudged")
    w.at(50_000)
    desk.press("ctrl+shift+e")
    desk.until(lambda: near(w.last().end_ms, 50_000), "its end")
    desk.press("End", "Return")
    w.note("about the talk")
    desk.press("ctrl+Up")
    w.command("take off stamp")
    desk.until(lambda: w.last().at_ms is None, "no stamp")
    desk.press("alt+Up")
    desk.until(lambda: desk.notes[-2].text == "about the talk", "moved up")
    desk.press("alt+Down", "ctrl+End")


def take_from_the_talk(w: Writer) -> None:
    """What was said, and what is on the screen."""
    desk = w.desk
    before = len(desk.notes)
    desk.press("ctrl+u")
    desk.until(lambda: len(desk.notes) == before + 1, "what was said")
    desk.press("ctrl+End")
    w.at(60_000)
    desk.type("A slide")
    desk.press("ctrl+d")
    desk.until(lambda: any(note.picture for note in desk.notes), "the snapshot")
    desk.press("Return")


def take_from_the_transcript(w: Writer) -> None:
    desk = w.desk
    before = {note.id for note in desk.notes}
    desk.press("ctrl+r")
    desk.until(
        lambda: desk.window.side.pane and desk.window.side.pane.text.winfo_viewable(), "the transcript"
    )
    desk.press("ctrl+Home", "shift+ctrl+Right", "shift+ctrl+Right", "shift+ctrl+Right", "ctrl+u")
    desk.until(lambda: len(desk.notes) == len(before) + 1, "its words")
    desk.press("ctrl+r")
    desk.until(lambda: desk.window.page.text.winfo_viewable(), "the notes")
    (new,) = (note for note in desk.notes if note.id not in before)
    assert new.kind == "quote"
    assert len(new.text.split()) == 3
    desk.press("ctrl+End")


def arrange(w: Writer) -> None:
    """Split, joined, doubled, deleted; several at once."""
    desk = w.desk
    w.at(65_000)
    desk.type("first half and second half")
    desk.press("ctrl+Left", "ctrl+Left", "ctrl+Left", "ctrl+shift+s")
    desk.until(lambda: desk.notes[-2].text.strip() == "first half", "split")
    desk.press("ctrl+shift+k")
    desk.until(lambda: w.last().text == "first half and second half", "joined")
    desk.press("ctrl+alt+d")
    desk.until(lambda: desk.texts[-2:] == ["first half and second half"] * 2, "doubled")
    desk.press("ctrl+shift+BackSpace")
    desk.until(lambda: desk.texts.count("first half and second half") == 1, "deleted")
    desk.press("ctrl+End")
    w.at(70_000)
    w.note("several one")
    w.note("several two")
    desk.press("ctrl+Up", "shift+Up", "ctrl+alt+3")
    desk.until(lambda: [note.kind for note in desk.notes[-2:]] == ["question"] * 2, "both are questions")
    desk.press("ctrl+End")


def find_and_replace(w: Writer) -> None:
    desk = w.desk
    desk.press("ctrl+f")
    desk.type("second")
    desk.press("F3", "Escape")
    desk.until(lambda: desk.root.focus_get() is desk.window.page.text, "the page has the caret again")
    replaced = [text.replace("survive", "last") for text in desk.texts]
    desk.press("ctrl+h")
    desk.until(lambda: desk.dialog("Replace"), "the window")
    desk.type("survive")
    desk.press("Tab")
    desk.type("last")
    desk.press("Return")
    desk.until(lambda: desk.texts == replaced, "replaced")


def write_up(w: Writer) -> None:
    desk = w.desk
    desk.press("F4")
    desk.type("Worth seeing. Read this")
    desk.press("ctrl+shift+Left")
    w.copy("https://example.org/more")
    desk.press("ctrl+v", "F4", "ctrl+Home", "ctrl+shift+Return")
    desk.until(lambda: any(note.used for note in desk.notes), "the first note is used")


def what_is_saved(path: Path) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["talks"][0]["notes"]
    return notes


def test_a_whole_talk(open_real: Callable[..., Desk], screen: str, tmp_path: Path) -> None:
    path = notebook_in(tmp_path)
    desk = open_real(str(path))
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "it is open")
    opened = desk.session.notebook
    w = Writer(desk)
    for part in (
        *(write_kinds, write_markdown, paste_stamped, change_stamps, take_from_the_talk),
        *(take_from_the_transcript, arrange, find_and_replace, write_up),
    ):
        part(w)
    shot(desk, screen, "whole-talk")
    written = desk.session.notebook

    # All of it is undone to the opening, and done again.
    for _ in range(400):
        if not desk.session.history.undo_label:
            break
        desk.press("ctrl+z")
    assert [talk.notes for talk in desk.session.notebook.talks] == [talk.notes for talk in opened.talks]
    for _ in range(400):
        if not desk.session.history.redo_label:
            break
        desk.press("ctrl+shift+z")
    assert _without_moments(desk.session.notebook) == _without_moments(written)

    desk.press("ctrl+s")
    desk.until(lambda: "Saved" in desk.window.status.saved, "it is saved")
    desk.close()
    saved = what_is_saved(path)
    assert [note["text"] for note in saved] == [note.text for note in written.talks[0].notes]
    stamps = [note["at_ms"] for note in saved if note.get("at_ms") is not None]
    assert stamps == sorted(stamps)
    by_text = {note["text"]: note for note in saved}
    assert near(by_text["Notes last #craft"]["at_ms"], 5_000)
    assert by_text["Notes last #craft"]["kind"] == "quote"
    assert by_text["pasted two\nand its second line"]["at_ms"] == 35_000
    assert by_text["about the talk"].get("at_ms") is None
    assert (tmp_path / "event.pictures" / by_text["A slide"]["picture"]).is_file()
    written_up = json.loads(path.read_text(encoding="utf-8"))["talks"][0]["write_up"]
    assert written_up.startswith("Worth seeing. Read [this](https://example.org/more)")


def _without_moments(notebook: Notebook) -> Notebook:
    """What the program finds out besides, the position, is no step."""
    return replace(notebook, talks=tuple(replace(talk, position_ms=0) for talk in notebook.talks))
