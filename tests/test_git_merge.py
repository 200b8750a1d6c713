"""`desktopnotes merge`: what it writes, says and answers, and real Git that merges notebooks by it."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import cli
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec

ROOT = Path(__file__).parent.parent
BASE = Notebook(
    "book",
    "Event",
    talks=(
        Talk("one", "Keynote", notes=(Note("a", 1000, text="A"), Note("b", 2000, text="B"))),
        Talk("two", "Closing", notes=(Note("c", 1000, text="C"),)),
    ),
)


def changed(notebook: Notebook, talk_id: str, note_id: str, text: str) -> Notebook:
    return edits.set_text(notebook, talk_id, note_id, text, "2026-01-01T00:00:00Z")


# --- the call --------------------------------------------------------------------------------------------


class Versions:
    """Three files, named as Git names them: without a suffix."""

    def __init__(self, folder: Path, ours: Notebook, theirs: Notebook, base: Notebook | None = BASE) -> None:
        self.base, self.ours, self.theirs = (folder / f".merge_file_{name}" for name in "abc")
        self.base.write_bytes(codec.encode(base) if base else b"")
        self.ours.write_bytes(codec.encode(ours))
        self.theirs.write_bytes(codec.encode(theirs))

    def merge(self, *options: str) -> int:
        return cli.main(["merge", *options, str(self.base), str(self.ours), str(self.theirs)])

    def texts(self) -> list[str]:
        notebook = codec.decode(self.ours.read_bytes())
        return [note.text for talk in notebook.talks for note in talk.notes]


def test_different_notes_are_merged_without_conflict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = Versions(tmp_path, changed(BASE, "one", "a", "A!"), changed(BASE, "one", "b", "B!"))
    files.ours.chmod(0o600)
    assert files.merge("--name", "kubecon.talknotes.json") == 0
    assert files.texts() == ["A!", "B!", "C"]
    assert stat.S_IMODE(files.ours.stat().st_mode) == 0o600
    out, err = capsys.readouterr()
    assert (out, err) == ("", "desktopnotes: kubecon.talknotes.json: 1 note was changed.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".merge_file_{name}" for name in "abc"]


def test_conflicts_are_1_and_told_with_the_titles(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def side(word: str) -> Notebook:
        both = changed(changed(BASE, "one", "a", f"A {word}"), "two", "c", f"C {word}")
        first = replace(both.talks[0], write_up=word, url=f"https://{word}.org")
        return replace(both, talks=(first, both.talks[1]))

    files = Versions(tmp_path, side("ours"), side("theirs"))
    assert files.merge("--name", "x") == 1
    assert files.texts() == ["A ours", "A theirs", "B", "C ours", "C theirs"]
    assert capsys.readouterr().err.splitlines() == [
        "desktopnotes: x: 2 notes were changed on both sides in “Keynote” and “Closing”; "
        "they are kept twice, marked “⇄”.",
        "desktopnotes: x: Both sides changed the write-up of “Keynote”; "
        "both versions stand there, with a line between them.",
        "desktopnotes: x: Both sides changed the address in “Keynote”; ours was kept.",
    ]
    before = files.ours.read_bytes()
    assert files.merge() == 1  # the address is still another one
    assert files.ours.read_bytes() == before


def test_an_empty_base_is_none(tmp_path: Path) -> None:
    files = Versions(tmp_path, BASE, changed(edits.delete_notes(BASE, "one", ["a"]), "two", "c", "C!"), None)
    assert files.merge() == 1
    assert files.texts() == ["A", "B", "C", "C!"]


@pytest.mark.parametrize("which", ["base", "ours", "theirs"])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (codec.encode(BASE)[:200], "cannot be opened"),
        (b"<<<<<<< ours\n", "cannot be opened"),
        (codec.encode(BASE).replace(b'"version": 1', b'"version": 2'), "newer version"),
        (None, "There is no file"),
    ],
)
def test_what_cannot_be_read_is_3_and_ours_is_untouched(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, which: str, content: bytes | None, why: str
) -> None:
    files = Versions(tmp_path, changed(BASE, "one", "a", "A!"), changed(BASE, "one", "b", "B!"))
    path: Path = getattr(files, which)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    before = files.ours.read_bytes() if files.ours.exists() else b""
    assert files.merge() == 3
    assert why in capsys.readouterr().err
    assert (files.ours.read_bytes() if files.ours.exists() else b"") == before


def test_two_notebooks_are_not_mixed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = Versions(tmp_path, BASE, replace(BASE, id="another"))
    before = files.ours.read_bytes()
    assert files.merge("--name", "x") == 3
    assert capsys.readouterr().err.startswith("desktopnotes: “x (ours)” and “x (theirs)” are two notebooks,")
    assert files.ours.read_bytes() == before


def test_a_file_that_cannot_be_opened_is_called_by_its_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = Versions(tmp_path, BASE, BASE)
    files.theirs.write_bytes(b"{")
    assert files.merge() == 3
    assert "“.merge_file_c” cannot be opened" in capsys.readouterr().err
    assert files.merge("--name", "x") == 3
    assert "“x (theirs)” cannot be opened" in capsys.readouterr().err


def test_what_cannot_be_written_is_4(tmp_path: Path) -> None:
    files = Versions(tmp_path, BASE, changed(BASE, "one", "a", "A!"))
    before = files.ours.read_bytes()
    call = [sys.executable, "-m", "desktopnotes", "merge", files.base, files.ours, files.theirs]
    limited = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *map(str, call)]  # no file may hold a byte
    result = subprocess.run(limited, env=environment(), capture_output=True, text=True, timeout=60)
    assert result.returncode == 4
    assert "larger than the system allows" in result.stderr
    assert files.ours.read_bytes() == before


# --- Git ---------------------------------------------------------------------------------------------------


class Clone:
    """A clone with the driver set up by the two lines of the README."""

    FILE = "event.talknotes.json"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / self.FILE

    def git(self, *words: str, code: int = 0) -> str:
        result = subprocess.run(
            ["git", *words], cwd=self.folder, env=environment(), capture_output=True, text=True, timeout=60
        )
        said = result.stdout + result.stderr
        assert result.returncode == code, said
        return said

    def set_up(self) -> None:
        driver = f"{shlex.quote(sys.executable)} -m desktopnotes merge --name %P %O %A %B"
        self.git("config", "merge.desktopnotes.driver", driver)

    def notebook(self) -> Notebook:
        return codec.decode(self.path.read_bytes())

    def texts(self) -> list[str]:
        return [note.text for talk in self.notebook().talks for note in talk.notes]

    def write(self, notebook: Notebook, message: str = "notes") -> None:
        self.path.write_bytes(codec.encode(notebook))
        if message:
            self.git("add", "-A")
            self.git("commit", "-m", message)

    def change(self, talk_id: str, note_id: str, text: str, message: str = "notes") -> None:
        self.write(changed(self.notebook(), talk_id, note_id, text), message)


def environment() -> dict[str, str]:
    who = {f"GIT_{role}_{what}": "me@e.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    own = {"PYTHONPATH": str(ROOT), "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", "LC_ALL": "C.UTF-8"}
    return {**os.environ, **who, **own}


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Clone, Clone]:
    """Two clones of one repository, both with the driver."""
    first, second = Clone(tmp_path / "first"), Clone(tmp_path / "second")
    first.folder.mkdir()
    first.git("init", "-b", "main")
    (first.folder / ".gitattributes").write_text("*.talknotes.json merge=desktopnotes\n")
    first.set_up()
    first.write(BASE, "the event")
    first.git("clone", str(first.folder), str(second.folder))
    second.set_up()
    return first, second


def test_git_merges_rebases_picks_and_pops_edits_to_different_notes(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    first.change("one", "a", "A of the first")
    second.change("one", "b", "B of the second")
    second.git("pull", "--no-rebase")
    assert second.texts() == ["A of the first", "B of the second", "C"]

    first.change("two", "c", "C of the first")
    second.write(edits.add_settled(second.notebook(), "two", Note("d", 1500, text="D of the second")))
    second.git("pull", "--rebase")
    assert second.texts() == ["A of the first", "B of the second", "C of the first", "D of the second"]

    first.change("one", "a", "A, picked")
    second.change("two", "d", "D, again")
    second.git("fetch")
    second.git("cherry-pick", "origin/main")
    assert second.texts() == ["A, picked", "B of the second", "C of the first", "D, again"]

    second.change("one", "b", "B, stashed", message="")
    second.git("stash")
    second.change("one", "a", "A, while it was stashed")
    second.git("stash", "pop")
    assert second.texts() == ["A, while it was stashed", "B, stashed", "C of the first", "D, again"]


def test_git_reports_the_same_note_and_the_user_settles_it(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    first.change("one", "b", "B of the first")
    second.change("one", "b", "B of the second")
    second.change("two", "c", "C of the second")
    said = second.git("pull", "--no-rebase", code=1)
    assert "CONFLICT (content)" in said
    assert "A note was changed on both sides in “Keynote”; it is kept twice" in said
    assert f"UU {Clone.FILE}" in second.git("status", "--short")

    found = second.notebook()  # it opens at once
    assert second.texts() == ["A", "B of the second", "B of the first", "C of the second"]
    marked = [note for note in found.talks[0].notes if note.conflict]
    assert [note.text for note in marked] == ["B of the second", "B of the first"]
    one = edits.set_text(found, "one", "b", "B of both", "2026-01-02T00:00:00Z")
    second.write(edits.delete_notes(one, "one", [marked[1].id]), "both")
    first.git("pull", str(second.folder), "main")
    assert first.texts() == ["A", "B of both", "C of the second"]


def test_a_notebook_that_both_added_is_merged_without_a_base(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    new = Notebook("new", "Another", talks=(Talk("t", "Talk", notes=(Note("x", 1, text="X"),)),))
    for clone, text in ((first, "of the first"), (second, "of the second")):
        grown = edits.add_settled(new, "t", Note(f"y{text[-3:]}", 2, text=text))
        (clone.folder / "new.talknotes.json").write_bytes(codec.encode(grown))
        clone.git("add", "-A")
        clone.git("commit", "-m", "another event")
    second.git("pull", "--no-rebase")
    merged = codec.decode((second.folder / "new.talknotes.json").read_bytes())
    assert [note.text for note in merged.talks[0].notes] == ["X", "of the second", "of the first"]


def test_a_damaged_side_is_left_to_the_user(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    first.path.write_bytes(first.path.read_bytes()[:150])
    first.git("commit", "-am", "damaged")
    second.change("one", "b", "B of the second")
    said = second.git("pull", "--no-rebase", code=1)
    assert "cannot be opened" in said
    assert second.texts() == ["A", "B of the second", "C"]
