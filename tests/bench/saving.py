"""What a save costs beside the least it could, and costs the window: `python -m tests.bench.saving [FOLDER]`.

Each round changes one note and saves, in every way in turn, so that all see the same disk. "Ours" is all of
it: the turn among windows, the looks at the file, the exchange and the look at what came out. The promise is
that it costs at most twice the bare write with the fsync of file and folder.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path

from desktopnotes.files import replace_file
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import Encoder, encode
from desktopnotes.storage.opening import open_notebook
from desktopnotes.storage.saver import Saver
from desktopnotes.storage.store import with_backups
from tests.storage.notebooks import large_notebook

SIZES = ((100, 60), (10_000, 40), (100_000, 15))
"""Notes, and how many rounds."""

TALKS = 20
FREEZE_FOR_S = 3


def bare(path: Path, content: bytes) -> None:
    """The limit: the same bytes written and on the disk, in place and for good or ill."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(descriptor, content)
    os.fsync(descriptor)
    os.close(descriptor)


def bare_with_folder(path: Path, content: bytes) -> None:
    bare(path, content)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def dumps(path: Path, tree: object) -> None:
    """All of it encoded anew by json, as most programs do; durable all the same."""
    replace_file(path, json.dumps(tree, ensure_ascii=False).encode())


def edited(notebook: Notebook, turn: int) -> Notebook:
    """Another letter at the end of one note, as typing leaves it."""
    at = turn % len(notebook.talks)
    talk = notebook.talks[at]
    note = replace(talk.notes[-1], text=f"{talk.notes[-1].text}{turn % 10}")
    talk = replace(talk, notes=(*talk.notes[:-1], note))
    return replace(notebook, talks=(*notebook.talks[:at], talk, *notebook.talks[at + 1 :]))


def timed_ms(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return (time.perf_counter() - began_s) * 1000


def measure(
    folder: Path, count: int, rounds: int, *, talks: int = TALKS, with_dumps: bool = True
) -> dict[str, float]:
    """Medians in ms for a notebook of `count` notes; "cpu" is what ours costs the processor."""
    notebook = large_notebook(count, talks)
    path = folder / f"{count}.talknotes.json"
    path.write_bytes(encode(notebook))
    store = with_backups(open_notebook(path))
    store.save(notebook)
    found: dict[str, list[float]] = {}
    encoder = Encoder()
    for turn in range(rounds):
        notebook = edited(notebook, turn)
        content = b"".join(encoder.encode(notebook))
        ways: dict[str, Callable[[], object]] = {
            "bare": partial(bare, folder / "bare", content),
            "folder": partial(bare_with_folder, folder / "bare", content),
            "ours": partial(store.save, notebook),
        }
        if with_dumps:
            ways["dumps"] = partial(dumps, folder / "dumps", json.loads(content))
        for name, save in ways.items():
            began_s = time.process_time()
            found.setdefault(name, []).append(timed_ms(save))
            if name == "ours":
                found.setdefault("cpu", []).append((time.process_time() - began_s) * 1000)
    assert open_notebook(path).notebook == notebook
    return {name: statistics.median(times) for name, times in found.items()}


def freeze_ms(keep_saving: Callable[[], None]) -> float:
    """The longest that this thread, which as the window's should run every ms, is held up by saves."""
    longest_s, last_s = 0.0, time.perf_counter()
    end_s = last_s + FREEZE_FOR_S
    while last_s < end_s:
        keep_saving()
        time.sleep(0.001)
        now_s = time.perf_counter()
        longest_s, last_s = max(longest_s, now_s - last_s), now_s
    return longest_s * 1000


def freeze_by_ours_ms(path: Path, notebook: Notebook) -> float:
    path.write_bytes(encode(notebook))
    saver = Saver(with_backups(open_notebook(path)), lambda _: None)
    saver.flush(notebook, 60)

    def keep_saving() -> None:
        if saver.all_is_saved:
            saver.save_now(edited(saver.latest, 0))

    longest_ms = freeze_ms(keep_saving)
    saver.close()
    return longest_ms


def freeze_by_dumps_ms(path: Path, notebook: Notebook) -> float:
    tree = json.loads(encode(notebook))
    workers: list[threading.Thread] = []

    def keep_saving() -> None:
        if not workers or not workers[-1].is_alive():
            workers.append(threading.Thread(target=dumps, args=(path, tree)))
            workers[-1].start()

    longest_ms = freeze_ms(keep_saving)
    workers[-1].join()
    return longest_ms


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="saving-", dir="."))
    folder.mkdir(exist_ok=True)
    print(
        "ms per save (median)      bare  + folder    ours  ours/bare  ours/+folder  json.dumps  dumps/ours"
        "  our cpu"
    )
    for (count, rounds), talks in product(SIZES, (TALKS, 1)):
        ms = measure(folder, count, rounds, talks=talks)
        print(
            f"{count:>8,} notes, {talks:>2} talks{ms['bare']:9.2f} {ms['folder']:9.2f} {ms['ours']:7.2f} "
            f"{ms['ours'] / ms['bare']:9.2f}x {ms['ours'] / ms['folder']:12.2f}x "
            f"{ms['dumps']:11.1f} {ms['dumps'] / ms['ours']:10.1f}x {ms['cpu']:4.1f}"
        )
    gc.collect()
    print("\nlongest freeze of another thread (ms)      ours  json.dumps")
    for count, _ in SIZES:
        notebook = large_notebook(count, TALKS)
        ours_ms = freeze_by_ours_ms(folder / "freeze.talknotes.json", notebook)
        dumps_ms = freeze_by_dumps_ms(folder / "dumps", notebook)
        print(f"{count:>8,} notes      {ours_ms:23.1f} {dumps_ms:11.1f}")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


if __name__ == "__main__":
    main()
