"""Where the targets of fuzzing write: in memory where the system has that, and gone at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

IN_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session", autouse=True)
def _a_folder_to_write_in() -> Iterator[None]:
    place = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with (
        tempfile.TemporaryDirectory(prefix="notes-fuzz-", dir=place) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("NOTES_FUZZ_FOLDER", folder)
        yield
