"""The preview beside what the post is made of: real keys in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.model.notebook import Notebook, Post, Talk
from desktopnotes.storage import codec
from desktopnotes.ui.preview import Preview
from tests.ui.conftest import Desk


def post_of_many(talks: int = 20) -> Notebook:
    made = tuple(
        Talk(f"talk{n}", f"Talk {n}", url=f"https://example.org/{n}", write_up=f"words of {n} " * 60)
        for n in range(1, talks + 1)
    )
    ids = tuple(talk.id for talk in made)
    post = Post("post1", "An Event", "2018-01-12", intro="Hello", closing="Bye", talks=ids)
    return Notebook("book1", title="An Event", talks=made, posts=(post,))


@pytest.fixture
def in_post_view(open_desk: Callable[..., Desk], tmp_path: Path) -> tuple[Desk, Preview]:
    """The program in its post view, the post as it is drawn."""
    (tmp_path / "event.talknotes.json").write_bytes(codec.encode(post_of_many()))
    desk = open_desk()
    desk.press("ctrl+2")
    desk.until(lambda: desk.window.views.post is not None, "the post view")
    assert desk.window.views.post is not None
    preview: Preview = desk.window.views.post.preview
    desk.until(lambda: "Bye" in preview.text.get("1.0", "end"), "the post is drawn")
    return desk, preview


def test_a_typed_title_is_seen_at_once_and_is_no_words_to_read(
    in_post_view: tuple[Desk, Preview],
) -> None:
    desk, preview = in_post_view
    count = preview.previewed.words
    desk.press("ctrl+a")
    desk.type("New title here")
    desk.until(lambda: preview.text.get("1.0", "1.end") == "New title here", "the title in the preview")
    assert preview.previewed.words == count
    desk.press("ctrl+z")
    desk.until(lambda: preview.text.get("1.0", "1.end") == "An Event", "undone in the preview, too")


def test_a_double_click_opens_the_write_up_and_what_is_typed_there_is_in_sight(
    in_post_view: tuple[Desk, Preview],
) -> None:
    desk, preview = in_post_view
    text = preview.text
    index = text.search("words of 15", "1.0")
    text.see(index)
    desk.root.update()
    box = text.bbox(index)
    desk.click(text, box[0] + 5, box[1] + box[3] // 2, times=2)
    desk.until(lambda: desk.window.focus() is not text, "the keyboard is in the write-up")
    text.yview_moveto(0)
    desk.press("ctrl+End")
    count = preview.previewed.words
    desk.type(" XYZ")
    desk.until(lambda: text.search("XYZ", "1.0"), "the letters are in the preview")
    desk.until(lambda: text.dlineinfo(text.search("XYZ", "1.0")), "they are in sight")
    desk.until(lambda: preview.previewed.words == count + 1, "the words are counted")
    talk = desk.session.notebook.talk("talk15")
    assert talk is not None
    assert "XYZ" in talk.write_up


def test_in_the_notes_nothing_of_it_runs(in_post_view: tuple[Desk, Preview]) -> None:
    desk, preview = in_post_view
    desk.press("ctrl+1")
    desk.until(lambda: not preview.winfo_ismapped(), "the notes")
    before = preview.previewed
    desk.type("a note")
    desk.until(lambda: any("a note" in note.text for note in desk.notes), "the note")
    assert not preview.is_at_work
    assert preview.previewed is before
    desk.press("ctrl+2")
    desk.until(lambda: preview.previewed is not before, "rendered anew as soon as it is shown")
