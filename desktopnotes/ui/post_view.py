"""The post view: what the post is made of on the left, the post as it will be read on the right."""

from __future__ import annotations

import tkinter
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes import commands
from desktopnotes.actions import parts, post_view
from desktopnotes.actions import post as posts
from desktopnotes.model.history import Caret
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.dialogs import READ_ONLY
from desktopnotes.ui.layout import POST, Panes
from desktopnotes.ui.post_checks import PostChecks
from desktopnotes.ui.post_column import Column
from desktopnotes.ui.post_fields import PostFields
from desktopnotes.ui.post_head import NoPost, PostHead, PreviewHead, Published, pop_up_parts
from desktopnotes.ui.post_places import WRITE_UP, PostPlaces
from desktopnotes.ui.post_talks import Deeds, PostTalks
from desktopnotes.ui.post_write_up import PostWriteUp
from desktopnotes.ui.preview import Preview
from desktopnotes.ui.shortened import Shortened
from desktopnotes.words import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktopnotes.actions.previewing import Previewed
    from desktopnotes.export.checks import Check
    from desktopnotes.model.notebook import Notebook, Post
    from desktopnotes.ui.window import Window

_SHARE = 0.45
"""How much of the width the left half has at first, as in the design's picture."""


class PostView(ttk.Frame):
    """Made when it is first shown. It draws nothing while it is not."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.root)
        self._window = window
        theme, px = window.theme, window.theme.px
        self._drawn: Notebook | None = None
        self._previewed: Previewed | None = None
        self._was_at: tuple[str, str] = ("", "")
        self._left_post = ""
        self.panes = Panes(self, orient="horizontal")
        self.panes.pack(fill="both", expand=True, padx=px(14), pady=(px(6), px(4)))
        left, right = ttk.Frame(self.panes, width=1), ttk.Frame(self.panes, width=1)
        self.panes.add(left, weight=9)
        self.panes.add(right, weight=11)
        self.panes.bind("<ButtonRelease-1>", lambda _: self._remember_sash(), add=True)
        self._build_left(left)
        self.places = PostPlaces(window.focus, self.fields, self.talks, self.write_up)
        self.head_right = PreviewHead(right, theme, lambda: window.session, window.menus, window.run)
        self.head_right.pack(fill="x", padx=(px(6), 0), pady=(0, px(6)))
        self.preview = Preview(right, theme, lambda: window.session, window.gate)
        self.preview.pack(fill="both", expand=True, padx=(px(6), 0))
        self.preview.on_drawn = self._on_drawn
        self.preview.on_part = self.go_to_part
        self._watch()

    # --- building ------------------------------------------------------------------------------------

    def _build_left(self, master: ttk.Frame) -> None:
        window, theme, px = self._window, self._window.theme, self._window.theme.px
        self.head = PostHead(master, theme, partial(pop_up_parts, window.menus), self._runs("post.published"))
        self.head.pack(fill="x", padx=(0, px(6)), pady=(0, px(4)))
        self.published = Published(master, theme, self._take_published, self._close_published)
        self.only_read = ttk.Label(master, text=READ_ONLY, style="Muted.TLabel")
        self.column = Column(master, theme)
        self.column.pack(fill="both", expand=True)
        inside = ttk.Frame(self.column.inside, padding=(0, 0, px(6), px(6)))
        self.body = inside
        self.fields = PostFields(theme, lambda: window.session, lambda: self.post)
        self.fields.build_head(inside)
        self.fields.build_text(inside, "intro", _("Introduction"), 4)
        words = _("Talks, in the order of the post  (Alt+↑ ↓ moves, Space takes in or out)")
        over_talks = Shortened(inside, theme, style="Status.TLabel")
        over_talks.show(words)
        over_talks.pack(fill="x", pady=(px(8), 0))
        self.talks = PostTalks(inside, theme, window.icons, self._deeds())
        self.talks.pack(fill="x")
        self.write_up = PostWriteUp(inside, theme, lambda: window.session, self.open_in_notes)
        self.fields.build_text(inside, "closing", _("Closing"), 2)
        self.checks = PostChecks(inside, theme, self._lead, self._take_link, self._watch)
        self.checks.pack(fill="x", pady=(px(8), 0))
        self._nothing = NoPost(self.column.inside, theme, self._runs("post.new_part"))
        self.make = self._nothing.make

    def _runs(self, command_id: str) -> Callable[[], None]:
        return lambda: self._window.run(commands.by_id(command_id))

    def _deeds(self) -> Deeds:
        def gated(deed: Callable[..., None]) -> Callable[..., None]:
            def run(talk_id: str, *more: object) -> None:
                if self.post is not None:
                    self._window.gate.run(deed, self._window.session, self.post.id, talk_id, *more)

            return run

        return Deeds(
            self._choose,
            self._open_write_up,
            gated(post_view.put_in),
            gated(post_view.take_out),
            gated(post_view.step),
            gated(post_view.drop),
        )

    def _watch(self) -> None:
        """What has come lately is under the keys of the window too, and is scrolled to."""
        self._window.keys.watch([self])
        self.column.watch()
        self._bind_focus(self)

    def _bind_focus(self, widget: tkinter.Misc) -> None:
        if not hasattr(widget, "is_followed"):
            widget.is_followed = True  # type: ignore[attr-defined]
            widget.bind("<FocusIn>", lambda event: self._follow(self.places.part_of(event.widget)), add=True)
            if isinstance(widget, ttk.Button) and not widget.bind("<Return>"):
                widget.bind("<Return>", lambda _: and_break(widget.invoke))
        for child in widget.winfo_children():
            self._bind_focus(child)

    # --- what is shown -------------------------------------------------------------------------------

    @property
    def post(self) -> Post | None:
        session = self._window.session
        return session.notebook.post(session.shown_post or "")

    def open(self, post_id: str = "") -> None:
        """Shows that post; without one, as it was left where the same talk is open still, else its post."""
        session = self._window.session
        here = (str(session.path), session.talk_id)
        if not post_id and here == self._was_at and session.shown_post is None:
            post_id = self._left_post
        if session.notebook.post(post_id) is None:
            now = posts.current(session)
            post_id = now.id if now else ""
        if post_id == session.shown_post:
            self.draw()
            return
        self._show_other(post_id)
        self._window.layout.show_post(self)
        self.draw_anew()

    def draw_anew(self) -> None:
        self._drawn = None
        self.draw()

    def _show_other(self, post_id: str) -> None:
        session = self._window.session
        is_other = post_id != self._left_post
        session.shown_post = post_id
        session.history.end_step()
        if is_other:
            self.talks.choose("")
            self._close_published()
            self.checks.show((), is_looked=False)
            self._previewed = None

    def leave(self) -> None:
        """The notes take its place."""
        session = self._window.session
        self._was_at = (str(session.path), session.talk_id)
        self._left_post = session.shown_post or ""
        session.shown_post = None
        session.history.end_step()
        session.save_now()
        self._window.layout.hide_post()

    def draw(self) -> None:
        """Draws what differs from what it shows; called at every change while it is shown."""
        session = self._window.session
        if self.post is None and session.shown_post is not None:
            now = posts.current(session)
            self._show_other(now.id if now else "")
        notebook, post = session.notebook, self.post
        if notebook is self._drawn:
            return
        before, self._drawn = self._drawn, notebook
        self._arrange(post is not None)
        self.head.show(post)
        self.head_right.draw()
        self.fields.draw()
        self.talks.show(notebook, post)
        self.write_up.draw()
        self._say_counts()
        if before is None or before.talks is not notebook.talks or before.posts is not notebook.posts:
            self.preview.draw_soon()

    def _arrange(self, there_is_a_post: bool) -> None:
        shown, hidden = (self.body, self._nothing) if there_is_a_post else (self._nothing, self.body)
        if not shown.winfo_manager():
            hidden.pack_forget()
            shown.pack(fill="both", expand=True)
        if self._window.session.read_only and there_is_a_post:
            self.only_read.pack(anchor="w", before=self.column)
        else:
            self.only_read.pack_forget()

    def _on_drawn(self, found: Previewed) -> None:
        before, self._previewed = self._previewed, found
        is_looked = before is not None and before.of is found.of  # the same once more: now all was looked for
        self.checks.wait(bool(found.error))
        if not found.error and (is_looked or found.checks):
            self.checks.show(found.checks)
        self._say_counts()

    def _say_counts(self) -> None:
        """ "4 talks, 196 words, 1 min to read": of what the preview shows, when it is there."""
        found = self._previewed
        words = self.talks.counted if self._window.session.notebook.talks else ""
        if words and found is not None and not found.error:
            words += ", " + ngettext("{count} word", "{count} words", found.words).format(
                count=number(found.words)
            )
            if found.words:
                words += ", " + _("{minutes} min to read").format(minutes=number(found.minutes))
        if self._window.session.shown_post is not None:
            self._window.status.show_post(words)

    # --- the panes -----------------------------------------------------------------------------------

    def place_sash(self) -> None:
        self.update_idletasks()
        width = self.panes.winfo_width()
        kept = self._window.layout.sash(POST)
        least = self._window.theme.px(240)
        self.panes.divider(0, min(kept or round(width * _SHARE), max(least, width - least)))

    def _remember_sash(self) -> None:
        self._window.layout.keep_sash(POST, self.panes.divider(0))

    # --- talks and their write-ups -------------------------------------------------------------------

    def _choose(self, talk_id: str) -> None:
        """The chosen talk's write-up stands below the list."""
        self.write_up.show(talk_id)
        if talk_id and not self.write_up.winfo_manager():
            self.write_up.pack(fill="x", after=self.talks)
        elif not talk_id:
            self.write_up.pack_forget()
        self._follow(talk_id)

    def _open_write_up(self, talk_id: str) -> None:
        self.talks.choose(talk_id)
        self._choose(talk_id)
        self.write_up.written.text.focus_set()

    def open_in_notes(self) -> None:
        """The notes of the chosen talk take the place of the post view."""
        if self.write_up.talk_id:
            self._window.gate.run(post_view.go_to_note, self._window.session, self.write_up.talk_id, "")

    def to_notes(self) -> None:
        """F4: from a write-up to the notes of its talk, from anywhere else back to the notes."""
        if self.places.name_of(self._window.focus()) == WRITE_UP:
            self.open_in_notes()
        else:
            self._window.views.show_notes()

    def close(self) -> bool:
        """What Esc closes first; False where there is nothing."""
        focus = self._window.focus()
        if self.talks.drag.give_up():
            return True
        if focus is self.write_up.written.text:
            self.talks.tree.focus_set()
            return True
        if focus is self.talks.tree and self.talks.talk_id:
            self.talks.choose("")
            self._choose("")
            return True
        return False

    # --- published, checks ---------------------------------------------------------------------------

    def ask_published(self) -> None:
        if self.post is not None:
            self._window.session.refuse_if_read_only()
            self.published.pack(fill="x", before=self.column, padx=(0, self._window.theme.px(6)))
            self.published.open(self.post)

    def _take_published(self, day: str, url: str) -> bool:
        out = _("Published.") if day.strip() or url.strip() else _("Not published.")
        return self.post is not None and self._is_done(out, parts.set_published, self.post.id, day, url)

    def _close_published(self) -> None:
        if self.published.winfo_manager():
            self.published.pack_forget()
            self.head.published.focus_set()

    def _take_link(self, talk_id: str, typed: str) -> bool:
        return self._is_done(_("The talk has a public link now."), post_view.set_link, talk_id, typed)

    def _is_done(self, said: str, deed: Callable[..., None], *words: str) -> bool:
        """What was refused before is told no more once the deed is done."""
        window = self._window
        return window.gate.did(deed, window.session, *words) and window.gate.did(window.tell, said)

    def _lead(self, check: Check) -> None:
        """Goes to the place of a check."""
        session = self._window.session
        if check.part == "notes" and session.notebook.talk(check.talk_id):
            self._window.gate.run(post_view.go_to_note, session, check.talk_id, check.note_id)
        elif check.part == "write_up" and check.talk_id:
            self._open_write_up(check.talk_id)
        elif check.talk_id:
            self.talks.choose(check.talk_id)
            self.talks.tree.focus_set()
        else:
            self.fields.go_to(check.part or "title")

    def go_to_part(self, part: str) -> None:
        """A part of the preview is to be edited."""
        if part in self.fields.entries or part in self.fields.texts:
            self.fields.go_to(part)
        elif self._window.session.notebook.talk(part):
            self._open_write_up(part)

    # --- the caret -----------------------------------------------------------------------------------

    def _follow(self, part: str) -> None:
        if part:
            self.preview.follow(part)

    def caret(self, *, before: bool = False) -> Caret:
        """Where the user is; `before`: as it was before the key that is handled now."""
        return self.places.caret(self._window.session.shown_post or "", before=before)

    def put_caret(self, caret: Caret) -> None:
        """Puts the caret into the post that is shown."""
        if caret.place == WRITE_UP:
            self._open_write_up(caret.talk_id)
        self.places.put_caret(caret)

    def focus_first(self) -> None:
        """Where the keyboard goes when the view is opened."""
        if self.post is None:
            self.make.focus_set()
        else:
            self.fields.entries["title"].put_caret(len(self.post.title))
