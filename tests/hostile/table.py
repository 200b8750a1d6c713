"""What everything hostile really gets, as docs/hostile-input.md shows it: fed to the program."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from desktopnotes.cli.answers import printable
from desktopnotes.export import page
from desktopnotes.export.interchange.table import guarded
from desktopnotes.files import replace_file
from desktopnotes.media.background import Background
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import Failed, Opened, Report
from desktopnotes.media.vlc_player import VlcPlayer
from desktopnotes.model.errors import UserError
from desktopnotes.model.naming import is_plain_name
from desktopnotes.pictures import open_picture, picture_path
from desktopnotes.storage import codec
from desktopnotes.storage.opening import open_notebook
from desktopnotes.storage.salvage import salvage
from desktopnotes.ui.outside import open_outside
from tests import hostile_messages
from tests.hostile.media_files import hostile_media
from tests.media.web_server import WebServer
from tests.storage.hostile_notebooks import GOOD, Hostile, hostile_notebooks
from tests.waiting import wait_until

HEAD = """# Hostile input

What the program does with what somebody wants to harm it by. The tests write this page: each line was fed to
the program, and what stands at its right is what it said or did. `UPDATE_GOLDEN=1` makes it anew.
"""

Row = tuple[str, str]


def markdown(folder: Path) -> str:
    """The whole page; `folder` is empty, and gets what is fed."""
    parts = (
        ("Notebook files, refused and left as they are", _refused),
        ("Notebook files, opened", _accepted),
        ("Files beside and in the place of the notebook", _files),
        ("Pictures", _pictures),
        ("Recordings, with libVLC", _recordings),
        ("Addresses and files handed to the desktop", _outside),
        ("Posts, pages and tables", _exports),
        ("Sent to the socket of the open window", hostile_messages.rows),
    )
    lines = [HEAD]
    for number, (title, rows) in enumerate(parts):
        place = folder / str(number)
        place.mkdir()
        lines += [f"## {title}", "", "| what came | what happened |", "|---|---|"]
        lines += [f"| {_cell(what)} | {_cell(got)} |" for what, got in rows(place)]
        lines.append("")
    return "\n".join(lines).replace(_cell(str(folder)), "…")


def _cell(words: str) -> str:
    """Shown as it is: nothing in it means anything to Markdown, and what cannot be seen is named."""
    seen = "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in words)
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", seen)


def _said(deed: Callable[[], object], done: str = "") -> str:
    """What the user is told, or that it was done."""
    try:
        result = deed()
    except UserError as error:
        return error.message
    return done or str(result)


# --- notebooks ---------------------------------------------------------------------------------------


def _refused(folder: Path) -> Iterator[Row]:
    for path, hostile in _notebooks(folder):
        if hostile.words:
            told = _said(lambda path=path: open_notebook(path))  # type: ignore[misc]
            back = salvage(path.read_bytes()) if path.is_file() and path.stat().st_size < 10_000_000 else None
            notes = sum(len(talk.notes) for talk in back.notebook.talks) if back else 0
            yield hostile.name, f"{told} {f'Salvage brings back {notes} notes.' if notes else ''}".rstrip()


def _accepted(folder: Path) -> Iterator[Row]:
    for path, hostile in _notebooks(folder):
        if not hostile.words:
            opened = open_notebook(path)
            again = codec.decode_any(b"".join(codec.Encoder().encode(opened.notebook)), path.name).notebook
            kept = "every letter is kept" if again == opened.notebook else "IT CHANGED"
            yield hostile.name, f"Opened, {kept}. {opened.notice}".rstrip()
    twice = GOOD.replace(b"note00000001", b"note00000000")
    yield "an id twice", "; ".join(map(str, codec.problems(twice)))
    odd = GOOD.replace(b'"title": "Back Row"', b'"pictures": "../../etc"')
    odd = odd.replace(b'"at_ms": 1000', b'"at_ms": 1000, "picture": "../x.png"')
    yield "names that lead out of its folder", "; ".join(map(str, codec.problems(odd)))


def _notebooks(folder: Path) -> Iterator[tuple[Path, Hostile]]:
    for number, hostile in enumerate(hostile_notebooks()):
        path = folder / f"{number}" / "talks.talknotes.json"
        path.parent.mkdir()
        hostile.make(path)
        yield path, hostile


def _files(folder: Path) -> Iterator[Row]:
    path, other = folder / "talks.talknotes.json", folder / "other"
    was = b"of somebody else"
    other.write_bytes(was)

    def save(target: Path = path, content: bytes = GOOD) -> str:
        return _said(lambda: replace_file(target, content), "Saved.")

    path.write_bytes(b"old")
    path.chmod(0o600)
    yield (
        "a notebook that only its owner may read",
        f"{save()} Its mode is {stat.S_IMODE(path.stat().st_mode):o}.",
    )
    link = folder / "link.talknotes.json"
    link.symlink_to(path)
    yield (
        "a link to the notebook",
        f"{save(link)} It is {'still a link' if link.is_symlink() else 'NO LINK'}.",
    )
    long = folder / f"{'n' * 241}.json"
    yield "a name of 246 bytes", save(long)
    yield "a name of 300 bytes", save(folder / ("n" * 300))
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    yield "a pipe in the place of the notebook", save(pipe)
    round_one = folder / "round"
    round_one.symlink_to(round_one)
    yield "a link to itself", save(round_one)
    yield "a NUL in the name", save(folder / "a\0b")
    planted = folder / ".talks.talknotes.json.tmp"
    planted.symlink_to(other)
    told = save()
    yield (
        "a link planted at a name that a temporary might have",
        f"{told} What it leads to is {'as it was' if other.read_bytes() == was else 'LOST'}.",
    )


# --- pictures ----------------------------------------------------------------------------------------


def _pictures(folder: Path) -> Iterator[Row]:
    for name in ("../x.png", "/etc/passwd", "a\nb.png", "a\0b.png", "", "..", "C:\\x.png", "a/b.png"):
        yield f"named {name!r}", _said(lambda name=name: picture_path(folder, name))  # type: ignore[misc]
    (folder / "out.png").symlink_to("/etc/hostname")
    yield "a link out of the folder", _said(lambda: picture_path(folder, "out.png"))
    target = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(target, "PNG")
    (folder / "half.png").write_bytes(target.getvalue()[:20_000])
    Image.new("1", (14_000, 14_000)).save(folder / "bomb.png")
    header = target.getvalue()[:16] + (10**9).to_bytes(4) + (1).to_bytes(4)
    (folder / "wide.png").write_bytes(header + target.getvalue()[24:])
    (folder / "eps.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/tmp/x) (w) file\n")
    Image.new("RGB", (9, 9)).save(folder / "gif.png", "GIF")
    os.mkfifo(folder / "pipe.png")
    (folder / "endless.png").symlink_to("/dev/zero")
    (folder / "empty.png").touch()
    for name, what in {
        "half.png": "half a picture",
        "bomb.png": "196 million pixels in 24 kB",
        "wide.png": "a thousand million pixels wide",
        "eps.png": "an EPS, which would run, named .png",
        "gif.png": "a GIF named .png",
        "pipe.png": "a pipe",
        "endless.png": "a device without end",
        "empty.png": "an empty file",
        "none.png": "one that is not there",
    }.items():
        yield what, re.sub(r" in “/.*?”", "", _said(lambda name=name: open_picture(folder / name).size))  # type: ignore[misc]


# --- recordings --------------------------------------------------------------------------------------


def _recordings(folder: Path) -> Iterator[Row]:
    with _playing(folder) as (play, web):
        for name, (what, content) in hostile_media(web.address).items():
            (folder / name).write_bytes(content)
            yield f"{what} ({name})", play(folder / name)
        yield from _no_files(folder, play)
        for name in ("list.m3u", "list.xspf", "list.strm", "list.pls", "page.url"):
            (folder / name).write_bytes(b"anything")
            yield name, play(folder / name)
        for address in (
            "file:///etc/passwd",
            "screen://",
            "vlc://quit",
            "smb://host/x",
            "rtsp://host/x",
            "dvd://",
        ):
            yield f"the address {address}", play(address)
        yield "requests that all of these made to the network", str(len(web.asked))


def _no_files(folder: Path, play: Callable[[Path], str]) -> Iterator[Row]:
    os.mkfifo(folder / "pipe.mp4")
    (folder / "endless.mp4").symlink_to("/dev/zero")
    (folder / "round.mp4").symlink_to(folder / "round.mp4")
    (folder / "folder.mp4").mkdir()
    (folder / "empty.mp4").touch()
    for name in (
        "a:b.mp4",
        "-x.mp4",
        "%s.mp4",
        "--sout=x.mp4",
        "talk.mp4 :sout=#file{dst=x}",
        "a\nb.mp4",
        "\udcff.mp4",
    ):
        (folder / name).write_bytes(b"\0\0\0\x18ftypmp42" + bytes(400))
    names = ("pipe.mp4", "endless.mp4", "round.mp4", "folder.mp4", "empty.mp4", "nul\0.mp4", "none.mp4")
    for name in (
        *names,
        "a:b.mp4",
        "-x.mp4",
        "%s.mp4",
        "--sout=x.mp4",
        "talk.mp4 :sout=#file{dst=x}",
        "a\nb.mp4",
    ):
        yield f"a file {name!r}", play(folder / name)
    yield "a file of a name that is no UTF-8", play(folder / "\udcff.mp4")


@contextmanager
def _playing(folder: Path) -> Iterator[tuple[Callable[[Path | str], str], WebServer]]:
    """A function that gives something to the real player and answers what the user is told."""
    errors: list[Exception] = []
    mailbox, web = Mailbox(errors.append), WebServer(folder)
    background = Background(mailbox)
    player = VlcPlayer(mailbox, background, ("--no-xlib", "--vout=vdummy", "--aout=adummy"))
    reports: list[Report] = []
    player.listen(reports.append)

    def play(source: Path | str) -> str:
        reports.clear()
        player.open(source)

        def told() -> list[Report]:
            mailbox.empty()
            return [report for report in reports if isinstance(report, Failed | Opened)]

        wait_until(told, f"something is told of {source}")
        report = told()[0]
        return _without(folder, report.error.message) if isinstance(report, Failed) else "It plays."

    try:
        yield play, web
    finally:
        player.close()
        background.close(5)
        web.close()


def _without(folder: Path, words: str) -> str:
    return words.replace(f"{folder}/", "")


# --- outside -----------------------------------------------------------------------------------------


def _outside(folder: Path) -> Iterator[Row]:
    for address in (
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "smb://host/share", "vlc://quit"),
        *("http:/\\host", "--help", "-x", "https://a\nb", "https://\u202ea", "ms-msdt:/id", ""),
    ):
        yield f"the address {address!r}", _said(lambda address=address: open_outside(address))  # type: ignore[misc]
    for name in ("x.desktop", "x.sh", "x.png.exe", "x.lnk", "x"):
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n")
        yield f"a picture named {name}", _said(lambda name=name: open_outside(str(folder / name)))  # type: ignore[misc]


# --- exports -----------------------------------------------------------------------------------------


def _exports(folder: Path) -> Iterator[Row]:
    for text in (
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"),
        *("![x](http://evil.example/x.png)", "</title><script>", '" onmouseover="x', "[x](data:text/html,x)"),
    ):
        made = page.html(title=text, text=text)
        yield (
            f"a web page of {text}",
            re.sub(r"\s+", " ", made[made.index("<article") : made.index("</article>")]),
        )
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.html(title="x"))
    yield "what a browser may do in a page", (policy[1] if policy else "ANYTHING").replace("&#x27;", "'")
    for cell in ("=cmd|'/c calc'!A1", "+1", "@SUM(A1)", "-2", "\t=1", "＝1"):
        yield f"a table's cell {cell!r}", guarded(cell)
    for words in ("\x1b]0;owned\x07", "\x1b[2J", "a\rb", "\u202eabc", "\u2066"):
        yield f"printed to a terminal: {words!r}", printable(words)
    for name in ("../x", "/etc/x", "..", "a\nb", "CON:", "C:x"):
        yield f"{name!r} as the name of a picture", "taken" if is_plain_name(name) else "refused"
