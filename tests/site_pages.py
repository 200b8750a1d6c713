"""The pages of the site in `tests/site.py`, each a function that answers one request."""

from __future__ import annotations

import html
import json
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.site import Handler

TITLE = "Publish, part one"
DURATION_S = 28
CHAPTERS = (("Why publish", 0, 10), ("How to begin", 10, 28))
HOSTILE_TITLE = "Evil\r\n<b>title</b>\x1b[31m \u202eabc\u0000 ../../etc/passwd " + "x" * 10_000


def page(title: str, body: str = "", head: str = "") -> str:
    """A page in HTML; the title is escaped as a site does."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"{head}</head><body><h1>{html.escape(title)}</h1>{body}</body></html>"
    )


def json_ld(title: str, media: str, **more: object) -> str:
    """What a page says of its video for machines, as schema.org has it."""
    parts = [{"@type": "Clip", "name": n, "startOffset": a, "endOffset": e} for n, a, e in CHAPTERS]
    said = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": title,
        "duration": f"PT{DURATION_S}S",
        "contentUrl": media,
        "hasPart": parts,
        **more,
    }
    text = json.dumps(said).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _talk(handler: Handler, title: str = TITLE) -> None:
    site = handler.server.site
    media = site.url(f"/talk.mpd?token={site.token}")
    handler.say(page(title, head=json_ld(title, media)))


def _pieces(handler: Handler) -> None:
    handler.say(page(TITLE, head=json_ld(TITLE, handler.server.site.url("/hls.m3u8"))))


def _manifest(handler: Handler) -> None:
    """Two files and two captions; yt-dlp makes formats of them that are asked for apart."""
    site = handler.server.site
    token = f"?token={site.token}"
    picture = 'id="picture" bandwidth="300000" codecs="avc1.64001f" width="1280" height="720" frameRate="25"'
    sound = 'id="sound" bandwidth="64000" codecs="mp4a.40.2"'
    sets = (
        ("video", "video/mp4", "en", picture, f"/picture.mp4{token}"),
        ("audio", "audio/mp4", "en", sound, f"/sound.m4a{token}"),
        ("text", "text/vtt", "de", 'id="de" bandwidth="256"', f"/talk.de.vtt{token}"),
        ("text", "text/vtt", "en", 'id="en" bandwidth="256"', f"/talk.en.vtt{token}"),
    )
    told = "".join(
        f'<AdaptationSet contentType="{what}" mimeType="{kind}" lang="{language}">'
        f"<Representation {more}><BaseURL>{url}</BaseURL></Representation></AdaptationSet>"
        for what, kind, language, more, url in sets
    )
    head = '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"'
    head += ' profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"'
    handler.say(
        f'{head} mediaPresentationDuration="PT{DURATION_S}S"><Period>{told}</Period></MPD>',
        "application/dash+xml",
    )


def _video(handler: Handler, title: str = TITLE) -> None:
    token = f"?token={handler.server.site.token}"
    tracks = "".join(
        f'<track kind="subtitles" srclang="{language}" src="/talk.{language}.vtt">'
        for language in ("de", "en")
    )
    handler.say(page(title, f'<video src="/talk.mp4{token}">{tracks}</video>'))


def _sound(handler: Handler) -> None:
    handler.say(page(TITLE, f'<audio src="/sound.m4a?token={handler.server.site.token}"></audio>'))


def _album(handler: Handler) -> None:
    videos = "".join(f'<video src="/{name}"></video>' for name in ("talk.mp4", "second.mp4", "third.mp4"))
    handler.say(page("Three talks", videos))


def _feed(handler: Handler) -> None:
    site = handler.server.site
    items = "".join(
        f"<item><title>Talk {n}</title><link>{site.url(f'/video?n={n}')}</link><guid>g{n}</guid>"
        f"<itunes:duration>{n}:00</itunes:duration></item>"
        for n in range(1, site.feed_length + 1)
    )
    _say_feed(handler, items)


def _broken_feed(handler: Handler) -> None:
    """Of its entries two can be opened: the first, and the one of the hostile title."""
    good, evil = handler.server.site.url("/video?n=1"), handler.server.site.url("/video?n=2")
    title = html.escape("Evil <b>title</b> \u202eabc ../../etc/passwd " + "x" * 10_000)
    items = "".join(
        f"<item><title>{title}</title>{rest}</item>"
        for title, rest in (
            ("Good", f"<link>{good}</link>"),
            ("Nothing", ""),
            ("A file", "<link>file:///etc/passwd</link>"),
            ("A script", "<link>javascript:alert(1)</link>"),
            ("Twice", f"<link>{good}</link>"),
            ("No host", "<link>http://</link>"),
            (title, f"<link>{evil}</link>"),
        )
    )
    _say_feed(handler, items)


def _say_feed(handler: Handler, items: str) -> None:
    handler.say(
        '<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">'
        f"<channel><title>All talks</title>{items}</channel></rss>",
        "application/rss+xml",
    )


def _slow(handler: Handler) -> None:
    handler.server.site.closing.wait(60)


def _endless(handler: Handler) -> None:
    handler.start(200, "text/html", None)
    handler.send(b"<!doctype html><html><title>Endless</title>")
    handler.forever(b"<p>and on</p>" * 20, 0.05)


def _huge(handler: Handler) -> None:
    """100 MB of HTML."""
    part = b"<p>" + b"x" * 999_993 + b"</p>"
    handler.start(200, "text/html", 100 * len(part) + 50)
    handler.send(b"<!doctype html><html><title>Huge</title><body>".ljust(50))
    for _ in range(100):
        handler.send(part)


def _redirect(where: str) -> Callable[[Handler], None]:
    return lambda handler: handler.start(302, "text/html", 0, Location=where)


def _lying_length(handler: Handler) -> None:
    handler.start(200, "video/mp4", 50_000_000, Accept_Ranges="none")
    handler.send((handler.server.site.folder / "talk.mp4").read_bytes()[:100_000])
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


PAGES: dict[str, Callable[[Handler], None]] = {
    "/talk": _talk,
    "/talk.mpd": _manifest,
    "/pieces": _pieces,
    "/video": _video,
    "/sound": _sound,
    "/album": _album,
    "/feed": _feed,
    "/broken-feed": _broken_feed,
    "/hostile": lambda handler: _talk(handler, HOSTILE_TITLE),
    "/empty": lambda handler: handler.say(page("Nothing here", "<p>Only words.</p>")),
    "/gone": lambda handler: handler.say(page("Gone"), status=404),
    "/private": lambda handler: handler.say(page("Private"), status=403),
    "/error": lambda handler: handler.say(page("Broken"), status=503),
    "/slow": _slow,
    "/endless": _endless,
    "/huge": _huge,
    "/loop": _redirect("/loop"),
    "/moved": _redirect("/talk"),
    "/to-file": _redirect("file:///etc/passwd"),
    "/lies/type.mp4": lambda handler: handler.say(page("No film"), "video/mp4"),
    "/lies/length.mp4": _lying_length,
}
"""By path."""
