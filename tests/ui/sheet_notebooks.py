"""What the contact sheet is drawn on: notebooks with all that a page or a list can show, and their files."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from desktopnotes import words
from desktopnotes.model.notebook import Chapter, Note, Notebook, Post, Talk
from desktopnotes.storage import codec, names
from tests.ui.conftest import RECORDING_MS

_PLAIN, _GREEK = "aeiouAEIOU", "αειουΑΕΙΟΥ"


def own(text: str) -> str:
    """A text of the user's; in the pseudo-language one that cannot be taken for the program's words.

    Its vowels are Greek then, outside of addresses, so that plain ones are in words left untranslated alone.
    """
    if os.environ.get("LANGUAGE") != words.PSEUDO:
        return text
    table = str.maketrans(_PLAIN, _GREEK)
    parts = re.split(r"((?:https?://|`)\S+)", text)
    return "".join(part if i % 2 else part.translate(table) for i, part in enumerate(parts))


LONG = own(
    "On the Long and Winding Road from One Monolith to Four Hundred Services and Back Again, with Figures"
)

_SAID = (
    own("A sidecar stands at both ends of every call."),
    own("So traffic in and out is under the same rules, whatever the service is written in."),
    own("You route by meaning, not by port."),
    own("And the application knows nothing of it, which is what makes it sell."),
)
_TEXTS = (
    own("A sidecar at both ends: traffic in and out is under the same rules."),
    own("Route by meaning #mesh"),
)


def write_all(home: Path) -> None:
    """The notebooks, a recording with captions (the fake player does without the others) and a picture."""
    (home / "talk.mp4").write_bytes(b"the fake player does not mind")
    (home / "talk.vtt").write_text(_captions(), encoding="utf-8")
    for name, notebook in _notebooks().items():
        (home / f"{name}.talknotes.json").write_bytes(codec.encode(notebook))
        folder = home / names.pictures_name(home / f"{name}.talknotes.json")
        folder.mkdir(exist_ok=True)
        _slide().save(folder / "slide.jpg")
    newer = home / "newer.talknotes.json"
    newer.write_text(json.dumps({**json.loads(newer.read_text()), "version": 99}))


def _captions() -> str:
    def at(second: int) -> str:
        return f"00:{second // 60:02}:{second % 60:02}.000"

    cues = (f"{at(6 * i)} --> {at(6 * i + 5)}\n{_SAID[i % len(_SAID)]}\n" for i in range(95))
    return "WEBVTT\n\n" + "\n".join(cues)


def _slide() -> Image.Image:
    slide = Image.new("RGB", (1280, 720), "#16212e")
    pen = ImageDraw.Draw(slide)
    pen.rectangle((0, 0, 1280, 16), fill="#57a8ff")
    for row in range(4):
        pen.rectangle((120, 220 + 90 * row, 700, 246 + 90 * row), fill="#c6d2de")
    return slide


def _all_kinds() -> tuple[Note, ...]:
    """One note of everything that a row can look like."""
    return (
        Note("about", text=own("About the talk as a whole: *worth it*, see `istioctl` and **the demo**.")),
        Note(
            "used",
            30_000,
            text=own("It knows the request, not just the packet. Written up already."),
            used=True,
        ),
        Note("quote", 60_000, 78_000, "quote", own("You route by meaning, not by port.")),
        Note("differs", 120_000, None, "quote", own("You should route by name, never by number.")),
        Note(
            "question",
            150_000,
            None,
            "question",
            own("How much does the extra hop cost at our volume? #open"),
        ),
        Note(
            "link",
            170_000,
            None,
            "link",
            own("[The paper](https://example.org/a/long/address) and https://example.org"),
        ),
        Note("chapter", 200_000, None, "chapter", own("Policies")),
        Note("private", 210_000, None, "private", own("ask around: does anyone run this?")),
        Note("picture", 240_000, text=own("What a sidecar sees"), picture="slide.jpg", alt=own("a slide")),
        Note("missing", 270_000, text=own("A picture that is gone"), picture="20171206-a-long-name.jpg"),
        Note("guessed", 300_000, text=own("Stamped from a page of notes written before"), approximate=True),
        Note("both", 330_000, text=own("Changed on two machines at once"), conflict=True),
        Note("bookmark", 360_000),
        Note("lines", 400_000, text=own("Two lines:\nthe second of them, with 日本語 and an emoji 🎉")),
        Note(
            "hour",
            4_000_000,
            4_030_000,
            text=own(f"Past the hour, in Averylongwordwithoutanyspace{'x' * 70}"),
        ),
    )


def _notebooks() -> dict[str, Notebook]:
    """By the names of their files."""
    speakers = tuple(own(f"Speaker With a Name {number}") for number in range(1, 9))
    notes = tuple(
        Note(f"note{i}", at_ms=i * 25_000, text=_TEXTS[i % 2], kind="quote" if i % 5 == 2 else "thought")
        for i in range(1, 25)
    )
    first = Talk(
        "talk1",
        title=own("Istio: Weaving the Service Mesh"),
        original_title=own("Istio: Weaving the Service Mesh [B] - A. Speaker & B. Speaker, Example"),
        speakers=(own("A. Speaker"), own("B. Speaker")),
        url="https://example.org/watch",
        file="talk.mp4",
        duration_ms=RECORDING_MS,
        state="watching",
        tags=(own("mesh"), own("networks")),
        chapters=(
            Chapter(0, own("Why")),
            Chapter(200_000, own("Policies")),
            Chapter(450_000, own("Questions")),
        ),
        notes=notes,
        write_up=own("The mesh works a layer up: it knows the request, not just the packet."),
    )
    second = Talk("talk2", title=own("Cloud Native at Work"), file="silent.mp4", duration_ms=RECORDING_MS)
    kinds = replace(first, id="kinds", title=own("All Kinds of Notes"), write_up="", notes=_all_kinds())
    watched = replace(second, id="watched", title=own("Kata Containers"), state="watched", notes=notes[:9])
    moved = replace(second, id="moved", title=own("A Moved Recording"), file="away/gone.mp4")
    web = replace(
        second, id="web", title=own("Operating Kubernetes"), file="", url="https://example.org/talk"
    )
    many = tuple(
        replace(first, id=f"talk{i}", title=own(f"{i}. {LONG}"), speakers=speakers, notes=notes[: i % 25])
        for i in range(1, 301)
    )
    thousands = tuple(replace(notes[i % 24], id=f"n{i}", at_ms=i * 400) for i in range(1, 1235))
    many = (replace(many[0], notes=thousands), *many[1:])
    post = Post("post1", title=own("Part 1"), talks=("talk1", "kinds"))
    talks = (first, kinds, second, watched, moved, web)
    return {
        "usual": Notebook("book1", title=own("KubeCon 2017"), talks=talks, posts=(post,)),
        "many": Notebook("book2", title=own(f"A Conference {LONG}"), talks=many, posts=(post,)),
        "none": Notebook("book3", title=own("My Talks")),
        "newer": Notebook("book4", title=own("From Another Machine"), talks=(first,), posts=(post,)),
    }
