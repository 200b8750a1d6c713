"""Backups on the disk: found again whatever becomes of the notebook, private, and none lost by a crash."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktopnotes import exchanging, files
from desktopnotes.model.errors import ReadError, UserError, WriteError
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import backups
from desktopnotes.storage.backups import Why
from desktopnotes.storage.codec import encode
from desktopnotes.storage.opening import open_notebook
from desktopnotes.storage.paths import state_folder
from desktopnotes.storage.store import Store

NOW = datetime(2026, 3, 11, 9, 42, 7, tzinfo=UTC)


def book(*texts: str, id: str = "book1") -> Notebook:
    notes = tuple(Note(f"note{i}", at_ms=1000 * i, text=text) for i, text in enumerate(texts))
    return Notebook(id, title="An Event", talks=(Talk("talk1", title="A Talk", notes=notes),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "event.talknotes.json"
    write(path, book("one"))
    return path


def write(path: Path, notebook: Notebook) -> None:
    path.write_bytes(encode(notebook))


def keep(path: Path, *texts: str, minutes: float = 0, why: Why = Why.CHANGES) -> Path:
    """Writes a notebook of these notes, and keeps it at some moment."""
    notebook = book(*texts)
    write(path, notebook)
    return backups.keep(path, why, notebook=notebook, now=NOW + timedelta(minutes=minutes))


def texts(backup: backups.Backup) -> list[str]:
    return [note.text for note in backups.read(backup).talks[0].notes]


def test_a_backup_tells_all_that_a_list_shows(path: Path) -> None:
    kept = keep(path, "one", "two", why=Why.LOSS)
    (found,) = backups.of(path)
    assert found.path == kept
    assert (found.moment, found.why, found.notes, found.talks) == (NOW, Why.LOSS, 2, 1)
    assert found.size == path.stat().st_size
    assert kept.read_bytes() == path.read_bytes()


def test_the_newest_comes_first(path: Path) -> None:
    for minutes in (10, 0, 20):
        keep(path, f"at {minutes}", minutes=minutes)
    assert [texts(one) for one in backups.of(path)] == [["at 20"], ["at 10"], ["at 0"]]


def test_nobody_else_may_read_them(path: Path) -> None:
    old = os.umask(0o022)
    (state_folder() / "backups").mkdir(parents=True, mode=0o755)
    try:
        kept = keep(path, "one")
    finally:
        os.umask(old)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.parent.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((kept.parent / "notebook.json").stat().st_mode) == 0o600


def test_they_lie_outside_of_the_notebooks_folder(path: Path) -> None:
    keep(path, "one")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_the_newest_holds_is_not_copied_again(path: Path) -> None:
    first = keep(path, "one")
    assert keep(path, "one", minutes=60) == first
    assert len(backups.of(path)) == 1


def test_what_an_older_one_holds_is_copied_again(path: Path) -> None:
    """That one may go any time; this one is the newest."""
    keep(path, "one")
    keep(path, "two", minutes=1)
    keep(path, "one", minutes=2)
    assert [texts(one) for one in backups.of(path)] == [["one"], ["two"], ["one"]]


def test_before_something_great_a_usual_backup_does_not_do(path: Path) -> None:
    """It would be thinned out before its time; a second one of the kind brings nothing."""
    keep(path, "one")
    first = keep(path, "one", minutes=1, why=Why.LOSS)
    keep(path, "two", minutes=2)
    assert keep(path, "one", minutes=3, why=Why.RESTORE) == first
    assert len(backups.of(path)) == 3


def test_a_clock_that_was_set_back(path: Path) -> None:
    """Neither is the same copied again and again, nor is a later one thrown away."""
    keep(path, "from the future", minutes=60 * 24 * 400)
    keep(path, "now")
    assert keep(path, "now", minutes=31)
    assert keep(path, "from the future", minutes=45)
    assert [texts(one) for one in backups.of(path)] == [["from the future"], ["now"]]


def test_two_windows_in_one_second(path: Path) -> None:
    keep(path, "one")
    path.write_bytes(encode(book("other")))
    backups.keep(path, Why.CHANGES, now=NOW)
    assert sorted(map(texts, backups.of(path))) == [["one"], ["other"]]


def test_thinned_as_time_goes(path: Path) -> None:
    for half_hour in range(36):
        keep(path, f"note {half_hour}", minutes=30 * half_hour)
    found = backups.of(path)
    assert 18 < len(found) < 25
    assert texts(found[0]) == ["note 35"]
    assert texts(found[-1]) in (["note 0"], ["note 1"])


def test_strange_files_are_left_alone(path: Path) -> None:
    folder = keep(path, "one").parent
    strange = [
        folder / "mine.txt",
        folder / "2026-13-45T99-99-99Z.opened.talknotes.json",
        folder / "2026-03-11T09-42-07Z.opened.talknotes.json.bak",
        folder / ".0123456789ab.tmp",
    ]
    for each in strange:
        each.write_text("mine")
    (folder / "2026-01-01T00-00-00Z.opened.talknotes.json").mkdir()
    (folder / "2026-01-02T00-00-00Z.opened.talknotes.json").symlink_to("/etc/passwd")
    for hour in range(30):
        keep(path, f"note {hour}", minutes=60 * hour)
    assert all(each.read_text() == "mine" for each in strange)
    assert (folder / "2026-01-01T00-00-00Z.opened.talknotes.json").is_dir()
    assert (folder / "2026-01-02T00-00-00Z.opened.talknotes.json").is_symlink()
    assert all(one.size < 1000 and one.moment >= NOW for one in backups.of(path))


def test_what_a_killed_writing_left_goes_a_day_later(path: Path) -> None:
    folder = keep(path, "one").parent
    old, young = folder / ".0123456789ab.tmp", folder / ".ba9876543210.tmp"
    for each in (old, young):
        each.write_bytes(b"half a noteb")
    os.utime(old, (time.time() - 90_000,) * 2)
    keep(path, "two", minutes=1)
    assert not old.exists()
    assert young.exists()


def test_copies_of_an_earlier_version_are_shown(path: Path) -> None:
    folder = keep(path, "one").parent
    for name in ("2026-03-01T00-00-00Z", "2026-03-01T00-00-00Z 2"):
        (folder / f"{name}.talknotes.json").write_bytes(encode(book("earlier")))
    found = backups.of(path)[1:]
    assert [(one.why, one.notes) for one in found] == [(Why.UNKNOWN, None)] * 2
    assert [texts(one) for one in found] == [["earlier"]] * 2


# --- found again ---------------------------------------------------------------------------------------


def test_of_a_file_that_is_gone_empty_or_damaged(path: Path) -> None:
    keep(path, "one")
    for content in (b"", b"\0\0\0", b'{"format": "desktopnotes", "ver'):
        path.write_bytes(content)
        assert [texts(one) for one in backups.of(path)] == [["one"]]
    path.unlink()
    assert [texts(one) for one in backups.of(path)] == [["one"]]


def test_of_a_notebook_that_was_moved(path: Path, tmp_path: Path) -> None:
    keep(path, "one")
    moved = tmp_path / "elsewhere" / "renamed.talknotes.json"
    moved.parent.mkdir()
    path.rename(moved)
    assert [texts(one) for one in backups.of(moved)] == [["one"]]
    keep(moved, "two", minutes=1)
    assert [texts(one) for one in backups.of(moved)] == [["two"], ["one"]]
    moved.write_bytes(moved.read_bytes()[:200])  # damaged, its head is whole
    assert len(backups.of(moved)) == 2
    moved.write_bytes(b"")  # what has been kept here knows its id
    assert len(backups.of(moved)) == 2


def test_a_copy_beside_does_not_take_the_firsts(path: Path) -> None:
    keep(path, "one")
    copy = path.with_name("copy.talknotes.json")
    copy.write_bytes(path.read_bytes())
    assert backups.of(copy) == ()


def test_another_notebook_of_that_name_elsewhere_has_its_own(path: Path, tmp_path: Path) -> None:
    keep(path, "one")
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    write(other, book("other", id="book2"))
    assert backups.of(other) == ()


def test_by_a_link_and_by_a_relative_path(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path, "one")
    link = path.with_name("link.talknotes.json")
    link.symlink_to(path)
    monkeypatch.chdir(path.parent)
    assert len(backups.of(link)) == len(backups.of(Path(path.name))) == 1


@pytest.mark.parametrize("name", ["a\udcff b", "💃 " * 30, "n" * 200])
def test_strange_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.talknotes.json"
    keep(path, "one")
    assert [texts(one) for one in backups.of(path)] == [["one"]]
    path.rename(moved := tmp_path / "moved.talknotes.json")
    assert [texts(one) for one in backups.of(moved)] == [["one"]]


def test_a_notebook_of_another_id_among_them_does_not_take_them_over(path: Path, tmp_path: Path) -> None:
    keep(path, "one")
    backups.keep(path, content=encode(book("another", id="book2")))
    path.rename(moved := tmp_path / "moved.talknotes.json")
    assert len(backups.of(moved)) == 2
    write(other := tmp_path / "other.talknotes.json", book("another", id="book2"))
    assert not backups.of(other)


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b'{"path": 3}', b'{"path": "/x", "id": []}', b"\xff\xfe", b"[" * 99_999]
)
def test_a_damaged_index_costs_only_the_moved_ones(path: Path, content: bytes) -> None:
    (keep(path, "one").parent / "notebook.json").write_bytes(content)
    assert len(backups.of(path)) == 1
    keep(path, "two", minutes=1)
    path.rename(moved := path.with_name("moved.talknotes.json"))
    assert len(backups.of(moved)) == 2


# --- where it cannot be --------------------------------------------------------------------------------


def test_no_folder_can_be_made(path: Path) -> None:
    state_folder().mkdir(parents=True)
    (state_folder() / "backups").write_text("a file in its place")
    with pytest.raises(WriteError, match="No backup could be made"):
        backups.keep(path)
    assert backups.of(path) == ()


def test_of_what_cannot_be_read(path: Path) -> None:
    path.unlink()
    with pytest.raises(ReadError):
        backups.keep(path)
    path.mkdir()
    with pytest.raises(ReadError):
        backups.keep(path)
    assert not (state_folder() / "backups").exists()


@pytest.mark.parametrize("fails", ["_say_whose", "thin"])
def test_what_comes_after_may_fail(path: Path, fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(backups, fails, fail)
    keep(path, "one")
    assert len(backups.of(path)) == 1


def test_killed_while_thinning_it_has_only_done_less(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for half_hour in range(12):
        keep(path, f"note {half_hour}", minutes=30 * half_hour)
    before = {one.path for one in backups.of(path)}
    calls: list[Path] = []

    def unlink(self: Path, missing_ok: bool = False) -> None:
        calls.append(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(KeyboardInterrupt):
        keep(path, "the last", minutes=60 * 30)
    assert calls
    after = backups.of(path)
    assert before < {one.path for one in after}
    assert texts(after[0]) == ["the last"]


# --- restoring -----------------------------------------------------------------------------------------


def test_restored_and_what_was_there_is_kept(path: Path) -> None:
    keep(path, "one", minutes=-9_000_000)
    write(path, book("two"))
    kept = backups.restore(path, backups.content_of(backups.of(path)[0]))
    assert path.read_bytes() == encode(book("one"))
    newest = backups.of(path)[0]
    assert (newest.path, newest.why, texts(newest)) == (kept, Why.RESTORE, ["two"])


@pytest.mark.parametrize("content", [b"", b"garbage", b"\0" * 100])
def test_what_is_damaged_is_kept_too(path: Path, content: bytes) -> None:
    keep(path, "one")
    path.write_bytes(content)
    kept = backups.restore_notebook(path, book("one"))
    assert kept is not None
    assert kept.read_bytes() == content
    assert path.read_bytes() == encode(book("one"))


def test_an_open_window_takes_it_as_it_is(path: Path) -> None:
    """Within the minute in which a window takes an older state for a slow program's, too."""
    keep(path, "good")
    window = Store(open_notebook(path))
    write(path, book("good", "of a stranger"))
    assert window.look() is not None
    window.save(book("mistake", "of a stranger", "new"), 1)
    backups.restore(path, backups.content_of(backups.of(path)[0]))
    looked = window.look()
    assert looked is not None
    assert not looked.is_to_write
    assert looked.outside is not None
    assert [note.text for note in looked.outside.saved.talks[0].notes] == ["good"]


def test_what_comes_in_the_last_moment_before_a_restore_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = exchanging.exchange

    def exchanged(one: Path, other: Path) -> bool:
        write(path, book("of the last moment"))
        return exchange(one, other)

    monkeypatch.setattr(files, "exchange", exchanged)
    kept = backups.restore_notebook(path, book("restored"))
    assert path.read_bytes() == encode(book("restored"))
    assert kept is not None
    assert kept.read_bytes() == encode(book("of the last moment"))
    assert list(path.parent.glob(".*")) == []


def test_a_gone_one_is_private_until_it_is_known_who_may_read_it(path: Path) -> None:
    keep(path, "one")
    path.unlink()
    backups.restore_notebook(path, book("one"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    backups.restore_notebook(path, book("two"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_gone_one_is_written_anew_with_its_folder(path: Path) -> None:
    keep(path, "one")
    path.unlink()
    path.parent.rename(path.parent.with_name("gone"))
    assert backups.restore(path, backups.content_of(backups.of(path)[0])) is None
    assert path.read_bytes() == encode(book("one"))


def test_nothing_is_replaced_that_cannot_be_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state_folder().mkdir(parents=True)
    (state_folder() / "backups").write_text("a file in its place")
    with pytest.raises(UserError):
        backups.restore_notebook(path, book("other"))
    assert path.read_bytes() == encode(book("one"))


def test_what_someone_writes_meanwhile_is_kept_as_well(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backups.replace_file

    def replace_file(target: Path, content: bytes, **options: object) -> object:
        if target == path:
            write(path, replace(book("meanwhile"), title="x"))
        return real(target, content, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(backups, "replace_file", replace_file)
    backups.restore_notebook(path, book("restored"))
    assert sorted(map(texts, backups.of(path))) == [["meanwhile"], ["one"]]
