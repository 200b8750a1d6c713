"""The list of talks by real keys and a real pointer: order, groups, folding, filter, menu, end of a talk."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktopnotes.actions import file, pieces
from desktopnotes.model.edits import set_text
from desktopnotes.model.grouping import order
from desktopnotes.model.notebook import Notebook, Post, State, Talk
from desktopnotes.storage import codec
from tests.ui.conftest import Desk, talk_with

LONG = "A Very Long Title Which No List of Talks Can Show Whole in One Line Without Cutting It Somewhere"


def talks(count: int = 4) -> tuple[Talk, ...]:
    return tuple(
        replace(
            talk_with(f"Note of {i}"), id=f"talk{i}", title=f"Title {i}", speakers=("Ann",) if i > 2 else ()
        )
        for i in range(1, count + 1)
    )


@pytest.fixture
def desk(screen: str, tmp_path: Path) -> Any:
    """Two posts: talks 1 and 2 in the first, 3 in the second, 4 in none."""
    posts = (
        Post("p1", title="Part 1", talks=("talk1", "talk2")),
        Post("p2", title="Part 2", talks=("talk3",)),
    )
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=talks(), posts=posts)))
    (tmp_path / "talk.mp4").write_bytes(b"the fake player does not mind")
    desk = Desk(str(path))
    yield desk
    desk.end()


def shown(desk: Desk) -> list[str]:
    tree = desk.window.talks.tree
    return [item for top in tree.get_children() for item in (top, *tree.get_children(top))]


def at(desk: Desk, item: str, part: float = 0.5) -> tuple[int, int]:
    """A place of the screen on a row."""
    tree = desk.window.talks.tree
    tree.update_idletasks()
    x, y, _, height = tree.bbox(item)
    return tree.winfo_rootx() + x + 60, tree.winfo_rooty() + y + round(height * part)


def point(desk: Desk, *words: object, until: Callable[[], object], what: str) -> None:
    subprocess.run(["xdotool", *map(str, words)], check=True)
    desk.until(until, what)


def begin_drag(desk: Desk, item: str, to: tuple[int, int]) -> None:
    """Presses on a row and moves in steps, as a hand does, until a place to land shows."""
    x, y = at(desk, item)
    drag = desk.window.talks.drag
    point(desk, "mousemove", x, y, "mousedown", 1, until=lambda: drag._pressed, what="the press")
    point(desk, "mousemove", x, y + 12, until=lambda: drag.item, what="the drag begins")
    point(
        desk,
        "mousemove",
        *to,
        until=lambda: abs(desk.window.talks.winfo_pointery() - to[1]) < 2,
        what="there",
    )


def let_go(desk: Desk) -> None:
    drag = desk.window.talks.drag
    point(desk, "mouseup", 1, until=lambda: not drag.item and drag._pressed is None, what="it is let go")


def posts(desk: Desk) -> list[tuple[str, ...]]:
    return [post.talks for post in desk.session.notebook.posts]


def test_a_talk_is_dragged_into_another_post_and_back_by_undo(desk: Desk) -> None:
    begin_drag(desk, "talk1", at(desk, "talk3", 0.2))
    drag = desk.window.talks.drag
    desk.until(lambda: drag.target and (drag.target.group, drag.target.before) == ("p2", "talk3"), "the line")
    assert drag._line.winfo_ismapped()
    let_go(desk)
    assert posts(desk) == [("talk2",), ("talk1", "talk3")]
    assert shown(desk) == ["group p1", "talk2", "group p2", "talk1", "talk3", "group ", "talk4"]
    assert desk.session.history.undo_label == "Move Talk"
    assert not drag._line.winfo_ismapped()
    desk.press("ctrl+z")
    assert posts(desk) == [("talk1", "talk2"), ("talk3",)]


def test_esc_gives_a_drag_up_and_leaves_the_video_alone(desk: Desk) -> None:
    begin_drag(desk, "talk1", at(desk, "talk3", 0.2))
    desk.until(lambda: desk.window.talks.drag.target, "the line")
    state = desk.session.player.state
    desk.press("Escape")
    desk.until(lambda: not desk.window.talks.drag.item, "it is given up")
    let_go(desk)
    assert posts(desk) == [("talk1", "talk2"), ("talk3",)]
    assert desk.session.player.state is state
    assert desk.session.talk_id == "talk1"


def test_a_speakers_group_takes_no_other_talk(desk: Desk) -> None:
    desk.session.set(talks_by="speakers")
    begin_drag(desk, "talk1", at(desk, "talk4", 0.2))
    assert desk.window.talks.drag.target is None
    let_go(desk)
    assert desk.session.history.undo_label == ""


def test_a_click_opens_with_the_caret_in_the_notes(desk: Desk) -> None:
    point(
        desk,
        "mousemove",
        *at(desk, "talk3"),
        "click",
        1,
        until=lambda: desk.session.talk_id == "talk3",
        what="it",
    )
    desk.until(lambda: desk.window.focus() is desk.window.page.text, "the caret is in the notes")
    desk.type("more")
    assert desk.texts[-1] == "more"


def test_keys_move_the_open_talk_and_go_to_the_next_as_shown(desk: Desk) -> None:
    desk.press("ctrl+shift+Next")
    assert posts(desk)[0] == ("talk2", "talk1")
    desk.press("ctrl+Next")
    assert desk.session.talk_id == "talk3"
    desk.press("ctrl+shift+Prior")  # alone in its post
    assert posts(desk) == [("talk2", "talk1"), ("talk3",)]
    desk.press("ctrl+Prior", "ctrl+shift+Prior")
    assert posts(desk)[0] == ("talk1", "talk2")


def test_arrows_look_round_without_opening_and_enter_opens(desk: Desk) -> None:
    tree = desk.window.talks.tree
    opened = len(desk.player.opened)
    desk.window.talks.search.focus_force()
    desk.press("Down", "Down", "Down")
    assert tree.focus() == "group p2"
    desk.press("Down")
    assert (tree.selection(), desk.session.talk_id) == (("talk3",), "talk1")
    assert len(desk.player.opened) == opened
    desk.press("Return")
    desk.until(lambda: desk.session.talk_id == "talk3", "it is opened")
    desk.window.talks.search.focus_force()
    desk.press("Down", "Down", "Tab")
    desk.until(lambda: tree.selection() == ("talk3",), "the open talk is the chosen one again")


def test_the_keys_go_on_from_the_row_after_the_list_is_built_anew(desk: Desk) -> None:
    tree = desk.window.talks.tree
    desk.window.talks.search.focus_force()
    desk.press("Down", "Down", "ctrl+shift+Next")
    assert shown(desk)[:3] == ["group p1", "talk2", "talk1"]
    desk.press("Down", "Down", "Down")
    assert (tree.focus(), tree.selection()) == ("talk3", ("talk3",))
    desk.session.set(talks_by="none")
    desk.press("Down")
    assert tree.focus() == "talk4"
    desk.session.set(talks_by="state")
    desk.press("Delete")
    desk.until(lambda: "talk4" not in shown(desk), "it is removed")


def test_enter_on_the_open_talk_leads_into_its_notes(desk: Desk) -> None:
    desk.window.talks.search.focus_force()
    desk.press("Down", "Return")
    desk.until(lambda: desk.window.focus() is desk.window.page.text, "the caret is in the notes")
    desk.type("more")
    assert desk.texts == ["Note of 1", "more"]


def test_a_folded_group_stays_folded(desk: Desk, tmp_path: Path) -> None:
    tree = desk.window.talks.tree
    desk.window.talks.search.focus_force()
    desk.press("Down", "Up", "Left")
    desk.until(lambda: not tree.item("group p1", "open"), "it is folded by key")
    desk.session.set(talks_by="none")
    desk.session.set(talks_by="post")
    assert not tree.item("group p1", "open")
    desk.close()
    again = Desk(str(tmp_path / "event.talknotes.json"))
    try:
        assert not again.window.talks.tree.item("group p1", "open")
        assert again.window.talks.tree.item("group p2", "open")
        again.press("ctrl+Next")
        assert again.session.talk_id == "talk2", "talks in it are gone through all the same"
        assert not again.window.talks.tree.item("group p1", "open")
    finally:
        again.end()


def test_the_filter_leaves_what_has_the_words_and_down_goes_there(desk: Desk) -> None:
    desk.window.talks.search.focus_force()
    desk.type("note of 3")
    assert shown(desk) == ["group p2", "talk3"]
    desk.press("Down")
    assert desk.window.focus() is desk.window.talks.tree
    desk.press("Up")
    desk.press("Up")
    assert desk.window.focus() is desk.window.talks.search
    desk.press("Escape")
    assert len(shown(desk)) == 7


def test_the_menu_of_a_talk_is_of_the_table(desk: Desk) -> None:
    menus: list[Any] = []
    real = desk.window.menus.pop_up_for_talks
    deeds = desk.window.talks._deeds

    def pop_up(of_talk: bool, x: int, y: int) -> None:
        menus.append(real(of_talk, x, y))

    desk.window.talks._deeds = replace(deeds, pop_up=pop_up)
    point(desk, "mousemove", *at(desk, "talk3"), "click", 3, until=lambda: menus, what="the menu")
    menu = menus[-1]
    labels = [menu.entrycget(i, "label") for i in range(menu.index("end") + 1) if menu.type(i) != "separator"]
    assert desk.session.talk_id == "talk3"
    assert (labels[0], labels[-1]) == ("Talk's Data…", "Remove Talk")
    desk.root.tk.call("tk::MenuUnpost", str(menu))
    desk.window.talks.tree.focus_force()
    desk.press("shift+F10")
    desk.until(lambda: len(menus) == 2, "the menu by key")
    desk.root.tk.call("tk::MenuUnpost", str(menus[-1]))
    point(
        desk, "mousemove", *at(desk, "group p2"), "click", 3, until=lambda: len(menus) == 3, what="the list's"
    )
    assert menus[-1].entrycget(0, "label") == "Group Talks by"
    desk.root.tk.call("tk::MenuUnpost", str(menus[-1]))


def test_delete_in_the_list_removes_and_undo_brings_back(desk: Desk) -> None:
    desk.window.talks.search.focus_force()
    desk.press("Down", "Down", "Down", "Down", "Delete")
    assert "talk3" not in shown(desk)
    assert (desk.session.talk_id, posts(desk)[1]) == ("talk1", ())
    desk.press("ctrl+z")
    assert posts(desk)[1] == ("talk3",)


def test_undo_beside_a_removed_talk_leaves_the_note_written_since(desk: Desk) -> None:
    desk.window.talks.search.focus_force()
    desk.press("Down", "Down", "Down", "Down", "Delete")
    desk.window.page.text.focus_force()
    desk.type("Since")
    desk.until(lambda: "Since" in desk.texts, "the note")
    offers = desk.window.status._offers.winfo_children()
    undo = next(each for each in offers if each.cget("text") == "Undo")  # type: ignore[call-overload]
    desk.click(undo, 5, 5)
    desk.until(lambda: posts(desk)[1] == ("talk3",), "the talk is back")
    notes = desk.session.notebook.talk("talk1").notes  # type: ignore[union-attr]
    assert "Since" in [note.text for note in notes]


def test_undo_beside_a_removed_talk_goes_with_the_notebook(desk: Desk, tmp_path: Path) -> None:
    desk.window.talks.search.focus_force()
    desk.press("Down", "Down", "Delete")
    assert "was removed" in desk.window.status.message
    other = tmp_path / "other.talknotes.json"
    other.write_bytes(codec.encode(Notebook("book2", title="Other", talks=talks(1))))
    file.open_path(desk.session, other)
    assert "was removed" not in desk.window.status.message
    assert not desk.window.status._offers.winfo_children()


def test_the_list_finds_by_the_rules_of_all_finding(desk: Desk) -> None:
    desk.session.do("Test", set_text(desk.session.notebook, "talk1", "note1", "asks Éric", "now"))
    desk.window.talks.search.focus_force()
    desk.type("eric asks")
    desk.until(lambda: shown(desk) == ["group p1", "talk1"], "the talk with that note")
    desk.session.undo()
    desk.until(lambda: shown(desk) == [], "the note is gone, and with it the talk from the list")
    desk.session.redo()
    desk.until(lambda: shown(desk) == ["group p1", "talk1"], "it is back")


def test_a_long_look_through_the_talks_lets_keys_in_between(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "BUSY_MOST_S", 0.0)
    head = desk.window.talks.head
    head.filter("note 2")
    assert desk.window.talks.is_looking
    assert len(shown(desk)) > 4, "what was there stays until all is looked through"
    desk.until(lambda: shown(desk) == ["group p1", "talk2"], "it is found")
    head.filter("note")
    head.filter("")
    assert not desk.window.talks.is_looking
    assert len(shown(desk)) > 4


def test_a_long_title_is_cut_and_whole_in_a_tip(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("x", title=LONG))
    text = desk.window.talks.tree.item("talk1", "text").split("\n")[0].strip()
    assert text.endswith("…")
    assert LONG.startswith(text[:-1])
    tip = desk.window.talks._tip.tip
    point(desk, "mousemove", *at(desk, "talk1"), until=lambda: LONG in tip.text, what="the tip")
    desk.press("ctrl+t")
    point(desk, "mousemove", 900, 600, until=lambda: not tip.text, what="it goes")


def test_a_talk_watched_to_its_end_shows_it_and_the_next_one_is_ready(desk: Desk) -> None:
    desk.play_from(590_000, for_ms=9_950)
    desk.until(lambda: desk.session.notebook.talks[0].state == State.WATCHED, "its end is played")
    desk.until(lambda: "from its notes" in desk.window.talks.tree.item("talk1", "text"), "that shows")
    desk.press("ctrl+Next")
    desk.type("next")
    assert (desk.session.talk_id, desk.texts[-1]) == ("talk2", "next")


def test_the_order_on_the_screen_is_that_of_the_keys(desk: Desk) -> None:
    for by in ("post", "state", "speakers", "tags", "none"):
        desk.session.set(talks_by=by)
        rows = [item for item in shown(desk) if item in {"talk1", "talk2", "talk3", "talk4"}]
        assert tuple(rows) == order(desk.session.notebook, by)


def test_held_at_the_edge_the_list_scrolls_on(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(*talks(60))
    tree = desk.window.talks.tree
    begin_drag(desk, "talk1", (at(desk, "talk2")[0], tree.winfo_rooty() + tree.winfo_height() - 4))
    desk.until(lambda: tree.yview()[1] == 1.0, "the list is scrolled to its end")
    desk.until(lambda: desk.window.talks.drag.target and not desk.window.talks.drag.target.before, "the end")
    let_go(desk)
    assert desk.session.notebook.talks[-1].id == "talk1"
