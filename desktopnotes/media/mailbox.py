"""The only road from a thread to the window: jobs are posted from anywhere and run by the window alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

BUSY_MOST_S = 0.02


class Mailbox:
    """Jobs waiting for the window, which empties it every 40 ms.

    A job that raises is handed to `on_error` and the others run all the same.
    """

    def __init__(self, on_error: Callable[[Exception], object]) -> None:
        self._on_error = on_error
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def post(self, job: Callable[[], None]) -> None:
        """Leave a job, from any thread, and go on at once."""
        self._jobs.put(job)

    def empty(self, busy_most_s: float = BUSY_MOST_S) -> int:
        """Run the waiting jobs in their order, on this thread; answers how many.

        A flood must not freeze the window: once `busy_most_s` is used up, the rest waits for the next call.
        """
        stop_s = time.monotonic() + busy_most_s
        ran = 0
        while ran == 0 or time.monotonic() < stop_s:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            ran += 1
            try:
                job()
            except Exception as error:
                self._on_error(error)
        return ran
