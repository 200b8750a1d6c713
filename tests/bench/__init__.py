"""Benchmarks: programs of their own that print a table beside a named peer; never timed assertions."""
