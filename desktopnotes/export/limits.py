"""How large what a style's template asks for would get, told before it is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktopnotes.export.sandbox import LARGEST_TEXT, NOW, TooMuchError
from desktopnotes.words import _, number

_LARGEST_NUMBER = 100_000
"""No count, width or repetition in a style is larger."""

_LONGEST_CUT = 5_000_000
"""Characters of a text that is cut into a list, which takes twenty times as much memory."""

_WIDEST_JSON = 16

_WIDE = re.compile(r"\d{6}|%[^A-Za-z%]*\*")
"""In a form such as "%9999999s": a width that nobody means."""

_NESTED = re.compile(r"\{[^{}]*\{")
"""In a form such as "{:{}}": a width that is another value."""

Limit = Callable[..., int]
"""Of a text and the further arguments of a filter or method: the characters that come out, or more."""


def refuse_wide(*arguments: Any) -> None:
    for argument in arguments:
        if isinstance(argument, int) and abs(argument) > _LARGEST_NUMBER:
            raise TooMuchError(
                _("{number} is too large a number for a style").format(number=number(argument))
            )


def made(value: Any) -> Any:
    """The value, which was put together just now."""
    if isinstance(value, (str, list, tuple, dict)):
        refuse_long(len(value))
        NOW.get().hold(len(value))
    return value


def refuse_long(size: int) -> None:
    if size > LARGEST_TEXT:
        raise TooMuchError(_("one of its values is far too long"))


def size_as_text(value: Any) -> int:
    """The characters of `str(value)`, about; any number above `LARGEST_TEXT` once it has that many."""
    size, left = 0, [iter((value,))]
    while left and size <= LARGEST_TEXT:
        for each in left[-1]:
            if isinstance(each, str):
                size += len(each)
            elif isinstance(each, Mapping):
                left.append(iter([part for pair in each.items() for part in pair]))
                break
            elif isinstance(each, (list, tuple, set, frozenset)):
                left.append(iter(each))
                break
            size += 2
            if size > LARGEST_TEXT:
                break
        else:
            left.pop()
        if len(left) > 1000:
            raise TooMuchError(_("one of its values is nested too deeply"))
    return size


def taken(values: Iterable[Any], between: str = "") -> Iterator[Any]:
    """The values, as long as they are not too long together."""
    size = 0
    for value in values:
        size += size_as_text(value) + len(between)
        refuse_long(size)
        yield value


def shown(value: Any) -> Any:
    """The value, which is going to stand in the post, or in a text that the template gathers before."""
    size = len(value) if isinstance(value, str) else 0
    if isinstance(value, (list, tuple, dict)):
        size = size_as_text(value)
        refuse_long(size)
    if now := NOW.get(None):  # there is none while the template is compiled
        now.hold(size)
    return value


def operated(left: Any, sign: str, right: Any) -> None:
    """Raises where the result would be huge."""
    if sign == "%":
        if isinstance(left, str):
            refuse_long(_formed(left, right))
        return
    if sign == "+":
        return
    refuse_wide(left, right)
    if sign == "*":
        long = max((len(side) for side in (left, right) if hasattr(side, "__len__")), default=0)
        times = max((side for side in (left, right) if isinstance(side, int)), default=0)
        refuse_long(long * times)
    elif isinstance(right, (int, float)) and abs(right) > 100:
        raise TooMuchError(_("a power of {number} is too large a number for a style").format(number=right))


# --- by names ----------------------------------------------------------------------------------------


def _replaced(said: Any, old: Any, new: Any, count: int | None = -1) -> int:
    text, shorter, new = str(said), str(old), str(new)
    times = text.count(shorter)
    if count is not None and count >= 0:
        times = min(times, count)
    return len(text) + times * max(0, len(new) - len(shorter))


def _indented(text: Any, width: Any = 4, first: Any = False, blank: Any = False) -> int:
    text = str(text)
    return len(text) + _lines(text) * (len(width) if isinstance(width, str) else max(0, int(width)))


def _wrapped(
    text: Any,
    width: int = 79,
    break_long_words: Any = True,
    wrapstring: str | None = None,
    *more: Any,
    **named: Any,
) -> int:
    text = str(text)
    # Of two lines that follow each other the words are longer than the width, else they were one.
    return len(text) + (_lines(text) + 2 * len(text) // max(1, width)) * len(wrapstring or "\n")


def _lines(text: str) -> int:
    return len(text) + 1 if len(text) < 100 else len(text.splitlines()) + 1


def _formed(said: Any, *arguments: Any, **named: Any) -> int:
    """Of `%` and `format`: each field as long as the longest of what can stand in it."""
    form = str(said)
    if _WIDE.search(form):
        raise TooMuchError(_("a text would be too wide"))
    longest = max(map(size_as_text, (*arguments, *named.values())), default=0)
    widest = max(map(int, re.findall(r"\d+", form)), default=0)
    if _NESTED.search(form):
        if any(isinstance(value, str) and _WIDE.search(value) for value in (*arguments, *named.values())):
            raise TooMuchError(_("a text would be too wide"))
        widest = _LARGEST_NUMBER
    fields = max(form.count("%"), form.count("{"))
    return len(form) + fields * max(longest, widest)


def _translated(text: str, table: Any) -> int:
    longest = (
        max((size_as_text(value) for value in table.values()), default=1) if isinstance(table, Mapping) else 1
    )
    return len(text) * max(1, longest)


def _tabs_expanded(text: str, tabsize: int = 8) -> int:
    return len(text) + text.count("\t") * max(0, tabsize)


def _cut(text: Any, *arguments: Any, **named: Any) -> int:
    return 0 if not isinstance(text, str) or len(text) <= _LONGEST_CUT else LARGEST_TEXT + 1


def _as_text(value: Any, *arguments: Any, **named: Any) -> int:
    return size_as_text(value)


def _as_json(value: Any, indent: int | None = None) -> int:
    if indent is not None and indent > _WIDEST_JSON:
        raise TooMuchError(_("{number} is too large a number for a style").format(number=number(indent)))
    return size_as_text(value)


_OF_A_TEXT = (
    *(
        "string",
        "pprint",
        "xmlattr",
        "escape",
        "e",
        "forceescape",
        "urlencode",
        "striptags",
        "safe",
    ),
    *("upper", "lower", "title", "capitalize", "trim", "center", "truncate", "wordcount"),
)

OF_FILTERS: Mapping[str, Limit] = {
    "replace": _replaced,
    "indent": _indented,
    "wordwrap": _wrapped,
    "format": _formed,
    "list": _cut,
    "tojson": _as_json,
    **dict.fromkeys(
        _OF_A_TEXT,
        _as_text,
    ),
}

OF_METHODS: Mapping[str, Limit] = {
    "replace": _replaced,
    "format": _formed,
    "format_map": _formed,
    "translate": _translated,
    "expandtabs": _tabs_expanded,
    **dict.fromkeys(("split", "rsplit", "splitlines"), _cut),
}


def of_call(called: Any, arguments: Sequence[Any], named: Mapping[str, Any]) -> Sequence[Any]:
    """The arguments for a method of a text, which is refused where its result would be huge."""
    method = getattr(called, "__wrapped__", called)  # Jinja2 wraps `format`
    text = getattr(method, "__self__", None)
    if not isinstance(text, str):
        return arguments
    name = method.__name__
    if name == "join" and len(arguments) == 1:
        return (taken(arguments[0], text),)
    if name in OF_METHODS:
        with_words(OF_METHODS[name], text, *arguments, **named)
    return arguments


def with_words(limit: Limit, *arguments: Any, **named: Any) -> None:
    """What cannot be told, as the arguments are wrong, is left to the error of the thing itself."""
    try:
        size = limit(*arguments, **named)
    except (TypeError, ValueError, AttributeError):
        return
    refuse_long(size)
