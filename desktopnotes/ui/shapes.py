"""The few small marks that are drawn by the program: ticks, dots, arrows, the knob; smooth at any scale."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw

_FINER = 4
"""Shapes are drawn this many times larger and then reduced, which is what makes their edges smooth."""

Points = tuple[tuple[float, float], ...]

_TICK: Points = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.32))
_ARROWS: dict[str, Points] = {
    "right": ((0.38, 0.25), (0.63, 0.5), (0.38, 0.75)),
    "down": ((0.25, 0.38), (0.5, 0.63), (0.75, 0.38)),
}


class _Sheet:
    """A mask being drawn in units of its own side: 0 is left or top, 1 right or bottom."""

    def __init__(self, side_px: int) -> None:
        self._side = side_px * _FINER
        self._size = (side_px, side_px)
        self.mask = Image.new("L", (self._side, self._side))
        self._draw = ImageDraw.Draw(self.mask)

    def line(self, points: Points, width: float) -> None:
        at = [(x * self._side, y * self._side) for x, y in points]
        thick = max(1, round(width * self._side))
        self._draw.line(at, fill=255, width=thick, joint="curve")
        for x, y in (at[0], at[-1]):
            self._draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)

    def disc(self, inset: float) -> None:
        edge, far = inset * self._side, (1 - inset) * self._side - 1
        self._draw.ellipse((edge, edge, far, far), fill=255)

    def square(self, inset: float, radius: float) -> None:
        edge, far = inset * self._side, (1 - inset) * self._side - 1
        self._draw.rounded_rectangle((edge, edge, far, far), radius * self._side, fill=255)

    def polygon(self, points: Points) -> None:
        self._draw.polygon([(x * self._side, y * self._side) for x, y in points], fill=255)

    def in_colour(self, colour: str) -> Image.Image:
        return tinted(self.mask.resize(self._size, Image.Resampling.BOX), colour)


def tinted(mask: Image.Image, colour: str) -> Image.Image:
    """A picture that is all `colour`, as opaque as `mask` is bright."""
    picture = Image.new("RGB", mask.size, colour)
    picture.putalpha(mask)
    return picture


def arrow(side_px: int, direction: str, colour: str) -> Image.Image:
    """An open arrow head to the "right" or "down"; no colour draws nothing but keeps the room."""
    sheet = _Sheet(side_px)
    if colour:
        sheet.line(_ARROWS[direction], 0.09)
    return sheet.in_colour(colour or "#000000")


def disc(side_px: int, colour: str, ring: str = "") -> Image.Image:
    """A round knob, with a thin ring around it where `ring` is a colour."""
    inner = _Sheet(side_px)
    inner.disc(0.14 if ring else 0)
    if not ring:
        return inner.in_colour(colour)
    outer = _Sheet(side_px)
    outer.disc(0)
    return Image.alpha_composite(outer.in_colour(ring), inner.in_colour(colour))


def line(side_px: int, thick_px: int, colour: str) -> Image.Image:
    """A level line through the middle of a square, to be made as long as needed."""
    picture = Image.new("RGBA", (side_px, side_px))
    top = (side_px - thick_px) // 2
    picture.paste(colour, (0, top, side_px, top + thick_px))
    return picture


def ring(side_px: int, part: float, colour: str, track: str) -> Image.Image:
    """A ring that is `colour` for its `part` (0 to 1) from the top on, and `track` for the rest."""
    side, thick = side_px * _FINER, max(1, round(0.15 * side_px * _FINER))
    picture = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(picture)
    box = (0.06 * side, 0.06 * side, 0.94 * side - 1, 0.94 * side - 1)
    draw.arc(box, 0, 360, fill=track, width=thick)
    if part > 0:
        draw.arc(box, -90, -90 + 360 * min(1.0, part), fill=colour, width=thick)
    return picture.resize((side_px, side_px), Image.Resampling.BOX)


def triangle(side_px: int, colour: str) -> Image.Image:
    """A triangle that stands on its point."""
    sheet = _Sheet(side_px)
    sheet.polygon(((0.02, 0.1), (0.98, 0.1), (0.5, 0.95)))
    return sheet.in_colour(colour)


def check_box(side_px: int, *, fill: str, border: str, tick: str = "") -> Image.Image:
    """A box of a check button, with its tick where `tick` is a colour."""
    return _button(side_px, fill, border, tick, round_=False)


def radio_dot(side_px: int, *, fill: str, border: str, dot: str = "") -> Image.Image:
    """The circle of a radio button, with its dot where `dot` is a colour."""
    return _button(side_px, fill, border, dot, round_=True)


def _button(side_px: int, fill: str, border: str, inner: str, *, round_: bool) -> Image.Image:
    edge, body, sign = _Sheet(side_px), _Sheet(side_px), _Sheet(side_px)
    line = 1.25 / side_px
    if round_:
        edge.disc(0.03)
        body.disc(0.03 + line)
        sign.disc(0.32)
    else:
        edge.square(0.03, 0.2)
        body.square(0.03 + line, 0.16)
        sign.line(_TICK, 0.11)
    outline = ImageChops.subtract(edge.mask, body.mask)
    edge.mask = outline
    picture = Image.alpha_composite(body.in_colour(fill), edge.in_colour(border))
    return Image.alpha_composite(picture, sign.in_colour(inner)) if inner else picture
