"""Hints: one at a time, when they help, gone for good, and back when wanted."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from desktopnotes.actions import hints
from desktopnotes.commands import by_id
from desktopnotes.storage import settings_file
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk())


def name_of(room: Room, made: int) -> str:
    hint = hints.due(room.session, made)
    return hint.name if hint else ""


def test_nothing_is_said_before_it_can_help(room: Room) -> None:
    assert name_of(room, 0) == ""
    room.session.player.play()
    room.settle()
    assert name_of(room, 0) == "write"


def test_who_has_done_it_needs_no_hint(room: Room) -> None:
    room.session.player.play()
    room.settle()
    assert name_of(room, 1) == "pause"


def test_they_come_one_after_the_other_and_never_again(room: Room) -> None:
    told = []
    while name := name_of(room, 9):
        told.append(name)
        hints.got_it(room.session, name)
    assert told == ["pause", "jump", "write_up", "post", "export"]
    assert settings_file.read().settings.hints_seen == " ".join(told)


def test_all_are_sent_away_and_brought_back(room: Room) -> None:
    hints.got_it(room.session, "pause")
    hints.no_more(room.session)
    assert name_of(room, 9) == ""
    assert settings_file.read().settings.hints is False
    by_id("help.hints").run(room.session)
    assert name_of(room, 9) == "pause"


@pytest.mark.parametrize("hint", hints.HINTS, ids=lambda hint: hint.name)
def test_a_hint_is_short_and_names_commands_that_are_there(hint: hints.Hint) -> None:
    assert len(hint.words) < 90
    assert hint.words.endswith(".")
    for _, command_id, _, _ in string.Formatter().parse(hint.words):
        assert command_id is None or by_id(command_id).keys
