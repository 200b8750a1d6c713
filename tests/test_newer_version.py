"""A notebook of a newer version is shown whole and never written: not by any command, call or restore."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import cli
from desktopnotes.actions import notes
from desktopnotes.commands import COMMANDS
from desktopnotes.model import edits, findings
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.history import Caret
from desktopnotes.storage import backups, codec, opening
from tests.sessions import Room, a_room_on
from tests.storage.test_salvage import WHOLE

NEWER = (
    codec.encode(WHOLE)
    .replace(b'"version": 1', b'"version": 2')
    .replace(b'"text": "four"', b'"text": "four", "of_tomorrow": [1]')
)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    path = folder / "newer.talknotes.json"
    path.write_bytes(NEWER)
    (folder / "first.mp4").write_bytes(b"a recording")
    return path


def state(path: Path) -> tuple[bytes, int, int]:
    status = os.stat(path)
    return path.read_bytes(), status.st_ino, status.st_mtime_ns


def test_everything_of_it_is_shown(newer: Path) -> None:
    opened = opening.open_notebook(newer)
    assert opened.read_only
    assert "newer version" in opened.notice
    assert len([note for talk in opened.notebook.talks for note in talk.notes]) == 5


def test_no_command_writes_it(newer: Path) -> None:
    before = state(newer)
    room: Room | None = None
    for command in COMMANDS:
        if room is None or room.session.path != newer:
            room = a_room_on(newer)
        room.screen.text, room.screen.choice = "words", 0
        room.screen.place = Caret("notes", room.session.talk_id, "note00000001", 1)
        try:
            if command.enabled(room.session):
                command.run(room.session)
        except UserError:
            pass
        room.mailbox.empty()
        assert state(newer) == before, command.id
    assert room is not None
    assert room.session.close()
    assert state(newer) == before


def test_nothing_that_the_program_finds_out_is_written(newer: Path) -> None:
    before = state(newer)
    room = a_room_on(newer)
    session = room.session
    session.find_out(lambda now: findings.found_position(now, session.talk_id, 5000), save=True)
    session.find_out(lambda now: findings.found_duration(now, session.talk_id, 9000), save=True)
    session.adopt(edits.with_talk(session.notebook, session.talk_id, lambda now: replace(now, title="x")))
    with pytest.raises(UserError, match="nothing was changed"):
        session.do("Something", WHOLE)
    notes.end(session)
    session.open_talk("talk00000003")
    session.save_all()
    assert session.close()
    assert state(newer) == before
    with pytest.raises(WriteError):
        session.store.save(WHOLE)
    assert state(newer) == before


def test_no_call_writes_it(newer: Path, tmp_path: Path) -> None:
    before = state(newer)
    for call in (
        ["export", str(newer), "-o", str(tmp_path / "site")],
        ["export", str(newer), "-o", str(tmp_path / "site"), "--overwrite"],
        ["check", str(newer)],
        ["check", str(newer), "--recover", str(tmp_path / "new.json")],
        ["search", "four", "--in", str(newer)],
        ["merge", str(newer), str(newer), str(newer)],
    ):
        cli.main(call)
    assert state(newer) == before
    assert not (tmp_path / "new.json").exists()


def test_no_backup_is_restored_over_it(newer: Path) -> None:
    newer.write_bytes(codec.encode(WHOLE))
    backup = backups.keep(newer, backups.Why.OPENED)
    assert backup is not None
    newer.write_bytes(NEWER)
    before = state(newer)
    with pytest.raises(UserError, match="newer version"):
        backups.restore(newer, codec.encode(WHOLE))
    with pytest.raises(UserError, match="newer version"):
        backups.restore_notebook(newer, WHOLE)
    assert state(newer) == before
