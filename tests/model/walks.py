"""Random notebooks, and random walks of everything that a user can do to one, for the property tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from hypothesis import strategies as st

from desktopnotes.model import (
    arranging,
    comparing,
    edits,
    grouping,
    post_edits,
    replacing,
    talk_edits,
    versions,
)
from desktopnotes.model.edits import Span
from desktopnotes.model.history import Caret
from desktopnotes.model.importing import Imported, ReadNote, ReadPost, ReadTalk
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Published, Talk
from desktopnotes.model.pasted import add_pasted
from desktopnotes.model.search import Finder
from desktopnotes.model.taking_in import take_in

TEXTS = st.text(st.sampled_from("ab >?=!#\n é😀漢"), max_size=12)
MOMENTS = st.integers(0, 20).map(lambda n: n * 500)
STAMPS = st.none() | MOMENTS
_fresh = count()


def fresh_id() -> str:
    return f"id{next(_fresh)}"


def by_time(notes: list[Note]) -> tuple[Note, ...]:
    """The same notes with the stamped ones in order, the others in the places where they are."""
    stamped = iter(sorted((note for note in notes if note.at_ms is not None), key=lambda n: n.at_ms or 0))
    return tuple(note if note.at_ms is None else next(stamped) for note in notes)


def notes() -> st.SearchStrategy[Note]:
    return st.builds(
        Note,
        id=st.builds(fresh_id),
        at_ms=STAMPS,
        kind=st.sampled_from(Kind),
        text=TEXTS,
        picture=st.sampled_from(["", "", "one.png"]),
        used=st.booleans(),
        conflict=st.booleans(),
    ).flatmap(
        lambda note: st.sampled_from([None, 0, 700]).map(
            lambda lasts: replace(note, end_ms=None if None in (lasts, note.at_ms) else note.at_ms + lasts)
        )
    )


def talks() -> st.SearchStrategy[Talk]:
    return st.builds(
        Talk, id=st.builds(fresh_id), title=TEXTS, notes=st.lists(notes(), max_size=7).map(by_time)
    )


@st.composite
def notebooks(draw: st.DrawFn) -> Notebook:
    """A few talks with notes by time, some of them in a post, which may be published."""
    some = draw(st.lists(talks(), min_size=1, max_size=3))
    chosen = draw(st.lists(st.sampled_from([talk.id for talk in some]), unique=True))
    published = draw(st.sampled_from([None, Published()]))
    return Notebook(
        fresh_id(), talks=tuple(some), posts=(Post(fresh_id(), talks=tuple(chosen), published=published),)
    )


def read_notes() -> st.SearchStrategy[ReadNote]:
    """Notes as files have them, in words and times that the notebooks have too."""
    return st.builds(
        ReadNote, TEXTS, STAMPS, kind=st.sampled_from(Kind), of_page=st.booleans(), picture=st.just("")
    )


def imports() -> st.SearchStrategy[Imported]:
    """What may be read from a file, some of which the notebook may have."""
    some = st.lists(read_notes(), max_size=4).map(tuple)
    urls = st.sampled_from(["", "", "https://e.org/a", "https://e.org/b"])
    talks = st.builds(ReadTalk, TEXTS, urls, TEXTS, some)
    post = st.none() | st.builds(ReadPost, title=st.sampled_from(["", "P"]), intro=TEXTS, closing=TEXTS)
    return st.builds(Imported, st.lists(talks, max_size=3).map(tuple), post, some)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a user does. Numbers pick from whatever talks, notes and letters there are by then."""

    name: str
    talk: int
    note: int
    other: int
    offset: int
    at_ms: int
    text: str

    def do(self, notebook: Notebook) -> Notebook:
        talk = notebook.talks[self.talk % len(notebook.talks)] if notebook.talks else Talk("gone")
        return DEEDS[self.name](self, notebook, talk)

    def note_of(self, talk: Talk) -> Note:
        return talk.notes[self.note % len(talk.notes)] if talk.notes else Note("gone")

    def other_of(self, talk: Talk) -> Note:
        return talk.notes[self.other % len(talk.notes)] if talk.notes else Note("gone")

    def span_of(self, talk: Talk) -> Span:
        """From the note to the other one, each cut somewhere inside."""
        first, last = self.note_of(talk), self.other_of(talk)
        return Span(first.id, self.offset % (len(first.text) + 1), last.id, self.at_ms % (len(last.text) + 1))

    def stretch_of(self, talk: Talk) -> list[str]:
        """The notes from one to another."""
        ends = sorted((self.note % max(1, len(talk.notes)), self.other % max(1, len(talk.notes))))
        return [note.id for note in talk.notes[ends[0] : ends[1] + 1]]

    def ids_of(self, talk: Talk) -> list[str]:
        return [self.note_of(talk).id, self.other_of(talk).id]


def _write(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """A note begun in a row below another one, typed, and ended."""
    stamp = deed.at_ms if deed.offset else None
    note = Note(fresh_id(), at_ms=stamp, text=deed.text[:1])
    begun = edits.add_note(notebook, talk.id, note, deed.note_of(talk).id if deed.other else "")
    typed = edits.set_text(begun, talk.id, note.id, deed.text, "2018-01-12T10:00:00Z")
    return edits.end_note(typed, talk.id, note.id)


def _split(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    note = deed.note_of(talk)
    return edits.split_note(notebook, talk.id, note.id, deed.offset % (len(note.text) + 1), fresh_id())


def _replace(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """Some of the places of a letter become something else."""
    wanted, new = deed.text[:1], deed.text[1:]
    found = [text for piece in Finder().find(replacing.query_of(wanted), notebook) for text in piece]
    each: list[replacing.Replacement] = []
    for text in found:
        each += replacing.in_text(text, wanted, new)
    return replacing.replaced(notebook, each[deed.other % 2 :: 2], "2018-01-12T10:00:02Z")


def _import(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """A file that has a note of the talk and a new one, and a talk of its own in a post."""
    old = deed.note_of(talk)
    notes = (ReadNote(old.text, old.at_ms), ReadNote(deed.text, deed.at_ms if deed.offset else None))
    found = Imported((ReadTalk(deed.text, write_up=deed.text),), ReadPost("Imported"), notes)
    return take_in(notebook, found, talk.id, new_id=fresh_id).notebook


def _put_back(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """A talk is taken out and put back, which changes nothing."""
    after = talk_edits.put_back(talk_edits.remove_talk(notebook, talk.id), notebook, talk.id)
    return notebook if after == notebook else after


def _post(deed: Deed, notebook: Notebook) -> Post:
    posts = notebook.posts
    return posts[deed.other % len(posts)] if posts else Post("gone")


def _put_part_back(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """A part is taken out and put back, which changes nothing."""
    post = _post(deed, notebook)
    after = post_edits.put_back(post_edits.remove_part(notebook, post.id), notebook, post.id)
    return notebook if after == notebook else after


def _restore(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """A talk as it was before it was changed, with a note that came since: that goes."""
    since = edits.delete_notes(notebook, talk.id, deed.ids_of(talk)[:1])
    since = edits.add_note(since, talk.id, Note(fresh_id(), text=deed.text))
    if deed.other % 3 == 0:
        since = talk_edits.remove_talk(since, talk.id)
    return comparing.restore_all(notebook, comparing.restore_talks(since, notebook, {talk.id}))


def _bring_back(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """What went comes back beside what came since."""
    since = edits.delete_notes(notebook, talk.id, deed.ids_of(talk))
    since = edits.add_settled(since, talk.id, Note(fresh_id(), at_ms=deed.at_ms, text=deed.text))
    after = comparing.bring_back(since, notebook, {talk.id} if deed.other % 2 else None)
    return comparing.restore_all(notebook, after)


BYS = tuple(grouping.By)


def _place(deed: Deed, notebook: Notebook, talk: Talk) -> Notebook:
    """A talk dragged from where it is shown to before another one, or to the end of a group."""
    by = BYS[deed.other % len(BYS)]
    shown = grouping.groups(notebook, by)
    start = next((group for group in shown if talk in group.talks), None)
    if start is None:
        return notebook
    end = shown[deed.note % len(shown)]
    before = [other.id for other in end.talks][deed.offset : deed.offset + 1]
    return grouping.place(notebook, talk.id, by, start.id, end.id, "".join(before))


DEEDS: Mapping[str, Callable[[Deed, Notebook, Talk], Notebook]] = {
    "write": _write,
    "add settled": lambda d, n, t: edits.add_settled(n, t.id, Note(fresh_id(), at_ms=d.at_ms, text=d.text)),
    "type": lambda d, n, t: edits.set_text(n, t.id, d.note_of(t).id, d.text, "2018-01-12T10:00:01Z"),
    "leave": lambda d, n, t: edits.end_note(n, t.id, d.note_of(t).id),
    "read sign": lambda d, n, t: edits.sign(n, t.id, d.note_of(t).id),
    "leave, sign read": lambda d, n, t: edits.leave_note(n, t.id, d.note_of(t).id),
    "settle": lambda d, n, t: edits.settle(n, t.id, d.note_of(t).id),
    "restamp": lambda d, n, t: edits.restamp(n, t.id, d.note_of(t).id, d.at_ms if d.other else None),
    "shift": lambda d, n, t: edits.shift_stamps(n, t.id, d.ids_of(t), d.at_ms - 5000),
    "delete": lambda d, n, t: edits.delete_notes(n, t.id, d.ids_of(t)[:1]),
    "split": _split,
    "join": lambda d, n, t: edits.join_with_previous(n, t.id, d.note_of(t).id),
    "join with gap": lambda d, n, t: edits.join_with_previous(n, t.id, d.note_of(t).id, gap=" "),
    "texts": lambda d, n, t: edits.set_texts(
        n, t.id, dict.fromkeys(d.ids_of(t), d.text), "2018-01-12T10:00:03Z"
    ),
    "join several": lambda d, n, t: arranging.join_notes(n, t.id, d.stretch_of(t), gap="\n"),
    "move": lambda d, n, t: arranging.move_notes(n, t.id, d.ids_of(t), 1 if d.offset % 2 else -1),
    "duplicate": lambda d, n, t: arranging.duplicate_notes(n, t.id, {d.note_of(t).id: fresh_id()}),
    "add tag": lambda d, n, t: arranging.add_tag(n, t.id, d.ids_of(t), "a"),
    "remove tag": lambda d, n, t: arranging.remove_tag(n, t.id, d.ids_of(t), "a"),
    "end": lambda d, n, t: arranging.set_end(n, t.id, d.note_of(t).id, d.at_ms if d.other else None),
    "keep version": lambda d, n, t: versions.keep_version(n, t.id, d.note_of(t).id),
    "keep versions": lambda d, n, t: versions.keep_versions(n, t.id, d.note_of(t).id),
    "cut": lambda d, n, t: edits.cut_span(n, t.id, d.span_of(t)),
    "kind": lambda d, n, t: edits.set_kind(n, t.id, d.ids_of(t), Kind.QUOTE),
    "use": lambda d, n, t: edits.mark_used(n, t.id, d.ids_of(t)),
    "paste": lambda d, n, t: add_pasted(
        n, t.id, [Note(fresh_id(), text=d.text), Note(fresh_id(), d.at_ms, text=d.text)], d.note_of(t).id
    ),
    "import": _import,
    "add talk": lambda d, n, t: talk_edits.add_talks(n, [Talk(fresh_id(), title=d.text)]),
    "remove talk": lambda d, n, t: talk_edits.remove_talk(n, t.id),
    "put talk back": _put_back,
    "move talk": lambda d, n, t: talk_edits.move_talk(n, t.id, d.offset - 5),
    "step talk": lambda d, n, t: grouping.step(n, t.id, BYS[d.other % len(BYS)], 1 if d.offset else -1),
    "place talk": _place,
    "state": lambda d, n, t: grouping.set_state(n, t.id, ("to_watch", "watching", "watched")[d.other % 3]),
    "talk's data": lambda d, n, t: talk_edits.set_data(
        n, t.id, title=d.text, tags=(d.text,), offset_ms=d.at_ms
    ),
    "files": lambda d, n, t: talk_edits.set_files(n, {t.id: d.text}),
    "write up": lambda d, n, t: talk_edits.set_write_up(n, t.id, d.text),
    "address": lambda d, n, t: talk_edits.set_url(n, t.id, d.text),
    "file": lambda d, n, t: talk_edits.set_file(n, t.id, d.text),
    "offset": lambda d, n, t: talk_edits.set_offset(n, t.id, d.at_ms - 5000, moves_stamps=d.other > 5),
    "from the page": lambda d, n, t: talk_edits.without_file(n, t.id),
    "captions": lambda d, n, t: talk_edits.set_captions(n, t.id, d.text),
    "post": lambda d, n, t: talk_edits.put_in_post(n, t.id, Post(fresh_id())),
    "new part": lambda d, n, t: post_edits.add_part(n, Post(fresh_id(), title=d.text)),
    "remove part": lambda d, n, t: post_edits.remove_part(n, _post(d, n).id),
    "put part back": _put_part_back,
    "post's fields": lambda d, n, t: post_edits.set_fields(n, _post(d, n).id, slug=d.text, tags=(d.text,)),
    "put in post": lambda d, n, t: post_edits.put_in(n, _post(d, n).id, t.id),
    "take out of post": lambda d, n, t: post_edits.take_out(n, _post(d, n).id, t.id),
    "step in post": lambda d, n, t: post_edits.step(n, _post(d, n).id, t.id, d.offset - 5),
    "place in post": lambda d, n, t: post_edits.place_before(
        n, _post(d, n).id, t.id, "".join(_post(d, n).talks[d.note : d.note + 1])
    ),
    "published": lambda d, n, t: post_edits.set_published(n, _post(d, n).id, d.text, d.text[:2]),
    "site of all": lambda d, n, t: post_edits.set_site_of_all(n, d.text[:2] or "hugo"),
    "rename event": lambda d, n, t: post_edits.rename_event(n, d.text, "{event} {n}"),
    "write in post": lambda d, n, t: post_edits.set_text_at(
        n, Caret(("intro", "closing", "write_up")[d.offset % 3], t.id, post_id=_post(d, n).id), d.text
    ),
    "replace": _replace,
    "restore": _restore,
    "bring back": _bring_back,
    "edit post": lambda d, n, t: talk_edits.set_post(n, replace(_post(d, n), intro=d.text)),
}
"""All edits of the model, and what a user makes of several."""

ON_NOTES = tuple(list(DEEDS)[: list(DEEDS).index("import")])


def deeds(names: tuple[str, ...] = tuple(DEEDS)) -> st.SearchStrategy[Deed]:
    few = st.integers(0, 11)
    return st.builds(
        Deed,
        name=st.sampled_from(names),
        talk=few,
        note=few,
        other=few,
        offset=few,
        at_ms=MOMENTS,
        text=TEXTS,
    )


def walk(notebook: Notebook, deeds: list[Deed]) -> list[Notebook]:
    """Every notebook on the way, the first one too."""
    way = [notebook]
    for deed in deeds:
        way.append(deed.do(way[-1]))
    return way
