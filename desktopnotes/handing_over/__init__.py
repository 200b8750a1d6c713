"""One window for each user and screen: a later call hands what it names to the first, through a socket.

The socket lies in the user's own runtime folder (`XDG_RUNTIME_DIR`), which nobody else can enter and which is
never synced; its name holds the screen's, as a window cannot come to the front of another screen. Who holds
the claim beside it is the first, so a socket that a killed program left means nothing. Where there is no such
folder (and on Windows and macOS), each call opens a window of its own.

What a message can do is what a double click on a file can do: name notebooks, recordings and addresses. It
holds no commands and no options. One that is not understood, not finished or not from this user does nothing.
"""
