"""What a desktop is told of the program that plays, as D-Bus types; pure values, no bus.

Names, types and rules are those of the MPRIS D-Bus Interface Specification, version 2.2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from desktopnotes.media.player import RATE_MAX, RATE_MIN

PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
NAME = f"{ROOT}.desktopnotes"

PLAYING, PAUSED, STOPPED = "Playing", "Paused", "Stopped"

SCHEMES = ("file", "http", "https")
MIME_TYPES = (
    "application/vnd.desktopnotes+json",
    *("video/mp4", "video/webm", "video/x-matroska", "video/quicktime", "video/mpeg", "video/mp2t"),
    *("video/ogg", "video/x-msvideo", "video/x-flv", "video/x-m4v", "audio/mpeg", "audio/mp4", "audio/ogg"),
    *("audio/opus", "audio/x-opus+ogg", "audio/x-vorbis+ogg", "audio/flac", "audio/x-wav", "audio/webm"),
    *("audio/aac", "audio/x-matroska"),
)
"""As in the desktop entry."""

Variant = tuple[str, Any]
"""A D-Bus type, and a value of it."""

_MOST_MS = 2**63 // 1000 - 1000
_LETTERS = 1000
"""Of a longer text a desktop has no use for the rest."""

_APART_MS = 200.0
"""So far a desktop may be off that counts on by itself; it is told where it is off by more."""


@dataclass(frozen=True, slots=True)
class Track:
    """What is open: a talk, what is said of it, and its length in ms (0: not known)."""

    id: str
    title: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    url: str = ""
    length_ms: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Where playing stood at `moment_s` (of `time.monotonic()`), and what can be asked of it.

    `speed` is how fast it went on from `at_ms` (0: it stood); `rate` is the speed it was set to; `volume`
    is 0 to 1.
    """

    moment_s: float = 0.0
    at_ms: float = 0.0
    speed: float = 0.0
    status: str = STOPPED
    rate: float = 1.0
    volume: float = 1.0
    track: Track | None = None
    can_go_next: bool = False
    can_go_previous: bool = False
    can_play: bool = False
    can_seek: bool = False

    def position_ms(self, moment_s: float) -> float:
        """Where it stands at a moment after `moment_s`, never past the end."""
        at_ms = self.at_ms + 1000 * self.speed * max(0.0, moment_s - self.moment_s)
        length_ms = self.track.length_ms if self.track else 0
        return max(0.0, min(at_ms, length_ms) if length_ms else at_ms)

    def counted_ms(self, moment_s: float) -> float:
        """Where a desktop believes that it stands, which knows no more than status and rate."""
        speed = self.rate if self.status == PLAYING else 0.0
        return self.at_ms + 1000 * speed * max(0.0, moment_s - self.moment_s)

    def goes_otherwise(self, told: Facts) -> bool:
        """Whether a desktop counts on from here: another talk or speed, or it plays, or stands, anew."""
        return (self.status, self.rate, self.track_id) != (told.status, told.rate, told.track_id)

    def has_jumped(self, told: Facts) -> bool:
        """Whether a desktop that counts from those facts is wrong about the place; a talk begins at 0."""
        if self.track_id != told.track_id:
            return self.at_ms >= _APART_MS
        apart_ms = abs(self.at_ms - told.counted_ms(self.moment_s))
        stands = self.status != PLAYING and told.status == self.status
        return apart_ms >= (1.0 if stands else _APART_MS)

    @property
    def track_id(self) -> str:
        return self.track.id if self.track else ""


def track_path(talk_id: str) -> str:
    """The object path that stands for a talk; what a path may not have is written by its bytes."""
    letters = talk_id.encode("utf-8", "surrogatepass")
    return "/org/desktopnotes/talk/" + (
        "".join(
            chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"_{byte:02x}" for byte in letters
        )
        or "_"
    )


def plain(text: str) -> str:
    """The text as a bus bears it, which hangs up on who sends NUL or half a letter; cut where it is long."""
    return text[:_LETTERS].replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def in_us(ms: float) -> int:
    """As a bus bears it, which has 64 bits for a number: a place may be asked for that no recording has."""
    return int(max(-_MOST_MS, min(_MOST_MS, ms)) * 1000)


def metadata(track: Track | None) -> dict[str, Variant]:
    """Empty where nothing is open; `mpris:length` in µs."""
    if track is None:
        return {}
    known: dict[str, Variant] = {"mpris:trackid": ("o", track_path(track.id))}
    if track.length_ms:
        known["mpris:length"] = ("x", in_us(track.length_ms))
    if track.title:
        known["xesam:title"] = ("s", plain(track.title))
    if track.artists:
        known["xesam:artist"] = ("as", [plain(name) for name in track.artists[:100]])
    if track.album:
        known["xesam:album"] = ("s", plain(track.album))
    if track.url:
        known["xesam:url"] = ("s", plain(track.url))
    return known


def player_properties(facts: Facts) -> dict[str, Variant]:
    """All but `Position`, of which no change is told."""
    return {
        "PlaybackStatus": ("s", facts.status),
        "Rate": ("d", facts.rate),
        "Metadata": ("a{sv}", metadata(facts.track)),
        "Volume": ("d", facts.volume),
        "MinimumRate": ("d", RATE_MIN),
        "MaximumRate": ("d", RATE_MAX),
        "CanGoNext": ("b", facts.can_go_next),
        "CanGoPrevious": ("b", facts.can_go_previous),
        "CanPlay": ("b", facts.can_play),
        "CanPause": ("b", facts.can_play),
        "CanSeek": ("b", facts.can_seek),
        "CanControl": ("b", True),
    }


def root_properties() -> dict[str, Variant]:
    return {
        "CanQuit": ("b", True),
        "CanRaise": ("b", True),
        "HasTrackList": ("b", False),
        "Identity": ("s", "Desktop Notes"),
        "DesktopEntry": ("s", "desktopnotes"),
        "SupportedUriSchemes": ("as", list(SCHEMES)),
        "SupportedMimeTypes": ("as", list(MIME_TYPES)),
    }


def changed(before: Facts, after: Facts) -> dict[str, Variant]:
    """The properties that are others now."""
    old = player_properties(before)
    return {name: value for name, value in player_properties(after).items() if old[name] != value}


def rate_asked(value: float) -> float | None:
    """The speed that a desktop may ask for: held within what there is; 0 means a pause, None is none."""
    if not math.isfinite(value) or value < 0:
        return None
    return 0.0 if value == 0 else max(RATE_MIN, min(RATE_MAX, value))


def volume_asked(value: float) -> float | None:
    """0 to 1: below it is silence, and more than all there is none."""
    return None if math.isnan(value) else max(0.0, min(1.0, value))


METHODS: dict[str, dict[str, str]] = {
    ROOT: {"Raise": "", "Quit": ""},
    PLAYER: {
        **dict.fromkeys(("Next", "Previous", "Pause", "PlayPause", "Stop", "Play"), ""),
        "Seek": "x",
        "SetPosition": "ox",
        "OpenUri": "s",
    },
}
"""The interfaces with their methods, and the signature of what each takes."""

WRITABLE = {(PLAYER, "Rate"): "d", (PLAYER, "Volume"): "d"}

_ARGUMENTS = {"Seek": ("Offset",), "SetPosition": ("TrackId", "Position"), "OpenUri": ("Uri",)}

_STANDARD = """
  <interface name="org.freedesktop.DBus.Introspectable">
    <method name="Introspect"><arg name="xml_data" type="s" direction="out"/></method>
  </interface>
  <interface name="org.freedesktop.DBus.Peer">
    <method name="Ping"/>
    <method name="GetMachineId"><arg name="machine_uuid" type="s" direction="out"/></method>
  </interface>"""

_PROPERTIES = """
  <interface name="org.freedesktop.DBus.Properties">
    <method name="Get">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="property_name" type="s" direction="in"/>
      <arg name="value" type="v" direction="out"/>
    </method>
    <method name="GetAll">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="properties" type="a{sv}" direction="out"/>
    </method>
    <method name="Set">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="property_name" type="s" direction="in"/>
      <arg name="value" type="v" direction="in"/>
    </method>
    <signal name="PropertiesChanged">
      <arg name="interface_name" type="s"/>
      <arg name="changed_properties" type="a{sv}"/>
      <arg name="invalidated_properties" type="as"/>
    </signal>
  </interface>"""

_HEAD = (
    '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"\n'
    '"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">\n'
)


def introspection(path: str) -> str | None:
    """What there is at a path, as XML: ours, or the way down to it; None where nothing is."""
    if path == PATH:
        return f"{_HEAD}<node>{_STANDARD}{_PROPERTIES}{_interface(ROOT)}{_interface(PLAYER)}\n</node>\n"
    above = "/" if path == "/" else f"{path}/"
    if not PATH.startswith(above):
        return None
    below = PATH.removeprefix(above).split("/")[0]
    return f'{_HEAD}<node>{_STANDARD}\n  <node name="{below}"/>\n</node>\n'


def _interface(interface: str) -> str:
    lines = [f'\n  <interface name="{interface}">']
    for name, signature in METHODS[interface].items():
        arguments = "".join(
            f'<arg name="{argument}" type="{kind}" direction="in"/>'
            for argument, kind in zip(_ARGUMENTS.get(name, ()), signature, strict=True)
        )
        lines.append(f'    <method name="{name}">{arguments}</method>')
    for name, (kind, _) in _properties(interface).items():
        access = "readwrite" if (interface, name) in WRITABLE else "read"
        note = ' name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"'
        quiet = f"<annotation{note}/>" if name in ("Position", "CanControl") else ""
        lines.append(f'    <property name="{name}" type="{kind}" access="{access}">{quiet}</property>')
    if interface == PLAYER:
        lines.append('    <signal name="Seeked"><arg name="Position" type="x"/></signal>')
    return "\n".join([*lines, "  </interface>"])


def _properties(interface: str) -> dict[str, Variant]:
    if interface == ROOT:
        return root_properties()
    return {**player_properties(Facts()), "Position": ("x", 0)}


def properties(interface: str, facts: Facts, moment_s: float) -> dict[str, Variant] | None:
    """All properties of an interface as they are at a moment; `Position` in µs; None: no such interface."""
    if interface == ROOT:
        return root_properties()
    if interface != PLAYER:
        return None
    return {**player_properties(facts), "Position": ("x", in_us(facts.position_ms(moment_s)))}
