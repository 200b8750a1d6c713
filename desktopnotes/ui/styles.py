"""What every kind of widget looks like, as tables made from a palette and fonts; it never touches a widget.

clam draws a border and inside it a bevel of two colours. Where the bevel is of the colour of the body it is
flat, and where both are of the accent's they are the ring that shows the focus.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktopnotes.ui.colours import Palette
from desktopnotes.ui.fonts import Fonts

Options = dict[str, Any]
Style = tuple[Options, Options]
"""What a style always looks like, and what it looks like in certain states."""


def styles(p: Palette, fonts: Fonts) -> dict[str, Style]:
    """The styles of ttk: those of its own widgets, and ours such as "Icon.TButton"."""
    return {**_texts(p, fonts), **_buttons(p, fonts), **_fields(p, fonts), **_containers(p, fonts)}


def _flat(colour: str, border: str = "") -> Options:
    return {"background": colour, "lightcolor": colour, "darkcolor": colour, "bordercolor": border or colour}


def _flat_in(states: Mapping[str, str], ring: str, border: str = "") -> Options:
    """The same by state, the first that holds; `ring` shows the focus, `border` stays where there is none."""
    body, bevel = list(states.items()), [("focus", ring), *states.items()]
    edge = [("focus", ring)] if border else bevel
    return {"background": body, "lightcolor": bevel, "darkcolor": bevel, "bordercolor": edge}


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
        "insertwidth": fonts.px(2),
        "focuscolor": p.accent,
        "arrowcolor": p.muted,
        "borderwidth": 1,
        "relief": "flat",
    }
    return {
        ".": (everywhere, {"foreground": [("disabled", p.disabled)]}),
        "TLabel": ({"background": p.background}, {}),
        "Card.TLabel": ({"background": p.page}, {}),
        "Title.TLabel": ({"font": fonts.title}, {}),
        "Heading.TLabel": ({"font": fonts.bold}, {}),
        "Muted.TLabel": ({"foreground": p.muted}, {}),
        "Status.TLabel": (
            {"foreground": p.muted, "font": fonts.small},
            {"foreground": [("active", p.accent)]},
        ),
        "Empty.TLabel": ({"background": p.page, "foreground": p.muted}, {}),
        "Hint.TLabel": ({"foreground": p.accent, "font": fonts.small}, {}),
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
    shades = {"disabled": p.background, "pressed": p.pressed, "active": p.hover}
    bright = {"disabled": p.background, "pressed": p.accent_hover, "active": p.accent_hover}
    small = {**_flat(p.background), "padding": (fonts.px(6), fonts.px(3))}
    mark = {"padding": fonts.px(2), "focuscolor": p.background}
    marked = {"focuscolor": [("focus", p.accent)]}
    return {
        "TButton": (
            {
                **_flat(p.button, p.border),
                "relief": "raised",
                "anchor": "center",
                "padding": (fonts.px(12), fonts.px(5)),
            },
            _flat_in(shades, p.accent, p.border),
        ),
        "Accent.TButton": (
            {**_flat(p.accent), "foreground": p.accent_text},
            {**_flat_in(bright, p.text), "foreground": [("disabled", p.disabled)]},
        ),
        "Icon.TButton": (
            {**_flat(p.background), "padding": fonts.px(5)},
            _flat_in({**shades, "selected": p.selection}, p.accent),
        ),
        "Quiet.TButton": (
            {**small, "foreground": p.muted},
            {
                **_flat_in(shades, p.accent),
                "foreground": [("disabled", p.disabled), ("active", p.text), ("selected", p.text)],
            },
        ),
        "Switch.TButton": (
            {**small, "foreground": p.muted, "font": fonts.small},
            {
                **_flat_in(shades, p.accent),
                "foreground": [("selected", p.text), ("active", p.text), ("alternate", p.disabled)],
                "font": [("selected", fonts.small_underlined)],
            },
        ),
        "Tip.TButton": (
            {
                **_flat(p.tip),
                "foreground": p.tip_text,
                "font": fonts.small,
                "padding": (fonts.px(8), fonts.px(3)),
            },
            {
                **_flat_in({"active": p.accent}, p.accent),
                "foreground": [("active", p.accent_text)],
            },
        ),
        "Part.TButton": (
            {**_flat(p.background), "font": fonts.title, "padding": (0, fonts.px(1))},
            _flat_in(shades, p.accent),
        ),
        "Check.TButton": (
            {**_flat(p.background), "anchor": "w", "padding": (fonts.px(12), fonts.px(4))},
            _flat_in(shades, p.accent),
        ),
        "TMenubutton": ({**small, "relief": "raised"}, _flat_in(shades, p.accent)),
        "Title.TMenubutton": ({"font": fonts.bold}, {}),
        "TCheckbutton": (mark, marked),
        "TRadiobutton": (mark, marked),
    }


def _fields(p: Palette, fonts: Fonts) -> dict[str, Style]:
    field = {**_flat(p.field, p.border), "padding": (fonts.px(7), fonts.px(4))}
    ring = [("invalid", "focus", p.error), ("focus", p.accent)]
    focused = {
        "bordercolor": [("invalid", p.error), ("focus", p.accent)],
        "lightcolor": ring,
        "darkcolor": ring,
        "fieldbackground": [("disabled", p.background)],
    }
    row_px = fonts.text.metrics("linespace")
    return {
        "TEntry": (field, focused),
        "TCombobox": (
            field,
            {**focused, "fieldbackground": [("disabled", p.background), ("readonly", p.button)]},
        ),
        "Treeview": (
            {
                **_flat(p.page, p.border),
                "fieldbackground": p.page,
                "rowheight": row_px + fonts.px(8),
                "indent": fonts.px(16),
            },
            {
                "background": [("selected", p.selection)],
                "foreground": [("selected", p.selection_text)],
                "bordercolor": [("focus", p.accent)],
            },
        ),
        "Talks.Treeview": ({"rowheight": 2 * row_px + fonts.px(6)}, {}),
        "Cell": ({"padding": (fonts.px(4), 0, fonts.px(6), 0)}, {}),
        "Item": ({"padding": (fonts.px(4), 0, 0, 0)}, {}),
        "Heading": ({**_flat(p.background), "foreground": p.muted, "padding": fonts.px(4)}, {}),
    }


def _containers(p: Palette, fonts: Fonts) -> dict[str, Style]:
    return {
        "TFrame": ({"background": p.background}, {}),
        "Page.TFrame": ({"background": p.page}, {}),
        "Card.TFrame": ({**_flat(p.page, p.border), "relief": "solid"}, {}),
        "ComboboxPopdownFrame": ({"relief": "solid", "borderwidth": 1}, {}),
        "TSeparator": ({"background": p.border, "padding": (1, 1, 0, 0)}, {}),
        "TPanedwindow": ({"background": p.background}, {}),
        "Sash": ({**_flat(p.background), "sashthickness": fonts.px(9), "gripcount": 0}, {}),
        "TScrollbar": (
            {**_flat(p.track, p.page), "troughcolor": p.page, "gripcount": 0, "arrowsize": fonts.px(10)},
            _flat_in({"disabled": p.page, "pressed": p.handle, "active": p.handle}, p.handle, p.page),
        ),
        "TNotebook": ({**_flat(p.background, p.border), "tabmargins": 0}, {}),
        "TNotebook.Tab": (
            {**_flat(p.background), "padding": (fonts.px(10), fonts.px(5)), "foreground": p.muted},
            {
                "bordercolor": [("focus", p.accent), ("selected", p.border)],
                "lightcolor": [("focus", p.accent)],
                "foreground": [("selected", p.text)],
            },
        ),
    }


def layouts() -> dict[str, Any]:
    """How the widgets are put together, where clam has parts that are not flat or marks of its own."""
    label = _part("Button.label")
    return {
        "TButton": [_part("Button.border", _part("Button.padding", label))],
        "TCheckbutton": [_marked("Checkbutton")],
        "TRadiobutton": [_marked("Radiobutton")],
        "TCombobox": [
            _part(
                "Entry.field",
                _part("Down.mark", side="right", sticky=""),
                _part("Combobox.padding", _part("Combobox.textarea")),
            )
        ],
        "TMenubutton": [
            _part(
                "Menubutton.border",
                _part("Down.mark", side="right", sticky=""),
                _part("Menubutton.padding", _part("Menubutton.label", side="left", sticky="")),
            )
        ],
        "TNotebook.Tab": [
            _part("Notebook.tab", _part("Notebook.padding", _part("Notebook.label", side="top", sticky="")))
        ],
        "TSeparator": [_part("Line.fill", _part("Line.padding"))],
        "Vertical.TScrollbar": [
            _part("Vertical.Scrollbar.trough", _part("Vertical.Scrollbar.thumb", expand="1"), sticky="ns")
        ],
        "Horizontal.TScrollbar": [
            _part("Horizontal.Scrollbar.trough", _part("Horizontal.Scrollbar.thumb", expand="1"), sticky="we")
        ],
        "Horizontal.TScale": [
            _part("Line.trough", _part("Knob.slider", side="left", sticky=""), sticky="we")
        ],
        "Treeview.Item": [
            _part(
                "Treeitem.padding",
                _part("Open.mark", side="left", sticky=""),
                _part("Treeitem.image", side="left", sticky=""),
                _part("Gap.padding", _part("Treeitem.text")),
            )
        ],
    }


def _marked(kind: str) -> Any:
    focus = _part(f"{kind}.focus", _part(f"{kind}.label"), side="left", sticky="w")
    return _part(f"{kind}.padding", _part(f"{kind}.mark", side="left", sticky=""), focus)


def _part(name: str, *inside: Any, sticky: str = "nswe", **options: str) -> Any:
    """An element of a layout as ttk wants it, with the elements inside it."""
    return (name, {"sticky": sticky, **options, **({"children": list(inside)} if inside else {})})


def classic(p: Palette, fonts: Fonts) -> dict[str, Options]:
    """The look of widgets that ttk does not draw, by class and by the option database's own names."""
    selected = {"selectBackground": p.selection, "selectForeground": p.selection_text}
    return {
        "Toplevel": {"background": p.background},
        "Canvas": {"background": p.background, "highlightThickness": 0},
        "Text": {**selected, **_classic_text(p, fonts)},
        "Listbox": {
            **selected,
            "background": p.page,
            "foreground": p.text,
            "font": fonts.text,
            "borderWidth": 0,
            "highlightThickness": 0,
            "relief": "flat",
        },
        "TEntry": {"font": fonts.text},
        "TCombobox": {"font": fonts.text},
        **_classic_menus(p, fonts),
    }


def _classic_text(p: Palette, fonts: Fonts) -> Options:
    return {
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
    }


def _classic_menus(p: Palette, fonts: Fonts) -> dict[str, Options]:
    """The bar is flat; what drops down from it has an edge."""
    edge = {"relief": "raised"}
    bar = {
        "background": p.background,
        "foreground": p.text,
        "activeBackground": p.selection,
        "activeForeground": p.selection_text,
        "disabledForeground": p.disabled,
        "selectColor": p.accent,
        "font": fonts.text,
        "relief": "flat",
        "borderWidth": 1,
        "activeBorderWidth": 0,
    }
    return {"Menu": bar, "Menu.Menu": edge, "TMenubutton.Menu": edge}
