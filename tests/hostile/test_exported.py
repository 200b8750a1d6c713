"""A notebook that says where its post went last makes no file there before the user has chosen the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import exporting
from desktopnotes.model.notebook import Exported, Post, Site
from tests.sessions import a_room, a_talk

STARTS_WITH_THE_DESKTOP = ".config/autostart/x.md"


@pytest.mark.parametrize(
    "planted",
    [
        ".bash_profile",
        "mail/.bash_profile",
        "mail/.x/x.md",
        "mail/link.md",
        "mail/x.desktop",
        STARTS_WITH_THE_DESKTOP,
        "elsewhere/x.md",
    ],
)
def test_it_is_asked_where_to(home: Path, planted: str) -> None:
    target = home / planted
    target.parent.mkdir(parents=True, exist_ok=True)
    post = Post("post1", title="Notes", talks=("talk1",), exported=(Exported(str(target), Site.PLAIN),))
    folder = home / "mail"
    folder.mkdir(exist_ok=True)
    (folder / "link.md").symlink_to(home / "planted")
    room = a_room(folder, a_talk(), posts=(post,))
    exporting.export(room.session)
    room.until(lambda: room.screen.asked, "where to")
    assert not target.exists()
    assert not (home / "planted").exists()
