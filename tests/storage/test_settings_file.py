"""The settings file: read as far as it can be, written with respect for what else stands in it."""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from pathlib import Path

import pytest

from desktopnotes.model.errors import WriteError
from desktopnotes.model.settings import Settings
from desktopnotes.storage import settings_file
from desktopnotes.storage.paths import settings_path

DEFAULT = Settings()

OTHER = Settings(
    stamp_back_ms=1500,
    pause_while_writing=True,
    step_back_on_resume_ms=500,
    skip_ms=10_000,
    rate_step=0.25,
    follow=False,
    theme="dark",
    font_size=14,
    keys={"notes.stamp": ("Mod+Y",), "play": ()},
    title_pattern="{event} – {n}",
    title_separator=" | ",
    date_form="%Y-%m-%d",
    site_folder="/home/u/blog ☕",
    language="de",
    volume=60,
    muted=True,
    quality=720,
    downloads_folder="/home/u/Talks ☕",
    hints=False,
    hints_seen="type palette",
    talks_by="state",
    style="outline",
    site="hugo",
    times="inline",
    picture_format="png",
    pictures_in_list=True,
    raw_html=True,
    part_links=True,
    per_talk=True,
    conventions={
        "site": "hugo",
        "folder": "content/posts",
        "keys": {"date": "pubDate"},
        "always": {"author": "Me", "draft": False, "authors": ["a", "b"]},
        "of a later version": {"x": [1]},
    },
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_where_there_is_no_file_the_defaults_hold(path: Path) -> None:
    assert settings_file.read(path) == settings_file.LoadedSettings(DEFAULT)
    assert not path.parent.exists()


def test_every_setting_is_read_as_it_was_written(path: Path) -> None:
    assert all(
        getattr(OTHER, each.name) != getattr(DEFAULT, each.name)
        for each in fields(Settings)
        if each.name != "unknown"
    )
    settings_file.write(OTHER, path=path)
    assert settings_file.read(path) == settings_file.LoadedSettings(OTHER)


def test_only_what_is_not_the_default_is_written(path: Path) -> None:
    settings_file.write(replace(DEFAULT, volume=60), path=path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"volume": 60}
    settings_file.write(DEFAULT, path=path)
    assert json.loads(path.read_text(encoding="utf-8")) == {}


def test_it_is_this_users_file_where_none_is_given() -> None:
    settings_file.write(OTHER)
    assert settings_path().is_file()
    assert settings_file.read().settings == OTHER


def test_what_else_stands_in_the_file_is_kept(path: Path) -> None:
    put(path, '{"later": [1, {"x": null}], "volume": 60, "skip_ms": 7000}')
    was = settings_file.read(path).settings
    assert was.unknown == {"later": [1, {"x": None}]}
    put(path, '{"later": [1, {"x": null}], "volume": 60, "skip_ms": 9000, "theme": "dark"}')
    settings_file.write(replace(was, volume=80), was, path)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "later": [1, {"x": None}],
        "volume": 80,
        "skip_ms": 9000,
        "theme": "dark",
    }


def test_a_bad_value_gets_its_default_and_is_told(path: Path) -> None:
    put(path, '{"volume": 150, "theme": "dark", "follow": "yes", "keys": {"x": "Mod+T"}}')
    loaded = settings_file.read(path)
    assert loaded.settings == Settings(theme="dark")
    assert loaded.messages == (
        "The setting “volume” cannot be 150 in “settings.json”; its default holds.",
        'The setting “follow” cannot be "yes" in “settings.json”; its default holds.',
        'The setting “keys” cannot be {"x": "Mod+T"} in “settings.json”; its default holds.',
    )
    settings_file.write(replace(loaded.settings, theme="light"), loaded.settings, path)
    assert json.loads(path.read_text(encoding="utf-8"))["volume"] == 150


@pytest.mark.parametrize("value", ["NaN", "1e400", '"\\ud800"', "[" * 80 + "]" * 80])
@pytest.mark.parametrize("name", ["rate_step", "later"])
def test_a_value_that_cannot_be_written_is_left_out_and_told(path: Path, name: str, value: str) -> None:
    put(path, f'{{"{name}": {value}, "volume": 60}}')
    loaded = settings_file.read(path)
    assert loaded.settings == Settings(volume=60)
    assert len(loaded.messages) == 1
    assert name in loaded.messages[0]
    settings_file.write(replace(loaded.settings, volume=70), loaded.settings, path)
    assert settings_file.read(path) == settings_file.LoadedSettings(Settings(volume=70))


def test_of_a_setting_that_stands_twice_the_last_holds(path: Path) -> None:
    put(path, '{"volume": 50, "volume": 60}')
    loaded = settings_file.read(path)
    assert loaded.settings.volume == 60
    assert loaded.messages == ("The setting “volume” stands twice in “settings.json”; the last one holds.",)


@pytest.mark.parametrize("content", [b"", bytes(50), b'{"volume": 60', b"[1]", b"\xff", b"[" * 100_000])
def test_a_broken_file_is_set_aside_and_told(path: Path, content: bytes) -> None:
    for count in (1, 2):
        put(path, "")
        path.write_bytes(content)
        loaded = settings_file.read(path)
        assert loaded.settings == DEFAULT
        assert len(loaded.messages) == 1
        assert f"It was set aside as “settings.broken-{count}.json”" in loaded.messages[0]
        assert not path.exists()
        assert path.with_name(f"settings.broken-{count}.json").read_bytes() == content
    settings_file.write(OTHER, path=path)
    assert settings_file.read(path).settings == OTHER


def test_a_file_that_broke_meanwhile_is_set_aside_too(path: Path) -> None:
    settings_file.write(OTHER, path=path)
    path.write_bytes(b'{"volume"')
    settings_file.write(replace(OTHER, volume=10), OTHER, path)
    assert path.with_name("settings.broken-1.json").read_bytes() == b'{"volume"'
    assert settings_file.read(path).settings == replace(OTHER, volume=10)


def test_what_can_be_neither_read_nor_set_aside_is_left_and_told(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    loaded = settings_file.read(path)
    assert loaded.settings == DEFAULT
    assert "The default settings hold." in loaded.messages[0]
    with pytest.raises(WriteError, match="The settings were not saved"):
        settings_file.write(OTHER, path=path)
    assert path.is_fifo()


def test_a_broken_file_that_cannot_be_moved_is_not_overwritten(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    put(path, "{broken")
    monkeypatch.setattr(os, "rename", refuse)
    assert "could not be set aside" in settings_file.read(path).messages[0]
    with pytest.raises(WriteError, match="could not be set aside"):
        settings_file.write(OTHER, path=path)
    assert path.read_text(encoding="utf-8") == "{broken"
