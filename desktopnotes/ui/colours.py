"""The colours of the window by their role: a light and a dark set, and which of them the desktop wants."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_ASK_LIMIT_S = 0.3
"""gsettings answers in some 15 ms; a session bus that hangs must not hold up the start."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What each colour is for; a name with `_text` is written on the colour before it.

    `hit` lies behind what a search has found, `hit_now` behind the one it stands at: there `text` is written,
    whatever colour the word has elsewhere. `code_background` lies behind code in the page.
    """

    name: str
    background: str
    page: str
    field: str
    button: str
    hover: str
    pressed: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    selection: str
    selection_text: str
    lit: str
    hit: str
    hit_now: str
    hit_now_text: str
    border: str
    handle: str
    track: str
    mark: str
    sign: str
    tag: str
    link: str
    code_background: str
    error: str
    tip: str
    tip_text: str

    @property
    def is_dark(self) -> bool:
        return luminance(self.background) < 0.2


LIGHT = Palette(
    name="light",
    background="#fafafa",
    page="#fafafa",
    field="#fdfdfd",
    button="#fdfdfd",
    hover="#eeeff1",
    pressed="#e1e4e8",
    text="#1c1c1c",
    muted="#646c77",
    disabled="#858c96",
    accent="#0a63c9",
    accent_hover="#0857b3",
    accent_text="#ffffff",
    selection="#dbe9f9",
    selection_text="#1c1c1c",
    lit="#e8f1fc",
    hit="#fbeab0",
    hit_now="#f0a92e",
    hit_now_text="#1c1c1c",
    border="#dfe3e8",
    handle="#8a9099",
    track="#d5dae0",
    mark="#c07f12",
    sign="#8f5c00",
    tag="#7a3fb8",
    link="#0a63c9",
    code_background="#f0f1f4",
    error="#b3261e",
    tip="#2b3038",
    tip_text="#f5f6f7",
)

DARK = Palette(
    name="dark",
    background="#1c1c1c",
    page="#232323",
    field="#292929",
    button="#2a2a2a",
    hover="#303236",
    pressed="#3a3d42",
    text="#f2f2f2",
    muted="#9aa3af",
    disabled="#6d747d",
    accent="#57a8ff",
    accent_hover="#7dbcff",
    accent_text="#0b1a2b",
    selection="#31506f",
    selection_text="#ffffff",
    lit="#28384c",
    hit="#57471a",
    hit_now="#f2b84b",
    hit_now_text="#1c1c1c",
    border="#333333",
    handle="#7d848d",
    track="#3a3f46",
    mark="#f2b84b",
    sign="#f2b84b",
    tag="#c58af9",
    link="#57a8ff",
    code_background="#2f3237",
    error="#ff8a80",
    tip="#3a3f46",
    tip_text="#f2f2f2",
)


def chosen(name: str) -> Palette:
    """The palette for the setting `theme`: "light", "dark", or "system" for what the desktop is set to."""
    if name == "system":
        return DARK if system_is_dark() else LIGHT
    return DARK if name == "dark" else LIGHT


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` as WCAG 2 defines it, 0 for black to 1 for white."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21; text needs 4.5, a mark 3."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def system_is_dark() -> bool:
    """Whether the desktop prefers dark windows; no, where it does not say."""
    if theme := os.environ.get("GTK_THEME"):
        return theme.lower().endswith((":dark", "-dark"))
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    if "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", ""):
        return _is_dark_name(_entry(config / "kdeglobals", "General", "ColorScheme"))
    said = _gsettings()
    if asked := said.get("color-scheme"):
        return asked == "prefer-dark" or (asked == "default" and _is_dark_name(said.get("gtk-theme", "")))
    settings = config / "gtk-3.0" / "settings.ini"
    prefers = _entry(settings, "Settings", "gtk-application-prefer-dark-theme").lower() in ("1", "true")
    return prefers or _is_dark_name(_entry(settings, "Settings", "gtk-theme-name"))


def _is_dark_name(theme: str) -> bool:
    return "dark" in theme.lower()


def _gsettings() -> dict[str, str]:
    """The settings of the desktop's interface without their quotes, asked for at once; {} for none."""
    if not any(os.access(os.path.join(folder, "gsettings"), os.X_OK) for folder in os.get_exec_path()):
        return {}
    import subprocess  # a start does without it where there is no such desktop

    try:
        asked = subprocess.run(
            ["gsettings", "list-recursively", "org.gnome.desktop.interface"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_ASK_LIMIT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    words = (line.split(" ", 2) for line in asked.stdout.splitlines())
    return {key: value.strip("'") for _, key, value in (each for each in words if len(each) == 3)}


def _entry(path: Path, section: str, key: str) -> str:
    if not path.is_file():
        return ""
    from configparser import ConfigParser, Error  # a start does without it where there is no such file

    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read(path, encoding="utf-8")
    except (OSError, UnicodeDecodeError, Error):
        return ""
    return parser.get(section, key, fallback="")
