"""What can be tried here of what other systems get: Tk's commands of macOS, and where a view lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.storage.codec import encode
from desktopnotes.ui import mac_view, native
from desktopnotes.ui.mac_view import frame
from tests.storage.notebooks import small_notebook
from tests.ui.conftest import Desk, talk_with


def test_the_menu_of_the_program_and_files_from_the_finder(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(talk_with("ten"))
    ran: list[str] = []
    native.answer_the_mac(desk.root, desk.session, desk.window.gate, lambda command: ran.append(command.id))
    for name in ("::tk::mac::Quit", "::tk::mac::ShowPreferences", "::tk::mac::ShowHelp", "tkAboutDialog"):
        desk.root.tk.call(name)
    assert ran == ["file.quit", "edit.preferences", "help.guide", "help.about"]
    other = tmp_path / "another event.talknotes.json"
    other.write_bytes(encode(small_notebook("elsewhere")))
    desk.root.tk.call("::tk::mac::OpenDocument", str(other))
    assert desk.session.path == other
    desk.root.tk.call("::tk::mac::OpenDocument", "/not/there.talknotes.json")
    assert "there.talknotes.json" in desk.window.status.message


@pytest.mark.parametrize(("is_flipped", "y"), [(True, 40), (False, 600 - 40 - 180)])
def test_a_view_lies_where_its_widget_is(is_flipped: bool, y: int) -> None:
    window = (100, 200, 800, 600)
    assert frame((130, 240, 320, 180), window, is_flipped=is_flipped) == (30, y, 320, 180)


def test_here_the_picture_gets_the_widgets_own_window(open_desk: Callable[..., Desk]) -> None:
    video = open_desk(talk_with("ten")).window.video.video
    assert mac_view.window_for_video(video) == video.winfo_id()
