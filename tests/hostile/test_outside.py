"""What a hostile notebook names is never handed to the desktop as a program, an option or a command."""

from __future__ import annotations

import ast
import os
import stat
from pathlib import Path

import pytest

from desktopnotes.collecting import no_collecting
from desktopnotes.model.errors import UserError
from desktopnotes.ui.outside import open_outside
from tests.waiting import wait_until

PACKAGE = Path(__file__).resolve().parents[2] / "desktopnotes"


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose opener writes down what it is given; answers the file where that stands."""
    programs, told = tmp_path / "programs", tmp_path / "told"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >"{told}.new"\nmv "{told}.new" "{told}"\n')
    opener.chmod(opener.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return told


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("https://пример.рф/аpple", "https://пример.рф/аpple"),
        (
            "https://example.org/$(touch${IFS}x)';`id`|x",
            "https://example.org/%24(touch%24%7BIFS%7Dx)%27;%60id%60%7Cx",
        ),
        ("https://good.example\\@evil.example/", "https://good.example%5C@evil.example/"),
    ],
)
def test_an_address_is_one_argument(desktop: Path, address: str, given: str) -> None:
    open_outside(address)
    wait_until(desktop.exists, "it is opened")
    assert desktop.read_text().splitlines() == ["1", given]


@pytest.mark.parametrize("name", ["a folder", "-x.md", "%s.md", "a picture.PNG", "page.html", "ä'\"$(x).txt"])
def test_a_folder_and_what_the_program_writes_are_opened_by_their_whole_path(
    desktop: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if path.suffix:
        path.touch()
    else:
        path.mkdir()
    open_outside(str(path))
    wait_until(desktop.exists, "it is opened")
    assert desktop.read_text().splitlines() == ["1", str(path)]


REFUSED = (
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "smb://host/share",
        "vlc://quit",
        "dvd://",
    ),
    *(
        "screen://",
        "rtsp://host/x",
        "ftp://host/x",
        "ms-msdt:/id",
        "steam://run/1",
        "http:/\\host",
        "http:///x",
    ),
    *(
        "https://",
        "mailto:",
        "-x",
        "--help",
        "https://a\nb",
        "https://a\0b",
        "https://\u202ea",
        "x.md",
        "/etc/nothing",
    ),
    *("https://a b", "", ".", "~", "/dev/zero"),
)


@pytest.mark.parametrize("address", REFUSED)
def test_everything_else_is_refused(desktop: Path, address: str) -> None:
    with pytest.raises(UserError, match="not opened"):
        open_outside(address)
    assert not desktop.exists()


@pytest.mark.parametrize(
    "name", ["x.desktop", "x.sh", "x", "x.png.exe", "x.lnk", "x.py", "x.AppImage", "x.jar"]
)
def test_what_could_start_a_program_is_refused(desktop: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(UserError, match="could start a program"):
        open_outside(str(tmp_path / name))
    assert not desktop.exists()


def test_the_opener_is_never_one_in_the_folder_where_the_user_is(
    desktop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "programs")
    monkeypatch.setenv("PATH", "." + os.pathsep)
    with pytest.raises(UserError, match="cannot be opened from here"):
        open_outside("https://example.org/")
    assert not desktop.exists()


def test_nothing_of_the_program_goes_through_a_shell_or_loads_code_from_data() -> None:
    """Every call in it is read: those that hand text to a shell, or make code of data, are not there."""
    bad = {
        "system",
        "popen",
        "eval",
        "exec",
        "getoutput",
        "getstatusoutput",
        "execfile",
        "loads_pickle",
        "spawnl",
    }
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        with no_collecting():  # which would take longer than the rest
            nodes = [*ast.walk(ast.parse(source))]
        for node in nodes:
            if isinstance(node, ast.Call):
                found += _bad_call(path, node, bad)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = (
                    [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else [each.name for each in node.names]
                )
                found += [f"{path.name}:{node.lineno}: {name}" for name in names if name in _MAKES_CODE]
    assert found == []


_MAKES_CODE = ("pickle", "marshal", "shelve", "code", "dill", "webbrowser")


def _bad_call(path: Path, call: ast.Call, bad: set[str]) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    is_tcl = isinstance(call.func, ast.Attribute) and ast.unparse(call.func).endswith("tk.eval")
    shell = any(word.arg == "shell" for word in call.keywords)
    if shell or (name in bad and not is_tcl) or (name == "load" and ast.unparse(call.func) == "yaml.load"):
        return [f"{path.name}:{call.lineno}: {ast.unparse(call)[:60]}"]
    return []
