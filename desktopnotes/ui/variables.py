"""Tk's variables end with the widget that they belong to."""

from __future__ import annotations

import tkinter


def end_with(widget: tkinter.Misc, variable: tkinter.Variable) -> None:
    """Unsets the variable, and its traces, when the widget is destroyed.

    Else Python does so when it collects it: later, and on whatever thread, where Tk may not be called.
    """

    def end(event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is widget and vars(variable).get("_tk") is not None:
            variable.__del__()
            vars(variable)["_tk"] = None  # so that it is not done once more

    widget.bind("<Destroy>", end, add=True)
