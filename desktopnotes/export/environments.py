"""Jinja2 set up for styles: the user's own, which are kept within bounds, and those of the program.

Whoever imports this imports Jinja2, a twentieth of a second that only an export needs to wait for.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, wraps
from typing import Any

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.filters import do_join, do_sum, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment
from jinja2.utils import pass_environment, pass_eval_context
from jinja2.visitor import NodeTransformer

from desktopnotes.export import limits
from desktopnotes.export.passages import Passage
from desktopnotes.export.sandbox import NOW, STEPS_OF_A_CALL
from desktopnotes.export.views import SEEN, NoteView, PostView, SectionView, TalkView
from desktopnotes.words import _

_PLAIN_TYPES = (str, int, float, bool, list, tuple, dict, type(None))

_PARTS = frozenset((TalkView, Passage))
"""What stands for a part of the post."""

_HAS_NO = {
    PostView: _("the post has no “{name}”"),
    TalkView: _("a talk has no “{name}”"),
    NoteView: _("a note has no “{name}”"),
    SectionView: _("a section has no “{name}”"),
}
_TEXT_HAS_NO = _("a text of the post has no “{name}”")


@lru_cache(maxsize=1)
def confined() -> SandboxedEnvironment:
    """For the user's own styles."""
    made = _Confined(
        undefined=_Missing, autoescape=False, trim_blocks=True, lstrip_blocks=True, finalize=limits.shown
    )
    made.filters |= {"join": _join, "sum": _sum}
    for name, work in list(made.filters.items()):
        made.filters[name] = _limited(name, work)
    made.filters |= {"_counted": _counted, "_put_together": _put_together}
    del made.globals["lipsum"], made.filters["urlize"]  # HTML, and of any size
    return made


@lru_cache(maxsize=1)
def trusted() -> Environment:
    """For the styles that come with the program: as quick as can be, and parts are seen there too."""
    made = _Trusted(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    slowly = made.filters["indent"]

    def indent(text: str, width: int = 4, first: bool = False) -> Any:
        """As Jinja2's own, which takes ten times as long for a single line, and most notes are one."""
        if text.isprintable():
            return " " * width + text if first else text
        return slowly(text, width, first)

    made.filters["indent"] = indent
    return made


class _Trusted(Environment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) in _PARTS:
            now = NOW.get()
            if part := now.parts.get(id(obj)):
                now.asked.append((part, attribute, now.line))
        return getattr(obj, attribute)


# --- within bounds -----------------------------------------------------------------------------------


class _Counting(NodeTransformer):
    """Sends what loops go over, and what `~` puts together, through the filters below."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja2 looks for that name
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "_counted", [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        together = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(together, "_put_together", [], [], None, None, lineno=node.lineno)


class _Missing(StrictUndefined):
    """Says in plain words what there is none of."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        kind = type(self._undefined_obj)
        name = str(self._undefined_name)
        if kind in SEEN:
            return f"{_HAS_NO.get(kind, _TEXT_HAS_NO).format(name=name)}; {_meant(name, SEEN[kind])}"
        if kind.__module__ == "jinja2.utils":  # a name that stands alone
            none = _("there is no “{name}”").format(name=name)
            return f"{none}; {_meant(name, SEEN[PostView])}"
        return _("there is no “{name}” in “{thing}”").format(name=name, thing=f"{self._undefined_obj!r:.40}")


class _Confined(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = _Counting().visit(super()._parse(source, name, filename))
        return parsed

    def getattr(self, obj: Any, attribute: str) -> Any:
        seen = SEEN.get(type(obj))
        if seen is None:
            return super().getattr(obj, attribute)
        if attribute not in seen:
            return self.undefined(obj=obj, name=attribute)
        now = NOW.get()
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
        NOW.get().step(STEPS_OF_A_CALL)
        limits.refuse_wide(*arguments, *named.values())
        bounded = limits.of_call(called, arguments, named)
        return limits.made(super().call(context, called, *bounded, **named))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        limits.operated(left, operator, right)
        return limits.made(super().call_binop(context, operator, left, right))


# --- filters -----------------------------------------------------------------------------------------


def _limited(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, which refuses huge widths and results before it begins."""
    limit = limits.OF_FILTERS.get(name)
    # Some are given the environment first, by Jinja2's own mark on them.
    given = 1 if hasattr(work, "jinja_pass_arg") else 0

    @wraps(work)
    def filtered(*arguments: Any, **named: Any) -> Any:
        limits.refuse_wide(*arguments[given + 1 :], *named.values())
        if limit is not None:
            limits.with_words(limit, *arguments[given:], **named)
        return limits.made(work(*arguments, **named))

    return filtered


@pass_eval_context
def _join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | None = None) -> Any:
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    return do_join(context, limits.taken(value, str(d)), str(d))


@pass_environment
def _sum(environment: Environment, iterable: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    """Of lists too, which get longer each time."""
    if attribute is not None:
        iterable = map(make_attrgetter(environment, attribute), iterable)
    return do_sum(environment, _held(limits.taken(iterable)), start=start)


def _held(values: Iterable[Any]) -> Iterator[Any]:
    """Lists are copied into a longer one for each that is added."""
    length = 0
    for value in values:
        if isinstance(value, (list, tuple)):
            length += len(value)
            NOW.get().hold(10 * length)
        yield value


def _counted(things: Iterable[Any]) -> Iterator[Any]:
    """What a loop goes over."""
    now = NOW.get()
    for thing in things:
        now.step()
        yield thing


def _put_together(values: Iterable[Any]) -> Any:
    return limits.made("".join(map(str, limits.taken(values))))


# --- words -------------------------------------------------------------------------------------------


def _meant(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    if near:
        return _("did you mean “{name}”?").format(name=near[0])
    return _("it has {names}").format(names=", ".join(names))
