"""A file beside a page, its times, quality and versions: by real keys in the real window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes import commands
from desktopnotes.actions import updating
from desktopnotes.actions.updating import Runtime
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

OpenDesk = Callable[..., Desk]

PAGE = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
TIMES = "The File's Times and the Page's"


def run(desk: Desk, command_id: str) -> None:
    desk.window.run(commands.by_id(command_id))


def open_times(desk: Desk) -> object:
    run(desk, "talk.times")
    desk.until(lambda: desk.dialog(TIMES), "the two times")
    return desk.dialog(TIMES)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_times_are_typed_and_taken(open_desk: OpenDesk, screen: str, theme: str) -> None:
    desk = open_desk(talk_with("ten", "twenty", url=PAGE))
    desk.session.set(theme=theme)
    desk.stand_at(83_000)
    dialog = open_times(desk)
    assert (dialog.file.get(), dialog.page.get()) == ("0:01:23.000", "0:01:23.000")  # type: ignore[attr-defined]
    desk.press("Tab")
    desk.type("0:00")
    desk.until(lambda: "begins 01:23 into the file" in dialog.said.cget("text"), "what follows")  # type: ignore[attr-defined]
    shot(desk, screen, f"times-{theme}")
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TIMES), "it is closed")
    assert desk.session.talk is not None
    assert desk.session.talk.offset_ms == -83_000
    assert [note.at_ms for note in desk.notes] == [10_000, 20_000]
    desk.press("ctrl+z")
    assert desk.session.talk.offset_ms == 0
    assert desk.window.status.message == "Undone: Set Offset"


def test_what_is_no_time_is_told_and_the_window_stays(open_desk: OpenDesk, screen: str) -> None:
    desk = open_desk(talk_with("ten", url=PAGE))
    dialog = open_times(desk)
    desk.type("soon")
    desk.press("Return")
    assert "“soon” is not a time" in dialog.said.cget("text")  # type: ignore[attr-defined]
    shot(desk, screen, "times-wrong")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TIMES), "it is closed")
    assert desk.session.talk is not None
    assert desk.session.talk.offset_ms == 0


def test_notes_of_the_page_are_moved_where_that_is_ticked(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", url=PAGE))
    desk.session.screen.show("times of attached")
    desk.until(lambda: desk.dialog(TIMES), "the two times")
    desk.type("0:30")
    desk.press("Tab")
    desk.type("0:10")
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TIMES), "it is closed")
    assert [note.at_ms for note in desk.notes] == [30_000]


def test_notes_that_would_lose_their_times_are_told_of_before_they_do(
    open_desk: OpenDesk, screen: str
) -> None:
    desk = open_desk(talk_with("ten", "twenty", "thirty", url=PAGE))
    desk.session.screen.show("times of attached")
    desk.until(lambda: desk.dialog(TIMES), "the two times")
    dialog = desk.dialog(TIMES)
    desk.type("0:00")
    desk.press("Tab")
    desk.type("0:25")
    early = "2 notes from before that would stand at 0:00."
    desk.until(lambda: early in dialog.said.cget("text"), "what follows")  # type: ignore[attr-defined]
    shot(desk, screen, "times-early")
    desk.press("Tab", "space")
    desk.until(lambda: early not in dialog.said.cget("text"), "nothing is moved")  # type: ignore[attr-defined]
    desk.press("space", "Return")
    desk.until(lambda: not desk.dialog(TIMES), "it is closed")
    assert [note.at_ms for note in desk.notes] == [0, 0, 5_000]
    assert desk.window.status.message.startswith("2 notes are about moments before the file begins")
    desk.press("ctrl+z")
    assert [note.at_ms for note in desk.notes] == [10_000, 20_000, 30_000]


def test_the_versions_are_there_at_once_and_that_of_yt_dlp_when_it_is_known(
    open_desk: OpenDesk, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with("ten"))
    go_on = threading.Event()

    def about() -> str:
        assert threading.current_thread() is not threading.main_thread()
        go_on.wait(10)
        return "yt-dlp 2026.01.01 (the program's own)"

    monkeypatch.setattr(desk.web, "about", about)
    run(desk, "help.about")
    desk.until(lambda: desk.dialog("Desktop Notes"), "the versions")
    dialog = desk.dialog("Desktop Notes")
    assert dialog.reader.cget("text") == "Web pages: looking for yt-dlp…"
    go_on.set()
    desk.until(lambda: "2026.01.01 (the program's own)" in dialog.reader.cget("text"), "that of yt-dlp")
    shot(desk, screen, "about")
    desk.press("Return")
    desk.until(lambda: not desk.dialog("Desktop Notes"), "it is closed")


def test_closed_before_it_is_known_it_is_not_missed(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with("ten"))
    go_on, said = threading.Event(), threading.Event()

    def about() -> str:
        go_on.wait(10)
        said.set()
        return "yt-dlp"

    monkeypatch.setattr(desk.web, "about", about)
    run(desk, "help.about")
    desk.until(lambda: desk.dialog("Desktop Notes"), "the versions")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Desktop Notes"), "it is closed")
    go_on.set()
    desk.until(said.is_set, "the answer")
    run(desk, "help.about")
    desk.until(lambda: desk.dialog("Desktop Notes"), "it opens again")
    again = desk.dialog("Desktop Notes")
    desk.until(
        lambda: again.reader.cget("text") == "Web pages: yt-dlp", "the second answer, behind the first"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_how_to_update_is_shown_and_the_command_copied(
    open_desk: OpenDesk, screen: str, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    desk = open_desk(talk_with("ten"))
    desk.session.set(theme=theme)
    monkeypatch.setattr(desk.web, "about", lambda: "yt-dlp 2026.01.01 (/opt/bin/yt-dlp)")
    monkeypatch.setattr(updating, "runtime", lambda: Runtime(""))
    outside: list[str] = []
    monkeypatch.setattr(desk.window, "open_outside", outside.append)
    desk.root.clipboard_clear()
    run(desk, "help.update_yt_dlp")
    desk.until(lambda: desk.dialog("Update yt-dlp"), "the window")
    dialog = desk.dialog("Update yt-dlp")
    desk.until(lambda: dialog.focus_get() in dialog.buttons[:1], "both answers, and the first has the focus")
    shot(desk, screen, f"update-{theme}")
    desk.press("Return")
    assert desk.root.clipboard_get() == "/opt/bin/yt-dlp -U"
    dialog.buttons[1].focus_set()
    desk.press("Return")
    assert outside == ["https://deno.com"]
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Update yt-dlp"), "it is closed")


def test_open_in_browser_has_a_key(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(talk_with("ten", url=PAGE))
    outside: list[str] = []
    monkeypatch.setattr(desk.window, "open_outside", outside.append)
    desk.stand_at(83_500)
    desk.type("While writing")
    desk.press("ctrl+shift+b")
    assert outside == [f"{PAGE}&t=83s"]
    assert desk.texts[-1] == "While writing"


def test_quality_is_chosen_in_its_menu(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", file="", url=PAGE))
    desk.ask_page()
    desk.stand_at(83_000)
    menu = desk.window.menus.menus["playback"]
    desk.window.menus.fill("playback")
    index = next(i for i in range(menu.index("end") + 1) if _label(menu, i) == "Quality")  # type: ignore[operator]
    below = menu.nametowidget(menu.entrycget(index, "menu"))
    marked = [below.entrycget(i, "label") for i in range(below.index("end") + 1) if _is_marked(below, i)]
    assert marked == ["Up to 1080p"]
    opened = len(desk.player.opened)
    below.invoke(4)
    desk.until(lambda: len(desk.player.opened) > opened, "it is opened again")
    desk.until(lambda: desk.at_ms == 83_000, "at the same moment")
    assert desk.session.settings.quality == 480


def _label(menu, index: int) -> str:  # type: ignore[no-untyped-def]
    return "" if menu.type(index) == "separator" else str(menu.entrycget(index, "label"))


def _is_marked(menu, index: int) -> bool:  # type: ignore[no-untyped-def]
    return bool(int(menu.tk.call("set", menu.entrycget(index, "variable"))))


def test_a_file_that_is_attached_keeps_all_and_its_link_is_found(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with("ten", file="", url=PAGE))
    file = tmp_path / "mine.mp4"
    file.write_bytes(b"the fake player does not mind")
    monkeypatch.setattr(desk.window, "ask_files", lambda title, kind: (file,))
    desk.ask_page()
    desk.stand_at(83_000)
    desk.press("Up", "End")
    run(desk, "talk.attach")
    desk.until(lambda: desk.player.opened[-1] == file, "it plays from the file")
    desk.until(lambda: desk.at_ms == 83_000, "at the same moment")
    desk.type("!")
    assert desk.texts == ["ten!"]
    assert desk.session.talk is not None
    assert (desk.session.talk.url, desk.session.talk.file) == (PAGE, "mine.mp4")
