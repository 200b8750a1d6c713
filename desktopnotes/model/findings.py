"""What the program finds out about talks and posts, as pure functions; none of it is ever an undo step."""

from __future__ import annotations

from collections.abc import Mapping

from desktopnotes.model.edits import with_note, with_talk
from desktopnotes.model.notebook import Chapter, Exported, Note, Notebook, Post, State, Talk, changed
from desktopnotes.model.talk_edits import set_files


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


def moved_position(notebook: Notebook, talk_id: str, by_ms: int) -> Notebook:
    """The same place where what is played has other times now."""

    def change(talk: Talk) -> Talk:
        return changed(talk, position_ms=max(0, talk.position_ms + by_ms))

    return with_talk(notebook, talk_id, change)


def found_duration(notebook: Notebook, talk_id: str, duration_ms: int) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, duration_ms=duration_ms))


def found_watched(notebook: Notebook, talk_id: str) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, state=State.WATCHED))


def found_rate(notebook: Notebook, talk_id: str, rate: float) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, rate=rate))


def found_chapters(notebook: Notebook, talk_id: str, chapters: tuple[Chapter, ...]) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, chapters=chapters))


def found_page(
    notebook: Notebook,
    talk_id: str,
    *,
    title: str,
    speakers: tuple[str, ...],
    original_title: str,
    duration_ms: int,
    chapters: tuple[Chapter, ...],
    url: str,
    placeholder: str,
) -> Notebook:
    """What the page of a talk says of it, where the user has not said it: `placeholder` is no title yet.

    `url` replaces the address of the page; an empty one leaves it.
    """

    def change(talk: Talk) -> Talk:
        after = changed(
            talk,
            url=url or talk.url,
            duration_ms=talk.duration_ms or duration_ms,
            chapters=talk.chapters or chapters,
        )
        if title and talk.title in ("", placeholder):
            after = changed(
                after,
                title=title,
                speakers=talk.speakers or speakers,
                original_title=talk.original_title or original_title,
            )
        return after

    return with_talk(notebook, talk_id, change)


def found_captions(notebook: Notebook, talk_id: str, captions: str) -> Notebook:
    """Captions that came by themselves; the user's own choice stays."""
    return with_talk(notebook, talk_id, lambda talk: changed(talk, captions=talk.captions or captions))


def found_link(notebook: Notebook, talk_id: str, url: str) -> Notebook:
    """The page that a file says it comes from; one that the user named meanwhile stays."""
    return with_talk(notebook, talk_id, lambda talk: changed(talk, url=talk.url or url))


def found_file(notebook: Notebook, talk_id: str, file: str) -> Notebook:
    """The talk's recording was loaded to `file`; a file that the user named meanwhile stays."""
    return with_talk(notebook, talk_id, lambda talk: changed(talk, file=talk.file or file))


def found_again(notebook: Notebook, *, old: Mapping[str, str], new: Mapping[str, str]) -> Notebook:
    """Files of talks (by their ids) that lie elsewhere now; where the user named another, that stays."""
    here = {each: new[each] for each in new if (talk := notebook.talk(each)) and talk.file == old.get(each)}
    return set_files(notebook, here)


def found_stamp(
    notebook: Notebook, talk_id: str, note_id: str, guessed_ms: int, at_ms: int, *, approximate: bool
) -> Notebook:
    """Puts the true moment where the first guess still stands; a stamp changed by the user since is kept."""

    def change(note: Note) -> Note:
        return changed(note, at_ms=at_ms, approximate=approximate) if note.at_ms == guessed_ms else note

    return with_note(notebook, talk_id, note_id, change)
