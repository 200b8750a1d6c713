"""The look: colours that can be read, widgets that follow a change of theme, focus that is seen, sizes."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import product
from pathlib import Path
from tkinter import ttk

import pytest
from PIL import Image, ImageGrab

import desktopnotes.ui
from desktopnotes.ui import colours
from desktopnotes.ui.colours import DARK, LIGHT, Palette, contrast
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.styles import styles
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import Tip, add_tooltip
from tests.virtual_screen import virtual_screen

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
LIMIT_S = 10.0

WINDOW = ("background", "page", "field", "button")
WRITTEN_ON = {
    "text": (*WINDOW, "hover", "pressed", "lit", "hit", "code_background"),
    "hit_now_text": ("hit_now",),
    "muted": (*WINDOW, "hover", "lit", "code_background"),
    "accent": (*WINDOW, "lit"),
    "accent_hover": WINDOW,
    "accent_text": ("accent", "accent_hover"),
    "selection_text": ("selection",),
    "sign": ("page", "lit"),
    "tag": ("page", "lit", "background"),
    "link": ("page", "lit", "background"),
    "error": WINDOW,
    "tip_text": ("tip",),
}
DRAWN_ON = {
    "mark": ("background",),
    "accent": ("background", "track"),
    "handle": WINDOW,
    "disabled": WINDOW,
}


@pytest.fixture
def bare_root(screen: str) -> Iterator[tk.Tk]:
    """A window of nothing; no callback in it may fail."""
    subprocess.run(["xdotool", "mousemove", "1499", "999"], check=True)  # or a widget may look hovered
    root = tk.Tk(className="Desktopnotes")
    failed: list[object] = []
    root.report_callback_exception = lambda *error: failed.append(error)  # type: ignore[method-assign]
    yield root
    root.destroy()
    assert not failed


def until(root: tk.Tk, seen: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not seen():
        root.update()
        assert time.monotonic() < deadline, what
        time.sleep(0.001)


def is_colour(widget: tk.Misc, option: str, colour: str) -> bool:
    return str(widget.cget(option)) == colour


# --- colours -----------------------------------------------------------------------------------------


@PALETTES
def test_every_text_can_be_read_on_whatever_it_stands(palette: Palette) -> None:
    weak = [
        f"{text} on {ground}: {ratio:.2f}"
        for text, grounds in WRITTEN_ON.items()
        for ground in grounds
        if (ratio := contrast(getattr(palette, text), getattr(palette, ground))) < 4.5
    ]
    assert not weak


@PALETTES
def test_every_mark_can_be_made_out(palette: Palette) -> None:
    weak = [
        f"{mark} on {ground}: {ratio:.2f}"
        for mark, grounds in DRAWN_ON.items()
        for ground in grounds
        if (ratio := contrast(getattr(palette, mark), getattr(palette, ground))) < 3
    ]
    assert not weak


@PALETTES
def test_every_colour_is_six_digits_and_no_text_is_left_unmeasured(palette: Palette) -> None:
    names = {each.name for each in fields(Palette)} - {"name"}
    assert all(re.fullmatch("#[0-9a-f]{6}", getattr(palette, name)) for name in names)
    grounds = {ground for all_grounds in WRITTEN_ON.values() for ground in all_grounds}
    assert names == {*WRITTEN_ON, *DRAWN_ON, *grounds, "border", "track"}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


# --- light, dark or what the desktop says ------------------------------------------------------------


@pytest.fixture
def desktop(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a `gsettings` that runs these lines of shell, to which `said` is known; there is no other."""
    tools = home / "bin"
    tools.mkdir()
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    for name in ("GTK_THEME", "XDG_CURRENT_DESKTOP"):
        monkeypatch.delenv(name, raising=False)

    def answers(lines: str) -> None:
        said = "said() { echo \"org.gnome.desktop.interface $1 '$2'\"; }"
        (tools / "gsettings").write_text(f"#!/bin/sh\n{said}\n{lines}\n")
        (tools / "gsettings").chmod(0o755)

    answers("exit 1")
    return answers


@pytest.mark.parametrize(
    ("answer", "dark"),
    [
        ("said color-scheme prefer-dark", True),
        ("said color-scheme prefer-light; said gtk-theme Yaru-dark", False),
        ("said color-scheme default; said gtk-theme Adwaita", False),
        ("said color-scheme default; said gtk-theme Yaru-dark; echo; echo odd; printf '\\377\\n'", True),
        ("said gtk-theme Yaru-dark", False),
        ("exit 1", False),
    ],
)
def test_gnome_is_asked(desktop: Callable[[str], None], answer: str, dark: bool) -> None:
    desktop(answer)
    assert colours.chosen("system") is (DARK if dark else LIGHT)


def test_a_desktop_that_does_not_answer_is_light_and_holds_nothing_up(desktop: Callable[[str], None]) -> None:
    desktop("exec sleep 30")
    begun = time.monotonic()
    assert colours.chosen("system") is LIGHT
    assert time.monotonic() - begun < 5


def test_files_and_the_environment_are_read_where_there_is_no_gnome(
    desktop: Callable[[str], None], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = home / ".config" / "gtk-3.0" / "settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[Settings]\ngtk-application-prefer-dark-theme=true\n")
    assert colours.system_is_dark()
    settings.write_bytes(b"\xff broken")
    assert not colours.system_is_dark()
    (home / ".config" / "kdeglobals").write_text("[General]\nColorScheme=BreezeDark\n")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    assert colours.system_is_dark()
    monkeypatch.setenv("GTK_THEME", "Adwaita:light")
    assert not colours.system_is_dark()


def test_what_was_chosen_needs_no_asking(desktop: Callable[[str], None]) -> None:
    desktop("said color-scheme prefer-dark")
    assert (colours.chosen("light"), colours.chosen("dark")) == (LIGHT, DARK)


# --- widgets -----------------------------------------------------------------------------------------


def test_the_window_uses_no_style_that_the_theme_does_not_know(bare_root: tk.Tk) -> None:
    known = styles(LIGHT, Theme(bare_root, "light").fonts)
    sources = Path(desktopnotes.ui.__path__[0]).glob("*.py")
    used = {name for path in sources for name in re.findall(r'\bstyle="([^"]+)"', path.read_text())}
    assert used
    assert used <= known.keys()


def test_widgets_new_and_old_follow_a_change(bare_root: tk.Tk) -> None:
    theme = Theme(bare_root, "light")
    text, menu, combobox = tk.Text(bare_root), tk.Menu(bare_root), ttk.Combobox(bare_root, values=["a"])
    popdown = str(bare_root.tk.call("ttk::combobox::PopdownWindow", combobox))
    assert is_colour(text, "background", LIGHT.page)
    theme.use("dark")
    assert is_colour(text, "background", DARK.page)
    assert is_colour(menu, "foreground", DARK.text)
    assert is_colour(bare_root, "background", DARK.background)
    assert str(bare_root.tk.call(f"{popdown}.f.l", "cget", "-background")) == DARK.page
    assert is_colour(tk.Text(bare_root), "insertbackground", DARK.accent)
    assert ttk.Style(bare_root).lookup("Muted.TLabel", "foreground") == DARK.muted
    theme.use("light")
    assert is_colour(text, "background", LIGHT.page)
    assert ttk.Style(bare_root).lookup("Muted.TLabel", "foreground") == LIGHT.muted


def test_what_a_widget_was_given_on_purpose_stays(bare_root: tk.Tk) -> None:
    theme = Theme(bare_root, "light")
    text, frame = tk.Text(bare_root, background="#123456"), tk.Frame(bare_root, background="#000000")
    theme.use("dark")
    assert is_colour(text, "background", "#123456")
    assert is_colour(text, "foreground", DARK.text)
    assert is_colour(frame, "background", "#000000")


def test_who_follows_is_called_once_now_and_once_a_change_while_it_lives(bare_root: tk.Tk) -> None:
    theme, seen = Theme(bare_root, "light"), []
    label = ttk.Label(bare_root)
    theme.follow(label, lambda: seen.append(theme.palette.name))
    bare_root.update()
    assert seen == ["light"]
    theme.use("dark")
    theme.use("dark")
    bare_root.update()
    assert seen == ["light", "dark"]
    theme.use("dark", 30)
    bare_root.update()
    assert seen == ["light", "dark", "dark"]
    label.destroy()
    theme.use("light")
    bare_root.update()
    assert len(seen) == 3


FOCUSABLE = {
    "button": lambda root: ttk.Button(root, text="Button"),
    "accent": lambda root: ttk.Button(root, text="Accent", style="Accent.TButton"),
    "icon": lambda root: ttk.Button(root, text="Icon", style="Icon.TButton"),
    "quiet": lambda root: ttk.Button(root, text="Quiet", style="Quiet.TButton"),
    "menubutton": lambda root: ttk.Menubutton(root, text="Menu"),
    "entry": lambda root: ttk.Entry(root),
    "combobox": lambda root: ttk.Combobox(root, state="readonly"),
    "check": lambda root: ttk.Checkbutton(root, text="Check"),
    "radio": lambda root: ttk.Radiobutton(root, text="Radio"),
    "tree": lambda root: ttk.Treeview(root, show="tree"),
    "text": lambda root: tk.Text(root, width=20, height=3),
}


@pytest.mark.parametrize(("kind", "name"), list(product(FOCUSABLE, ("light", "dark"))))
def test_focus_is_seen(bare_root: tk.Tk, kind: str, name: str) -> None:
    Theme(bare_root, name)
    widget, other = FOCUSABLE[kind](bare_root), ttk.Entry(bare_root)
    widget.pack(padx=20, pady=20)
    other.pack()
    other.focus_force()
    until(bare_root, lambda: other.focus_get() == other and widget.winfo_viewable(), "the window shows")
    palette = LIGHT if name == "light" else DARK
    ring = {palette.text if kind == "accent" else palette.accent}
    without = amount_of(ring, widget)
    widget.focus_set()
    # The ring is at least as long as the widget is wide and high; a caret alone would be too little.
    until(
        bare_root,
        lambda: (
            amount_of(ring, widget) > without + widget.winfo_width() + widget.winfo_height()
            if kind not in ("check", "radio")
            else amount_of(ring, widget) > without
        ),
        "a ring of the accent's colour",
    )


def amount_of(ring: set[str], widget: tk.Misc) -> int:
    """How many pixels of these colours the widget shows."""
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    box = (left, top, left + widget.winfo_width(), top + widget.winfo_height())
    picture = ImageGrab.grab(box, xdisplay="").convert("RGB")
    counted = picture.getcolors(picture.width * picture.height) or []
    wanted = {Image.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in ring}
    return sum(count for count, colour in counted if colour in wanted)


# --- sizes -------------------------------------------------------------------------------------------


def test_sizes_follow_the_text(bare_root: tk.Tk) -> None:
    theme, style = Theme(bare_root, "light", 10), ttk.Style(bare_root)
    usual_px = int(style.lookup("Treeview", "rowheight"))
    assert (theme.px(16), theme.px(1), theme.px(0)) == (16, 1, 0)
    theme.use("light", 20)
    assert (theme.fonts.text.cget("size"), theme.px(16)) == (20, 32)
    assert int(style.lookup("Treeview", "rowheight")) > 1.8 * usual_px
    theme.use("light", 0)
    assert int(style.lookup("Treeview", "rowheight")) == usual_px


MEASURE = """
import tkinter
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.theme import Theme
theme = Theme(tkinter.Tk(), "light", 10)
print(theme.fonts.scale, theme.px(16), Icons(theme).get("play").width())
"""


@pytest.mark.parametrize(("dpi", "sizes"), [(96, "1.0 16 18"), (144, "1.5 24 27"), (192, "2.0 32 36")])
def test_sizes_follow_the_density_of_the_screen(
    dpi: int, sizes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with virtual_screen() as display:
        monkeypatch.setenv("DISPLAY", display)
        xprop = ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER"]
        subprocess.run([*xprop, f"Xft.dpi:\t{dpi}\n"], check=True)
        # In a process of its own, since Tk keeps its connection to a screen and dies with it.
        measured = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
    assert measured.stdout.strip() == sizes


# --- icons -------------------------------------------------------------------------------------------


def test_an_icon_is_tinted_kept_and_follows_the_theme(bare_root: tk.Tk) -> None:
    theme = Theme(bare_root, "light", 10)
    icons, button = Icons(theme), ttk.Button(bare_root)
    icons.put(button, "play", "Play")
    light = icons.get("play")
    assert (light.width(), light.height()) == (18, 18)
    assert icons.get("play") is light
    assert str(light) in str(button.cget("image"))
    theme.use("dark")
    bare_root.update()
    assert str(icons.get("play")) in str(button.cget("image"))
    assert str(light) not in str(button.cget("image"))


def test_an_icon_can_be_replaced_any_number_of_times(bare_root: tk.Tk) -> None:
    theme = Theme(bare_root, "light")
    icons, button = Icons(theme), ttk.Button(bare_root)
    for name in ("play", "pause") * 3:
        icons.put(button, name, name)
    assert button.bind("<<ThemeChanged>>").count("if {") == 1
    theme.use("dark")
    bare_root.update()
    assert str(icons.get("pause")) in str(button.cget("image"))


def test_words_stand_where_an_icon_is_missing(bare_root: tk.Tk) -> None:
    icons, button = Icons(Theme(bare_root, "light")), ttk.Button(bare_root)
    icons.put(button, "no-such-icon", "Words")
    assert button.cget("text") == "Words"
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.get("no-such-icon")


# --- tooltips ----------------------------------------------------------------------------------------


def test_a_tooltip_shows_what_holds_when_the_pointer_rests_and_goes_with_it(bare_root: tk.Tk) -> None:
    words = ["Play"]
    button = ttk.Button(bare_root, text="Button")
    button.pack()
    tip = add_tooltip(button, Theme(bare_root, "light"), lambda: words[0])
    bare_root.update()
    button.event_generate("<Enter>")
    words[0] = "Pause"
    assert tip.text == ""
    until(bare_root, lambda: tip.text, "the tooltip")
    assert tip.text == "Pause"
    button.event_generate("<Leave>")
    assert tip.text == ""


def test_a_tooltip_without_words_does_not_show_and_a_gone_widget_leaves_none(bare_root: tk.Tk) -> None:
    asked: list[str] = []

    def nothing() -> str:
        asked.append("")
        return ""

    button = ttk.Button(bare_root)
    button.pack()
    tip = add_tooltip(button, Theme(bare_root, "light"), nothing)
    bare_root.update()
    button.event_generate("<Enter>")
    until(bare_root, lambda: asked, "the question for the words")
    assert tip.text == ""
    tip.show("Here", 100, 100)
    assert tip.text == "Here"
    button.destroy()
    assert tip.text == ""


def test_a_tip_stays_inside_the_screen(bare_root: tk.Tk) -> None:
    tip = Tip(bare_root, Theme(bare_root, "light"))
    width, height = bare_root.winfo_screenwidth(), bare_root.winfo_screenheight()
    for x, y in ((0, 0), (width, height), (width, 0)):
        tip.show("Some words that take some room", x, y)
        bare_root.update()
        (window,) = bare_root.winfo_children()
        assert window.winfo_rootx() >= 0
        assert window.winfo_rootx() + window.winfo_width() <= width
        assert window.winfo_rooty() + window.winfo_height() <= height
