"""What the program finds out about talks and posts, as pure functions; none of it is ever an undo step."""

from __future__ import annotations

from desktopnotes.model.edits import with_note, with_talk
from desktopnotes.model.notebook import Chapter, Exported, Note, Notebook, Post, State, Talk, changed


def remember_export(notebook: Notebook, post_id: str, exported: Exported) -> Notebook:
    """Notes where a post was written to, the newest last, each place once."""

    def change(post: Post) -> Post:
        if post.id != post_id:
            return post
        others = tuple(place for place in post.exported if place.path != exported.path)
        return changed(post, exported=(*others, exported))

    return changed(notebook, posts=tuple(change(post) for post in notebook.posts))


def found_position(notebook: Notebook, talk_id: str, position_ms: int) -> Notebook:
    """Where the talk was left, which also makes an unwatched one a talk being watched."""

    def change(talk: Talk) -> Talk:
        state = State.WATCHING if talk.state == State.TO_WATCH and position_ms > 0 else talk.state
        return changed(talk, position_ms=position_ms, state=state)

    return with_talk(notebook, talk_id, change)


def found_duration(notebook: Notebook, talk_id: str, duration_ms: int) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, duration_ms=duration_ms))


def found_watched(notebook: Notebook, talk_id: str) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, state=State.WATCHED))


def found_rate(notebook: Notebook, talk_id: str, rate: float) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, rate=rate))


def found_chapters(notebook: Notebook, talk_id: str, chapters: tuple[Chapter, ...]) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, chapters=chapters))


def found_stamp(
    notebook: Notebook, talk_id: str, note_id: str, guessed_ms: int, at_ms: int, *, approximate: bool
) -> Notebook:
    """Puts the true moment where the first guess still stands; a stamp changed by the user since is kept."""

    def change(note: Note) -> Note:
        return changed(note, at_ms=at_ms, approximate=approximate) if note.at_ms == guessed_ms else note

    return with_note(notebook, talk_id, note_id, change)
