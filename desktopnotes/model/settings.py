"""The settings as one frozen value; a new setting is a field here and a row in the preferences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktopnotes.model.grouping import By
from desktopnotes.model.notebook import Times, Unknown, nothing_unknown
from desktopnotes.words import _

NO_KEYS: Mapping[str, tuple[str, ...]] = {}
NO_CONVENTIONS: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may set; the names are those of `settings.json` (notebook.md).

    `keys` maps a command's id to the keys that replace its default ones. `font_size` is in points, 0 for the
    system's own. `site_folder` is where posts were last exported to. `quality` is the tallest picture that is
    asked of the web, in pixels; 0 for sound alone. `downloads_folder` is where recordings are loaded to; ""
    for the system's folder of videos. `hints_seen` are the names of hints sent away, apart by spaces.
    `talks_by` is what the list of talks is grouped by (see `grouping.By`). `style`, `site` and `times` are
    those of a new post; `raw_html` lets the HTML of texts through into posts. With `per_talk` a file of its
    own is written for each talk. `conventions` is what was learned of the author's site (see
    `export.conventions`).
    """

    stamp_back_ms: int = 2000
    pause_while_writing: bool = False
    step_back_on_resume_ms: int = 0
    skip_ms: int = 5000
    rate_step: float = 0.1
    follow: bool = True
    theme: str = "system"
    font_size: int = 0
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_KEYS)
    # Translators: keep " - " before the part, which the list of talks shows alone.
    title_pattern: str = _("{event} Notes - Part {n}")
    title_separator: str = " - "
    date_form: str = "%b %-d, %Y"
    site_folder: str = ""
    language: str = ""
    volume: int = 100
    muted: bool = False
    quality: int = 1080
    downloads_folder: str = ""
    hints: bool = True
    hints_seen: str = ""
    talks_by: str = "post"
    style: str = "list"
    site: str = "plain"
    times: str = "none"
    picture_format: str = "webp"
    pictures_in_list: bool = False
    raw_html: bool = False
    part_links: bool = False
    per_talk: bool = False
    conventions: Mapping[str, Any] = field(default_factory=lambda: NO_CONVENTIONS)
    unknown: Unknown = field(default_factory=nothing_unknown)


_LIMITS: Mapping[str, tuple[float, float]] = {
    "stamp_back_ms": (0, 60_000),
    "step_back_on_resume_ms": (0, 60_000),
    "skip_ms": (100, 600_000),
    "rate_step": (0.01, 1.0),
    "font_size": (0, 72),
    "volume": (0, 100),
    "quality": (0, 4320),
}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "theme": ("system", "light", "dark"),
    "talks_by": tuple(By),
    "times": tuple(Times),
    "picture_format": ("webp", "jpeg", "png"),
}
_SWITCHES = (
    "pause_while_writing",
    "follow",
    "muted",
    "hints",
    "pictures_in_list",
    "raw_html",
    "part_links",
    "per_talk",
)
_TEXTS = (
    "title_pattern",
    "title_separator",
    "date_form",
    "site_folder",
    "language",
    "downloads_folder",
    "hints_seen",
    "style",
    "site",
)


def limits(name: str) -> tuple[float, float]:
    """The least and the most that a number among the settings may be."""
    return _LIMITS[name]


def valid(name: str, value: Any) -> bool:
    """Whether there is a setting `name` that may be `value`: of its type, within what the program can do."""
    if name in _LIMITS:
        low, high = _LIMITS[name]
        is_number = isinstance(value, int) or (name == "rate_step" and isinstance(value, float))
        return is_number and not isinstance(value, bool) and low <= value <= high
    if name in _SWITCHES:
        return isinstance(value, bool)
    if name in _TEXTS:
        return isinstance(value, str)
    if name in _WORDS:
        return value in _WORDS[name]
    if name == "conventions":
        return isinstance(value, Mapping) and all(map(_is_convention, value, value.values()))
    return name == "keys" and isinstance(value, Mapping) and all(map(_are_keys, value, value.values()))


def _are_keys(command: Any, keys: Any) -> bool:
    return (
        isinstance(command, str) and isinstance(keys, (list, tuple)) and all(isinstance(k, str) for k in keys)
    )


_LONGEST_CONVENTION = 1000


def _is_convention(name: Any, value: Any) -> bool:
    """Texts of one line, or names with texts, switches, numbers or lists of texts; other names are kept."""
    if name in ("site", "folder", "file_form", "front", "date_form"):
        return _is_line(value)
    if name in ("keys", "always"):
        of = _is_line if name == "keys" else _is_value
        return isinstance(value, Mapping) and all(_is_line(key) and of(one) for key, one in value.items())
    if name == "tags":
        return isinstance(value, (list, tuple)) and all(map(_is_line, value))
    return isinstance(name, str)


def learned_tags(conventions: Mapping[str, Any], site: str) -> tuple[str, ...]:
    """The tags that new posts for that site have by what was learned of the author's own."""
    tags = conventions.get("tags")
    if conventions.get("site", "") not in ("", site) or not isinstance(tags, (list, tuple)):
        return ()
    return tuple(tag for tag in tags if isinstance(tag, str))


def _is_value(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_is_line, value))
    return isinstance(value, (bool, int, float)) or _is_line(value)


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_CONVENTION and "\n" not in value
