"""What leads to a recording in a post: a title with a link, or an address as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktopnotes.export import links
from desktopnotes.export.importing.typed import unescaped

_LINKED = re.compile(
    r"(?P<mark>\*\*|__|)\[(?P<title>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\((?P<url><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+\"[^\"\n]*\")?\)(?P=mark)(?P<rest>.*)",
    re.DOTALL,
)
INSIDE = re.compile(
    r"\[(?:[^\[\]\\]|\\.)+\]\((?!\w+:|#|/\w*:)(?:\{% post_url [^\s%]+ %\}|<[^<>\n]*>|[^\s()]+)\)"
)
"""A link to another file of the same site, and nothing else."""

_ANGLED = re.compile(r"<(?P<url>https?://[^\s<>]+)>(?P<rest>.*)", re.DOTALL)
_SEPARATED = (
    re.compile(r"(?P<title>\S.{0,300}?)[ \t]+[-–—][ \t]+(?P<rest>\S.*)"),
    re.compile(r"(?P<title>\S.{0,300}?)[ \t]+\|[ \t]+(?P<rest>\S.*)"),
    re.compile(r"(?P<title>\S.{0,300}?)[ \t]*:[ \t]+(?P<rest>\S.*)"),
)
"""What parts a title that leads nowhere from its words; the first is the surer one."""

_SEPARATOR = re.compile(r"[ \t]*(?:[-–—:|]+(?=\s|$))?[ \t]*")


@dataclass(frozen=True, slots=True)
class Lead:
    """A title without its Markdown, "" for an address as it is, where it leads, and what stands behind it."""

    title: str
    url: str
    rest: str = ""

    @property
    def words(self) -> str:
        """What stands behind it, without what parts them."""
        gap = _SEPARATOR.match(self.rest)
        return (self.rest[gap.end() :] if gap else self.rest).strip("\n")


def leading(text: str) -> Lead | None:
    """How a text begins that begins with a link to a public recording, or with its address."""
    if found := _LINKED.match(text):
        url = found["url"].strip("<>")
        return Lead(unescaped(found["title"]).strip(), url, found["rest"]) if links.is_public(url) else None
    if found := _ANGLED.match(text):
        return Lead("", found["url"], found["rest"]) if links.is_public(found["url"]) else None
    end = links.address_end(text, 0, len(text)) if text.startswith("http") else -1
    if end < 0 or not links.is_public(text[:end]):
        return None
    return Lead("", text[:end], text[end:])


def title_and_url(text: str) -> tuple[str, str]:
    """The title that a heading is, without its Markdown, and where it leads to."""
    lead = leading(text.strip())
    if lead and lead.title and not lead.rest.strip():
        return lead.title, lead.url
    return unescaped(text).strip(), ""


def of_heading(text: str, below: str) -> Lead:
    """The title of a heading and where it leads, or what stands `below` it does; `rest` is what is below.

    A link alone tells it, also one that begins a paragraph if it is to a recording of a site we know.
    """
    title, url = title_and_url(text)
    lead = None if url else leading(below.strip())
    if lead is None:
        return Lead(title, url, below)
    if not lead.rest.strip():
        return Lead(title, lead.url)
    return Lead(title, lead.url if links.deep_link(lead.url, 0) else "", below)


def parted(line: str) -> tuple[str, str] | None:
    """A title that leads nowhere and the words behind it, where something parts them."""
    found = next((found for form in _SEPARATED if (found := form.fullmatch(line))), None)
    return None if found is None else (unescaped(found["title"]).strip(), found["rest"])
