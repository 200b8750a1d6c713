"""Several words as a sentence lists them."""

from __future__ import annotations

from collections.abc import Iterable

from desktopnotes.words import _


def listed(words: Iterable[str]) -> str:
    """“one, two and three”; empty where there are none."""
    *most, last = [*words] or [""]
    return _("{most} and {last}").format(most=", ".join(most), last=last) if most else last
