"""The time line: where things stand on it, what a hover says, and what clicks, drags and the wheel do."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Iterator

import pytest

from desktopnotes.model.notebook import Chapter
from desktopnotes.ui.colours import DARK, LIGHT
from desktopnotes.ui.mark_drag import Mark
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.timeline import Timeline

LIMIT_S = 10.0
HOUR_MS = 3_600_000
MARKS = (Mark(600_000, "Route by meaning", "a"), Mark(1_800_000, "Half way", "b"))
CHAPTERS = (Chapter(0, "Start"), Chapter(900_000, "The mesh"), Chapter(2_700_000, "Questions"))


class Shown:
    """A time line on the screen, with what it asked for."""

    def __init__(self, root: tk.Tk) -> None:
        self.root = root
        self.theme = Theme(root, "light", 10)
        self.sought: list[int] = []
        self.jumped: list[str] = []
        self.turned: list[int] = []
        self.line = Timeline(
            root,
            self.theme,
            seek=self.sought.append,
            jump=self.jumped.append,
            turn=self.turned.append,
        )
        self.line.pack(fill="x")
        root.geometry("1000x200")
        self.until(lambda: self.line.winfo_width() > 900, "the window shows")

    def show(self, *, duration_ms: int = HOUR_MS, position_ms: int = 0, marks: object = MARKS) -> None:
        self.line.show(duration_ms, position_ms, marks, CHAPTERS)  # type: ignore[arg-type]
        self.root.update()

    def until(self, seen: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not seen():
            self.root.update()
            assert time.monotonic() < deadline, what
            time.sleep(0.001)

    @property
    def track_y(self) -> int:
        return round(self.line.coords("played")[3]) - 1

    @property
    def mark_y(self) -> int:
        return round(self.line.coords("mark")[1]) - 3

    def x_of(self, at_ms: int) -> int:
        return self.line.x_of(at_ms)

    def knob_x(self) -> int:
        return round(self.line.coords("knob")[0])

    def pointer(self, event: str, at_ms: int, y: int | None = None, **options: int) -> None:
        self.line.event_generate(event, x=self.x_of(at_ms), y=self.track_y if y is None else y, **options)


@pytest.fixture
def shown(screen: str) -> Iterator[Shown]:
    root = tk.Tk(className="Desktopnotes")
    failed: list[object] = []
    root.report_callback_exception = lambda *error: failed.append(error)  # type: ignore[method-assign]
    shown = Shown(root)
    shown.show()
    yield shown
    root.destroy()
    assert not failed


# --- what stands where -------------------------------------------------------------------------------


def test_a_moment_and_its_pixel_belong_together(shown: Shown) -> None:
    for at_ms in range(0, HOUR_MS + 1, HOUR_MS // 50):
        assert shown.line.at(shown.x_of(at_ms)) == pytest.approx(at_ms, abs=HOUR_MS / 900)
    assert [shown.line.at(x) for x in (-50, 5000)] == [0, HOUR_MS]


def test_move_to_moves_the_knob_and_the_played_part_and_makes_nothing_anew(shown: Shown) -> None:
    before = shown.line.find_all()
    shown.line.move_to(HOUR_MS // 2)
    assert shown.knob_x() == round(shown.line.coords("played")[2]) == shown.x_of(HOUR_MS // 2)
    assert shown.line.find_all() == before


def test_the_knob_is_wholly_seen_at_both_ends(shown: Shown) -> None:
    for at_ms in (0, HOUR_MS, 2 * HOUR_MS):
        shown.line.move_to(at_ms)
        left, _, right, _ = shown.line.bbox("knob")
        assert left >= 0
        assert right <= shown.line.winfo_width()


def test_chapters_are_gaps_but_not_at_the_start(shown: Shown) -> None:
    gaps = [shown.line.coords(gap) for gap in shown.line.find_withtag("gap")]
    assert [round((left + right) / 2) for left, _, right, _ in gaps] == [
        shown.x_of(900_000),
        shown.x_of(2_700_000),
    ]


def test_thousands_of_notes_are_never_more_marks_than_pixels(shown: Shown) -> None:
    shown.show(marks=[Mark(n * 360, f"note {n}", f"n{n}") for n in range(10_000)])
    assert 500 < len(shown.line.find_withtag("mark")) <= shown.line.winfo_width()


def test_a_resize_moves_everything(shown: Shown) -> None:
    shown.line.move_to(HOUR_MS)
    before = shown.knob_x()
    shown.root.geometry("600x200")
    shown.until(lambda: shown.line.winfo_width() < 700 and shown.knob_x() < before - 300, "a narrower line")


def test_without_a_recording_there_is_nothing_to_seek(shown: Shown) -> None:
    shown.show(duration_ms=0)
    assert not shown.line.find_withtag("knob")
    assert not shown.line.find_withtag("mark")
    for event in ("<ButtonPress-1>", "<ButtonRelease-1>", "<Motion>", "<Button-4>"):
        shown.line.event_generate(event, x=300, y=15)
    assert (shown.sought, shown.jumped, shown.turned) == ([], [], [])


def test_the_colours_are_those_of_the_theme(shown: Shown) -> None:
    assert shown.line.itemcget("played", "fill") == LIGHT.accent
    shown.theme.use("dark")
    shown.until(lambda: shown.line.itemcget("played", "fill") == DARK.accent, "the dark colours")
    assert shown.line.cget("background") == DARK.background


def test_it_grows_with_the_text(shown: Shown) -> None:
    before = shown.line.winfo_reqheight()
    shown.theme.use("light", 20)
    shown.until(lambda: shown.line.winfo_reqheight() > 1.8 * before, "a higher line")


def test_it_takes_the_focus_by_click_and_shows_it(shown: Shown) -> None:
    shown.root.focus_force()
    shown.pointer("<ButtonPress-1>", 60_000)
    shown.pointer("<ButtonRelease-1>", 60_000)
    shown.until(lambda: shown.root.focus_get() is shown.line, "the focus")
    assert shown.line.cget("takefocus")
    assert int(str(shown.line.cget("highlightthickness"))) >= 2
    assert shown.line.cget("highlightcolor") == LIGHT.accent


# --- hover -------------------------------------------------------------------------------------------


def test_a_hover_says_the_time_and_the_chapter(shown: Shown) -> None:
    words = shown.line.words_at(shown.x_of(1_200_000), shown.track_y)
    assert words.split("  ")[1] == "The mesh"
    assert words.startswith(("19:", "20:"))


def test_a_hover_over_a_mark_says_the_note(shown: Shown) -> None:
    assert shown.line.words_at(shown.x_of(600_000), shown.mark_y) == "10:00  Route by meaning"
    shown.show(marks=[Mark(600_000, "a word " * 40, "a"), Mark(600_010, "two", "b")])
    words = shown.line.words_at(shown.x_of(600_000), shown.mark_y)
    assert words.endswith("…  (+1)")
    assert len(words) < 110


def test_the_words_show_above_the_line_and_go_with_the_pointer(shown: Shown) -> None:
    shown.pointer("<Motion>", 600_000, shown.mark_y, rootx=500, rooty=300)
    assert shown.line.tip.text == "10:00  Route by meaning"
    shown.line.event_generate("<Leave>")
    assert shown.line.tip.text == ""


# --- clicks, drags, the wheel ------------------------------------------------------------------------


def test_a_click_on_the_line_seeks(shown: Shown) -> None:
    shown.pointer("<ButtonPress-1>", 1_200_000)
    shown.pointer("<ButtonRelease-1>", 1_200_000)
    assert set(shown.sought) == {shown.line.at(shown.x_of(1_200_000))}
    assert shown.knob_x() == shown.x_of(1_200_000)


def test_a_click_on_a_mark_jumps_to_its_note(shown: Shown) -> None:
    shown.pointer("<ButtonPress-1>", 1_800_000, shown.mark_y)
    shown.pointer("<ButtonRelease-1>", 1_800_000, shown.mark_y)
    assert (shown.jumped, shown.sought) == (["b"], [])


def test_a_drag_seeks_now_and_then_and_where_it_ends(shown: Shown) -> None:
    shown.pointer("<ButtonPress-1>", 100_000)
    for at_ms in range(100_000, 2_000_000, 10_000):
        shown.pointer("<B1-Motion>", at_ms)
    assert len(shown.sought) == 1, "within 50 ms only the first"
    last_ms = shown.line.at(shown.x_of(1_990_000))
    shown.until(lambda: len(shown.sought) == 2, "the newest after 50 ms")
    assert shown.sought[-1] == last_ms
    shown.pointer("<B1-Motion>", 3_000_000)
    shown.pointer("<ButtonRelease-1>", 3_000_000)
    assert shown.sought[-1] == shown.line.at(shown.x_of(3_000_000))


def test_a_long_drag_seeks_no_more_often_than_every_50_ms(shown: Shown) -> None:
    begun = time.monotonic()
    shown.pointer("<ButtonPress-1>", 0)
    at_ms = 0
    while len(shown.sought) < 6:
        at_ms += 5_000
        shown.pointer("<B1-Motion>", at_ms % HOUR_MS)
        shown.root.update()
        assert time.monotonic() - begun < LIMIT_S
    assert time.monotonic() - begun >= 5 * 0.045


def test_a_dragged_knob_stays_under_the_pointer(shown: Shown) -> None:
    shown.pointer("<ButtonPress-1>", 1_000_000)
    shown.line.move_to(3_000_000)
    assert shown.knob_x() == shown.x_of(1_000_000)
    shown.pointer("<ButtonRelease-1>", 1_000_000)
    shown.line.move_to(3_000_000)
    assert shown.knob_x() == shown.x_of(3_000_000)


def test_the_wheel_asks_for_each_of_its_steps(shown: Shown) -> None:
    for event in ("<Button-4>", "<Button-5>", "<Button-5>"):
        shown.line.event_generate(event)
    assert (shown.turned, shown.sought) == ([1, -1, -1], [])


def test_it_can_go_in_the_middle_of_a_drag(shown: Shown) -> None:
    shown.pointer("<ButtonPress-1>", 1_000_000)
    shown.pointer("<Motion>", 1_000_000, rootx=500, rooty=300)
    shown.line.destroy()
    shown.until(lambda: not shown.root.tk.splitlist(shown.root.tk.call("after", "info")), "no jobs left")
