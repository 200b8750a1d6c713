"""What the program finds out: each finding changes its one thing, and nothing where it is known already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import findings
from desktopnotes.model.notebook import Chapter, Exported, Note, Notebook, Post, State, Talk
from tests.model.walks import MOMENTS

NOTEBOOK = Notebook(
    "n", talks=(Talk("t", notes=(Note("a", 100), Note("b", 200))), Talk("u")), posts=(Post("p"),)
)

FINDINGS: dict[str, tuple[Callable[[Notebook, str], Notebook], Talk]] = {
    "position": (
        lambda n, t: findings.found_position(n, t, 5000),
        replace(NOTEBOOK.talks[0], position_ms=5000, state=State.WATCHING),
    ),
    "duration": (
        lambda n, t: findings.found_duration(n, t, 9000),
        replace(NOTEBOOK.talks[0], duration_ms=9000),
    ),
    "watched": (findings.found_watched, replace(NOTEBOOK.talks[0], state=State.WATCHED)),
    "rate": (lambda n, t: findings.found_rate(n, t, 1.5), replace(NOTEBOOK.talks[0], rate=1.5)),
    "chapters": (
        lambda n, t: findings.found_chapters(n, t, (Chapter(0, "Start"),)),
        replace(NOTEBOOK.talks[0], chapters=(Chapter(0, "Start"),)),
    ),
    "stamp": (
        lambda n, t: findings.found_stamp(n, t, "a", 100, 90, approximate=True),
        replace(NOTEBOOK.talks[0], notes=(Note("a", 90, approximate=True), Note("b", 200))),
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_a_finding_changes_its_talk_once_and_no_other(name: str) -> None:
    find, talk = FINDINGS[name]
    after = find(NOTEBOOK, "t")
    assert after.talks == (talk, NOTEBOOK.talks[1])
    assert after.talks[1] is NOTEBOOK.talks[1]
    assert find(after, "t") is after
    assert find(NOTEBOOK, "gone") is NOTEBOOK


@given(st.sampled_from(State), MOMENTS)
def test_a_position_never_makes_a_watched_talk_unwatched(state: State, at_ms: int) -> None:
    notebook = Notebook("n", talks=(Talk("t", state=state),))
    found = findings.found_position(notebook, "t", at_ms).talks[0].state
    assert found == (State.WATCHING if state == State.TO_WATCH and at_ms > 0 else state)


def test_a_stamp_that_the_user_changed_since_is_kept() -> None:
    assert findings.found_stamp(NOTEBOOK, "t", "a", 99, 90, approximate=False) is NOTEBOOK


def test_an_export_is_remembered_once_a_place_the_newest_last() -> None:
    after = NOTEBOOK
    for path in ("one.md", "two.md", "one.md", "one.md"):
        before, after = after, findings.remember_export(after, "p", Exported(path))
    assert [place.path for place in after.posts[0].exported] == ["two.md", "one.md"]
    assert after is before
    assert findings.remember_export(after, "gone", Exported("three.md")) is after
