"""Another program writes the notebook right before any call that ours makes: nothing of either is lost."""

from __future__ import annotations

import pytest

from tests.faults import promises
from tests.faults.lives import Faults, Left, Lives, broken

BENEATH = "Another program writes beneath, right before any call"


def beneath(whole: Left) -> list[Faults]:
    return [{"ask_at": call.number, "beneath": False} for call in whole.calls]


def test_what_another_program_writes_at_any_moment_is_kept(living: Lives, whole: Left, some: int) -> None:
    points = beneath(living.live(beneath=False))[::some]
    assert broken(living, whole, points) == []
    promises.record(BENEATH, "0 notes lost", f"0 lost of {len(points)} points")


@pytest.mark.faults
def test_killed_after_another_program_wrote(living: Lives, whole: Left) -> None:
    """It writes right before one call, and at each of the next the program is killed."""
    count = len(whole.calls)
    points = [
        {"ask_at": asked, "kill_at": killed, "beneath": False}
        for asked in range(1, count + 1)
        for killed in range(asked + 1, min(asked + 14, count + 2))
    ]
    assert broken(living, whole, points) == []
    promises.record(
        "Another program writes beneath, then we are killed",
        "0 notes lost",
        f"0 lost of {len(points)} points",
    )
