"""The whole program, by real keys in its window, killed and failed at the calls on the notebook's folder."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from tests.faults import places, program, promises
from tests.faults.program import Evening

AT_A_TIME = 2
Place = Callable[[Path], Path]


@pytest.fixture(scope="module")
def free_screens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleQueue[str]]:
    with program.screens(tmp_path_factory.mktemp("screens"), AT_A_TIME) as free:
        yield free


@pytest.fixture
def spend(free_screens: SimpleQueue[str], tmp_path: Path) -> Callable[..., Evening]:
    def spend(place: Place | None = None, **faults: Any) -> Evening:
        name = "-".join(["evening", *(f"{key}{value}" for key, value in faults.items())])
        evening = Evening(tmp_path / name, place)
        display = free_screens.get()
        try:
            evening.spend(display, **faults)
        finally:
            free_screens.put(display)
        return evening

    return spend


def broken(
    spend: Callable[..., Evening], points: list[dict[str, Any]], place: Place | None = None
) -> list[str]:
    """What is wrong at these points."""

    def wrong(faults: dict[str, Any]) -> str:
        try:
            evening = spend(place, **faults)
        except AssertionError as error:
            return f"{faults}: {error}"
        what = program.wrong_with(evening)
        return what and f"{faults}: {what}\n   {[str(call) for call in evening.calls[-6:]]}"

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return [what for what in pool.map(wrong, points) if what]


@pytest.fixture
def whole(spend: Callable[..., Evening]) -> Evening:
    """An evening that nothing breaks, which says what there is to be broken."""
    evening = spend()
    assert program.wrong_with(evening) == ""
    assert evening.confirmed == list(program.TYPED)
    assert evening.has_picture
    return evening


def test_killed_or_failed_at_some_calls_nothing_is_lost(
    spend: Callable[..., Evening], whole: Evening
) -> None:
    """`./test --faults` takes all of them."""
    calls = whole.calls
    renames = [call.number for call in calls if call.name.startswith("rename")]
    failing = next(call.number for call in calls if call.name == "fsync")
    points = [{"kill_at": renames[-1]}, {"kill_after": renames[1]}, {"fail_at": failing, "errno": errno.EIO}]
    assert broken(spend, points) == []


def test_fsync_fails_until_the_disk_is_well(free_screens: SimpleQueue[str], tmp_path: Path) -> None:
    """Nobody does anything but mend the disk, once the failure is told."""
    switch = tmp_path / "switch"
    evening = Evening(tmp_path / "evening", trouble=switch)
    display = free_screens.get()
    try:
        evening.spend(display, fail_while=switch)
    finally:
        free_screens.put(display)
    assert evening.failures >= 1
    assert program.wrong_with(evening) == ""
    assert evening.confirmed == list(program.TYPED)
    promises.record(
        "EIO on fsync, in the window", "told, saved when it is well", f"{evening.failures} told, saved"
    )


@pytest.mark.faults
def test_killed_at_every_call_by_real_keys_nothing_is_lost(
    spend: Callable[..., Evening], whole: Evening
) -> None:
    points = [{"kill_at": call.number} for call in whole.calls]
    assert broken(spend, points) == []
    measured = f"0 bad of {len(points)} points (its window, real keys)"
    promises.record("The program itself killed at every call on the notebook’s folder", "0 bad", measured)


@pytest.mark.faults
def test_failed_at_any_call_that_writes_it_is_saved_in_the_end(
    spend: Callable[..., Evening], whole: Evening
) -> None:
    names = ("write", "fsync", "rename", "renameat2", "link")
    points = [{"fail_at": call.number, "errno": errno.ENOSPC} for call in whole.calls if call.name in names]
    assert broken(spend, points) == []
    measured = f"0 bad of {len(points)} points (its window, real keys)"
    promises.record("The program itself, each call that writes failing once", "0 bad", measured)


@pytest.mark.faults
@pytest.mark.parametrize("place", places.STRANGE)
def test_in_a_strange_place_too(spend: Callable[..., Evening], place: Place) -> None:
    whole = spend(place)
    assert program.wrong_with(whole) == ""
    assert whole.confirmed == list(program.TYPED)
    assert broken(spend, [{"kill_at": call.number} for call in whole.calls[3::17]], place) == []
