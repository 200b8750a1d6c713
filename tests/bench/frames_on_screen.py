"""What is on a screen right now, as the number of a frame, and keys pressed there to 0.1 ms.

Both go through one X connection of this process, and an X server does what one connection asks in order: a
frame read before and after a press, and found the same, was on screen at the press.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from types import TracebackType

from tests.bench.numbered_clips import BARS, number_of

BLACK = -1
UNREADABLE = -2

_DARK_AT_MOST, _BRIGHT_AT_LEAST = 96, 152
"""Of 255: between them a bar is no bar. Encoded and scaled they stay within 40 of black and of white."""
_ALL_PLANES = (1 << 32) - 1
_Z_PIXMAP = 2
_ROWS = (0.45, 0.5, 0.55)
"""Parts of a picture's height at which its band of bars is looked for."""


class _Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
        ("bits_per_pixel", ctypes.c_int),
    )


class XScreen:
    """The screen of a display (":7"), its pixels, windows and keys. RuntimeError where there is none."""

    def __init__(self, display: str) -> None:
        self._x = _library("libX11.so.6")
        self._test = _library("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XCreateSimpleWindow.restype = ctypes.c_ulong
        connection = self._x.XOpenDisplay(display.encode())
        if not connection:
            raise RuntimeError(f"There is no display {display}.")
        self._connection = ctypes.c_void_p(connection)
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._connection))
        # Xlib ends the whole process at any error, such as a window that has gone meanwhile.
        self._on_error = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
        self._x.XSetErrorHandler(self._on_error)
        self._codes: dict[str, int] = {}

    def close(self) -> None:
        if self._connection:
            self._x.XCloseDisplay(self._connection)
            self._connection = ctypes.c_void_p()

    def __enter__(self) -> XScreen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def row(self, x: int, y: int, width: int) -> bytes:
        """One row of pixels, four bytes each: blue, green, red, nothing. Empty where it is off the screen."""
        image = self._x.XGetImage(
            self._connection, self._root, x, y, width, 1, ctypes.c_ulong(_ALL_PLANES), _Z_PIXMAP
        )
        if not image:
            return b""
        pixels = ctypes.string_at(image.contents.data, 4 * width)
        self._x.XDestroyImage(image)
        return pixels

    def press(self, *keys: str) -> None:
        """Presses keys, named as X names them ("Control_L", "t"), in this order, and lets go of them."""
        self.hold(*keys)
        self.let_go(*keys)

    def hold(self, *keys: str) -> None:
        for key in keys:
            self._send(key, is_down=True)
        self._x.XFlush(self._connection)

    def let_go(self, *keys: str) -> None:
        for key in reversed(keys):
            self._send(key, is_down=False)
        self._x.XFlush(self._connection)

    def _send(self, key: str, *, is_down: bool) -> None:
        self._test.XTestFakeKeyEvent(self._connection, self._code(key), int(is_down), ctypes.c_ulong(0))

    def _code(self, key: str) -> int:
        if key not in self._codes:
            symbol = ctypes.c_ulong(self._x.XStringToKeysym(key.encode()))
            code = self._x.XKeysymToKeycode(self._connection, symbol) & 0xFF
            if not code:
                raise ValueError(f"No key is named {key}.")
            self._codes[key] = code
        return self._codes[key]

    def new_window(self, width: int, height: int) -> int:
        """The id of a black window, mapped at the upper left, which lives as long as this."""
        sizes = (0, 0, width, height, 0, ctypes.c_ulong(0), ctypes.c_ulong(0))
        window = ctypes.c_ulong(self._x.XCreateSimpleWindow(self._connection, self._root, *sizes))
        self._x.XMapWindow(self._connection, window)
        self._x.XSync(self._connection, 0)
        return window.value

    def places(self) -> Iterator[tuple[int, int, int, int]]:
        """x, y, width and height on the screen of all windows, the outer before the inner."""
        windows = [(self._root.value, 0, 0)]
        while windows:
            window, x, y = windows.pop(0)
            found = self._geometry(window)
            if found is None:
                continue
            dx, dy, width, height, border = found
            inner_x, inner_y = x + dx + border, y + dy + border
            yield inner_x, inner_y, width, height
            windows += [(child, inner_x, inner_y) for child in self._children(window)]

    def _geometry(self, window: int) -> tuple[int, int, int, int, int] | None:
        root = ctypes.c_ulong()
        x, y = ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        parts = (root, x, y, width, height, border, depth)
        status = self._x.XGetGeometry(self._connection, ctypes.c_ulong(window), *map(ctypes.byref, parts))
        return (x.value, y.value, width.value, height.value, border.value) if status else None

    def _children(self, window: int) -> list[int]:
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        parts = (root, parent, children, count)
        status = self._x.XQueryTree(self._connection, ctypes.c_ulong(window), *map(ctypes.byref, parts))
        if not status or not children:
            return []
        found = children[: count.value]
        self._x.XFree(children)
        return found


class FramesOnScreen:
    """Reads the frame number of a picture of a numbered clip that lies at x and is `width` wide.

    `y` is any row of the picture's band of bars, such as its middle.
    """

    def __init__(self, screen: XScreen, x: int, y: int, width: int) -> None:
        self.screen = screen
        self.x, self.y, self.width = x, y, width
        # Green at the middle of each bar, in the bytes of a row.
        middles = (int((bar + 0.5) * width / BARS) for bar in range(BARS))
        self._greens = [4 * middle + 1 for middle in middles]

    def read(self) -> int:
        """The frame's number, `BLACK`, or `UNREADABLE` where what is there is no number. Takes 0.1 ms."""
        row = self.screen.row(self.x, self.y, self.width)
        if not row:
            return UNREADABLE
        greens = [row[place] for place in self._greens]
        if max(greens) <= _DARK_AT_MOST:
            return BLACK
        if any(_DARK_AT_MOST < green < _BRIGHT_AT_LEAST for green in greens):
            return UNREADABLE
        number = number_of([green >= _BRIGHT_AT_LEAST for green in greens])
        return UNREADABLE if number is None else number


def find_picture(screen: XScreen) -> FramesOnScreen | None:
    """The smallest window in which a frame's number can be read; None where there is none (yet)."""
    for x, y, width, height in sorted(screen.places(), key=lambda place: place[2] * place[3]):
        if width < 4 * BARS or height < BARS:
            continue
        looks = [FramesOnScreen(screen, x, y + int(height * part), width) for part in _ROWS]
        numbers = [look.read() for look in looks]
        if numbers[0] >= 0 and max(numbers) - min(numbers) <= 1:
            return looks[1]
    return None


def _library(name: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(name)
    except OSError as error:
        raise RuntimeError(f"{name} is missing: packaging/setup.sh bench installs it.") from error
