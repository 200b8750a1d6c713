"""Chapters and notes for other programs and the clipboard: by real keys, read by another process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes import commands
from desktopnotes.model.notebook import Kind, Note
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

OpenDesk = Callable[..., Desk]

PASTE = """
import json, tkinter
root = tkinter.Tk()
root.withdraw()
targets = root.clipboard_get(type="TARGETS").split()
print(json.dumps([targets, *(root.clipboard_get(type=name) for name in ("text/html", "UTF8_STRING"))]))
"""
"""What a program does that pastes: it asks whoever holds the clipboard for a form by its name."""

TEXTS = ((0, "Welcome"), (60_000, "Über 日本 🎉"), (64_000, "Six & <seven>"))
CHAPTERS = tuple(
    Note(f"note{i}", at_ms=at_ms, kind=Kind.CHAPTER, text=text)
    for i, (at_ms, text) in enumerate(
        [(0, "Welcome"), (60_000, "Über 日本 🎉"), (64_000, "Six & <seven>")], 1
    )
)


def run(desk: Desk, command_id: str) -> None:
    desk.window.run(commands.by_id(command_id))


def pasted(desk: Desk) -> tuple[list[str], str, str]:
    """The forms that are on the clipboard, the formatted and the plain one, as another program gets them."""
    reader = subprocess.Popen([sys.executable, "-c", PASTE], stdout=subprocess.PIPE, text=True)
    try:
        answers: list[str] = []
        thread = threading.Thread(target=lambda: answers.append(reader.communicate()[0]), daemon=True)
        thread.start()
        desk.until(lambda: answers, "the other program has pasted", limit_s=30)
        thread.join()
    finally:
        reader.kill()
        reader.wait()
    targets, html, text = json.loads(answers[0])
    return targets, html, text


def copied_rich(desk: Desk) -> tuple[list[str], str, str]:
    run(desk, "post.copy_rich")
    desk.until(lambda: "on the clipboard" in desk.window.status.message, "it is copied", limit_s=30)
    return pasted(desk)


def test_another_program_pastes_the_post_formatted_or_plain(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("Über *日本* 🎉", "a <b> & c", url="https://youtu.be/dQw4w9WgXcQ"))
    targets, html, text = copied_rich(desk)
    assert {"text/html", "UTF8_STRING"} <= set(targets)
    assert html.isascii()
    assert '<a href="https://youtu.be/dQw4w9WgXcQ">A Talk</a> - &#220;ber <em>&#26085;&#26412;</em> ' in html
    assert "a &lt;b&gt; &amp; c." in html
    assert "- A Talk (https://youtu.be/dQw4w9WgXcQ) - Über 日本 🎉. a <b> & c." in text
    assert desk.session.screen.copied() == text


def test_a_post_of_more_than_a_megabyte_arrives_whole(open_desk: OpenDesk) -> None:
    words = "é日本🎉" * 40
    lines = "\n".join(f"Zeile {i}: {words} **bold**" for i in range(1_200))
    desk = open_desk(talk_with("short", write_up=lines))
    _, html, text = copied_rich(desk)
    assert len(html) > 1_000_000
    assert html.count("<strong>bold</strong>") == 1_200
    assert html.count("&#233;&#26085;&#26412;&#127881;" * 40) == 1_200
    assert html.rstrip().endswith("</ul>")
    assert text.count("é日本") == 1_200 * 40  # Tk spoils some emoji of a large plain text, but nothing else


def test_what_is_copied_next_is_plain_again(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one"))
    copied_rich(desk)
    run(desk, "post.copy")
    desk.until(lambda: desk.window.status.message == "The post is on the clipboard.", "it is copied")
    reader = "import tkinter; root = tkinter.Tk(); root.withdraw(); print(root.clipboard_get(type='TARGETS'))"
    process = subprocess.Popen([sys.executable, "-c", reader], stdout=subprocess.PIPE, text=True)
    desk.until(lambda: process.poll() is not None, "the other program has asked")
    assert process.stdout is not None
    with process.stdout as answer:
        assert "text/html" not in answer.read()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chapters_are_copied_and_what_would_disable_them_is_told(
    open_desk: OpenDesk, screen: str, theme: str
) -> None:
    desk = open_desk(talk_with(notes=CHAPTERS))
    desk.session.set(theme=theme)
    desk.press("ctrl+shift+p")
    desk.until(lambda: desk.dialog("Find a Command"), "the palette")
    desk.type("youtube chap")
    shot(desk, screen, f"outputs-palette-{theme}")
    desk.press("Escape")
    menus = desk.window.menus
    menus.menus["post"].post(desk.root.winfo_rootx() + 40, desk.root.winfo_rooty())
    below = menus._below["post"][0]
    below.post(desk.root.winfo_rootx() + 400, desk.root.winfo_rooty() + 40)
    assert below.entrycget(0, "label") == "YouTube Chapters…"
    shot(desk, screen, f"outputs-menu-{theme}")
    below.unpost()
    menus.menus["post"].unpost()
    run(desk, "post.copy_chapters")
    desk.until(lambda: "on the clipboard" in desk.window.status.message, "they are copied")
    assert desk.session.screen.copied() == "0:00 Welcome\n1:00 Über 日本 🎉\n1:04 Six & ‹seven›\n"
    assert "line 2, “1:00 Über 日本 🎉”, lasts 4 s" in desk.window.status.message
    shot(desk, screen, f"outputs-chapters-{theme}")


def test_notes_are_written_to_a_file_by_keys_and_none_is_replaced_unasked(
    open_desk: OpenDesk, screen: str, tmp_path: Path
) -> None:
    desk = open_desk(talk_with("one", "two"))
    title = "Export Notes as a Table (CSV)"
    file = tmp_path / "mine.csv"
    palette, found = "ctrl+shift+p", ("Find a Command", "Notes as Table", "Return")
    desk.in_dialogs(palette, found, (title, str(file.with_suffix("")), "Return"))
    desk.until(lambda: "Exported to mine.csv" in desk.window.status.message, "it is written")
    before = file.read_bytes()
    assert b"A Talk,,0:00:10,,10000,thought,one,,," in before
    shot(desk, screen, "outputs-written")
    file.write_text("mine")
    desk.in_dialogs(
        palette,
        found,
        (title, str(file), "Return"),
        ("Desktop Notes", "", "Return"),
    )
    assert file.read_text() == "mine"
