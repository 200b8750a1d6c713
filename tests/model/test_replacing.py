"""Replacing: what is shown is what is done, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import replacing
from desktopnotes.model.folding import fold
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.model.replacing import Replacement
from desktopnotes.model.search import Finder, Place
from tests.model.walks import notebooks

NOW = "2018-01-12T10:00:02Z"


def each(
    notebook: Notebook, wanted: str, new: str, talk_id: str = "", *, exact: bool = False
) -> list[Replacement]:
    found = Finder().find(replacing.query_of(wanted), notebook, talk_id)
    return [
        one for piece in found for text in piece for one in replacing.in_text(text, wanted, new, exact=exact)
    ]


def book(*notes: Note, **fields: object) -> Notebook:
    talk = replace(Talk("t", "mesh title", notes=notes), **fields)  # type: ignore[arg-type]
    return Notebook("b", talks=(talk, Talk("u", notes=(Note("other", text="mesh"),))))


def texts(notebook: Notebook) -> list[str]:
    return [note.text for note in notebook.talks[0].notes]


def test_all_places_are_shown_and_replaced() -> None:
    notebook = book(Note("a", 1000, text="Mesh and MESH\nmesh"), Note("b", text="none"), write_up="A mesh.")
    found = each(notebook, "mesh", "net", "t")
    assert [(one.place, one.owner_id, one.old, one.at_ms) for one in found] == [
        (Place.NOTE, "a", "Mesh", 1000),
        (Place.NOTE, "a", "MESH", 1000),
        (Place.NOTE, "a", "mesh", 1000),
        (Place.WRITE_UP, "", "mesh", None),
    ]
    assert found[1].after == "Mesh and net\nmesh"
    after = replacing.replaced(notebook, found, NOW)
    assert texts(after) == ["net and net\nnet", "none"]
    assert after.talks[0].write_up == "A net."
    assert after.talks[0].title == "mesh title"
    assert after.talks[1] is notebook.talks[1]
    assert after.talks[0].notes[1] is notebook.talks[0].notes[1]
    assert after.talks[0].notes[0].edited == NOW


def test_only_what_is_chosen_is_replaced() -> None:
    notebook = book(Note("a", text="one one one"))
    first, _, third = each(notebook, "one", "three", "t")
    assert texts(replacing.replaced(notebook, [third, first], NOW)) == ["three one three"]
    assert replacing.replaced(notebook, [], NOW) is notebook


def test_posts_are_replaced_in_too() -> None:
    notebook = replace(
        book(), posts=(Post("p", "Mesh", intro="A mesh", closing="mesh.", talks=("t",)), Post("q"))
    )
    found = each(notebook, "mesh", "net")
    after = replacing.replaced(notebook, found, NOW)
    assert (after.posts[0].title, after.posts[0].intro, after.posts[0].closing) == ("Mesh", "A net", "net.")
    assert after.posts[1] is notebook.posts[1]
    assert [note.text for note in after.talks[1].notes] == ["net"]


def test_case_and_accents_count_where_that_is_asked_for() -> None:
    notebook = book(Note("a", text="Café cafe CAFÉ"))
    assert len(each(notebook, "cafe", "bar", "t")) == 3
    assert [one.old for one in each(notebook, "cafe", "bar", "t", exact=True)] == ["cafe"]
    assert [one.old for one in each(notebook, "CAFÉ", "CAFÉ", "t")] == ["Café", "cafe"]


def test_a_note_of_which_nothing_is_left_goes_and_one_with_a_snapshot_stays() -> None:
    notebook = book(
        Note("a", 1, text="mesh"), Note("b", 2, text=" mesh"), Note("c", 3, text="mesh", picture="p.png")
    )
    after = replacing.replaced(notebook, each(notebook, "mesh", "", "t"), NOW)
    assert after.talks[0].notes == (Note("c", 3, picture="p.png", edited=NOW),)


def test_a_text_that_is_another_by_now_stays_as_it_is() -> None:
    notebook = book(Note("a", text="mesh"), Note("b", text="mesh"))
    found = each(notebook, "mesh", "net", "t")
    talk = notebook.talks[0]
    meanwhile = replace(
        notebook, talks=(replace(talk, notes=(Note("a", text="a mesh"), talk.notes[1])), notebook.talks[1])
    )
    assert texts(replacing.replaced(meanwhile, found, NOW)) == ["a mesh", "net"]


def test_nothing_and_spaces_find_nothing() -> None:
    notebook = book(Note("a", text="a b"))
    assert each(notebook, "", "x") == each(notebook, "  ", "x") == each(notebook, "\u0301", "x") == []


@given(
    notebooks(),
    st.text(st.sampled_from("ab #é😀"), min_size=1, max_size=2),
    st.text("xy", max_size=2),
    st.data(),
)
def test_notes_keep_all_else(notebook: Notebook, wanted: str, new: str, data: st.DataObject) -> None:
    found = each(notebook, wanted, new)
    chosen = [one for one in found if data.draw(st.booleans())]
    after = replacing.replaced(notebook, chosen, NOW)
    touched = {one.owner_id for one in chosen if one.place == Place.NOTE}
    for talk, now in zip(notebook.talks, after.talks, strict=True):
        assert replace(now, notes=talk.notes, write_up=talk.write_up) == talk
        kept = {note.id: note for note in now.notes}
        for note in talk.notes:
            if note.id not in touched:
                assert kept[note.id] is note
            elif note.id in kept:
                one = kept[note.id]
                assert replace(one, text=note.text, edited=note.edited) == note
                assert one.edited == NOW
            else:
                assert not note.picture
    assert (after is notebook) == (not chosen)


@given(notebooks(), st.text("ab", min_size=1, max_size=2))
def test_nothing_is_left_where_all_is_replaced(notebook: Notebook, wanted: str) -> None:
    after = replacing.replaced(notebook, each(notebook, wanted, "x"), NOW)
    assert each(after, wanted, "x") == []
    assert all(fold(wanted) not in fold(note.text) for talk in after.talks for note in talk.notes)
