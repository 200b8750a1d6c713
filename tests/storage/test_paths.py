"""The program's own files lie where the user's system says, and never where it was started by chance."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.storage import opening, paths, store
from desktopnotes.storage.codec import encode
from tests.storage.notebooks import small_notebook

FOLDERS: dict[str, tuple[Callable[[], Path], str]] = {
    "XDG_CONFIG_HOME": (paths.config_folder, ".config/desktopnotes"),
    "XDG_STATE_HOME": (paths.state_folder, ".local/state/desktopnotes"),
    "XDG_DATA_HOME": (paths.data_folder, ".local/share/desktopnotes"),
    "XDG_CACHE_HOME": (paths.cache_folder, ".cache/desktopnotes"),
}


@pytest.mark.parametrize(("variable", "folder", "below"), [(name, *rest) for name, rest in FOLDERS.items()])
def test_variables_count_if_they_are_whole_paths(
    variable: str, folder: Callable[[], Path], below: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "/else/where")
    assert folder() == Path("/else/where/desktopnotes")
    for strange in ("", "relative", "./here", "~/x"):
        monkeypatch.setenv(variable, strange)
        assert folder() == home / below
    monkeypatch.delenv(variable, raising=False)
    assert folder() == home / below
    assert not folder().exists()


@pytest.mark.parametrize("strange", [None, "", "relative"])
def test_without_a_home_the_system_is_asked(strange: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FOLDERS:
        monkeypatch.delenv(name, raising=False)
    if strange is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", strange)
    own = Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert paths.config_folder() == own / ".config" / "desktopnotes"
    assert paths.home_folder() == own


def test_a_user_whom_the_system_does_not_know_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> None:
        raise KeyError

    for name in ("HOME", *FOLDERS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(UserError, match="knows no home folder"):
        paths.config_folder()


def test_what_lies_in_them(home: Path) -> None:
    assert paths.settings_path() == home / ".config/desktopnotes/settings.json"
    assert paths.styles_folder() == home / ".config/desktopnotes/styles"
    assert paths.state_path() == home / ".local/state/desktopnotes/state.json"
    assert paths.log_folder() == home / ".local/state/desktopnotes/log"


# --- documents -----------------------------------------------------------------------------------------


def test_new_notebooks_go_to_documents(home: Path) -> None:
    assert paths.notebooks_folder() == home / "Talk Notes"
    (home / "Documents").mkdir()
    assert paths.notebooks_folder() == home / "Documents" / "Talk Notes"


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ('XDG_DOCUMENTS_DIR="$HOME/Dokumente"', "Dokumente"),
        ('  XDG_DOCUMENTS_DIR="$HOME/Dokumente"  # mine', "Dokumente"),
        ('XDG_DOCUMENTS_DIR="$HOME/Meine \\"Dokumente\\""', 'Meine "Dokumente"'),
        ('XDG_DOCUMENTS_DIR="$HOME/Мои документы"', "Мои документы"),
        ('XDG_DOCUMENTS_DIR="$HOME/"', ""),
        ('#XDG_DOCUMENTS_DIR="$HOME/Dokumente"', "Documents"),
        ('XDG_DOCUMENTS_DIR="Dokumente"', "Documents"),
        ('XDG_DOCUMENTS_DIR="$HOME/missing"', "Documents"),
        ('XDG_DOCUMENTS_DIR="$HOMEX"', "Documents"),
        ("XDG_DOCUMENTS_DIR=$(reboot)", "Documents"),
        ("\udcff\udcfe", "Documents"),
    ],
)
def test_the_desktop_says_where_documents_are(home: Path, line: str, below: str) -> None:
    for name in ("Documents", "Dokumente", 'Meine "Dokumente"', "Мои документы"):
        (home / name).mkdir()
    (home / ".config").mkdir()
    content = f'XDG_DESKTOP_DIR="$HOME/Desktop"\n{line}\nXDG_MUSIC_DIR="$HOME/Music"\n'
    (home / ".config" / "user-dirs.dirs").write_bytes(os.fsencode(content))
    assert paths.documents_folder() == home / below


def test_documents_may_lie_on_another_disk(home: Path, tmp_path: Path) -> None:
    (home / ".config").mkdir()
    (home / ".config" / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{tmp_path}"\n', encoding="utf-8")
    assert paths.documents_folder() == tmp_path


def test_downloads_go_to_the_videos_of_the_desktop_or_where_the_settings_say(home: Path) -> None:
    assert paths.downloads_folder() == home / "Talk Notes"
    (home / "Videos").mkdir()
    assert paths.downloads_folder() == home / "Videos" / "Talk Notes"
    (home / "Filme").mkdir()
    (home / ".config").mkdir()
    lines = 'XDG_DOCUMENTS_DIR="$HOME/Texte"\nXDG_VIDEOS_DIR="$HOME/Filme"\n'
    (home / ".config" / "user-dirs.dirs").write_text(lines, encoding="utf-8")
    assert paths.downloads_folder() == home / "Filme" / "Talk Notes"
    assert paths.downloads_folder("~/talks") == home / "talks"
    assert paths.downloads_folder("/srv/talks") == Path("/srv/talks")
    assert paths.downloads_folder("relative") == home / "Filme" / "Talk Notes"


# --- the sample ----------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sample that nobody may write, as in an installed package."""
    sample = tmp_path / "assets" / "sample"
    (sample / "x.pictures").mkdir(parents=True)
    (sample / "x.talknotes.json").write_bytes(encode(small_notebook("shipped")))
    (sample / "x.mp4").write_bytes(b"video")
    (sample / "x.pictures" / "1.webp").write_bytes(b"picture")
    for path in sample.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setattr(paths, "assets", lambda: tmp_path / "assets")
    return sample


def test_the_assets_of_the_checkout_hold_the_sample() -> None:
    sample = paths.sample_notebook()
    assert (paths.assets() / "icons").is_dir()
    assert sample is not None
    assert opening.open_notebook(sample).notebook.talks


def test_the_assets_of_an_installed_package_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "desktopnotes"
    monkeypatch.setattr(paths, "__file__", str(package / "storage" / "paths.py"))
    (tmp_path / "site-packages" / "assets").mkdir(parents=True)
    assert paths.assets() == tmp_path / "site-packages" / "assets"
    (package / "assets").mkdir(parents=True)
    assert paths.assets() == package / "assets"
    assert paths.sample_notebook() is None
    assert paths.copy_sample() is None
    assert not paths.is_sample(tmp_path)


def test_the_sample_is_copied_whole_and_can_be_written(shipped: Path, home: Path) -> None:
    copy = paths.copy_sample()
    assert copy == home / ".local/share/desktopnotes/sample/x.talknotes.json"
    assert (copy.parent / "x.mp4").read_bytes() == b"video"
    assert (copy.parent / "x.pictures" / "1.webp").read_bytes() == b"picture"
    assert copy.stat().st_mode & stat.S_IWUSR
    opened = opening.open_notebook(copy)
    store.Store(opened).save(small_notebook("mine"))
    assert paths.copy_sample() == copy
    assert opening.open_notebook(copy).notebook == small_notebook("mine")
    assert opening.open_notebook(shipped / "x.talknotes.json").notebook == small_notebook("shipped")


def test_what_is_missing_of_the_copy_is_put_back(shipped: Path) -> None:
    copy = paths.copy_sample()
    assert copy is not None
    (copy.parent / "x.mp4").unlink()
    copy.unlink()
    paths.copy_sample()
    assert (copy.parent / "x.mp4").read_bytes() == b"video"
    assert opening.open_notebook(copy).notebook == small_notebook("shipped")


def test_the_copy_is_known_as_the_sample(shipped: Path, tmp_path: Path) -> None:
    copy = paths.copy_sample()
    assert copy is not None
    assert paths.is_sample(copy)
    assert paths.is_sample(shipped / "x.talknotes.json")
    assert not paths.is_sample(tmp_path / "x.talknotes.json")


def test_a_copy_that_cannot_be_made_is_told(shipped: Path, home: Path) -> None:
    (home / ".local").write_bytes(b"in the way")
    with pytest.raises(WriteError):
        paths.copy_sample()
