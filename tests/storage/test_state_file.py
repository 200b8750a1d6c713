"""What was open is found again; a state that is lost or broken costs nothing but itself."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.history import Caret
from desktopnotes.storage import state_file
from desktopnotes.storage.paths import state_path
from desktopnotes.storage.state_file import Place, State, Window, with_place, without

KUBECON = Place("/n/kubecon.talknotes.json", "t1", Caret("notes", "t1", "n7", 12), 0.25)
LECTURES = Place("/n/lectures.talknotes.json")

FULL = State(
    recent=(KUBECON, LECTURES),
    window=Window("1200x800+10+20", True, "post", {"video": 640, "talks": -3}, {"talks": False}),
    sample_shown=True,
)


def test_a_first_start_knows_nothing(tmp_path: Path) -> None:
    state = state_file.read(tmp_path / "state.json")
    assert state == State()
    assert state.last_notebook is None
    assert not state.sample_shown


def test_it_is_read_as_it_was_written() -> None:
    state_file.write(FULL)
    assert state_path().is_file()
    assert state_file.read() == FULL
    assert FULL.last_notebook == Path("/n/kubecon.talknotes.json")


def test_what_a_later_version_keeps_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"later": 5, "window": {"later": [1]}}', encoding="utf-8")
    state = state_file.read(path)
    state_file.write(with_place(state, KUBECON), path)
    assert state_file.read(path) == State((KUBECON,), Window(unknown={"later": [1]}), unknown={"later": 5})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(10),
        b"[]",
        b'{"recent": 5}',
        b'{"recent": [{"talk_id": "t"}]}',
        b'{"window": {"sashes": {"a": "wide"}}}',
        b'{"sample_shown": 1}',
        b'{"recent": [{"notebook": "x", "scroll": NaN}]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_broken_one_is_a_first_starts_and_logged(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert state_file.read(path) == State()
    assert "the state is not known" in caplog.text
    state_file.write(FULL, path)
    assert state_file.read(path) == FULL


def test_one_that_cannot_be_written_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    state_file.write(FULL, tmp_path / "file" / "state.json")
    assert "the state was not written" in caplog.text
    assert state_file.read(tmp_path / "file" / "state.json") == State()


def test_the_notebook_left_last_comes_first() -> None:
    state = with_place(with_place(State(), KUBECON), LECTURES)
    assert state.recent == (LECTURES, KUBECON)
    moved = Place(KUBECON.notebook, "t2")
    assert with_place(state, moved).recent == (moved, LECTURES)
    assert state.place_in(Path(KUBECON.notebook)) == KUBECON
    assert state.place_in(Path("/n/new.json")) == Place("/n/new.json")
    assert without(state, Path(LECTURES.notebook)).recent == (KUBECON,)
    assert without(state, Path("/n/new.json")) == state


def test_places_do_not_pile_up() -> None:
    state = State()
    for i in range(100):
        state = with_place(state, Place(f"/n/{i}"))
    assert len(state.recent) == 30
    assert state.recent[0] == Place("/n/99")


_places = st.builds(
    Place,
    st.text(),
    st.text(),
    st.builds(Caret, st.text(), st.text(), st.text(), st.integers(0, 10**6)),
    st.floats(0, 1),
)


@given(st.lists(_places, max_size=3).map(tuple), st.dictionaries(st.text(), st.booleans(), max_size=3))
def test_any_state_is_read_as_it_was_written(recent: tuple[Place, ...], panes: dict[str, bool]) -> None:
    state = State(recent, Window(panes=panes))
    state_file.write(state)
    assert state_file.read() == state
