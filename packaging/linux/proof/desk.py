"""A small desktop on a virtual screen: real clicks and keys go in, and what they did is seen from outside."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import correlation
from typing import IO, TypeVar

from PIL import Image, ImageChops, ImageGrab

LIMIT_S = 30.0
"""How long anything may take to be seen; the slowest, the first start of all, takes some 3 s."""

_ALIKE = 0.9
"""So far an icon on the screen is alike to its file."""
READY = "window-manager-is-ready"
MENU_ITEM_PX = 28
_MENU = f"""\
csv_cmd = apps
position_mode = pointer
tint2_look = 0
menu_width = 240
menu_border = 0
menu_padding_top = 0
menu_padding_bottom = 0
item_height = {MENU_ITEM_PX}
item_margin_y = 0
"""
_OPENBOX_MENU = '<action name="ShowMenu"><menu>root-menu</menu></action>'

Found = TypeVar("Found")


class FailedError(Exception):
    """A step that did not happen, in a sentence."""


class Desk:
    """The session of one user: a screen, a bus, a window manager with a menu of the installed programs."""

    def __init__(self, environment: Mapping[str, str], results: Path) -> None:
        self.environment = dict(environment)
        self.results = results
        self.trace = results / "trace.jsonl"
        """Where a program can note down what happens."""
        self._started: list[subprocess.Popen[bytes]] = []

    def run(self, *words: str, may_fail: bool = False) -> str:
        """What a command of this session prints; raises `FailedError` with its own words if it fails."""
        answer = subprocess.run(
            words, env=self.environment, capture_output=True, text=True, check=False, timeout=LIMIT_S
        )
        if answer.returncode and not may_fail:
            raise FailedError(f"“{' '.join(words)}” failed with {answer.returncode}: {answer.stderr.strip()}")
        return answer.stdout

    def start(self, *words: str, log: str = "session.log") -> subprocess.Popen[bytes]:
        """Starts a program that ends with the session."""
        with (self.results / log).open("ab") as told:
            process = subprocess.Popen(
                words, env=self.environment, stdin=subprocess.DEVNULL, stdout=told, stderr=told
            )
        self._started.append(process)
        return process

    def launch(self, *words: str) -> None:
        """Runs a command that starts another and ends; what they print goes to the log of the session."""
        with (self.results / "session.log").open("ab") as log:
            try:
                subprocess.run(
                    words,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    check=True,
                    timeout=LIMIT_S,
                )
            except subprocess.SubprocessError as error:
                raise FailedError(f"“{' '.join(words)}” failed: {error}") from error

    def end(self) -> None:
        for process in self._started:
            process.terminate()
            process.wait(5)

    def click(self, x: int, y: int, *, button: int = 1, times: int = 1) -> None:
        self.run("xdotool", "mousemove", str(x), str(y))
        self.run("xdotool", "click", "--repeat", str(times), "--delay", "80", str(button))

    def press(self, *keys: str) -> None:
        self.run("xdotool", "key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        self.run("xdotool", "type", "--delay", "45", "--", text)

    def wait(self, seen: Callable[[], Found | None], expected: str, limit_s: float = LIMIT_S) -> Found:
        """What is seen, once it is true; else takes a picture, and `FailedError` says what was expected."""
        deadline = time.monotonic() + limit_s
        while not (found := seen()):
            if time.monotonic() > deadline:
                self.shoot("where-it-stopped")
                titles = ", ".join(f"“{self.title(window)}”" for window in self.windows()) or "none"
                raise FailedError(
                    f"expected {expected} within {limit_s:.0f} s. Windows of the program: {titles}"
                )
            time.sleep(0.05)
        return found

    def shoot(self, name: str) -> Image.Image:
        """What is on the screen now, saved under that name."""
        screen = self.see()
        screen.save(self.results / f"{name}.png")
        return screen

    def see(self) -> Image.Image:
        """What is on the screen now."""
        return ImageGrab.grab(xdisplay=self.environment["DISPLAY"])

    def windows(self, of_class: str = "Desktopnotes") -> list[str]:
        """The ids of the windows of a program that are shown."""
        return self.run("xdotool", "search", "--onlyvisible", "--class", of_class, may_fail=True).split()

    def title(self, window: str) -> str:
        return self.run("xdotool", "getwindowname", window, may_fail=True).strip()

    def titled(self, part: str) -> str | None:
        """The id of a shown window with that in its title."""
        words = ("search", "--onlyvisible", "--name", re.escape(part))
        return next(iter(self.run("xdotool", *words, may_fail=True).split()), None)

    def place(self, window: str) -> tuple[int, int, int, int]:
        """Left, top, width and height of a window, in pixels of the screen."""
        told = self.run("xwininfo", "-id", window)
        names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        x, y, width, height = (int(re.findall(rf"{name}: +(-?\d+)", told)[0]) for name in names)
        return x, y, width, height

    def parts(self, window: str) -> list[tuple[int, int, int, int]]:
        """Left, top, width and height of all X windows within a window, in pixels of the screen."""
        told = self.run("xwininfo", "-id", window, "-tree")
        found = re.findall(r" (\d+)x(\d+)\+-?\d+\+-?\d+ +\+(-?\d+)\+(-?\d+)", told)
        return [(int(left), int(top), int(width), int(height)) for width, height, left, top in found]

    def take_focus(self, title: str) -> None:
        """Waits until a window with that in its title has the keyboard."""

        def has_focus() -> bool:
            window = self.titled(title)
            if window:
                self.run("xdotool", "windowactivate", window, may_fail=True)
            return bool(window) and self.run("xdotool", "getactivewindow", may_fail=True).strip() == window

        self.wait(has_focus, f"a window “{title}” with the keyboard")

    def looks_like(self, icon: Path, x: int, y: int) -> bool:
        """Whether that icon is on a white ground about there, a few pixels to any side."""
        own = Image.open(icon).convert("RGBA")
        on_white = Image.new("RGBA", own.size, "white")
        on_white.alpha_composite(own)
        wanted = list(on_white.convert("L").tobytes())
        left, top, screen = x - own.width // 2, y - own.height // 2, self.see().convert("L")
        seen = (
            list(screen.crop((left + dx, top + dy, left + dx + own.width, top + dy + own.height)).tobytes())
            for dx in range(-6, 7)
            for dy in range(-6, 7)
        )
        return any(len(set(greys)) > 1 and correlation(wanted, greys) > _ALIKE for greys in seen)

    def icon_in(self, window: str) -> tuple[int, int] | None:
        """The middle of the first icon in a file manager's window, as it lies on a white ground."""
        left, top, width, height = self.place(window)
        view = (left + 170, top + 75, left + width - 30, top + height - 40)
        ground = Image.new("L", (view[2] - view[0], view[3] - view[1]), 255)
        box = ImageChops.difference(self.see().convert("L").crop(view), ground).getbbox()
        return (view[0] + (box[0] + box[2]) // 2, view[1] + box[1] + 20) if box else None

    def choose_in_menu(self, category: str, entry: str, pictures: str = "") -> None:
        """Right click on the desktop, then clicks on a category and an entry of the menu that opens."""
        categories, entries = menu_of(self.run("jgmenu_run", "apps"))
        # The menu shows the name with what kind of program it is: “Desktop Notes (Talk Notes)”.
        shown = next((name for name in entries.get(category, []) if name.startswith(entry)), None)
        if shown is None:
            raise FailedError(f"expected “{entry}” under {category} in the menu, which has {entries}")
        entry = shown
        self.click(900, 200, button=3)
        main = self.wait(lambda: self.windows("jgmenu"), "the desktop's menu after a right click")[0]
        self._click_item(main, categories.index(category))
        self.wait(lambda: len(self.windows("jgmenu")) == 2, f"the menu's part {category}")
        (part,) = (window for window in self.windows("jgmenu") if window != main)
        self._point_at_item(part, entries[category].index(entry))
        if pictures:
            self.shoot(pictures)
        self._click_item(part, entries[category].index(entry))

    def _point_at_item(self, menu: str, index: int) -> None:
        left, top, width, _ = self.place(menu)
        middle = top + MENU_ITEM_PX * index + MENU_ITEM_PX // 2
        self.run("xdotool", "mousemove", "--sync", str(left + width // 2), str(middle))

    def _click_item(self, menu: str, index: int) -> None:
        self._point_at_item(menu, index)
        self.run("xdotool", "click", "1")


def menu_of(csv: str) -> tuple[list[str], dict[str, list[str]]]:
    """The categories that the menu shows, and the names of the entries of each, as jgmenu tells them."""
    entries: dict[str, list[str]] = {}
    part = ""
    categories = []
    for line in csv.splitlines():
        if line.startswith("^tag(apps-dir-"):
            part = line.removeprefix("^tag(apps-dir-").rstrip(")")
            entries[part] = []
        elif "^checkout(apps-dir-" in line:
            categories.append(line.partition("^checkout(apps-dir-")[2].partition(")")[0])
        elif part and line:
            entries[part].append(line.split(",")[0].strip('"'))  # that of Debian 13 has quotes round it
    return [category for category in categories if entries.get(category)], entries


@contextmanager
def desktop(results: Path, size: str = "1280x800x24", **changes: str) -> Iterator[Desk]:
    """A session that lasts as long as the block."""
    results.mkdir(parents=True, exist_ok=True)
    environment = {**_own_folder(), **os.environ, **changes}
    with _x_server(size) as display, (results / "session.log").open("ab") as log:
        environment["DISPLAY"] = display
        with _bus(environment), _window_manager(environment, results, log):
            desk = Desk(environment, results)
            desk.wait((results / READY).exists, "the window manager")
            try:
                yield desk
            finally:
                desk.end()


def _own_folder() -> dict[str, str]:
    """XDG_RUNTIME_DIR, which every login makes on a machine that was booted."""
    folder = Path(f"/tmp/runtime-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    return {"XDG_RUNTIME_DIR": str(folder)}


@contextmanager
def _x_server(size: str) -> Iterator[str]:
    ready, announce = os.pipe()
    command = ["Xvfb", "-displayfd", str(announce), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    with _running(command, os.environ, subprocess.DEVNULL, pass_fds=(announce,)):
        os.close(announce)
        with os.fdopen(ready) as answer:
            yield f":{answer.readline().strip()}"


@contextmanager
def _bus(environment: dict[str, str]) -> Iterator[None]:
    if environment.get("DBUS_SESSION_BUS_ADDRESS") == "none":
        del environment["DBUS_SESSION_BUS_ADDRESS"]
        yield
        return
    ready, announce = os.pipe()
    command = ["dbus-daemon", "--session", "--nofork", f"--print-address={announce}"]
    with _running(command, environment, subprocess.DEVNULL, pass_fds=(announce,)):
        os.close(announce)
        with os.fdopen(ready) as answer:
            environment["DBUS_SESSION_BUS_ADDRESS"] = answer.readline().strip()
        yield


@contextmanager
def _window_manager(environment: dict[str, str], results: Path, log: IO[bytes]) -> Iterator[None]:
    """It says itself when it hears clicks; that it is named on the screen's root comes earlier."""
    menu, rules, ready = results / "jgmenurc", results / "openbox.xml", results / READY
    ready.unlink(missing_ok=True)
    menu.write_text(_MENU, encoding="utf-8")
    usual = Path("/etc/xdg/openbox/rc.xml").read_text(encoding="utf-8")
    execute = f'<action name="Execute"><command>jgmenu --config-file={menu}</command></action>'
    rules.write_text(usual.replace(_OPENBOX_MENU, execute), encoding="utf-8")
    begin = ["openbox", "--sm-disable", "--config-file", str(rules), "--startup", f"touch {ready}"]
    with _running(begin, environment, log):
        yield


@contextmanager
def _running(
    command: list[str], environment: Mapping[str, str], log: IO[bytes] | int, pass_fds: tuple[int, ...] = ()
) -> Iterator[None]:
    process = subprocess.Popen(
        command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=pass_fds
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
