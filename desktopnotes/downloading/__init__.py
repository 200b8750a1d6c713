"""Recordings of the web on their way to this computer: the queue, and the work on one of them."""
