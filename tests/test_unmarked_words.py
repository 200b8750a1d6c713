"""No words that a person reads stand in the code without `_` or `ngettext`: every module is judged."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
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
}

WHOLE = {
    "ui/fonts.py": "names of fonts",
    "ui/guarded_text.py": "Tcl",
    "ui/text_keys.py": "Tcl",
    "ui/parts.py": "names of parts of the window, by which actions open them",
}
"""Modules in which nothing is read that is not handed to a call, with what they have instead."""

WORDS = re.compile(r"[A-Za-z]{2,}[,.:;]? +[(“]?[A-Za-z]{2,}|[A-Za-z]{2,}…|[“”’]")
"""What is more than one word, or is set as only what is read: names of options, keys and widgets are not."""

NOT_READ = re.compile(
    r"(^|\.)(_|ngettext|pgettext|trace|_trace|debug|info|warning|error|exception|bind\w*|raw|compile|findall|eval|call"
    r"|index|compare|see|get|bbox|search|sub|event_\w+|tag_\w+|TypeVar|run_code|LookupError|RuntimeError"
    r"|ValueError|FileNotFoundError|AssertionError|KeyError|TypeError|OSError|replace|delete|insert|mark_\w+)$"
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


def unmarked_arguments(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of what is handed bare to a call that shows it."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        read = [
            *node.args[: CALLS.get(name, 0)],
            *(each.value for each in node.keywords if each.arg in NAMES),
        ]
        for argument in read:
            for line, text in said(argument):
                if re.search("[A-Za-z]{2}", text) and text.strip(" –") not in NO_WORDS:
                    yield line, text


def unmarked_sentences(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of literals that are more than one word, wherever they stand."""
    tree = ast.parse(source)
    around = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Constant, ast.JoinedStr)) or isinstance(around[node], ast.JoinedStr):
            continue
        for line, text in said(node):
            is_word = WORDS.search(text) and re.search("[A-Za-z]{2}", text)
            if is_word and text.strip(" –") not in NO_WORDS and not _is_unread(node, around):
                yield line, text


def _is_unread(node: ast.AST, around: dict[ast.AST, ast.AST]) -> bool:
    first = around[node]
    if isinstance(first, ast.Expr) or (isinstance(first, ast.Dict) and node in first.keys):
        return True  # a docstring; a name by which something is found
    while (above := around.get(node)) is not None:
        called = above.func if isinstance(above, ast.Call) else node
        if called is not node and NOT_READ.search(ast.unparse(called)):
            return True
        if isinstance(above, (ast.FunctionDef, ast.ClassDef)):
            break
        node = above
    return False


def found(rule: object, *folders: str) -> list[str]:
    assert callable(rule)
    return [
        f"desktopnotes/{path}:{line}: {text!r}"
        for path in modules(*folders)
        if rule is unmarked_arguments or path not in WHOLE
        for line, text in rule((PACKAGE / path).read_text(encoding="utf-8"))
    ]


def test_nothing_is_shown_without_being_marked() -> None:
    bare = found(unmarked_arguments, "ui", "commands")
    assert not bare, "\n" + "\n".join(bare)


def test_no_sentence_stands_unmarked() -> None:
    bare = found(unmarked_sentences, "ui", "commands")
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
    assert bool(list(unmarked_arguments(source))) == is_bare


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
def test_bare_sentences_are_told_from_marked_ones(source: str, is_bare: bool) -> None:
    assert bool(list(unmarked_sentences(source))) == is_bare
