"""The reaction time, by keys and from its menu."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import notes, reaction
from desktopnotes.storage import settings_file
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk("talk1", notes=0))


def test_it_goes_by_half_seconds_and_is_told_and_kept(room: Room) -> None:
    reaction.more(room.session)
    assert (room.session.settings.stamp_back_ms, room.screen.said[-1]) == (2500, "Stamps 2.5 s back")
    reaction.less(room.session)
    reaction.less(room.session)
    assert settings_file.read().settings.stamp_back_ms == 1500
    reaction.off(room.session)
    assert (room.session.settings.stamp_back_ms, room.screen.said[-1]) == (0, "Stamps at the key")
    assert reaction.is_off(room.session)


@pytest.mark.parametrize("start_ms", [0, 200, 59_800, 60_000])
def test_it_never_leaves_its_bounds(room: Room, start_ms: int) -> None:
    room.session.set(stamp_back_ms=start_ms)
    for change in (reaction.less, reaction.more, reaction.more, reaction.less, reaction.less, reaction.less):
        change(room.session)
        assert 0 <= room.session.settings.stamp_back_ms <= 60_000


def test_the_menu_shows_what_holds_and_another_is_chosen(room: Room) -> None:
    room.session.set(stamp_back_ms=1700)
    shown = [(choice.label, choice.chosen) for choice in reaction.choices(room.session)]
    assert ("1.7 Seconds", True) in shown
    assert [label for label, chosen in shown if chosen] == ["1.7 Seconds"]
    reaction.choices(room.session)[0].run()
    assert room.session.settings.stamp_back_ms == 500
    reaction.off(room.session)
    assert not any(choice.chosen for choice in reaction.choices(room.session))


def test_the_next_note_is_stamped_by_it(room: Room) -> None:
    room.play_from(60_000, for_ms=10_000)
    reaction.more(room.session)
    notes.begin(room.session, "a", "")
    reaction.off(room.session)
    notes.end(room.session)
    notes.begin(room.session, "b", room.notes[-1].id)
    assert room.stamps == [67_500, 70_000]
