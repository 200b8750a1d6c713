"""A damaged notebook: what can be read of it opens as a new one beside it, and the file stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import damaged
from desktopnotes.model.errors import DamagedError
from desktopnotes.storage import backups, opening
from tests.sessions import Room, a_room, a_talk
from tests.storage.test_salvage import CONTENT

CUT = CONTENT[: CONTENT.index(b'{"id": "note00000005"')]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "a folder 👩‍💻"
    (folder / "back-row.pictures").mkdir(parents=True)
    (folder / "back-row.pictures" / "9f2c.png").write_bytes(b"a picture")
    path = folder / "broken.talknotes.json"
    path.write_bytes(CUT)
    return path


def told(room: Room, path: Path) -> str:
    """The message for a damaged notebook, when it is known what can be read."""
    with pytest.raises(DamagedError) as refused:
        opening.open_notebook(path)
    before = len(room.screen.said)
    damaged.tell(room.session, refused.value)
    room.until(lambda: len(room.screen.said) == before + 2, "it is known what can be read")
    assert room.screen.lasting
    return room.screen.said[-1]


def chosen(room: Room, label: str) -> None:
    next(offer for offer in room.screen.offers if offer.label == label).run()


def test_it_says_what_can_be_read_and_opens_that_beside_it(room: Room, broken: Path) -> None:
    message = told(room, broken)
    assert "“broken.talknotes.json” cannot be opened: " in message
    assert message.endswith("It was left as it is. 4 notes can be read.")
    assert [offer.label for offer in room.screen.offers] == ["Open What Can Be Read"]
    chosen(room, "Open What Can Be Read")
    made = broken.with_name("broken (recovered).talknotes.json")
    room.until(lambda: room.session.path == made, "it is open")
    assert len([note for talk in room.session.notebook.talks for note in talk.notes]) == 4
    assert (room.session.pictures_folder / "9f2c.png").is_file()
    assert broken.read_bytes() == CUT
    assert room.screen.said[-1] == (
        "4 notes in 3 talks came back, here in “broken (recovered).talknotes.json”. "
        "“broken.talknotes.json” was left as it is. "
        "Not whole: line 12: the file ends in the middle; what came behind is lost."
    )
    assert room.screen.lasting


def test_again_it_gets_the_next_free_name(room: Room, broken: Path) -> None:
    for _ in range(2):
        told(room, broken)
        chosen(room, "Open What Can Be Read")
        room.until(lambda: "came back" in room.screen.said[-1], "it is open")
        room.screen.said.append("")
    assert room.session.path.name == "broken (recovered) 2.talknotes.json"


def test_its_backups_are_offered_where_there_are_any(room: Room, broken: Path) -> None:
    broken.write_bytes(CONTENT)
    backups.keep(broken, backups.Why.OPENED)
    broken.write_bytes(CUT)
    told(room, broken)
    assert [offer.label for offer in room.screen.offers] == ["Open What Can Be Read", "Backups"]
    chosen(room, "Backups")
    assert room.screen.shown[-1] in ("backups", f"backups {broken}")


@pytest.mark.parametrize("content", [b"", bytes(5000), b"<html></html>"])
def test_where_nothing_can_be_read_that_is_said(room: Room, broken: Path, content: bytes) -> None:
    broken.write_bytes(content)
    assert told(room, broken).endswith("Nothing of it can be read, and there is no backup here.")
    assert room.screen.offers == ()
    assert broken.read_bytes() == content
