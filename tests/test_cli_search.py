"""`desktopnotes search`: one hit a line, in the notebooks named or in all that are known."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktopnotes import cli
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec, paths, state_file
from desktopnotes.storage.state_file import Place, State

VTT = "WEBVTT\n\n00:00:05.000 --> 00:00:07.000\nThe sidecar said it.\n"


def write(path: Path, title: str, *notes: Note, talk: str = "A Talk", file: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = Notebook(title, title, talks=(Talk("t", talk, file=file, notes=notes),))
    path.write_bytes(codec.encode(notebook))
    return path


@pytest.fixture
def book(tmp_path: Path) -> str:
    notes = (
        Note("a", 130_040, text="The mesh\tworks\na layer up", kind="question"),
        Note("b", None, text="Écoute: \x1b[31mmesh", kind="quote"),
    )
    return str(write(tmp_path / "event.talknotes.json", "An Event", *notes))


def out(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    assert cli.main(["search", *words]) == code
    return capsys.readouterr().out


def test_each_hit_is_a_line_of_notebook_talk_stamp_and_text(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert out(capsys, 0, "MESH", "--in", book).splitlines() == [
        "An Event\tA Talk\t0:02:10\tThe mesh works a layer up",
        "An Event\tA Talk\t\tÉcoute: �[31mmesh",
    ]


def test_all_words_must_be_there_and_filters_hold(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert out(capsys, 0, "layer", "mesh", "--in", book).count("\n") == 1
    assert out(capsys, 0, "ecoute", "--in", book).count("\n") == 1
    assert out(capsys, 0, "kind:question", "--in", book).count("\n") == 1
    assert out(capsys, 1, '"mesh layer"', "--in", book) == ""
    assert out(capsys, 1, "nowhere", "--in", book) == ""


def test_a_reader_that_has_enough_ends_it_quietly(tmp_path: Path) -> None:
    notes = tuple(Note(f"n{i}", i, text="mesh " * 50) for i in range(5_000))  # more than a pipe holds
    path = write(tmp_path / "long.talknotes.json", "Long", *notes)
    words = [sys.executable, "-m", "desktopnotes", "search", "mesh", "--in", str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as search:
        assert search.stdout is not None
        assert search.stderr is not None
        assert search.stdout.readline().startswith(b"Long\t")
        search.stdout.close()
        assert (search.stderr.read(), search.wait(20)) == (b"", 0)


def test_without_a_name_all_known_notebooks_are_searched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recent = write(tmp_path / "far" / "recent.talknotes.json", "Recent", Note("a", text="mesh"))
    write(paths.notebooks_folder() / "kept.talknotes.json", "Kept", Note("a", text="mesh"))
    broken = paths.notebooks_folder() / "broken.talknotes.json"
    broken.write_text("{", encoding="utf-8")
    (paths.notebooks_folder() / "other.json").write_text("{}", encoding="utf-8")
    gone = tmp_path / "gone.talknotes.json"
    state_file.write(State(recent=(Place(str(recent)), Place(str(gone)))))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert cli.main(["search", "mesh"]) == 0
    told = capsys.readouterr()
    assert [line.split("\t")[0] for line in told.out.splitlines()] == ["Recent", "Kept"]
    assert told.err.startswith("desktopnotes: ")
    assert "broken.talknotes.json" in told.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json")} == before


def test_what_is_named_must_be_readable(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "missing.talknotes.json")
    assert out(capsys, 3, "mesh", "--in", missing, "--in", book).count("\n") == 2


def test_captions_are_searched_where_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(write(tmp_path / "event.talknotes.json", "An Event", file="talk.mp4"))
    (tmp_path / "talk.en.vtt").write_text(VTT, encoding="utf-8")
    assert out(capsys, 1, "sidecar", "--in", book) == ""
    said = "An Event\tA Talk\t0:00:05\tThe sidecar said it.\n"
    assert out(capsys, 0, "sidecar", "--in", book, "--captions") == said


def test_nothing_to_look_for_is_wrong_usage(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", " ", "--in", book]) == 2
    assert "nothing to look for" in capsys.readouterr().err
    assert out(capsys, 2) == ""


def test_nothing_of_the_window_is_loaded(book: str) -> None:
    script = (
        "import sys; from desktopnotes.__main__ import main; code = main(sys.argv[1:]);"
        "bad = {'tkinter', 'vlc', 'PIL', 'desktopnotes.media', 'jinja2', 'pysubs2', 'av'} & set(sys.modules);"
        "sys.exit(f'loaded: {bad}' if bad else code)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    call = [sys.executable, "-c", script, "search", "mesh", "--captions", "--in", book]
    done = subprocess.run(call, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
