"""Our own tables, texts and subtitles, read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.export.interchange import outputs
from desktopnotes.export.options import Options
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from tests.export.importing.files import notes_in, taken

ORGANISER = Talk(
    "t",
    "=A Talk",
    url="https://www.youtube.com/watch?v=abcdefghijk",
    offset_ms=5000,
    notes=(
        Note("a", 61_700, text="=1+1 is two"),
        Note("b", 70_000, 75_000, kind=Kind.QUOTE, text="Route by meaning"),
        Note("c", 80_000, kind=Kind.QUESTION, text="first line\nsecond line\n  third"),
    ),
)


@pytest.mark.parametrize("form", ["csv", "text"])
def test_our_own_tables_and_texts_come_back(tmp_path: Path, form: str) -> None:
    second = replace(ORGANISER, id="u", title="Another", url="https://vimeo.com/76979871")
    post = Post("p", title="P", talks=("t", "u"))
    notebook = Notebook("n", talks=(ORGANISER, second), posts=(post,))
    export = outputs.output(form).make(notebook, post, Options())
    found = notes_in(tmp_path, export.text, f"notes.{form}")
    what = taken(notebook, found)
    assert (what.new_notes, what.new_talks) == (0, 0)
    assert what.notebook.talks == notebook.talks
    fresh = taken(Notebook("e"), found).notebook
    assert [talk.title for talk in fresh.talks] == ["=A Talk", "Another"]
    assert [len(talk.notes) for talk in fresh.talks] == [3, 3]
    if form == "csv":
        assert [(n.kind, n.text) for n in fresh.talks[0].notes] == [(n.kind, n.text) for n in ORGANISER.notes]
        assert fresh.talks[0].url == ORGANISER.url


@pytest.mark.parametrize("last_ms", [90_000, 3_700_000])
def test_a_note_without_a_time_stays_apart_from_the_one_above_it(tmp_path: Path, last_ms: int) -> None:
    notes = (
        Note("a", 61_000, text="of a moment\n12:30 was lunch\n\n# no heading"),
        Note("b", text="of the talk\nin two lines"),
        Note("c", last_ms, text="last"),
        Note("d", text="at the end"),
    )
    notebook = Notebook("n", talks=(replace(ORGANISER, offset_ms=0, notes=notes),))
    export = outputs.output("text").make(notebook, notebook.talks[0], Options())
    found = notes_in(tmp_path, export.text, "notes.txt")
    assert taken(notebook, found).notebook.talks == notebook.talks
    (talk,) = taken(Notebook("e"), found).notebook.talks
    assert [(note.at_ms, note.text) for note in talk.notes] == [(note.at_ms, note.text) for note in notes]


def test_our_own_subtitles_come_back(tmp_path: Path) -> None:
    talk = replace(ORGANISER, offset_ms=0)
    export = outputs.output("vtt").make(Notebook("n", talks=(talk,)), talk, Options())
    found = notes_in(tmp_path, export.text, "notes.vtt")
    assert [note.kind for note in found.notes] == [Kind.THOUGHT, Kind.QUOTE, Kind.THOUGHT]
    what = taken(Notebook("n", talks=(talk,)), found, "t")
    assert (what.new_notes, what.known_notes) == (0, 3)
