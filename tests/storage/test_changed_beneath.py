"""A notebook's file changed by another program at any moment: nothing is lost, and the window is told."""

from __future__ import annotations

import ctypes
import errno
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import exchanging, files
from desktopnotes.model.errors import WriteError
from desktopnotes.model.merge import merge
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.storage import backups, leftovers, store, theirs, unsaved
from desktopnotes.storage.codec import decode, encode
from desktopnotes.storage.opening import open_notebook
from desktopnotes.storage.outcome import NotSavedError
from desktopnotes.storage.own_edits import OwnEdits
from desktopnotes.storage.paths import state_folder
from desktopnotes.storage.store import Store
from desktopnotes.storage.theirs import Watch
from desktopnotes.storage.turns import turn


def book(*texts: str) -> Notebook:
    """A notebook with a note for each text; the same text is the same note, "id=text" another text of it."""
    notes = []
    for text in texts:
        note_id, _, changed = text.partition("=")
        notes.append(Note(note_id, at_ms=len(note_id) * 1000, text=changed or text))
    return Notebook("book", "An Event", talks=(Talk("talk", "A Talk", notes=tuple(notes)),))


def texts(notebook: Notebook) -> list[str]:
    return [note.text for note in notebook.talks[0].notes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(encode(book("a", "bb")))
    return path


@pytest.fixture
def kept(path: Path) -> Store:
    return Store(open_notebook(path))


def on_disk(path: Path) -> Notebook:
    return decode(path.read_bytes())


def another_program(path: Path, notebook: Notebook) -> None:
    """Writes as editors and sync programs do: another file, renamed."""
    other = path.with_name(".syncthing.event.tmp")
    other.write_bytes(encode(notebook))
    other.replace(path)


def in_place(path: Path, notebook: Notebook) -> None:
    """Writes as simple programs do."""
    path.write_bytes(encode(notebook))


def raised(error: Exception) -> Callable[..., None]:
    def raises(*_: object) -> None:
        raise error

    return raises


def at_the_last_moment(monkeypatch: pytest.MonkeyPatch, *deeds: Callable[[], object]) -> None:
    """Does one of the deeds between the last look at the file and each exchange."""
    left = list(deeds)
    exchange = exchanging.exchange

    def exchanged(one: Path, other: Path) -> bool:
        if left:
            left.pop(0)()
        return exchange(one, other)

    monkeypatch.setattr(files, "exchange", exchanged)


# --- merged at a save ----------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [another_program, in_place])
def test_what_another_program_wrote_is_merged(
    path: Path, kept: Store, write: Callable[[Path, Notebook], None]
) -> None:
    write(path, book("a", "bb", "theirs"))
    ours = book("a=changed", "bb")
    saved = kept.save(ours)
    assert sorted(texts(on_disk(path))) == ["bb", "changed", "theirs"]
    assert saved.outside is not None
    assert saved.outside.base is ours
    assert saved.outside.saved == on_disk(path) == kept.notebook
    assert saved.outside.theirs == book("a", "bb", "theirs")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_change_in_place_of_the_same_size_and_time_is_noticed(path: Path, kept: Store) -> None:
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b'"bb"', b'"BB"', 2))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert path.stat().st_size == before.st_size
    assert kept.save(book("a=changed", "bb")).outside


def test_a_change_in_place_that_sets_the_time_back_is_noticed(path: Path, kept: Store) -> None:
    kept.save(book("a", "bb", "cc"))
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b'"text": "bb"', b'"text": "BB"'))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert kept.look()
    kept.save(book("a=changed", "bb", "cc"))
    assert sorted(texts(on_disk(path))) == ["BB", "cc", "changed"]


def test_after_its_own_save_a_store_reads_nothing(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "read_whole", None)
    monkeypatch.setattr(store, "read_to_merge", None)
    for text in ("cc", "dd"):
        kept.save(book("a", "bb", text))
        assert kept.look() is None


def test_until_the_window_has_taken_it_no_save_drops_it(path: Path, kept: Store) -> None:
    another_program(path, book("a", "bb", "theirs"))
    outside = kept.save(book("a", "bb", "cc")).outside
    assert outside is not None
    assert kept.save(book("a", "bb", "cc", "dd")).outside is None
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "dd", "theirs"]
    window = merge(outside.base, book("a", "bb", "cc", "dd"), outside.saved).notebook
    kept.save(window, taken=outside.number)
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "dd", "theirs"]


def test_what_the_window_takes_and_removes_stays_removed(path: Path, kept: Store) -> None:
    another_program(path, book("a", "bb", "theirs"))
    outside = kept.save(book("a", "bb", "cc")).outside
    assert outside is not None
    kept.save(book("a", "bb", "cc"), taken=outside.number)
    assert texts(on_disk(path)) == ["a", "bb", "cc"]


def test_two_changes_before_the_window_takes_one_are_both_there(path: Path, kept: Store) -> None:
    another_program(path, book("a", "bb", "first"))
    first = kept.save(book("a", "bb", "cc")).outside
    another_program(path, replace(on_disk(path), talks=(*on_disk(path).talks, Talk("talk2", "Another"))))
    second = kept.save(book("a", "bb", "cc", "dd")).outside
    assert first is not None
    assert second is not None
    assert second.number > first.number
    window = merge(first.base, book("a", "bb", "cc", "dd"), first.saved).notebook
    window = merge(second.base, window, second.saved).notebook
    kept.save(window, taken=second.number)
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "dd", "first"]
    assert len(on_disk(path).talks) == 2


@pytest.mark.parametrize(
    ("second", "expected"), [("tt=new words", ["a", "bb", "new words"]), ("", ["a", "bb"])]
)
def test_what_others_change_twice_before_the_window_takes_it_is_as_they_left_it(
    path: Path, kept: Store, second: str, expected: list[str]
) -> None:
    window, found = kept.notebook, []
    for each in ("tt", second):
        another_program(path, book("a", "bb", *([each] if each else [])))
        looked = kept.look()
        assert looked is not None
        assert looked.outside is not None
        found.append(looked.outside)
    for outside in found:
        window = merge(outside.base, window, outside.saved).notebook
    assert texts(window) == expected
    kept.save(window, taken=found[-1].number)
    assert texts(on_disk(path)) == expected


def test_of_two_changes_the_window_may_take_the_first_alone(path: Path, kept: Store) -> None:
    another_program(path, book("a", "bb", "first"))
    first = kept.save(book("a", "bb")).outside
    another_program(path, book("a=second", "bb", "first"))
    assert kept.save(book("a", "bb")).outside is not None
    assert first is not None
    kept.save(first.saved, taken=first.number)
    assert texts(on_disk(path)) == ["second", "bb", "first"]


# --- in the last gap ------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [another_program, in_place])
def test_what_comes_in_the_last_moment_is_merged(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, Notebook], None]
) -> None:
    at_the_last_moment(
        monkeypatch,
        lambda: write(path, book("a", "bb", "first")),
        lambda: write(path, book("a", "bb", "second", "first")),
    )
    saved = kept.save(book("a", "bb", "cc"))
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "first", "second"]
    assert saved.outside is not None
    assert saved.outside.saved == on_disk(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_program_that_never_stops_is_told_and_nothing_lost(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [f"t{number}" for number in range(100)]
    known: list[str] = []

    def write() -> None:
        known.append(written[len(known)])
        another_program(path, book("a", "bb", *known))

    at_the_last_moment(monkeypatch, *(write for _ in written))
    with pytest.raises(NotSavedError, match="keeps changing “event") as failed:
        kept.save(book("a", "bb", "cc"))
    assert failed.value.outside is not None
    assert failed.value.copy is not None
    assert {"cc", *known} <= set(texts(on_disk(failed.value.copy)))
    monkeypatch.undo()
    kept.save(book("a", "bb", "cc", "dd"))
    assert {"cc", "dd", *known} <= set(texts(on_disk(path)))


def test_what_came_in_is_not_lost_when_the_next_write_fails(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_last_moment(monkeypatch, lambda: another_program(path, book("a", "bb", "theirs")))
    replace_file, calls = store.replace_file, []

    def full_at_the_second(target: Path, *rest: object, **more: object) -> object:
        calls.append(target)
        if len(calls) == 2:
            raise WriteError("The disk is full.", why="The disk is full")
        return replace_file(target, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "replace_file", full_at_the_second)
    with pytest.raises(NotSavedError) as failed:
        kept.save(book("a", "bb", "cc"))
    assert failed.value.copy is not None
    assert sorted(texts(on_disk(failed.value.copy))) == ["a", "bb", "cc", "theirs"]
    saved = kept.save(book("a", "bb", "cc", "dd"))
    assert saved.outside is None
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "dd", "theirs"]


def test_what_came_in_is_not_lost_when_the_folder_cannot_be_synced(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_last_moment(monkeypatch, lambda: another_program(path, book("a", "bb", "theirs")))
    with monkeypatch.context() as patched:

        def fail(_: Path) -> None:
            raise OSError(errno.EIO, "I/O error")

        patched.setattr(files, "folder_to_disk", fail)
        with pytest.raises(NotSavedError, match="the disk does not confirm it"):
            kept.save(book("a", "bb", "cc"))
    kept.save(book("a", "bb", "cc"))
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "theirs"]


def test_what_lies_there_without_a_synced_folder_is_ours(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(files, "_confirm", raised(WriteError("The disk does not confirm it.")))
        with pytest.raises(NotSavedError):
            kept.save(book("a", "bb", "cc"))
    assert texts(on_disk(path)) == ["a", "bb", "cc"]
    assert kept.save(book("a", "bb")).outside is None
    assert texts(on_disk(path)) == ["a", "bb"]


def test_without_an_exchange_what_was_written_before_is_merged_all_the_same(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> int:
        ctypes.set_errno(errno.EINVAL)
        return -1

    monkeypatch.setattr(exchanging, "_renameat2", lambda: cannot)
    another_program(path, book("a", "bb", "theirs"))
    kept.save(book("a", "bb", "cc"))
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "theirs"]


# --- what it goes back to -------------------------------------------------------------------------------


def test_a_program_that_read_the_file_before_our_save_deletes_nothing(path: Path, kept: Store) -> None:
    read_before = on_disk(path)
    kept.save(book("a=new words", "bb", "cc"))
    theirs_now = replace(read_before.talks[0], notes=(*read_before.talks[0].notes, Note("tt", text="theirs")))
    another_program(path, replace(read_before, talks=(theirs_now,)))
    kept.save(book("a=new words", "bb", "cc", "dd"))
    assert sorted(texts(on_disk(path))) == ["bb", "cc", "dd", "new words", "theirs"]


def test_what_another_window_deletes_is_deleted(path: Path, kept: Store) -> None:
    other = Store(open_notebook(path))
    kept.save(book("a", "bb", "cc"))
    looked = other.look()
    assert looked is not None
    assert looked.outside is not None
    other.save(book("a", "bb"), taken=looked.outside.number)
    seen = kept.look()
    assert seen is not None
    assert seen.outside is not None
    assert texts(seen.outside.saved) == ["a", "bb"]


def test_what_a_window_brought_is_looked_after_for_a_minute() -> None:
    now_s = [0.0]
    own = OwnEdits(lambda: now_s[0])
    own.made(book("a", "bb"), book("a=changed", "bb", "cc"))
    last = book("a=changed", "bb", "cc")
    assert own.base_of(last, book("a", "bb")) == book("a", "bb")
    assert own.base_of(last, book("a", "tt")) == book("a", "bb")
    assert own.base_of(last, book("a=theirs", "bb", "cc")) == last
    now_s[0] = 61.0
    assert own.base_of(last, book("a", "bb")) == last


def test_what_a_window_took_out_does_not_come_back_by_an_old_state() -> None:
    own = OwnEdits()
    own.made(book("a", "bb"), book("bb"))
    assert own.base_of(book("bb"), book("a", "bb", "tt")) == book("bb", "a")


def test_talks_and_posts_are_looked_after_too() -> None:
    own, before = OwnEdits(), book("a")
    talk = Talk("talk2", "New", write_up="Written")
    after = replace(before, talks=(replace(before.talks[0], title="Named"), talk), posts=(Post("p", "New"),))
    own.made(before, after)
    assert own.base_of(after, before) == before
    own.made(after, before)
    assert own.base_of(before, after) == after


# --- what cannot be merged ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"<<<<<<< HEAD", encode(book("a"))[:-9], encode(replace(book("a"), id="another"))]
)
def test_what_cannot_be_merged_is_kept_as_a_backup(
    path: Path, kept: Store, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theirs, "_WHOLE_AFTER_S", 0.1)
    path.write_bytes(content)
    saved = kept.save(book("a", "cc"))
    assert "was kept as a backup, and yours was saved" in saved.notice
    assert saved.outside is None
    assert on_disk(path) == book("a", "cc")
    assert [copy.read_bytes() for copy in (state_folder() / "backups").rglob("*.talknotes.json")] == [content]


def test_a_half_written_file_is_waited_for(path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = encode(book("a", "bb", "theirs"))
    path.write_bytes(whole[:50])
    sleep = time.sleep

    def goes_on(seconds: float) -> None:
        path.write_bytes(whole)
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", goes_on)
    kept.save(book("a", "bb", "cc"))
    assert sorted(texts(on_disk(path))) == ["a", "bb", "cc", "theirs"]


def test_a_newer_version_is_not_written_over(path: Path, kept: Store) -> None:
    newer = encode(book("a", "future")).replace(b'"version": 1', b'"version": 2')
    path.write_bytes(newer)
    with pytest.raises(NotSavedError, match=r"A newer version .* It was not written over") as failed:
        kept.save(book("a", "bb", "cc"))
    assert path.read_bytes() == newer
    assert failed.value.copy is not None
    assert on_disk(failed.value.copy) == book("a", "bb", "cc")


def test_a_newer_version_that_comes_in_the_last_moment_is_put_back(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = encode(book("a", "future")).replace(b'"version": 1', b'"version": 2')
    at_the_last_moment(monkeypatch, lambda: path.write_bytes(newer))
    for _ in range(2):
        with pytest.raises(NotSavedError, match=r"A newer version .* It was not written over") as failed:
            kept.save(book("a", "bb", "cc"))
        assert failed.value.copy is not None
        assert on_disk(failed.value.copy) == book("a", "bb", "cc")
        assert path.read_bytes() == newer
        assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_may_not_be_read_is_not_written_over(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_program(path, book("theirs"))
    content = path.read_bytes()
    monkeypatch.setattr(store, "read_to_merge", lambda _: theirs.read_to_merge(path.with_name("missing")))
    with pytest.raises(NotSavedError, match="was not written over"):
        kept.save(book("a", "cc"))
    assert path.read_bytes() == content


def test_what_came_out_and_cannot_be_kept_stays_beside(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Path:
        raise WriteError("The disk is full.")

    monkeypatch.setattr(theirs, "_WHOLE_AFTER_S", 0.1)
    at_the_last_moment(monkeypatch, lambda: path.write_bytes(b"not ours"))
    with monkeypatch.context() as patched:
        patched.setattr(backups, "keep", full)
        with pytest.raises(NotSavedError, match="could not be kept as a backup; it lies beside") as refused:
            kept.save(book("a", "cc"))
        (left,) = (each for each in path.parent.iterdir() if each != path)
        assert left.name in refused.value.message
        assert "not written over" not in refused.value.message
        assert left.read_bytes() == b"not ours"
        assert on_disk(path) == book("a", "cc")
        assert left.name in kept.save(book("a", "dd")).notice  # your notes are saved all the same
        assert kept.save(book("a", "dd")).notice == ""
        assert left.read_bytes() == b"not ours"
    assert "kept as a backup" in kept.save(book("a", "ee")).notice
    assert [each.path.read_bytes() for each in backups.of(path)] == [b"not ours"]
    assert list(path.parent.iterdir()) == [path]


def test_what_came_out_and_cannot_be_read_is_merged_by_a_later_save(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_last_moment(monkeypatch, lambda: another_program(path, book("a=changed", "bb", "theirs")))
    with monkeypatch.context() as patched:
        patched.setattr(theirs, "LIMIT_BYTES", 10)
        with pytest.raises(NotSavedError, match="lies beside"):
            kept.save(book("a", "bb", "cccc"))
    saved = kept.save(book("a", "bb", "cccc"))
    assert texts(on_disk(path)) == ["changed", "bb", "cccc", "theirs"]
    assert saved.outside is not None
    assert list(path.parent.iterdir()) == [path]


def test_by_a_fault_of_the_program_a_copy_is_kept(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> Notebook:
        raise AssertionError

    monkeypatch.setattr(store, "merged", fault)
    another_program(path, book("a", "bb", "theirs"))
    for ours in (book("a", "bb", "cc"), book("a", "bb", "cc", "dd")):
        with pytest.raises(NotSavedError, match=r"by a fault of the program\. A copy") as failed:
            kept.save(ours)
        assert failed.value.copy is not None
        assert on_disk(failed.value.copy) == ours
    assert on_disk(path) == book("a", "bb", "theirs")


def test_where_the_goal_cannot_be_encoded_the_window_s_notes_are_kept(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> list[bytes]:
        raise AssertionError

    monkeypatch.setattr(kept._encoder, "encode", fault)
    with pytest.raises(NotSavedError, match="by a fault") as failed:
        kept.save(book("a", "cc"))
    assert failed.value.copy is not None
    assert on_disk(failed.value.copy) == book("a", "cc")


def test_what_came_out_stays_beside_until_all_of_it_is_saved(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program may be killed before its next save has what another one wrote."""

    def fails() -> None:
        raise OSError(errno.EIO, "the disk")

    at_the_last_moment(monkeypatch, lambda: another_program(path, book("a", "bb", "theirs")), fails)
    with pytest.raises(NotSavedError):
        kept.save(book("a", "cc"))
    (left,) = (each for each in path.parent.iterdir() if each != path)
    assert files.TEMPORARY.fullmatch(left.name)
    assert on_disk(left) == book("a", "bb", "theirs")
    kept.save(book("a", "cc"))
    assert not left.exists()
    assert "theirs" in str(on_disk(path))


# --- looked at while nothing is to be saved -------------------------------------------------------------


def test_a_look_finds_nothing_where_nothing_is_new(path: Path, kept: Store) -> None:
    assert kept.look() is None
    kept.save(book("a", "cc"))
    assert kept.look() is None


def test_the_first_look_tidies_up(path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    left = path.with_name(".0123456789ab.tmp")
    left.write_bytes(b"{")
    kept.look()
    assert left.exists()  # it may be a save that is under way
    monkeypatch.setattr(leftovers, "_OLD_S", -1.0)
    kept.look()
    assert left.exists()  # once is enough
    assert Store(open_notebook(path)).look() is None
    assert not left.exists()


def test_a_look_finds_what_another_program_wrote_and_writes_nothing_itself(path: Path, kept: Store) -> None:
    another_program(path, book("a", "bb", "theirs"))
    state = path.stat()
    looked = kept.look()
    assert looked is not None
    assert looked.outside is not None
    assert looked.outside.saved == book("a", "bb", "theirs")
    assert not looked.is_to_write
    assert kept.save(looked.outside.saved, taken=looked.outside.number).outside is None
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (state.st_ino, state.st_mtime_ns)
    assert kept.look() is None
    kept.save(book("a"), taken=looked.outside.number)
    assert on_disk(path) == book("a")


def test_a_look_leaves_it_where_another_window_is_at_work(path: Path, kept: Store) -> None:
    another_program(path, book("a", "bb", "theirs"))
    with turn(path):
        assert kept.look() is None
    assert kept.look()


def test_a_look_at_what_was_based_on_an_older_state_asks_for_a_save(path: Path, kept: Store) -> None:
    kept.save(book("a", "bb", "cc"))
    another_program(path, book("a", "bb", "theirs"))
    looked = kept.look()
    assert looked is not None
    assert looked.is_to_write
    assert looked.outside is not None
    assert sorted(texts(looked.outside.saved)) == ["a", "bb", "cc", "theirs"]


def test_a_read_only_notebook_follows_its_file(path: Path) -> None:
    newer = encode(book("a")).replace(b'"version": 1', b'"version": 2')
    path.write_bytes(newer)
    kept = Store(open_notebook(path))
    path.write_bytes(encode(book("a", "more")).replace(b'"version": 1', b'"version": 2'))
    looked = kept.look()
    assert looked is not None
    assert looked.outside is not None
    assert looked.outside.saved == book("a", "more")
    assert not looked.is_to_write


@pytest.fixture
def watched(kept: Store) -> list[float]:
    """The moment that it is for the store's watch."""
    now_s = [0.0]
    kept._watch = Watch(lambda: now_s[0])
    return now_s


def test_a_deleted_file_is_told_once_and_when_it_stays_away(
    path: Path, kept: Store, watched: list[float]
) -> None:
    path.unlink()
    assert kept.look() is None
    watched[0] = 5.0
    looked = kept.look()
    assert looked is not None
    assert looked.may_write_again
    assert "deleted the notebook’s file" in looked.notice
    watched[0] = 60.0
    assert kept.look() is None
    kept.save(book("a", "cc"))
    assert on_disk(path) == book("a", "cc")


def test_a_file_that_was_deleted_is_written_again_for_the_same_readers(path: Path) -> None:
    path.chmod(0o600)
    kept = Store(open_notebook(path))
    path.unlink()
    kept.save(book("a", "again"))
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o660)
    kept.save(book("a", "after a change of it"))
    path.unlink()
    kept.save(book("a", "and again"))
    assert path.stat().st_mode & 0o777 == 0o660


def test_half_a_file_is_told_only_when_it_stays_so(path: Path, kept: Store, watched: list[float]) -> None:
    whole = encode(book("a", "bb", "theirs"))
    path.write_bytes(whole[:50])
    assert kept.look() is None
    watched[0] = 4.0
    path.write_bytes(whole[:90])
    assert kept.look() is None
    watched[0] = 5.0
    looked = kept.look()
    assert looked is not None
    assert looked.may_write_again
    assert not looked.is_to_write
    assert "damaged" in looked.notice
    path.write_bytes(whole)
    found = kept.look()
    assert found is not None
    assert found.outside is not None


def in_conflict(one: Notebook, other: Notebook) -> bytes:
    """As Git leaves a file that both changed."""
    first, second = (encode(each).splitlines(keepends=True) for each in (one, other))
    at = next(number for number, line in enumerate(first) if line != second[number])
    marks = (b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> theirs\n")
    return b"".join((*first[:at], marks[0], first[at], marks[1], second[at], marks[2], *first[at + 1 :]))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (encode(replace(book("a"), id="another")), "Another notebook was put in the place"),
        (in_conflict(book("a", "bb"), book("a=theirs", "bb")), "marks of a conflict"),
        (b"{", "has damaged the notebook’s file"),
    ],
)
def test_what_cannot_be_merged_is_named_and_nothing_written(
    path: Path, kept: Store, watched: list[float], content: bytes, told: str
) -> None:
    path.write_bytes(content)
    assert kept.look() is None
    watched[0] = 5.0
    looked = kept.look()
    assert looked is not None
    assert told in looked.notice
    assert looked.may_write_again
    assert not looked.is_to_write
    assert path.read_bytes() == content
    (copy,) = unsaved.copies(path, "book")  # should the window be closed now
    assert on_disk(copy) == book("a", "bb")
    path.write_bytes(encode(book("a", "bb")))
    kept.look()
    kept.look()
    assert unsaved.copies(path, "book") == ()


def test_of_git_s_conflict_the_next_save_has_both_sides(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theirs, "_WHOLE_AFTER_S", 0.1)
    content = in_conflict(book("a=ours", "bb"), book("a=of a colleague", "bb"))
    path.write_bytes(content)
    saved = kept.save(book("a=ours", "bb", "cc"))
    assert "What both sides wrote" in saved.notice
    assert {"ours", "of a colleague", "bb", "cc"} <= set(texts(on_disk(path)))
    assert saved.outside is not None
    assert saved.outside.saved == on_disk(path)
    assert [copy.read_bytes() for copy in (state_folder() / "backups").rglob("*.talknotes.json")] == [content]
