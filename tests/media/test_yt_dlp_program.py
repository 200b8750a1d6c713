"""Which yt-dlp is used: the newest, the user's own or ours; strange programs are left out."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktopnotes.media import yt_dlp_program
from desktopnotes.media.yt_dlp_program import OWN, Program, common_options, newest, numbers
from tests.media.web_room import children
from tests.waiting import wait_until


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a path with nothing in them."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    (tmp_path / ".local" / "bin").mkdir(parents=True)
    (tmp_path / "programs").mkdir()
    monkeypatch.setattr(yt_dlp_program, "_ANSWER_WITHIN_S", 1.0)
    return tmp_path


@pytest.fixture
def own() -> Program:
    """The one that this program came with, which the tests need."""
    return next(yt_dlp_program._own())


def script(path: Path, says: str) -> Path:
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)
    return path


def test_our_own_is_found_without_being_imported(home: Path, own: Program) -> None:
    assert newest() == own
    assert own.command == (sys.executable, "-P", "-m", "yt_dlp")
    assert numbers(own.version) > (2025,)
    assert str(own) == f"yt-dlp {own.version} ({OWN})"
    assert "yt_dlp" not in sys.modules


def test_our_own_and_packages_are_found_without_running_anything(
    home: Path, own: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That would take a second; their files tell their versions."""
    package = home / ".local/lib/python3.11/site-packages/yt_dlp"
    package.mkdir(parents=True)
    (package / "version.py").write_text("__version__ = '2001.01.02'\n")
    run: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **_: run.append(args))
    assert newest(patiently=True) == own
    assert run == []


def test_a_package_of_the_system_is_not_our_own(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Debian package comes without one, and runs by the Python that sees this."""
    package = tmp_path / "dist-packages" / "yt_dlp"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "version.py").write_text("__version__ = '2025.04.30'\n")
    monkeypatch.setattr(yt_dlp_program, "_SYSTEMS", str(package.parent))
    monkeypatch.setattr(sys, "path", [str(package.parent)])
    found = newest()
    assert found is not None
    assert found.origin == str(package)
    assert found.version == "2025.04.30"


@pytest.mark.parametrize("place", ["programs", ".local/bin"])
def test_a_newer_program_of_the_users_wins(home: Path, place: str) -> None:
    path = script(home / place / "yt-dlp", "echo 2099.11.20.232821")
    assert newest() == Program((str(path),), "2099.11.20.232821", str(path))


def test_an_older_program_and_one_of_the_same_age_do_not(home: Path, own: Program) -> None:
    script(home / "programs" / "yt-dlp", "echo 2024.01.01")
    script(home / ".local/bin" / "yt-dlp", f"echo {own.version}")
    assert newest() == own


def test_a_program_that_was_updated_is_asked_again(home: Path, own: Program) -> None:
    path = script(home / "programs" / "yt-dlp", "echo 2024.01.01")
    assert newest() == own
    script(path, "echo 2099.01.01 and more")
    assert newest() == own
    script(path, "echo 2099.01.01")
    assert newest() == Program((str(path),), "2099.01.01", str(path))


@pytest.mark.parametrize(
    "says",
    [
        "exec sleep 60",
        "yes",
        "echo newest; exit 0",
        "echo 2099.13.1x",
        "exit 3",
        "kill -9 $$",
        "cat /dev/urandom",
        "tr '\\0' x < /dev/zero",
    ],
)
def test_strange_programs_are_left_out(home: Path, own: Program, says: str) -> None:
    os.environ["PATH"] += os.pathsep + "/usr/bin:/bin"
    script(home / "programs" / "yt-dlp", says)
    assert newest(patiently=True) == own
    wait_until(lambda: children(os.getpid()) == set(), "it was ended")


def test_what_is_no_program_is_left_out(home: Path, own: Program) -> None:
    (home / "programs" / "yt-dlp").mkdir()
    (home / ".local/bin" / "yt-dlp").write_text("echo 2099.01.01")
    assert newest() == own
    (home / ".local/bin" / "yt-dlp").chmod(0o755)  # a text without a first line that names an interpreter
    assert newest() == own


def test_the_version_of_a_one_file_program_is_read_without_running_it(home: Path) -> None:
    path = home / "programs" / "yt-dlp"
    with open(path, "wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("yt_dlp/version.py", "__version__ = '2098.05.06'\n")
            archive.writestr("__main__.py", "raise SystemExit('was run')")
    path.chmod(0o755)
    assert newest() == Program((str(path),), "2098.05.06", str(path))


def test_a_newer_package_in_the_users_own_folder_wins(home: Path) -> None:
    package = home / ".local/lib/python3.11/site-packages/yt_dlp"
    package.mkdir(parents=True)
    (package / "version.py").write_text("__version__ = '2097.01.02'\n")
    found = newest()
    assert found
    assert (found.version, found.origin) == ("2097.01.02", str(package))
    assert found.command == (sys.executable, "-P", str(package / "__main__.py"))


def test_versions_compare_as_dates() -> None:
    assert numbers("2026.10.26") < numbers("2026.10.26.123456") < numbers("2026.11.2") < numbers("2026.11.10")
    assert numbers("stable") == numbers("") == numbers("2026.10") == numbers("2026.10.26-x") == ()


def test_options_leave_out_the_users_configuration_and_cookies(home: Path, own: Program) -> None:
    options = common_options(own)
    assert {"--ignore-config", "--no-cookies", "--no-cookies-from-browser", "--no-colors"} <= set(options)
    assert "--js-runtimes" not in options


def test_runtimes_that_are_there_are_named_to_a_version_that_knows_them(home: Path, own: Program) -> None:
    node = script(home / "programs" / "node", "exit")
    options = common_options(own)
    assert options[options.index("--js-runtimes") + 1] == f"node:{node}"
    assert "--js-runtimes" not in common_options(Program(("yt-dlp",), "2025.11.11", "x"))
