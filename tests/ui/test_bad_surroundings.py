"""A system that lacks what others have: the program works, or a sentence says what to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.storage import paths
from desktopnotes.storage.codec import encode
from tests.storage.notebooks import small_notebook
from tests.ui.conftest import LIMIT_S, Desk

REPO = Path(__file__).resolve().parents[2]

WITHOUT_PASSWD = (
    "import pwd, runpy, sys\n"
    "def unknown(_): raise KeyError\n"
    "pwd.getpwuid = unknown\n"
    "sys.argv = ['desktopnotes']\n"
    "runpy.run_module('desktopnotes', run_name='__main__')\n"
)


def started(*words: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    """The program as the desktop's menu starts it: no terminal, and only these variables."""
    usual = {name: os.environ[name] for name in ("PATH", "DISPLAY")}
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=REPO,
        env={**usual, "PYTHONPATH": str(REPO), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def press_until(program: subprocess.Popen[str], done: Callable[[], bool], *words: str) -> None:
    """Presses keys in the program's window, again from time to time: it may have no keyboard at first."""
    ask = ["xdotool", "getactivewindow", "getwindowname"]
    stop_s, again_s = time.monotonic() + 2 * LIMIT_S, 0.0
    while not done():
        assert time.monotonic() < stop_s, f"not seen after {words}"
        if time.monotonic() > again_s:
            active = subprocess.run(ask, capture_output=True, text=True).stdout
            if "Desktop Notes" in active and program.poll() is None:
                subprocess.run(["xdotool", *words], check=True)
                again_s = time.monotonic() + 1.5
        time.sleep(0.02)


def test_without_bus_icons_locale_and_with_strange_variables(screen: str, tmp_path: Path, home: Path) -> None:
    """A bus that nobody listens at, no icon theme, a locale that is not there, folders that are none."""
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(encode(small_notebook("one")))
    strange = {
        "HOME": str(home),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody",
        "XDG_DATA_DIRS": str(tmp_path / "none"),
        "XDG_RUNTIME_DIR": str(tmp_path / "missing"),
        "XDG_CONFIG_HOME": "",
        "XDG_STATE_HOME": "relative",
        "XDG_DATA_HOME": "./here",
        "XDG_CACHE_HOME": "~/cache",
        "LANG": "xx_YY.UTF-8",
        "LC_ALL": "xx_YY.UTF-8",
        "LANGUAGE": "xx:yy",
        "DESKTOPNOTES_VLC_OPTIONS": os.environ.get("DESKTOPNOTES_VLC_OPTIONS", ""),
    }
    program = started("-m", "desktopnotes", str(path), environment=strange)
    try:
        words = "written all the same"
        press_until(program, lambda: words in path.read_text(), "type", "--delay", "5", words)
    finally:
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=LIMIT_S)
    assert program.returncode == 0
    assert "Traceback" not in said
    assert "ERROR" not in said
    for name in ("relative", "here", "~"):
        assert not (REPO / name).exists()
    assert (home / ".local" / "state" / "desktopnotes" / "state.json").is_file()


def test_where_nothing_can_be_written_the_sample_is_there_to_be_read(
    screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody may write to /proc, not even root, as whom tests often run."""
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", "/proc")
    shipped = paths.sample_notebook()
    assert shipped is not None
    content = shipped.read_bytes()
    desk = Desk()
    try:
        assert desk.session.path == shipped
        before = desk.session.notebook
        desk.until(
            lambda: "Nothing can be written to your folders" in desk.window.status.message, "it is said"
        )
        assert "Open a notebook that lies elsewhere" in desk.window.status.message
        desk.type("not kept")
        desk.press("ctrl+s", "F1", "Escape")
        assert desk.session.notebook is before
    finally:
        desk.end()
    assert shipped.read_bytes() == content


def test_a_user_whom_nobody_knows_is_told_in_a_window(screen: str, tmp_path: Path) -> None:
    program = started("-c", WITHOUT_PASSWD, environment={})
    press_until(program, lambda: program.poll() is not None, "key", "Return")
    _, said = program.communicate(timeout=LIMIT_S)
    assert program.returncode == 1
    assert "The system knows no home folder for this user. Set HOME, then start again." in said
    assert "Traceback" not in said


def test_a_sample_that_cannot_be_looked_at_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", closed)
    with pytest.raises(paths.UserError, match="was not written"):
        paths.copy_sample()
