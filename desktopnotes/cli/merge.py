"""`desktopnotes merge`: two versions of a notebook file become one, by hand or as a merge driver of Git."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktopnotes.cli.answers import DONE, EXIT_CODES, NO, say
from desktopnotes.model.errors import ReadError
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.model.merge import Change
    from desktopnotes.model.notebook import Notebook

_ABOUT = _("""\
Merge what THEIRS changed since BASE into the notebook OURS, which is written. Talks, notes and posts are
known by their ids, so edits to different notes never conflict. A note whose words both sides changed is kept
twice, both marked; a write-up holds both versions, marked; of other values ours is kept. BASE may be empty:
then all that either has is kept.

Git does so by itself in a folder where this was typed once:

  echo '*.talknotes.json merge=desktopnotes' >> .gitattributes
  git config merge.desktopnotes.driver 'desktopnotes merge --name %P %O %A %B'""")

_EPILOG = _("""\
Exit code 1: a conflict is left, to be settled by hand; OURS can be opened all the same. Where a file cannot
be read, was written by a newer version or is another notebook's, OURS is left as it is.""")


def add_to(calls: Any) -> None:
    """Adds the call to the parser's."""
    merge = calls.add_parser(
        "merge",
        help=_("merge two versions of a notebook file"),
        description=_ABOUT,
        epilog=f"{_EPILOG} {EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    merge.add_argument(
        "base", metavar=_("BASE"), type=Path, help=_("what both come from; may be an empty file")
    )
    merge.add_argument(
        "ours", metavar=_("OURS"), type=Path, help=_("is written, unless theirs brings nothing")
    )
    merge.add_argument("theirs", metavar=_("THEIRS"), type=Path)
    merge.add_argument(
        "--name", metavar=_("NAME"), default="", help=_("what messages call it (default: OURS)")
    )
    merge.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from desktopnotes.files import read_regular, replace_file
    from desktopnotes.model.merge import merge, sentence
    from desktopnotes.storage import codec

    name = options.name or options.ours.name
    before = read_regular(options.base, codec.LIMIT_BYTES)
    base = _notebook(before, _named(options, "base")) if before.strip() else None
    ours = _notebook(read_regular(options.ours, codec.LIMIT_BYTES), _named(options, "ours"))
    theirs = _notebook(read_regular(options.theirs, codec.LIMIT_BYTES), _named(options, "theirs"))
    if ours.id != theirs.id:
        raise ReadError(
            _(
                "“{ours}” and “{theirs}” are two notebooks, not two versions of one, so nothing was merged."
            ).format(ours=_named(options, "ours"), theirs=_named(options, "theirs")),
            _("Check the files’ names."),
        )
    merged = merge(base, ours, theirs)
    if merged.notebook is not ours:
        replace_file(options.ours, codec.encode(merged.notebook))
    taken = [change for change in merged.changes if change not in merged.conflicts]
    if words := sentence(taken):
        say(f"{name}: {words}")
    for words in _conflicts(merged.notebook, merged.conflicts):
        say(f"{name}: {words}")
    return NO if merged.conflicts else DONE


def _named(options: argparse.Namespace, which: str) -> str:
    """A file as messages call it: Git's temporary ones say nothing, so `--name` says whose they are."""
    file: Path = getattr(options, which)
    return f"{options.name} ({which})" if options.name else file.name


def _notebook(content: bytes, name: str) -> Notebook:
    """Raises `ReadError`, also where a newer version wrote it: what only that knows could be lost."""
    from desktopnotes.storage import codec

    decoded = codec.decode_any(content, name)
    if decoded.is_newer:
        raise ReadError(
            _("“{name}” was written by a newer version of Desktop Notes, so nothing was merged.").format(
                name=name
            ),
            _("Merge with that version."),
        )
    return decoded.notebook


_FIELDS = {
    "at_ms": _("a stamp"),
    "end_ms": _("the end of a stretch"),
    "unknown": _("what a newer version keeps there"),
}


_TEXTS = {
    "write_up": _("the write-up"),
    "intro": _("the introduction"),
    "closing": _("the closing"),
}


def _conflicts(notebook: Notebook, conflicts: Sequence[Change]) -> Iterable[str]:
    """A sentence for each kind of conflict, with the talks and posts that it is in."""
    from desktopnotes.model.listing import listed
    from desktopnotes.model.merge import ChangeKind
    from desktopnotes.model.merge_sentence import field_name

    twice = [change for change in conflicts if change.kind == ChangeKind.KEPT_TWICE]
    if twice:
        yield ngettext(
            "A note was changed on both sides in {places}; it is kept twice, marked “⇄”.",
            "{count} notes were changed on both sides in {places}; they are kept twice, marked “⇄”.",
            len(twice),
        ).format(count=len(twice), places=_places(notebook, twice))
    joined = [change for change in conflicts if change.kind == ChangeKind.JOINED]
    if joined:
        fields = listed(_TEXTS[field] for field in dict.fromkeys(change.field for change in joined))
        yield _(
            "Both sides changed {fields} of {places}; both versions stand there, with a line between them."
        ).format(fields=fields, places=_places(notebook, joined))
    kept = [change for change in conflicts if change.kind == ChangeKind.KEPT_OURS]
    if kept:
        names = dict.fromkeys(change.field for change in kept)
        fields = listed(_FIELDS.get(field) or field_name(field) for field in names)
        yield _("Both sides changed {fields} in {places}; ours was kept.").format(
            fields=fields, places=_places(notebook, kept)
        )


def _places(notebook: Notebook, changes: Iterable[Change]) -> str:
    """The titles of talks and posts, each once."""
    from desktopnotes.model.listing import listed

    names: dict[str, None] = {}
    for change in changes:
        talk, post = notebook.talk(change.talk_id), notebook.post(change.post_id)
        thing = talk or post
        names[f"“{thing.title}”" if thing and thing.title else _UNTITLED.get(change.what, _("a talk"))] = None
    return listed(names)


_UNTITLED = {"notebook": _("the notebook"), "post": _("a post")}
