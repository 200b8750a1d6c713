"""Files of an export on a disk with all that can be there already, and that can fail."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

from desktopnotes.export import looking, writing
from desktopnotes.export.looking import LEFT, MERGED, REPLACED, State
from desktopnotes.export.result import Export, PictureToCopy, TextFile
from desktopnotes.export.writing import Pictures, Target, TextToWrite, target_of, write_all
from desktopnotes.model.errors import ReadError, WouldOverwriteError, WriteError

JEKYLL = "_posts/2018-01-12-notes.md"


def export(*pictures: PictureToCopy, path: str = "post.md", text: str = "# New\n") -> Export:
    return Export((TextFile(path, text),), pictures)


@pytest.fixture
def slides(tmp_path: Path) -> list[PictureToCopy]:
    folder = tmp_path / "notebook"
    folder.mkdir()
    made = []
    for number in range(5):
        source = folder / f"{number}.png"
        Image.new("RGB", (80, 60), (number * 40, 0, 0)).save(source)
        made.append(PictureToCopy(source, f"post-pictures/{number}.webp"))
    return made


def known(written: writing.Written) -> dict[str, tuple[str, str]]:
    return {str(each.path): (each.of, each.sha256) for each in written.pictures}


# --- where to ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name", "chosen", "file", "picture"),
    [
        ("post.md", "post-pictures/x.webp", "site/other.md", "site/other.md", "site/post-pictures/x.webp"),
        ("slug/index.md", "slug/x.webp", "site/mine/index.md", "site/mine/index.md", "site/mine/x.webp"),
        ("slug/index.md", "slug/x.webp", "site", "site/slug/index.md", "site/slug/x.webp"),
        (JEKYLL, "assets/notes/x.webp", f"site/{JEKYLL}", f"site/{JEKYLL}", "site/assets/notes/x.webp"),
        (JEKYLL, "assets/notes/x.webp", "site", f"site/{JEKYLL}", "site/assets/notes/x.webp"),
    ],
)
def test_what_belongs_together_stays_together(
    tmp_path: Path, path: str, name: str, chosen: str, file: str, picture: str
) -> None:
    (tmp_path / "site").mkdir()
    target = target_of(export(path=path), tmp_path / chosen)
    assert target.file == tmp_path / file
    assert target.path_of(path) == tmp_path / file
    assert target.path_of(name) == tmp_path / picture


@pytest.mark.parametrize("path", ["../evil.md", "/tmp/evil.md", "a/../../evil.md", "a\0b.md"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    root = tmp_path / "site"
    root.mkdir()
    with pytest.raises(WriteError, match=r"Nothing was written|not a name"):
        write_all(
            Target(root / "post.md", root, PurePosixPath("post.md")),
            [TextToWrite(root / "post.md", b"x")],
            [PictureToCopy(tmp_path / "x.png", path)],
        )
    assert list(tmp_path.rglob("*.md")) == []


# --- pictures ----------------------------------------------------------------------------------------


def test_pictures_that_are_there_are_not_made_again(
    tmp_path: Path, slides: list[PictureToCopy], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_of(export(), tmp_path / "post.md")
    told: list[tuple[int, int]] = []
    first = write_all(target, (), slides, Pictures(told=lambda done, of: told.append((done, of))))
    assert told[-1] == (5, 5)
    before = [(path, path.stat().st_mtime_ns) for path in first.paths]
    monkeypatch.setattr(writing, "_content", None)
    again = write_all(target, (), slides, Pictures(known(first)))
    assert [(path, path.stat().st_mtime_ns) for path in again.paths] == before


def test_a_new_snapshot_replaces_the_old_one_but_not_one_that_was_edited(
    tmp_path: Path, slides: list[PictureToCopy]
) -> None:
    target = target_of(export(), tmp_path / "post.md")
    first = write_all(target, (), slides)
    outdated, edited = first.paths[0], first.paths[1]
    before = outdated.read_bytes()
    for picture in slides[:2]:
        Image.new("RGB", (90, 70), "white").save(picture.source)
    edited.write_bytes(b"cropped by hand")
    again = write_all(target, (), slides, Pictures(known(first)))
    assert outdated.read_bytes() != before
    assert edited.read_bytes() == b"cropped by hand"
    assert again.kept == (edited,)
    assert write_all(target, (), slides, Pictures(known(again))).kept == (edited,)


def test_a_picture_of_others_is_told_before_anything_is_written(
    tmp_path: Path, slides: list[PictureToCopy]
) -> None:
    target = target_of(export(), tmp_path / "post.md")
    taken = target.path_of(slides[3].path)
    taken.parent.mkdir()
    taken.write_bytes(b"another")
    with pytest.raises(WouldOverwriteError, match="Another picture"):
        write_all(target, [TextToWrite(target.file, b"x")], slides)
    assert [path.name for path in taken.parent.iterdir()] == ["3.webp"]
    assert not target.file.exists()
    write_all(target, (), slides, Pictures(replaces=True))
    assert taken.read_bytes() != b"another"


def test_calling_it_off_leaves_the_post(tmp_path: Path, slides: list[PictureToCopy]) -> None:
    target = target_of(export(), tmp_path / "post.md")
    target.file.write_text("old")

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    text = looking.look(export(), target, lambda _: None)[0].to_write(REPLACED)
    with pytest.raises(KeyboardInterrupt):
        write_all(target, [text], slides, Pictures(told=stop))
    assert target.file.read_text() == "old"
    assert not list(tmp_path.rglob("*.tmp"))


# --- a disk that fails -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["ENOSPC", "EIO", "EROFS", "EDQUOT"])
def test_a_disk_that_fails_leaves_the_old_post_whole(
    tmp_path: Path, slides: list[PictureToCopy], monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    target = target_of(export(), tmp_path / "post.md")
    target.file.write_text("old")
    text = looking.look(export(), target, lambda _: None)[0].to_write(REPLACED)

    def fails(_: int) -> None:
        raise OSError(getattr(errno, number), "no")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(WriteError, match="What was there before is untouched"):
        write_all(target, [text], slides)
    assert target.file.read_text() == "old"
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_post_that_was_changed_meanwhile_is_left(tmp_path: Path) -> None:
    target = target_of(export(), tmp_path / "post.md")
    target.file.write_text("old")
    text = looking.look(export(), target, lambda _: None)[0].to_write(REPLACED)
    target.file.write_text("typed in the editor, just now")
    with pytest.raises(WriteError, match="was changed while"):
        write_all(target, [text], ())
    assert target.file.read_text() == "typed in the editor, just now"


# --- what lies there ---------------------------------------------------------------------------------


def looked(tmp_path: Path, content: bytes | None, last: str | None, made: str = "a\n\nb\n") -> looking.Looked:
    file = tmp_path / "post.md"
    if content is not None:
        file.write_bytes(content)
    [each] = looking.look(export(text=made), target_of(export(), file), lambda _: last)
    return each


def written(each: looking.Looked, answer: looking.Answer = MERGED) -> bytes | None:
    text = each.to_write(answer)
    write_all(Target(each.path, each.path.parent, PurePosixPath("post.md")), [text], ())
    return each.path.read_bytes()


@pytest.mark.parametrize(
    ("content", "last", "state", "becomes"),
    [
        (None, None, State.NEW, b"a\n\nb\n"),
        (b"", "a\n", State.NEW, b"a\n\nb\n"),
        (b"\n \n", None, State.NEW, b"a\n\nb\n"),
        (b"a\n\nb\n", None, State.SAME, b"a\n\nb\n"),
        (b"a\r\n\r\nb\r\n", None, State.SAME, b"a\r\n\r\nb\r\n"),
        (b"a\n", "a\n", State.NEW, b"a\n\nb\n"),
        (b"\xef\xbb\xbfa\r\n", "a\n", State.NEW, b"\xef\xbb\xbfa\r\n\r\nb\r\n"),
        (b"A\n", "a\n", State.MERGED, b"A\n\nb\n"),
        (b"\xef\xbb\xbfA\r\n", "a\n", State.MERGED, b"\xef\xbb\xbfA\r\n\r\nb\r\n"),
        (b"A", "a\n", State.MERGED, b"A\n\nb"),
        (b"a\n\nB\n", "a\n\nb\n", State.MERGED, b"a\n\nB\n"),
    ],
)
def test_what_becomes_of_what_is_there(
    tmp_path: Path, content: bytes | None, last: str | None, state: State, becomes: bytes
) -> None:
    each = looked(tmp_path, content, last)
    assert each.state == state
    assert written(each) == becomes


@pytest.mark.parametrize(
    ("content", "last", "state"),
    [
        (b"x\n\nB\n", "a\n\nc\n", State.CONFLICT),
        (b"of somebody else\n", None, State.UNKNOWN),
        (b"caf\xe9\n", "a\n", State.STRANGE),
        ("a\n".encode("utf-16"), "a\n", State.STRANGE),
    ],
)
def test_what_nobody_but_the_user_can_decide(
    tmp_path: Path, content: bytes, last: str | None, state: State
) -> None:
    each = looked(tmp_path, content, last)
    assert each.state == state
    assert each.needs_an_answer
    assert written(each, LEFT) == content
    assert written(each, REPLACED) == b"a\n\nb\n"


def test_line_ends_of_a_file_in_which_nothing_changes_stay_as_mixed_as_they_are(tmp_path: Path) -> None:
    content = b"A\r\n\nb\r\nc\n"
    assert written(looked(tmp_path, content, "a\n\nb\nc\n", made="a\n\nb\nc\n")) == content


def test_a_folder_or_device_in_its_place_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "post.md"
    target = Target(folder, tmp_path, PurePosixPath("post.md"))
    folder.mkdir()
    with pytest.raises(ReadError, match=r"is a folder.*Nothing was exported"):
        looking.look(export(), target, lambda _: None)
    folder.rmdir()
    os.mkfifo(folder)
    with pytest.raises(ReadError, match="no regular file"):
        looking.look(export(), target, lambda _: None)
