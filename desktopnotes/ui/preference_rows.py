"""The rows of the preferences: which setting, in which words, how it is shown and what may be typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from desktopnotes.actions import learning, quality
from desktopnotes.model.errors import UserError
from desktopnotes.model.settings import limits, valid
from desktopnotes.session import Session

GROUPS = ("Writing", "Playback", "Looks", "Posts", "Site", "Web", "Keys")


class Kind(StrEnum):
    """How a setting is shown. `SECONDS` are kept in ms; `KEYS` is the page of keys.

    `LEARNED` is what was learned of the author's site: words, and a button to learn it anew.
    """

    SWITCH = "switch"
    SECONDS = "seconds"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    FOLDER = "folder"
    KEYS = "keys"
    LEARNED = "learned"


def _as_setting(session: Session, name: str, value: Any) -> None:
    session.set(**{name: value})


@dataclass(frozen=True, slots=True)
class Row:
    """A setting in the preferences.

    `unit` stands behind a number, `step` is what its arrows add. `zero` is the word for 0. `choices` are
    values with their words. `example` says what a text makes. `take` changes the setting.
    """

    setting: str
    group: str
    label: str
    help: str
    kind: Kind
    unit: str = ""
    step: float = 1
    zero: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    example: Callable[[str], str] | None = None
    take: Callable[[Session, str, Any], None] = _as_setting


def _title(pattern: str) -> str:
    return f"For instance “{pattern.replace('{event}', 'KubeCon 2017').replace('{n}', '2')}”"


def _day(form: str) -> str:
    try:
        return f"For instance “{date(2018, 1, 12).strftime(form)}”"
    except ValueError:
        return "No date can be written like this."


def _byline(separator: str) -> str:
    return f"For instance “A Talk{separator}A. Speaker”"


def _quality(session: Session, _: str, height: int) -> None:
    quality.choose(session, height)


ROWS: tuple[Row, ...] = (
    Row(
        "stamp_back_ms",
        "Writing",
        "Reaction time",
        "How long before its first key a note is stamped, since you heard it before you typed.",
        Kind.SECONDS,
        step=0.5,
    ),
    Row(
        "pause_while_writing",
        "Writing",
        "Pause while you write",
        "The talk pauses at the first key of a note and plays on when you end it.",
        Kind.SWITCH,
    ),
    Row(
        "follow",
        "Writing",
        "Follow the talk",
        "The page scrolls with the talk while you do not write.",
        Kind.SWITCH,
    ),
    Row(
        "hints",
        "Writing",
        "Show hints",
        "Now and then a line at the foot of the window says what could help just now.",
        Kind.SWITCH,
    ),
    Row(
        "skip_ms",
        "Playback",
        "Back and forward by",
        "How far the keys for back and forward go.",
        Kind.SECONDS,
    ),
    Row(
        "step_back_on_resume_ms",
        "Playback",
        "Step back on resume",
        "After a pause the talk begins so much earlier, to find the thread again.",
        Kind.SECONDS,
        step=0.5,
    ),
    Row(
        "rate_step",
        "Playback",
        "Slower and faster by",
        "How much the keys for the speed change it; 0.1 makes 1.1 times of 1.",
        Kind.NUMBER,
        unit="times",
        step=0.05,
    ),
    Row(
        "theme",
        "Looks",
        "Colours",
        "Dark text on a light window, light on a dark one, or as the desktop is.",
        Kind.CHOICE,
        choices=(("system", "Like the system"), ("light", "Light"), ("dark", "Dark")),
    ),
    Row(
        "font_size",
        "Looks",
        "Text size",
        "The size of all text; everything else grows with it.",
        Kind.NUMBER,
        unit="points",
        zero="the system's",
    ),
    Row(
        "title_pattern",
        "Posts",
        "Title of a new post",
        "{event} is the name of the notebook, {n} the number of the post.",
        Kind.TEXT,
        example=_title,
    ),
    Row(
        "title_separator",
        "Posts",
        "Between title and speakers",
        "What stands between a talk's title and those who gave it, in posts.",
        Kind.TEXT,
        example=_byline,
    ),
    Row(
        "date_form",
        "Posts",
        "Dates",
        "How dates are written in posts: %d is the day, %b the month, %Y the year.",
        Kind.TEXT,
        example=_day,
    ),
    Row(
        "times",
        "Posts",
        "Times in a new post",
        "Whether the prose made of notes says when each was said.",
        Kind.CHOICE,
        choices=(("none", "None"), ("inline", "In the text"), ("superscript", "Above the line")),
    ),
    Row(
        "pictures_in_list",
        "Posts",
        "Pictures in lists",
        "Style List shows the snapshots of notes, too.",
        Kind.SWITCH,
    ),
    Row(
        "part_links",
        "Posts",
        "Links between parts",
        "Each part of a notebook ends with links to the other parts that are published.",
        Kind.SWITCH,
    ),
    Row(
        "raw_html",
        "Posts",
        "HTML in texts",
        "What you type as HTML goes into posts as HTML; else readers see it as you typed it.",
        Kind.SWITCH,
    ),
    Row(
        "site_folder",
        "Site",
        "Export to",
        "The folder offered first for a post; empty for that of the notebook.",
        Kind.FOLDER,
    ),
    Row(
        "conventions",
        "Site",
        "Like your site",
        "What new posts have from the posts of your site: their folder, names and front matter.",
        Kind.LEARNED,
    ),
    Row(
        "picture_format",
        "Site",
        "Pictures",
        "What snapshots are made for a post, at most 1600 pixels wide or high.",
        Kind.CHOICE,
        choices=(("webp", "WEBP"), ("jpeg", "JPEG"), ("png", "PNG")),
    ),
    Row(
        "per_talk",
        "Site",
        "One file per talk",
        "An export writes a file for each talk, and an index that links them.",
        Kind.SWITCH,
    ),
    Row(
        "quality",
        "Web",
        "Quality",
        "How tall a picture is asked of web pages; less for a slow connection.",
        Kind.CHOICE,
        choices=(
            *((height, f"Up to {height}p") for height in (2160, 1440, 1080, 720, 480, 360)),
            (0, "Sound alone"),
        ),
        take=_quality,
    ),
    Row(
        "language",
        "Web",
        "Language of captions",
        "Which captions are taken of several, as en or pt-BR; empty for your desktop's.",
        Kind.TEXT,
    ),
    Row(
        "downloads_folder",
        "Web",
        "Download to",
        "Where recordings are kept; empty for the desktop's folder of videos.",
        Kind.FOLDER,
    ),
    Row("keys", "Keys", "Keys", "Which keys commands have.", Kind.KEYS),
)


def shown(row: Row, value: Any) -> str:
    """How a value is written in its field; choices by their words."""
    if row.zero and value == 0:
        return row.zero
    if row.kind == Kind.SECONDS:
        return f"{value / 1000:g}"
    if row.kind == Kind.LEARNED:
        return learning.in_words(value) or "Nothing learned yet"
    if row.kind == Kind.CHOICE:
        return next((words for each, words in row.choices if each == value), str(value))
    return f"{value:g}" if row.kind == Kind.NUMBER else str(value)


def parsed(row: Row, text: str) -> Any:
    """The value of what was typed. Raises `UserError`, which says what is accepted."""
    if row.kind == Kind.CHOICE:
        return next(value for value, words in row.choices if words == text)
    if row.kind in (Kind.TEXT, Kind.FOLDER):
        return text.strip() if row.kind == Kind.FOLDER else text
    if row.zero and text.strip() in ("", row.zero):
        return 0
    try:
        number = float(text.strip().removesuffix(row.unit or "s").removesuffix("s").replace(",", "."))
        value = round(number * 1000) if row.kind == Kind.SECONDS else number
        if row.kind == Kind.NUMBER and value == int(value):
            value = int(value)
    except (ValueError, OverflowError):
        raise UserError(accepted(row)) from None
    if not valid(row.setting, value):
        raise UserError(accepted(row))
    return value


def accepted(row: Row) -> str:
    """What may be typed, as a sentence."""
    low, high = limits(row.setting)
    if row.kind == Kind.SECONDS:
        return f"Type seconds, {low / 1000:g} to {high / 1000:g}, such as 2 or 1.5."
    zero = f" (0 or “{row.zero}” for what the desktop has)" if row.zero else ""
    return f"Type a number, {low:g} to {high:g}{zero}."


def stepped(row: Row, value: float, by: int) -> float:
    """The value some steps further, within its limits."""
    low, high = limits(row.setting)
    step = row.step * 1000 if row.kind == Kind.SECONDS else row.step
    moved = min(max(low, value + by * step), high)
    return round(moved) if row.kind == Kind.SECONDS or float(row.step).is_integer() else round(moved, 4)
