"""The open notebook is held for its window; a second one says so until the first lets go."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import file
from desktopnotes.actions.open_twice import OPEN_TWICE, Holding
from desktopnotes.storage import held, paths
from tests.sessions import Room, a_room, a_talk

HERE = Path("/run/window-:1")
ELSEWHERE = Path("/run/window-:2")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk())


def offers(room: Room) -> list[str]:
    return [offer.label for offer in room.screen.offers]


def test_the_first_window_says_nothing_and_holds_it(room: Room) -> None:
    holding = Holding(room.session, HERE, HERE)
    holding.notebook_opened()
    assert room.screen.said == []
    assert held.hold(room.session.path) is None
    assert held.holder(room.session.path) == str(HERE)
    holding.close()
    free = held.hold(room.session.path)
    assert free is not None
    free.release()


@pytest.mark.parametrize(
    ("where", "offered"), [(str(HERE), ["Go to That Window"]), (str(ELSEWHERE), []), ("", [])]
)
def test_a_second_one_says_so_and_offers_a_first_that_can_come_to_this_screen(
    room: Room, where: str, offered: list[str]
) -> None:
    first = held.hold(room.session.path, where)
    assert first is not None
    Holding(room.session, None, HERE).notebook_opened()
    assert room.screen.said == [OPEN_TWICE]
    assert offers(room) == offered
    first.release()


def test_when_the_first_goes_the_second_holds_it(room: Room) -> None:
    first = held.hold(room.session.path, str(HERE))
    assert first is not None
    holding = Holding(room.session, None, HERE)
    holding.notebook_opened()
    room.screen.let_time_pass()
    assert room.screen.said == [OPEN_TWICE]
    first.release()
    room.screen.let_time_pass()
    assert room.screen.said[1:] == ["The other window has closed this notebook: it is open here alone now."]
    assert held.hold(room.session.path) is None
    assert room.screen.waiting == []
    holding.close()


def test_with_another_notebook_the_hold_goes_along(room: Room, tmp_path: Path) -> None:
    holding = Holding(room.session, HERE, HERE)
    holding.notebook_opened()
    before = room.session.path
    other = tmp_path / "other.talknotes.json"
    other.write_bytes(before.read_bytes())
    file.open_path(room.session, other)
    holding.notebook_opened()
    free = held.hold(before)
    assert free is not None
    assert held.hold(other) is None
    free.release()
    holding.close()


def test_one_that_waits_gives_up_with_another_notebook(room: Room, tmp_path: Path) -> None:
    before = room.session.path
    first = held.hold(before)
    assert first is not None
    holding = Holding(room.session, HERE, HERE)
    holding.notebook_opened()
    other = tmp_path / "other.talknotes.json"
    other.write_bytes(before.read_bytes())
    file.open_path(room.session, other)
    holding.notebook_opened()
    first.release()
    room.screen.let_time_pass()
    free = held.hold(before)
    assert free is not None, "it is not taken for a notebook that is not open here any more"
    free.release()
    holding.close()


def test_where_the_state_folder_cannot_be_written_the_notebook_is_as_good_as_ever(room: Room) -> None:
    paths.state_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.state_folder().write_text("a file stands in its place")
    Holding(room.session, HERE, HERE).notebook_opened()
    assert room.screen.said == room.screen.errors == []


def test_that_the_first_does_not_answer_is_said(room: Room) -> None:
    first = held.hold(room.session.path, str(HERE))
    assert first is not None
    Holding(room.session, None, HERE).notebook_opened()
    room.screen.offers[0].run()
    room.until(lambda: len(room.screen.said) > 1, "that is told")
    assert room.screen.said[1] == "The other window does not answer. What you write here is safe."
    first.release()
