"""The part of the window that tells: whether all is saved, what happened, and what was said in the talk."""

from __future__ import annotations

from desktopnotes.commands import Command
from desktopnotes.model.errors import DamagedError
from desktopnotes.screen import Offer, Waits
from desktopnotes.session import Session
from desktopnotes.storage.saver import SaveKind, SaveReport
from desktopnotes.ui.full_screen import FullScreen
from desktopnotes.ui.key_words import Own, key_of, way_to, with_keys
from desktopnotes.ui.save_words import SaveWords
from desktopnotes.ui.status_line import StatusLine
from desktopnotes.ui.video_panel import VideoPanel
from desktopnotes.ui.write_up import WriteUp
from desktopnotes.words import _

_USUAL_KEYS = _(
    "{playback.toggle} play or pause    {notes.jump} show the moment    {view.other_text} write-up    "
    "{help.keys} all keys"
)


_KEYS_IN_POST = _("{view.other_text} notes    {help.keys} all keys")


class Telling:
    """What `Screen` says of messages; the window is one."""

    session: Session
    status: StatusLine
    save_words: SaveWords
    write_up: WriteUp
    video: VideoPanel
    full_screen: FullScreen
    _closed: bool

    def saved(self, report: SaveReport) -> None:
        failed_before = self.save_words.has_failed
        new_error = self.save_words.hear(report)
        if failed_before and not self.save_words.has_failed:
            self.tell_no_more(Waits.NOT_SAVED)
        if new_error:
            self._tell_not_saved(new_error)
        elif report.kind is SaveKind.SAVED and failed_before:
            self.tell(
                " ".join((_("All is saved again."), report.message)).strip(),
                lasting=bool(report.message),
            )
        elif report.may_write_again:
            self.tell(
                report.message, Offer(_("Write It Again"), self.session.saver.write_again), waits=Waits.LOSS
            )
        elif report.kind is not SaveKind.FAILED and report.message:
            self.tell(
                report.message, *(self._offers_after_loss() if report.in_backups else ()), waits=Waits.LOSS
            )
        self.draw_saved()

    def _offers_after_loss(self) -> tuple[Offer, ...]:
        from desktopnotes.actions import losses  # rare

        look = Offer(_("Look"), lambda: self.session.screen.show("backups"), stays=True)
        return (*losses.undo_offers(self.session), look)

    def draw_saved(self) -> None:
        """Says how it stands with saving, now."""
        words, status = self.save_words, self.status
        said = words.words(self.session.saver, is_told=status.message == words.sentence)
        status.show_saved(said, failed=words.has_failed)

    def tell_why_not_saved(self) -> None:
        """Brings the sentence back that was put away."""
        if self.save_words.has_failed:
            self._tell_not_saved(self.save_words.sentence)

    def why_it_stays_open(self) -> str:
        """What is told where the program is to end and not all is saved."""
        return self.save_words.why_it_stays_open(self.session.saver)

    def tell(self, message: str, *offers: Offer, lasting: bool = False, waits: Waits | None = None) -> None:
        self.status.tell(message, offers, lasting=lasting, waits=waits)
        self.full_screen.tell(message)

    def tell_no_more(self, about: Waits) -> None:
        self.status.tell_no_more(about)

    def way_to(self, command_id: str) -> str:
        return way_to(command_id, self.session.settings.keys)

    def with_keys(self, words: str) -> str:
        """`words` with the keys of the commands that are named in it, as they are now."""
        return with_keys(words, self.session.settings.keys)

    def named(self, command: Command) -> str:
        """What a command is called now, with its key."""
        label, key = command.label_in(self.session), key_of(command.id, self.session.settings.keys)
        return f"{label} ({key})" if key else label

    def say_keys(self, own: Own) -> None:
        """Names the keys that the window always shows, as they are now."""
        in_post = hasattr(self, "session") and self.session.shown_post is not None
        self.status.show_usual(with_keys(_KEYS_IN_POST if in_post else _USUAL_KEYS, own))
        self.write_up.say_keys(own)

    def _tell_not_saved(self, sentence: str) -> None:
        self.tell_error(sentence, waits=Waits.NOT_SAVED)

    def tell_error(self, message: str, *offers: Offer, waits: Waits | None = None) -> None:
        if self._closed:  # what asked a question when the program was ended finds its widgets gone
            return
        self.status.tell(message, offers, error=True, waits=waits)
        self.full_screen.tell(message, lasting=True)

    def take_away(self, message: str) -> None:
        self.status.take_away(message)

    def tell_damaged(self, error: DamagedError) -> None:
        from desktopnotes.actions import damaged  # rare

        damaged.tell(self.session, error)

    def show_captions(self, words: str) -> None:
        self.video.said.show(words)

    def captions_are_shown(self) -> bool:
        return bool(self.video.said.words)
