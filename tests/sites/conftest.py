"""Builds each site once, keeps one Chromium, and writes down which exports were seen to be taken."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import goldens
from tests.sites import browser as chromium
from tests.sites import builders
from tests.sites.browser import Browser

_PARAMETER = "golden"
_asked: Counter[str] = Counter()
_passed: Counter[str] = Counter()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium.running(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    """The address at which all of `build/sites` is served."""
    builders.BUILT.mkdir(parents=True, exist_ok=True)
    with builders.served(builders.BUILT) as address:
        yield address


@pytest.fixture(scope="session")
def built() -> Callable[[str], str]:
    """Builds a site with all of its golden exports, at the first call; tells what the builder said."""

    @cache
    def build(site: str) -> str | builders.BuildError:
        exports = tuple(golden for golden in goldens.GOLDENS if golden.site == site)
        try:
            return builders.BUILDERS[site].build(exports)
        except builders.BuildError as error:
            return error

    def said(site: str) -> str:
        answer = build(site)
        if isinstance(answer, builders.BuildError):
            raise answer
        return answer

    return said


@pytest.fixture(scope="session")
def screens() -> Path:
    """Where photographs of the built pages go."""
    return builders.BUILT.parent / "screens"


# --- what was proved ---------------------------------------------------------------------------------


def _golden_of(item: pytest.Item) -> goldens.Golden | None:
    call = getattr(item, "callspec", None)
    golden = call.params.get(_PARAMETER) if call else None
    return golden if isinstance(golden, goldens.Golden) else None


def pytest_itemcollected(item: pytest.Item) -> None:
    if golden := _golden_of(item):
        _asked[golden.key] += 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call" and report.passed and (golden := _golden_of(item)):
        _passed[golden.key] += 1
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """An export counts as taken when every test of it that there is ran and passed."""
    if session.config.option.collectonly:
        return
    proved = json.loads(goldens.BUILT.read_text()) if goldens.BUILT.exists() else {}
    proved = {golden.key: proved[golden.key] for golden in goldens.GOLDENS if golden.key in proved}
    for golden in goldens.GOLDENS:
        if _asked[golden.key] and _asked[golden.key] == _passed[golden.key]:
            proved[golden.key] = golden.digest()
    text = json.dumps(proved, indent=0, sort_keys=True) + "\n"
    if not goldens.BUILT.exists() or goldens.BUILT.read_text() != text:
        goldens.BUILT.write_text(text)
