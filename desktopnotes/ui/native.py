"""What Windows and macOS want to be told by a program; written by their documentation, never run there."""

from __future__ import annotations

import contextlib
import sys
import tkinter
from collections.abc import Callable

from desktopnotes.actions import file
from desktopnotes.commands import Command, by_id
from desktopnotes.session import Session
from desktopnotes.ui.gate import Gate

APP_ID = "org.desktopnotes.DesktopNotes"
"""By which Windows keeps the windows of one program together in its taskbar."""


def before_any_window() -> None:
    """Windows: the program's own place in the taskbar, and letters as sharp as the screen is."""
    if sys.platform == "win32":
        import ctypes  # a start elsewhere does without it

        with contextlib.suppress(OSError, AttributeError):  # not before Windows 7
            ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)
        try:
            ctypes.windll.shcore.SetProcessDpiAwareness(1)  # once for all screens, as Tk 8.6 can
        except (OSError, AttributeError):  # not before Windows 8.1
            with contextlib.suppress(OSError, AttributeError):
                ctypes.windll.user32.SetProcessDPIAware()


def answer_the_mac(root: tkinter.Tk, session: Session, gate: Gate, run: Callable[[Command], None]) -> None:
    """macOS: files that the Finder hands over, and the menu of the program's name.

    `run` runs a command. The names of Tk's commands are those of its manual page tk_mac.
    """
    root.tk.eval("namespace eval ::tk::mac {}")

    def take(*names: str) -> None:
        gate.run(file.open_arguments, session, file.as_paths(names))

    root.createcommand("::tk::mac::OpenDocument", take)
    root.createcommand("::tk::mac::ReopenApplication", root.deiconify)
    for name, command_id in (
        ("::tk::mac::Quit", "file.quit"),
        ("::tk::mac::ShowPreferences", "edit.preferences"),
        ("::tk::mac::ShowHelp", "help.guide"),
        ("tkAboutDialog", "help.about"),
    ):
        root.createcommand(name, lambda command_id=command_id: run(by_id(command_id)))
