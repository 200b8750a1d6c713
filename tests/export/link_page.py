"""The page `docs/links.md`: addresses as people paste them, the recording that each is, and links into it."""

from __future__ import annotations

from desktopnotes.export import links

ID = "dQw4w9WgXcQ"
SHORT, UUID = "kkGMgK9ZtnKfYAgnEtQxbv", "9c9de5e8-0a1e-484a-b099-e80766180a6d"
TALK = "34c3-9195-everything"

ADDRESSES = {
    "YouTube": (
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}",
        f"HTTPS://WWW.YouTube.COM/watch?v={ID}",
        f"https://www.youtube.com/watch?v={ID}&list=PLj6h78yzYM2P&index=3&pp=iAQB",
        f"https://www.youtube.com/watch?list=PLj6h78yzYM2P&v={ID}&t=12s",
        f"https://www.youtube.com/watch?v={ID}#t=1m5s",
        f"https://www.youtube.com/watch/{ID}",
        f"https://m.youtube.com/watch?v={ID}&feature=share",
        f"https://music.youtube.com/watch?v={ID}&si=x",
        f"https://youtu.be/{ID}",
        f"https://youtu.be/{ID}?si=abcdefghijklmnop&t=30",
        f"https://youtu.be/{ID}&t=30",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/live/{ID}?si=x&t=5",
        f"https://www.youtube.com/embed/{ID}?start=4",
        f"https://www.youtube-nocookie.com/embed/{ID}?rel=0",
        f"https://www.youtube.com/v/{ID}",
        f"https://me:secret@www.youtube.com/watch?v={ID}",
        "https://www.youtube.com/playlist?list=PLj6h78yzYM2P",
        "https://www.youtube.com/@kubecon",
    ),
    "Vimeo": (
        "https://vimeo.com/76979871",
        "https://vimeo.com/76979871#t=30s",
        "https://vimeo.com/76979871?share=copy&fl=sv",
        "https://www.vimeo.com/channels/staffpicks/76979871",
        "https://vimeo.com/groups/talks/videos/76979871",
        "https://vimeo.com/showcase/123/video/76979871",
        "https://vimeo.com/manage/videos/76979871",
        "https://player.vimeo.com/video/76979871?title=0#t=3s",
        "https://vimeo.com/76979871/8272103f6e",
        "https://player.vimeo.com/video/76979871?h=8272103f6e",
        "https://vimeo.com/blog/post",
    ),
    "PeerTube, wherever it runs": (
        f"https://framatube.org/w/{SHORT}",
        f"https://framatube.org/w/{SHORT}?start=3s",
        f"https://framatube.org/w/{UUID}",
        f"https://framatube.org/videos/watch/{UUID}",
        f"https://framatube.org/videos/embed/{UUID}?autoplay=1",
        f"https://Peertube.Example:9000/videos/watch/{UUID.upper()}",
        f"https://me:secret@framatube.org/w/{SHORT}",
        "https://framatube.org/w/p/kkGMgK9ZtnKfYAgnEtQxbv",
    ),
    "media.ccc.de": (
        f"https://media.ccc.de/v/{TALK}",
        f"http://media.ccc.de/v/{TALK}/",
        f"https://media.ccc.de/v/{TALK}#t=2",
        f"https://media.ccc.de/v/{TALK}/oembed",
        f"https://media.ccc.de/de/v/{TALK}",
        "https://media.ccc.de/c/34c3",
    ),
    "Media files on the web": (
        "https://example.org/episode-7.opus",
        "http://example.org/talk.webm",
        "https://cdn.media.ccc.de/congress/2017/h264-hd/34c3-9195-hd.mp4",
        "https://example.org/talks/One%20Talk.MP4?token=1#x",
        "https://example.org/talks/One Talk.MP4?token=1",
        "https://example.org/a.mp4?utm_source=feed#t=5",
        "https://EXAMPLE.org:8443/a.mp4",
        "https://me:secret@example.org/a.mp4",
        "https://münchen.example/vortrag.mp3",
        "https://xn--mnchen-3ya.example/vortrag.mp3",
        "http://[2001:db8::1]:8080/a.mp4",
        "https://example.org/a\u202e4pm.mp4",
    ),
    "Other pages of the web": (
        "https://www.example.org/talks/1/?utm_source=feed&b=2&a=1#top",
        "http://example.org/talks/1?a=1&b=2",
        "https://music.example.org/talks/1?a=1&b=2",
        f"https://evil.example/watch?v={ID}",
    ),
    "No address of the web": (
        "istio.mp4",
        "/home/someone/istio.mp4",
        "file:///home/someone/istio.mp4",
        "ftp://example.org/talk.mp4",
        f"javascript:alert(1)//youtu.be/{ID}",
        "https://",
        "https://example.org:99999999/talk.mp4",
        f"https://evil.example\\@www.youtube.com/watch?v={ID}",
    ),
}

HEAD = """# Links into recordings

A note's time leads the reader to that moment of the public recording, in the form that its site follows,
whatever form of the address was pasted. Two addresses of one recording are one talk: *is* names what they
have in common. Times are cut to whole seconds, the talk's offset is added, and none is before 0. A name and
password never leave. Where there is no link, the time stands as plain text.
"""


def markdown() -> str:
    """The whole page: a table for each site."""
    lines = [HEAD]
    for site, addresses in ADDRESSES.items():
        lines += [f"## {site}", "", "| address | is | at 65 s | at 3,665 s |", "|---|---|---|---|"]
        lines += [_row(address) for address in addresses]
        lines.append("")
    return "\n".join(lines)


def _row(address: str) -> str:
    at = (links.deep_link(address, at_ms) for at_ms in (65_000, 3_665_000))
    return f"| {' | '.join(map(_code, (address, links.identity(address), *at)))} |"


def _code(text: str) -> str:
    """Nothing hides on this page: what cannot be seen is spelled out."""
    shown = "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in text)
    return f"`{shown}`" if shown else "none"
