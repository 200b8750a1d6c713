"""`desktopnotes export`: a post and what else is made of a notebook, to the standard output or to files."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.cli import to_disk
from desktopnotes.cli.answers import DONE, EXIT_CODES, NO, UsageError, put, say
from desktopnotes.model.errors import UserError
from desktopnotes.model.listing import listed
from desktopnotes.model.notebook import Site, Style, Times
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktopnotes.export.checks import Check
    from desktopnotes.export.options import Options
    from desktopnotes.export.result import Export
    from desktopnotes.model.notebook import Notebook, Post, Talk
    from desktopnotes.model.settings import Settings
    from desktopnotes.storage.opening import Opened

POST, PAGE = "post", "page"
KINDS = (POST, PAGE, "chapters-youtube", "chapters-vtt", "chapters-json", "vtt", "csv", "text")
"""What can be made; those after the first two are the rows of `export.interchange.outputs`."""

_OF_POSTS = ("style", "site", "times", "per_talk", "strict")

_ABOUT = _("""\
Makes a post of a notebook, or something else of its notes. Needs neither a display nor VLC.

Without --post it is the first post; where the notebook has none, one of all talks with notes or a
write-up. What should be looked at is said on the standard error, one sentence a line.""")

_MORE = _("""\
--as: post (Markdown, the default), page (one HTML file), chapters-youtube, chapters-vtt, chapters-json
(Podcasting 2.0), vtt (notes as subtitles), csv (a table of the notes), text.
--style: {styles}, or one of your own (NAME.md.j2 in the folder “styles” beside settings.json).

{exit_codes}""").format(styles=", ".join(Style), exit_codes=EXIT_CODES)


def add_to(export: argparse.ArgumentParser) -> None:
    export.description, export.epilog = _ABOUT, _MORE
    export.formatter_class = argparse.RawDescriptionHelpFormatter
    export.add_argument("notebook", metavar=_("NOTEBOOK"), type=Path, help=_("the file NAME.talknotes.json"))
    which = export.add_mutually_exclusive_group()
    which.add_argument(
        "--post", metavar="N|ID", default="", help=_("which post: its number, from 1, or its id")
    )
    which.add_argument("--talk", metavar="ID", default="", help=_("one talk alone"))
    export.add_argument(
        "--as", dest="kind", metavar=_("WHAT"), choices=KINDS, default=POST, help=_("see below")
    )
    export.add_argument(
        "--style", metavar=_("STYLE"), default="", help=_("how the talks are set out, see below")
    )
    export.add_argument(
        "--site",
        choices=tuple(site.value for site in Site if site.value != PAGE),
        default="",
        help=_("what it is published by (default: the post’s own)"),
    )
    export.add_argument(
        "--times",
        choices=tuple(Times),
        default="",
        help=_("the notes’ times in prose (default: the post’s own)"),
    )
    export.add_argument(
        "--per-talk", action="store_true", help=_("a file for each talk, and an index of them")
    )
    export.add_argument(
        "-o",
        dest="output",
        metavar=_("FILE|FOLDER|-"),
        default="-",
        help=_(
            "where to: a file where it has the suffix of what is made (.md, .html, .vtt, …), else a "
            "folder, which is made and takes the files under their own names; - is the standard output "
            "(the default), for one text alone"
        ),
    )
    export.add_argument(
        "--overwrite",
        action="store_true",
        help=_(
            "write over files that exist, where nothing would be written else. What was edited by hand "
            "in a post that was exported from here is kept either way; where the notebook changed the "
            "same place, nothing is written without this flag, and with it the notebook stands"
        ),
    )
    export.add_argument(
        "--strict",
        action="store_true",
        help=_(
            "write nothing, and end with 1, where something in the post is to be put right; what is "
            "only told (private notes left out, notes that a write-up does not use) does not count"
        ),
    )
    export.set_defaults(run=_run)


def _run(wanted: argparse.Namespace) -> int:
    from desktopnotes.export.kept import nothing_kept
    from desktopnotes.export.options import options_of
    from desktopnotes.storage import names, opening, paths, settings_file

    if wanted.kind not in (POST, PAGE):
        _refuse_flags_of_posts(wanted)
    if wanted.kind == PAGE and wanted.site:
        raise UsageError(_("A page is for no site: --site cannot be given with --as page."))
    opened = opening.open_notebook(wanted.notebook)
    loaded = settings_file.read()
    for message in loaded.messages:
        say(message)
    options = options_of(
        loaded.settings,
        pictures_folder=opened.path.parent / (opened.notebook.pictures or names.pictures_name(opened.path)),
        styles_folder=paths.styles_folder(),
        style=wanted.style,
        site=PAGE if wanted.kind == PAGE else wanted.site,
        times=wanted.times,
        per_talk=wanted.per_talk,
    )
    with nothing_kept():
        if wanted.kind in (POST, PAGE):
            return _make_post(opened, wanted, options, loaded.settings)
        return _make_other(opened.notebook, wanted, options, loaded.settings)


def _refuse_flags_of_posts(wanted: argparse.Namespace) -> None:
    given = [name for name in _OF_POSTS if getattr(wanted, name)]
    if given:
        flags = listed(f"--{name.replace('_', '-')}" for name in given)
        raise UsageError(_("{flags} can be given only with --as post and --as page.").format(flags=flags))


# --- what is made ------------------------------------------------------------------------------------


def _make_post(opened: Opened, wanted: argparse.Namespace, options: Options, settings: Settings) -> int:
    from desktopnotes.export import chosen, templates
    from desktopnotes.export import post as exporter
    from desktopnotes.storage import exported_texts

    if wanted.style and wanted.style not in (known := templates.style_names(options.styles_folder)):
        raise UsageError(
            _("There is no style “{style}”.").format(style=wanted.style),
            _("There are: {styles}.").format(styles=", ".join(known)),
        )
    notebook = opened.notebook
    talk, post = _which(notebook, wanted, settings)
    post = exporter.post_of_talk(notebook, talk) if talk else post
    export = exporter.exported(notebook, post, options)
    _refuse_several(export, wanted.output, _("-o FOLDER takes them."))
    found = _checks(opened, post, options, export, settings)
    for message in (*export.notices, *(check.message for check in found)):
        say(message)
    to_mend = sum(not check.only_told for check in found)
    if wanted.strict and to_mend:
        told = ngettext(
            "Nothing was written, as {count} thing is to be put right first (--strict).",
            "Nothing was written, as {count} things are to be put right first (--strict).",
            to_mend,
        )
        say(told.format(count=to_mend))
        return NO
    form = chosen.site_of(post, options)
    whose = exported_texts.whose(notebook.id, talk.id if talk else post.id)
    root_of = partial(form.root_of, conventions=options.conventions.of(form.name))
    return _put(export, wanted, whose, root_of)


def _checks(
    opened: Opened, post: Post, options: Options, export: Export, settings: Settings
) -> Sequence[Check]:
    from desktopnotes.export.checks import checks
    from desktopnotes.model.transcript import Transcript
    from desktopnotes.storage import names

    def captions(talk: Talk) -> Transcript | None:
        from desktopnotes.said_in_talks import SaidInTalks  # only quotes need what reads captions

        return SaidInTalks(lambda file: names.absolute(file, opened.path), language=settings.language)(talk)

    return checks(opened.notebook, post, options, export=export, captions=captions, today=date.today())


def _make_other(notebook: Notebook, wanted: argparse.Namespace, options: Options, settings: Settings) -> int:
    from desktopnotes.export.interchange import outputs
    from desktopnotes.storage import exported_texts

    talk, post = _which(notebook, wanted, settings)
    export = outputs.output(wanted.kind).make(notebook, talk or post, options)
    _refuse_several(export, wanted.output, _("-o FOLDER takes them, --talk ID makes one of them."))
    for message in export.notices:
        say(message)
    whose = exported_texts.whose(notebook.id, talk.id if talk else post.id, wanted.kind)
    return _put(export, wanted, whose, None)


# --- which post --------------------------------------------------------------------------------------


def _which(notebook: Notebook, wanted: argparse.Namespace, settings: Settings) -> tuple[Talk | None, Post]:
    """The talk of `--talk`; the post of `--post`, else the first; where there is none, one of all talks."""
    from desktopnotes.export import post as exporter

    if wanted.talk:
        talk = notebook.talk(wanted.talk)
        if talk is None:
            known = ", ".join(f"{talk.id} ({talk.title})" for talk in notebook.talks)
            raise UsageError(
                _("There is no talk “{talk}” in this notebook.").format(talk=wanted.talk),
                _("It has: {talks}.").format(talks=known),
            )
        return talk, exporter.post_of_talk(notebook, talk)
    if wanted.post:
        return None, _numbered_post(notebook, wanted.post)
    if notebook.posts:
        return None, notebook.posts[0]
    post = exporter.post_of_all(notebook, settings.title_pattern)
    if not post.talks:
        raise UserError(_("There is nothing to export: no talk of this notebook has notes or a write-up."))
    return None, post


def _numbered_post(notebook: Notebook, wanted: str) -> Post:
    if post := notebook.post(wanted):
        return post
    if wanted.isdecimal() and 1 <= int(wanted) <= len(notebook.posts):
        return notebook.posts[int(wanted) - 1]
    known = ", ".join(f"{number} ({post.title})" for number, post in enumerate(notebook.posts, 1))
    raise UsageError(
        _("There is no post “{post}” in this notebook.").format(post=wanted),
        _("It has: {posts}.").format(posts=known) if known else _("It has: none."),
    )


# --- where to ----------------------------------------------------------------------------------------


def _refuse_several(export: Export, output: str, hint: str) -> None:
    """Several files go neither to the standard output nor into one file."""
    if len(export.files) > 1 and (output == "-" or to_disk.names_a_file(export, Path(output))):
        told = ngettext("This makes {count} file.", "This makes {count} files.", len(export.files))
        raise UsageError(told.format(count=len(export.files)), hint)


def _to_stdout(export: Export) -> int:
    if export.pictures:
        told = ngettext(
            "The text links {count} picture; -o writes what it links beside it.",
            "The text links {count} pictures; -o writes what it links beside it.",
            len(export.pictures),
        )
        say(told.format(count=len(export.pictures)))
    put(export.text)
    return DONE


def _put(
    export: Export, wanted: argparse.Namespace, whose: str, root_of: Callable[[Path], Path] | None
) -> int:
    if wanted.output == "-":
        return _to_stdout(export)
    output = Path(wanted.output)
    to_disk.write(export, output, whose=whose, overwrite=wanted.overwrite, root_of=root_of)
    return DONE
