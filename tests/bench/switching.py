"""How long it takes to go to another talk, and to draw a list of hundreds: `python -m tests.bench.switching`.

Switching: the real window on libVLC, talks of NOTES notes (500) in a notebook of 20, by the command that
Ctrl+PgDn runs, until the caret is in the notes and X has drawn all of it; beside a bare Tk Text that is
emptied and filled with the same words. The list: 300 talks with titles that do not fit, drawn whole (another
grouping), after a key typed in a note, and for a key typed in the filter.
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

from desktopnotes import commands
from desktopnotes.media.player import PlayerState
from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.model import edits
from desktopnotes.model.grouping import By
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.storage.codec import encode
from tests.bench.running import CLIP, percentile, screen
from tests.storage.notebooks import large_notebook
from tests.ui.conftest import Desk

NOTES = 500
TALKS = 20
LISTED = 300
ROUNDS = 60
LONG = "What Nobody Told Us About Running Stateful Workloads in the Cloud, and What We Learned From It"


def notebook(talks: int, notes: int) -> Notebook:
    """Talks whose recording is the clip, with titles that do not fit, half of them in two posts."""
    made = large_notebook(talks * notes, talks)
    named = tuple(
        replace(
            talk,
            title=f"{index}. {LONG}",
            file=str(CLIP),
            url="",
            position_ms=0,
            speakers=(f"Speaker {index % 40}",),
            tags=(f"tag{index % 12}", f"tag{index % 7}"),
        )
        for index, talk in enumerate(made.talks)
    )
    ids = [talk.id for talk in named[: talks // 2]]
    half = len(ids) // 2
    posts = (
        Post("one", title="Part 1", talks=tuple(ids[:half])),
        Post("two", title="Part 2", talks=tuple(ids[half:])),
    )
    return replace(made, talks=named, posts=posts)


def timed(root: tkinter.Tk, deed: Callable[[], object]) -> float:
    """ms until the deed is done and X has drawn what came of it."""
    root.update()
    began_s = time.perf_counter()
    deed()
    root.update()
    root.winfo_pointerxy()  # an answer comes when the server has done all before
    return (time.perf_counter() - began_s) * 1000


def row(name: str, times_ms: Sequence[float], beside_ms: float = 0.0) -> str:
    p50, p95 = statistics.median(times_ms), percentile(times_ms, 0.95)
    ratio = f"{p50 / beside_ms:6.1f}x" if beside_ms else ""
    return f"{name:<44} {p50:7.1f} {p95:7.1f} {max(times_ms):7.1f} {ratio}"


def opened(folder: Path, book: Notebook) -> Desk:
    path = folder / "book.talknotes.json"
    path.write_bytes(encode(book))
    desk = Desk(str(path), real=True)
    desk.root.geometry("1440x900+0+0")
    desk.root.update()
    return desk


def bare_ms(desk: Desk) -> float:
    """A Text of the page's size and font, emptied and filled with a talk's words."""
    page = desk.window.page.text
    window = tkinter.Toplevel(desk.root)
    window.geometry(f"{page.winfo_width()}x{page.winfo_height()}+0+0")
    text = tkinter.Text(window, font=page.cget("font"), wrap="word")
    text.pack(fill="both", expand=True)
    words = ["\n".join(note.text for note in talk.notes) for talk in desk.session.notebook.talks[:10]]

    def fill(said: str) -> None:
        text.delete("1.0", "end")
        text.insert("1.0", said)
        text.see("end")

    times_ms = [timed(desk.root, lambda said=said: fill(said)) for said in words * 3]  # type: ignore[misc]
    window.destroy()
    return statistics.median(times_ms[1:])


def switches(desk: Desk) -> list[float]:
    following, previous = commands.by_id("talk.next"), commands.by_id("talk.previous")
    times_ms = []
    for turn in range(ROUNDS + 1):
        command = following if turn // (TALKS - 1) % 2 == 0 else previous
        before = desk.session.talk_id
        times_ms.append(timed(desk.root, lambda command=command: desk.window.run(command)))  # type: ignore[misc]
        assert desk.session.talk_id != before
        assert desk.root.focus_get() is desk.window.page.text
        desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "the recording is open")
    return times_ms[1:]


def whole_lists(desk: Desk) -> list[float]:
    """Another grouping draws all rows anew; `timed` has what the settings file costs, so it is drawn bare."""
    pane, session = desk.window.talks, desk.session

    def draw(by: str) -> None:
        pane.show(session.notebook, session.talk_id, by)

    return [timed(desk.root, lambda by=by: draw(by)) for by in [*By] * 6]  # type: ignore[misc]


def keys_in_a_note(desk: Desk) -> list[float]:
    """What the list costs of a key typed in a note: the notebook is another value, one row may differ."""
    pane, session = desk.window.talks, desk.session
    talk = session.notebook.talks[0]
    times_ms = []
    for turn in range(ROUNDS):
        after = edits.set_text(session.notebook, talk.id, talk.notes[0].id, "a" * turn, "")
        times_ms.append(timed(desk.root, lambda after=after: pane.show(after, talk.id, "post")))  # type: ignore[misc]
    pane.show(session.notebook, session.talk_id, "post")
    return times_ms


def keys_in_the_filter(desk: Desk) -> list[float]:
    pane = desk.window.talks
    words = "what nobody told us"
    return [
        timed(desk.root, lambda end=end: pane.head.filter(words[:end]))  # type: ignore[misc]
        for end in [*range(1, len(words) + 1), 0]
    ]


def main() -> None:
    notes = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    with tempfile.TemporaryDirectory(prefix="switching-") as name, screen(Path(name)) as display:
        os.environ |= {
            "DISPLAY": display,
            "HOME": name,
            "DESKTOPNOTES_VLC_OPTIONS": " ".join(VIRTUAL_SCREEN_OPTIONS),
        }
        for variable in [each for each in os.environ if each.startswith("XDG_")]:
            del os.environ[variable]
        print(f"{'ms':<44} {'p50':>7} {'p95':>7} {'max':>7}   ratio")
        desk = opened(Path(name), notebook(TALKS, notes))
        beside_ms = bare_ms(desk)
        print(row(f"bare Text, {notes} notes", [beside_ms]))
        print(row(f"to another talk of {notes} notes", switches(desk), beside_ms), flush=True)
        desk.end()
        desk = opened(Path(name), notebook(LISTED, 10))
        print(row(f"list of {LISTED} talks, drawn whole", whole_lists(desk)))
        print(row("  after a key in a note", keys_in_a_note(desk)))
        print(row("  for a key in the filter", keys_in_the_filter(desk)))
        desk.end()


if __name__ == "__main__":
    main()
