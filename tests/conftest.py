"""For every test: none touches the user's folders, screen or session, and none is skipped in silence."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest

from tests import examples

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

HERE = Path(__file__).parent

THE_USERS_OWN = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "LC_NUMERIC",
    "LC_TIME",
)
THE_LANGUAGE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


if "UPDATE_PICTURES" not in os.environ:  # those of the guide are made in each language
    # Before the program is imported, which settles its language: the tests hold the English words.
    for _name in THE_LANGUAGE:
        os.environ.pop(_name, None)
    os.environ["LANG"] = "C.UTF-8"


@pytest.fixture(scope="session", autouse=True)
def _apart_from_the_user() -> Iterator[None]:
    """Before any longer-lived fixture. Whatever starts a screen of its own sets DISPLAY afterwards."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="notes-home-") as folder:
        for name in (*THE_USERS_OWN, *THE_LANGUAGE):
            patch.delenv(name, raising=False)
        patch.setenv("LANG", "C.UTF-8")
        _live_in(Path(folder), patch)
        yield


@pytest.fixture(autouse=True)
def home(_apart_from_the_user: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home folder for each test; the XDG folders lie in it."""
    # A program that the test has just ended may still write a last cache file while the folder goes.
    with tempfile.TemporaryDirectory(prefix="notes-home-", ignore_cleanup_errors=True) as folder:
        _live_in(Path(folder), monkeypatch)
        yield Path(folder)
        if "tests.sessions" in sys.modules:  # else no test has opened any
            sys.modules["tests.sessions"].leave_all()  # or their threads would write into the next one's home


def _live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOME", str(home))
    for name, below in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "XDG_RUNTIME_DIR": ".run",
    }.items():
        patch.setenv(name, str(home / below))
    (home / ".run").mkdir(mode=0o700)


# How long examples take says more of a shared machine than of the program: that is for tests/bench.
_AT_LEISURE: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow],
}
hypothesis.settings.register_profile("quick", max_examples=40, **_AT_LEISURE)
hypothesis.settings.register_profile("thorough", max_examples=200, **_AT_LEISURE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sites", action="store_true", help="really build the golden exports (./test --sites)")
    parser.addoption(
        "--thorough", action="store_true", help="every state on every screen, and more examples of everything"
    )
    parser.addoption(
        "--faults", action="store_true", help="also what breaks things at length (./test --faults)"
    )


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("thorough" if config.getoption("--thorough") else "quick")
    if config.getoption("--thorough"):
        examples.try_more()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long runs when it is asked for; `./test` says what it leaves out."""
    for name in ("thorough", "faults"):
        if not config.getoption(f"--{name}"):
            long = [item for item in items if item.get_closest_marker(name)]
            items[:] = [item for item in items if not item.get_closest_marker(name)]
            config.hook.pytest_deselected(items=long)


def pytest_collection_finish() -> None:
    """The thousands of tests that wait their turn need not be looked through for garbage at each of them."""
    gc.freeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs Hugo, Jekyll, Astro, Chromium and pandoc runs when it is asked for, and only then."""
    return True if collection_path == HERE / "sites" and not config.getoption("--sites") else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _fail_if_skipped((yield))


def _fail_if_skipped(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"A test that does not run fails. {why}"
    return report
