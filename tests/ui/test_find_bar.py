"""Finding in the talk: marks as the words are typed, from hit to hit by key, and back where one was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktopnotes.model.folding import fold
from desktopnotes.model.notebook import Kind
from desktopnotes.model.search import Query, read_query
from desktopnotes.ui.colours import DARK, LIGHT, Palette, contrast
from desktopnotes.ui.find_bar import FindBar
from desktopnotes.ui.find_filters import FilterButton
from desktopnotes.ui.finding import as_typed
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

TEXTS = ("The mesh works", "A café 😀 layer", "mesh and MESH\nagain meshes", "nothing here", "A last mesh")


def bar(desk: Desk) -> FindBar:
    return desk.window.parts.finding.bar


def marked(desk: Desk, tag: str = "hit") -> list[str]:
    return [words for text in (desk.window.page.text, desk.window.write_up.text) for words in _in(text, tag)]


def _in(text, tag: str) -> list[str]:  # type: ignore[no-untyped-def]
    ranges = [str(place) for place in text.tag_ranges(tag)]
    return [text.get(first, last) for first, last in zip(ranges[::2], ranges[1::2], strict=True)]


def until_marked(desk: Desk, *words: str, tag: str = "hit") -> None:
    desk.until(lambda: marked(desk, tag) == list(words), f"{tag}: {words}")


def find(desk: Desk, words: str) -> None:
    desk.press("ctrl+f")
    desk.until(lambda: desk.window.focus() is bar(desk).entry, "the bar has the keyboard")
    desk.type(words)


def count(desk: Desk) -> str:
    return str(bar(desk).count.cget("text"))


def test_all_hits_are_marked_as_the_words_are_typed(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS, write_up="Of the mesh."))
    find(desk, "mes")
    until_marked(desk, "mes", "mes", "MES", "mes", "mes", "mes")
    desk.type("h")
    until_marked(desk, "mesh", "mesh", "MESH", "mesh", "mesh", "mesh")
    desk.press("ctrl+a")
    desk.type("CAFE lay")
    until_marked(desk, "café", "lay")
    assert count(desk) == "1 of 2"
    desk.type("x")
    until_marked(desk)
    assert count(desk) == "no hits"
    assert desk.texts == list(TEXTS)


def test_keys_go_from_hit_to_hit_and_round(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS, write_up="Of the mesh."))
    desk.window.put_caret(replace(desk.window.caret(), note_id="note3", offset=2))
    find(desk, "mesh")
    desk.until(lambda: count(desk) == "3 of 6", "the first hit is that behind the caret")
    until_marked(desk, "MESH", tag="hit now")
    desk.press("Return")
    desk.until(lambda: count(desk) == "4 of 6", "Enter goes on")
    desk.press("F3", "Down")
    desk.until(lambda: count(desk) == "6 of 6", "F3 and ↓ as well")
    assert _in(desk.window.write_up.text, "hit now") == ["mesh"]
    desk.press("F3")
    desk.until(lambda: count(desk) == "1 of 6", "round")
    assert "on at the first" in desk.window.status.message
    desk.press("shift+F3")
    desk.until(lambda: count(desk) == "6 of 6", "and back")
    desk.press("shift+Return")
    desk.until(lambda: count(desk) == "5 of 6", "Shift+Enter goes back")
    desk.press("Escape")
    desk.until(lambda: not bar(desk).is_open, "the bar is closed")
    assert (desk.window.caret().note_id, desk.window.caret().offset) == ("note5", 7)
    assert marked(desk) == marked(desk, "hit now") == []


def test_escape_gives_the_caret_back_where_it_was(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS))
    desk.window.put_caret(replace(desk.window.caret(), note_id="note4", offset=3))
    find(desk, "works")
    until_marked(desk, "works", tag="hit now")
    desk.press("Escape")
    desk.until(lambda: not bar(desk).is_open, "the bar is closed")
    caret = desk.window.caret()
    assert (caret.place, caret.note_id, caret.offset) == ("notes", "note4", 3)
    desk.type("!")
    assert desk.texts[3] == "not!hing here"


def test_f3_goes_on_in_the_text_where_the_caret_is(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS))
    find(desk, "mesh")
    desk.press("Return", "Escape")
    desk.until(lambda: not bar(desk).is_open, "the bar is closed")
    desk.press("F3")
    desk.until(lambda: bar(desk).is_open, "the bar is there again")
    desk.until(lambda: desk.window.caret().note_id == "note3", "the caret is at the next hit")
    assert desk.window.focus() is desk.window.page.text
    offset = desk.window.caret().offset
    desk.press("F3")
    desk.until(lambda: desk.window.caret().offset > offset, "and at the one after")
    desk.press("Escape")
    desk.until(lambda: not bar(desk).is_open, "Esc in the page closes it, too")
    assert desk.window.focus() is desk.window.page.text


def test_editing_keeps_the_marks_right(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("one mesh", "two mesh"))
    find(desk, "mesh")
    until_marked(desk, "mesh", "mesh")
    desk.window.put_caret(replace(desk.window.caret(), place="notes", note_id="note2", offset=7))
    desk.type("x")
    until_marked(desk, "mesh")
    desk.press("BackSpace", "Home")
    desk.type("mesh ")
    until_marked(desk, "mesh", "mesh", "mesh")
    desk.press("ctrl+z")
    until_marked(desk, "mesh", "mesh")
    desk.press("End", "Return")
    desk.type("A mesh")
    until_marked(desk, "mesh", "mesh", "mesh")


def test_a_filter_narrows_the_hits_and_dims_the_rest(open_desk: Callable[..., Desk]) -> None:
    talk = talk_with(*TEXTS)
    notes = (replace(talk.notes[0], kind=Kind.QUESTION), *talk.notes[1:])
    desk = open_desk(replace(talk, notes=notes))
    find(desk, "kind:question")
    desk.until(lambda: count(desk) == "1 of 1", "the question is found")
    assert marked(desk, "dimmed") == list(TEXTS[1:])
    desk.type(" mesh")
    until_marked(desk, "mesh")
    filters = bar(desk).panes[3]
    assert isinstance(filters, FilterButton)
    filters.fill()
    filters.menu.invoke("Questions")
    assert bar(desk).words.get() == "mesh"
    desk.until(lambda: count(desk) == "1 of 5", "all kinds again")
    assert marked(desk, "dimmed") == []


def test_a_filter_typed_in_capitals_goes_off_in_the_menu(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("one #go", "two"))
    find(desk, "#Go")
    until_marked(desk, "#go")
    filters = bar(desk).panes[3]
    assert isinstance(filters, FilterButton)
    filters.fill()
    filters.menu.invoke("#go")
    assert bar(desk).words.get() == ""


def test_a_selection_with_quotes_in_it_is_found_as_it_stands(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with('He said "no mesh" then', "no mesh", "then he said"))
    page = desk.window.page.text
    page.focus_force()
    desk.press("ctrl+Home", "shift+End", "ctrl+f")
    until_marked(desk, 'He said "no mesh" then')
    assert count(desk) == "1 of 1"


@given(
    st.text(st.sampled_from('ab "“”„#:éß'), min_size=1).map(str.strip), st.sampled_from(("", "kind:", "#"))
)
def test_what_is_selected_is_looked_for_as_it_stands(chosen: str, before: str) -> None:
    words = before + chosen
    assume(fold(words).strip() not in ("", "#"))
    assert read_query(as_typed(words)) == Query((fold(words),))


def test_a_note_found_by_what_stands_beside_it_is_gone_to(open_desk: Callable[..., Desk]) -> None:
    talk = talk_with(*TEXTS)
    notes = (*talk.notes[:4], replace(talk.notes[4], caption="What was said"))
    desk = open_desk(replace(talk, notes=notes))
    find(desk, "said")
    until_marked(desk, "A last mesh", tag="hit now")
    assert count(desk) == "1 of 1"


def test_many_notes_are_marked_where_one_scrolls_to(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*(f"note {i} is long\nand has lines" for i in range(1500))))
    find(desk, "lines")
    desk.until(lambda: count(desk) == "1 of 1,500 notes", "all notes are counted")
    assert 5 < len(marked(desk)) < 60
    desk.press("Up")
    desk.until(lambda: marked(desk, "hit now") == ["lines"], "the one before is marked")
    before = marked(desk)
    desk.window.page.text.yview_moveto(0.5)
    desk.until(lambda: marked(desk, "hit now") == [] and len(marked(desk)) > 5, f"other ones: {before}")


@pytest.mark.parametrize("hostile", ["a" * 10_000, " " * 10_000, "(?P<", "\\", "[", "\0", "kind:", "#", '"'])
def test_hostile_words_do_no_harm(open_desk: Callable[..., Desk], hostile: str) -> None:
    desk = open_desk(talk_with(*TEXTS))
    find(desk, "mesh")
    bar(desk).words.set(hostile)
    desk.until(lambda: count(desk) in ("", "no hits"), "nothing is found")
    desk.press("F3", "Return", "Escape")
    desk.until(lambda: not bar(desk).is_open, "the bar is closed")
    assert desk.texts == list(TEXTS)


@pytest.mark.parametrize("place", ["ctrl+r", "ctrl+shift+r"], ids=["in place", "beneath"])
def test_with_the_transcript_it_stands_over_the_notes(open_desk: Callable[..., Desk], place: str) -> None:
    desk = open_desk(talk_with(*TEXTS))
    page, side = desk.window.page, desk.window.side
    desk.press(place)
    desk.until(lambda: side.pane and side.pane.winfo_viewable(), "the transcript")
    find(desk, "mesh")
    desk.until(lambda: count(desk) == "1 of 5", "the hits")
    desk.until(lambda: page.winfo_viewable(), "the notes are seen")
    assert bar(desk).winfo_rooty() + bar(desk).winfo_height() <= page.winfo_rooty()
    desk.press("Return", "Escape", "F3")
    desk.until(lambda: desk.window.caret().note_id == "note3", "F3 goes on from there")
    desk.press("F11")
    assert not bar(desk).is_open, "full screen has no bar"
    desk.press("F3")
    desk.until(lambda: bar(desk).is_open and bar(desk).winfo_viewable(), "F3 leaves full screen")
    assert not desk.window.full_screen.is_on
    desk.until(
        lambda: bar(desk).winfo_rooty() + bar(desk).winfo_height() <= page.winfo_rooty(), "over the notes"
    )
    desk.press("Escape", "F11", "ctrl+f")
    desk.until(lambda: desk.window.focus() is bar(desk).entry, "so does Ctrl+F")
    desk.until(
        lambda: bar(desk).winfo_rooty() + bar(desk).winfo_height() <= page.winfo_rooty(), "over the notes"
    )


def test_no_hit_is_gone_to_that_nobody_sees(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS))
    page, side = desk.window.page, desk.window.side
    find(desk, "mesh")
    desk.until(lambda: count(desk) == "1 of 5", "the hits")
    desk.press("Return", "ctrl+r")
    desk.until(lambda: side.pane and desk.window.focus() is side.pane.text, "the transcript")
    assert not bar(desk).is_open, "what it finds is hidden now"
    desk.press("F3")
    desk.until(lambda: page.winfo_viewable() and bar(desk).winfo_viewable(), "the notes are seen again")
    desk.until(lambda: desk.window.caret().note_id == "note3", "the next hit")
    assert desk.window.focus() is page.text, "and not in a transcript that is hidden"
    desk.window.show("notes pane")
    desk.until(lambda: not page.winfo_viewable(), "the pane is hidden")
    desk.press("F3")
    desk.until(lambda: page.winfo_viewable(), "it is seen again")
    desk.press("Escape", "ctrl+r")
    desk.until(lambda: desk.window.focus() is side.pane.text, "the transcript again")  # type: ignore[union-attr]
    desk.press("ctrl+f", "Escape")
    desk.until(lambda: desk.window.focus() is page.text, "Esc never leads into a hidden text")


def test_the_keyboard_never_stays_in_a_bar_that_full_screen_closed(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS))
    find(desk, "mesh")
    desk.press("F11")
    desk.until(lambda: desk.window.full_screen.is_on, "full screen")
    desk.press("F11")
    desk.until(lambda: not desk.window.full_screen.is_on, "the window again")
    desk.until(lambda: desk.window.focus() is desk.window.page.text, "the page has the keyboard")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_marked_words_can_be_read(palette: Palette) -> None:
    assert contrast(palette.text, palette.hit) >= 4.5
    assert contrast(palette.hit_now_text, palette.hit_now) >= 4.5
    assert contrast(palette.hit_now, palette.page) >= 1.8
    assert contrast(palette.hit, palette.hit_now) >= 1.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_how_it_looks(open_desk: Callable[..., Desk], screen: str, theme: str) -> None:
    desk = open_desk(talk_with(*TEXTS, write_up="Of the mesh, and of layers."))
    desk.session.set(theme=theme)
    find(desk, "mesh")
    desk.press("Return")
    desk.until(lambda: len(marked(desk)) == 6, "all are marked")
    shot(desk, screen, f"find-bar-{theme}")
