"""The queue of downloads on the disk: durable, shared by windows, and never believed blindly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktopnotes import claims
from desktopnotes.model import downloads
from desktopnotes.model.downloads import Download, Phase
from desktopnotes.model.errors import WriteError
from desktopnotes.storage import downloads_file

ONE = Download(
    "abcdef123456", "https://example.org/talk", "A Talk", "/n.talknotes.json", "talk1", "/videos", quality=720
)


def _add(one: Download) -> None:
    downloads_file.change(lambda now: downloads.added(now, one))


def test_what_was_written_is_read() -> None:
    assert downloads_file.read().downloads == ()
    _add(ONE)
    downloads_file.change(lambda now: downloads.failed(now, ONE.id, "Why.", "Do."))
    (read,) = downloads_file.read().downloads
    assert (read.quality, read.phase, read.message, read.hint) == (720, Phase.FAILED, "Why.", "Do.")
    assert downloads_file.read().state == downloads_file.state()


def test_keys_of_other_versions_stay() -> None:
    _add(ONE)
    value = json.loads(downloads_file.path().read_text())
    value["downloads"][0]["speed_limit"] = 7
    downloads_file.path().write_text(json.dumps(value))
    downloads_file.change(lambda now: downloads.with_phase(now, Phase.PAUSED, ONE.id))
    assert json.loads(downloads_file.path().read_text())["downloads"][0]["speed_limit"] == 7


def _with(**changes: object) -> bytes:
    one = {
        "id": ONE.id,
        "address": ONE.address,
        "title": "x",
        "notebook": "/n",
        "talk_id": "t",
        "folder": "/v",
    }
    return json.dumps({"downloads": [{**one, **changes}]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"[]",
        b'{"downloads": 3}',
        b'{"downloads": [3]}',
        b'{"downloads": [{}]}',
        b'{"downloads": [' + b"[" * 100_000,
        b'{"downloads": [{"id": "abc',
        b"\xff\xfe",
        _with(id="../../home"),
        _with(id="a/b/c/d"),
        _with(id=""),
        _with(address="file:///etc/passwd"),
        _with(address="--exec=rm"),
        _with(folder="relative"),
        _with(folder="/a\0b"),
        _with(phase="flying"),
        _with(quality=-1),
        _with(title=7),
    ],
    ids=range(19),
)
def test_a_broken_file_is_set_aside_and_told(content: bytes) -> None:
    downloads_file.path().parent.mkdir(parents=True)
    downloads_file.path().write_bytes(content)
    read = downloads_file.read()
    assert read.downloads == ()
    assert "was set aside as “downloads.broken-1.json”" in read.message
    assert downloads_file.path().with_name("downloads.broken-1.json").read_bytes() == content
    _add(ONE)
    assert downloads_file.read().downloads == (ONE,)


def test_the_same_id_twice_is_broken() -> None:
    value = json.loads(_with())
    downloads_file.path().parent.mkdir(parents=True)
    downloads_file.path().write_text(json.dumps({"downloads": value["downloads"] * 2}))
    assert "same id" in downloads_file.read().message


def test_a_folder_in_its_place_is_set_aside() -> None:
    downloads_file.path().mkdir(parents=True)
    assert "set aside" in downloads_file.read().message


_HOLD = """
import sys
from desktopnotes.storage import downloads_file
claim = downloads_file.claim("abcdef123456")
print("held" if claim else "not held", flush=True)
sys.stdin.read()
"""


def test_one_process_at_a_time_has_a_claim_and_a_killed_one_gives_it_up() -> None:
    other = subprocess.Popen([sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout
    assert other.stdin
    assert other.stdout.readline() == b"held\n"
    assert downloads_file.claim(ONE.id) is None
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()
    claim = downloads_file.claim(ONE.id)
    assert claim is not None
    assert downloads_file.claim(ONE.id) is None, "this process has it already"
    claim.release()
    claim.release()
    again = downloads_file.claim(ONE.id)
    assert again is not None
    again.release()


_ADD = """
import sys
from desktopnotes.model import downloads
from desktopnotes.model.downloads import Download
from desktopnotes.storage import downloads_file
for number in range(20):
    name = f"{sys.argv[1]}{number:09}"
    one = Download(name, "https://example.org/talk", "", "/n", name, "/v")
    downloads_file.change(lambda now: downloads.added(now, one))
"""


def test_windows_that_change_it_at_once_lose_nothing() -> None:
    both = [subprocess.Popen([sys.executable, "-c", _ADD, name]) for name in ("aaa", "bbb")]
    assert [each.wait(30) for each in both] == [0, 0]
    assert len(downloads_file.read().downloads) == 40


def test_one_that_never_lets_go_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_file, "_WAIT_S", 0.1)
    claim = claims.take(downloads_file.path().with_name("downloads.lock"))
    assert claim is not None
    with pytest.raises(WriteError, match="does not let go"):
        _add(ONE)
    claim.release()


def test_a_state_folder_that_cannot_be_made_is_told(home: Path) -> None:
    (home / ".local").write_text("in its place")
    with pytest.raises(WriteError):
        _add(ONE)
