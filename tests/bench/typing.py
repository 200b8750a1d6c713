"""Key press to letter on screen while a 720p video plays, and how long the window ever stands still.

python -m tests.bench.typing [NOTES]: types into a talk of NOTES notes (2,000), in the real program, with real
keys and real libVLC, beside a bare Tk Text with the same words and no video. A letter is on screen when X has
drawn it: the time from the press (X's own clock, on a local server the monotonic one) until Tk has redrawn.
"""
