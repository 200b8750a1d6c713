"""The styles of a post: Jinja2 templates, built in (`styles/`) or the user's own, run in the sandbox."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktopnotes.export import own_styles, sandbox
from desktopnotes.export.own_styles import SUFFIX
from desktopnotes.export.result import Place
from desktopnotes.export.views import PostView
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Style
from desktopnotes.words import _

_FOLDER = Path(__file__).parent / "styles"

_OF_A_TITLE = frozenset({"link", "plain", "plain_line", "address", "speakers", "tags", "bullet"})
"""What a template asks of a talk before it comes to what is said of it."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The Markdown of a post, and in which of its lines each part begins."""

    text: str
    places: tuple[Place, ...]


@lru_cache(maxsize=1)
def built_in() -> tuple[str, ...]:
    """The names of the styles that come with the program, in the order of menus."""
    names = {path.name.removesuffix(SUFFIX) for path in _FOLDER.glob(f"*{SUFFIX}")}
    first = [style.value for style in Style if style.value in names]
    return (*first, *sorted(names - set(first)))


def style_names(folder: Path | None = None) -> tuple[str, ...]:
    """All styles: those that come with the program, then the user's own that lie in `folder`."""
    own = own_styles.names(folder)
    return (*built_in(), *(name for name in own if name not in built_in()))


def source(style: str) -> str:
    """The text of a built-in style, for copying it."""
    return (_FOLDER / f"{style}{SUFFIX}").read_text(encoding="utf-8")


def rendered(style: str, post: PostView, folder: Path | None = None) -> Rendered:
    """The Markdown that the style makes of the post, ended by one line end.

    Raises `UserError`: for a style that there is none of, and for one of the user's own that does not work,
    with its file, the line and the cause.
    """
    values = _apart(post)
    parts = {id(values["intro"]): "intro", id(values["closing"]): "closing"}
    parts |= {id(view): view.talk.id for view in post.talks}
    now = sandbox.Run.of(sum(len(view.talk.notes) for view in post.talks), parts)
    if style in built_in():
        made = sandbox.run(_compiled(source(style), ""), values, now)
    elif style in own_styles.names(folder) and folder is not None:
        made = _own(folder / f"{style}{SUFFIX}", values, now)
    else:
        known = ", ".join(style_names(folder))
        raise UserError(
            _("There is no style “{style}”.").format(style=style),
            _("There are: {styles}.").format(styles=known),
        )
    text = made.rstrip("\n") + "\n"
    return Rendered(text, _places(text, post, now))


def _apart(post: PostView) -> dict[str, Any]:
    """The values by their names; introduction and closing are never one and the same thing."""
    values = {each.name: getattr(post, each.name) for each in fields(post)}
    return values | {name: replace(values[name]) for name in ("intro", "closing")}


@lru_cache(maxsize=16)
def _compiled(text: str, file: str) -> Any:
    """`file` stands in tracebacks, where the line of an error is found by it; "" for a built-in style."""
    from jinja2 import Template  # see `environments`

    from desktopnotes.export import environments

    made = environments.confined() if file else environments.trusted()
    code = made.compile(text, file or None, file or None)
    return Template.from_code(made, code, made.make_globals(None))


# --- the user's own ----------------------------------------------------------------------------------


def _own(path: Path, values: dict[str, Any], now: sandbox.Run) -> str:
    from jinja2 import TemplateSyntaxError  # see `environments`

    text = own_styles.read(path)
    try:
        return sandbox.run(_compiled(text, str(path)), values, now)
    except TemplateSyntaxError as error:
        raise _broken(path, error.lineno, str(error.message)) from error
    except Exception as error:  # whatever a template does, it is told as that template's
        raise _broken(path, _line_of(error, path), _cause(error)) from error


def _line_of(error: Exception, path: Path) -> int:
    lines = [at.lineno for at in traceback.extract_tb(error.__traceback__) if at.filename == str(path)]
    return next((line for line in reversed(lines) if line), 0)


def _cause(error: Exception) -> str:
    from jinja2 import TemplateNotFound, TemplateRuntimeError, TemplatesNotFound

    if isinstance(error, RecursionError):
        return _("a macro calls itself without end, or something is nested too deeply")
    if isinstance(error, MemoryError):
        return _("what it makes does not fit into this computer’s memory")
    if isinstance(error, (TemplateNotFound, TemplatesNotFound)) or "no loader" in str(error):
        return _("a style cannot take in other files")
    if isinstance(error, (TemplateRuntimeError, sandbox.TooMuchError)):
        return str(error)
    return f"{error} ({type(error).__name__})"


def _broken(path: Path, line: int, cause: str) -> UserError:
    told = _("The style “{name}”, line {line}: {why}.") if line else _("The style “{name}”: {why}.")
    return UserError(
        told.format(name=path.name, line=line, why=cause.rstrip(".")),
        _("Your notes are safe. The style lies in {folder}; put it right, or choose another one.").format(
            folder=path.parent
        ),
    )


# --- where the parts are -----------------------------------------------------------------------------


def _places(text: str, post: PostView, now: sandbox.Run) -> tuple[Place, ...]:
    """Each part begins where its title was asked for last before its text was, else where its text was."""
    lines = text.split("\n")
    begins: dict[str, int] = {}
    in_text: set[str] = set()
    for part, name, line in now.asked:
        if part not in in_text and (name in _OF_A_TITLE or part not in begins):
            begins[part] = line
        if name not in _OF_A_TITLE:
            in_text.add(part)
    for part, passage in (("intro", post.intro), ("closing", post.closing)):
        if not passage.text:
            begins.pop(part, None)
    begins["title"] = _line_of_title(text, post)
    placed = [Place(part, _next_filled(lines, line)) for part, line in begins.items()]
    return tuple(sorted(placed, key=lambda place: (place.line, place.part != "title")))


def _line_of_title(text: str, post: PostView) -> int:
    for words in (post.opening, post.title):
        if words and (at := text.find(words)) >= 0:
            return text.count("\n", 0, at)
    return 0


def _next_filled(lines: Sequence[str], line: int) -> int:
    """The line or the first one below it that is not blank."""
    return next((row for row in range(line, len(lines)) if lines[row].strip()), max(0, len(lines) - 2))
