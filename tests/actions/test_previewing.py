"""What is previewed is what would be written: in every style, for every site, to the letter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import previewing
from desktopnotes.actions.previewing import Previewed, Previewing, Wanted, previewed
from desktopnotes.export import sites, templates
from desktopnotes.export.blocks import DATE, TITLE
from desktopnotes.export.inline import MATH
from desktopnotes.export.options import Options
from desktopnotes.export.reader import Reading
from desktopnotes.model.notebook import Notebook, Post, Talk
from desktopnotes.storage import paths
from tests import goldens
from tests.export.test_reader import browser_text
from tests.goldens import GOLDENS, Golden
from tests.sessions import Room, a_room, a_talk


def wanted(golden: Golden) -> Wanted:
    name = golden.notebook
    return Wanted(goldens.notebook_of(name), goldens.post_of(name), goldens.options_of(golden))


def words(found: Previewed) -> list[str]:
    return [block.text for block in found.blocks]


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.key)
def test_nothing_of_a_post_is_lost_in_its_preview_and_nothing_invented(golden: Golden) -> None:
    of = wanted(golden)
    found, export = previewed(of), golden.export()
    assert found.export == export
    # The very text that would be written, as its builder hands it to the reader of Markdown.
    form = sites.site(golden.site)
    assert found.markdown == (form.shown(export.text) if form.page is None else export.markdown)
    of_the_head = 0 if form.title_in_text else sum(block.kind in (TITLE, DATE) for block in found.blocks)
    if not MATH.search(found.markdown):  # formulas stay as typed, see test_reader.py
        shown = " ".join(" ".join(words(found)[of_the_head:]).split())
        assert shown == browser_text(found.markdown)
    assert found.blocks[0].kind == TITLE
    assert words(found)[0] == " ".join(of.post.title.split())
    assert found.words > 10


@pytest.mark.parametrize("site", sites.site_names())
@pytest.mark.parametrize("style", templates.built_in())
def test_every_part_is_where_it_is_said_to_be(style: str, site: str) -> None:
    talks = tuple(
        Talk(f"t{n}", f"Talk {n}", url="https://x.y", write_up=f"Words {n}\n\nmore") for n in range(4)
    )
    post = Post("p", "Title", "2018-01-12", intro="Hello\n\nyou", closing="Bye", talks=("t2", "t0", "t3"))
    found = previewed(
        Wanted(Notebook("b", talks=talks, posts=(post,)), post, Options(style=style, site=site))
    )
    parts = dict.fromkeys(found.parts)
    assert list(parts) == ["title", "intro", "t2", "t0", "t3", "closing"]
    for part, first in (("intro", "Hello"), ("t0", "Talk 0"), ("t3", "Talk 3"), ("closing", "Bye")):
        text = words(found)[found.parts.index(part)]
        assert text.startswith(first)


def test_read_on_from_the_post_before_it_is_the_same() -> None:
    before = None
    for golden in GOLDENS[::7]:
        on, fresh = previewed(wanted(golden), before), previewed(wanted(golden))
        assert (on.blocks, on.parts, on.words) == (fresh.blocks, fresh.parts, fresh.words)
        before = on.reading


def test_of_what_changes_meanwhile_only_the_last_is_rendered(tmp_path: Path) -> None:
    room, came, ask = a_previewing(tmp_path)
    ask.render()
    for number in range(5):
        room.session.do("Title", _titled(room, f"Title {number}"))
        ask.render()
    room.until(lambda: not ask.is_under_way, "all is rendered")
    assert len(came) == 2
    assert came[-1].blocks[0].text == "Title 4"
    assert room.errors == []


def a_previewing(folder: Path) -> tuple[Room, list[Previewed], Previewing]:
    came: list[Previewed] = []
    room = a_room(folder, a_talk(), posts=(Post("p", "Title", talks=("talk1",)),))
    return room, came, Previewing(lambda: room.session, came.append)


def _titled(room: Room, title: str) -> Notebook:
    notebook = room.session.notebook
    return replace(notebook, posts=(replace(notebook.posts[0], title=title),))


def test_an_error_that_nobody_expected_comes_to_the_gate_and_the_next_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, came, ask = a_previewing(tmp_path)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(previewing, "previewed", fail)
        ask.render()
        room.until(lambda: room.errors, "the error")
    ask.render()
    room.until(lambda: came, "the next")
    assert came[-1].blocks
    assert [type(error) for error in room.errors] == [ZeroDivisionError]
    room.errors.clear()


def test_what_changed_while_it_failed_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room, came, ask = a_previewing(tmp_path)
    calls: list[Wanted] = []

    def fail_once(of: Wanted, before: Reading | None = None) -> Previewed:
        calls.append(of)
        if len(calls) == 1:
            raise ZeroDivisionError
        return previewed(of, before)

    monkeypatch.setattr(previewing, "previewed", fail_once)
    ask.render()
    room.session.do("Title", _titled(room, "Changed"))
    ask.render()
    room.until(lambda: came, "what changed")
    assert came[-1].blocks[0].text == "Changed"
    assert [type(error) for error in room.errors] == [ZeroDivisionError]
    room.errors.clear()


def test_an_error_says_of_what_it_is(tmp_path: Path) -> None:
    room, came, ask = a_previewing(tmp_path)
    folder = paths.styles_folder()
    folder.mkdir(parents=True)
    (folder / "broken.md.j2").write_text("{{ nothing.at.all }}", encoding="utf-8")
    post = replace(room.session.notebook.posts[0], style="broken")
    room.session.do("Style", replace(room.session.notebook, posts=(post,)))
    ask.render()
    room.until(lambda: came, "the error")
    assert came[-1].error
    assert came[-1].of is not None
    assert came[-1].of.post == post
    assert came[-1].is_of_the_post_of(Previewed(of=replace(came[-1].of, post=replace(post, title="x"))))
    assert not came[-1].is_of_the_post_of(Previewed(of=replace(came[-1].of, post=replace(post, id="x"))))
    assert not came[-1].is_of_the_post_of(Previewed())


def test_title_and_date_are_no_words_to_read() -> None:
    post = Post("p", "Four words of title", "2018-01-12")
    for site in sites.site_names():
        made = Wanted(Notebook("b", posts=(post,)), post, Options(site=site))
        assert (previewed(made).words, previewed(made).minutes) == (0, 0)
        spoken = replace(post, intro="two words")
        assert previewed(replace(made, post=spoken)).words == 2


def test_a_style_of_ones_own_is_known_by_its_file(tmp_path: Path) -> None:
    room, _, _ = a_previewing(tmp_path)
    made = Wanted(room.session.notebook, Post("p", style="mine"), Options(styles_folder=tmp_path))
    assert previewing.own_style(made) == tmp_path / "mine.md.j2"
    for style in ("list", "../up", "a/b", ""):
        other = Wanted(made.notebook, Post("p", style=style), made.options)
        assert previewing.own_style(other) is None
