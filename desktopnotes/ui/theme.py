"""The look in force: a flat ttk theme over clam in the colours of a palette, with fonts and sizes to match.

A widget that draws itself takes its colours from `theme.palette` in a function given to `theme.follow`.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from PIL import Image, ImageTk

from desktopnotes.ui import shapes
from desktopnotes.ui.colours import chosen
from desktopnotes.ui.fonts import Fonts
from desktopnotes.ui.styles import Options, classic, layouts, styles


class Theme:
    """Colours, fonts and sizes of one window; `use` changes them at any time and everything follows."""

    def __init__(self, root: tk.Tk, name: str = "system", font_size: int = 0) -> None:
        self.root = root
        self._style = ttk.Style(root)
        self._images: list[ImageTk.PhotoImage] = []
        self._classic: dict[str, Options] = {}
        self.fonts = Fonts(root, font_size)
        self.palette = chosen(name)
        self._apply()

    def use(self, name: str, font_size: int = 0) -> None:
        """Changes to "light", "dark" or "system" and to a text size in points (0: the system's)."""
        self.fonts.resize(font_size)
        self.palette = chosen(name)
        self._apply()

    def px(self, n: float) -> int:
        """A length of the design in pixels of this screen (see `Fonts.px`)."""
        return self.fonts.px(n)

    def follow(self, widget: tk.Misc, dress: Callable[[], None]) -> None:
        """Calls `dress` now and whenever the theme changes, as long as the widget lives."""
        dressed_in = (self.palette, self.fonts.size)
        dress()

        def changed(_: object) -> None:
            nonlocal dressed_in
            if dressed_in != (self.palette, self.fonts.size):
                dressed_in = (self.palette, self.fonts.size)
                dress()

        widget.bind("<<ThemeChanged>>", changed, add=True)

    def _apply(self) -> None:
        name = f"{self.palette.name}-{self.fonts.size}"
        if name in self._style.theme_names():
            self._style.theme_use(name)
        else:
            self._make(name)
        before, self._classic = self._classic, classic(self.palette, self.fonts)
        for kind, options in self._classic.items():
            for option, value in options.items():
                self.root.option_add(f"*{kind}.{option}", value)
        self._dress(".", before)

    def _make(self, name: str) -> None:
        self._style.theme_create(name, "clam")
        self._style.theme_use(name)
        self._draw_marks()
        for style, layout in layouts().items():
            self._style.layout(style, layout)
        for style, (always, by_state) in styles(self.palette, self.fonts).items():
            self._style.configure(style, **always)
            self._style.map(style, **by_state)

    def _dress(self, path: str, before: dict[str, Options]) -> None:
        """Gives a widget and those inside it the new look, except for what somebody gave it on purpose.

        Goes by Tcl's own paths, since tkinter does not know the lists that drop down from a combobox.
        """
        call = self.root.tk.call
        kind = str(call("winfo", "class", path))
        if kind != "Menu" and str(call("winfo", "toplevel", path)) == path:
            kind = "Toplevel"
        for option, value in self._classic.get(kind, {}).items():
            name = f"-{option.lower()}"
            usual = before.get(kind, {}).get(option)
            if usual is None or str(call(path, "cget", name)) == str(usual):
                call(path, "configure", name, value)
        for child in self.root.tk.splitlist(call("winfo", "children", path)):
            self._dress(str(child), before)

    def _draw_marks(self) -> None:
        """The marks of check and radio buttons, the arrows and the knob: elements of the theme being made."""
        p, side, gap = self.palette, self.px(16), self.px(5)
        box, dot = shapes.check_box, shapes.radio_dot
        for name, shape, inner in (("Checkbutton", box, "tick"), ("Radiobutton", dot, "dot")):
            self._element(
                f"{name}.mark",
                shape(side, fill=p.field, border=p.handle),
                (
                    ("disabled", "selected"),
                    shape(side, fill=p.disabled, border=p.disabled, **{inner: p.background}),
                ),
                (("disabled",), shape(side, fill=p.background, border=p.border)),
                (("selected",), shape(side, fill=p.accent, border=p.accent, **{inner: p.accent_text})),
                (("active",), shape(side, fill=p.hover, border=p.handle)),
                room_px=gap,
            )
        small = self.px(14)
        grey = shapes.arrow(small, "down", p.disabled)
        down = shapes.arrow(small, "down", p.muted)
        self._element("Down.mark", down, (("disabled",), grey), room_px=gap)
        right = shapes.arrow(small, "right", p.muted)
        self._element("Open.mark", right, (("user2",), shapes.arrow(small, "right", "")), (("user1",), down))
        self._element(
            "Knob.slider", shapes.disc(side, p.accent), (("disabled",), shapes.disc(side, p.disabled))
        )
        self._element("Line.trough", shapes.line(side, self.px(4), p.track), border=(1, 0), sticky="we")

    def _element(
        self,
        name: str,
        usual: Image.Image,
        *in_states: tuple[tuple[str, ...], Image.Image],
        room_px: int = 0,
        sticky: str = "",
        **options: Any,
    ) -> None:
        """Makes an element of pictures, with some room to their right."""

        def photo(picture: Image.Image) -> ImageTk.PhotoImage:
            sheet = Image.new("RGBA", (picture.width + room_px, picture.height))
            sheet.paste(picture)
            self._images.append(ImageTk.PhotoImage(sheet, master=self.root))
            return self._images[-1]

        specs: list[Any] = [(*states, photo(picture)) for states, picture in in_states]
        self._style.element_create(name, "image", photo(usual), *specs, sticky=sticky, **options)
