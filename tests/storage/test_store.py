"""A notebook's file: what is saved is there, and what is not ours or not understood is never lost by it."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import replace
from pathlib import Path, PurePosixPath
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.errors import ReadError, WriteError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import backups, names, outcome
from desktopnotes.storage.codec import decode, encode
from desktopnotes.storage.format import NOTE
from desktopnotes.storage.names import absolute, file_name, relative
from desktopnotes.storage.opening import create, open_notebook
from desktopnotes.storage.paths import state_folder
from desktopnotes.storage.store import Store
from tests.storage.notebooks import small_notebook
from tests.storage.unprivileged import answer_of, shared_folder

ONE, TWO, THREE = (small_notebook(text) for text in ("one", "two", "three"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A notebook file in a folder of its own."""
    folder = tmp_path / "Talk Notes"
    folder.mkdir()
    (folder / "kubecon.talknotes.json").write_bytes(encode(ONE))
    return folder / "kubecon.talknotes.json"


@pytest.fixture
def kept(path: Path) -> Store:
    return Store(open_notebook(path))


def on_disk(path: Path) -> Notebook:
    return decode(path.read_bytes())


def kept_copies() -> list[Path]:
    return sorted(path for path in state_folder().rglob("*.talknotes.json"))


# --- opening and creating ------------------------------------------------------------------------------


def test_it_opens_what_was_saved(path: Path) -> None:
    opened = open_notebook(path)
    assert (opened.notebook, opened.path, opened.read_only, opened.notice) == (ONE, path, False, "")
    Store(opened).save(TWO)
    assert open_notebook(path).notebook == TWO
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_link_is_followed_once_and_for_all(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.talknotes.json"
    link.symlink_to(path)
    opened = open_notebook(link)
    assert opened.path == path
    Store(opened).save(TWO)
    assert link.is_symlink()
    assert on_disk(path) == TWO


@pytest.mark.parametrize("content", [b"", bytes(100), encode(ONE)[:-20], b"{}", b"\xff"])
def test_a_damaged_file_is_refused_and_stays_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    before = path.stat()
    with pytest.raises(
        ReadError, match=r"“kubecon\.talknotes\.json” cannot be opened: .*It was left as it is\."
    ):
        open_notebook(path)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns, path.read_bytes()) == (
        before.st_ino,
        before.st_mtime_ns,
        content,
    )
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_is_no_notebook_file_is_refused(path: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for strange in (tmp_path, tmp_path / "pipe", tmp_path / "missing", Path("/dev/zero")):
        with pytest.raises(ReadError):
            open_notebook(strange)


def test_one_of_a_newer_version_is_never_written(path: Path) -> None:
    newer = encode(ONE).replace(b'"version": 1', b'"version": 2')
    path.write_bytes(newer)
    opened = open_notebook(path)
    assert opened.read_only
    assert opened.notebook == ONE
    assert "A newer version of Desktop Notes wrote this notebook" in opened.notice
    with pytest.raises(WriteError, match=r"can be read here, not changed.*A copy of your notes is kept in ~"):
        Store(opened).save(TWO)
    assert path.read_bytes() == newer
    assert on_disk(kept_copies()[0]) == TWO


def test_a_write_protected_one_opens_read_only() -> None:
    with shared_folder() as folder:
        target = folder / "x.talknotes.json"
        target.write_bytes(encode(ONE))
        target.chmod(0o444)
        answer = answer_of(lambda: f"{open_notebook(target).read_only} {open_notebook(target).notice}")
    assert answer.startswith("True This notebook is write-protected")


def test_a_new_notebook_takes_the_next_free_name(tmp_path: Path) -> None:
    folder = tmp_path / "Documents" / "Talk Notes"
    made = [create(folder, "My Talks") for _ in range(3)]
    assert [each.path.name for each in made] == [
        "My Talks.talknotes.json",
        "My Talks 2.talknotes.json",
        "My Talks 3.talknotes.json",
    ]
    assert [each.notebook.title for each in made] == ["My Talks"] * 3
    assert len({each.notebook.id for each in made}) == 3
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made[0].notebook.created)
    Store(made[1]).save(TWO)
    assert on_disk(made[0].path) == made[0].notebook


def test_a_folder_that_cannot_be_made_is_told(path: Path) -> None:
    with pytest.raises(WriteError, match="A file stands where the folder should be"):
        create(path / "below", "My Talks")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("KubeCon North America 2017", "KubeCon North America 2017.talknotes.json"),
        ("Q&A: what/why?", "Q&A what why.talknotes.json"),
        ("../../etc/passwd", "etc passwd.talknotes.json"),
        (".hidden. ", "hidden.talknotes.json"),
        ("a\nb\0c", "a b c.talknotes.json"),
        (" /:* ", "Notebook.talknotes.json"),
        ("", "Notebook.talknotes.json"),
        ("日本語 👩‍💻", "日本語 👩‍💻.talknotes.json"),
        ("half \ud83d", "half.talknotes.json"),
    ],
)
def test_a_title_becomes_the_name_of_a_file(title: str, name: str) -> None:
    assert file_name(title) == name


@given(st.text())
def test_any_title_becomes_a_name_that_fits(title: str) -> None:
    name = file_name(title * 100)
    assert len(name.encode()) <= 255 - len(" 999")
    assert PurePosixPath(name).name == name
    assert not name.startswith(".")


def test_the_folder_of_pictures_is_named_after_the_file() -> None:
    assert names.pictures_name(Path("/x/KubeCon: 2017.talknotes.json")) == "KubeCon: 2017.pictures"
    assert names.pictures_name(Path("/x/a\\b.talknotes.json")) == "a b.pictures"
    assert names.pictures_name(Path("/x/other.json")) == "other.json.pictures"


# --- changed by someone else ---------------------------------------------------------------------------


def test_even_garbage_is_kept(path: Path, kept: Store) -> None:
    path.write_bytes(b"<<<<<<< HEAD")
    assert kept.save(TWO).notice
    assert kept_copies()[0].read_bytes() == b"<<<<<<< HEAD"


def test_two_changes_in_one_second_are_both_kept(path: Path, kept: Store) -> None:
    for other in (b"first", b"second"):
        path.write_bytes(other)
        kept.save(TWO)
    assert {copy.read_bytes() for copy in kept_copies()} == {b"first", b"second"}


def test_what_cannot_be_kept_is_not_replaced(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"from outside")

    def full(_: Path, **__: object) -> Path:
        raise WriteError("The disk is full: no copy was made.", "Free some space.")

    monkeypatch.setattr(backups, "keep", full)
    with pytest.raises(WriteError, match=r"so it was not written over\. The disk is full"):
        kept.save(TWO)
    assert path.read_bytes() == b"from outside"
    with pytest.raises(WriteError, match="so it was not written over"):
        kept.save(TWO)


def test_a_file_that_was_removed_is_written_again(path: Path, kept: Store) -> None:
    path.unlink()
    assert "was gone; it has been written again" in kept.save(TWO).notice
    assert on_disk(path) == TWO
    assert kept_copies() == []


def test_a_folder_in_its_place_is_left(path: Path, kept: Store) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(WriteError, match="A folder has that name"):
        kept.save(TWO)
    assert path.is_dir()


def test_our_own_save_is_not_taken_for_anothers_after_a_failing_sync(
    path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def fail_for_folders(descriptor: int) -> None:
        if (
            stat.S_ISDIR(os.fstat(descriptor).st_mode)
            and os.fstat(descriptor).st_ino == path.parent.stat().st_ino
        ):
            raise OSError(errno.EIO, "I/O error")
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail_for_folders)
        with pytest.raises(WriteError, match="was written, but the disk does not confirm it"):
            kept.save(TWO)
    assert kept.save(THREE).notice == ""
    assert on_disk(path) == THREE
    assert kept_copies() == []


# --- saves that fail -----------------------------------------------------------------------------------


def test_a_failed_save_leaves_a_copy_until_the_next_one_is_well(path: Path, kept: Store, home: Path) -> None:
    away = path.parent.with_name("away")
    path.parent.rename(away)
    with pytest.raises(WriteError) as failed:
        kept.save(TWO)
    (copy,) = kept_copies()
    assert str(failed.value) == (
        f"A copy of your notes is kept in ~/{copy.parent.relative_to(home)}. "
        "Connect it again, give it its old name back if it was renamed, or choose another place. "
        "The folder “Talk Notes” is gone; what was saved before is untouched."
    ), "where the copy is and what to do stand first: in a small window the rest is cut off"
    assert copy.name.startswith("kubecon-")
    assert on_disk(copy) == TWO
    with pytest.raises(WriteError):
        kept.save(THREE)
    assert kept_copies() == [copy]
    assert on_disk(copy) == THREE
    assert kept.notebook == ONE
    away.rename(path.parent)
    kept.save(THREE)
    assert kept.notebook == THREE
    assert on_disk(path) == THREE
    assert kept_copies() == []


def test_where_no_copy_can_be_made_the_window_is_named(path: Path, kept: Store, home: Path) -> None:
    path.parent.rename(path.parent.with_name("away"))
    state_folder().parent.mkdir(parents=True)
    state_folder().touch()
    with pytest.raises(WriteError, match="your notes are in this window only, so keep it open"):
        kept.save(TWO)


def test_a_copy_of_an_earlier_run_is_told_and_never_replaced(path: Path) -> None:
    away = path.parent.with_name("away")
    for notebook in (TWO, THREE):
        opened = open_notebook(path)
        path.parent.rename(away)
        with pytest.raises(WriteError):
            Store(opened).save(notebook)
        away.rename(path.parent)
    assert [on_disk(copy) for copy in kept_copies()] == [THREE, TWO]
    opened = open_notebook(path)
    assert [on_disk(copy) for copy in opened.unsaved] == [TWO, THREE]
    Store(opened).save(ONE)
    assert len(kept_copies()) == 2


def test_a_copy_is_for_its_owner_alone(path: Path, kept: Store) -> None:
    path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(WriteError):
        kept.save(TWO)
    (copy,) = kept_copies()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_notebook_whose_folder_was_renamed_finds_its_copy(path: Path, kept: Store) -> None:
    path.parent.rename(renamed := path.parent.with_name("renamed"))
    with pytest.raises(WriteError):
        kept.save(TWO)
    assert [on_disk(copy) for copy in open_notebook(renamed / path.name).unsaved] == [TWO]


def test_the_reason_is_told_in_short(path: Path, kept: Store) -> None:
    path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(outcome.NotSavedError) as failed:
        kept.save(TWO)
    assert (failed.value.why, failed.value.copy) == ("The folder “Talk Notes” is gone", kept_copies()[0])


def test_notebooks_of_one_name_have_copies_of_their_own(path: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin" / path.name
    twin.parent.mkdir()
    twin.write_bytes(encode(replace(THREE, id="another")))
    opened = open_notebook(path)
    path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(WriteError):
        Store(opened).save(TWO)
    assert open_notebook(twin).unsaved == ()


def test_a_long_name_has_copies_too(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 118 + ".talknotes.json")
    path.write_bytes(encode(ONE))
    kept = Store(open_notebook(path))
    path.write_bytes(b"from outside")
    kept.save(TWO)
    assert on_disk(path) == TWO
    assert kept_copies()[0].read_bytes() == b"from outside"


# --- names of files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("/home/u/notes/istio.mp4", "istio.mp4"),
        ("/home/u/notes/videos/istio.mp4", "videos/istio.mp4"),
        ("/home/u/Videos/Kube Con/a:b.mp4", "../Videos/Kube Con/a:b.mp4"),
        ("/media/usb/istio.mp4", "/media/usb/istio.mp4"),
        ("/istio.mp4", "/istio.mp4"),
    ],
)
def test_a_file_is_named_from_the_notebook_where_that_makes_sense(file: str, name: str) -> None:
    notebook = Path("/home/u/notes/x.talknotes.json")
    assert relative(Path(file), notebook) == name
    assert absolute(name, notebook) == Path(file)


def test_names_with_steps_up_are_followed(tmp_path: Path) -> None:
    notebook = tmp_path / "a" / "b" / "x.talknotes.json"
    assert absolute("../../videos/./x/../y.mp4", notebook) == tmp_path / "videos" / "y.mp4"


def test_a_notebook_reached_by_a_link_names_files_from_where_it_really_is(tmp_path: Path) -> None:
    real = tmp_path / "data" / "deep" / "notes"
    real.mkdir(parents=True)
    (tmp_path / "notes").symlink_to(real)
    (tmp_path / "data" / "deep" / "talk.mp4").touch()
    notebook = tmp_path / "notes" / "x.talknotes.json"
    assert relative(tmp_path / "data" / "deep" / "talk.mp4", notebook) == "../talk.mp4"
    assert absolute("../talk.mp4", notebook).exists()


def test_a_recording_that_is_a_link_keeps_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "SHA256-abc").touch()
    (tmp_path / "talk.mp4").symlink_to(tmp_path / "store" / "SHA256-abc")
    assert relative(tmp_path / "talk.mp4", tmp_path / "x.talknotes.json") == "talk.mp4"


_parts = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=5), min_size=1
)


@given(_parts, _parts)
def test_every_file_is_found_again(file: list[str], folder: list[str]) -> None:
    if {".", ".."} & {*file, *folder}:
        return
    path, notebook = Path("/nowhere", *file), Path("/nowhere", *folder, "x.talknotes.json")
    assert absolute(relative(path, notebook), notebook) == path


def test_the_store_names_files_from_its_own_place(kept: Store, path: Path) -> None:
    assert kept.relative(path.parent / "istio.mp4") == "istio.mp4"
    assert kept.absolute("istio.mp4") == path.parent / "istio.mp4"


def test_saving_keeps_the_mode(path: Path, kept: Store) -> None:
    path.chmod(0o600)
    kept.save(TWO)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_save_that_changes_little_encodes_little(kept: Store) -> None:
    kept.save(TWO)
    another = replace(TWO, title="Another")
    with patch.object(NOTE, "written", wraps=NOTE.written) as written:
        kept.save(another)
    assert written.call_count == 0
    assert on_disk(kept.path) == another


def test_where_the_disk_cannot_confirm_a_save_that_is_told_once() -> None:
    def saved() -> str:
        kept = Store(open_notebook(target))
        return f"{kept.save(TWO).notice}|{kept.save(THREE).notice}"

    with shared_folder() as folder:
        target = folder / "kubecon.talknotes.json"
        target.write_bytes(encode(ONE))
        target.chmod(0o666)
        assert answer_of(saved) == "|"
        folder.chmod(0o333)
        first, second = answer_of(saved).split("|")
    assert "the disk cannot confirm it" in first
    assert second == ""
