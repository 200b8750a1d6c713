"""`desktopnotes export`: a post made of a notebook, to the standard output or to files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.cli.answers import DONE, UsageError, put, say
from desktopnotes.model.errors import UserError

if TYPE_CHECKING:
    from desktopnotes.export.result import Export
    from desktopnotes.model.notebook import Notebook, Post


def add_to(export: argparse.ArgumentParser) -> None:
    from desktopnotes.export import sites, templates
    from desktopnotes.model.notebook import Times

    export.add_argument("notebook", metavar="NOTEBOOK", type=Path)
    which = export.add_mutually_exclusive_group()
    which.add_argument("--post", metavar="N|ID", default="", help="which post (default: the first)")
    which.add_argument("--talk", metavar="ID", default="", help="one talk alone")
    export.add_argument("--as", dest="kind", choices=("post",), default="post", help="what to make")
    export.add_argument(
        "--style",
        choices=templates.style_names(),
        default="",
        help="how the talks are set out (default: the post’s own)",
    )
    export.add_argument(
        "--site",
        choices=sites.site_names(),
        default="",
        help="what it is published by (default: the post’s own)",
    )
    export.add_argument(
        "--times",
        choices=tuple(Times),
        default="",
        help="the notes’ times in prose (default: the post’s own)",
    )
    export.add_argument(
        "-o",
        dest="output",
        metavar="FILE|FOLDER|-",
        default="-",
        help="where to: a file if it ends in .md, else a folder (default: -, the standard output)",
    )
    export.add_argument("--overwrite", action="store_true", help="replace a file that exists")
    export.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from desktopnotes.export import post as exporter
    from desktopnotes.export.options import options_of
    from desktopnotes.storage import paths, settings_file, store

    opened = store.open_notebook(options.notebook)
    loaded = settings_file.read()
    settings = loaded.settings
    notebook = opened.notebook
    export = exporter.exported(
        notebook,
        _wanted_post(notebook, options, settings.title_pattern),
        options_of(
            settings,
            pictures_folder=opened.path.parent / (notebook.pictures or store.pictures_name(opened.path)),
            styles_folder=paths.styles_folder(),
            style=options.style,
            site=options.site,
            times=options.times,
        ),
    )
    for message in (*loaded.messages, *export.notices):
        say(message)
    if options.output == "-":
        return _to_stdout(export)
    return _to_disk(export, Path(options.output), options)


def _wanted_post(notebook: Notebook, options: argparse.Namespace, title_pattern: str) -> Post:
    """The post named by `--post` or `--talk`, else the first; where there is none, one of all talks."""
    from desktopnotes.export import post as exporter

    if options.talk:
        talk = notebook.talk(options.talk)
        if talk is None:
            known = ", ".join(f"{talk.id} ({talk.title})" for talk in notebook.talks)
            raise UsageError(f"There is no talk “{options.talk}” in this notebook.", f"It has: {known}.")
        return exporter.post_of_talk(notebook, talk)
    if options.post:
        return _numbered_post(notebook, options.post)
    if notebook.posts:
        return notebook.posts[0]
    post = exporter.post_of_all(notebook, title_pattern)
    if not post.talks:
        raise UserError("There is nothing to export: no talk of this notebook has notes or a write-up.")
    return post


def _numbered_post(notebook: Notebook, wanted: str) -> Post:
    if post := notebook.post(wanted):
        return post
    if wanted.isdecimal() and 1 <= int(wanted) <= len(notebook.posts):
        return notebook.posts[int(wanted) - 1]
    known = ", ".join(f"{number} ({post.title})" for number, post in enumerate(notebook.posts, 1))
    raise UsageError(f"There is no post “{wanted}” in this notebook.", f"It has: {known or 'none'}.")


def _to_stdout(export: Export) -> int:
    if export.pictures:
        say(f"The text links {_pictures(len(export.pictures))}; -o writes what it links beside it.")
    put(export.text)
    return DONE


def _to_disk(export: Export, output: Path, options: argparse.Namespace) -> int:
    from desktopnotes.export.writing import write

    is_file = output.suffix == Path(export.file_name).suffix
    file = output if is_file else output / export.file_name
    written = write(export, file, overwrite=options.overwrite)
    pictures = len(written.paths) - 1
    say(f"Wrote {written.paths[0]}" + (f" and {_pictures(pictures)} beside it." if pictures else "."))
    return DONE


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"
