"""Media keys and the desktop's own controls, by MPRIS on the session bus, on a thread of its own.

The window tells what is so (`show`), and is told what is wished (`Wish`); neither ever waits for the other.
Where there is no bus, no jeepney, or the bus goes, one line in the log says so and nothing else changes.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from desktopnotes.media import mpris_facts as facts
from desktopnotes.media.mpris_facts import Facts
from desktopnotes.media.pace import Pace

if TYPE_CHECKING:
    from jeepney.low_level import Header, Message

    from desktopnotes.media.session_bus import Bus

_ANSWER_S = 5.0
"""How long the bus may take to give the name; it takes a few ms."""

_MOST_WISHES = 20
"""So many may wait for the window: a program that floods the bus must not freeze it."""

_MOST_A_SECOND = 200
"""No desktop asks as often. What one caller asks for beyond it is refused."""

_END_S = 0.5

_PROPERTIES = "org.freedesktop.DBus.Properties"
_ERROR = "org.freedesktop.DBus.Error."
_OWNS, _OWNED_ALREADY = 1, 4
_DO_NOT_QUEUE = 4

_log = logging.getLogger(__name__)


class Refused(Exception):  # noqa: N818  (it is an answer)
    """`name` is what follows org.freedesktop.DBus.Error."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class Wish(NamedTuple):
    """`name` is a method of MPRIS, "Rate" or "Volume"; `values` are what it takes, in MPRIS's units."""

    name: str
    values: tuple[Any, ...] = ()


Done = Callable[[Exception | None], None]
"""Tells, from any thread and once, that a wish was met, or why not."""

Take = Callable[[Wish, Done], None]


class Remote:
    """What the desktop sees of the program, from when it is made until `close`.

    `take` gets each wish **on a thread of the bus**: it should only post to the mailbox.
    """

    def __init__(self, where: str, take: Take, shown: Facts) -> None:
        self._where = where
        self._take = take
        self._shown = shown
        self._told = self._counted_from = shown
        self._bus: Bus | None = None
        self._is_closing = False
        self._answers: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._waiting = 0
        self._pace = Pace(_MOST_A_SECOND)
        self._asked: dict[int, Callable[[Message], None]] = {}
        self.name = ""
        """The name on the bus, "" until it is there."""
        self._thread = threading.Thread(target=self._run, name="media keys", daemon=True)
        self._thread.start()

    def show(self, now: Facts) -> None:
        """What is so now; from the window's thread."""
        self._shown = now
        self._wake()

    @property
    def is_there(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        """Leaves the bus, and waits no longer than half a second for that."""
        self._is_closing = True
        self._wake()
        self._thread.join(_END_S)

    def _wake(self) -> None:
        bus = self._bus  # which may go meanwhile
        if bus is not None:
            bus.wake()

    # --- the thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            from desktopnotes.media.session_bus import Bus

            self._bus = Bus(self._where)
        except Exception as error:
            _log.info("the media keys do nothing here: %s", error or type(error).__name__)
            return
        try:
            self._say_hello()
            while not self._is_closing:
                self._turn(self._bus)
        except Exception as error:
            _log.info("the media keys do nothing any more: %s", error or type(error).__name__)
        finally:
            bus, self._bus = self._bus, None
            self.name = ""
            bus.close()

    def _turn(self, bus: Bus) -> None:
        came = bus.wait(None if self.name else _ANSWER_S)
        if not came and not self.name:
            raise TimeoutError("the bus does not answer")
        from desktopnotes.media.session_bus import TooLarge

        try:
            for message in bus.messages():
                self._read(message)
        except TooLarge as large:
            if large.header is not None:
                self._refuse(large.header, Refused("LimitsExceeded", "That is too long a message."))
        self._tell_changes()
        with suppress(Empty):
            while True:
                self._answers.get_nowait()()

    def _send(self, message: Message) -> int:
        assert self._bus is not None
        return self._bus.send(message)

    # --- the name ------------------------------------------------------------------------------------

    def _say_hello(self) -> None:
        from jeepney.bus_messages import message_bus

        self._send(message_bus.Hello())
        self._request(facts.NAME, facts.NAME)

    def _request(self, name: str, first: str) -> None:
        from jeepney.bus_messages import message_bus

        serial = self._send(message_bus.RequestName(name, _DO_NOT_QUEUE))
        self._asked[serial] = partial(self._named, name, first)

    def _named(self, name: str, first: str, answer: Message) -> None:
        """Where another window of the program has the name, this one has its own behind it."""
        if answer.body[:1] in ((_OWNS,), (_OWNED_ALREADY,)):
            self.name = name
            _log.debug("on the bus as %s", name)
        elif name == first:
            self._request(f"{first}.instance{os.getpid()}", first)
        else:
            raise ConnectionError(f"the bus does not give the name {name}")

    # --- what comes ----------------------------------------------------------------------------------

    def _read(self, message: Message) -> None:
        from jeepney.low_level import HeaderFields, MessageType

        kind = message.header.message_type
        if kind is not MessageType.method_call:
            asked = self._asked.pop(message.header.fields.get(HeaderFields.reply_serial, 0), None)
            if asked is not None:
                asked(message)
            return
        try:
            if not self._pace.may(message.header.fields.get(HeaderFields.sender, "")):
                raise Refused("LimitsExceeded", "That is more than may be asked for in a second.")
            self._answer(message)
        except Refused as refused:
            self._refuse(message.header, refused)
        except (OSError, MemoryError):
            raise
        except Exception as error:  # whatever is sent, the next call is heard
            _log.debug("a call by the bus failed", exc_info=True)
            self._refuse(message.header, Refused("Failed", type(error).__name__))

    def _answer(self, message: Message) -> None:
        from jeepney.low_level import HeaderFields

        fields = message.header.fields
        path, member = fields[HeaderFields.path], fields[HeaderFields.member]
        interface = fields.get(HeaderFields.interface, "")
        signature = fields.get(HeaderFields.signature, "")
        if (standard := self._standard(path, interface, member)) is not None:
            self._reply(message, *standard)
        elif path != facts.PATH:
            raise Refused("UnknownObject", "There is no such object.")
        elif interface == _PROPERTIES or (not interface and member in ("Get", "GetAll", "Set")):
            self._on_properties(message, member, signature)
        else:
            self._on_method(message, interface, member, signature)

    def _standard(self, path: str, interface: str, member: str) -> tuple[Any, ...] | None:
        """The answer to what every object can be asked: its type, and its value."""
        if member == "Introspect" and interface in ("org.freedesktop.DBus.Introspectable", ""):
            xml = facts.introspection(path)
            if xml is None:
                raise Refused("UnknownObject", "There is no such object.")
            return "s", (xml,)
        if interface != "org.freedesktop.DBus.Peer":
            return None
        if member == "Ping":
            return ()
        if member == "GetMachineId":
            return "s", (_machine_id(),)
        raise Refused("UnknownMethod", f"There is no method {member}.")

    def _on_method(self, message: Message, interface: str, member: str, signature: str) -> None:
        named = {interface: facts.METHODS.get(interface, {})} if interface else facts.METHODS
        if not any(named.values()):
            raise Refused("UnknownInterface", f"There is no interface {interface}.")
        takes = next((methods[member] for methods in named.values() if member in methods), None)
        if takes is None:
            raise Refused("UnknownMethod", f"There is no method {member}.")
        if takes != signature:
            raise Refused("InvalidArgs", f"{member} takes “{takes}”, not “{signature}”.")
        self._wish(message, Wish(member, tuple(message.body)))

    # --- properties ----------------------------------------------------------------------------------

    def _on_properties(self, message: Message, member: str, signature: str) -> None:
        takes = {"Get": "ss", "GetAll": "s", "Set": "ssv"}.get(member)
        if takes is None:
            raise Refused("UnknownMethod", f"There is no method {member}.")
        if takes != signature:
            raise Refused("InvalidArgs", f"{member} takes “{takes}”, not “{signature}”.")
        interface, *rest = message.body
        known = facts.properties(interface, self._shown, time.monotonic())
        if known is None:
            raise Refused("UnknownInterface", f"There is no interface {interface}.")
        if member == "GetAll":
            self._reply(message, "a{sv}", (known,))
            return
        name = rest[0]
        if name not in known:
            raise Refused("UnknownProperty", f"There is no property {name}.")
        if member == "Get":
            self._reply(message, "v", (known[name],))
        else:
            self._set(message, (interface, name), rest[1])

    def _set(self, message: Message, which: tuple[str, str], given: tuple[str, Any]) -> None:
        kind, value = given
        if which not in facts.WRITABLE:
            raise Refused("PropertyReadOnly", f"{which[1]} can only be read.")
        if facts.WRITABLE[which] != kind:
            raise Refused("InvalidArgs", f"{which[1]} is “{facts.WRITABLE[which]}”, not “{kind}”.")
        asked = facts.rate_asked(value) if which[1] == "Rate" else facts.volume_asked(value)
        if asked is None:
            raise Refused("InvalidArgs", f"{which[1]} cannot be {value}.")
        self._wish(message, Wish(which[1], (asked,)))

    # --- wishes and answers --------------------------------------------------------------------------

    def _wish(self, message: Message, wish: Wish) -> None:
        """The window has it; that is answered when it has done it."""
        if self._waiting >= _MOST_WISHES:
            raise Refused("LimitsExceeded", "The window has more to do than it can.")
        self._waiting += 1
        is_over: list[bool] = []

        def done(error: Exception | None) -> None:
            if not is_over:
                is_over.append(True)
                self._answers.put(partial(self._over, message, error))
                self._wake()

        self._take(wish, done)

    def _over(self, message: Message, error: Exception | None) -> None:
        self._waiting -= 1
        if error is None:
            self._reply(message)
        else:
            refused = error if isinstance(error, Refused) else Refused("Failed", str(error))
            self._refuse(message.header, refused)

    def _reply(self, message: Message, signature: str | None = None, body: tuple[Any, ...] = ()) -> None:
        from jeepney.low_level import MessageFlag
        from jeepney.wrappers import new_method_return

        if not message.header.flags & MessageFlag.no_reply_expected:
            self._send(new_method_return(message, signature, body))

    def _refuse(self, header: Header, refused: Refused) -> None:
        from jeepney.low_level import Message, MessageFlag
        from jeepney.wrappers import new_error

        if not header.flags & MessageFlag.no_reply_expected:
            said = (facts.plain(str(refused)),)
            self._send(new_error(Message(header, ()), _ERROR + refused.name, "s", said))

    # --- what is told --------------------------------------------------------------------------------

    def _tell_changes(self) -> None:
        if not self.name:
            return
        now, told = self._shown, self._told
        if now is told:
            return
        changed = facts.changed(told, now)
        has_jumped = now.has_jumped(self._counted_from)
        if changed:
            self._signal(_PROPERTIES, "PropertiesChanged", "sa{sv}as", (facts.PLAYER, changed, []))
        if has_jumped:
            self._signal(facts.PLAYER, "Seeked", "x", (facts.in_us(now.at_ms),))
        if has_jumped or now.goes_otherwise(self._counted_from):
            self._counted_from = now
        self._told = now

    def _signal(self, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        from jeepney.wrappers import DBusAddress, new_signal

        emitter = DBusAddress(facts.PATH, interface=interface)
        try:
            self._send(new_signal(emitter, member, signature, body))
        except (OSError, MemoryError):
            raise
        except Exception:  # what no bus bears is not told, and the keys go on
            _log.warning("the desktop cannot be told %s", member, exc_info=True)


def _machine_id() -> str:
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with suppress(OSError), open(path, encoding="ascii", errors="replace") as file:
            return file.read(64).strip()
    raise Refused("Failed", "This machine has no id.")
