"""The page of a long talk: how soon it can be used, and what following the talk costs.

python -m tests.bench.page [NOTES [SNAPSHOTS]]: opens a notebook of one talk (5,000 notes, 50 snapshots) and
one of a single note in turn, in the real window on the fake player, beside a bare Tk Text with the same
words. Usable means that all is drawn and the caret stands in the page. Then the talk plays for some seconds
with a note for each 0.1 s, far more than anybody writes: the time that the process computes is what following
costs, for there is no picture to decode; beside it stands the same window while paused.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import tkinter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from desktopnotes.actions import file
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage.codec import encode
from tests.bench.memory import resident_mb
from tests.bench.running import screen
from tests.storage.notebooks import large_notebook
from tests.ui.conftest import RECORDING_MS, Desk

NOTES = 5000
SNAPSHOTS = 50
ROUNDS = 9
FOLLOWED_S = 10.0
_EVERY_MS = 100
_PICTURE_PX = (1280, 720)


def long_talk(folder: Path, notes: int, snapshots: int) -> Talk:
    """A talk of so many notes over the whole recording, each hundredth or so with a snapshot."""
    pictures = folder / "long.pictures"
    pictures.mkdir()
    names = [f"{number:04}.png" for number in range(snapshots)]
    for number, name in enumerate(names):
        Image.new("RGB", _PICTURE_PX, (number % 255, 80, 120)).save(pictures / name)
    made = large_notebook(notes, 1).talks[0]
    each = max(1, notes // max(1, snapshots))

    def placed(index: int, note: Note) -> Note:
        picture = names[index // each] if index % each == 0 and index // each < snapshots else ""
        return replace(note, at_ms=index * _EVERY_MS, picture=picture)

    placed_notes = tuple(placed(index, note) for index, note in enumerate(made.notes))
    return replace(made, file="talk.mp4", duration_ms=RECORDING_MS, state="watching", notes=placed_notes)


def ms_of(job: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    job()
    return (time.perf_counter() - began_s) * 1000


def opened_ms(desk: Desk, long: Path, short: Path) -> list[float]:
    """How long it takes each time from the choice of the notebook until the page is drawn with the caret."""

    def once() -> None:
        file.open_path(desk.session, long)
        desk.root.update()

    found = []
    for _ in range(ROUNDS):
        file.open_path(desk.session, short)
        desk.root.update()
        found.append(ms_of(once))
    return found


def bare_ms(root: tkinter.Tk, texts: Sequence[str]) -> list[float]:
    """The same words put into a bare Text of the same size, and drawn."""
    top = tkinter.Toplevel(root)
    text = tkinter.Text(top, wrap="word", width=50, height=50)
    text.pack(fill="both", expand=True)
    words = "\n".join(texts)

    def once() -> None:
        text.insert("1.0", words)
        text.see("end")
        root.update()

    found = []
    for _ in range(ROUNDS):
        text.delete("1.0", "end")
        root.update()
        found.append(ms_of(once))
    top.destroy()
    return found


def cost(desk: Desk, seconds: float) -> float:
    """The share of a core that this process needs meanwhile, in %."""
    began_s, computed_s = time.monotonic(), time.process_time()
    while time.monotonic() < began_s + seconds:
        desk.root.dooneevent()  # waits as mainloop does
    return 100 * (time.process_time() - computed_s) / (time.monotonic() - began_s)


def main() -> None:
    notes = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    snapshots = int(sys.argv[2]) if len(sys.argv) > 2 else SNAPSHOTS
    with tempfile.TemporaryDirectory(prefix="page-") as name, screen(Path(name)) as display:
        folder = Path(name)
        os.environ |= {"HOME": name, "DISPLAY": display}
        for variable in [each for each in os.environ if each.startswith(("XDG_", "WAYLAND_"))]:
            del os.environ[variable]
        talk = long_talk(folder, notes, snapshots)
        (folder / "talk.mp4").write_bytes(b"the fake player does not mind")
        long, short = (folder / f"{word}.talknotes.json" for word in ("long", "short"))
        long.write_bytes(encode(Notebook("long", title="Long", talks=(talk,))))
        short.write_bytes(encode(Notebook("short", talks=(replace(talk, notes=talk.notes[:1]),))))
        desk = Desk(str(short))
        empty_mb = resident_mb(os.getpid())
        ours, bare = opened_ms(desk, long, short), bare_ms(desk.root, [note.text for note in talk.notes])
        full_mb = resident_mb(os.getpid())
        median, beside = statistics.median(ours), statistics.median(bare)
        print(f"{notes:,} notes, {snapshots} snapshots, {ROUNDS} rounds")
        print(
            f"usable after       {median:6.0f} ms (at most {max(ours):.0f}); "
            f"bare Text {beside:.0f} ms: {median / beside:.1f}x"
        )
        desk.window.video.black.focus_set()  # else the page stays where the user writes
        desk.stand_at(0)
        still = cost(desk, FOLLOWED_S)
        desk.player.play()
        playing = cost(desk, FOLLOWED_S)
        following = f"{playing - still:6.1f} % of a core ({playing:.1f} playing, {still:.1f} paused)"
        print(f"following costs    {following}")
        print(f"memory             {full_mb:6.0f} MB; {empty_mb:.0f} before the talk was opened")
        desk.end()


if __name__ == "__main__":
    main()
