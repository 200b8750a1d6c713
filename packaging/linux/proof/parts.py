"""The parts of the proof, each a list of what a user does, in the order in which it is done."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from proof.desk import Desk, FailedError, desktop
from proof.program import ENTRY, NOTEBOOK_TYPE, notes_of, processes, talks_of
from proof.steps import (
    NAME,
    export,
    is_dark,
    leave,
    run_command,
    sample,
    saw,
    see_picture,
    start_from_menu,
    watch,
    write,
)

TEXTS = ("Written from the menu of a clean Debian", "A second one, a little later")
OLD_TEXT = "Written with the version before"


def from_the_menu(results: Path) -> None:
    """From the menu of installed programs to an exported post."""
    with desktop(results) as desk:
        process = start_from_menu(desk, "1-menu")
        watch(desk, process, "notes-that-outlive-the-talk.mp4")
        stamps = [
            write(desk, sample(), text, *keys) for text, keys in zip(TEXTS, (["ctrl+t"], []), strict=True)
        ]
        if not 0 < stamps[0] < stamps[1]:
            raise FailedError(f"expected stamps that follow the talk, not {stamps} ms")
        saw(f"two notes by key, at {stamps[0] / 1000:.2f} s and {stamps[1] / 1000:.2f} s of the talk")
        desk.press("ctrl+Up", "ctrl+shift+Return")
        desk.wait(lambda: TEXTS[1] in talks_of(sample())[0]["write_up"], "the second note in the write-up")
        desk.shoot("2-notes")
        post = Path.home() / "Documents" / "post.md"
        post.parent.mkdir(exist_ok=True)
        markdown = export(desk, post)
        look_at_post(markdown)
        shutil.copy(post, results)
        leave(desk)
    checked = desk.run("desktopnotes", "check", str(sample()))
    saw(f"desktopnotes check: {checked.strip() or 'no problem in the notebook'}")


def look_at_post(markdown: str) -> None:
    for part in ("Back Row Conference 2025", "Notes That Outlive the Talk", "https://example.org/", TEXTS[1]):
        if part not in markdown:
            raise FailedError(f"expected “{part}” in the exported post:\n{markdown}")
    saw(f"Ctrl+E: the exported post has {len(markdown.split())} words, its talk, its link and the note")


def files(results: Path) -> None:
    """What is double-clicked, opened with us, or chosen from the entry's own menu."""
    notebook, other, video = make_files(Path.home())
    with desktop(results) as desk:
        look_at_type(desk, notebook)
        double_click(desk, notebook)
        desk.wait(lambda: desk.titled("An Evening of Talks"), "the notebook's window after a double click")
        desk.shoot("4-double-click")
        (process,) = desk.wait(processes, "a process of the program")
        saw("double click in the file manager: “An Evening of Talks” opened")
        desk.launch("gio", "open", str(other))
        desk.wait(lambda: desk.titled("Another Evening"), "the other notebook after gio open")
        desk.wait(lambda: processes() == [process], f"process {process} alone, which took the notebook over")
        saw("gio open of another notebook: the window that was open took it over")
        desk.shoot("5-gio-open")
        open_with_us(desk, video, other, process)
        choose_actions(desk, process)
        leave(desk)


def make_files(home: Path) -> tuple[Path, Path, Path]:
    """Two notebooks and a video in a user's folders; names with spaces and letters of other languages."""
    evenings = home / "Evenings"
    evenings.mkdir()
    paths = []
    for folder, title in ((evenings, "An Evening of Talks"), (home, "Another Evening")):
        path = folder / f"{title}.talknotes.json"
        notes = [{"id": "note1", "at_ms": 2000, "text": "Written before"}]
        talks = [{"id": "talk1", "title": "A Talk", "url": "https://example.org/talk", "notes": notes}]
        whole = {
            "format": "desktopnotes",
            "version": 1,
            "id": title.split()[0].lower(),
            "title": title,
            "talks": talks,
        }
        path.write_text(json.dumps(whole), encoding="utf-8")
        paths.append(path)
    video = home / "Videos" / "Über Notizen – ein Vortrag.mp4"
    video.parent.mkdir()
    shutil.copy("/usr/share/desktopnotes/assets/sample/publish-part-one.mp4", video)
    return paths[0], paths[1], video


def look_at_type(desk: Desk, notebook: Path) -> None:
    told = {
        desk.run("xdg-mime", "query", "filetype", str(notebook)).strip(),
        content_type(desk, notebook),
    }
    default = desk.run("xdg-mime", "query", "default", NOTEBOOK_TYPE).strip()
    if told != {NOTEBOOK_TYPE} or default != ENTRY:
        raise FailedError(f"expected {NOTEBOOK_TYPE} opened by {ENTRY}, not {told} opened by “{default}”")
    saw(f"{notebook.name} is {NOTEBOOK_TYPE}, opened by {default}")
    look_at_icon(desk, notebook)


ICON = Path(f"/usr/share/icons/hicolor/48x48/mimetypes/{NOTEBOOK_TYPE.replace('/', '-')}.png")
LOOK_UP_ICON = """\
import sys, gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gio, Gtk
icon = Gio.File.new_for_path(sys.argv[1]).query_info("standard::icon", 0, None).get_icon()
theme = Gtk.IconTheme()
theme.set_custom_theme("Adwaita")
print(theme.lookup_by_gicon(icon, 48, 0).get_filename())
"""


def look_at_icon(desk: Desk, notebook: Path) -> None:
    """What a file manager of GNOME's theme shows for a notebook."""
    found = desk.run("/usr/bin/python3", "-c", LOOK_UP_ICON, str(notebook)).strip()
    if "desktopnotes" not in found:
        raise FailedError(f"expected an icon of ours for {notebook.name}, not {found}")
    saw(f"its icon in the theme Adwaita: {found}")


def content_type(desk: Desk, file: Path) -> str:
    return desk.run("gio", "info", "-a", "standard::content-type", str(file)).rpartition(": ")[2].strip()


def double_click(desk: Desk, file: Path) -> None:
    """A real double click on the only file of its folder, in a file manager."""
    window = in_file_manager(desk, file.parent)
    icon = desk.wait(lambda: desk.icon_in(window), "the file in the file manager")
    desk.shoot("4-file-manager")
    if not desk.looks_like(ICON, *icon):
        raise FailedError(f"expected the file manager to show {ICON} for {file.name}")
    saw("the file manager shows it with our icon")
    desk.click(*icon, times=2)


def in_file_manager(desk: Desk, folder: Path) -> str:
    desk.start("pcmanfm", str(folder))
    return desk.wait(lambda: desk.titled(folder.name), "the file manager's window")


def open_with_us(desk: Desk, video: Path, notebook: Path, process: int) -> None:
    """A video's “open with” names us, and what opens it so joins the notebook that is open."""
    kind = content_type(desk, video)
    offered = desk.run("gio", "mime", kind).partition("Registered applications:")[2]
    if ENTRY not in offered:
        raise FailedError(f"expected {ENTRY} among what opens {kind}: {offered}")
    desk.launch("gio", "launch", f"/usr/share/applications/{ENTRY}", str(video))
    desk.wait(lambda: len(talks_of(notebook)) == 2, f"the video as a talk of {notebook.name}")
    see_picture(desk, process, video.name)
    titles = [talk["title"] for talk in talks_of(notebook)]
    saw(f"{kind} can be opened with {ENTRY}: the video joined the open notebook, which has {titles}")
    desk.shoot("6-open-with")


LAUNCH_ACTION = """\
import sys
from gi.repository import Gio
Gio.DesktopAppInfo.new(sys.argv[1]).launch_action(sys.argv[2])
"""


def choose_actions(desk: Desk, process: int) -> None:
    """New Notebook and Open Last, as docks and menus run them: by GLib, from the installed entry."""
    launch_action(desk, "new")
    desk.wait(lambda: not desk.titled("Another Evening"), "another window title after New Notebook")
    window = desk.wait(lambda: desk.titled(NAME), "the window of the new notebook")
    saw(f"New Notebook: “{desk.title(window)}”")
    desk.shoot("7-new-notebook")
    leave(desk)
    launch_action(desk, "last")
    window = desk.wait(lambda: desk.titled(NAME), "the window after Open Last")
    saw(f"Open Last: “{desk.title(window)}”")


def launch_action(desk: Desk, action: str) -> None:
    desk.launch("/usr/bin/python3", "-c", LAUNCH_ACTION, ENTRY, action)


def with_the_version_before(results: Path) -> None:
    """What a user of the older version leaves behind: a note, a setting, a state."""
    with desktop(results) as desk:
        process = start_from_menu(desk)
        watch(desk, process, "notes-that-outlive-the-talk.mp4")
        at_ms = write(desk, sample(), OLD_TEXT, "ctrl+t")
        run_command(desk, "Dark")
        desk.wait(lambda: is_dark(desk), "a dark window")
        desk.shoot("8-version-before")
        saw(f"a note at {at_ms / 1000:.2f} s and a dark window, by the version before")
        leave(desk)


def after_the_upgrade(results: Path) -> None:
    """The new version finds all that the old one left."""
    with desktop(results) as desk:
        process = start_from_menu(desk)
        desk.wait(lambda: desk.titled("Back Row Conference 2025"), "the notebook that was open last")
        desk.wait(lambda: is_dark(desk), "the dark window that was chosen before")
        see_picture(desk, process, "notes-that-outlive-the-talk.mp4")
        desk.shoot("9-after-upgrade")
        (note,) = (note for note in notes_of(sample()) if note["text"] == OLD_TEXT)
        saw(
            f"after the upgrade: the same notebook, its note at {note['at_ms'] / 1000:.2f} s, the dark window"
        )
        leave(desk)


PARTS: dict[str, Callable[[Path], None]] = {
    "from-the-menu": from_the_menu,
    "files": files,
    "with-the-version-before": with_the_version_before,
    "after-the-upgrade": after_the_upgrade,
}
