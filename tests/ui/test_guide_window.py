"""The guide, what is new, About and a report, by real keys; a report holds no word of the user."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktopnotes import log
from desktopnotes.model.notebook import Note, Post, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.ui import report
from desktopnotes.ui.report_window import FILE_NAME
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

OpenDesk = Callable[..., Desk]

CANARY = "kanarienvogel"


def open_by_palette(desk: Desk, words: str, title: str) -> Any:
    desk.press("ctrl+shift+p")
    desk.until(lambda: desk.dialog("Find a Command"), "the palette")
    desk.type(words)
    desk.press("Return")
    desk.until(lambda: desk.dialog(title), title)
    return desk.dialog(title)


def open_guide(desk: Desk) -> Any:
    desk.press("shift+F1")
    desk.until(lambda: desk.dialog("Guide"), "the guide")
    guide = desk.dialog("Guide")
    desk.until(lambda: guide.links, "its links")
    desk.until(lambda: desk.root.focus_get() is guide.text, "it has the keyboard")
    return guide


def top(guide: Any) -> str:
    """The first words that are seen of it; above a heading is room, which is a line without any."""
    return str(guide.text.get("@0,0 linestart", "@0,0 + 1 lines lineend")).strip()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_guide_is_read_by_keys_alone(open_desk: OpenDesk, screen: str, theme: str) -> None:
    desk = open_desk(talk_with("ten"))
    desk.session.set(theme=theme, keys={"notes.stamp": ("Mod+F5",)})
    guide = open_guide(desk)
    shot(desk, screen, f"guide-{theme}")
    words = guide.text.get("1.0", "end")
    assert "Ctrl+F5 begins a note" in words
    assert "Ctrl+T" not in words
    assert len(guide.text.pictures._photos) == 4
    desk.press("Next", "space", "Down")
    assert guide.text.yview()[0] > 0.2
    desk.press("End")
    assert guide.text.yview()[1] == 1
    shot(desk, screen, f"guide-end-{theme}")
    desk.press("Home")
    assert guide.text.yview()[0] == 0
    desk.press("Tab", "Tab", "Tab", "Tab", "Tab", "Return")
    assert top(guide) == "The post"
    desk.press("Tab", "Tab", "Tab", "Tab", "Return")  # the last links, then the button
    desk.until(lambda: not desk.dialog("Guide"), "it is closed")
    assert desk.root.focus_get() is desk.window.page.text


def test_beside_the_guide_notes_are_written(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    guide = open_guide(desk)
    desk.window.page.text.focus_force()
    desk.type("while reading")
    desk.press("Return")
    assert desk.texts == ["while reading"]
    desk.press("shift+F1")
    desk.until(lambda: desk.root.focus_get() is guide.text, "the same one is back")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Guide"), "Esc closes it")


def test_a_click_on_a_link_leads_to_its_heading(open_desk: OpenDesk) -> None:
    guide = open_guide(desk := open_desk(talk_with("ten")))
    x, y, width, height = guide.text.bbox(guide.links[1].start)
    desk.click(guide.text, x + width, y + height // 2)
    assert top(guide) == "Stamps"


def test_what_is_new_begins_with_the_newest(open_desk: OpenDesk, screen: str) -> None:
    desk = open_desk(talk_with("ten"))
    page = open_by_palette(desk, "what is new", "What Is New?")
    shot(desk, screen, "news")
    assert page.text.get("1.0", "3.0").strip() == "What Is New?"
    assert "0.2.0" in page.text.get("1.0", "5.0")
    assert all("://" in link.address for link in page.links)
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("What Is New?"), "it is closed")


# --- About ------------------------------------------------------------------------------------------


def test_about_says_all_versions_and_is_copied(open_desk: OpenDesk, screen: str) -> None:
    desk = open_desk(talk_with("ten"))
    about = open_by_palette(desk, "about desktop", "Desktop Notes")
    desk.until(lambda: "looking" not in about.reader.cget("text"), "what reads web pages")
    shot(desk, screen, "about-whole")
    desk.press("shift+Tab", "Return")
    copied = desk.root.clipboard_get()
    for words in ("Desktop Notes 0.", "Python 3.", "Tk 8.6", "libVLC", "python-vlc 3", "Pillow ", "yt-dlp "):
        assert words in copied
    assert "Backups: ~/.local/state/desktopnotes/backups" in copied
    assert str(Path.home()) not in copied
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Desktop Notes"), "it is closed")


# --- a report ---------------------------------------------------------------------------------------


def with_canaries(folder: Path) -> Talk:
    """A talk in which every text of the user is a canary."""
    note = Note("note1", at_ms=1000, text=f"note {CANARY}", picture=f"{CANARY}.webp")
    (folder / f"{CANARY} film.mp4").write_bytes(b"x")
    return Talk(
        "talk1",
        title=f"On {CANARY}s",
        file=f"{CANARY} film.mp4",
        url=f"https://example.org/{CANARY}",
        speakers=(f"Ann {CANARY}",),
        tags=(f"{CANARY}tag",),
        write_up=f"write-up {CANARY}",
        notes=(note,),
        duration_ms=60_000,
        state="watching",
    )


@pytest.fixture
def told(open_desk: OpenDesk, tmp_path: Path) -> Desk:
    """With faults that name all of it, as careless code would log them."""
    desk = open_desk(with_canaries(tmp_path))
    notebook = replace(
        desk.session.notebook, title=f"All {CANARY}s", posts=(Post("p", title=f"Post {CANARY}"),)
    )
    desk.session.do("Title", notebook)
    desk.session.set(
        site_folder=f"/srv/{CANARY}", title_pattern=f"{CANARY} {{n}}", language=CANARY, font_size=12
    )
    crashes = desk.window.gate.crashes
    crashes.log = log.Log(tmp_path / "log")
    logger = logging.getLogger("desktopnotes.tests")
    logger.addHandler(crashes.log)
    file = tmp_path / f"{CANARY} film.mp4"
    try:
        logger.warning("%s cannot be read: %s", file, OSError(2, "gone", str(file)))
        logger.warning("careless: %s", f"“{file}” is not there")
        logger.warning(f"more careless: {file} and {desk.session.path}")
        logger.warning(f"most careless: {notebook.title} by {desk.session.notebook.talks[0].speakers}")
        try:
            raise KeyError(f"note {CANARY}")
        except KeyError as error:
            crashes.met(error)
            logger.error("failed", exc_info=error)
    finally:
        logger.removeHandler(crashes.log)
    return desk


def test_a_report_is_shown_whole_and_holds_no_word_of_the_user(told: Desk, screen: str) -> None:
    desk = told
    dialog = open_by_palette(desk, "report a problem", "Report a Problem")
    shot(desk, screen, "report")
    shown = dialog.text.get("1.0", "end-1c")
    assert CANARY not in shown.lower()
    assert str(desk.session.path.parent) not in shown
    assert str(Path.home()) not in shown
    for words in (
        "Python 3.",
        "Tk 8.6",
        "python-vlc 3",
        "Screen: 1500x1000",
        "font_size: 12",
        "site_folder: set",
    ):
        assert words in shown
    assert "1 talks, 1 notes, 1 posts" in shown
    assert "tests/ui/test_guide_window.py" not in shown  # no file of the program
    assert "KeyError" in shown
    assert 'raise KeyError(f"note {' in shown  # where it was
    desk.root.clipboard_clear()
    desk.press("Return")
    assert desk.root.clipboard_get() == shown
    assert "Copied" in dialog.said.cget("text")
    desk.in_dialogs("Tab", ("Report a Problem", "", "Return"), ("Save the Report", "", "Return"))
    saved = Path.home() / FILE_NAME
    desk.until(saved.exists, "it is saved")
    assert saved.read_text(encoding="utf-8") == shown
    desk.until(lambda: FILE_NAME in dialog.said.cget("text"), "it is said")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Report a Problem"), "it is closed")


def test_a_report_that_lies_there_is_not_overwritten(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    there = Path.home() / FILE_NAME
    there.write_text("an older one")
    dialog = open_by_palette(desk, "report a problem", "Report a Problem")
    dialog._write(there)
    desk.until(lambda: "Say beside it" not in dialog.said.cget("text"), "why not")
    assert there.read_text() == "an older one"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("no use is made of /home/ann/My Talks/a b.mp4: gone", "no use is made of …: gone"),
        (r"C:\Users\Ann\My Talks\a.mp4: gone", "…: gone"),
        ("“~/Talks/a b.json” is broken", "“…” is broken"),
        ('cannot open "/srv/x y/z.mp4" now', "cannot open … now"),
        ("asked https://example.org/private?x=1 twice", "asked … twice"),
        ('File "/opt/my dir/desktopnotes/ui/app.py", line 7', 'File "desktopnotes/ui/app.py", line 7'),
        ('File "/usr/lib/python3.11/os.py", line 7', 'File "python3.11/os.py", line 7'),
        ("x = a / b", "x = a / b"),
        ("the TALK BY ANN: bad", "the …: bad"),
        ("The folder “mine” is gone: “a b.md” was not kept", "The folder “…” is gone: “…” was not kept"),
        ("“my “draft” post.md” was not written", "“…” was not written"),
        ("“my ”draft.md” was not written", "… was not written"),
        ("“my\npost.md” was not written", "…\n… was not written"),
        ("'talks/x y.mp4' is gone", "… is gone"),
        ("at ./mine/x.md: gone", "at …: gone"),
        ("at ~ann/x: gone", "at …: gone"),
        ("at $HOME/My talk.mp4: gone", "at …: gone"),
    ],
)  # fmt: skip
def test_paths_and_names_go_and_the_programs_own_lines_stay(told: str, left: str) -> None:
    assert report.without_names(told, {"talk by Ann", "ab"}) == left


def test_a_new_setting_is_not_told_before_it_is_named() -> None:
    every = report._SHOWN_SETTINGS
    texts = {name for name in Settings.__slots__ if isinstance(getattr(Settings(), name), str)}
    assert every & texts == {"theme", "talks_by", "site", "times", "picture_format"}
    assert "unknown" not in every
