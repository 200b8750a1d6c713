"""No words that a person reads stand in the code without `_` or `ngettext`: every module is judged."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "desktopnotes"

CALLS = {
    "UserError": 2,
    "ReadError": 2,
    "WriteError": 2,
    "WouldOverwriteError": 2,
    "DamagedError": 2,
    "NewerError": 2,
    "Offer": 1,
    "tell": 1,
    "tell_error": 1,
    "do": 1,
    "ask_choice": 2,
    "ask_text": 2,
    "ask_files": 1,
    "ask_folder": 1,
    "ask_target": 1,
}
"""Whose first arguments, so many of them, a person reads."""

NAMES = {"text", "label", "title", "help", "help_text", "message", "hint", "detail", "why", "unit"}
"""The arguments that a person reads, whatever is called with them."""

NO_WORDS = {
    "Desktop Notes",  # the same in every language
    *("hit now", "pictured and captioned"),  # tags of texts
    *("tree headings", "title line buttons", "title buttons", "title menu"),  # options and lists of names
    *("transcript beneath", "preview pictures"),  # names in files and of threads
    "link with the keyboard",  # a tag of texts
    # The report of a problem, which developers read:
    *("a session bus", "no session bus named", "below Wayland", "not installed"),
    "x, window x, scale , text of  points,",
}

SENTENCE = re.compile(r"[“A-Z].*[a-z]\W+\w.*[.…?!:]\s*", re.DOTALL)
"""What is written to be read, in whichever module."""

WHOLE = {
    "ui/fonts.py": "names of fonts",
    "ui/guarded_text.py": "Tcl",
    "ui/text_keys.py": "Tcl",
    "ui/parts.py": "names of parts of the window, by which actions open them",
    "crashes.py": "the report, which developers read",
    "ui/report.py": "the report, which developers read",
    "media/mpris.py": "what programs on the bus are answered",
    "ui/media_keys.py": "what programs on the bus are answered",
    "storage/format.py": "the schema of the file",
    "export/style_guide.py": "the guide beside a copied style, for who writes templates",
    "export/languages.py": "the words of posts, in the languages of posts",
}
"""Modules in which nothing is read that is not handed to a call, with what they have instead."""

WORDS = re.compile(r"[A-Za-z]{2,}[,.:;]? +[(“]?[A-Za-z]{2,}|[A-Za-z]{2,}…|[“”’]")
"""What is more than one word, or is set as only what is read: names of options, keys and widgets are not."""

NOT_READ = re.compile(
    r"_|ngettext|pgettext|trace|_trace|debug|info|warning|error|exception|bind\w*|raw|compile|findall|eval|call"
    r"|index|compare|see|get|bbox|search|sub|event_\w+|tag_\w+|TypeVar|run_code|LookupError|RuntimeError"
    r"|ValueError|FileNotFoundError|AssertionError|KeyError|TypeError|OSError|replace|delete|insert|mark_\w+"
)
"""Calls whose arguments nobody reads but programs and developers; and those that translate."""


def modules(*folders: str) -> list[str]:
    paths = (path for folder in folders for path in (PACKAGE / folder).rglob("*.py"))
    return sorted(path.relative_to(PACKAGE).as_posix() for path in paths)


def said(node: ast.expr) -> Iterator[tuple[int, str]]:
    """The text of every literal that the expression may be: of both ways of a choice, and what is glued."""
    match node:
        case ast.Constant(value=str(text)):
            yield node.lineno, text
        case ast.JoinedStr():
            parts = (part.value for part in node.values if isinstance(part, ast.Constant))
            yield node.lineno, "".join(str(part) for part in parts)
        case ast.IfExp():
            yield from (*said(node.body), *said(node.orelse))
        case ast.BoolOp():
            yield from (one for value in node.values for one in said(value))
        case ast.BinOp(op=ast.Add()):
            yield from (*said(node.left), *said(node.right))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@cache
def judged(source: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Line and text of what is handed bare to a call that shows it; and of all texts of several words."""
    arguments: list[tuple[int, str]] = []
    texts: list[tuple[int, str]] = []
    left: list[ast.AST] = [ast.parse(source)]
    while left:
        node = left.pop()
        if isinstance(node, ast.Call):
            arguments += _bare_arguments(node)
        if isinstance(node, (ast.Constant, ast.JoinedStr)):
            texts += (one for one in said(node) if _is_several_words(one[1]))
        left += _read_within(node)
    return arguments, texts


def _bare_arguments(call: ast.Call) -> Iterator[tuple[int, str]]:
    named = [each.value for each in call.keywords if each.arg in NAMES]
    for argument in (*call.args[: CALLS.get(name_of(call), 0)], *named):
        for line, text in said(argument):
            if re.search("[A-Za-z]{2}", text) and text.strip(" –") not in NO_WORDS:
                yield line, text


def _is_several_words(text: str) -> bool:
    is_read = WORDS.search(text) and re.search("[A-Za-z]{2}", text)
    return bool(is_read) and text.strip(" –") not in NO_WORDS


def _read_within(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of the code below a node in which a person may read something."""
    match node:
        case ast.Call() if NOT_READ.fullmatch(name_of(node)):
            yield node.func
        case ast.Expr(value=ast.Constant()):  # a docstring
            return
        case ast.Dict():  # the names by which something is found are not read
            yield from node.values
        case ast.JoinedStr():
            yield from (part for part in node.values if not isinstance(part, ast.Constant))
        case _:
            yield from ast.iter_child_nodes(node)


def unmarked_arguments(source: str) -> list[tuple[int, str]]:
    return judged(source)[0]


def unmarked_texts(source: str) -> list[tuple[int, str]]:
    return judged(source)[1]


def unmarked_sentences(source: str) -> list[tuple[int, str]]:
    return [(line, text) for line, text in unmarked_texts(source) if SENTENCE.fullmatch(text)]


def found(rule: object, *folders: str) -> list[str]:
    assert callable(rule)
    return [
        f"desktopnotes/{path}:{line}: {text!r}"
        for path in modules(*folders)
        if rule is unmarked_arguments or path not in WHOLE
        for line, text in rule((PACKAGE / path).read_text(encoding="utf-8"))
    ]


def test_nothing_is_shown_without_being_marked() -> None:
    bare = found(unmarked_arguments, "")
    assert not bare, "\n" + "\n".join(bare)


def test_no_two_words_of_the_window_stand_unmarked() -> None:
    bare = found(unmarked_texts, "ui", "commands")
    assert not bare, "\n" + "\n".join(bare)


def test_no_sentence_stands_unmarked_anywhere() -> None:
    bare = found(unmarked_sentences, "")
    assert not bare, "\n" + "\n".join(bare)


@pytest.mark.parametrize(
    ("source", "is_bare"),
    [
        ('ttk.Label(self, text="Close")', True),
        ('ttk.Label(self, text=_("Close"), style="Muted.TLabel")', False),
        ('ttk.Button(self, text="Close" if ends else _("Cancel"))', True),
        ('screen.tell(f"{name} is there.")', True),
        ('screen.tell(_("{name} is there.").format(name=name))', False),
        ('raise UserError(_("Gone."), "Look again.")', True),
        ('session.do("Add Talk", after)', True),
        ('label.configure(text=f"{rate:g}×")', False),
        ('label.configure(text=name or "Untitled")', True),
    ],
)
def test_bare_words_are_told_from_marked_ones(source: str, is_bare: bool) -> None:
    assert bool(unmarked_arguments(source)) == is_bare


@pytest.mark.parametrize(
    ("source", "is_bare"),
    [
        ('def f():\n    "Says what it does."\n    return "two words"', True),
        ('def f():\n    "Says what it does."\n    return _("two words")', False),
        ('words = "Open…"', True),
        ('log.info("this window is on its own: %s", port)', False),
        ('text.bind("<Key>", go)', False),
        ('words = ngettext("{n} note is", "{n} notes are", n).format(n=n)', False),
    ],
)
def test_bare_texts_are_told_from_marked_ones(source: str, is_bare: bool) -> None:
    assert bool(unmarked_texts(source)) == is_bare
