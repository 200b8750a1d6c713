"""The transcript by real keys and clicks: it follows, goes to what was said and quotes it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Kind, Note
from desktopnotes.storage import state_file
from desktopnotes.ui.guarded_text import columns
from desktopnotes.ui.transcript_pane import TranscriptPane
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_captions import VTT
from tests.ui.test_looks import shot
from tests.ui.test_preferences import opened as opened_preferences

OpenDesk = Callable[..., Desk]


@pytest.fixture
def captioned(open_desk: OpenDesk, tmp_path: Path) -> OpenDesk:
    """Opens the program on talks whose recording has captions beside it."""
    (tmp_path / "talk.vtt").write_text(VTT, encoding="utf-8")
    return open_desk


def captions_of(texts: list[str], each_s: int = 4) -> str:
    def at(second: int) -> str:
        return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000"

    cues = (f"{at(i * each_s)} --> {at((i + 1) * each_s)}\n{text}\n" for i, text in enumerate(texts))
    return "WEBVTT\n\n" + "\n".join(cues)


def opened(desk: Desk, *, words: str = "", keys: tuple[str, ...] = ("ctrl+r",)) -> TranscriptPane:
    """Presses the keys that show the transcript, and waits until it stands there."""
    desk.press(*keys)
    desk.until(lambda: desk.window.side.pane, "the transcript's page")
    pane = desk.window.side.pane
    assert pane is not None
    desk.until(lambda: shown(pane) and words in shown(pane) and pane.text.winfo_viewable(), "the words")
    return pane


def shown(pane: TranscriptPane) -> str:
    return pane.text.get("1.0", "end-1c")


def place_of(pane: TranscriptPane, words: str, *, behind: bool = False) -> tuple[int, int]:
    """Where words stand on the page, in px: the middle of their first letter, or of their last."""
    before = shown(pane).split(words)[0].split("\n")
    column = columns(before[-1]) + (columns(words) - 1 if behind else 0)
    box = pane.text.bbox(f"{len(before)}.{column}")
    assert box is not None, f"{words} are not on screen"
    return box[0] + box[2] // 2, box[1] + box[3] // 2


def quotes(desk: Desk) -> list[tuple[str, int | None, int | None]]:
    return [(note.text, note.at_ms, note.end_ms) for note in desk.notes if note.kind == Kind.QUOTE]


def drag(desk: Desk, pane: TranscriptPane, first: str, last: str) -> None:
    """Selects by the pointer, from the first letter of `first` to the last one of `last`."""
    text = pane.text
    places = [place_of(pane, first), place_of(pane, last, behind=True)]
    (x1, y1), (x2, y2) = [(text.winfo_rootx() + x, text.winfo_rooty() + y) for x, y in places]
    steps = [
        "mousemove",
        x1 - 2,
        y1,
        "mousedown",
        1,
        "mousemove",
        (x1 + x2) // 2,
        y2,
        "mousemove",
        x2 + 1,
        y2,
    ]
    sender = subprocess.Popen(["xdotool", *map(str, steps), "mouseup", "1"])
    desk.until(lambda: sender.poll() is not None, "the drag")
    desk.until(lambda: text.tag_ranges("sel"), "the selection")


def test_ctrl_r_shows_it_in_place_of_the_notes_and_hides_it_again(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    assert shown(pane) == "One is said here. Two runs over a second cue."
    assert not desk.window.page.winfo_viewable()
    assert desk.window.focus() is pane.text
    desk.press("ctrl+r")
    desk.until(lambda: desk.window.page.winfo_viewable(), "the notes are back")
    assert not pane.winfo_viewable()
    desk.type("a note")
    assert "a note" in desk.texts


def test_beneath_the_notes_the_caret_stays_in_them(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk, keys=("ctrl+shift+r",))
    page = desk.window.page
    desk.until(lambda: page.winfo_viewable() and page.winfo_height() > 200, "both")
    desk.until(lambda: pane.winfo_height() > 200, "the transcript has room")
    assert page.winfo_rooty() + page.winfo_height() <= pane.winfo_rooty()
    desk.type("a note")
    assert "a note" in desk.texts
    desk.press("ctrl+r")
    desk.until(lambda: not pane.winfo_viewable(), "it is hidden")
    desk.press("ctrl+r")
    desk.until(lambda: pane.winfo_viewable() and page.winfo_viewable(), "both again")
    desk.press("ctrl+shift+r")
    desk.until(lambda: not page.winfo_viewable() and pane.winfo_viewable(), "in place of them")


def test_it_is_found_again_at_the_next_start(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    opened(desk, keys=("ctrl+shift+r",))
    desk.close()
    left = state_file.read().window
    assert (left.panes["transcript"], left.panes["transcript beneath"]) == (True, True)
    again = captioned()
    pane = again.window.side.pane
    assert pane is not None
    again.until(lambda: "Two runs over" in shown(pane), "the words")
    again.until(lambda: again.window.page.winfo_viewable() and pane.winfo_viewable(), "both")


def test_f4_goes_between_it_and_the_write_up(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.press("F4")
    assert desk.window.focus() is desk.window.write_up.text
    desk.press("F4")
    assert desk.window.focus() is pane.text
    assert pane.winfo_viewable()


def test_letters_and_deleting_change_nothing(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    before = shown(pane)
    desk.type("abc q")
    desk.press("BackSpace", "Delete", "ctrl+v", "ctrl+x", "Tab", "shift+Tab")
    desk.press("ctrl+a", "x", "BackSpace", "ctrl+x")
    assert shown(pane) == before
    assert desk.texts == ["ten"]
    assert desk.session.player.state is PlayerState.PAUSED


def test_a_letter_does_not_scroll_back_to_the_caret(open_desk: OpenDesk, tmp_path: Path) -> None:
    a_long_talk(tmp_path)
    desk = open_desk(talk_with("ten"))
    pane = opened(desk, words="number 599")
    pane.text.yview("40.0")
    top = pane.text.index("@0,0")
    desk.press("x", "space", "BackSpace")
    assert pane.text.index("@0,0") == top


def test_copied_is_what_is_selected(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.press("ctrl+Home", "ctrl+shift+End", "ctrl+c")
    assert desk.root.clipboard_get() == shown(pane)


def test_a_click_shows_the_very_caption(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    for words, at_ms in (("second", 5000), ("here", 1000), ("Two", 3000), ("over", 3000)):
        desk.click(pane.text, *place_of(pane, words))
        desk.until(lambda at_ms=at_ms: desk.at_ms == at_ms, f"the caption of {words}")
    desk.click(pane.text, 60, pane.text.winfo_height() - 20)
    assert desk.at_ms == 3000


def test_ctrl_enter_shows_the_caption_at_the_caret(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.press("ctrl+Home", "ctrl+Return")
    desk.until(lambda: desk.at_ms == 1000, "the first caption")
    desk.press("ctrl+End", "ctrl+Return")
    desk.until(lambda: desk.at_ms == 5000, "the last one")
    assert desk.window.focus() is pane.text


def test_a_selection_becomes_a_quote_with_its_time(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.stand_at(9000)
    drag(desk, pane, "uns", "secon")
    assert desk.at_ms == 9000
    desk.press("ctrl+u")
    desk.until(lambda: quotes(desk), "the quote")
    ((text, at_ms, end_ms),) = quotes(desk)
    assert text == "runs over a second"
    assert at_ms == 3000 + 1900 * 4 // 13
    assert end_ms == 5000 + 1900 * 8 // 13
    assert desk.window.focus() is pane.text
    assert not pane.text.tag_ranges("sel")
    assert [note.caption for note in desk.notes] == ["runs over a second", ""]
    assert "Quoted from 00:03" in desk.window.status.message
    assert desk.session.history.undo_label == "Quote What Was Said"
    desk.press("ctrl+z")
    assert quotes(desk) == []


def test_enter_quotes_the_sentence_at_the_caret_once(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    opened(desk)
    desk.press("ctrl+End", "Return")
    desk.until(lambda: quotes(desk), "the quote")
    assert quotes(desk) == [("Two runs over a second cue.", 3000, 6900)]
    desk.press("Return")
    assert len(quotes(desk)) == 1
    assert "quote already" in desk.window.status.message
    (way, _close) = [
        one for one in desk.window.status._offers.winfo_children() if one.winfo_class() == "TButton"
    ]
    way.invoke()
    desk.until(lambda: desk.window.focus() is desk.window.page.text, "the note")
    desk.type(" Indeed.")
    assert quotes(desk)[0][0] == "Two runs over a second cue. Indeed."


def test_the_button_at_a_selection_quotes_it_and_the_words_are_marked(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    x, y = place_of(pane, "said")
    desk.click(pane.text, x, y, times=2)
    assert pane.text.get("sel.first", "sel.last") == "said"
    button = pane._quote
    desk.until(lambda: button.winfo_viewable(), "the button")
    desk.click(button, button.winfo_width() // 2, button.winfo_height() // 2)
    desk.until(lambda: quotes(desk), "the quote")
    assert quotes(desk)[0][0] == "said"
    desk.until(lambda: not button.winfo_viewable(), "the button is gone")
    desk.until(lambda: pane.text.tag_ranges("quoted"), "the mark of what is quoted")
    assert pane.text.get(*pane.text.tag_ranges("quoted")) == "said"


def test_three_clicks_select_the_sentence(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.click(pane.text, *place_of(pane, "second"), times=3)
    assert pane.text.get("sel.first", "sel.last") == "Two runs over a second cue."


def test_while_nobody_chose_the_key_takes_what_was_just_said(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.stand_at(8000)
    desk.until(lambda: pane.lit == "Two runs over a second cue.", "the light")
    desk.press("ctrl+u", "ctrl+u")
    desk.until(lambda: quotes(desk), "the quote")
    assert [text for text, _, _ in quotes(desk)] == ["One is said here. Two runs over a second cue."]


def a_long_talk(tmp_path: Path, count: int = 600) -> None:
    texts = [f"Sentence number {i} says what is said here, and not more than that." for i in range(count)]
    (tmp_path / "talk.vtt").write_text(captions_of(texts, each_s=1), encoding="utf-8")


def stamps(pane: TranscriptPane) -> list[tuple[str, float]]:
    """The times in the gutter from the top, with their height on the page."""
    items = sorted(pane.gutter.find_withtag("stamp"), key=lambda item: pane.gutter.coords(item)[1])
    return [(pane.gutter.itemcget(item, "text"), pane.gutter.coords(item)[1]) for item in items]


def test_times_stand_at_paragraphs_and_at_the_top_of_the_page(open_desk: OpenDesk, tmp_path: Path) -> None:
    a_long_talk(tmp_path)
    desk = open_desk(talk_with("ten"))
    pane = opened(desk, words="number 599")
    desk.until(lambda: stamps(pane), "the times")
    assert [words for words, _ in stamps(pane)][:3] == ["00:00", "00:07", "00:14"]
    pane.text.yview("10.0")
    desk.until(lambda: stamps(pane)[0][0] == "01:03", "the tenth paragraph")
    pane.text.yview_scroll(2, "units")
    desk.until(lambda: "01:03" < stamps(pane)[0][0] < "01:10", "a time within the paragraph")
    assert stamps(pane)[1][0] == "01:10"
    first, second = stamps(pane)[0][1], stamps(pane)[1][1]
    desk.click(pane.gutter, 20, round(second) + 6)
    desk.until(lambda: desk.at_ms == 70_000, "the moment of the paragraph")
    assert 0 <= first < second


def is_seen(pane: TranscriptPane, words: str) -> bool:
    before = shown(pane).split(words)[0].split("\n")
    return pane.text.bbox(f"{len(before)}.{columns(before[-1])}") is not None


def test_it_follows_the_talk_until_the_user_scrolls(open_desk: OpenDesk, tmp_path: Path) -> None:
    a_long_talk(tmp_path)
    desk = open_desk(talk_with("ten"))
    pane = opened(desk, words="number 599")
    desk.play_from(300_000, for_ms=200)
    desk.until(lambda: pane.lit.startswith("Sentence number 300 "), "the light")
    assert is_seen(pane, "Sentence number 300 ")
    desk.press("Next")
    desk.stand_at(100_000)
    desk.until(lambda: pane.lit.startswith("Sentence number 100 "), "the light goes on")
    assert not is_seen(pane, "Sentence number 100 ")
    pane._touched_s = time.monotonic() - 6
    desk.stand_at(101_000)
    desk.until(lambda: is_seen(pane, "Sentence number 101 "), "it follows again")


def test_other_captions_keep_the_place(open_desk: OpenDesk, tmp_path: Path) -> None:
    a_long_talk(tmp_path)
    texts = [f"Satz Nummer {i} sagt, was hier gesagt wird." for i in range(600)]
    (tmp_path / "other.vtt").write_text(captions_of(texts, each_s=1), encoding="utf-8")
    desk = open_desk(talk_with("ten"))
    pane = opened(desk, words="number 599")
    pane.go_to(400_000)
    pane._touched_s = float("-inf")
    desk.until(lambda: is_seen(pane, "Sentence number 400 "), "the place")
    talk = desk.session.talk
    assert talk is not None
    desk.window.ask_files = lambda *_: (tmp_path / "other.vtt",)  # type: ignore[method-assign]
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "captions…", "Return"))
    desk.until(lambda: "Nummer 599" in shown(pane), "the other captions")
    assert is_seen(pane, "Nummer 400 ")
    desk.until(lambda: desk.root.focus_displayof() is pane.text, "the keyboard is back")
    desk.press("ctrl+z")
    desk.until(lambda: "number 599" in shown(pane), "those from before")
    assert is_seen(pane, "Sentence number 400 ")


def test_another_language_holds_for_the_open_talk_at_once(open_desk: OpenDesk, tmp_path: Path) -> None:
    for language, words in (("en", "One is said here."), ("de", "Einer spricht hier.")):
        (tmp_path / f"talk.{language}.vtt").write_text(captions_of([words]), encoding="utf-8")
    desk = open_desk(talk_with("ten"))
    desk.session.set(language="en")
    pane = opened(desk, words="One is said")
    preferences = opened_preferences(desk, "Web")
    preferences.fields["language"].widget.focus_force()
    desk.press("ctrl+a")
    desk.type("de")
    desk.press("Return")
    desk.until(lambda: shown(pane) == "Einer spricht hier.", "the words in that language")
    desk.press("Escape")
    desk.until(lambda: desk.window.focus() is pane.text, "the keyboard is back")
    desk.press("ctrl+Home", "ctrl+u")
    desk.until(
        lambda: [text for text, _, _ in quotes(desk)] == ["Einer spricht hier."], "and so is the quote"
    )


def test_without_captions_it_says_how_to_get_them(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    (tmp_path / "mine.vtt").write_text(VTT, encoding="utf-8")
    (tmp_path / "talk.mp4").unlink()
    desk.press("ctrl+r")
    desk.until(lambda: desk.window.side.pane and "no captions" in desk.window.side.pane.said, "the sentence")
    pane = desk.window.side.pane
    assert pane is not None
    desk.until(lambda: "alternate" in desk.window.side.to_transcript.state(), "the switch is grey")
    desk.press("Return", "ctrl+Return", "ctrl+u")
    assert quotes(desk) == []
    desk.window.ask_files = lambda *_: (tmp_path / "mine.vtt",)  # type: ignore[method-assign]
    desk.press("Tab")
    assert desk.window.focus() is pane.choose
    desk.press("space")
    desk.until(lambda: shown(pane).startswith("One is said"), "the words")
    assert not pane.said


def test_without_a_talk_it_says_so_and_nothing_of_a_recording(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.window.talks.tree.focus_set()
    desk.press("Delete")
    desk.until(lambda: desk.session.talk is None, "the talk is removed")
    desk.until(lambda: "No talk is open" in pane.said, "the sentence")
    desk.until(lambda: desk.session.spoken.is_without, "all is looked for")
    desk.until(lambda: "alternate" in desk.window.side.to_transcript.state(), "and drawn")
    assert "No talk is open" in pane.said
    assert not pane.choose.winfo_viewable()
    assert desk.window.side._about_transcript() == "No talk is open."
    desk.press("ctrl+z")
    desk.until(lambda: shown(pane).startswith("One is said"), "the talk and what is said in it")
    desk.until(lambda: not pane.said, "no more")


def test_a_command_for_the_notes_brings_them_back(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    pane = opened(desk)
    desk.stand_at(20_000)
    desk.press("ctrl+t")
    desk.until(lambda: desk.window.page.winfo_viewable(), "the notes")
    assert not pane.winfo_viewable()
    desk.type("now")
    assert ("now", 20_000) in [(note.text, note.at_ms) for note in desk.notes]


def test_the_switch_works_by_keyboard_and_pointer(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    side = desk.window.side
    for _ in range(30):  # round the window, until it is there
        if desk.window.focus() is side.to_transcript:
            break
        desk.press("Tab")
    desk.press("Return")
    desk.until(lambda: side.pane and side.pane.text.winfo_viewable(), "the transcript")
    assert "selected" in side.to_transcript.state()
    assert "selected" not in side.to_notes.state()
    desk.click(side.to_notes, 10, 10)
    desk.until(lambda: desk.window.page.winfo_viewable(), "the notes")
    assert "selected" in side.to_notes.state()


def test_the_heading_goes_where_a_language_of_longer_words_leaves_no_room_for_it(captioned: OpenDesk) -> None:
    desk = captioned()
    side = desk.window.side
    desk.until(side._title.winfo_ismapped, "the heading")
    for _more in range(100):
        side.to_transcript.configure(text=f"{side.to_transcript.cget('text')}s")
        desk.root.update()
        for tab in (side.to_notes, side.to_transcript):
            assert tab.winfo_width() >= tab.winfo_reqwidth()
        if not side._title.winfo_ismapped():
            break
    assert not side._title.winfo_ismapped()
    side.to_transcript.configure(text="Said")
    desk.until(side._title.winfo_ismapped, "the heading again")


def test_in_full_screen_nothing_of_it_shows(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    for keys in (("ctrl+r",), ("ctrl+shift+r",)):
        pane = opened(desk, keys=keys)
        desk.press("F11")
        desk.until(lambda: desk.window.video.black.winfo_width() > 1400, "the video fills the screen")
        assert not pane.winfo_viewable()
        assert not desk.window.side.to_notes.winfo_viewable()
        desk.type("in full screen")
        assert "in full screen" in desk.texts
        desk.press("Return", "F11")
        desk.until(pane.winfo_viewable, "the transcript is back")


def test_hostile_captions_do_no_harm(open_desk: OpenDesk, tmp_path: Path) -> None:
    texts = [
        "x" * 300_000,
        "word " * 60_000,
        "😀 שלום עולם ٣ ẑ́̂ 漢字 \u202e\u2066",
        "\ufeff\u2028|\x0b|\x07|\t|",
        "Last one.",
    ]
    body = captions_of(texts) + (
        "\n00:10.000 --> 00:10.000\nNo length.\n\n00:03.000 --> 00:01.000\nBackwards.\n"
        "\n00:00.500 --> 09:00.000\nOverlaps all.\n"
    )
    (tmp_path / "talk.vtt").write_text(body, encoding="utf-8")
    desk = open_desk(talk_with("ten"))
    pane = opened(desk, words="Last one.")
    for at_ms in (0, 5000, 9000, 17_000):
        desk.stand_at(at_ms)
        desk.until(lambda at_ms=at_ms: pane._lit >= 0 or at_ms == 0, "the light")
    desk.press("ctrl+End")
    desk.until(lambda: is_seen(pane, "Last one."), "the end of the page")
    desk.click(pane.text, *place_of(pane, "Last one."))
    desk.until(lambda: desk.at_ms == 16_000, "the last caption")
    desk.press("ctrl+a", "Return")
    desk.until(lambda: "too long" in desk.window.status.message, "the sentence")
    desk.press("ctrl+Home", "Down", "Down", "Return")
    assert len(quotes(desk)) == 1


def test_another_talk_has_its_own(captioned: OpenDesk) -> None:
    other = talk_with("b", id="talk2", file="other.mp4", notes=(Note("b1", 1000, text="b"),))
    desk = captioned(talk_with("ten"), other)
    pane = opened(desk)
    desk.press("ctrl+Next")
    desk.until(lambda: pane.said, "it says that there are none")
    assert shown(pane) == ""
    desk.press("ctrl+Prior")
    desk.until(lambda: "Two runs" in shown(pane), "its own words again")
    assert not pane.said


def marks(desk: Desk) -> list[str]:
    """The notes that are marked as quotes of other words."""
    gutter = desk.window.page.gutter
    return [gutter._places[item].text for item in gutter.find_withtag("differs")]


def test_captions_of_sounds_alone_are_no_transcript(captioned: OpenDesk, tmp_path: Path) -> None:
    (tmp_path / "song.mp4").write_bytes(b"the fake player does not mind")
    (tmp_path / "song.vtt").write_text(captions_of(["[Music]", "[Applause]"]), encoding="utf-8")
    desk = captioned(talk_with("ten"), talk_with("one", id="talk2", file="song.mp4"))
    pane = opened(desk)
    desk.press("ctrl+Next")
    desk.until(lambda: "no captions" in pane.said, "the sentence")
    desk.press("ctrl+u")
    desk.until(lambda: "has no captions" in desk.window.status.message, "the same for who quotes")
    desk.press("ctrl+Prior")
    desk.until(lambda: shown(pane).startswith("One is said"), "the words of the talk before")
    assert desk.window.gate.bugs == []


def test_a_quote_of_other_words_is_marked_and_its_mark_says_what_was_said(captioned: OpenDesk) -> None:
    right = Note("note1", 1000, kind=Kind.QUOTE, text="One is SAID, here")
    wrong = Note("note2", 3000, kind=Kind.QUOTE, text="Two runs over a third cue")
    thought = Note("note3", 4000, text="Nobody said this")
    desk = captioned(talk_with("", notes=(right, wrong, thought)))
    desk.until(lambda: marks(desk), "the mark")
    assert marks(desk) == ["Two runs over a third cue"]
    gutter = desk.window.page.gutter
    x1, y1, x2, y2 = gutter.bbox("differs")
    x, y = gutter.winfo_rootx() + (x1 + x2) // 2, gutter.winfo_rooty() + (y1 + y2) // 2
    subprocess.run(["xdotool", "mousemove", str(x - 60), str(y), "mousemove", str(x), str(y)], check=True)
    tip = desk.window.side.marks._tip
    desk.until(lambda: "Two runs over a second cue." in tip.text, "what the captions say")
    desk.click(gutter, (x1 + x2) // 2, (y1 + y2) // 2)
    desk.until(
        lambda: desk.window.side.pane and desk.window.side.pane.text.winfo_viewable(), "the transcript"
    )
    pane = desk.window.side.pane
    assert pane is not None
    chosen = pane.chosen()
    assert chosen is not None
    assert chosen.said.text == "Two runs over a second cue."


def test_a_mark_goes_when_the_words_are_right_and_comes_with_the_wrong_ones(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("", notes=(Note("note1", 1000, kind=Kind.QUOTE, text="One is said here"),)))
    desk.press("Up", "End")
    desk.type(" and there")
    desk.until(lambda: marks(desk) == ["One is said here and there"], "the mark")
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "show in transcript", "Return"))
    desk.until(lambda: "captions say: “One is said here." in desk.window.status.message, "the sentence")
    desk.until(lambda: desk.root.focus_displayof() is not None, "the keyboard is back")
    desk.press("ctrl+r", "End", *["BackSpace"] * len(" and there"))
    desk.until(lambda: not marks(desk), "no mark")
    assert desk.texts == ["One is said here"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_follows_a_real_recording_and_goes_to_the_very_caption(
    open_real: OpenDesk, screen: str, theme: str
) -> None:
    desk = open_real()
    desk.session.set(theme=theme)
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "the sample plays by itself")
    desk.press("ctrl+Next")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "the second talk")
    pane = opened(desk, words="a rewind key.")
    desk.press("Escape")
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "it plays")
    first = pane.lit
    desk.until(lambda: pane.lit and pane.lit != first, "the light follows the talk")
    spoken = desk.session.spoken.transcript
    assert spoken is not None
    cue = next(cue for cue in spoken.cues if cue.text == "Mark those places, and do not stop.")
    desk.click(pane.text, *place_of(pane, "Mark those"))
    desk.until(lambda: cue.start_ms <= desk.at_ms < cue.start_ms + 1500, "the very caption")
    desk.until(lambda: pane.lit == cue.text, "its light")
    drag(desk, pane, "jump", "normal speed")
    desk.press("Return")
    desk.until(lambda: any(text.startswith("jump from") for text, _, _ in quotes(desk)), "the quote")
    (at_ms,) = [at_ms for text, at_ms, _ in quotes(desk) if text == "jump from mark to mark, at normal speed"]
    assert at_ms is not None
    assert 22_160 + 1000 < at_ms < 22_160 + 2000
    shot(desk, screen, f"transcript-{theme}")
    drag(desk, pane, "rewind", "listen twice")
    desk.press("ctrl+shift+r")
    desk.until(lambda: desk.window.page.winfo_viewable(), "both")
    desk.press("Escape")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "Esc pauses")
    shot(desk, screen, f"transcript-beneath-{theme}")
