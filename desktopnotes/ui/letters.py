"""The letter of a label that works with Alt, which a translation chooses by a "&" before it."""

from __future__ import annotations


def with_letter(marked: str) -> tuple[str, int]:
    """The label without its "&", and the place of the letter behind it; the first letter where there is none.

    No key is named by a letter with an accent, so that is passed over.
    """
    before, _sign, behind = marked.rpartition("&")
    label = before + behind
    fit = [i for i, char in enumerate(label) if "a" <= char.lower() <= "z"]
    return label, next((i for i in fit if i >= len(before)), fit[0] if fit else 0)
