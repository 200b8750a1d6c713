"""Who holds a notebook, and by which ways it is the same one."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktopnotes.model.errors import WriteError
from desktopnotes.storage import held, paths
from desktopnotes.storage.held import Hold, hold, holder

HOLDS_AND_WAITS = """
import sys, time
from pathlib import Path
from desktopnotes.storage.held import hold
kept = hold(Path(sys.argv[1]), "/there")
print("held" if kept else "not held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "event.talknotes.json"
    path.write_text("{}")
    return path


def held_by_us(path: Path, address: str = "/here") -> Hold:
    one = hold(path, address)
    assert one is not None
    return one


def test_one_window_holds_a_notebook_until_it_lets_go(notebook: Path) -> None:
    first = held_by_us(notebook)
    assert hold(notebook, "/there") is None
    assert holder(notebook) == "/here"
    first.release()
    held_by_us(notebook, "").release()
    assert holder(notebook) == ""


def test_others_are_not_held(notebook: Path, tmp_path: Path) -> None:
    kept = [held_by_us(notebook), held_by_us(tmp_path / "other.talknotes.json")]
    (tmp_path / "below").mkdir()
    kept.append(held_by_us(tmp_path / "below" / notebook.name))
    for one in kept:
        one.release()


def test_it_is_the_same_by_links_and_after_a_save_that_replaced_it(notebook: Path, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(notebook)
    (tmp_path / "folder").symlink_to(tmp_path)
    kept = held_by_us(notebook)
    assert hold(tmp_path / "link.json") is None
    assert hold(tmp_path / "folder" / notebook.name) is None
    (tmp_path / "new").write_text("{}")
    (tmp_path / "new").replace(notebook)
    assert hold(notebook) is None
    kept.release()


def test_it_is_the_same_in_a_folder_that_was_renamed_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    kept = held_by_us(tmp_path / "before" / "event.talknotes.json")
    (tmp_path / "before").rename(tmp_path / "after")
    assert hold(tmp_path / "after" / "event.talknotes.json") is None
    kept.release()


def test_what_a_killed_program_held_is_free(notebook: Path) -> None:
    command = [sys.executable, "-c", HOLDS_AND_WAITS, str(notebook)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert hold(notebook) is None
        assert holder(notebook) == "/there"
        other.kill()
    held_by_us(notebook).release()


def test_nothing_is_written_beside_the_notebook(notebook: Path) -> None:
    kept = held_by_us(notebook)
    assert [path.name for path in notebook.parent.iterdir()] == [notebook.name]
    assert [path.parent.parent for path in [*paths.state_folder().rglob("*.lock")]] == [paths.state_folder()]
    kept.release()


def test_where_the_state_folder_cannot_be_written_that_is_said(notebook: Path) -> None:
    paths.state_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.state_folder().write_text("a file stands in its place")
    with pytest.raises(WriteError, match="cannot be written"):
        hold(notebook)
    assert holder(notebook) == ""


def test_a_disk_without_locks_holds_for_nobody(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is not the same as that another holds it."""
    import fcntl

    def flock(*_: Any) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(WriteError, match="cannot be locked"):
        hold(notebook)


def test_a_link_planted_in_the_place_of_a_claim_is_not_followed(notebook: Path, tmp_path: Path) -> None:
    claim = held._claim_path(notebook)
    claim.parent.mkdir(parents=True)
    (tmp_path / "precious").write_text("kept")
    claim.symlink_to(tmp_path / "precious")
    with pytest.raises(WriteError):
        hold(notebook, "/here")
    assert (tmp_path / "precious").read_text() == "kept"
