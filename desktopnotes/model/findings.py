"""What the program finds out about talks and posts, as pure functions; none of it is ever an undo step."""

from __future__ import annotations

from dataclasses import replace

from desktopnotes.model.edits import with_note, with_talk
from desktopnotes.model.notebook import Chapter, Exported, Note, Notebook, Post, State, Talk


def remember_export(notebook: Notebook, post_id: str, exported: Exported) -> Notebook:
    """Notes where a post was written to, the newest last, each place once."""

    def change(post: Post) -> Post:
        if post.id != post_id or (post.exported and post.exported[-1] == exported):
            return post
        others = tuple(place for place in post.exported if place.path != exported.path)
        return replace(post, exported=(*others, exported))

    posts = tuple(change(post) for post in notebook.posts)
    if all(a is b for a, b in zip(posts, notebook.posts, strict=True)):
        return notebook
    return replace(notebook, posts=posts)


def found_position(notebook: Notebook, talk_id: str, position_ms: int) -> Notebook:
    """Where the talk was left, which also makes an unwatched one a talk being watched."""

    def change(talk: Talk) -> Talk:
        state = State.WATCHING if talk.state == State.TO_WATCH and position_ms > 0 else talk.state
        if (talk.position_ms, talk.state) == (position_ms, state):
            return talk
        return replace(talk, position_ms=position_ms, state=state)

    return with_talk(notebook, talk_id, change)


def found_duration(notebook: Notebook, talk_id: str, duration_ms: int) -> Notebook:
    return with_talk(
        notebook,
        talk_id,
        lambda talk: talk if talk.duration_ms == duration_ms else replace(talk, duration_ms=duration_ms),
    )


def found_watched(notebook: Notebook, talk_id: str) -> Notebook:
    return with_talk(
        notebook,
        talk_id,
        lambda talk: talk if talk.state == State.WATCHED else replace(talk, state=State.WATCHED),
    )


def found_rate(notebook: Notebook, talk_id: str, rate: float) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: talk if talk.rate == rate else replace(talk, rate=rate))


def found_chapters(notebook: Notebook, talk_id: str, chapters: tuple[Chapter, ...]) -> Notebook:
    return with_talk(
        notebook,
        talk_id,
        lambda talk: talk if talk.chapters == chapters else replace(talk, chapters=chapters),
    )


def found_stamp(
    notebook: Notebook, talk_id: str, note_id: str, guessed_ms: int, at_ms: int, *, approximate: bool
) -> Notebook:
    """Puts the true moment where the first guess still stands; a stamp changed by the user since is kept."""

    def change(note: Note) -> Note:
        if note.at_ms != guessed_ms or (note.at_ms, note.approximate) == (at_ms, approximate):
            return note
        return replace(note, at_ms=at_ms, approximate=approximate)

    return with_note(notebook, talk_id, note_id, change)
