"""How posts are made, whatever the post: what the settings say, and what is asked for this once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktopnotes.export.conventions import Conventions, conventions_of
from desktopnotes.model.settings import Settings

_DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Options:
    """An empty `style`, `site` or `times` is the post's own.

    `pictures_folder` is where the notebook's snapshots lie, `styles_folder` where the user's own styles do;
    None where there are none. `picture_format` is "webp", "jpeg" or "png". `pictures_in_list` shows
    snapshots in style list too. `raw_html` lets HTML of texts through as it is. `part_links` links the parts
    of a notebook with each other. `per_talk` makes a file of each talk, with an index.
    """

    style: str = ""
    site: str = ""
    times: str = ""
    title_separator: str = _DEFAULTS.title_separator
    date_form: str = _DEFAULTS.date_form
    pictures_folder: Path | None = None
    picture_format: str = _DEFAULTS.picture_format
    pictures_in_list: bool = False
    raw_html: bool = False
    part_links: bool = False
    per_talk: bool = False
    styles_folder: Path | None = None
    conventions: Conventions = field(default_factory=Conventions)


def options_of(
    settings: Settings,
    *,
    pictures_folder: Path | None = None,
    styles_folder: Path | None = None,
    style: str = "",
    site: str = "",
    times: str = "",
    per_talk: bool = False,
) -> Options:
    """What the user has set, and the folders that the settings do not know."""
    return Options(
        style=style,
        site=site,
        times=times,
        title_separator=settings.title_separator,
        date_form=settings.date_form,
        pictures_folder=pictures_folder,
        picture_format=settings.picture_format,
        pictures_in_list=settings.pictures_in_list,
        raw_html=settings.raw_html,
        part_links=settings.part_links,
        per_talk=per_talk,
        styles_folder=styles_folder,
        conventions=conventions_of(settings.conventions),
    )
