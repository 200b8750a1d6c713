"""What fuzzing begins with: small inputs of each kind, and words that are worth putting in."""

# ruff: noqa: E501 (inputs are more easily compared in one line each)

from __future__ import annotations

import json
import random

from desktopnotes.export.importing.reading import SUFFIXES
from desktopnotes.storage.codec import encode
from tests.storage.hostile_notebooks import GOOD, REFUSED
from tests.storage.notebooks import small_notebook

MAX_BYTES = 700

DICTIONARY = (
    *(f'"{key}": '.encode() for key in ("id", "at_ms", "end_ms", "text", "notes", "talks", "posts", "kind")),
    *(f'"{key}": '.encode() for key in ("title", "chapters", "published", "exported", "rate", "used", "x")),
    *(
        b"null",
        b"true",
        b"NaN",
        b"1e400",
        b"-1",
        b"1.5",
        b"\\ud800",
        b"\\u0000",
        b"\xff",
        b"\0",
        b"\xef\xbb\xbf",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b"},\n{",
        b"]},\n",
        b'"',
        b"\n",
        b"\r\n",
        b"<<<<<<< a\n",
        b"=======\n",
        b">>>>>>> b\n",
    ),
    *(
        b"00:01:02.000 --> 00:01:04.000",
        b"WEBVTT\n\n",
        b"[12:34](",
        b"1h2m3s",
        b"12:41\xe2\x80\x9313:05",
        b"+5",
    ),
    *(b"# ", b"- ", b"---\n", b"```\n", b"![](", b"<br>", b"{%", b"{{", b"#tag", b"?t=1m2s", b"Dialogue: 0,"),
)

_TIMES = (
    "1:02:03.5",
    "62:03",
    "3723.5",
    "1h2m3s",
    "+2.5",
    "-0:03",
    "12:41–13:05",
    "–13:05",
    "12:41–",
    "١٢:٣٤",
)
_LINES = (
    "[12:34](https://a.b/?t=754) words", "12:34 - words", "* 1:02:03 words", "--:-- words", "**12:34** words",
    "2026-01-02 12:34:56 INFO x", "12:34 --> 12:36",
)  # fmt: skip
_FILES = {
    ".md": "# Event Notes - Part 1\n\n## [Talk](https://a.b)\n\n- 12:34 words\n- more\n\n> quoted\n",
    ".txt": "0:12 words\n1:15 more words\n\nTalk\n2:00 third",
    ".srt": "1\n00:00:01,000 --> 00:00:02,000\nSaid.\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>More</i>\n",
    ".vtt": "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>Said <c.x>it</c>.\n",
    ".ass": "[Script Info]\n[Events]\nFormat: Layer, Start, End, Text\nDialogue: 0,0:00:01.00,0:00:02.00,Said",
    ".csv": "talk,time,text\nT,0:12,words\n",
    ".json": '{"chapters": [{"startTime": 1, "title": "One"}], "version": "1.2.0"}',
    ".otr": '{"text": "<p><span class=\\"timestamp\\" data-timestamp=\\"12\\">0:12</span> a</p>", "media": "x"}',
    ".xspf": "<playlist><vlc:option>bookmarks={name=a,time=12.5}</vlc:option></playlist>",
    ".m3u": "#EXTVLCOPT:bookmarks={name=a,time=12.5}\nx.mp4",
}


def seeds(target: str) -> list[bytes]:
    """Small inputs of what a target takes."""
    if target in ("loader", "salvage"):
        other = json.dumps(json.loads(GOOD), indent=1).encode()
        refused = [content for content, _ in REFUSED.values() if len(content) < MAX_BYTES]
        chance = random.Random(7)
        decided = [bytes([1]) + chance.randbytes(chance.randrange(10, 120)) for _ in range(40)]
        return [
            *(decided if target == "loader" else ()),
            GOOD,
            other,
            GOOD[:200],
            encode(small_notebook('“ä” \\ " 👩‍💻', "")),
            *refused,
        ]
    if target == "stamps":
        return [*map(str.encode, _TIMES), "\n".join(_LINES).encode()]
    if target == "importers":
        return [bytes([SUFFIXES.index(suffix)]) + text.encode() for suffix, text in _FILES.items()]
    if target == "captions":
        kinds = (".vtt", ".srt", ".ass")
        return [bytes([i]) + _FILES[suffix].encode() for i, suffix in enumerate(kinds)]
    chance = random.Random(7)
    return [bytes(40), *(chance.randbytes(chance.randrange(20, 200)) for _ in range(40))]
