"""Menus, the status line, sound, speed and place, as a user finds them in the window."""

from __future__ import annotations

import subprocess
import tkinter
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktopnotes import commands
from desktopnotes.media.player import PlayerState
from desktopnotes.model.timecode import clock
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def entry(menu: tkinter.Menu, label: str) -> int:
    """Where the entry of that label stands in a menu."""
    last = menu.index("end")
    places = range(0 if last is None else last + 1)
    return next(i for i in places if menu.type(i) != "separator" and menu.entrycget(i, "label") == label)


def is_marked(desk: Desk, name: str, *labels: str) -> bool:
    menu = opened(desk, name, *labels[:-1])
    variable = str(menu.entrycget(entry(menu, labels[-1]), "variable"))
    return bool(int(str(menu.tk.call("set", variable))))


def choose(desk: Desk, name: str, *labels: str) -> None:
    """As if the menu was opened and its entry, or that of a menu below it, taken."""
    menu = opened(desk, name, *labels[:-1])
    menu.invoke(entry(menu, labels[-1]))


def opened(desk: Desk, name: str, *labels: str) -> tkinter.Menu:
    """The menu of that name, or the one below these entries."""
    menu = desk.window.menus.menus[name]
    desk.window.menus.fill(name)
    for label in labels:
        menu = menu.nametowidget(menu.entrycget(entry(menu, label), "menu"))
    return menu


def wheel(desk: Desk, widget: tkinter.Misc, steps: int, x: int = 10, y: int = 10) -> None:
    """Real turns of the wheel over a place of a widget."""
    seen: list[bool] = []
    button = 4 if steps > 0 else 5
    widget.bind(f"<ButtonRelease-{button}>", lambda _: seen.append(True), add=True)
    x, y = widget.winfo_rootx() + x, widget.winfo_rooty() + y
    words = ["mousemove", str(x), str(y), "click", "--repeat", str(abs(steps)), "--delay", "20", str(button)]
    sender = subprocess.Popen(["xdotool", *words])
    desk.until(lambda: len(seen) >= abs(steps), "the wheel turns")
    sender.wait()


def test_menus_mark_what_is_so(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    for name, label in (("playback", "Mute"), ("notes", "Pause While Writing")):
        assert not is_marked(desk, name, label)
        choose(desk, name, label)
        assert is_marked(desk, name, label)
    assert is_marked(desk, "view", "Follow the Talk")
    choose(desk, "view", "Dark")
    assert (is_marked(desk, "view", "Dark"), is_marked(desk, "view", "Light")) == (True, False)
    choose(desk, "post", "Style", "Timeline")
    assert is_marked(desk, "post", "Style", "Timeline")
    assert is_marked(desk, "post", "Times in the Text", "None")
    desk.press("Up")
    choose(desk, "notes", "Kind", "Question")
    assert is_marked(desk, "notes", "Kind", "Question")


def test_tracks_are_chosen_from_menus_below_playback(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    choose(desk, "playback", "Audio Track", "Deutsch")
    choose(desk, "playback", "Subtitle Track", "English")
    assert [track.chosen for track in desk.player.audio_tracks()] == [False, True]
    assert [track.chosen for track in desk.player.subtitle_tracks()] == [True]
    choose(desk, "playback", "Subtitle Track", "None")
    assert [track.chosen for track in desk.player.subtitle_tracks()] == [False]
    desk.player.unload()
    desk.window.menus.fill("playback")
    menu = desk.window.menus.menus["playback"]
    assert menu.entrycget(entry(menu, "Audio Track"), "state") == "disabled"


def test_step_back_and_reaction_time_are_chosen_from_menus(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    choose(desk, "playback", "Step Back on Resume", "3 Seconds")
    choose(desk, "notes", "Reaction Time", "1 Second")
    choose(desk, "notes", "Reaction Time", "Longer Reaction Time")
    assert desk.session.settings.step_back_on_resume_ms == 3000
    assert desk.session.settings.stamp_back_ms == 1500
    choose(desk, "notes", "Reaction Time", "Stamp at the Key")
    desk.close()
    again = open_desk()
    assert again.session.settings.stamp_back_ms == 0
    again.play_from(60_000, for_ms=30_000)
    again.type("x")
    assert again.notes[-1].at_ms == pytest.approx(90_000, abs=900)


def test_skips_are_named_by_their_length(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.session.set(skip_ms=10_000)
    desk.stand_at(60_000)
    choose(desk, "playback", "Forward 10 Seconds")
    assert desk.at_ms == 70_000
    wheel(desk, desk.window.timeline, -1)
    assert desk.at_ms == 60_000


def test_a_click_on_the_time_line_seeks_and_a_hover_says_time_and_note(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("what was said"))
    desk.stand_at(60_000)
    line = desk.window.timeline
    line_y = round(line.coords("played")[3]) - 1
    x = line.x_of(300_000)
    desk.click(line, x, line_y)
    assert desk.at_ms == line.at(x)
    desk.until(lambda: line.tip.text == clock(line.at(x)), "the time under the pointer")
    mark_x, mark_y = (round(place) for place in line.coords("mark"))
    desk.click(line, mark_x, mark_y - 3)
    assert desk.at_ms == 10_000
    desk.until(lambda: line.tip.text == "00:10  what was said", "the note under the pointer")


def test_the_reaction_time_in_the_status_line_is_changed_there_and_by_key(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    stamps = desk.window.status.stamps
    desk.press("Shift+F7")
    assert stamps.cget("text") == "stamps 2.5 s back"
    desk.press("Shift+F6", "Shift+F6")
    assert stamps.cget("text") == "stamps 1.5 s back"
    desk.press("Shift+F8")
    assert stamps.cget("text") == "stamps at the key"
    desk.until(stamps.winfo_viewable, "the figure is back after the message")
    wheel(desk, stamps, 3)
    assert desk.session.settings.stamp_back_ms == 1500
    menu = desk.window.menus.pop_up(commands.by_id("notes.react"), 300, 300)
    menu.invoke(entry(menu, "4 Seconds"))
    menu.unpost()
    assert stamps.cget("text") == "stamps 4 s back"


def test_volume_and_mute_are_found_again(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press("ctrl+shift+Down", "ctrl+shift+Down", "ctrl+m")
    assert (desk.player.volume, desk.player.muted) == (90, True)
    desk.close()
    again = open_desk()
    assert (again.player.volume, again.player.muted) == (90, True)
    again.press("ctrl+m")
    assert not again.player.muted


def test_the_wheel_over_picture_and_sound_turns_the_volume(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    wheel(desk, desk.window.video.video, -3, 200, 200)
    assert desk.player.volume == 85
    wheel(desk, desk.window.transport.sound, 1)
    assert desk.session.settings.volume == 90


def test_each_talk_keeps_its_speed_and_place(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"), talk_with(id="talk2", title="Second"))
    desk.press("F7", "F7", "F7")
    desk.stand_at(123_000)
    desk.press("ctrl+Next")
    desk.until(lambda: desk.player.state is PlayerState.PAUSED, "the second talk is open")
    assert (desk.player.rate, desk.at_ms) == (1.0, 0)
    desk.press("F6")
    desk.stand_at(50_000)
    desk.press("ctrl+Prior")
    desk.until(lambda: desk.player.state is PlayerState.PAUSED, "the first is open again")
    assert (desk.player.rate, desk.at_ms) == (1.3, 123_000)
    desk.close()
    again = open_desk()
    assert (again.player.rate, again.at_ms) == (1.3, 123_000)
    again.press("ctrl+Next")
    again.until(lambda: again.player.state is PlayerState.PAUSED, "the second again")
    assert (again.player.rate, again.at_ms) == (0.9, 50_000)


def test_a_speed_of_the_gauge_is_kept_as_well(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    gauge = desk.window.transport.gauge
    gauge.invoke(entry(gauge, "1.75×"))
    assert desk.session.talk is not None
    assert desk.session.talk.rate == 1.75
    assert not desk.session.history.undo_label


def test_pause_while_writing_in_the_page(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    choose(desk, "notes", "Pause While Writing")
    desk.play_from(60_000, for_ms=20_000)
    desk.type("a thought")
    assert desk.player.state is PlayerState.PAUSED
    desk.press("Return")
    assert desk.player.state is PlayerState.PLAYING
    desk.type("b")
    assert desk.player.state is PlayerState.PAUSED
    desk.press("BackSpace")
    assert desk.player.state is PlayerState.PLAYING


def test_an_approximate_stamp_has_a_mark_until_it_is_resolved(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    gutter = desk.window.page.gutter

    def stamps() -> list[str]:
        return [str(gutter.itemcget(item, "text")) for item in gutter.find_withtag("stamp")]

    desk.stand_at(65_000)
    desk.player.approximate = True
    desk.type("about here")
    desk.until(lambda: stamps() == ["~01:05"], "the quiet mark before the stamp")
    desk.player.approximate = False
    desk.until(lambda: stamps() == ["01:05"], "it goes when the stamp is resolved")
    assert not desk.notes[0].approximate


def offer(desk: Desk) -> str:
    buttons = desk.window.status._offers.winfo_children()
    return str(buttons[0].cget("text")) if buttons else ""  # type: ignore[no-untyped-call]


def test_the_stop_key_keeps_the_place_and_its_way_back_is_lost_beneath_no_message(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk(talk_with("ten"), replace(talk_with(), id="talk2", title="Another"))
    desk.play_from(90_000, for_ms=500)
    desk.press("XF86AudioStop")
    assert (desk.player.state, desk.at_ms) == (PlayerState.PAUSED, 0)
    assert desk.window.status.message == "Stopped, at the beginning; it was at 01:30."
    desk.press("XF86AudioStop", "F7")
    assert "Speed" in desk.window.status.message
    desk.window.status._pass()
    assert offer(desk) == "Back to 01:30"
    desk.close()

    desk = open_desk()
    assert 90_500 <= desk.at_ms < 92_000, "it opens where it was"
    desk.press("XF86AudioStop", "XF86AudioPlay")
    desk.until(lambda: desk.at_ms > 0, "it plays from the beginning")
    assert offer(desk) == "Back to 01:30"
    desk.window.status._offers.winfo_children()[0].invoke()  # type: ignore[attr-defined]
    assert 90_500 <= desk.at_ms < 100_000
    assert not offer(desk)
    desk.press("XF86AudioStop")
    desk.session.open_talk("talk2")
    assert not offer(desk), "it is no way in another talk"
    desk.session.open_talk("talk1")
    assert desk.at_ms >= 90_500


def test_what_is_played_after_a_stop_is_the_place_again(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(90_000)
    desk.press("XF86AudioStop")
    desk.play_from(0, for_ms=3_000)
    desk.until(lambda: desk.session.loader.stopped < 0, "it is heard of that it plays")
    desk.player.pause()
    desk.session.leave()
    assert desk.session.talk is not None
    assert 3_000 <= desk.session.talk.position_ms < 10_000
    desk.player.seek(0)
    desk.session.leave()
    assert desk.session.talk.position_ms == 0
