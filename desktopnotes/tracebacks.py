"""An error told whole for a log or a report: where it was, of what kind, and no text of the user's.

A traceback shows the program's own lines, never values. What an exception says of itself may hold a value,
and that may be what the user wrote: `KeyError("the text of a note")`. So its words are told only where they
are known to come from a program: a sentence that stands in the code that raised it, the system's word for
an error number, Python's own words about types and numbers. All other words are left out, unless `whole`.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterator
from opcode import opmap
from types import CodeType, TracebackType

from desktopnotes.model.errors import WriteError

LEFT_OUT = "(its words are left out: they might be yours)"

_LONGEST = 24_000
"""Letters of one traceback: the beginning and the end of a longer one are kept."""

_RAISE = opmap["RAISE_VARARGS"]

_OF_PYTHON = (TypeError, IndexError, ZeroDivisionError, OverflowError, RecursionError, MemoryError)
"""What Python itself says in these speaks of types and numbers; KeyError and ValueError show values."""

_OF_TCL = re.compile(
    r"""(?:invalid command name|bad window path name)(?: "(?:\.!?\w+)+")?"""
    r"|can't invoke|application has been destroyed|bad text index|bad option|unknown option"
    r"|unknown color name|wrong # args|expected [a-z -]+ but got|can't read|main thread is not in main loop"
)
"""Beginnings that stand in Tcl and Tk; behind the first two a widget's path, which is the program's."""


def told(error: BaseException, *, whole: bool = False) -> str:
    """The traceback of an error and of those that led to it, the first one first; lines without an end."""
    text = "\n".join(_chain(error, whole, set()))
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]}\n  … {len(text) - _LONGEST} letters …\n{text[-half:]}"


def summary(error: BaseException, *, whole: bool = False) -> str:
    """One line: the kind of an error and its words, as far as those may be told."""
    cause = error.__cause__
    line = f"{_kind(error)}: {_words(error, whole)}"
    return line if cause is None or whole else f"{line}, from {_kind(cause)}: {_words(cause, whole)}"


def fingerprint(error: BaseException) -> tuple[object, ...]:
    """What two errors share that are the same fault again: their kind, and the line that raised."""
    frame, line = _raised_in(error.__traceback__)
    return (type(error), frame.co_filename if frame else "", line)


def _chain(error: BaseException, whole: bool, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _chain(before, whole, seen)
        yield "which led to:" if error.__cause__ else "and while that was dealt with:"
    frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__))
    yield "".join(frames.format()).rstrip("\n") or "  (raised nowhere)"
    yield f"{_kind(error)}: {_words(error, whole)}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            if id(part) not in seen:
                yield "in which:"
                yield from _chain(part, whole, seen)


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _words(error: BaseException, whole: bool) -> str:
    try:
        return str(error) if whole else _safe_words(error)
    except Exception:  # an error that cannot even say itself must not hide where it was
        return LEFT_OUT


def _safe_words(error: BaseException) -> str:
    code, _ = _raised_in(error.__traceback__)
    if isinstance(error, WriteError):  # of files and disks alone
        return str(error)
    if isinstance(error, OSError) and error.errno is not None:
        return f"[Errno {error.errno}] {os.strerror(error.errno)}"
    if isinstance(error, UnicodeError) and hasattr(error, "start"):
        return f"{error.encoding}, at {error.start}: {error.reason}"  # type: ignore[attr-defined]
    if isinstance(error, ImportError) and error.name:
        return f"no module {error.name}"
    if code is None or not error.args:
        return LEFT_OUT if error.args else "(without words)"
    if isinstance(error, AttributeError | NameError) and error.name in _literals(code):
        return f'no "{error.name}"' + (f" in {type(error.obj).__name__}" if hasattr(error, "obj") else "")
    if type(error) in _OF_PYTHON and not _is_raised_by_code(error.__traceback__):
        return LEFT_OUT if "keyword argument" in str(error) else str(error)
    if type(error).__name__ == "TclError" and (found := _OF_TCL.match(str(error))):
        return f"{found[0]} …"
    if all(isinstance(each, str) and each in _literals(code) for each in error.args):
        return " ".join(error.args)
    return LEFT_OUT


def _literals(code: CodeType) -> set[object]:
    """What stands written in the code of one function: names and texts."""
    return {*code.co_names, *(each for each in code.co_consts if isinstance(each, str))}


def _last(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace


def _raised_in(trace: TracebackType | None) -> tuple[CodeType | None, int]:
    last = _last(trace)
    return (None, 0) if last is None else (last.tb_frame.f_code, last.tb_lineno)


def _is_raised_by_code(trace: TracebackType | None) -> bool:
    """Whether a `raise` of Python code raised it, which says what it likes; else Python itself did."""
    last = _last(trace)
    return last is None or last.tb_frame.f_code.co_code[last.tb_lasti] == _RAISE
