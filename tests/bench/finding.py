"""How long finding as you type holds the window up: `python -m tests.bench.finding [NOTES…]`.

Words are typed letter by letter into a notebook of NOTES notes (5,000, 20,000, 100,000), 200 in each talk,
and once all of them in one talk. First as pure functions, beside a plain look through all texts in lower
case; then in the window on a virtual screen: in the bar over the notes of one talk, and in the window that
lists the hits of the notebook. There a key costs what the window's thread does for it without a pause: the
longest piece is what another key may wait for. That is time of the processor, which other programs do not
lengthen; `all` is when the last hit is counted, by the clock.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktopnotes.model.notebook import Notebook
from desktopnotes.model.search import Finder, hit_of, read_query
from desktopnotes.storage.codec import encode
from tests.bench.running import percentile, screen
from tests.storage.notebooks import large_notebook

SIZES = (5_000, 20_000, 100_000)
PER_TALK = 200
WORDS = ("matters", "letter to", "someone", "4999", "zebra", "e a i")
SHOWN = 60
_DONT_WAIT = 2
"""Tk's own: one event, if there is one. `update` would run piece after piece without a key between."""


@dataclass
class Keys:
    """ms that each key took, and until all was found: the first letter of a word, and the later ones."""

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    all: list[float] = field(default_factory=list)

    def add(self, number: int, took_ms: float, all_ms: float = 0.0) -> None:
        (self.later if number else self.first).append(took_ms)
        self.all.append(all_ms)


def typed(word: str) -> Iterator[tuple[int, str]]:
    """Each letter's number, and what stands in the entry after it."""
    return ((number, word[: number + 1]) for number in range(len(word)))


def figures(keys: Sequence[float]) -> str:
    return f"{percentile(keys, 0.5):8.2f}{percentile(keys, 0.99):8.2f}"


# --- pure --------------------------------------------------------------------------------------------


def in_one_talk(notebook: Notebook) -> Notebook:
    notes = tuple(note for talk in notebook.talks for note in talk.notes)
    return replace(notebook, talks=(replace(notebook.talks[0], notes=notes),))


def ours(finder: Finder, words: str, notebook: Notebook) -> int:
    """How many there are; the first of them as they would be shown."""
    query = read_query(words)
    found = [text for piece in finder.find(query, notebook) for text in piece]
    for text in found[:SHOWN]:
        hit_of(query, text)
    return len(found)


def plain(words: str, notebook: Notebook) -> int:
    wanted = words.lower().split()
    texts = (note.text.lower() for talk in notebook.talks for note in talk.notes)
    return sum(1 for text in texts if all(word in text for word in wanted))


def timed(job: Callable[[], object]) -> float:
    """ms of this thread."""
    began_s = time.thread_time()
    job()
    return (time.thread_time() - began_s) * 1000


def pure(notebook: Notebook) -> str:
    tracemalloc.start()
    finder = Finder()
    ours(finder, "\0", notebook)
    memory_mb = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    fold_ms = timed(lambda: ours(Finder(), "\0", notebook))
    keys, peer = Keys(), Keys()
    for word in WORDS:
        for number, words in typed(word):
            keys.add(number, timed(lambda words=words: ours(finder, words, notebook)))  # type: ignore[misc]
            peer.add(number, timed(lambda words=words: plain(words, notebook)))  # type: ignore[misc]
    ratio = percentile(peer.first + peer.later, 0.5) / percentile(keys.first + keys.later, 0.5)
    mine, theirs = f"{figures(keys.first)}{figures(keys.later)}", figures(peer.later)
    return f"{fold_ms:9.1f}{mine}{theirs}{ratio:7.1f}{memory_mb:9.1f}"


# --- in the window -----------------------------------------------------------------------------------


@contextmanager
def a_user(folder: Path, display: str) -> Iterator[None]:
    """Folders of nobody's, and the screen, for the window in this process."""
    names = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    wanted = {"HOME": str(folder), "DISPLAY": display, **names}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def in_window(path: Path, *, bar: bool) -> Keys:
    from tests.ui.conftest import Desk  # it looks for a screen

    desk = Desk(str(path))
    keys = Keys()
    try:
        desk.press("ctrl+f" if bar else "ctrl+shift+f")
        if bar:
            finder = desk.window.parts.finding.bar
            desk.until(lambda: desk.window.focus() is finder.entry, "the bar")
        else:
            desk.until(lambda: desk.dialog("Find Everywhere"), "the window")
            finder = desk.dialog("Find Everywhere")
            finder.scope.set("This Notebook")
        _settle(desk.root.update, 0.3)
        for word in WORDS:
            for number, letter in enumerate(word):
                if number == 0:
                    finder.words.set("")
                    _settle(desk.root.update, 0.15)
                _key(keys, number, lambda letter=letter: finder.entry.insert("end", letter), desk, finder)  # type: ignore[misc]
    finally:
        desk.close()
    return keys


def _settle(update: Callable[[], None], for_s: float) -> None:
    until_s = time.perf_counter() + for_s
    while time.perf_counter() < until_s:
        update()
        time.sleep(0.002)


def _key(keys: Keys, number: int, press: Callable[[], None], desk, finder) -> None:  # type: ignore[no-untyped-def]
    """Types a letter, and lets the window work until all is found: its longest piece, and all of it."""
    began_s = time.perf_counter()
    longest_ms = timed(press)
    quiet = 0
    all_ms = longest_ms
    while quiet < 40:
        took_ms = timed(lambda: desk.root.tk.dooneevent(_DONT_WAIT))
        longest_ms = max(longest_ms, took_ms)
        quiet = quiet + 1 if took_ms < 1.0 else 0
        if took_ms >= 1.0 or finder.is_looking:
            all_ms, quiet = (time.perf_counter() - began_s) * 1000, 0
        time.sleep(0.001)
    keys.add(number, longest_ms, all_ms)


def main() -> None:
    sizes = tuple(int(word) for word in sys.argv[1:]) or SIZES
    head = f"{'':28}first key, ms   later keys, ms  "
    print(f"pure{'':24}fold all{head[28:]}plain lower(), ms  ratio   memory")
    print(f"{'notes':28}      ms     p50     p99     p50     p99     p50     p99  plain      MB")
    books = {}
    for size in sizes:
        books[f"{size:,}"] = large_notebook(size, max(1, size // PER_TALK))
        books[f"{size:,} in one talk"] = in_one_talk(books[f"{size:,}"])
    for name, notebook in books.items():
        print(f"{name:28}{pure(notebook)}", flush=True)
    print(f"\nin the window{'':15}   first key, ms   later keys, ms   all, ms")
    print(f"{'longest piece':28}     p50     p99     p50     p99     p50     p99")
    with tempfile.TemporaryDirectory(prefix="finding-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with screen(folder) as display, a_user(folder, display):
            time.sleep(1)  # the window manager starts
            for number, (title, notebook) in enumerate(books.items()):
                bar = "one talk" in title
                path = folder / f"{number}.talknotes.json"
                path.write_bytes(encode(notebook))
                keys = in_window(path, bar=bar)
                gc.collect()
                what = f"{title.split()[0]} {'bar, one talk' if bar else 'list, notebook'}"
                print(f"{what:28}{figures(keys.first)}{figures(keys.later)}{figures(keys.all)}", flush=True)


if __name__ == "__main__":
    main()
