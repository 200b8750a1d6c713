"""What the posts of the author's site have in common, so that a new one is like them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a site's own posts look; what is empty is the usual of its generator.

    `folder` is where posts lie and `file_form` how their files are called there ("{date}-{slug}.md",
    "{slug}/index.md"), both with `/` and relative to the site's folder. `front` is "yaml" or "toml".
    `date_form` is a form of `strftime` for the date in the front matter. `keys` gives ours their names at
    the site ({"date": "pubDate"}); `always` are keys that all posts have alike ({"layout": "post"}).
    """

    folder: str = ""
    file_form: str = ""
    front: str = ""
    date_form: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    always: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
