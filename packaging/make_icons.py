#!/usr/bin/env python3
"""Make the committed icons again: the window's from Lucide, the program's own from its SVGs.

    .venv/bin/python packaging/make_icons.py

It needs rsvg-convert (Debian: librsvg2-bin), npm, which fetches the package lucide-static at the version
below, and Pillow. The window's icons are masks: white, with the drawing in the alpha, for the theme to tint.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
WINDOW_ICONS = ROOT / "assets" / "icons"
PROGRAM_ICONS = ROOT / "packaging" / "linux" / "share" / "icons" / "hicolor"
PROGRAM_SVG = PROGRAM_ICONS / "scalable" / "apps" / "desktopnotes.svg"
PROGRAM_SVG_16 = ROOT / "packaging" / "linux" / "desktopnotes-16.svg"

LUCIDE = "lucide-static@1.62.0"
# The design's 16, 18 and 24 px on screens of 1x, 1.5x and 2x; 20 stands for 18 at 1.1x.
WINDOW_SIZES = (16, 18, 20, 24, 27, 32, 36, 48)
PROGRAM_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
NAMES = (
    "play",
    "pause",
    "skip-back",
    "skip-forward",
    "rewind",
    "fast-forward",
    "step-back",
    "step-forward",
    "gauge",
    "camera",
    "captions",
    "volume-2",
    "volume-x",
    "maximize",
    "minimize",
    "plus",
    "search",
    "settings",
    "x",
    "pencil",
    "copy",
    "trash-2",
    "undo-2",
    "redo-2",
    "grip-vertical",
    "chevron-down",
    "chevron-up",
    "chevron-left",
    "chevron-right",
    "external-link",
    "folder-open",
    "file-output",
    "file-text",
    "circle",
    "circle-dot",
    "circle-check",
    "quote",
    "circle-help",
    "link",
    "bookmark",
    "lock",
    "image",
    "music",
    "film",
    "sun",
    "moon",
    "sun-moon",
    "triangle-alert",
    "info",
    "check",
    "keyboard",
    "list",
)


def main() -> None:
    shutil.rmtree(WINDOW_ICONS, ignore_errors=True)
    lucide = lucide_files([f"icons/{name}.svg" for name in NAMES] + ["LICENSE"])
    for size in WINDOW_SIZES:
        (WINDOW_ICONS / str(size)).mkdir(parents=True)
        for name in NAMES:
            svg = lucide[f"icons/{name}.svg"].replace(b"currentColor", b"#ffffff")
            mask = render(svg, size).convert("LA")
            mask.save(WINDOW_ICONS / str(size) / f"{name}.png", optimize=True)
    (WINDOW_ICONS / "LICENSE").write_bytes(lucide["LICENSE"])
    for size in PROGRAM_SIZES:
        apps = PROGRAM_ICONS / f"{size}x{size}" / "apps"
        apps.mkdir(parents=True, exist_ok=True)
        drawing = PROGRAM_SVG_16 if size == 16 else PROGRAM_SVG
        render(drawing.read_bytes(), size).save(apps / "desktopnotes.png", optimize=True)
    shutil.copyfile(PROGRAM_ICONS / "256x256/apps/desktopnotes.png", ROOT / "assets" / "desktopnotes-256.png")


def lucide_files(names: list[str]) -> dict[str, bytes]:
    """Files of the npm package, by their names in it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", LUCIDE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            members = {name: package.extractfile(f"package/{name}") for name in names}
            return {name: file.read() for name, file in members.items() if file}


def render(svg: bytes, size: int) -> Image.Image:
    command = ["rsvg-convert", f"--width={size}", f"--height={size}"]
    png = subprocess.run(command, input=svg, stdout=subprocess.PIPE, check=True).stdout
    return Image.open(io.BytesIO(png))


if __name__ == "__main__":
    main()
