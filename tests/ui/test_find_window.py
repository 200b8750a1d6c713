"""Finding everywhere: from the keys to the list, and from a hit to where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.storage import codec, paths
from desktopnotes.ui.find_window import TITLE, FindWindow
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

TEXTS = ("The mesh works a layer up", "What does the extra hop cost?", "Route by meaning, not by port")


def found_window(desk: Desk, keys: str = "ctrl+shift+f") -> FindWindow:
    desk.press(keys)
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window = desk.dialog(TITLE)
    assert isinstance(window, FindWindow)
    return window


def rows(window: FindWindow) -> list[str]:
    return [line for line in window.hits.text.get("1.0", "end").split("\n") if line]


def ask(desk: Desk, window: FindWindow, words: str, count: str) -> None:
    desk.type(words)
    desk.until(lambda: str(window.count.cget("text")) == count, f"{count} hits of {words}")


def marked(window: FindWindow) -> list[str]:
    ranges = [str(place) for place in window.hits.text.tag_ranges("hit")]
    return [window.hits.text.get(a, b) for a, b in zip(ranges[::2], ranges[1::2], strict=True)]


def two_talks() -> tuple[Talk, Talk]:
    first = talk_with(*TEXTS)
    notes = (first.notes[0], replace(first.notes[1], kind=Kind.QUESTION), first.notes[2])
    other = Talk(
        "talk2", "Another Talk", notes=(Note("other1", 5_000, text="Any mesh at all?", kind="question"),)
    )
    return replace(first, notes=notes), other


def other_notebook(name: str = "Other", *texts: str) -> Path:
    path = paths.notebooks_folder() / f"{name}.talknotes.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = tuple(Note(f"n{i}", i * 1000, text=text) for i, text in enumerate(texts or ("their mesh",)))
    path.write_bytes(codec.encode(Notebook(name, name, talks=(Talk("t", "Their Talk", notes=notes),))))
    return path


def test_hits_are_listed_by_notebook_and_talk(open_desk: Callable[..., Desk]) -> None:
    other_notebook()
    desk = open_desk(*two_talks())
    window = found_window(desk)
    ask(desk, window, "MESH", "3")
    assert rows(window) == [
        "An Event  ·  A Talk",
        "00:10\tThe mesh works a layer up",
        "An Event  ·  Another Talk",
        "00:05 ?\tAny mesh at all?",
        "Other  ·  Their Talk",
        "00:00\ttheir mesh",
    ]
    assert marked(window) == ["mesh", "mesh", "mesh"]


def test_enter_goes_to_the_chosen_hit_and_the_video_stays(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(*two_talks())
    desk.stand_at(33_000)
    window = found_window(desk)
    ask(desk, window, "mesh", "2")
    desk.press("Down", "Return")
    desk.until(lambda: desk.session.talk_id == "talk2", "the other talk is open")
    desk.until(lambda: desk.window.caret().note_id == "other1", "the caret is in the note")
    assert desk.window.caret().offset == 4
    assert desk.dialog(TITLE) is None
    window = found_window(desk)
    desk.until(lambda: window.hits.chosen == 1, "it opens again as it was")
    desk.press("Up", "ctrl+Return")
    desk.until(lambda: desk.session.talk_id == "talk1", "back in the first talk")
    desk.until(lambda: desk.at_ms == 10_000, "its moment is shown")


def test_another_notebook_is_opened(open_desk: Callable[..., Desk]) -> None:
    path = other_notebook("Other", "one", "two meshes")
    desk = open_desk(*two_talks())
    window = found_window(desk)
    ask(desk, window, "meshes", "1")
    desk.press("Return")
    desk.until(lambda: desk.session.path == path, "the other notebook is open")
    desk.until(lambda: desk.window.caret().note_id == "n1", "the caret is in the note")


def test_open_questions_are_a_list(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(*two_talks())
    window = found_window(desk, "ctrl+shift+q")
    desk.until(lambda: str(window.count.cget("text")) == "2", "both questions")
    assert rows(window)[1::2] == ["00:20 ?\tWhat does the extra hop cost?", "00:05 ?\tAny mesh at all?"]
    desk.press("Return")
    desk.until(lambda: desk.window.caret().note_id == "note2", "the caret is at the question")


def test_the_scope_and_captions_are_chosen_by_key(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    other_notebook()
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:03.000\nSaid mesh.\n", encoding="utf-8")
    desk = open_desk(*two_talks())
    window = found_window(desk)
    ask(desk, window, "mesh", "3")
    desk.press("alt+1")
    desk.until(lambda: str(window.count.cget("text")) == "1", "this talk")
    desk.press("alt+c")
    desk.until(lambda: str(window.count.cget("text")) == "2", "and its captions")
    assert rows(window)[-1] == "00:01\tSaid mesh."
    desk.press("Down", "Return")
    desk.until(lambda: desk.at_ms == 1_000, "the moment at which it is said")


def test_unreadable_notebooks_are_named_quietly(open_desk: Callable[..., Desk]) -> None:
    other_notebook()
    (paths.notebooks_folder() / "Broken.talknotes.json").write_bytes(b"{")
    desk = open_desk(*two_talks())
    window = found_window(desk)
    ask(desk, window, "mesh", "3")
    desk.until(lambda: "“Broken”" in str(window.said.cget("text")), "it is named")


def test_the_box_above_the_talks_leads_there(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(*two_talks())
    desk.window.talks.search.focus_set()
    desk.type("mesh")
    desk.press("Return")
    desk.until(lambda: desk.dialog(TITLE), "the window")
    desk.until(lambda: str(desk.dialog(TITLE).count.cget("text")) == "2", "its words are looked for")


def test_a_long_list_is_drawn_as_far_as_it_is_looked_at(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*(f"note {i}" for i in range(1500))))
    window = found_window(desk)
    ask(desk, window, "note", "1,500")
    assert len(rows(window)) < 300
    desk.press("Next", "Up", "Up")
    assert window.hits.chosen == 8
    window.hits.choose(1499)
    desk.until(lambda: len(rows(window)) == 1501, "all are drawn")


def test_of_very_many_hits_the_first_are_listed_and_all_counted(
    open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktopnotes.ui.find_window._MOST_LISTED", 700)
    desk = open_desk(talk_with(*(f"note {i}" for i in range(1500))))
    window = found_window(desk)
    ask(desk, window, "note", "1,500")
    desk.until(lambda: "first 700" in str(window.said.cget("text")), "it says so")
    assert len(window.hits.lines) == 700


def test_escape_closes_it_and_nothing_is_changed(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(*two_talks())
    before = desk.session.notebook
    window = found_window(desk)
    for hostile in ("a" * 10_000, "(?P<", " " * 5000, "\0", 'kind:"'):
        window.words.set(hostile)
        desk.until(lambda: str(window.count.cget("text")) in ("", "no hits"), "nothing is found")
        desk.press("Return", "Down")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")
    assert desk.session.notebook is before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_how_it_looks(open_desk: Callable[..., Desk], screen: str, theme: str) -> None:
    other_notebook(
        "KubeCon 2017", "A mesh is for services, not bytes", "Nobody asked for a second mesh. " * 12
    )
    desk = open_desk(*two_talks())
    desk.session.set(theme=theme)
    window = found_window(desk)
    ask(desk, window, "mesh", "4")
    desk.press("Down")
    shot(desk, screen, f"find-window-{theme}")


def test_a_hit_in_a_post_opens_that_post(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(*two_talks())
    posts = (Post("p1", "Part 1", talks=("talk1",)), Post("p2", "Part 2", intro="Welcome"))
    desk.session.do("Test", replace(desk.session.notebook, posts=posts))
    window = found_window(desk)
    ask(desk, window, "welcome", "1")
    desk.press("Return")
    desk.until(lambda: desk.window.views.shows_post, "the post view")
    view = desk.window.views.post
    assert view is not None
    assert view.fields.entries["title"].get() == "Part 2"
    assert desk.window.focus() is view.fields.entries["title"]


def test_a_hit_in_the_title_of_the_open_talk_leads_into_its_notes(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("ten", title="Zebras"))
    desk.window.talks.tree.focus_force()
    window = found_window(desk)
    ask(desk, window, "zebra", "1")
    desk.press("Return")
    desk.until(lambda: desk.window.focus() is desk.window.page.text, "the caret is in the notes")
    desk.type("more")
    assert desk.texts == ["ten", "more"]
