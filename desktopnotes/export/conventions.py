"""What the posts of the author's site have in common, so that a new one is like them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from desktopnotes.model.settings import learned_tags

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a site's own posts look; what is empty is the usual of its generator.

    `folder` is where posts lie and `file_form` how their files are called there ("{date}-{slug}.md",
    "{slug}/index.md"), both with `/` and relative to the site's folder. `front` is "yaml" or "toml".
    `date_form` is a form of `strftime` for the date in the front matter. `keys` gives ours their names at
    the site ({"date": "pubDate"}); `always` are keys that all posts have alike ({"layout": "post"}).
    `site` is the generator that they were learned of; they hold for no other. `tags` are those of a new post.
    """

    folder: str = ""
    file_form: str = ""
    front: str = ""
    date_form: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    always: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    site: str = ""
    tags: tuple[str, ...] = ()

    def of(self, site: str) -> Conventions:
        """What of them holds for posts of that site."""
        return self if self.site in ("", site) else Conventions()


_NAMES = tuple(each.name for each in fields(Conventions))
_MAPPINGS = ("keys", "always")


def conventions_of(kept: Mapping[str, Any]) -> Conventions:
    """As they are kept in the settings (see `model.settings`); what is of the wrong type is left out."""
    known: dict[str, Any] = {
        name: value
        for name, value in kept.items()
        if name in _NAMES and name != "tags" and isinstance(value, Mapping if name in _MAPPINGS else str)
    }
    return Conventions(**known, tags=learned_tags(kept, known.get("site", "")))


def to_keep(conventions: Conventions) -> dict[str, Any]:
    """As they are kept in the settings: without what is empty."""
    kept = ((name, getattr(conventions, name)) for name in _NAMES)
    plain = {**dict.fromkeys(_MAPPINGS, dict), "tags": list}
    return {name: plain.get(name, str)(value) for name, value in kept if value}
