"""What a person reads goes through `desktopnotes.words`, so that its words can be found and translated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes.collecting import no_collecting

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


def nodes(code: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(code)))


@pytest.fixture(scope="module")
def program() -> dict[str, list[ast.AST]]:
    """All that stands in each module."""
    paths = sorted(PACKAGE.rglob("*.py"))
    with no_collecting():  # which would take longer than the rest
        return {str(path.relative_to(PACKAGE)): nodes(path.read_text(encoding="utf-8")) for path in paths}


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def untranslatable(there: list[ast.AST]) -> Iterator[str]:
    """Words that no tool finds, since they do not stand in the code as they are."""
    for call in there:
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WORDS:
            said = call.args[: WORDS[call.func.id]]
            if not all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in said):
                yield f"{call.lineno}: {ast.unparse(call)}"


def hidden(there: list[ast.AST]) -> Iterator[str]:
    """Functions in which `_` is a value that nobody needs, and so no longer the words."""
    for function in there if any(map(_is_thrown_away, there)) else ():
        if isinstance(function, (ast.FunctionDef, ast.Lambda)) and _binds(function):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and name_of(call) == "_":
                    yield f"{call.lineno}: {ast.unparse(call)}"


def _binds(function: ast.FunctionDef | ast.Lambda) -> bool:
    takes = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return any(map(_is_thrown_away, (*takes, *_own(function))))


def _is_thrown_away(node: ast.AST) -> bool:
    if isinstance(node, ast.arg):
        return node.arg == "_"
    return isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """What is inside a function, but for comprehensions and functions, which have names of their own."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            yield child
            yield from _own(child)


def told_as_it_is(there: list[ast.AST]) -> Iterator[str]:
    """Texts that are handed to what tells them, and are said in one language only."""
    for call in there:
        if isinstance(call, ast.Call) and name_of(call) in TOLD:
            said = call.args[:1] if name_of(call) == "tell" else call.args  # the clock is told things, too
            given = [*said, *(each.value for each in call.keywords if each.arg not in NEVER_READ)]
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
def test_every_word_can_be_translated(of: object, program: dict[str, list[ast.AST]]) -> None:
    assert callable(of)
    found = [f"desktopnotes/{path}:{each}" for path, there in program.items() for each in of(there)]
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
    assert len(list(of(nodes(code)))) == 1


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
    there = nodes(code)
    assert not [*untranslatable(there), *hidden(there), *told_as_it_is(there)]
