"""A post as it is pasted into letters, documents and editors of the web: safe HTML, and plain text beside it.

The HTML stands for itself: pictures are inside it, nothing is fetched, nothing runs, and a link that means
something only on the author's site is its words alone.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.export import links, post
from desktopnotes.export.interchange import wording
from desktopnotes.export.options import Options
from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Notebook, Post, Site
from desktopnotes.words import ngettext

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEAD = '<meta http-equiv="content-type" content="text/html; charset=utf-8">\n'
"""Programs that paste take HTML without it for Latin-1."""

_WIDEST_PX = 1200
_LARGEST_PNG_BYTES = 300_000
_ALL_PICTURES_BYTES = 8_000_000
"""A clipboard holds as much as it must, but what is pasted into a letter should be sent, too."""


@dataclass(frozen=True, slots=True)
class Rich:
    """`notices` say what was left out and why, one sentence each."""

    html: str
    text: str
    notices: tuple[str, ...] = ()


def rich(notebook: Notebook, which: Post, options: Options) -> Rich:
    """The post without anything that is for a site. It reads pictures, so it is work for a worker."""
    export = post.exported(notebook, which, replace(options, site=Site.PLAIN, raw_html=False, per_talk=False))
    pictures = _Pictures({picture.path: picture.source for picture in export.pictures})
    html, text = of_markdown(export.text, pictures)
    return Rich(html, text, (*export.notices, *pictures.notices()))


@dataclass(slots=True)
class _Pictures:
    """The pictures that a text shows, by their addresses in it, as addresses that hold them whole."""

    sources: Mapping[str, Path] = field(default_factory=dict)
    _bytes: int = 0
    _left_out: int = 0

    def address(self, source: str) -> str:
        """Empty for what is no picture of the notebook, cannot be read, or would be too much."""
        if source not in self.sources:
            return ""
        try:
            content, kind = _encoded(self.sources[source])
        except ReadError:
            content, kind = b"", ""
        if not content or self._bytes + len(content) > _ALL_PICTURES_BYTES:
            self._left_out += 1
            return ""
        self._bytes += len(content)
        return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"

    def notices(self) -> Iterator[str]:
        if self._left_out:
            yield ngettext(
                "{count} picture is there by description alone.",
                "{count} pictures are there by description alone.",
                self._left_out,
            ).format(count=self._left_out)


def _encoded(source: Path) -> tuple[bytes, str]:
    """The picture in a form that every program pastes (many know no WEBP). Raises `ReadError`."""
    from desktopnotes.pictures import open_picture  # Pillow is for those who copy pictures

    picture = open_picture(source)
    picture.thumbnail((_WIDEST_PX, _WIDEST_PX))
    target = io.BytesIO()
    picture.save(target, "PNG")
    if target.tell() <= _LARGEST_PNG_BYTES:
        return target.getvalue(), "png"
    target = io.BytesIO()
    picture.convert("RGB").save(target, "JPEG", quality=85)
    return target.getvalue(), "jpeg"


def of_markdown(text: str, pictures: _Pictures | None = None) -> tuple[str, str]:
    """A text of Markdown as HTML, and as plain text."""
    parser = wording.parser()
    tokens = parser.parse(text)
    plain = "\n".join(_Plain().lines(tokens)).strip("\n") + "\n"
    for token in tokens:
        if token.children:
            token.children = list(_self_contained(token.children, pictures or _Pictures()))
    return _HEAD + str(parser.renderer.render(tokens, parser.options, {})), wording.visible(plain)


# --- HTML --------------------------------------------------------------------------------------------


def _self_contained(tokens: list[Token], pictures: _Pictures) -> Iterator[Token]:
    leads: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            leads.append(bool(links.public(address)) or address.lower().startswith("mailto:"))
            token.attrs = {"href": links.without_password(address)}
        if token.type == "image":
            yield from _picture(token, pictures, within_link=bool(leads))
        elif not token.type.startswith("link_") or leads[-1]:
            yield token
        if token.type == "link_close":
            leads.pop()


def _picture(token: Token, pictures: _Pictures, *, within_link: bool) -> Iterator[Token]:
    """The picture itself; one of the web is a link, as it would be fetched; any other its description."""
    from markdown_it.token import Token as Made

    source = str(token.attrs.get("src", ""))
    if address := pictures.address(source):
        token.attrs = {"src": address, "alt": ""}  # the description is put in by the renderer
        yield token
        return
    words = Made("text", "", 0, content=token.content or "picture")
    page = links.public(source)
    if page and not within_link:
        yield Made("link_open", "a", 1, attrs={"href": page})
        yield words
        yield Made("link_close", "a", -1)
    else:
        yield words


# --- plain text --------------------------------------------------------------------------------------

_BULLETS, _IN_TABLE = -1, -2
_STAND_APART = ("paragraph", "heading", "blockquote", "table")


@dataclass(slots=True)
class _Plain:
    """Writes blocks under each other: `_margins` stand before each line, `_sign` once before the next one, a
    blank line where there is a `_gap`. `_numbers` are the next ones of the lists, or say what they are.
    """

    _margins: list[str] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _sign: str = ""
    _gap: bool = False

    def lines(self, tokens: list[Token]) -> Iterator[str]:
        for token in tokens:
            name = token.type.removesuffix("_open").removesuffix("_close")
            if token.type == "inline":
                yield from self._inline(token)
            elif name in ("fence", "code_block", "hr"):
                self._gap = True
                yield from self._written("* * *" if name == "hr" else token.content.removesuffix("\n"))
                self._gap = True
            elif token.type == "tr_close":
                yield from self._written(" | ".join(self._cells))
                self._cells = []
            else:
                self._enter_or_leave(token, name)

    def _inline(self, token: Token) -> Iterator[str]:
        words = "".join(wording.words_in(token.children or []))
        if self._numbers and self._numbers[-1] == _IN_TABLE:
            self._cells.append(words)
        else:
            yield from self._written(words)

    def _written(self, words: str) -> Iterator[str]:
        if self._gap:
            yield ""
        self._gap = False
        for line in words.split("\n"):
            margin = "".join(self._margins)
            margin = margin[: len(margin) - len(self._sign)] + self._sign
            self._sign = ""
            yield f"{margin}{line}".rstrip()

    def _enter_or_leave(self, token: Token, name: str) -> None:
        # Paragraphs of a list without blank lines are hidden, and stand close.
        self._gap |= name in _STAND_APART and not token.hidden
        if name in ("bullet_list", "ordered_list", "table"):
            self._list(token, name)
        elif token.type == "list_item_open":
            self._sign = "- " if self._numbers[-1] == _BULLETS else f"{self._numbers[-1]}. "
            self._numbers[-1] += self._numbers[-1] != _BULLETS
            self._margins.append(" " * len(self._sign))
        elif token.type == "blockquote_open":
            self._margins.append("> ")
        elif token.type in ("list_item_close", "blockquote_close"):
            self._margins.pop()
            self._sign = ""

    def _list(self, token: Token, name: str) -> None:
        if token.nesting > 0:
            first = {"bullet_list": _BULLETS, "table": _IN_TABLE}.get(name, int(token.attrs.get("start", 1)))
            self._numbers.append(first)
        else:
            self._numbers.pop()
        self._gap |= not self._numbers or (token.nesting > 0 and len(self._numbers) == 1)
