"""No variable of Tk outlives its window: Python would unset it on any thread."""

from __future__ import annotations

import gc
import tkinter
from collections.abc import Callable

import pytest

from tests.ui.conftest import Desk, talk_with
from tests.ui.test_sources import PAGE, run
from tests.ui.test_sources import TIMES as TIMES_TITLE
from tests.ui.test_web import LIST, entries, open_list
from tests.ui.test_web import TITLE as LIST_TITLE

OpenDesk = Callable[..., Desk]


def in_use() -> int:
    """How many there are that would still be unset."""
    variables = [one for one in gc.get_objects() if isinstance(one, tkinter.Variable)]
    return sum(vars(one).get("_tk") is not None for one in variables)


def open_the_list(desk: Desk) -> None:
    desk.web.lists[LIST] = entries(2)
    open_list(desk)


@pytest.mark.parametrize(
    ("title", "open_it"),
    [
        (LIST_TITLE, open_the_list),
        (TIMES_TITLE, lambda desk: run(desk, "talk.times")),
        ("Find a Command", lambda desk: desk.press("ctrl+shift+p")),
    ],
)
def test_they_end_with_the_dialog(open_desk: OpenDesk, title: str, open_it: Callable[[Desk], object]) -> None:
    desk = open_desk(talk_with("A note", file="talk.mp4", url=PAGE))
    before = in_use()
    open_it(desk)
    desk.until(lambda: desk.dialog(title), "it is open")
    assert in_use() == before + 1
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(title), "it is closed")
    assert in_use() == before
