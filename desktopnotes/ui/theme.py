"""The look of every widget: a flat ttk theme over clam, in the colours of a palette, with fonts and sizes.

A widget that draws itself takes colours from `theme.palette` in a function given to `theme.follow`.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from PIL import Image, ImageTk

from desktopnotes.ui import shapes
from desktopnotes.ui.colours import Palette, chosen
from desktopnotes.ui.fonts import Fonts

Options = dict[str, Any]
Style = tuple[Options, Options]
"""What a style always looks like, and what it looks like in certain states."""


class Theme:
    """The look in force. `use` changes it at any time; everything on screen follows."""

    def __init__(self, root: tk.Tk, name: str = "system", font_size: int = 0) -> None:
        self._root = root
        self._style = ttk.Style(root)
        self._images: list[ImageTk.PhotoImage] = []
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
        dress()
        widget.bind("<<ThemeChanged>>", lambda _: dress(), add=True)

    def _apply(self) -> None:
        name = f"{self.palette.name}-{self.fonts.text.cget('size')}"
        if name not in self._style.theme_names():
            self._style.theme_create(name, "clam")
            self._style.theme_use(name)
            self._draw_marks()
            for style, layout in _layouts().items():
                self._style.layout(style, layout)
            for style, (always, states) in _styles(self.palette, self.fonts).items():
                self._style.configure(style, **always)
                self._style.map(style, **states)
        self._style.theme_use(name)
        classic = _classic(self.palette, self.fonts)
        for kind, options in classic.items():
            for option, value in options.items():
                self._root.option_add(f"*{kind}.{option}", value)
        self._dress(".", classic)

    def _dress(self, path: str, classic: dict[str, Options]) -> None:
        """Gives the widgets that are there already the colours that new ones get.

        Goes by Tcl's own paths, since tkinter does not know the lists that drop down from a combobox.
        """
        call = self._root.tk.call
        is_window = call("winfo", "toplevel", path) == path and call("winfo", "class", path) != "Menu"
        options = classic.get("Toplevel" if is_window else str(call("winfo", "class", path)), {})
        for option, value in options.items():
            call(path, "configure", f"-{option.lower()}", value)
        for child in self._root.tk.splitlist(call("winfo", "children", path)):
            self._dress(child, classic)

    def _draw_marks(self) -> None:
        """The marks of check and radio buttons and the arrows, as elements of the theme being made."""
        p, side = self.palette, self.px(16)
        box, dot = shapes.check_box, shapes.radio_dot
        element = self._element
        for name, shape, inner in (("Checkbutton", box, "tick"), ("Radiobutton", dot, "dot")):
            element(
                f"{name}.mark",
                shape(side, fill=p.field, border=p.handle),
                (
                    ("disabled", "selected"),
                    shape(side, fill=p.disabled, border=p.disabled, **{inner: p.field}),
                ),
                (("disabled",), shape(side, fill=p.background, border=p.border)),
                (("selected",), shape(side, fill=p.accent, border=p.accent, **{inner: p.accent_text})),
                (("focus",), shape(side, fill=p.field, border=p.accent)),
                (("active",), shape(side, fill=p.hover, border=p.handle)),
            )
        small = self.px(14)
        element(
            "Down.mark",
            shapes.arrow(small, "down", p.muted),
            (("disabled",), shapes.arrow(small, "down", p.disabled)),
        )
        element(
            "Open.mark",
            shapes.arrow(small, "right", p.muted),
            (("user2",), shapes.arrow(small, "right", "")),
            (("user1",), shapes.arrow(small, "down", p.muted)),
        )
        element("Knob.mark", shapes.disc(side, p.accent), (("disabled",), shapes.disc(side, p.disabled)))

    def _element(
        self, name: str, usual: Image.Image, *in_states: tuple[tuple[str, ...], Image.Image]
    ) -> None:
        specs: list[Any] = [(*states, self._photo(picture)) for states, picture in in_states]
        self._style.element_create(name, "image", self._photo(usual), *specs)

    def _photo(self, picture: Image.Image) -> ImageTk.PhotoImage:
        self._images.append(ImageTk.PhotoImage(picture, master=self._root))
        return self._images[-1]


def _layouts() -> dict[str, Any]:
    """How the widgets are put together where clam's own way has parts that are not flat."""
    thumb = {"expand": "1", "sticky": "nswe"}
    button = [
        (
            "Button.border",
            {
                "sticky": "nswe",
                "children": [
                    ("Button.padding", {"sticky": "nswe", "children": [("Button.label", {"sticky": "nswe"})]})
                ],
            },
        )
    ]
    return {
        "TButton": button,
        "TCheckbutton": _marked("Checkbutton"),
        "TRadiobutton": _marked("Radiobutton"),
        "TCombobox": [
            (
                "Combobox.field",
                {
                    "sticky": "nswe",
                    "children": [
                        ("Down.mark", {"side": "right", "sticky": ""}),
                        (
                            "Combobox.padding",
                            {"sticky": "nswe", "children": [("Combobox.textarea", {"sticky": "nswe"})]},
                        ),
                    ],
                },
            )
        ],
        "TMenubutton": [
            (
                "Menubutton.border",
                {
                    "sticky": "nswe",
                    "children": [
                        ("Down.mark", {"side": "right", "sticky": ""}),
                        (
                            "Menubutton.padding",
                            {"sticky": "we", "children": [("Menubutton.label", {"sticky": ""})]},
                        ),
                    ],
                },
            )
        ],
        "Vertical.TScrollbar": [
            ("Vertical.Scrollbar.trough", {"sticky": "ns", "children": [("Vertical.Scrollbar.thumb", thumb)]})
        ],
        "Horizontal.TScrollbar": [
            (
                "Horizontal.Scrollbar.trough",
                {"sticky": "we", "children": [("Horizontal.Scrollbar.thumb", thumb)]},
            )
        ],
        "Horizontal.TScale": [
            ("Horizontal.Scale.trough", {"sticky": "we"}),
            ("Knob.mark", {"side": "left", "sticky": ""}),
        ],
        "Treeview.Item": [
            (
                "Treeitem.padding",
                {
                    "sticky": "nswe",
                    "children": [
                        ("Open.mark", {"side": "left", "sticky": ""}),
                        ("Treeitem.image", {"side": "left", "sticky": ""}),
                        ("Treeitem.text", {"sticky": "nswe"}),
                    ],
                },
            )
        ],
    }


def _marked(kind: str) -> Any:
    label = (
        f"{kind}.focus",
        {"side": "left", "sticky": "w", "children": [(f"{kind}.label", {"sticky": "nswe"})]},
    )
    return [
        (
            f"{kind}.padding",
            {"sticky": "nswe", "children": [(f"{kind}.mark", {"side": "left", "sticky": ""}), label]},
        )
    ]


def _flat(colour: str, border: str = "") -> Options:
    """clam draws a bevel of three colours; with one colour for all there is none."""
    return {"background": colour, "lightcolor": colour, "darkcolor": colour, "bordercolor": border or colour}


def _flat_in(states: dict[str, str], border: dict[str, str]) -> Options:
    """The same for states: `{"hover": colour}`; the border has states of its own, as it shows the focus."""
    spec = [(*state.split(), colour) for state, colour in states.items()]
    edge = [(*state.split(), colour) for state, colour in border.items()] + spec
    return {"background": spec, "lightcolor": spec, "darkcolor": spec, "bordercolor": edge}


def _styles(p: Palette, fonts: Fonts) -> dict[str, Style]:
    return {**_texts(p, fonts), **_buttons(p, fonts), **_fields(p, fonts), **_containers(p, fonts)}


def _texts(p: Palette, fonts: Fonts) -> dict[str, Style]:
    everywhere = {
        **_flat(p.background, p.border),
        "foreground": p.text,
        "font": fonts.text,
        "troughcolor": p.track,
        "fieldbackground": p.field,
        "selectbackground": p.selection,
        "selectforeground": p.selection_text,
        "insertcolor": p.accent,
        "focuscolor": p.accent,
        "borderwidth": 1,
        "relief": "flat",
    }
    return {
        ".": (everywhere, {"foreground": [("disabled", p.disabled)]}),
        "TLabel": ({"background": p.background}, {}),
        "Title.TLabel": ({"font": fonts.title}, {}),
        "Heading.TLabel": ({"font": fonts.bold}, {}),
        "Muted.TLabel": ({"foreground": p.muted}, {}),
        "Status.TLabel": ({"foreground": p.muted, "font": fonts.small}, {}),
        "Error.TLabel": ({"foreground": p.error}, {}),
        "Clock.TLabel": ({"font": fonts.mono_large}, {}),
        "Mono.TLabel": ({"foreground": p.muted, "font": fonts.mono}, {}),
        "Link.TLabel": ({"foreground": p.accent}, {"foreground": [("active", p.accent_hover)]}),
        "Tip.TLabel": (
            {
                "background": p.tip,
                "foreground": p.tip_text,
                "font": fonts.small,
                "padding": (fonts.px(8), fonts.px(4)),
            },
            {},
        ),
    }


def _buttons(p: Palette, fonts: Fonts) -> dict[str, Style]:
    focus = {"focus": p.accent}
    padding = (fonts.px(12), fonts.px(5))
    grey = {"disabled": p.background, "pressed": p.pressed, "active": p.hover}
    quiet = {**grey, "selected": p.selection}
    bright = {"disabled": p.track, "pressed": p.accent_hover, "active": p.accent_hover}
    mark = {"padding": (0, fonts.px(3)), "indicatormargin": 0, "focuscolor": p.background}
    marked = {"background": [("active", p.background)], "focuscolor": [("focus", p.accent)]}
    return {
        "TButton": (
            {**_flat(p.button, p.border), "padding": padding, "anchor": "center"},
            _flat_in(grey, focus),
        ),
        "Accent.TButton": (
            {**_flat(p.accent), "foreground": p.accent_text},
            {**_flat_in(bright, {"focus": p.text}), "foreground": [("disabled", p.disabled)]},
        ),
        "Icon.TButton": ({**_flat(p.background), "padding": fonts.px(5)}, _flat_in(quiet, focus)),
        "Quiet.TButton": (
            {**_flat(p.background), "padding": (fonts.px(6), fonts.px(3)), "foreground": p.muted},
            {
                **_flat_in(grey, focus),
                "foreground": [("disabled", p.disabled), ("active", p.text), ("selected", p.text)],
            },
        ),
        "TMenubutton": (
            {**_flat(p.background), "padding": (fonts.px(6), fonts.px(3))},
            _flat_in(grey, focus),
        ),
        "Title.TMenubutton": ({"font": fonts.bold}, {}),
        "TCheckbutton": (mark, marked),
        "TRadiobutton": (mark, marked),
        "TScale": ({**_flat(p.background), "troughcolor": p.track, "groovewidth": fonts.px(4)}, {}),
    }


def _fields(p: Palette, fonts: Fonts) -> dict[str, Style]:
    field = {**_flat(p.field, p.border), "padding": (fonts.px(8), fonts.px(5)), "fieldbackground": p.field}
    focused = {
        "bordercolor": [("invalid", p.error), ("focus", p.accent)],
        "lightcolor": [("focus", p.accent)],
        "darkcolor": [("focus", p.accent)],
        "fieldbackground": [("disabled", p.background)],
    }
    row = fonts.text.metrics("linespace")
    return {
        "TEntry": (field, focused),
        "TCombobox": (
            field,
            {**focused, "fieldbackground": [("disabled", p.background), ("readonly", p.button)]},
        ),
        "TSpinbox": (field, focused),
        "Treeview": (
            {**_flat(p.page, p.border), "fieldbackground": p.page, "rowheight": row + fonts.px(8)},
            {
                "background": [("selected", p.selection)],
                "foreground": [("selected", p.selection_text)],
                "bordercolor": [("focus", p.accent)],
            },
        ),
        "Talks.Treeview": ({"rowheight": 2 * row + fonts.px(6)}, {}),
        "Heading": ({**_flat(p.background), "foreground": p.muted, "padding": fonts.px(4)}, {}),
    }


def _containers(p: Palette, fonts: Fonts) -> dict[str, Style]:
    thumb = {"active": p.handle, "pressed": p.handle}
    return {
        "TFrame": ({"background": p.background}, {}),
        "Page.TFrame": ({"background": p.page}, {}),
        "Card.TFrame": ({**_flat(p.page, p.border), "relief": "solid"}, {}),
        "TSeparator": ({"background": p.border}, {}),
        "TPanedwindow": ({"background": p.background}, {}),
        "Sash": ({**_flat(p.background), "sashthickness": fonts.px(9), "gripcount": 0}, {}),
        "TScrollbar": (
            {**_flat(p.track), "troughcolor": p.page, "gripcount": 0, "arrowsize": fonts.px(8)},
            _flat_in(thumb, {}),
        ),
        "TProgressbar": ({**_flat(p.accent), "troughcolor": p.track, "thickness": fonts.px(4)}, {}),
        "TNotebook": ({**_flat(p.background), "tabmargins": 0}, {}),
        "TNotebook.Tab": (
            {**_flat(p.background), "padding": (fonts.px(10), fonts.px(5)), "foreground": p.muted},
            {"foreground": [("selected", p.text)], "bordercolor": [("focus", p.accent)]},
        ),
    }


def _classic(p: Palette, fonts: Fonts) -> dict[str, Options]:
    """The look of the widgets that ttk does not draw, by class and by the names of the option database."""
    selected = {"selectBackground": p.selection, "selectForeground": p.selection_text}
    flat = {"borderWidth": 0, "highlightThickness": 0, "relief": "flat"}
    return {
        "Toplevel": {"background": p.background},
        "Frame": {"background": p.background},
        "Canvas": {"background": p.background, "highlightThickness": 0},
        "Menu": {
            "background": p.button,
            "foreground": p.text,
            "activeBackground": p.selection,
            "activeForeground": p.selection_text,
            "disabledForeground": p.disabled,
            "selectColor": p.accent,
            "font": fonts.text,
            "relief": "flat",
            "borderWidth": 1,
            "activeBorderWidth": 0,
        },
        "Text": {
            **selected,
            "background": p.page,
            "foreground": p.text,
            "inactiveSelectBackground": p.selection,
            "insertBackground": p.accent,
            "insertWidth": fonts.px(2),
            "font": fonts.page,
            "borderWidth": 0,
            "relief": "flat",
            "highlightThickness": 1,
            "highlightBackground": p.border,
            "highlightColor": p.accent,
            "padX": fonts.px(10),
            "padY": fonts.px(8),
        },
        "Listbox": {**selected, **flat, "background": p.page, "foreground": p.text, "font": fonts.text},
    }
