"""Chromium without a window, driven by its DevTools protocol over a pair of pipes: no library, no port."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_S = 60

_FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    # No test asks the network: there is no host but this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

_LOOK = """
(async () => {
  // One far down the page would wait until somebody comes near it.
  for (const picture of document.images) {
    picture.loading = 'eager';
    await picture.decode().catch(() => {});
  }
  const within = document.querySelector('article') || document.body;
  const all = [...within.querySelectorAll('*')];
  const count = {};
  for (const element of all) {
    const name = element.matches('pre code') ? 'code in pre' : element.tagName.toLowerCase();
    count[name] = (count[name] || 0) + 1;
  }
  return JSON.stringify({
    title: document.title,
    links: [...within.querySelectorAll('a[href]')].map(link => [link.textContent, link.getAttribute('href')]),
    pictures: [...within.querySelectorAll('img')]
      .map(picture => [picture.getAttribute('alt'), picture.getAttribute('src'), picture.naturalWidth]),
    text: within.textContent,
    hidden: all.filter(element => !element.checkVisibility()).map(element => element.tagName.toLowerCase()),
    count,
    handlers: all.filter(element => element.getAttributeNames().some(name => name.startsWith('on'))).length,
  });
})()
"""


@dataclass(frozen=True)
class Page:
    """What Chromium makes of a page; of its `<article>` where it has one.

    `links` are (text, href as written), `pictures` (alt, src as written, width in pixels; 0: not loaded),
    `text` has no alt texts, `count` says how many elements there are of each
    name, `hidden` names those that do not show, `ran` the scripts, `complaints` are the console's.
    """

    title: str
    links: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str | None, str, int], ...]
    text: str
    hidden: tuple[str, ...]
    count: Mapping[str, int]
    handlers: int
    complaints: tuple[str, ...]
    ran: tuple[str, ...]


@dataclass
class Browser:
    """One tab. Whatever a page says, asks or runs is remembered until the next one is opened."""

    _to: int
    _from: int
    _session: str = ""
    _count: int = 0
    _rest: bytes = b""
    _events: list[Mapping[str, Any]] = field(default_factory=list)

    def look(self, address: str) -> Page:
        """Opens the page, and tells what is on it once all of its pictures are there."""
        self._open(address)
        answer = self._ask("Runtime.evaluate", expression=_LOOK, awaitPromise=True)
        seen = json.loads(answer["result"]["value"])
        return Page(
            title=seen["title"],
            links=tuple((text, href) for text, href in seen["links"]),
            pictures=tuple((alt, src, width) for alt, src, width in seen["pictures"]),
            text=seen["text"],
            hidden=tuple(seen["hidden"]),
            count=seen["count"],
            handlers=seen["handlers"],
            complaints=tuple(self._complaints()),
            ran=tuple(self._ran()),
        )

    def photograph(
        self, address: str, file: Path, *, dark: bool = False, width: int = 960, whole: bool = True
    ) -> None:
        """A PNG of the page, all of it or as much as fits into a window."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._ask("Emulation.setEmulatedMedia", media="screen", features=scheme)
        metrics = {"width": width, "height": 1200, "deviceScaleFactor": 1, "mobile": width < 500}
        self._ask("Emulation.setDeviceMetricsOverride", **metrics)
        self._open(address)
        shot = self._ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        self._ask("Emulation.setEmulatedMedia", media="", features=[])
        self._ask("Emulation.clearDeviceMetricsOverride")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def print(self, address: str, file: Path) -> None:
        """A PDF of the page on A4."""
        self._open(address)
        pages = self._ask("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(pages["data"]))

    def evaluated(self, expression: str) -> Any:
        """The value of a script in the page that is open."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def begin(self) -> None:
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Debugger"):
            self._ask(f"{domain}.enable")

    def close(self) -> None:
        self._session = ""
        with suppress(OSError, EOFError):
            self._ask("Browser.close")

    def _open(self, address: str) -> None:
        # Between two pages nothing is open, so that no event of the last one is taken for one of the next.
        for url in ("about:blank", address):
            self._events.clear()
            answer = self._ask("Page.navigate", url=url)
            assert not answer.get("errorText"), f"{url}: {answer['errorText']}"
            self._wait_for(lambda event: event["method"] == "Page.loadEventFired")

    def _complaints(self) -> Iterator[str]:
        for event in self._events:
            told = event["params"]
            if event["method"] == "Log.entryAdded" and told["entry"]["level"] in ("warning", "error"):
                yield f"{told['entry']['text']} {told['entry'].get('url', '')}"
            elif event["method"] == "Runtime.consoleAPICalled":
                yield f"console: {told['args']}"
            elif event["method"] == "Runtime.exceptionThrown":
                yield f"exception: {told['exceptionDetails']['text']}"

    def _ran(self) -> Iterator[str]:
        for event in self._events:
            if event["method"] == "Debugger.scriptParsed" and event["params"].get("stackTrace") is None:
                # What this class itself evaluates has no address.
                if event["params"]["url"]:
                    yield event["params"]["url"]
            elif event["method"] == "Page.javascriptDialogOpening":
                yield f"dialog: {event['params']['message']}"

    def _wait_for(self, wanted: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
        for event in self._events:
            if wanted(event):
                return event
        while True:
            message = self._next()
            if wanted(message):
                return message

    def _ask(self, method: str, **params: Any) -> Mapping[str, Any]:
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        answer = self._wait_until_answered(self._count)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: Mapping[str, Any] = answer["result"]
        return result

    def _wait_until_answered(self, number: int) -> Mapping[str, Any]:
        while True:
            message = self._next()
            if message.get("id") == number:
                return message

    def _next(self) -> Mapping[str, Any]:
        """The next message; an event is remembered, a dialog is closed (nobody would)."""
        deadline = time.monotonic() + _PATIENCE_S
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._from], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"Chromium said nothing for {_PATIENCE_S} seconds."
            piece = os.read(self._from, 1 << 20)
            if not piece:
                raise EOFError("Chromium has gone.")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        message: Mapping[str, Any] = json.loads(line)
        if "method" in message:
            self._events.append(message)
            if message["method"] == "Page.javascriptDialogOpening":
                self._ask("Page.handleJavaScriptDialog", accept=True)
        message.setdefault("method", "")  # type: ignore[attr-defined]
        return message


def program() -> str:
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    assert found, "There is no Chromium; packaging/setup.sh sites installs it."
    return found


def _pipe(theirs: int) -> list[int]:
    """A pipe whose end for the other side (0 reads, 1 writes) has a number that is far from 3 and 4."""
    ends = list(os.pipe())
    far = fcntl.fcntl(ends[theirs], fcntl.F_DUPFD, 10)
    os.close(ends[theirs])
    ends[theirs] = far
    return ends


@contextmanager
def running(profile: Path) -> Iterator[Browser]:
    """A browser of its own, with a new profile in the empty folder `profile`."""
    ours_read, theirs_write = _pipe(theirs=1)
    theirs_read, ours_write = _pipe(theirs=0)
    # Its protocol wants the file descriptors 3 and 4, which Python can only give by way of a shell.
    shell = f'exec 3<&{theirs_read} 4>&{theirs_write} {theirs_read}<&- {theirs_write}>&-; exec "$@"'
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    command = (program(), *_FLAGS, *as_root, f"--user-data-dir={profile}")
    process = subprocess.Popen(
        ["bash", "-c", shell, "-", *command],
        pass_fds=(theirs_read, theirs_write),
        stdout=subprocess.DEVNULL,
        stderr=(profile / "stderr").open("wb"),
    )
    os.close(theirs_read)
    os.close(theirs_write)
    browser = Browser(ours_write, ours_read)
    try:
        browser.begin()
        yield browser
    finally:
        browser.close()
        os.close(ours_write)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(ours_read)
