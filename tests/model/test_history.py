"""Undo and redo: random walks there and back, steps of typing, and what is found out meanwhile."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import edits, findings, talk_edits
from desktopnotes.model.history import SAME_STEP_S, Caret, History, caret_to_show
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from tests.model.walks import Deed, deeds, notebooks, walk

HERE = Caret()


def history_of(way: list[Notebook]) -> History:
    history = History(way[0])
    for number, notebook in enumerate(way[1:]):
        history.record(f"step {number}", notebook, Caret(offset=number), moment_s=10.0 * number)
    return history


def changes_of(way: list[Notebook]) -> list[Notebook]:
    """The notebooks that differ from the one before, as only those are steps."""
    return [way[0], *(after for before, after in itertools.pairwise(way) if after is not before)]


def all_the_way(move: object) -> list[Notebook]:
    found = []
    while step := move(HERE):  # type: ignore[operator]
        found.append(step.notebook)
    return found


@given(notebooks(), st.lists(deeds(), max_size=12))
def test_undo_to_the_start_and_redo_to_the_end_give_the_same_notebooks(
    notebook: Notebook, deeds: list[Deed]
) -> None:
    way = walk(notebook, deeds)
    history, states = history_of(way), changes_of(way)
    for _ in range(2):
        assert all_the_way(history.undo) == states[-2::-1]
        assert history.notebook is notebook
        assert all_the_way(history.redo) == states[1:]
        assert history.notebook is way[-1]


@given(notebooks(), st.lists(deeds(), max_size=8), st.lists(st.integers(0, 3), max_size=20))
def test_what_is_found_out_holds_wherever_undo_and_redo_go(
    notebook: Notebook, deeds: list[Deed], moves: list[int]
) -> None:
    history = history_of(walk(notebook, deeds))
    talk_id, found_ms = notebook.talks[0].id, 0
    for move in moves:
        if move == 0:
            found_ms += 1000
            position_ms = found_ms
            history.amend(lambda old, at_ms=position_ms: findings.found_position(old, talk_id, at_ms))
        elif move == 1:
            history.redo(HERE)
        else:
            history.undo(HERE)
        talk = history.notebook.talk(talk_id)
        assert talk is None or talk.position_ms == found_ms


def test_what_is_found_out_is_no_step() -> None:
    history = History(Notebook("n", talks=(Talk("t"),)))
    history.amend(lambda notebook: findings.found_duration(notebook, "t", 5000))
    assert history.notebook.talks[0].duration_ms == 5000
    assert history.undo(HERE) is None


def test_what_is_found_out_does_not_end_the_way_forward() -> None:
    history = history_of([Notebook("n", talks=(Talk("t"),)), Notebook("n", title="New", talks=(Talk("t"),))])
    history.undo(HERE)
    history.amend(lambda notebook: findings.found_watched(notebook, "t"))
    step = history.redo(HERE)
    assert step is not None
    assert (step.notebook.title, step.notebook.talks[0].state) == ("New", "watched")


def typed(history: History, text: str, moment_s: float, place: str = "a") -> None:
    after = edits.set_text(history.notebook, "t", "a", text, "")
    history.record("Typing", after, Caret(offset=len(text) - 1), moment_s=moment_s, typing_in=place)


def history_of_a_note() -> History:
    return History(Notebook("n", talks=(Talk("t", notes=(Note("a", 1),)),)))


def text(history: History) -> str:
    return history.notebook.talks[0].notes[0].text


@given(st.lists(st.floats(0.01, 3.0), min_size=1, max_size=15))
def test_keys_less_than_a_second_apart_are_one_step(pauses: list[float]) -> None:
    history, now_s = history_of_a_note(), 0.0
    for number, pause_s in enumerate(pauses, 1):
        now_s += pause_s
        typed(history, "x" * number, now_s)
    moments = [sum(pauses[:number]) for number in range(1, len(pauses) + 1)]
    starts = 1 + sum(b - a >= SAME_STEP_S for a, b in itertools.pairwise(moments))
    assert len(all_the_way(history.undo)) == starts
    assert text(history) == ""


def test_typing_elsewhere_or_after_an_end_is_another_step() -> None:
    history = history_of_a_note()
    typed(history, "a", 0.0)
    typed(history, "ab", 0.1, place="b")
    history.end_step()
    typed(history, "abc", 0.2, place="b")
    assert [notebook.talks[0].notes[0].text for notebook in all_the_way(history.undo)] == ["ab", "a", ""]


def test_typing_after_undo_is_another_step_and_ends_the_way_forward() -> None:
    history = history_of_a_note()
    typed(history, "a", 0.0)
    history.undo(HERE)
    typed(history, "b", 0.1)
    assert history.redo(HERE) is None
    history.undo(HERE)
    assert text(history) == ""


def test_a_consequence_is_undone_with_its_step() -> None:
    history = history_of_a_note()
    typed(history, "> said", 0.0)
    history.adopt(edits.end_note(history.notebook, "t", "a"))
    history.undo(HERE)
    assert text(history) == ""
    history.redo(HERE)
    assert text(history) == "said"


def test_labels_and_carets_say_what_is_taken_back_and_where_it_was() -> None:
    history = History(Notebook("n"))
    assert (history.undo_label, history.redo_label) == ("", "")
    history.record("Rename", replace(history.notebook, title="New"), Caret(offset=3), moment_s=0.0)
    assert (history.undo_label, history.redo_label) == ("Rename", "")
    step = history.undo(Caret(offset=7))
    assert step is not None
    assert (step.label, step.caret.offset, history.undo_label, history.redo_label) == (
        "Rename",
        3,
        "",
        "Rename",
    )
    back = history.redo(HERE)
    assert back is not None
    assert (back.label, back.caret.offset) == ("Rename", 7)


def test_nothing_done_is_no_step() -> None:
    history = history_of_a_note()
    history.record("Nothing", history.notebook, HERE, moment_s=0.0)
    assert history.undo(HERE) is None


# --- what is withdrawn -------------------------------------------------------------------------------


def test_a_step_that_is_withdrawn_is_none_any_more() -> None:
    history = History(Notebook("book1"))
    history.record("Title", replace(history.notebook, title="A"), Caret(), moment_s=0)
    before = history.notebook
    caret = Caret("video", "talk0")
    history.record("Add Talk", talk_edits.add_talks(before, [Talk("new")]), caret, moment_s=1)
    assert history.withdraw(lambda notebook: talk_edits.remove_talk(notebook, "new")) == caret
    assert (history.notebook, history.undo_label, history.redo_label) == (before, "Title", "")


def test_a_step_that_did_more_stays_without_what_is_withdrawn() -> None:
    history = History(Notebook("book1"))
    both = talk_edits.add_talks(history.notebook, [Talk("new"), Talk("other")])
    history.record("Add 2 Talks", both, Caret(), moment_s=0)
    assert history.withdraw(lambda notebook: talk_edits.remove_talk(notebook, "new")) is None
    assert history.undo_label == "Add 2 Talks"
    history.undo(Caret())
    assert history.notebook.talks == ()
    history.redo(Caret())
    assert [talk.id for talk in history.notebook.talks] == ["other"]


def test_later_steps_stay_when_one_is_withdrawn() -> None:
    history = History(Notebook("book1"))
    history.record("Add Talk", talk_edits.add_talks(history.notebook, [Talk("new")]), Caret(), moment_s=0)
    history.record("Title", replace(history.notebook, title="A"), Caret(), moment_s=1)
    history.withdraw(lambda notebook: talk_edits.remove_talk(notebook, "new"))
    assert history.undo_label == "Title"
    history.undo(Caret())
    assert (history.notebook, history.undo_label) == (Notebook("book1"), "")


def test_redo_in_a_post_leads_to_the_field_that_it_changes() -> None:
    part = Post("p", title="Part 1", talks=("t",))
    other = Post("q", title="Part 2")
    talk = Talk("t")
    states = [
        Notebook("n", talks=(talk,), posts=(part, other)),
        Notebook("n", talks=(talk,), posts=(replace(part, title="Mine"), other)),
        Notebook("n", talks=(talk,), posts=(replace(part, title="Mine", tags=("a", "bc")), other)),
        Notebook("n", talks=(replace(talk, write_up="So."),), posts=(part, other)),
        Notebook("n", talks=(replace(talk, write_up="So."),), posts=(part, replace(other, intro="Hi"))),
        Notebook("n", talks=(replace(talk, write_up="So."),), posts=(part, replace(other, style="list"))),
    ]
    places = [
        Caret("title", offset=4, post_id="p"),
        Caret("tags", offset=5, post_id="p"),
        Caret("title", offset=6, post_id="p"),  # what differs is above all the title, which goes back
        Caret("intro", offset=2, post_id="q"),
        Caret("intro", offset=0, post_id="q"),
    ]
    history = History(states[0])
    for number, after in enumerate(states[1:]):
        history.record("", after, Caret("slug", post_id="p"), moment_s=10.0 * number)
    for _ in states[1:]:
        history.undo(Caret("slug", post_id="p"))
    assert [step.caret for _ in places if (step := history.redo(Caret("slug", post_id="p")))] == places


def test_redo_in_a_post_leads_to_a_write_up_and_leaves_the_caret_where_it_is_right() -> None:
    talks = Notebook("n", talks=(Talk("t"), Talk("u")), posts=(Post("p", talks=("t",)),))
    written = replace(talks, talks=(Talk("t"), Talk("u", write_up="So.")))
    here = Caret("talks", "t", post_id="p")
    assert caret_to_show(talks, written, here) == Caret("write_up", "u", offset=3, post_id="p")
    there = Caret("write_up", "u", offset=1, post_id="p")
    assert caret_to_show(talks, written, there) == there
    linked = replace(talks, talks=(Talk("t", url="https://example.org/"), Talk("u")))
    assert caret_to_show(talks, linked, here) == here
