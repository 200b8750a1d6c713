"""Learning from the author's site, without a window: found, changed, kept, forgotten, suggested once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import exporting, learning
from desktopnotes.export.conventions import conventions_of
from desktopnotes.export.learning import Learned
from desktopnotes.model import post_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Exported, Post, Published
from desktopnotes.screen import Offer
from tests.sessions import Room, a_room, a_talk


def a_site(folder: Path) -> Path:
    (folder / "hugo.toml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text("")
    for n in range(1, 4):
        bundle = folder / "content" / "posts" / f"talk-{n}"
        bundle.mkdir(parents=True)
        head = f"title: Talk {n}\ndate: 2018-01-0{n}\nauthor: Me\ntoc: true\nkeywords: [a]\n"
        (bundle / "index.md").write_text(f"---\n{head}---\n\nText.")
    return folder


def learned(room: Room, folder: Path) -> Learned:
    """The user chose the folder, and it is looked at."""
    room.screen.folder = folder
    learning.choose(room.session)
    room.until(lambda: room.screen.learned, "what was learned")
    assert room.screen.learned is not None
    return room.screen.learned


def test_what_was_learned_is_used_for_posts_of_that_site(tmp_path: Path) -> None:
    made = Post("post1", title="KubeCon", site="hugo", talks=("talk1",))
    room = a_room(tmp_path, a_talk("talk1"), posts=(made,))
    found = learned(room, a_site(tmp_path / "site"))
    learning.take(room.session, found, found.conventions)
    settings = room.session.settings
    assert (settings.site, settings.site_folder) == ("hugo", str(tmp_path / "site"))
    exporting.export(room.session)
    wanted = "site / content/posts/kubecon/index.md"
    room.until(lambda: any(wanted in said for said in room.screen.asked), "where to is asked")


def test_new_posts_have_the_tags_that_most_posts_of_the_site_share(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site")
    for n, tags in enumerate(("talks, notes, go", "talks, notes", "notes"), 1):
        file = site / "content" / "posts" / f"talk-{n}" / "index.md"
        file.write_text(f"---\ntitle: Talk {n}\ndate: 2018-01-0{n}\ntags: [{tags}]\n---\n\nText.")
    room = a_room(tmp_path, a_talk("talk1"), posts=(Post("post1", title="KubeCon"),))
    found = learned(room, site)
    assert {row.label: row.text for row in learning.rows(found.conventions)}["Tags"] == "notes, talks"
    texts = {row.name: row.text for row in learning.rows(found.conventions)}
    made = learning.made(found.conventions, {**texts, "tags": "talks,  my notes"})
    assert 'tags: ["talks", "my notes"]' in learning.example(made, "hugo", "KubeCon")[1]
    learning.take(room.session, found, made)
    assert room.session.notebook.posts[0].tags == ("talks", "my notes")
    assert post_edits.first_parts(room.session.settings, "Next")[0].tags == ("talks", "my notes")
    room.session.set(site="jekyll")
    assert post_edits.first_parts(room.session.settings, "Next")[0].tags == ()
    assert conventions_of(room.session.settings.conventions) == made


def test_posts_that_are_not_out_yet_take_the_learned_site(tmp_path: Path) -> None:
    fresh, more = (
        Post("post1", title="Part 1", talks=("talk1",)),
        Post("post2", title="Part 2", site="jekyll"),
    )
    out = Post("post3", published=Published("2018-01-12", "https://me.org/3"))
    gone = Post("post4", exported=(Exported("/site/4.md"),))
    room = a_room(tmp_path, a_talk("talk1"), posts=(fresh, more, out, gone))
    found = learned(room, a_site(tmp_path / "site"))
    learning.take(room.session, found, found.conventions)
    assert [post.site for post in room.session.notebook.posts] == ["hugo", "hugo", "plain", "plain"]
    assert room.screen.said[-1] == (
        "New posts, and the 2 here that were never exported, are made as those of “site” (Hugo) are."
    )
    assert room.session.history.undo_label == "Post Site"
    room.session.undo()
    assert room.session.notebook.posts == (fresh, more, out, gone)
    room.session.redo()
    learning.take(room.session, found, found.conventions)
    assert room.screen.said[-1] == "New posts are made as those of “site” (Hugo) are."


def test_rows_say_what_was_learned_and_can_be_changed(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    found = learned(room, a_site(tmp_path / "site")).conventions
    texts = {row.name: row.text for row in learning.rows(found)}
    assert texts == {
        "folder": "content/posts",
        "file_form": "{slug}/index.md",
        "front": "yaml",
        "date_form": "%Y-%m-%d",
        "tags": "a",
        "keys.tags": "keywords",
        "always.author": "Me",
        "always.toc": "true",
    }
    assert learning.made(found, texts) == found
    less = {**texts, "folder": "content/talks", "always.toc": "false"}
    del less["always.author"]
    made = learning.made(found, less)
    assert (made.folder, made.always) == ("content/talks", {"toc": False})
    name, head = learning.example(made, "hugo", "KubeCon")
    assert name == "content/talks/kubecon-notes-part-1/index.md"
    assert "toc: false" in head
    assert "author" not in head


@pytest.mark.parametrize(
    "wrong", [{"folder": "../x"}, {"folder": "/etc"}, {"file_form": "index.md"}, {"folder": "a\\b"}], ids=str
)
def test_what_no_file_could_be_called_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    found = learned(room, a_site(tmp_path / "site")).conventions
    with pytest.raises(UserError):
        learning.made(found, {row.name: row.text for row in learning.rows(found)} | wrong)


def test_it_is_forgotten(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    found = learned(room, a_site(tmp_path / "site"))
    learning.take(room.session, found, found.conventions)
    assert (
        learning.in_words(room.session.settings.conventions) == "Hugo, content/posts, {slug}/index.md, YAML"
    )
    learning.forget(room.session)
    assert learning.in_words(room.session.settings.conventions) == ""


def test_a_folder_without_a_site_is_told(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    empty = tmp_path / "empty"
    empty.mkdir()
    room.screen.folder = empty
    learning.choose(room.session)
    room.until(lambda: room.screen.errors, "an error")
    assert "neither posts nor" in room.screen.errors[0]
    assert room.screen.learned is None


def test_it_is_suggested_once_with_what_was_told_of_the_export(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    place = a_site(tmp_path / "site") / "content" / "posts"
    opened = Offer("Open", lambda: None)
    learning.suggest(room.session, place, "Exported to x.md.", opened)
    room.until(lambda: room.screen.offers, "the offer")
    assert room.screen.said[-1].startswith("Exported to x.md.  Hugo builds this site")
    assert [offer.label for offer in room.screen.offers] == ["Open", "Learn from It"]
    room.screen.offers[1].run()
    room.until(lambda: room.screen.learned, "what was learned")
    room.screen.offers = ()
    learning.suggest(room.session, place, "Exported to x.md.", opened)
    room.settle()
    assert room.screen.offers == ()


def test_it_is_not_suggested_where_there_is_no_site(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    learning.suggest(room.session, tmp_path, "Exported.")
    room.session.background.close(5)
    room.settle()
    assert room.screen.said == []
    assert "learn" not in room.session.settings.hints_seen
