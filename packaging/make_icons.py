#!/usr/bin/env python3
"""Make the committed icons again: the window's from Lucide, the program's own from its SVGs.

    .venv/bin/python packaging/make_icons.py
    .venv/bin/python packaging/make_icons.py desktop   # the program's own alone, without npm

It needs rsvg-convert (Debian: librsvg2-bin), npm, which fetches the package lucide-static at the version
below, and Pillow. The window's icons are masks: white, with the drawing in the alpha, for the theme to tint.
build/screens/icons.png shows the program's own on panels of several colours.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
WINDOW_ICONS = ROOT / "assets" / "icons"
HICOLOR = ROOT / "packaging" / "linux" / "share" / "icons" / "hicolor"

SHEET = ROOT / "build" / "screens" / "icons.png"
PANELS = ("#ffffff", "#ebebeb", "#2e3440", "#1e1e1e", "#000000", "#3584e4")

LUCIDE = "lucide-static@1.62.0"
# The design's 16, 18 and 24 px on screens of 1x, 1.5x and 2x; 20 stands for 18 at 1.1x.
WINDOW_SIZES = (16, 18, 20, 24, 27, 32, 36, 48)
TITLE_SIZES = (16, 24, 32, 48, 256)  # what the window shows in its title bar and in lists of windows
DESKTOP_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
# By their places in the icon theme: the drawings for small sizes. 24 pixels are 22 and a pixel of air around.
DESKTOP_ICONS = {
    "apps/desktopnotes": "desktopnotes",
    "mimetypes/application-vnd.desktopnotes+json": "notebook",
}
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
    make_desktop_icons()


def make_desktop_icons() -> None:
    """Those of the menu and of the file manager; each PNG as rsvg-convert draws it."""
    for place, drawing in DESKTOP_ICONS.items():
        for size in DESKTOP_SIZES:
            target = HICOLOR / f"{size}x{size}" / f"{place}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            draw(place, drawing, size).save(target, optimize=True)
    for size in TITLE_SIZES:
        icon = HICOLOR / f"{size}x{size}" / "apps" / "desktopnotes.png"
        shutil.copyfile(icon, ROOT / "assets" / f"desktopnotes-{size}.png")
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    contact_sheet().save(SHEET)


def contact_sheet() -> Image.Image:
    """The small sizes, fourfold and as they are, on panels that are light, dark, and of our own blue."""
    sizes = [size for size in DESKTOP_SIZES if size <= 48]
    height, width = 4 * 48 + 16, sum(5 * size + 24 for size in sizes) + 24
    rows = [(place, panel) for place in DESKTOP_ICONS for panel in PANELS]
    sheet = Image.new("RGB", (width, height * len(rows)))
    for row, (place, panel) in enumerate(rows):
        x, y = 12, row * height
        sheet.paste(panel, (0, y, width, y + height))
        for size, scale in [(size, 4) for size in sizes] + [(size, 1) for size in sizes]:
            with Image.open(HICOLOR / f"{size}x{size}" / f"{place}.png") as icon:
                large = icon.resize((size * scale, size * scale), Image.Resampling.NEAREST)
            sheet.paste(large, (x, y + 8), large)
            x += size * scale + 12
    return sheet


def draw(place: str, drawing: str, size: int) -> Image.Image:
    by_hand = HICOLOR.parents[2] / f"{drawing}-{22 if size == 24 else size}.svg"
    if not by_hand.exists():
        return render((HICOLOR / "scalable" / f"{place}.svg").read_bytes(), size)
    icon = render(by_hand.read_bytes(), 22 if size == 24 else size)
    return ImageOps.expand(icon, 1) if size == 24 else icon


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
    return Image.open(io.BytesIO(png)).convert("RGBA")


if __name__ == "__main__":
    make_desktop_icons() if sys.argv[1:] == ["desktop"] else main()
