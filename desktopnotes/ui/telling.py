"""The part of the window that tells: whether all is saved, what happened, and what was said in the talk."""

from __future__ import annotations

from desktopnotes.screen import Offer
from desktopnotes.storage.saver import SaveKind, SaveReport
from desktopnotes.ui.full_screen import FullScreen
from desktopnotes.ui.status_line import StatusLine
from desktopnotes.ui.video_panel import VideoPanel


class Telling:
    """What `Screen` says of messages; the window is one."""

    status: StatusLine
    video: VideoPanel
    full_screen: FullScreen
    _closed: bool

    def saved(self, report: SaveReport) -> None:
        if report.kind == SaveKind.SAVING:
            self.status.show_saved("Saving…")
        elif report.kind == SaveKind.SAVED:
            self.status.show_saved(f"Saved {report.at:%H:%M:%S}")
            if report.message:
                self.tell(report.message, lasting=True)
        else:
            self.status.show_saved("NOT SAVED", failed=True)
            self.tell_error(f"{report.message} {report.hint}".strip())

    def tell(self, message: str, *offers: Offer, lasting: bool = False) -> None:
        self.status.tell(message, offers, lasting=lasting)
        self.full_screen.tell(message)

    def tell_error(self, message: str) -> None:
        if self._closed:  # what asked a question when the program was ended finds its widgets gone
            return
        self.status.tell(message, error=True)
        self.full_screen.tell(message, lasting=True)

    def show_captions(self, words: str) -> None:
        self.video.said.show(words)

    def captions_are_shown(self) -> bool:
        return bool(self.video.said.words)
