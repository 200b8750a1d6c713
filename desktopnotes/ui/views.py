"""The two views that fill the window: the notes with the video, or the post; the video plays on in both."""

from __future__ import annotations

import tkinter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktopnotes.model.history import Caret
    from desktopnotes.ui.post_view import PostView
    from desktopnotes.ui.window import Window


_LOAD_AFTER_MS = 4000
"""By then the first picture is there. Loading what the post view is made of takes some 50 ms of a worker."""


class Views:
    """`post` is the post view once it was shown."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.post: PostView | None = None
        self._focus_before: tkinter.Misc | None = None
        window.root.after(_LOAD_AFTER_MS, self._load)

    def _load(self) -> None:
        """So that the view opens at once when it is first wanted."""
        from importlib import import_module

        names = ("desktopnotes.ui.post_view", "desktopnotes.export.post", "desktopnotes.export.reader")
        self._window.session.background.run(lambda _: [import_module(name) for name in names])

    @property
    def shows_post(self) -> bool:
        return self._window.session.shown_post is not None

    def made(self) -> PostView:
        if self.post is None:
            from desktopnotes.ui.post_view import PostView  # a start does without it

            self.post = PostView(self._window)
        return self.post

    def show_post(self, post_id: str = "", field: str = "", caret: Caret | None = None) -> None:
        """Shows a post (see `PostView.open`), with the keyboard in a field of it, or at a caret.

        Where a caret is in no field, the keyboard stays where it is, as long as that is seen.
        """
        window, was_shown = self._window, self.shows_post
        if not was_shown:
            window.full_screen.leave()
            window.parts.finding.close()
            self._focus_before = window.focus()
        view = self.made()
        view.open(post_id)
        if not was_shown:
            view.place_sash()
            window.say_keys(window.session.settings.keys)
        if caret is not None:
            focus = window.focus()
            if not was_shown or focus is None or not focus.winfo_viewable():
                view.focus_first()
            view.put_caret(caret)
        elif field:
            view.fields.go_to(field)
        elif not was_shown or post_id:
            view.focus_first()

    def take_keyboard(self) -> None:
        """Gives the keyboard to what is written in, when what had it went."""
        if self.post is not None and self.shows_post:
            self.post.focus_first()
        else:
            self._window.side.text.focus_set()

    def show_notes(self) -> None:
        """Shows the notes again, with the keyboard where it was in them."""
        if self.post is None or not self.shows_post:
            return
        window, before = self._window, self._focus_before
        self.post.leave()
        window.draw_talks()
        window.status.show_post(None)
        window.say_keys(window.session.settings.keys)
        is_there = before is not None and before.winfo_exists() and before.winfo_toplevel() is window.root
        (before if is_there and before is not None else window.side.text).focus_set()

    def ask_published(self) -> None:
        if not self.shows_post:
            self.show_post()
        self.made().ask_published()

    def draw(self) -> None:
        if self.post is not None and self.shows_post:
            self.post.draw()

    def settings_changed(self) -> None:
        """Styles, keys and what a post looks like may be others now."""
        if self.post is not None and self.shows_post:
            self.post.draw_anew()

    def close(self) -> bool:
        """What Esc closes in the post view; False where there is nothing."""
        return self.post is not None and self.shows_post and self.post.close()
