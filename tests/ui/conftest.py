"""The real window on a virtual screen with a window manager, driven by real keys, on the fake player."""

from __future__ import annotations

import gc
import shlex
import subprocess
import time
import tkinter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktopnotes.commands import by_id
from desktopnotes.media.fake_player import FakePlayer
from desktopnotes.media.player import PlayerState
from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.session import Session
from desktopnotes.storage import codec
from desktopnotes.trace import Trace
from desktopnotes.ui.app import App, Mail, PlayerInTheMaking
from desktopnotes.ui.window import Window
from desktopnotes.words import _
from tests.fake_web import FakeWeb
from tests.ui.presses import Presses
from tests.virtual_screen import virtual_screen

RECORDING_MS = 600_000

PRESSES = Presses()

LIMIT_S = 10.0
"""How long anything may take to be seen; on an idle machine it is some 0.1 s."""


@pytest.fixture(scope="module", autouse=True)
def _presses_end() -> Iterator[None]:
    """Other tests of this process look for what it has left running."""
    yield
    PRESSES.close()


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual screen with openbox on it, for all tests of the window."""
    with virtual_screen("1500x1000x24") as display, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        patch.setenv("XCOMPOSEFILE", str(Path(__file__).with_name("compose")))  # read once in a process
        with window_manager():
            gc.freeze()  # what is loaded by now need not be looked through after each test
            yield display
            gc.unfreeze()


@contextmanager
def window_manager() -> Iterator[None]:
    """Openbox on the screen that `DISPLAY` names."""
    quiet = subprocess.DEVNULL
    manager = subprocess.Popen(["openbox", "--sm-disable"], stdout=quiet, stderr=quiet)
    try:
        _wait_for_manager()
        yield
    finally:
        manager.terminate()
        try:
            manager.wait(5)
        except subprocess.TimeoutExpired:
            manager.kill()
            manager.wait()


@pytest.fixture(autouse=True)
def _tk_goes_in_its_own_thread() -> Iterator[None]:
    """Lets a test's Tk go here: collected by chance in a worker thread of a later test, it would abort."""
    yield
    gc.collect()


def _wait_for_manager() -> None:
    deadline = time.monotonic() + LIMIT_S
    while (
        b"_NET_SUPPORTING_WM_CHECK(WINDOW)"
        not in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True).stdout
    ):
        assert time.monotonic() < deadline, "the window manager did not start"


class Desk:
    """The program in this process, as a user has it before them."""

    def __init__(self, *arguments: str, real: bool = False, asks_pages: bool = False) -> None:
        """`real` takes libVLC instead of the fake player, `asks_pages` yt-dlp, for a site on this machine."""
        mail = Mail()
        self.web = FakeWeb(mail.mailbox)
        if not asks_pages:  # else no test of the window ever asks the network
            mail.web = self.web
        self._ago_s = 0.0
        self.player = FakePlayer(mail.mailbox, now=lambda: time.monotonic() - self._ago_s)
        self.player.recording_ms = RECORDING_MS
        made: Any = PlayerInTheMaking(mail) if real else _Made(self.player)
        self.root = tkinter.Tk(className="Desktopnotes")
        self.root.withdraw()
        self._closed = False
        self.trace: list[tuple[str, dict[str, object]]] = []
        self.app = App(self.root, _ListTrace(self.trace), arguments, mail, made)
        self.session: Session = self.app.session
        self.window: Window = self.app.window
        self.app.show()
        opening = PlayerState.OPENING
        self.until(lambda: self.session.player.state is not opening, "the recording is open, or is not")
        self.until(lambda: self.root.focus_displayof() is not None, "the window has the keyboard")

    def stand_at(self, at_ms: int) -> None:
        """Lets the recording stand paused at a moment."""
        self.player.pause()
        self.player.seek(at_ms)

    def ask_page(self) -> None:
        """Opens the page that the talk plays from, which nobody asks before the user wants it; paused."""
        assert self.player.state is PlayerState.NOTHING
        self.window.run(by_id("playback.toggle"))
        self.until(lambda: self.player.state is PlayerState.PLAYING, "the page plays")
        self.player.pause()

    def play_from(self, at_ms: int, for_ms: int) -> None:
        """Lets the recording play, as if that had been begun at `at_ms` some time ago."""
        self.player.pause()
        self._ago_s = for_ms / 1000
        self.player.seek(at_ms)
        self.player.play()
        self._ago_s = 0.0

    @property
    def at_ms(self) -> int:
        position = self.session.player.position_at()
        assert position is not None
        return position.at_ms

    def until(self, seen: Callable[[], object], what: str, limit_s: float = LIMIT_S) -> None:
        """Lets the window work until something is seen; fails with `what` after a while."""
        deadline = time.monotonic() + limit_s
        closed: list[str] = []
        # A question that no key answers would else hold the test for ever, in the midst of an update.
        watch = self.root.after(int(limit_s * 1000), self._close_dialogs, closed)
        while not seen():
            self.root.update()
            assert time.monotonic() < deadline, f"not seen: {what}. Page: {self.texts!r} Closed: {closed}"
            time.sleep(0.001)
        if self._closed:
            return
        self.root.update()
        self.root.after_cancel(watch)

    def _close_dialogs(self, closed: list[str]) -> None:
        """Also those of Tk, of which tkinter knows nothing."""
        call = self.root.tk.call
        for child in map(str, self.root.tk.splitlist(call("winfo", "children", "."))):
            if call("winfo", "class", child) != "Menu" and call("winfo", "toplevel", child) == child:
                keyboard = call("focus", "-displayof", ".")
                closed.append(f"{call('wm', 'title', child)!r}, with the keyboard at {keyboard!r}")
                call("destroy", child)

    def press(self, *keys: str) -> None:
        """Real presses, by their X names, handled before this returns."""
        self._xdotool("key", "--delay", "5", *keys)

    def type(self, text: str) -> None:
        """Real presses of these letters, handled before this returns."""
        self._xdotool("type", "--delay", "5", "--", text)

    def _xdotool(self, *words: str) -> None:
        """Sends presses, and behind them one that means nothing, whose release says that all have come.

        That one is sent again from time to time: while a window goes, no other may have the keyboard yet.
        """
        seen: list[bool] = []
        self.root.bind_all("<KeyRelease-Pause>", lambda _: seen.append(True))
        PRESSES.begin([*words], sign="Pause")
        try:
            self.until(lambda: seen, f"the keys {words}")
        finally:
            signs = PRESSES.end()
        assert signs > 0, f"not all could be pressed: {words}"
        if signs > 1 and not self._closed:
            self.root.update()  # or the next presses would take the last sign for their own

    def click(self, widget: tkinter.Misc, x: int, y: int, *, times: int = 1) -> None:
        """A real click at a place of a widget."""
        seen: list[bool] = []
        widget.bind("<ButtonRelease-1>", lambda _: seen.append(True), add=True)
        x, y = widget.winfo_rootx() + x, widget.winfo_rooty() + y
        PRESSES.begin(["click", str(x), str(y), str(times), "30"])
        try:
            self.until(lambda: len(seen) >= times, f"the click at {x}, {y}")
        finally:
            PRESSES.end()

    def dialog(self, title: str) -> Any:
        """The open window of that (English) title, None where there is none."""
        titles = (title, _(title))
        windows = (child for child in self.root.winfo_children() if isinstance(child, tkinter.Toplevel))
        return next((one for one in windows if one.title() in titles and one.winfo_viewable()), None)

    def in_dialogs(self, key: str, *dialogs: tuple[str, str, str]) -> None:
        """Presses a key; in each dialog that follows (title, text, end) types the text and presses `end`.

        All by another process: the window waits for the answer to a question in the midst of what led to it.
        """
        # Where a dialog has just gone, X may not have given the keyboard to another window yet.
        steps = [
            "names='getactivewindow getwindowname getwindowfocus getwindowname'",
            "ask() { both=$(xdotool $names 2>/dev/null); }",
            'is() { ask && [ "$both" = "$1\n$1" ]; }',
            'until ask && [ "$both" ] && [ "${both%%\n*}" = "${both#*\n}" ]; do sleep 0.02; done',
            f"xdotool key {key}",
        ]
        for title, text, end in dialogs:
            steps.append(f"until is {shlex.quote(title)}; do sleep 0.02; done")
            write = f"key ctrl+a type --delay 5 --args 1 {shlex.quote(text)}" if text else ""
            steps.append(f"xdotool {write} key {end}")
        sender = subprocess.Popen(["timeout", str(LIMIT_S), "sh", "-ec", "\n".join(steps)])
        self.until(lambda: sender.poll() is not None, f"the keys for {dialogs}")
        assert sender.returncode == 0
        self.until(lambda: not self.dialog(dialogs[-1][0]), f"the dialogs are gone: {dialogs}")

    @property
    def notes(self) -> tuple[Note, ...]:
        assert self.session.talk is not None
        return self.session.talk.notes

    @property
    def texts(self) -> list[str]:
        return [note.text for note in self.notes]

    @property
    def shown(self) -> str:
        """What stands in the page."""
        return self.window.page.text.get("1.0", "end-1c")

    def close(self) -> None:
        """As the desktop ends it; may be called again."""
        if not self._closed:
            self._closed = True
            self.app.end()

    def end(self) -> None:
        """Closes it, and fails if Tk or a thread met an error that nobody expected."""
        self.close()
        assert self.window.gate.bugs == []


class _Made:
    def __init__(self, player: FakePlayer) -> None:
        self._player = player

    def get(self) -> FakePlayer:
        return self._player


class _ListTrace(Trace):
    def __init__(self, events: list[tuple[str, dict[str, object]]]) -> None:
        super().__init__()
        self._events = events

    def __call__(self, event: str, **fields: object) -> None:
        self._events.append((event, fields))


TALK = "talk1"


def talk_with(*texts: str, **changes: object) -> Talk:
    """A talk that is being watched, with a note at each whole 10 s from 10 s on."""
    notes = tuple(Note(f"note{i}", at_ms=i * 10_000, text=text) for i, text in enumerate(texts, 1))
    talk = Talk(
        TALK, title="A Talk", file="talk.mp4", duration_ms=RECORDING_MS, state="watching", notes=notes
    )
    return replace(talk, **changes)  # type: ignore[arg-type]


@pytest.fixture
def open_desk(screen: str, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the program on a notebook of these talks, or again on the last; fails if Tk met an error."""
    desks: list[Desk] = []

    def open_one(*talks: Talk) -> Desk:
        path = tmp_path / "event.talknotes.json"
        (tmp_path / "talk.mp4").write_bytes(b"the fake player does not mind")
        if talks or not path.exists():
            path.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=talks)))
        desks.append(Desk(str(path)))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.end()


@pytest.fixture
def open_real(screen: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Desk]]:
    """Opens the program on libVLC with these arguments; without any, as on the first start."""
    monkeypatch.setenv("DESKTOPNOTES_VLC_OPTIONS", " ".join(VIRTUAL_SCREEN_OPTIONS))
    desks: list[Desk] = []

    def open_one(*arguments: str, asks_pages: bool = False) -> Desk:
        desks.append(Desk(*arguments, real=True, asks_pages=asks_pages))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.end()
