"""No words that a person reads stand in the code without `_` or `ngettext`: every module is judged.

And those that do stand so that they can be found and translated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desktopnotes.collecting import no_collecting

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
    "_keep_picture": 6,
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
    "remove: ID=",  # the protocol of starts
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


def children(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of the code right below a node, without those that say how it is used: half of all."""
    for value in vars(node).values():
        if isinstance(value, list):
            yield from (each for each in value if isinstance(each, ast.AST))
        elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
            yield value


def all_below(node: ast.AST) -> list[ast.AST]:
    """The node and all parts of the code below it."""
    found = [node]
    for each in found:
        found.extend(children(each))
    return found


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.fixture(scope="module", autouse=True)
def _at_one_go() -> Iterator[None]:
    with no_collecting():  # which would take longer than the rest
        yield
    program.cache_clear()
    all_nodes.cache_clear()
    judged.cache_clear()


@cache
def program() -> dict[str, ast.Module]:
    """Every module, read once for all that is asked of it."""
    return {path: ast.parse((PACKAGE / path).read_text(encoding="utf-8")) for path in modules("")}


@cache
def judged(tree: ast.Module) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Line and text of what is handed bare to a call that shows it; and of all texts of several words."""
    arguments: list[tuple[int, str]] = []
    texts: list[tuple[int, str]] = []
    left: list[ast.AST] = [tree]
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
            yield from children(node)


def unmarked_arguments(tree: ast.Module) -> list[tuple[int, str]]:
    return judged(tree)[0]


def unmarked_texts(tree: ast.Module) -> list[tuple[int, str]]:
    return judged(tree)[1]


def unmarked_sentences(tree: ast.Module) -> list[tuple[int, str]]:
    return [(line, text) for line, text in unmarked_texts(tree) if SENTENCE.fullmatch(text)]


def found(rule: object, *folders: str) -> list[str]:
    assert callable(rule)
    return [
        f"desktopnotes/{path}:{line}: {text!r}"
        for path in modules(*folders)
        if rule is unmarked_arguments or path not in WHOLE
        for line, text in rule(program()[path])
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
    assert bool(unmarked_arguments(ast.parse(source))) == is_bare


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
    assert bool(unmarked_texts(ast.parse(source))) == is_bare


# --- what is marked can be found and translated -------------------------------------------------------

MARKS = {"_": 1, "ngettext": 2, "pgettext": 2}
"""The functions of words.py, and how many of their arguments are words that stand in the code."""

TOLD = {
    *("tell", "tell_error", "Offer", "Remark"),
    *("do", "one_step", "ask_text", "ask_files", "ask_folder", "ask_choice", "ask_target"),
    *("UserError", "ReadError", "WriteError", "WouldOverwriteError", "DamagedError", "WebError"),
}
"""What a person reads is handed to these."""

NEVER_READ = {"typing_in", "repeats", "path"}
"""Arguments of those that hold names for the program alone."""

KINDS = {
    ("ask_files", "captions"),
    ("ask_files", "notebook"),
    ("ask_files", "media"),
    ("ask_files", "import"),
}


def nodes(code: str) -> list[ast.AST]:
    return all_below(ast.parse(code))


@cache
def all_nodes() -> dict[str, list[ast.AST]]:
    """All that stands in each module."""
    return {path: all_below(tree) for path, tree in program().items()}


def untranslatable(there: list[ast.AST]) -> Iterator[str]:
    """Words that no tool finds, since they do not stand in the code as they are."""
    for call in there:
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS:
            said = call.args[: MARKS[call.func.id]]
            if not all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in said):
                yield f"{call.lineno}: {ast.unparse(call)}"


def hidden(there: list[ast.AST]) -> Iterator[str]:
    """Functions in which `_` is a value that nobody needs, and so no longer the words."""
    for function in there if any(map(_is_thrown_away, there)) else ():
        if isinstance(function, (ast.FunctionDef, ast.Lambda)) and _binds(function):
            for call in all_below(function):
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
    for child in children(function):
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
                    if (name_of(call), text) not in KINDS and any(letter.isalpha() for letter in text):
                        yield f"{call.lineno}: {text}"


def _texts(argument: ast.AST) -> Iterator[str]:
    """The texts that an argument is or is made of, but for those that it is worked out from."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(str(each.value) for each in argument.values if isinstance(each, ast.Constant))
    elif isinstance(argument, (ast.IfExp, ast.BoolOp, ast.BinOp, ast.Tuple)):
        for child in children(argument):
            yield from _texts(child)


@pytest.mark.parametrize("of", [untranslatable, hidden, told_as_it_is])
def test_every_word_can_be_translated(of: object) -> None:
    assert callable(of)
    found = [f"desktopnotes/{path}:{each}" for path, there in all_nodes().items() for each in of(there)]
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
