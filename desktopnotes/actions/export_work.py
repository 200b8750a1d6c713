"""What an export does on a worker: the post is made, what lies there is looked at, all is written and kept.

Nothing is written before it is known what becomes of every file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import post
from desktopnotes.media.background import Progress
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.storage import paths
from desktopnotes.words import _, ngettext, number

if TYPE_CHECKING:
    from desktopnotes.export.looking import Answer, Looked
    from desktopnotes.export.options import Options
    from desktopnotes.export.result import Export
    from desktopnotes.export.writing import Target, Written

_POSTS = (".md", ".markdown", ".mdx", ".html")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is exported: the post as it is when the key is pressed, put into the notebook when it is done.

    `path` is where that notebook lies: the user may open another one meanwhile.
    """

    path: Path
    talk_id: str
    notebook: Notebook
    post: Post
    options: Options

    @property
    def whose(self) -> str:
        from desktopnotes.storage import exported_texts  # a start does without it

        return exported_texts.whose(self.notebook.id, self.post.id)


@dataclass(frozen=True, slots=True)
class Made:
    """How far it is: what the post comes to, where it goes and what lies there, what was written."""

    export: Export
    target: Target | None = None
    looked: tuple[Looked, ...] = ()
    answers: Mapping[Path, Answer] = field(default_factory=dict)
    replaces_pictures: bool = False
    written: Written | None = None
    notices: tuple[str, ...] = ()

    def answer(self, looked: Looked) -> Answer:
        from desktopnotes.export.looking import MERGED  # a start does without it

        return self.answers.get(looked.path, MERGED)


def make(wanted: Wanted, path: Path | None, progress: Progress) -> Made:
    """Written too, where it is known where to and nothing needs an answer."""
    from desktopnotes.export.post import exported  # a start does without it

    export = exported(wanted.notebook, wanted.post, wanted.options)
    told = post.to_look_at(wanted.notebook, wanted.post, wanted.options, export)
    made = Made(replace(export, notices=told))
    return look(wanted, made, path, progress) if path and _may_go_to(path, wanted) else made


def _may_go_to(path: Path, wanted: Wanted) -> bool:
    """Whether the post may go there unasked: the notebook says so, which may be somebody else's.

    Where a file is, it is looked at before, and asked about. A new one is made where this user has exported
    the post to, and beside the notebook under a name that means nothing to the system.
    """
    from desktopnotes.storage import exported_texts  # a start does without it

    folder, real = Path(os.path.realpath(wanted.path.parent)), Path(os.path.realpath(path))
    within = real.relative_to(folder).parts if real.is_relative_to(folder) else (".",)
    is_beside = real.suffix.lower() in _POSTS and not any(part.startswith(".") for part in within)
    is_known = path.exists() or is_beside or exported_texts.last(path, wanted.whose) is not None
    return path.parent.is_dir() and is_known


def look(wanted: Wanted, made: Made, path: Path, progress: Progress) -> Made:
    """What lies at `path`, and written too where nothing needs an answer."""
    from desktopnotes.export import chosen, looking, writing  # a start does without them
    from desktopnotes.storage import exported_texts

    def last(path: Path) -> str | None:
        known = exported_texts.last(path, wanted.whose)
        return known.text if known else None

    form = chosen.site_of(wanted.post, wanted.options)
    root_of = partial(form.root_of, conventions=wanted.options.conventions.of(form.name))
    target = writing.target_of(made.export, path, root_of)
    made = replace(made, target=target, looked=looking.look(made.export, target, last, progress.check))
    return made if any(each.needs_an_answer for each in made.looked) else write(wanted, made, progress)


def write(wanted: Wanted, made: Made, progress: Progress) -> Made:
    """Writes what the answers say. Raises `WouldOverwriteError` for pictures that were changed by hand."""
    from desktopnotes.export import writing  # a start does without it
    from desktopnotes.storage import exported_texts

    assert made.target
    known = exported_texts.last(made.target.file, wanted.whose)
    pictures = writing.Pictures(
        {name: (each.of, each.sha256) for name, each in known.pictures.items()} if known else {},
        made.replaces_pictures,
        _tell_pictures(progress),
        paths.made_pictures_folder(),
    )
    texts = [each.to_write(made.answer(each)) for each in made.looked]
    written = writing.write_all(made.target, texts, made.export.pictures, pictures)
    return replace(made, written=written, notices=_keep(wanted, made, written))


def _tell_pictures(progress: Progress) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        told = ngettext("{done} of {n} picture", "{done} of {n} pictures", of)
        progress.report(done / of, told.format(done=number(done), n=number(of)))

    return tell


def _keep(wanted: Wanted, made: Made, written: Written) -> tuple[str, ...]:
    """Keeps what was exported, to tell hand edits from it; it is written already if that cannot be done."""
    from desktopnotes.storage import exported_texts  # a start does without it
    from desktopnotes.storage.exported_texts import Last
    from desktopnotes.storage.exported_texts import Made as Picture

    pictures = {str(each.path): Picture(each.of, each.sha256) for each in written.pictures}
    try:
        for index, each in enumerate(made.looked):
            if not made.answer(each).leaves:
                exported_texts.keep(each.path, Last(each.made, wanted.whose, {} if index else pictures))
    except UserError as error:
        told = _("The next export will ask instead of merging: {message}")
        return (told.format(message=error.message),)
    return ()
