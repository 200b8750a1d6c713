"""The post view by real keys: what is typed, moved and undone there, and what it says of the post."""

from __future__ import annotations

import itertools
import tkinter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tkinter import ttk

import pytest

from desktopnotes.actions import post
from desktopnotes.export.checks import Check
from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Note, Notebook, Post, Published, Talk
from desktopnotes.storage import codec, paths
from desktopnotes.ui.post_view import PostView
from tests.ui.conftest import RECORDING_MS, Desk
from tests.ui.test_traversal import pixels, usable

NOTES = tuple(Note(f"n{i}", at_ms=i * 10_000, text=text) for i, text in enumerate(("One", "Two", "Three")))
FIRST = Talk(
    "talk1",
    title="First Talk",
    url="https://example.org/1",
    file="talk.mp4",
    duration_ms=RECORDING_MS,
    state="watching",
    notes=NOTES,
)
TALKS = (
    FIRST,
    replace(FIRST, id="talk2", title="Second Talk", url="", write_up="Written.", notes=()),
    replace(FIRST, id="talk3", title="Third Talk", notes=()),
    replace(
        FIRST, id="talk4", title="Fourth Talk", notes=tuple(replace(n, id=f"fourth {n.id}") for n in NOTES)
    ),
)
PART_1 = Post(
    "post1", "An Event Notes - Part 1", "2018-01-12", intro="Hello.", talks=("talk1", "talk2", "talk3")
)


@pytest.fixture
def book(tmp_path: Path) -> Notebook:
    return Notebook("book1", title="An Event", talks=TALKS, posts=(PART_1,))


@pytest.fixture
def open_book(open_desk: Callable[..., Desk], tmp_path: Path) -> Callable[[Notebook], Desk]:
    """Opens the program on a notebook."""

    def open_it(book: Notebook) -> Desk:
        (tmp_path / "event.talknotes.json").write_bytes(codec.encode(book))
        return open_desk()

    return open_it


@pytest.fixture
def desk(open_book: Callable[[Notebook], Desk], book: Notebook) -> Desk:
    return open_book(book)


def shown(desk: Desk) -> PostView:
    """The post view, opened by its key."""
    if not desk.window.views.shows_post:
        desk.press("ctrl+2")
    view = desk.window.views.post
    assert view is not None
    desk.until(view.winfo_viewable, "the post view")
    return view


def the_post(desk: Desk, number: int = 0) -> Post:
    return desk.session.notebook.posts[number]


def order(desk: Desk) -> str:
    return ",".join(the_post(desk).talks)


def read(desk: Desk, view: PostView, words: str) -> None:
    """Waits until the preview says that."""
    desk.until(lambda: words in view.preview.text.get("1.0", "end"), f"the preview says {words}")


def into_talks(desk: Desk, view: PostView) -> None:
    view.talks.tree.focus_force()
    desk.until(lambda: view.talks.talk_id, "a talk is chosen")


# --- to and fro --------------------------------------------------------------------------------------


def test_it_takes_the_window_and_gives_it_back_with_the_caret_where_it_was(desk: Desk) -> None:
    desk.window.page.put_caret("n1", 2)
    view = shown(desk)
    assert not desk.window.page.text.winfo_viewable()
    assert not desk.window.video.winfo_viewable()
    assert view.winfo_width() == desk.root.winfo_width()
    read(desk, view, "One. Two. Three.")
    desk.until(lambda: "2 talks, " in desk.window.status.message, "the counts")
    assert "min to read" in desk.window.status.message
    for key in ("ctrl+1", "F4"):
        shown(desk)
        desk.press(key)
        desk.until(desk.window.page.text.winfo_viewable, "the notes")
        assert desk.window.focus() is desk.window.page.text
        assert (desk.window.caret().note_id, desk.window.caret().offset) == ("n1", 2)
        assert "notes, " in desk.window.status.message
    desk.type("!")
    assert desk.texts[1] == "Tw!o"


def test_the_video_plays_on_and_its_keys_work(desk: Desk) -> None:
    desk.press("ctrl+space")
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "it plays")
    view = shown(desk)
    assert desk.session.player.state is PlayerState.PLAYING
    desk.press("ctrl+space")
    assert desk.session.player.state is PlayerState.PAUSED
    view.fields.texts["intro"].text.focus_force()
    desk.press("Escape")
    assert desk.session.player.state is PlayerState.PLAYING
    desk.press("Escape")
    assert (the_post(desk).intro, the_post(desk).title) == (PART_1.intro, PART_1.title)


@pytest.mark.parametrize("key", ["F11", "F9"])
def test_full_screen_and_focus_mode_are_of_the_notes(desk: Desk, key: str) -> None:
    layout = desk.window.layout
    shown(desk)
    desk.press(key)
    desk.until(lambda: layout.is_full_screen if key == "F11" else layout._before_focus, "the mode")
    assert not desk.window.views.shows_post
    desk.root.after(50)
    view = shown(desk)
    assert not layout.is_full_screen
    assert layout.foot.winfo_viewable()
    view.fields.entries["title"].focus_force()
    desk.press("End")
    desk.type("x")
    assert the_post(desk).title.endswith("Part 1x")
    desk.press("ctrl+1")
    desk.until(desk.window.page.text.winfo_viewable, "the notes")
    assert layout.is_shown("talks") == (key == "F11")


def test_a_note_begun_by_its_key_is_begun_in_the_notes(desk: Desk) -> None:
    desk.stand_at(45_000)
    shown(desk)
    desk.press("ctrl+t")
    desk.until(desk.window.page.text.winfo_viewable, "the notes")
    desk.type("New")
    assert desk.texts == ["One", "Two", "Three", "New"]
    shown(desk)
    desk.press("ctrl+Up", "ctrl+shift+BackSpace", "ctrl+alt+2", "alt+Left")
    assert desk.window.views.shows_post
    assert desk.texts == ["One", "Two", "Three", "New"]


# --- what is typed -----------------------------------------------------------------------------------


def test_the_title_is_typed_shown_undone_and_saved(desk: Desk) -> None:
    view = shown(desk)
    entry = view.fields.entries["title"]
    assert desk.window.focus() is entry
    desk.press("ctrl+a")
    desk.type("My Title")
    read(desk, view, "My Title")
    assert the_post(desk).title == "My Title"
    assert desk.session.history.undo_label == "Post Title"
    desk.press("Home", "Left")
    desk.press("ctrl+z")
    assert (the_post(desk).title, entry.get()) == (PART_1.title, PART_1.title)
    assert entry.index("insert") == len(PART_1.title)
    desk.press("ctrl+y")
    assert entry.get() == "My Title"
    desk.until(lambda: desk.session.saver.all_is_saved, "it is saved")
    saved = codec.decode(desk.session.path.read_bytes())
    assert saved.posts[0].title == "My Title"


def test_redo_puts_the_keyboard_into_the_field_that_it_changes(desk: Desk) -> None:
    view = shown(desk)
    entries = view.fields.entries
    desk.type("!")
    desk.press("Tab", "Tab", "Return")  # unfolds the details
    entries["date"].put_caret(10)
    desk.type("x")
    desk.press("Tab", "Tab")
    assert desk.window.focus() is entries["slug"]
    desk.type("kube")
    desk.press("ctrl+z", "ctrl+z", "ctrl+z")
    assert the_post(desk) == PART_1
    for name, text in (("title", f"{PART_1.title}!"), ("date", "2018-01-12x"), ("slug", "kube")):
        desk.press("ctrl+y")
        assert getattr(the_post(desk), name) == text
        assert desk.window.focus() is entries[name]
        assert entries[name].offset == len(text)
    assert "Done again: Slug" in desk.window.status.message
    desk.type("s")
    assert the_post(desk).slug == "kubes"


def test_a_field_that_was_too_long_to_be_shown_takes_letters_again(desk: Desk) -> None:
    view = shown(desk)
    entry = view.fields.entries["date"]
    entry.put_caret(10)
    desk.root.clipboard_clear()
    desk.root.clipboard_append("x" * 10_001)
    desk.press("ctrl+v")
    assert len(the_post(desk).date) == 10_011
    desk.type("y")
    assert len(the_post(desk).date) == 10_011
    desk.press("ctrl+z")
    assert entry.get() == PART_1.date
    desk.type("9")
    assert the_post(desk).date == "2018-01-129"


def test_undo_draws_once_and_moves_no_keyboard_that_is_right(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown(desk)
    intro = view.fields.texts["intro"]
    intro.put_caret(5)
    desk.type("x")
    drawn, focused = [], []  # type: ignore[var-annotated]
    known = view.head_right.draw
    monkeypatch.setattr(view.head_right, "draw", lambda: (drawn.append(1), known()))
    view.fields.entries["title"].bind("<FocusIn>", lambda _: focused.append(1), add=True)
    desk.press("ctrl+z")
    assert the_post(desk).intro == "Hello."
    assert desk.window.focus() is intro.text
    assert (drawn, focused) == ([1], [])
    view.fields.toggle_details()
    view.fields.draft.focus_force()
    desk.press("space")
    assert the_post(desk).draft
    focused.clear()
    desk.press("ctrl+z")
    assert not the_post(desk).draft
    assert (desk.window.focus(), focused) == (view.fields.draft, [])


def test_undo_in_the_notes_leads_back_into_the_post(desk: Desk) -> None:
    view = shown(desk)
    view.fields.texts["intro"].put_caret(5)
    desk.type(" you")
    desk.press("ctrl+1")
    desk.until(desk.window.page.text.winfo_viewable, "the notes")
    desk.press("ctrl+z")
    desk.until(view.winfo_viewable, "the post view")
    intro = view.fields.texts["intro"]
    assert the_post(desk).intro == "Hello."
    assert (desk.window.focus(), intro.offset) == (intro.text, 5)
    assert desk.session.talk_id == "talk1"


def test_a_date_that_is_none_gets_a_sentence_and_is_kept(desk: Desk) -> None:
    view = shown(desk)
    desk.press("Tab")
    assert desk.window.focus() is view.fields.entries["date"]
    desk.type("12 Jan")
    said = view.fields._remark
    desk.until(said.winfo_viewable, "the sentence")
    assert str(said.cget("text")) == "“12 Jan” is not a date: write it as 2018-01-12."
    assert the_post(desk).date == "12 Jan"
    desk.press("ctrl+a")
    desk.type("2018-02-01")
    desk.until(lambda: not said.winfo_manager(), "it is a date")
    read(desk, view, "Feb 1, 2018")


def test_the_draft_is_a_short_word_with_a_line_below_that_says_what_it_means(desk: Desk) -> None:
    view = shown(desk)
    view.fields.toggle_details()
    desk.until(view.fields.draft.winfo_viewable, "the details")
    assert str(view.fields.draft.cget("text")) == "Draft"
    assert view.fields.draft.winfo_reqwidth() <= view.fields.draft.master.winfo_width() / 4
    row = view.fields.draft.grid_info()["row"]
    (hint,) = view.fields.draft.master.grid_slaves(row=row + 1)
    assert "does not show the post" in str(hint.cget("text"))


def test_the_details_unfold_by_key(desk: Desk) -> None:
    view = shown(desk)
    desk.press("Tab", "Tab", "Return", "Tab")
    assert desk.window.focus() is view.fields.entries["slug"]
    desk.type("kubecon")
    desk.press("Tab")
    desk.type("go, #k8s,  go")
    desk.press("Tab")
    assert view.fields.entries["tags"].get() == "go, k8s"
    desk.type("About it")
    desk.press("Tab")
    desk.type("pt")
    desk.press("Tab", "space")
    now = the_post(desk)
    assert (now.slug, now.tags, now.description, now.lang, now.draft) == (
        "kubecon",
        ("go", "k8s"),
        "About it",
        "pt",
        True,
    )
    for _ in range(5):
        desk.press("ctrl+z")
    assert the_post(desk) == PART_1


def test_the_introduction_takes_markdown_by_the_usual_keys(desk: Desk) -> None:
    view = shown(desk)
    view.fields.texts["intro"].put_caret(0)
    desk.press("shift+ctrl+Right")
    desk.press("ctrl+b")
    assert the_post(desk).intro == "**Hello**."
    assert desk.session.history.undo_label == "Bold"
    desk.press("ctrl+c", "End", "ctrl+v")
    assert the_post(desk).intro == "**Hello**.Hello"
    desk.press("ctrl+a", "ctrl+x")
    assert the_post(desk).intro == ""
    desk.press("ctrl+z")
    assert the_post(desk).intro == "**Hello**.Hello"


# --- talks -------------------------------------------------------------------------------------------


def test_the_rows_say_how_each_talk_comes_into_the_post(desk: Desk) -> None:
    rows = shown(desk).talks.rows
    assert [(row.title, row.how, row.count, row.is_in) for row in rows] == [
        ("First Talk", "from its notes", "3", True),
        ("Second Talk", "written up", "", True),
        ("Third Talk", "left out: no notes", "", True),
        ("Fourth Talk", "not in this post", "3", False),
    ]


def test_talks_are_moved_taken_out_and_put_in_by_keys(desk: Desk) -> None:
    view = shown(desk)
    into_talks(desk, view)
    desk.press("alt+Down")
    assert order(desk) == "talk2,talk1,talk3"
    read(desk, view, "Second Talk - Written.")
    desk.press("alt+Down", "alt+Down")
    assert order(desk) == "talk2,talk3,talk1"
    assert view.talks.talk_id == "talk1"
    desk.press("space")
    assert order(desk) == "talk2,talk3"
    assert view.talks.talk_id == "talk1"
    desk.press("Down", "space")
    assert order(desk) == "talk2,talk3,talk4"
    desk.press("Up", "alt+Up")
    assert order(desk) == "talk3,talk2,talk4"
    for _ in range(5):
        desk.press("ctrl+z")
    assert order(desk) == "talk1,talk2,talk3"
    assert desk.window.focus() is view.talks.tree
    assert desk.texts == ["One", "Two", "Three"]


def test_a_change_draws_only_the_rows_that_it_is_about(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    view = shown(desk)
    into_talks(desk, view)
    tree, touched = view.talks.tree, []  # type: ignore[var-annotated]
    for name in ("insert", "delete", "move", "item"):
        known = getattr(tree, name)

        def spy(
            *of: object, name: str = name, known: Callable[..., object] = known, **options: object
        ) -> object:
            touched.append((name, of[-1] if name == "insert" else of[0]))
            return known(*of, **options)

        monkeypatch.setattr(tree, name, spy)
    desk.press("alt+Down")
    assert order(desk) == "talk2,talk1,talk3"
    assert touched == [("move", "talk1")]
    touched.clear()
    view.fields.entries["title"].put_caret(0)
    desk.type("x")
    assert touched == []
    view.talks.choose("talk4")
    desk.until(lambda: view.write_up.talk_id == "talk4", "the write-up")
    view.write_up.written.text.focus_force()
    desk.type("y")
    assert {of for _, of in touched} == {"talk4"}


def test_the_rows_stand_in_the_order_of_the_post_whatever_it_was_before(desk: Desk, book: Notebook) -> None:
    view = shown(desk)
    ids = ("talk1", "talk2", "talk3", "talk4")
    for number, inside in enumerate(itertools.permutations(ids)):
        inside = inside[: number % 5]
        view.talks.show(book, replace(PART_1, talks=inside))
        rest = tuple(talk_id for talk_id in ids if talk_id not in inside)
        assert view.talks.tree.get_children() == (*inside, *rest)
        few = replace(book, talks=book.talks[number % 4 :])
        view.talks.show(few, replace(PART_1, talks=()))
        assert view.talks.tree.get_children() == ids[number % 4 :]
    view.talks.show(book, PART_1)


def test_a_click_on_the_mark_takes_a_talk_out_and_in(desk: Desk) -> None:
    view = shown(desk)
    for expected in ("talk1,talk3", "talk1,talk2,talk3"):
        desk.root.update()
        x, y, _, height = view.talks.tree.bbox("talk2", "#0")
        image = next(
            x + dx
            for dx in range(80)
            if "image" in str(view.talks.tree.identify_element(x + dx, y + height // 2))
        )
        desk.click(view.talks.tree, image + 5, y + height // 2)
        assert order(desk) == expected


def test_talks_are_dragged(desk: Desk) -> None:
    view = shown(desk)
    tree = view.talks.tree

    def drag(item: str, to: str, *, lower: bool) -> None:
        desk.root.update()
        box, target = tree.bbox(item), tree.bbox(to)
        tree.event_generate("<ButtonPress-1>", x=150, y=box[1] + 8)
        tree.event_generate("<B1-Motion>", x=150, y=box[1] + 16, state=0x100)
        y = target[1] + (target[3] - 3 if lower else 3)
        tree.event_generate("<B1-Motion>", x=150, y=y, state=0x100)
        tree.event_generate("<ButtonRelease-1>", x=150, y=y)
        desk.root.update()

    drag("talk1", "talk2", lower=True)
    assert order(desk) == "talk2,talk1,talk3"
    drag("talk4", "talk2", lower=False)
    assert order(desk) == "talk4,talk2,talk1,talk3"
    drag("talk4", "talk3", lower=True)
    assert order(desk) == "talk2,talk1,talk3,talk4"
    desk.press("ctrl+z", "ctrl+z", "ctrl+z")
    drag("talk2", "talk4", lower=True)
    assert order(desk) == "talk1,talk3"


# --- write-ups ---------------------------------------------------------------------------------------


def test_a_write_up_is_opened_typed_over_its_suggestion_and_left(desk: Desk) -> None:
    view = shown(desk)
    into_talks(desk, view)
    written = view.write_up.written
    desk.until(lambda: written.text.get("1.0", "end-1c") == "One. Two. Three.", "the suggestion")
    assert written.text.tag_ranges("suggestion")
    assert written.offset == 0
    desk.press("Return")
    assert desk.window.focus() is written.text
    desk.type("Mine")
    assert desk.session.notebook.talks[0].write_up == "Mine"
    assert not written.text.tag_ranges("suggestion")
    read(desk, view, "First Talk - Mine")
    assert view.talks.rows[0].how == "written up"
    desk.press("Escape")
    assert desk.window.focus() is view.talks.tree
    desk.press("ctrl+z")
    assert desk.session.notebook.talks[0].write_up == ""
    assert desk.window.focus() is written.text
    assert desk.session.talk_id == "talk1"


def test_the_suggestion_is_taken_over_and_its_notes_are_used(desk: Desk) -> None:
    view = shown(desk)
    into_talks(desk, view)
    desk.press("Down", "Down", "Down", "Return")
    assert view.write_up.talk_id == "talk4"
    desk.press("ctrl+shift+Return")
    fourth = desk.session.notebook.talks[3]
    assert (fourth.write_up, [note.used for note in fourth.notes]) == ("One. Two. Three.", [True] * 3)
    assert view.write_up.written.offset == len("One. Two. Three.")
    assert desk.session.notebook.talks[0] == FIRST
    assert desk.session.talk_id == "talk1"
    desk.press("ctrl+shift+Return")
    assert "Put the caret into a note" in desk.window.status.message
    desk.press("ctrl+z")
    assert desk.session.notebook.talks[3] == TALKS[3]
    desk.press("F4")
    desk.until(desk.window.page.text.winfo_viewable, "the notes")
    assert desk.session.talk_id == "talk4"


def test_the_notes_of_the_chosen_talk_are_opened(desk: Desk) -> None:
    view = shown(desk)
    into_talks(desk, view)
    desk.press("Down")
    view.write_up.to_notes.focus_force()
    desk.press("space")
    desk.until(desk.window.page.text.winfo_viewable, "the notes")
    assert desk.session.talk_id == "talk2"
    assert desk.window.focus() is desk.window.page.text


# --- parts and published -----------------------------------------------------------------------------


def test_a_new_part_is_made_shown_and_removed(desk: Desk) -> None:
    view = shown(desk)
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "New Part from", "Return"))
    desk.until(lambda: len(desk.session.notebook.posts) == 2, "the part")
    assert view.fields.entries["title"].get() == "An Event Notes - Part 2"
    assert str(view.head.part.cget("text")) == "Part 2 ▾"
    assert [row.how for row in view.talks.rows] == ["from its notes", "in Part 1", "in Part 1", "in Part 1"]
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "New Part from", "Return"))
    assert "Every talk stands in a part already" in desk.window.status.message
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "Remove Part", "Return"))
    desk.until(lambda: len(desk.session.notebook.posts) == 1, "it is gone")
    assert view.fields.entries["title"].get() == PART_1.title
    desk.press("ctrl+z")
    assert len(desk.session.notebook.posts) == 2


def test_another_part_is_chosen_from_the_menu_over_the_fields(
    open_book: Callable[[Notebook], Desk], book: Notebook
) -> None:
    out = Published("2018-01-12", "https://example.org/part-1")
    second = Post("post2", "An Event Notes - Part 2", talks=("talk4",))
    desk = open_book(replace(book, posts=(replace(PART_1, published=out), second)))
    view = shown(desk)
    assert str(view.head.published.cget("text")) == "published Jan 12, 2018"
    view.head.part.focus_force()
    desk.press("Return")
    desk.press("Down", "Down", "Return")
    desk.until(lambda: desk.session.shown_post == "post2", "the other part")
    assert view.fields.entries["title"].get() == "An Event Notes - Part 2"
    read(desk, view, "Fourth Talk")
    assert str(view.head.published.cget("text")) == "not published yet"
    desk.press("ctrl+1", "ctrl+2")
    assert desk.session.shown_post == "post2"


def test_when_and_where_it_came_out_is_typed_and_cleared(desk: Desk) -> None:
    view = shown(desk)
    view.head.published.focus_force()
    desk.press("space")
    desk.until(view.published.winfo_viewable, "the entries")
    desk.type("soon")
    desk.press("Return")
    assert "“soon” is not a date" in desk.window.status.message
    assert view.published.winfo_manager()
    assert view.published.day.instate(["invalid"])
    desk.press("ctrl+a")
    desk.type("2018-01-12")
    desk.press("Tab")
    desk.type("nowhere")
    desk.press("Return")
    assert "“nowhere” is no address" in desk.window.status.message
    assert (view.published.day.instate(["invalid"]), view.published.url.instate(["invalid"])) == (False, True)
    desk.press("ctrl+a")
    desk.type("https://example.org/1")
    desk.press("Return")
    assert desk.window.status.message == "Published."
    assert the_post(desk).published == Published("2018-01-12", "https://example.org/1")
    assert str(view.head.published.cget("text")) == "published Jan 12, 2018"
    assert desk.window.focus() is view.head.published
    desk.press("ctrl+z")
    assert the_post(desk).published is None


# --- checks ------------------------------------------------------------------------------------------


def checked(desk: Desk, *checks: Check) -> PostView:
    """What the post view makes of these, in place of what it has found itself."""
    view = shown(desk)
    desk.until(lambda: view.preview.previewed.checks, "what was found itself")
    view.checks.show(checks)
    desk.root.update()
    return view


def test_a_missing_link_is_pasted_right_there(desk: Desk) -> None:
    view = shown(desk)
    desk.until(lambda: view.checks.buttons, "the checks")
    button = next(one for one in view.checks.buttons if "public link" in str(one.cget("text")))
    button.focus_force()
    desk.press("space")
    assert desk.window.focus() is view.checks.entry
    desk.type("nonsense")
    desk.press("Return")
    assert "not an address" in desk.window.status.message
    assert view.checks.entry is not None
    desk.press("ctrl+a")
    desk.root.clipboard_clear()
    desk.root.clipboard_append("https://example.org/2")
    desk.press("ctrl+v", "Return")
    assert desk.session.notebook.talks[1].url == "https://example.org/2"
    assert view.checks.entry is None
    desk.until(lambda: not _asks_for_link(view), "nothing is missing")
    desk.press("ctrl+z")
    assert desk.session.notebook.talks[1].url == ""


def _asks_for_link(view: PostView) -> bool:
    return any("public link" in str(button.cget("text")) for button in view.checks.buttons)


def test_with_a_broken_style_it_says_when_it_will_be_looked(desk: Desk) -> None:
    view = shown(desk)
    desk.until(lambda: view.checks.buttons, "the checks")
    folder = paths.styles_folder()
    folder.mkdir(parents=True)
    (folder / "broken.md.j2").write_text("{{ nothing.at.all }}", encoding="utf-8")
    notebook = desk.session.notebook
    other = replace(notebook.posts[0], id="another", style="broken", talks=())
    desk.session.do("New Part", replace(notebook, posts=(*notebook.posts, other)))
    view.open("another")
    desk.until(lambda: "Looked for once the style is mended." in _said(view), "when it is looked")
    assert view.preview.text.get("1.0", "end-1c") == ""
    desk.session.do("Style", replace(notebook, posts=(*notebook.posts, replace(other, style="list"))))
    desk.until(lambda: view.checks.buttons or "Nothing to mend." in _said(view), "the checks")
    assert "Looked for once the style is mended." not in _said(view)


def _said(view: PostView) -> list[str]:
    return [str(one.cget("text")) for one in view.checks._list.winfo_children() if isinstance(one, ttk.Label)]


def test_each_check_leads_to_its_place(desk: Desk) -> None:
    view = checked(
        desk,
        Check("no title", "The post has no title", "title"),
        Check("date", "The date is in the future", "date"),
        Check("slug", "The slug is reserved", "slug"),
        Check("empty link", "A link without words", "intro"),
        Check("markdown", "Second Talk: an open *", "write_up", "talk2"),
        Check("quote", "First Talk: the quote at 0:10", "notes", "talk1", "n1"),
    )
    places = {
        **{i: view.fields.entries[name] for i, name in enumerate(("title", "date", "slug"))},
        3: view.fields.texts["intro"].text,
        4: view.write_up.written.text,
        5: desk.window.page.text,
    }
    for number, place in places.items():
        view.checks.buttons[number].focus_force()
        desk.press("Return")
        desk.until(lambda place=place: desk.window.focus() is place, f"the place of {number}")  # type: ignore[misc]
    assert desk.window.caret().note_id == "n1"
    assert not desk.window.views.shows_post


# --- keys alone --------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_control_is_reached_and_its_focus_is_seen(desk: Desk, theme: str) -> None:
    desk.session.set(theme=theme)
    view = checked(desk, Check("no title", "The post has no title", "title"))
    into_talks(desk, view)
    title = view.fields.entries["title"]
    title.focus_force()
    seen: list[tkinter.Misc] = []
    while not seen or seen[-1] is not title:
        desk.press("Tab")
        focus = desk.root.focus_get()
        assert focus is not None
        assert focus not in seen, f"{focus} twice"
        seen.append(focus)
    assert set(usable(desk.root)) <= {*seen, view.preview.text}
    names = [place for place in seen if place in view.fields.entries.values()]
    assert names[-1] is title
    assert title.selection_present()
    desk.press("shift+Tab")
    assert desk.root.focus_get() is seen[-2]
    assert the_post(desk) == PART_1
    for place in seen:
        (title if place is not title else view.talks.tree).focus_set()
        desk.root.update()
        around = view.preview if place is view.preview.text else place
        without = pixels(around)
        place.focus_set()
        desk.until(
            lambda around=around, without=without: pixels(around) != without,  # type: ignore[misc]
            f"the focus of {place} is seen",
        )


def test_ctrl_e_exports_the_post_that_is_shown(
    open_book: Callable[[Notebook], Desk], book: Notebook, tmp_path: Path
) -> None:
    second = Post("post2", "An Event Notes - Part 2", "2018-02-01", talks=("talk4",))
    desk = open_book(replace(book, posts=(PART_1, second)))
    shown(desk)
    desk.window.show("post", "post2")
    now = post.current(desk.session)
    assert now is not None
    assert now.id == "post2"
    target = tmp_path / "part-2.md"
    desk.in_dialogs("ctrl+e", ("Export", str(target), "Return"))
    desk.until(target.exists, "the post is written")
    desk.until(lambda: "Exported" in desk.window.status.message, "it is told")
    assert "# An Event Notes - Part 2" in target.read_text(encoding="utf-8")
    assert [each.talks for each in desk.session.notebook.posts] == [PART_1.talks, second.talks]


# --- nothing there, and nothing to change ------------------------------------------------------------


def test_without_a_post_a_button_makes_the_first(
    open_book: Callable[[Notebook], Desk], book: Notebook
) -> None:
    desk = open_book(replace(book, posts=()))
    view = shown(desk)
    assert desk.window.focus() is view.make
    assert not view.body.winfo_viewable()
    desk.press("Return")
    desk.until(view.body.winfo_viewable, "the fields")
    assert view.fields.entries["title"].get() == "An Event Notes - Part 1"
    assert order(desk) == "talk1,talk2,talk3,talk4"
    assert desk.window.focus() is view.fields.entries["title"]
    desk.press("ctrl+z")
    desk.until(lambda: not desk.session.notebook.posts, "it is undone")


def test_without_a_talk_it_is_usable(open_book: Callable[[Notebook], Desk], book: Notebook) -> None:
    desk = open_book(replace(book, talks=(), posts=(replace(PART_1, talks=()),)))
    view = shown(desk)
    assert view.head_right.export.instate(["!disabled"])
    read(desk, view, "Hello.")
    assert " talks" not in desk.window.status.message
    view.fields.texts["closing"].put_caret(0)
    desk.type("More soon.")
    assert the_post(desk).closing == "More soon."
    desk.press("ctrl+z", "ctrl+1", "ctrl+2")
    assert the_post(desk).closing == ""
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "New Part from", "Return"))
    assert "there is none in this notebook yet" in desk.window.status.message


def test_without_talk_and_post_nothing_is_counted_and_export_cannot_be_pressed(
    open_book: Callable[[Notebook], Desk], book: Notebook
) -> None:
    desk = open_book(replace(book, talks=(), posts=()))
    view = shown(desk)
    assert view.head_right.export.instate(["disabled"])
    assert " talks" not in desk.window.status.message
    assert "min to read" not in desk.window.status.message


def test_what_can_only_be_read_is_shown_and_says_so(desk: Desk) -> None:
    desk.session.read_only = True
    before = desk.session.notebook
    view = shown(desk)
    assert view.only_read.winfo_viewable()
    desk.type("New")
    desk.press("Tab", "Tab", "Tab")
    desk.type("more")
    into_talks(desk, view)
    desk.press("alt+Down", "space")
    assert "can be read here, not changed" in desk.window.status.message
    desk.press("ctrl+1")
    assert desk.session.notebook is before
    assert (view.fields.entries["title"].get(), view.fields.texts["intro"].text.get("1.0", "end-1c")) == (
        PART_1.title,
        "Hello.",
    )


def test_another_notebook_is_opened_with_its_notes(desk: Desk, tmp_path: Path) -> None:
    shown(desk)
    from desktopnotes.actions import file

    other = tmp_path / "other.talknotes.json"
    other.write_bytes(codec.encode(Notebook("book2", "Other", talks=(replace(FIRST, id="x"),))))
    file.open_path(desk.session, other)
    desk.until(desk.window.page.text.winfo_viewable, "the notes")
    assert desk.session.shown_post is None
    view = shown(desk)
    assert desk.window.focus() is view.make
