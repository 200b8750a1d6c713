"""What later calls of the program get from this window: it comes to the front and opens what they name."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from desktopnotes.actions import file
from desktopnotes.handing_over.listening import Listener, Reply
from desktopnotes.handing_over.message import Message
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session

_AGAIN_MS = 200


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
        self._session.mailbox.post(lambda: self._come(message, reply))

    def _come(self, message: Message, reply: Reply) -> None:
        if reply.take():
            from desktopnotes.ui.front import bring_to_front  # a start does without it

            bring_to_front(self._root, message.startup_id)
            self._open(message, reply)

    def _open(self, message: Message, reply: Reply) -> None:
        """A question that stands open is about what is open now, so it is answered first."""
        if self._root.tk.call("grab", "current"):
            self._root.after(_AGAIN_MS, self._open, message, reply)
            return
        try:
            file.open_arguments(self._session, file.as_paths(message.names, message.folder))
        except Exception as error:
            self._gate(error)
            reply.refuse(str(error) if isinstance(error, UserError) else "Something went wrong there.")
        else:
            reply.done()
