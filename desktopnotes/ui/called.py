"""What later calls of the program get from this window: it comes to the front and opens what they name."""

from __future__ import annotations

import os
import tkinter
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from desktopnotes.actions import file, menu_entry
from desktopnotes.handing_over.listening import Listener, Reply
from desktopnotes.handing_over.message import Message
from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import in_a_line
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.words import _, ngettext

_AGAIN_MS = 200


class Answer(Protocol):
    """The way back to who sent a message; see `Reply`."""

    def take(self) -> bool: ...

    def done(self) -> None: ...

    def later(self) -> None: ...

    def refuse(self, sentence: str) -> None: ...


class Called:
    """Takes the messages of later calls; where nobody listens, it does nothing."""

    def __init__(
        self,
        root: tkinter.Tk,
        session: Session,
        gate: Callable[[BaseException], None],
        listener: Listener | None,
    ) -> None:
        self._root = root
        self._session = session
        self._gate = gate
        self._listener = listener
        self._refused = ""

    def begin(self) -> None:
        """From now on (again) the window takes what is sent, and what waits for it."""
        if self._listener is not None:
            self._listener.open_to(self._take)

    def pause(self) -> None:
        """The window is about to end, or not: calls wait for that."""
        if self._listener is not None:
            self._listener.pause()

    def close(self) -> None:
        """The next call opens a window of its own."""
        if self._listener is not None:
            self._listener.close()

    def _take(self, message: Message, reply: Reply) -> None:
        """On the listener's thread."""
        self._session.mailbox.post(lambda: self.come(message, reply))

    def come(self, message: Message, reply: Answer) -> None:
        """Opens what a message names, on the window's thread; `reply` is told what became of it."""
        if reply.take():
            from desktopnotes.ui.front import bring_to_front  # a start does without them
            from desktopnotes.ui.launched import end_start_up

            bring_to_front(self._root, message.startup_id)
            end_start_up(self._root, message.startup_id)
            self._open(message, reply)

    def _open(self, message: Message, reply: Answer) -> None:
        """A question that stands open is about what is open now, so it is answered first."""
        if not message.names:
            self._forget_refused()
            reply.done()
        elif self._is_asking():
            self._say_waiting(_in_words(message))
            reply.later()
            self._open_later(message)
        else:
            try:
                self._open_now(message)
            except Exception as error:
                self._gate(error)
                reply.refuse(_refusal(error))
            else:
                reply.done()

    def _is_asking(self) -> bool:
        return bool(self._root.tk.call("grab", "current"))

    def _open_now(self, message: Message) -> None:
        try:
            if menu_entry.is_asked(message.names):
                menu_entry.run(self._session, message.names)
            else:
                file.open_arguments(self._session, file.as_paths(message.names, message.folder))
        except UserError as error:
            self._refused = str(error)
            raise
        self._forget_refused()

    def _forget_refused(self) -> None:
        """The error of an earlier call goes when a later one has done something."""
        self._session.screen.take_away(self._refused)
        self._refused = ""

    def _open_later(self, message: Message) -> None:
        if self._is_asking():
            self._root.after(_AGAIN_MS, self._open_later, message)
            return
        try:
            self._open_now(message)
        except Exception as error:
            self._gate(error)

    def _say_waiting(self, message: Message) -> None:
        """In the dialog itself where it is ours, and with it that goes; else in the window's line."""
        from desktopnotes.ui.front import asking

        name = os.path.basename(message.names[0].rstrip("/")) or message.names[0]
        count = len(message.names)
        words = in_a_line(
            ngettext(
                "Waiting: “{name}” opens when this is closed.",
                "Waiting: {count} files open when this is closed.",
                count,
            ).format(name=name, count=count)
        )
        dialog = next((one for one in self._root.winfo_children() if str(one) == asking(self._root)), None)
        if isinstance(dialog, Dialog):
            dialog.say_waiting(words)
        else:
            self._session.screen.tell(words)


def _in_words(message: Message) -> Message:
    """What is asked for in place of files by the words that the menu has for it."""
    asked = menu_entry.is_asked(message.names)
    return replace(message, names=(menu_entry.label(message.names),)) if asked else message


def _refusal(error: Exception) -> str:
    """What the call says: no notes are in question where it was asked to open something."""
    if not isinstance(error, UserError):
        return _("Something went wrong there.")
    return str(error).replace(" " + _("The notes are safe."), "")
