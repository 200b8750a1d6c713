"""Things dragged by the mouse from another program's window onto this one; `tests/real_drops.py` has more."""

from __future__ import annotations

import subprocess
import sys
import threading
import tkinter
from collections.abc import Callable
from pathlib import Path

from desktopnotes.sources import file_of
from desktopnotes.ui import drop
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def urls(desk: Desk) -> list[str]:
    return [talk.url for talk in desk.session.notebook.talks if talk.url]


SOURCE = """
import sys
from tkinterdnd2 import TkinterDnD
kind, data = sys.argv[1:]
root = TkinterDnD.Tk()
root.overrideredirect(True)
root.geometry("60x40+0+0")
root.drag_source_register(1, kind)
root.dnd_bind("<<DragInitCmd>>", lambda event: ("copy", kind, data))
root.dnd_bind("<<DragEndCmd>>", lambda event: (print("dropped", event.action, flush=True), root.destroy()))
bytes_of = " ".join(str(byte) for byte in data.encode())  # of its own types Tk wants numbers
if kind == "DND_Files":
    root.tk.eval("proc tkdnd::xdnd::_SendData {type offset bytes args} {return {%s}}" % bytes_of)
root.after(100, lambda: print("ready", flush=True))
root.mainloop()
"""


def drag(desk: Desk, target: tkinter.Misc, kind: str, data: str) -> set[str]:
    """A real drag by the mouse from another program's window to the middle of a widget; what was shown."""
    shown: set[str] = set()
    show = drop._Drops._show

    def showing(drops: drop._Drops, place: tkinter.Misc, words: str) -> None:
        show(drops, place, words)
        shown.update(words_of_drag(desk))  # seen here, as a busy window may do a whole drag in one go

    drop._Drops._show = showing  # type: ignore[method-assign]
    source = subprocess.Popen([sys.executable, "-c", SOURCE, kind, data], stdout=subprocess.PIPE, text=True)
    assert source.stdout is not None
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(source.stdout or ()), daemon=True)
    try:
        assert source.stdout.readline() == "ready\n"
        reader.start()
        x = target.winfo_rootx() + target.winfo_width() // 2
        y = target.winfo_rooty() + target.winfo_height() // 2
        way = [f"mousemove {x * i // 10} {y * i // 10} sleep 0.03" for i in range(3, 11)]
        words = f"mousemove 30 20 sleep 0.1 mousedown 1 sleep 0.1 {' '.join(way)} sleep 0.1 mouseup 1"
        mouse = subprocess.Popen(["xdotool", *words.split()])

        desk.until(lambda: mouse.poll() is not None and source.poll() is not None, "the drop is over")
        reader.join(5)
        assert said == ["dropped copy\n"]
    finally:
        drop._Drops._show = show  # type: ignore[method-assign]
        source.kill()
        source.wait()
    assert not words_of_drag(desk), "it is over"
    return shown


def words_of_drag(desk: Desk) -> list[str]:
    """What stands over the window while something is dragged across it."""
    parts = [child for child in desk.root.winfo_children() if child.winfo_class() == "TLabel"]
    return [str(part.cget("text")) for part in parts if part.winfo_manager() == "place"]


def test_an_address_dropped_on_the_window_is_a_talk(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.until(lambda: desk.root.tk.call("bind", ".", "<<Drop>>"), "drops are taken")
    drag(desk, desk.window.video.black, "DND_Text", "https://a.org/talk?a=1%262")
    desk.until(lambda: urls(desk) == ["https://a.org/talk?a=1%262"], "the talk")


def test_files_dropped_on_the_notes_are_talks(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    desk.until(lambda: desk.root.tk.call("bind", ".", "<<Drop>>"), "drops are taken")
    file = tmp_path / "a folder" / "50% {of} ü.mp4"
    file.parent.mkdir()
    file.write_bytes(b"a recording")
    drag(desk, desk.window.page.text, "DND_Files", file.as_uri())
    desk.until(lambda: len(desk.session.notebook.talks) == 2, "the talk")
    assert file_of(desk.session.notebook.talks[1], desk.session.store) == file
    assert desk.texts == []


def test_captions_dropped_on_the_video_are_those_of_the_talk(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    desk.until(lambda: desk.root.tk.call("bind", ".", "<<Drop>>"), "drops are taken")
    file = tmp_path / "words of it.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:02,000\nhello\n")
    shown = drag(desk, desk.window.video.black, "DND_Files", f"file://localhost{file.as_uri()[7:]}")
    desk.until(lambda: desk.session.talk and desk.session.talk.captions == file.name, "the captions")
    assert "Drop captions for this talk, or recordings to add" in shown
    assert shown <= {
        "Drop captions for this talk, or recordings to add",
        "Drop it to add it to your notes",
    }


def test_addresses_dragged_as_browsers_drag_them_are_talks(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.until(lambda: desk.root.tk.call("bind", ".", "<<Drop>>"), "drops are taken")
    links = "# a comment\r\nhttps://a.org/talk?t=%C3%BC\r\nhttps://b.org/50%25\r\n"
    shown = drag(desk, desk.window.page.text, "DND_Files", links)
    desk.until(lambda: len(urls(desk)) == 2, "the talks")
    assert urls(desk) == ["https://a.org/talk?t=%C3%BC", "https://b.org/50%25"]
    assert "Drop it to add it to your notes" in shown
    desk.window.page.text.focus_set()
    desk.type("as ever")
    assert desk.texts[-1] == "as ever"
