"""The user's windows take turns at a notebook's file, and tell each other what they have left there."""

from __future__ import annotations

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


def test_without_a_state_folder_it_goes_on(tmp_path: Path) -> None:
    state_folder().parent.mkdir(parents=True)
    state_folder().touch()
    with turn(tmp_path / "a") as mine:
        mine.wrote(STATE)
