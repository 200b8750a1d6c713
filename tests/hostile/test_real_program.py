"""The installed program, watched call by call, on everything hostile at once: it asks and starts nothing.

A quick form of the most telling of it is in tests/media/test_hostile_media.py and in this folder.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from desktopnotes.model.notebook import Chapter, Note, Notebook, Post, Talk
from desktopnotes.storage import codec
from tests.bench.running import CLIP
from tests.faults.promises import record
from tests.hostile.media_files import hostile_media
from tests.hostile.watched import PROGRAM, watched
from tests.media.web_server import WebServer

pytestmark = pytest.mark.faults

SETTLES_S = 0.4
"""Nothing comes is seen by waiting alone: libVLC asked for its first list 0.05 s after it was given it."""

OF_THE_DESKTOP = {"gsettings", "dbus-launch", "ldconfig", "env", "strace", "desktopnotes", "xdg-open"}
"""What may be started: it reads whether the desktop is dark, and looks where libVLC is."""

PLANTED = (
    "vlc",
    "yt_dlp",
    "json",
    "tkinter",
    "PIL",
    "sitecustomize",
    "usercustomize",
    "av",
    "__future__",
    "os",
)


def _plant_modules(folder: Path) -> Path:
    """Modules of the names that a start imports; each leaves a word behind when it is run."""
    mark = folder / "somebody-was-here"
    for name in PLANTED:
        (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write({name!r})\n")
    (folder / "desktopnotes").mkdir()
    (folder / "desktopnotes" / "__init__.py").write_text(f"open({str(mark)!r}, 'a').write('package')\n")
    return mark


def _hostile_notebook(folder: Path, address: str) -> tuple[Path, list[str]]:
    """First a talk of the web, then one for each hostile file; every field names the address."""
    files = hostile_media(address)
    for name, (_, content) in files.items():
        (folder / name).write_bytes(content)
    shutil.copy(CLIP, folder / "good.mp4")
    (folder / "b.pictures").mkdir()
    note = Note(
        "n0", at_ms=1, text=f"![x]({address}/p.png) <img src={address}/i.png> {address}", picture="../x.png"
    )
    talks = [
        Talk(
            "web", title=f"\u202e{address}", url=f"{address}/talk", captions=f"{address}/c.vtt", notes=(note,)
        ),
        *(Talk(f"t{i}", title=name, file=name, state="watching") for i, name in enumerate(files)),
        Talk(
            "good",
            title="good.mp4",
            file="good.mp4",
            state="watching",
            captions=f"{address}/c.vtt",
            chapters=(Chapter(0, f"{address}/x"),),
        ),
    ]
    post = Post("p", title=address, intro=f"![x]({address}/post.png)", talks=tuple(talk.id for talk in talks))
    path = folder / "b.talknotes.json"
    path.write_bytes(
        codec.encode(Notebook("b", address, pictures="b.pictures", talks=tuple(talks), posts=(post,)))
    )
    return path, list(files)


def test_a_hostile_notebook_with_every_hostile_recording(tmp_path: Path) -> None:
    place, web = tmp_path / "mail", WebServer(tmp_path)
    place.mkdir()
    notebook, names = _hostile_notebook(place, web.address)
    mark = _plant_modules(place)
    before = set(place.rglob("*"))
    try:
        with watched(tmp_path, [str(notebook)], place) as seen:
            seen.run.await_event("started")
            for name in [*names, "good.mp4"]:
                seen.run.xdotool("key", "ctrl+Next")
                seen.until(f"/mail/{name}")
                time.sleep(SETTLES_S)
            seen.run.await_event("first_frame")
            for key in ("ctrl+space", "ctrl+d", "ctrl+p"):  # it plays; a snapshot; the post
                seen.run.xdotool("key", key)
                time.sleep(SETTLES_S)
        assert web.asked == []
        assert seen.network() == []
        assert {name for name in seen.started() if not name.startswith("python")} <= OF_THE_DESKTOP
        assert not mark.exists()
        home = tmp_path / "home"
        own = [home / part / "desktopnotes" for part in (".config", ".cache", ".local/state", ".local/share")]
        of_desktop = [home / ".cache" / "dconf"]  # made by gsettings, which reads the desktop's settings
        allowed = [notebook.parent / "b.pictures", *own, *of_desktop, tmp_path / "trace.jsonl"]
        allowed += seen.private()
        outside = [path for path in map(Path, seen.written()) if not _is_in(path, allowed, notebook)]
        assert sorted(map(str, outside)) == []
        left = set(place.rglob("*")) - before
        assert all(path.is_relative_to(place / "b.pictures") for path in left), left
    finally:
        web.close()
    record(
        "hostile recordings",
        "no request, no program, no file outside",
        f"{len(names)} files: 0 connections, 0 programs, 0 files outside",
    )


def _is_in(path: Path, folders: list[Path], notebook: Path) -> bool:
    """Also where it is a folder on the way to one of these, or a temporary of the notebook's own."""
    if path == notebook or (path.parent == notebook.parent and path.name.endswith(".tmp")):
        return True
    return any(path.is_relative_to(one) or one.is_relative_to(path) for one in folders)


@pytest.mark.parametrize(
    "call", [["--version"], ["check", "b.talknotes.json"], ["export", "b.talknotes.json"]]
)
def test_a_call_in_a_hostile_folder_runs_nothing_of_it(tmp_path: Path, call: list[str]) -> None:
    _hostile_notebook(tmp_path, "http://127.0.0.1:9")
    mark = _plant_modules(tmp_path)
    subprocess.run([str(PROGRAM), *call], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert not mark.exists()
