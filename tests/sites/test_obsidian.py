"""Obsidian by its documented rules, as no program of it can be run here: what it would find in an export.

Its help says that `[[` links notes, `%%` hides, `==` marks, `#word` tags, `^word` at the end names a block, a
backslash undoes each, and that neither code nor formulas hold any; and what files and tags may be called.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes.export import sites, writing
from desktopnotes.model.notebook import Site
from tests.export import reading
from tests.goldens import GOLDENS, Golden
from tests.sites import builders, expected
from tests.sites.expected import alike, difference

EXPORTS = [golden for golden in GOLDENS if golden.site == Site.OBSIDIAN]

_NOT_IN_NAMES = set('*"\\/<>:|?#^[]')
_LETS_ALONE = re.compile(
    r"""
    \\(?s:.)                                                          # undone by a backslash
  | ^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<fence>`{3,}|~{3,}).*\n(?:.*\n)*?[ \t>]*(?P=fence).*$  # code
  | (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n\n)(?s:.))*?(?<!`)(?P=ticks)(?!`)
  | \$\$(?s:.)+?\$\$ | \$(?!\s)[^$\n]+(?<!\s)\$(?!\d)                 # formulas
  | (?<=\]\()[^)\s]*(?=\)) | <https?://[^>\s]*> | https?://[^\s)>]*   # addresses
  | ^\ {4,}.*$                                                        # code
    """,
    re.VERBOSE | re.MULTILINE,
)
_FINDS = re.compile(
    r"(?P<link>!?\[\[)|(?P<comment>%%)|(?P<mark>==)|(?:(?<=\s)|^)#(?P<tag>[^\s#.,;:!?'\"“”()\[\]{}*%]+)"
    r"|(?<=\s)\^(?P<block>[A-Za-z0-9-]+)[ \t]*$",
    re.MULTILINE,
)


def found(markdown: str) -> Iterator[tuple[str, str]]:
    """What Obsidian would find in a text of its own signs: (what, sign)."""
    text = _LETS_ALONE.sub(lambda alone: "x" * len(alone[0].splitlines()[0] if alone[0] else ""), markdown)
    for sign in _FINDS.finditer(text):
        yield str(sign.lastgroup), text[max(0, sign.start() - 20) : sign.end() + 20]


def test_this_reader_finds_what_there_is_to_be_found() -> None:
    text = "[[a]] and ![[b]], %%c%%, ==d==\n#e and\nf ^g\n"
    assert [what for what, _ in found(text)] == [
        *("link", "link", "comment", "comment", "mark", "mark", "tag", "block")
    ]
    alone = "\\[[a]] \\%% \\#e `[[a]]` $#a$ [b](http://c/#d%%)\n\n```\n[[a]]\n```\n\n# heading\n"
    assert list(found(alone)) == []


@pytest.mark.parametrize("golden", EXPORTS, ids=lambda golden: golden.key)
def test_obsidian_finds_nothing_that_was_not_meant(golden: Golden) -> None:
    front, text = _parts(golden)
    assert list(found(text)) == []
    assert not difference(alike(reading.seen(text).text), alike(_seen(golden)))
    assert front["aliases"]
    for tag in front.get("tags", []):
        assert re.fullmatch(r"[\w/-]*[^\W\d][\w/-]*|[\w/-]*\d[\w/-]*[-/_][\w/-]*", tag), tag


@pytest.mark.parametrize("golden", EXPORTS, ids=lambda golden: golden.key)
def test_the_note_lies_in_the_vault_with_its_pictures(golden: Golden, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    shutil.copytree(builders.SOURCES / "vault", vault)
    export = golden.export()
    writing.write(export, vault)
    assert not _NOT_IN_NAMES & set(Path(export.file_name).name)
    seen = reading.seen(sites.site(golden.site).shown(export.text))
    shown = [link for link in seen.links if "://" not in link and not link.startswith("mailto:")]
    pictures = {picture.path for picture in export.pictures}
    assert pictures <= set(shown)
    assert all((vault / picture).is_file() for picture in pictures)


def _parts(golden: Golden) -> tuple[dict[str, list[str]], str]:
    """The front matter's lists, and the text below."""
    begins, front, text = golden.export().text.split("---\n", 2)
    assert begins == ""
    lines = (line.split(": ", 1) for line in front.splitlines())
    return {key: json.loads(value) for key, value in lines if value.startswith("[")}, text


def _seen(golden: Golden) -> str:
    plain = Golden(golden.notebook, Site.PLAIN, golden.style, golden.times).export().text
    return reading.seen(plain.split("\n\n", expected.blocks_of_opening(golden))[-1]).text
