"""Work that the window must not wait for: on threads of its own, its results coming back by the mailbox."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from queue import SimpleQueue
from typing import TypeVar

from desktopnotes.media.mailbox import Mailbox

T = TypeVar("T")


class CancelledError(Exception):
    """Raised inside work that nobody waits for any more; ends it without a word."""


_GIVES_WAY_S = 0.0002


class _Switching:
    """How long a thread may keep the interpreter from others, which Python knows one figure for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._givers = 0
        self._usual_s = 0.0

    def begin(self) -> None:
        with self._lock:
            if self._givers == 0:
                self._usual_s = sys.getswitchinterval()
                sys.setswitchinterval(_GIVES_WAY_S)
            self._givers += 1

    def end(self) -> None:
        with self._lock:
            self._givers -= 1
            if self._givers == 0:
                sys.setswitchinterval(self._usual_s)


_switching = _Switching()


@contextmanager
def giving_way() -> Iterator[None]:
    """While work runs in it, the window's thread waits for the interpreter 0.2 ms at a time, not Python's 5.

    Each call of Tk gives the interpreter away and has to wait for it again: 30 calls beside work in Python
    took 15 ms, and up to 150; so they take 2, and up to 5.
    """
    _switching.begin()
    try:
        yield
    finally:
        _switching.end()


class Task:
    """A piece of work under way, as whoever asked for it sees it."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Nobody waits any more: the work ends at its next `Progress.check`, and nothing of it is told."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()


class Progress:
    """A piece of work under way, as the work sees itself: it says how far it is and asks whether to go on."""

    def __init__(self, task: Task, mailbox: Mailbox, listener: Callable[[float, str], None] | None) -> None:
        self._task = task
        self._mailbox = mailbox
        self._listener = listener
        self._latest = (0.0, "")
        self._posted = False

    def check(self) -> None:
        """Raises `CancelledError` once the task is cancelled."""
        if self._task.cancelled:
            raise CancelledError

    def report(self, done: float, what: str = "") -> None:
        """`done` runs from 0 to 1, `what` is a word or two for the user. Raises `CancelledError` as `check`.

        However often it is called, one figure at most waits in the mailbox.
        """
        self.check()
        self._latest = (done, what)
        if self._listener and not self._posted:
            self._posted = True
            self._mailbox.post(self._deliver)

    def _deliver(self) -> None:
        self._posted = False
        if self._listener and not self._task.cancelled:
            self._listener(*self._latest)


class Background:
    """Runs work on daemon threads: freely side by side, or in a named lane one after the other."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._lanes: dict[str, _Lane] = {}
        self._free: list[tuple[Task, threading.Thread]] = []
        self._newest: dict[str, Task] = {}
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing more can be begun: the program ends."""
        return self._closed

    def run(
        self,
        work: Callable[[Progress], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        progress: Callable[[float, str], None] | None = None,
        lane: str | None = None,
        newest: str = "",
        gives_way: bool = False,
    ) -> Task:
        """Begin `work`; afterwards `then(result)` or `failed(error)` is called on the window's thread.

        Without `failed` the error is raised there, so that it comes to the gate all errors go through.
        `progress(done, what)` is called there too. Work of one `lane` runs in the order it was given, work
        without a lane starts at once. Work that is `newest` under some name cancels what was before it under
        the same; work that `gives_way` lets the window's thread in often (`giving_way`). To be called from
        the window's thread. RuntimeError after `close`.
        """
        if self._closed:
            raise RuntimeError("Background.run after close")
        task = Task()
        own_progress = Progress(task, self._mailbox, progress)
        if newest:
            if before := self._newest.get(newest):
                before.cancel()
            self._newest[newest] = task

        def job() -> None:
            with giving_way() if gives_way else nullcontext():
                told = _done(work, own_progress, then, failed)
            self._mailbox.post(lambda: None if task.cancelled else told())

        if lane is None:
            thread = threading.Thread(target=job, name="work", daemon=True)
            self._free = [(task, thread) for task, thread in self._free if thread.is_alive()]
            self._free.append((task, thread))
            thread.start()
        else:
            self._lane(lane).jobs.put(job)
        return task

    def _lane(self, name: str) -> _Lane:
        if name not in self._lanes:
            self._lanes[name] = _Lane(name)
        return self._lanes[name]

    def close(self, timeout_s: float) -> bool:
        """Let the lanes finish what they were given, cancel what runs freely; True when all ended in time.

        Results may then wait in the mailbox: empty it once more where they matter.
        """
        self._closed = True
        stop_s = time.monotonic() + timeout_s
        for task, _ in self._free:
            task.cancel()
        for lane in self._lanes.values():
            lane.jobs.put(None)
        threads = [lane.thread for lane in self._lanes.values()] + [thread for _, thread in self._free]
        for thread in threads:
            thread.join(max(0.0, stop_s - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)


class _Lane:
    """One thread that does its jobs in order, until it finds None among them."""

    def __init__(self, name: str) -> None:
        self.jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.thread = threading.Thread(target=self._work, name=name, daemon=True)
        self.thread.start()

    def _work(self) -> None:
        while job := self.jobs.get():
            job()


def _done(
    work: Callable[[Progress], T],
    progress: Progress,
    then: Callable[[T], None] | None,
    failed: Callable[[Exception], None] | None,
) -> Callable[[], None]:
    """Do the work, and answer what the window's thread has still to do about it."""
    try:
        progress.check()
        result = work(progress)
    except CancelledError:
        return lambda: None
    except Exception as error:
        return _telling(failed, error)
    return lambda: then(result) if then else None


def _telling(failed: Callable[[Exception], None] | None, error: Exception) -> Callable[[], None]:
    def tell() -> None:
        if failed is None:
            raise error
        failed(error)

    return tell
