"""The user's windows take turns at a notebook's file, and tell each other what they have left there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktopnotes.files import Identity
from desktopnotes.storage import turns
from desktopnotes.storage.paths import state_folder
from desktopnotes.storage.turns import turn

STATE = Identity(1, 2, 3)


def test_a_window_knows_what_another_has_written(tmp_path: Path) -> None:
    with turn(tmp_path / "a") as mine:
        assert not mine.knows(STATE)
        mine.wrote(STATE)
    with turn(tmp_path / "a") as mine:
        assert mine.knows(STATE)
        assert mine.is_ours(STATE)
    with turn(tmp_path / "another") as mine:
        assert not mine.knows(STATE)


def test_after_a_stranger_no_state_is_taken_on_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with turn(tmp_path / "a") as mine:
        mine.met_a_stranger()
        mine.wrote(STATE)
    with turn(tmp_path / "a") as mine:
        assert mine.knows(STATE)
        assert not mine.is_ours(STATE)
        monkeypatch.setattr(turns, "_LATELY_S", -1.0)
        assert mine.is_ours(STATE)


def test_a_window_that_hangs_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_WAIT_S", 0.05)
    with turn(tmp_path / "a"), turn(tmp_path / "a") as mine:
        mine.wrote(STATE)
        assert not turns.Turn(None).knows(STATE)


def test_after_a_wait_in_vain_nobody_waits_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_WAIT_S", 0.2)

    def waited_s(path: Path, wait_s: float = 9.0) -> tuple[float, bool]:
        began_s = time.monotonic()
        with turn(path, wait_s) as mine:
            return time.monotonic() - began_s, mine.can_be_waited_for

    with turn(tmp_path / "a"):
        assert waited_s(tmp_path / "a", 0.0)[1]
        assert waited_s(tmp_path / "a")[0] > 0.1
        took_s, can_be_waited_for = waited_s(tmp_path / "a")
        assert took_s < 0.1
        assert not can_be_waited_for
        monkeypatch.setattr(turns, "_IN_VAIN_FOR_S", 0.0)
        assert waited_s(tmp_path / "a")[0] > 0.15
    with turn(tmp_path / "a") as mine:
        assert not mine.can_be_waited_for
        mine.wrote(STATE)
        assert mine.knows(STATE)


def test_a_clock_that_was_set_back_is_no_stranger_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = time.time()
    monkeypatch.setattr(time, "time", lambda: now_s)
    with turn(tmp_path / "a") as mine:
        mine.met_a_stranger()
    now_s -= 3600.0
    with turn(tmp_path / "a") as mine:
        mine.wrote(STATE)
        assert not mine.is_ours(STATE)
    now_s += 61.0
    with turn(tmp_path / "a") as mine:
        assert mine.is_ours(STATE)


def test_a_turn_is_the_same_by_whatever_way_the_file_is_reached(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    with turn(tmp_path / "folder" / "a") as mine:
        mine.wrote(STATE)
    with turn(tmp_path / "link" / "a") as mine:
        assert mine.knows(STATE)


def test_without_a_state_folder_it_goes_on(tmp_path: Path) -> None:
    state_folder().parent.mkdir(parents=True)
    state_folder().touch()
    with turn(tmp_path / "a") as mine:
        mine.wrote(STATE)
