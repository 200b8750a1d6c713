"""`desktopnotes backups`: lists, compares and restores, of a notebook that is there, damaged or gone."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktopnotes import cli
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import backups, opening, store
from desktopnotes.storage.backups import Why
from desktopnotes.storage.codec import encode
from desktopnotes.storage.paths import state_folder

NOW = datetime(2026, 3, 11, 9, 42, 7, tzinfo=UTC)


def book(*texts: str) -> Notebook:
    notes = tuple(Note(f"note {text}", at_ms=61_000, text=text) for text in texts)
    return Notebook("book1", title="An Event", talks=(Talk("talk1", title="A Talk", notes=notes),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A notebook of which there are two backups, and which is other now."""
    path = tmp_path / "event.talknotes.json"
    for minute, texts in enumerate((("one",), ("one", "two"))):
        path.write_bytes(encode(book(*texts)))
        why = Why.LOSS if minute else Why.OPENED
        backups.keep(path, why, notebook=book(*texts), now=NOW + timedelta(minutes=minute))
    path.write_bytes(encode(book("one", "three")))
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> tuple[list[str], str]:
    """The lines of the result and the messages."""
    assert cli.main(["backups", *map(str, words)]) == code
    out, err = capsys.readouterr()
    return out.splitlines(), err


def texts(path: Path) -> list[str]:
    return [note.text for note in opening.open_notebook(path).notebook.talks[0].notes]


def test_listed_newest_first(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, _ = run(capsys, path)
    first, second = (line.split("\t") for line in lines)
    moment = (NOW + timedelta(minutes=1)).astimezone().isoformat(timespec="seconds")
    assert first == ["1", moment, "2 notes", "1 talk", "before many notes went", "1 kB"]
    assert second[0] == "2"
    assert second[2:5] == ["1 note", "1 talk", "when it was opened"]


@pytest.mark.parametrize("becomes", ["gone", "empty", "damaged", "moved"])
def test_listed_and_restored_whatever_became_of_it(
    path: Path, becomes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if becomes == "gone":
        path.unlink()
    elif becomes == "moved":
        path = path.rename(path.with_name("moved.talknotes.json"))
    else:
        path.write_bytes(b"" if becomes == "empty" else b"{ half a")
    assert len(run(capsys, path)[0]) == 2
    run(capsys, path, "--restore", 2)
    assert texts(path) == ["one"]


def test_restored_and_what_was_there_is_the_newest_backup(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = path.read_bytes()
    out, err = run(capsys, path, "--restore", 1)
    assert out == []
    assert "What was there before is kept in" in err
    assert texts(path) == ["one", "two"]
    newest = backups.of(path)[0]
    assert (newest.why, newest.path.read_bytes()) == (Why.RESTORE, before)
    assert run(capsys, path)[0][0].split("\t")[2:4] == ["2 notes", "1 talk"]  # counted by reading
    run(capsys, path, "--restore", 1)
    assert path.read_bytes() == before


def test_restored_elsewhere(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, target = path.read_bytes(), tmp_path / "other.talknotes.json"
    run(capsys, path, "--restore", 2, "-o", target)
    assert texts(target) == ["one"]
    assert path.read_bytes() == before
    assert len(backups.of(path)) == 2
    _, err = run(capsys, path, "--restore", 1, "-o", target, code=1)
    assert "--overwrite" in err
    run(capsys, path, "--restore", 1, "-o", target, "--overwrite")
    assert texts(target) == ["one", "two"]


def test_compared_with_now(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, path, "--show", 1)[0] == ["~ A Talk", "    - 01:01 three", "    + 01:01 two"]
    path.unlink()
    lines, err = run(capsys, path, "--show", 1)
    assert lines == ["+ A Talk", "    + 01:01 one", "    + 01:01 two"]
    assert "There is no file" in err
    path.write_bytes(encode(book("one", "two")))
    assert run(capsys, path, "--show", 1)[0] == ["It is as the notebook is now."]


def test_pictures_that_are_gone_are_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    talk = Talk("talk1", notes=(Note("a", picture="gone.png"), Note("b", picture="there.png")))
    path.write_bytes(encode(replace(book(), talks=(talk,), pictures="event.pictures")))
    (path.parent / "event.pictures").mkdir()
    (path.parent / "event.pictures" / "there.png").write_bytes(b"a picture")
    backups.keep(path)
    assert "1 picture of it cannot be found" in run(capsys, path, "--restore", 1)[1]


def test_wrong_calls(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "from 1 to 2" in run(capsys, path, "--restore", 3, code=2)[1]
    assert "from 1 to 2" in run(capsys, path, "--show", 0, code=2)[1]
    run(capsys, path, "--show", 1, "--restore", 1, code=2)
    assert "--restore" in run(capsys, path, "-o", "x", code=2)[1]
    assert "There are no backups" in run(capsys, tmp_path / "other.talknotes.json", code=1)[1]


def test_a_damaged_backup_is_named_and_not_put_in_its_place(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_bytes(b"{ half a")
    backups.keep(path)
    assert run(capsys, path)[0][0].split("\t")[2] == "damaged"
    run(capsys, path, "--restore", 1, code=3)
    run(capsys, path, "--show", 1, code=3)
    assert path.read_bytes() == b"{ half a"


def test_where_what_is_there_cannot_be_kept_nothing_is_replaced(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = backups.of(path)[0].path.parent
    moved = folder.rename(folder.with_name("moved"))
    folder.write_text("a file in its place")
    (moved / "notebook.json").write_text('{"path": "/gone", "id": "book1"}')
    before = path.read_bytes()
    _, err = run(capsys, path, "--restore", 1, code=4)
    assert "No backup could be made" in err
    assert path.read_bytes() == before
    assert state_folder().is_dir()


def test_a_title_cannot_steer_the_terminal(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(encode(Notebook("book1", talks=(Talk("t", title="\x1b[31mred\x07"),))))
    lines, _ = run(capsys, path, "--show", 1)
    assert not any("\x1b" in line or "\x07" in line for line in lines)


def test_neither_a_display_nor_vlc_is_needed(path: Path) -> None:
    check = "import sys; from desktopnotes.__main__ import main; code = main(); " + (
        "sys.exit(code or bool({'tkinter', 'vlc', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check, "backups", path], capture_output=True)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2), done.stderr


def test_an_open_window_takes_a_restored_one_in(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it holds does not come back over what was restored; what it has not saved yet stays."""
    window = store.Store(opening.open_notebook(path))
    run(capsys, path, "--restore", 1)
    talk = window.notebook.talks[0]
    typed = replace(window.notebook, talks=(replace(talk, notes=(*talk.notes, Note("typed", text="typed"))),))
    saved = window.save(typed)
    assert saved.outside is not None
    assert sorted(texts(path)) == ["one", "two", "typed"]
