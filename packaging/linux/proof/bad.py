"""Systems in a bad state: the program works there, or says what to do in a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from proof.desk import Desk, FailedError, desktop
from proof.program import LAUNCHER, events, processes
from proof.steps import NAME, follow, leave, messages, sample, saw, write_note

TEXT = "Written all the same"


@dataclass(frozen=True)
class Case:
    """What is bad, in words, and what of the program goes on there."""

    what: str
    no_play: str = ""
    """What the program says where it cannot play; "" where it plays."""
    no_write: str = ""
    """What the program says where it cannot write; "" where it writes."""
    size: str = "1280x800x24"
    variables: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    """Variables that the session lacks."""


CASES = {
    "no-plugins": Case("VLC without its plugins", no_play="VLC lacks its plugins"),
    "no-codecs": Case("VLC without codecs", no_play="The VLC on this computer cannot decode"),
    "no-vlc": Case("no VLC", no_play="VLC is not installed"),
    "other-vlc-first": Case("a VLC library of another word size found first"),
    "only-other-vlc": Case(
        "only a VLC library of another word size", no_play="The VLC that is installed is one of 32 bits"
    ),
    "no-locale": Case(
        "a locale that does not exist", variables={"LANG": "xx_YY.UTF-8", "LC_ALL": "xx_YY.UTF-8"}
    ),
    "no-bus": Case("no session bus", variables={"DBUS_SESSION_BUS_ADDRESS": "none"}),
    "no-icons": Case("no icon theme"),
    "no-home": Case("HOME is not set", without=("HOME",)),
    "odd-folders": Case(
        "XDG variables empty and relative",
        variables={
            "XDG_CONFIG_HOME": "",
            "XDG_DATA_HOME": "data",
            "XDG_STATE_HOME": "./state",
            "XDG_CACHE_HOME": "",
        },
    ),
    "read-only-home": Case(
        "a home that cannot be written", no_write="Nothing can be written to your folders"
    ),
    "small-screen": Case("a screen of 800 × 600", size="800x600x24"),
    "two-versions": Case("another version by pip in ~/.local"),
}


def meet(name: str, results: Path) -> None:
    """One case; what the program prints is kept as NAME.txt, what it shows as NAME.png."""
    case = CASES[name]
    with desktop(results, case.size, **case.variables) as desk:
        for variable in case.without:
            del desk.environment[variable]
        printed = results / f"{name}.txt"
        # A window with a trace hands nothing over, nor is anything handed over to it.
        trace = ("--trace", str(desk.trace)) if name != "two-versions" else ()
        process = desk.start(LAUNCHER, *trace, log=printed.name)
        desk.wait(
            lambda: desk.titled(NAME) or process.poll() is not None, "a window, or a word why there is none"
        )
        if process.poll() is not None:
            say_why_not(case, printed, process.returncode)
            return
        told = use(desk, case, process.pid)
        desk.shoot(name)
        if name == "two-versions":
            told.append(call_the_other(desk, process.pid))
        leave(desk, "")
    saw(f"{case.what}: {', '.join(told)}")


def say_why_not(case: Case, printed: Path, code: int) -> None:
    said = printed.read_text(encoding="utf-8").strip()
    if code != 1 or not said.startswith("desktopnotes: ") or "Traceback" in said:
        raise FailedError(f"{case.what}: expected a window or a sentence, not exit code {code} and “{said}”")
    saw(f"{case.what}: no window, it says “{said}”")


def use(desk: Desk, case: Case, process: int) -> list[str]:
    """Plays and writes, as far as that goes on; else hears what the program says."""
    told = ["the window opens"]
    if case.no_play:
        (failed, *_) = desk.wait(lambda: events(desk.trace, "failed"), f"the sample not to play: {case.what}")
        told.append(f"“{has(case.no_play, failed['why'])}” “{failed['hint']}”")
    else:
        follow(desk, process, "notes-that-outlive-the-talk.mp4")
        told.append("the sample plays")
    if case.no_write:
        told.append(f"“{has(case.no_write, messages(desk))}”")
    else:
        write_note(desk, sample(), TEXT, "ctrl+t")
        told.append("a note is written")
    return told


def has(part: str, said: str) -> str:
    """What the program said, which has that part."""
    if part not in said:
        raise FailedError(f"expected “{part}”, not “{said}”")
    return said


def call_the_other(desk: Desk, process: int) -> str:
    """The version of ~/.local has its own code, and hands over to the window that is open."""
    other = Path.home() / ".local/bin/desktopnotes"
    versions = [desk.run(call, "--version").split()[-1] for call in (LAUNCHER, str(other))]
    if len(set(versions)) != 2:
        raise FailedError(f"expected two versions, not {versions}")
    desk.launch(str(other))
    if processes() != [process]:
        raise FailedError(f"expected the open window alone, not processes {processes()}")
    return f"{versions[0]} by the menu and {versions[1]} by pip, which hands over to the open window"
