"""The one error that is meant for the user's eyes; anything else that is raised is a bug."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can do something about, told in their words.

    `message` says what happened and what is safe; `hint` what to do next (may be empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ReadError(UserError):
    """A file cannot be read or is not what it should be (exit code 3 of the command line)."""


class DamagedError(ReadError):
    """The notebook at `path` (absolute) cannot be understood; some of it may be salvaged, or lie in a backup.

    The file was left as it is, and must not be written.
    """

    def __init__(self, message: str, hint: str = "", path: str = "") -> None:
        super().__init__(message, hint)
        self.path = path


class WriteError(UserError):
    """A result cannot be written (exit code 4 of the command line).

    `why` is the reason in a few words ("The disk is full"), where it is known. `by_another`: another program
    is in the way, not the disk.
    """

    def __init__(self, message: str, hint: str = "", *, why: str = "", by_another: bool = False) -> None:
        super().__init__(message, hint)
        self.why = why
        self.by_another = by_another


class WouldOverwriteError(WriteError):
    """The file to write exists already (exit code 1 of the command line)."""
