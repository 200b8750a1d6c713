"""How long a key takes to be seen in the preview, beside pandoc reading the same Markdown.

python -m tests.bench.preview [KEYS]: a post of 50 talks and 2,000 notes in style list and timeline. A key is
a letter put into the introduction, a write-up or a note, as the window does it; it is shown when Tk has drawn
it (real widgets on a virtual screen). The rows with `keys` are the whole program in its post view, with real
presses from the moment that X tells. What the window's thread does is timed event by event: the longest one
is how long a key would have had to wait, with all that others kept the processor and the interpreter from it;
`own` is the work of that thread alone. pandoc has to start, read all of it and write HTML, as a preview that
asks another program does.
"""

from __future__ import annotations

import _tkinter
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tkinter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from desktopnotes.model import talk_edits
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.preview import Preview
from desktopnotes.ui.theme import Theme
from tests.bench import exporting
from tests.bench.running import percentile
from tests.sessions import Room, a_room_on
from tests.ui.conftest import Desk, window_manager
from tests.virtual_screen import virtual_screen

TALKS, NOTES = 50, 2000
KEYS = 40
EVERY_S = 0.1
"""Ten keys a second."""

HEAD = f"""\
{TALKS} talks, {NOTES:,} notes              key to shown, ms    window busy, ms   pandoc, ms
{"":24}keys    p50   p99   max    longest    own   >20    all of it   ratio"""


@dataclass
class Watched:
    """A preview on the screen, and how long each event took on the window's thread."""

    root: tkinter.Tk
    preview: Preview
    events_ms: list[float] = field(default_factory=list)
    own_ms: list[float] = field(default_factory=list)

    def run_until(self, seen: Callable[[], object]) -> None:
        while not seen():
            began_s, own_s = time.perf_counter(), time.thread_time()
            if self.root.tk.dooneevent(_tkinter.DONT_WAIT):
                self.events_ms.append((time.perf_counter() - began_s) * 1000)
                self.own_ms.append((time.thread_time() - own_s) * 1000)
            else:
                time.sleep(0.0005)

    def run_for(self, duration_s: float) -> None:
        stop_s = time.perf_counter() + duration_s
        self.run_until(lambda: time.perf_counter() > stop_s)

    def is_shown(self) -> bool:
        text = self.preview.text
        return not self.preview.is_at_work and tuple(text.blocks) == self.preview.previewed.blocks

    def await_idle(self) -> None:
        """Tk draws when it is idle, and this comes after it."""
        idle: list[bool] = []
        self.root.after_idle(idle.append, True)
        self.run_until(lambda: idle)


@dataclass
class Bench(Watched):
    """The preview alone, of a notebook that is open without a window."""

    room: Room = field(kw_only=True)

    def key(self, change: Callable[[Notebook], Notebook]) -> float:
        """Ms from a change until it is drawn."""
        session = self.room.session
        began_s = time.perf_counter()
        session.do("Typing", change(session.notebook))
        self.preview.draw_soon()
        self.run_until(self.is_shown)
        self.await_idle()
        return (time.perf_counter() - began_s) * 1000


def in_intro(notebook: Notebook) -> Notebook:
    post = notebook.posts[0]
    return talk_edits.set_post(notebook, replace(post, intro=post.intro + "x"))


def in_write_up(notebook: Notebook, talk: int) -> Notebook:
    return _with_talk(notebook, talk, write_up=(notebook.talks[talk].write_up or "Words ") + "x")


def in_note(notebook: Notebook, talk: int) -> Notebook:
    first, *others = notebook.talks[talk].notes
    return _with_talk(notebook, talk, notes=(replace(first, text=first.text + "x"), *others))


def _with_talk(notebook: Notebook, number: int, **fields: object) -> Notebook:
    talks = list(notebook.talks)
    talks[number] = replace(talks[number], **fields)  # type: ignore[arg-type]
    return replace(notebook, talks=tuple(talks))


PLACES: Sequence[tuple[str, Callable[[Notebook], Notebook]]] = (
    ("introduction", in_intro),
    ("note, middle", partial(in_note, talk=TALKS // 2)),
    ("note, last talk", partial(in_note, talk=TALKS - 1)),
    ("write-up, first talk", partial(in_write_up, talk=0)),
)


def opened(folder: Path, notebook: Notebook) -> Bench:
    path = folder / "bench.talknotes.json"
    path.write_bytes(codec.encode(notebook))
    room = a_room_on(path)
    root = tkinter.Tk()
    root.geometry("700x900+0+0")
    theme = Theme(root, "light")
    root.update()
    return Bench(root, Preview(root, theme, lambda: room.session, Gate(_fail)), room=room)


def _fail(message: str) -> None:
    raise SystemExit(message)


def first_opening(bench: Bench) -> str:
    """Until what is at the top can be read, and until all is there."""
    began_s = time.perf_counter()
    bench.preview.pack(fill="both", expand=True)
    bench.preview.draw_soon()
    bench.run_until(lambda: bench.preview.text.blocks)
    top_ms = (time.perf_counter() - began_s) * 1000
    bench.run_until(bench.is_shown)
    all_ms = (time.perf_counter() - began_s) * 1000
    return (
        f"first opening: its top after {top_ms:.0f} ms, all after {all_ms:.0f} ms, "
        f"window busy for {max(bench.events_ms):.1f} ms at most, its own work {max(bench.own_ms):.1f} ms"
    )


def pandoc_ms(markdown: str, folder: Path) -> float:
    if shutil.which("pandoc") is None:
        return float("nan")
    file = folder / "bench.md"
    file.write_text(markdown, encoding="utf-8")
    call = ["pandoc", "-t", "html", "-o", os.devnull, str(file)]
    return exporting.seconds(partial(exporting.run, call), 2) * 1000


def main() -> None:
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else KEYS
    exporting.NOTES_PER_TALK = NOTES // TALKS
    made = exporting.notebook(NOTES)
    print(HEAD)
    with tempfile.TemporaryDirectory() as name, virtual_screen("1500x1000x24") as display:
        os.environ["DISPLAY"] = display
        os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = name
        exporting.NOTES_PER_TALK = NOTES
        measure_one_talk(exporting.notebook(NOTES), Path(name), keys)
        gc.collect()  # see below
        for style in ("list", "timeline"):
            notebook = replace(made, posts=(replace(made.posts[0], style=style, date="2018-01-12"),))
            with window_manager():
                measure(style, notebook, Path(name), keys)
            gc.collect()  # a Tk that goes by chance in the thread of the next one's worker ends the program


def measure_one_talk(made: Notebook, folder: Path, keys: int) -> None:
    """All notes in one talk that has no write-up, each with words of other looks: one paragraph."""
    notes = tuple(
        replace(note, text=f"{note.text} *with* `some` [looks](https://x.y/{number})")
        for number, note in enumerate(made.talks[0].notes)
    )
    talk = replace(made.talks[0], notes=notes, write_up="")
    post = replace(made.posts[0], style="list", talks=(talk.id,), date="2018-01-12")
    bench = opened(folder, replace(made, talks=(talk,), posts=(post,)))
    opening = first_opening(bench)
    peer_ms = pandoc_ms(bench.preview.previewed.markdown, folder)
    name = f"1 talk, {len(notes):,} notes"
    print(f"{name:<30}{row(bench, partial(in_note, talk=0), keys, peer_ms)}", flush=True)
    print(f"{name}: {opening}", flush=True)
    bench.room.session.background.close(5)
    bench.root.destroy()


def measure(style: str, notebook: Notebook, folder: Path, keys: int) -> None:
    bench = opened(folder, notebook)
    opening = first_opening(bench)
    peer_ms = pandoc_ms(bench.preview.previewed.markdown, folder)
    for place, change in PLACES:
        print(f"{style + ': ' + place:<30}{row(bench, change, keys, peer_ms)}", flush=True)
    print(f"{style}: {opening}", flush=True)
    bench.room.session.background.close(5)
    bench.root.destroy()
    del bench
    gc.collect()
    in_the_window(style, folder / "bench.talknotes.json", keys, peer_ms)


def row(bench: Bench, change: Callable[[Notebook], Notebook], keys: int, peer_ms: float) -> str:
    bench.run_for(0.5)
    bench.events_ms.clear()
    bench.own_ms.clear()
    letters_ms = []
    for _ in range(keys):
        letters_ms.append(bench.key(change))
        bench.run_for(EVERY_S)
    return figures(letters_ms, bench, peer_ms)


def figures(letters_ms: Sequence[float], watched: Watched, peer_ms: float) -> str:
    p50, p99 = percentile(letters_ms, 0.5), percentile(letters_ms, 0.99)
    over = sum(event_ms > 20 for event_ms in watched.events_ms)
    longest_ms, own_ms = max(watched.events_ms), max(watched.own_ms)
    return (
        f"{len(letters_ms):>3} {p50:6.1f}{p99:6.1f}{max(letters_ms):6.1f} {longest_ms:9.1f}{own_ms:7.1f}"
        f" {over:5} {peer_ms:12.0f} {p50 / peer_ms:7.3f}"
    )


# --- the whole program -------------------------------------------------------------------------------


def in_the_window(style: str, path: Path, keys: int, peer_ms: float) -> None:
    desk = Desk(str(path))
    desk.press("ctrl+2")
    desk.until(lambda: desk.window.views.post is not None, "the post view")
    view = desk.window.views.made()
    watched = Watched(desk.root, view.preview)
    watched.run_until(lambda: view.preview.text.blocks and watched.is_shown())
    for name in ("title", "intro", desk.session.notebook.talks[TALKS // 2].id):
        view.go_to_part(name)
        place = "write-up, middle" if name.startswith("talk") else name
        print(f"{f'{style}, keys: {place}':<30}{keys_in(desk, watched, keys, peer_ms)}", flush=True)
    desk.close()


def keys_in(desk: Desk, watched: Watched, keys: int, peer_ms: float) -> str:
    """Types real letters where the caret is."""
    desk.press("End")
    watched.run_for(1)
    watched.events_ms.clear()
    watched.own_ms.clear()
    pressed_s: list[float] = []
    letters_ms: list[float] = []
    draw_soon = watched.preview.draw_soon

    def seen() -> None:
        pressed_s.append(desk.window.key_moment_s())
        draw_soon()

    watched.preview.draw_soon = seen  # type: ignore[method-assign]
    sender = subprocess.Popen(["xdotool", "type", "--delay", str(round(2000 * EVERY_S)), "x" * keys])
    while len(letters_ms) < keys:
        watched.run_until(lambda: pressed_s)
        watched.run_until(watched.is_shown)
        watched.await_idle()
        letters_ms += [(time.monotonic() - moment_s) * 1000 for moment_s in pressed_s]
        pressed_s.clear()
    sender.wait()
    watched.preview.draw_soon = draw_soon  # type: ignore[method-assign]
    return figures(letters_ms, watched, peer_ms)


if __name__ == "__main__":
    main()
