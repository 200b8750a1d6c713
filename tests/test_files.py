"""A file is replaced whole or stays as it was, whatever fails; reading opens nothing but regular files."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes import exchanging, files
from desktopnotes.files import identity, move_new, read_identified, read_regular, replace_file, write_new
from desktopnotes.model.errors import ReadError, UserError, WouldOverwriteError, WriteError
from tests.storage.unprivileged import answer_of, shared_folder

LIMIT = 1000


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "talks.json"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- replacing -----------------------------------------------------------------------------------------


def test_it_writes_a_new_file_as_open_would(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        replace_file(tmp_path / "new", b"content")
    finally:
        os.umask(mask)
    assert (tmp_path / "new").read_bytes() == b"content"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666])
def test_it_keeps_the_mode(old: Path, mode: int) -> None:
    old.chmod(mode)
    replace_file(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == mode


def test_it_writes_many_pieces_in_their_order(old: Path) -> None:
    replace_file(old, (b"%d," % i for i in range(1000)))
    assert old.read_bytes() == b"".join(b"%d," % i for i in range(1000))
    assert names(old.parent) == ["talks.json"]


def test_it_tells_the_identity_of_what_it_wrote(old: Path) -> None:
    before = identity(old)
    written = replace_file(old, b"other")
    assert written == identity(old) != before
    assert read_identified(old, LIMIT) == (b"other", written)


def test_a_link_stays_a_link(old: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to("../talks.json")
    replace_file(link, b"new")
    assert os.readlink(link) == "../talks.json"
    assert old.read_bytes() == b"new"
    assert names(link.parent) == ["link.json"]


def test_a_long_name_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 126)
    assert len(os.fsencode(path.name)) == 252
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"


def test_a_link_planted_in_the_way_is_not_followed(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    guesses = [b"guess1", b"guess2"]
    (tmp_path / f".{guesses[0].hex()}.tmp").symlink_to(victim)
    monkeypatch.setattr(os, "urandom", lambda _: guesses.pop(0))
    replace_file(old, b"new")
    assert guesses == []
    assert victim.read_bytes() == b"precious"
    assert old.read_bytes() == b"new"


def test_all_is_on_the_disk_before_it_is_put_in_place(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def watched_fsync(descriptor: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            return fsync(descriptor)  # another test's thread may still be saving
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        done.append("fsync folder" if is_folder else f"fsync file of {os.fstat(descriptor).st_size}")
        return fsync(descriptor)

    def watched_replace(source: Path, target: Path) -> None:
        if threading.current_thread() is threading.main_thread():
            done.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    replace_file(old, [b"12", b"345"], before=lambda _: done.append("before"))
    assert done == ["fsync file of 5", "before", "replace", "fsync folder"]


@pytest.mark.parametrize("name", ["fsync", "replace", "fchmod"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_what_fails_leaves_the_old_file_and_nothing_else(
    old: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, name, fail)
    with pytest.raises(WriteError):
        replace_file(old, b"new")
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["talks.json"]


def test_what_content_or_before_raise_leaves_the_old_file(old: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"some"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(old, broken())

    def refuse(_: files.Identity) -> None:
        raise UserError("No.")

    with pytest.raises(UserError, match="No"):
        replace_file(old, b"new", before=refuse)
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["talks.json"]


def test_a_folder_that_does_not_reach_the_disk_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def fail_for_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "I/O error")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fail_for_folders)
    with pytest.raises(WriteError, match=r"“talks\.json” was written, but the disk does not confirm it"):
        replace_file(old, b"new")
    assert old.read_bytes() == b"new"


def test_a_filesystem_that_knows_no_fsync_will_do(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> None:
        raise OSError(errno.EINVAL, "invalid")

    monkeypatch.setattr(os, "fsync", unknown)
    replace_file(old, b"new")
    assert old.read_bytes() == b"new"


def test_a_real_limit_is_told_and_harms_nothing() -> None:
    def work() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        replace_file(target, b"x" * 20_000)
        return "written"

    with shared_folder() as folder:
        target = folder / "talks.json"
        target.write_bytes(b"old")
        target.chmod(0o666)
        assert answer_of(work).startswith("WriteError: The file would be larger than the system allows: ")
        assert target.read_bytes() == b"old"
        assert names(folder) == ["talks.json"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full: “talks.json” was not written. What was there before is untouched."),
        (errno.EDQUOT, "Your share of the disk is used up"),
        (errno.EROFS, "The disk is read-only"),
        (errno.EIO, "The disk reports an error"),
        (errno.ESTALE, "The network folder is not reachable"),
        (errno.EBUSY, "The system says “Device or resource busy”"),
    ],
)
def test_it_says_why_in_plain_words(
    old: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteError) as failed:
        replace_file(old, b"new")
    assert failed.value.message.startswith(words)
    assert failed.value.hint


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        WriteError, match=r"The folder “gone” is gone: “talks.json” was not written"
    ) as failed:
        replace_file(tmp_path / "gone" / "talks.json", b"new")
    assert "give it its old name back if it was renamed" in failed.value.hint


def test_a_folder_is_made_if_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "talks.json"
    replace_file(path, b"new", make_folder=True)
    assert path.read_bytes() == b"new"
    with pytest.raises(WriteError, match="A file stands where the folder should be"):
        replace_file(path / "below", b"new", make_folder=True)


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="a character that no file can have"):
        replace_file(tmp_path / "a\0b", b"new")
    with pytest.raises(WriteError, match="The name is too long"):
        replace_file(tmp_path / ("x" * 300), b"new")


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="A folder has that name"):
        replace_file(tmp_path / "folder", b"new")
    with pytest.raises(WriteError, match="device, pipe or socket"):
        replace_file(tmp_path / "pipe", b"new")
    with pytest.raises(WriteError, match="device, pipe or socket"):
        replace_file(Path("/dev/null"), b"new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_permissions_are_respected_and_told() -> None:
    def replaced(path: Path) -> str:
        return answer_of(lambda: str(replace_file(path, b"new")))

    with shared_folder() as folder:
        closed = folder / "closed"
        closed.mkdir()
        (closed / "talks.json").write_bytes(b"old")
        closed.chmod(0o555)
        (folder / "talks.json").write_bytes(b"old")
        (folder / "talks.json").chmod(0o444)
        assert replaced(closed / "new.json").startswith("WriteError: The folder “closed” is read-only: ")
        assert replaced(folder / "talks.json").startswith("WriteError: The file is write-protected")
        assert (folder / "talks.json").read_bytes() == b"old"
        assert names(folder) == ["closed", "talks.json"]
        assert replaced(folder / "new.json").startswith("Identity(")


# --- not overwriting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("has_links", [True, False])
def test_it_does_not_overwrite_where_it_must_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no hard links here")

    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "post.md"
    replace_file(path, b"one", overwrite=False)
    with pytest.raises(WouldOverwriteError, match=r"“post\.md” exists already and was left as it is"):
        replace_file(path, b"two", overwrite=False)
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["post.md"]


def test_a_new_file_takes_the_next_free_name(tmp_path: Path) -> None:
    path = tmp_path / "My Talks 1.5.talknotes.json"
    written = [write_new(path, b"%d" % i) for i in range(3)]
    assert [each.name for each in written] == [
        "My Talks 1.5.talknotes.json",
        "My Talks 1.5 2.talknotes.json",
        "My Talks 1.5 3.talknotes.json",
    ]
    assert [each.read_bytes() for each in written] == [b"0", b"1", b"2"]
    assert write_new(tmp_path / "README", b"").name == "README"
    assert write_new(tmp_path / "README", b"").name == "README 2"


def test_a_new_file_does_not_go_through_a_link_to_nowhere(tmp_path: Path) -> None:
    (tmp_path / "x.json").symlink_to(tmp_path / "nowhere")
    assert write_new(tmp_path / "x.json", b"new").name == "x 2.json"
    assert not (tmp_path / "nowhere").exists()


# --- reading -------------------------------------------------------------------------------------------


def test_it_reads_a_file_and_what_a_link_leads_to(old: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(old)
    (tmp_path / "empty").touch()
    assert read_regular(old, LIMIT) == b"old"
    assert read_regular(tmp_path / "link", LIMIT) == b"old"
    assert read_regular(tmp_path / "empty", LIMIT) == b""


def test_it_reads_up_to_the_limit_only(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * LIMIT)
    assert len(read_regular(path, LIMIT)) == LIMIT
    path.write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises(ReadError, match="larger than 1 kB"):
        read_regular(path, LIMIT)
    replace_file(path, b"x" * 2_000_001)
    with pytest.raises(ReadError, match="larger than 2 MB"):
        read_regular(path, 2_000_000)


def test_a_file_that_does_not_tell_its_size_is_limited_too() -> None:
    assert os.stat("/proc/self/status").st_size == 0
    with pytest.raises(ReadError, match="larger than"):
        read_regular(Path("/proc/self/status"), 10)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing", "There is no file “missing” in “"),
        ("talks.json/below", "There is no file “below” in “"),
        ("folder", "“folder” is a folder, not a file"),
        ("pipe", "“pipe” is no regular file but a device, pipe or socket"),
        ("device", "“device” is no regular file but a device"),
        ("a\0b", "is not a name that a file can have"),
        ("circle", "could not be read: Too many levels of symbolic links"),
    ],
)
def test_what_cannot_be_read_is_told(old: Path, name: str, words: str) -> None:
    folder = old.parent
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "device").symlink_to("/dev/zero")
    (folder / "circle").symlink_to("circle")
    with pytest.raises(ReadError, match=words):
        read_regular(folder / name, LIMIT)


def test_a_pipe_put_in_the_place_of_a_file_does_not_hang(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = old.parent / "pipe"
    os.mkfifo(pipe)
    looked_at = os.stat(old)
    monkeypatch.setattr(os, "stat", lambda _: looked_at)
    with pytest.raises(ReadError, match="no regular file"):
        read_regular(pipe, LIMIT)


def test_a_file_that_may_not_be_read_is_told() -> None:
    with shared_folder() as folder:
        (folder / "secret").write_bytes(b"x")
        (folder / "secret").chmod(0)
        answer = answer_of(lambda: read_regular(folder / "secret", LIMIT).decode())
    assert answer.startswith("ReadError: You may not read “secret”.")


def test_identity_is_none_where_nothing_is(tmp_path: Path) -> None:
    assert identity(tmp_path / "missing") is None
    with pytest.raises(ReadError):
        identity(tmp_path / "a\0b")


# --- putting a finished file in place --------------------------------------------------------------------


def test_a_finished_file_takes_the_next_free_name(old: Path, tmp_path: Path) -> None:
    staged = tmp_path / ".staged"
    staged.write_bytes(b"new")
    assert move_new(staged, old) == tmp_path / "talks 2.json"
    assert (tmp_path / "talks 2.json").read_bytes() == b"new"
    assert old.read_bytes() == b"old"
    assert move_new(staged, old) == tmp_path / "talks 2.json", "it is there already"


def test_where_a_disk_knows_no_hard_links_it_is_renamed(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(os, "link", refused)
    staged = tmp_path / ".staged"
    staged.write_bytes(b"new")
    assert move_new(staged, old) == tmp_path / "talks 2.json"
    assert names(tmp_path) == ["talks 2.json", "talks.json"]
    assert old.read_bytes() == b"old"


def test_what_is_not_on_the_disk_is_not_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    staged = tmp_path / ".staged"
    staged.write_bytes(b"new")
    with pytest.raises(WriteError, match="The disk reports an error"):
        move_new(staged, tmp_path / "talk.mp4")
    assert names(tmp_path) == [".staged"]


# --- exchanging ----------------------------------------------------------------------------------------


def test_the_old_file_comes_out_whole_and_is_removed(old: Path) -> None:
    came: list[bytes] = []
    replace_file(old, b"new", came_out=lambda path: came.append(path.read_bytes()))
    assert came == [b"old"]
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["talks.json"]


def test_what_is_put_in_its_place_at_the_last_moment_comes_out(old: Path) -> None:
    came: list[bytes] = []

    def another_program(_: files.Identity) -> None:
        other = old.with_name("other")
        other.write_bytes(b"theirs")
        other.replace(old)

    replace_file(old, b"new", before=another_program, came_out=lambda path: came.append(path.read_bytes()))
    assert came == [b"theirs"]
    assert old.read_bytes() == b"new"


def test_what_came_out_stays_where_that_is_wanted(old: Path) -> None:
    def keep(_: Path) -> None:
        raise UserError("It could not be read.")

    with pytest.raises(UserError, match="could not be read"):
        replace_file(old, b"new", came_out=keep)
    left, target = names(old.parent)
    assert (old.parent / left).read_bytes() == b"old"
    assert files.TEMPORARY.fullmatch(left)
    assert (target, old.read_bytes()) == ("talks.json", b"new")


def test_a_new_file_has_nothing_that_comes_out(tmp_path: Path) -> None:
    came: list[Path] = []
    replace_file(tmp_path / "new", b"new", came_out=came.append)
    assert came == []
    assert names(tmp_path) == ["new"]


def test_where_the_system_cannot_exchange_it_is_replaced(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> int:
        ctypes.set_errno(errno.EINVAL)
        return -1

    came: list[Path] = []
    monkeypatch.setattr(exchanging, "_renameat2", lambda: cannot)
    replace_file(old, b"new", came_out=came.append)
    assert came == []
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["talks.json"]


def test_an_exchange_that_fails_leaves_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        ctypes.set_errno(errno.ENOSPC)
        return -1

    monkeypatch.setattr(exchanging, "_renameat2", lambda: full)
    with pytest.raises(WriteError, match="The disk is full"):
        replace_file(old, b"new", came_out=lambda _: None)
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["talks.json"]


def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    replace_file(tmp_path / "new", b"new", private=True)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600
