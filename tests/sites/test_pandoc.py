"""pandoc reads every Markdown export without a warning, and gives back the text that stands in it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from desktopnotes.export import sites
from tests.goldens import GOLDENS, Golden
from tests.sites import expected
from tests.sites.expected import alike, difference, without_signs_of_formulas

EXPORTS = [golden for golden in GOLDENS if sites.site(golden.site).suffix == ".md"]
DIALECTS = {
    # What GitHub and most programs read, less its pictures for words such as `:smile:`.
    "gfm": "gfm-emoji+yaml_metadata_block",
    # pandoc's own, with formulas and much else. (2.17 loses the `!` before a `[` that begins no picture.)
    "pandoc": "markdown",
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("golden", EXPORTS, ids=lambda golden: golden.key)
def test_pandoc_gives_the_text_back(golden: Golden, dialect: str) -> None:
    form = sites.site(golden.site)
    for file in golden.export().files:
        _read(file.text, dialect)
    blocks = _read(form.shown(golden.export().text), dialect)["blocks"]
    if form.title_in_text:
        blocks = blocks[expected.blocks_of_opening(golden) :]
    seen, wanted = alike("".join(_words(blocks))), alike(expected.of(golden).text)
    if dialect == "pandoc":
        seen, wanted = (without_signs_of_formulas(text).replace("!", "") for text in (seen, wanted))
    assert not difference(seen, wanted)


def _read(markdown: str, dialect: str) -> Any:
    done = subprocess.run(
        ["pandoc", "--from", DIALECTS[dialect], "--to", "json", "--fail-if-warnings"],
        input=markdown.encode(),
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return json.loads(done.stdout)


def _words(thing: Any) -> Iterator[str]:
    """The words of pandoc's tree, with the signs that it has taken for something else than words."""
    if isinstance(thing, list):
        for part in thing:
            yield from _words(part)
        return
    if not isinstance(thing, dict) or "t" not in thing:
        return
    kind, content = thing["t"], thing.get("c")
    if kind == "Str":
        yield content
    elif kind in ("Code", "CodeBlock", "RawInline", "RawBlock", "Math"):
        sign = "$" if kind == "Math" else ""
        yield f"{sign}{content[1]}{sign}"
    elif kind == "Quoted":
        sign = "'" if content[0]["t"] == "SingleQuote" else '"'
        yield sign
        yield from _words(content[1])
        yield sign
    elif kind in ("Superscript", "Subscript"):
        sign = "^" if kind == "Superscript" else "~"
        yield sign
        yield from _words(content)
        yield sign
    elif kind != "Image" and content is not None:
        yield " "
        yield from _words(content)
