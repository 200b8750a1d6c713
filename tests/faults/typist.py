"""One window of several on a notebook: a session that writes notes and changes them, as fast as it can.

`python -m tests.faults.typist NOTEBOOK NAME EDITS SEED` stays open until a line comes in; then it closes the
notebook, and says which texts it wrote, as JSON.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from pathlib import Path

from desktopnotes.actions import notes
from tests.sessions import Room, a_room_on


def write(room: Room, name: str, edits: int, chance: random.Random) -> list[str]:
    """Begins notes and goes on in some of them; answers the texts that have to be there at the end."""
    written: dict[str, str] = {}
    for number in range(edits):
        if written and chance.random() < 0.3:
            note_id = chance.choice(list(written))
            text = f"{written[note_id]}, more {number}"
            notes.typed(room.session, note_id, text)
        else:
            text = f"{name} {number}"
            note_id = notes.begin(room.session, text, room.notes[-1].id if room.notes else "")
        written[note_id] = text
        if chance.random() < 0.5:
            room.session.save_now()
        stop_s = time.monotonic() + chance.random() * 0.03
        while time.monotonic() < stop_s:
            room.mailbox.empty()
            time.sleep(0.002)
    return list(written.values())


def wait_for_a_line(room: Room) -> None:
    """Stays open, as a window does."""
    came: list[str] = []
    threading.Thread(target=lambda: came.append(sys.stdin.readline()), daemon=True).start()
    while not came:
        room.mailbox.empty()
        time.sleep(0.01)


def main() -> None:
    path, name, edits, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    room = a_room_on(path)
    print("open", flush=True)
    written = write(room, name, edits, random.Random(f"{name}{seed}"))
    notes.end(room.session)
    wait_for_a_line(room)
    is_saved = room.session.close(30)
    room.session.saver.close()
    print(json.dumps({"written": written, "saved": is_saved, "errors": [repr(one) for one in room.errors]}))


if __name__ == "__main__":
    main()
