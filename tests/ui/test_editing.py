"""The page and the write-up edit as a good editor does: real keys, a real clipboard, a real mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Kind
from desktopnotes.ui.shown_text import LINE_LIMIT, shown
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def copied(desk: Desk) -> str:
    return desk.window.copied()


def put_on_clipboard(desk: Desk, text: str) -> None:
    desk.root.clipboard_clear()
    desk.root.clipboard_append(text)


Write = Callable[[str], tuple[Desk, Callable[[], str]]]


@pytest.fixture(params=["notes", "write-up"])
def write(request: pytest.FixtureRequest, open_desk: OpenDesk) -> Write:
    """Opens a desk with the caret at the end of a text, in the page or in the write-up; and what it says."""

    def opened(text: str) -> tuple[Desk, Callable[[], str]]:
        if request.param == "notes":
            desk = open_desk(talk_with(text))
            desk.press("ctrl+Home", "ctrl+End", "Left")
            return desk, lambda: desk.texts[0]
        desk = open_desk(talk_with("a note", write_up=text))
        desk.press("F4", "ctrl+End")
        return desk, lambda: desk.session.talk.write_up  # type: ignore[union-attr]

    return opened


# --- keys that every editor has ----------------------------------------------------------------------


KEYS = [
    (["ctrl+BackSpace"], "one two "),
    (["ctrl+BackSpace", "ctrl+BackSpace"], "one "),
    (["Home", "ctrl+Delete"], " two three"),
    (["ctrl+shift+Left", "BackSpace"], "one two "),
    (["Home", "ctrl+Right", "x"], "onex two three"),
    (["ctrl+Left", "x"], "one two xthree"),
    (["Home", "shift+End", "x"], "x"),
    (["Home", "shift+Right", "shift+Right", "Right", "x"], "onxe two three"),
    (["shift+Left", "shift+Left", "Left", "x"], "one two thrxee"),
    (["ctrl+a", "x"], "x"),
    (["ctrl+p", "ctrl+slash", "alt+b", "Insert", "x"], "one two threex"),
    (["Home", "shift+ctrl+Right", "ctrl+x", "End", "space", "ctrl+v"], " two three one"),
    (["Home", "shift+ctrl+Right", "ctrl+c", "ctrl+shift+Right", "ctrl+v"], "one three"),
    (["Home", "shift+ctrl+Right", "ctrl+Insert", "End", "shift+Insert"], "one two threeone"),
    (["ctrl+b"], "one two **three**"),
    (["ctrl+b", "ctrl+b"], "one two three"),
    (["ctrl+i"], "one two *three*"),
    (["ctrl+shift+m"], "one two `three`"),
    (["Home", "shift+End", "ctrl+b", "ctrl+i"], "***one two three***"),
    (["Home", "shift+End", "ctrl+b", "ctrl+i", "ctrl+b", "ctrl+i"], "one two three"),
]


def test_keys_do_what_they_do_elsewhere(write: Write) -> None:
    words = "one two three"
    desk, said = write(words)
    for keys, text in KEYS:
        desk.press(*keys)
        assert said() == text, keys
        while said() != words:
            desk.press("ctrl+z")
        desk.press("ctrl+Home", "End")


def test_an_address_pasted_over_words_makes_them_a_link(
    write: Write,
) -> None:
    desk, said = write("see the docs")
    put_on_clipboard(desk, "https://example.org/a_(b)\n")
    desk.press("ctrl+Left", "shift+End", "ctrl+v")
    assert said() == "see the [docs](https://example.org/a_(b))"
    desk.type("!")
    assert said() == "see the [docs](https://example.org/a_(b))!"
    desk.press("ctrl+z", "ctrl+z")
    assert said() == "see the docs"


def test_ctrl_k_leaves_the_caret_where_the_address_goes(
    write: Write,
) -> None:
    desk, said = write("see docs")
    put_on_clipboard(desk, "no address")
    desk.press("ctrl+k")
    desk.type("https://a.b")
    assert said() == "see [docs](https://a.b)"


def test_emoji_are_deleted_whole(write: Write) -> None:
    desk, said = write("a🎉b🎉")
    desk.press("BackSpace")
    assert said() == "a🎉b"
    desk.press("Home", "Right", "Delete")
    assert said() == "ab"


# --- over several notes ------------------------------------------------------------------------------


def test_ctrl_backspace_at_a_notes_start_joins_and_takes_no_word(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one two", "three"))
    desk.press("ctrl+Home", "ctrl+Down", "Home", "ctrl+BackSpace")
    assert desk.texts == ["one twothree"]


def test_a_triple_click_chooses_a_line_and_what_is_typed_takes_its_place(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one two", "three"))
    x, y, _, height = desk.window.page.text.bbox("1.1")  # type: ignore[misc]
    desk.click(desk.window.page.text, x + 2, y + height // 2, times=3)
    desk.type("new")
    assert desk.texts == ["new", "three"]


def test_bold_over_several_notes_is_one_step_and_stays_selected(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one two", "three", "- four"))
    desk.press("ctrl+Home", "ctrl+Right", "Right", "ctrl+shift+End", "ctrl+b")
    assert desk.texts == ["one **two**", "**three**", "- **four**"]
    assert desk.session.history.undo_label == "Bold"
    desk.press("ctrl+b")
    assert desk.texts == ["one two", "three", "- four"]
    desk.press("ctrl+z", "ctrl+z")
    assert desk.texts == ["one two", "three", "- four"]
    assert desk.session.history.undo_label == ""


def test_whole_notes_are_copied_with_their_stamps_and_come_back_as_notes(open_desk: OpenDesk) -> None:
    first, second = talk_with("one\nmore", "two **b**", "0:07 three"), talk_with("other", id="talk2")
    notes = first.notes
    from dataclasses import replace

    marked = (replace(notes[0], kind=Kind.QUOTE, end_ms=12_345), *notes[1:])
    desk = open_desk(replace(first, notes=marked), second)
    desk.press("ctrl+Home", "ctrl+a", "ctrl+a", "ctrl+c")
    assert copied(desk) == "00:10 - 00:12 > one\nmore\n00:20 two **b**\n00:30 0:07 three"
    desk.press("ctrl+Next", "ctrl+v")
    assert [(n.text, n.at_ms, n.kind, n.end_ms) for n in desk.notes] == [
        ("other", 10_000, "thought", None),
        ("one\nmore", 10_000, "quote", 12_345),
        ("two **b**", 20_000, "thought", None),
        ("0:07 three", 30_000, "thought", None),
    ]
    assert len({note.id for note in desk.notes} | {note.id for note in notes}) == 7
    assert desk.session.history.undo_label == "Paste"
    desk.press("ctrl+z")
    assert desk.texts == ["other"]


def test_what_was_copied_here_is_forgotten_when_another_program_copies(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home", "ctrl+a", "ctrl+a", "ctrl+c")
    put_on_clipboard(desk, "words")
    desk.press("ctrl+End", "ctrl+v")
    assert desk.texts == ["one", "two", "words"]


def test_words_are_copied_as_words_and_without_stamps_by_a_key(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home", "ctrl+a", "ctrl+c")
    assert copied(desk) == "one"
    desk.press("ctrl+a", "ctrl+a", "ctrl+shift+c")
    assert copied(desk) == "one\ntwo"


def test_cut_notes_are_pasted_elsewhere_in_two_steps(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two", "three"))
    desk.press("ctrl+Home", "shift+Down", "shift+Down", "ctrl+x")
    assert desk.texts == ["three"]
    assert desk.session.history.undo_label == "Cut"
    desk.press("ctrl+End", "ctrl+v")
    assert [(note.text, note.at_ms) for note in desk.notes] == [
        ("one", 10_000),
        ("two", 20_000),
        ("three", 30_000),
    ]
    desk.press("ctrl+z", "ctrl+z")
    assert desk.texts == ["one", "two", "three"]


def test_one_whole_note_is_cut_and_pasted_with_its_stamp_and_kind(open_desk: OpenDesk) -> None:
    talk = talk_with("one", "two", "three")
    quote = replace(talk.notes[0], kind=Kind.QUOTE)
    desk = open_desk(replace(talk, notes=(quote, *talk.notes[1:])))
    desk.stand_at(50_000)
    desk.press("ctrl+Home", "ctrl+a", "ctrl+x")
    assert desk.texts == ["two", "three"]
    assert copied(desk) == "one"
    desk.press("ctrl+End", "ctrl+v")
    assert [(note.text, note.at_ms, note.kind) for note in desk.notes] == [
        ("one", 10_000, Kind.QUOTE),
        ("two", 20_000, Kind.THOUGHT),
        ("three", 30_000, Kind.THOUGHT),
    ]
    assert desk.notes[0].id != quote.id


@pytest.mark.parametrize(
    ("keys", "texts"),
    [
        (("ctrl+Home", "Down", "End", "space"), ["one", "two one", "three"]),
        (("ctrl+Home", "Down", "ctrl+a"), ["one", "one", "three"]),
        (("ctrl+Home", "Down", "End", "shift+Down", "shift+Down"), ["one", "twoone"]),
        (("ctrl+a", "ctrl+a"), ["one"]),
    ],
    ids=["at its end", "in its place", "over parts of two", "in place of all"],
)
def test_inside_of_a_note_one_that_was_copied_is_words(
    keys: tuple[str, ...], texts: list[str], open_desk: OpenDesk
) -> None:
    desk = open_desk(talk_with("one", "two", "three"))
    desk.press("ctrl+Home", "ctrl+a", "ctrl+c", *keys, "ctrl+v")
    assert desk.texts == texts
    assert desk.notes[-1].at_ms == len(texts) * 10_000


@pytest.mark.parametrize("key", ["BackSpace", "Delete"])
def test_a_sign_of_several_characters_is_deleted_whole(write: Write, key: str) -> None:
    family = "👩‍👩‍👧"
    desk, said = write(f"{family}two{family}")
    desk.press(*(["Home", "Delete"] if key == "Delete" else ["End", "BackSpace"]))
    left = f"two{family}" if key == "Delete" else f"{family}two"
    assert said() == left
    desk.press("ctrl+z")
    assert said() == f"{family}two{family}"


# --- hostile input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["notes", "write-up"])
@pytest.mark.parametrize("kind", ["lines", "one line", "marks", "timed"])
def test_a_megabyte_is_pasted_whole(open_desk: OpenDesk, place: str, kind: str) -> None:
    line = {
        "lines": "words of a line\n",
        "one line": "word ",
        "marks": "**a `b ",
        "timed": f"0:05 {'five ' * 100}\n",
    }[kind]
    text = (line * (1_000_000 // len(line))).rstrip("\n")
    desk = open_desk(talk_with())
    if place == "write-up":
        desk.press("F4")
    put_on_clipboard(desk, text)
    began = time.monotonic()
    desk.press("ctrl+v")
    took_s = time.monotonic() - began
    print(f"{place} {kind}: {took_s:.2f} s")
    talk = desk.session.talk
    assert talk is not None
    if place == "write-up":
        assert talk.write_up == shown(text).text
    elif kind == "timed":
        assert len(talk.notes) == text.count("\n") + 1
    else:
        assert talk.notes[0].text == text
    began = time.monotonic()
    desk.press("x")
    print(f"   a key then: {time.monotonic() - began:.2f} s")
    desk.press("ctrl+z", "ctrl+z")
    assert desk.session.notebook.talks[0].notes == ()


def test_nul_stays_in_a_text_that_has_one(write: Write) -> None:
    desk, said = write("a\0b")
    desk.press("End")
    desk.type("cd")
    assert said() == "a\0bcd"


def test_nul_and_other_control_characters_do_no_harm(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.window.page.text.insert("insert", "a\0b\x01\x7f\u2028c\u202e")
    assert desk.texts == ["a\u2400b\x01\x7f\u2028c\u202e"]


@pytest.mark.parametrize(
    ("keys", "label"),
    [
        (["ctrl+a", "ctrl+x"], "Cut"),
        (["ctrl+a", "BackSpace"], "Delete Note"),
        (["BackSpace"] * 6, "Delete Note"),
        (["ctrl+Home", "ctrl+a", "ctrl+a", "ctrl+c", "ctrl+Home", "Next", "ctrl+a", "ctrl+v"], "Paste"),
    ],
)
def test_a_note_that_is_emptied_goes_in_one_step(open_desk: OpenDesk, keys: list[str], label: str) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.press("ctrl+Home", "Down", "End")
    desk.press(*keys)
    desk.root.update()
    assert "twenty" not in desk.texts or label == "Paste"
    assert "" not in desk.texts
    assert desk.session.history.undo_label == label
    desk.press("ctrl+z")
    assert (desk.texts, desk.session.history.undo_label) == (["ten", "twenty"], "")
    desk.press("ctrl+y")
    assert "" not in desk.texts


def test_enter_changes_no_note_that_nobody_wrote_in(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("https://example.org", "twenty"))
    before = desk.notes
    desk.press("ctrl+Home", "Return")
    assert desk.window.page.blank_after == "note1"
    assert (desk.notes, desk.session.history.undo_label) == (before, "")


def test_the_talk_waits_until_the_second_half_of_a_note_is_left(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.session.set(pause_while_writing=True)
    desk.play_from(60_000, for_ms=5_000)
    desk.press("ctrl+End")
    desk.type("one two")
    desk.press("ctrl+Left", "ctrl+shift+s")
    assert desk.texts[2:] == ["one ", "two"]
    assert desk.player.state is PlayerState.PAUSED
    desk.press("ctrl+Home")
    assert desk.player.state is PlayerState.PLAYING


@pytest.mark.parametrize("letters", ["word " * 200_000, "x" * 1_000_000])
def test_a_line_of_a_megabyte_opens_and_changes_only_where_one_types(
    open_desk: OpenDesk, letters: str
) -> None:
    desk = open_desk(talk_with(f"{letters}end", "two", write_up=f"{letters}end"))
    assert desk.texts == [f"{letters}end", "two"]
    assert max(map(len, desk.shown.split("\n"))) <= LINE_LIMIT
    desk.window.page.put_caret("note1", len(letters) + 3)
    desk.press("a", "BackSpace", "b")
    assert desk.texts == [f"{letters}endb", "two"]
    assert desk.window.page.caret.offset == len(letters) + 4
