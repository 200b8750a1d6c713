"""The talks of a notebook as a list shows them: in groups, in an order, and what moving one in it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktopnotes.model.edits import with_talk
from desktopnotes.model.naming import natural_key
from desktopnotes.model.notebook import Notebook, Post, State, Talk, changed
from desktopnotes.words import _


class By(StrEnum):
    """What the list of talks is grouped by."""

    POST = "post"
    STATE = "state"
    SPEAKERS = "speakers"
    TAGS = "tags"
    NONE = "none"


REST = ""
"""The id of the group of those that stand in no other: in no post, without speakers, without tags."""

_STATES = {State.WATCHING: _("Watching"), State.TO_WATCH: _("To watch"), State.WATCHED: _("Watched")}


@dataclass(frozen=True, slots=True)
class Group:
    """`id` is that of a post, a state, a speaker's name or a tag; an empty title is not shown."""

    id: str
    title: str
    talks: tuple[Talk, ...]


def groups(notebook: Notebook, by: str) -> tuple[Group, ...]:
    """All talks in their groups, in the order shown; a group without talks is there only of a post or state.

    Of several posts that a talk stands in, the first has it. A talk with several speakers or tags stands
    under each of them.
    """
    if by == By.POST:
        return _by_post(notebook)
    if by == By.STATE:
        return _by_state(notebook)
    if by == By.SPEAKERS:
        return _by_words(notebook, lambda talk: talk.speakers, _("No speakers"))
    if by == By.TAGS:
        return _by_words(notebook, lambda talk: talk.tags, _("No tags"))
    return (Group(REST, "", notebook.talks),)


def _by_post(notebook: Notebook) -> tuple[Group, ...]:
    left = {talk.id: talk for talk in notebook.talks}
    found = []
    for post in notebook.posts:
        members = tuple(left.pop(talk_id) for talk_id in post.talks if talk_id in left)
        found.append(Group(post.id, short_title(post), members))
    rest = Group(REST, _("Not in a post yet"), tuple(left.values()))
    return (*found, rest) if left else tuple(found)


def _by_state(notebook: Notebook) -> tuple[Group, ...]:
    def members(state: str) -> tuple[Talk, ...]:
        return tuple(talk for talk in notebook.talks if state_of(talk) == state)

    return tuple(Group(state, title, members(state)) for state, title in _STATES.items())


def state_of(talk: Talk) -> str:
    """One of the three; a word of a later version's file is taken for the first."""
    return talk.state if talk.state in _STATES else State.TO_WATCH


def _by_words(
    notebook: Notebook, words_of: Callable[[Talk], Sequence[str]], without: str
) -> tuple[Group, ...]:
    found: dict[str, list[Talk]] = {}
    rest = []
    for talk in notebook.talks:
        words = tuple(dict.fromkeys(word for word in words_of(talk) if word))
        for word in words:
            found.setdefault(word, []).append(talk)
        if not words:
            rest.append(talk)
    named = tuple(Group(word, word, tuple(found[word])) for word in sorted(found, key=natural_key))
    return (*named, Group(REST, without, tuple(rest))) if rest else named


def short_title(post: Post) -> str:
    """ "Part 2" of a title that ends so, else the whole title."""
    _before, dash, end = post.title.rpartition(" - ")
    return end if dash and end.split(" ")[-1].isdigit() else post.title or _("Untitled post")


def order(notebook: Notebook, by: str) -> tuple[str, ...]:
    """The ids of all talks as they are shown from top to bottom, each once."""
    return tuple(dict.fromkeys(talk.id for group in groups(notebook, by) for talk in group.talks))


def can_take(by: str, group: str, from_group: str) -> bool:
    """Whether a talk of the one group can be put into the other: who speaks is not changed by moving."""
    return group == from_group or by in (By.POST, By.STATE)


def place(
    notebook: Notebook, talk_id: str, by: str, from_group: str, to_group: str, before_id: str
) -> Notebook:
    """Puts a talk before another one of `to_group`, or at its end where `before_id` is empty.

    In a post that is the post's order, elsewhere the notebook's. From one post it goes to another, or to
    none; in another state's group it has that state.
    """
    if notebook.talk(talk_id) is None or before_id == talk_id or not can_take(by, to_group, from_group):
        return notebook
    if by == By.POST:
        return _place_in_post(notebook, talk_id, from_group, to_group, before_id)
    after = notebook
    if by == By.STATE and to_group in _STATES:
        after = set_state(notebook, talk_id, to_group)
    return _place_in_notebook(after, talk_id, _members(notebook, by, to_group), before_id)


def _members(notebook: Notebook, by: str, group_id: str) -> tuple[str, ...]:
    return next(
        (tuple(talk.id for talk in group.talks) for group in groups(notebook, by) if group.id == group_id), ()
    )


def _place_in_notebook(notebook: Notebook, talk_id: str, members: Sequence[str], before_id: str) -> Notebook:
    """Before the talk `before_id`, else right behind the last other one of `members`."""
    talks = [talk for talk in notebook.talks if talk.id != talk_id]
    ids = [talk.id for talk in talks]
    others = [member for member in members if member != talk_id]
    if before_id in ids:
        index = ids.index(before_id)
    elif others:
        index = ids.index(others[-1]) + 1
    else:
        return notebook
    moved = next(talk for talk in notebook.talks if talk.id == talk_id)
    return changed(notebook, talks=(*talks[:index], moved, *talks[index:]))


def _place_in_post(
    notebook: Notebook, talk_id: str, from_group: str, to_group: str, before_id: str
) -> Notebook:
    def change(post: Post) -> Post:
        if post.id not in (from_group, to_group):
            return post
        left = tuple(other for other in post.talks if other != talk_id)
        if post.id != to_group:
            return replace(post, talks=left)
        index = left.index(before_id) if before_id in left else len(left)
        return changed(post, talks=(*left[:index], talk_id, *left[index:]))

    posts = tuple(change(post) for post in notebook.posts)
    after = notebook
    if any(new is not old for new, old in zip(posts, notebook.posts, strict=True)):
        after = replace(notebook, posts=posts)
    if to_group != REST:
        return after
    return _place_in_notebook(after, talk_id, _members(notebook, By.POST, REST), before_id)


def step(notebook: Notebook, talk_id: str, by: str, steps: int) -> Notebook:
    """Moves a talk one place down in its group (`steps` 1) or up (-1); at the group's end it stays."""
    group = next((group for group in groups(notebook, by) if _index(group, talk_id) is not None), None)
    index = _index(group, talk_id) if group else None
    if group is None or index is None or not 0 <= index + steps < len(group.talks):
        return notebook
    below = index + steps + (1 if steps > 0 else 0)
    before_id = group.talks[below].id if below < len(group.talks) else ""
    return place(notebook, talk_id, by, group.id, group.id, before_id)


def _index(group: Group, talk_id: str) -> int | None:
    return next((i for i, talk in enumerate(group.talks) if talk.id == talk_id), None)


def set_state(notebook: Notebook, talk_id: str, state: str) -> Notebook:
    """How far a talk is watched, as the user says; one to watch (again) begins at its beginning."""

    def change(talk: Talk) -> Talk:
        if state_of(talk) == state:
            return talk
        at_ms = 0 if state == State.TO_WATCH else talk.position_ms
        return changed(talk, state=state, position_ms=at_ms)

    return with_talk(notebook, talk_id, change)
