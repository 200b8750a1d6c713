"""What is read from a file taken into a notebook: all of it, once, and nothing of the user's overwritten."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.model.importing import (
    Imported,
    ReadNote,
    ReadPost,
    ReadTalk,
    as_chapter_notes,
    as_chapters,
    words_of,
)
from desktopnotes.model.notebook import Chapter, Kind, Note, Notebook, Post, Talk
from desktopnotes.model.taking_in import Taken, take_in
from tests.model.walks import TEXTS, by_time, imports, notebooks

_numbers = count()


def taken(notebook: Notebook, found: Imported, talk_id: str = "t") -> Taken:
    return take_in(notebook, found, talk_id, new_id=lambda: f"new{next(_numbers)}")


def notebook_of(*notes: Note, **fields: object) -> Notebook:
    talk = Talk("t", title="Istio", url="https://example.org/a", notes=notes)
    return Notebook("n", talks=(replace(talk, **fields),))  # type: ignore[arg-type]


def texts(notebook: Notebook, index: int = 0) -> list[str]:
    return [note.text for note in notebook.talks[index].notes]


# --- what holds whatever is imported -----------------------------------------------------------------


@settings(max_examples=40)
@given(notebooks(), imports())
def test_imported_twice_nothing_doubles(notebook: Notebook, found: Imported) -> None:
    talk_id = notebook.talks[0].id
    once = taken(notebook, found, talk_id).notebook
    again = taken(once, found, talk_id)
    assert again.notebook == once
    assert (again.new_notes, again.new_talks, again.new_chapters, again.new_write_ups) == (0, 0, 0, 0)


@settings(max_examples=40)
@given(notebooks(), imports())
def test_what_was_there_is_there_still_as_it_was(notebook: Notebook, found: Imported) -> None:
    after = taken(notebook, found, notebook.talks[0].id).notebook
    for talk in notebook.talks:
        now = after.talk(talk.id)
        assert now is not None
        assert (now.title, now.write_up or talk.write_up) == (talk.title, talk.write_up or now.write_up)
        assert [now.note(note.id) for note in talk.notes] == list(talk.notes)
        assert tuple(note for note in now.notes if note in talk.notes) == talk.notes
    for post in notebook.posts:
        now_post = after.post(post.id)
        assert now_post is not None
        assert now_post.talks[: len(post.talks)] == post.talks
        assert (now_post.title, now_post.published) == (post.title, post.published)


@settings(max_examples=40)
@given(notebooks(), imports())
def test_every_word_of_the_file_is_in_the_notebook_or_is_told(notebook: Notebook, found: Imported) -> None:
    what = taken(notebook, found, notebook.talks[0].id)
    there = {words_of(note.text) for talk in what.notebook.talks for note in talk.notes}
    there |= {words_of(talk.write_up) for talk in what.notebook.talks}
    there |= {words_of(left.text) for left in what.left}
    for post in what.notebook.posts:
        there |= {words_of(post.intro), words_of(post.closing)}
    notes = [*found.notes, *(note for talk in found.talks for note in talk.notes)]
    assert {words_of(note.text) for note in notes if note.text} <= there
    assert {words_of(talk.write_up) for talk in found.talks if words_of(talk.write_up)} <= there
    if found.post:
        assert {words_of(found.post.intro), words_of(found.post.closing)} - {""} <= there


@settings(max_examples=40)
@given(notebooks(), imports())
def test_all_else_is_shared(notebook: Notebook, found: Imported) -> None:
    after = taken(notebook, found, notebook.talks[0].id).notebook
    for talk in notebook.talks:
        now = after.talk(talk.id)
        assert now is talk or now != talk


# --- what is known again -----------------------------------------------------------------------------


def test_a_note_of_the_same_second_and_words_is_known() -> None:
    before = notebook_of(Note("a", 61_700, text="Route by meaning"))
    found = Imported(notes=(ReadNote("“Route by *meaning*.”", 61_000), ReadNote("Route by port", 62_000)))
    what = taken(before, found)
    assert (what.new_notes, what.known_notes) == (1, 1)
    assert texts(what.notebook) == ["Route by meaning", "Route by port"]


def test_two_notes_that_are_alike_in_the_file_are_two() -> None:
    found = Imported(notes=(ReadNote("yes", 1000), ReadNote("yes", 1000)))
    once = taken(notebook_of(Note("a", 1000, text="yes")), found)
    assert (once.new_notes, texts(once.notebook)) == (1, ["yes", "yes"])


def test_times_of_the_page_are_less_by_the_offset() -> None:
    before = notebook_of(Note("a", 10_000, text="old"), offset_ms=5500)
    found = (ReadNote("old", 15_000, of_page=True), ReadNote("new", 20_000, 22_000, of_page=True))
    talk = ReadTalk("Istio", "https://example.org/a", notes=found)
    what = taken(before, Imported((talk,)))
    assert [(n.at_ms, n.end_ms) for n in what.notebook.talks[0].notes] == [(10_000, None), (14_500, 16_500)]


def test_what_is_before_the_beginning_stands_there_once() -> None:
    before = notebook_of(offset_ms=60_000)
    found = Imported((ReadTalk("", "https://example.org/a", notes=(ReadNote("x", 5000, of_page=True),)),))
    once = taken(before, found).notebook
    assert once.talks[0].notes[0].at_ms == 0
    assert taken(once, found).notebook == once


def test_a_talk_is_known_by_its_recording_then_by_its_title() -> None:
    talks = (Talk("a", "Renamed", url="https://example.org/a"), Talk("b", "From a File"))
    found = Imported((ReadTalk("Istio", "https://example.org/a"), ReadTalk("From a File", "https://e.org/b")))
    what = taken(Notebook("n", talks=talks), found)
    assert (what.new_talks, what.known_talks) == (0, 2)
    assert [(talk.title, talk.url) for talk in what.notebook.talks] == [
        ("Renamed", "https://example.org/a"),
        ("From a File", "https://e.org/b"),  # it had no address
    ]


def test_two_talks_of_one_long_recording_stay_two() -> None:
    url = "https://example.org/day1"
    found = Imported((ReadTalk("One", url), ReadTalk("Two", url)))
    once = taken(Notebook("n", talks=(Talk("a", "Two", url=url),)), found).notebook
    assert [talk.title for talk in once.talks] == ["Two", "One"]
    assert taken(once, found).notebook == once


def test_another_write_up_is_kept_beside_the_users_and_told() -> None:
    before = notebook_of(write_up="Mine.")
    found = Imported((ReadTalk("Istio", "https://example.org/a", "Theirs."),))
    what = taken(before, found)
    assert what.notebook.talks[0].write_up == "Mine."
    assert texts(what.notebook) == ["Theirs."]
    assert "another write-up" in what.left[0].why


def test_what_a_post_says_otherwise_is_told() -> None:
    post = Post("p", title="Part 1", intro="Mine.", talks=("t",))
    before = replace(notebook_of(), posts=(post,))
    said = ReadPost("Part 1", date="2018-01-12", intro="Theirs.", closing="More later.")
    what = taken(before, Imported((ReadTalk("New"),), said))
    now = what.notebook.posts[0]
    assert (now.intro, now.closing, now.date) == ("Mine.", "More later.", "2018-01-12")
    assert now.talks == ("t", what.notebook.talks[1].id)
    assert [left.text for left in what.left] == ["Theirs."]


def test_the_last_words_of_the_last_talk_are_no_closing() -> None:
    before = notebook_of(Note("a", text="about it"))
    talk = ReadTalk("Istio", "https://example.org/a")
    what = taken(before, Imported((talk,), ReadPost("P", closing="about it")))
    assert what.notebook.posts[0].closing == ""


def test_times_past_the_end_are_kept_and_counted() -> None:
    before = notebook_of(duration_ms=10_000)
    what = taken(before, Imported(notes=(ReadNote("late", 60_000), ReadNote("at the end", 10_900))))
    assert (what.past_end, texts(what.notebook)) == (1, ["at the end", "late"])


def test_without_an_open_talk_its_notes_go_nowhere() -> None:
    empty = Notebook("n")
    assert taken(empty, Imported(notes=(ReadNote("x", 0),)), "").notebook is empty


# --- chapters ----------------------------------------------------------------------------------------

CHAPTERS = Imported(notes=(ReadNote("Intro", 0), ReadNote("Demo", 60_000), ReadNote("End", 90_000)))


def test_a_list_of_chapters_is_told_by_its_times() -> None:
    assert CHAPTERS.may_be_chapters
    for wrong in (
        CHAPTERS.notes[:2],
        CHAPTERS.notes[1:],
        CHAPTERS.notes[::-1],
        (*CHAPTERS.notes, ReadNote("close", 91_000)),
        (*CHAPTERS.notes, ReadNote("two\nlines", 120_000)),
        (*CHAPTERS.notes, ReadNote("no time")),
    ):
        assert not Imported(notes=wrong).may_be_chapters


def test_chapters_become_notes_or_the_recordings_own() -> None:
    notes = taken(notebook_of(), as_chapter_notes(CHAPTERS)).notebook.talks[0]
    assert {note.kind for note in notes.notes} == {Kind.CHAPTER}
    before = notebook_of(chapters=(Chapter(60_000, "Demo"),))
    own = taken(before, as_chapters(CHAPTERS))
    assert [chapter.title for chapter in own.notebook.talks[0].chapters] == ["Intro", "Demo", "End"]
    assert (own.new_chapters, own.notebook.talks[0].notes) == (2, ())


@given(st.lists(st.builds(ReadNote, TEXTS, st.none() | st.integers(0, 5).map(lambda n: n * 1000))))
def test_notes_come_in_by_time(found: list[ReadNote]) -> None:
    notes = list(taken(notebook_of(), Imported(notes=tuple(found))).notebook.talks[0].notes)
    assert tuple(notes) == by_time(notes)
