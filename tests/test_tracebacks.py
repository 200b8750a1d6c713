"""What of an error is told: where it was and of what kind, and of its words only those of a program."""

from __future__ import annotations

import json
import os
import tkinter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes import tracebacks
from desktopnotes.tracebacks import LEFT_OUT

CANARY = "kanarienvogel"


def met(deed: Callable[[], object]) -> BaseException:
    try:
        deed()
    except BaseException as error:
        return error
    raise AssertionError("it did not raise")


def _raise(error: BaseException) -> None:
    raise error


def _constant() -> None:
    raise RuntimeError("the saver is closed")


def _chained() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        raise KeyError(CANARY) from error


def _beside() -> None:
    try:
        int(CANARY)
    finally:
        _raise(RuntimeError(CANARY))


def _deep(number: int = 0) -> int:
    return _deep(number + 1)


def _wrongly_called(text: str) -> None:
    (lambda: None)(**{text: 1})  # type: ignore[call-arg]


SAID = [
    (_constant, "RuntimeError: the saver is closed"),
    (lambda: {}["talks"], "KeyError: talks"),
    (lambda: [][3], "IndexError: list index out of range"),
    (lambda: 1 + "x", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),  # type: ignore[operator]
    (lambda: None.nothing, 'AttributeError: no "nothing" in NoneType'),  # type: ignore[attr-defined]
    (lambda: not_there, 'NameError: no "not_there"'),  # type: ignore[name-defined]  # noqa: F821
    (lambda: os.stat(f"/tmp/{CANARY}"), "FileNotFoundError: [Errno 2] No such file or directory"),
    (lambda: f"{CANARY}\ud800".encode(), "UnicodeEncodeError: utf-8, at 13: surrogates not allowed"),
    (lambda: _raise(tkinter.TclError('invalid command name ".!frame.!text2"')),
     '_tkinter.TclError: invalid command name ".!frame.!text2" …'),
    (lambda: _raise(tkinter.TclError(f'bad text index "{CANARY}"')), "_tkinter.TclError: bad text index …"),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "words"), SAID)
def test_the_words_of_a_program_are_told(deed: Callable[[], object], words: str) -> None:
    error = met(deed)
    assert tracebacks.summary(error) == words
    assert tracebacks.told(error).endswith(words)


SILENT: list[Callable[[], object]] = [
    lambda: {}[CANARY.lower()],
    lambda: int(CANARY + ""),
    lambda: _raise(json.JSONDecodeError(CANARY, "", 0)),
    lambda: getattr(None, CANARY),
    lambda: os.stat(f"/nowhere/{CANARY}"),
    lambda: _raise(OSError(CANARY)),
    lambda: _raise(OSError(5, CANARY)),
    lambda: _raise(TypeError(CANARY)),
    lambda: _raise(tkinter.TclError(CANARY)),
    lambda: _raise(tkinter.TclError(f'expected integer but got ".!{CANARY}"')),
    lambda: _raise(ExceptionGroup(CANARY, [ValueError(CANARY), OSError(2, CANARY)])),
    lambda: _wrongly_called(CANARY),
    lambda: os.environ[CANARY.upper()],
    _chained,
    _beside,
]


@pytest.mark.parametrize("deed", SILENT)
def test_no_value_is_told(deed: Callable[[], object]) -> None:
    error = met(deed)
    for text in (tracebacks.told(error), tracebacks.summary(error)):
        assert f"{CANARY}" not in text.replace("{CANARY}", "").lower()
    assert CANARY in tracebacks.told(error, whole=True).lower()


def test_the_way_to_an_error_is_told() -> None:
    text = tracebacks.told(met(_chained))
    assert f"ValueError: {LEFT_OUT}\nwhich led to:\n" in text
    assert "in _chained\n    int(CANARY)" in text
    assert text.endswith(f"KeyError: {LEFT_OUT}")
    assert "and while that was dealt with:" in tracebacks.told(met(_beside))


def test_a_deep_one_is_told_in_short() -> None:
    text = tracebacks.told(met(_deep))
    assert "RecursionError: maximum recursion depth exceeded" in text
    assert len(text) < 3000


class StrangeError(Exception):
    """Cannot say what it is."""

    def __str__(self) -> str:
        raise ValueError(CANARY)

    @property
    def args(self) -> tuple[object, ...]:  # type: ignore[override]
        raise ValueError(CANARY)


def test_one_that_cannot_be_asked_is_told_all_the_same() -> None:
    error = met(lambda: _raise(StrangeError()))
    assert LEFT_OUT in tracebacks.told(error, whole=True)
    assert LEFT_OUT in tracebacks.told(error)


KINDS = (ValueError, KeyError, TypeError, IndexError, RuntimeError, tkinter.TclError, OSError)


@given(st.sampled_from(KINDS), st.text(min_size=1))
def test_whatever_was_written_is_left_out(kind: type[Exception], text: str) -> None:
    words = "§" + text  # the line of code that is shown has none of it
    assert words not in tracebacks.told(met(lambda: _raise(kind(words))))


def test_the_same_fault_is_known_again() -> None:
    assert tracebacks.fingerprint(met(_constant)) == tracebacks.fingerprint(met(_constant))
    assert tracebacks.fingerprint(met(_constant)) != tracebacks.fingerprint(met(_chained))
    assert tracebacks.fingerprint(ValueError()) == tracebacks.fingerprint(ValueError())
