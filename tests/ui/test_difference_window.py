"""The window of the differences: told in words, picked by keys, nothing written before it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageColor, ImageGrab

from desktopnotes.export.pieces import Choice
from desktopnotes.model.notebook import Exported, Note, Notebook, Post
from desktopnotes.storage import codec, exported_texts
from desktopnotes.ui.difference_window import TITLE, DifferenceWindow
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

TALK = talk_with("The mesh knows each request", "Boring is good", url="https://example.org/talk.mp4")


@pytest.fixture
def desk(screen: str, tmp_path: Path) -> Iterator[Desk]:
    """The post is exported to `post.md`."""
    post = Post(
        "post1", title="An Event", date="2018-01-12", talks=(TALK.id,), exported=(Exported("post.md"),)
    )
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=(TALK,), posts=(post,))))
    (tmp_path / "talk.mp4").write_bytes(b"the fake player does not mind")
    desk = Desk(str(path))
    desk.press("ctrl+e")
    desk.until(lambda: "Exported to" in desk.window.status.message, "it is exported")
    yield desk
    desk.end()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add(desk: Desk, text: str) -> None:
    """Types a note at the end of the page."""
    count = len(desk.texts)
    desk.press("ctrl+End", "Return")
    desk.type(text)
    desk.press("Return")
    desk.until(lambda: len(desk.texts) == count + 1, "the note")


def retype(desk: Desk, number: int, old: str, new: str) -> None:
    """Changes words of a note, as if they had been typed."""
    session = desk.session
    assert session.talk
    note = session.talk.notes[number]
    changed = replace(note, text=note.text.replace(old, new))
    talk = replace(
        session.talk, notes=tuple(changed if each is note else each for each in session.talk.notes)
    )
    session.do("Typing", replace(session.notebook, talks=(talk,)))
    desk.root.update()


def opened(desk: Desk) -> DifferenceWindow:
    desk.press("ctrl+e")
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window = desk.dialog(TITLE)
    assert isinstance(window, DifferenceWindow)
    return window


def told(desk: Desk, words: str) -> None:
    desk.until(lambda: words in desk.window.status.message, words)


def test_an_evening_and_the_next_one(desk: Desk, tmp_path: Path) -> None:
    """Exported, edited by hand in several places, two more notes, exported again: nothing is lost."""
    file = tmp_path / "post.md"
    edit(file, "# An Event", "# What I learned")
    edit(file, "Boring is good.", "Boring is *very* good.")
    edit(file, "- [A Talk]", "I watched one talk.\n\n- [A Talk]")
    file.write_text(file.read_text(encoding="utf-8") + "\nThanks to the speakers.\n", encoding="utf-8")
    add(desk, "Upgrades are not")
    add(desk, "Ask about the latency?")
    desk.press("ctrl+e")
    told(desk, "changes by hand were kept")
    text = file.read_text(encoding="utf-8")
    for words in (
        "# What I learned\n",
        "I watched one talk.\n\n- [A Talk](https://example.org/talk.mp4) - ",
        "The mesh knows each request. Boring is *very* good.",
        "Upgrades are not. Ask about the latency?",
        "\nThanks to the speakers.\n",
    ):
        assert words in text
    assert not desk.dialog(TITLE)
    desk.press("ctrl+e")
    told(desk, "kept")
    assert file.read_text(encoding="utf-8") == text


def test_where_both_changed_it_is_picked_by_keys(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "post.md"
    edit(file, "knows each request", "sees each request")
    edit(file, "Boring is good", "Boring is fine")
    retype(desk, 0, "each", "every")
    retype(desk, 1, "good", "great")
    before = file.read_text(encoding="utf-8")
    window = opened(desk)
    assert file.read_text(encoding="utf-8") == before
    shown = window.text.get("1.0", "end")
    for words in ("1 of 2\tThe file and the notebook", "file\t", "notebook\t", "before\t"):
        assert words in shown
    desk.press("Return")
    assert desk.dialog(TITLE), "not all is picked"
    desk.press("1")
    assert window.choices == {0: Choice.MINE}
    assert "✓ file" in window.text.get("1.0", "end")
    desk.press("n", "3", "2")
    assert window.choices == {0: Choice.BOTH, 1: Choice.PROGRAM}
    desk.press("p", "1", "Return")
    desk.until(lambda: not desk.dialog(TITLE), "done")
    told(desk, "Exported to")
    text = file.read_text(encoding="utf-8")
    assert "sees each request." in text
    assert "Boring is great." in text
    desk.press("ctrl+e")
    told(desk, "kept")
    assert file.read_text(encoding="utf-8") == text, "what was picked stays picked"


def test_escape_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "post.md"
    edit(file, "Boring is good", "Boring is fine")
    retype(desk, 1, "good", "great")
    before = file.read_text(encoding="utf-8")
    opened(desk)
    desk.press("1", "Escape")
    told(desk, "Nothing was written")
    assert file.read_text(encoding="utf-8") == before


def test_a_file_of_somebody_else_is_kept_replaced_or_merged(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "post.md"
    edit(file, "Boring is good", "Boring is fine")
    before = file.read_text(encoding="utf-8")
    for kept in exported_texts.folder().iterdir():
        kept.unlink()
    window = opened(desk)
    assert "is there already" in str(window._heading.cget("text"))
    desk.press("Escape")
    told(desk, "Nothing was written")
    opened(desk)
    desk.press("alt+k")
    told(desk, "left as it is")
    assert file.read_text(encoding="utf-8") == before
    opened(desk)
    desk.press("alt+m")
    desk.press("3", "Return")
    told(desk, "Exported to")
    text = file.read_text(encoding="utf-8")
    assert "Boring is fine." in text
    assert "Boring is good." in text
    desk.press("ctrl+e")
    told(desk, "kept")
    assert file.read_text(encoding="utf-8") == text


def test_what_changed_can_be_looked_at(desk: Desk, tmp_path: Path) -> None:
    edit(tmp_path / "post.md", "# An Event", "# My Event")
    add(desk, "More")
    desk.press("ctrl+e")
    told(desk, "kept")
    [offers] = [desk.window.status._offers.winfo_children()]
    button = next(each for each in offers if each.cget("text") == "Show What Changed")
    desk.click(button, 5, 5)
    desk.until(lambda: desk.dialog(TITLE), "the window")
    shown = desk.dialog(TITLE).text.get("1.0", "end")
    assert "file, kept\t# My Event" in shown
    assert "notebook\t- [A Talk]" in shown
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")


def test_both_is_shown_as_it_will_be_and_the_labels_stay_uncoloured(
    desk: Desk, screen: str, tmp_path: Path
) -> None:
    file = tmp_path / "post.md"
    edit(file, "knows each request", f"sees each request {'and each other one ' * 12}".strip())
    retype(desk, 0, "each", "every")
    window = opened(desk)
    desk.press("3")
    shown = window.text.get("1.0", "end")
    assert "both\t- [A Talk](https://example.org/talk.mp4) - The mesh sees each request" in shown
    assert "The mesh knows every request. Boring is good.\n" in shown
    text, palette = window.text, desk.window.theme.palette
    text.update()
    x, y = text.winfo_rootx(), text.winfo_rooty()
    picture = ImageGrab.grab((x, y, x + text.winfo_width(), y + text.winfo_height()), xdisplay=screen)
    column_px = int(str(text.tag_cget("row", "lmargin2"))) + int(str(text.cget("padx")))
    hit = ImageColor.getrgb(palette.hit)
    labels = picture.crop((0, 0, column_px - 2, picture.height))
    assert hit in {colour for _, colour in picture.getcolors(1 << 20) or ()}
    assert hit not in {colour for _, colour in labels.getcolors(1 << 20) or ()}
    desk.press("Return")
    told(desk, "Exported to")
    assert file.read_text(encoding="utf-8").count("[A Talk]") == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_looks(desk: Desk, screen: str, tmp_path: Path, theme: str) -> None:
    desk.session.set(theme=theme)
    file = tmp_path / "post.md"
    edit(file, "knows each request", "sees each request")
    edit(file, "# An Event", "# My Event")
    edit(file, "Boring is good", "Boring is fine")
    file.write_text(file.read_text(encoding="utf-8") + "\nThanks to the speakers.\n", encoding="utf-8")
    retype(desk, 0, "each", "every")
    retype(desk, 1, "good", "great")
    opened(desk)
    desk.press("1")
    shot(desk, screen, f"difference-{theme}")
    desk.press("Escape")
    assert isinstance(desk.notes[0], Note)
