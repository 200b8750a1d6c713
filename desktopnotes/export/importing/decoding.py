"""The text of a file of any kind that text comes in, and what to tell of how it was come by."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from desktopnotes.files import read_regular
from desktopnotes.model.errors import ReadError
from desktopnotes.words import _

LIMIT_BYTES = 64_000_000
"""Some hundred times what a notebook of an evening a week for a year comes to."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?")
_START = 100_000


def text_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """The file's text with `\\n` at the ends of lines and nothing unseen in it, and remarks for the user.

    Raises `ReadError` where the file is no text, too large, or cannot be read.
    """
    content = read_regular(path, LIMIT_BYTES)
    if not content.strip(b"\0 \t\r\n"):
        raise ReadError(_("“{name}” is empty, so nothing was imported.").format(name=path.name))
    text, remarks = _decoded(content, path.name)
    start = text[:_START]
    odd = len(_UNSEEN.findall(start))
    if odd > 8 + len(start) / 50:
        raise ReadError(
            _("“{name}” is no text, so nothing was imported.").format(name=path.name),
            _("Posts, lists of times and captions can be: .md, .txt, .vtt, .srt."),
        )
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
        remarks = (*remarks, _("Signs that cannot be seen were left out of “{name}”.").format(name=path.name))
    return (_LINE_ENDS.sub("\n", text) if "\r" in text else text), remarks


def _decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), "")
    encoding = encoding or _utf_16_without_bom(content[:4000]) or "utf-8"
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError:
        if encoding not in ("utf-8", "utf-8-sig"):
            damaged = _("“{name}” is damaged: some letters could not be read and show as �.").format(
                name=name
            )
            return content.decode(encoding, "replace"), (damaged,)
    # Five bytes mean nothing in Windows-1252; they show as what cannot be read.
    return content.decode("cp1252", "replace"), (
        _(
            "“{name}” is not in UTF-8 and was read as Western European. If letters are wrong, save it "
            "as UTF-8 and import it again."
        ).format(name=name),
    )


def _utf_16_without_bom(start: bytes) -> str:
    """Letters of Europe in UTF-16 have a NUL as every second byte; which one says the order."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) / 5 or min(even, odd) > max(even, odd) / 4:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
