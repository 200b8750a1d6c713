"""The window: the only place where tkinter stands."""
