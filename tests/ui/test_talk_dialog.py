"""The dialog of a talk's data, by real keys."""

from __future__ import annotations

from collections.abc import Callable

from tests.ui.conftest import Desk, talk_with


def opened(desk: Desk) -> object:
    desk.press("alt+Return")
    desk.until(lambda: desk.dialog("Talk"), "the dialog")
    return desk.dialog("Talk")


def test_all_is_typed_and_taken_over_as_one_step(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("A note"))
    opened(desk)
    desk.type("Istio")
    desk.press("Tab")
    desk.type("Ann Lee")
    desk.press("Return")
    desk.type("Bob Ray")
    desk.press("Tab")
    desk.type("https://example.org/a")
    desk.press("Tab", "Tab", "Tab", "Tab", "Tab", "ctrl+a")
    desk.press("minus", "5")
    desk.press("Tab")
    desk.type("mesh, cost")
    desk.press("Return")
    desk.until(lambda: not desk.dialog("Talk"), "it is closed")
    talk = desk.session.talk
    assert talk is not None
    assert (talk.title, talk.speakers, talk.url) == ("Istio", ("Ann Lee", "Bob Ray"), "https://example.org/a")
    assert (talk.offset_ms, talk.tags, talk.file) == (-5000, ("mesh", "cost"), "talk.mp4")
    assert "Istio" in desk.window.talks.tree.item("talk1", "text")
    desk.press("ctrl+z")
    assert desk.session.talk is not None
    assert desk.session.talk.title == "A Talk"


def test_what_is_wrong_is_said_below_its_field_and_keeps_the_dialog_open(
    open_desk: Callable[..., Desk],
) -> None:
    desk = open_desk(talk_with("A note"))
    dialog = opened(desk)
    said, fields = dialog.said, dialog.fields  # type: ignore[attr-defined]
    fields["url"].focus_force()
    desk.type("youtu.be")
    assert "begins with https" in said["url"].cget("text")
    desk.press("Return")
    assert desk.dialog("Talk")
    assert desk.window.session.history.undo_label == ""
    desk.press("ctrl+a", "BackSpace")
    assert "begins with" not in said["url"].cget("text")
    fields["file"].focus_force()
    desk.press("ctrl+a")
    desk.type("gone.mp4")
    desk.until(lambda: "not there now" in said["file"].cget("text"), "the file was looked at")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Talk"), "Esc closes it")
    assert desk.session.talk is not None
    assert desk.session.talk.file == "talk.mp4"


def test_the_original_title_can_be_used(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("A note", original_title="A Talk [I] - Ann Lee"))
    dialog = opened(desk)
    dialog.use.focus_force()  # type: ignore[attr-defined]
    desk.press("Return")
    desk.press("Return")
    desk.until(lambda: not desk.dialog("Talk"), "it is closed")
    assert desk.session.talk is not None
    assert desk.session.talk.title == "A Talk [I] - Ann Lee"


def test_the_commands_for_one_field_open_it_there(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("A note", url="https://example.org/a"))
    desk.window.session.screen.show("talk's link")
    desk.until(lambda: desk.dialog("Talk"), "the dialog")
    desk.press("ctrl+a", "BackSpace", "Return")
    desk.until(lambda: not desk.dialog("Talk"), "it is closed")
    assert desk.session.talk is not None
    assert desk.session.talk.url == ""
