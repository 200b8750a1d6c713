"""Each view and state, light and dark, small and large, 1x to 2x: all appear and nothing is cut off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from tests.ui import contact_sheet
from tests.ui.contact_sheet import SCENES, SCREENS, Scene, states_of

REPO = Path(__file__).resolve().parents[2]


def draw(scene: Scene, home: Path, folder: Path, language: str = "en") -> list[str]:
    """What is wrong on that screen."""
    own = home / scene.name
    own.mkdir()
    there = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    command = [sys.executable, "-m", "tests.ui.contact_sheet", scene.name, str(folder)]
    ended = subprocess.run(
        command,
        cwd=REPO,
        env={**there, "HOME": str(own), "LANGUAGE": language},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert ended.returncode == 0, ended.stderr
    found: list[str] = json.loads(ended.stdout.splitlines()[-1])
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["en", "pt_BR"])
def test_every_state_on_every_screen(tmp_path: Path, language: str) -> None:
    suffix = "" if language == "en" else f"-{language}"
    folder, whole = SCREENS / f"states{suffix}", SCREENS / f"contact-sheet{suffix}.png"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda scene: draw(scene, tmp_path, folder, language), SCENES))
    contact_sheet.join(folder, whole)
    pictures = sum(len(scene.themes) * len(states_of(scene)) for scene in SCENES)
    assert len(list(folder.glob("*.png"))) == pictures
    with Image.open(whole) as sheet:
        assert sheet.width > sum(len(scene.themes) for scene in SCENES) * 480
    all_found = [fault for faults in found for fault in faults]
    assert not all_found, "\n".join(all_found)
