from __future__ import annotations

import threading
import time

from desktopnotes.media.mailbox import Mailbox


def test_jobs_run_in_their_order_on_the_thread_that_empties() -> None:
    mailbox = Mailbox(lambda error: None)
    ran: list[tuple[int, int]] = []

    def post_all() -> None:
        for number in range(5):
            mailbox.post(lambda number=number: ran.append((number, threading.get_ident())))

    poster = threading.Thread(target=post_all)
    poster.start()
    poster.join()
    assert ran == []
    assert mailbox.empty() == 5
    assert ran == [(number, threading.get_ident()) for number in range(5)]
    assert mailbox.empty() == 0


def test_a_job_that_raises_is_told_and_the_others_run() -> None:
    errors: list[Exception] = []
    ran: list[str] = []
    mailbox = Mailbox(errors.append)
    mailbox.post(lambda: ran.append("before"))
    mailbox.post(lambda: ran.append(str(1 // 0)))
    mailbox.post(lambda: ran.append("after"))
    assert mailbox.empty() == 3
    assert ran == ["before", "after"]
    assert [type(error) for error in errors] == [ZeroDivisionError]


def test_a_flood_does_not_keep_the_window() -> None:
    mailbox = Mailbox(lambda error: None)

    def post_again() -> None:
        mailbox.post(post_again)

    post_again()
    begun_s = time.monotonic()
    assert mailbox.empty(busy_most_s=0.01) > 1
    assert time.monotonic() - begun_s < 1.0
    assert mailbox.empty(busy_most_s=0.0) == 1
