"""What a user does in a minute, without a window but with the real session, saver and store: for faults.

`python -m tests.faults.life` waits for one order a line (JSON) and lives one life for each, in a process that
is forked from this one, so that a life costs some 20 ms and not the start of a program.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from desktopnotes import pictures
from desktopnotes.actions import notes, snapshots
from desktopnotes.model import edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec, schedule
from tests.sessions import Room, a_room_on

THEIRS = "What another program wrote"
LONGEST_S = 40
RETRIES_S = (0.05, 0.1, 0.2, 0.4)
"""As long as a life waits before a save is tried again: a user would wait 20 times as long."""

TRIES_MOST = 8
"""As often as it asks for what fails."""

Say = Callable[[str, Any], None]


def items(notebook: Notebook) -> list[list[str]]:
    """What a notebook says: the text and the picture of each note, in their order by text."""
    return sorted([note.text, note.picture] for talk in notebook.talks for note in talk.notes)


class Life:
    """One session on the notebook at `path`; `say` tells what happens, `others` lets another one write."""

    def __init__(self, path: Path, say: Say, others: Callable[[], None]) -> None:
        self.path = path
        self.say = say
        self.others = others
        self.told = 0

    def live(self) -> None:
        """Each step is tried again where it failed, as a user would; what was told is said."""
        try:
            room = self._begun()
        except UserError as error:
            self.say("refused", str(error))
            return
        self._look(room)
        self._write(room, "First")
        self._take_a_picture(room)
        self.others()
        self._write(room, "Second")
        self._write(room, "Third")
        notes.typed(room.session, self._caret(room), "Third, and more")
        self._look(room)
        for _ in range(TRIES_MOST):
            room.settle()
            if room.session.close():
                break
        self._tell(room)
        self._look(room)
        self.say("closed", room.session.saver.all_is_saved)
        for error in room.errors:
            self.say("crash", repr(error))

    def _begun(self) -> Room:
        """A user whose notebook cannot be read tries it again."""
        for _ in range(TRIES_MOST - 1):
            try:
                return a_room_on(self.path)
            except UserError as error:
                self.say("told", str(error))
        return a_room_on(self.path)

    def _caret(self, room: Room) -> str:
        return room.session.screen.caret().note_id

    def _write(self, room: Room, text: str) -> None:
        """A note is typed and ended; on to the next when that is saved."""
        room.session.screen.put_caret(Caret("notes", room.session.talk_id))
        last = room.notes[-1].id if room.notes else ""
        notes.begin(room.session, text, last)
        self._look(room)
        caret = self._caret(room)
        notes.end(room.session)
        room.session.screen.put_caret(Caret("notes", room.session.talk_id, caret))
        self._until_saved(room)

    def _take_a_picture(self, room: Room) -> None:
        for _ in range(TRIES_MOST):
            room.session.screen.put_caret(Caret("notes", room.session.talk_id))
            before = (len(room.notes), len(room.screen.errors))
            snapshots.take(room.session, None, notes.utc_now())
            room.until(partial(_is_more, room, before), "a snapshot")
            self._tell(room)
            if len(room.notes) > before[0]:
                break
        self._until_saved(room)

    def _until_saved(self, room: Room) -> None:
        room.session.save_now()
        self._look(room)
        room.until(lambda: self._tell(room) or room.session.saver.all_is_saved, "it is saved")
        self._tell(room)
        self._look(room)
        self.say("saved", items(room.session.notebook))

    def _look(self, room: Room) -> None:
        self.say("now", items(room.session.notebook))

    def _tell(self, room: Room) -> None:
        """Says the failures that the user was told, also those of a backup beside a save that is well."""
        told = [report.message for report in room.screen.saves if report.message]
        told += room.screen.errors
        for message in told[self.told :]:
            self.say("told", message)
        self.told = max(self.told, len(told))


def _is_more(room: Room, before: tuple[int, int]) -> bool:
    """Whether there are more notes or more errors."""
    return len(room.notes) > before[0] or len(room.screen.errors) > before[1]


def write_as_another(path: Path) -> None:
    """Another program adds a note to what lies there, with care."""
    path = path.resolve()
    notebook = codec.decode(path.read_bytes(), path.name)
    talk = notebook.talks[0]
    note = replace(talk.notes[0], id="theirs", text=THEIRS)
    notebook = edits.add_note(notebook, talk.id, note, talk.notes[0].id)
    beside = path.with_name("of-another-program")
    beside.write_bytes(codec.encode(notebook))
    beside.rename(path)


# --- orders ------------------------------------------------------------------------------------------


def serve() -> None:
    schedule._RETRY_S = RETRIES_S
    assert pictures  # loaded before all lives, which need it for a snapshot
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()  # what all lives share is not copied by the garbage collector of each
    for line in sys.stdin:
        if os.fork() == 0:
            try:
                _keep(json.loads(line))
            finally:
                os._exit(0)


def _keep(order: dict[str, Any]) -> None:
    """Lives a life in a process of its own, is the other program meanwhile, and answers how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    path = Path(order["path"])
    asking, asked = os.pipe()
    answering, answered = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(asking)
        os.close(answered)
        _live(order, path, asked, answering)
    os.close(asked)
    os.close(answering)
    while os.read(asking, 1):
        write_as_another(path)
        with open(order["said"], "ab", buffering=0) as said:
            said.write(b'["theirs", null, 0]\n')
        with contextlib.suppress(BrokenPipeError):  # it was killed while it waited
            os.write(answered, b"!")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(1, f"{json.dumps({'id': order['id'], 'status': status})}\n".encode())


def _live(order: dict[str, Any], path: Path, asked: int, answering: int) -> None:
    status = 1
    try:
        signal.alarm(LONGEST_S)
        said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        lock = threading.Lock()

        def say(what: str, value: Any) -> None:
            with lock:
                os.write(said, f"{json.dumps([what, value, time.monotonic()])}\n".encode())

        def others() -> None:
            if order["beneath"]:
                os.write(asked, b"?")
                os.read(answering, 1)

        os.environ.update(order["environment"])
        os.environ.update(FAULTS_ASK=str(asked), FAULTS_ANSWER=str(answering))
        os.dup2(os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
        ctypes.CDLL(None).faults_begin()
        Life(path, say, others).live()
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
