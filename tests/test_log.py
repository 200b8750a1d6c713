"""The log: errors whole, never a word of a note, bounded in size and number, shared by two windows."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes import log
from desktopnotes.model.errors import UserError, WriteError

CANARY = "kanarienvogel: what the user wrote"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[log.Log]:
    """A log in a folder that is not there yet; it ends with the test."""
    root, ours = logging.getLogger(), logging.getLogger("desktopnotes")
    before = (list(root.handlers), list(ours.handlers), ours.level, root.level, logging.raiseExceptions)
    yield log.begin(lambda: tmp_path / "state" / "log")
    root.handlers, ours.handlers = list(before[0]), list(before[1])
    ours.setLevel(before[2])
    root.setLevel(before[3])
    logging.raiseExceptions = before[4]


def written(one: log.Log) -> str:
    assert one.path is not None
    return one.path.read_text(encoding="utf-8") if one.path.exists() else ""


def fail(value: str) -> None:
    raise ValueError(f"strange text: {value}")


def logged(value: str) -> None:
    try:
        fail(value)
    except ValueError as error:
        logging.getLogger("desktopnotes.some").error("an error that nobody expected", exc_info=error)


def test_an_error_is_written_whole_with_versions_once(started: log.Log) -> None:
    started.parts.append(lambda: "Tk 8.6.13")
    logged(CANARY)
    try:
        {}["talk"]
    except KeyError as error:
        logging.getLogger("desktopnotes").error("another", exc_info=error)
    text = written(started)
    assert "Traceback" not in text
    assert 'raise ValueError(f"strange text: {value}")' in text
    assert "in logged\n" in text
    assert text.count("Python 3.") == 1
    assert "Tk 8.6.13" in text
    assert "KeyError: talk" in text
    assert started.path is not None
    assert stat.S_IMODE(started.path.stat().st_mode) == 0o600


def test_no_word_of_a_note_comes_in(started: log.Log) -> None:
    logger = logging.getLogger("desktopnotes")
    logged(CANARY)
    try:
        try:
            fail(CANARY)
        except ValueError as error:
            raise UserError(f"“{CANARY}” is no time.") from error
    except UserError as error:
        logger.warning("not done: %s", error)
        logger.error("not done", exc_info=error)
    logging.getLogger("some.library").error(CANARY)
    text = written(started)
    assert "kanarienvogel" not in text
    assert "not done: desktopnotes.model.errors.UserError" in text
    assert not any("kanarienvogel" in line for line in started.last)


def test_what_is_known_of_a_disk_is_told(started: log.Log) -> None:
    logging.getLogger("desktopnotes").warning(
        "not written: %s", WriteError("The disk is full.", "Free some.")
    )
    assert "not written: desktopnotes.model.errors.WriteError: The disk is full. Free some." in written(
        started
    )


def test_debug_tells_all(tmp_path: Path) -> None:
    deed = (
        "import logging, pathlib, sys\nfrom desktopnotes import log\n"
        "log.begin(lambda: pathlib.Path(sys.argv[1]))\n"
        "try: raise ValueError(sys.argv[2])\n"
        "except ValueError as error: logging.getLogger('desktopnotes').error('oh', exc_info=error)\n"
    )
    for level, is_told in (("DEBUG", True), ("INFO", False), ("nonsense", False)):
        folder = tmp_path / level
        environment = {**os.environ, "DESKTOPNOTES_LOG": level}
        done = subprocess.run(
            [sys.executable, "-c", deed, str(folder), CANARY],
            env=environment,
            capture_output=True,
            check=True,
        )
        assert done.stderr == b""
        assert (CANARY in (folder / log.NAME).read_text()) == is_told


def test_the_same_again_and_again_is_counted(started: log.Log) -> None:
    for _ in range(1500):
        logged(CANARY)
    lines = written(started).splitlines()
    assert sum("in logged" in line for line in lines) == 1
    assert [line.rpartition("– ")[2] for line in lines if "times by now" in line] == [
        f"{often} times by now" for often in (10, 100, 1000)
    ]


def test_size_and_number_of_the_files_are_bounded(started: log.Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 5000)
    assert started.path is not None
    for number in range(300):
        started.emit(logging.LogRecord("desktopnotes", 20, "", number, "x" * 200, (), None))
    files = {path.name: path.stat().st_size for path in started.path.parent.glob("*.log")}
    assert set(files) == {"desktopnotes.log", "desktopnotes.1.log", "desktopnotes.2.log"}
    assert max(files.values()) < 5000 + 400
    started.emit(logging.LogRecord("desktopnotes", 20, "", 1000, "y" * 1_000_000, (), None))
    assert started.path.stat().st_size < 5000 + 400 + log._LONGEST_LINE


def test_two_windows_lose_no_line_of_each_other(tmp_path: Path) -> None:
    """Both write as fast as they can, while files are turned all the time."""
    deed = (
        "import logging, pathlib, sys\nfrom desktopnotes import log\n"
        "log.FILE_BYTES, log.OLDER = 4000, 200\n"
        "one = log.Log(pathlib.Path(sys.argv[1]))\n"
        "for number in range(500):\n"
        "    words = f'{sys.argv[2]}{number};'\n"
        "    one.emit(logging.LogRecord('desktopnotes', 20, '', number, words, (), None))\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", deed, str(tmp_path), name]) for name in "ab"]
    assert [one.wait(60) for one in both] == [0, 0]
    text = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    missing = [
        f"{name}{number}" for name in "ab" for number in range(500) if f" {name}{number};\n" not in text
    ]
    assert missing == []
    assert text.count("\n") == 1000


def test_many_threads_write_whole_lines(started: log.Log) -> None:
    def work(name: int) -> None:
        for number in range(50):
            started.handle(
                logging.LogRecord("desktopnotes", 20, "", number * 100 + name, f"<{name}>" * 50, (), None)
            )

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = written(started).splitlines()
    assert len(lines) == 400
    assert all(len(set(line.rpartition(": ")[2].strip("<>").split("><"))) == 1 for line in lines)


def test_where_it_cannot_be_written_the_program_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    one = log.Log(tmp_path / "file" / "log")
    one.emit(logging.LogRecord("desktopnotes", 20, "", 1, "a word", (), None))
    assert "a word" in capsys.readouterr().err


def test_a_link_or_a_pipe_in_its_place_is_not_written_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("")
    (tmp_path / log.NAME).symlink_to(mine)
    one = log.Log(tmp_path)
    one.emit(logging.LogRecord("desktopnotes", 20, "", 1, "a word", (), None))
    assert mine.read_text() == ""
    (tmp_path / log.NAME).unlink()
    os.mkfifo(tmp_path / log.NAME)
    one.emit(logging.LogRecord("desktopnotes", 20, "", 2, "a word", (), None))  # does not hang
    assert capsys.readouterr().err.count("a word") == 2
