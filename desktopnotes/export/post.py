"""A post: made of a notebook's talks, and written with its pictures. Making one writes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktopnotes.export import languages, links, passages, sites, templates, views
from desktopnotes.export.views import Album, PictureToCopy, TalkView
from desktopnotes.files import read_regular, replace_file
from desktopnotes.model.errors import WouldOverwriteError, WriteError
from desktopnotes.model.notebook import Kind, Notebook, Post, Style, Talk
from desktopnotes.model.settings import Settings

_DEFAULTS = Settings()
_LARGEST_PICTURE_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Export:
    """What would be written. `file_name` is the site's own; `pictures` lie beside the file, by their `path`.

    `notices` say what was left out and why, one sentence each.
    """

    text: str
    file_name: str
    pictures: tuple[PictureToCopy, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The files that are on the disk now: the post, then its pictures."""

    paths: tuple[Path, ...]


def exported(
    notebook: Notebook,
    post: Post,
    *,
    pictures_folder: Path | None = None,
    style: str = "",
    site: str = "",
    times: str = "",
    title_separator: str = _DEFAULTS.title_separator,
    date_form: str = _DEFAULTS.date_form,
) -> Export:
    """The post as Markdown. An empty `style`, `site` or `times` is the post's own.

    `pictures_folder` is where the notebook's snapshots lie. Raises `UserError` for a style or site asked for
    by name that there is none of; what a post itself names falls back to what there is, with a notice.
    """
    notices: list[str] = []
    form = sites.site(site or _known(post.site, sites.site_names(), sites.PLAIN.name, notices))
    style = style or _known(post.style, templates.style_names(), Style.LIST, notices)
    words = languages.language(post.lang)
    head = _head(post, notebook, date_form, words, notices)
    talks = _talks(notebook, post, notices)
    intro, closing = passages.passage(post.intro), passages.passage(post.closing.strip())
    album = Album(pictures_folder, form.pictures_folder(head))
    text = templates.rendered(
        style,
        opening=form.opening(head),
        intro=intro,
        talks=[TalkView(talk, words, times or post.times, album) for talk in talks],
        closing=closing,
        separator=title_separator,
        # Two lists with one sign would be a single list.
        bullet="*" if "-" in (intro.last_bullet, closing.first_bullet) else "-",
    )
    notices += (f"The picture “{name}” was left out: it is not there." for name in album.missing)
    return Export(text, form.file_name(head), tuple(album.shown), tuple(notices))


def post_of_all(notebook: Notebook, title_pattern: str = _DEFAULTS.title_pattern) -> Post:
    """The post of a notebook that has none: all talks with notes or a write-up."""
    event = notebook.title.strip() or "Talks"
    title = title_pattern.replace("{event}", event).replace("{n}", str(len(notebook.posts) + 1))
    talks = tuple(talk.id for talk in notebook.talks if not views.is_left_out(talk))
    return Post(id="", title=title, talks=talks)


def post_of_talk(notebook: Notebook, talk: Talk) -> Post:
    """The post of a single talk, in the style of the post that the talk stands in."""
    own = notebook.post_of(talk.id) or Post(id="")
    return replace(
        own, id="", title=views.title(talk), slug="", date="", intro="", closing="", talks=(talk.id,)
    )


def _known(name: str, names: tuple[str, ...], otherwise: str, notices: list[str]) -> str:
    if name in names:
        return name
    notices.append(f"This version knows no “{name}”, so “{otherwise}” was taken instead.")
    return otherwise


def _head(
    post: Post, notebook: Notebook, date_form: str, words: languages.Language, notices: list[str]
) -> sites.Head:
    title = post.title.strip() or notebook.title.strip() or "Notes"
    day = post.date.strip()
    try:
        date_line = languages.written_date(date.fromisoformat(day), date_form, words) if day else ""
    except ValueError:
        notices.append(f"“{day}” is not a date like 2018-01-12, so it was written as it is.")
        date_line = day
    return sites.Head(title, day, date_line, sites.slug(post.slug.strip() or title))


def _talks(notebook: Notebook, post: Post, notices: list[str]) -> list[Talk]:
    """The post's talks that have something to say, in its order."""
    by_id = {talk.id: talk for talk in reversed(notebook.talks)}
    ids = tuple(dict.fromkeys(post.talks))
    notices += (f"The talk “{talk_id}” is not in the notebook." for talk_id in ids if talk_id not in by_id)
    there = [by_id[talk_id] for talk_id in ids if talk_id in by_id]
    for talk in there:
        if views.is_left_out(talk):
            notices.append(f"“{views.title(talk)}” was left out: it has neither notes nor a write-up.")
        elif not links.is_public(talk.url):
            notices.append(f"“{views.title(talk)}” has no public link.")
    talks = [talk for talk in there if not views.is_left_out(talk)]
    private = sum(note.kind == Kind.PRIVATE for talk in talks for note in talk.notes)
    if private:
        notices.append(
            "1 private note was left out." if private == 1 else f"{private} private notes were left out."
        )
    return talks


# --- writing -----------------------------------------------------------------------------------------


def write(export: Export, target: Path, overwrite: bool = False) -> Written:
    """Writes the post to the file `target` (in a folder: under its own name), its pictures beside it first.

    Raises `WouldOverwriteError` where another file would be lost (nothing is written then), and `WriteError`.
    """
    file = target / export.file_name if target.is_dir() else target
    pictures = [(picture.source, file.parent / picture.path) for picture in export.pictures]
    for path in (file, *(path for _, path in pictures)):
        _refuse_to_leave(file.parent, path)
    if not overwrite and os.path.lexists(file):
        raise WouldOverwriteError(
            f"“{file.name}” exists already and was left as it is.", "Choose another name."
        )
    contents = [(path, read_regular(source, _LARGEST_PICTURE_BYTES)) for source, path in pictures]
    new = [(path, content) for path, content in contents if not _is_there(path, content, overwrite)]
    for path, content in new:
        replace_file(path, content, make_folder=True)
    replace_file(file, export.text.encode(), overwrite=overwrite, make_folder=True)
    return Written((file, *(path for _, path in pictures)))


def _is_there(path: Path, content: bytes, overwrite: bool) -> bool:
    """Whether that very picture lies there already. Raises `WouldOverwriteError` if another one does."""
    if not path.exists():
        return False
    same = path.stat().st_size == len(content) and read_regular(path, _LARGEST_PICTURE_BYTES) == content
    if not same and not overwrite:
        raise WouldOverwriteError(
            f"Another picture “{path.name}” lies in “{path.parent.name}” already; nothing was written.",
            "Choose another folder.",
        )
    return same


def _refuse_to_leave(folder: Path, path: Path) -> None:
    """A link planted in the folder must not carry what is written out of it."""
    allowed = Path(os.path.realpath(folder))
    if not Path(os.path.realpath(path)).is_relative_to(allowed):
        raise WriteError(
            f"“{path.name}” would lie outside “{folder.name}”, as a link leads there. Nothing was written.",
            "Remove the link, or choose another folder.",
        )
