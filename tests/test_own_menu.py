"""The program in the user's own menu, by `--install-desktop`: it starts, and goes without a trace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktopnotes import cli
from desktopnotes.__main__ import main
from desktopnotes.cli import desktop, entry
from desktopnotes.cli import put_among_yours as among
from desktopnotes.model.errors import WriteError
from desktopnotes.storage import paths
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "packaging" / "linux" / "share"
ENTRY = "applications/desktopnotes.desktop"
ICON = "icons/hicolor/48x48/apps/desktopnotes.png"
STRANGE = 'it\'s 100% "mine" for $5 `or` \\so ~ é 日本; (a=b) & <c>'
"""A folder's name with all that a menu entry has to quote, escape or double."""


@pytest.fixture
def share(home: Path) -> Path:
    """The user's `share`, which is not there yet."""
    folder = paths.data_folder().parent
    assert folder.is_relative_to(home)
    assert not folder.exists()
    return folder


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for the program in a folder of a strange name: it writes down what it was called with."""
    folder = tmp_path / STRANGE
    folder.mkdir()
    path = folder / "desktopnotes"
    path.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$0" "$@" >"{tmp_path}/new" && mv "{tmp_path}/new" "{tmp_path}/called"\n'
    )
    path.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(path)])
    return path


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `share` to put in place of one file of each part, without caches: most of the time goes to them."""
    folder = tmp_path / "few"
    for name in (ENTRY, ICON, "mime/packages/desktopnotes.xml"):
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(SHIPPED / name, folder / name)
    monkeypatch.setattr(desktop, "_candidates", lambda: [folder])
    monkeypatch.setattr(desktop, "_make_cache", lambda *command: True)
    return folder


def files(share: Path) -> set[str]:
    return {file.relative_to(share).as_posix() for file in share.rglob("*") if file.is_file()}


# --- the text of the entry ---------------------------------------------------------------------------


def launched(exec_line: str) -> list[str]:
    """The words that a desktop makes of a value of Exec, by the specification's rules."""
    text, signs = "", iter(exec_line)
    for sign in signs:
        text += {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}[next(signs)] if sign == "\\" else sign
    text = text.replace("%%", "%")
    words, word, quoted, signs = [], None, False, iter(text)
    for sign in signs:
        if sign == '"':
            quoted, word = not quoted, word or ""
        elif sign == " " and not quoted:
            words += [] if word is None else [word]
            word = None
        else:
            assert quoted or sign not in "\t\n'\\><~|&;$*?#()`"
            word = (word or "") + (next(signs) if sign == "\\" else sign)
    assert not quoted
    return words + ([] if word is None else [word])


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
@example(STRANGE)
@example(" =%% \\s \n\t\r")
def test_any_path_is_started_as_it_is(name: str) -> None:
    path = f"/opt/{name}/desktopnotes"
    text = entry.for_program("[Desktop Entry]\nExec=desktopnotes %U\nName=N\n", [path], "")
    assert text.count("\n") == 5
    (line,) = (line for line in text.split("\n") if line.startswith("Exec="))
    assert line.endswith(" %U")
    words = launched(line.removeprefix("Exec=").removesuffix("%U"))
    assert words == (["/bin/sh", "-c", 'exec "$0" "$@"'] if "%" in path else []) + [path]


# --- in place ----------------------------------------------------------------------------------------


def test_it_is_put_in_place_and_says_what_it_wrote(
    share: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--install-desktop"]) == 0
    told = capsys.readouterr()
    written = {Path(line).relative_to(share).as_posix() for line in told.out.splitlines()}
    shipped = {name for name in files(SHIPPED) if not name.startswith("metainfo/")}
    assert written == shipped <= files(share)
    assert told.err == (
        "desktopnotes: Desktop Notes is in your menu now; “desktopnotes --remove-desktop” takes it out.\n"
    )
    validated = subprocess.run(["desktop-file-validate", share / ENTRY], capture_output=True, text=True)
    assert validated.stdout + validated.stderr == ""
    assert "application/vnd.desktopnotes+json=desktopnotes.desktop" in (
        share / "applications" / "mimeinfo.cache"
    ).read_text().replace(";", "")
    assert "*.talknotes.json" in (share / "mime" / "globs2").read_text()

    before = {name: (share / name).stat().st_mtime_ns for name in written}
    assert cli.main(["--install-desktop"]) == 0
    assert {name: (share / name).stat().st_mtime_ns for name in written} == before
    assert capsys.readouterr() == (
        "",
        "desktopnotes: Desktop Notes is in your menu already; nothing had to be written.\n",
    )


@pytest.mark.parametrize("option", ["", "--new", "--last"])
def test_a_real_desktop_starts_the_very_program(
    option: str, share: Path, program: Path, tmp_path: Path
) -> None:
    """GLib reads the entry, as GNOME, Xfce and others do, and hands the notebook over."""
    assert cli.main(["--install-desktop"]) == 0
    started, notebook = share / ENTRY, tmp_path / "a b.talknotes.json"
    if option:  # a desktop's own menu is needed for an action, so it becomes an entry here
        action = (
            started.read_text().split(f"[Desktop Action {option.removeprefix('--')}]\n")[1].split("\n[")[0]
        )
        started = started.with_name("action.desktop")
        started.write_text(f"[Desktop Entry]\nType=Application\n{action}")
    subprocess.run(["gio", "launch", started, *([] if option else [notebook])], check=True)
    called = tmp_path / "called"
    wait_until(called.exists, "it was started")
    assert called.read_text().splitlines() == [str(program), option or str(notebook)]


def test_it_goes_and_leaves_nothing(
    share: Path, program: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(home.rglob("*"))
    assert cli.main(["--install-desktop"]) == 0
    written = capsys.readouterr().out.splitlines()
    assert cli.main(["--remove-desktop"]) == 0
    told = capsys.readouterr()
    assert sorted(told.out.splitlines()) == sorted(written)
    assert "Your notebooks and settings are as they were." in told.err
    assert {path for path in home.rglob("*") if path not in before and path != share.parent} == set()
    assert cli.main(["--remove-desktop"]) == 0
    assert capsys.readouterr() == (
        "",
        "desktopnotes: Desktop Notes has no entry of its own in your menu; nothing was removed.\n",
    )


def test_what_cannot_be_removed_is_named(
    share: Path, program: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["--install-desktop"]) == 0

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)  # root, as which tests may run, may remove anything
    assert cli.main(["--remove-desktop"]) == 4
    assert f"“{share}/{ENTRY}” cannot be removed: Permission denied." in capsys.readouterr().err
    assert (share / ENTRY).exists()


def test_what_is_not_ours_stays(share: Path, program: Path) -> None:
    others = {
        "applications/other.desktop": "[Desktop Entry]\nType=Application\nName=Other\nExec=true\n",
        "icons/hicolor/16x16/apps/other.png": "",
        "icons/theme/apps/desktopnotes-theme.png": "",
        "mime/packages/other.xml": (
            '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">'
            '<mime-type type="text/x-other"><comment>O</comment>'
            '<glob pattern="*.other"/></mime-type></mime-info>'
        ),
        "notes.txt": "mine",
    }
    for name, content in others.items():
        (share / name).parent.mkdir(parents=True, exist_ok=True)
        (share / name).write_text(content)
    (share / "icons" / "empty theme").mkdir()
    assert cli.main(["--install-desktop"]) == 0
    assert cli.main(["--remove-desktop"]) == 0
    assert {name: (share / name).read_text() for name in others} == others
    assert "*.other" in (share / "mime" / "globs2").read_text()
    assert (share / "icons" / "empty theme").is_dir()
    assert not [
        name for name in files(share) if "vnd.desktopnotes" in name or name.endswith("/desktopnotes.png")
    ]


def everything(folder: Path) -> dict[str, bytes | str]:
    """What lies there: a file's content, where a link leads, what else it is."""
    return {
        path.relative_to(folder).as_posix(): (
            f"-> {path.readlink()}"
            if path.is_symlink()
            else path.read_bytes()
            if path.is_file()
            else "folder"
            if path.is_dir()
            else "other"
        )
        for path in folder.rglob("*")
    }


def _own_file(path: Path) -> None:
    path.write_text("[Desktop Entry]\nType=Application\nName=My own\nExec=foo\n")


def _own_link(path: Path) -> None:
    _own_file(path.parents[1] / "mine.desktop")
    path.symlink_to("../mine.desktop")


def _link_to_ours(path: Path) -> None:
    """As those have it who keep their files in one folder: what is written to the link goes there."""
    (path.parents[1] / "mine.desktop").write_text(f"[Desktop Entry]\n{entry.MARK}=true\nExec=x %U\n")
    path.symlink_to("../mine.desktop")


THEIRS: list[Callable[[Path], object]] = [
    *(_own_file, _own_link, _link_to_ours),
    lambda path: path.symlink_to("nowhere"),
    lambda path: os.mkfifo(path),
    Path.mkdir,
]


@pytest.mark.parametrize("call", ["--install-desktop", "--remove-desktop"])
@pytest.mark.parametrize("make", THEIRS)
def test_an_entry_that_somebody_else_made_stays(
    call: str,
    make: Callable[[Path], object],
    share: Path,
    program: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (share / ENTRY).parent.mkdir(parents=True)
    make(share / ENTRY)
    before = everything(share)
    assert cli.main([call]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(
        f"desktopnotes: {share / ENTRY} was not made by “--install-desktop”, so it stays."
    )
    assert told.out == ""
    assert everything(share) == before


@pytest.mark.usefixtures("few")
def test_an_entry_of_ours_that_was_changed_stays(
    share: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--install-desktop"]) == 0
    with (share / ENTRY).open("a") as file:
        file.write("X-Mine=true\n")
    before = everything(share)
    for call in ("--install-desktop", "--remove-desktop"):
        assert cli.main([call]) == 1
        assert f"{share / ENTRY} was changed after" in capsys.readouterr().err
        assert everything(share) == before
    (share / ENTRY).unlink()
    assert cli.main(["--remove-desktop"]) == 0
    assert files(share) == set()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    "make", [lambda path: path.write_text("my own"), lambda path: path.symlink_to("other.png"), os.mkfifo]
)
def test_an_icon_of_the_users_own_stays(
    make: Callable[[Path], object], share: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (share / ICON).parent.mkdir(parents=True)
    (share / ICON).with_name("other.png").write_text("another")
    make(share / ICON)
    before = everything(share)
    assert cli.main(["--remove-desktop"]) == 0
    assert "nothing was removed" in capsys.readouterr().err
    assert everything(share) == before
    assert cli.main(["--install-desktop"]) == 0
    told = capsys.readouterr()
    assert f"{share / ICON} was not made by" in told.err
    assert str(share / ICON) not in told.out
    assert str(share / ENTRY) in told.out
    assert cli.main(["--remove-desktop"]) == 0
    assert everything(share) == before


@pytest.mark.usefixtures("few")
def test_an_icon_of_ours_that_was_changed_stays_and_is_named(
    share: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--install-desktop"]) == 0
    (share / ICON).write_text("my own")
    capsys.readouterr()
    for call in ("--install-desktop", "--remove-desktop"):
        assert cli.main([call]) == 0
        assert f"{share / ICON} was changed after" in capsys.readouterr().err
    assert files(share) == {ICON}


def test_what_an_older_version_put_there_goes(
    few: Path, share: Path, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = tmp_path / "older"
    shutil.copytree(few, older)
    (older / ICON).write_text("as it was drawn once")
    gone = "icons/hicolor/20x20/apps/desktopnotes.png"
    (older / gone).parent.mkdir(parents=True)
    (older / gone).write_text("a size that is no more")
    with monkeypatch.context() as patched:
        patched.setattr(desktop, "_candidates", lambda: [older])
        assert cli.main(["--install-desktop"]) == 0
    assert cli.main(["--install-desktop"]) == 0
    assert (share / ICON).read_bytes() == (SHIPPED / ICON).read_bytes()
    assert not (share / gone).exists()
    with monkeypatch.context() as patched:
        patched.setattr(desktop, "_candidates", list)  # it is removed by a copy that brought none
        assert cli.main(["--remove-desktop"]) == 0
    assert files(share) == set()


@pytest.mark.usefixtures("few")
def test_a_record_leads_to_nothing_else(share: Path, program: Path) -> None:
    mine = share / "mine.txt"
    assert cli.main(["--install-desktop"]) == 0
    mine.write_text("mine")
    of = among.digest(b"mine")
    for name in ("mine.txt", "applications/../mine.txt", "../share/mine.txt", str(mine)):
        with (share / among.RECORD).open("a") as record:
            record.write(f"{of}  {name}\n")
    assert cli.main(["--remove-desktop"]) == 0
    assert files(share) == {"mine.txt"}


@pytest.mark.usefixtures("few")
def test_without_its_record_it_goes_too(share: Path, program: Path) -> None:
    assert cli.main(["--install-desktop"]) == 0
    (share / among.RECORD).unlink()
    assert cli.main(["--remove-desktop"]) == 0
    assert files(share) == set()


def test_what_a_package_put_into_the_menu_of_all_is_left_alone(
    share: Path, program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", f"/usr/share:{SHIPPED}")
    assert cli.main(["--install-desktop"]) == 0
    assert (
        capsys.readouterr().err
        == f"desktopnotes: {SHIPPED}/{ENTRY} is in the menu already; nothing was written.\n"
    )
    assert not share.exists()


def test_what_pip_put_among_the_users_own_is_made_to_name_the_program(
    share: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`pip install --user` writes just there; but no desktop looks for programs where pip puts them."""
    shutil.copytree(SHIPPED, share)
    monkeypatch.setattr(desktop, "_candidates", lambda: [share])
    for _ in range(2):
        assert cli.main(["--install-desktop"]) == 0
        lines = (share / ENTRY).read_text().splitlines()
        assert [line.partition("=")[0] for line in lines].count("TryExec") == 1
        execs = [launched(line.removeprefix("Exec=")) for line in lines if line.startswith("Exec=")]
        assert [words[-2:] for words in execs] == [[str(program), word] for word in ("%U", "--new", "--last")]


def test_a_home_that_cannot_be_written_gets_a_sentence(
    share: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    share.parent.mkdir(parents=True, exist_ok=True)
    share.write_text("a file, where a folder is needed: root may write into any folder")
    assert cli.main(["--install-desktop"]) == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert told.err == (
        f"desktopnotes: Desktop Notes was not put into your menu: {share} cannot be written"
        " (It stands where a folder should be)."
        " Rename it or move it elsewhere, then call this again.\n"
    )


def test_a_link_to_nothing_in_place_of_a_folder_is_named(
    share: Path, program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    share.mkdir(parents=True)
    (share / "applications").symlink_to(tmp_path / "gone")
    assert cli.main(["--install-desktop"]) == 4
    assert (
        f"{share}/applications cannot be written (It stands where a folder should be)"
        in capsys.readouterr().err
    )
    assert files(share) == set()
    assert not (share / "mime").exists()


def test_what_fails_half_way_leaves_no_half(
    share: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (share / among.RECORD).mkdir(parents=True)  # the last thing that is written
    assert cli.main(["--install-desktop"]) == 4
    assert f"{share / among.RECORD} cannot be written (It is no regular file)" in capsys.readouterr().err
    assert files(share) == set()
    assert not (share / "mime").exists()


def test_what_fails_half_way_leaves_what_was_installed_before(
    few: Path, share: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["--install-desktop"]) == 0
    before = everything(share)
    (few / ICON).write_text("drawn anew")
    (few / "icons/hicolor/20x20/apps").mkdir(parents=True)
    (few / "icons/hicolor/20x20/apps/desktopnotes.png").write_text("a new size")
    with (few / ENTRY).open("a") as file:
        file.write("X-New=true\n")

    def refuse(share: Path, put: object) -> None:
        raise WriteError("", why="The disk is full")

    monkeypatch.setattr(among, "remember", refuse)
    assert cli.main(["--install-desktop"]) == 4
    assert everything(share) == before


def test_without_the_desktops_tools_it_says_what_may_be_missing(
    share: Path, program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert cli.main(["--install-desktop"]) == 0
    assert "On Debian: sudo apt install desktop-file-utils shared-mime-info." in capsys.readouterr().err


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_get_a_sentence(
    system: str, share: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desktop.sys, "platform", system)
    assert cli.main(["--install-desktop"]) == 1
    assert "on Linux and BSD alone" in capsys.readouterr().err
    assert not share.exists()


def test_a_name_that_is_no_text_gets_a_sentence(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / os.fsdecode(b"\xff")
    folder.mkdir()
    (folder / "desktopnotes").write_text("#!/bin/sh\n")
    (folder / "desktopnotes").chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(folder / "desktopnotes")])
    assert cli.main(["--install-desktop"]) == 1
    assert "whose name is no text" in capsys.readouterr().err
    assert files(share) == set()


def test_files_beside_the_option_are_wrong_usage(share: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--install-desktop", "a.mp4"], ["a.mp4", "--install-desktop"], ["a", "--remove-desktop"]):
        assert main(words) == 2
        assert "stands alone, without files." in capsys.readouterr().err
    assert not share.exists()


def test_the_caches_of_icons_are_told_and_none_is_begun(
    few: Path, share: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that we began would hide what other programs put there later."""
    made: list[str] = []
    monkeypatch.setattr(desktop, "_make_cache", lambda *command: bool(made.append(command[0])) or True)
    hicolor = share / "icons" / "hicolor"
    hicolor.mkdir(parents=True)
    assert cli.main(["--install-desktop"]) == 0
    assert made == ["update-desktop-database", "update-mime-database"]
    (hicolor / "icon-theme.cache").touch()
    os.utime(hicolor, (1, 1))
    assert cli.main(["--install-desktop"]) == 0
    assert made[2:] == [*made[:2], "gtk-update-icon-cache"]
    assert hicolor.stat().st_mtime > 1, "who watches the folder sees that something is new"


def test_run_as_a_module_it_is_started_as_one(
    share: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "python").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "argv", [str(ROOT / "desktopnotes" / "__main__.py")])
    assert cli.main(["--install-desktop"]) == 0
    lines = (share / ENTRY).read_text().splitlines()
    assert {f"Exec={tmp_path}/python -m desktopnotes %U", f"TryExec={tmp_path}/python", f"Path={ROOT}"} <= {
        *lines
    }
