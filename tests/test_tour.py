"""The whole program at once: real window, VLC and keys, from the first picture to the exported post."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent


def test_a_new_user_watches_writes_and_publishes() -> None:
    command = [sys.executable, "-m", "tests.tour"]
    ended = subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=180)
    assert ended.returncode == 0, ended.stderr
    assert "Written while “Notes That Outlive the Talk” played:" in ended.stdout
