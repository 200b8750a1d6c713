"""Undo and redo in the real window: the caret, the scrolled text and the saved mark; and random walks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from desktopnotes.actions import arranging, clipboard, edit, formatting, notes, stamping
from desktopnotes.model.history import Caret
from desktopnotes.model.writing import Writing
from desktopnotes.ui import rows
from desktopnotes.ui.guarded_text import GuardedText
from tests.ui.conftest import TALK, Desk, talk_with

OpenDesk = Callable[..., Desk]


def test_undo_and_redo_find_the_caret_and_the_scrolled_page_again(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with(*(f"note number {i}" for i in range(200))))
    page = desk.window.page
    desk.press("ctrl+Home", *["Next"] * 3, "End", "ctrl+Left")
    before, scrolled = desk.window.caret_before(), page.text.scrolled
    desk.press("ctrl+b")
    desk.press("ctrl+Home")
    assert page.text.scrolled != scrolled
    desk.press("ctrl+z")
    assert desk.window.caret_before() == before
    desk.press("ctrl+y")
    assert "**" in desk.texts[[note.id for note in desk.notes].index(before.note_id)]
    assert page.caret.note_id == before.note_id


def test_undo_of_typing_puts_the_caret_before_the_first_letter(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.press("ctrl+Home", "Right")
    desk.type("abc")
    desk.press("ctrl+z")
    assert (desk.texts[0], desk.window.page.caret.offset) == ("ten", 1)
    desk.press("ctrl+y")
    assert (desk.texts[0], desk.window.page.caret.offset) == ("tabcen", 4)


def test_undo_of_a_new_note_puts_the_caret_into_its_empty_row(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "thirty"))
    desk.stand_at(15_000)
    desk.press("ctrl+Home", "Return")
    desk.type("x")
    desk.press("ctrl+z")
    assert desk.window.page.blank_after == "note1"
    desk.type("y")
    assert desk.texts == ["ten", "y", "thirty"]


def test_what_undo_left_out_of_its_place_takes_it_when_the_caret_leaves(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty", "thirty"))
    desk.stand_at(15_000)
    desk.press("ctrl+End")
    desk.type("hello")
    desk.session.history.end_step()  # as a second's pause does
    desk.type(" world")
    desk.press("ctrl+z")
    assert desk.texts == ["ten", "twenty", "thirty", "hello"]
    desk.press("ctrl+Home")
    assert desk.texts == ["ten", "hello", "twenty", "thirty"]
    desk.press("ctrl+y")
    assert "hello world" in desk.texts


def test_undo_in_the_write_up_puts_the_caret_back(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", write_up="one two"))
    desk.press("F4", "ctrl+Home", "Right", "ctrl+b", "ctrl+End", "F4", "ctrl+z")
    assert desk.session.talk is not None
    assert desk.session.talk.write_up == "one two"
    assert (desk.window.caret().place, desk.window.caret().offset) == ("write_up", 1)


def test_the_menu_says_what_would_be_undone(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press("ctrl+Home", "ctrl+b")
    desk.window.menus.fill("edit")
    assert desk.window.menus.menus["edit"].entrycget(0, "label") == "Undo Bold"
    desk.press("ctrl+z")
    desk.window.menus.fill("edit")
    assert desk.window.menus.menus["edit"].entrycget(1, "label") == "Redo Bold"


def test_saved_is_said_only_of_what_is_on_the_disk(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    status = desk.window.status
    for keys in (["ctrl+Home", "x"], ["ctrl+z"]):
        desk.press(*keys)
        desk.until(lambda: not status.saved.startswith("Saved"), "what is not saved is said")
        desk.press("ctrl+s")
        desk.until(lambda: status.saved.startswith("Saved"), "it is saved")
        assert desk.session.saver.all_is_saved


# --- random walks ------------------------------------------------------------------------------------

TEXTS = st.sampled_from(
    ["a", " ", "\n", "😀", "*", "`x`", "**b**", "#tag", "0:15 timed\nmore", "> said", "two\nlines"]
)
MOVES = st.tuples(st.integers(0, 12), st.integers(0, 12))
STAYS = st.none() | MOVES
"""Often something is done where the caret is already."""

DEEDS = st.one_of(
    st.tuples(st.sampled_from(["insert", "insert later", "put in"]), STAYS, TEXTS),
    st.tuples(st.just("delete"), MOVES, MOVES),
    st.tuples(st.sampled_from(["bold", "italic", "code", "link", "cut", "paste", "copy"]), MOVES, MOVES),
    st.tuples(st.sampled_from(["enter", "break", "stamp", "split", "join", "delete note"]), STAYS, st.none()),
    st.tuples(st.sampled_from(["undo", "redo"]), st.none(), st.none()),
)


def place(text: GuardedText, move: tuple[int, int]) -> str:
    last = int(str(text.index("end-1c")).split(".")[0])
    return str(text.index(f"{1 + move[0] % last}.0 + {move[1]} chars"))  # never in the midst of an emoji


def do(desk: Desk, deed: tuple[str, tuple[int, int] | None, Any]) -> None:
    name, where, what = deed
    session, page = desk.session, desk.window.page
    text = page.text
    text.tag_remove("sel", "1.0", "end")
    if where:
        text.mark_set("insert", place(text, where))
    if where and isinstance(what, tuple):
        ends = sorted((place(text, where), place(text, what)), key=lambda at: [int(n) for n in at.split(".")])
        text.tag_add("sel", *ends)
    jobs: dict[str, Callable[[], object]] = {
        "insert": lambda: text.insert("insert", what),
        "insert later": lambda: (session.history.end_step(), text.insert("insert", what)),
        "delete": lambda: text.tag_ranges("sel") and text.delete("sel.first", "sel.last"),
        "put in": lambda: text.put_in(what),
        "bold": lambda: formatting.bold(session),
        "italic": lambda: formatting.italic(session),
        "code": lambda: formatting.code(session),
        "link": lambda: formatting.link(session),
        "cut": lambda: clipboard.cut(session),
        "copy": lambda: clipboard.copy(session),
        "paste": lambda: clipboard.paste(session),
        "enter": page.edits.enter,
        "break": page.edits.break_line,
        "stamp": lambda: notes.stamp(session),
        "join": lambda: arranging.join(session),
        "split": lambda: arranging.split(session),
        "delete note": lambda: arranging.delete(session),
        "undo": lambda: edit.undo(session),
        "redo": lambda: edit.redo(session),
    }
    jobs[name]()
    desk.root.update_idletasks()


def check_drawn(desk: Desk) -> None:
    """The page says what the model says, and looks as if it was drawn afresh."""
    page = desk.window.page
    assert [row for row in page.rows if row] == list(desk.notes)
    assert desk.shown == "\n".join(rows.text_of(row) for row in page.rows)
    names = [name for name in page.text.tag_names() if name not in ("sel", "lit")]

    def tags() -> dict[str, list[str]]:
        return {name: [str(at) for at in page.text.tag_ranges(name)] for name in names}

    seen, caret = tags(), page.text.index("insert")
    page.text.raw("delete", "1.0", "end")
    page._insert(1, page.rows[:-1])
    page._tag_last_row()
    page.text.raw("mark", "set", "insert", caret)
    assert seen == tags()


def check_ended(desk: Desk) -> None:
    """Nothing is written, so no note is out of its place, and none without words and moment is there."""
    stamps = [note.at_ms for note in desk.notes if note.at_ms is not None]
    assert stamps == sorted(stamps)
    assert not [note for note in desk.notes if note.is_empty and note.at_ms is None]


def test_any_walk_is_undone_to_the_start_and_done_again_to_the_end(open_desk: OpenDesk) -> None:
    talk = talk_with("one **two**", "three\nfour", "", "five 😀 `six` #seven")
    desk = open_desk(replace(talk, notes=(*talk.notes, replace(talk.notes[0], id="about", at_ms=None))))
    session = desk.session
    desk.stand_at(25_000)
    start = session.notebook

    @seed(13)
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(DEEDS, min_size=1, max_size=12))
    def walk(deeds: list[tuple[str, tuple[int, int] | None, Any]]) -> None:
        session.history.__init__(start)  # type: ignore[misc]
        session.writing = Writing()
        desk.window.page.show_talk()
        for deed in deeds:
            do(desk, deed)
            check_drawn(desk)
        notes.end(session)
        check_ended(desk)
        while session.history.redo_label:
            session.redo()
        end = session.notebook
        while session.history.undo_label:
            session.undo()
        assert session.notebook.talks[0].notes == start.talks[0].notes
        check_drawn(desk)
        while session.history.redo_label:
            session.redo()
        assert session.notebook == end
        check_drawn(desk)

    walk()


def test_undo_shows_what_was_changed_while_the_caret_was_elsewhere(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two", "three"))
    desk.stand_at(60_000)
    desk.press("ctrl+Home", "F2")
    desk.type("0:25")
    desk.press("Return", "ctrl+r")
    assert desk.texts == ["two", "one", "three"]
    assert desk.window.caret().place == "video"
    desk.press("ctrl+z")
    assert desk.window.page.text.winfo_viewable()
    assert desk.window.caret() == Caret("notes", TALK, "note1", 3)
    desk.press("ctrl+r", "ctrl+shift+z")
    assert (desk.window.caret().place, desk.window.caret().note_id) == ("notes", "note1")
    desk.window.gate.run(stamping.drag, desk.session, "note3", 70_000)
    desk.press("ctrl+z")
    assert desk.window.caret().note_id == "note3"
