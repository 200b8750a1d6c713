"""What pages were asked into goes with the program, also with one that was killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes.media.web_folder import WebFolder
from tests.media.web_room import WebRoom

_PROGRAM = """
from desktopnotes.media.web_folder import WebFolder
folder = WebFolder()
(folder.new_part() / "page.info.json").write_text("https://a.example/stream?token=secret")
print(folder.path, flush=True)
input()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


@pytest.fixture
def programs(temporary: Path) -> Iterator[list[tuple[subprocess.Popen[str], Path]]]:
    """Two other programs, each with its folder."""
    started = []
    for _ in range(2):
        command = [sys.executable, "-c", _PROGRAM]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        started.append((process, Path(process.stdout.readline().strip())))
    yield started
    for process, _ in started:
        process.kill()
        process.communicate()


def test_what_a_killed_program_left_goes_at_the_next_start_and_no_more(
    temporary: Path, programs: list[tuple[subprocess.Popen[str], Path]]
) -> None:
    (killed, left), (_, in_use) = programs
    assert list(left.glob("*/page.info.json"))
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "in-use").write_text("")
    (temporary / "desktopnotes-web-link").symlink_to(elsewhere)
    (temporary / "desktopnotes-web-being-made").mkdir()
    killed.kill()
    killed.wait()
    own = WebFolder()
    assert not left.exists()
    assert list(in_use.glob("*/page.info.json"))
    assert (elsewhere / "in-use").exists()
    assert (temporary / "desktopnotes-web-being-made").is_dir()
    another = WebFolder()
    assert own.path.is_dir()
    own.remove()
    assert not own.path.exists()
    another.remove()
    assert not another.path.exists()


def test_the_web_asks_into_such_a_folder(temporary: Path) -> None:
    room = WebRoom()
    part = room.web._new_folder()
    assert part.parent.parent == temporary
    assert (part.parent / "in-use").exists()
    room.close()
    assert list(temporary.iterdir()) == []
