"""Pure values and functions: standard library only; no files, no clock, no widgets."""
