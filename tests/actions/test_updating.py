"""What to type to install or update yt-dlp, for where the one in use comes from, and a JavaScript runtime."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from desktopnotes.actions import updating
from desktopnotes.actions.updating import Runtime

PACKAGE = '"yt-dlp[default]"'
"""The scripts that solve what some sites ask come only with it."""


def test_ours_is_updated_in_our_own_environment() -> None:
    advice = updating.yt_dlp("yt-dlp 2026.01.01 (the program's own)")
    assert advice.command == f"{shlex.quote(sys.executable)} -m pip install --upgrade {PACKAGE}"


def test_where_there_is_none_it_is_installed_there() -> None:
    advice = updating.yt_dlp("no yt-dlp")
    assert advice.words.startswith("It is not installed yet.")
    assert advice.command == f"{shlex.quote(sys.executable)} -m pip install --upgrade {PACKAGE}"


def test_in_the_systems_python_pip_may_not_so_pipx_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert updating.yt_dlp("no yt-dlp").command == f"pipx install --force {PACKAGE}"


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        ("/opt/my tools/yt-dlp", "'/opt/my tools/yt-dlp' -U"),
        ("/home/ann/bin/yt-dlp", "/home/ann/bin/yt-dlp -U"),
        ("/usr/local/bin/yt-dlp", "/usr/local/bin/yt-dlp -U"),
        ("/usr/bin/yt-dlp", f"pipx install --force {PACKAGE}"),
        ("/usr/lib/python3/dist-packages/yt_dlp", f"pipx install --force {PACKAGE}"),
        (
            "/home/ann/.local/lib/python3.11/site-packages/yt_dlp",
            f"python3 -m pip install --user --upgrade {PACKAGE}",
        ),
        ("/home/ann/.local/share/pipx/venvs/yt-dlp/bin/yt-dlp", f"pipx install --force {PACKAGE}"),
    ],
)
def test_each_origin_has_its_command(origin: str, command: str) -> None:
    assert updating.yt_dlp(f"yt-dlp 2026.01.01 ({origin})").command == command


def test_what_pipx_put_on_the_path_is_known_behind_its_link(tmp_path: Path) -> None:
    program = tmp_path / "pipx" / "venvs" / "yt-dlp" / "bin" / "yt-dlp"
    program.parent.mkdir(parents=True)
    program.write_text("")
    link = tmp_path / "yt-dlp"
    link.symlink_to(program)
    assert updating.yt_dlp(f"yt-dlp 2026.01.01 ({link})").command == f"pipx install --force {PACKAGE}"


def a_program(folder: Path, name: str, says: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)


def test_a_runtime_is_found_if_it_is_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert updating.runtime() == Runtime("")
    a_program(tmp_path, "node", "v20.19.0")
    assert updating.runtime() == Runtime("")
    a_program(tmp_path, "node", "v22.1.2")
    assert updating.runtime() == Runtime(f"node 22.1.2 ({tmp_path}/node)")
    a_program(tmp_path, "deno", "deno 2.5.6 (stable, release, x86_64)")
    assert updating.runtime() == Runtime(f"deno 2.5.6 ({tmp_path}/deno)")
    a_program(tmp_path, "deno", "nothing")
    assert updating.runtime() == Runtime(f"node 22.1.2 ({tmp_path}/node)")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("QuickJS version 2023-12-09", "quickjs 2023.12.9"),
        ("QuickJS version 2025-09-13", "quickjs 2025.9.13"),
        ("QuickJS version 2021-03-27", ""),
        ("QuickJS-ng version 0.10.1", "quickjs 0.10.1"),
        ("usage: qjs [options] [file [args]]", ""),
    ],
)
def test_quickjs_tells_its_version_in_its_help(
    says: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "qjs"
    program.write_text(f"#!/bin/sh\n[ \"$1\" = --help ] && echo '{says}'\nexit 1\n")
    program.chmod(0o755)
    assert updating.runtime() == Runtime(f"{told} ({program})" if told else "")


@pytest.mark.parametrize(
    ("version", "serves"),
    [("20.19.2+dfsg-1", False), ("24.1.0+dfsg-1", True), ("18.19.0+dfsg-6~deb12u2", False)],
)
def test_apt_is_named_where_its_package_is_new_enough(
    version: str, serves: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    a_program(tmp_path, "apt-cache", f"Package: nodejs 99.9.9 Version: {version}")
    assert updating.runtime() == Runtime("", serves)


def test_what_is_there_needs_no_command() -> None:
    assert updating.javascript(Runtime("deno 2.5.6")).command == ""
    assert updating.javascript(Runtime("", apt_has_one=True)).command == "sudo apt install nodejs"
    assert updating.javascript(Runtime("")).page == "https://deno.com"
