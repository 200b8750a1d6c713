"""Real Syncthing between two folders of this machine, without any network beyond it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIMIT_S = 90.0
_QUIET = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "urAccepted": "-1",
    "crashReportingEnabled": "false",
    "autoUpgradeIntervalH": "0",
    "startBrowser": "false",
    "announceLANAddresses": "false",
    "stunKeepaliveStartS": "0",
    "reconnectionIntervalS": "1",
}
"""No discovery, relay, NAT, report, upgrade: what is left is the connection between the two."""


_FOLDER = {
    "label": "notes",
    "type": "sendreceive",
    "fsWatcherEnabled": "true",
    "fsWatcherDelayS": "1",
    "rescanIntervalS": "3600",
}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Machine:
    """One Syncthing with a home, a folder and ports of its own."""

    def __init__(self, name: str, root: Path) -> None:
        program = shutil.which("syncthing")
        assert program, "Syncthing is missing: packaging/setup.sh test installs it"
        self._program = program
        self.name = name
        self.folder = root / name / "notes"
        self.folder.mkdir(parents=True)
        self._home = root / name / "home"
        self._port, self._gui = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._run("generate", f"--home={self._home}", "--no-default-folder")
        self.device_id = self._run("--device-id", f"--home={self._home}").strip()

    def _environment(self) -> dict[str, str]:
        own = {"HOME": str(self._home), "STNOUPGRADE": "1", "STNODEFAULTFOLDER": "1"}
        return {**os.environ, **own}

    def _run(self, *words: str) -> str:
        command = [self._program, *words]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def know(self, *machines: Machine) -> None:
        """Writes the settings: a folder that is shared with these, and nothing that leaves this machine."""
        path = self._home / "config.xml"
        config = ET.parse(path)
        root = config.getroot()
        options = root.find("options")
        gui = root.find("gui")
        assert options is not None
        assert gui is not None
        for old in options.findall("listenAddress") + options.findall("stunServer"):
            options.remove(old)
        for name, value in {**_QUIET, "listenAddress": f"tcp://127.0.0.1:{self._port}"}.items():
            there = options.find(name)
            (ET.SubElement(options, name) if there is None else there).text = value
        for name, value in {"address": f"127.0.0.1:{self._gui}", "apikey": "tests"}.items():
            there = gui.find(name)
            (ET.SubElement(gui, name) if there is None else there).text = value
        for old in root.findall("device"):
            root.remove(old)
        folder = ET.SubElement(root, "folder", {"id": "notes", "path": str(self.folder), **_FOLDER})
        # A new folder gets 10 in the program's own window; a file of settings without a word on it gets none.
        ET.SubElement(folder, "maxConflicts").text = "10"
        ET.SubElement(folder, "minDiskFree", {"unit": "%"}).text = "0"
        for machine in (self, *machines):
            device = ET.SubElement(root, "device", {"id": machine.device_id, "name": machine.name})
            ET.SubElement(device, "address").text = f"tcp://127.0.0.1:{machine._port}"
            ET.SubElement(folder, "device", {"id": machine.device_id})
        config.write(path)

    def start(self) -> None:
        log = (self._home / "log").open("ab")
        words = ["serve", f"--home={self._home}", "--no-browser", "--no-restart", "--no-upgrade"]
        self._process = subprocess.Popen(
            [self._program, *words], env=self._environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        log.close()

    def stop(self) -> None:
        """Ends it by its own process, and waits for that."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
            self._process = None

    def scan(self) -> None:
        """Asks it to look at the folder now."""
        address = f"http://127.0.0.1:{self._gui}/rest/db/scan?folder=notes"
        request = urllib.request.Request(address, method="POST", headers={"X-API-Key": "tests"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30):
            pass

    def log(self) -> str:
        return (self._home / "log").read_text(errors="replace")[-3000:]

    def files(self) -> dict[str, bytes]:
        """What lies in its folder but for Syncthing's own."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}


def in_step(*machines: Machine, files: int) -> dict[str, bytes]:
    """Waits until all folders hold the same so many files, and go on to for a moment; answers these."""
    end = time.monotonic() + LIMIT_S
    since = 0.0
    last: list[dict[str, bytes]] = []
    while time.monotonic() < end:
        try:
            now = [machine.files() for machine in machines]
        except FileNotFoundError:
            continue
        same = all(each == now[0] for each in now) and len(now[0]) == files
        if not same or now != last:
            since = time.monotonic()
        elif time.monotonic() > since + 1.5:
            return now[0]
        last = now
        time.sleep(0.1)
    names = [sorted(machine.files()) for machine in machines]
    raise AssertionError(f"{names}\n{json.dumps([machine.log() for machine in machines], indent=1)}")


@contextmanager
def two_machines(root: Path) -> Iterator[tuple[Machine, Machine]]:
    """Two that know each other; neither runs yet."""
    one, other = Machine("one", root), Machine("other", root)
    one.know(other)
    other.know(one)
    try:
        yield one, other
    finally:
        one.stop()
        other.stop()
