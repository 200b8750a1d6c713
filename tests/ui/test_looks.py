"""Screenshots of each view on the sample, light and dark, in `build/screens`: made to be looked at.

With UPDATE_PICTURES=1 those in `docs`, for the README, the guide and the software centre, are made anew; with
LANGUAGE=pt_BR as well those of the guide in that language.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageGrab, ImageStat

from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Note
from desktopnotes.words import LANGUAGE
from tests.ui import guide_shots
from tests.ui.conftest import Desk

REPO = Path(__file__).resolve().parents[2]
SCREENS = REPO / "build" / "screens"


def shot(desk: Desk, screen: str, name: str) -> Image.Image:
    """The window as it stands on the screen, with the menu bar, which stands above the root's own area."""
    desk.root.update()
    root = desk.root
    x, y = root.winfo_rootx(), root.winfo_rooty()
    menu_px = int(root.tk.call("winfo", "height", ".#!menu"))
    box = (x, y - menu_px, x + root.winfo_width(), y + root.winfo_height())
    picture = ImageGrab.grab(box, xdisplay=screen)
    SCREENS.mkdir(parents=True, exist_ok=True)
    picture.save(SCREENS / f"{name}.png")
    return picture


def keep_for_docs(picture: Image.Image, name: str) -> None:
    if os.environ.get("UPDATE_PICTURES") and LANGUAGE == "en":
        picture.quantize(128).save(REPO / "docs" / f"{name}.png", optimize=True)


def video_of(desk: Desk, screen: str) -> Image.Image:
    video = desk.window.video.video
    x, y = video.winfo_rootx(), video.winfo_rooty()
    return ImageGrab.grab((x, y, x + video.winfo_width(), y + video.winfo_height()), xdisplay=screen)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_view(open_real: Callable[..., Desk], screen: str, theme: str) -> None:
    desk = open_real()
    desk.session.set(theme=theme)
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "the sample plays by itself")
    desk.session.jump(50_000)
    desk.until(lambda: desk.at_ms > 50_500, "the jump is over")
    desk.press("Escape")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "Esc pauses")
    desk.until(lambda: ImageStat.Stat(video_of(desk, screen).convert("L")).stddev[0] > 10, "a slide shows")
    desk.type("Two seconds pass before I type")
    desk.press("Return")
    desk.until(lambda: not _is_bare(desk, screen), "the page is drawn")
    keep_for_docs(shot(desk, screen, f"window-{theme}"), f"window-{theme}")
    page = desk.window.page.text
    x, y = page.winfo_rootx(), page.winfo_rooty()
    grabbed = ImageGrab.grab((x, y, x + page.winfo_width(), y + page.winfo_height()), xdisplay=screen)
    assert (ImageStat.Stat(grabbed.convert("L")).median[0] < 100) == (theme == "dark")
    guide_shots.of_the_notes(desk, screen, theme)
    for key, title, name in (("F1", "Keys", "keys"), ("ctrl+shift+p", "Find a Command", "palette")):
        desk.press(key)
        desk.until(lambda title=title: desk.dialog(title), name)
        shot(desk, screen, f"{name}-{theme}")
        desk.press("Escape")
        desk.until(lambda title=title: not desk.dialog(title), f"{name} is closed")
    desk.press("F9")
    desk.until(lambda: not desk.window.write_up.winfo_viewable(), "focus mode")
    shot(desk, screen, f"focus-{theme}")
    desk.press("F9", "ctrl+Next")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "the talk that is sound alone")
    shot(desk, screen, f"sound-{theme}")
    desk.press("ctrl+Next")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "the talk without notes")
    shot(desk, screen, f"empty-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_post_view(open_desk: Callable[..., Desk], screen: str, tmp_path: Path, theme: str) -> None:
    golden = REPO / "tests" / "golden" / "kubecon-2017.talknotes.json"
    (tmp_path / "event.talknotes.json").write_bytes(golden.read_bytes())
    desk = open_desk()
    desk.session.set(theme=theme, hints=False)
    desk.press("ctrl+2")
    view = desk.window.views.post
    assert view is not None
    desk.until(lambda: view.preview.previewed.checks, "all that is to be said")
    desk.root.update()
    picture = shot(desk, screen, f"post-{theme}")
    keep_for_docs(picture, f"post-{theme}")
    assert (ImageStat.Stat(picture.convert("L")).median[0] < 100) == (theme == "dark")
    guide_shots.of_the_post(desk, screen, theme)


def _is_bare(desk: Desk, screen: str) -> bool:
    page = desk.window.page.text
    box = (page.winfo_rootx(), page.winfo_rooty(), page.winfo_rootx() + 200, page.winfo_rooty() + 200)
    return ImageStat.Stat(ImageGrab.grab(box, xdisplay=screen).convert("L")).stddev[0] < 5


def test_a_snapshot_is_shown_small_in_the_page(open_real: Callable[..., Desk], screen: str) -> None:
    desk = open_real()
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "the sample plays by itself")
    before = desk.notes
    desk.press("ctrl+d")
    desk.until(lambda: len(desk.notes) > len(before), "the snapshot's note")
    (new,) = (note for note in desk.notes if note not in before)
    assert isinstance(new, Note)
    assert (desk.session.pictures_folder / new.picture).is_file()
    desk.until(lambda: new.id in desk.window.page.shown_pictures, "the small picture")
