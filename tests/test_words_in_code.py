"""What a person reads goes through `desktopnotes.words`, so that its words can be found and translated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "desktopnotes"
WORDS = {"_": 1, "ngettext": 2, "pgettext": 2}
"""The functions of words.py, and how many of their arguments are words that stand in the code."""

TOLD = {
    *("tell", "tell_error", "Offer", "Remark"),
    *("do", "one_step", "ask_text", "ask_files", "ask_folder", "ask_choice", "ask_target"),
    *("UserError", "ReadError", "WriteError", "WouldOverwriteError", "DamagedError", "WebError"),
}
"""What a person reads is handed to these."""

NEVER_READ = {"typing_in", "repeats", "path"}
"""Arguments of those that hold names for the program alone."""

NAMES = {
    ("ask_files", "captions"),
    ("ask_files", "notebook"),
    ("ask_files", "media"),
    ("ask_files", "import"),
}


NOT_YET = ("cli/", "export/", "media/", "model/", "storage/")
"""Folders in which words are told that are not marked yet."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        name = path.relative_to(PACKAGE).as_posix()
        if "desktopnotes.words import" in code or not name.startswith(NOT_YET):
            yield name, ast.parse(code)


TREES = dict(trees())


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def untranslatable(tree: ast.Module) -> Iterator[str]:
    """Words that no tool finds, since they do not stand in the code as they are."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WORDS:
            said = call.args[: WORDS[call.func.id]]
            if not all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in said):
                yield f"{call.lineno}: {ast.unparse(call)}"


def hidden(tree: ast.Module) -> Iterator[str]:
    """Functions in which `_` is a value that nobody needs, and so no longer the words."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)) and _binds(function):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and name_of(call) == "_":
                    yield f"{call.lineno}: {ast.unparse(call)}"


def _binds(function: ast.FunctionDef | ast.Lambda) -> bool:
    takes = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return any(each.arg == "_" for each in takes) or any(
        isinstance(each, ast.Name) and each.id == "_" and isinstance(each.ctx, ast.Store)
        for each in _own(function)
    )


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """What is inside a function, but for comprehensions and functions, which have names of their own."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            yield child
            yield from _own(child)


def told_as_it_is(tree: ast.Module) -> Iterator[str]:
    """Texts that are handed to what tells them, and are said in one language only."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and name_of(call) in TOLD:
            given = [*call.args, *(each.value for each in call.keywords if each.arg not in NEVER_READ)]
            for argument in given:
                for text in _texts(argument):
                    if (name_of(call), text) not in NAMES and any(letter.isalpha() for letter in text):
                        yield f"{call.lineno}: {text}"


def _texts(argument: ast.AST) -> Iterator[str]:
    """The texts that an argument is or is made of, but for those that it is worked out from."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(str(each.value) for each in argument.values if isinstance(each, ast.Constant))
    elif isinstance(argument, (ast.IfExp, ast.BoolOp, ast.BinOp, ast.Tuple)):
        for child in ast.iter_child_nodes(argument):
            yield from _texts(child)


@pytest.mark.parametrize("of", [untranslatable, hidden, told_as_it_is])
def test_every_word_can_be_translated(of: object) -> None:
    assert callable(of)
    found = [
        f"desktopnotes/{path}:{each}"
        for path, tree in TREES.items()
        for each in of(tree)
        if of is not told_as_it_is or not path.startswith(NOT_YET)
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("code", "of"),
    [
        ('_(f"{n} notes")', untranslatable),
        ("_(word)", untranslatable),
        ('ngettext("note", many, n)', untranslatable),
        ('def f():\n    for _ in "ab":\n        print(_("Notes"))', hidden),
        ('lambda _: _("Notes")', hidden),
        ('screen.tell("Saved.")', told_as_it_is),
        ('screen.tell(f"Saved {n} times.")', told_as_it_is),
        ('raise UserError(_("It is gone."), "Look for it." if hint else "")', told_as_it_is),
        ('session.do("Delete", after, typing_in="x")', told_as_it_is),
    ],
)
def test_what_cannot_is_found(code: str, of: object) -> None:
    assert callable(of)
    assert len(list(of(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        '_("Saved {time}").format(time=f"{moment:%H:%M}")',
        'session.do(_("Delete"), after, typing_in="note x")',
        'screen.tell(_("Sound off") if muted else _("Sound on"), waits=Waits.NOTICE)',
        'def f(words):\n    rest = [a for _, a in words]\n    return _("Notes")',
        'screen.tell(f"{told} {more}")',
    ],
)
def test_what_can_is_not(code: str) -> None:
    tree = ast.parse(code)
    assert not [*untranslatable(tree), *hidden(tree), *told_as_it_is(tree)]
