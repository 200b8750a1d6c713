"""What a disk may hold after a power cut: every state that POSIX allows, worked out from the calls of a run.

As in "All File Systems Are Not Created Equal" (Pillai and others, OSDI 2014): what was written to a file, and
each change of a folder's names, may or may not have come to the disk, in any order, until fsync of that file
or folder returns. A write may be there by half, or as zeros of its length. A change of names is whole or not
at all, an exchange of two as well.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tests.faults.shim import Call

MOST_PENDING = 9
"""More are not tried in all their combinations: the oldest beyond count as being on the disk."""

Files = dict[str, bytes]
"""The content of each file, by its path in the folder."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may not be on the disk yet, of the file or folder `inode`."""

    inode: int
    kind: str
    name: str = ""
    other: str = ""
    linked: int = 0
    offset: int = 0
    content: bytes = b""


@dataclass
class Image:
    """Names of each folder and bytes of each file, by inode; the outermost folder is 0."""

    names: dict[int, dict[str, int]] = field(default_factory=lambda: {0: {}})
    bytes_of: dict[int, bytes] = field(default_factory=dict)

    def copy(self) -> Image:
        return Image({inode: dict(names) for inode, names in self.names.items()}, dict(self.bytes_of))

    def make(self, change: Change) -> None:
        if change.kind in ("write", "truncate"):
            old = self.bytes_of.get(change.inode, b"")
            end = change.offset + len(change.content)
            kept = old[end:] if change.kind == "write" else b""
            self.bytes_of[change.inode] = (
                old[: change.offset].ljust(change.offset, b"\0") + change.content + kept
            )
            return
        names = self.names.setdefault(change.inode, {})
        if change.kind == "remove":
            names.pop(change.name, None)
        elif change.kind == "exchange":
            if change.name in names and change.other in names:
                names[change.name], names[change.other] = names[change.other], names[change.name]
        else:
            names[change.other or change.name] = change.linked
            if change.kind == "rename":
                names.pop(change.name, None)

    def files(self, inode: int = 0, at: str = "") -> Files:
        found: Files = {}
        for name, each in self.names.get(inode, {}).items():
            if each in self.names:
                found |= self.files(each, f"{at}{name}/")
            else:
                found[f"{at}{name}"] = self.bytes_of.get(each, b"")
        return found


class Disk:
    """A disk below a run: `live` is what programs see, `safe` what a power cut leaves in any case."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder = os.path.realpath(folder)
        self._descriptors: dict[int, int] = {}
        self._inodes = itertools.count(1)
        self.live = Image()
        for name, content in files.items():
            inode = next(self._inodes)
            self.live.names[0][name] = inode
            self.live.bytes_of[inode] = content
        self.safe = self.live.copy()
        self.pending: list[Change] = []

    def do(self, call: Call) -> None:
        """Goes on by one call."""
        if call.result < 0:
            return
        if call.name == "open":
            self._open(call)
        elif call.name in ("write", "pwrite", "writev"):
            self._change(
                Change(self._descriptors[call.descriptor], "write", offset=call.offset, content=call.content)
            )
        elif call.name == "ftruncate":
            self._change(Change(self._descriptors[call.descriptor], "truncate", offset=call.length))
        elif call.name in ("fsync", "fdatasync"):
            self._to_disk(self._descriptors[call.descriptor])
        elif call.name in ("rename", "renameat2", "link", "unlink", "mkdir"):
            self._name(call)
        elif call.name not in ("close", "fchmod", "utimens"):
            raise NotImplementedError(f"{call}: its content is not told")

    def _open(self, call: Call) -> None:
        folder, name = self._place(call.path)
        inode = self.live.names[folder].get(name, -1) if name else folder
        if inode < 0:
            inode = next(self._inodes)
            self.live.bytes_of[inode] = self.safe.bytes_of[inode] = b""
            self._change(Change(folder, "create", name, linked=inode))
        if call.flags & os.O_TRUNC:
            self._change(Change(inode, "truncate"))
        self._descriptors[call.descriptor] = inode

    def _name(self, call: Call) -> None:
        folder, name = self._place(call.path)
        if call.name == "mkdir":
            inode = next(self._inodes)
            self.live.names[inode], self.safe.names[inode] = {}, {}
            self._change(Change(folder, "create", name, linked=inode))
        elif call.name == "unlink":
            self._change(Change(folder, "remove", name))
        else:
            to, other = self._place(call.other)
            linked = self.live.names[folder][name]
            if call.name == "link":
                self._change(Change(to, "link", name, other, linked))
                return
            if to != folder:
                raise NotImplementedError(f"{call}: from one folder to another")
            self._change(Change(folder, "exchange" if call.flags else "rename", name, other, linked))

    def _place(self, path: str) -> tuple[int, str]:
        """The folder's inode, and the name in it; "" for the outermost folder itself."""
        real = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        *folders, name = os.path.relpath(real, self._folder).split("/")
        inode = 0
        for each in folders:
            inode = self.live.names[inode][each]
        if name == ".":
            return 0, ""
        found = self.live.names[inode].get(name, -1)
        return (found, "") if found in self.live.names else (inode, name)

    def _change(self, change: Change) -> None:
        self.live.make(change)
        self.pending.append(change)

    def _to_disk(self, inode: int) -> None:
        for change in [each for each in self.pending if each.inode == inode]:
            self.safe.make(change)
        self.pending = [each for each in self.pending if each.inode != inode]

    def states(self) -> Iterator[Files]:
        """What may be found when the power is cut now."""
        start = self.safe.copy()
        for change in self.pending[:-MOST_PENDING]:
            start.make(change)
        for chosen in itertools.product(*map(_ways, self.pending[-MOST_PENDING:])):
            image = start.copy()
            for change in filter(None, chosen):
                image.make(change)
            yield image.files()


def _ways(change: Change) -> Sequence[Change | None]:
    """How it may be on the disk; None for not at all."""
    if change.kind != "write" or not change.content:
        return (None, change)
    half = change.content[: len(change.content) // 2]
    written = partial(replace, change)
    return (None, written(content=half), written(content=bytes(len(change.content))), change)
