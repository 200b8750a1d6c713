"""What the tests of faults share: lives to be broken, on a disk that costs no time."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import lives
from tests.faults.lives import Left, Lives

IN_MEMORY = Path("/dev/shm")
LIVES = "notes-lives-"
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`./test --faults` runs the quick forms here too: they measure some of the promises."""
    if config.getoption("--faults"):
        for item in items:
            if HERE in item.path.parents:
                item.add_marker("faults")


@pytest.fixture(scope="session")
def some(pytestconfig: pytest.Config) -> int:
    """Every how many points the quick forms try: plain `./test` has no time for all of them."""
    return 1 if pytestconfig.getoption("--faults") else 5


@pytest.fixture(scope="session")
def quick_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where the system has one: what is killed leaves the same there."""
    if not os.access(IN_MEMORY, os.W_OK):
        yield tmp_path_factory.mktemp("lives")
        return
    _remove_what_killed_runs_left()
    with tempfile.TemporaryDirectory(prefix=f"{LIVES}{os.getpid()}-", dir=IN_MEMORY) as folder:
        yield Path(folder)


def _remove_what_killed_runs_left() -> None:
    """Memory would fill up: nobody else tidies there."""
    for folder in IN_MEMORY.glob(f"{LIVES}*-*"):
        process = folder.name.removeprefix(LIVES).partition("-")[0]
        if process.isdecimal() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def living(quick_disk: Path) -> Iterator[Lives]:
    with tempfile.TemporaryDirectory(dir=quick_disk) as folder, lives.lives(Path(folder)) as made:
        yield made


@pytest.fixture(scope="module")
def whole(living: Lives) -> Left:
    """A life that nothing breaks, which says what there is to be broken."""
    left = living.live()
    assert left.status == 0, left.output
    assert lives.wrong_with(left, left) == ""
    assert left.told == [], "what is told of a fault is told of nothing else"
    names = [call.name for call in left.calls]
    assert names.count("write") >= 6
    assert {"open", "fsync", "link", "mkdir"} <= set(names)
    assert any(picture for _, picture in left.read())
    return left
