"""Going between notebooks: the switcher, the recent ones, and being where one was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec, opening, state_file
from desktopnotes.storage.state_file import Place, State
from tests.ui.conftest import Desk

TITLES = ("KubeCon", "FOSDEM")


def notebook(title: str) -> Notebook:
    notes = tuple(Note(f"{title}{i}", at_ms=i * 1000, text=f"{title} note {i}") for i in range(1, 81))
    talks = tuple(
        Talk(f"{title}talk{i}", title=f"{title} talk {i}", notes=notes if i == 2 else ()) for i in (1, 2)
    )
    return Notebook(title.lower(), title=title, talks=talks)


@pytest.fixture
def desk(screen: str, tmp_path: Path) -> Any:
    paths = [tmp_path / f"{title.lower()}.talknotes.json" for title in TITLES]
    for title, path in zip(TITLES, paths, strict=True):
        path.write_bytes(codec.encode(notebook(title)))
    gone = Place(str(tmp_path / "gone.talknotes.json"), title="Lectures")
    places = [Place(str(path), title=title) for title, path in zip(TITLES, paths, strict=True)]
    state_file.write(State(recent=(*places, gone), sample_shown=True))
    desk = Desk()
    yield desk
    desk.end()


def switcher(desk: Desk) -> Any:
    desk.press("ctrl+shift+n")
    desk.until(lambda: desk.dialog("Notebooks"), "the switcher")
    return desk.dialog("Notebooks")


def is_open(desk: Desk, title: str) -> bool:
    return desk.session.notebook.title == title and not desk.dialog("Notebooks")


def test_enter_goes_to_the_one_before_and_back_to_where_one_was(desk: Desk) -> None:
    desk.press("ctrl+Next")
    desk.window.page.put_caret("KubeCon40", 3)
    desk.root.update()
    top = desk.window.page.text.yview()[0]
    assert top > 0
    switcher(desk)
    desk.press("Return")
    desk.until(lambda: is_open(desk, "FOSDEM"), "the other one")
    assert desk.session.talk_id == "FOSDEMtalk1"
    switcher(desk)
    desk.press("Return")
    desk.until(lambda: is_open(desk, "KubeCon"), "the first one again")
    assert desk.session.talk_id == "KubeContalk2"
    assert (desk.window.page.caret.note_id, desk.window.page.caret.offset) == ("KubeCon40", 3)
    desk.until(lambda: abs(desk.window.page.text.yview()[0] - top) < 0.02, "the page is where it was")
    desk.type("xyz")
    assert desk.session.talk is not None
    assert desk.session.talk.notes[39].text == "Kubxyz" + "eCon note 40"


def test_what_was_typed_is_saved_before_another_is_opened(desk: Desk, tmp_path: Path) -> None:
    desk.type("a late note")
    switcher(desk)
    desk.type("fos")
    desk.press("Return")
    desk.until(lambda: is_open(desk, "FOSDEM"), "the other one")
    assert [place.title for place in state_file.read().recent[:2]] == ["FOSDEM", "KubeCon"], "at once"
    saved = opening.open_notebook(tmp_path / "kubecon.talknotes.json").notebook
    assert [note.text for note in saved.talks[0].notes] == ["a late note"]


def test_typing_filters_and_one_that_is_gone_is_grey(desk: Desk, tmp_path: Path) -> None:
    dialog = switcher(desk)
    gone = str(tmp_path / "gone.talknotes.json")
    desk.until(lambda: "gone" in dialog.tree.item(gone, "tags"), "it was looked for")
    desk.type("lect")
    assert dialog.tree.get_children() == (gone,)
    assert "not there now" in dialog.said.cget("text")
    desk.press("Return")
    desk.until(lambda: "There is no file" in desk.window.status.message, "a sentence")
    assert desk.session.notebook.title == "KubeCon"
    dialog = switcher(desk)
    desk.press("Down", "Delete")
    assert gone not in dialog.tree.get_children()
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Notebooks"), "it is closed")
    assert gone not in [place.notebook for place in desk.window.recent.notebooks]


def test_delete_behind_the_words_typed_takes_off_and_in_them_a_letter(desk: Desk, tmp_path: Path) -> None:
    dialog = switcher(desk)
    desk.type("lectx")
    desk.press("Left", "Delete")
    assert (dialog.entry.get(), len(desk.window.recent.notebooks)) == ("lect", 3)
    desk.press("Delete")
    assert str(tmp_path / "gone.talknotes.json") not in [
        each.notebook for each in desk.window.recent.notebooks
    ]
    desk.press("Escape")


def test_a_new_one_is_made_from_here_and_is_the_last_one_then(desk: Desk) -> None:
    dialog = switcher(desk)
    desk.until(lambda: dialog.focus_displayof() is not None, "the keyboard")
    desk.in_dialogs(
        "Tab", ("Notebooks", "", "Tab"), ("Notebooks", "", "Return"), ("New Notebook", "Devopsdays", "Return")
    )
    desk.until(lambda: is_open(desk, "Devopsdays"), "the new one")
    desk.close()
    assert state_file.read().recent[0].title == "Devopsdays"


def test_the_copy_is_opened_and_the_first_left_alone(desk: Desk, tmp_path: Path) -> None:
    before = (tmp_path / "kubecon.talknotes.json").read_bytes()
    from desktopnotes import commands

    desk.root.after_idle(lambda: desk.window.run(commands.by_id("file.duplicate")))
    desk.in_dialogs("Pause", ("Duplicate Notebook", "KubeCon 2018", "Return"))
    desk.until(lambda: desk.session.notebook.title == "KubeCon 2018", "the copy is open")
    assert desk.session.path == tmp_path / "KubeCon 2018.talknotes.json"
    desk.type("only here")
    desk.close()
    assert (tmp_path / "kubecon.talknotes.json").read_bytes() == before


def test_a_click_on_the_name_opens_the_switcher(desk: Desk) -> None:
    import subprocess

    name = desk.window.talks.name
    x, y = name.winfo_rootx() + 10, name.winfo_rooty() + 8
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)
    desk.until(lambda: desk.dialog("Notebooks"), "the switcher")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Notebooks"), "it is closed")
