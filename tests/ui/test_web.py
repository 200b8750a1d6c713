"""Talks from the web in the real window: pasted, asked for, dropped, given up; and lists with ticks."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from desktopnotes import commands
from desktopnotes.media.fake_player import FakePlayer
from desktopnotes.media.player import PlayerState
from desktopnotes.media.web_page import Entry, Listing
from desktopnotes.model.errors import UserError
from desktopnotes.ui.playlist_window import TITLE, ListWindow
from desktopnotes.ui.ticked_rows import TickedRows
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]

TALK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
LIST = "https://www.youtube.com/playlist?list=PLx"
CHANNEL = "https://www.youtube.com/@NDC"


def entries(count: int) -> list[Entry]:
    return [Entry(f"https://a.org/{i}", f"Talk number {i}", 60_000) for i in range(1, count + 1)]


def copy(desk: Desk, text: str) -> None:
    desk.root.clipboard_clear()
    desk.root.clipboard_append(text)


def urls(desk: Desk) -> list[str]:
    return [talk.url for talk in desk.session.notebook.talks[1:]]


def says(desk: Desk) -> str:
    return desk.window.status.message


def the_list(desk: Desk) -> ListWindow:
    desk.until(lambda: desk.dialog(TITLE), "the window of the list")
    window = desk.dialog(TITLE)
    assert isinstance(window, ListWindow)
    desk.until(lambda: desk.root.focus_get() is window.rows.tree, "its rows have the keyboard")
    return window


def open_list(desk: Desk, address: str = LIST) -> ListWindow:
    copy(desk, address)
    desk.window.video.black.focus_force()
    desk.press("ctrl+v")
    return the_list(desk)


def tags(window: ListWindow) -> list[str]:
    tree = window.rows.tree
    return [str(tree.item(row, "tags")[0]) for row in tree.get_children()]


# --- adding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["video", "time line", "talks"])
def test_an_address_pasted_outside_text_is_a_talk_at_once(open_desk: OpenDesk, place: str) -> None:
    desk = open_desk(talk_with("ten"))
    copy(desk, f"Look: {TALK}")
    window = desk.window
    widgets = {"video": window.video.black, "time line": window.timeline, "talks": window.talks.tree}
    widgets[place].focus_force()
    desk.press("ctrl+v")
    assert urls(desk) == [TALK]
    assert desk.session.talk is not None
    assert desk.session.talk.url == TALK
    desk.until(lambda: desk.player.state is PlayerState.PLAYING, "it plays")
    assert desk.web.begun == [TALK]


def test_an_address_pasted_into_text_stays_text(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    copy(desk, TALK)
    desk.press("ctrl+Home", "End", "ctrl+v")
    assert desk.texts == [f"ten{TALK}"]
    desk.window.talks.search.focus_force()
    desk.press("ctrl+v")
    assert desk.window.talks.search.get() == TALK
    assert urls(desk) == []


def test_the_menus_paste_goes_where_the_focus_is(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    paste = commands.by_id("edit.paste")
    copy(desk, TALK)
    desk.press("ctrl+Home", "End")
    desk.window.run(paste)
    assert desk.texts == [f"ten{TALK}"]
    desk.window.talks.tree.focus_force()
    desk.root.update()
    desk.window.run(paste)
    assert urls(desk) == [TALK]


def test_an_address_on_the_command_line_joins_what_was_open_last(open_desk: OpenDesk) -> None:
    first = open_desk(talk_with("ten"))
    first.close()
    for address in (TALK, "https://youtu.be/dQw4w9WgXcQ"):
        desk = Desk(address)
        assert desk.session.path == first.session.path
        assert urls(desk) == [TALK]
        assert desk.session.talk is not None
        assert desk.session.talk.url == TALK
        desk.end()


def test_what_is_no_address_gets_a_sentence(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    for text in ("Some words", "javascript:alert(1)", f"https://a.org/{'a' * 100_000}"):
        copy(desk, text)
        desk.window.video.black.focus_force()
        desk.press("ctrl+v")
        desk.until(lambda: "Nothing was added." in says(desk), "a sentence")
        desk.window.tell("")
    desk.root.clipboard_clear()
    desk.press("ctrl+v")
    desk.until(lambda: "no text on the clipboard" in says(desk), "a sentence")
    assert urls(desk) == []


def test_adding_from_the_web_asks_with_the_address_on_the_clipboard(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    copy(desk, TALK)
    desk.in_dialogs("ctrl+shift+o", ("Add from the Web", "", "Return"))
    assert urls(desk) == [TALK]
    desk.in_dialogs("ctrl+shift+o", ("Add from the Web", "https://youtu.be/dQw4w9WgXcQ", "Return"))
    assert urls(desk) == [TALK]
    desk.until(lambda: "already" in says(desk), "it is said")


def test_the_button_of_the_talks_offers_each_way_to_add(open_desk: OpenDesk, screen: str) -> None:
    desk = open_desk(talk_with("ten"))
    copy(desk, TALK)
    button = desk.window.talks._add
    ways = desk.window.talks.ways_to_add
    steps = (
        f"xdotool mousemove {button.winfo_rootx() + 20} {button.winfo_rooty() + 10} click 1",
        "until xdotool search --onlyvisible --class Menu >/dev/null 2>&1; do sleep 0.02; done",
        "xdotool key Down Return",
        'until [ "$(xdotool getactivewindow getwindowname 2>&1)" = "Add from the Web" ]; do sleep 0.02; done',
        "xdotool key Return",
    )
    assert [ways.entrycget(i, "label") for i in range(3)] == [
        "Add from the Web…",
        "Add Files…",
        "Add Folder…",
    ]
    sender = subprocess.Popen(["timeout", "10", "sh", "-ec", "\n".join(steps)])
    desk.until(lambda: sender.poll() is not None, "the keys are pressed")
    assert sender.returncode == 0
    desk.until(lambda: urls(desk) == [TALK], "the address is added")


def test_a_wrong_address_can_be_put_right(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    name = "Add from the Web"
    desk.in_dialogs("ctrl+shift+o", (name, "ftp://a.org/x", "Return"), (name, TALK, "Return"))
    assert urls(desk) == [TALK]


def test_esc_gives_up_a_page_and_the_talk_stays(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(talk_with("ten"))
    monkeypatch.setattr(FakePlayer, "_begun", lambda *_: None)  # the page does not answer
    copy(desk, TALK)
    desk.window.video.black.focus_force()
    desk.press("ctrl+v")
    assert desk.player.state is PlayerState.OPENING
    desk.press("Escape")
    assert desk.player.state is PlayerState.NOTHING
    assert desk.web.forgotten == [TALK]
    assert urls(desk) == [TALK]
    assert "You stopped this page" in desk.window.video.words
    desk.press("Escape")
    assert desk.web.forgotten == [TALK]


def test_esc_asks_no_page_that_was_never_played(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", url=TALK, file=""))
    assert desk.player.state is PlayerState.NOTHING
    for widget in (desk.window.page.text, desk.window.video.black):
        widget.focus_force()
        desk.press("Escape")
        assert desk.player.state is PlayerState.NOTHING
    assert desk.window.status.message.startswith("Ctrl+Space plays this talk from the web")
    desk.press("ctrl+space")
    assert desk.player.state is not PlayerState.NOTHING
    desk.until(lambda: desk.player.state is PlayerState.PLAYING, "it plays")
    desk.press("Escape")
    assert desk.player.state is PlayerState.PAUSED, "from then on Esc plays and pauses"


# --- lists -------------------------------------------------------------------------------------------


def test_a_list_is_chosen_from_by_keys(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.lists[LIST] = entries(5)
    window = open_list(desk)
    desk.until(lambda: tags(window) == ["ticked"] * 5, "all are ticked")
    assert "5 of 5 ticked, 0:05:00" in window.counted.cget("text")
    desk.press("space", "Down", "Down", "space")
    assert tags(window) == ["free", "ticked", "free", "ticked", "ticked"]
    assert window.take_button.cget("text") == "Add 3 Talks"
    desk.press("Return")
    desk.until(lambda: urls(desk), "they are added")
    assert urls(desk) == ["https://a.org/2", "https://a.org/4", "https://a.org/5"]
    assert desk.session.talk is not None
    assert desk.session.talk.url == "https://a.org/2"
    assert not desk.dialog(TITLE)
    desk.until(lambda: desk.root.focus_get() is desk.window.page.text, "the page has the keyboard")
    desk.press("ctrl+z")
    assert urls(desk) == []


def test_a_list_is_chosen_from_by_clicks(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.lists[CHANNEL] = entries(5)
    window = open_list(desk, CHANNEL)
    desk.until(lambda: tags(window) == ["free"] * 5, "none of a channel is ticked")
    tree = window.rows.tree
    x, y, _, height = tree.bbox("1")
    desk.click(tree, x + 30, y + height // 2)
    assert tags(window) == ["free", "ticked", "free", "free", "free"]
    desk.click(tree, x + 200, y + height // 2)
    assert tags(window) == ["free"] * 5
    desk.press("Return")
    assert "Tick what you want" in window.counted.cget("text")
    desk.press("ctrl+a", "ctrl+Return")
    desk.until(lambda: len(urls(desk)) == 5, "all are added")


def test_esc_adds_nothing_and_the_reading_ends(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    go_on, ended, read_on = threading.Event(), threading.Event(), threading.Event()

    def pieces() -> Iterator[Sequence[Entry]]:
        try:
            yield entries(1)
            go_on.wait(10)
            yield entries(2)
            read_on.set()
        finally:
            ended.set()

    desk.web.pieces[LIST] = pieces()
    before = desk.session.notebook
    window = open_list(desk)
    desk.until(lambda: tags(window) == ["ticked"], "the first one")
    assert window.said.cget("text") == "Reading the list… 1 so far"
    desk.press("Escape")
    assert not desk.dialog(TITLE)
    assert desk.session.notebook is before
    del desk.web.pieces[LIST]
    go_on.set()
    desk.until(ended.is_set, "the reading ends")
    assert not read_on.is_set()


def test_what_is_typed_is_looked_for_and_ticks_stay(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.lists[LIST] = entries(120)
    window = open_list(desk)
    desk.until(lambda: len(tags(window)) == 120, "all are there")
    desk.type("number 11")
    desk.until(lambda: len(tags(window)) == 11, "11 and 110 to 119")
    assert "109 of them not shown now" in window.counted.cget("text")
    desk.press("Down", "space")
    assert tags(window)[0] == "free"
    desk.press("Up", "ctrl+a", "BackSpace")
    desk.until(lambda: len(tags(window)) == 120, "all are shown again")
    assert tags(window).count("ticked") == 119
    assert tags(window)[10] == "free"


def test_what_is_in_the_notebook_takes_no_tick(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", url="http://www.a.org/2?utm_source=x"))
    desk.web.lists[LIST] = entries(3)
    window = open_list(desk)
    desk.until(lambda: tags(window) == ["ticked", "there", "ticked"], "the second is there")
    assert window.rows.tree.item("1", "values")[1] == "in the notebook"
    desk.press("Down", "space", "ctrl+a")
    assert tags(window) == ["ticked", "there", "ticked"]
    desk.press("Return")
    desk.until(lambda: urls(desk) == ["https://a.org/1", "https://a.org/3"], "the others are added")


def test_a_list_that_breaks_off_says_so_and_keeps_what_came(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.pieces[LIST] = [entries(2), UserError("The connection was lost.", "Try again later.")]
    window = open_list(desk)
    desk.until(lambda: "connection was lost" in window.said.cget("text"), "it is said")
    assert "can be added: 2 talks" in window.said.cget("text")
    desk.press("Return")
    desk.until(lambda: len(urls(desk)) == 2, "what came is added")


def test_the_title_of_a_list_comes_with_what_is_in_it(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.lists[LIST] = [Entry("https://a.org/1", "One", list_title="A Conference")]
    window = open_list(desk)
    desk.until(lambda: window.heading.cget("text") == "A Conference", "its title")


def test_an_empty_list_says_so(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    window = open_list(desk)
    desk.until(lambda: "nothing in this list" in window.said.cget("text"), "it is said")
    assert "disabled" in window.take_button.state()


def test_a_talk_that_turns_out_to_be_a_list(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    before = desk.session.notebook.talks
    address = "https://conference.example/2017"
    desk.web.lists[address] = entries(2)
    copy(desk, address)
    desk.window.video.black.focus_force()
    desk.press("ctrl+v")
    assert urls(desk) == [address]
    desk.web.say(Listing(address, "A Conference"))
    window = the_list(desk)
    assert desk.session.notebook.talks == before
    assert desk.session.talk_id == before[0].id
    assert window.heading.cget("text") == "A Conference"
    desk.web.say(Listing(address, "A Conference 2017"))
    desk.until(lambda: window.heading.cget("text") == "A Conference 2017", "its title is known now")
    desk.press("Return")
    desk.until(lambda: len(urls(desk)) == 2, "its talks are added")


def test_two_lists_come_one_after_the_other(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.lists[LIST], desk.web.lists[CHANNEL] = entries(1), entries(3)
    window = open_list(desk, f"{LIST}\n{CHANNEL}")
    assert window.address == LIST
    desk.press("Escape")
    desk.until(lambda: desk.dialog(TITLE) not in (None, window), "the second list")
    assert the_list(desk).address == CHANNEL
    desk.press("Escape")
    assert not desk.dialog(TITLE)


HOSTILE = [
    "a\nb\x00c\x1b[0m",
    "<b>x</b>&amp;",
    "../../x",
    "W" * 10_000,
    "\u202eevil\u2066",
    "{$x} [exit] \\",
    "",
]


def test_hostile_titles_change_nothing_of_the_layout(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.lists[LIST] = [Entry(f"https://a.org/{i}", title) for i, title in enumerate(HOSTILE)]
    window = open_list(desk)
    desk.until(lambda: len(tags(window)) == len(HOSTILE), "all are there")
    width, height = window.winfo_reqwidth(), window.winfo_reqheight()
    window.name("W" * 10_000 + "\n" * 50)
    desk.root.update()
    assert window.winfo_reqwidth() == width
    assert window.winfo_reqheight() < height + 200
    desk.press("Return")
    desk.until(lambda: len(urls(desk)) == len(HOSTILE), "all are added")
    assert all("\n" not in talk.title for talk in desk.session.notebook.talks)


def test_2000_recordings_come_bit_by_bit(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(talk_with("ten"))
    desk.web.lists[LIST] = entries(2000)
    seen: list[int] = []
    put_in = TickedRows._put_in

    def counted(rows: TickedRows) -> None:
        put_in(rows)
        seen.append(len(rows.choices))

    monkeypatch.setattr(TickedRows, "_put_in", counted)
    window = open_list(desk)
    desk.until(lambda: len(tags_of(window)) == 2000, "all are there")
    assert len(seen) > 2, "the window works between the pieces"
    desk.type("number 1999")
    desk.until(lambda: len(tags_of(window)) == 1, "the one is found")
    desk.press("Down", "space", "ctrl+a", "Return")
    desk.until(lambda: len(urls(desk)) == 2000, "all are added")


def tags_of(window: ListWindow) -> Sequence[str]:
    return window.rows.tree.get_children()
