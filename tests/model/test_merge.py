"""Merging two versions of a notebook: no words are lost, and what only one side touched is as it has it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktopnotes.model import edits, talk_edits
from desktopnotes.model.merge import Change, ChangeKind, merge, sentence
from desktopnotes.model.merge_changes import versions_of
from desktopnotes.model.merge_texts import END, OTHER, joined
from desktopnotes.model.notebook import Chapter, Exported, Kind, Note, Notebook, Post, State, Talk
from tests.examples import few
from tests.model import walks

Walk = st.lists(walks.deeds(), max_size=8)


@st.composite
def forks(draw: st.DrawFn) -> tuple[Notebook, Notebook, Notebook]:
    """A notebook, and what two people made of it."""
    base = draw(walks.notebooks())
    return base, walks.walk(base, draw(Walk))[-1], walks.walk(base, draw(Walk))[-1]


def texts(notebook: Notebook) -> set[str]:
    return {note.text for talk in notebook.talks for note in talk.notes}


def notes_of(notebook: Notebook) -> dict[str, Note]:
    return {note.id: note for talk in notebook.talks for note in talk.notes}


def talk(*notes: Note, **fields: object) -> Talk:
    return replace(Talk("talk", "Keynote", notes=notes), **fields)  # type: ignore[arg-type]


def book(*talks: Talk, **fields: object) -> Notebook:
    return replace(Notebook("book", talks=talks), **fields)  # type: ignore[arg-type]


A, B, C = Note("a", 1000, text="A"), Note("b", 2000, text="B"), Note("c", 3000, text="C")
BASE = book(talk(A, B, C))


def shown(notebook: Notebook) -> str:
    return " ".join(note.text for talk in notebook.talks for note in talk.notes)


# --- what always holds ---------------------------------------------------------------------------------


def _a_side_that_changed_nothing_leaves_the_other_as_it_is(
    fork: tuple[Notebook, Notebook, Notebook],
) -> None:
    base, x, _ = fork
    assert merge(base, x, base).notebook is x
    assert merge(base, base, x).notebook == x
    assert merge(base, x, x).notebook is x
    assert merge(None, x, x).notebook is x


def _no_words_are_lost(fork: tuple[Notebook, Notebook, Notebook], has_base: bool) -> None:
    base, ours, theirs = fork
    known = base if has_base else None
    found = texts(merge(known, ours, theirs).notebook)
    before = {note.text for note in notes_of(base).values()} if has_base else set()
    for side in (ours, theirs):
        assert texts(side) - found - {""} <= before


def _what_one_side_changed_outlives_a_deletion(fork: tuple[Notebook, Notebook, Notebook]) -> None:
    base, ours, theirs = fork
    merged = notes_of(merge(base, ours, theirs).notebook)
    before = notes_of(base)
    for side in (ours, theirs):
        for note in notes_of(side).values():
            assert before.get(note.id) == note or note.id in merged


def _done_again_it_changes_nothing(fork: tuple[Notebook, Notebook, Notebook], has_base: bool) -> None:
    base, ours, theirs = fork
    known = base if has_base else None
    once = merge(known, ours, theirs).notebook
    again = merge(known, once, theirs)
    assert again.notebook is once
    assert {change.kind for change in again.changes} <= {ChangeKind.KEPT_OURS}


def _ids_stand_once(fork: tuple[Notebook, Notebook, Notebook], has_base: bool) -> None:
    base, ours, theirs = fork
    merged = merge(base if has_base else None, ours, theirs).notebook
    for ids in (
        [note.id for talk in merged.talks for note in talk.notes],
        [talk.id for talk in merged.talks],
        [post.id for post in merged.posts],
    ):
        assert len(ids) == len(set(ids))
    talk_ids = {talk.id for talk in merged.talks}
    assert all(
        set(post.talks) <= talk_ids and len(set(post.talks)) == len(post.talks) for post in merged.posts
    )


def _two_machines_that_merge_each_other_come_to_the_same(
    fork: tuple[Notebook, Notebook, Notebook], has_base: bool
) -> None:
    """The same talks and posts, in each talk the same ids and words; values that both changed may differ."""
    base, ours, theirs = fork
    known = base if has_base else None
    one, other = merge(known, ours, theirs).notebook, merge(known, theirs, ours).notebook
    assert {post.id for post in one.posts} == {post.id for post in other.posts}
    assert {talk.id for talk in one.talks} == {talk.id for talk in other.talks}
    for talk in one.talks:
        there = other.talk(talk.id)
        assert there
        assert {note.id for note in talk.notes} == {note.id for note in there.notes}
        assert sorted(note.text for note in talk.notes) == sorted(note.text for note in there.notes)
        assert sorted(talk.write_up.split("\n\n")) == sorted(there.write_up.split("\n\n"))
    assert merge(known, one, other).notebook is one or texts(merge(known, one, other).notebook) == texts(one)


def _inputs_stay_as_they_are_and_results_by_time(fork: tuple[Notebook, Notebook, Notebook]) -> None:
    base, ours, theirs = fork
    merged = merge(base, ours, theirs).notebook
    for talk in merged.talks:
        assert talk.notes == walks.by_time(list(talk.notes)) or not all(
            there.notes == walks.by_time(list(there.notes))
            for there in (ours.talk(talk.id), theirs.talk(talk.id))
            if there
        )


@settings(max_examples=few(40), deadline=None)
@given(forks(), st.booleans())
def test_what_always_holds(fork: tuple[Notebook, Notebook, Notebook], has_base: bool) -> None:
    """One test for all, as making up what two people do takes longer than to merge it."""
    _a_side_that_changed_nothing_leaves_the_other_as_it_is(fork)
    _no_words_are_lost(fork, has_base)
    _what_one_side_changed_outlives_a_deletion(fork)
    _done_again_it_changes_nothing(fork, has_base)
    _ids_stand_once(fork, has_base)
    _two_machines_that_merge_each_other_come_to_the_same(fork, has_base)
    _inputs_stay_as_they_are_and_results_by_time(fork)


@settings(max_examples=few(20), deadline=None)
@given(walks.notebooks(), st.data())
def test_edits_to_different_notes_never_conflict(base: Notebook, data: st.DataObject) -> None:
    every = [(talk.id, note.id) for talk in base.talks for note in talk.notes]
    mine = data.draw(st.lists(st.sampled_from(every), unique=True) if every else st.just([]))
    ours = theirs = base
    for talk_id, note_id in every:
        text = data.draw(walks.TEXTS)
        if (talk_id, note_id) in mine:
            ours = edits.set_text(ours, talk_id, note_id, text, "2026")
        else:
            theirs = edits.set_text(theirs, talk_id, note_id, text, "2027")
    merged = merge(base, ours, theirs)
    assert not merged.conflicts
    after = notes_of(merged.notebook)
    assert [*after] == [note_id for _, note_id in every]
    for talk_id, note_id in every:
        side = ours if (talk_id, note_id) in mine else theirs
        assert after[note_id] == notes_of(side)[note_id]


def test_ten_thousand_notes_are_merged_at_once() -> None:
    def fresh(change: int) -> Notebook:
        return book(
            *(
                Talk(
                    f"t{number}",
                    notes=tuple(
                        Note(f"n{number} {i}", i * 1000, text=f"text {i}{'!' * (change == number == i)}")
                        for i in range(100)
                    ),
                )
                for number in range(100)
            )
        )

    base, ours, theirs = fresh(-1), fresh(3), fresh(70)
    start = time.process_time()
    merged = merge(base, ours, theirs)
    assert time.process_time() - start < 0.5
    assert [change.note_id for change in merged.changes] == ["n70 70"]
    is_ours = [one is other for one, other in zip(merged.notebook.talks, ours.talks, strict=True)]
    assert [number for number, same in enumerate(is_ours) if not same] == [70]


# --- notes -----------------------------------------------------------------------------------------------


def test_a_note_that_both_changed_is_kept_twice_marked_and_told() -> None:
    ours = edits.set_text(BASE, "talk", "b", "B of ours", "2026-02")
    theirs = edits.set_text(BASE, "talk", "b", "B of theirs", "2026-01")
    merged = merge(BASE, ours, theirs)
    assert shown(merged.notebook) == "A B of ours B of theirs C"
    _, first, second, _ = merged.notebook.talks[0].notes
    assert first.id == "b"
    assert second.id != "b"
    assert first.conflict
    assert second.conflict
    assert [(change.kind, change.other_id) for change in merged.conflicts] == [
        (ChangeKind.KEPT_TWICE, second.id)
    ]
    assert sentence(merged.changes) == "1 note was changed on both sides and is kept twice."
    other = merge(BASE, theirs, ours).notebook
    assert {note.id for note in other.talks[0].notes} == {note.id for note in merged.notebook.talks[0].notes}
    assert merge(None, merged.notebook, other).notebook is merged.notebook


def test_a_pair_that_was_edited_or_settled_is_not_brought_again() -> None:
    ours = edits.set_text(BASE, "talk", "b", "ours", "")
    theirs = edits.set_text(BASE, "talk", "b", "theirs", "")
    merged = merge(BASE, ours, theirs).notebook
    second = merged.talks[0].notes[2].id
    edited = edits.set_text(merged, "talk", second, "theirs, edited", "")
    assert merge(BASE, edited, theirs).notebook is edited
    settled = edits.delete_notes(edits.set_text(merged, "talk", "b", "both", ""), "talk", [second])
    assert merge(theirs, settled, theirs).notebook is settled


def test_a_swapped_pair_that_was_edited_there_keeps_all_three_words() -> None:
    ours = edits.set_text(BASE, "talk", "b", "ours", "")
    theirs = edits.set_text(BASE, "talk", "b", "theirs", "")
    swapped = merge(BASE, theirs, ours).notebook
    second = swapped.talks[0].notes[2].id
    edited = edits.set_text(swapped, "talk", second, "ours, edited", "")
    assert {"ours", "theirs", "ours, edited"} <= texts(merge(BASE, ours, edited).notebook)


def test_a_note_that_is_kept_twice_keeps_each_version_whole() -> None:
    theirs = book(talk(A, replace(B, text="theirs", picture="one.png", alt="words"), C))
    ours = book(talk(A, replace(B, text="ours"), C))
    merged = merge(BASE, ours, theirs).notebook
    versions = [(note.text, note.picture, note.alt) for note in merged.talks[0].notes[1:3]]
    assert versions == [("ours", "", ""), ("theirs", "one.png", "words")]
    assert merge(BASE, merged, theirs).notebook is merged


def test_the_same_note_added_on_both_sides_stands_once() -> None:
    new = Note("d", 4000, text="D")
    ours = edits.add_settled(BASE, "talk", new)
    theirs = edits.set_text(edits.add_settled(BASE, "talk", replace(new)), "talk", "a", "A!", "")
    assert shown(merge(BASE, ours, theirs).notebook) == "A! B C D"
    assert shown(merge(None, ours, theirs).notebook) == "A A! B C D"


def test_words_beat_a_deletion_and_an_emptied_note() -> None:
    changed = edits.set_text(BASE, "talk", "b", "B!", "")
    gone = edits.delete_notes(BASE, "talk", ["b"])
    emptied = edits.set_text(BASE, "talk", "b", "", "")
    for other in (gone, emptied):
        for ours, theirs in ((changed, other), (other, changed)):
            merged = merge(BASE, ours, theirs)
            assert shown(merged.notebook) == "A B! C"
            assert not merged.conflicts
    assert shown(merge(BASE, gone, edits.set_text(BASE, "talk", "a", "A!", "")).notebook) == "A! C"
    assert sentence(merge(BASE, BASE, gone).changes) == "1 note was removed."


def test_a_stamp_that_both_changed_is_ours_and_told() -> None:
    ours = edits.restamp(BASE, "talk", "b", 1500)
    theirs = edits.restamp(BASE, "talk", "b", 2500)
    merged = merge(BASE, ours, theirs)
    assert notes_of(merged.notebook)["b"].at_ms == 1500
    assert [(change.kind, change.field) for change in merged.conflicts] == [(ChangeKind.KEPT_OURS, "at_ms")]
    assert sentence(merged.changes) == "1 value that both sides changed stays as it was here."


def test_a_stamp_and_an_end_from_two_sides_make_no_end_before_the_stamp() -> None:
    base = book(talk(Note("a", 1000, 9000, text="A")))
    later = book(talk(Note("a", 8000, 9000, text="A")))
    shorter = book(talk(Note("a", 1000, 2000, text="A")))
    for ours, theirs in ((later, shorter), (shorter, later)):
        merged = merge(base, ours, theirs)
        assert merged.notebook == ours
        assert [change.field for change in merged.conflicts] == ["end_ms"]


def test_whether_a_stamp_is_true_goes_with_the_stamp() -> None:
    base = book(talk(Note("a", 1000, approximate=True, text="A")))
    ours = book(talk(Note("a", 1001, approximate=False, text="A")))
    theirs = book(talk(Note("a", 1000, approximate=True, text="A!")))
    (merged,) = merge(base, ours, theirs).notebook.talks[0].notes
    assert (merged.at_ms, merged.approximate, merged.text) == (1001, False, "A!")
    (merged,) = merge(base, theirs, ours).notebook.talks[0].notes
    assert (merged.at_ms, merged.approximate, merged.text) == (1001, False, "A!")


def test_private_on_either_side_is_private() -> None:
    base, ours, theirs = (book(talk(Note("a", text="A", kind=kind))) for kind in ("link", "quote", "private"))
    for merged in (merge(base, ours, theirs), merge(base, theirs, ours), merge(None, ours, theirs)):
        assert merged.notebook.talks[0].notes[0].kind == Kind.PRIVATE


def test_a_note_that_was_moved_to_another_talk_stands_once_there_with_the_edit() -> None:
    base = book(talk(A, B), Talk("other", notes=(C,)))
    moved = book(talk(A), Talk("other", notes=(B, C)))
    edited = edits.set_text(base, "talk", "b", "B!", "")
    for ours, theirs in ((moved, edited), (edited, moved)):
        merged = merge(base, ours, theirs)
        assert [[note.text for note in talk.notes] for talk in merged.notebook.talks] == [["A"], ["B!", "C"]]
        assert not merged.conflicts


def test_a_note_moved_out_of_a_talk_that_is_deleted_stays() -> None:
    base = book(talk(A, B), Talk("other", notes=(C,)))
    moved = book(talk(A), Talk("other", notes=(C, B)))
    gone = talk_edits.remove_talk(base, "talk")
    for ours, theirs in ((moved, gone), (gone, moved)):
        merged = merge(base, ours, theirs).notebook
        assert [talk.id for talk in merged.talks] == ["other"]
        assert texts(merged) == {"B", "C"}


def test_additions_stand_by_their_neighbours_ours_first() -> None:
    base = book(talk(Note("a", text="A"), Note("b", text="B")))
    ours = edits.add_note(base, "talk", Note("x", text="x"), "a")
    theirs = edits.add_note(base, "talk", Note("y", text="y"), "a")
    theirs = edits.add_note(theirs, "talk", Note("z", text="z"))
    merged = merge(base, ours, theirs)
    assert shown(merged.notebook) == "z A x y B"
    assert sentence(merged.changes) == "2 notes were added."


def test_stamped_additions_stand_by_time() -> None:
    ours = edits.add_settled(BASE, "talk", Note("x", 1500, text="x"))
    theirs = edits.add_settled(BASE, "talk", Note("y", 1200, text="y"))
    theirs = edits.add_note(theirs, "talk", Note("z", text="z"), "y")
    assert shown(merge(BASE, ours, theirs).notebook) == "A y z x B C"


def test_an_order_is_ours_where_both_moved_and_theirs_where_ours_did_not() -> None:
    base = book(*(Talk(name) for name in "abc"))
    ours, theirs = book(*(Talk(name) for name in "cab")), book(*(Talk(name) for name in "bacx"))
    assert "".join(talk.id for talk in merge(base, ours, theirs).notebook.talks) == "cxab"
    added = book(*(Talk(name) for name in "abyc"))
    assert "".join(talk.id for talk in merge(base, added, theirs).notebook.talks) == "byacx"


# --- talks and posts -------------------------------------------------------------------------------------


def test_a_deleted_talk_comes_back_where_it_was_edited_and_not_where_it_was_watched() -> None:
    base = book(talk(A, B), posts=(Post("p", talks=("talk",)),))
    gone = talk_edits.remove_talk(base, "talk")
    watched = book(talk(A, B, position_ms=5, state=State.WATCHING), posts=base.posts)
    edited = edits.add_settled(base, "talk", C)
    for ours, theirs in ((gone, edited), (edited, gone)):
        merged = merge(base, ours, theirs).notebook
        assert shown(merged) == "A B C"
        assert merged.posts[0].talks == ("talk",)
    for ours, theirs in ((gone, watched), (watched, gone)):
        merged = merge(base, ours, theirs).notebook
        assert not merged.talks
        assert merged.posts[0].talks == ()


def test_how_far_a_talk_is_watched_is_the_further_and_no_conflict() -> None:
    base = book(talk(A))
    ours = book(talk(A, position_ms=9000, state=State.WATCHING, rate=1.5, duration_ms=10_000))
    theirs = book(talk(A, position_ms=100, state=State.WATCHED, rate=2.0, duration_ms=10_001))
    merged = merge(base, ours, theirs)
    (found,) = merged.notebook.talks
    assert (found.position_ms, found.state, found.rate, found.duration_ms) == (9000, "watched", 1.5, 10_001)
    assert not merged.conflicts
    assert sentence(merged.changes) == ""


def test_tags_speakers_chapters_and_places_of_export_are_united() -> None:
    base = book(talk(tags=("a", "b")), posts=(Post("p", exported=(Exported("one"),)),))
    ours = book(
        talk(tags=("a", "b", "c"), chapters=(Chapter(0, "x"), Chapter(9, "z"))),
        posts=(Post("p", exported=(Exported("one"), Exported("two"))),),
    )
    theirs = book(
        talk(tags=("b", "d"), chapters=(Chapter(0, "x"), Chapter(5, "y"))),
        posts=(Post("p", exported=(Exported("one"), Exported("three"))),),
    )
    merged = merge(base, ours, theirs)
    (found,) = merged.notebook.talks
    assert found.tags == ("b", "c", "d")
    assert [chapter.title for chapter in found.chapters] == ["x", "y", "z"]
    assert [place.path for place in merged.notebook.posts[0].exported] == ["one", "two", "three"]
    assert not merged.conflicts


def test_unknown_keys_are_merged_key_by_key() -> None:
    base = book(talk(unknown={"a": 1, "gone": 1}))
    ours = book(talk(unknown={"a": 2, "mine": None, "gone": 1}), unknown={"x": [1]})
    theirs = book(talk(unknown={"a": 3, "other": [1]}), unknown={"y": None})
    merged = merge(base, ours, theirs)
    assert merged.notebook.talks[0].unknown == {"a": 2, "mine": None, "other": [1]}
    assert merged.notebook.unknown == {"x": [1], "y": None}
    assert [change.field for change in merged.conflicts] == ["unknown"]


def test_titles_that_both_changed_are_ours_and_told() -> None:
    base = book(talk(A))
    merged = merge(base, book(talk(A, title="One")), book(talk(A, title="Two", speakers=("Ann",))))
    assert (merged.notebook.talks[0].title, merged.notebook.talks[0].speakers) == ("One", ("Ann",))
    assert (
        sentence(merged.changes)
        == "1 talk was changed; 1 value that both sides changed stays as it was here."
    )


def test_equal_ids_within_one_version_lose_nothing() -> None:
    twice = book(talk(A, replace(A, text="other A")), Talk("talk", notes=(replace(A, text="third A"),)))
    merged = merge(BASE, edits.set_text(BASE, "talk", "b", "B!", ""), twice).notebook
    assert {"A", "other A", "third A"} <= texts(merged)
    ids = [note.id for talk in merged.talks for note in talk.notes]
    assert len(ids) == len(set(ids))


# --- long texts ------------------------------------------------------------------------------------------


def test_paragraphs_that_one_side_changed_are_taken_and_those_of_both_joined_marked() -> None:
    base = "one\n\ntwo\n\nthree"
    assert joined(base, "one!\n\ntwo\n\nthree", "one\n\ntwo\n\nthree?\n\nfour") == (
        "one!\n\ntwo\n\nthree?\n\nfour",
        False,
    )
    text, marked = joined(base, "one!\n\ntwo\n\nthree", "one?\n\ntwo")
    assert marked
    assert text == f"one!\n\n{OTHER}\n\none?\n\n{END}\n\ntwo"
    text, marked = joined("", "ours", "theirs")
    assert marked
    assert text == f"ours\n\n{OTHER}\n\ntheirs\n\n{END}"
    assert joined("", "same\n\nours", "same") == ("same\n\nours", False)


PARAGRAPHS = st.lists(st.sampled_from("abcde"), max_size=5).map("\n\n".join)


@settings(deadline=None)
@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_joining_loses_no_paragraph_and_joins_once(base: str, ours: str, theirs: str) -> None:
    assume(ours != theirs)
    text, _ = joined(base, ours, theirs)
    found, before = set(text.split("\n\n")), set(base.split("\n\n"))
    assert set(ours.split("\n\n")) - before <= found | {""}
    assert set(theirs.split("\n\n")) - before <= found | {""}
    assert joined(base, text, theirs)[0] == text


@pytest.mark.parametrize("theirs", ["\ttheirs", "\t\ntheirs", " \n\ttheirs", "theirs\n\t"])
def test_a_write_up_with_blank_ends_is_joined_once(theirs: str) -> None:
    ours = Notebook("nb", talks=(Talk("talk", write_up="ours"),))
    other = Notebook("nb", talks=(Talk("talk", write_up=theirs),))
    merged = merge(None, ours, other).notebook
    assert merged.talks[0].write_up.count("theirs") == 1
    assert merge(None, merged, other).notebook is merged


DIFFERENT = st.lists(st.sampled_from("abcde"), max_size=5, unique=True).map("\n\n".join)


@settings(deadline=None)
@given(DIFFERENT, DIFFERENT)
def test_two_machines_that_join_each_others_texts_do_not_let_them_grow(ours: str, theirs: str) -> None:
    base = ""
    one, other = joined(base, ours, theirs)[0], joined(base, theirs, ours)[0]
    marks = {OTHER, END}
    found = set(one.split("\n\n")) - marks
    assert set(other.split("\n\n")) - marks == found
    assert set(joined(base, one, other)[0].split("\n\n")) - marks == found


def test_a_write_up_of_both_is_joined_and_told() -> None:
    base = talk_edits.set_write_up(BASE, "talk", "old")
    ours = talk_edits.set_write_up(base, "talk", "ours")
    theirs = talk_edits.set_write_up(base, "talk", "theirs")
    merged = merge(base, ours, theirs)
    assert "ours" in merged.notebook.talks[0].write_up
    assert "theirs" in merged.notebook.talks[0].write_up
    assert [change.kind for change in merged.conflicts] == [ChangeKind.JOINED]
    assert sentence(merged.changes) == "A write-up was changed on both sides and holds both versions, marked."
    assert merge(base, merged.notebook, theirs).notebook is merged.notebook


# --- the sentence ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda n: edits.add_settled(n, "talk", Note("x", 5, text="x")), "1 note was added."),
        (lambda n: edits.delete_notes(n, "talk", ["a", "b"]), "2 notes were removed."),
        (
            lambda n: edits.add_settled(
                edits.set_text(n, "talk", "a", "A!", ""), "talk", Note("x", 5, text="x")
            ),
            "1 note was added and 1 changed.",
        ),
        (
            lambda n: talk_edits.add_talks(n, [Talk("new", notes=(Note("x"),))]),
            "1 note and 1 talk were added.",
        ),
        (lambda n: replace(n, title="Other"), "The notebook’s data was changed."),
    ],
)
def test_what_came_is_told_in_a_sentence(deed: object, words: str) -> None:
    theirs = deed(BASE)  # type: ignore[operator]
    assert sentence(merge(BASE, BASE, theirs).changes) == words
    assert sentence(()) == ""


def test_values_that_stay_are_named_and_without_a_base_both_sides_only_differ() -> None:
    def told(*fields: str, has_base: bool = True) -> str:
        notebook = replace(BASE, talks=(replace(BASE.talks[0], title="T"),))
        kept = [Change(ChangeKind.KEPT_OURS, "talk", "talk", field=field) for field in fields]
        return sentence(kept, notebook, has_base=has_base)

    assert told("title") == "Both sides changed the title of “T”, which stays as it was here."
    assert told("title", has_base=False) == "The title of “T” differs and stays as it is here."
    assert told("title", "title", "url", has_base=False) == (
        "The title of “T” and the address of “T” differ and stay as they are here."
    )
    assert told("title", "url", "captions", "file", "rate", "unknown", has_base=False) == (
        "The title of “T”, the address of “T”, the captions of “T” and 2 other values "
        "differ and stay as they are here."
    )
    twice = [Change(ChangeKind.KEPT_TWICE, "note", "talk", "a", other_id=other) for other in ("x", "y", "x")]
    assert versions_of(twice) == [["a", "x", "y"]]
    assert sentence(twice) == "1 note was changed on both sides and is kept in 3 versions."
