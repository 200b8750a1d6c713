"""The preview in a window of its own: what it shows, how it changes, follows, and where a click leads."""

from __future__ import annotations

import time
import tkinter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions.previewing import Previewed
from desktopnotes.model import talk_edits
from desktopnotes.model.notebook import Note, Post, Talk
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.preview import Preview
from desktopnotes.ui.theme import Theme
from tests.sessions import Room, a_room

LIMIT_S = 10.0


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
    assert shown.text == ("An Event\nJan 12, 2018\nFirst, a link.\n•\tTalk 1 - It works now.\nthe end\n")
    assert shown.drawn[-1].words == 15
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
