"""The least that plays a file in a window, to compare with: Tk, one black frame, libVLC, no more.

python -m tests.bench.bare_player CLIP TRACE [LIBVLC OPTIONS]: traces "started", "first_frame" when
libVLC has made the picture's window, and "again" when the end was reached and it begins anew.
"""

import json
import sys
import time
import tkinter

import vlc


def main() -> None:
    clip, trace_path, *options = sys.argv[1:]
    with open(trace_path, "a", encoding="utf-8") as trace:

        def tell(event: str) -> None:
            trace.write(json.dumps({"t": time.monotonic(), "event": event}) + "\n")
            trace.flush()

        def made(event: "vlc.Event") -> None:
            if event.u.new_count > 0:
                tell("first_frame")

        root = tkinter.Tk()
        root.geometry("1280x720")
        frame = tkinter.Frame(root, background="black")
        frame.pack(fill="both", expand=True)
        root.update()
        tell("started")
        player = vlc.Instance(options).media_player_new(clip)
        player.set_xwindow(frame.winfo_id())
        events = player.event_manager()
        ended = []
        events.event_attach(vlc.EventType.MediaPlayerVout, made)
        events.event_attach(vlc.EventType.MediaPlayerEndReached, lambda _: ended.append(True))

        def again() -> None:
            if ended:
                ended.clear()
                tell("again")
                player.stop()
                player.play()
            root.after(40, again)

        player.play()
        again()
        root.mainloop()


if __name__ == "__main__":
    main()
