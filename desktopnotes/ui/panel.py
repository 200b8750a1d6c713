"""What stands where the picture is: the picture, or why there is none and what can be done."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterable

from desktopnotes import commands
from desktopnotes.actions import not_playing, relink
from desktopnotes.actions.not_playing import Way, Words
from desktopnotes.commands import Command
from desktopnotes.media.player import Failed, GoesOn, Opened, Report, Waiting
from desktopnotes.model.errors import UserError
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.ui.video_panel import VideoPanel


class Panel:
    """Draws what `not_playing` says into the video's place."""

    def __init__(
        self,
        video: VideoPanel,
        session: Callable[[], Session],
        run: Callable[[Command], None],
        watch: Callable[[Iterable[tkinter.Misc]], None],
    ) -> None:
        """`watch` lets the keys of the window work on new buttons, too."""
        self._video = video
        self._session = session
        self._run = run
        self._watch = watch
        self._error: UserError | None = None
        self._shown: Words | None = None

    def talk_opened(self) -> None:
        """Another talk, or its recording once more: nothing is known of it yet."""
        self._error = self._shown = None
        self._video.notice("")
        self._video.show_words("", "")
        relink.look(self._session())
        self.look()

    def reported(self, report: Report) -> None:
        session = self._session()
        if isinstance(report, Failed):
            self._error = report.error
            relink.look(session)
            self._video.notice("")
        elif isinstance(report, Waiting):
            self._video.notice(not_playing.LOST)
            not_playing.connection_lost(session)
        elif isinstance(report, GoesOn):
            self._video.notice("")
        elif isinstance(report, Opened):
            self._error = self._shown = None
            self._video.notice("")
            if session.player.has_video:
                self._video.show_video()
            else:
                self._video.show_sound(session.talk.title if session.talk else "")
        self.look()

    def look(self) -> None:
        """Draws it anew where something else is to be said; called often."""
        words = not_playing.words(self._session(), self._error)
        if words is None or words == self._shown:
            return
        self._shown = words
        offers = [offer for way in words.ways if (offer := self._offer(way))]
        self._video.show_words(words.title, words.detail, offers, is_busy=words.is_busy)
        self._watch(self._video.buttons)

    def _offer(self, way: Way) -> Offer | None:
        """A button for a way that can be gone now."""
        command = next((one for one in commands.COMMANDS if one.id == way.command_id), None)
        if command is None or not command.enabled(self._session()):
            return None
        return Offer(way.label or command.label_in(self._session()), lambda: self._run(command))
