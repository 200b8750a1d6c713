"""Two machines write apart and meet by real Syncthing: what it leaves comes together, and no note is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktopnotes.actions import conflict_copies
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec
from tests.faults import promises
from tests.faults.syncthings import Machine, in_step, two_machines
from tests.sessions import Room, a_room_on

FILE = "event.talknotes.json"
COUNT = 250


@contextmanager
def program(machine: Machine) -> Iterator[Room]:
    """Our program, without its window, on the notebook of that machine."""
    room = a_room_on(machine.folder / FILE)
    try:
        yield room
    finally:
        assert room.session.close()
        room.session.saver.close()
        assert not room.errors


def write(machine: Machine, first: int) -> set[str]:
    """Adds notes and changes each second one that is there; answers the words that must stay."""
    words = set()
    with program(machine) as room:
        after = room.session.notebook
        for number in range(COUNT):
            note = Note(
                f"{machine.name}{first}n{number}", number * 1000 + 7, text=f"{machine.name} {first} {number}"
            )
            after = edits.add_settled(after, "talk", note)
            words.add(note.text)
        half = 0 if machine.name == "one" else 1
        for number in range(half, 20, 2):
            text = f"{machine.name} {first} changed {number}"
            after = edits.set_text(after, "talk", f"n{number}", text, f"2026-01-0{first + 1}T00:00:00Z")
            words.add(text)
        room.session.do("Write", after)
    return words


def texts(content: bytes) -> set[str]:
    return {note.text for talk in codec.decode(content).talks for note in talk.notes}


def merge_what_is_there(machine: Machine) -> None:
    with program(machine) as room:
        conflict_copies.look(room.session)
        room.until(lambda: room.screen.offers, "the copy is told")
        assert room.screen.offers[0].label == "Merge It"
        room.screen.offers[0].run()

        def put_away() -> bool:
            room.screen.let_time_pass()
            return "in the backups now" in room.screen.said[-1]

        room.until(put_away, "the copy is in the backups")


@pytest.mark.faults
def test_what_two_machines_wrote_apart_comes_together(tmp_path: Path) -> None:
    notes = tuple(Note(f"n{number}", number * 10_000, text=f"old {number}") for number in range(20))
    base = Notebook("book", "Event", talks=(Talk("talk", "Keynote", notes=notes),))
    written: set[str] = set()
    with two_machines(tmp_path) as (one, other):
        (one.folder / FILE).write_bytes(codec.encode(base))
        one.start()
        other.start()
        in_step(one, other, files=1)
        for number, both_merge in enumerate((False, True)):
            one.stop()
            other.stop()
            changed = {text for text in written if "changed" in text}
            written -= changed  # changed once more
            written |= write(one, number) | write(other, number)
            one.start()
            other.start()
            met = in_step(one, other, files=2)
            copy = next(name for name in met if name != FILE)
            assert copy.startswith("event.talknotes.sync-conflict-")
            assert copy.endswith(".json")
            if both_merge:  # each merges by itself, while they are apart, and they come to the same file
                one.stop()
                other.stop()
                merge_what_is_there(other)
            merge_what_is_there(one)
            if both_merge:
                assert one.files() == other.files()
                one.start()
                other.start()
            found = texts(in_step(one, other, files=1)[FILE])
            assert written - found == set()
    promises.record(
        "two machines write apart, real Syncthing brings them together",
        "0 notes lost",
        f"{len(written - found)} of {len(written)} lost",
    )
