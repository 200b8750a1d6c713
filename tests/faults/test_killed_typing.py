"""The real program ended in every way while real keys come in at 10 a second: what of them is lost."""

from __future__ import annotations

import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktopnotes.storage import codec
from tests.bench.running import Run, window_manager
from tests.faults import promises
from tests.killing import Loss, loss, notebook_in, open_on, text_in, typing, wait_for_letters, window_of
from tests.virtual_screen import x_server
from tests.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.alone]

AT_ONCE = 3
"""Programs side by side, each on a screen of its own."""

KILLS, FAULTS, ENDS = 100, 20, 4

LONGEST_S = 5.0
"""Of typing before the end: two saves and a half."""

MOST_S = 2.0

STRANGE = (sys.executable, "-m", "tests.faults.strange_ends")


@contextmanager
def room() -> Iterator[tuple[Path, str]]:
    """A home and a screen."""
    with tempfile.TemporaryDirectory(prefix="killed-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        with x_server() as (display, _), window_manager(home, display):
            yield home, display


def killed(number: signal.Signals, seeds: Sequence[int]) -> list[Loss]:
    """What was lost each time that the program got a signal at a random moment of typing."""
    found = []
    with room() as (home, display):
        for seed in seeds:
            path = notebook_in(home)
            with open_on(path, display) as run, typing(display):
                wait_for_letters(run, 1)
                time.sleep(random.Random(seed).uniform(0.0, LONGEST_S))
                run.process.send_signal(number)
                ended_s = time.monotonic()
                assert run.process.wait(10) == -number
            found.append(loss(run, path, ended_s))
            codec.decode(path.read_bytes(), path.name)  # whole
            marks = home / ".local/state/desktopnotes/runs"
            assert len(list(marks.glob("*.run"))) == 1, "the start before took the mark away, this left one"
    return found


def killed_often(number: signal.Signals, times: int) -> list[Loss]:
    seeds = [range(first, times, AT_ONCE) for first in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [each for part in pool.map(lambda part: killed(number, part), seeds) for each in part]


@pytest.mark.parametrize(("number", "times"), [(signal.SIGKILL, KILLS), (signal.SIGSEGV, FAULTS)])
def test_killed_at_random_two_seconds_are_lost_at_most(number: signal.Signals, times: int) -> None:
    losses = killed_often(number, times)
    seconds = [each.seconds for each in losses]
    worst, median = max(seconds), statistics.median(seconds)
    figures = (
        f"worst {worst:.2f} s, median {median:.2f} s, at most {max(each.letters for each in losses)} letters "
        f"in {len(losses)} kills; {sum(each.confirmed for each in losses)} letters of confirmed saves"
    )
    print(f"{number.name}: {figures}")
    promises.record(
        f"{number.name} while typing at 10 keys a second", f"{MOST_S:.0f} s, no confirmed save", figures
    )
    assert sum(each.on_screen for each in losses) > len(losses) * 5
    assert sum(each.confirmed for each in losses) == 0
    assert worst <= MOST_S


End = Callable[[Run, str, Callable[[], None]], object]
"""Of the run, its screen, and what ends the X server of that."""


def _signal(number: signal.Signals) -> End:
    return lambda run, display, kill_server: run.process.send_signal(number)


WAYS: dict[str, End] = {
    "SIGTERM": _signal(signal.SIGTERM),
    "SIGHUP": _signal(signal.SIGHUP),
    "SIGINT": _signal(signal.SIGINT),
    "closed by the window manager": lambda run, display, _: run.xdotool("key", "alt+F4"),
    "xkill": lambda run, display, _: run.xdotool("windowkill", window_of(display)),
    "window destroyed by another": lambda run, display, _: run.xdotool("windowclose", window_of(display)),
    "X server gone": lambda run, display, kill_server: kill_server(),
}


@pytest.mark.parametrize("way", WAYS)
def test_ended_in_any_other_way_nothing_is_lost(way: str, tmp_path: Path) -> None:
    end = WAYS[way]
    losses = []
    for seed in range(ENDS):
        path = notebook_in(tmp_path)
        with x_server() as (display, server), window_manager(tmp_path, display):
            with open_on(path, display) as run, typing(display) as keys:
                wait_for_letters(run, 1)
                time.sleep(random.Random(seed).uniform(0.2, 2.5))
                if way.startswith("closed"):
                    keys.terminate()  # else its letters come in with Alt held
                    keys.wait()
                end(run, display, server.kill)
                ended_s = time.monotonic()
                assert run.process.wait(20) in (0, 1)
            gone = run.events("window_gone") + run.events("closed")
            losses.append(loss(run, path, gone[0]["t"] if gone else ended_s))
    figures = f"{sum(each.letters for each in losses)} of {sum(each.on_screen for each in losses)} letters"
    print(f"{way}: {figures}")
    promises.record(f"Ended while typing: {way}", "nothing lost", f"{figures} lost in {ENDS} ends")
    assert sum(each.on_screen for each in losses) > ENDS * 3
    assert sum(each.letters for each in losses) == 0


def test_ended_while_it_saves_nothing_is_lost(tmp_path: Path) -> None:
    """On a disk on which an fsync takes 300 ms, in the midst of a save."""
    from tests.faults import shim

    slow = shim.environment(tmp_path, slow_fsync_ms=300)
    path = notebook_in(tmp_path)
    with x_server() as (display, _), window_manager(tmp_path, display), pytest.MonkeyPatch.context() as patch:
        for name, value in slow.items():
            patch.setenv(name, value)
        with open_on(path, display) as run, typing(display):
            run.await_event("saving", 2)
            run.process.send_signal(signal.SIGTERM)
            assert run.process.wait(20) == 0
        assert loss(run, path, run.events("closed")[0]["t"]).letters == 0


def test_ended_while_a_dialog_is_typed_in_the_notes_are_there(tmp_path: Path) -> None:
    """What stands in a dialog that waits for its answer was never said: it is left out, as by Cancel."""
    path = notebook_in(tmp_path)
    with x_server() as (display, _), window_manager(tmp_path, display), open_on(path, display) as run:
        with typing(display, "aqaw"):
            wait_for_letters(run, 4)
        run.xdotool("key", "ctrl+e")
        run.xdotool("search", "--sync", "--onlyvisible", "--name", "Export")
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(20) == 0
    assert text_in(path) == "aqaw"


@pytest.mark.parametrize("what", ["release", "window"])
def test_ended_while_a_part_hangs_nothing_is_lost_and_it_ends(what: str, tmp_path: Path) -> None:
    path = notebook_in(tmp_path)
    with (
        x_server() as (display, _),
        window_manager(tmp_path, display),
        open_on(path, display, (*STRANGE, what)) as run,
        typing(display, "aqawaeara"),
    ):
        wait_for_letters(run, 9)
        wait_until(lambda: what != "window" or run.events("hangs"), "it hangs")
        run.process.send_signal(signal.SIGTERM)
        run.process.send_signal(signal.SIGTERM)
        wait_until(lambda: text_in(path) == "aqawaeara", "it is saved though a part hangs")
        assert run.process.wait(25) == 0


def test_ended_while_it_starts_it_ends_and_the_next_start_tells_of_nothing(tmp_path: Path) -> None:
    path = notebook_in(tmp_path)
    before = path.read_bytes()
    with x_server() as (display, _), window_manager(tmp_path, display):
        for after_s in (0.05, 0.15, 0.25, 0.35, 0.45, 0.6, 0.8):
            with open_quietly(path, display, (*STRANGE, "start", str(after_s))) as run:
                assert run.process.wait(20) in (0, -signal.SIGTERM)
            assert list((tmp_path / ".local/state/desktopnotes").glob("runs/*.run")) == []
    assert codec.decode(path.read_bytes(), path.name).talks == codec.decode(before, path.name).talks


@contextmanager
def open_quietly(path: Path, display: str, program: Sequence[str]) -> Iterator[Run]:
    """As `open_on`, without waiting for the window."""
    from tests.bench.running import running

    trace = path.parent / "trace.jsonl"
    with running((*program, "--trace", str(trace), str(path)), path.parent, display, trace) as run:
        yield run
