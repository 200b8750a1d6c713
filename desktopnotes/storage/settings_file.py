"""`settings.json`: one bad value costs its default, a broken file is set aside."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from desktopnotes.files import identity, read_regular, replace_file
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.settings import Settings, valid
from desktopnotes.storage.loading import load
from desktopnotes.storage.paths import settings_path
from desktopnotes.storage.problems import Problems
from desktopnotes.storage.shapes import Doubled, why_not_writable
from desktopnotes.words import _

_LIMIT_BYTES = 10_000_000
_DEFAULT = Settings()
_NAMES = tuple(each.name for each in dataclasses.fields(Settings) if each.name != "unknown")


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and what the user is to be told about their file: mostly nothing."""

    settings: Settings
    messages: tuple[str, ...] = ()


def read(path: Path | None = None) -> LoadedSettings:
    """The settings in `path` (by default this user's), with defaults for what cannot be had."""
    path = path or settings_path()
    try:
        entries, messages = _entries(path)
    except UserError as error:
        return LoadedSettings(_DEFAULT, (error.message + " " + _("The default settings hold."),))
    known: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for name, value in entries.items():
        if name not in _NAMES:
            unknown[name] = value
        elif not valid(name, value):
            shown = json.dumps(value)[:40]
            messages += (
                _("The setting “{name}” cannot be {value} in “{file}”; its default holds.").format(
                    name=name, value=shown, file=path.name
                ),
            )
        else:
            known[name] = {key: tuple(keys) for key, keys in value.items()} if name == "keys" else value
    return LoadedSettings(Settings(**known, unknown=unknown), messages)


def write(settings: Settings, was: Settings | None = None, path: Path | None = None) -> None:
    """Writes what differs from `was` (the settings as they were read) into the file, durably.

    All else in the file stays: keys of other versions, and what was edited by hand since. A setting that is
    back at its default is taken out. Raises `WriteError`.
    """
    path = path or settings_path()
    try:
        entries, _told = _entries(path)
    except WriteError:
        raise
    except UserError as error:
        raise WriteError(_("The settings were not saved.") + " " + error.message, error.hint) from error
    for name in _NAMES if was is None or not entries else _changed(was, settings):
        value = getattr(settings, name)
        if value == getattr(_DEFAULT, name):
            entries.pop(name, None)
        else:
            entries[name] = dict(value) if name in ("keys", "conventions") else value
    text = json.dumps(entries, ensure_ascii=False, indent=2, allow_nan=False)
    replace_file(path, f"{text}\n".encode(), make_folder=True)


def _changed(was: Settings, settings: Settings) -> list[str]:
    return [name for name in _NAMES if getattr(was, name) != getattr(settings, name)]


def _entries(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What stands in the file, and what to tell of it. A broken file is set aside and counts as empty.

    Raises `UserError` where there is something that can neither be read nor set aside.
    """
    if identity(path) is None:
        return {}, ()
    found = Problems()
    value = load(read_regular(path, _LIMIT_BYTES), found)
    if found.all or not isinstance(value, dict):
        why = str(found.all[0]) if found.all else _("it is not an object")
        aside = _set_aside(path)
        told = _(
            "The settings file cannot be read ({why}). It was set aside as “{name}”, and the default "
            "settings hold."
        )
        return {}, (told.format(why=why, name=aside.name),)
    odd = {name: why for name, item in value.items() if (why := why_not_writable({name: item}))}
    messages = tuple(
        _("The setting “{name}” in “{file}” {why}, so it was left out.").format(
            name=f"{name!a}", file=path.name, why=why
        )
        for name, why in odd.items()
    )
    if isinstance(value, Doubled):
        messages += (
            _("The setting “{name}” stands twice in “{file}”; the last one holds.").format(
                name=value.key, file=path.name
            ),
        )
    return {name: item for name, item in value.items() if name not in odd}, messages


def _set_aside(path: Path) -> Path:
    for number in count(1):
        aside = path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
        if not os.path.lexists(aside):
            break
    try:
        os.rename(path, aside)
    except OSError as error:
        raise WriteError(
            _("“{name}” is broken, could not be set aside ({reason}), and was left as it is.").format(
                name=path.name, reason=error.strerror
            ),
            _("Move {path} away.").format(path=path),
        ) from error
    return aside
