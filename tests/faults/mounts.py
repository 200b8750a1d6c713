"""Disks of one's own, small and soon gone: in memory, or an image behind a loop device. Only root may."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.waiting import wait_until

NOT_HERE = "not possible here: needs root and mounts"


@cache
def may_mount() -> bool:
    """Whether this user, in this container, may mount at all."""
    if os.geteuid() != 0:
        return False
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(command, capture_output=True).returncode == 0


@contextmanager
def in_memory(folder: Path, *options: str) -> Iterator[Path]:
    """A disk of tmpfs with these options, mounted on `folder`, which is made."""
    folder.mkdir()
    run("mount", "-t", "tmpfs", "-o", ",".join(options), "notes-test", str(folder))
    try:
        yield folder
    finally:
        run("umount", "-l", str(folder))


def remount(folder: Path, option: str) -> None:
    """Waits where the disk is busy: what a save has replaced is held open for some seconds."""
    command = ("mount", "-o", f"remount,{option}", str(folder))
    wait_until(lambda: subprocess.run(command, capture_output=True).returncode == 0, f"{folder} is {option}")


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
