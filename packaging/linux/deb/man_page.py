"""The manual page, made of the table of commands and of the parsers of the command line.

.venv/bin/python packaging/linux/deb/man_page.py | man -l -
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import source

os.environ["COLUMNS"] = "1000"  # else lines would be broken as wide as the terminal is
sys.path.insert(0, str(source.REPO))

from desktopnotes import cli
from desktopnotes.commands import COMMANDS, MENUS, Command
from desktopnotes.commands.chosen_keys import Where, held
from desktopnotes.storage import paths
from desktopnotes.ui import keys

_ARROWS = str.maketrans({"←": "Left", "→": "Right", "↑": "Up", "↓": "Down"})
"""A terminal without them shows nothing in their place, and these words can be looked for."""

_FILES = (
    (paths.settings_path, "the preferences, and the keys that you changed"),
    (paths.styles_folder, "styles of posts of your own"),
    (paths.state_path, "what was open, and where you were in it"),
    (paths.backups_folder, "backups of the notebooks"),
    (paths.log_folder, "what went wrong, without the text of any note"),
    (paths.notebooks_folder, "new notebooks; in the documents folder of your desktop where that is another"),
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
    opening = re.search(r"desktopnotes (\[--trace.*)", about)
    assert opening, "the description of the command line does not show how the window is opened"
    lines = [
        f'.TH DESKTOPNOTES 1 {day} "Desktop Notes {_literal(version)}" "User Commands"',
        *(".SH NAME", rf"desktopnotes \- {_prose(_small(source.summary()))}"),
        ".SH SYNOPSIS",
        *_synopsis(f"desktopnotes {opening[1]}"),
        *(line for call in _calls(parser).values() for line in _synopsis(_usage(call))),
        ".SH DESCRIPTION",
        *_paragraphs(about.replace("\n", "\n\n", 0)),
        ".SH OPTIONS",
        *_arguments(parser),
        ".SH CALLS",
        *_of_calls(parser),
        ".SH KEYS AND COMMANDS",
        *_of_commands(),
        ".SH FILES",
        *(
            line
            for path, what in _FILES
            for line in _item(_literal(paths.shown_folder(path())), _prose(what))
        ),
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
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        what = f"\\fI{_literal(str(action.metavar or '|'.join(action.choices or ())))}\\fR"
        takes = action.nargs != 0
        if action.option_strings:
            names = ", ".join(
                rf"\fB{_literal(name)}\fR" + (f" {what}" if takes else "") for name in action.option_strings
            )
        else:
            names = what
        yield from _item(names, _prose(action.help or "") or "the file to work on")


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
        ", ".join(
            rf"\fI{_literal(keys.shown(key).translate(_ARROWS))}\fR" for key in held(command, where, {})
        )
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
    for paragraph in re.split(r"\n{2,}", text.strip()):
        if paragraph:
            yield ".PP"
            yield from (_prose(line) for line in paragraph.splitlines())


def _literal(text: str) -> str:
    """What is typed as it stands: each hyphen is the sign of the keyboard."""
    return text.replace("\\", r"\e").replace("-", r"\-")


def _prose(text: str) -> str:
    """Words; hyphens in front of an option are those of the keyboard."""
    text = " ".join(text.split()).replace("\\", r"\e").translate(_ARROWS)
    text = re.sub(r"(?<![\w\\])--?(?=[\w])", lambda found: found[0].replace("-", r"\-"), text)
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    moment = source.epoch_s()
    sys.stdout.write(page(source.version(moment), moment))
