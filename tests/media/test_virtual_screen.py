from __future__ import annotations

import pytest
from PIL import ImageGrab

from tests.virtual_screen import virtual_screen


def test_each_screen_is_its_own_and_of_the_size_asked_for() -> None:
    with virtual_screen("320x200x24") as one, virtual_screen("400x300x24") as other:
        assert one != other
        assert ImageGrab.grab(xdisplay=one).size == (320, 200)
        assert ImageGrab.grab(xdisplay=other).size == (400, 300)
    with pytest.raises(OSError, match="X connection failed"):
        ImageGrab.grab(xdisplay=one)


def test_a_screen_that_cannot_be_says_why() -> None:
    with pytest.raises(RuntimeError, match="Couldn't add screen"), virtual_screen("0x0x99"):
        pass
