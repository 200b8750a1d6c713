"""The states of the window that the contact sheet shows: each a line with what brings the window into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktopnotes.actions import file, hints
from desktopnotes.commands.chosen_keys import Where
from desktopnotes.downloading.work import Run
from desktopnotes.media.downloads import Figures
from desktopnotes.media.web_errors import Why, because
from desktopnotes.media.web_page import Entry, Listing
from desktopnotes.model.downloads import Download, Phase
from desktopnotes.model.notebook import Note, Talk
from desktopnotes.screen import Offer
from desktopnotes.storage import backups, codec
from desktopnotes.storage.saver import SaveKind, SaveReport
from desktopnotes.ui import dialogs
from desktopnotes.ui.find_window import FindWindow
from desktopnotes.ui.preference_rows import GROUPS
from desktopnotes.words import _
from tests.ui.conftest import Desk
from tests.ui.sheet_notebooks import LONG, own

Deed = Callable[[Desk], object]
_PAGE = "https://example.org/talk"


@dataclass(frozen=True, slots=True)
class State:
    """`show` brings the window into it; `title` is that of the dialog it opens, which is closed after it.

    It is shown at the usual and the least size, light and dark; `everywhere`: on all other screens as well.
    """

    name: str
    show: Deed
    title: str = ""
    leave: Deed = lambda desk: None
    everywhere: bool = False


def settle(desk: Desk) -> None:
    """Until nothing is waiting to be drawn for some rounds of the window."""
    for _round in range(2):
        done: list[bool] = []
        desk.root.after(20, lambda done=done: done.append(True))  # type: ignore[misc]
        desk.until(lambda done=done: done, "a round")  # type: ignore[misc]


def part(name: str) -> Deed:
    """Opens a part of the window by its name (see `ui/parts.py`)."""
    return lambda desk: desk.window.show(part=name)


def open_notebook(name: str) -> Deed:
    return lambda desk: file.open_path(desk.session, Path.home() / f"{name}.talknotes.json")


# --- the page ----------------------------------------------------------------------------------------


def _go_to(talk_id: str, *, note: str = "") -> Deed:
    def show(desk: Desk) -> None:
        desk.session.open_talk(talk_id)
        desk.window.page.text.focus_force()
        if note:
            desk.window.page.put_caret(note, 0)
            desk.window.page.text.see("insert")

    return show


def _write(desk: Desk) -> None:
    _go_to("talk1")(desk)
    desk.window.page.put_blank(desk.window.page.last_id)
    desk.window.page.text.insert("insert", own("Written just now"))


def _kinds(desk: Desk) -> None:
    _go_to("kinds", note="differs")(desk)
    marks = desk.window.side.marks
    desk.until(lambda: desk.session.spoken.transcript, "the captions")
    desk.until(lambda: any(known.said for known in marks._known.values()), "what the captions say instead")
    desk.window.page.put_caret("question", 4)
    desk.stand_at(150_000)


def _type_tag(desk: Desk) -> None:
    _go_to("kinds")(desk)
    page = desk.window.page
    page.put_blank("question")
    page.text.insert("insert", own("A note with #"))
    page.text.insert("insert", own("m"))
    desk.window.note_things.tags.look()


def _leave_tag(desk: Desk) -> None:
    desk.window.note_things.tags.close()
    desk.session.undo()


def _enter_stamp(typed: str) -> Deed:
    def show(desk: Desk) -> None:
        _go_to("kinds", note="question")(desk)
        settle(desk)
        desk.window.show("stamp entry")
        entry: Any = desk.window.page.gutter._entry
        if typed:
            entry._entry.delete(0, "end")
            entry._entry.insert(0, typed)
            entry._take(None)

    return show


def _close_stamp(desk: Desk) -> None:
    desk.window.page.gutter._entry.close()
    desk.window.page.text.focus_set()


def _choose_notes(desk: Desk) -> None:
    _go_to("talk1", note="note3")(desk)
    page = desk.window.page
    page.text.tag_add("sel", page.index_of(2, 0), page.index_of(7, 9))


def _menu_of_note(desk: Desk) -> None:
    _go_to("talk1", note="note3")(desk)
    settle(desk)
    root = desk.root
    x, y = root.winfo_rootx() + root.winfo_width() * 2 // 3, root.winfo_rooty() + 60
    desk.window.note_things.pop_up(x, y)


def _menu(name: str) -> Deed:
    def show(desk: Desk) -> None:
        menus, root = desk.window.menus, desk.root
        menus.menus[name].post(root.winfo_rootx() + 40, root.winfo_rooty())

    return show


def _close_menus(desk: Desk) -> None:
    menus = desk.window.menus
    for menu in (*menus.menus.values(), *(one for below in menus._below.values() for one in below)):
        menu.unpost()


# --- finding and the transcript ----------------------------------------------------------------------


def _find(words: str) -> Deed:
    def show(desk: Desk) -> None:
        _go_to("kinds")(desk)
        bar = desk.window.parts.finding.bar
        bar.open()
        bar.words.set(words)
        desk.until(lambda: not bar.is_looking, "the hits")
        if words:
            desk.until(lambda: str(bar.count.cget("text")), "their number")

    return show


def _find_everywhere(words: str) -> Deed:
    def show(desk: Desk) -> None:
        _go_to("talk1")(desk)
        desk.window.parts.finding.everywhere(words)
        window = desk.dialog("Find Everywhere")
        assert isinstance(window, FindWindow)
        window.captions.set(bool(words))
        desk.until(lambda: not window.is_looking, "all is looked through")

    return show


def _replace(desk: Desk) -> None:
    _go_to("talk1")(desk)
    desk.window.parts.finding.replace()
    dialog = desk.dialog("Replace")
    dialog.wanted.set(own("sidecar"))
    dialog.new.set(own("proxy at the side"))
    desk.until(lambda: len(dialog.places.lines) > 5, "the places")
    dialog._toggle(1)


def _transcript(*, beneath: bool) -> Deed:
    def show(desk: Desk) -> None:
        _go_to("talk1")(desk)
        side = desk.window.side
        desk.stand_at(200_000)
        if side.is_beneath != beneath:
            side.toggle_place()
        side.show_transcript()
        desk.until(lambda: side.pane and own("sidecar") in side.pane.text.get("1.0", "3.0"), "what was said")

    return show


def _without_captions(desk: Desk) -> None:
    _go_to("talk2")(desk)
    side = desk.window.side
    side.show_transcript()
    desk.until(
        lambda: side.pane and side.pane.said and side.pane.choose.winfo_viewable(), "that there are none"
    )


def _hide_transcript(desk: Desk) -> None:
    desk.window.side.is_beneath = False
    desk.window.side.show_notes()


# --- the talks and what plays ------------------------------------------------------------------------


def _group_by(by: str) -> Deed:
    return lambda desk: desk.session.set(talks_by=by)


def _filter_talks(words: str) -> Deed:
    def show(desk: Desk) -> None:
        desk.window.talks.search.focus_force()
        desk.window.talks.head._typed.set(words)

    return show


def _not_playing(desk: Desk) -> None:
    desk.player.refuses = error = because(Why.PRIVATE, _PAGE)
    desk.session.open_talk("web")
    desk.until(lambda: error.message in desk.window.video.words, "it says why")
    desk.player.refuses = None


def _moved(desk: Desk) -> None:
    desk.player.checks_files = True
    desk.session.open_talk("moved")
    desk.until(lambda: desk.window.video.buttons, "what can be done")


def _all_play(desk: Desk) -> None:
    desk.player.checks_files = False


def _sound(desk: Desk) -> None:
    _go_to("talk1")(desk)
    desk.stand_at(125_000)
    settle(desk)
    desk.window.video.show_sound(own("Istio: Weaving the Service Mesh"))
    desk.window.video.show_time("02:05")


def _said(desk: Desk) -> None:
    desk.window.video.said.show(
        own("So traffic in and out is under the same rules, whatever the service is written in.")
    )
    desk.window.video.notice(_("The connection was lost: it goes on by itself."))


def _not_said(desk: Desk) -> None:
    desk.window.video.said.show("")
    desk.window.video.notice("")
    desk.window.video.show_video()


def _drag_mark(desk: Desk) -> None:
    _go_to("talk1")(desk)
    settle(desk)
    line = desk.window.timeline
    mark = line._marks_at(line.x_of(300_000), 2)
    line.drag.begin(mark, line.x_of(300_000))
    x = line.x_of(330_000)
    line.drag.go(x, line.winfo_rootx() + x)


def _tip(desk: Desk) -> None:
    desk.window.talks._tip._item = "talk1"
    desk.window.talks._tip._show()


# --- windows of their own ----------------------------------------------------------------------------


def _preferences(group: str) -> Deed:
    def show(desk: Desk) -> None:
        desk.window.show("preferences")
        desk.dialog("Preferences").book.select(GROUPS.index(_(group)))

    return show


def _wrong_preference(desk: Desk) -> None:
    _preferences("Writing")(desk)
    field = desk.dialog("Preferences").fields["stamp_back_ms"]
    field._value.set(own("soon"))
    field.take_now()


def _waits_for_key(desk: Desk) -> None:
    desk.window.show("keys")
    page = desk.dialog("Keys").list
    page.tree.selection_set("notes.restamp")
    page.wait(Where.TEXT)
    page.waiting._try("Mod+T")


def _palette(words: str) -> Deed:
    def show(desk: Desk) -> None:
        desk.window.show("palette")
        desk.dialog("Find a Command").words.set(words)

    return show


def _talk_data(**typed: str) -> Deed:
    def show(desk: Desk) -> None:
        _go_to("talk1")(desk)
        desk.window.show("talk")
        dialog = desk.dialog("Talk")
        for name, text in typed.items():
            dialog._put(name, text)
        if typed:
            desk.until(lambda: dialog._looks.get("file", ("", None))[1], "what is said of the file")

    return show


def _notebooks(desk: Desk) -> None:
    for name in ("none", "many", "usual"):
        open_notebook(name)(desk)
    desk.window.recent.now(Path.home() / "disk" / "gone.talknotes.json", own("Lectures"))
    desk.window.show("notebooks")
    desk.until(lambda: desk.dialog("Notebooks")._gone, "that one is gone")


def _shift(typed: str) -> Deed:
    def show(desk: Desk) -> None:
        _go_to("talk1", note="note3")(desk)
        desk.window.show("shift stamps")
        dialog = desk.dialog("Shift Stamps")
        dialog.entry.insert(0, typed)
        dialog._say()

    return show


def _update(desk: Desk) -> None:
    desk.window.show("update yt-dlp")
    dialog = desk.dialog("Update yt-dlp")
    desk.until(lambda: dialog.buttons, "what is advised")


def _backups(desk: Desk) -> None:
    """What was there a while ago, and what was there yesterday."""
    notebook, path = desk.session.notebook, desk.session.path
    first, *rest = notebook.talks
    gone = Note("gone", 95_000, text=own("A queue between two parts is where the waiting shows"))
    then = replace(first, write_up=own("Simple is one fold."), notes=(*first.notes[1:], gone))
    lost = Talk("lost", title=LONG, notes=(gone, replace(gone, id="gone2", text=f"{LONG}, {LONG}")))
    now = datetime.now(UTC)
    for days, talks, why in (
        (3, (), backups.Why.OPENED),
        (1, (lost,), backups.Why.LOSS),
        (0, (lost,), backups.Why.CHANGES),
    ):
        kept = replace(notebook, talks=(then, *rest, *talks))
        moment = now - timedelta(days=days, seconds=9)
        backups.keep(path, why, notebook=kept, content=codec.encode(kept), now=moment)
    desk.window.show("backups")
    desk.until(lambda: desk.dialog("Backups") and desk.dialog("Backups").seen, "the backups")
    desk.dialog("Backups").left.move(1)
    desk.until(lambda: desk.dialog("Backups").seen, "the backup before")


def _no_backups(desk: Desk) -> None:
    desk.window.show("backups", str(Path.home() / f"{own('gone')}.talknotes.json"))


def _downloads(*, some: bool) -> Deed:
    def show(desk: Desk) -> None:
        one = Download("aaaaaa1", _PAGE, own("Simple Made Easy"), "/nowhere", "talk1", "/videos")
        full = _("The disk is full: the recording was not loaded whole.")
        items = (
            one,
            replace(one, id="aaaaaa2", title=LONG, phase=Phase.PAUSED),
            replace(one, id="aaaaaa3", title=own("The Value of Values"), phase=Phase.FAILED, message=full),
            replace(
                one, id="aaaaaa4", title=own("Hammock Driven"), phase=Phase.DONE, file="/videos/Hammock.mp4"
            ),
        )
        queue = desk.session.downloads
        queue._start = lambda _: None  # type: ignore[method-assign]
        queue._do(lambda _: items if some else ())
        queue._runs.clear()
        if some:
            queue._runs["aaaaaa1"] = Run(figures=Figures(117_900_000, 280_000_000, 2_100_000, 78))
        desk.window.show("downloads")
        desk.dialog("Downloads").draw()

    return show


def _leave_downloads(desk: Desk) -> None:
    desk.session.downloads._runs.clear()
    desk.session.downloads._do(lambda _: ())


def _playlist(desk: Desk) -> None:
    address = "https://example.org/playlist"
    entries = [
        Entry(f"{_PAGE}{i}", f"{i}. {LONG}" if i % 4 == 0 else own(f"Talk {i}"), i * 60_000)
        for i in range(1, 41)
    ]
    desk.web.lists[address] = [Entry(_PAGE, own("Operating Kubernetes"), 65_000), *entries]
    desk.window.parts.listings.found(Listing(address, own("A Conference 2017, all its Recordings")))
    desk.until(lambda: desk.dialog("Add from a List"), "the list")
    desk.until(lambda: desk.dialog("Add from a List").rows.count, "its talks")


def _question(ask: Callable[..., object], *words: object) -> Deed:
    return lambda desk: ask(desk.root, desk.window.theme, *words)


# --- the whole window --------------------------------------------------------------------------------


def _hint(desk: Desk) -> None:
    desk.window.hints.look = lambda: None  # type: ignore[method-assign]
    desk.window.hints._show(hints.HINTS[4])


def _long_message(desk: Desk) -> None:
    words = _("“{talk}” does not play: its page asks you to sign in. Your notes are safe.")
    words = words.format(talk=own("A Talk with Quite a Long Title"))
    told = f"{words} {_('Download it with your own browser.')}"
    desk.window.tell(told, Offer(_("Open Its Page"), lambda: None))


def _error(desk: Desk) -> None:
    copies = Path.home() / ".local" / "state" / "desktopnotes" / "unsaved"
    desk.window.saved(
        SaveReport(
            SaveKind.FAILED,
            1,
            datetime.now(),
            _("A copy of your notes is kept in {folder}.").format(
                folder="~/.local/state/desktopnotes/unsaved"
            ),
            _(
                "Free some space, or choose another place. "
                "The disk is full; what was saved before is untouched."
            ),
            _("The disk is full"),
            copies / "event.talknotes.json",
        )
    )


def _clear(desk: Desk) -> None:
    desk.window.saved(SaveReport(SaveKind.SAVED, 1, datetime(2026, 11, 26, 10, 42, 7)))
    desk.window.status._close()


def _leave_full_screen(desk: Desk) -> None:
    """The window has its menu and its size again some moments later."""
    desk.window.show("full screen")
    desk.until(lambda: desk.root.cget("menu"), "the menu is back")
    settle(desk)


def _full_screen(desk: Desk) -> None:
    desk.window.show("full screen")
    desk.until(lambda: desk.root.winfo_height() == desk.root.winfo_screenheight(), "it fills the screen")


def _long_title(desk: Desk) -> None:
    open_notebook("many")(desk)
    _go_to("talk7")(desk)


def _thousand_notes(desk: Desk) -> None:
    open_notebook("many")(desk)
    _go_to("talk1", note="n1100")(desk)


def _post(talk_id: str = "") -> Deed:
    def show(desk: Desk) -> None:
        desk.window.show("post")
        view = desk.window.views.made()
        desk.until(lambda: view.preview.previewed.words, "the preview")
        if talk_id:
            view.talks.choose(talk_id)
            view.talks.tree.focus_force()
            words = view.write_up.written.text
            desk.until(lambda: words.get("1.0", "end-1c"), "the write-up, or the suggestion of one")
        desk.until(lambda: view.checks._list.winfo_children(), "what is to be mended")
        settle(desk)

    return show


def _post_of(notebook: str) -> Deed:
    def show(desk: Desk) -> None:
        open_notebook(notebook)(desk)
        _post()(desk)

    return show


def _details(desk: Desk) -> None:
    _post()(desk)
    fields = desk.window.views.made().fields
    fields.toggle_details()
    fields.entries["date"].insert("end", "x")


def _published(desk: Desk) -> None:
    _post()(desk)
    desk.window.show("published")


def _parts(desk: Desk) -> None:
    _post()(desk)
    settle(desk)
    desk.window.views.made().head.part.invoke()


def _to_notes(desk: Desk) -> None:
    view = desk.window.views.made()
    if view.fields.are_unfolded:
        view.fields.toggle_details()
        desk.session.undo()
    view._close_published()
    _close_menus(desk)
    desk.window.views.show_notes()


STATES: tuple[State, ...] = (
    State("notes", _write, everywhere=True),
    State("all kinds of notes", _kinds, everywhere=True),
    State("list of tags", _type_tag, leave=_leave_tag),
    State("stamp entry", _enter_stamp(""), leave=_close_stamp),
    State("stamp entry, no time", _enter_stamp(own("soon")), leave=_close_stamp, everywhere=True),
    State("chosen notes", _choose_notes),
    State("a note's menu", _menu_of_note, leave=_close_menus),
    State("menu Notes", _menu("notes"), leave=_close_menus, everywhere=True),
    State("menu Talk", _menu("talk"), leave=_close_menus),
    State("a mark is dragged", _drag_mark, leave=lambda desk: desk.window.timeline.drag.give_up()),
    State(
        "find bar", _find(own("the")), leave=lambda desk: desk.window.parts.finding.close(), everywhere=True
    ),
    State("find bar, a filter", _find("kind:question"), leave=lambda desk: desk.window.parts.finding.close()),
    State("find bar, no hits", _find(own("zebra")), leave=lambda desk: desk.window.parts.finding.close()),
    State("find everywhere", _find_everywhere(own("mesh")), "Find Everywhere", everywhere=True),
    State("find everywhere, empty", _find_everywhere(""), "Find Everywhere"),
    State("find everywhere, no hits", _find_everywhere(own("zebra")), "Find Everywhere"),
    State("replace", _replace, "Replace", everywhere=True),
    State("transcript", _transcript(beneath=False), leave=_hide_transcript),
    State("transcript beneath", _transcript(beneath=True), leave=_hide_transcript, everywhere=True),
    State("no captions", _without_captions, leave=_hide_transcript),
    State("write-up", lambda desk: desk.window.write_up.text.focus_force()),
    State("suggested write-up", _go_to("kinds", note="lines")),
    State("hint", _hint, leave=lambda desk: desk.window.hints._show(None)),
    State("message", _long_message, leave=_clear, everywhere=True),
    State("error", _error, leave=_clear),
    State("talks by state", _group_by("state")),
    State("talks by speakers", _group_by("speakers")),
    State("talks by tags", _group_by("tags")),
    State("talks in no groups", _group_by("none"), leave=_group_by("post")),
    State("talks with words", _filter_talks(own("mesh")), leave=_filter_talks("")),
    State("no talk with such words", _filter_talks(own("zebra")), leave=_filter_talks("")),
    State("tip on a talk", _tip, leave=lambda desk: desk.window.talks._tip.hide()),
    State("not playing", _not_playing, everywhere=True),
    State("moved recording", _moved, leave=_all_play),
    State("sound alone", _sound),
    State("words over the picture", _said, leave=_not_said),
    State("palette", _palette(_("note")), "Find a Command"),
    State("palette, nothing found", _palette(own("zebra")), "Find a Command"),
    State("keys", part("keys"), "Keys", everywhere=True),
    State("clash of keys", _waits_for_key, "Keys"),
    State("preferences: writing", _preferences("Writing"), "Preferences"),
    State("preferences: not taken", _wrong_preference, "Preferences"),
    State("preferences: playing", _preferences("Playback"), "Preferences"),
    State("preferences: looks", _preferences("Looks"), "Preferences"),
    State("preferences: posts", _preferences("Posts"), "Preferences"),
    State("preferences: site", _preferences("Site"), "Preferences"),
    State("preferences: web", _preferences("Web"), "Preferences", everywhere=True),
    State("preferences: keys", _preferences("Keys"), "Preferences", everywhere=True),
    State("messages", part("messages"), "Messages"),
    State("the talk's data", _talk_data(), "Talk"),
    State(
        "the talk's data, wrong",
        _talk_data(title="", url=own("nonsense"), file="not/here.mp4"),
        "Talk",
        everywhere=True,
    ),
    State("notebooks", _notebooks, "Notebooks"),
    State("shift stamps", _shift("-0:30"), "Shift Stamps"),
    State("shift stamps, no time", _shift(own("soon")), "Shift Stamps"),
    State("two times", part("times"), "The File's Times and the Page's"),
    State("update", _update, "Update yt-dlp"),
    State("backups", _backups, "Backups", everywhere=True),
    State("no backups", _no_backups, "Backups"),
    State("downloads", _downloads(some=True), "Downloads", leave=_leave_downloads, everywhere=True),
    State("no downloads", _downloads(some=False), "Downloads"),
    State("a list from the web", _playlist, "Add from a List", everywhere=True),
    State("post", _post(), leave=_to_notes, everywhere=True),
    State("post, a write-up", _post("kinds"), leave=_to_notes, everywhere=True),
    State("post, details", _details, leave=_to_notes),
    State("post, published", _published, leave=_to_notes),
    State("post, its parts", _parts, leave=_to_notes),
    State("about", part("about"), "Desktop Notes"),
    State("guide", part("guide"), "Guide"),
    State("news", part("news"), "What Is New?"),
    State("report", part("report"), "Report a Problem"),
    State(
        "a text is asked",
        _question(dialogs.ask_text, _("Rename"), _("What is it called?"), own("This")),
        "Rename",
    ),
    State(
        "a choice is asked",
        _question(
            dialogs.ask_choice,
            _("Replace it?"),
            _("A file of that name is there."),
            (_("Replace"), _("Keep")),
        ),
        "Desktop Notes",
    ),
    State(
        "a target is asked",
        _question(dialogs.ask_target, _("Export"), Path("/home/you/site"), "post.md"),
        "Export",
    ),
    State("focus mode", part("focus mode"), leave=part("focus mode")),
    State("full screen", _full_screen, leave=_leave_full_screen, everywhere=True),
    State("no notes yet", _go_to("talk2")),
    State("read-only", open_notebook("newer"), leave=_clear),
    State("post, only read", _post_of("newer"), leave=_to_notes),
    State("300 talks, long titles", _long_title, everywhere=True),
    State("post, 300 talks", _post(), leave=_to_notes, everywhere=True),
    State("1,234 notes", _thousand_notes),
    State("no talk", open_notebook("none"), everywhere=True),
    State("no post", part("post"), leave=_to_notes, everywhere=True),
)
