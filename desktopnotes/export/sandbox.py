"""Where the templates of styles run: they see what `views.SEEN` names, reach no file, and come to an end.

A template may come from somebody else. Loops and calls are counted rather than timed, so that a slow
computer refuses nothing that a quick one takes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from desktopnotes.export.passages import Passage
from desktopnotes.export.views import SEEN, NoteView, PostView, SectionView, TalkView

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.sandbox import SandboxedEnvironment

_LARGEST_NUMBER = 100_000
"""No count, width or repetition in a style is larger."""

_LARGEST_TEXT = 50_000_000
"""Characters that a single value may have: five times the text of 100,000 notes."""

_FREE_STEPS = 2_000_000
_STEPS_FOR_EACH_NOTE = 200
_STEPS_OF_A_CALL = 20

_WIDE = re.compile(r"\d{6}|%[^A-Za-z%]*\*")
"""In a form such as "%9999999s": a width that nobody means."""

_PLAIN_TYPES = (str, int, float, bool, list, tuple, dict, type(None))

_PARTS = frozenset((TalkView, Passage))
"""What stands for a part of the post."""

_KNOWN_AS = {
    PostView: "the post",
    TalkView: "a talk",
    NoteView: "a note",
    SectionView: "a section",
}


class TooMuchError(Exception):
    """A template that would not come to an end, or fill the memory."""


@dataclass(slots=True)
class Run:
    """One run of a template: how much it may still do, and where in its text parts were asked for.

    `parts` are the parts that things stand for, by `id`. `asked` are (part, name of what was asked, line).
    """

    steps_left: int
    parts: Mapping[int, str] = field(default_factory=dict)
    line: int = 0
    size: int = 0
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    @classmethod
    def of(cls, notes: int, parts: Mapping[int, str]) -> Run:
        return cls(_FREE_STEPS + notes * _STEPS_FOR_EACH_NOTE, parts)

    def step(self, count: int = 1) -> None:
        self.steps_left -= count
        if self.steps_left < 0:
            raise TooMuchError("it does not come to an end: its loops go round too often")

    def take(self, piece: str) -> None:
        self.line += piece.count("\n")
        self.size += len(piece)


_NOW: ContextVar[Run] = ContextVar("run of a style's template")


def run(source: Any, values: Mapping[str, Any], now: Run) -> str:
    """What the compiled template makes of the values; `now` knows afterwards where parts were asked for."""
    token = _NOW.set(now)
    try:
        pieces: list[str] = []
        making = source.generate(**values)
        for piece in making:
            now.take(piece)
            if now.size > _LARGEST_TEXT:
                # Raised within the template, so that its line is known.
                making.throw(TooMuchError("what it makes is far too long for a post"))
            pieces.append(piece)
        return "".join(pieces)
    finally:
        _NOW.reset(token)


# --- what is let through -----------------------------------------------------------------------------


def _counted(things: Iterable[Any]) -> Iterator[Any]:
    """What a loop goes over."""
    now = _NOW.get()
    for thing in things:
        now.step()
        yield thing


def _put_together(values: Iterable[Any]) -> str:
    together = "".join(map(str, values))
    _refuse_large(together)
    return together


def _refuse_large(value: Any) -> Any:
    if isinstance(value, (str, list, tuple)) and len(value) > _LARGEST_TEXT:
        raise TooMuchError("one of its values is far too long")
    return value


def _refuse_wide(*arguments: Any) -> None:
    for argument in arguments:
        if isinstance(argument, int) and abs(argument) > _LARGEST_NUMBER:
            raise TooMuchError(f"{argument:,} is too large a number for a style")


def _operated(left: Any, sign: str, right: Any) -> None:
    """Raises where the result could be huge."""
    if sign == "%":
        if isinstance(left, str) and _WIDE.search(left):
            raise TooMuchError("a text would be too wide")
        return
    if sign == "+":
        return
    _refuse_wide(left, right)
    if sign == "*":
        long = max((len(side) for side in (left, right) if hasattr(side, "__len__")), default=0)
        times = max((side for side in (left, right) if isinstance(side, int)), default=0)
        if long * times > _LARGEST_TEXT:
            raise TooMuchError("one of its values is far too long")
    elif isinstance(right, (int, float)) and abs(right) > 100:
        raise TooMuchError(f"a power of {right} is too large a number for a style")


def _limited(work: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that refuses huge widths and results."""

    @wraps(work)
    def filtered(*arguments: Any, **named: Any) -> Any:
        _refuse_wide(*arguments[1:], *named.values())
        return _refuse_large(work(*arguments, **named))

    return filtered


@lru_cache(maxsize=1)
def environment() -> SandboxedEnvironment:
    # Takes a twentieth of a second, which only an export needs to wait for.
    from jinja2 import StrictUndefined, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from jinja2.visitor import NodeTransformer

    class Counting(NodeTransformer):
        """Sends what loops go over, and what `~` puts together, through the functions above."""

        def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja2 looks for that name
            self.generic_visit(node)
            node.iter = nodes.Filter(node.iter, "_counted", [], [], None, None, lineno=node.lineno)
            return node

        def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
            self.generic_visit(node)
            together = nodes.List(node.nodes, lineno=node.lineno)
            return nodes.Filter(together, "_put_together", [], [], None, None, lineno=node.lineno)

    class Missing(StrictUndefined):
        """Says in plain words what there is none of."""

        @property
        def _undefined_message(self) -> str:
            if self._undefined_hint:
                return self._undefined_hint
            kind = type(self._undefined_obj)
            name = str(self._undefined_name)
            if kind in SEEN:
                return f"{_known_as(kind)} has no “{name}”{_meant(name, SEEN[kind])}"
            if kind.__module__ == "jinja2.utils":  # a name that stands alone
                return f"there is no “{name}”{_meant(name, SEEN[PostView])}"
            return f"there is no “{name}” in “{self._undefined_obj!r:.40}”"

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"*", "**", "+", "%"})

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            parsed: nodes.Template = Counting().visit(super()._parse(source, name, filename))
            return parsed

        def getattr(self, obj: Any, attribute: str) -> Any:
            seen = SEEN.get(type(obj))
            if seen is None:
                return super().getattr(obj, attribute)
            if attribute not in seen:
                return self.undefined(obj=obj, name=attribute)
            now = _NOW.get()
            if part := now.parts.get(id(obj)):
                now.asked.append((part, attribute, now.line))
            return getattr(obj, attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            if type(obj) in SEEN:
                return self.getattr(obj, str(argument))
            return super().getitem(obj, argument)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            known = isinstance(obj, _PLAIN_TYPES) or type(obj).__module__.startswith("jinja2.")
            return known and super().is_safe_attribute(obj, attr, value)

        def call(self, context: Any, called: Any, /, *arguments: Any, **named: Any) -> Any:
            _NOW.get().step(_STEPS_OF_A_CALL)
            _refuse_wide(*arguments, *named.values())
            formed = getattr(getattr(called, "__wrapped__", None), "__self__", None)  # the text of `.format`
            if isinstance(formed, str) and _WIDE.search(formed):
                raise TooMuchError("a text would be too wide")
            return _refuse_large(super().call(context, called, *arguments, **named))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            _operated(left, operator, right)
            return _refuse_large(super().call_binop(context, operator, left, right))

    made = Sandbox(undefined=Missing, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    for name, work in list(made.filters.items()):
        made.filters[name] = _limited(work)
    made.filters |= {"_counted": _counted, "_put_together": _put_together}
    del made.globals["lipsum"]
    return made


@lru_cache(maxsize=1)
def trusted_environment() -> Environment:
    """For the styles that come with the program: as quick as can be, and parts are seen there too."""
    from jinja2 import Environment, StrictUndefined  # as above

    class Trusted(Environment):
        def getattr(self, obj: Any, attribute: str) -> Any:
            if type(obj) in _PARTS:
                now = _NOW.get()
                if part := now.parts.get(id(obj)):
                    now.asked.append((part, attribute, now.line))
            return getattr(obj, attribute)

    made = Trusted(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    slowly = made.filters["indent"]

    def indent(text: str, width: int = 4, first: bool = False) -> Any:
        """As Jinja2's own, which takes ten times as long for a single line, and most notes are one."""
        if text.isprintable():
            return " " * width + text if first else text
        return slowly(text, width, first)

    made.filters["indent"] = indent
    return made


def _known_as(kind: type) -> str:
    return _KNOWN_AS.get(kind, "a text of the post")


def _meant(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return f"; did you mean “{near[0]}”?" if near else f"; it has {', '.join(names)}"
