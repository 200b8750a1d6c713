"""A divider dragged: from each move of the pointer until the window has drawn and rests again.

python -m tests.bench.sashes [NOTES [MOVES]]: drags each of the three dividers to and fro over a talk of NOTES
notes (5,000), beside two bare Tk Texts with the same words in a Panedwindow. The aim is a p95 under 33 ms.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import tkinter
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from desktopnotes.storage.codec import encode
from tests.bench.running import percentile
from tests.storage.notebooks import large_notebook
from tests.ui.conftest import Desk, window_manager
from tests.virtual_screen import virtual_screen

NOTES, MOVES = 5000, 120
STEP_PX, SPAN = 4, 30
"""The pointer goes so far at each move, and turns round after so many."""

AIM_MS = 33

HEAD = "divider               moves    p50    p95    max    cpu  bare p95  ratio     (ms)"


def dragged(panes: ttk.Panedwindow, number: int, moves: int, rest: Callable[[], None]) -> list[float]:
    """How many ms each move took, made by the events of a pointer."""
    is_across = str(panes.cget("orient")) == "horizontal"
    at = int(panes.tk.call(str(panes), "sashpos", number)) + 3

    def place(px: int) -> dict[str, int]:
        return {"x": px, "y": 100} if is_across else {"x": 100, "y": px}

    panes.event_generate("<Button-1>", **place(at))  # type: ignore[arg-type]
    taken: list[float] = []
    for index in range(moves):
        turn = index % (2 * SPAN)
        at += STEP_PX if turn < SPAN else -STEP_PX
        begun = time.perf_counter()
        panes.event_generate("<B1-Motion>", **place(at))  # type: ignore[arg-type]
        rest()
        taken.append((time.perf_counter() - begun) * 1000)
    panes.event_generate("<ButtonRelease-1>", **place(at))  # type: ignore[arg-type]
    rest()
    return taken


def until_idle(root: tkinter.Tk) -> None:
    """All that is to be drawn is, and the server has it."""
    root.update()
    root.winfo_pointerxy()  # an answer of the server comes after all that it was told


def of_bare(words: str, moves: int) -> list[float]:
    """Two Texts, a divider between them."""
    root = tkinter.Tk()
    root.geometry("1400x850")
    panes = ttk.Panedwindow(root, orient="horizontal")
    panes.pack(fill="both", expand=True)
    for _ in range(2):
        text = tkinter.Text(panes, wrap="word")
        text.insert("1.0", words)
        panes.add(text, weight=1)
    until_idle(root)
    taken = dragged(panes, 0, moves, lambda: until_idle(root))
    root.destroy()
    return taken


def main(notes: int = NOTES, moves: int = MOVES) -> None:
    """Prints a row for each divider."""
    with tempfile.TemporaryDirectory() as home, virtual_screen("1440x900x24") as display:
        os.environ.update(HOME=home, DISPLAY=display)
        for name in [name for name in os.environ if name.startswith("XDG_")]:
            del os.environ[name]
        with window_manager():
            path = Path(home) / "large.talknotes.json"
            path.write_bytes(encode(large_notebook(notes, 1)))
            desk = Desk(str(path))
            until_idle(desk.root)
            layout = desk.window.layout
            words = "\n".join(desk.texts)
            rows = (
                ("talks | video", layout.across, 0),
                ("video | notes", layout.across, 1),
                ("video / write-up", layout.down, 0),
            )
            found: dict[str, tuple[list[float], float]] = {}
            for name, panes, number in rows:
                begun_s = time.process_time()
                taken = dragged(panes, number, moves, lambda: until_idle(desk.root))
                found[name] = taken, (time.process_time() - begun_s) * 1000 / moves
            desk.close()
            bare = percentile(of_bare(words, moves), 0.95)
            print(HEAD)
            for name, (taken, cpu) in found.items():
                p95 = percentile(taken, 0.95)
                ours = f"{percentile(taken, 0.5):6.1f} {p95:6.1f} {max(taken):6.1f} {cpu:6.1f}"
                figures = f"{ours} {bare:9.1f} {p95 / bare:6.1f}"
                print(f"{name:20} {len(taken):6} {figures}{'' if p95 < AIM_MS else '   over the aim'}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
