"""Real ext4 and xfs that stop dead while the program saves, as in a power cut, and are mounted again.

Both know a call that ends all writing at once, without a word more to the journal: what was in memory is
gone. A save counts as confirmed when that was said before the call: after it, an fsync of xfs may answer that
all is well of what it has just thrown away.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktopnotes.storage import opening
from tests.faults import lives, mounts, promises

REPO = Path(__file__).resolve().parents[2]
ROUNDS = 40
KINDS = {"ext4": ("64M", "mkfs.ext4", "-q", "-F"), "xfs": ("320M", "mkfs.xfs", "-q", "-f")}
_SHUTDOWN = 0x8004587D
_WITHOUT_JOURNAL = struct.pack("I", 2)
POWER_CUT = "Power cut on a real disk in the midst of saving"

SAVER = """
import os, sys
from dataclasses import replace
from pathlib import Path
from desktopnotes.model.notebook import Note
from desktopnotes.storage.opening import open_notebook
from desktopnotes.storage.store import Store

path = Path(sys.argv[1])
opened = open_notebook(path)
store, notebook = Store(opened), opened.notebook
for number in range(100_000):
    talk = notebook.talks[0]
    notes = (*talk.notes[:2], *(Note(f"n{each}", text=f"{number} {each} " + "x" * 200) for each in range(20)))
    notebook = replace(notebook, talks=(replace(talk, notes=notes),))
    if sys.argv[2] == "careful":
        store.save(notebook)
    else:
        from desktopnotes.storage.codec import encode
        (path.parent / "beside").write_bytes(encode(notebook))
        os.replace(path.parent / "beside", path)
    os.write(1, f"{number}\\n".encode())
"""


@contextmanager
def image_of(kind: str, folder: Path) -> Iterator[Path]:
    """An empty file system in a file."""
    size, *make = KINDS[kind]
    image = folder / f"{kind}.image"
    with image.open("wb") as file:
        file.truncate(int(size[:-1]) << 20)
    mounts.run(*make, str(image))
    try:
        yield image
    finally:
        image.unlink()


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    mounts.run("mount", "-o", "loop", str(image), str(at))  # the loop device goes when it is unmounted
    try:
        yield at
    finally:
        mounts.run("umount", str(at))


def power_cut(image: Path, at: Path, way: str, chance: random.Random) -> str:
    """Saves until the disk stops at a random moment, then mounts it again; what is wrong, "" for nothing."""
    with mounted(image, at) as disk:
        path = disk / "event.talknotes.json"
        lives.prepare(path)
        os.sync()
        saver = subprocess.Popen(
            (sys.executable, "-c", SAVER, str(path), way),
            cwd=REPO,
            env=os.environ | {"PYTHONPATH": str(REPO)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert saver.stdout is not None
        said = saver.stdout.readline()
        descriptor = os.open(disk, os.O_RDONLY)
        time.sleep(chance.uniform(0, 0.15))
        os.set_blocking(saver.stdout.fileno(), False)
        with contextlib.suppress(BlockingIOError):
            said += os.read(saver.stdout.fileno(), 1 << 20)
        fcntl.ioctl(descriptor, _SHUTDOWN, _WITHOUT_JOURNAL)
        os.close(descriptor)
        saver.kill()
        saver.wait()
        saver.stdout.close()
    confirmed = int(said.split()[-1])
    with mounted(image, at):
        try:
            found = opening.open_notebook(path).notebook.talks[0].notes[2:]
        except Exception as error:
            return f"corrupt: {error}"
        numbers = {int(note.text.split()[0]) for note in found}
        if len(numbers) > 1 or len(found) not in (0, 20):
            return f"neither old nor new: {numbers}"
        if not numbers or numbers.pop() < confirmed:
            return f"confirmed, but lost: {confirmed}"
        with contextlib.suppress(OSError):
            path.unlink()
    return ""


@pytest.mark.faults
@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_stops_while_saving(kind: str, quick_disk: Path, tmp_path: Path) -> None:
    if not mounts.may_mount() or not os.path.exists("/dev/loop-control"):
        promises.record(f"{POWER_CUT} ({kind})", "0 corrupt, 0 confirmed lost", mounts.NOT_HERE)
        return
    chance = random.Random(7)
    with image_of(kind, quick_disk) as image:
        careless = [power_cut(image, tmp_path / kind, "careless", chance) for _ in range(6)]
        assert any(careless), "a program without fsync loses nothing here, so this proves nothing"
        careful = [power_cut(image, tmp_path / kind, "careful", chance) for _ in range(ROUNDS)]
    assert [wrong for wrong in careful if wrong] == []
    measured = f"0 of {ROUNDS} cuts (without fsync: {sum(map(bool, careless))} of {len(careless)} bad)"
    promises.record(f"{POWER_CUT} ({kind})", "0 corrupt, 0 confirmed lost", measured)
