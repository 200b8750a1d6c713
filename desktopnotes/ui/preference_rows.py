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
from desktopnotes.words import TAG, _, number

GROUPS = (_("Writing"), _("Playback"), _("Looks"), _("Posts"), _("Site"), _("Web"), _("Keys"))


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
    return _("For instance “{example}”").format(
        example=pattern.replace("{event}", "KubeCon 2017").replace("{n}", "2")
    )


def _day(form: str) -> str:
    from desktopnotes.export import languages  # a start does without it

    example = languages.written_date(date(2018, 1, 12), form, languages.language(TAG))
    return _("For instance “{example}”").format(example=example)


def _byline(separator: str) -> str:
    return _("For instance “{example}”").format(example=separator.join((_("A Talk"), _("A. Speaker"))))


def _quality(session: Session, _: str, height: int) -> None:
    quality.choose(session, height)


ROWS: tuple[Row, ...] = (
    Row(
        "stamp_back_ms",
        _("Writing"),
        _("Reaction time"),
        _("How long before its first key a note is stamped, since you heard it before you typed."),
        Kind.SECONDS,
        step=0.5,
    ),
    Row(
        "pause_while_writing",
        _("Writing"),
        _("Pause while you write"),
        _("The talk pauses at the first key of a note and plays on when you end it."),
        Kind.SWITCH,
    ),
    Row(
        "follow",
        _("Writing"),
        _("Follow the talk"),
        _("The page scrolls with the talk while you do not write."),
        Kind.SWITCH,
    ),
    Row(
        "hints",
        _("Writing"),
        _("Show hints"),
        _("Now and then a line at the foot of the window says what could help just now."),
        Kind.SWITCH,
    ),
    Row(
        "skip_ms",
        _("Playback"),
        _("Back and forward by"),
        _("How far the keys for back and forward go."),
        Kind.SECONDS,
    ),
    Row(
        "step_back_on_resume_ms",
        _("Playback"),
        _("Step back on resume"),
        _("After a pause the talk begins so much earlier, to find the thread again."),
        Kind.SECONDS,
        step=0.5,
    ),
    Row(
        "rate_step",
        _("Playback"),
        _("Slower and faster by"),
        _("How much the keys for the speed change it; 0.1 makes 1.1 times of 1."),
        Kind.NUMBER,
        unit=_("times"),
        step=0.05,
    ),
    Row(
        "theme",
        _("Looks"),
        _("Colours"),
        _("Dark text on a light window, light on a dark one, or as the desktop is."),
        Kind.CHOICE,
        choices=(("system", _("Like the system")), ("light", _("Light")), ("dark", _("Dark"))),
    ),
    Row(
        "font_size",
        _("Looks"),
        _("Text size"),
        _("The size of all text; everything else grows with it."),
        Kind.NUMBER,
        unit=_("points"),
        zero=_("the system's"),
    ),
    Row(
        "title_pattern",
        _("Posts"),
        _("Title of a new post"),
        _("{event} is the name of the notebook, {n} the number of the post."),
        Kind.TEXT,
        example=_title,
    ),
    Row(
        "title_separator",
        _("Posts"),
        _("Between title and speakers"),
        _("What stands between a talk's title and those who gave it, in posts."),
        Kind.TEXT,
        example=_byline,
    ),
    Row(
        "date_form",
        _("Posts"),
        _("Dates"),
        _("How dates are written in posts: %d is the day, %b the month, %Y the year."),
        Kind.TEXT,
        example=_day,
    ),
    Row(
        "times",
        _("Posts"),
        _("Times in a new post"),
        _("Whether the prose made of notes says when each was said."),
        Kind.CHOICE,
        choices=(("none", _("None")), ("inline", _("In the text")), ("superscript", _("Above the line"))),
    ),
    Row(
        "pictures_in_list",
        _("Posts"),
        _("Pictures in lists"),
        _("Style List shows the snapshots of notes, too."),
        Kind.SWITCH,
    ),
    Row(
        "part_links",
        _("Posts"),
        _("Links between parts"),
        _("Each part of a notebook ends with links to the other parts that are published."),
        Kind.SWITCH,
    ),
    Row(
        "raw_html",
        _("Posts"),
        _("HTML in texts"),
        _("What you type as HTML goes into posts as HTML; else readers see it as you typed it."),
        Kind.SWITCH,
    ),
    Row(
        "site_folder",
        _("Site"),
        _("Export to"),
        _("The folder offered first for a post; empty for that of the notebook."),
        Kind.FOLDER,
    ),
    Row(
        "conventions",
        _("Site"),
        _("Like your site"),
        _("What new posts have from the posts of your site: their folder, names and front matter."),
        Kind.LEARNED,
    ),
    Row(
        "picture_format",
        _("Site"),
        _("Pictures"),
        _("What snapshots are made for a post, at most 1600 pixels wide or high."),
        Kind.CHOICE,
        choices=(("webp", "WEBP"), ("jpeg", "JPEG"), ("png", "PNG")),
    ),
    Row(
        "per_talk",
        _("Site"),
        _("One file per talk"),
        _("An export writes a file for each talk, and an index that links them."),
        Kind.SWITCH,
    ),
    Row(
        "quality",
        _("Web"),
        _("Quality"),
        _("How tall a picture is asked of web pages; less for a slow connection."),
        Kind.CHOICE,
        choices=(
            *(
                (height, _("Up to {height}p").format(height=height))
                for height in (2160, 1440, 1080, 720, 480, 360)
            ),
            (0, _("Sound alone")),
        ),
        take=_quality,
    ),
    Row(
        "language",
        _("Web"),
        _("Language of captions"),
        _("Which captions are taken of several, as en or pt-BR; empty for your desktop's."),
        Kind.TEXT,
    ),
    Row(
        "downloads_folder",
        _("Web"),
        _("Download to"),
        _("Where recordings are kept; empty for the desktop's folder of videos."),
        Kind.FOLDER,
    ),
    Row("keys", _("Keys"), _("Keys"), _("Which keys commands have."), Kind.KEYS),
)


def shown(row: Row, value: Any) -> str:
    """How a value is written in its field; choices by their words."""
    if row.zero and value == 0:
        return row.zero
    if row.kind == Kind.SECONDS:
        return number(float(value / 1000))
    if row.kind == Kind.LEARNED:
        return learning.in_words(value) or _("Nothing learned yet")
    if row.kind == Kind.CHOICE:
        return next((words for each, words in row.choices if each == value), str(value))
    return number(value) if row.kind == Kind.NUMBER else str(value)


def parsed(row: Row, text: str) -> Any:
    """The value of what was typed. Raises `UserError`, which says what is accepted."""
    if row.kind == Kind.CHOICE:
        return next(value for value, words in row.choices if words == text)
    if row.kind in (Kind.TEXT, Kind.FOLDER):
        return text.strip() if row.kind == Kind.FOLDER else text
    if row.zero and text.strip() in ("", row.zero):
        return 0
    try:
        typed = float(text.strip().removesuffix(row.unit or "s").removesuffix("s").replace(",", "."))
        value = round(typed * 1000) if row.kind == Kind.SECONDS else typed
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
        return _("Type seconds, {low} to {high}, such as 2 or 1.5.").format(
            low=number(low / 1000), high=number(high / 1000)
        )
    words = (
        _("Type a number, {low} to {high} (0 or “{zero}” for what the desktop has).")
        if row.zero
        else _("Type a number, {low} to {high}.")
    )
    return words.format(low=number(low), high=number(high), zero=row.zero)


def stepped(row: Row, value: float, by: int) -> float:
    """The value some steps further, within its limits."""
    low, high = limits(row.setting)
    step = row.step * 1000 if row.kind == Kind.SECONDS else row.step
    moved = min(max(low, value + by * step), high)
    return round(moved) if row.kind == Kind.SECONDS or float(row.step).is_integer() else round(moved, 4)
