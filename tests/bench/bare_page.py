"""The least that shows a talk's notes and takes letters, to compare with: json, one Tk Text, no more.

python -m tests.bench.bare_page NOTEBOOK TRACE NOTE: puts the caret at the end of that note (from 0) of the
first talk, and traces "started" and "typed" as the program does.
"""

import json
import sys
import time
import tkinter


def main() -> None:
    notebook_path, trace_path, number = sys.argv[1:]
    with open(notebook_path, encoding="utf-8") as file:
        notes = json.load(file)["talks"][0]["notes"]
    with open(trace_path, "a", encoding="utf-8") as trace:

        def tell(event: str, **fields: object) -> None:
            trace.write(json.dumps({"t": time.monotonic(), "event": event, **fields}) + "\n")
            trace.flush()

        root = tkinter.Tk()
        text = tkinter.Text(root, wrap="word", width=50, height=50)
        text.pack(fill="both", expand=True)
        text.insert("1.0", "\n".join(note["text"] for note in notes))
        text.mark_set("insert", f"{int(number) + 1}.end")
        text.see("insert")
        text.focus_force()
        root.update()
        tell("started")

        def pressed(event: "tkinter.Event[tkinter.Misc]") -> None:
            if event.char and event.char.isprintable():
                age_ms = (int(time.monotonic() * 1000) - event.time) % (1 << 32)
                root.after_idle(shown, time.monotonic() - age_ms / 1000)

        def shown(key_s: float) -> None:
            root.winfo_pointerx()  # answers when X has done all that was asked of it before
            tell("typed", ms=round((time.monotonic() - key_s) * 1000, 2))

        text.bindtags((*text.bindtags(), "Measured"))
        root.bind_class("Measured", "<KeyPress>", pressed)
        root.mainloop()


if __name__ == "__main__":
    main()
