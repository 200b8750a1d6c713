"""The power is cut at any moment: whatever a disk may hold is old or new, and has all that was "Saved"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktopnotes.storage import opening
from tests.faults import lives, promises
from tests.faults.disk import Disk, Files
from tests.faults.lives import Left, Lives, State
from tests.faults.shim import Call


@pytest.fixture(scope="module")
def recorded(living: Lives) -> Left:
    """A life with all that it wrote. Nobody else writes: how others save is not ours to judge."""
    left = living.live(content=True, beneath=False)
    assert left.status == 0, left.output
    return left


def after_a_power_cut(
    left: Left, folder: Path, wanted: Callable[[Call], bool] = lambda _: True
) -> tuple[int, list[str]]:
    """How many states a power cut may leave, and what is wrong with them; `wanted` calls alone count."""
    seen: dict[tuple[State, tuple[tuple[str, bytes], ...]], str] = {}
    states = 0
    before = lives.first_notebook(lives.id_of(left.home))
    disk = Disk(left.path.parent, {left.path.name: before, "talk.mp4": b""})
    calls = [call for call in left.calls if wanted(call)]
    for number in range(len(calls) + 1):
        if number:
            disk.do(calls[number - 1])
        # It may be cut until the next call is done: what was said by then holds.
        confirmed = left.saved_by(calls[number].moment_s if number < len(calls) else float("inf"))
        for files in disk.states():
            states += 1
            key = (confirmed, tuple(sorted(files.items())))
            if key not in seen:
                seen[key] = wrong_on(files, confirmed, left, folder / str(len(seen)))
    return states, [wrong for wrong in seen.values() if wrong]


def wrong_on(files: Files, confirmed: State, left: Left, folder: Path) -> str:
    """What is wrong with a disk that holds these files, as the program's own loader finds it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    try:
        found = lives.state_of(opening.open_notebook(folder / left.path.name).notebook)
    except Exception as error:
        return f"corrupt: {error}"
    if found not in lives.allowed(left):
        return f"neither old nor new: {found}"
    if lost := lives.missing(confirmed, found):
        return f"confirmed, but lost: {lost}"
    return lives.wrong_pictures(folder, found)


def test_every_state_of_the_disk_is_old_or_new_and_has_what_was_confirmed(
    recorded: Left, quick_disk: Path, tmp_path: Path
) -> None:
    states, wrong = after_a_power_cut(recorded, quick_disk / tmp_path.name)
    assert wrong == []
    assert states > 200
    measured = f"0 corrupt, 0 confirmed lost in {states:,} states after {len(recorded.calls)} calls"
    promises.record("Power cut: every state that POSIX allows", "0 corrupt, 0 confirmed lost", measured)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (lambda call: call.path.endswith(".tmp"), ("corrupt", "a picture is broken")),
        (lambda call: not call.path.endswith(".tmp"), ("confirmed, but lost",)),
    ],
    ids=["of files", "of folders"],
)
def test_without_fsync_it_would_not_be(
    recorded: Left, quick_disk: Path, tmp_path: Path, left_out: Callable[[Call], bool], said: Sequence[str]
) -> None:
    """The proof that these states are bad ones for a program that forgets one kind of fsync."""
    _, wrong = after_a_power_cut(
        recorded, quick_disk / tmp_path.name, lambda call: not (call.name == "fsync" and left_out(call))
    )
    for what in said:
        assert any(what in each for each in wrong), wrong[:3]
