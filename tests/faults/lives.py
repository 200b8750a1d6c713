"""Lives that are broken at a call, many at a time, and whether what they leave is whole: see `life.py`."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec, leftovers, opening, paths, store
from tests.faults import shim
from tests.faults.life import THEIRS

REPO = Path(__file__).resolve().parents[2]
_MUCH_LATER_S = 3600
AT_A_TIME = 8
"""They wait for retries more than they compute."""

Item = tuple[str, str]
"""The text of a note, and the name of its picture."""

State = tuple[Item, ...]
Faults = dict[str, Any]
"""As for `shim.environment`."""

T = TypeVar("T")


def first_notebook(notebook_id: str = "book") -> bytes:
    """What lies there before a life begins."""
    notes = (Note("old1", at_ms=1000, text="Old one"), Note("old2", at_ms=2000, text="Old two"))
    talk = Talk("talk", title="A Talk", file="talk.mp4", state="watching", duration_ms=600_000, notes=notes)
    return codec.encode(Notebook(notebook_id, title="An Event", talks=(talk,)))


def id_of(home: Path) -> str:
    """Of the notebook there: each life has another, so that its backups are known from those of others."""
    return f"book-{home.name}"


def prepare(path: Path, notebook_id: str = "book") -> None:
    path.write_bytes(first_notebook(notebook_id))
    (path.parent / "talk.mp4").write_bytes(b"the fake player does not mind")


def state_of(notebook: Notebook) -> State:
    return tuple(sorted((note.text, note.picture) for talk in notebook.talks for note in talk.notes))


def as_state(said: list[list[str]]) -> State:
    return tuple((text, picture) for text, picture in said)


@dataclass(frozen=True, slots=True)
class Left:
    """What a life said, and left at `path`: killed or not. `home` holds the state folder."""

    path: Path
    home: Path
    status: int
    said: tuple[tuple[str, Any, float], ...]
    output: str
    calls: tuple[shim.Call, ...] = field(repr=False)

    def all(self, what: str) -> list[Any]:
        return [value for word, value, _ in self.said if word == what]

    def states(self, what: str) -> list[State]:
        """What it said to be the notebook ("now"), or that to be on the disk ("saved")."""
        return [as_state(value) for value in self.all(what)]

    def saved_by(self, moment_s: float) -> State:
        """What it had said to be on the disk by a moment (monotonic); nothing where it had said nothing."""
        said = [value for what, value, when_s in self.said if what == "saved" and when_s <= moment_s]
        return as_state(said[-1]) if said else ()

    @property
    def told(self) -> list[str]:
        return [str(message) for message in self.all("told")]

    @property
    def was_killed(self) -> bool:
        return self.status == -9

    def read(self) -> State:
        return state_of(opening.open_notebook(self.path).notebook)


class Lives:
    """`live` may be called by many threads at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._waiting: dict[int, queue.SimpleQueue[int]] = {}
        self._lock = threading.Lock()
        environment = os.environ | {"LD_PRELOAD": str(shim.library()), "PYTHONPATH": str(REPO)}
        self._server = subprocess.Popen(
            (sys.executable, "-m", "tests.faults.life"),
            cwd=REPO,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._server.stdout is not None
        for line in self._server.stdout:
            answer = json.loads(line)
            self._waiting[answer["id"]].put(answer["status"])

    def close(self) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(10)

    def live(
        self,
        place: Callable[[Path], Path] | None = None,
        *,
        beneath: bool = True,
        also_state: bool = False,
        content: bool = False,
        **faults: Any,
    ) -> Left:
        """One life on a fresh notebook. `place` makes the notebook's path in a folder; with `also_state` the
        calls on the user's state folder count too; `faults` as for `shim.environment`."""
        number = next(self._numbers)
        home = self._folder / str(number)
        folder = home / "notes"
        folder.mkdir(parents=True)
        path = place(folder) if place else folder / "event.talknotes.json"
        prepare(path, id_of(home))
        log = home / "log"
        folders = (folder, home / ".local/state") if also_state else (folder,)
        environment = shim.environment(*folders, log=log, content=content, **faults)
        environment |= {"HOME": str(home)} | {
            f"XDG_{name}_HOME": str(home / below)
            for name, below in (
                ("STATE", ".local/state"),
                ("CONFIG", ".config"),
                ("CACHE", ".cache"),
                ("DATA", "data"),
            )
        }
        order = {
            "id": number,
            "path": str(path),
            "said": str(home / "said"),
            "output": str(home / "output"),
            "beneath": beneath,
            "environment": environment,
        }
        status = self._answer(number, order)
        said = (home / "said").read_text().splitlines() if (home / "said").exists() else []
        return Left(
            path,
            home,
            status,
            tuple((what, value, moment_s) for what, value, moment_s in map(json.loads, said)),
            (home / "output").read_text() if (home / "output").exists() else "",
            tuple(shim.calls(log)),
        )

    def _answer(self, number: int, order: dict[str, Any]) -> int:
        self._waiting[number] = queue.SimpleQueue()
        assert self._server.stdin is not None
        with self._lock:
            self._server.stdin.write(f"{json.dumps(order)}\n".encode())
            self._server.stdin.flush()
        return self._waiting[number].get(timeout=120)


@contextmanager
def lives(folder: Path) -> Iterator[Lives]:
    made = Lives(folder)
    try:
        yield made
    finally:
        made.close()


def each(work: Callable[[T], str], points: Sequence[T]) -> list[str]:
    """What is wrong at these points, some at a time; `work` says it, "" for nothing."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return [wrong for wrong in pool.map(work, points) if wrong]


def broken(
    living: Lives, whole: Left, points: list[Faults], place: Callable[[Path], Path] | None = None, **more: Any
) -> list[str]:
    """What is wrong at these points."""

    def wrong(faults: Faults) -> str:
        left = living.live(place, **{**more, **faults})
        what = wrong_with(left, whole)
        if what and left.calls:
            number = next(value for name, value in faults.items() if name.endswith(("_at", "_after")))
            return f"{faults}: {what}\n   {[str(call) for call in left.calls[:number]][-9:]}"
        return what and f"{faults}: {what}"

    return each(wrong, points)


# --- what must hold ----------------------------------------------------------------------------------


def allowed(whole: Left) -> set[State]:
    """Every state that the notebook may be found in: what an unbroken life had at any time, with and without
    what another program wrote."""
    first = state_of(codec.decode(first_notebook(), "first"))
    own = {_own(state) for state in (first, *whole.states("now"))}
    return own | {tuple(sorted((*state, (THEIRS, "")))) for state in own}


def _own(state: State) -> State:
    return tuple(item for item in state if item[0] != THEIRS)


def wrong_with(left: Left, whole: Left) -> str:
    """What is wrong with what a broken life left, beside an unbroken one; "" for nothing."""
    try:
        found = left.read()
    except Exception as error:
        return f"the notebook cannot be read: {error!r}"
    if found not in allowed(whole):
        return f"neither old nor new: {found}"
    lost = _lost(left, found)
    if lost:
        return f"lost: {lost}"
    if not left.was_killed and _own(found) != _own(whole.states("now")[-1]):
        return f"not saved when the fault was gone: {found}; told {left.told}"
    looks = (
        wrong_pictures(left.path.parent, found),
        _wrong_files(left),
        _wrong_end(left),
        leftovers_of(left),
    )
    return next(filter(None, looks), "") or _goes_on(left, found)


def _lost(left: Left, found: State) -> list[str]:
    """What was said to be saved, or written by another, and is nowhere."""
    texts = [text for text, _ in found]
    lost = missing(left.saved_by(float("inf")), found)
    if left.all("theirs") and THEIRS not in texts and not is_kept(left, THEIRS):
        lost.append(THEIRS)
    return lost


def missing(confirmed: State, found: State) -> list[str]:
    """What was confirmed and is not found; a text may have grown."""
    texts, pictures = [text for text, _ in found], {picture for _, picture in found}
    lost = [text for text, _ in confirmed if not any(each.startswith(text) for each in texts)]
    return lost + [picture for _, picture in confirmed if picture not in pictures]


def is_kept(left: Left, text: str) -> bool:
    """Whether a backup or an emergency copy holds it, once leftovers are tidied up: nothing is lost then."""
    leftovers.tidy(left.path.resolve(), time.time() + _MUCH_LATER_S)
    whose = f'"{id_of(left.home)}"'.encode()
    for state in (left.home / ".local/state", paths.state_folder()):
        for copy in (path for path in state.rglob("*") if path.is_file()):
            content = copy.read_bytes()
            if whose in content and text.encode() in content:
                return True
    return False


def wrong_pictures(folder: Path, found: State) -> str:
    for _, name in found:
        if name:
            pictures = list(folder.rglob(name))
            if not pictures:
                return f"a picture is missing: {name}"
            if hashlib.sha256(pictures[0].read_bytes()).hexdigest() != name.partition(".")[0]:
                return f"a picture is broken: {name}"
    return ""


def _wrong_files(left: Left) -> str:
    """Beside the notebook lie its pictures, the recording, and where it was killed, hidden leftovers."""
    known = {left.path.name, left.path.resolve().name, "talk.mp4"}
    for each_file in left.path.parent.rglob("*"):
        if each_file.is_dir() or each_file.name in known or each_file.suffix in (".webp", ".png"):
            continue
        if not (each_file.name.startswith(".") and each_file.suffix == ".tmp"):
            return f"a strange file: {each_file.name}"
        if not (left.was_killed or _could_not_be_removed(left)):
            return f"a leftover of a program that was not killed: {each_file.name}"
    return ""


def _could_not_be_removed(left: Left) -> bool:
    return any(call.name == "unlink" and call.error for call in left.calls)


def _wrong_end(left: Left) -> str:
    if crashes := left.all("crash"):
        return f"an error that is not for the user: {crashes}"
    if not left.was_killed and left.status != 0:
        return f"ended with {left.status}: {left.output[-2000:]}"
    if not left.was_killed and left.all("closed") != [True]:
        return f"closed without having saved: {left.said}"
    failed = [
        call for call in left.calls if call.error and _matters(call) and not _is_beside_a_backup(left, call)
    ]
    if failed and not left.was_killed and not left.told:
        return f"not told: {failed[0]} failed"
    return ""


def _matters(call: shim.Call) -> bool:
    """Whether a failing call fails a save or a backup: looking for what is not there and removing leftovers
    do not, nor do the calls by which our own windows take turns; without those they find out as of others."""
    if Path(call.path).parent.name == "turns":
        return False
    return call.name in ("write", "fsync", "close", "rename") or (
        call.name == "open" and bool(call.flags & os.O_CREAT) and call.error != 17
    )


def _is_beside_a_backup(left: Left, failed: shim.Call) -> bool:
    """Whether the backup lies there all the same: it is of the file that says whose it is, written when the
    backup is safe and again with the next one; or only the names of new folders are not confirmed."""
    path = Path(failed.path)
    is_folder = failed.name == "fsync" and not path.suffix
    if is_folder and path.name in ("desktopnotes", "backups"):
        return True
    folder = path if is_folder else path.parent
    there = [call for call in left.calls if folder in (Path(call.path), Path(call.path).parent)]
    if is_folder:
        before = [call.name for call in there if call.number < failed.number][-2:]
        return folder.parent.name == "backups" and before == ["rename", "open"]
    first = next(number for number, call in enumerate(there) if call.path == failed.path)
    return folder.parent.name == "backups" and first > 0 and there[first - 1].name == "chmod"


def leftovers_of(left: Left) -> str:
    """What a killed program left is tidied up, later on."""
    leftovers.tidy(left.path.resolve(), time.time() + _MUCH_LATER_S)
    stay = [path.name for path in left.path.parent.resolve().rglob(".*.tmp")]
    return f"leftovers stay: {stay}" if stay else ""


def _goes_on(left: Left, found: State) -> str:
    """At the next start the notebook is saved again, with all that was found in it."""
    opened = opening.open_notebook(left.path)
    talk = opened.notebook.talks[0]
    more = (*talk.notes, Note("later", text="Later"))
    changed = Notebook(opened.notebook.id, title="An Event", pictures=opened.notebook.pictures, talks=(
        Talk("talk", title="A Talk", file="talk.mp4", state="watching", duration_ms=600_000, notes=more),
    ))  # fmt: skip
    store.Store(opened).save(changed)
    after = left.read()
    return "" if set(after) == {*found, ("Later", "")} else f"the next save made {after} of {found}"
