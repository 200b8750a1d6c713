"""The wheel and the sdist: the same bytes each time and by either way, and what is in them works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent
SHARE = ROOT / "packaging" / "linux" / "share"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
PLACE = 'it\'s 100% "my" $pace é'


def built(kind: str, source: Path, target: Path, umask: int = 0o022) -> Path:
    """As `pip wheel` has it built, but for a Python of its own, for which there is no network here."""
    command = [sys.executable, "-B", "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, umask=umask, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_is_for_any_python_that_is_new_enough_and_any_system(wheel: Path) -> None:
    assert wheel.name == f"desktopnotes-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        told = archive.read(f"desktopnotes-{VERSION}.dist-info/METADATA").decode()
    assert "\nRequires-Python: >=3.11\n" in told


def test_it_brings_all_that_a_desktop_needs(names: set[str]) -> None:
    start = f"desktopnotes-{VERSION}.data/data/share/"
    brought = {name.removeprefix(start) for name in names if name.startswith(start)}
    assert brought == {file.relative_to(SHARE).as_posix() for file in SHARE.rglob("*") if file.is_file()}
    assert "applications/desktopnotes.desktop" in brought


def test_it_brings_the_sample_the_icons_and_the_words(names: set[str]) -> None:
    assets = ROOT / "assets"
    shipped = [file for part in ("sample", "icons") for file in (assets / part).rglob("*") if file.is_file()]
    assert len(shipped) > 100
    assert {f"desktopnotes/assets/{file.relative_to(assets).as_posix()}" for file in shipped} <= names
    for size in (16, 24, 32, 48, 256):
        assert f"desktopnotes/assets/desktopnotes-{size}.png" in names
    languages = {file.relative_to(ROOT).with_suffix(".mo") for file in (ROOT / "desktopnotes").rglob("*.po")}
    assert {name for name in names if "/locale/" in name} == {path.as_posix() for path in languages}


def test_it_brings_nothing_else(names: set[str]) -> None:
    strange = re.compile(r"(^|/)(tests|__pycache__|\.venv|build)/|\.(pyc|po)$|/assets/.*\.py$")
    assert [name for name in names if strange.search(name)] == []
    assert {name.split("/")[0] for name in names} == {
        "desktopnotes",
        f"desktopnotes-{VERSION}.data",
        f"desktopnotes-{VERSION}.dist-info",
    }


def test_the_sdist_builds_the_same_bytes_anywhere_and_at_any_time(
    wheel: Path, sdist: Path, tmp_path: Path
) -> None:
    """In another folder, without Git, with other times and rights."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / PLACE)
    (source,) = (tmp_path / PLACE).iterdir()
    for file in source.rglob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    assert built("wheel", source, tmp_path / "wheel", umask=0o077).read_bytes() == wheel.read_bytes()


def test_the_sdist_can_be_tested_and_holds_nothing_that_is_made(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "test",
        "run",
        "packaging/setup.sh",
        "hatch_build.py",
    } <= inside
    assert "tests/test_wheel.py" in inside
    assert [
        name for name in inside if re.search(r"(^|/)(\.ci|\.venv|build|__pycache__)/|\.(pyc|mo)$", name)
    ] == []


@pytest.mark.thorough
def test_the_sdist_builds_itself_again(sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / PLACE)
    (source,) = (tmp_path / PLACE).iterdir()
    assert built("sdist", source, tmp_path / "sdist", umask=0o077).read_bytes() == sdist.read_bytes()


def test_what_was_unpacked_runs_from_any_folder(wheel: Path, tmp_path: Path, home: Path) -> None:
    """What pip does with it, done by hand: the program and its entry, without a display."""
    place = tmp_path / PLACE
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    shutil.move(place / f"desktopnotes-{VERSION}.data" / "data" / "share", place / "share")
    called = Called([sys.executable, "-m", "desktopnotes"], {"PYTHONPATH": str(place)}, place)
    assert called("--version") == f"desktopnotes {VERSION}\n"
    assert "/applications/desktopnotes.desktop" in called("--install-desktop")
    assert "/applications/desktopnotes.desktop" in called("--remove-desktop")
    assert list(home.rglob("desktopnotes.desktop")) == []


@pytest.mark.thorough
@pytest.mark.parametrize("as_module", [False, True])
def test_pip_installs_it_into_a_fresh_venv_in_a_strange_place(
    as_module: bool, wheel: Path, tmp_path: Path, home: Path
) -> None:
    """What it depends on is that of the tests, as there is no network. GLib starts it by its entry then.

    pip's script is read by a shell that knows no quotes and dollars in a path; as a module it needs none.
    """
    place = tmp_path / (PLACE if as_module else "it's 100% mine é")
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel]
    subprocess.run(install, check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "of_the_tests.pth").write_text(sysconfig.get_path("purelib"))
    command = [python, "-m", "desktopnotes"] if as_module else [place / "bin" / "desktopnotes"]
    called = Called(command, {}, tmp_path)
    assert called("--version") == f"desktopnotes {VERSION}\n"
    (entry,) = [line for line in called("--install-desktop").splitlines() if line.endswith(".desktop")]
    note = tmp_path / "what it said"
    started = Path(entry).with_name("started.desktop")
    ours = Path(entry).read_text("utf-8").replace(" %U", f" check %U --recover '{note}'")
    started.write_text(ours.replace(f"'{note}'", f'"{note}"'), "utf-8")
    damaged = tmp_path / "damaged.talknotes.json"
    damaged.write_bytes((ROOT / "assets" / "sample" / "back-row-2025.talknotes.json").read_bytes()[:-20])
    subprocess.run(["gio", "launch", started, damaged], check=True)
    wait_until(note.exists, "the entry started it", 30)
    assert "/desktopnotes.desktop" in called("--remove-desktop")


class Called:
    """Calls that must succeed, as `command` with a list of words, in a folder, without a display."""

    def __init__(self, command: Sequence[str | Path], variables: dict[str, str], folder: Path) -> None:
        self._command = command
        self._environment = {**os.environ, **variables}
        self._environment.pop("DISPLAY", None)
        self._folder = folder

    def __call__(self, *words: str) -> str:
        command = [*self._command, *words]
        done = subprocess.run(
            command, cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
