"""Every row of the one table of commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.commands import COMMANDS, LETTERS, MENUS, Command, keys_of
from desktopnotes.export.interchange.outputs import OUTPUTS
from desktopnotes.model import edits, post_edits, talk_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Post
from desktopnotes.storage import opening
from desktopnotes.storage.state_file import Place
from tests.sessions import Room, a_room, a_talk

BY_ID = {command.id: command for command in COMMANDS}

NEEDS_ALTGR = set("[]\\{}|@~#")
"""Characters that need AltGr on a German, French or Brazilian layout: such a key needs another beside it."""


def test_ids_are_unique_and_begin_with_their_menu() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert {command.menu for command in COMMANDS} == set(MENUS)


def test_no_key_does_two_things() -> None:
    keys = Counter(key for command in COMMANDS for key in command.keys)
    assert [key for key, times in keys.items() if times > 1] == []
    video = Counter(key for command in COMMANDS for key in (*command.keys, *command.video_keys))
    assert [key for key, times in video.items() if times > 1] == []


@pytest.mark.parametrize("key", ["Play", "Pause", "Stop", "Prev", "Next", "Rewind", "Forward"])
def test_each_media_key_of_keyboards_and_headsets_does_something(key: str) -> None:
    """Some send Pause while they believe that it plays, and Play while not."""
    assert any(f"XF86Audio{key}" in command.keys for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_the_row_reads_well(command: Command) -> None:
    assert command.help[0].isupper()
    assert command.help.endswith(".")
    assert command.label.removesuffix("…").strip() == command.label.removesuffix("…")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_default_can_be_pressed_on_every_layout(command: Command) -> None:
    hard = [key for key in command.keys if key[-1] in NEEDS_ALTGR]
    assert len(hard) < len(command.keys) or not hard


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_it_runs_without_a_window(command: Command, tmp_path: Path) -> None:
    talks = (a_talk("talk1"), a_talk("talk2"), a_talk("talk3"))
    room = a_room(tmp_path, *talks, posts=(Post("post1", title="Part 1", talks=("talk1", "talk2", "talk3")),))
    room.session.open_talk("talk2")
    room.settle()
    room.screen.place = Caret("notes", "talk2", "talk2note2", 3)
    room.screen.blank = None
    room.session.do("Something", _renamed(room.session.notebook))
    BEFORE.get(command.id, lambda _: None)(room)
    assert command.enabled(room.session)
    command.run(room.session)
    room.mailbox.empty()
    assert room.errors == []
    assert room.screen.errors == []


def _without_link(room: Room) -> None:
    room.session.do("Public Link", talk_edits.set_url(room.session.notebook, "talk2", ""))


def _marked(room: Room) -> None:
    talks = tuple(
        replace(talk, notes=tuple(replace(note, conflict=True) for note in talk.notes))
        for talk in room.session.notebook.talks
    )
    room.session.do("Mark", replace(room.session.notebook, talks=talks))


def _found_similar(room: Room) -> None:
    (room.session.folder / "other.mp4").write_bytes(b"a recording")
    key = (str(room.session.path), "talk2", "talk2.mp4")
    room.session.loader.lost.similar = (key, (room.session.folder / "other.mp4",))


def _opens_its_page(room: Room) -> None:
    room.session.do("Without File", talk_edits.set_file(room.session.notebook, "talk2", ""))
    room.session.reload()


def _page_failed(room: Room) -> None:
    room.player.refuses = UserError("It does not play.")
    _opens_its_page(room)
    room.settle()


def _one_in_no_post(room: Room) -> None:
    notebook = room.session.notebook
    room.session.do("Take Talk out of Post", post_edits.take_out(notebook, "post1", "talk3"))


def _another(room: Room) -> Path:
    return opening.create(room.session.folder, "Another").path


def _a_chapter(room: Room) -> None:
    notebook = room.session.notebook
    room.session.do("Kind", edits.set_kind(notebook, "talk2", ["talk2note1"], Kind.CHAPTER))


BEFORE: dict[str, Callable[[Room], object]] = {
    "file.recent": lambda room: setattr(room.screen, "recent", (Place(str(_another(room))),)),
    "edit.redo": lambda room: room.session.undo(),
    "talk.find_link": _without_link,
    "talk.take_similar": _found_similar,
    "notes.keep_this": _marked,
    "notes.keep_all": _marked,
    "post.new_part": _one_in_no_post,
    "playback.cancel_opening": _opens_its_page,
    "playback.try_again": _page_failed,
    "post.output_chapters_youtube": _a_chapter,
    "post.output_chapters_vtt": _a_chapter,
    "post.output_chapters_json": _a_chapter,
    "post.copy_chapters": _a_chapter,
}
"""What has to be so for a command to be possible."""


def _renamed(notebook):  # type: ignore[no-untyped-def]
    return replace(notebook, title="Another name")


def test_the_users_keys_replace_the_default_ones() -> None:
    command = BY_ID["notes.stamp"]
    assert keys_of(command, {}) == ("Mod+T",)
    assert keys_of(command, {"notes.stamp": ("F5",)}) == ("F5",)


def test_every_output_has_its_row() -> None:
    made = {command.id for command in COMMANDS if command.within == "post.outputs"}
    assert made == {f"post.output_{output.name.replace('-', '_')}" for output in OUTPUTS}


def test_each_menu_opens_with_a_letter_of_its_own() -> None:
    letters = [MENUS[name][at] for name, at in LETTERS.items()]
    assert letters == ["F", "E", "V", "P", "N", "T", "o", "H"]
