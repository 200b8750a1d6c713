"""Edits of notes and talks: what holds on every walk through them, and what each one does."""

from __future__ import annotations

import inspect
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import arranging, edits, post_edits, replacing, talk_edits, versions
from desktopnotes.model.edits import Span
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Published, Talk
from tests.model.walks import DEEDS, MOMENTS, ON_NOTES, Deed, deeds, notebooks, walk

WALKS = st.lists(deeds(), max_size=12)


def notebook_of(*notes: Note) -> Notebook:
    return Notebook("n", talks=(Talk("t", notes=notes), Talk("u")), posts=(Post("p"),))


def notes_of(notebook: Notebook) -> tuple[Note, ...]:
    return notebook.talks[0].notes


def ids_of(notebook: Notebook) -> str:
    return "".join(note.id for note in notes_of(notebook))


def stamps(talk: Talk) -> list[int]:
    return [note.at_ms for note in talk.notes if note.at_ms is not None]


def owners(talk: Talk) -> dict[str, str]:
    """For each note without stamp the stamped one that it was written after."""
    owner, found = "", {}
    for note in talk.notes:
        if note.at_ms is None:
            found[note.id] = owner
        else:
            owner = note.id
    return found


def page_text(talk: Talk) -> str:
    return "".join(note.text for note in talk.notes)


def equal_but_not_the_same(before: tuple, after: tuple) -> list[str]:
    """The ids of things that are equal in both and yet not shared."""
    known = {thing.id: thing for thing in before}
    return [t.id for t in after if t.id in known and t == known[t.id] and t is not known[t.id]]


# --- what holds on every walk ------------------------------------------------------------------------


@given(notebooks(), WALKS)
def test_ids_stay_unique(notebook: Notebook, deeds: list[Deed]) -> None:
    for state in walk(notebook, deeds):
        for things in (state.talks, state.posts, *(talk.notes for talk in state.talks)):
            assert len({thing.id for thing in things}) == len(things)


@given(notebooks(), WALKS)
def test_an_edit_shares_what_it_does_not_touch(notebook: Notebook, deeds: list[Deed]) -> None:
    way = walk(notebook, deeds)
    for before, after in itertools.pairwise(way):
        assert after is before or after != before
        assert not equal_but_not_the_same(before.talks, after.talks)
        assert not equal_but_not_the_same(before.posts, after.posts)
        for talk in after.talks:
            if old := before.talk(talk.id):
                assert not equal_but_not_the_same(old.notes, talk.notes)


@given(notebooks(), WALKS)
def test_stamped_notes_stand_by_time(notebook: Notebook, deeds: list[Deed]) -> None:
    for state in walk(notebook, deeds):
        for talk in state.talks:
            assert stamps(talk) == sorted(stamps(talk))


@given(notebooks(), WALKS)
def test_no_note_ends_before_it_begins(notebook: Notebook, deeds: list[Deed]) -> None:
    for state in walk(notebook, deeds):
        for note in (note for talk in state.talks for note in talk.notes):
            assert note.at_ms is None or note.at_ms >= 0
            assert note.end_ms is None or (note.at_ms is not None and note.end_ms >= note.at_ms)


@given(notebooks(), deeds(("leave", "settle", "shift")))
def test_an_unstamped_note_stays_after_the_note_it_was_written_after(notebook: Notebook, deed: Deed) -> None:
    after = deed.do(notebook)
    for before_talk, after_talk in zip(notebook.talks, after.talks, strict=True):
        assert owners(after_talk) == owners(before_talk)


@given(notebooks(), st.integers(0, 9), MOMENTS)
def test_a_restamped_note_takes_along_what_was_written_after_it(
    notebook: Notebook, pick: int, at_ms: int
) -> None:
    talk = notebook.talks[0]
    stamped = [note for note in talk.notes if note.at_ms is not None]
    if stamped:
        after = edits.restamp(notebook, talk.id, stamped[pick % len(stamped)].id, at_ms)
        assert owners(after.talks[0]) == owners(talk)


LOSING = ("type", "texts", "delete", "cut", "remove tag")


@given(notebooks(), deeds(tuple(name for name in ON_NOTES if name not in LOSING)))
def test_no_edit_but_a_deletion_loses_text(notebook: Notebook, deed: Deed) -> None:
    after = deed.do(notebook)
    for before_talk, after_talk in zip(notebook.talks, after.talks, strict=True):
        lost = sorted(page_text(before_talk))
        for letter in page_text(after_talk):
            if letter in lost:
                lost.remove(letter)
        signs = set("".join(edits.SIGNS)) if deed.name in ("leave", "read sign") else set()
        assert len(lost) <= 2
        assert set(lost) <= signs


@given(notebooks(), deeds(tuple(name for name in ON_NOTES if name not in ("delete", "cut", "duplicate"))))
def test_no_edit_but_a_deletion_loses_a_snapshot(notebook: Notebook, deed: Deed) -> None:
    after = deed.do(notebook)
    for before_talk, after_talk in zip(notebook.talks, after.talks, strict=True):
        assert pictures(after_talk) == pictures(before_talk)


def pictures(talk: Talk) -> int:
    return sum(1 for note in talk.notes if note.picture)


NO_EDITS = {
    *("with_talk", "with_note", "with_notes", "read_sign"),
    *("stamps_before_zero", "stands_by_time", "shifted_out", "by_time"),
    *("version_id", "versions"),
    *("with_post", "not_yet_posted", "part", "first_parts", "part_title", "next_number", "text_at"),
}


def test_every_edit_of_the_model_is_walked() -> None:
    walked = {name for deed in DEEDS.values() for name in inspect.getclosurevars(deed).unbound}
    for module in (edits, arranging, replacing, talk_edits, post_edits, versions):
        public = {
            name
            for name, made in inspect.getmembers(module, inspect.isfunction)
            if made.__module__ == module.__name__ and not name.startswith("_")
        }
        assert public - walked <= NO_EDITS


WITHOUT_TALKS = (
    *("import", "add talk", "edit post", "rename event"),
    *("new part", "remove part", "post's fields", "published", "write in post", "site of all"),
)


@pytest.mark.parametrize("name", [name for name in DEEDS if name not in WITHOUT_TALKS])
def test_what_is_not_there_is_not_edited(name: str) -> None:
    nothing = Notebook("n", posts=(Post("p"),))
    assert Deed(name, 0, 0, 1, 1, 500, "text").do(nothing) is nothing


# --- taking a place ----------------------------------------------------------------------------------


def test_a_note_typed_late_takes_its_place_when_it_ends() -> None:
    notebook = notebook_of(Note("a", 100), Note("b", 200), Note("c", 300))
    typed = edits.add_note(notebook, "t", Note("x", 150, text="late"), "c")
    assert ids_of(typed) == "abcx"
    assert ids_of(edits.end_note(typed, "t", "x")) == "axbc"


def test_a_note_that_moves_when_it_ends_moves_alone() -> None:
    notebook = notebook_of(Note("a", 100), Note("b", 200), Note("u"))
    typed = edits.add_note(notebook, "t", Note("x", 50), "b")
    assert ids_of(edits.end_note(typed, "t", "x")) == "xabu"


def test_leaving_a_note_that_stands_by_time_moves_nothing() -> None:
    notebook = notebook_of(Note("a", 100), Note("b", 100), Note("u"), Note("c", 200))
    for note_id in "abuc":
        assert edits.end_note(notebook, "t", note_id) is notebook


def test_a_new_note_goes_behind_those_of_the_same_moment() -> None:
    notebook = notebook_of(Note("a", 100), Note("u"), Note("b", 200))
    assert ids_of(edits.add_settled(notebook, "t", Note("x", 100))) == "auxb"
    assert ids_of(edits.add_settled(notebook, "t", Note("x"))) == "aubx"


def test_restamping_keeps_how_long_the_note_lasts() -> None:
    notebook = notebook_of(Note("a", 100, end_ms=160))
    assert notes_of(edits.restamp(notebook, "t", "a", 500)) == (Note("a", 500, end_ms=560),)
    assert notes_of(edits.restamp(notebook, "t", "a", None)) == (Note("a"),)


def test_a_shift_stops_at_the_start() -> None:
    notebook = notebook_of(Note("a", 100), Note("u"), Note("b", 200, end_ms=300))
    shifted = edits.shift_stamps(notebook, "t", ["b"], -5000)
    assert notes_of(shifted) == (Note("b", 0, end_ms=100), Note("a", 100), Note("u"))


# --- signs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("> said so", Kind.QUOTE, "said so"),
        ("? why", Kind.QUESTION, "why"),
        ("= Part two", Kind.CHAPTER, "Part two"),
        ("! for me", Kind.PRIVATE, "for me"),
        ("https://istio.io/docs", Kind.LINK, "https://istio.io/docs"),
        (">no space", Kind.THOUGHT, ">no space"),
        ("see https://istio.io", Kind.THOUGHT, "see https://istio.io"),
    ],
)
def test_a_sign_typed_first_becomes_the_kind(typed: str, kind: Kind, text: str) -> None:
    ended = edits.end_note(notebook_of(Note("a", 1, text=typed)), "t", "a")
    assert notes_of(ended) == (Note("a", 1, kind=kind, text=text),)


def test_a_sign_does_not_change_a_kind_that_was_chosen() -> None:
    notebook = notebook_of(Note("a", 1, kind=Kind.QUOTE, text="? really"))
    assert edits.end_note(notebook, "t", "a") is notebook


# --- splitting, joining, cutting ---------------------------------------------------------------------


@given(notebooks(), st.integers(0, 9), st.integers(0, 12))
def test_joining_what_was_split_gives_the_old_page(notebook: Notebook, pick: int, offset: int) -> None:
    for talk in notebook.talks:
        if talk.notes:
            note = talk.notes[pick % len(talk.notes)]
            split = edits.split_note(notebook, talk.id, note.id, min(offset, len(note.text)), "second")
            assert edits.join_with_previous(split, talk.id, "second") == notebook


def test_the_second_half_begins_with_a_word_and_keeps_the_stamp() -> None:
    notebook = notebook_of(Note("a", 7, text="one two", picture="p.png", kind=Kind.QUOTE))
    first, second = notes_of(edits.split_note(notebook, "t", "a", 3, "b"))
    assert (first.text, first.picture) == ("one ", "p.png")
    assert second == Note("b", 7, text="two", kind=Kind.QUOTE)


def test_a_joined_note_keeps_both_snapshots_or_stays_two() -> None:
    plain, shown = Note("a", 1, text="a"), Note("b", 2, text="b", picture="p.png", alt="A slide", caption="c")
    joined = edits.join_with_previous(notebook_of(plain, shown), "t", "b")
    assert notes_of(joined) == (replace(shown, id="a", at_ms=1, text="ab"),)
    two = notebook_of(replace(plain, picture="q.png"), shown)
    assert edits.join_with_previous(two, "t", "b") is two


def ends_that_a_cut_joins(deed: Deed, talk: Talk) -> tuple[Note, ...]:
    """The two notes of which something is left; none where the cut leaves two notes, or less than two."""
    span = deed.span_of(talk)
    first, last = talk.index_of(span.first_id), talk.index_of(span.last_id)
    if first is None or last is None or first >= last:
        return ()
    ends = talk.notes[first], talk.notes[last]
    has_words = ends[0].text[: span.first_offset] and ends[1].text[span.last_offset :]
    return ends if has_words and not (ends[0].picture and ends[1].picture) else ()


def made_one(notebook: Notebook, deed: Deed) -> tuple[tuple[Note, ...], Note | None]:
    """Notes that a join or a cut makes one note of, and that note."""
    index = deed.talk % len(notebook.talks)
    talk = notebook.talks[index]
    after = deed.do(notebook).talks[index]
    if deed.name == "cut":
        several = ends_that_a_cut_joins(deed, talk)
    elif after is talk:
        several = ()
    else:
        place = talk.index_of(deed.note_of(talk).id) or 0
        several = talk.notes[place - 1 : place + 1]
    return several, after.note(several[0].id) if several else None


JOINS = deeds(("join", "join with gap", "cut"))


@given(notebooks(), JOINS)
def test_nothing_private_is_joined_into_what_is_shown(notebook: Notebook, deed: Deed) -> None:
    several, one = made_one(notebook, deed)
    if one:
        assert (one.kind == Kind.PRIVATE) == any(note.kind == Kind.PRIVATE for note in several)


@given(notebooks(), JOINS)
def test_no_stamp_is_lost_where_there_is_room_for_it(notebook: Notebook, deed: Deed) -> None:
    several, one = made_one(notebook, deed)
    stamped = [note for note in several if note.at_ms is not None]
    if one:
        assert one.at_ms == (stamped[0].at_ms if stamped else None)
        assert one.end_ms is None or one.end_ms in [note.end_ms for note in stamped]
        if stamped and stamped[0].end_ms is not None:
            assert one.end_ms is not None


def test_a_thought_without_stamp_joins_what_has_one() -> None:
    quote = Note("b", 2, 5, text="said", kind=Kind.QUOTE, approximate=True)
    joined = notes_of(edits.join_with_previous(notebook_of(Note("a", text="I heard "), quote), "t", "b"))
    assert joined == (replace(quote, id="a", text="I heard said"),)
    question = notebook_of(Note("a", text="Why? ", kind=Kind.QUESTION), quote)
    assert notes_of(edits.cut_span(question, "t", Span("a", 4, "b", 2)))[0].kind == Kind.QUESTION
    assert notes_of(edits.cut_span(question, "t", Span("a", 4, "b", 2)))[0].at_ms == 2


def test_a_joined_note_is_used_only_if_all_of_it_is() -> None:
    notebook = notebook_of(Note("a", 1, used=True), Note("b", 2))
    assert not notes_of(edits.join_with_previous(notebook, "t", "b"))[0].used


def test_the_first_note_has_nothing_to_join() -> None:
    notebook = notebook_of(Note("a", 1, text="a"))
    assert edits.join_with_previous(notebook, "t", "a") is notebook


@given(notebooks(), deeds(("cut",)))
def test_a_cut_takes_away_the_span_and_nothing_else(notebook: Notebook, deed: Deed) -> None:
    talk = notebook.talks[deed.talk % len(notebook.talks)]
    span = deed.span_of(talk)
    first, last = talk.index_of(span.first_id), talk.index_of(span.last_id)
    after = deed.do(notebook).talks[deed.talk % len(notebook.talks)]
    if first is None or last is None or first >= last:
        assert after is talk
        return
    left = talk.notes[first].text[: span.first_offset] + talk.notes[last].text[span.last_offset :]
    assert page_text(after) == "".join(
        (
            page_text(replace(talk, notes=talk.notes[:first])),
            left,
            page_text(replace(talk, notes=talk.notes[last + 1 :])),
        )
    )
    assert after.notes[:first] == talk.notes[:first]
    assert after.notes[len(after.notes) - len(talk.notes) + last + 1 :] == talk.notes[last + 1 :]


def test_what_a_cut_leaves_becomes_one_note_with_the_first_stamp() -> None:
    notebook = notebook_of(Note("a", 1, text="abc"), Note("b", 2, text="gone"), Note("c", 3, text="xyz"))
    assert notes_of(edits.cut_span(notebook, "t", Span("a", 1, "c", 2))) == (Note("a", 1, text="az"),)
    assert notes_of(edits.cut_span(notebook, "t", Span("a", 0, "c", 2))) == (Note("c", 3, text="z"),)
    assert notes_of(edits.cut_span(notebook, "t", Span("a", 0, "c", 3))) == ()


def test_a_cut_keeps_the_snapshots_of_what_is_left() -> None:
    plain, shown = Note("a", 1, text="abc"), Note("b", 2, text="xyz", picture="p.png", alt="A slide")
    one = edits.cut_span(notebook_of(plain, shown), "t", Span("a", 1, "b", 2))
    assert notes_of(one) == (Note("a", 1, text="az", picture="p.png", alt="A slide"),)
    two = edits.cut_span(notebook_of(replace(plain, picture="q.png"), shown), "t", Span("a", 1, "b", 2))
    assert [(note.text, note.picture) for note in notes_of(two)] == [("a", "q.png"), ("z", "p.png")]


# --- talks and posts ---------------------------------------------------------------------------------


def test_a_talk_goes_into_the_newest_unpublished_post() -> None:
    posts = (Post("old"), Post("new"), Post("out", published=Published("2018-01-12")))
    notebook = replace(notebook_of(), posts=posts)
    assert [post.talks for post in talk_edits.put_in_post(notebook, "t", Post("x")).posts] == [(), ("t",), ()]


def test_a_talk_gets_a_post_of_its_own_where_all_are_published() -> None:
    notebook = replace(notebook_of(), posts=(Post("out", published=Published()),))
    after = talk_edits.put_in_post(notebook, "t", Post("x", title="Part 2"))
    assert after.posts[-1] == Post("x", title="Part 2", talks=("t",))
    assert talk_edits.put_in_post(after, "t", Post("y")) is after


def test_a_removed_talk_leaves_no_trace_in_posts() -> None:
    notebook = replace(notebook_of(), posts=(Post("p", talks=("t", "u")), Post("q", talks=("u",))))
    after = talk_edits.remove_talk(notebook, "t")
    assert [talk.id for talk in after.talks] == ["u"]
    assert [post.talks for post in after.posts] == [("u",), ("u",)]


def test_a_talk_moves_no_further_than_the_ends() -> None:
    notebook = notebook_of()
    assert [talk.id for talk in talk_edits.move_talk(notebook, "t", 9).talks] == ["u", "t"]
    assert talk_edits.move_talk(notebook, "t", -9) is notebook
