"""What other programs read: chapters, subtitles, a table, plain text, rich text; nothing private."""
