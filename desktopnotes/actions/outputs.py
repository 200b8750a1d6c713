"""What a talk and a post become beside the post itself: files for other programs, and the clipboard."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from desktopnotes import files
from desktopnotes.actions import notes, post
from desktopnotes.model.errors import UserError, WouldOverwriteError
from desktopnotes.model.notebook import Talk
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import paths
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.export.interchange.outputs import Output
    from desktopnotes.export.interchange.rich import Rich
    from desktopnotes.export.options import Options
    from desktopnotes.export.result import Export

T = TypeVar("T")

_LANE = "export"
_CLIPBOARD = "clipboard"
_QUIET_MS = 400
"""What takes no longer is not told of before it is done."""

_DETAIL = _(
    "Chapters for YouTube, for players of the web (WebVTT) or of podcasts; "
    "notes as subtitles, as a table or as plain text."
)
_ANSWERS = ("YouTube", "WebVTT", _("Podcast"), _("Subtitles"), _("Table"), _("Text"))
"""The outputs in the order of their table, short enough to stand beside each other."""


def there_is_a_talk(session: Session) -> bool:
    return post.talk_meant(session) is not None


def choose(session: Session) -> None:
    """Asks what to make of the talk that is meant (see `post.talk_meant`), and makes it."""
    from desktopnotes.export.interchange.outputs import OUTPUTS  # a start does without it

    chosen = session.screen.ask_choice(_("Export the talk to what?"), _DETAIL, (*_ANSWERS, _("Cancel")))
    if chosen is not None and chosen < len(OUTPUTS):
        export(session, OUTPUTS[chosen].name)


# --- a file of the talk --------------------------------------------------------------------------------


def export(session: Session, name: str) -> None:
    """Asks where to and writes that output of the talk that is meant; no file is replaced unasked."""
    from desktopnotes.export.interchange.outputs import output  # a start does without it
    from desktopnotes.storage import exported_texts

    notes.end(session)
    wanted, notebook, talk, options = output(name), session.notebook, _talk(session), _options(session)
    folder = Path.home() if session.is_sample else session.folder

    def ask(made: Export) -> None:
        target = session.screen.ask_target(
            _("Export {what}").format(what=wanted.label), folder, made.file_name
        )
        if target is not None:
            place = target / made.file_name if target.is_dir() else target
            _write(session, made, place, exported_texts.whose(notebook.id, talk.id, name))

    _make(session, _making(wanted), lambda: wanted.make(notebook, talk, options), ask, newest="output")


_MAKING_POST = _("Making the post…")


def _making(wanted: Output) -> str:
    return _("Making {what}…").format(what=wanted.label)


def _make(
    session: Session, told: str, make: Callable[[], T], then: Callable[[T], None], *, newest: str
) -> None:
    """Makes it on a worker; what takes long is told of. What is asked for anew is made as it is by then."""
    ended: list[bool] = []

    def came(made: T) -> None:
        ended.append(True)
        then(made)

    def failed(error: Exception) -> None:
        ended.append(True)
        raise error

    def tell() -> None:
        if not ended and not task.cancelled:
            session.screen.tell(told)

    task = session.background.run(
        lambda _progress: make(), came, failed, lane=_LANE, newest=newest, gives_way=True
    )
    session.screen.later(_QUIET_MS, tell)


def _talk(session: Session) -> Talk:
    talk = post.talk_meant(session)
    if talk is None:
        raise UserError(
            _("No talk is open, so there is nothing to export."), _("Open one in the list of talks.")
        )
    return talk


def _options(session: Session) -> Options:
    from desktopnotes.export.options import options_of  # a start does without it

    return options_of(
        session.settings, pictures_folder=session.pictures_folder, styles_folder=paths.styles_folder()
    )


def _write(session: Session, made: Export, target: Path, whose: str, *, overwrite: bool = False) -> None:
    """What is there goes unasked where it is what was written there last."""

    def written(_nothing: object) -> None:
        session.trace("exported", path=str(target))
        session.screen.tell(
            _joined(_("Exported to {name}.").format(name=target.name), made.notices),
            Offer(_("Open"), lambda: session.screen.open_outside(str(target))),
            Offer(_("Show in Folder"), lambda: session.screen.open_outside(str(target.parent))),
            lasting=True,
        )

    def failed(error: Exception) -> None:
        if not isinstance(error, WouldOverwriteError):
            raise error
        detail = _("What stands in it now is lost when it is replaced.")
        if session.screen.ask_choice(error.message, detail, (_("Replace"), _("Keep It"))) == 0:
            _write(session, made, target, whose, overwrite=True)

    session.background.run(
        lambda _progress: _put(made, target, whose, overwrite=overwrite), written, failed, lane=_LANE
    )


def _put(made: Export, file: Path, whose: str, *, overwrite: bool) -> None:
    """Raises `WouldOverwriteError` where somebody else's words would be lost, and `WriteError`."""
    from desktopnotes.export import looking, writing  # a start does without them
    from desktopnotes.storage import exported_texts
    from desktopnotes.storage.exported_texts import Last

    def last(path: Path) -> str | None:
        known = exported_texts.last(path, whose)
        return known.text if known else None

    target = writing.Target(file, file.parent, PurePosixPath(made.file_name))  # by any name
    [looked] = looking.look(made, target, last, merges=False)
    if looked.needs_an_answer and not overwrite:
        raise WouldOverwriteError(_("“{name}” exists already and was left as it is.").format(name=file.name))
    if content := looked.to_write(looking.REPLACED).content:
        files.replace_file(file, content, overwrite=looked.found is not None)
    with contextlib.suppress(UserError):  # it is written; the next export asks
        exported_texts.keep(file, Last(made.text, whose))


def _joined(said: str, notices: Iterable[str]) -> str:
    return "  ".join((said, *notices))


# --- the clipboard -------------------------------------------------------------------------------------


def copy_youtube_chapters(session: Session) -> None:
    """Copies the chapters of the talk that is meant, for a description on YouTube; no post is needed.

    What would make YouTube ignore them is told first.
    """
    from desktopnotes.export.interchange.outputs import output  # a start does without it

    notes.end(session)
    notebook, talk, options = session.notebook, _talk(session), _options(session)

    def copy(made: Export) -> None:
        session.screen.copy(made.text)
        count = made.text.count("\n")
        told = ngettext(
            "{n} chapter is on the clipboard.", "{n} chapters are on the clipboard.", count
        ).format(n=count)
        session.screen.tell(_joined(told, made.notices), lasting=bool(made.notices))

    wanted = output("chapters-youtube")
    _make(session, _making(wanted), lambda: wanted.make(notebook, talk, options), copy, newest=_CLIPBOARD)


def copy_markdown(session: Session) -> None:
    """Puts the Markdown of the post of the open talk on the clipboard."""
    from desktopnotes.export.post import exported  # a start does without it

    notes.end(session)
    notebook, which = post.planned(session)
    talk_id, options, is_shown = session.talk_id, _options(session), session.shown_post == which.id

    def copy(made: Export) -> None:
        post.copy_text(session, made.text)
        if not is_shown:
            post.put_in_post(session, talk_id, which)

    _make(session, _MAKING_POST, lambda: exported(notebook, which, options), copy, newest=_CLIPBOARD)


def copy_rich(session: Session) -> None:
    """Puts the post of the open talk on the clipboard with its form: links, emphasis, pictures."""
    from desktopnotes.export.interchange.rich import rich  # a start does without it

    notes.end(session)
    notebook, which = post.planned(session)
    if not session.read_only:
        session.do(_("Put Talk into Post"), notebook)
    options = _options(session)

    def made(found: Rich) -> None:
        has_form = session.screen.copy_rich(found.html, found.text)
        said = _("The post is on the clipboard, with its links and emphasis.") if has_form else _WITHOUT_FORM
        session.screen.tell(_joined(said, found.notices), lasting=bool(found.notices))

    _make(session, _MAKING_POST, lambda: rich(notebook, which, options), made, newest=_CLIPBOARD)


_WITHOUT_FORM = _(
    "The post is on the clipboard as plain text: more than that cannot be copied on this system."
)
