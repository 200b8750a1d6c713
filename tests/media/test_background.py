from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from desktopnotes.media.background import Background, Progress, giving_way
from desktopnotes.media.mailbox import Mailbox
from tests.waiting import wait_until


class Office:
    """A background with its mailbox, and what came out of it."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.mailbox = Mailbox(self.errors.append)
        self.background = Background(self.mailbox)
        self.told: list[object] = []

    def until(self, seen: Callable[[], object], what: str) -> None:
        wait_until(lambda: (self.mailbox.empty(), seen())[1], what)


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    assert office.background.close(5)


def test_a_result_comes_back_on_the_windows_thread(office: Office) -> None:
    office.background.run(
        lambda _: threading.get_ident(), lambda worker: office.told.append((worker, threading.get_ident()))
    )
    office.until(lambda: office.told, "the result")
    [(worker, window)] = office.told  # type: ignore[misc]
    assert window == threading.get_ident() != worker


def test_an_error_is_told_where_asked_for_and_else_goes_to_the_gate(office: Office) -> None:
    office.background.run(lambda _: 1 // 0, office.told.append, lambda error: office.told.append(type(error)))
    office.until(lambda: office.told, "the error")
    assert office.told == [ZeroDivisionError]
    assert office.errors == []
    office.background.run(lambda _: 1 // 0, office.told.append)
    office.until(lambda: office.errors, "the error at the gate")
    assert [type(error) for error in office.errors] == [ZeroDivisionError]


def test_a_lane_does_its_work_in_order_while_free_work_passes_it(office: Office) -> None:
    goes_on = threading.Event()
    office.background.run(lambda _: goes_on.wait(5), lambda _: office.told.append("first"), lane="disk")
    office.background.run(lambda _: None, lambda _: office.told.append("second"), lane="disk")
    office.background.run(lambda _: None, lambda _: office.told.append("other lane"), lane="net")
    office.until(lambda: "other lane" in office.told, "another lane")
    office.background.run(lambda _: None, lambda _: office.told.append("free"))
    office.until(lambda: "free" in office.told, "free work")
    assert "second" not in office.told
    goes_on.set()
    office.until(lambda: "second" in office.told, "the lane goes on")
    assert office.told == ["other lane", "free", "first", "second"]


def test_a_lane_goes_on_after_an_error(office: Office) -> None:
    office.background.run(lambda _: 1 // 0, failed=lambda _: None, lane="disk")
    office.background.run(lambda _: "done", office.told.append, lane="disk")
    office.until(lambda: office.told, "the work after the error")


def test_progress_is_told_by_the_latest_figure_alone(office: Office) -> None:
    figures: list[tuple[float, str]] = []

    def work(progress: Progress) -> str:
        for step in range(1000):
            progress.report(step / 1000, f"step {step}")
        return "done"

    all_reported = threading.Event()
    office.background.run(
        lambda progress: (work(progress), all_reported.set()),
        lambda _: office.told.append("done"),
        progress=lambda done, what: figures.append((done, what)),
    )
    assert all_reported.wait(5)
    office.until(lambda: office.told, "the end")
    assert figures == [(0.999, "step 999")]


def test_of_cancelled_work_nothing_is_told(office: Office) -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        try:
            while True:
                progress.report(0.5)
        finally:
            ended.set()

    task = office.background.run(
        work, office.told.append, office.told.append, progress=lambda *figures: office.told.append(figures)
    )
    assert begun.wait(5)
    task.cancel()
    assert ended.wait(5)
    assert task.cancelled
    office.mailbox.empty()
    assert office.told == []
    assert office.errors == []


def test_work_cancelled_between_its_end_and_the_mailbox_is_not_told(office: Office) -> None:
    ended = threading.Event()
    task = office.background.run(lambda _: None, lambda _: office.told.append("told"), lane="disk")
    office.background.run(lambda _: ended.set(), lane="disk")
    assert ended.wait(5)
    task.cancel()
    office.mailbox.empty()
    assert office.told == []


def test_work_cancelled_while_it_waits_in_a_lane_never_begins(office: Office) -> None:
    goes_on = threading.Event()
    begun: list[str] = []
    office.background.run(lambda _: goes_on.wait(5), lane="disk")
    office.background.run(lambda _: begun.append("cancelled"), lane="disk").cancel()
    office.background.run(lambda _: begun.append("kept"), office.told.append, lane="disk")
    goes_on.set()
    office.until(lambda: office.told, "the work behind it")
    assert begun == ["kept"]


def test_close_finishes_the_lanes_and_cancels_free_work() -> None:
    office = Office()
    finished: list[int] = []
    for number in range(50):
        office.background.run(lambda _, number=number: finished.append(number), lane="disk")

    def for_ever(progress: Progress) -> None:
        while True:
            progress.check()

    office.background.run(for_ever)
    assert office.background.close(5)
    assert finished == list(range(50))
    with pytest.raises(RuntimeError):
        office.background.run(lambda _: None)


def test_close_does_not_wait_for_work_that_hangs() -> None:
    office = Office()
    lets_go = threading.Event()
    office.background.run(lambda _: lets_go.wait(30), lane="disk")
    assert not office.background.close(0.05)
    lets_go.set()


def test_work_that_gives_way_lets_others_in_often_and_leaves_python_as_it_was() -> None:
    usual_s = sys.getswitchinterval()
    with giving_way():
        assert sys.getswitchinterval() < usual_s / 10
        with giving_way():
            pass
        assert sys.getswitchinterval() < usual_s / 10
    with pytest.raises(ZeroDivisionError), giving_way():
        raise ZeroDivisionError
    assert sys.getswitchinterval() == usual_s


def test_work_gives_way_where_it_is_said() -> None:
    office, seen = Office(), list[float]()
    usual_s = sys.getswitchinterval()
    for gives_way in (False, True):
        office.background.run(lambda _: seen.append(sys.getswitchinterval()), lane="a", gives_way=gives_way)
    assert office.background.close(5)
    assert seen[0] == usual_s
    assert seen[1] < usual_s / 10
    assert sys.getswitchinterval() == usual_s


def test_of_the_newest_work_only_the_last_is_told() -> None:
    office, told = Office(), list[str]()
    lets_go = threading.Event()
    office.background.run(lambda _: lets_go.wait(10), lane="a")
    for name, newest in (("one", "x"), ("other", "y"), ("two", "x"), ("three", "x"), ("any", "")):
        office.background.run(lambda _, name=name: name, told.append, lane="a", newest=newest)  # type: ignore[misc]
    lets_go.set()
    assert office.background.close(5)
    office.mailbox.empty()
    assert told == ["other", "three", "any"]
