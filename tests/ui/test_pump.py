"""The mailbox is emptied on while a question stands open, whoever asked it."""

from __future__ import annotations

import time
import tkinter
from collections.abc import Callable

from desktopnotes.ui.dialogs import Dialog
from tests.ui.conftest import Desk, talk_with

ASIDE_MS = 500


def questions(desk: Desk) -> list[Dialog]:
    children: list[tkinter.Misc] = desk.root.winfo_children()
    return [each for each in children if isinstance(each, Dialog) and each.winfo_viewable()]


def test_a_question_that_a_job_asks_holds_up_nothing(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("ten"))
    window, mailbox = desk.window, desk.session.mailbox
    said: list[object] = []

    def ask() -> None:
        desk.root.after(ASIDE_MS, lambda: mailbox.post(answer))
        desk.root.after(4 * ASIDE_MS, lambda: [each.destroy() for each in questions(desk)])  # else it hangs
        said.append(window.ask_choice("Replace it?", "", ("Replace", "Keep")))

    def answer() -> None:
        said.append(len(questions(desk)))
        questions(desk)[0].destroy()

    mailbox.post(ask)
    mailbox.post(lambda: said.append("behind"))
    desk.until(lambda: len(said) == 3, "all jobs are done")
    assert said == ["behind", 1, None], "what is posted while it stands open comes before its answer"


def test_after_questions_there_is_one_chain_of_rounds_still(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("ten"))
    window, mailbox = desk.window, desk.session.mailbox
    most: list[int] = []

    def ask() -> None:
        window.ask_choice("Sure?", "", ("Replace", "Keep"))

    def answer() -> None:
        most.append(len(questions(desk)))
        for each in reversed(questions(desk)):
            each.destroy()

    desk.root.after(ASIDE_MS, answer)
    mailbox.post(ask)
    mailbox.post(ask)  # over the first
    desk.until(lambda: most and not questions(desk), "both are answered")
    assert most == [2]
    rounds: list[float] = []
    window.pump._empty = lambda: rounds.append(time.monotonic())
    desk.until(lambda: len(rounds) > 12, "some rounds")
    assert rounds[-1] - rounds[0] > 0.9 * 0.040 * (len(rounds) - 1)
