"""A notebook of then beside that of now: what would come back and go, and that restoring does just that."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import comparing, edits, talk_edits
from desktopnotes.model.comparing import Comparison, What, bring_back, compare, restore_all, restore_talks
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from tests.model.walks import Deed, deeds, notebooks, walk

WALKS = st.lists(deeds(), max_size=12)


def ids(notebook: Notebook) -> list[str]:
    return [note.id for talk in notebook.talks for note in talk.notes]


def notes(notebook: Notebook) -> dict[str, Note]:
    return {note.id: note for talk in notebook.talks for note in talk.notes}


def is_well(notebook: Notebook) -> bool:
    """No id twice, no post that lists a talk which is not there."""
    there = {talk.id for talk in notebook.talks}
    return max(Counter(ids(notebook)).values(), default=1) == 1 and all(
        set(post.talks) <= there for post in notebook.posts
    )


@given(notebooks(), WALKS, st.integers(0, 2**6))
def test_what_holds_of_any_two(then: Notebook, way: list[Deed], mask: int) -> None:
    """One walk serves all, since making it is what takes time."""
    now = walk(then, way)[-1]
    ids_of_talks = dict.fromkeys(talk.id for each in (then, now) for talk in each.talks)
    chosen = {talk_id for place, talk_id in enumerate(ids_of_talks) if mask >> place & 1}
    what_is_the_same_is_the_same(now)
    restored_it_is_as_it_was(then, now)
    talks_are_as_they_were_and_others_stay(then, now, chosen)
    what_went_comes_back_and_what_is_there_stays(then, now)
    it_counts_what_restoring_does(then, now)


def what_is_the_same_is_the_same(now: Notebook) -> None:
    assert compare(now, now).is_same
    assert restore_all(now, now) is now
    assert bring_back(now, now) is now
    assert restore_talks(now, now, {talk.id for talk in now.talks}) is now


def restored_it_is_as_it_was(then: Notebook, now: Notebook) -> None:
    after = restore_all(now, then)
    assert compare(then, after).is_same
    assert is_well(after)
    found_out = {talk.id: [getattr(talk, name) for name in comparing.FOUND_OUT] for talk in now.talks}
    assert all(
        found_out.get(talk.id) in (None, [getattr(talk, name) for name in comparing.FOUND_OUT])
        for talk in after.talks
    )


def talks_are_as_they_were_and_others_stay(then: Notebook, now: Notebook, chosen: set[str]) -> None:
    after = restore_talks(now, then, chosen)
    assert is_well(after)
    for difference in compare(then, after).talks:
        if difference.talk.id in chosen:
            assert difference.what is What.SAME
    coming = {note.id for talk in then.talks if talk.id in chosen for note in talk.notes}
    for talk in now.talks:
        if talk.id not in chosen:
            here = after.talk(talk.id)
            assert here is not None
            assert here == replace(talk, notes=tuple(note for note in talk.notes if note.id not in coming))


def what_went_comes_back_and_what_is_there_stays(then: Notebook, now: Notebook) -> None:
    after = bring_back(now, then)
    assert is_well(after)
    assert notes(after) == {**notes(then), **notes(now)}
    for talk in now.talks:
        here = after.talk(talk.id)
        assert here is not None
        stay = {note.id for note in talk.notes}
        assert sorted(note.id for note in here.notes if note.id in stay) == sorted(stay)
        assert here.write_up == talk.write_up or not talk.write_up.strip()
    assert {talk.id for talk in after.talks} == {talk.id for talk in (*then.talks, *now.talks)}
    assert {post.id for post in after.posts} == {post.id for post in (*then.posts, *now.posts)}
    assert compare(then, after).count(What.BACK) == 0
    assert bring_back(after, then) == after


def it_counts_what_restoring_does(then: Notebook, now: Notebook) -> None:
    found = compare(then, now)
    was, is_now = notes(then), notes(now)
    assert found.count(What.BACK) == len(was.keys() - is_now.keys())
    assert found.count(What.GONE) == len(is_now.keys() - was.keys())
    assert found.is_same == compare(now, then).is_same
    assert found.count(What.BACK) == compare(now, then).count(What.GONE)


# --- by example ----------------------------------------------------------------------------------------


def book(*talks: Talk, **fields: object) -> Notebook:
    return replace(Notebook("book", talks=talks), **fields)  # type: ignore[arg-type]


def talk(talk_id: str, *texts: str, at_s: tuple[int, ...] = ()) -> Talk:
    stamps = at_s or tuple(range(len(texts)))
    return Talk(
        talk_id,
        notes=tuple(Note(text, at_ms=1000 * at, text=text) for at, text in zip(stamps, texts, strict=True)),
    )


def shown(comparison: Comparison) -> list[str]:
    """A sign and the text for each note that differs, in order."""
    signs = {What.BACK: "+", What.GONE: "-", What.CHANGED: "~", What.MOVED: ">"}
    return [
        f"{signs[note.what]}{(note.then or note.now or Note('')).text}"
        for difference in comparison.talks
        for note in difference.notes
    ]


def test_notes_stand_in_the_order_of_the_page() -> None:
    then = book(talk("a", "one", "two", "three", "four"))
    now = book(
        Talk(
            "a",
            notes=(
                Note("zero"),
                then.talks[0].notes[0],
                replace(then.talks[0].notes[2], text="3"),
                Note("new"),
            ),
        )
    )
    now = edits.set_text(now, "a", "zero", "zero", "")
    now = edits.set_text(now, "a", "new", "new", "")
    assert shown(compare(then, now)) == ["-zero", "+two", "~three", "-new", "+four"]


def test_a_note_that_moved_is_neither_gone_nor_back() -> None:
    then = book(talk("a", "one", "two"), talk("b"))
    now = book(talk("a", "one"), Talk("b", notes=(then.talks[0].notes[1],)))
    found = compare(then, now)
    assert shown(found) == [">two", ">two"]
    assert [note.elsewhere for each in found.talks for note in each.notes] == ["b", "a"]
    assert bring_back(now, then) is now
    assert ids(restore_talks(now, then, {"a"})) == ["one", "two"]


def test_stamped_notes_come_back_by_time() -> None:
    then = book(talk("a", "at 1", "at 5", at_s=(1, 5)))
    now = book(talk("a", "at 1", "at 3", "at 9", at_s=(1, 3, 9)))
    assert ids(bring_back(now, then)) == ["at 1", "at 3", "at 5", "at 9"]


def test_a_talk_comes_back_to_its_place_and_post() -> None:
    then = book(talk("a", "one"), talk("b", "two"), talk("c"), posts=(Post("p", talks=("c", "b")),))
    now = talk_edits.remove_talk(then, "b")
    for after in (bring_back(now, then), restore_talks(now, then, {"b"})):
        assert after == then


def test_pictures_are_found_where_they_are_now() -> None:
    then = book(replace(talk("a"), notes=(Note("n", picture="one.png"),)), pictures="old.pictures")
    now = book(talk("a"), pictures="new.pictures")
    assert comparing.pictures_of(compare(then, now).talks) == ("one.png",)
    assert restore_all(now, then).pictures == "new.pictures"
    assert bring_back(book(talk("a")), then).pictures == "old.pictures"


def test_what_the_program_found_out_is_no_difference() -> None:
    then = book(replace(talk("a", "one"), position_ms=5, state="watching"))
    now = book(replace(talk("a", "one"), position_ms=9, state="watched", duration_ms=100))
    assert compare(then, now).is_same
    assert restore_all(now, then) is now


def test_a_write_up_that_went_comes_back_and_one_that_is_there_stays() -> None:
    then = book(replace(talk("a"), write_up="Words"), replace(talk("b"), write_up="Words"))
    now = book(talk("a"), replace(talk("b"), write_up="Others"))
    assert [each.write_up for each in bring_back(now, then).talks] == ["Words", "Others"]
    assert [each.fields for each in compare(then, now).talks] == [("write_up",), ("write_up",)]
