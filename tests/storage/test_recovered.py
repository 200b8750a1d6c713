"""What came back of a damaged notebook becomes a new one: beside it, else among the user’s notebooks."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desktopnotes.model.errors import ReadError
from desktopnotes.storage import names, opening, paths
from desktopnotes.storage.recovered import salvage_file, write_beside
from tests.storage.test_salvage import CONTENT
from tests.storage.unprivileged import answer_of, shared_folder


def test_where_its_folder_is_read_only_it_goes_to_the_folder_of_notebooks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with shared_folder() as folder:
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        protected = folder / "protected"
        (protected / "back-row.pictures").mkdir(parents=True)
        (protected / "back-row.pictures" / "9f2c.png").write_bytes(b"a picture")
        (protected / "first.mp4").write_bytes(b"a recording")
        path = protected / "broken.talknotes.json"
        path.write_bytes(CONTENT[:-20].replace(b'"speakers"', b'"file": "first.mp4", "speakers"', 1))
        for each in protected.rglob("*"):
            each.chmod(0o755 if each.is_dir() else 0o644)
        protected.chmod(0o555)
        made = Path(answer_of(lambda: str(write_beside(path, salvage_file(path).notebook))))
        assert made == paths.notebooks_folder() / "broken (recovered).talknotes.json"
        opened = opening.open_notebook(made).notebook
        assert (made.parent / opened.pictures / "9f2c.png").read_bytes() == b"a picture"
        assert names.absolute(opened.talks[0].file, made) == protected / "first.mp4"
        assert {each.name for each in protected.iterdir()} == {"back-row.pictures", "first.mp4", path.name}


def test_the_pictures_are_found_where_the_name_of_their_folder_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "broken.talknotes.json"
    path.write_bytes(CONTENT.partition(b"\n")[2])
    assert salvage_file(path).notebook.pictures == ""
    (tmp_path / "broken.pictures").mkdir()
    assert salvage_file(path).notebook.pictures == "broken.pictures"


def test_of_a_file_that_holds_nothing_of_ours_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "page.talknotes.json"
    path.write_bytes(b"<html></html>")
    with pytest.raises(ReadError, match="nothing of a notebook can be read"):
        salvage_file(path)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_who_may_read_the_damaged_one_may_read_what_came_back(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "broken.talknotes.json"
    path.write_bytes(CONTENT[:-20])
    path.chmod(mode)
    made = write_beside(path, salvage_file(path).notebook)
    assert stat.S_IMODE(made.stat().st_mode) == mode | 0o600
