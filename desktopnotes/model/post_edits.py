"""What a user does to posts: their fields, the talks in them and their order, the parts of an event."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Notebook, Post, Published, changed, new_id
from desktopnotes.model.settings import Settings, learned_tags
from desktopnotes.model.talk_edits import set_write_up
from desktopnotes.words import TAG


def with_post(notebook: Notebook, post_id: str, change: Callable[[Post], Post]) -> Notebook:
    """The notebook with `change` made to one post; the very same one where that changes nothing."""
    index = next((i for i, post in enumerate(notebook.posts) if post.id == post_id), None)
    if index is None:
        return notebook
    old = notebook.posts[index]
    new = change(old)
    if new is old:
        return notebook
    return replace(notebook, posts=(*notebook.posts[:index], new, *notebook.posts[index + 1 :]))


def set_fields(notebook: Notebook, post_id: str, **fields: Any) -> Notebook:
    """Fields of `Post` by their names."""
    return with_post(notebook, post_id, lambda post: changed(post, **fields))


def put_in(notebook: Notebook, post_id: str, talk_id: str) -> Notebook:
    """Puts a talk of the notebook at the end of a post, unless it stands in it; in others it stays."""
    if notebook.talk(talk_id) is None:
        return notebook
    return with_post(
        notebook,
        post_id,
        lambda post: post if talk_id in post.talks else replace(post, talks=(*post.talks, talk_id)),
    )


def take_out(notebook: Notebook, post_id: str, talk_id: str) -> Notebook:
    """Takes a talk out of a post; in the notebook it stays."""
    return with_post(
        notebook,
        post_id,
        lambda post: changed(post, talks=tuple(other for other in post.talks if other != talk_id)),
    )


def place_before(notebook: Notebook, post_id: str, talk_id: str, before_id: str) -> Notebook:
    """Moves a talk of a post before another one of it, to the end where `before_id` is none of it."""

    def change(post: Post) -> Post:
        if talk_id not in post.talks or before_id == talk_id:
            return post
        others = tuple(other for other in post.talks if other != talk_id)
        index = others.index(before_id) if before_id in others else len(others)
        return changed(post, talks=(*others[:index], talk_id, *others[index:]))

    return with_post(notebook, post_id, change)


def step(notebook: Notebook, post_id: str, talk_id: str, by: int) -> Notebook:
    """Moves a talk `by` places down in a post (up where negative), stopping at the ends."""

    def change(post: Post) -> Post:
        if talk_id not in post.talks:
            return post
        talks = list(dict.fromkeys(post.talks))
        index = talks.index(talk_id)
        talks.insert(min(max(0, index + by), len(talks) - 1), talks.pop(index))
        return changed(post, talks=tuple(talks))

    return with_post(notebook, post_id, change)


def set_published(notebook: Notebook, post_id: str, date: str, url: str) -> Notebook:
    """Says when and where a post came out; with neither it is not published."""

    def change(post: Post) -> Post:
        if not date and not url:
            return changed(post, published=None)
        return changed(post, published=replace(post.published or Published(), date=date, url=url))

    return with_post(notebook, post_id, change)


WRITTEN = ("intro", "closing")
"""The texts of a post that are written by hand; a talk's write-up is the third."""


def text_at(notebook: Notebook, caret: Caret) -> str:
    """The text that a caret in the post view is in; a talk's write-up, the introduction or the closing."""
    post, talk = notebook.post(caret.post_id), notebook.talk(caret.talk_id)
    if post is not None and caret.place in WRITTEN:
        return str(getattr(post, caret.place))
    return talk.write_up if talk is not None and caret.place == "write_up" else ""


def set_text_at(notebook: Notebook, caret: Caret, text: str) -> Notebook:
    """Changes the text that a caret in the post view is in."""
    if caret.place in WRITTEN:
        return set_fields(notebook, caret.post_id, **{caret.place: text})
    return set_write_up(notebook, caret.talk_id, text) if caret.place == "write_up" else notebook


# --- parts -------------------------------------------------------------------------------------------


def not_yet_posted(notebook: Notebook) -> tuple[str, ...]:
    """The talks that stand in no post, in the order of the notebook."""
    posted = {talk_id for post in notebook.posts for talk_id in post.talks}
    return tuple(talk.id for talk in notebook.talks if talk.id not in posted)


def part_title(pattern: str, event: str, number: int) -> str:
    """What a part is called; `pattern` has `{event}` and `{n}`."""
    return pattern.replace("{event}", event).replace("{n}", str(number))


def next_number(pattern: str, posts: Sequence[Post]) -> int:
    """Which part the next one is: one more than the last of those that are titled so, or than there are."""
    shape = re.escape(pattern).replace(r"\{event\}", ".*").replace(r"\{n\}", r"(\d{1,9})", 1)
    shape = shape.replace(r"\{n\}", r"\d+")
    has_number = "{n}" in pattern
    found = (re.fullmatch(shape, post.title.strip(), re.DOTALL) for post in posts if has_number)
    return max((len(posts), *(int(match[1]) for match in found if match))) + 1


def part(settings: Settings, event: str, posts: Sequence[Post], day: str = "") -> Post:
    """The next part, without talks: it looks as the newest one does, the first as the settings say."""
    title = part_title(settings.title_pattern, event, next_number(settings.title_pattern, posts))
    last = posts[-1] if posts else _first(settings)
    return Post(
        new_id(),
        title=title,
        date=day,
        lang=last.lang,
        tags=last.tags,
        style=last.style,
        site=last.site,
        times=last.times,
    )


def _first(settings: Settings) -> Post:
    tags = learned_tags(settings.conventions, settings.site)
    return Post("", lang=TAG, tags=tags, style=settings.style, site=settings.site, times=settings.times)


def first_parts(settings: Settings, event: str) -> tuple[Post, ...]:
    """The posts of a new notebook: one, dated when its first talk comes."""
    return (part(settings, event, ()),)


def add_part(notebook: Notebook, post: Post) -> Notebook:
    """Adds a post behind the others, with the talks that stand in none yet."""
    return replace(notebook, posts=(*notebook.posts, replace(post, talks=not_yet_posted(notebook))))


def remove_part(notebook: Notebook, post_id: str) -> Notebook:
    """Takes a post out of the notebook; its talks stay."""
    return changed(notebook, posts=tuple(post for post in notebook.posts if post.id != post_id))


def put_back(notebook: Notebook, before: Notebook, post_id: str) -> Notebook:
    """Puts a post that was taken out of `before` in again, behind those that stood before it there.

    Talks that are in the notebook no more are left out of it.
    """
    post = before.post(post_id)
    if post is None or notebook.post(post_id) is not None:
        return notebook
    there = {talk.id for talk in notebook.talks}
    above = {other.id for other in before.posts[: before.posts.index(post)]}
    index = max((i + 1 for i, other in enumerate(notebook.posts) if other.id in above), default=0)
    post = changed(post, talks=tuple(talk_id for talk_id in post.talks if talk_id in there))
    return replace(notebook, posts=(*notebook.posts[:index], post, *notebook.posts[index:]))


def _is_out(post: Post) -> bool:
    """Whether somebody may have it already: it was published, or exported at least."""
    return post.published is not None or bool(post.exported)


def set_site_of_all(notebook: Notebook, site: str, tags: tuple[str, ...] = ()) -> Notebook:
    """Makes all posts that are not out yet ones for that site, with those tags where they have none."""
    posts = tuple(
        post if _is_out(post) else changed(post, site=site, tags=post.tags or tags) for post in notebook.posts
    )
    return notebook if posts == notebook.posts else replace(notebook, posts=posts)


def rename_event(notebook: Notebook, title: str, pattern: str) -> Notebook:
    """Gives the notebook another title; parts that are named after it, and are not out yet, follow."""

    def renamed(post: Post) -> Post:
        if _is_out(post):
            return post
        numbers = re.findall(r"\d{1,9}", post.title)
        was = (int(number) for number in numbers if _is_title(post, pattern, notebook.title, number))
        number = next(was, None)
        return post if number is None else changed(post, title=part_title(pattern, title, number))

    posts = tuple(renamed(post) for post in notebook.posts)
    return changed(notebook, title=title, posts=posts)


def _is_title(post: Post, pattern: str, event: str, number: str) -> bool:
    return "{event}" in pattern and post.title == part_title(pattern, event, int(number))
