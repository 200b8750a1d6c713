"""Every call that touches the notebook's folder: killed in it, in the midst of it, after it; or it fails.

A life (`life.py`) opens a notebook, writes notes, takes a snapshot, meets what another program wrote, and
ends. It is lived once for every call that it makes; what it leaves must be old or new, whole, and nothing
of it lost.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import lives, places, promises
from tests.faults.lives import Faults, Left, Lives, broken

WRITES = ("write", "pwrite", "writev")
OLD_OR_NEW = "Old or new document whole, killed at any call, any call failing or torn"


def every_call(whole: Left) -> list[Faults]:
    """The faults at each call of a life that was not broken."""
    points: list[Faults] = []
    for call in whole.calls:
        points += ({"kill_at": call.number}, {"fail_at": call.number, "errno": errno.EIO})
        if call.name in WRITES:
            points += ({"tear_at": call.number}, {"short_at": call.number})
    return [*points, {"kill_after": len(whole.calls)}]


def test_killed_torn_or_failed_at_any_call_it_is_old_or_new_and_nothing_is_lost(
    living: Lives, whole: Left, some: int
) -> None:
    points = every_call(whole)[::some]
    assert broken(living, whole, points) == []
    promises.record(OLD_OR_NEW, "0 bad", f"0 bad of {len(points)} points (the session without its window)")


def test_these_tests_see_what_is_lost(living: Lives, whole: Left) -> None:
    """A life whose last save is undone behind its back, and one whose notebook is torn."""
    left = living.live()
    left.path.write_bytes(lives.first_notebook())
    assert "lost" in lives.wrong_with(left, whole)
    left = living.live()
    left.path.write_bytes(left.path.read_bytes()[:-20])
    assert "cannot be read" in lives.wrong_with(left, whole)
    left = living.live()
    next(left.path.parent.rglob("*.webp")).write_bytes(b"torn")
    assert "a picture is broken" in lives.wrong_with(left, whole)


@pytest.mark.parametrize("place", [places.with_emoji, places.in_a_linked_folder])
def test_the_same_in_a_strange_place(living: Lives, whole: Left, place: Callable[[Path], Path]) -> None:
    """Here at two calls in two of them; `./test --faults` breaks all calls in all of them."""
    there = living.live(place)
    assert lives.wrong_with(there, whole) == ""
    assert broken(living, whole, every_call(there)[40::80], place) == []


# --- at length ---------------------------------------------------------------------------------------


@pytest.mark.faults
@pytest.mark.parametrize("place", places.STRANGE)
def test_the_same_in_a_strange_place_at_any_call(
    living: Lives, whole: Left, place: Callable[[Path], Path]
) -> None:
    there = living.live(place)
    points = every_call(there)
    assert broken(living, whole, points, place) == []
    promises.record(
        f"The same for a notebook {place.__name__.replace('_', ' ')}",
        "0 bad",
        f"0 bad of {len(points)} points",
    )


@pytest.mark.faults
def test_a_full_disk_at_any_call(living: Lives, whole: Left) -> None:
    """From one call on there is no room for some calls, so that the way back fails too; then there is."""
    points = [
        {"fail_at": call.number, "errno": errno.ENOSPC, "fail_for": calls}
        for call in whole.calls
        for calls in (1, 2, 5)
    ]
    assert broken(living, whole, points) == []
    promises.record(
        "The disk is full from any call on, for 1, 2 or 5 calls", "0 bad", f"0 bad of {len(points)} points"
    )


@pytest.mark.faults
def test_killed_or_failed_at_any_call_on_the_state_folder_too(living: Lives, whole: Left) -> None:
    """Backups and emergency copies lie there."""
    there = living.live(also_state=True)
    points = every_call(there)
    assert broken(living, whole, points, also_state=True) == []
    promises.record(
        "The same with every call on the state folder (backups, copies)",
        "0 bad",
        f"0 bad of {len(points)} points",
    )
