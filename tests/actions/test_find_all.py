"""Looking through all notebooks: the open one at once, the others and captions on a worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktopnotes.actions import find
from desktopnotes.actions.find_all import Everywhere, Scope
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.model.search import Hit, Place, hit_of, read_query
from desktopnotes.storage import codec, library, paths, state_file
from desktopnotes.storage.library import Found
from desktopnotes.storage.state_file import Place as RecentPlace
from desktopnotes.storage.state_file import State
from tests.sessions import Room, a_room, a_talk
from tests.storage.unprivileged import answer_of, shared_folder


@dataclass
class Search:
    """A search and what it told."""

    room: Room
    found: list[tuple[str, Hit]] = field(default_factory=list)
    ends: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.everywhere = Everywhere(self.room.session, self._take, self.ends.append)

    def _take(self, found: Found) -> None:
        self.found += ((found.notebook.title, hit_of(self.query, text)) for text in found.texts)

    def begin(self, words: str, scope: Scope) -> None:
        self.query = read_query(words)
        self.everywhere.begin(self.query, scope)

    def all(self, words: str, scope: Scope) -> list[tuple[str, str]]:
        self.begin(words, scope)
        ends = len(self.ends)
        self.room.until(lambda: self._go_on() or len(self.ends) > ends or not self._runs(scope), "the end")
        return [(title, hit.text) for title, hit in self.found]

    def _go_on(self) -> None:
        self.room.screen.let_time_pass()

    def _runs(self, scope: Scope) -> bool:
        return scope.all_notebooks or scope.captions


def another(name: str, *texts: str) -> Path:
    path = paths.notebooks_folder() / f"{name}.talknotes.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = tuple(Note(f"n{i}", i * 1000, text=text) for i, text in enumerate(texts))
    path.write_bytes(codec.encode(Notebook(name, name, talks=(Talk("t", "Their Talk", notes=notes),))))
    return path


def test_the_open_notebook_comes_first_and_as_it_is_now(tmp_path: Path) -> None:
    another("Other", "note of another")
    room = a_room(tmp_path, a_talk("talk1", 1))
    room.caret_in("talk1note1")
    search = Search(room)
    search.begin("note", Scope(all_notebooks=True))
    assert [title for title, _ in search.found] == ["An Event"]
    room.until(lambda: search.ends, "the others are read")
    assert [title for title, _ in search.found] == ["An Event", "Other"]
    assert search.ends == [()]


def test_the_scope_holds(tmp_path: Path) -> None:
    another("Other", "note of another")
    room = a_room(tmp_path, a_talk("talk1", 1), a_talk("talk2", 2))
    assert len(Search(room).all("note", Scope(talk_id="talk2"))) == 2
    assert len(Search(room).all("note", Scope())) == 3
    assert len(Search(room).all("note", Scope(all_notebooks=True))) == 4


def test_captions_are_found_too(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", 1), a_talk("talk2", 1))
    for name in ("talk1", "talk2"):
        vtt = f"WEBVTT\n\n00:00:05.000 --> 00:00:07.000\nThe sidecar of {name}.\n"
        (tmp_path / f"{name}.vtt").write_text(vtt, encoding="utf-8")
    assert Search(room).all("sidecar", Scope()) == []
    assert len(Search(room).all("sidecar", Scope(captions=True))) == 2
    search = Search(room)
    search.all("sidecar", Scope(talk_id="talk2", captions=True))
    assert [(hit.place, hit.at_ms, hit.text) for _, hit in search.found] == [
        (Place.SAID, 5000, "The sidecar of talk2.")
    ]


def test_what_cannot_be_read_is_named_and_the_rest_is_searched(tmp_path: Path) -> None:
    another("A Other", "note")
    (paths.notebooks_folder() / "Broken.talknotes.json").write_bytes(b"{")
    another("C Other", "note")
    search = Search(a_room(tmp_path, a_talk("talk1", 1)))
    assert len(search.all("note", Scope(all_notebooks=True))) == 3
    assert search.ends == [("Broken",)]


def test_another_search_ends_the_one_under_way(tmp_path: Path) -> None:
    for number in range(20):
        another(f"Other {number}", *(f"alpha beta {i}" for i in range(300)))
    room = a_room(tmp_path, a_talk("talk1", 1))
    search = Search(room)
    search.begin("alpha", Scope(all_notebooks=True))
    search.everywhere.cancel()
    found = len(search.found)
    search.begin("gamma", Scope(all_notebooks=True))
    room.until(lambda: search.ends, "the second has ended")
    assert len(search.found) == found
    assert len(search.ends) == 1


def test_other_notebooks_are_neither_written_nor_touched(tmp_path: Path) -> None:
    path = another("Other", "note of another")
    before = (path.read_bytes(), path.stat(), sorted(path.parent.iterdir()))
    Search(a_room(tmp_path, a_talk("talk1", 1))).all("note", Scope(all_notebooks=True, captions=True))
    after = (path.read_bytes(), path.stat(), sorted(path.parent.iterdir()))
    assert after[0] == before[0]
    assert after[1].st_mtime_ns == before[1].st_mtime_ns
    assert after[2] == before[2]


# --- going to a hit ----------------------------------------------------------------------------------


def note_hit(**fields: object) -> Hit:
    made = {"text": "Note 2", "spans": ((5, 6),), "note_id": "talk2note2", "at_ms": 20_000, **fields}
    return Hit(Place.NOTE, "talk2", **made)  # type: ignore[arg-type]


def test_a_hit_opens_its_talk_with_the_caret_in_its_note(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))
    find.go_to(room.session, room.session.path, note_hit())
    room.settle()
    assert room.session.talk_id == "talk2"
    assert room.screen.place == Caret("notes", "talk2", "talk2note2", 5)
    assert room.player.position_at().at_ms == 0  # type: ignore[union-attr]


def test_its_moment_is_shown_where_that_is_asked_for(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))
    find.go_to(room.session, room.session.path, note_hit(), show_moment=True)
    room.until(lambda: room.screen.let_time_pass() or _at_ms(room) == 20_000, "the moment")


def _at_ms(room: Room) -> int:
    position = room.player.position_at()
    return position.at_ms if position else -1


def test_what_is_said_is_shown_at_its_moment(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    find.go_to(room.session, room.session.path, Hit(Place.SAID, "talk1", "Words", (), at_ms=42_000))
    room.until(lambda: _at_ms(room) == 42_000, "the moment")


def test_a_folder_that_may_not_be_read_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with shared_folder() as folder:
        locked, there = folder / "locked", folder / "there.talknotes.json"
        locked.mkdir()
        places = (RecentPlace(str(locked / "a.talknotes.json")), RecentPlace(str(there)))
        for place in places:
            Path(place.notebook).write_bytes(codec.encode(Notebook("b", "B")))
        locked.chmod(0)
        monkeypatch.setattr(state_file, "read", lambda: State(recent=places))
        monkeypatch.setattr(paths, "notebooks_folder", lambda: folder)
        assert answer_of(lambda: " ".join(path.name for path in library.known())) == there.name


def test_a_search_that_fails_ends_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> tuple[Path, ...]:
        raise OSError("unforeseen")

    monkeypatch.setattr(library, "known", fail)
    search = Search(a_room(tmp_path, a_talk("talk1")))
    assert len(search.all("note", Scope(all_notebooks=True))) == 3
    assert (search.ends, [str(error) for error in search.room.errors]) == ([()], ["unforeseen"])


def test_a_hit_in_another_notebook_opens_it(tmp_path: Path) -> None:
    path = another("Other", "one", "two")
    room = a_room(tmp_path, a_talk("talk1"))
    find.go_to(room.session, path, Hit(Place.NOTE, "t", "two", ((0, 3),), note_id="n1"))
    assert room.session.path == path
    assert room.screen.place == Caret("notes", "t", "n1", 0)


@pytest.mark.parametrize("place", [Place.WRITE_UP, Place.INTRODUCTION, Place.TITLE])
def test_hits_that_are_no_notes(tmp_path: Path, place: Place) -> None:
    post = Post("post1", "Part 1", talks=("talk2",))
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"), posts=(post,))
    find.go_to(room.session, room.session.path, Hit(place, "talk2", "text", ((0, 4),), post_id="post1"))
    assert room.session.talk_id == "talk2"
    assert (room.screen.place.place == "write_up") == (place is Place.WRITE_UP)
    assert room.screen.shown == (["post post1"] if place is Place.INTRODUCTION else [])


def test_a_hit_in_a_post_shows_that_post(tmp_path: Path) -> None:
    posts = (
        Post("post1", "Part 1", talks=("talk1",)),
        Post("post2", "Part 2", talks=("talk1",)),
        Post("post3"),
    )
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"), posts=posts)
    for post_id, talk_id in (("post2", "talk1"), ("post3", "")):
        hit = Hit(Place.CLOSING, talk_id, "text", (), post_id=post_id)
        find.go_to(room.session, room.session.path, hit)
        assert room.screen.shown.pop() == f"post {post_id}"
    find.go_to(room.session, room.session.path, Hit(Place.CLOSING, "talk2", "text", (), post_id="gone"))
    assert (room.session.talk_id, room.screen.shown) == ("talk1", [])
    assert room.screen.said[-1] == "That post is in the notebook no more."


@pytest.mark.parametrize("place", [Place.TITLE, Place.SPEAKERS, Place.TAGS])
def test_a_hit_in_what_the_open_talk_says_of_itself_leads_behind_its_notes(
    tmp_path: Path, place: Place
) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    room.screen.put_caret(Caret("write_up", "talk1"))
    find.go_to(room.session, room.session.path, Hit(place, "talk1", "text", ((0, 4),)))
    assert (room.screen.place, room.screen.blank) == (Caret("notes", "talk1"), "talk1note3")


def test_what_is_gone_meanwhile_is_said(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))
    find.go_to(room.session, room.session.path, note_hit(note_id="gone"))
    find.go_to(room.session, room.session.path, Hit(Place.NOTE, "gone", "", ()))
    assert [said for said in room.screen.said if "no more" in said] == [
        "That note is there no more.",
        "That is in the notebook no more.",
    ]
