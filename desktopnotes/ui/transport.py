"""The row of controls under the time line: every button runs a command of the table."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes import commands
from desktopnotes.commands import Command
from desktopnotes.media.player import Player, PlayerState
from desktopnotes.model import timecode
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import add_tooltip
from desktopnotes.ui.wheel import bind_wheel
from desktopnotes.words import _, number

_RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


class Transport(ttk.Frame):
    """`run` runs a command, `label` is what it is called now, with its key.

    `set_rate` takes a speed from the menu of the gauge, `turn_sound` the steps of the wheel over the sound.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        icons: Icons,
        run: Callable[[Command], None],
        label: Callable[[Command], str],
        set_rate: Callable[[float], None],
        turn_sound: Callable[[int], None],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._icons = icons
        self._run = run
        self._label = label
        self._shown: tuple[object, ...] = ()
        previous, back = self._button("skip-back", "notes.previous"), self._button("rewind", "playback.back")
        for button in (previous, back):
            button.pack(side="left")
        self._play = self._button("play", "playback.toggle", style="Accent.TButton", colour="accent_text")
        self._play.pack(side="left", padx=theme.px(4))
        forward = self._button("fast-forward", "playback.forward")
        following = self._button("skip-forward", "notes.next")
        for button in (forward, following):
            button.pack(side="left")
        self._clock = ttk.Label(self, style="Clock.TLabel", text="00:00")
        self._clock.pack(side="left", padx=(theme.px(12), theme.px(4)))
        self._length = ttk.Label(self, style="Mono.TLabel")
        self._length.pack(side="left")
        self._button("maximize", "view.full_screen").pack(side="right")
        self.sound = self._button("volume-2", "playback.mute")
        self.sound.pack(side="right")
        bind_wheel(self.sound, turn_sound)
        camera = self._button("camera", "notes.snapshot")
        camera.pack(side="right")
        self._rate = ttk.Menubutton(self, text="1×", takefocus=True, compound="left")
        self.gauge = tkinter.Menu(self._rate, tearoff=False)
        for rate in _RATES:
            self.gauge.add_command(label=f"{number(rate)}×", command=lambda rate=rate: set_rate(rate))  # type: ignore[misc]
        self._rate.configure(menu=self.gauge)
        icons.put(self._rate, "gauge", "")
        add_tooltip(self._rate, theme, self._about_speed)
        self._rate.pack(side="right")
        self._spare: tuple[tkinter.Misc, ...] = (self._length, previous, following, camera, back, forward)
        self._packed = {widget: widget.pack_info() for widget in self.pack_slaves()}
        self._order = list(self._packed)
        self.bind("<Configure>", lambda _: self._fit(), add=True)

    def _fit(self) -> None:
        """In a narrow window what has a key or is shown elsewhere goes, the least needed first."""
        room_px, gap_px = self.winfo_width(), self._theme.px(24)
        if room_px <= 1:
            return
        wide = {widget: widget.winfo_reqwidth() for widget in self._order}
        left = set(self._order)
        for widget in self._spare:
            if sum(wide[one] for one in left) + gap_px <= room_px:
                break
            left.discard(widget)
        shown = set(self.pack_slaves())
        if left == shown:
            return
        for widget in self._order:
            widget.pack_forget()
        for widget in self._order:
            if widget in left:
                widget.pack(**self._packed[widget])

    def _button(
        self, icon: str, command_id: str, *, style: str = "Icon.TButton", colour: str = "text"
    ) -> ttk.Button:
        command = commands.by_id(command_id)
        button = ttk.Button(self, style=style, command=lambda: self._run(command))
        self._icons.put(button, icon, command.label, colour=colour)
        add_tooltip(button, self._theme, lambda: self._label(command))
        return button

    def _about_speed(self) -> str:
        slower, faster = (self._label(commands.by_id(f"playback.{way}")) for way in ("slower", "faster"))
        return _("Speed: {slower}, {faster}").format(slower=slower, faster=faster)

    def show(self, player: Player, at_ms: int, duration_ms: int) -> None:
        """Draws what changed: time (finer when paused), length, speed, sound."""
        playing = player.state == PlayerState.PLAYING
        time = timecode.clock(at_ms, digits=0 if playing else 2)
        length = f"/ {timecode.clock(duration_ms)}" if duration_ms else ""
        now = (time, length, playing, player.rate, player.muted or not player.volume)
        if now == self._shown:
            return
        before, self._shown = self._shown, now
        self._clock.configure(text=time)
        self._length.configure(text=length)
        self._rate.configure(text=f"{number(player.rate)}×")
        if not before or before[1] != length or before[3] != player.rate:
            self.after_idle(self._fit)
        if not before or before[2] != playing:
            self._icons.put(self._play, "pause" if playing else "play", _("Play"), colour="accent_text")
        if not before or before[4] != now[4]:
            self._icons.put(self.sound, "volume-x" if now[4] else "volume-2", _("Sound"))
