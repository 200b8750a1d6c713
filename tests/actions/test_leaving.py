"""The program is to end and the notebook could not be saved: what is asked then is true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import leaving, notes
from desktopnotes.storage.codec import decode
from tests.sessions import Room, a_room, a_talk

KEEPS, LOSES = "Quit, Keep the Copy", "Quit Without Saving"


class Answers:
    """What the user answers to each question in turn, by the words of a button; what was asked and told."""

    def __init__(self, room: Room, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.told: list[str] = []
        self._answers = [*answers]
        monkeypatch.setattr(room.screen, "ask_choice", self._choose)

    def _choose(self, question: str, detail: str, answers: tuple[str, ...]) -> int | None:
        self.told.append(f"{question} {detail}")
        return answers.index(self._answers.pop(0)) if self._answers else None


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A session that wrote a note since its folder went."""
    folder = tmp_path / "stick"
    folder.mkdir()
    room = a_room(folder, a_talk())
    folder.rename(tmp_path / "away")
    notes.begin(room.session, "Not saved", "talk1note3")
    assert not room.session.close()
    return room


def test_saved_elsewhere_it_lies_there_whole_and_the_program_may_end(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(room, monkeypatch, leaving.ELSEWHERE, "Quit")
    taken = tmp_path / "there" / "mine.talknotes.json"
    taken.parent.mkdir()
    taken.write_text("something else")
    room.screen.target = taken.with_name("mine.json")
    assert leaving.may_end(room.session, "The folder is gone.", has_copy=True)
    written = taken.with_name("mine 2.talknotes.json")
    assert [note.text for note in decode(written.read_bytes()).talks[0].notes][-1] == "Not saved"
    assert taken.read_text() == "something else", "nothing is written over"
    assert "mine 2.talknotes.json" in answers.told[-1]


def test_who_gives_the_place_up_or_cannot_write_there_is_asked_again(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(room, monkeypatch, leaving.ELSEWHERE, "Stay")
    assert not leaving.may_end(room.session, "Why.", has_copy=True)
    assert len(answers.told) == 2
    answers = Answers(room, monkeypatch, leaving.ELSEWHERE, KEEPS)
    room.screen.target = tmp_path / "gone" / "mine.talknotes.json"
    assert leaving.may_end(room.session, "Why.", has_copy=True)
    assert "The folder “gone” is gone" in answers.told[1]


@pytest.mark.parametrize(("has_copy", "label"), [(True, KEEPS), (False, LOSES)])
def test_quitting_says_what_becomes_of_the_notes(
    room: Room, monkeypatch: pytest.MonkeyPatch, has_copy: bool, label: str
) -> None:
    answers = Answers(room, monkeypatch, label)
    assert leaving.may_end(room.session, "Why.", has_copy=has_copy)
    assert ("the copy is offered" in answers.told[0]) is has_copy
    assert ("is lost" in answers.told[0]) is not has_copy
    assert not leaving.may_end(room.session, "Why.", has_copy=has_copy), "who closes the question stays"


def test_of_pictures_it_is_said_where_they_stay(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(room, monkeypatch, leaving.ELSEWHERE)
    talk = room.session.notebook.talks[0]
    noted = replace(talk.notes[0], picture="a.png")
    shown = replace(room.session.notebook, talks=(replace(talk, notes=(noted, *talk.notes[1:])),))
    room.session.do("Picture", shown)
    room.screen.target = tmp_path / "mine.talknotes.json"
    assert not leaving.may_end(room.session, "Why.", has_copy=True), "who closes that one stays, too"
    assert "Its pictures stay in" in answers.told[-1]
