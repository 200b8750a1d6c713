"""pandoc reads every Markdown export without a warning, and gives back the text that stands in it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from desktopnotes.export import sites
from tests.export import reading
from tests.goldens import GOLDENS, Golden
from tests.sites.expected import alike

EXPORTS = [golden for golden in GOLDENS if sites.site(golden.site).suffix == ".md"]
EXTENSIONS = "markdown"


@pytest.mark.parametrize("golden", EXPORTS, ids=lambda golden: golden.key)
def test_pandoc_gives_the_text_back(golden: Golden) -> None:
    for file in golden.export().files:
        document = _read(file.text)
        shown = file.text
        assert alike("".join(_words(document["blocks"]))) == alike(reading.seen(shown).text)


def _read(markdown: str) -> Any:
    done = subprocess.run(
        ["pandoc", "--from", EXTENSIONS, "--to", "json", "--fail-if-warnings"],
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
        sign = {"InlineMath": "$", "DisplayMath": "$$"}[content[0]["t"]] if kind == "Math" else ""
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
    elif content is not None:
        yield " "
        yield from _words(content)
