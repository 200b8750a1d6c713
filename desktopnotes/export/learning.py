"""What the author's own posts have in common, learned from the newest of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from desktopnotes.export import site_posts, sites
from desktopnotes.export.conventions import Conventions
from desktopnotes.export.site_posts import SitePost
from desktopnotes.export.sites import Head
from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Site
from desktopnotes.words import _

_DATES = ("date", "pubDate", "pubDatetime", "publishDate", "published", "created")
_TAGS = ("tags", "tag", "keywords", "topics", "categories")
_DESCRIPTIONS = ("description", "summary", "excerpt", "subtitle")

_DATED = "date pubDate pubDatetime publishDate published created "
_CHANGED = "updated updatedDate lastmod modified modDatetime"
_NAMED = "title slug url permalink aliases id uuid hash lang series part featured pin weight draft"
_ABOUT = "tags tag keywords topics categories category description summary excerpt subtitle"
_SHOWN = "image images cover thumbnail heroImage ogImage"
_OF_ONE_POST = frozenset(" ".join((_DATED, _CHANGED, _NAMED, _ABOUT, _SHOWN)).split())
"""Keys that say something of one post, though they may be alike in a few."""

_MOST_ALWAYS, _MOST_TAGS, _LONGEST_VALUE = 8, 8, 200
_ALMOST_ALL = 0.8


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of the site in `folder`, from so many posts; `newest` is the path of the newest."""

    folder: Path
    site: str
    conventions: Conventions
    posts: int
    newest: str = ""


def learn(folder: Path, check: Callable[[], None] = lambda: None) -> Learned:
    """Looks at the site that the folder is or belongs to. Raises `ReadError` where it has no posts at all.

    `check` is called now and then; what it raises ends the work.
    """
    found = site_posts.site_above(folder)
    root, site = found or (folder, Site.PLAIN)
    posts = site_posts.newest_posts(root, site, check)
    if not posts:
        if found is None:
            raise ReadError(
                _("In “{name}” there are neither posts nor the settings of a site.").format(name=folder.name),
                _("Choose the folder with your hugo.toml, _config.yml, astro.config.mjs or .obsidian."),
            )
        return Learned(root, site, Conventions(site=site), 0)
    return Learned(root, site, conventions(posts, site), len(posts), str(posts[0].path))


def conventions(posts: Sequence[SitePost], site: str) -> Conventions:
    """What most of these posts, the newest first, have in common."""
    folder, file_form = _commonest(map(_place, posts))
    fronts = [post for post in posts if post.front.kind and not post.front.error]
    if not fronts or sites.site(site).front is None:
        return Conventions(folder, file_form, site=site)
    kind = _commonest(post.front.kind for post in fronts)
    keys, always = _keys(fronts, site, file_form), _always(fronts)
    if "layout" in always:  # else the usual one of the generator would stand in its place
        keys = {**keys, "layout": ""}
    return Conventions(
        folder,
        file_form,
        "toml" if kind == "toml" else "yaml",
        _date_form(fronts, _present(fronts, _DATES)),
        keys,
        always,
        site,
        _shared_tags(fronts),
    )


def _commonest(things: Iterable[Any]) -> Any:
    """Of those that are there equally often the first."""
    return Counter(things).most_common(1)[0][0]


# --- where posts lie, and how their files are called -----------------------------------------------------


def _place(post: SitePost) -> tuple[str, str]:
    """The folder of a post, and the form of what stands below it."""
    *folders, name = post.path.parts
    stem, end = PurePosixPath(name).stem, ".md"
    if stem == "index" and folders:
        stem, end = folders.pop(), "/index.md"
    form = f"{_named(stem, post)}{end}"
    while folders and (field := _field(folders[-1], post)):
        form = f"{field}/{form}"
        folders.pop()
    return "/".join(folders), form


_IN_NAME = (
    (re.compile(r"\d{4}-\d{2}-\d{2}$"), "{date}", 0),
    (re.compile(r"\d{4}-\d{2}-\d{2}(?P<gap>[-_ ]+)(?=.)"), "{date}", 1),
    (re.compile(r"\d{8}(?P<gap>[-_ ]+)(?=.)"), "{year}{month}{day}", 1),
    (re.compile(r"\d{4}-\d{2}(?P<gap>[-_ ]+)(?=\D)"), "{year}-{month}", 1),
)


def _named(stem: str, post: SitePost) -> str:
    """The form of a file's name: the date in it, then the title as it is typed, or the slug."""
    for pattern, form, has_rest in _IN_NAME:
        if found := pattern.match(stem):
            rest = _words(stem[found.end() :], post) if has_rest else ""
            return f"{form}{found['gap'] if has_rest else ''}{rest}"
    return _words(stem, post)


def _words(stem: str, post: SitePost) -> str:
    title = post.front.words("title")
    is_title = " " in stem or (stem == title and stem != stem.lower())
    return "{title}" if is_title else "{slug}"


def _field(folder: str, post: SitePost) -> str:
    """The part of the date that a folder is called after; "" where it is not."""
    year, month, day = post.day[:4], post.day[5:7], post.day[8:]
    if not post.day or not folder.isdecimal():
        return "{date}" if post.day and folder == post.day else ""
    if folder == year:
        return "{year}"
    if len(folder) == 2:
        return "{month}" if folder == month else "{day}" if folder == day else ""
    return ""


# --- the front matter ----------------------------------------------------------------------------------


def _present(posts: Sequence[SitePost], names: Sequence[str]) -> str:
    """Which of these keys most of the posts have; "" where hardly one has any."""
    counted = Counter(name for post in posts for name in names if post.front.values.get(name) is not None)
    best = max(names, key=lambda name: (counted[name], -names.index(name)))
    return best if counted[best] * 3 >= len(posts) else ""


def _keys(posts: Sequence[SitePost], site: str, file_form: str) -> dict[str, str]:
    """Ours by their names at the site, where those differ."""
    ours = _ours(site)
    found: dict[str, str] = {}
    for names in (_DATES, _TAGS, _DESCRIPTIONS):
        own = next((name for name in names if name in ours), "")
        theirs = _present(posts, names)
        if own and theirs and theirs != own:
            found[own] = theirs
    is_named = any(post.front.values.get("slug") for post in posts)
    if "slug" in ours and "{slug}" in file_form and not is_named:
        found["slug"] = ""  # the name of the file says it
    return found


def _shared_tags(posts: Sequence[SitePost]) -> tuple[str, ...]:
    """The tags that most of the posts have, in the order of the newest; a single post shares none."""
    key = _present(posts, _TAGS)
    each = [dict.fromkeys(post.front.list_of(key)) for post in posts] if key else []
    counted = Counter(tag for tags in each for tag in tags if _is_plain(tag))
    return tuple(tag for tag, count in counted.items() if count >= 2 and count * 2 > len(posts))[:_MOST_TAGS]


def _ours(site: str) -> frozenset[str]:
    """The keys that our posts for that site have."""
    front = sites.site(site).front
    head = Head("T", "2018-01-12", "", "t", date(2018, 1, 12), ("a",), "d", "s", draft=True)
    return frozenset(front(head)) if front else frozenset()


def _always(posts: Sequence[SitePost]) -> dict[str, Any]:
    """The keys that almost all posts have with one value; of a single post only what is of no post alone."""
    values: Counter[tuple[str, str]] = Counter()
    kept: dict[tuple[str, str], Any] = {}
    for post in posts:
        for name, value in post.front.values.items():
            if isinstance(name, str) and name not in _OF_ONE_POST and _is_plain(value):
                values[name, repr(value)] += 1
                kept[name, repr(value)] = value
    enough = max(2 if len(posts) > 1 else 1, len(posts) * _ALMOST_ALL)
    common = [key for key, count in values.items() if count >= enough]
    if len(posts) == 1:
        common = [key for key in common if key[0] in ("layout", "author", "authors", "type")]
    return {name: kept[name, shown] for name, shown in common[:_MOST_ALWAYS]}


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return 0 < len(value) <= 10 and all(isinstance(one, str) and _is_plain(one) for one in value)
    if isinstance(value, str):
        return 0 < len(value) <= _LONGEST_VALUE and value.isprintable()
    return isinstance(value, (bool, int)) or (isinstance(value, float) and abs(value) < 1e12)


_FORMS = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "%Y-%m-%d"),
    (re.compile(r"\d{4}/\d{2}/\d{2}"), "%Y/%m/%d"),
    (re.compile(r"[A-Z][a-z]{2} \d{2},? \d{4}"), "%b %d %Y"),
    (re.compile(r"[A-Z][a-z]{2} \d,? \d{4}"), "%b %-d %Y"),
    (re.compile(r"[A-Z][a-z]{3,8} \d{1,2},? \d{4}"), "%B %-d %Y"),
    (re.compile(r"\d{2} [A-Z][a-z]{2} \d{4}"), "%d %b %Y"),
    (re.compile(r"\d{1,2} [A-Z][a-z]{3,8} \d{4}"), "%-d %B %Y"),
)
_TIME_OF_DAY = re.compile(
    r"(?P<sign>[T ])\d{2}:\d{2}(?P<seconds>:\d{2}(?:\.\d+)?)?(?P<zone>\s?(?:Z|[+-]\d{2}:?\d{2}))?"
)


def _date_form(posts: Sequence[SitePost], key: str) -> str:
    """The form of `strftime` in which most posts write their dates; "" where that is none we know."""
    forms = [form for post in posts if (form := _form_of(post.front.raw.get(key, "")))]
    return str(_commonest(forms)) if forms else ""


def _form_of(written: str) -> str:
    for pattern, form in _FORMS:
        if not (found := pattern.match(written)):
            continue
        if "," in found[0]:
            form = form.replace(" %Y", ", %Y")
        rest = written[found.end() :]
        if not rest:
            return form
        if time := _TIME_OF_DAY.fullmatch(rest):
            zone = " %z" if (time["zone"] or "").startswith(" ") else "%z" if time["zone"] else ""
            return f"{form}{time['sign']}%H:%M{':%S' if time['seconds'] else ''}{zone}"
    return ""


# --- shown -----------------------------------------------------------------------------------------------


def example(learned: Conventions, site: str, title: str, day: datetime | date) -> tuple[str, str]:
    """The name of a new post's file, from the site's folder on, and what would stand above its text."""
    form = sites.site(site)
    day = day.date() if isinstance(day, datetime) else day
    head = Head(title, day.isoformat(), day.isoformat(), sites.slug(title), day, learned.tags, summary=title)
    return form.file_name(head, learned), form.above(head, learned).strip("\n")


def without(learned: Conventions, names: Iterable[str]) -> Conventions:
    """The conventions without some of them, by their fields; keys by "keys.NAME", "always.NAME"."""
    names = set(names)
    plain = {name: "" for name in ("folder", "file_form", "front", "date_form") if name in names}
    return replace(
        learned,
        **plain,
        tags=() if "tags" in names else learned.tags,
        keys=_less(learned.keys, "keys", names),
        always=_less(learned.always, "always", names),
    )


def _less(values: Mapping[str, Any], field: str, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f"{field}.{name}" not in names}
