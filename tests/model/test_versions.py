"""A note that is kept twice: which versions belong together, and what ends the doubt."""

from __future__ import annotations

from desktopnotes.model import edits, versions
from desktopnotes.model.merge import merge
from desktopnotes.model.notebook import Note, Notebook, Talk

BASE = Notebook("book", talks=(Talk("t", notes=(Note("a-b", 1, text="A"), Note("b", 2, text="B"))),))


def two_pairs() -> Notebook:
    def side(word: str) -> Notebook:
        return edits.set_texts(BASE, "t", {"a-b": f"A {word}", "b": f"B {word}"}, "")

    return merge(BASE, side("ours"), side("theirs")).notebook


def shown(notebook: Notebook) -> list[tuple[str, bool]]:
    return [(note.text, note.conflict) for note in notebook.talks[0].notes]


def test_each_pair_is_known_also_after_it_was_edited_and_moved() -> None:
    notebook = two_pairs()
    first, second, *_ = notebook.talks[0].notes
    edited = edits.set_text(notebook, "t", second.id, "A of theirs, edited", "")
    moved = edits.restamp(edited, "t", second.id, 9000)
    assert [note.id for note in versions.versions(moved.talks[0], first.id)] == ["a-b", second.id]
    assert shown(versions.keep_version(moved, "t", second.id)) == [
        ("B ours", True),
        ("B theirs", True),
        ("A of theirs, edited", False),
    ]
    assert shown(versions.keep_version(moved, "t", first.id))[0] == ("A ours", False)
    assert [text for text, marked in shown(versions.keep_versions(moved, "t", first.id)) if marked] == [
        "B ours",
        "B theirs",
    ]


def test_a_note_without_the_mark_is_left_and_takes_nothing_along() -> None:
    notebook = two_pairs()
    settled = versions.keep_versions(notebook, "t", "b")
    assert versions.keep_version(settled, "t", "b") is settled
    alone = Notebook("book", talks=(Talk("t", notes=(Note("b", 2, text="B", conflict=True),)),))
    assert shown(versions.keep_version(alone, "t", "b")) == [("B", False)]


def test_a_long_foreign_id_gets_no_longer_than_ids_may_be() -> None:
    assert len(versions.version_id("x" * 64, "words")) == 12
    assert len(versions.version_id("x" * 55, "words")) == 64
