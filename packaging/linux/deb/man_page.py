"""The manual page, made of the table of commands and of the parsers of the command line.

.venv/bin/python packaging/linux/deb/man_page.py | man -l -
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import source  # first: it sees to it that what follows comes from these sources

from desktopnotes import cli
from desktopnotes.commands import COMMANDS, MENUS, Command
from desktopnotes.commands.chosen_keys import Where, held
from desktopnotes.storage import paths
from desktopnotes.ui import keys

_SIGNS = str.maketrans({"←": "Left", "→": "Right", "↑": "Up", "↓": "Down", "…": "..."})
"""What a terminal without such signs can show, and what can be looked for."""


def _shown(place: Callable[[], Path]) -> str:
    return paths.shown_folder(place())


_FILES = (
    (
        "~/Documents/Talk Notes",
        "new notebooks; in the documents folder of your desktop where that is another",
    ),
    (_shown(paths.settings_path), "the preferences, and the keys that you changed"),
    (_shown(paths.styles_folder), "styles of posts of your own"),
    (_shown(paths.state_path), "what was open, and where you were in it"),
    (_shown(paths.backups_folder), "backups of the notebooks"),
    (_shown(paths.log_folder), "what went wrong, without the text of any note"),
)
_VARIABLES = (
    ("DESKTOPNOTES_VLC_OPTIONS", "more options for libVLC, written as in a shell"),
    ("DESKTOPNOTES_LOG", "how much is written to the log: DEBUG, INFO (as without it), WARNING or ERROR"),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_DATA_HOME, XDG_CACHE_HOME", "other places for the files above"),
)


def page(version: str, epoch: int) -> str:
    """The page in the language of roff; `epoch` is its moment in s."""
    day = f"{datetime.fromtimestamp(epoch, UTC):%Y-%m-%d}"
    parser = cli._parser()
    about = parser.description or ""
    opening = re.findall(r"desktopnotes \[?--.*", about)
    assert opening, "the description of the command line does not show how the window is opened"
    lines = [
        f'.TH DESKTOPNOTES 1 {day} "Desktop Notes {_literal(version)}" "User Commands"',
        *(".SH NAME", rf"desktopnotes \- {_prose(_small(source.summary()))}"),
        ".SH SYNOPSIS",
        *(line for usage in opening for line in _synopsis(re.sub(r" \([^)]*\)", "", usage))),
        *_synopsis(f"desktopnotes {{{' | '.join(_alone(parser))}}}"),
        *(line for call in _calls(parser).values() for line in _synopsis(_usage(call))),
        ".SH DESCRIPTION",
        *_paragraphs(about),
        ".SH OPTIONS",
        *_arguments(parser),
        ".SH CALLS",
        *_of_calls(parser),
        ".SH KEYS AND COMMANDS",
        *_of_commands(),
        ".SH FILES",
        *(line for path, what in _FILES for line in _item(_literal(path), _prose(what))),
        ".SH ENVIRONMENT",
        *(line for names, what in _VARIABLES for line in _item(rf"\fB{_literal(names)}\fR", _prose(what))),
        ".SH EXIT STATUS",
        *_exit_codes(cli.EXIT_CODES),
        *(".SH SEE ALSO", ".BR vlc (1),", ".BR yt\\-dlp (1)"),
    ]
    return "\n".join(lines) + "\n"


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _calls(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (calls,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return dict(calls.choices)


def _alone(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The options that are a whole call, as each that takes nothing is."""
    for action in parser._actions:
        if action.nargs == 0 and not isinstance(action, argparse._HelpAction):
            yield from action.option_strings


def _usage(parser: argparse.ArgumentParser) -> str:
    return " ".join(parser.format_usage().split()[1:]).replace(" [-h]", "")


def _synopsis(usage: str) -> Iterator[str]:
    """One line of a synopsis: what is typed as it stands is bold, what stands for something is slanted."""
    yield ".PP"
    yield ".nh"  # no word is divided in it
    words = []
    for word in usage.split():
        bare = word.strip("[](){}|.,")
        slanted = bare.isupper() and not bare.startswith("-")
        words.append(
            _literal(word).replace(_literal(bare), rf"\f{'I' if slanted else 'B'}{_literal(bare)}\fR")
            if bare
            else _literal(word)
        )
    yield " ".join(words)
    yield ".hy"


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    """What a call takes; of what has no help of its own, the call's description tells."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction) or not action.help:
            continue
        taken = action.metavar or "|".join(action.choices or ()) or action.dest.upper()
        what = rf"\fI{_literal(str(taken))}\fR"
        names = [rf"\fB{_literal(name)}\fR" for name in action.option_strings]
        if names and action.nargs != 0:
            names = [f"{name} {what}" for name in names]
        yield from _item(", ".join(names) or what, _prose(action.help))


def _of_calls(parser: argparse.ArgumentParser) -> Iterator[str]:
    (calls,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    told = {each.dest: each.help or "" for each in calls._choices_actions}
    for name, call in calls.choices.items():
        yield f".SS {_literal(name)} \\- {_prose(told[name])}"
        yield from _paragraphs(call.description or "")
        yield from _arguments(call)
        yield from _paragraphs((call.epilog or "").replace(cli.EXIT_CODES, ""))


def _of_commands() -> Iterator[str]:
    yield from _paragraphs(
        "All commands of the menus, with the keys that they have at first. In the program F1 shows this "
        "list, and changes the keys. They work from anywhere in the window, those marked “on the video” "
        "while the picture or the time line has the focus."
    )
    for menu, title in MENUS.items():
        yield f".SS {_prose(title)}"
        for command in COMMANDS:
            if command.menu == menu:
                yield from _item(_with_keys(command), _prose(command.help))


def _with_keys(command: Command) -> str:
    text, video = (
        ", ".join(rf"\fI{_literal(keys.shown(key).translate(_SIGNS))}\fR" for key in held(command, where, {}))
        for where in Where
    )
    parts = [rf"\fB{_prose(command.label)}\fR", text, f"on the video: {video}" if video else ""]
    return "   ".join(filter(None, parts))


def _exit_codes(sentence: str) -> Iterator[str]:
    for code, meaning in re.findall(r"(\d) ([^,.]+)", sentence):
        yield from _item(code, _prose(meaning))


def _item(head: str, text: str) -> tuple[str, ...]:
    return (".TP", head if not head.startswith((".", "'")) else rf"\&{head}", text)


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n{2,}", text.strip("\n")):
        if paragraph.strip():
            yield ".PP"
            yield from _lines(paragraph.splitlines())


def _lines(lines: list[str]) -> Iterator[str]:
    """Lines that are drawn in are examples: they stay as they are."""
    is_example = False
    for line in lines:
        if line.startswith("  ") != is_example:
            is_example = not is_example
            yield from (".in +4n", ".EX") if is_example else (".EE", ".in")
        yield _literal(line.strip()) if is_example else _prose(line)
    if is_example:
        yield from (".EE", ".in")


def _literal(text: str) -> str:
    """What is typed as it stands: each hyphen is the sign of the keyboard."""
    return text.replace("\\", r"\e").replace("-", r"\-")


def _prose(text: str) -> str:
    """Words; hyphens in front of an option are those of the keyboard."""
    text = " ".join(text.split()).replace("\\", r"\e").translate(_SIGNS)
    text = re.sub(r"(?<![\w\\])--?(?=[\w])", lambda found: found[0].replace("-", r"\-"), text)
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    moment = source.epoch_s()
    sys.stdout.write(page(source.version(moment), moment))
