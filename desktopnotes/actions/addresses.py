"""What a pasted, dropped or typed text says of the web: the addresses in it, and which of them are lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category
from urllib.parse import parse_qs, urlsplit

from desktopnotes.export import links
from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import to_letters
from desktopnotes.words import _, ngettext, number

LONGEST_TEXT = 200_000
LONGEST_ADDRESS = 2_000
"""Characters; browsers and servers stop at some 2,000, so nothing longer is an address that was copied."""

_BEGINS = _("Such an address begins with https:// or http://.")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:javascript|data|mailto|magnet|blob|about):)\S", re.IGNORECASE
)
_WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/\S+")
_AROUND = "<>()[]\"'“”‘’„«»,;"
"""What stands around an address in a text and is no part of it."""

_ALONE = re.compile(r"[\s,;|<>()\[\]\"'“”*•·–—-]*(?:\d+[.)]\s*)?")
"""What may stand between several addresses: separators and the marks of lists, no words."""

_FEED_ENDS = (".xml", ".rss", ".atom", "/feed", "/rss")
_FEED_HOST_PARTS = ("feeds.", "rss.")
_YOUTUBE_LIST = re.compile(
    r"/(?:@|channel/|c/|user/)[^/]+(?:/(?:videos|streams|featured|playlists|shorts))?/?"
)
_VIMEO_LIST = re.compile(r"/(?:(?:showcase|album)/\d+|channels/[^/]+|groups/[^/]+(?:/videos)?)/?")
_CCC_LIST = re.compile(r"(?:/[a-z]{2})?/[bc]/.+")
_PEERTUBE_PLAYLIST = re.compile(r"/(?:w/p|videos/watch/playlist)/[\w-]+/?")
_PEERTUBE_CHANNEL = re.compile(r"/(?:c|a|video-channels|accounts)/[^/]+(?:/videos|/video-channels)/?")


def in_text(text: str) -> tuple[str, ...]:
    """The web addresses in a text, each once and in order.

    Around a single one any words may stand; several stand alone, on lines or apart by spaces. Raises
    `UserError` that says what is wrong: no address among the words, another kind of address, one that cannot
    be right, several in the midst of a text.
    """
    if len(text) > LONGEST_TEXT:
        raise UserError(
            _nothing(_("That is far too much text for an address.")), _("Copy the address alone.")
        )
    lines = [line for line in (_trimmed(line) for line in text.splitlines()) if line]
    found = [(line, _spans(line)) for line in lines]
    count = sum(len(spans) for _line, spans in found)
    if count == 0:
        raise _no_address(lines)
    if count > 1 and not all(_stand_alone(line, spans) for line, spans in found):
        raise UserError(
            _nothing(
                ngettext(
                    "There is {n} address in the midst of a text.",
                    "There are {n} addresses in the midst of a text.",
                    count,
                ).format(n=count)
            ),
            _("Copy the one you want, or several alone, each on a line of its own."),
        )
    addresses = [checked(line[start:end]) for line, spans in found for start, end in spans]
    return tuple(dict.fromkeys(addresses))


def checked(address: str) -> str:
    """One whole address, ready to be asked for. Raises `UserError` where it cannot be right.

    One without a scheme (“youtu.be/…”) gets it, spaces are written as an address has them.
    """
    plain = _trimmed(address)
    if not _WEB.match(plain):
        if not _WITHOUT_SCHEME.fullmatch(plain):
            raise _no_address([plain])
        plain = f"https://{plain}"
    if len(plain) > LONGEST_ADDRESS:
        raise UserError(
            _nothing(
                _("That address is {count} characters long, so it is none of a page.").format(
                    count=number(len(plain))
                )
            ),
            _("Copy it again from your browser."),
        )
    if any(category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") for char in plain):
        raise UserError(
            _nothing(_("There are characters in that address that none has.")),
            _("Copy it again from your browser."),
        )
    plain = "%20".join(plain.split())
    scheme, mark, rest = plain.partition("://")
    plain = f"{scheme.lower()}{mark}{rest}"
    if not links.is_public(plain):
        raise UserError(
            _nothing(_("“{address}” names no site.").format(address=shown(plain))),
            _("Copy it again from your browser."),
        )
    if "@" in urlsplit(plain).netloc:
        raise UserError(
            _nothing(_("There is a name or password in that address, which the notebook would keep.")),
            _("Leave out what stands before the @."),
        )
    return plain


def shown(address: str) -> str:
    """An address in a sentence, on one line and not too long."""
    plain = "".join(char for char in address if category(char)[0] != "C")
    return to_letters(plain, 60)


def is_list(address: str) -> bool:
    """Whether the shape of an address says that it is a playlist, a channel, a conference or a feed.

    Others may be lists as well: that only their page can say.
    """
    parts = urlsplit(address)
    host = _host(address)
    path = parts.path
    if host in ("youtube.com", "youtube-nocookie.com"):
        asked = parse_qs(parts.query)
        is_playlist = path.rstrip("/") in ("/playlist", "/watch", "/embed/videoseries")
        return ("list" in asked and "v" not in asked and is_playlist) or is_endless(address)
    if host == "vimeo.com":
        return bool(_VIMEO_LIST.fullmatch(path))
    if host == "media.ccc.de":
        return bool(_CCC_LIST.fullmatch(path)) or path.lower().endswith(_FEED_ENDS)
    return bool(_PEERTUBE_PLAYLIST.fullmatch(path)) or is_endless(address)


def is_endless(address: str) -> bool:
    """Whether its list is that of a channel or a feed: all there ever was, put together by nobody."""
    path, host = urlsplit(address).path, _host(address)
    if host in ("youtube.com", "youtube-nocookie.com"):
        return bool(_YOUTUBE_LIST.fullmatch(path)) or path.startswith("/feeds/")
    if host in ("vimeo.com", "media.ccc.de", "youtu.be"):
        return False
    is_feed = path.rstrip("/").lower().endswith(_FEED_ENDS) or host.startswith(_FEED_HOST_PARTS)
    return is_feed or bool(_PEERTUBE_CHANNEL.fullmatch(path))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("music.")


def _trimmed(text: str) -> str:
    """Without what nobody sees at its ends: spaces, a mark of the byte order, directions, zero widths."""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or category(text[start]) in ("Cc", "Cf")):
        start += 1
    while start < end and (text[end - 1].isspace() or category(text[end - 1]) in ("Cc", "Cf")):
        end -= 1
    return text[start:end]


def _spans(line: str) -> list[tuple[int, int]]:
    """Where the addresses of a line stand. A word that begins as one is taken whole, not only as far as
    links in a text go: what is wrong in it shall be told."""
    spans = []
    for word in re.finditer(r"\S+", line):
        begin = _WEB.search(word[0])
        if begin is None:
            continue
        start = word.start() + begin.start()
        is_bare = not word[0][: begin.start()].strip(_AROUND)
        end = word.end() if is_bare else links.address_end(line, start, len(line))
        if end > start:
            spans.append((start, end - _foreign(line[start:end])))
    if not spans and _WITHOUT_SCHEME.fullmatch(line):
        return [(0, len(line))]
    return spans


def _foreign(address: str) -> int:
    """How many characters at the end of a word belong to the sentence around it."""
    kept = address
    while kept and kept[-1] in ".,;:!?…*~'\"<>“”‘’»":
        kept = kept[:-1]
    for opened, closed in ("()", "[]"):
        while kept.endswith(closed) and kept.count(closed) > kept.count(opened):
            kept = kept[:-1]
    return len(address) - len(kept)


def _stand_alone(line: str, spans: Sequence[tuple[int, int]]) -> bool:
    edges = [0, *(edge for span in spans for edge in span), len(line)]
    between = [line[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return bool(spans) and all(_ALONE.fullmatch(words.strip(".")) for words in between)


def _nothing(why: str) -> str:
    return " ".join((why, _("Nothing was added.")))


def _no_address(lines: Sequence[str]) -> UserError:
    first = next((line for line in lines if _SCHEME.match(line)), "")
    if first.lower().startswith("file:"):
        return UserError(
            _nothing(
                _("“{address}” is a file on a computer, not a page of the web.").format(address=shown(first))
            ),
            _("Add it by Add Files… in the Talk menu, or drop it on the window."),
        )
    if first:
        return UserError(
            _nothing(_("“{address}” is no address of a page.").format(address=shown(first))), _BEGINS
        )
    if not lines:
        return UserError(
            _nothing(_("There is no text on the clipboard.")), _("Copy the address of a talk first.")
        )
    return UserError(
        _nothing(_("“{address}” holds no address of a page.").format(address=shown(lines[0]))), _BEGINS
    )
