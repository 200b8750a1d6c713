"""The preview in a window of its own: what it shows, how it changes, follows, and where a click leads."""

from __future__ import annotations

import subprocess
import time
import tkinter
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from desktopnotes.actions.previewing import Previewed
from desktopnotes.model import talk_edits
from desktopnotes.model.notebook import Note, Post, Talk
from desktopnotes.storage import paths
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.preview import Preview
from desktopnotes.ui.preview_lines import LONGEST
from desktopnotes.ui.theme import Theme
from tests.sessions import Room, a_room

LIMIT_S = 10.0

MOST_AT_ONCE = 120
"""Pieces that are put into the text by one call, and that a line of it has."""


class Shown:
    """A preview of a notebook on the screen; `drawn` is what it told of each rendering."""

    def __init__(self, room: Room, root: tkinter.Tk, gate: Gate, theme: Theme) -> None:
        self.room, self.root, self.gate, self.theme = room, root, gate, theme
        self.drawn: list[Previewed] = []
        self.parts: list[str] = []
        self.preview = Preview(root, theme, lambda: room.session, gate)
        self.preview.on_drawn = self.drawn.append
        self.preview.on_part = self.parts.append
        self.preview.pack(fill="both", expand=True)
        self.root.update()
        self.draw()

    @property
    def text(self) -> str:
        return self.preview.text.get("1.0", "end-1c")

    def until(self, seen: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not seen():
            self.room.mailbox.empty()
            self.root.update()
            assert time.monotonic() < deadline, f"not seen: {what}. Shown: {self.text[:500]!r}"
            time.sleep(0.001)
        self.root.update()

    def draw(self) -> None:
        """Lets it render, and waits until all of that is drawn."""
        self.preview.draw_soon()
        self.until(lambda: not self.preview.is_at_work, "it was rendered")
        text = self.preview.text
        self.until(lambda: tuple(text.blocks) == self.preview.previewed.blocks, "it was drawn")

    def place_of(self, words: str) -> tuple[int, int]:
        """Where words stand, in px: the middle of their first letter; they are brought in sight."""
        text = self.preview.text
        index = text.search(words, "1.0")
        assert index, f"{words} are not shown: {self.text[:500]!r}"
        text.see(index)
        self.root.update()
        box = text.bbox(index)
        assert box is not None
        return box[0] + box[2] // 2, box[1] + box[3] // 2

    def click(self, words: str, *how: str) -> None:
        """A real click on these words; `how` in xdotool's words, if it is not a plain one."""
        text = self.preview.text
        seen: list[bool] = []
        text.bind("<ButtonRelease-1>", lambda _: seen.append(True), add=True)
        x, y = self.place_of(words)
        at = [str(text.winfo_rootx() + x), str(text.winfo_rooty() + y)]
        sender = subprocess.Popen(["xdotool", "mousemove", *at, *(how or ("click", "1"))])
        is_click = not how or "click" in how
        self.until(lambda: seen or not is_click, f"the click on {words}")
        assert sender.wait() == 0

    def change(self, **fields: object) -> None:
        """Changes the post as the user would, and draws it."""
        post = replace(self.room.session.notebook.posts[0], **fields)  # type: ignore[arg-type]
        self.room.session.do("Change", talk_edits.set_post(self.room.session.notebook, post))
        self.draw()

    def write_up(self, talk_id: str, text: str) -> None:
        session = self.room.session
        talks = tuple(
            replace(talk, write_up=text) if talk.id == talk_id else talk for talk in session.notebook.talks
        )
        session.do("Change", replace(session.notebook, talks=talks))
        self.draw()


def a_talk(number: int, *texts: str, write_up: str = "") -> Talk:
    notes = tuple(Note(f"n{number}x{i}", at_ms=i * 10_000, text=text) for i, text in enumerate(texts, 1))
    return Talk(
        f"talk{number}", f"Talk {number}", url=f"https://example.org/{number}", notes=notes, write_up=write_up
    )


@pytest.fixture
def show(screen: str, tmp_path: Path) -> Iterator[Callable[..., Shown]]:
    """Shows the post of these talks in a window; fails if an error came up that nobody expected."""
    made: list[Shown] = []

    def show_one(*talks: Talk, **post: object) -> Shown:
        ids = tuple(talk.id for talk in talks)
        of = Post("post1", title="An Event", date="2018-01-12", talks=ids, **post)  # type: ignore[arg-type]
        room = a_room(tmp_path, *talks, posts=(of,), has_files=False)
        root = tkinter.Tk()
        gate = Gate(print)
        root.report_callback_exception = gate.tk
        root.geometry("700x600+0+0")
        made.append(Shown(room, root, gate, Theme(root, "light")))
        return made[-1]

    yield show_one
    for one in made:
        one.room.session.background.close(5)
        one.root.destroy()
        assert one.gate.bugs == []
        assert one.room.errors == []


def test_it_shows_what_the_reader_of_the_post_sees(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(1, "It *works* `now`"), intro="First, [a link](https://x.y).", closing="> the end")
    assert shown.text == (
        "An Event\nJan 12, 2018\n\nFirst, a link.\n\n•\tTalk 1 - It works now.\n\nthe end\n"
    )
    assert shown.drawn[-1].words == 10
    assert shown.drawn[-1].minutes == 1


def test_a_letter_changes_its_own_place_and_nothing_else(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(1, write_up="one two three"), a_talk(2, "other"))
    text = shown.preview.text
    commands: list[tuple[object, ...]] = []
    raw = text.raw

    def spy(*command: object) -> object:
        commands.append(command)
        return raw(*command)

    text.raw = spy  # type: ignore[method-assign]
    shown.write_up("talk1", "one twox three")
    assert "one twox three" in shown.text
    inserted = [command[2] for command in commands if command[0] == "insert"]
    assert inserted == ["x"]
    assert not [command for command in commands if command[0] == "delete"]


def test_what_was_drawn_by_changes_is_as_if_drawn_afresh(show: Callable[..., Shown]) -> None:
    talks = [a_talk(number, f"words of {number}", "more *of* it") for number in range(1, 6)]
    shown = show(*talks)
    for fields in (
        {"intro": "A 🎉 line\n\n- a\n- b\n  - c\n"},
        {"style": "timeline"},
        {"intro": "A 🎉🎉 line\n\n- a\n- b\n  - **c** d\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n"},
        {"talks": ("talk3", "talk1")},
        {"intro": "```\ncode\nmore\n```\n\n---\n\n> q\n"},
        {"style": "list", "intro": ""},
    ):
        shown.change(**fields)
        text = shown.preview.text
        changed = text.dump("1.0", "end-1c", text=True, tag=True)
        wanted = shown.preview.previewed.blocks
        text.show(())
        text.show(wanted)
        shown.until(lambda: tuple(text.blocks) == wanted, "drawn afresh")  # noqa: B023
        assert _letters(changed) == _letters(text.dump("1.0", "end-1c", text=True, tag=True))


def _letters(dump: list[tuple[str, str, str]]) -> list[tuple[str, frozenset[str]]]:
    """Each letter with its tags."""
    tags: set[str] = set()
    found = []
    for key, value, _ in dump:
        if key == "tagon":
            tags.add(value)
        elif key == "tagoff":
            tags.discard(value)
        else:
            found += [(letter, frozenset(tags)) for letter in value]
    return found


def test_nothing_runs_while_it_is_not_on_screen(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(1, "a note"))
    shown.preview.pack_forget()
    shown.root.update()
    count = len(shown.drawn)
    shown.preview.draw_soon()
    shown.root.update()
    assert not shown.preview.is_at_work
    shown.preview.pack(fill="both", expand=True)
    shown.until(lambda: len(shown.drawn) == count + 1, "it was rendered as soon as it was shown")


# --- what the pointer does ------------------------------------------------------------------------------


def test_a_click_opens_a_link_outside_and_the_pointer_tells_where_it_leads(
    show: Callable[..., Shown],
) -> None:
    shown = show(a_talk(1, "a note"), intro="See [the paper](https://example.org/paper), or not.")
    shown.click("the paper")
    shown.until(lambda: shown.room.screen.opened_outside == ["https://example.org/paper"], "it is opened")
    shown.click("the paper", "sleep", "0")
    shown.until(lambda: shown.preview.pointer.tip.text == "https://example.org/paper", "the tip")
    assert str(shown.preview.text.cget("cursor")) == "hand2"
    shown.click("See")
    assert shown.room.screen.opened_outside == ["https://example.org/paper"]
    assert str(shown.preview.text.cget("cursor")) == "xterm"


@pytest.mark.parametrize("with_ctrl", [False, True])
def test_a_double_click_or_one_with_ctrl_leads_to_where_the_words_are_from(
    show: Callable[..., Shown], with_ctrl: bool
) -> None:
    how = ("keydown", "ctrl", "click", "1", "keyup", "ctrl") if with_ctrl else ("click", "--repeat", "2", "1")
    shown = show(a_talk(1, write_up="one\n\nmore of it"), a_talk(2, "other"), intro="Hello", closing="Bye")
    for words, part in (
        ("more", "talk1"),
        ("other", "talk2"),
        ("Hello", "intro"),
        ("Bye", "closing"),
        ("An Event", "title"),
    ):
        shown.parts.clear()
        shown.click(words, *how)
        shown.until(lambda: shown.parts, "it leads there")
        assert shown.parts == [part]


def test_what_is_selected_is_copied_as_plain_words(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(1, "one"), intro="```\na\tb\n```\n\n1. first\n2. second\n")
    text = shown.preview.text
    text.focus_force()
    text.tag_add("sel", "1.0", "end-1c")
    text.event_generate("<<Copy>>")
    assert shown.room.screen.clipboard == (
        "An Event\nJan 12, 2018\n\na\tb\n\n1. first\n2. second\n\n• Talk 1 - one.\n"
    )


def test_nothing_can_be_typed_into_it(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(1, "one"))
    before, text = shown.text, shown.preview.text
    text.focus_force()
    shown.root.update()
    seen: list[bool] = []
    shown.root.bind_all("<KeyRelease-Pause>", lambda _: seen.append(True))
    keys = ["a", "BackSpace", "Delete", "Return", "ctrl+v", "ctrl+d", "Pause"]
    subprocess.run(["xdotool", "key", *keys], check=True)
    shown.until(lambda: seen, "the keys")
    assert shown.text == before


def test_arrows_scroll_as_there_is_no_caret(show: Callable[..., Shown]) -> None:
    shown = show(*long_talks())
    text = shown.preview.text
    text.focus_force()
    shown.until(lambda: shown.root.focus_displayof() is text, "it has the keyboard")
    text.mark_set("insert", "end")
    for keys, is_there in (
        (["Down"], lambda: 0 < text.yview()[0] < 0.1),
        (["Next", "Next"], lambda: text.yview()[0] > 0.1),
        (["Home"], lambda: text.yview()[0] == 0),
        (["End"], lambda: text.yview()[1] == 1),
        (["Up"], lambda: text.yview()[1] < 1),
    ):
        subprocess.run(["xdotool", "key", *keys], check=True)
        shown.until(is_there, f"scrolled by {keys}")


# --- following ------------------------------------------------------------------------------------------


def long_talks() -> list[Talk]:
    return [a_talk(number, write_up=f"words of {number} " * 60) for number in range(1, 21)]


def height_of(shown: Shown, words: str) -> float | None:
    """How far down words stand, as a share of the height; None where they are not visible."""
    text = shown.preview.text
    box = text.dlineinfo(text.search(words, "1.0"))
    return box[1] / text.winfo_height() if box else None


def test_the_part_that_is_edited_comes_to_a_third_from_the_top_and_stays_there(
    show: Callable[..., Shown],
) -> None:
    shown = show(*long_talks())
    assert height_of(shown, "Talk 15") is None
    shown.preview.follow("talk15")
    shown.until(lambda: height_of(shown, "Talk 15") is not None, "it is seen")
    assert height_of(shown, "Talk 15") == pytest.approx(1 / 3, abs=0.06)
    before = shown.preview.text.index("@0,0")
    shown.preview.follow("talk15")
    shown.write_up("talk15", "other words")
    assert shown.preview.text.index("@0,0") == before


def test_what_is_edited_far_within_a_long_part_is_seen_too(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(1, write_up="word " * 1500), a_talk(2, "end"))
    shown.preview.follow("talk1")
    shown.write_up("talk1", "word " * 1490 + "XYZ " + "word " * 10)
    shown.until(lambda: height_of(shown, "XYZ") is not None, "the letters are seen")


def test_what_is_typed_into_the_part_that_is_followed_is_brought_in_sight(show: Callable[..., Shown]) -> None:
    shown = show(*long_talks())
    shown.preview.follow("talk15")
    shown.until(lambda: height_of(shown, "Talk 15") is not None, "it is seen")
    shown.preview.text.yview_moveto(0)
    shown.write_up("talk3", "words elsewhere")
    assert shown.preview.text.index("@0,0") == "1.0"
    shown.write_up("talk15", "other words")
    shown.until(lambda: height_of(shown, "other words") is not None, "it is seen again")


def test_scrolled_by_hand_it_stays_until_the_next_edit(show: Callable[..., Shown]) -> None:
    shown = show(*long_talks())
    shown.preview.follow("talk15")
    shown.until(lambda: height_of(shown, "Talk 15") is not None, "it is seen")
    shown.preview.text.yview_moveto(0)
    shown.draw()
    assert shown.preview.text.index("@0,0") == "1.0"
    shown.preview.follow("talk15")
    shown.write_up("talk15", "other words")
    shown.until(lambda: height_of(shown, "Talk 15") is not None, "it is seen again")


def test_what_changes_above_does_not_move_what_is_read(show: Callable[..., Shown]) -> None:
    shown = show(*long_talks())
    shown.place_of("Talk 15")
    before = height_of(shown, "Talk 15")
    assert before is not None
    for words in ("short", "much longer " * 200, "words"):
        shown.write_up("talk2", words)
        assert height_of(shown, "Talk 15") == before


# --- awkward things -------------------------------------------------------------------------------------


def test_hostile_text_is_shown_as_typed(show: Callable[..., Shown]) -> None:
    shown = show(
        a_talk(1, write_up="x" * 1_000_000),
        a_talk(2, write_up="word " * 100_000),
        a_talk(3, "<script>alert(1)</script> {{ x }}"),
        intro="שלום 🎉🎉 العربية",
        closing="[x](javascript:alert(1)) the end",
    )
    assert "<script>alert(1)</script> {{ x }}" in shown.text
    assert shown.text.count("x") >= 1_000_000
    assert shown.text.count("word") == 100_000
    assert max(map(len, shown.text.split("\n"))) <= LONGEST
    assert "שלום 🎉🎉 العربية" in shown.text
    shown.click("javascript")
    assert shown.room.screen.opened_outside == []


def many_notes(count: int) -> Talk:
    return a_talk(1, *(f"note *{n}* of [it](https://x.y/{n})" for n in range(count)))


def test_a_talk_of_very_many_notes_is_drawn_in_small_slices(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(2, "other"))
    text = shown.preview.text
    inserted: list[tuple[object, ...]] = []
    raw = text.raw

    def spy(*command: object) -> object:
        if command[0] == "insert":
            inserted.append(command[2:])
        return raw(*command)

    text.raw = spy  # type: ignore[method-assign]
    session = shown.room.session
    post = replace(session.notebook.posts[0], talks=("talk1", "talk2"))
    talks = (many_notes(1000), *session.notebook.talks)
    session.do("Change", replace(session.notebook, talks=talks, posts=(post,)))
    shown.draw()
    assert "note 999 of it" in shown.text
    assert max(len(words) // 2 for words in inserted) <= MOST_AT_ONCE
    lines = shown.preview.text.dump("1.0", "end", tag=True)
    toggles = Counter(index.split(".")[0] for _, _, index in lines)
    assert max(toggles.values()) <= 2 * (MOST_AT_ONCE + 2)
    before = _letters(text.dump("1.0", "end-1c", text=True, tag=True))
    wanted = shown.preview.previewed.blocks
    inserted.clear()
    text.show(())
    text.show(wanted)
    text.show(wanted[:2])  # while the long one is drawn
    text.show(wanted)
    shown.until(lambda: tuple(text.blocks) == wanted, "it is drawn all the same")
    assert _letters(text.dump("1.0", "end-1c", text=True, tag=True)) == before
    inserted.clear()
    first = talks[0]
    notes = (replace(first.notes[0], text="a *new* `first` [one](https://x.y/0)"), *first.notes[1:])
    session.do("Change", replace(session.notebook, talks=(replace(first, notes=notes), *talks[1:])))
    shown.draw()
    assert "a new first one" in shown.text
    assert shown.text.count("note ") == 999
    assert max(len(words) // 2 for words in inserted) <= MOST_AT_ONCE
    number = text.block_at(text.search("other", "1.0"))
    assert shown.preview.previewed.parts[number] == "talk2"


@pytest.mark.parametrize("site", ["hugo", "jekyll", "astro", "obsidian"])
def test_a_site_that_shows_title_and_date_itself_is_shown_with_them(
    show: Callable[..., Shown], site: str
) -> None:
    shown = show(a_talk(1, "{{< x >}} and {{ y }}"), site=site, intro="Hello")
    assert shown.text == "An Event\nJan 12, 2018\n\nHello\n\n•\tTalk 1 - {{< x >}} and {{ y }}.\n"
    assert shown.preview.previewed.parts == ("title", "title", "intro", "talk1")
    before = shown.preview.text.dump("1.0", "end-1c", text=True, tag=True)
    shown.change(site="plain")
    assert _letters(shown.preview.text.dump("1.0", "end-1c", text=True, tag=True)) == _letters(before)


def test_an_error_of_a_style_is_told_above_the_last_good_preview_until_it_is_mended(
    show: Callable[..., Shown],
) -> None:
    folder = paths.styles_folder()
    folder.mkdir(parents=True)
    style = folder / "mine.md.j2"
    style.write_text("# {{ title }}\n\nMy own.\n", encoding="utf-8")
    shown = show(a_talk(1, "a note"), style="mine")
    assert "My own." in shown.text
    style.write_text("# {{ title }}\n\n{{ nothing.at.all }}\n", encoding="utf-8")
    shown.until(lambda: shown.preview.error.winfo_ismapped(), "the error, without being asked")
    said = str(shown.preview.error.cget("text"))
    assert "“mine.md.j2”, line 3" in said
    assert "My own." in shown.text
    assert shown.drawn[-1].error == said
    style.write_text("# {{ title }}\n\nMended.\n", encoding="utf-8")
    shown.until(lambda: "Mended." in shown.text, "the style as it is now")
    assert not shown.preview.error.winfo_ismapped()


def test_an_error_of_another_post_stands_above_an_empty_page(show: Callable[..., Shown]) -> None:
    folder = paths.styles_folder()
    folder.mkdir(parents=True)
    (folder / "broken.md.j2").write_text("{{ nothing.at.all }}", encoding="utf-8")
    shown = show(a_talk(1, "a note"), intro="Part one.")
    assert "Part one." in shown.text
    session = shown.room.session
    other = Post("post2", title="Part 2", style="broken", talks=("talk1",))
    session.do("New Part", replace(session.notebook, posts=(*session.notebook.posts, other)))
    session.shown_post = "post2"
    shown.preview.draw_soon()
    shown.until(shown.preview.error.winfo_ismapped, "the error")
    shown.until(lambda: not shown.preview.is_at_work, "it was rendered")
    assert shown.text == ""
    assert shown.preview.previewed.parts == ()
    shown.draw()  # the same error once more
    assert shown.text == ""
    session.shown_post = "post1"
    shown.draw()
    assert "Part one." in shown.text
    assert not shown.preview.error.winfo_manager()


def test_checks_of_what_was_shown_before_are_not_those_of_what_is_shown_now(
    show: Callable[..., Shown],
) -> None:
    shown = show(Talk("talk1", "No Link", write_up="*words*"), intro="fine")
    shown.until(lambda: shown.drawn[-1].checks, "the checks")
    preview, before = shown.preview, shown.preview.previewed
    shown.change(intro="other")
    now = preview.previewed
    preview._checked(before, ())
    assert preview.previewed is now


def test_pictures_are_loaded_when_they_come_in_sight_and_their_room_is_kept_before(
    show: Callable[..., Shown],
) -> None:
    numbers = range(1, 13)
    notes = tuple(
        Note(f"p{n}", at_ms=n * 1000, text=f"shot {n}", picture=f"{n}.png", alt=f"alt {n}") for n in numbers
    )
    shown = show(Talk("talk1", "Talk", notes=notes), style="timeline")
    folder = shown.room.session.pictures_folder
    folder.mkdir()
    for number in numbers:
        Image.new("RGB", (1280, 720), (number * 20, 100, 50)).save(folder / f"{number}.png")
    shown.draw()
    text, pictures = shown.preview.text, shown.preview.text.pictures
    assert "alt 3" in shown.text
    shown.until(lambda: pictures.shown, "the first pictures")
    assert len(pictures.shown) < 4
    assert all("00m0" in address for address in pictures.shown)
    height = text.count("1.0", "end", "update", "ypixels")
    text.yview_moveto(1)
    shown.until(lambda: any("00m12s" in address for address in pictures.shown), "the last ones")
    assert text.count("1.0", "end", "update", "ypixels") == height
    text.yview_moveto(0)
    shown.until(lambda: any("00m01s" in address for address in pictures.shown), "the first again")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colour_of_code_in_an_item_begins_with_the_item(
    show: Callable[..., Shown], screen: str, theme: str
) -> None:
    many = "word " * 30
    listed = f"- first\n\n  ```\n  inner = 1\n  ```\n\n- `{many}`\n\n> quoted\n>\n> so\n"
    shown = show(a_talk(1, write_up=listed), intro="```\nouter = 2\n```")
    shown.theme.use(theme, 11)
    shown.draw()
    text = shown.preview.text
    picture = ImageGrab.grab(xdisplay=screen).convert("RGB")

    def colour_left_of(index: str) -> str:
        box = text.bbox(index)
        assert box is not None
        x, y = text.winfo_rootx() + box[0] - 3, text.winfo_rooty() + box[1] + box[3] // 2
        return "#{:02x}{:02x}{:02x}".format(*picture.getpixel((x, y)))  # type: ignore[misc]

    wrapped = text.index(f"{text.search('word', '1.0')} + 1 display lines")
    wrapped = text.index(f"{wrapped} display linestart")
    page, code = text.cget("background"), shown.theme.palette.code_background
    assert colour_left_of(text.search("inner", "1.0")) == page
    assert colour_left_of(wrapped) == page
    assert colour_left_of(text.search("outer", "1.0")) == code


def test_it_follows_the_theme(show: Callable[..., Shown]) -> None:
    shown = show(a_talk(1, "a `code`"), intro="## H")
    text = shown.preview.text
    before, height = text.cget("background"), text.count("1.0", "end", "update", "ypixels")
    shown.theme.use("dark", 16)
    shown.root.update()
    assert text.cget("background") != before
    assert text.count("1.0", "end", "update", "ypixels") > height


def test_checks_follow_when_the_words_are_drawn_and_stay_until_they_are_made_anew(
    show: Callable[..., Shown],
) -> None:
    shown = show(Talk("talk1", "No Link", write_up="*words*"), intro="fine")
    assert shown.drawn[-1].checks == ()
    shown.until(lambda: shown.drawn[-1].checks, "the checks")
    assert "“No Link” has no public link." in [check.message for check in shown.drawn[-1].checks]
    before = shown.drawn[-1].checks
    shown.change(title="")
    assert shown.drawn[-1].checks == before
    shown.until(lambda: shown.drawn[-1].checks != before, "the checks of what it is now")
    assert "title" in [check.kind for check in shown.drawn[-1].checks]


def test_a_notebook_without_talks_shows_an_empty_page(show: Callable[..., Shown]) -> None:
    shown = show()
    assert shown.text == "An Event\nJan 12, 2018\n"
