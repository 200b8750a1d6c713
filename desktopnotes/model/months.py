"""The months as the window names them; those of a post are of its own language (`export/languages.py`)."""

from __future__ import annotations

from desktopnotes.words import _

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
"""By their number, from 0."""
